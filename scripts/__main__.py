"""`python -m scripts check|build|serve|release|assets`: commands in, progress lines and an exit code out; what else prints is `progress`."""

import argparse
import gc
import os
import pathlib
import sys

from .paths import THIS
from .problem import Problems, Unforeseen, foreseen, refused

SELDOM = (100_000, 20, 50)
"""How seldom to look for garbage (`gc.set_threshold`): a short run keeps nearly all it makes, and looking takes a tenth of
it; never to look would let pages of a large register pile up. `serve` looks after each build.
"""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 with every problem on a line of its own, 2 where the build itself failed.

    130 when it was interrupted.
    """
    parser = argparse.ArgumentParser(prog="python -m scripts", description=__doc__)
    commanded = parser.add_subparsers(dest="command", required=True)
    commanded.add_parser("check", help="say all that is wrong with tables, pages and charts")
    commanded.add_parser("build", help="check, then build build/site")
    serving = commanded.add_parser("serve", help="build, serve on loopback, rebuild on every change")
    serving.add_argument("--port", type=int, default=8000)
    released = commanded.add_parser("assets", help="lay out what the release of a tag carries, in build/release")
    released.add_argument("tag")
    releasing = commanded.add_parser("release", help="freeze the data package as an edition")
    releasing.add_argument("version", metavar="X.Y.Z")
    releasing.add_argument("--dry-run", action="store_true", help="say what it would do, and write nothing")
    fingerprint = commanded.add_parser("fingerprint", help="print the fingerprints of a source's text")
    fingerprint.add_argument("file", type=pathlib.Path)
    chosen = parser.parse_args(arguments)
    gc.set_threshold(*SELDOM)
    try:
        with foreseen(chosen.command):
            _run(chosen)
    except (Problems, Unforeseen) as failure:
        for problem in failure.all:
            print(problem, file=sys.stderr)
        print(failure, file=sys.stderr)
        return 1 if isinstance(failure, Problems) else 2
    except BrokenPipeError:  # whoever read along has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(refused(THIS, error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    return 0


def _run(chosen: argparse.Namespace) -> None:
    """Run one command and print what it says."""
    from . import commands, lock, progress, serve
    from .pages import contact

    say = progress.out()
    address = commands.address(os.environ.get("SITE_URL", ""))
    reached = contact.read(os.environ.get("CONTACT", ""))
    if chosen.command == "check":
        content = commands.check(THIS, address, contact=reached)
        print(f"no problems: {len(content.dataset.facts)} facts in {len(content.dataset.package.tables)} tables")
    elif chosen.command == "build":
        with lock.held(THIS, say):
            site = commands.build(THIS, say, address, contact=reached)
        print(f"\nThe site is in {THIS.name(site)}/ . Open {THIS.name(site)}/index.html, or run `make serve`.")
    elif chosen.command == "assets":
        with lock.held(THIS, say):
            files = commands.release_files(THIS, chosen.tag, say, address, reached)
        print(f"\nThe release is in {THIS.name(files)}/ .")
    elif chosen.command == "release":
        with lock.held(THIS, say):
            commands.release(THIS, chosen.version, say, chosen.dry_run)
    elif chosen.command == "serve":
        serve.serve(THIS, say, address, chosen.port, reached)
    else:
        print(commands.fingerprint(chosen.file), end="")


if __name__ == "__main__":
    sys.exit(main())
