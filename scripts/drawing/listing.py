"""The charts of a project: a file each, listed from scripts/charts, or from the project's folder `charts` if it has one.

In: a project; out: modules by slug, or problems. A chart's file has a docstring and `draw`; see `engine`.
"""

import contextlib
import importlib
import importlib.util
import pkgutil
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

from .. import places
from ..data.dataset import Dataset
from ..paths import SCRIPTS, THIS, Project
from ..problem import Problem, Problems, did_you_mean
from . import cut_off

CHARTS = "scripts.charts"  # imported by name
_ROOM = CHARTS.replace(".", "/")
OWN = "charts"  # a project's own folder of charts, used instead


def home(project: Project) -> tuple[Path, str]:
    """The folder of a project's charts (its own if it has one), and its name in messages."""
    own = project.root / OWN
    return (own, OWN) if own.is_dir() else (SCRIPTS / OWN, _ROOM)


def modules(project: Project = THIS) -> dict[str, ModuleType]:
    """The chart modules by slug, in the order of their slugs; raises `Problems` where one cannot be loaded, has no `draw` or is truncated.

    A project's own charts are trusted code, loaded one by one and again at each call.
    """
    folder, room = home(project)
    homes = [str(folder)] if room == OWN else list(importlib.import_module(CHARTS).__path__)
    found, problems = {}, []
    for name in sorted(info.name for info in pkgutil.iter_modules(homes)):
        slug, file = name.replace("_", "-"), f"{room}/{name}.py"
        try:
            with blamed(file):
                found[slug] = (
                    importlib.import_module(f"{CHARTS}.{name}") if room == _ROOM else _loaded(folder / f"{name}.py")
                )
        except Problems as refused:
            problems += refused.all
        except OSError as error:
            problems.append(Problem(file, 1, f"cannot be read: {error.strerror or error}"))
        else:
            if not callable(getattr(found[slug], "draw", None)):
                problems.append(Problem(file, 1, "has no function draw(rows, words, frame)"))
            problems += [Problem(file, line, fault) for line, fault in cut_off.faults(found[slug])]
    if problems:
        raise Problems(problems)
    return found


def _loaded(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"{OWN}.{file.stem}", file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file.name} is not a module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def path(slug: str, module: ModuleType | None = None) -> str:
    """The path of a chart's file in messages."""
    room = OWN if module and module.__name__.startswith(f"{OWN}.") else _ROOM
    return f"{room}/{slug.replace('-', '_')}.py"


@contextlib.contextmanager
def blamed(place: str) -> Iterator[None]:
    """Re-raise exceptions of a chart's code as a problem at its line; `place` is its file."""
    try:
        yield
    except (Problems, OSError):
        raise
    except (Exception, SystemExit) as error:
        file = Path(place).name
        lines = [
            frame.lineno for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).name == file
        ]
        line = error.lineno if isinstance(error, SyntaxError) else lines[-1] if lines else 1
        message = " ".join(str(error.msg if isinstance(error, SyntaxError) else error).split())
        raise Problems([Problem(place, line or 1, f"{type(error).__name__}: {message[:200]}")]) from error


def check(found: Mapping[str, ModuleType], dataset: Dataset) -> Iterator[Problem]:
    """Yield charts named like another page, and the ids of unknown facts and evidence in their FACTS and EVIDENCE."""
    for slug, module in found.items():
        if taken := places.taken(places.chart(slug)):
            yield Problem(path(slug, module), 1, f"{slug!r} is the address of {taken}; rename the chart")
        for name, known in (("FACTS", dataset.facts), ("EVIDENCE", dataset.evidence)):
            listed = getattr(module, name, ())
            if not isinstance(listed, tuple | list) or not all(isinstance(id_, str) for id_ in listed):
                yield Problem(path(slug, module), 1, f"{name} is {listed!r}; expected ids in parentheses")
                continue
            for unknown in (id_ for id_ in listed if id_ not in known):
                fault = f"chart {slug} draws an unknown {name.lower().removesuffix('s')}, {unknown}{did_you_mean(unknown, known)}"
                yield Problem(path(slug, module), 1, fault)
