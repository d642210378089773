"""Serve the built site on loopback and rebuild it whenever something changes. In: a project; out: lines of progress."""

import contextlib
import gc
import os
import signal
import socket  # noqa: TID251 — to see whether a port is free
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
    """Build, serve on loopback, rebuild when a table, page or script changes; failures are reported and the server keeps running."""
    from mkdocs.livereload import LiveReloadServer  # serves and reloads; comes with the builder
    from watchdog.observers.polling import PollingObserverVFS  # watches; comes with it

    _require_free(port)
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
    """The builds of a running server, and its state between them."""

    def __init__(self, project: Project, say: commands.Say, site_address: str, contact: str) -> None:
        self.project, self.say, self.site_address, self.contact = project, say, site_address, contact
        self.follows = project.build / "follows"  # touched when a preview is shown, to start the complete build
        self._whole, self._stopped, self._code_times = True, False, _code_times()

    def stop(self, *_: object) -> None:
        """Signal handler: interrupt the running build and stop the server."""
        self._stopped = True
        raise KeyboardInterrupt

    def next(self, builder: object = None) -> None:
        """Build after a change, and report failures."""
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
            if self._stopped:  # in case something that the build called swallowed the interrupt
                raise KeyboardInterrupt

    def _build(self) -> None:
        """Preview a change where pages show it, and build the complete site at the next call; otherwise build it now."""
        if _code_times() != self._code_times:
            _build_apart(self.project, self.say)
            return
        with lock.held(self.project, self.say):
            if self._whole or not _previewed(self.project, self.say, self.site_address, self.contact):
                self._whole = False
                commands.build(self.project, self.say, self.site_address, contact=self.contact)
            else:
                self._whole = True
                self.follows.touch()


def _undotted(folder: str | None) -> Iterator[os.DirEntry[str]]:
    """The entries of a folder except dotfiles, such as lock and swap files of editors."""
    return (entry for entry in os.scandir(folder) if not entry.name.startswith("."))


def _previewed(project: Project, say: commands.Say, site_address: str, contact: str) -> int:
    """Patch a change into the built pages, before the complete build; returns the number of pages patched."""
    with progress.stage(say, "preview") as (notes, each):
        content = commands.check(project, site_address, contact=contact)
        shown = preview.show(content, staging.draw(content, each)) if project.site.exists() else 0
        notes += [f"{shown} pages show the change; the whole site follows" if shown else "nothing to show at once"]
    return shown


def _require_free(port: int) -> None:
    """Raise `Problems` where a port is taken, before anything is built."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            fault = f"cannot be used: {getattr(error, 'strerror', None) or error}; choose another one, as in make serve PORT=8001"
            raise Problems([Problem(f"port {port}", 1, fault)]) from None


def _code_times() -> dict[Path, int]:
    """The build's code files with their modification times, in nanoseconds."""
    files = (file for kind in ("py", "html", "xml", "js", "txt", "yml") for file in SCRIPTS.rglob(f"[!.]*.{kind}"))
    return {file: file.stat().st_mtime_ns for file in files}


def _build_apart(project: Project, say: commands.Say) -> None:
    """Build in a subprocess, which loads the changed code and prints its own progress."""
    command = [sys.executable, "-m", __package__, "build", "--project", str(project.root)]
    if subprocess.run(command, cwd=SCRIPTS.parent).returncode:
        say(_STAYS)
