"""What all fact pages look up, computed once: neighbours, related facts, quoting pages, past editions. In: `Content`."""

import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..data.records import Fact
from ..editions import diff, store
from ..words import outline, quotes
from .content import Content

MANY = 6  # related facts that a page lists
_TABLES = {"facts", "checks", "replies", "fact_caveats", "fact_entities"}  # tables whose rows each belong to one fact


@dataclass(frozen=True, slots=True)
class Step:
    """A fact in one edition, or in the working copy, whose tag is empty."""

    tag: str
    date: str
    present: bool
    changes: list[diff.Change] = field(default_factory=list)
    """Changes of its row since the previous step."""
    related: int = 0
    """How many rows of its checks, replies, caveats and entities changed."""


@dataclass(frozen=True, slots=True)
class Index:
    """Lookups over all facts: positions in `order` by id, and facts by each of their `_keys`."""

    order: list[Fact]
    places: dict[str, int]
    groups: dict[tuple[str, str], list[Fact]]
    quoted: dict[str, dict[str, list[outline.Page]]]
    """Pages that quote a fact, by language and id."""
    past: dict[str, list[Step]]


def index(content: Content) -> Index:
    """Index all facts, pages and editions in one pass."""
    quoted: dict[str, dict[str, list[outline.Page]]] = {}
    for code, pages in content.pages.items():
        for page in pages:
            for id_ in dict.fromkeys(id_ for kind in ("fact", "check", "reply") for id_ in quotes.ids(page.body, kind)):
                quoted.setdefault(code, {}).setdefault(id_, []).append(page)
    order, groups = list(content.dataset.facts.values()), dict[tuple[str, str], list[Fact]]()
    for fact in order:
        for key in _keys(fact):
            groups.setdefault(key, []).append(fact)
    places = {fact.fact_id: place for place, fact in enumerate(order)}
    return Index(order, places, groups, quoted, past(content))


def _keys(fact: Fact) -> list[tuple[str, str]]:
    """Keys that related facts share, closest first: entity and metric, metric alone, entity alone."""
    keys = [(fact.entity_id, fact.metric_id), ("", fact.metric_id), (fact.entity_id, "")]
    return [key for place, key in enumerate(keys) if all(key) or (place and any(key))]


def related(near: Index, fact: Fact) -> list[Fact]:
    """Return up to `MANY` facts by closest shared key, then by distance in the report."""
    here, found = near.places[fact.fact_id], dict[str, Fact]()
    for key in _keys(fact):
        group = near.groups[key]
        at = bisect.bisect_left(group, here, key=lambda one: near.places[one.fact_id])
        window = group[max(at - MANY, 0) : at + MANY + 1]
        found |= {one.fact_id: one for one in sorted(window, key=lambda one: abs(near.places[one.fact_id] - here))}
    found.pop(fact.fact_id, None)  # absent if it has neither entity nor metric
    return list(found.values())[:MANY]


def past(content: Content) -> dict[str, list[Step]]:
    """Each fact's steps, edition by edition, then the working copy."""
    insides = [(one.tag, one.date, store.contents(content.project, one)) for one in content.editions]
    if content.unreleased or not insides:
        insides.append(("", "", store.inside(content.project, content.dataset.package)))
    found: dict[str, list[Step]] = {}
    before: Mapping[str, bytes] | None = None
    owners: dict[tuple[str, str], str] = {}
    for tag, date, inside in insides:
        tables = diff.tables(inside)
        owners |= {
            (name, key): row["fact_id"] for name in _TABLES & tables.keys() for key, row in tables[name].rows.items()
        }
        changes = diff.between(before, inside) if before is not None else []
        by_fact: dict[str, list[diff.Change]] = {}
        for change in changes:
            by_fact.setdefault(owners.get((change.table, change.row), ""), []).append(change)
        for id_ in {**tables["facts"].rows, **found}:
            changed = by_fact.get(id_, [])
            own = [one for one in changed if one.table == "facts" and one.field]
            related = {(one.table, one.row) for one in changed if one.table != "facts"}
            step = Step(tag, date, id_ in tables["facts"].rows, own, len(related))
            if step.present or found[id_][-1].present:
                found.setdefault(id_, []).append(step)
        before = inside
    return found
