import copy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from scripts.data import shapes
from scripts.drawing import listing
from scripts.pages.content import Content
from scripts.paths import THIS, Project
from scripts.reading import documents, fitting
from scripts.rules import schemas
from scripts.words import lists
from tests.conftest import copied, damage, problems, rows_of, write_rows

DESCRIPTOR = "datapackage/datapackage.json"


def said(content: Content, table: str = "", change: Callable[[Any], object] | None = None) -> list[str]:
    """Problems once the schema of a table is changed, or the descriptor if no table is given."""
    package = copy.deepcopy(content.dataset.package)
    if change and table:
        change(package.tables[table].schema)
    elif change:
        change(package.descriptor)
    codes = [language.code for language in content.languages]
    return [str(problem) for problem in schemas.check(package, content.languages[0].words, codes)]


def field(schema: dict[str, Any], name: str) -> dict[str, Any]:
    return next(field for field in schema["fields"] if field["name"] == name)


@pytest.mark.parametrize(
    ("table", "change", "fault"),
    [
        ("facts", lambda s: s.pop("primaryKey"), "primaryKey: none; expected the first column, or all of a table of links"),
        ("facts", lambda s: s.update(primaryKey="position"), "primaryKey: position; expected the first column, or all of "
                                                             "a table of links"),
        ("fact_entities", lambda s: s.update(primaryKey=["fact_id"]), "field fact_id: not unique, but the key"),
        ("facts", lambda s: field(s, "fact_id")["constraints"].pop("unique"), "field fact_id: not unique, but the key"),
        ("facts", lambda s: field(s, "fact_id")["constraints"].pop("required"), "field fact_id: not required, but part of "
                                                                                "the key"),
        ("facts", lambda s: field(s, "entity_id").pop("constraints"), f"field entity_id: pattern is not {schemas.ID}, the "
                                                                      "form of every id"),
        ("facts", lambda s: s.update(missingValues=["", "NA"]), "missingValues: only an empty cell is a missing value"),
        ("facts", lambda s: s.pop("foreignKeys"), "field speaker_id: no foreign key to speakers.speaker_id"),
        ("entities", lambda s: s["foreignKeys"].pop(0), "field parent_id: no foreign key to entities.entity_id"),
        ("entities", lambda s: s["foreignKeys"].pop(), "field listing_source_id: no foreign key to sources.source_id"),
        ("facts", lambda s: field(s, "value").update(type="string"), "field value: type is 'string'; expected 'number'"),
        ("facts", lambda s: field(s, "position").update(type="number"), "field position: type is 'number'; expected 'integer'"),
        ("facts", lambda s: field(s, "period").update(type="year"), "field period: type is 'year'; expected 'string'"),
        ("sources", lambda s: field(s, "url").pop("format"), "field url: format is not 'uri'"),
        ("facts", lambda s: field(s, "statement_zh").pop("constraints"), "field statement_zh: not required; "
                                                                         "every language must have its text"),
        ("facts", lambda s: field(s, "kind")["constraints"].pop("required"), "field kind: not required, but a closed list"),
        ("evidence", lambda s: field(s, "derivation")["constraints"]["enum"].append("guessed"), "field derivation: enum is "
         "not the list of words of derivations, derived, inferred, reported"),
        ("evidence", lambda s: field(s, "derivation")["constraints"]["enum"].remove("inferred"), "field derivation: enum "
         "is not the list of words of derivations, derived, inferred, reported"),
    ],
)  # fmt: skip
def test_weaker_schema_is_reported_with_its_line(
    small: Content, table: str, change: Callable[[Any], object], fault: str
):
    described = small.dataset.package.tables[table].described
    name = fault.removeprefix("field ").partition(":")[0]
    steps = [("fields", place) for place, one in enumerate(described.value["fields"]) if one["name"] == name]
    line = described.line(*steps[0]) if steps else described.line(name) if name == "primaryKey" else 1
    assert f"datapackage/data/{table}.schema.json:{line}: {fault}" in said(small, table, change)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda d: d["languages"].remove("zh"), ":13: languages: ['en']; docs has en, zh"),
        (lambda d: d["sources"][0].update(path="https://example.org/"), ":32: sources: https://example.org/ lacks "
         "https://example.org/report, the address of report, which facts are taken from"),
    ],
)  # fmt: skip
def test_descriptor_that_contradicts_pages_or_tables_is_reported(
    small: Content, change: Callable[[Any], object], fault: str
):
    assert said(small, "", change) == [DESCRIPTOR + fault]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda d: d.update(version="1.0"), "version: '1.0' is not of the form 1.2.3"),
        (lambda d: d.update(version=-1), "version: -1 is not of the form 1.2.3"),
        (lambda d: d.update(languages=7), "languages: 7 is not of type 'array'"),
        (lambda d: d.update(name="../../x"), "name: '../../x' is not a file name; use at most 100 of a-z and 0-9, joined by -"),
        (lambda d: d["licenses"][0].pop("path"), "licenses[0]: 'path' is a required property"),
        (lambda d: d.pop("keywords"), "'keywords' is a required property"),
        (lambda d: d.update({"$schema": "x"}), "$schema: 'https://datapackage.org/profiles/2.0/datapackage.json' was expected"),
        (lambda d: d["resources"][0].update(encoding="gbk"), "resources[0].encoding: 'utf-8' was expected"),
        (lambda d: d["resources"][0].pop("type"), "resources[0]: 'type' is a required property"),
        (lambda d: d["resources"][0].update(dialect={"delimiter": ";"}), "resources[0].dialect: is not allowed; tables are plain CSV"),
    ],
)  # fmt: skip
def test_descriptor_that_the_build_cannot_use_is_reported(small: Content, change: Callable[[Any], object], fault: str):
    descriptor = copy.deepcopy(small.dataset.package.descriptor)
    change(descriptor)
    found = fitting.misfits(documents.parse_json(json.dumps(descriptor), "d"), shapes.descriptor(("en", "zh")))
    assert [problem.text for problem in found] == [fault]


