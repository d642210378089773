"""The blocks of HTML that pages quote: figures, lists and what other sources say. In: `Content`; out: HTML by id."""

import functools
import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from .. import places
from ..data import codes, periods, verdicts
from ..data.dataset import Dataset, sorted_events
from ..data.records import Event, Evidence, Fact, Source
from ..drawing import engine, links
from ..editions import formats, store, unfold
from ..editions.store import Frozen
from ..paths import TEMPLATES
from ..words import citations, lexicon, lists, markup, outline, quotes, reports, works
from ..words.languages import Language
from . import contact, fact_pages, interface
from .content import DRAWN, Content, frozen_tag, site_root

LISTS = sorted(file.stem.removeprefix("list-") for file in TEMPLATES.glob("list-*.html"))
NAMED = 3  # outside sources named in a chart's source line; the table names all
TRUST = ("primary", "established", "aggregator", "repost")
DRAWN_FIELDS = ("value", "value_high", "unit", "qualifier", "period")  # of a fact, by a chart


def context(content: Content, language: Language, page: outline.Page, drawn: DRAWN) -> quotes.Context:
    """What a page is filled from: the dataset, and each block it may quote, made when it is quoted.

    Of checks there are those that the page quotes; there may be as many as there are facts.
    """
    blocks: dict[str, dict[str, Callable[[], str]]] = {
        "chart": {
            slug: functools.partial(_figure, content, language, page.root, chart)
            for slug, chart in drawn[language.code].items()
        },
        "list": {name: functools.partial(_list, content, language, page, name, drawn) for name in LISTS},
        "check": {
            id_: functools.partial(_check, content, language, page.root, id_)
            for id_ in quotes.ids(page.body, "check")
            if content.dataset.checks_of(id_)
        },
        "reply": {
            id_: functools.partial(_reply, content, language, page.root, id_)
            for id_ in quotes.ids(page.body, "reply")
            if content.dataset.replies_of(id_)
        },
        **numbers(content, language, page),
        **addresses(content),
    }
    return replace(content.context(language, page.root), blocks=blocks)


def numbers(content: Content, language: Language, page: outline.Page) -> dict[str, dict[str, Callable[[], str]]]:
    """What a page may say of itself, and how many facts have each verdict."""
    created = periods.read(content.dataset.package.descriptor["created"][:10])
    own: dict[str, Callable[[], str]] = {
        "minutes": lambda: f"{page.minutes}",
        "edition": lambda: markup.inline(content.shown_version(language)),
        "date": lambda: markup.inline(language.period(created)),
    }
    found = functools.cache(lambda: verdicts.facts(content.dataset))  # only where a page asks: it looks at every fact

    def count(verdict: str) -> str:
        return f"{len(found()[verdict])}"

    return {"page": own, "verdict": {verdict: functools.partial(count, verdict) for verdict in verdicts.ORDER}}


def addresses(content: Content) -> dict[str, dict[str, Callable[[], str]]]:
    """Where the newest edition lies, and the addresses and names of the files that hold all of it."""
    address = functools.partial(unfold.address, content.address)
    whole: dict[str, Callable[[], str]] = {
        kind: functools.partial(address, name) for kind, name in unfold.WHOLE.items()
    }
    names: dict[str, Callable[[], str]] = {kind: functools.partial(str, name) for kind, name in unfold.WHOLE.items()}
    return {"address": {"latest": address, **whole}, "name": names}


def checked(content: Content) -> list[str]:
    """The facts that a page can quote a check of."""
    return list(dict.fromkeys(check.fact_id for check in content.dataset.checks.values()))


def shared(content: Content, language: Language, root: str) -> dict[str, Any]:
    """What every block of a page is made with: records, language and words, the way to the language's root and to lists."""
    return {
        "data": content.dataset,
        "language": language,
        "code": language.code,
        "words": language.words,
        "root": root,
        **{
            name: functools.partial(getattr(reports, name), content.dataset, language)
            for name in ("named", "says", "where")
        },
        "place": functools.partial(content.place, language, root),
    }


