"""What pages of facts ask again and again, found once: neighbours, related facts, pages that quote, past editions. In: `Content`."""

import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..data.records import Fact
from ..editions import diff, store
from ..words import outline, quotes
from .content import Content

MANY = 6  # related facts that a page names
_OWN = {"facts", "checks", "replies", "fact_caveats", "fact_entities"}  # tables whose rows each belong to a fact


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a fact in an edition, or since the newest one, which has no tag."""

    tag: str
    date: str
    there: bool
    changes: list[diff.Change] = field(default_factory=list)
    """Of its own row, since the step before."""
    beside: int = 0
    """How many rows of its checks, replies, caveats and entities changed."""


@dataclass(frozen=True, slots=True)
class Around:
    """The same, for all facts."""

    order: list[Fact]
    places: dict[str, int]
    groups: dict[tuple[str, str], list[Fact]]
    quoted: dict[str, dict[str, list[outline.Page]]]
    """The pages that quote a fact, by language and id."""
    past: dict[str, list[Step]]


def all_facts(content: Content) -> Around:
    """Look once at all facts, pages and editions."""
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
    return Around(order, places, groups, quoted, past(content))


def _keys(fact: Fact) -> list[tuple[str, str]]:
    """What relates facts, the closest first: the same measure of the same entity, the measure, the entity."""
    keys = [(fact.entity_id, fact.metric_id), ("", fact.metric_id), (fact.entity_id, "")]
    return [key for place, key in enumerate(keys) if all(key) or (place and any(key))]


def related(near: Around, fact: Fact) -> list[Fact]:
    """The facts that have most in common with one, those near it in the report first."""
    here, found = near.places[fact.fact_id], dict[str, Fact]()
    for key in _keys(fact):
        some = near.groups[key]
        at = bisect.bisect_left(some, here, key=lambda one: near.places[one.fact_id])
        window = some[max(at - MANY, 0) : at + MANY + 1]
        found |= {one.fact_id: one for one in sorted(window, key=lambda one: abs(near.places[one.fact_id] - here))}
    found.pop(fact.fact_id, None)  # one that names nobody and measures nothing is not among them
    return list(found.values())[:MANY]


def past(content: Content) -> dict[str, list[Step]]:
    """What became of each fact, edition by edition, and since the newest one."""
    insides = [(one.tag, one.date, store.contents(content.project, one)) for one in content.editions]
    if content.unreleased or not insides:
        insides.append(("", "", store.inside(content.project, content.dataset.package)))
    found: dict[str, list[Step]] = {}
    before: Mapping[str, bytes] | None = None
    owners: dict[tuple[str, str], str] = {}
    for tag, date, inside in insides:
        tables = diff.tables(inside)
        owners |= {
            (name, key): row["fact_id"] for name in _OWN & tables.keys() for key, row in tables[name].rows.items()
        }
        changes = diff.between(before, inside) if before is not None else []
        of: dict[str, list[diff.Change]] = {}
        for change in changes:
            of.setdefault(owners.get((change.table, change.row), ""), []).append(change)
        for id_ in {**tables["facts"].rows, **found}:
            told = of.get(id_, [])
            own = [one for one in told if one.table == "facts" and one.field]
            step = Step(tag, date, id_ in tables["facts"].rows, own, sum(one.table != "facts" for one in told))
            if step.there or found[id_][-1].there:
                found.setdefault(id_, []).append(step)
        before = inside
    return found
