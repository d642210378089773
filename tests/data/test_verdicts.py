from dataclasses import replace
from decimal import Decimal

import pytest

from scripts.data import periods, verdicts
from scripts.data.dataset import Dataset, read
from scripts.data.outside import Evidence
from scripts.data.records import Fact
from scripts.pages.content import Content
from tests.conftest import altered

CHECKS = "datapackage/data/checks.csv"


@pytest.fixture(scope="module")
def dataset(small: Content) -> Dataset:
    return small.dataset


def faults_of(dataset: Dataset, **changed: dict[int, dict[str, str]]) -> list[str]:
    """Problems that the rules about checks report once cells of some rows of some tables are changed."""
    return [str(problem) for problem in verdicts.check(read(altered(dataset.package, **changed)))]


@pytest.mark.parametrize(("fact_id", "verdict"), [
    ("shop-revenue-2018", "corroborated"), ("stall-closed", "differs"), ("owner-view", "not_checkable"),
])  # fmt: skip
def test_fact_has_the_verdict_of_its_check(dataset: Dataset, fact_id: str, verdict: str):
    assert verdicts.overall(dataset, fact_id) == verdict


def test_fact_without_a_check_has_no_verdict(dataset: Dataset):
    assert verdicts.overall(replace(dataset, checks={}), "stall-closed") == ""


@pytest.mark.parametrize(
    ("one", "other"), [(one, other) for i, one in enumerate(verdicts.ORDER) for other in verdicts.ORDER[i + 1 :]]
)
def test_more_doubtful_of_two_verdicts_counts(dataset: Dataset, one: str, other: str):
    checks = {
        f"{number}": replace(dataset.checks["shop-revenue-2020-check-1"], check_id=f"{number}", verdict=verdict)
        for number, verdict in enumerate((other, one))
    }
    assert verdicts.overall(replace(dataset, checks=checks), "shop-revenue-2020") == one


def test_every_verdict_has_its_words_in_order(real: Content):
    enum = next(field for field in real.dataset.package.tables["checks"].schema["fields"] if field["name"] == "verdict")
    assert sorted(enum["constraints"]["enum"]) == sorted(verdicts.ORDER)
    for language in real.languages:
        assert list(language.words["verdicts"]) == list(language.words["verdict_meanings"]) == list(verdicts.ORDER)


def test_package_without_checks_violates_no_rule_about_checks(dataset: Dataset):
    tables = {name: table for name, table in dataset.package.tables.items() if name not in ("checks", "evidence")}
    assert list(verdicts.check(read(replace(dataset.package, tables=tables)))) == []


@pytest.mark.parametrize("verdict", verdicts.FIRM)
def test_firm_verdict_on_a_single_repost_is_reported(dataset: Dataset, verdict: str):
    repost = {0: {"source_id": "copy"}, 1: {"source_id": "copy"}}
    found = faults_of(dataset, evidence=repost, checks={0: {"verdict": verdict}, 3: {"verdict": "partly"}})
    assert found == [f"{CHECKS}:2: verdict: {verdict} rests on a single repost, filing-revenue-2018; use lead_only"]
    assert faults_of(dataset, evidence=repost, checks={0: {"verdict": "lead_only"}, 3: {"verdict": "partly"}}) == []


BOTH = {
    0: {"source_id": "copy"},
    1: {"source_id": "report", "metric_id": "revenue", "value": "1520000000", "unit": "CNY", "period": "2018"},
}
TWICE = {3: {"fact_id": "shop-revenue-2018", "verdict": "corroborated"}, 1: {"fact_id": "stall-closed"}, 4: {"fact_id": "owner-view"}}  # fmt: skip
REPOSTS = {0: {"reliability": "repost"}, 1: {"reliability": "repost"}}
UNCHECKED = "datapackage/data/facts.csv:3: shop-revenue-2020: no check compares it with other sources"


def test_two_reposts_of_different_texts_support_a_firm_verdict(dataset: Dataset):
    assert faults_of(dataset, sources=REPOSTS, evidence=BOTH, checks=TWICE) == [UNCHECKED]


def test_two_sources_of_one_family_count_as_one_voice(dataset: Dataset):
    kin = {row: cells | {"family": "harbour"} for row, cells in REPOSTS.items()}
    fault = f"{CHECKS}:2: verdict: corroborated rests on one voice, the family harbour of copy, report; use lead_only"
    assert faults_of(dataset, sources=kin, evidence=BOTH, checks=TWICE) == [fault, UNCHECKED]
    apart = kin | {1: {"reliability": "repost", "family": "gulls"}}
    assert faults_of(dataset, sources=apart, evidence=BOTH, checks=TWICE) == [UNCHECKED]
    better = kin | {0: {"family": "harbour"}}
    assert faults_of(dataset, sources=better, evidence=BOTH, checks=TWICE) == [UNCHECKED]


def in_parts(dataset: Dataset, **verdict_of: str) -> Dataset:
    """The first fact with a check for each of these entities; `whole` means the complete fact."""
    one = dataset.checks["shop-revenue-2018-check-1"]
    checks = {
        f"{number}": replace(
            one, check_id=f"{number}", part_entity_id=part.strip("_").replace("whole", ""), verdict=verdict
        )
        for number, (part, verdict) in enumerate(verdict_of.items())
    }
    return replace(dataset, checks=checks)