def _figure(content: Content, language: Language, root: str, chart: engine.Chart) -> str:
    sources, more = named(content, language, chart)
    return markup.block(
        "figure.html",
        **shared(content, language, root),
        chart=chart,
        drawings=_drawings(content, language, root, chart),
        columns=chart.columns or engine.columns(language),
        rows=chart.rows.to_dict("records"),
        site_root=site_root(language, root),
        sources=sources,
        more=more,
        field_title=functools.partial(field_title, content, language),
        corrections=[
            one
            for fact in chart.facts
            for one in content.dataset.corrections_of(fact.fact_id)
            if one.field in DRAWN_FIELDS
        ],
    )


def _drawings(content: Content, language: Language, root: str, chart: engine.Chart) -> dict[str, str]:
    """The drawings of a chart, each mark a link to its fact or its evidence."""
    ways = {
        "fact": lambda id_: f"{root}{places.fact(id_)}/",
        "evidence": lambda id_: f"{content.place(language, root, 'evidence')}#{id_}",
    }
    names = links.names(chart.rows.to_dict("records"))
    return {
        name: links.addressed(drawing, names, lambda kind, id_: ways[kind](id_))
        for name, drawing in chart.linked.items()
    }


def named(content: Content, language: Language, chart: engine.Chart) -> tuple[list[tuple[str, str]], str]:
    """The sources of a chart's line, `(name, anchor)`, the more reliable first, and how many more the table names."""
    labels = language.words["labels"]
    data = content.dataset
    own = [(reports.named(data, language, one), f"source-{one.source_id}") for one in reports.of(data, chart.facts)]
    outside = dict.fromkeys(chart.rows["evidence_id"]) if "evidence_id" in chart.rows else {}
    named = {data.evidence[id_].source_id for id_ in outside if id_}
    ranked = sorted((s for id_, s in data.sources.items() if id_ in named), key=_trust)
    others = [(language.source(source), f"source-{source.source_id}") for source in ranked]
    shown = (own if chart.facts or not others else []) + others[:NAMED]
    more = labels["more_sources"].format(len(others) - NAMED) if len(others) > NAMED else ""
    return shown, more


def source_line(content: Content, language: Language, chart: engine.Chart) -> str:
    """The sources of a chart as one sentence without links."""
    labels = language.words["labels"]
    sources, more = named(content, language, chart)
    names = labels["semicolon"].join([name for name, _ in sources] + [more] * bool(more))
    return f"{labels['source_line']}{labels['colon']}{names}{labels['stop']}"


def size(count: int) -> str:
    """Bytes as readers know them, in powers of ten."""
    if count < 1000:
        return f"{count}\u00a0B"
    return f"{count / 1000:.0f}\u00a0kB" if count < 999_500 else f"{count / 1_000_000:.1f}\u00a0MB"


def _trust(source: Source) -> int:
    return TRUST.index(source.reliability)


def _check(content: Content, language: Language, root: str, fact_id: str) -> str:
    """What other sources say of a fact, in plain words, with both figures: the first check of its verdict."""
    data, verdict = content.dataset, verdicts.overall(content.dataset, fact_id)
    check = verdicts.telling(data, fact_id)
    return markup.block(
        "check.html",
        **shared(content, language, root),
        fact=data.facts[fact_id],
        check=check,
        verdict=verdict,
        evidence=data.evidence.get(check.evidence_id),
        told=functools.partial(told, language),
    )


def _reply(content: Content, language: Language, root: str, fact_id: str) -> str:
    """What those whom a fact accuses said to it."""
    return markup.block("reply.html", **shared(content, language, root), replies=content.dataset.replies_of(fact_id))


def _by_year(data: Dataset) -> list[tuple[periods.Period, list[Event]]]:
    """The events by the year that they begin in, in the order of time."""
    events = sorted_events(list(data.events.values()))
    years = itertools.groupby(events, key=lambda event: event.date.first.year if event.date else 0)
    return [(periods.read(str(year)), list(some)) for year, some in years]


def told(language: Language, row: Fact | Evidence) -> str:
    """What is compared of a fact or of evidence: its value, or the time of a counted or dated thing, or nothing."""
    counted = row.unit in lexicon.rules()["units"]["counts"]
    if row.value is not None and not counted:
        return language.value(row)
    return language.period(row.period) if counted or getattr(row, "kind", "event") == "event" else ""


