"""Predict the ids of each page from the records that its lists and charts show. In: `Content`; out: ids.

`tests/pages/test_links.py` compares them with what the templates write.
"""

from collections.abc import Callable, Iterable, Mapping

from .. import places
from ..data import verdicts
from ..words import citations, outline, quotes, structure
from . import facts
from .content import Content

_PARTS = {
    places.CHARTS: {"download", "cite", "rests-on", "embed", "withdrawn"},
    places.EDITIONS: {"edition", "download", "facts", "charts", "cite", "changes", "dictionary"},
    places.FACTS: {"fact", "take-sentence", "take-frozen", "take-moving", *(anchor for anchor, _ in facts.PARTS)},
}
"""Heading ids of generated pages, by folder."""


def of_page(content: Content, code: str, slug: str) -> frozenset[str]:
    """Return the ids that a page will have in a language."""
    folder, _, name = slug.partition("/")
    if folder == places.FACTS and (name in content.dataset.facts or name in content.dataset.withdrawals):
        return frozenset(_PARTS[folder])
    if name and folder == places.CHARTS:
        return frozenset({*_PARTS[folder], name, f"chart-{name}", f"embed-{name}"})
    if name and folder != places.FACTS:
        return frozenset(_PARTS[folder]).union(
            *(_prefixed(part, content.dataset.package.tables) for part in ("table", "changes"))
        )
    page = next(page for page in content.pages[code] if page.slug == folder)
    lists = [_LISTS[one](content) for one in quotes.ids(page.body, "list") if one in _LISTS]
    drawn = [(f"chart-{slug}", f"{slug}-title", f"{slug}-alt") for slug in quotes.ids(page.body, "chart")]
    return structure.read(page.body).ids.union(*lists, *drawn)


def _prefixed(prefix: str, ids: Iterable[str]) -> set[str]:
    return {f"{prefix}-{id_}".replace("_", "-") for id_ in ids}


def _forms(name: str) -> set[str]:
    return {name, *(f"{name}-{form}" for form in citations.FORMS)}


def _reports(content: Content) -> set[str]:
    """Ids of each report's citation, and of its heading if there are several reports."""
    first, *others = (one.source_id for one in content.dataset.reports)
    headed = {f"of-{id_}" for id_ in (first, *others) if others}
    return headed.union(_forms("report"), *(_forms(f"report-{id_}") for id_ in others))


_LISTS: Mapping[str, Callable[[Content], set[str]]] = {
    "caveats": lambda content: _prefixed("caveat", content.dataset.caveats),
    "charts": lambda content: {f"of-{id_ or slugs[0]}" for (_, id_, _), slugs in outline.shown(content.pages[content.languages[0].code]).items()},
    "checked": lambda content: {*content.dataset.facts, *(f"{mark}-{one}" for mark in ("show", "verdict") for one in ("all", *verdicts.ORDER))},
    "citations": lambda content: _forms("cite"),
    "comparisons": lambda content: _prefixed("comparison", content.languages[0].words["comparisons"]),
    "contact": lambda content: {"contact"},
    "corrections": lambda content: {*content.dataset.corrections, *_prefixed("withdrawn", content.dataset.withdrawals)},
    "dictionary": lambda content: _prefixed("table", content.dataset.package.tables),
    "editions": lambda content: {edition.tag for edition in content.editions},
    "entities": lambda content: {id_ for one in content.dataset.entities.values() for id_ in (one.entity_id, one.kind.replace("_", "-"))},
    "events": lambda content: {*content.dataset.events, *(f"year-{event.date.first.year}" for event in content.dataset.events.values() if event.date)},
    "evidence": lambda content: {*content.dataset.evidence, *(f"evidence-of-{one.entity_id}" for one in content.dataset.evidence.values())},
    "explainer": lambda content: _forms("explainer"),
    "facts": lambda content: set(content.fact_ids),
    "figures": lambda content: _prefixed("figure", content.dataset.figures),
    "glossary": lambda content: set(content.dataset.glossary),
    "kinds": lambda content: {f"kind-{kind}" for kind in content.languages[0].words["kinds"]},
    "metrics": lambda content: _prefixed("metric", content.dataset.metrics),
    "qualifiers": lambda content: _prefixed("qualifier", content.languages[0].words["qualifiers"]),
    "report": _reports,
    "sources": lambda content: _prefixed("source", content.dataset.sources),
    "speakers": lambda content: _prefixed("speaker", content.dataset.speakers),
    "verdicts": lambda content: _prefixed("verdict", verdicts.ORDER),
}  # fmt: skip
"""The ids that each list adds to its page."""
