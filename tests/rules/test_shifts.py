"""Columns shifted or sorted apart from the others, against the newest edition. The tables of the tests are made up."""

import pandas
import pytest

from scripts.data.package import Package, Table
from scripts.editions import diff
from scripts.paths import THIS
from scripts.reading import documents
from scripts.rules import shifts
from tests.conftest import copied, damage, problems

NAMES = ["Ash", "Birch", "Cedar", "Date", "Elm"]
FACTS, TOLD = (
    documents.parse_json(f'{{"primaryKey": "{key}"}}', "x.schema.json") for key in ("fact_id", "correction_id")
)
SCHEMA = documents.parse_json('{"primaryKey": "tree_id", "fields": []}', "trees.schema.json")


def columns(**changed: list[str]) -> dict[str, list[str]]:
    return {
        "tree_id": [name.lower() for name in NAMES], "name_en": NAMES,
        "note_en": [f"{name} is a tree." for name in NAMES], "kind": NAMES, "locator": ["P1", "P1", "P2", "P3", "P4"],
    } | changed  # fmt: skip


def said(**changed: list[str]) -> list[str]:
    """Problems of trees whose columns changed since edition 1.0.0."""
    old = pandas.DataFrame(columns()).to_dict("records")
    return compared({row["tree_id"]: row for row in old}, columns(**changed))


def compared(
    old: dict[str, dict[str, str]], new: dict[str, list[str]], schema: documents.Document = SCHEMA
) -> list[str]:
    """Problems of trees with these columns against those of edition 1.0.0 by key."""
    table = Table("trees.csv", schema, pandas.DataFrame(new, dtype=str))
    read, before = Package("", {"languages": ["en"]}, {"trees": table}), {"trees": diff.Table({}, old, {})}
    return [str(problem) for problem in shifts.check(read, before, "1.0.0")]


def told(line: int, column: str, text: str, owner: str) -> str:
    was = f"{column}: {text!r} was the text of {owner} in edition 1.0.0, whose row has another now"
    return f"trees.csv:{line}: {was}; was a column shifted or sorted alone? If not, reword it"


def test_column_shifted_by_a_row_is_reported_for_each_row():
    shifted = ["A new one.", *columns()["note_en"][:-1]]
    assert said(note_en=shifted) == [
        told(line, "note_en", f"{name} is a tree.", name.lower()) for line, name in enumerate(NAMES[:-1], start=3)
    ]


def test_table_without_a_key_is_ignored():
    assert compared({}, columns(), documents.parse_json('{"fields": []}', "trees.schema.json")) == []


@pytest.mark.parametrize("order", [[1, 0, 2, 3, 4], [4, 3, 2, 1, 0], [1, 2, 3, 4, 0]])
def test_swapped_sentences_are_reported(order: list[int]):
    moved = [columns()["note_en"][i] for i in order]
    assert [line.split(": ")[0] for line in said(note_en=moved)] == [
        f"trees.csv:{row + 2}" for row, i in enumerate(order) if row != i
    ]


def test_swapped_names_are_reported_from_three_on():
    assert said(name_en=["Birch", "Ash", "Cedar", "Date", "Elm"]) == []
    assert said(name_en=["Birch", "Cedar", "Ash", "Date", "Elm"]) == [
        told(2, "name_en", "Birch", "birch"), told(3, "name_en", "Cedar", "cedar"), told(4, "name_en", "Ash", "ash")
    ]  # fmt: skip


def test_shifted_original_titles_are_reported_too():
    titles = [f"{name} 书" for name in NAMES]
    old = {name.lower(): {"title": title} for name, title in zip(NAMES, titles, strict=True)}
    assert len(compared(old, {"tree_id": list(old), "title": [*titles[1:], titles[0]]})) == len(NAMES)