@pytest.mark.parametrize(("change", "fault"), [
    (lambda s: s["fields"][0].update(type="year"), "fields[0].type: 'year' is not one of ['string', 'number', 'integer']"),
    (lambda s: s["fields"][0].update(name="a b"), "fields[0].name: 'a b' does not match '^[a-z][a-z0-9_]*$'"),
    (lambda s: s["foreignKeys"][0].update(fields=["entity_id", "metric_id"]), "foreignKeys[0].fields: does not match its schema"),
])  # fmt: skip
def test_schema_that_the_build_cannot_use_is_reported(small: Content, change: Callable[[Any], object], fault: str):
    schema = copy.deepcopy(small.dataset.package.tables["facts"].schema)
    change(schema)
    found = fitting.misfits(documents.parse_json(json.dumps(schema), "s"), shapes.schema(("en", "zh")))
    assert [problem.text for problem in found] == [fault]


def test_malformed_version_is_reported_even_where_an_edition_has_another(tmp_path):
    project = copied(THIS, tmp_path / "real")
    damage(project, "datapackage/datapackage.json", ('"version": "', '"version": "x'))
    said = problems(project, listing.modules())
    assert any(one.startswith(f"{DESCRIPTOR}:10: version: 'x") for one in said)


def test_every_closed_list_shown_on_pages_has_its_words(real: Content):
    enums = {
        (name, field["name"])
        for name, table in real.dataset.package.tables.items()
        for field in table.schema["fields"]
        if "enum" in field.get("constraints", {})
    }
    plain = {("sources", "kind"), ("sources", "language"), ("sources", "rights"), ("withdrawals", "kind")}
    assert enums - set(lists.CLOSED) == plain  # pages do not name their members
    assert set(lists.CLOSED) <= enums


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("events", ["date"]), ("facts", ["period"]), ("sources", ["accessed"]), ("corrections", ["old"]),
        ("facts", ["statement_en", "statement_zh"]), ("metrics", ["definition_en", "definition_zh"]),
        ("sources", ["publisher_zh", "publisher"]),
    ],
)  # fmt: skip
def test_column_missing_from_a_table_and_its_schema_is_reported(copy: Project, table: str, columns: list[str]):
    path = copy.descriptor.parent / "data" / f"{table}.schema.json"
    schema = json.loads(path.read_text("utf-8"))
    schema["fields"] = [one for one in schema["fields"] if one["name"] not in columns]
    path.write_text(json.dumps(schema, indent=2), "utf-8")
    rows = rows_of(copy, table)
    write_rows(copy, table, [{name: cell for name, cell in row.items() if name not in columns} for row in rows])
    line = path.read_text("utf-8").splitlines().index('  "fields": [') + 1
    wanted = [column if column != "publisher" else "publisher_en" for column in columns]
    for column in wanted:
        fault = f"field {column} is missing; add it here and to the table"
        assert f"datapackage/data/{table}.schema.json:{line}: {fault}" in problems(copy)


def test_missing_foreign_key_target_is_reported(small: Content):
    package = small.dataset.package
    tables = {name: table for name, table in package.tables.items() if name != "speakers"}
    found = schemas.check(replace(package, tables=tables), small.languages[0].words, ["en", "zh"])
    assert "field speaker_id: no foreign key to facts.fact_id" in {problem.text for problem in found}
