import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from scripts import blocks, charts, schemas
from scripts.paths import THIS
from tests.conftest import copied, damage, problems

DESCRIPTOR = "datapackage/datapackage.json:1: "


def said(content: blocks.Content, table: str = "", change: Callable[[Any], object] | None = None) -> list[str]:
    """What is said once the schema of a table is changed; the descriptor without one."""
    package = copy.deepcopy(content.dataset.package)
    if change and table:
        change(package.tables[table].schema)
    elif change:
        change(package.descriptor)
    codes = [language.code for language in content.languages]
    return [str(problem) for problem in schemas.check(package, content.languages[0].words, codes)]


def field(schema: dict[str, Any], name: str) -> dict[str, Any]:
    return next(field for field in schema["fields"] if field["name"] == name)


def test_both_projects_have_what_the_build_needs(small: blocks.Content, real: blocks.Content):
    assert said(small) == said(real) == []


@pytest.mark.parametrize(
    ("table", "change", "fault"),
    [
        ("facts", lambda s: s.pop("primaryKey"), "primaryKey: none; the first column is due, or all of a table of links"),
        ("facts", lambda s: s.update(primaryKey="position"), "primaryKey: position; the first column is due, or all of a "
                                                             "table of links"),
        ("fact_entities", lambda s: s.update(primaryKey=["fact_id"]), "field fact_id: not unique, but the key"),
        ("facts", lambda s: field(s, "fact_id")["constraints"].pop("unique"), "field fact_id: not unique, but the key"),
        ("facts", lambda s: field(s, "fact_id")["constraints"].pop("required"), "field fact_id: not required, but part of "
                                                                                "the key"),
        ("facts", lambda s: field(s, "entity_id").pop("constraints"), f"field entity_id: pattern is not {schemas.ID}, the "
                                                                      "form of every id"),
        ("facts", lambda s: s.update(missingValues=["", "NA"]), "missingValues: an empty cell alone is a missing value"),
        ("facts", lambda s: s.pop("foreignKeys"), "field speaker_id: no foreign key to speakers.speaker_id"),
        ("entities", lambda s: s["foreignKeys"].pop(0), "field parent_id: no foreign key to entities.entity_id"),
        ("entities", lambda s: s["foreignKeys"].pop(), "field listing_source_id: no foreign key to sources.source_id"),
        ("facts", lambda s: field(s, "value").update(type="string"), "field value: type is 'string', not 'number'"),
        ("facts", lambda s: field(s, "position").update(type="number"), "field position: type is 'number', not 'integer'"),
        ("facts", lambda s: field(s, "period").update(type="year"), "field period: type is 'year', not 'string'"),
        ("sources", lambda s: field(s, "url").pop("format"), "field url: format is not 'uri'"),
        ("facts", lambda s: field(s, "statement_zh").pop("constraints"), "field statement_zh: not required; a text is "
                                                                         "there in every language"),
        ("facts", lambda s: field(s, "kind")["constraints"].pop("required"), "field kind: not required, but a closed list"),
        ("evidence", lambda s: field(s, "derivation")["constraints"]["enum"].append("guessed"), "field derivation: enum is "
         "not the list of words of derivations, derived, inferred, reported"),
        ("evidence", lambda s: field(s, "derivation")["constraints"]["enum"].remove("inferred"), "field derivation: enum "
         "is not the list of words of derivations, derived, inferred, reported"),
    ],
)  # fmt: skip
def test_a_schema_that_asks_for_less_is_reported(
    small: blocks.Content, table: str, change: Callable[[Any], object], fault: str
):
    assert f"datapackage/data/{table}.schema.json:1: {fault}" in said(small, table, change)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda d: d.update(version="1.0"), "version: '1.0' is not of the form 1.2.3"),
        (lambda d: d["languages"].remove("zh"), "languages: ['en']; docs has en, zh"),
        (lambda d: d.update(languages=7), "languages: 7; docs has en, zh"),
        (lambda d: d["licenses"][0].pop("path"), "licenses: no path to a licence"),
        (lambda d: d["sources"][0].update(path="https://example.org/"), "sources: https://example.org/ is not "
         "https://example.org/report, the address of the first source"),
        (lambda d: d.pop("keywords"), "no keywords"),
        (lambda d: d.update({"$schema": "x"}), "$schema: x is not https://datapackage.org/profiles/2.0/datapackage.json"),
        (lambda d: d["resources"][0].update(encoding="gbk"), "resource sources: encoding is 'gbk', not 'utf-8'"),
        (lambda d: d["resources"][0].pop("type"), "resource sources: type is None, not 'table'"),
        (lambda d: d["resources"][0].update(dialect={"delimiter": ";"}), "resource sources: has a dialect; tables are plain "
                                                                         "CSV"),
        (lambda d: d["resources"][0].update(path="data/facts.csv"), "resource sources: path is 'data/facts.csv', not "
                                                                    "'data/sources.csv'"),
    ],
)  # fmt: skip
def test_a_descriptor_that_says_less_is_reported(small: blocks.Content, change: Callable[[Any], object], fault: str):
    assert said(small, "", change) == [DESCRIPTOR + fault]


def test_a_wrong_version_is_said_though_a_frozen_edition_has_another(tmp_path):
    project = copied(THIS, tmp_path / "real")
    damage(project, "datapackage/datapackage.json", ('"version": "', '"version": "x'))
    said = problems(project, charts.modules())
    assert any(one.startswith(f"{DESCRIPTOR}version: 'x") for one in said)


def test_every_closed_list_that_pages_name_is_held_to_its_words(real: blocks.Content):
    enums = {
        (name, field["name"])
        for name, table in real.dataset.package.tables.items()
        for field in table.schema["fields"]
        if "enum" in field.get("constraints", {})
    }
    plain = {("sources", "kind"), ("sources", "language"), ("sources", "rights"), ("withdrawals", "kind")}
    assert enums - set(schemas.CLOSED) == plain  # pages do not name their members
    assert set(schemas.CLOSED) <= enums


def test_a_package_without_a_key_of_another_table_is_reported_there(small: blocks.Content):
    package = small.dataset.package
    tables = {name: table for name, table in package.tables.items() if name != "speakers"}
    found = schemas.check(replace(package, tables=tables), small.languages[0].words, ["en", "zh"])
    assert "field speaker_id: no foreign key to facts.fact_id" in {problem.text for problem in found}
