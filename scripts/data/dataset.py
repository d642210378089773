"""All records of a package as one `Dataset`, indexed by id, with the queries that pages run. In: package."""

import dataclasses
import datetime
import functools
import typing
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from . import outside, periods, records, typed
from .package import Package

FACTS_PER_PAGE = 500  # facts on one page of the register; with more it takes a second to open on a phone


@dataclass(frozen=True)
class Dataset:
    """All records, by id if they have one, in table order; a list is a table of links, whose rows join two others."""

    package: Package
    sources: dict[str, records.Source]
    entities: dict[str, records.Entity]
    speakers: dict[str, records.Speaker]
    metrics: dict[str, records.Metric]
    facts: dict[str, records.Fact]
    fact_entities: list[records.FactEntity]
    caveats: dict[str, records.Caveat]
    fact_caveats: list[records.FactCaveat]
    figures: dict[str, records.Figure]
    figure_inputs: list[records.FigureInput]
    evidence: dict[str, outside.Evidence]
    checks: dict[str, outside.Check]
    replies: dict[str, outside.Reply]
    events: dict[str, records.Event]
    glossary: dict[str, records.Term]
    corrections: dict[str, records.Correction]
    withdrawals: dict[str, records.Withdrawal]

    @functools.cached_property
    def reports(self) -> tuple[records.Source, ...]:
        """The sources that facts are taken from, in the order of their facts; the first source if there are no facts."""
        ids = dict.fromkeys(fact.source_id for fact in self.facts.values() if fact.source_id in self.sources)
        return tuple(self.sources[source_id] for source_id in ids or list(self.sources)[:1])

    @functools.cached_property
    def papers(self) -> dict[str, records.Text]:
        """The name of each report's paper, by source: that of its speaker of kind `paper`, else its publisher."""
        papers = dict[str, records.Text]()
        for fact in self.facts.values():
            speaker = self.speakers.get(fact.speaker_id)
            if speaker and speaker.kind == "paper":
                papers.setdefault(fact.source_id, speaker.name)
        return {one.source_id: one.publisher for one in self.reports} | papers

    @functools.cached_property
    def _measured(self) -> dict[Any, list[records.Fact]]:
        """The facts with a metric, by entity and metric."""
        measured = (fact for fact in self.facts.values() if fact.metric_id)
        return _grouped(measured, lambda fact: (fact.entity_id, fact.metric_id))

    @functools.cached_property
    def _inputs(self) -> dict[str, list[records.FigureInput]]:
        return _grouped(self.figure_inputs, lambda link: link.figure_id)

    @functools.cached_property
    def _by_fact(self) -> dict[str, dict[str, list[Any]]]:
        """The rows of each table that belong to a fact, by table and fact."""
        return {
            name: _grouped(self.rows(name), lambda row: row.fact_id)
            for name, kind in KINDS.items()
            if name != "facts" and "fact_id" in kind.__slots__
        }

    def rows(self, table: str) -> Iterable[Any]:
        """The records of a table, in its order."""
        found = getattr(self, table)
        return found.values() if isinstance(found, dict) else found

    @property
    def article(self) -> records.Source:
        """The first report."""
        return self.reports[0]

    def report_of(self, fact: records.Fact) -> records.Source:
        """The report that a fact is taken from; the first one if its source is unknown."""
        return self.sources.get(fact.source_id, self.article)

    def in_other_reports(self, fact: records.Fact) -> list[records.Fact]:
        """Facts of other reports on the same metric of the same entity, for overlapping periods."""
        same = self._measured.get((fact.entity_id, fact.metric_id), ())
        return [one for one in same if one.source_id != fact.source_id and periods.meet(one.period, fact.period)]

    def caveats_of(self, fact_id: str) -> list[records.Caveat]:
        """The warnings a fact carries."""
        return [self.caveats[link.caveat_id] for link in self._by_fact["fact_caveats"].get(fact_id, ())]

    def checks_of(self, fact_id: str) -> list[outside.Check]:
        """The checks of a fact, in the order of the table."""
        return self._by_fact["checks"].get(fact_id, [])

    def inputs_of(self, figure: records.Figure) -> dict[str, records.Fact]:
        """The facts that a derived number is computed from, by their letters in its formula; unknown facts are left out."""
        links = self._inputs.get(figure.figure_id, ())
        return {link.symbol: self.facts[link.fact_id] for link in links if link.fact_id in self.facts}

    def figures_of(self, fact_id: str) -> list[records.Figure]:
        """The numbers that are computed from a fact."""
        ids = dict.fromkeys(link.figure_id for link in self._by_fact["figure_inputs"].get(fact_id, ()))
        return [self.figures[figure_id] for figure_id in ids]

    def replies_of(self, fact_id: str) -> list[outside.Reply]:
        """The replies of those whom a fact accuses."""
        return self._by_fact["replies"].get(fact_id, [])

    def entities_of(self, fact: records.Fact) -> list[records.Entity]:
        """The entities of a fact, the main one first."""
        ids = [fact.entity_id] if fact.entity_id else []
        ids += self.linked(fact.fact_id)
        return [self.entities[entity_id] for entity_id in ids]

    def family(self, source: records.Source) -> list[records.Source]:
        """The other sources that count as one voice with a source."""
        return [other for other in self.sources.values() if other.voice == source.voice and other is not source]

    def linked(self, fact_id: str) -> list[str]:
        """The ids of the further entities that a fact names."""
        return [link.entity_id for link in self._by_fact["fact_entities"].get(fact_id, ())]

    def facts_about(self, entity_id: str) -> list[records.Fact]:
        """The facts that name an entity, in table order."""
        linked = {link.fact_id for link in self.fact_entities if link.entity_id == entity_id}
        return [f for f in self.facts.values() if f.entity_id == entity_id or f.fact_id in linked]

    def evidence_about(self, entity_id: str, metric_id: str) -> list[outside.Evidence]:
        """Evidence on one metric of an entity, in chronological order."""
        some = [e for e in self.evidence.values() if (e.entity_id, e.metric_id) == (entity_id, metric_id)]
        return sorted(some, key=lambda e: (e.period.first.isoformat() if e.period else "", e.line))

    def corrections_of(self, fact_id: str) -> list[records.Correction]:
        """The changes made to a fact after it was published."""
        return self._by_fact["corrections"].get(fact_id, [])

    def withdrawn(self, kind: str) -> list[records.Withdrawal]:
        """The withdrawn facts or charts."""
        return [one for one in self.withdrawals.values() if one.kind == kind]

    def events_about(self, entity_id: str) -> list[records.Event]:
        """The events of an entity, in chronological order."""
        return sorted_events([event for event in self.events.values() if event.entity_id == entity_id])


def _grouped(rows: Iterable[Any], key: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def sorted_events(events: list[records.Event]) -> list[records.Event]:
    """Dated events in chronological order; with the same start, the shorter first; no end counts as the longest."""
    dated = [(e.date.first, e.date.last or datetime.date.max, e.event_id, e) for e in events if e.date]
    return [event for *_, event in sorted(dated, key=lambda one: one[:3])]


_TABLES = {
    name: hint for name, hint in typing.get_type_hints(Dataset).items() if typing.get_origin(hint) in (dict, list)
}
KINDS: dict[str, type[Any]] = {name: typing.get_args(hint)[-1] for name, hint in _TABLES.items()}
"""The class of the records of each table."""


def read(package: Package) -> Dataset:
    """Turn the tables of a package into records; a missing table gives none."""
    tables: dict[str, Any] = {}
    for name, kind in KINDS.items():
        rows: list[Any] = list(typed.read(package.tables.get(name), kind, package.languages))
        key = dataclasses.fields(kind)[0].name
        listed = typing.get_origin(_TABLES[name]) is list
        tables[name] = rows if listed else {getattr(row, key): row for row in rows}
    return Dataset(package=package, **tables)
