from dataclasses import replace
from decimal import Decimal

import pytest

from scripts import blocks, facts, periods
from scripts.facts import Dataset
from scripts.package import Package


@pytest.fixture(scope="module")
def dataset(small: blocks.Content) -> Dataset:
    return small.dataset


def with_cell(package: Package, table: str, row: int, **cells: str) -> Package:
    """The package with some cells of one row changed."""
    frame = package.tables[table].frame.copy()
    for column, cell in cells.items():
        frame.loc[row, column] = cell
    return replace(package, tables=package.tables | {table: replace(package.tables[table], frame=frame)})


def test_a_row_becomes_a_record_that_knows_its_line(dataset: Dataset):
    fact = dataset.facts["stall-viewers"]
    assert (fact.position, fact.value, fact.value_high, fact.unit, fact.qualifier) == (
        3,
        Decimal(90),
        None,
        "people",
        "about",
    )
    assert fact.period == periods.read("2022-03-06/2022-03-07")
    assert (fact.locator, fact.line) == ("P1", 4)


def test_a_text_has_every_language_that_has_a_column(dataset: Dataset):
    assert dataset.facts["owner-view"].statement == {"en": "An owner says it was hard.", "zh": "店主说很难。"}
    assert dataset.entities["stall"].name == {"en": "Stall", "zh": "货摊"}


def test_a_further_language_is_one_more_column(dataset: Dataset):
    table = dataset.package.tables["caveats"]
    french = replace(table, frame=table.frame.assign(sentence_fr=["Une voix."]))
    read = facts.read(replace(dataset.package, tables=dataset.package.tables | {"caveats": french}))
    assert read.caveats["one-voice"].sentence["fr"] == "Une voix."


def test_records_keep_the_order_of_their_table(dataset: Dataset):
    assert list(dataset.facts) == [
        "shop-revenue-2018",
        "shop-revenue-2020",
        "stall-viewers",
        "stall-closed",
        "owner-view",
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("", None), ("1.2万亿", None), ("１", None), ("NaN", None), ("-3", Decimal(-3)), ("38.5", Decimal("38.5"))],
)
def test_a_number_is_read_whole_or_not_at_all(dataset: Dataset, cell: str, value: Decimal | None):
    read = facts.read(with_cell(dataset.package, "facts", 0, value=cell))
    assert read.facts["shop-revenue-2018"].value == value


@pytest.mark.parametrize("cell", ["", "in 2018", "2022-02-30"])
def test_a_bad_period_is_none(dataset: Dataset, cell: str):
    read = facts.read(with_cell(dataset.package, "facts", 0, period=cell))
    assert read.facts["shop-revenue-2018"].period is None


def test_the_main_entity_of_a_fact_comes_first(dataset: Dataset):
    linked = with_cell(dataset.package, "fact_entities", 0, fact_id="stall-closed", entity_id="shop")
    read = facts.read(linked)
    assert [entity.entity_id for entity in read.entities_of(read.facts["stall-closed"])] == ["stall", "shop"]
    assert [entity.entity_id for entity in dataset.entities_of(dataset.facts["owner-view"])] == ["stall"]


def test_facts_about_an_entity_are_those_that_name_it_in_order(dataset: Dataset):
    assert [fact.fact_id for fact in dataset.facts_about("stall")] == ["stall-viewers", "stall-closed", "owner-view"]


def test_a_fact_has_its_caveats(dataset: Dataset):
    assert [caveat.caveat_id for caveat in dataset.caveats_of("owner-view")] == ["one-voice"]
    assert dataset.caveats_of("stall-viewers") == []


def test_a_table_that_is_missing_gives_no_records(dataset: Dataset):
    tables = {name: table for name, table in dataset.package.tables.items() if name != "glossary"}
    assert facts.read(replace(dataset.package, tables=tables)).glossary == {}
