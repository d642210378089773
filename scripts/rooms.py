"""Folders in `build/` that appear whole or not at all. In: a project, a finished folder; out: a folder in its place.

A run makes things in a folder of its own, so that whatever a killed one left behind, a builder that still runs too, touches
neither its pages nor what is kept; the next build removes it.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .paths import Project

_RUN = "run-"


@contextlib.contextmanager
def own(project: Project) -> Iterator[Path]:
    """An empty folder for what this run makes; it goes with the run."""
    project.build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=_RUN, dir=project.build) as folder:
        yield Path(folder)


def clear(project: Project) -> None:
    """Remove what killed runs left: their folders, and drawings half written, which have a second ending."""
    for left in project.build.glob(f"{_RUN}*"):
        shutil.rmtree(left, ignore_errors=True)
    for half in (project.build / "drawings").glob("*.*.*"):
        half.unlink(missing_ok=True)


def replace(new: Path, old: Path, gone: Path) -> None:
    """Put a finished folder in the place of an old one, which is moved aside first, then to where it is removed."""
    aside = _aside(old)
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        old.rename(aside)
    new.rename(old)
    if aside.exists():
        aside.rename(gone)


def restore(old: Path) -> None:
    """Put back a folder that was moved aside by a run that was cut off before the new one had its place."""
    if _aside(old).exists() and not old.exists():
        _aside(old).rename(old)


def _aside(old: Path) -> Path:
    return old.with_name(f"{old.name}-old")
