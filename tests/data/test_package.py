import hashlib
import json

import pytest

from scripts.data import package, validated
from scripts.pages.content import Content
from scripts.paths import Project
from scripts.reading import addresses
from tests.conftest import SMALL, damage

DESCRIPTOR = "datapackage/datapackage.json"
CAVEATS = "datapackage/data/caveats.csv"
SCHEMA = "datapackage/data/caveats.schema.json"


def problems(project: Project) -> list[str]:
    return [str(problem) for problem in package.read(project)[1]]


def test_every_table_of_the_descriptor_is_read_as_text_in_its_order(small: Content):
    read = small.dataset.package
    names = [resource["name"] for resource in json.loads(SMALL.descriptor.read_text("utf-8"))["resources"]]
    assert list(read.tables) == names
    assert read.whole
    facts = read.tables["facts"]
    assert facts.path == "datapackage/data/facts.csv"
    assert facts.frame["value"].tolist() == ["1520000000", "400000000", "90", "", ""]
    assert [field["name"] for field in facts.schema["fields"]] == facts.frame.columns.tolist()


def test_unreadable_table_is_left_out(copy: Project):
    damage(copy, CAVEATS, None)
    read, found = package.read(copy)
    assert "caveats" not in read.tables
    assert not read.whole
    assert [str(problem) for problem in found] == [f"{CAVEATS}:1: file is missing"]


def test_a_table_may_be_empty_only_where_its_resource_says_so(copy: Project):
    damage(copy, DESCRIPTOR, (',\n      "mayBeEmpty": true', ""))
    assert problems(copy) == ["datapackage/data/replies.csv:1: no rows; the table must not be empty"]


def test_unreadable_descriptor_gives_no_tables(copy: Project):
    damage(copy, DESCRIPTOR, b"[")
    read, found = package.read(copy)
    assert (read.descriptor, read.tables, read.whole) == ({}, {}, False)
    assert [str(problem) for problem in found] == [f"{DESCRIPTOR}:1: not JSON: Expecting value"]


@pytest.mark.parametrize(("file", "change", "problem"), [
    (SCHEMA, ('      "name": "caveat_id",\n', ""), "4: fields[0]: 'name' is a required property"),
    (SCHEMA, ('"type": "string"', '"type": "text"'), "4: fields[0]: does not match its schema"),
    (SCHEMA, ('"primaryKey": "caveat_id"', '"primaryKey": 5'), "43: primaryKey: 5 is not valid under any of the given schemas"),
    (DESCRIPTOR, ('"path": "data/caveats.csv"', '"path": "../caveats.csv"'),
     "118: resources[6].path: '../caveats.csv' is not valid under any of the given schemas"),
    (DESCRIPTOR, ('"title": "Low Tide contributors"', '"path": "https://example.org"'), "25: contributors[0]: 'title' is a required property"),
    (DESCRIPTOR, ('"title_zh": "小项目"', '"title_fr": "Petit"'), "1: 'title_zh' is a required property"),
    (DESCRIPTOR, ('"description": "A made-up', '"lead": "A made-up'), "1: 'description' is a required property"),
    (DESCRIPTOR, ('"description_zh": "标准提醒，每条一句。"', '"note": "标准提醒"'), "116: resources[6]: 'description_zh' is a required property"),
])  # fmt: skip
def test_descriptor_or_schema_that_violates_its_profile_is_reported_with_its_line(
    copy: Project, file: str, change: tuple[str, str], problem: str
):
    damage(copy, file, change)
    assert problems(copy) == [f"{file}:{problem}"]


LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    ("old", "new", "place", "address"),
    [
        (LICENCE, "{}", "20: licenses[0].path", "javascript:alert(1)"),
        (LICENCE, "{}", "20: licenses[0].path", "LICENSE"),
        ('"roles": [', '"path": "{}",\n      "roles": [', "27: contributors[0].path", "vbscript:x"),
        ('"title": "A made-up report"', '"title": "x", "path": "{}"', "34: sources[0].path", "ftp://example.org/"),
        ('"version":', '"homepage": "{}",\n  "version":', "8: homepage", "http://127.0.0.1:22/"),
        ('"data/sources.csv",', '"data/sources.csv",\n      "sources": [{{"path": "{}"}}],', "41: resources[0].sources[0].path", "data:x"),
    ],
)  # fmt: skip
def test_unusable_address_in_the_descriptor_is_reported_with_its_line(
    copy: Project, old: str, new: str, place: str, address: str
):
    damage(copy, DESCRIPTOR, (old, new.format(address)))
    fault = addresses.fault(address)
    assert fault
    assert f"{DESCRIPTOR}:{place}: {address!r} {fault}" in problems(copy)


@pytest.mark.parametrize(
    ("content", "problem"), [(b"[]", "is not of type "), (b"\xff", "not UTF-8; save the file as UTF-8")]
)
@pytest.mark.parametrize("file", [SCHEMA, DESCRIPTOR])
def test_json_file_without_an_object_is_reported(copy: Project, file: str, content: bytes, problem: str):
    damage(copy, file, content)
    assert [one.startswith(f"{file}:1: {problem}") for one in problems(copy)] == [True]


@pytest.mark.parametrize("change", [
    ("", "\n\n"), ("stall-viewers,3", "stall-viewers,"), ("stall-viewers,3", "stall-viewers,0"),
    ("stall-viewers,3", "shop-revenue-2020,3"), ("stall-viewers,", ","), ("about,", "roughly,"),
    (",3,stall", ",1.0,stall"), ("CNY,15.2", "yuan,15.2"),
])  # fmt: skip
def test_fault_beyond_the_first_rows_is_reported_as_in_a_short_table(
    copy: Project, change: tuple[str, str], monkeypatch
):
    damage(copy, "datapackage/data/facts.csv", change)
    told = problems(copy)
    monkeypatch.setattr(validated, "FIRST_ROWS", 1)
    assert told
    assert problems(copy) == told


def test_frictionless_reads_only_the_first_rows_of_clean_tables(small: Content, monkeypatch: pytest.MonkeyPatch):
    asked = []
    monkeypatch.setattr(validated, "FIRST_ROWS", 1)
    monkeypatch.setattr(
        validated, "_validated", lambda *some: asked.append(some[-1]) or [(1, "", "reached row limit: 1")]
    )
    package._frictionless(SMALL.descriptor.parent, small.dataset.package, set())
    assert {*asked} == {1, None}
    assert asked.count(None) == sum(len(table.frame) <= 1 for table in small.dataset.package.tables.values())


def test_fault_of_a_complete_table_found_by_frictionless_is_reported(copy: Project):
    wanted, actual = "0" * 32, hashlib.md5((copy.root / CAVEATS).read_bytes()).hexdigest()
    damage(copy, DESCRIPTOR, ('"path": "data/caveats.csv",', f'"path": "data/caveats.csv", "hash": "md5:{wanted}",'))
    assert problems(copy) == [
        f"{CAVEATS}:1: The data source does not match the expected hash count: "
        f'expected is "{wanted}" and actual is "{actual}"'
    ]
