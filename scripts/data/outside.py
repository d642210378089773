"""Evidence, checks and replies: what other sources say, a record class for each table."""

from dataclasses import dataclass
from decimal import Decimal

from .periods import Period
from .records import Text


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement of another source; `basis` is the definition that it uses."""

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
    """A fact compared with evidence, or with its absence."""

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
    """The reply of somebody accused by a fact, or a note that none was found."""

    reply_id: str
    fact_id: str
    entity_id: str
    evidence_id: str
    note: Text
    line: int
