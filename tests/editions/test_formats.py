"""Every other format of the tables, read back with the tools of data users and compared with the CSV cell by cell."""

import csv
import functools
import io
import itertools
import json
import sqlite3
import zipfile
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pandas
import pyarrow
import pytest
from pyarrow import parquet

from scripts.data import periods, verdicts
from scripts.editions import formats
from scripts.editions.formats import database, derived, tables
from scripts.pages.content import Content
from scripts.paths import THIS
from scripts.words import languages, lists
from tests.conftest import tree, unfolded

DESCRIBED = json.loads(THIS.descriptor.read_text("utf-8"))
VERSION, CREATED = DESCRIBED["version"], DESCRIBED["created"]
NAME = f"{DESCRIBED['name']}-{VERSION}"
HOME = THIS.descriptor.parent
TABLES = [resource["name"] for resource in DESCRIBED["resources"]]
MADE = ["dictionary", "facts_flat", "words"]
FILLED = [name for name in TABLES if (HOME / "data" / f"{name}.csv").read_bytes().count(b"\n") > 1]
WORDS = lists.terms(languages.read(THIS)[0])
HOSTILE = [
    "=1+1", "+x", "@x", "-x", "0012", "2018-05", "2018", "1e5", "1/2", "TRUE", "NULL", "nan", "'quoted", '"', '""', "a,b",
    "one\ntwo", "http://example.org/?a=1&b=2", "mailto:a@example.org", "_x0041_", "<b>&amp;</b>", "' OR 1=1; --", "拼多多",
    "{{ fact x }}", "\N{GRINNING FACE}", " ", "[Red]", "internal:Sheet1!A1",
]  # fmt: skip


def text_rows(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode(), newline="")))


def expected(inside: dict[str, bytes], name: str) -> list[dict[str, str | float | None]]:
    """The rows of the CSV with typed values: None for an empty cell, a float in a numeric column."""
    schema = json.loads(inside[f"data/{name}.schema.json"])
    numbers = {field["name"] for field in schema["fields"] if field["type"] in ("number", "integer")}
    return [
        {key: (None if cell == "" else float(cell) if key in numbers else cell) for key, cell in row.items()}
        for row in text_rows(inside[f"data/{name}.csv"])
    ]


def without_derived(rows: list[dict[str, object]], inside: dict[str, bytes], name: str) -> list[dict[str, object]]:
    """The rows without derived columns."""
    own = [field["name"] for field in json.loads(inside[f"data/{name}.schema.json"])["fields"]]
    return [{key: row[key] for key in own} for row in rows]


def odd() -> dict[str, bytes]:
    """An edition of one table with every hostile string in a text column, next to numbers of each kind."""
    fields = [
        {"name": name, "type": kind, "title": name, "description": f'it\'s "{name}"\n-- {kind}'}
        for name, kind in (("id", "string"), ("text", "string"), ("value", "number"), ("group", "integer"))
    ]
    schema = {"fields": fields, "primaryKey": "id"}
    values = itertools.cycle(["", "0", "-1.5", "9400000000", "0.1", "123456789012345"])
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(
        [["id", "text", "value", "group"]]
        + [[f"{i:03}", text, value, i] for i, (text, value) in enumerate(zip(HOSTILE, values, strict=False))]
    )
    resource = {"name": "odd", "path": "data/odd.csv", "schema": "data/odd.schema.json"}
    descriptor = {"name": "odd", "version": "0.1.0", "title": "=Odd", "created": "2022-03-10T08:00:00+08:00"}
    return {
        "datapackage.json": json.dumps(descriptor | {"resources": [resource]}).encode(),
        "data/odd.csv": buffer.getvalue().encode(),
        "data/odd.schema.json": json.dumps(schema).encode(),
    }


@pytest.fixture(scope="module")
def inside() -> dict[str, bytes]:
    return tree(HOME)


@pytest.fixture(scope="module")
def made(inside: dict[str, bytes]) -> dict[str, bytes]:
    return formats.files(inside, WORDS)


