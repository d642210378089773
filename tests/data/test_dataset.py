from dataclasses import replace
from decimal import Decimal

import pytest

from scripts.data import periods
from scripts.data.dataset import Dataset, read, sorted_events
from scripts.pages.content import Content
from tests.conftest import altered


@pytest.fixture(scope="module")
def dataset(small: Content) -> Dataset:
    return small.dataset


def test_row_becomes_a_record_with_its_line(dataset: Dataset):
    fact = dataset.facts["stall-viewers"]
    values = (3, Decimal(90), None, "people", "about", periods.read("2022-03-06/2022-03-07"), "P1", 4)
    assert values == (
        fact.position, fact.value, fact.value_high, fact.unit, fact.qualifier, fact.period, fact.locator, fact.line
    )  # fmt: skip


def test_text_has_every_language_with_a_column(dataset: Dataset):
    said = {"en": "An owner says the stall was hard.", "zh": "店主说货摊很难。"}
    assert dataset.facts["owner-view"].statement == said
    assert dataset.entities["stall"].name == {"en": "Stall", "zh": "货摊"}


def test_further_language_needs_only_a_column(dataset: Dataset):
    table = dataset.package.tables["caveats"]
    french = replace(table, frame=table.frame.assign(sentence_fr=["Une voix."]))
    again = read(replace(dataset.package, tables=dataset.package.tables | {"caveats": french}))
    assert again.caveats["one-voice"].sentence["fr"] == "Une voix."


def test_records_keep_the_order_of_their_table(dataset: Dataset):
    assert list(dataset.facts) == dataset.package.tables["facts"].frame["fact_id"].tolist()


@pytest.mark.parametrize(("cell", "value"), [
    ("", None), ("1.2万亿", None), ("１", None), ("NaN", None), ("-3", Decimal(-3)), ("38.5", Decimal("38.5")),
])  # fmt: skip
def test_malformed_number_is_none(dataset: Dataset, cell: str, value: Decimal | None):
    again = read(altered(dataset.package, facts={0: {"value": cell}}))
    assert again.facts["shop-revenue-2018"].value == value


@pytest.mark.parametrize("cell", ["", "in 2018", "2022-02-30"])
def test_malformed_period_is_none(dataset: Dataset, cell: str):
    again = read(altered(dataset.package, facts={0: {"period": cell}}))
    assert again.facts["shop-revenue-2018"].period is None


def test_the_main_entity_of_a_fact_comes_first(dataset: Dataset):
    linked = altered(dataset.package, fact_entities={0: {"fact_id": "stall-closed", "entity_id": "shop"}})
    again = read(linked)
    assert [entity.entity_id for entity in again.entities_of(again.facts["stall-closed"])] == ["stall", "shop"]
    assert [entity.entity_id for entity in dataset.entities_of(dataset.facts["owner-view"])] == ["stall"]


def test_facts_about_an_entity_are_those_that_name_it_in_order(dataset: Dataset):
    assert [fact.fact_id for fact in dataset.facts_about("stall")] == ["stall-viewers", "stall-closed", "owner-view"]


def test_events_are_sorted_by_start_then_the_shorter_first_and_open_ones_last(dataset: Dataset):
    dates = {"a": "2022-03", "b": "2022", "c": "2021-12-31", "d": "2022-01", "e": "2022-01", "g": "2022-01/.."}
    closing = dataset.events["closing"]
    events = [replace(closing, event_id=name, date=periods.read(date)) for name, date in dates.items()]
    undated = replace(closing, event_id="f", date=None)
    assert [event.event_id for event in sorted_events([*events[::-1], undated])] == ["c", "d", "e", "b", "g", "a"]


def test_events_and_evidence_about_an_entity_are_sorted_by_time(dataset: Dataset):
    assert [event.event_id for event in dataset.events_about("stall")] == ["closing", "closing-noticed"]
    assert dataset.events_about("shop") == []
    older = replace(dataset.evidence["filing-revenue-2018"], evidence_id="older", period=periods.read("2017"))
    more = replace(dataset, evidence=dataset.evidence | {"older": older})
    assert [row.evidence_id for row in more.evidence_about("shop", "revenue")] == ["older", "filing-revenue-2018"]


def test_a_fact_has_its_caveats(dataset: Dataset):
    assert [caveat.caveat_id for caveat in dataset.caveats_of("owner-view")] == ["one-voice"]
    assert dataset.caveats_of("stall-viewers") == []


def test_missing_table_gives_no_records(dataset: Dataset):
    tables = {name: table for name, table in dataset.package.tables.items() if name != "glossary"}
    assert read(replace(dataset.package, tables=tables)).glossary == {}
