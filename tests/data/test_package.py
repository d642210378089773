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


def test_a_table_that_cannot_be_read_is_left_out(copy: Project):
    damage(copy, CAVEATS, None)
    read, found = package.read(copy)
    assert "caveats" not in read.tables
    assert not read.whole
    assert [str(problem) for problem in found] == [f"{CAVEATS}:1: file is missing"]


def test_a_table_may_be_empty_only_where_its_resource_says_so(copy: Project):
    damage(copy, DESCRIPTOR, (',\n      "mayBeEmpty": true', ""))
    assert problems(copy) == ["datapackage/data/replies.csv:1: no rows; the table must not be empty"]


def test_a_descriptor_that_cannot_be_read_gives_no_tables(copy: Project):
    damage(copy, DESCRIPTOR, b"[")
    read, found = package.read(copy)
    assert (read.descriptor, read.tables, read.whole) == ({}, {}, False)
    assert [str(problem) for problem in found] == [f"{DESCRIPTOR}:1: not JSON: Expecting value"]


@pytest.mark.parametrize(
    ("file", "change", "problem"),
    [
        (SCHEMA, ('      "name": "caveat_id",\n', ""), f"{SCHEMA}:4: fields[0]: 'name' is a required property"),
        (SCHEMA, ('"type": "string"', '"type": "text"'), f"{SCHEMA}:4: fields[0]: does not fit what is expected here"),
        (SCHEMA, ('"primaryKey": "caveat_id"', '"primaryKey": 5'), f"{SCHEMA}:43: primaryKey: 5 is not valid under any of the given schemas"),
        (DESCRIPTOR, ('"path": "data/caveats.csv"', '"path": "../caveats.csv"'),
         f"{DESCRIPTOR}:118: resources[6].path: '../caveats.csv' is not valid under any of the given schemas"),
        (DESCRIPTOR, ('"title": "Low Tide contributors"', '"path": "https://example.org"'), f"{DESCRIPTOR}:25: contributors[0]: 'title' is a required property"),
    ],
)  # fmt: skip
def test_the_published_profiles_are_held_without_a_copy_of_the_object(
    copy: Project, file: str, change: tuple[str, str], problem: str
):
    damage(copy, file, change)
    assert problems(copy) == [problem]


@pytest.mark.parametrize(("change", "problem"), [
    (('"title_zh": "小项目"', '"title_fr": "Petit"'), "1: 'title_zh' is a required property"),
    (('"title_zh": "小项目"', '"title_zh": 7'), "5: title_zh: 7 is not of type 'string'"),
    (('"description": "A made-up', '"lead": "A made-up'), "1: 'description' is a required property"),
    (('"description_zh": "标准提醒，每条一句。"', '"note": "标准提醒"'), "116: resources[6]: 'description_zh' is a required property"),
])  # fmt: skip
def test_what_pages_show_of_the_descriptor_must_be_there(copy: Project, change: tuple[str, str], problem: str):
    damage(copy, DESCRIPTOR, change)
    assert problems(copy) == [f"{DESCRIPTOR}:{problem}"]


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
def test_an_address_that_readers_cannot_follow_is_told_with_its_line(
    copy: Project, old: str, new: str, place: str, address: str
):
    damage(copy, DESCRIPTOR, (old, new.format(address)))
    fault = addresses.fault(address)
    assert fault
    assert f"{DESCRIPTOR}:{place}: {address!r} {fault}" in problems(copy)


def test_two_resources_with_one_file_are_told(copy: Project):
    damage(copy, DESCRIPTOR, ('"data/caveats.csv"', '"data/facts.csv"'))
    assert problems(copy) == [
        f"{DESCRIPTOR}:118: resource caveats: path is 'data/facts.csv'; expected 'data/caveats.csv'"
    ]


@pytest.mark.parametrize(
    ("content", "problem"), [(b"[]", "is not of type "), (b"\xff", "not UTF-8; save the file as UTF-8")]
)
@pytest.mark.parametrize("file", [SCHEMA, DESCRIPTOR])
def test_a_json_file_that_holds_no_object_is_reported(copy: Project, file: str, content: bytes, problem: str):
    damage(copy, file, content)
    assert [one.startswith(f"{file}:1: {problem}") for one in problems(copy)] == [True]


def test_a_cell_is_not_reported_twice_by_two_tools(copy: Project):
    damage(copy, "datapackage/data/facts.csv", (",1520000000,", ",1.2万亿,"))
    assert problems(copy) == [
        "datapackage/data/facts.csv:2: value: '1.2万亿' is not a plain number; write base units in the digits 0-9, such as 1200000"
    ]


def test_faults_of_many_tables_come_together(copy: Project):
    damage(copy, CAVEATS, ("One voice only.", ""))
    damage(copy, "datapackage/data/events.csv", ("stall,stall-closed", "shop,stall-shut"))
    damage(copy, "datapackage/data/entities.csv", ("pinyin", "guess"))
    assert sorted(problems(copy)) == [
        f'{CAVEATS}:2: sentence_en: constraint "required" is "True"',
        "datapackage/data/entities.csv:3: name_basis: 'guess': constraint \"enum\" is \"['official', 'pinyin', 'translation']\"",
        "datapackage/data/events.csv:2: fact_id: 'stall-shut' is not in table facts (did you mean stall-closed?)",
    ]


@pytest.mark.parametrize("change", [
    ("", "\n\n"), ("stall-viewers,3", "stall-viewers,"), ("stall-viewers,3", "stall-viewers,0"),
    ("stall-viewers,3", "shop-revenue-2020,3"), ("stall-viewers,", ","), ("about,", "roughly,"),
    (",3,stall", ",1.0,stall"), ("CNY,15.2", "yuan,15.2"),
])  # fmt: skip
def test_a_fault_far_down_a_long_table_is_told_as_in_a_short_one(copy: Project, change: tuple[str, str], monkeypatch):
    damage(copy, "datapackage/data/facts.csv", change)
    told = problems(copy)
    monkeypatch.setattr(validated, "FIRST_ROWS", 1)
    assert told
    assert problems(copy) == told


def test_of_tables_without_faults_frictionless_reads_the_first_rows(small: Content, monkeypatch: pytest.MonkeyPatch):
    asked = []
    monkeypatch.setattr(validated, "FIRST_ROWS", 1)
    monkeypatch.setattr(
        validated, "_validated", lambda *some: asked.append(some[-1]) or [(1, "", "reached row limit: 1")]
    )
    package._frictionless(SMALL.descriptor.parent, small.dataset.package, set())
    assert {*asked} == {1, None}
    assert asked.count(None) == sum(len(table.frame) <= 1 for table in small.dataset.package.tables.values())


def test_what_frictionless_says_of_a_whole_table_is_passed_on(copy: Project):
    wanted, actual = "0" * 32, hashlib.md5((copy.root / CAVEATS).read_bytes()).hexdigest()
    damage(copy, DESCRIPTOR, ('"path": "data/caveats.csv",', f'"path": "data/caveats.csv", "hash": "md5:{wanted}",'))
    assert problems(copy) == [
        f"{CAVEATS}:1: The data source does not match the expected hash count: "
        f'expected is "{wanted}" and actual is "{actual}"'
    ]
