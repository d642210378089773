"""What changed between two editions, and the version that this requires."""

import json
from collections.abc import Mapping

import pytest

from scripts.editions import diff, store
from scripts.editions.diff import Change
from scripts.pages.content import Content
from scripts.paths import THIS
from tests.conftest import SMALL

FACTS = "data/facts.csv"


@pytest.fixture(scope="module")
def before(small: Content) -> dict[str, bytes]:
    return store.inside(SMALL, small.dataset.package)


def after(before: Mapping[str, bytes], name: str, old: str, new: str) -> dict[str, bytes]:
    text = before[name].decode()
    assert old in text
    return {**before, name: text.replace(old, new, 1).encode()}


def without(before: Mapping[str, bytes], table: str) -> dict[str, bytes]:
    descriptor = json.loads(before["datapackage.json"])
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] != table]
    gone = (f"data/{table}.csv", f"data/{table}.schema.json")
    kept = {name: raw for name, raw in before.items() if name not in gone}
    return {**kept, "datapackage.json": json.dumps(descriptor).encode()}


def test_no_change_requires_no_new_version(before: dict[str, bytes]):
    assert diff.between(before, before) == []
    assert diff.least([]) == ""


@pytest.mark.parametrize(("name", "old", "new", "change", "level"), [
    (FACTS, "1520000000,", "1530000000,", Change("value_corrected", "facts", "shop-revenue-2018", "value", "1520000000", "1530000000"), "patch"),
    (FACTS, "An owner says the stall was hard.", "An owner calls the stall hard.",
     Change("words_changed", "facts", "owner-view", "statement_en", "An owner says the stall was hard.", "An owner calls the stall hard."), "patch"),
    (FACTS, "stall,viewers,", "shop,viewers,", Change("meaning_changed", "facts", "stall-viewers", "entity_id", "stall", "shop"), "major"),
    (FACTS, "90,,people", "90,,count", Change("meaning_changed", "facts", "stall-viewers", "unit", "people", "count"), "major"),
    ("data/glossary.csv", "A small shop.", "A tiny shop.",
     Change("words_changed", "glossary", "stall-term", "definition_en", "A small shop.", "A tiny shop."), "patch"),
    ("data/facts.schema.json", '"name": "printed",\n      "type": "string"', '"name": "printed",\n      "type": "any"',
     Change("field_retyped", "facts", "", "printed", "string", "any"), "major"),
    ("data/facts.schema.json", '"Paragraph of', '"The paragraph of', Change("described_anew", "facts", "", "locator"), "patch"),
])  # fmt: skip
def test_each_change_requires_its_version_level(
    before: dict[str, bytes], name: str, old: str, new: str, change: Change, level: str
):
    found = diff.between(before, after(before, name, old, new))
    assert found == [change]
    assert diff.least(found) == level


def test_removed_rows_are_major_and_added_rows_minor(before: dict[str, bytes]):
    row = next(line for line in before[FACTS].decode().splitlines(keepends=True) if line.startswith("owner-view"))
    fewer = after(before, FACTS, row, "")
    assert diff.between(before, fewer) == [Change("row_removed", "facts", "owner-view")]
    assert diff.least(diff.between(before, fewer)) == "major"
    assert diff.between(fewer, before) == [Change("row_added", "facts", "owner-view")]
    assert diff.least(diff.between(fewer, before)) == "minor"


def test_removed_tables_are_major_and_added_tables_minor(before: dict[str, bytes]):
    fewer = without(before, "glossary")
    assert diff.counted(diff.between(before, fewer)) == {"table_removed": 1}
    assert diff.counted(diff.between(fewer, before)) == {"table_added": 1, "row_added": 1}
    assert diff.least(diff.between(before, fewer)) == "major"


def test_renamed_field_is_one_removed_and_one_added(before: dict[str, bytes]):
    schema = after(before, "data/facts.schema.json", '"name": "locator"', '"name": "place"')
    header = before[FACTS].decode().replace("locator", "place", 1)
    found = diff.between(before, {**schema, FACTS: header.encode()})
    assert [(change.kind, change.field) for change in found] == [("field_removed", "locator"), ("field_added", "place")]


def test_version_and_date_alone_are_no_change(before: dict[str, bytes]):
    assert diff.between(before, after(before, "datapackage.json", '"0.1.0"', '"0.2.0"')) == []
    assert diff.between(before, after(before, "datapackage.json", "2022-03-10", "2022-03-11")) == []
    assert diff.between(before, after(before, "datapackage.json", "A small project", "A project")) == [
        Change("described_anew", "", "datapackage.json")
    ]
    assert diff.between(before, {**before, "README.md": b"x"}) == [Change("described_anew", "", "README.md")]


@pytest.mark.parametrize(
    ("version", "next_ones"), [("1.0.0", ["2.0.0", "1.1.0", "1.0.1"]), ("1.9.12", ["2.0.0", "1.10.0", "1.9.13"])]
)
def test_successors_of_a_version(version: str, next_ones: list[str]):
    assert list(diff.successors(version).values()) == next_ones


def test_the_second_real_edition_added_what_other_sources_say(real: Content):
    first, second = (store.contents(THIS, edition) for edition in real.editions[:2])
    found = diff.between(first, second)
    counts = diff.counted(found)
    assert diff.least(found) == "minor"
    assert {change.table for change in found if change.kind == "table_added"} >= {"evidence", "checks"}
    assert counts["row_added"] > 200
    corrected = {(change.row, change.field) for change in found if change.kind == "value_corrected"}
    assert corrected == {
        (one.fact_id, one.field) for one in real.dataset.corrections.values() if one.fixed_in == "1.1.0"
    }
    told = diff.report("1.0.0", "1.1.0", found)
    assert (told["from"], told["to"], told["level"]) == ("1.0.0", "1.1.0", "minor")
    assert sum(len(some) for kinds in told["tables"].values() for some in kinds.values()) == sum(counts.values())