def _list(content: Content, language: Language, page: outline.Page, name: str, drawn: DRAWN) -> str:
    package, code, root = content.dataset.package, language.code, page.root
    number = fact_pages.number(page.slug)
    return markup.block(
        f"list-{name}.html",
        **shared(content, language, root),
        charts=drawn[language.code],
        register=fact_pages,
        number=number,
        pages=fact_pages.pages(content.dataset),
        facts=fact_pages.of_page(content.dataset, number),
        others=[other for other in content.languages if other is not language],
        site_root=site_root(language, root),
        reports=[one.source_id for one in content.dataset.reports],
        reports_of=functools.partial(reports.of, content.dataset),
        order=verdicts.ORDER,
        verdict=functools.partial(verdicts.overall, content.dataset),
        formula=quotes.formula,
        sections=functools.partial(outline.shown, content.pages[code]),
        years=functools.partial(_by_year, content.dataset),
        of_part=functools.partial(verdicts.of_part, content.dataset),
        by_verdict=functools.partial(verdicts.facts, content.dataset),
        told=functools.partial(told, language),
        actor=lambda entity_id: content.actors.get(entity_id, "other"),
        terms=sorted(content.dataset.glossary.values(), key=lambda term: term.term[content.languages[0].code].lower()),
        text=functools.partial(text, code),
        lang=package.language_of,
        offered=functools.partial(offered, content),
        whole=unfold.WHOLE,
        interface=interface,
        profiles=formats.tables.profiles,
        sample=functools.partial(_sample, content),
        tables=formats.tables.read,
        field_title=functools.partial(field_title, content, language),
        sha256=store.sha256,
        size=size,
        id="cite",
        forms=citations.FORMS,
        brief={form: citations.FORMS[form] for form in language.words["brief_citations"]},
        address=content.address,
        work=works.of_package(package, code, content.cited),
        content=content,
        contact=contact.link(content.contact),
        tag_of=functools.partial(frozen_tag, content),
        explainer=works.of_page(package, content.title(language, ""), "", code, content.home(language)),
        cited={one.source_id: works.of_report(content.dataset, one, code) for one in content.dataset.reports},
        downloads={
            name[name.index(".") :]: f"{site_root(language, root)}{places.edition()}/{name}"
            for name in citation_files(content, language)
        },
    )


def offered(content: Content, edition: Frozen | None = None) -> dict[str, bytes]:
    """The files of an edition by name; without one those of the newest, or of the package as it stands, as data/latest has them."""
    shown = edition or (content.editions[-1] if content.editions else None)
    made = unfold.files(content.project, content.dataset.package, shown, lists.terms(content.languages))
    return made if edition else unfold.latest(made, content.address, content.cited)


def _sample(content: Content, count: int = 3) -> list[dict[str, Any]]:
    """A few rows of the flat table: with a number, of verdicts that differ, of each the one that is read the soonest."""
    rows = json.loads(offered(content).get(f"json/{formats.derived.FLAT}.json", b"[]"))
    texts = [f"statement_{language.code}" for language in content.languages]
    found: dict[str | None, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: sum(len(row.get(text) or "") for text in texts)):
        if row["value"] is not None:
            found.setdefault(row.get("verdict"), row)
    return [found[verdict] for verdict in (*verdicts.ORDER, None) if verdict in found][:count]


def citation_files(content: Content, language: Language) -> dict[str, str]:
    """The citation of the data set in a language, for reference managers: text by the name of its file."""
    work = works.of_package(content.dataset.package, language.code, content.cited)
    return citations.files(work, f"cite.{language.code}" if language.root else "cite")


def field_title(content: Content, language: Language, field: str) -> str:
    """What a field of the facts is called in a language."""
    fields = content.dataset.package.tables["facts"].schema["fields"]
    return next((codes.text(one, "title", language.code) for one in fields if one["name"] == field), field)


def text(code: str, described: Mapping[str, Any], key: str) -> str:
    """A title or description in a language, for templates."""
    return codes.text(described, key, code)
