"""Serve the built site on loopback and build it anew whenever something changes. In: a project; out: what it says."""

import contextlib
import gc
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from . import commands, lock, progress
from .drawing import listing
from .pages import staging
from .paths import SCRIPTS, Project
from .problem import Problem, Problems, Unforeseen, foreseen, refused
from .website import preview

_STAYS = "the last good site stays"


def serve(project: Project, say: commands.Say, site_address: str = "", port: int = 8000, contact: str = "") -> None:
    """Build, serve on loopback, rebuild when a table, page or script changes; whatever fails is said and the server lives on."""
    from mkdocs.livereload import LiveReloadServer  # serves and reloads; comes with the builder
    from watchdog.observers.polling import PollingObserverVFS  # watches; comes with it

    _free(port)
    builds = _Builds(project, say, site_address, contact)
    builds.next()
    project.site.mkdir(parents=True, exist_ok=True)
    builds.follows.touch()
    server = LiveReloadServer(builds.next, "127.0.0.1", port, str(project.site), shutdown_delay=0.25)
    server.observer = PollingObserverVFS(os.stat, _undotted, polling_interval=0.1)  # type: ignore[assignment]
    charts = [room] if (room := project.root / listing.OWN).is_dir() else []
    for room in (project.descriptor.parent, project.docs, SCRIPTS, *charts, project.builder_config, builds.follows):
        server.watch(str(room))
    say(f"serving at http://127.0.0.1:{port}/ ; stop with Ctrl-C")
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, builds.stop)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve()
    server.shutdown()


class _Builds:
    """The builds of a running server, and what it knows from one to the next."""

    def __init__(self, project: Project, say: commands.Say, site_address: str, contact: str) -> None:
        self.project, self.say, self.site_address, self.contact = project, say, site_address, contact
        self.follows = project.build / "follows"  # touched when a change is shown and the whole build is still to come
        self._whole, self._stopped, self._code = True, False, _code()

    def stop(self, *_: object) -> None:
        """End what runs; a handler of signals."""
        self._stopped = True
        raise KeyboardInterrupt

    def next(self, builder: object = None) -> None:
        """Build after a change, and say what fails."""
        try:
            with foreseen("serve"):
                self._build()
        except OSError as error:
            self.say(f"{refused(self.project, error)}; {_STAYS}")
        except (Problems, Unforeseen) as error:
            for problem in error.all:
                self.say(str(problem))
            self.say(f"{error}; {_STAYS}")
        finally:
            gc.collect()
            if self._stopped:  # though something that the build called let the interrupt pass
                raise KeyboardInterrupt

    def _build(self) -> None:
        """Show what changed at once, where pages do; else, and the next time, build the whole site."""
        if _code() != self._code:
            _build_apart(self.project, self.say)
            return
        with lock.held(self.project, self.say):
            if self._whole or not _shown(self.project, self.say, self.site_address, self.contact):
                self._whole = False
                commands.build(self.project, self.say, self.site_address, contact=self.contact)
            else:
                self._whole = True
                self.follows.touch()


def _undotted(folder: str | None) -> Iterator[os.DirEntry[str]]:
    """What is in a folder, but for what editors keep there while they write: their lock and swap files begin with a dot."""
    return (entry for entry in os.scandir(folder) if not entry.name.startswith("."))


def _shown(project: Project, say: commands.Say, site_address: str, contact: str) -> int:
    """Show what changed in the pages that are there, before the whole site is built; the number of pages that do."""
    with progress.stage(say, "preview") as (notes, each):
        content = commands.check(project, site_address, contact=contact)
        shown = preview.show(content, staging.draw(content, each)) if project.site.exists() else 0
        notes += [f"{shown} pages show the change; the whole site follows" if shown else "nothing to show at once"]
    return shown


def _free(port: int) -> None:
    """Refuse a port that something else listens to, before anything is built for it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            fault = f"cannot serve there: {getattr(error, 'strerror', None) or error}; name another one, as in make serve PORT=8001"
            raise Problems([Problem(f"port {port}", 1, fault)]) from None


def _code() -> dict[Path, int]:
    """The files of the build itself, with when they were written, in nanoseconds."""
    files = (file for kind in ("py", "html", "xml", "js", "txt", "yml") for file in SCRIPTS.rglob(f"[!.]*.{kind}"))
    return {file: file.stat().st_mtime_ns for file in files}


def _build_apart(project: Project, say: commands.Say) -> None:
    """Build in a process of its own, as the code stands now, which the running one has loaded as it was; it says what it does."""
    command = [sys.executable, "-m", __package__, "build", "--project", str(project.root)]
    if subprocess.run(command, cwd=SCRIPTS.parent).returncode:
        say(_STAYS)