@pytest.mark.parametrize(("verdict_of", "verdict"), [
    ({"shop": "corroborated", "stall": "corroborated"}, "corroborated"),
    ({"shop": "partly", "stall": "corroborated"}, "partly"), ({"shop": "differs", "stall": "corroborated"}, "partly"),
    ({"shop": "differs", "stall": "differs"}, "differs"), ({"shop": "corroborated", "stall": "lead_only"}, "partly"),
    ({"shop": "consistent", "stall": "not_found"}, "partly"),
    ({"shop": "lead_only", "stall": "not_found"}, "lead_only"),
    ({"shop": "not_found", "stall": "not_found"}, "not_found"),
    ({"shop": "corroborated", "shop_": "differs", "stall": "differs"}, "differs"),
    ({"whole": "corroborated", "stall": "not_found"}, "partly"),
])  # fmt: skip
def test_fact_whose_parts_disagree_is_partly_confirmed(dataset: Dataset, verdict_of: dict[str, str], verdict: str):
    assert verdicts.overall(in_parts(dataset, **verdict_of), "shop-revenue-2018") == verdict


def test_part_has_the_verdict_of_its_own_checks(dataset: Dataset):
    split = in_parts(dataset, shop="corroborated", shop_="partly", stall="not_found")
    told = {part: verdicts.of_part(split, "shop-revenue-2018", part) for part in ("shop", "stall", "other")}
    assert told == {"shop": "partly", "stall": "not_found", "other": "partly"}


def test_decisive_check_has_the_verdict_of_the_fact_or_else_the_first_in_order(dataset: Dataset):
    split = in_parts(dataset, shop="lead_only", stall="corroborated")
    assert verdicts.overall(split, "shop-revenue-2018") == "partly"
    assert verdicts.decisive(split, "shop-revenue-2018").part_entity_id == "stall"


def test_part_without_a_verdict_is_reported(dataset: Dataset):
    two = {"fact_id": "stall-closed", "entity_id": "stall"}
    wrong = {3: {"part_entity_id": "shop"}}
    assert faults_of(dataset, checks=wrong) == [
        f"{CHECKS}:5: part_entity_id: shop is not in fact_entities of stall-closed"
    ]
    facts_of = {3: {"entity_id": ""}}
    events = "datapackage/data/events.csv:2: entity_id: no check of stall-closed has stall as its part"
    assert faults_of(dataset, facts=facts_of, fact_entities={0: two}) == [events]
    whole = {3: {"part_entity_id": "stall"}}
    assert faults_of(dataset, facts=facts_of, fact_entities={0: two}, checks=whole) == []
    kinds = {0: {"kind": "platform"}}
    both = {0: two, 1: {"fact_id": "stall-closed", "entity_id": "shop"}}
    lacking = "datapackage/data/facts.csv:5: stall-closed: no check has shop as its part_entity_id; each part needs its own verdict"
    assert faults_of(dataset, facts=facts_of, fact_entities=both, checks=whole, entities=kinds) == [lacking]


def pair(dataset: Dataset, fact: str, evidence: str, qualifier: str = "exact") -> tuple[Fact, Evidence]:
    """The first fact and its evidence with other values; `80-90` is a range."""
    low, _, high = fact.partition("-")
    there, _, until = evidence.partition("-")
    one = replace(
        dataset.facts["shop-revenue-2018"],
        value=Decimal(low),
        value_high=Decimal(high) if high else None,
        qualifier=qualifier,
    )
    other = dataset.evidence["filing-revenue-2018"]
    return one, replace(other, value=Decimal(there), value_high=Decimal(until) if until else None)


@pytest.mark.parametrize(("fact", "evidence", "qualifier", "bears_out"), [
    ("1520000000", "1520000000", "exact", True), ("1520000000", "1516000000", "exact", True),
    ("1520000000", "1515000000", "exact", True), ("1520000000", "1514000000", "exact", False),
    ("1520000000", "1525000000", "exact", True), ("1520000000", "1526000000", "exact", False),
    ("777000000", "776978000", "exact", True), ("777000000", "778000000", "exact", False),
    ("57.1", "57.12", "exact", True), ("57.1", "57.2", "exact", False), ("57.1", "57", "exact", True),
    ("80-90", "85", "range", True), ("80-90", "120", "range", False), ("85", "80-90", "exact", True),
    ("3200000000", "3300000000", "over", True), ("3200000000", "3100000000", "over", False),
    ("3", "2", "at_most", True), ("3", "4", "under", False),
])  # fmt: skip
def test_evidence_bears_out_a_value_within_the_coarser_rounding_and_on_the_right_side_of_a_limit(
    dataset: Dataset, fact: str, evidence: str, qualifier: str, bears_out: bool
):
    assert verdicts.agrees(*pair(dataset, fact, evidence, qualifier)) == bears_out


@pytest.mark.parametrize(("fact", "evidence", "bears_out"), [
    ("2022-02", "2022-02-28", True), ("2022-02", "2022-03-01", False), ("2022", "2022-03", True),
    ("2022-02", "2021/2022", True), ("2020/..", "2025", True), ("2020/..", "2019", False), ("2019", "2020/..", False),
])  # fmt: skip
def test_evidence_bears_out_an_event_at_a_time_that_both_cover(
    dataset: Dataset, fact: str, evidence: str, bears_out: bool
):
    one = replace(dataset.facts["stall-closed"], period=periods.read(fact))
    assert verdicts.agrees(one, replace(dataset.evidence["copy-closing"], period=periods.read(evidence))) == bears_out


def test_a_value_and_words_do_not_contradict_each_other(dataset: Dataset):
    assert verdicts.agrees(dataset.facts["shop-revenue-2018"], dataset.evidence["copy-closing"])
