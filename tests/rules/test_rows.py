from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from scripts.data import dataset
from scripts.pages import blocks
from scripts.rules import rows
from tests.conftest import altered

FACTS = "datapackage/data/facts.csv"


def said(small: blocks.Content, table: str, row: int | None = None, **cells: str) -> list[str]:
    """What the rules say once some cells of one row are changed; without a row, a row is added."""
    package = small.dataset.package
    if row is None:
        frame = package.tables[table].frame.copy()
        frame.loc[len(frame)] = dict.fromkeys(frame.columns, "") | cells
        changed = replace(package, tables=package.tables | {table: replace(package.tables[table], frame=frame)})
    else:
        assert all(package.tables[table].frame.loc[row, column] != cell for column, cell in cells.items())
        changed = altered(package, **{table: {row: cells}})
    return [str(problem) for problem in rows.check(dataset.read(changed))]


def test_the_small_project_breaks_no_rule(small: blocks.Content):
    assert list(rows.check(small.dataset)) == []


@pytest.mark.parametrize(
    ("row", "cells", "fault"),
    [
        (0, {"unit": "USD"}, "2: unit: 'USD' is not 'CNY', the unit of metric revenue"),
        (0, {"unit": ""}, "2: value: 1520000000 has no metric or no unit"),
        (2, {"value": "", "printed": ""}, "4: value: empty, but unit or value_high is filled"),
        (3, {"unit": "CNY"}, "5: value: empty, but unit or value_high is filled"),
        (3, {"value_high": "3"}, "5: value: empty, but unit or value_high is filled"),
        (3, {"printed": "三家"}, "5: printed: filled, but there is no value"),
        (2, {"value_high": "80", "qualifier": "range", "printed": "80至90人"}, "4: value_high: 80 is less than value 90"),
        (2, {"qualifier": "range"}, "4: qualifier: range and value_high go together"),
        (2, {"value_high": "95", "printed": "90至95人"}, "4: qualifier: range and value_high go together"),
        (0, {"printed": "15.3亿元"}, "2: printed: '15.3亿元' says 1530000000, value says 1520000000"),
        (0, {"printed": "15.2万元"}, "2: printed: '15.2万元' says 152000, value says 1520000000"),
        (0, {"printed": "很多"}, "2: printed: '很多' says no number, value says 1520000000"),
        (0, {"period": ""}, "2: period_basis: 'stated' does not go with an empty period"),
        (4, {"period": "2020"}, "6: period_basis: 'undated' does not go with a period"),
        (1, {"position": "3"}, "3: position: 3 stands where 2 is due; a row is missing, doubled or out of order"),
        (4, {"position": "6"}, "6: position: 6 stands where 5 is due; a row is missing, doubled or out of order"),
    ],
)  # fmt: skip
def test_a_fact_that_contradicts_itself_is_reported_with_its_line(
    small: blocks.Content, row: int, cells: dict[str, str], fault: str
):
    assert said(small, "facts", row, **cells) == [f"{FACTS}:{fault}"]


def test_a_percentage_written_as_a_large_number_is_questioned(small: blocks.Content):
    text = {"statement_en": "Of 5710 percent.", "statement_zh": "5710%。"}
    found = said(small, "facts", 2, value="5710", unit="percent", printed="5710%", **text)
    assert f"{FACTS}:4: value: 5710 percent; write 57.1 for 57.1%" in found


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (2, {"value_high": "95", "qualifier": "range", "printed": "90至95人"}),
        (2, {"printed": ""}),
        (2, {"period": "2022-03~"}),
        (2, {"printed": "九十人"}),
        (0, {"printed": "1,520百万，即15.2亿"}),
    ],
)
def test_a_fact_in_order_is_left_alone(small: blocks.Content, row: int, cells: dict[str, str]):
    assert said(small, "facts", row, **cells) == []


