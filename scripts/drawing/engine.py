"""Draws a chart in a language. In: a chart's module, dataset, words; out: `Chart` with SVG and table.

A chart's file has a docstring and `draw(rows, words, frame)`, which returns a finished Vega-Lite specification. Its rows
come from the ids in FACTS and EVIDENCE, with the columns of `rows.of_facts`, or from its function `rows(dataset, language)`.
Its texts are in docs/<language>/charts/, a file each (`captions`).
"""

import functools
import inspect
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

import pandas
import vl_convert

from ..data.dataset import Dataset
from ..data.records import Fact
from ..words import quotes
from ..words.languages import Language
from ..words.outline import Page
from . import kept, links, listing, rows, theme

HALO = f'stroke="{theme.colour("paper")}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
"""A paper-coloured outline of letters, so that no line crosses them; Vega has no `paint-order`."""
ROOMS = ("charts", "drawing", "words", "data")  # folders whose code may affect a drawing


@dataclass(frozen=True)
class Chart:
    """A chart in one language: its texts, its specification and drawing by frame, its data, its facts.

    `columns` has the titles of its table's columns: the chart's own, or the default ones of the language.
    A column named after a verdict is titled by the language's word for that.
    """

    slug: str
    title: str
    subtitle: str
    alt: str
    note: str
    columns: Mapping[str, str]
    specs: dict[str, dict[str, Any]]
    linked: dict[str, str]
    """The drawings; their marks are links that have no address yet (`links.addressed` adds it)."""
    rows: pandas.DataFrame
    facts: tuple[Fact, ...]

    @functools.cached_property
    def drawings(self) -> dict[str, str]:
        """The drawings without links, for files and frames, which may be on any site."""
        return {name: links.removed(drawing) for name, drawing in self.linked.items()}

    @functools.cached_property
    def ids(self) -> frozenset[str]:
        """The ids of the facts."""
        return frozenset(fact.fact_id for fact in self.facts)

    def listed(self, column: str) -> list[str]:
        """The unique non-empty ids in a column of the rows, in order; empty where there is no such column."""
        return listed(self.rows, column)


def draw(slug: str, module: ModuleType, caption: Page, context: quotes.Context, cache: Path | None = None,
         actors: Mapping[str, str] = MappingProxyType({})) -> Chart:  # fmt: skip
    """Draw a chart in the context's language, in every frame; `cache` is the folder of cached drawings.

    `actors` has names of colours by entity.
    """
    language, dataset = context.language, context.dataset
    texts = _filled({**caption.head, "note": caption.body}, replace(context, plain=True))
    words = texts.get("words", {}) | {"axis": label_expr(language)}
    words |= {"voices": language.words["voices"], "verdicts": language.words["verdicts"]}
    words["actors"] = dict(actors)
    words["both_names"] = language.words["joins"]["both_names"]
    words["number"] = ",~r" if language.words["grouping"] else "~r"
    table = rows_of(module, dataset, language)
    facts = tuple(dataset.facts[id_] for id_ in listed(table, "fact_id"))
    with listing.blamed(listing.path(slug, module)):
        specs = _specified(module, table, words, cache)
        linked = {name: svg(links.added(spec), f"{slug}-{name}", cache) for name, spec in specs.items()}
    own = {key: language.words["verdicts"].get(key, name) for key, name in texts.get("columns", {}).items()}
    columns = own or _columns(language)
    return Chart(
        slug, texts["title"], texts["subtitle"], texts["alt"], texts["note"], columns, specs, linked, table, facts
    )


def _specified(module: ModuleType, table: pandas.DataFrame, words: Mapping[str, Any], cache: Path | None) -> Any:
    """The specification of every frame by name; cached by a hash of its inputs, since Altair takes most of a build."""
    drawn_with = {
        "code": [kept.code(*ROOMS), inspect.getsource(module)],
        "altair": kept.version("altair"),
        "rows": table.to_dict("split"),
        "types": [str(kind) for kind in table.dtypes],
        "words": words,
    }

    def make(_: str) -> str:
        from altair.utils import schemapi

        with schemapi.debug_mode(False):  # each specification is validated once as a whole, not each part
            return json.dumps({frame.name: module.draw(table, words, frame) for frame in theme.FRAMES})

    return json.loads(kept.text(cache, "json", json.dumps(drawn_with, default=repr), make))


def _filled(words: Any, context: quotes.Context) -> Any:
    """Fill the quotes of a text, or of every text in a mapping or list."""
    if isinstance(words, Mapping):
        return {key: _filled(value, context) for key, value in words.items()}
    if isinstance(words, list):
        return [_filled(value, context) for value in words]
    return quotes.fill(words, context, "")[0] if isinstance(words, str) else words


def rows_of(module: ModuleType, dataset: Dataset, language: Language) -> pandas.DataFrame:
    """The rows that a chart draws: from its `rows` function, or of its FACTS and EVIDENCE, distinguished by `voice`."""
    with listing.blamed(listing.path(module.__name__.rpartition(".")[2], module)):
        if hasattr(module, "rows"):
            return pandas.DataFrame(module.rows(dataset, language))
        facts = tuple(dataset.facts[id_] for id_ in getattr(module, "FACTS", ()))
        evidence = [dataset.evidence[id_] for id_ in getattr(module, "EVIDENCE", ())]
        return rows.joined(rows.of_facts(facts, dataset, language), rows.of_evidence(evidence, dataset, language))


def listed(table: pandas.DataFrame, column: str) -> list[str]:
    """The unique non-empty ids in a column of a table, in order."""
    return [id_ for id_ in dict.fromkeys(table[column]) if id_] if column in table else []


def label_expr(language: Language) -> str:
    """A Vega expression that formats numbers on an axis with the language's large units: 1亿, 100 million."""
    comma = "," if language.words["grouping"] else ""
    expression = f"format(datum.value, '{comma}')"
    for size, word in reversed(language.words["large"]):
        name = word.replace("\\", r"\\").replace("'", r"\'")
        expression = f"datum.value >= {size} ? format(datum.value / {size}, '{comma}') + '{name}' : {expression}"
    return expression


def _columns(language: Language) -> dict[str, str]:
    """The default columns of a table of facts and evidence, for charts that define none."""
    labels = language.words["labels"]
    return {
        "name": labels["about"], "text": labels["value"], "period": labels["when"],
        "speaker": labels["who"], "locator": labels["where"],
    }  # fmt: skip


def svg(spec: dict[str, Any], prefix: str, cache: Path | None = None) -> str:
    """Render a specification as SVG for inline use: ids with a unique prefix, a view box, hidden from screen readers.

    Role, title and description are on the enclosing figure, so that they are read once for both drawings.
    """
    drawing = kept.text(cache, "svg", json.dumps(spec, sort_keys=True), vl_convert.vegalite_to_svg)
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
