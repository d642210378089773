"""The rows of the tables as frozen records, each knowing its line. In: a frame of text; out: records.

Reading is lenient where `package` or `rules` will say what is wrong: a bad number or period becomes None.
"""

import functools
import itertools
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from . import cells, codes, periods
from .package import Table
from .periods import Period

Text = Mapping[str, str]
"""A text for readers, by language code; one column a language (`codes`)."""
TRANSLATED = {"titles": "title"}
"""Fields with translations of a text that is in none of the package's languages but its own, and its column."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document: where things were taken from."""

    source_id: str
    kind: str
    title: str
    titles: Text
    publisher: Text
    seen_on: str
    published: Period | None
    date_basis: str
    url: str
    archive_url: str
    search: str
    language: str
    accessed: Period | None
    reliability: str
    family: str
    line: int

    @property
    def link(self) -> str:
        """The address that pages link to; the one of a repost is told as text alone."""
        return "" if self.reliability == "repost" else self.url

    def titled(self, code: str) -> str:
        """Its title in a language: its own words, a translation, or else the first that there is."""
        return (
            self.title
            if code == self.language
            else self.titles.get(code) or next(iter(self.titles.values()), self.title)
        )

    @property
    def voice(self) -> str:
        """What counts as one voice: sources of one family are one, any other source is its own."""
        return self.family or self.source_id


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
class Figure:
    """A number worked out from the values of facts, rounded to the digits of `value`."""

    figure_id: str
    value: Decimal | None
    unit: str
    qualifier: str
    formula: str
    name: Text
    line: int

    @property
    def digits(self) -> int:
        """How many digits its value has after the point."""
        return max(0, -int(self.value.as_tuple().exponent)) if self.value is not None else 0


@dataclass(frozen=True, slots=True)
class FigureInput:
    """The fact that a letter of a formula stands for."""

    figure_id: str
    symbol: str
    fact_id: str
    line: int


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event for the timeline, from a fact or from evidence."""

    event_id: str
    date: Period | None
    entity_id: str
    fact_id: str
    evidence_id: str
    title: Text
    line: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing another source says; `basis` is the definition it uses."""

    evidence_id: str
    entity_id: str
    metric_id: str
    value: Decimal | None
    value_high: Decimal | None
    unit: str
    qualifier: str
    period: Period | None
    derivation: str
    source_id: str
    locator: Text
    basis: Text
    statement: Text
    line: int


@dataclass(frozen=True, slots=True)
class Check:
    """A fact held against evidence, or against its absence."""

    check_id: str
    fact_id: str
    part_entity_id: str
    evidence_id: str
    verdict: str
    comparison: str
    note: Text
    line: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody accused by a fact said to it, or that nothing was found."""

    reply_id: str
    fact_id: str
    entity_id: str
    evidence_id: str
    note: Text
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


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A fact or chart that is no longer upheld; its address leads to the reason."""

    withdrawn_id: str
    kind: str
    title: Text
    reason: Text
    withdrawn_in: str
    see: str
    line: int


Record = TypeVar("Record")


def read(table: Table | None, kind: type[Record], spoken: Sequence[str] = ()) -> Iterator[Record]:
    """Yield the rows of a table as records of a kind; nothing where the package, in these languages, lacks the table."""
    if table is not None:
        columns = (_column(table, name, wanted, spoken) for name, wanted in typing.get_type_hints(kind).items())
        yield from itertools.starmap(kind, zip(*columns, strict=True))


def _column(table: Table, name: str, wanted: object, spoken: Sequence[str]) -> Iterable[object]:
    """What a field of each record holds, row by row."""
    rows = range(2, len(table.frame) + 2)  # line 1 is the header
    if name == "line":
        return rows
    if wanted == Text:
        stem = TRANSLATED.get(name, name)  # translations are without the column that they translate
        there = codes.columns(stem, (one for one in table.frame.columns if stem == name or one != stem), spoken)
        texts = zip(*(table.frame[column].tolist() for column in there.values()), strict=True)
        return [dict(zip(there, row, strict=True)) for row in texts] if there else [{} for _ in rows]
    if name not in table.frame:
        return [_value("", wanted)] * len(rows)
    told: list[str] = table.frame[name].tolist()
    return told if wanted is str else [_value(cell, wanted) for cell in told]


@functools.lru_cache(maxsize=10_000)  # most cells are one of a few, and equal ones need no room of their own
def _value(cell: str, wanted: object) -> object:
    if wanted is str:
        return cell
    try:
        if wanted == Decimal | None:
            return Decimal(cell) if cells.countable(cell) else None
        if wanted == int | None:
            return int(cell) if cells.countable(cell) and cell.isdigit() else None
        return periods.read(cell) if cell else None
    except ValueError:
        return None
