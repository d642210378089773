from dataclasses import replace
from decimal import Decimal

import pytest

from scripts import blocks, facts, periods, verdicts
from scripts.facts import Dataset
from scripts.records import Evidence, Fact
from tests.conftest import altered

CHECKS = "datapackage/data/checks.csv"


@pytest.fixture(scope="module")
def dataset(small: blocks.Content) -> Dataset:
    return small.dataset


def said(dataset: Dataset, **changed: dict[int, dict[str, str]]) -> list[str]:
    """What the rules of checks say once cells of some rows of some tables are changed."""
    return [str(problem) for problem in verdicts.check(facts.read(altered(dataset.package, **changed)))]


def test_the_small_project_keeps_every_rule(dataset: Dataset):
    assert said(dataset) == []


@pytest.mark.parametrize(
    ("fact_id", "verdict"),
    [("shop-revenue-2018", "corroborated"), ("stall-closed", "differs"), ("owner-view", "not_checkable")],
)
def test_the_verdict_of_a_fact_is_that_of_its_check(dataset: Dataset, fact_id: str, verdict: str):
    assert verdicts.overall(dataset, fact_id) == verdict


def test_a_fact_without_a_check_has_no_verdict(dataset: Dataset):
    assert verdicts.overall(replace(dataset, checks={}), "stall-closed") == ""


@pytest.mark.parametrize(
    ("one", "other"), [(one, other) for i, one in enumerate(verdicts.ORDER) for other in verdicts.ORDER[i + 1 :]]
)
def test_of_two_checks_the_doubt_outranks_the_agreement(dataset: Dataset, one: str, other: str):
    checks = {
        f"{number}": replace(dataset.checks["shop-revenue-2020-check-1"], check_id=f"{number}", verdict=verdict)
        for number, verdict in enumerate((other, one))
    }
    assert verdicts.overall(replace(dataset, checks=checks), "shop-revenue-2020") == one


def test_every_verdict_has_its_words_in_order(real: blocks.Content):
    enum = next(field for field in real.dataset.package.tables["checks"].schema["fields"] if field["name"] == "verdict")
    assert sorted(enum["constraints"]["enum"]) == sorted(verdicts.ORDER)
    for language in real.languages:
        assert list(language.words["verdicts"]) == list(language.words["verdict_meanings"]) == list(verdicts.ORDER)


def test_a_fact_without_a_check_is_reported(dataset: Dataset):
    fault = "datapackage/data/facts.csv:6: owner-view: no check says what other sources have on it"
    assert said(dataset, checks={4: {"fact_id": "stall-closed"}}) == [fault]


def test_a_package_without_checks_breaks_no_rule_of_them(dataset: Dataset):
    tables = {name: table for name, table in dataset.package.tables.items() if name not in ("checks", "evidence")}
    assert list(verdicts.check(facts.read(replace(dataset.package, tables=tables)))) == []


@pytest.mark.parametrize(
    ("row", "cells", "fault"),
    [
        (1, {"evidence_id": "copy-closing"}, "3: evidence_id: not_found goes without evidence"),
        (4, {"evidence_id": "copy-closing"}, "6: evidence_id: not_checkable goes without evidence"),
        (0, {"evidence_id": ""}, "2: evidence_id: corroborated goes with evidence"),
        (2, {"verdict": "lead_only"}, "4: evidence_id: lead_only goes with evidence"),
        (2, {"verdict": "partly"}, "4: evidence_id: partly goes with evidence"),
    ],
)
def test_a_verdict_goes_with_evidence_or_without(dataset: Dataset, row: int, cells: dict[str, str], fault: str):
    assert said(dataset, checks={row: cells}) == [f"{CHECKS}:{fault}"]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (
            {"value": "1600000000"},
            "2: verdict: corroborated, but the fact has 1520000000 CNY and filing-revenue-2018 1600000000 CNY",
        ),
        ({"metric_id": "viewers"}, "2: evidence_id: filing-revenue-2018 measures viewers, the fact revenue"),
        ({"metric_id": "", "unit": "USD"}, "2: evidence_id: filing-revenue-2018 is in USD, the fact in CNY"),
    ],
)
def test_evidence_that_does_not_bear_out_its_fact_is_reported(dataset: Dataset, cells: dict[str, str], fault: str):
    assert said(dataset, evidence={0: cells}) == [f"{CHECKS}:{fault}"]