@pytest.mark.parametrize(
    ("table", "row", "column", "line"),
    [
        ("facts", 0, "period", 2),
        ("events", 0, "date", 2),
        ("sources", 0, "published", 2),
        ("sources", 1, "accessed", 3),
    ],
)
def test_every_time_is_read(small: blocks.Content, table: str, row: int, column: str, line: int):
    wanted = f"datapackage/data/{table}.csv:{line}: {column}: '2022-02-30' is not a date of the calendar"
    assert said(small, table, row, **{column: "2022-02-30"}) == [wanted]


@pytest.mark.parametrize(
    ("date", "within"), [("2022-02-01", True), ("2022-02-28", True), ("2022-03", False), ("2022", False)]
)
def test_an_event_lies_within_the_period_of_its_fact(small: blocks.Content, date: str, within: bool):
    fault = f"datapackage/data/events.csv:2: date: {date} is not within 2022-02, the period of fact stall-closed"
    assert said(small, "events", 0, date=date) == ([] if within else [fault])


def test_an_event_is_no_less_exact_than_what_it_rests_on(small: blocks.Content):
    fault = "date: 2022-02~ is approximate, and 2022-02, which it rests on, is not"
    assert said(small, "events", 0, date="2022-02~") == [f"datapackage/data/events.csv:2: {fault}"]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"parent_source_id": ""}, "parent_id: goes with parent_source_id, the source that says so"),
        ({"parent_id": ""}, "parent_id: goes with parent_source_id, the source that says so"),
        ({"exchange_id": "shop"}, "listing_source_id: goes with exchange_id and ticker"),
        ({"ticker": "STL"}, "listing_source_id: goes with exchange_id and ticker"),
        ({"listing_source_id": "copy"}, "listing_source_id: goes with exchange_id and ticker"),
    ],
)
def test_what_is_said_of_an_entity_carries_its_source(small: blocks.Content, cells: dict[str, str], fault: str):
    assert f"datapackage/data/entities.csv:3: {fault}" in said(small, "entities", 1, **cells)


@pytest.mark.parametrize(
    ("row", "cells", "fault"),
    [
        (0, {"url": ""}, "2: url: empty, but only a repost goes without"),
        (1, {"search": ""}, "3: search: empty, but a repost is not linked; say what to search for"),
        (1, {"url": "", "search": ""}, "3: search: empty, but a repost is not linked; say what to search for"),
        (0, {"title": "Some report"}, "2: title: 'Some report' is not in the language of the source, zh"),
        (2, {"title_en": "报告"}, "4: title_en: Chinese characters in an English text, '报告'"),
        (2, {"url": "http://[::1"}, "4: seen_on: 'example.org' is not the site of http://[::1"),
        (2, {"seen_on": "example.net"}, "4: seen_on: 'example.net' is not the site of https://example.org/filing"),
        (2, {"date_basis": "unknown"}, "4: date_basis: unknown, but published is filled"),
        (1, {"date_basis": "copy"}, "3: date_basis: copy, but published is empty"),
    ],
)
def test_a_source_can_be_followed_or_says_what_to_search_for(
    small: blocks.Content, row: int, cells: dict[str, str], fault: str
):
    assert said(small, "sources", row, **cells) == [f"datapackage/data/sources.csv:{fault}"]


def test_a_repost_may_go_without_address(small: blocks.Content):
    assert said(small, "sources", 1, url="") == []


CORRECTION = {
    "correction_id": "c",
    "fact_id": "stall-viewers",
    "field": "value",
    "old": "80",
    "new": "90",
    "kind": "error",
}


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        ({}, []),
        ({"new": "91"}, ["new: '91' is not what facts says, '90'"]),
        ({"field": "valu"}, ["field: facts has no 'valu' (did you mean value?)"]),
        ({"field": "xyz"}, ["field: facts has no 'xyz'"]),
    ],
)
def test_a_correction_tells_what_stands_there_now(small: blocks.Content, cells: dict[str, str], faults: list[str]):
    wanted = [f"datapackage/data/corrections.csv:2: {fault}" for fault in faults]
    assert said(small, "corrections", None, **CORRECTION | cells) == wanted


