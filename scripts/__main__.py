"""`python -m scripts check|build|serve|release|assets|new|fingerprint`: commands in, progress lines and an exit code out; only this and `progress` print."""

import argparse
import datetime
import gc
import os
import pathlib
import shlex
import sys

from .paths import THIS, Project
from .problem import Problem, Problems, Unforeseen, foreseen, refused

GC_THRESHOLDS = (100_000, 20, 50)
"""Thresholds for `gc.set_threshold`: a short run keeps nearly all it allocates, and collecting at the default rate takes a tenth
of its time; with no collection pages of a large register would pile up. `serve` collects after each build.
"""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 on success, 1 with problems (one a line), 2 for a failure of the build itself.

    130 after an interrupt.
    """
    chosen = _parser().parse_args(arguments)
    gc.set_threshold(*GC_THRESHOLDS)
    try:
        with foreseen(chosen.command):
            _run(chosen)
            sys.stdout.flush()  # raises `BrokenPipeError` here if the reader has gone
    except (Problems, Unforeseen) as failure:
        for problem in failure.all:
            print(problem, file=sys.stderr)
        print(failure, file=sys.stderr)
        return 1 if isinstance(failure, Problems) else 2
    except BrokenPipeError:  # the reader, such as `head`, closed the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(refused(Project(chosen.project), error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts", description=__doc__)
    anywhere = argparse.ArgumentParser(add_help=False)
    anywhere.add_argument(
        "--project", type=pathlib.Path, default=THIS.root, metavar="DIR", help="project folder (default: this one)"
    )
    of = parser.add_subparsers(dest="command", required=True)
    of.add_parser("check", parents=[anywhere], help="report every problem in tables, pages and charts")
    of.add_parser("build", parents=[anywhere], help="check, then build build/site")
    serving = of.add_parser("serve", parents=[anywhere], help="build, serve on loopback, rebuild on every change")
    serving.add_argument("--port", type=int, default=8000)
    released = of.add_parser("assets", parents=[anywhere], help="write the files of a tag's release to build/release")
    released.add_argument("tag")
    releasing = of.add_parser("release", parents=[anywhere], help="freeze the data package as an edition")
    releasing.add_argument("version", metavar="X.Y.Z")
    releasing.add_argument("--dry-run", action="store_true", help="report what would be done, and write nothing")
    fingerprint = of.add_parser("fingerprint", parents=[anywhere], help="print the fingerprints of a source's text")
    fingerprint.add_argument("file", type=pathlib.Path)
    fresh = of.add_parser("new", parents=[anywhere], help="create a small complete project in an empty folder")
    fresh.add_argument("folder", type=pathlib.Path, metavar="DIR")
    fresh.add_argument("--title", required=True)
    fresh.add_argument("--languages", help="codes with commas between, the main one first (default: this project's)")
    return parser


def _run(chosen: argparse.Namespace) -> None:
    """Run one command and print its result."""
    from . import commands, lock, new, progress, serve
    from .pages import contact

    project = Project(chosen.project.resolve())
    if not project.descriptor.is_file():
        fault = "is not a project: it has no datapackage/datapackage.json; create one with `python -m scripts new DIR --title TITLE`"
        raise Problems([Problem(str(chosen.project), 1, fault)])
    say = progress.out()
    address = commands.address(os.environ.get("SITE_URL", ""))
    reached = contact.read(os.environ.get("CONTACT", ""))
    if chosen.command == "check":
        content = commands.check(project, address, contact=reached)
        print(f"no problems: {len(content.dataset.facts)} facts in {len(content.dataset.package.tables)} tables")
    elif chosen.command == "build":
        with lock.held(project, say):
            site = commands.build(project, say, address, contact=reached)
        shown, served = _display(project, site), "make serve" if project == THIS else _serve_command(project)
        print(f"\nThe site is in {shown}/ . Open {shown}/index.html, or run `{served}`.")
    elif chosen.command == "assets":
        with lock.held(project, say):
            files = commands.release_files(project, chosen.tag, say, address, reached)
        print(f"\nThe release is in {_display(project, files)}/ .")
    elif chosen.command == "release":
        with lock.held(project, say):
            commands.release(project, chosen.version, say, chosen.dry_run)
    elif chosen.command == "serve":
        serve.serve(project, say, address, chosen.port, reached)
    elif chosen.command == "new":
        made = new.make(chosen.folder, chosen.title, chosen.languages, datetime.datetime.now(datetime.UTC))  # noqa: TID251 — the date of its first version
        print(f"{made} is a project. To see it: {_serve_command(Project(made))}")
    else:
        print(commands.fingerprint(chosen.file), end="")


def _serve_command(project: Project) -> str:
    """The command that serves another project."""
    return f"python -m scripts serve --project {shlex.quote(str(project.root))}"


def _display(project: Project, path: pathlib.Path) -> str:
    """A path to show: relative to this project, or absolute in another one."""
    return project.name(path) if project == THIS else str(path)


if __name__ == "__main__":
    sys.exit(main())
