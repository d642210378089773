"""Folders in `build/` that appear complete or not at all. In: a project, a finished folder; out: a folder in its place.

Each run works in a temporary folder, so that leftovers of a killed run, or its builder if that still runs, touch
neither the pages of a later run nor the caches; the next build removes that folder.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .paths import Project

_RUN = "run-"


@contextlib.contextmanager
def scratch(project: Project) -> Iterator[Path]:
    """An empty folder for the files of this run; removed when the body ends."""
    project.build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=_RUN, dir=project.build) as folder:
        yield Path(folder)


def clear(project: Project) -> None:
    """Remove leftovers of killed runs: their folders, and half-written drawings, which have a second file ending."""
    for left in project.build.glob(f"{_RUN}*"):
        shutil.rmtree(left, ignore_errors=True)
    for half in (project.build / "drawings").glob("*.*.*"):
        half.unlink(missing_ok=True)


def replace(new: Path, old: Path, gone: Path) -> None:
    """Replace the folder `old` by the finished folder `new`; the previous one is moved aside first, then to `gone`, to be removed."""
    aside = _aside(old)
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        old.rename(aside)
    new.rename(old)
    if aside.exists():
        aside.rename(gone)


def restore(old: Path) -> None:
    """Put back a folder that an interrupted run moved aside and did not replace."""
    if _aside(old).exists() and not old.exists():
        _aside(old).rename(old)


def _aside(old: Path) -> Path:
    return old.with_name(f"{old.name}-old")
