"""The charts: one file each, found by listing scripts/charts, or the folder `charts` of a project that has one. In: dataset, words of a language; out: `Chart` with SVG and table.

A chart's file has a docstring and `draw(rows, words, frame)`, which returns a finished Vega-Lite specification. Its rows
come from FACTS and EVIDENCE, one an id, with the columns of `rows.of_facts`, or from a function `rows(dataset, language)`
of its own. What it says stands in docs/<language>/charts/, a file each (`captions`).
"""

import contextlib
import functools
import hashlib
import importlib
import importlib.metadata
import importlib.util
import inspect
import json
import os
import pkgutil
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

import pandas
import vl_convert

from ..data.dataset import Dataset
from ..data.records import Fact
from ..paths import SCRIPTS, THIS, Project
from ..problem import Problem, Problems, did_you_mean
from ..words import quotes
from ..words.languages import Language
from ..words.outline import Page
from . import cut_off, links, rows, theme

HALO = f'stroke="{theme.colour("paper")}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
"""Around the letters of a drawing, so that no line strikes them; Vega knows no order of painting."""
CHARTS = "scripts.charts"  # listed, and loaded by name
_ROOM = CHARTS.replace(".", "/")
OWN = "charts"  # the folder of a project that has charts of its own, in their place
ROOMS = ("charts", "drawing", "words", "data")  # whose code may take part in a drawing


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in one language: its texts, its specification and drawing by frame, its data, its facts.

    `columns` names the columns of its table; empty for the ones that every language names.
    A column named after a verdict takes the language's word for it.
    """

    slug: str
    title: str
    subtitle: str
    alt: str
    note: str
    columns: Mapping[str, str]
    specs: dict[str, dict[str, Any]]
    linked: dict[str, str]
    """The drawings, whose marks are links without an address yet (`links.addressed`)."""
    rows: pandas.DataFrame
    facts: tuple[Fact, ...]
    drawings: dict[str, str] = field(init=False, repr=False)
    """The drawings without links, for files and frames, which are at home nowhere."""
    ids: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Work out once what is asked for often: the drawings without links, and the ids of the facts."""
        drawings = {name: links.removed(drawing) for name, drawing in self.linked.items()}
        object.__setattr__(self, "drawings", drawings)
        object.__setattr__(self, "ids", frozenset(fact.fact_id for fact in self.facts))


def home(project: Project) -> tuple[Path, str]:
    """The folder of a project's charts, and how messages name it: its own, where it has one."""
    own = project.root / OWN
    return (own, OWN) if own.is_dir() else (SCRIPTS / OWN, _ROOM)


def modules(project: Project = THIS) -> dict[str, ModuleType]:
    """The chart modules by slug, in the order of their slugs; raises `Problems` where one cannot be loaded or has no `draw`.

    A project's own charts are trusted code of its own, each loaded by itself and anew.
    """
    folder, room = home(project)
    homes = [str(folder)] if room == OWN else list(importlib.import_module(CHARTS).__path__)
    found, problems = {}, []
    for name in sorted(info.name for info in pkgutil.iter_modules(homes)):
        slug, file = name.replace("_", "-"), f"{room}/{name}.py"
        try:
            with _blamed(file):
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
    """The file of a chart, as messages name it."""
    room = OWN if module and module.__name__.startswith(f"{OWN}.") else _ROOM
    return f"{room}/{slug.replace('-', '_')}.py"


@contextlib.contextmanager
def _blamed(place: str) -> Iterator[None]:
    """Turn whatever a chart's own code raises into a problem at its line; `place` is its file."""
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
        told = " ".join(str(error.msg if isinstance(error, SyntaxError) else error).split())
        raise Problems([Problem(place, line or 1, f"{type(error).__name__}: {told[:200]}")]) from error


def check(found: Mapping[str, ModuleType], dataset: Dataset) -> Iterator[Problem]:
    """Yield the facts and evidence that charts would draw and nobody knows."""
    for slug, module in found.items():
        for name, known in (("FACTS", dataset.facts), ("EVIDENCE", dataset.evidence)):
            listed = getattr(module, name, ())
            if not isinstance(listed, tuple | list):
                yield Problem(path(slug, module), 1, f"{name} is {listed!r}; expected ids in parentheses")
                continue
            for unknown in (id_ for id_ in listed if id_ not in known):
                fault = f"chart {slug} draws an unknown {name.lower().removesuffix('s')}, {unknown}{did_you_mean(unknown, known)}"
                yield Problem(path(slug, module), 1, fault)


def draw(slug: str, module: ModuleType, told: Page, context: quotes.Context, cache: Path | None = None,
         actors: Mapping[str, str] = MappingProxyType({})) -> Chart:  # fmt: skip
    """Draw a chart in the context's language, in every frame; `cache` keeps drawings from one build to the next.

    `actors` are the names of colours that entities have.
    """
    language, dataset = context.language, context.dataset
    texts = _filled({**told.head, "note": told.body}, replace(context, plain=True))
    words = texts.get("words", {}) | {"axis": label_expr(language)}
    words |= {"voices": language.words["voices"], "verdicts": language.words["verdicts"]}
    words["actors"] = dict(actors)
    words["both_names"] = language.words["joins"]["both_names"]
    words["number"] = ",~r" if language.words["grouping"] else "~r"
    table = rows_of(module, dataset, language)
    used = dict.fromkeys(table["fact_id"]) if "fact_id" in table else {}
    facts = tuple(dataset.facts[fact_id] for fact_id in used if fact_id)
    with _blamed(path(slug, module)):
        specs = _specified(module, table, words, cache)
        linked = {name: svg(links.added(spec), f"{slug}-{name}", cache) for name, spec in specs.items()}
    return Chart(
        slug,
        texts["title"],
        texts["subtitle"],
        texts["alt"],
        texts["note"],
        {key: language.words["verdicts"].get(key, name) for key, name in texts.get("columns", {}).items()},
        specs,
        linked,
        table,
        facts,
    )