def test_ids_shifted_against_their_texts_are_reported():
    moved = [name.lower() for name in (*NAMES[1:], NAMES[0])]
    found = {line.split(" was")[0] for line in said(tree_id=moved)}
    assert found == {f"trees.csv:{row}: {column}: {text!r}" for column in ("name_en", "note_en")
                     for row, text in enumerate(columns()[column], start=2)}  # fmt: skip


@pytest.mark.parametrize("changed", [
    {}, {"note_en": ["Another.", *columns()["note_en"][1:]]},
    {"note_en": [columns()["note_en"][1]] * 2 + columns()["note_en"][2:]}, {"kind": [*NAMES[1:], NAMES[0]]},
    {"locator": ["P2", "P1", "P1", "P4", "P3"]}, {name: list(reversed(column)) for name, column in columns().items()},
    {"tree_id": ["ash", "fir", "cedar", "date", "elm"]},
])  # fmt: skip
def test_legitimate_change_passes(changed: dict[str, list[str]]):
    assert said(**changed) == []


YEARS = {
    "period": ["2018", "2019~", "2020", "2021/..", ""],
    "statement_en": ["It sold in 2018.", "So it was about 2019.", "It sold in 2020.", "It has sold since 2021.", "It sold."],
    "statement_zh": ["二〇一八年卖出。", "约在二〇一九年。", "二〇二〇年卖出。", "二〇二一年以来在卖。", "卖出。"],
}  # fmt: skip


def periods(old: list[str], new: list[str], corrected: bool = False, **reworded: list[str]) -> list[str]:
    """Problems of facts whose periods changed since edition 1.0.0."""
    ids = [f"f{i}" for i in range(len(old))]
    rows = pandas.DataFrame({"fact_id": ids, **YEARS, "period": old}).to_dict("records")
    before = {"facts": diff.Table({}, {row["fact_id"]: row for row in rows}, {})}
    frame = pandas.DataFrame({"fact_id": ids, **YEARS, **reworded, "period": new}, dtype=str)
    tables = {"facts": Table("facts.csv", FACTS, frame)}
    if corrected:
        told = pandas.DataFrame({"correction_id": ["f0-1"], "fact_id": ["f0"], "field": ["period"]})
        tables["corrections"] = Table("corrections.csv", TOLD, told)
    return [str(problem) for problem in shifts.check(Package("", {}, tables), before, "1.0.0")]


def test_period_made_less_exact_without_a_reason_is_reported():
    same = "in edition 1.0.0, and the statement is the same; say in it what is less exact, or add a row to corrections"
    assert periods(YEARS["period"], ["2018~", "2019~", "2020/..", "2021/..", ""]) == [
        f"facts.csv:2: period: 2018~ was 2018 {same}",
        f"facts.csv:4: period: 2020/.. was 2020 {same}",
    ]


def test_period_made_less_exact_with_a_reason_passes():
    loose = ["2018~", "2019~", "2020", "2021/..", ""]
    assert periods(YEARS["period"], loose, corrected=True) == []
    assert periods(YEARS["period"], loose, statement_en=["It sold by 2018.", *YEARS["statement_en"][1:]]) == []
    assert periods(["2018", "2019", "2020", "2021", ""], ["2018", "2019~", "2020", "2021/..", ""]) == []
    assert periods(YEARS["period"], ["2018/2019", "2019", "2020-05", "2021", "2022~"]) == []


def test_real_table_shifted_since_the_newest_edition_is_reported_by_check(tmp_path):
    copy = copied(THIS, tmp_path / "real")
    file = "datapackage/data/caveats.csv"
    rows = [line.split(",", 1) for line in (copy.root / file).read_text("utf-8").splitlines()]
    turned = [rows[0], *([row[0], other[1]] for row, other in zip(rows[1:], [*rows[2:], rows[1]], strict=True))]
    damage(copy, file, "".join(f"{','.join(row)}\n" for row in turned).encode())
    lines = [line for line in problems(copy, None) if line.startswith(file)]
    assert len(lines) > 2  # as many as have kept their texts since then, in either language
    assert all("was the text of" in line for line in lines)
