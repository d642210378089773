"""The verdict of a fact from its checks, and the rules for checks. In: `Dataset`; out: verdicts, problems."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from ..problem import Problem
from . import periods
from .dataset import Dataset
from .outside import Check, Evidence
from .records import Fact

ORDER = ("differs", "partly", "corroborated", "consistent", "lead_only", "not_found", "not_checkable")
"""Precedence: the first of these that any check has is the verdict, so that a contradiction outranks an agreement and a
firm verdict a weak one. If a fact has parts, each has its verdict; if they differ, the fact is "partly"."""

FIRM = ("corroborated", "differs")  # a repost alone never supports these
_CONCLUSIVE = ORDER[:4]


def overall(dataset: Dataset, fact_id: str) -> str:
    """The verdict of a fact; empty if it has no checks."""
    return _joined(parts(dataset, fact_id))


def of_checks(checks: Iterable[tuple[str, str]]) -> str:
    """The verdict of checks, given as pairs of part ("" for the complete fact) and verdict."""
    return _joined(_by_part(checks))


def _joined(parts: Mapping[str, str]) -> str:
    found = set(parts.values())
    if len(found) > 1 and found & set(_CONCLUSIVE):
        return "partly"
    return _first(found)


def of_part(dataset: Dataset, fact_id: str, entity_id: str) -> str:
    """The verdict of what a fact says of one entity: that of its part, or of the fact if it is not a part."""
    return parts(dataset, fact_id).get(entity_id) or overall(dataset, fact_id)


def parts(dataset: Dataset, fact_id: str) -> dict[str, str]:
    """The verdict of each part of a fact, by entity; the id is empty for checks of the complete fact."""
    return _by_part((check.part_entity_id, check.verdict) for check in dataset.checks_of(fact_id))


def _by_part(checks: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for part, verdict in checks:
        found.setdefault(part, set()).add(verdict)
    return {part: _first(some) for part, some in found.items()}


def decisive(dataset: Dataset, fact_id: str) -> Check:
    """The check that explains a fact's verdict: the first with that verdict, else the first in `ORDER`."""
    verdict = overall(dataset, fact_id)
    return min(dataset.checks_of(fact_id), key=lambda one: (one.verdict != verdict, _place(one.verdict)))


def _first(verdicts: Iterable[str]) -> str:
    return min(verdicts, key=_place, default="")


def _place(verdict: str) -> int:
    """The sort key of a verdict in `ORDER`; an unknown one, which the schema reports, comes last."""
    return ORDER.index(verdict) if verdict in ORDER else len(ORDER)


def facts(dataset: Dataset) -> dict[str, list[Fact]]:
    """The facts of each verdict, in table order."""
    found: dict[str, list[Fact]] = {verdict: [] for verdict in ORDER}
    for fact in dataset.facts.values():
        found.setdefault(overall(dataset, fact.fact_id), []).append(fact)
    return found


def check(dataset: Dataset) -> Iterator[Problem]:
    """Yield a problem for each broken rule of checks; nothing for a package without that table."""
    if "checks" not in dataset.package.tables:
        return
    facts, checks = (dataset.package.tables[name].path for name in ("facts", "checks"))
    for fact in dataset.facts.values():
        if not dataset.checks_of(fact.fact_id):
            yield Problem(facts, fact.line, f"{fact.fact_id}: no check compares it with other sources")
        yield from _reposts(dataset, fact, checks)
        yield from (Problem(facts, fact.line, fault) for fault in _parts(dataset, fact))
    for one in dataset.checks.values():
        for fault in _of_check(dataset, one):
            yield Problem(checks, one.line, fault)
    for event in dataset.events.values():
        about = dataset.facts.get(event.fact_id)
        if about and about.entity_id != event.entity_id and event.entity_id not in parts(dataset, event.fact_id):
            fault = f"entity_id: no check of {event.fact_id} has {event.entity_id} as its part"
            yield Problem(dataset.package.tables["events"].path, event.line, fault)