def _specified(module: ModuleType, table: pandas.DataFrame, words: Mapping[str, Any], cache: Path | None) -> Any:
    """The specification of every frame by its name; kept by all that goes into it, for Altair takes most of a build."""
    drawn_with = {
        "code": [_code(), inspect.getsource(module)],
        "altair": version("altair"),
        "rows": table.to_dict("split"),
        "types": [str(kind) for kind in table.dtypes],
        "words": words,
    }

    def make(_: str) -> str:
        from altair.utils import schemapi

        with schemapi.debug_mode(False):  # each specification is validated once, whole, not at each of its parts
            return json.dumps({frame.name: module.draw(table, words, frame) for frame in theme.FRAMES})

    return json.loads(kept(cache, "json", json.dumps(drawn_with, default=repr), make))


version = functools.cache(importlib.metadata.version)  # of a library; looked up from disk each time otherwise


@functools.cache
def _code() -> str:
    """A checksum of all code that may take part in drawing."""
    files = (
        file for room in ROOMS for kind in ("py", "yml") for file in sorted((SCRIPTS / room).glob(f"[!.]*.{kind}"))
    )
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _filled(words: Any, context: quotes.Context) -> Any:
    """A text with its quotes filled, or the same of every text of a group or list."""
    if isinstance(words, Mapping):
        return {key: _filled(value, context) for key, value in words.items()}
    if isinstance(words, list):
        return [_filled(value, context) for value in words]
    return quotes.fill(words, context, "")[0] if isinstance(words, str) else words


def rows_of(module: ModuleType, dataset: Dataset, language: Language) -> pandas.DataFrame:
    """The rows that a chart draws: its own, or those of its FACTS and its EVIDENCE, told apart by `voice`."""
    with _blamed(path(module.__name__.rpartition(".")[2], module)):
        if hasattr(module, "rows"):
            return pandas.DataFrame(module.rows(dataset, language))
        facts = tuple(dataset.facts[id_] for id_ in getattr(module, "FACTS", ()))
        evidence = [dataset.evidence[id_] for id_ in getattr(module, "EVIDENCE", ())]
        return rows.joined(rows.of_facts(facts, dataset, language), rows.of_evidence(evidence, dataset, language))


def label_expr(language: Language) -> str:
    """A Vega expression that writes an axis number with the language's large units: 1亿, 100 million."""
    comma = "," if language.words["grouping"] else ""
    expression = f"format(datum.value, '{comma}')"
    for size, word in reversed(language.words["large"]):
        name = word.replace("\\", r"\\").replace("'", r"\'")
        expression = f"datum.value >= {size} ? format(datum.value / {size}, '{comma}') + '{name}' : {expression}"
    return expression


def kept(cache: Path | None, suffix: str, source: str, make: Callable[[str], str]) -> str:
    """What `make` makes of a source, or what it made of the very same one before: `cache` keeps it, by its hash."""
    return kept_bytes(cache, suffix, source, lambda source: str(make(source)).encode()).decode()


def kept_bytes(cache: Path | None, suffix: str, source: str, make: Callable[[str], bytes]) -> bytes:
    """As `kept`, for what is no text."""
    made_with = f"{version('vl-convert-python')} {source}"
    file = cache / f"{hashlib.sha256(made_with.encode()).hexdigest()}.{suffix}" if cache else None
    if file and file.exists():
        return file.read_bytes()
    made = make(source)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_name(f"{file.name}.{os.getpid()}")  # another process may look for the same file now
        half.write_bytes(made)
        half.replace(file)
    return made


def columns(language: Language) -> dict[str, str]:
    """The columns of a table of facts and evidence, for charts that name none of their own."""
    labels = language.words["labels"]
    return {
        "name": labels["about"], "text": labels["value"], "period": labels["when"],
        "speaker": labels["who"], "locator": labels["where"],
    }  # fmt: skip


def svg(spec: dict[str, Any], prefix: str, cache: Path | None = None) -> str:
    """Draw a specification as SVG fit to stand inline: ids of its own, no fixed size, hidden from screen readers.

    The figure around it carries role, title and description, so that they are read once for both drawings.
    """
    drawing = kept(cache, "svg", json.dumps(spec, sort_keys=True), vl_convert.vegalite_to_svg)
    drawing = links.marked(drawing)
    drawing = re.sub(r'\b(id|clip-path|href|xlink:href)="(url\()?(#?)', rf'\1="\2\3{prefix}-', drawing)
    drawing = re.sub(r' aria-[a-z]+="[^"]*"| role="[^"]*"', "", drawing)
    drawing = re.sub(r'<g class="mark-text[^"]*"', rf"\g<0> {HALO}", drawing)
    size = re.search(r'<svg[^>]*?width="([\d.]+)" height="([\d.]+)"', drawing)
    if size is None:
        raise ValueError(f"{prefix}: the drawing has no size")
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[1]} {size[2]}" '
        f'width="{size[1]}" height="{size[2]}" aria-hidden="true" focusable="false">'
    )
    return opening + drawing[drawing.index(">") + 1 :]
