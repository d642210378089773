"""The tables as frozen records. In: frames of text; out: `Dataset`, records by id, each knowing its line.

Reading is lenient where `package` or `rules` will say what is wrong: a bad number or period becomes None.
"""

import dataclasses
import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from . import periods
from .package import Package, Table
from .periods import Period

Text = Mapping[str, str]
"""A text for readers, by language code; one column a language: `statement_en`, `statement_zh`."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document: where things were taken from."""

    source_id: str
    kind: str
    title: str
    title_en: str
    publisher: str
    published: Period | None
    url: str
    language: str
    accessed: Period | None
    reliability: str
    line: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A company, platform, brand, person, live room, product or institution."""

    entity_id: str
    kind: str
    name: Text
    name_basis: str
    parent_id: str
    parent_source_id: str
    exchange_id: str
    ticker: str
    listing_source_id: str
    locator: str
    note: Text
    line: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice of the article."""

    speaker_id: str
    kind: str
    entity_id: str
    name: Text
    note: Text
    line: int


@dataclass(frozen=True, slots=True)
class Metric:
    """What is measured, in which unit."""

    metric_id: str
    unit: str
    name: Text
    definition: Text
    line: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the article says. Values stand in base units; `qualifier` is the hedge."""

    fact_id: str
    position: int | None
    entity_id: str
    metric_id: str
    kind: str
    value: Decimal | None
    value_high: Decimal | None
    unit: str
    printed: str
    qualifier: str
    period: Period | None
    period_basis: str
    speaker_id: str
    source_id: str
    locator: str
    statement: Text
    line: int


@dataclass(frozen=True, slots=True)
class FactEntity:
    """A further entity that a fact names."""

    fact_id: str
    entity_id: str
    line: int


@dataclass(frozen=True, slots=True)
class Caveat:
    """A standard warning."""

    caveat_id: str
    sentence: Text
    line: int


@dataclass(frozen=True, slots=True)
class FactCaveat:
    """A fact that carries a warning."""

    fact_id: str
    caveat_id: str
    line: int


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event for the timeline."""

    event_id: str
    date: Period | None
    entity_id: str
    fact_id: str
    title: Text
    line: int


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the trade."""

    term_id: str
    term: Text
    definition: Text
    line: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A change made to a published value."""

    correction_id: str
    fact_id: str
    field: str
    old: str
    new: str
    kind: str
    reason: Text
    fixed_in: str
    line: int


Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Dataset:
    """All records, by id where they have one, in the order of their tables."""

    package: Package
    sources: dict[str, Source]
    entities: dict[str, Entity]
    speakers: dict[str, Speaker]
    metrics: dict[str, Metric]
    facts: dict[str, Fact]
    fact_entities: list[FactEntity]
    caveats: dict[str, Caveat]
    fact_caveats: list[FactCaveat]
    events: dict[str, Event]
    glossary: dict[str, Term]
    corrections: dict[str, Correction]

    def caveats_of(self, fact_id: str) -> list[Caveat]:
        """The warnings a fact carries."""
        return [self.caveats[link.caveat_id] for link in self.fact_caveats if link.fact_id == fact_id]

    def entities_of(self, fact: Fact) -> list[Entity]:
        """The entities of a fact, the main one first."""
        ids = [fact.entity_id] if fact.entity_id else []
        ids += [link.entity_id for link in self.fact_entities if link.fact_id == fact.fact_id]
        return [self.entities[entity_id] for entity_id in ids]

    def facts_about(self, entity_id: str) -> list[Fact]:
        """The facts that name an entity, in the order of the article."""
        linked = {link.fact_id for link in self.fact_entities if link.entity_id == entity_id}
        return [f for f in self.facts.values() if f.entity_id == entity_id or f.fact_id in linked]


def read(package: Package) -> Dataset:
    """Turn the tables of a package into records; a table the package lacks gives none."""
    kinds = {
        "sources": Source, "entities": Entity, "speakers": Speaker, "metrics": Metric, "facts": Fact,
        "fact_entities": FactEntity, "caveats": Caveat, "fact_caveats": FactCaveat, "events": Event,
        "glossary": Term, "corrections": Correction,
    }  # fmt: skip
    read_tables: dict[str, Any] = {}
    for name, kind in kinds.items():
        records: list[Any] = list(_records(package.tables.get(name), kind))
        key = dataclasses.fields(kind)[0].name
        linked = name.startswith("fact_")
        read_tables[name] = records if linked else {getattr(record, key): record for record in records}
    return Dataset(package=package, **read_tables)


def _records(table: Table | None, kind: type[Record]) -> Iterator[Record]:
    if table is None:
        return
    types = typing.get_type_hints(kind)
    columns = list(table.frame.columns)
    languages = {
        name: {match[1]: c for c in columns if (match := re.fullmatch(name + r"_([a-z]{2,3})", c))}
        for name, wanted in types.items()
        if wanted == Text
    }
    for line, row in enumerate(table.frame.to_dict("records"), start=2):
        values = {
            name: {code: row[column] for code, column in languages[name].items()}
            if name in languages
            else line if name == "line" else _value(row.get(name, ""), wanted)
            for name, wanted in types.items()
        }  # fmt: skip
        yield kind(**values)


def _value(cell: str, wanted: object) -> object:
    if wanted is str:
        return cell
    try:
        if wanted == Decimal | None:
            return Decimal(cell) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell) else None
        if wanted == int | None:
            return int(cell) if re.fullmatch(r"[0-9]+", cell) else None
        return periods.read(cell) if cell else None
    except ValueError:
        return None
