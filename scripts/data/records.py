"""Record classes, one for each table of the report and its context; `outside` has those of other sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .periods import Period

Text = Mapping[str, str]
"""A text for readers by language code; each language has its own column (`codes`)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that facts or evidence are taken from."""

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
        """The address that pages link to; empty for a repost, whose address is shown as text only."""
        return "" if self.reliability == "repost" else self.url

    def titled(self, code: str) -> str:
        """Its title in a language: the original, a translation, or else the first translation."""
        return (
            self.title
            if code == self.language
            else self.titles.get(code) or next(iter(self.titles.values()), self.title)
        )

    @property
    def voice(self) -> str:
        """The id of its voice: sources of a family share one, any other source has its own."""
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
    """Somebody whom the article quotes, or the paper itself."""

    speaker_id: str
    kind: str
    entity_id: str
    name: Text
    note: Text
    line: int


@dataclass(frozen=True, slots=True)
class Metric:
    """What is measured, and in which unit."""

    metric_id: str
    unit: str
    name: Text
    definition: Text
    line: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement of the article. Values are in base units; `qualifier` is the hedge."""

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
    """A number computed from the values of facts, rounded to the digits of `value`."""

    figure_id: str
    value: Decimal | None
    unit: str
    qualifier: str
    formula: str
    name: Text
    line: int

    @property
    def digits(self) -> int:
        """The number of decimal places of its value."""
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
class Term:
    """A glossary term."""

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
