"""All records of a package as one `Dataset`, indexed by id, with the queries that pages run. In: package."""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import periods, typed
from .outside import Check, Evidence, Reply
from .package import Package
from .records import (
    Caveat,
    Correction,
    Entity,
    Event,
    Fact,
    FactCaveat,
    FactEntity,
    Figure,
    FigureInput,
    Metric,
    Source,
    Speaker,
    Term,
    Text,
    Withdrawal,
)

FACTS_PER_PAGE = 500  # facts on one page of the register; with more it takes a second to open on a phone


@dataclass(frozen=True, slots=True)
class Dataset:
    """All records, by id if they have one, in table order."""

    package: Package
    sources: dict[str, Source]
    entities: dict[str, Entity]
    speakers: dict[str, Speaker]
    metrics: dict[str, Metric]
    facts: dict[str, Fact]
    fact_entities: list[FactEntity]
    caveats: dict[str, Caveat]
    fact_caveats: list[FactCaveat]
    figures: dict[str, Figure]
    figure_inputs: list[FigureInput]
    evidence: dict[str, Evidence]
    checks: dict[str, Check]
    replies: dict[str, Reply]
    events: dict[str, Event]
    glossary: dict[str, Term]
    corrections: dict[str, Correction]
    withdrawals: dict[str, Withdrawal]
    _checks: dict[str, list[Check]] = field(init=False, repr=False, compare=False)
    _caveats: dict[str, list[FactCaveat]] = field(init=False, repr=False, compare=False)
    _entities: dict[str, list[FactEntity]] = field(init=False, repr=False, compare=False)
    _replies: dict[str, list[Reply]] = field(init=False, repr=False, compare=False)
    _corrections: dict[str, list[Correction]] = field(init=False, repr=False, compare=False)
    _figures: dict[str, list[FigureInput]] = field(init=False, repr=False, compare=False)
    reports: tuple[Source, ...] = field(init=False, repr=False, compare=False)
    """The sources that facts are taken from, in the order of their facts; the first source if there are no facts."""
    papers: dict[str, Text] = field(init=False, repr=False, compare=False)
    """The name of each report's paper, by source: that of its speaker of kind `paper`, else its publisher."""
    _measured: dict[tuple[str, str], list[Fact]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the indexes that are queried for each fact."""
        found = {
            "_checks": _by_fact(self.checks.values()),
            "_caveats": _by_fact(self.fact_caveats),
            "_entities": _by_fact(self.fact_entities),
            "_replies": _by_fact(self.replies.values()),
            "_corrections": _by_fact(self.corrections.values()),
            "_figures": _by_fact(self.figure_inputs),
            "reports": _reports(self.sources, self.facts.values()),
        }
        for name, index in found.items():
            object.__setattr__(self, name, index)
        papers, measured = dict[str, Text](), dict[Any, list[Fact]]()
        for fact in self.facts.values():
            speaker = self.speakers.get(fact.speaker_id)
            if speaker and speaker.kind == "paper":
                papers.setdefault(fact.source_id, speaker.name)
            if fact.metric_id:
                measured.setdefault((fact.entity_id, fact.metric_id), []).append(fact)
        object.__setattr__(self, "papers", {one.source_id: one.publisher for one in self.reports} | papers)
        object.__setattr__(self, "_measured", measured)

    @property
    def article(self) -> Source:
        """The first report."""
        return self.reports[0]

    def report_of(self, fact: Fact) -> Source:
        """The report that a fact is taken from; the first one if its source is unknown."""
        return self.sources.get(fact.source_id, self.article)

    def in_other_reports(self, fact: Fact) -> list[Fact]:
        """Facts of other reports on the same metric of the same entity, for overlapping periods."""
        same = self._measured.get((fact.entity_id, fact.metric_id), ())
        return [one for one in same if one.source_id != fact.source_id and periods.meet(one.period, fact.period)]

    def caveats_of(self, fact_id: str) -> list[Caveat]:
        """The warnings a fact carries."""
        return [self.caveats[link.caveat_id] for link in self._caveats.get(fact_id, ())]

    def checks_of(self, fact_id: str) -> list[Check]:
        """The checks of a fact, in the order of the table."""
        return self._checks.get(fact_id, [])

    def inputs_of(self, figure: Figure) -> dict[str, Fact]:
        """The facts that a derived number is computed from, by their letters in its formula; unknown facts are left out."""
        links = [link for link in self.figure_inputs if link.figure_id == figure.figure_id]
        return {link.symbol: self.facts[link.fact_id] for link in links if link.fact_id in self.facts}

    def figures_of(self, fact_id: str) -> list[Figure]:
        """The numbers that are computed from a fact."""
        ids = dict.fromkeys(link.figure_id for link in self._figures.get(fact_id, ()))
        return [self.figures[figure_id] for figure_id in ids]

    def replies_of(self, fact_id: str) -> list[Reply]:
        """The replies of those whom a fact accuses."""
        return self._replies.get(fact_id, [])

    def entities_of(self, fact: Fact) -> list[Entity]:
        """The entities of a fact, the main one first."""
        ids = [fact.entity_id] if fact.entity_id else []
        ids += self.linked(fact.fact_id)
        return [self.entities[entity_id] for entity_id in ids]

    def family(self, source: Source) -> list[Source]:
        """The other sources that count as one voice with a source."""
        return [other for other in self.sources.values() if other.voice == source.voice and other is not source]

    def linked(self, fact_id: str) -> list[str]:
        """The ids of the further entities that a fact names."""
        return [link.entity_id for link in self._entities.get(fact_id, ())]

    def facts_about(self, entity_id: str) -> list[Fact]:
        """The facts that name an entity, in table order."""
        linked = {link.fact_id for link in self.fact_entities if link.entity_id == entity_id}
        return [f for f in self.facts.values() if f.entity_id == entity_id or f.fact_id in linked]

    def evidence_about(self, entity_id: str, metric_id: str) -> list[Evidence]:
        """Evidence on one metric of an entity, in chronological order."""
        some = [e for e in self.evidence.values() if (e.entity_id, e.metric_id) == (entity_id, metric_id)]
        return sorted(some, key=lambda e: (e.period.first.isoformat() if e.period else "", e.line))

    def corrections_of(self, fact_id: str) -> list[Correction]:
        """The changes made to a fact after it was published."""
        return self._corrections.get(fact_id, [])

    def withdrawn(self, kind: str) -> list[Withdrawal]:
        """The withdrawn facts or charts."""
        return [one for one in self.withdrawals.values() if one.kind == kind]

    def events_about(self, entity_id: str) -> list[Event]:
        """The events of an entity, in chronological order."""
        return sorted_events([event for event in self.events.values() if event.entity_id == entity_id])


def _reports(sources: Mapping[str, Source], facts: Iterable[Fact]) -> tuple[Source, ...]:
    ids = dict.fromkeys(fact.source_id for fact in facts if fact.source_id in sources) or list(sources)[:1]
    return tuple(sources[source_id] for source_id in ids)


def _by_fact(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.fact_id, []).append(row)
    return found


def sorted_events(events: list[Event]) -> list[Event]:
    """Dated events in chronological order; with the same start, the shorter first; no end counts as the longest."""
    dated = [(e.date.first, e.date.last or datetime.date.max, e.event_id, e) for e in events if e.date]
    return [event for *_, event in sorted(dated, key=lambda one: one[:3])]


KINDS: dict[str, type[Any]] = {
    "sources": Source,
    "entities": Entity,
    "speakers": Speaker,
    "metrics": Metric,
    "facts": Fact,
    "fact_entities": FactEntity,
    "caveats": Caveat,
    "fact_caveats": FactCaveat,
    "figures": Figure,
    "figure_inputs": FigureInput,
    "evidence": Evidence,
    "checks": Check,
    "replies": Reply,
    "events": Event,
    "glossary": Term,
    "corrections": Correction,
    "withdrawals": Withdrawal,
}

LINKS = ("fact_entities", "fact_caveats", "figure_inputs")
"""Link tables: each row joins rows of two others and has no id."""


def read(package: Package) -> Dataset:
    """Turn the tables of a package into records; a missing table gives none."""
    tables: dict[str, Any] = {}
    for name, kind in KINDS.items():
        rows: list[Any] = list(typed.read(package.tables.get(name), kind, package.languages))
        key = dataclasses.fields(kind)[0].name
        tables[name] = rows if name in LINKS else {getattr(row, key): row for row in rows}
    return Dataset(package=package, **tables)