def _parts(dataset: Dataset, fact: Fact) -> Iterator[str]:
    """A fact about several entities must have a verdict for each of them, or for none."""
    checks, linked = dataset.checks_of(fact.fact_id), dataset.linked(fact.fact_id)
    checked = {one.part_entity_id for one in checks if one.part_entity_id}
    kinds = {dataset.entities[i].kind for i in checked if i in dataset.entities}
    if not fact.entity_id and len(linked) > 1 and any(one.evidence_id for one in checks):
        kinds |= {dataset.entities[i].kind for i in linked if i in dataset.entities}
    for entity_id in linked:
        if entity_id not in checked and entity_id in dataset.entities and dataset.entities[entity_id].kind in kinds:
            yield f"{fact.fact_id}: no check has {entity_id} as its part_entity_id; each part needs its own verdict"


def _of_check(dataset: Dataset, one: Check) -> Iterator[str]:
    fact, evidence = dataset.facts.get(one.fact_id), dataset.evidence.get(one.evidence_id)
    if fact and one.part_entity_id and one.part_entity_id not in dataset.linked(fact.fact_id):
        yield f"part_entity_id: {one.part_entity_id} is not in fact_entities of {one.fact_id}"
    if not fact or not evidence:
        return
    if fact.metric_id and evidence.metric_id and fact.metric_id != evidence.metric_id:
        yield f"evidence_id: {one.evidence_id} measures {evidence.metric_id}, the fact {fact.metric_id}"
    elif fact.unit and evidence.unit and fact.unit != evidence.unit:
        yield f"evidence_id: {one.evidence_id} is in {evidence.unit}, the fact in {fact.unit}"
    elif one.verdict == "corroborated" and not agrees(fact, evidence, bool(one.part_entity_id)):
        yield f"verdict: corroborated, but the fact has {_shown(fact)} and {one.evidence_id} {_shown(evidence)}"
    elif one.verdict == "differs" and _same(fact, evidence):
        yield f"verdict: differs, but the fact and {one.evidence_id} both have {_shown(fact)}"


def agrees(fact: Fact, evidence: Evidence, part: bool = False) -> bool:
    """Whether evidence supports a fact: within the coarser of the two roundings, on the right side of a limit, and for an
    event with an overlapping period. For a part, of which a count says nothing, only the period is compared."""
    if fact.value is None or evidence.value is None or part:
        return not (fact.kind == "event" and fact.period and evidence.period) or periods.meet(
            fact.period, evidence.period
        )
    low, high = evidence.value, evidence.value_high if evidence.value_high is not None else evidence.value
    if fact.qualifier in ("over", "at_least"):
        return high >= fact.value
    if fact.qualifier in ("under", "at_most"):
        return low <= fact.value
    slack = max(_step(fact.value), _step(low), _step(high)) / 2
    return low - slack <= (fact.value_high or fact.value) and fact.value <= high + slack


def _step(value: Decimal) -> Decimal:
    """The place value of the last non-zero digit: 777000000 is precise to the million."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


def _same(fact: Fact, evidence: Evidence) -> bool:
    if fact.value is not None and evidence.value is not None:
        return (fact.value, fact.value_high, fact.period) == (evidence.value, evidence.value_high, evidence.period)
    return fact.kind == "event" and fact.period is not None and fact.period == evidence.period


def _shown(one: Fact | Evidence) -> str:
    value = f"{one.value}–{one.value_high}" if one.value_high is not None else f"{one.value}"
    return f"{value} {one.unit}" if one.value is not None else one.period.text if one.period else "no date"


def _reposts(dataset: Dataset, fact: Fact, path: str) -> Iterator[Problem]:
    """A firm verdict needs one source better than a repost, or two reposts of different families."""
    firm: dict[tuple[str, str], list[Check]] = {}
    for one in dataset.checks_of(fact.fact_id):
        if one.verdict in FIRM and one.evidence_id in dataset.evidence:
            firm.setdefault((one.verdict, one.part_entity_id), []).append(one)
    for (verdict, _), found in firm.items():
        known = [dataset.sources.get(dataset.evidence[one.evidence_id].source_id) for one in found]
        sources = [source for source in known if source]
        if {source.reliability for source in sources} != {"repost"} or len({s.voice for s in sources}) > 1:
            continue
        why = f"a single repost, {found[0].evidence_id}"
        if len({source.source_id for source in sources}) > 1:
            why = f"one voice, the family {sources[0].family} of {', '.join(sorted({s.source_id for s in sources}))}"
        yield Problem(path, found[0].line, f"verdict: {verdict} rests on {why}; use lead_only")
