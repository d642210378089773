"""The blocks of HTML that pages quote: charts, lists, checks and replies. In: `Content`; out: HTML by kind and id."""

import functools
import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .. import places
from ..data import codes, periods, verdicts
from ..data.dataset import Dataset, sorted_events
from ..data.outside import Evidence
from ..data.records import Event, Fact
from ..drawing import engine, links
from ..editions import formats, store, unfold
from ..paths import TEMPLATES
from ..words import citations, lexicon, markup, outline, quotes, reports, works
from ..words.languages import Language
from . import contact, fact_files, interface, offers, register
from .content import DRAWN, Content, site_root

Blocks = dict[str, dict[str, Callable[[], str]]]
"""Functions that render each block, by kind and id."""
LISTS = sorted(file.stem.removeprefix("list-") for file in TEMPLATES.glob("list-*.html"))
MAX_NAMED_SOURCES = 3  # outside sources named in a chart's source line; the table lists all
RELIABILITY_ORDER = ("primary", "established", "aggregator", "repost")
DRAWN_FIELDS = ("value", "value_high", "unit", "qualifier", "period")  # fields of a fact that charts draw
ASKED = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        citations, codes, contact, fact_files, formats.tables, interface, offers, outline, quotes, register, reports, store,
        unfold, verdicts, works,
    )
}  # fmt: skip
"""The modules that templates call, by name."""


def context(content: Content, language: Language, page: outline.Page, drawn: DRAWN) -> quotes.Context:
    """Return the context that fills a page: the dataset, and each block it may quote, rendered on demand.

    Only the checks and replies that the page quotes are included; there may be as many as facts.
    """
    data, charts = content.dataset, drawn[language.code]
    values = shared(content, language, page.root)
    made = functools.partial(functools.partial, markup.block)
    blocks: Blocks = {
        "chart": {slug: functools.partial(_figure, content, values, chart) for slug, chart in charts.items()},
        "list": {name: made(f"list-{name}.html", **values, page=page, charts=charts) for name in LISTS},
        "check": {
            id_: made("check.html", **values, fact=data.facts[id_])
            for id_ in quotes.ids(page.body, "check")
            if data.checks_of(id_)
        },
        "reply": {
            id_: made("reply.html", **values, replies=replies)
            for id_ in quotes.ids(page.body, "reply")
            if (replies := data.replies_of(id_))
        },
        **numbers(content, language, page),
        **addresses(content),
    }
    return replace(content.context(language, page.root), blocks=blocks)


def numbers(content: Content, language: Language, page: outline.Page) -> Blocks:
    """Blocks with a page's reading time, edition and date, and with the number of facts of each verdict."""
    created = periods.read(content.dataset.package.descriptor["created"][:10])
    own: dict[str, Callable[[], str]] = {
        "minutes": lambda: f"{page.minutes}",
        "edition": lambda: markup.inline(content.shown_version(language)),
        "date": lambda: markup.inline(language.period(created)),
    }
    found = functools.cache(lambda: verdicts.facts(content.dataset))  # lazy: it scans every fact
    return {"page": own, "verdict": {verdict: lambda of=verdict: f"{len(found()[of])}" for verdict in verdicts.ORDER}}  # type: ignore[misc]


def addresses(content: Content) -> Blocks:
    """Blocks with the newest edition's address, and the addresses and names of its complete files."""
    address = functools.partial(unfold.address, content.address)
    whole = unfold.WHOLE.items()
    return {
        "address": {"latest": address, **{kind: functools.partial(address, name) for kind, name in whole}},
        "name": {kind: functools.partial(str, name) for kind, name in whole},
    }


def shared(content: Content, language: Language, root: str) -> dict[str, Any]:
    """Variables shared by all templates of a page; `root` is the relative path to the root of its language's site."""
    data = content.dataset
    return ASKED | {
        "content": content,
        "data": data,
        "language": language,
        "code": language.code,
        "words": language.words,
        "others": [other for other in content.languages if other is not language],
        "root": root,
        "site_root": site_root(language, root),
        "place": functools.partial(content.place, language, root),
        "named": functools.partial(reports.named, data, language),
        "says": functools.partial(reports.says, data, language),
        "where": functools.partial(reports.where, data, language),
        "compared": functools.partial(compared, language),
        "verdict": functools.partial(verdicts.overall, data),
        "years": functools.partial(_by_year, data),
        "field_title": functools.partial(field_title, content, language),
        "lang": data.package.language_of,
        "forms": list(citations.FORMS),
        "shown_fields": DRAWN_FIELDS,
    }


def _figure(content: Content, values: dict[str, Any], chart: engine.Chart) -> str:
    """Render a chart with its texts and table, each mark linked to its fact or evidence."""

    def target(kind: str, id_: str) -> str:
        return f"{values['root']}{places.fact(id_)}/" if kind == "fact" else f"{values['place'](kind)}#{id_}"

    names = links.names(chart.rows.to_dict("records"))
    drawings = {name: links.addressed(drawing, names, target) for name, drawing in chart.linked.items()}
    sources, more = sources_of(content, values["language"], chart)
    return markup.block("figure.html", **values, chart=chart, drawings=drawings, sources=sources, more=more)


def sources_of(content: Content, language: Language, chart: engine.Chart) -> tuple[list[tuple[str, str]], str]:
    """Return a chart's sources as `(name, anchor)`, most reliable first, and the words for how many more there are."""
    labels = language.words["labels"]
    data = content.dataset
    own = [(reports.named(data, language, one), f"source-{one.source_id}") for one in reports.of(data, chart.facts)]
    named = {data.evidence[id_].source_id for id_ in chart.listed("evidence_id")}
    sources = (source for id_, source in data.sources.items() if id_ in named)
    ranked = sorted(sources, key=lambda source: RELIABILITY_ORDER.index(source.reliability))
    others = [(language.source(one), f"source-{one.source_id}") for one in ranked]
    shown = (own if chart.facts or not others else []) + others[:MAX_NAMED_SOURCES]
    more = labels["more_sources"].format(len(others) - MAX_NAMED_SOURCES) if len(others) > MAX_NAMED_SOURCES else ""
    return shown, more


def source_line(content: Content, language: Language, chart: engine.Chart) -> str:
    """A chart's source line as plain text."""
    labels = language.words["labels"]
    sources, more = sources_of(content, language, chart)
    names = labels["semicolon"].join([name for name, _ in sources] + [more] * bool(more))
    return f"{labels['source_line']}{labels['colon']}{names}{labels['stop']}"


def _by_year(data: Dataset) -> list[tuple[periods.Period, list[Event]]]:
    """Group events by the year they begin in, in chronological order."""
    events = sorted_events(list(data.events.values()))
    years = itertools.groupby(events, key=lambda event: event.date.first.year if event.date else 0)
    return [(periods.read(str(year)), list(some)) for year, some in years]


def compared(language: Language, row: Fact | Evidence) -> str:
    """What a check compares of a fact or of evidence, formatted: its value, the period of a count or an event, or nothing."""
    counted = row.unit in lexicon.rules()["units"]["counts"]
    if row.value is not None and not counted:
        return language.value(row)
    return language.period(row.period) if counted or getattr(row, "kind", "event") == "event" else ""


def field_title(content: Content, language: Language, field: str) -> str:
    """Return the title of a field of `facts` in a language, or its name."""
    fields = content.dataset.package.tables["facts"].schema["fields"]
    return next((codes.text(one, "title", language.code) for one in fields if one["name"] == field), field)