@pytest.fixture(scope="module")
def place(made: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The formats as files."""
    return unfolded(made, tmp_path_factory.mktemp("formats"))


@functools.cache
def workbook(raw: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(raw))


def opened(raw: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(raw)
    connection.row_factory = sqlite3.Row
    return connection


def sheet(made: dict[str, bytes], name: str) -> list[dict[str, object]]:
    (raw,) = (raw for file, raw in made.items() if file.endswith(".xlsx"))
    plain = openpyxl.utils.escape.unescape  # which openpyxl does not do for inline strings
    header, *rows = ([plain(cell) if isinstance(cell, str) else cell for cell in row]
                     for row in workbook(raw)[name].iter_rows(values_only=True))  # fmt: skip
    return [dict(zip(header, row, strict=True)) for row in rows]


def selected(made: dict[str, bytes], name: str) -> list[dict[str, object]]:
    (raw,) = (raw for file, raw in made.items() if file.endswith(".sqlite"))
    with opened(raw) as connection:
        return [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY rowid")]


def framed(made: dict[str, bytes], name: str) -> list[dict[str, object]]:
    frame = pandas.read_parquet(io.BytesIO(made[f"parquet/{name}/{name}.parquet"])).astype(object)
    return frame.where(frame.notna(), None).to_dict("records")


READERS = {
    "xlsx": sheet,
    "sqlite": selected,
    "parquet": lambda made, name: parquet.read_table(io.BytesIO(made[f"parquet/{name}/{name}.parquet"])).to_pylist(),
    "pandas": framed,
    "json": lambda made, name: json.loads(made[f"json/{name}.json"]),
}
"""How the users of each format read the rows of a table."""


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("kind", READERS)
def test_each_format_has_each_row(kind: str, name: str, inside: dict[str, bytes], made: dict[str, bytes]):
    assert without_derived(READERS[kind](made, name), inside, name) == expected(inside, name)


def test_edition_has_a_workbook_a_database_parquet_and_json_of_each_table_and_a_flat_csv(made: dict[str, bytes]):
    tables = {path for name in TABLES + MADE for path in (f"parquet/{name}/{name}.parquet", f"json/{name}.json")}
    assert set(made) == {f"{NAME}.xlsx", f"{NAME}.sqlite", "csv/facts_flat.csv"} | tables
    assert {Path(name).suffix for name in made} | {".zip"} == set(formats.MEDIA_TYPES)


def test_workbook_begins_with_the_dictionary_and_ends_with_the_description(made: dict[str, bytes]):
    book = workbook(made[f"{NAME}.xlsx"])
    assert book.sheetnames == ["dictionary", "facts_flat", *TABLES, "words", "about"]
    header, *rows = book["dictionary"].iter_rows(values_only=True)
    entries = {(row[0], row[1]): dict(zip(header, row, strict=True)) for row in rows}
    assert list(header) == [
        "table", "field", "type", "title", "title_zh", "description", "description_zh", "constraints"
    ]  # fmt: skip
    for name in TABLES:
        for field in json.loads((HOME / "data" / f"{name}.schema.json").read_text("utf-8"))["fields"]:
            entry = entries.pop((name, field["name"]))
            assert all(
                entry[key] == field[key] for key in ("type", "title", "title_zh", "description", "description_zh")
            )
    assert entries and all(
        all(entry[key] for key in ("title_zh", "description_zh"))
        for (table, _), entry in entries.items()
        if table != "words"
    )
    said = dict(book["about"].iter_rows(values_only=True))
    assert (said["version"], said["created"]) == (VERSION, CREATED)
    assert "CC-BY-4.0" in said["licenses"]


def test_dictionary_lists_the_constraints_of_each_field(made: dict[str, bytes]):
    rows = workbook(made[f"{NAME}.xlsx"])["dictionary"].iter_rows(min_row=2, values_only=True)
    said = {(row[0], row[1]): row[-1] for row in rows}
    assert said["facts", "fact_id"] == "primary key; required; pattern: [a-z0-9]+(-[a-z0-9]+)*; unique"
    assert said["facts", "position"] == "required; minimum: 1"
    assert said["facts", "speaker_id"].endswith("refers to speakers.speaker_id")
    assert said["entities", "parent_id"].endswith("refers to entities.entity_id")
    assert said["fact_entities", "fact_id"].startswith("primary key: fact_id + entity_id; required")
    assert said["checks", "verdict"] == (
        "required; enum: corroborated | differs | partly | consistent | lead_only | not_found | not_checkable"
    )
    assert said["facts", "value"] is None


def test_every_sheet_has_a_frozen_header_filters_and_readable_columns(made: dict[str, bytes]):
    for sheet in workbook(made[f"{NAME}.xlsx"]):
        assert sheet.freeze_panes == "B2"
        assert (
            sheet.auto_filter.ref == f"A1:{openpyxl.utils.get_column_letter(sheet.max_column)}{max(sheet.max_row, 2)}"
        )
        widths = [sheet.column_dimensions[column[0].column_letter].width for column in sheet.columns]
        assert all(8 <= width <= 61 for width in widths)
        assert all(cell.font.bold for cell in sheet[1])


def test_the_workbook_has_the_dates_of_the_edition(made: dict[str, bytes]):
    properties = workbook(made[f"{NAME}.xlsx"]).properties
    assert properties.created.isoformat() == properties.modified.isoformat() == CREATED.removesuffix("Z")
    assert properties.title.endswith(f" {VERSION}")
    archive = zipfile.ZipFile(io.BytesIO(made[f"{NAME}.xlsx"]))
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 31, 0, 0, 0)}


@pytest.mark.parametrize("kind", ["xlsx", "json"])
def test_workbook_and_json_are_valid_for_frictionless_with_the_cells_of_the_csv(kind: str, place: Path):
    descriptor = json.loads(THIS.descriptor.read_text("utf-8"))
    made = {table.name: table for table in derived.enriched(tables.read(tree(HOME))).tables}
    wanted = frictionless.Package(str(THIS.descriptor))
    for resource in descriptor["resources"]:
        name, schema = resource["name"], json.loads((HOME / resource["schema"]).read_text("utf-8"))
        schema["fields"] = made[name].fields
        schema.pop("foreignKeys", None)  # the database holds them; here the workbook would be opened again for each
        for key in ("path", "format", "mediatype", "encoding"):
            del resource[key]
        resource["schema"] = schema
        if kind == "xlsx":
            resource |= {"path": f"{NAME}.xlsx", "format": "xlsx", "dialect": {"excel": {"sheet": name}}}
        else:
            resource["data"] = json.loads((place / "json" / f"{name}.json").read_text("utf-8")) or [
                [field["name"] for field in schema["fields"]]
            ]
    (place / f"{kind}.json").write_text(json.dumps(descriptor), "utf-8")
    package = frictionless.Package(str(place / f"{kind}.json"))
    report = package.validate()
    assert report.valid, report.flatten(["name", "message"])
    for name in TABLES:
        rows, same = ([row.to_dict() for row in some.get_resource(name).read_rows()] for some in (package, wanted))
        assert without_derived(rows, tree(HOME), name) == same


@pytest.mark.parametrize("name", TABLES)
def test_the_database_has_each_column_typed(name: str, inside: dict[str, bytes], made: dict[str, bytes]):
    with opened(made[f"{NAME}.sqlite"]) as connection:
        for field in json.loads(inside[f"data/{name}.schema.json"])["fields"]:
            kinds = {row[0] for row in connection.execute(f'SELECT DISTINCT typeof("{field["name"]}") FROM {name}')}
            assert kinds <= {{"number": "real", "integer": "integer"}.get(field["type"], "text"), "null"}


def test_database_is_intact_and_enforces_its_constraints(made: dict[str, bytes]):
    with opened(made[f"{NAME}.sqlite"]) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        assert [tuple(row) for row in connection.execute("PRAGMA integrity_check")] == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for wrong, said in (
            ("UPDATE facts SET speaker_id = 'nobody' WHERE position = 1", "FOREIGN KEY"),
            ("UPDATE facts SET kind = 'rumour' WHERE position = 1", "CHECK"),
            ("UPDATE facts SET statement_en = NULL WHERE position = 1", "NOT NULL"),
            ("INSERT INTO fact_caveats SELECT * FROM fact_caveats LIMIT 1", "UNIQUE"),
            ("UPDATE facts SET position = 0 WHERE position = 1", "CHECK"),
        ):
            with pytest.raises(sqlite3.IntegrityError, match=said):
                connection.execute(wrong)


def test_every_foreign_key_of_the_schemas_is_one_of_the_database(inside: dict[str, bytes], made: dict[str, bytes]):
    with opened(made[f"{NAME}.sqlite"]) as connection:
        for name in TABLES:
            keys = json.loads(inside[f"data/{name}.schema.json"]).get("foreignKeys", [])
            wanted = {(k["fields"][0], k["reference"]["resource"] or name, k["reference"]["fields"][0]) for k in keys}
            there = connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()
            assert {(key["from"], key["table"], key["to"]) for key in there} == wanted


def test_views_of_the_database_match_their_tables(made: dict[str, bytes], inside: dict[str, bytes]):
    facts = {row["fact_id"]: row for row in text_rows(inside["data/facts.csv"])}
    speakers = {row["speaker_id"]: row for row in text_rows(inside["data/speakers.csv"])}
    with opened(made[f"{NAME}.sqlite"]) as connection:
        views = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
        assert views == [*database.VIEWS, database.JOINED]
        told = connection.execute("SELECT * FROM facts_with_speakers").fetchall()
        assert [row["fact_id"] for row in told] == list(facts)
        assert all(row["speaker_zh"] == speakers[facts[row["fact_id"]]["speaker_id"]]["name_zh"] for row in told)
        for view, table in (
            ("facts_checked", "checks"), ("events_timeline", "events"), ("corrections_made", "corrections"),
            ("facts_with_caveats", "fact_caveats"),
        ):  # fmt: skip
            counts = [connection.execute(f"SELECT count(*) FROM {some}").fetchone()[0] for some in (view, table)]
            assert counts[0] == counts[1]
        compared = connection.execute("SELECT * FROM facts_checked WHERE evidence_value IS NOT NULL").fetchall()
        assert compared and all(row["source_title"] for row in compared)
        dates = [row["date"] for row in connection.execute("SELECT date FROM events_timeline")]
        assert dates == sorted(dates)
        assert connection.execute("SELECT text FROM about WHERE property = 'version'").fetchone()[0] == VERSION


def test_correction_is_joined_with_its_fact(inside: dict[str, bytes]):
    row = b"c-1,yunji-revenue-2018,value,1,2,error,Read wrongly.,\xe8\xaf\xbb\xe9\x94\x99,1.1.1\n"
    made = formats.files({**inside, "data/corrections.csv": inside["data/corrections.csv"] + row})
    with opened(made[f"{NAME}.sqlite"]) as connection:
        told = connection.execute("SELECT * FROM corrections_made WHERE correction_id = 'c-1'").fetchone()
        assert (told["old"], told["new"]) == ("1", "2")
        assert told["statement_en"] in inside["data/facts.csv"].decode()


def test_edition_without_evidence_lacks_the_views_of_it(inside: dict[str, bytes]):
    first = dict(inside)
    descriptor = json.loads(first["datapackage.json"])
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] not in ("evidence", "checks", "replies")]
    first["datapackage.json"] = json.dumps(descriptor | {"version": "1.0.0"}).encode()
    schema = json.loads(first["data/events.schema.json"])
    schema["fields"] = [field for field in schema["fields"] if field["name"] != "evidence_id"]
    schema["foreignKeys"] = [key for key in schema["foreignKeys"] if key["fields"] != ["evidence_id"]]
    first["data/events.schema.json"] = json.dumps(schema).encode()
    frame = pandas.read_csv(io.BytesIO(first["data/events.csv"]), dtype=str)
    first["data/events.csv"] = frame.drop(columns="evidence_id").to_csv(index=False).encode()
    with opened(formats.files(first)["china-social-commerce-facts-1.0.0.sqlite"]) as connection:
        views = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
        assert views == [view for view in database.VIEWS if view != "facts_checked"]  # nor the one that joins evidence
        assert len(connection.execute("SELECT * FROM events_timeline").fetchall()) == len(frame)


def test_database_does_not_name_the_version_of_its_library(made: dict[str, bytes]):
    assert made[f"{NAME}.sqlite"][:16] == b"SQLite format 3\0"
    assert made[f"{NAME}.sqlite"][96:100] == bytes(4)


@pytest.mark.parametrize("name", TABLES)
def test_parquet_has_each_column_typed(name: str, inside: dict[str, bytes], made: dict[str, bytes]):
    raw = io.BytesIO(made[f"parquet/{name}/{name}.parquet"])
    there, frame = parquet.read_schema(raw), pandas.read_parquet(raw)
    types = {"number": pyarrow.float64(), "integer": pyarrow.int64()}
    for field in json.loads(inside[f"data/{name}.schema.json"])["fields"]:
        column = there.field(field["name"])
        assert column.type == types.get(field["type"], pyarrow.string())
        assert column.nullable == (not field.get("constraints", {}).get("required"))
        assert pandas.api.types.is_numeric_dtype(frame[field["name"]]) == (field["type"] in types)
    assert parquet.read_metadata(raw).metadata[b"version"] == VERSION.encode()


@pytest.mark.parametrize("kind", ["parquet", "json"])
@pytest.mark.parametrize("name", FILLED)
def test_duckdb_reads_parquet_and_json_as_they_are(name: str, kind: str, inside: dict[str, bytes], place: Path):
    file = place / "parquet" / name / f"{name}.parquet" if kind == "parquet" else place / "json" / f"{name}.json"
    relation = duckdb.sql(f"SELECT * FROM '{file}'")
    rows = without_derived([dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()], inside, name)
    wanted = expected(inside, name)
    numbers = {key for row in wanted for key, value in row.items() if isinstance(value, float)}
    if kind == "json":  # DuckDB reads what looks like a date in JSON as one; the Parquet file says what is text
        rows = [{key: row[key] for key in numbers} for row in rows]
        wanted = [{key: row[key] for key in numbers} for row in wanted]
    assert rows == wanted


@pytest.mark.parametrize("name", TABLES)
def test_json_has_a_row_a_line(name: str, inside: dict[str, bytes], made: dict[str, bytes]):
    text = made[f"json/{name}.json"].decode()
    assert text.startswith("[\n") and text.endswith("\n]\n")
    assert text.count("\n") == max(len(expected(inside, name)), 1) + 2


def test_whole_numbers_have_no_decimal_point_in_json(made: dict[str, bytes]):
    assert '"position": 1,' in made["json/facts.json"].decode()
    assert ".0," not in made["json/facts.json"].decode()


def test_hostile_strings_stay_text_everywhere():
    inside = odd()
    made, wanted = formats.files(inside), expected(inside, "odd")
    assert [row["text"] for row in wanted] == HOSTILE
    _, *rows = workbook(made["odd-0.1.0.xlsx"])["odd"].iter_rows()
    for row in rows:
        assert (row[1].data_type, row[1].number_format, row[1].hyperlink) == ("s", "@", None)
        assert row[2].data_type == "n" and row[2].number_format != "@"
    for kind, read in READERS.items():
        assert read(made, "odd") == wanted, kind


def test_creation_time_is_in_utc():
    made = formats.files(odd())
    assert workbook(made["odd-0.1.0.xlsx"]).properties.created.isoformat() == "2022-03-10T00:00:00"


@pytest.mark.parametrize("number", ["0.12345678901234567", "12345678901234567", "nan", "inf"])
def test_number_that_would_lose_digits_is_refused(number: str):
    inside = odd()
    with pytest.raises(ValueError, match="digits"):
        formats.files({**inside, "data/odd.csv": inside["data/odd.csv"].replace(b"-1.5", number.encode())})


def test_cell_too_long_for_a_sheet_is_refused():
    inside = odd()
    with pytest.raises(ValueError, match="sheet odd, row 2"):
        formats.files({**inside, "data/odd.csv": inside["data/odd.csv"].replace(b"=1+1", b"x" * 33_000)})


def test_parquet_files_stay_small(made: dict[str, bytes]):
    assert sum(len(made[f"parquet/{name}/{name}.parquet"]) for name in TABLES) < 145_000


@pytest.mark.parametrize("table", ["facts", "evidence", "events"])
def test_each_time_is_followed_by_its_first_and_last_day_and_its_precision(table: str, made: dict[str, bytes]):
    column = "date" if table == "events" else "period"
    frame = pandas.read_parquet(io.BytesIO(made[f"parquet/{table}/{table}.parquet"]))
    assert list(frame)[(place := list(frame).index(column)) + 1 : place + 4] == [
        f"{column}_{part}" for part in ("start", "end", "precision")
    ]
    said = {row[column]: (row[f"{column}_start"], row[f"{column}_end"], row[f"{column}_precision"])
            for row in frame.to_dict("records") if isinstance(row[column], str)}  # fmt: skip
    for text, (first, last, precision) in said.items():
        period = periods.read(text)
        assert (first, precision) == (period.first, period.precision), text
        assert last == period.last if period.last else last is None or pandas.isna(last), text
    assert said


def test_the_flat_table_has_one_row_a_fact_in_every_format(real: Content, made: dict[str, bytes]):
    facts, data = real.dataset.facts, real.dataset
    rows = json.loads(made["json/facts_flat.json"])
    assert [row["fact_id"] for row in rows] == list(facts)
    for row in rows:
        fact = facts[row["fact_id"]]
        assert row["verdict"] == verdicts.overall(data, fact.fact_id)
        assert row["entities_zh"] == ("; ".join(entity.name["zh"] for entity in data.entities_of(fact)) or None)
        assert row["speaker_en"] == data.speakers[fact.speaker_id].name["en"]
        others = [data.sources[data.evidence[check.evidence_id].source_id].publisher["zh"]
                  for check in data.checks_of(fact.fact_id) if check.evidence_id]  # fmt: skip
        assert row["other_sources_zh"] == ("; ".join(dict.fromkeys(others)) or None)
    assert [row["fact_id"] for row in text_rows(made["csv/facts_flat.csv"])] == list(facts)
    assert workbook(made[f"{NAME}.xlsx"])["facts_flat"].max_row == len(facts) + 1
    assert parquet.read_metadata(io.BytesIO(made["parquet/facts_flat/facts_flat.parquet"])).num_rows == len(facts)
    with opened(made[f"{NAME}.sqlite"]) as connection:
        assert connection.execute("SELECT count(*) FROM facts_flat").fetchone()[0] == len(facts)


def test_joined_view_has_unique_column_names(made: dict[str, bytes]):
    with opened(made[f"{NAME}.sqlite"]) as connection:
        columns = [row[0] for row in connection.execute("SELECT * FROM facts_checks_evidence").description]
        assert len(columns) == len(set(columns))
        assert {name.split("_")[0] for name in columns} == {"fact", "check", "evidence", "source"}
        (told,) = connection.execute("SELECT count(*) FROM facts_checks_evidence").fetchone()
        assert told == connection.execute("SELECT count(*) FROM checks").fetchone()[0]


def test_the_words_for_values_are_there_in_every_language(made: dict[str, bytes]):
    with opened(made[f"{NAME}.sqlite"]) as connection:
        (name_en, name_zh, meaning) = connection.execute(
            "SELECT name_en, name_zh, meaning_en FROM words WHERE \"table\" = 'checks' AND field = 'verdict' AND value = 'differs'"
        ).fetchone()
        assert (name_en, name_zh) == ("differs", "有出入") and meaning
        without = connection.execute("SELECT DISTINCT verdict FROM facts EXCEPT SELECT value FROM words").fetchall()
        assert without == []


def test_column_profile_has_filled_and_distinct_counts_and_the_range(inside: dict[str, bytes]):
    (facts,) = [table for table in tables.read(inside).tables if table.name == "facts"]
    found, rows = tables.profiles(facts), text_rows(inside["data/facts.csv"])
    assert (found["fact_id"].filled, found["fact_id"].distinct, found["fact_id"].least) == (len(rows), len(rows), "")
    assert found["value"].filled == sum(1 for row in rows if row["value"])
    assert (found["position"].least, found["position"].greatest) == ("1", str(len(rows)))
    assert found["period"].least == min(row["period"] for row in rows if row["period"])
