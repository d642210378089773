"""What other sources say, and what came of holding the report against it: a class for the rows of each table."""

from dataclasses import dataclass
from decimal import Decimal

from .periods import Period
from .records import Text


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