@pytest.mark.parametrize(
    ("table", "column", "fault"),
    [
        ("entities", "entity_id", "4: idle: never named by a fact, evidence, speaker, entity or source"),
        ("speakers", "speaker_id", "4: idle: never says anything"),
        ("metrics", "metric_id", "4: idle: never measured"),
        ("caveats", "caveat_id", "3: idle: carried by no fact"),
    ],
)
def test_what_nothing_uses_is_reported(small: blocks.Content, table: str, column: str, fault: str):
    named = {"name_en": "Idle", "name_zh": "闲"} if table == "entities" else {}
    assert said(small, table, None, **{column: "idle"} | named) == [
        f"datapackage/data/{table}.csv:{fault}; use it or remove it"
    ]


def test_a_source_that_nothing_cites_is_reported(small: blocks.Content):
    idle = {"source_id": "idle", "reliability": "repost", "search": "idle", "date_basis": "unknown"}
    assert said(small, "sources", None, **idle) == [
        "datapackage/data/sources.csv:5: idle: never cited; use it or remove it"
    ]


def test_an_entity_is_used_where_it_publishes_a_source(small: blocks.Content):
    harbour = {"entity_id": "harbour-post", "name_en": "Harbour Post", "name_zh": "海港报"}
    assert said(small, "entities", None, **harbour) == []


def test_a_table_that_the_build_reads_must_be_there(small: blocks.Content):
    package = small.dataset.package
    tables = {name: table for name, table in package.tables.items() if name != "glossary"}
    found = rows.check(dataset.read(replace(package, tables=tables)))
    assert [str(problem) for problem in found] == ["datapackage/datapackage.json:1: no resource glossary"]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"statement_en": "Sales were 1.53 billion yuan in 2018."}, "English has 1530000000; Chinese has 1520000000"),
        ({"statement_en": "Sales were 1.52 million yuan in 2018."}, "English has 1520000; Chinese has 1520000000"),
        ({"statement_en": "Sales were 1.52 billion yuan in May 2018."}, "English has 5"),
        ({"statement_zh": "2018年5月卖了15.2亿元。"}, "Chinese has 5"),
        ({"statement_zh": "2018年卖了15.2亿元，2018年。"}, "Chinese has 2018"),
    ],
)
def test_a_number_in_one_language_and_not_in_the_other_is_reported(
    small: blocks.Content, cells: dict[str, str], fault: str
):
    assert said(small, "facts", 0, **cells) == [f"{FACTS}:2: statement: the languages differ in numbers: {fault}"]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Over 1.552 billion yuan", "超过15.52亿元"),
        ("42.4 million yuan", "4240万元"),
        ("39,000 and 39 thousand", "3.9万、3.9万"),
        ("1,200 billion yuan", "1.2万亿元"),
        ("1.2 trillion yuan", "1.2万亿元"),
        ("On 6 and 7 March 2022, 57.1%", "2022年3月6日和7日，57.1%"),
        ("US$186 million in December.", "12月，1.86亿美元。"),
        ("three rooms", "三间"),
    ],
)  # fmt: skip
def test_the_same_numbers_in_both_languages_agree(english: str, chinese: str):
    assert rows.numbers_en(english) == rows.numbers_zh(chinese)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("in 2018, 1.5 billion.", ["2018", "1500000000"]),
        ("7 and 7", ["7", "7"]),
        ("millions", []),
        ("3 millionaires", ["3"]),
    ],
)
def test_numbers_of_an_english_text_are_counted_in_base_units(text: str, numbers: list[str]):
    assert rows.numbers_en(text) == Counter(map(Decimal, numbers))


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("15.52亿元", ["1552000000"]),
        ("3.9万", ["39000"]),
        ("1.2万亿", ["1200000000000"]),
        ("90人左右", ["90"]),
        ("165.2%", ["165.2"]),
        ("80至90人", ["80", "90"]),
        ("第二家", ["2"]),
        ("一两个", ["1", "2"]),
        ("十二家", ["12"]),
        ("二十家", ["20"]),
        ("若干", []),
    ],
)
def test_a_printed_form_is_read_in_base_units(printed: str, numbers: list[str]):
    assert rows.printed_numbers(printed) == set(map(Decimal, numbers))
