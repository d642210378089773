"""What a fact's checks amount to, and the rules that checks keep. In: `Dataset`; out: verdicts, problems."""

from collections.abc import Iterator
from decimal import Decimal

from .facts import Dataset
from .problem import Problem
from .records import Check, Evidence, Fact

ORDER = ("differs", "partly", "corroborated", "consistent", "lead_only", "not_found", "not_checkable")
"""The one rule: a fact's verdict is the first of these that any of its checks has, so a doubt outranks an agreement."""

WITHOUT_EVIDENCE = ("not_found", "not_checkable")
FIRM = ("corroborated", "differs")  # a repost alone never carries these


def overall(dataset: Dataset, fact_id: str) -> str:
    """The verdict of a fact; empty where it has no check."""
    found = {check.verdict for check in dataset.checks_of(fact_id)}
    return next((verdict for verdict in ORDER if verdict in found), "")


def facts(dataset: Dataset) -> dict[str, list[Fact]]:
    """The facts of each verdict, in the order of the article."""
    found: dict[str, list[Fact]] = {verdict: [] for verdict in ORDER}
    for fact in dataset.facts.values():
        found.setdefault(overall(dataset, fact.fact_id), []).append(fact)
    return found


def check(dataset: Dataset) -> Iterator[Problem]:
    """Yield every broken rule of checks; nothing for a package without that table."""
    if "checks" not in dataset.package.tables:
        return
    facts, checks = (dataset.package.tables[name].path for name in ("facts", "checks"))
    for fact in dataset.facts.values():
        if not dataset.checks_of(fact.fact_id):
            yield Problem(facts, fact.line, f"{fact.fact_id}: no check says what other sources have on it")
        yield from _reposts(dataset, fact, checks)
    for one in dataset.checks.values():
        for fault in _of_check(dataset, one):
            yield Problem(checks, one.line, fault)


def _of_check(dataset: Dataset, one: Check) -> Iterator[str]:
    fact, evidence = dataset.facts.get(one.fact_id), dataset.evidence.get(one.evidence_id)
    if (one.verdict in WITHOUT_EVIDENCE) == bool(one.evidence_id):
        yield f"evidence_id: {one.verdict} goes {'without' if one.evidence_id else 'with'} evidence"
    if not fact or not evidence:
        return
    if fact.metric_id and evidence.metric_id and fact.metric_id != evidence.metric_id:
        yield f"evidence_id: {one.evidence_id} measures {evidence.metric_id}, the fact {fact.metric_id}"
    elif fact.unit and evidence.unit and fact.unit != evidence.unit:
        yield f"evidence_id: {one.evidence_id} is in {evidence.unit}, the fact in {fact.unit}"
    elif one.verdict == "corroborated" and not agrees(fact, evidence):
        yield f"verdict: corroborated, but the fact has {_shown(fact)} and {one.evidence_id} {_shown(evidence)}"
    elif one.verdict == "differs" and _same(fact, evidence):
        yield f"verdict: differs, but the fact and {one.evidence_id} both have {_shown(fact)}"


def agrees(fact: Fact, evidence: Evidence) -> bool:
    """Whether evidence bears a fact out: within the coarser of the two roundings, on the right side of a limit, and
    for an event at a time that the fact's covers in part."""
    if fact.value is None or evidence.value is None:
        return not (fact.kind == "event" and fact.period and evidence.period) or _overlap(fact, evidence)
    low, high = evidence.value, evidence.value_high if evidence.value_high is not None else evidence.value
    if fact.qualifier in ("over", "at_least"):
        return high >= fact.value
    if fact.qualifier in ("under", "at_most"):
        return low <= fact.value
    slack = max(_step(fact.value), _step(low), _step(high)) / 2
    return low - slack <= (fact.value_high or fact.value) and fact.value <= high + slack


def _step(value: Decimal) -> Decimal:
    """The size of the last digit that is not zero: 777000000 is known to the million."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


def _overlap(fact: Fact, evidence: Evidence) -> bool:
    one, other = fact.period, evidence.period
    return bool(
        one and other and (not one.last or other.first <= one.last) and (not other.last or one.first <= other.last)
    )


def _same(fact: Fact, evidence: Evidence) -> bool:
    if fact.value is not None and evidence.value is not None:
        return (fact.value, fact.value_high, fact.period) == (evidence.value, evidence.value_high, evidence.period)
    return fact.kind == "event" and fact.period is not None and fact.period == evidence.period


def _shown(one: Fact | Evidence) -> str:
    value = f"{one.value}–{one.value_high}" if one.value_high is not None else f"{one.value}"
    return f"{value} {one.unit}" if one.value is not None else one.period.text if one.period else "no date"


def _reposts(dataset: Dataset, fact: Fact, path: str) -> Iterator[Problem]:
    """A firm verdict needs one source better than a repost, or two reposts of different publishers."""
    for verdict in FIRM:
        found = [
            c for c in dataset.checks_of(fact.fact_id) if c.verdict == verdict and c.evidence_id in dataset.evidence
        ]
        sources = [dataset.sources.get(dataset.evidence[c.evidence_id].source_id) for c in found]
        kinds = {source.reliability for source in sources if source}
        publishers = {source.publisher["en"] for source in sources if source}
        if kinds == {"repost"} and len(publishers) < 2:
            text = f"verdict: {verdict} rests on a single repost, {found[0].evidence_id}; lead_only is due"
            yield Problem(path, found[0].line, text)