def test_a_difference_that_is_none_is_reported(dataset: Dataset):
    found = said(dataset, evidence={1: {"period": "2022-02"}})
    assert found == [f"{CHECKS}:5: verdict: differs, but the fact and copy-closing both have 2022-02"]
    same = {"value": "1520000000", "period": "2018"}
    assert said(dataset, checks={0: {"verdict": "differs"}}, evidence={0: same}) == [
        f"{CHECKS}:2: verdict: differs, but the fact and filing-revenue-2018 both have 1520000000 CNY"
    ]


@pytest.mark.parametrize("verdict", verdicts.FIRM)
def test_a_single_repost_carries_no_firm_verdict(dataset: Dataset, verdict: str):
    repost = {0: {"source_id": "copy"}, 1: {"source_id": "copy"}}
    found = said(dataset, evidence=repost, checks={0: {"verdict": verdict}, 3: {"verdict": "partly"}})
    assert found == [f"{CHECKS}:2: verdict: {verdict} rests on a single repost, filing-revenue-2018; lead_only is due"]
    assert said(dataset, evidence=repost, checks={0: {"verdict": "lead_only"}, 3: {"verdict": "partly"}}) == []


def test_two_reposts_of_different_publishers_carry_a_verdict_and_two_of_one_do_not(dataset: Dataset):
    sources = {0: {"reliability": "repost"}, 1: {"reliability": "repost"}}
    both = {
        0: {"source_id": "copy"},
        1: {"source_id": "report", "metric_id": "revenue", "value": "1520000000", "unit": "CNY", "period": "2018"},
    }
    checks = {
        3: {"fact_id": "shop-revenue-2018", "verdict": "corroborated"},
        1: {"fact_id": "stall-closed"},
        4: {"fact_id": "owner-view"},
    }
    missing = "datapackage/data/facts.csv:3: shop-revenue-2020: no check says what other sources have on it"
    assert said(dataset, sources=sources, evidence=both, checks=checks) == [missing]
    one = sources | {0: {"reliability": "repost", "publisher": "Gull Daily, seen elsewhere"}}
    lead = f"{CHECKS}:2: verdict: corroborated rests on a single repost, filing-revenue-2018; lead_only is due"
    assert said(dataset, sources=one, evidence=both, checks=checks) == [lead, missing]
    alike = {row: cells | {"publisher_zh": "海港报"} for row, cells in sources.items()}
    assert said(dataset, sources=alike, evidence=both, checks=checks) == [missing]


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


@pytest.mark.parametrize(
    ("fact", "evidence", "qualifier", "bears_out"),
    [
        ("1520000000", "1520000000", "exact", True),
        ("1520000000", "1516000000", "exact", True),
        ("1520000000", "1515000000", "exact", True),
        ("1520000000", "1514000000", "exact", False),
        ("1520000000", "1525000000", "exact", True),
        ("1520000000", "1526000000", "exact", False),
        ("777000000", "776978000", "exact", True),
        ("777000000", "778000000", "exact", False),
        ("57.1", "57.12", "exact", True),
        ("57.1", "57.2", "exact", False),
        ("57.1", "57", "exact", True),
        ("80-90", "85", "range", True),
        ("80-90", "120", "range", False),
        ("85", "80-90", "exact", True),
        ("3200000000", "3300000000", "over", True),
        ("3200000000", "3100000000", "over", False),
        ("3", "2", "at_most", True),
        ("3", "4", "under", False),
    ],
)
def test_evidence_bears_out_a_value_within_the_coarser_rounding_and_on_the_right_side_of_a_limit(
    dataset: Dataset, fact: str, evidence: str, qualifier: str, bears_out: bool
):
    assert verdicts.agrees(*pair(dataset, fact, evidence, qualifier)) == bears_out


@pytest.mark.parametrize(
    ("fact", "evidence", "bears_out"),
    [
        ("2022-02", "2022-02-28", True),
        ("2022-02", "2022-03-01", False),
        ("2022", "2022-03", True),
        ("2022-02", "2021/2022", True),
        ("2020/..", "2025", True),
        ("2020/..", "2019", False),
        ("2019", "2020/..", False),
    ],
)
def test_evidence_bears_out_an_event_at_a_time_that_both_cover(
    dataset: Dataset, fact: str, evidence: str, bears_out: bool
):
    one = replace(dataset.facts["stall-closed"], period=periods.read(fact))
    assert verdicts.agrees(one, replace(dataset.evidence["copy-closing"], period=periods.read(evidence))) == bears_out


def test_a_value_and_words_do_not_contradict_each_other(dataset: Dataset):
    assert verdicts.agrees(dataset.facts["shop-revenue-2018"], dataset.evidence["copy-closing"])


def test_every_real_fact_has_a_verdict(real: blocks.Content):
    assert [fact_id for fact_id in real.dataset.facts if not verdicts.overall(real.dataset, fact_id)] == []
