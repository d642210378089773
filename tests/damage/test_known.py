"""Damages that an early version missed or crashed on: `check` reports each with its file and line."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.paths import THIS, Project
from tests.conftest import SMALL, copied, damage, problems, tree
from tests.test_publishing import commit, prepared

DESCRIPTOR, SCHEMA, SETTINGS = "datapackage/datapackage.json", "datapackage/data/caveats.schema.json", "mkdocs.yml"
CAVEATS, FACTS, SOURCES = (f"datapackage/data/{name}.csv" for name in ("caveats", "facts", "sources"))
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CREATOR = '{\n      "title": "Low Tide contributors",\n      "roles": [\n        "creator"\n      ]\n    }'
BUILDS = [  # what `check` let pass and a build fell over
    (DESCRIPTOR, ('      "name": "CC-BY-4.0",\n', ""), "18: licenses[0]: 'name' is a required property"),
    (DESCRIPTOR, ('"title": "Creative', '"titel": "Creative'), "18: licenses[0]: 'title' is a required property"),
    (DESCRIPTOR, ("2022-03-10T00:00:00Z", "2022-03-10t00:00:00z"), "9: created: '2022-03-10t00:00:00z' is not of the form"),
    (DESCRIPTOR, ("2022-03-10T00:00:00Z", "2022-03-10T24:00:00Z"), "9: created: '2022-03-10T24:00:00Z': hour must be in"),
    (DESCRIPTOR, ("2022-03-10T00:00:00Z", "9999-12-31T23:59:59Z"), "9: created: '9999-12-31T23:59:59Z' is not of the form"),
    (DESCRIPTOR, ('"title_zh": "小项目"', '"title_zh": 7'), "5: title_zh: 7 is not of type 'string'"),
    (DESCRIPTOR, ('"title_zh": "小项目"', '"title_zh": ["x"]'), "5: title_zh: is not of type 'string'"),
    (SETTINGS, None, "1: file is missing"),
    (SETTINGS, b"site_name: Low Tide\ntheme:\n  na", "1: 'extra' is a required property"),
    (SETTINGS, ("site_name: Low Tide", "site_name: ~"), "2: site_name: None is not of type 'string'"),
]  # fmt: skip
CHECKS = [  # what `check` itself fell over
    (DESCRIPTOR, (CREATOR, '"Ann"'), "25: contributors[0]: 'Ann' is not of type 'object'"),
    (DESCRIPTOR, ('"name": "sources"', '"name": ""'), "39: resources[0].name: '' does not match"),
    (DESCRIPTOR, ('"data/caveats.schema.json"', '"/etc/passwd"'), "127: resources[6].schema: '/etc/passwd' is not of the form"),
    (DESCRIPTOR, ('"version": "0.1.0"', '"version": "x"'), "8: version: 'x' is not of the form 1.2.3"),
    (DESCRIPTOR, ('"version": "0.1.0"', '"version": "-1"'), "8: version: '-1' is not of the form 1.2.3"),
    (DESCRIPTOR, ('"keywords": [', f'"x": {"[" * 100_000}{"]" * 100_000}, "keywords": ['), "1: not read: nested 100001 levels deep"),
    (DESCRIPTOR, ('"keywords": [', f'"x": {"9" * 5000}, "keywords": ['), "10: not JSON: a number of 5000 digits"),
    (SCHEMA, ('"pattern": "[a-z0-9]+(-[a-z0-9]+)*"', '"pattern": "("'), "13: fields[0].constraints.pattern: '(' is not a 'regex'"),
    (SCHEMA, ('"pattern": "[a-z0-9]+(-[a-z0-9]+)*"', '"pattern": "[[a]"'), "13: fields[0].constraints.pattern: '[[a]' is not a 'regex'"),
    (SCHEMA, ('"constraints": {', '"constraints": {\n"minimum": "x",'), "12: fields[0].constraints.minimum: 'x' is not of type 'number'"),
    (SOURCES, (SMALL.root / SOURCES).read_bytes().splitlines(keepends=True)[0], "1: no rows; the table must not be empty"),
    (SCHEMA, ('"primaryKey"', '"foreignKeys": "x", "primaryKey"'), "43: foreignKeys: 'x' is not of type 'array'"),
    (SCHEMA, ('"primaryKey"', '"foreignKeys": [1], "primaryKey"'), "43: foreignKeys[0]: 1 is not of type 'object'"),
    (SCHEMA, ('"primaryKey"', '"foreignKeys": [{"fields": "x"}], "primaryKey"'), "43: foreignKeys[0]: 'reference' is a required"),
    (SCHEMA, ('"title_zh": "提醒编号"', '"title_zh": 7'), "8: fields[0].title_zh: 7 is not of type 'string'"),
    (FACTS, (",1520000000,", f",{'9' * 400},"), f"2: value: '{'9' * 37}...' has more digits than"),
]  # fmt: skip
MEANT = [  # what means something else than it says
    (DESCRIPTOR, (LICENCE, "javascript:alert(1)"), "20: licenses[0].path: 'javascript:alert(1)' is not an http(s) address"),
    (CAVEATS, ("One voice", "One\ufffdvoice"), "2: sentence_en: hidden character U+FFFD in"),
    (CAVEATS, ("One voice only.", "#REF!"), "2: sentence_en: #REF! in '#REF!' is a spreadsheet error"),
    (CAVEATS, ("One voice only.", "#NAME?"), "2: sentence_en: #NAME? in '#NAME?' is a spreadsheet error"),
    (CAVEATS, ("One voice", "One\u00a0voice"), "2: sentence_en: space U+00A0 in"),
    (CAVEATS, ("One voice", "One\u3000voice"), "2: sentence_en: space U+3000 in"),
    (CAVEATS, ("One voice", "äº‘é›†"), "2: sentence_en: 'äº‘' in 'äº‘é›† only.' is '云' decoded in a wrong encoding"),
    (FACTS, ("exact,2018,", "exact,2018~,"), "2: period: 2018~ is approximate, but statement_en gives the time without a hedge"),
    (SOURCES, ("https://example.org/report", "http://127.0.0.1:22/"), "2: url: 'http://127.0.0.1:22/' is not a public http(s) address"),
    (SOURCES, ("https://example.org/report", "htp://example.org/"), "2: url: 'htp://example.org/' is not an http(s) address"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "change", "fault"), BUILDS + CHECKS + MEANT)
def test_damage_is_reported_at_its_line(copy: Project, file: str, change: tuple[str, str] | bytes | None, fault: str):
    damage(copy, file, change)
    assert [line for line in problems(copy) if line.startswith(f"{file}:{fault}")]


SHIFTED = ["caveats.sentence_zh", "metrics.definition_en", "metrics.definition_zh", "speakers.note_en", "speakers.note_zh",
           "evidence.locator", "evidence.locator_zh", "glossary.definition_en", "glossary.definition_zh", "glossary.term_id"]  # fmt: skip


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the real project, whose tables a test damages and restores."""
    return copied(THIS, tmp_path_factory.mktemp("known") / "real")


@pytest.mark.alike(3)
@pytest.mark.parametrize("place", SHIFTED)
def test_column_shifted_by_a_row_is_reported_in_its_table(real: Project, place: str):
    table, _, column = place.partition(".")
    name = f"datapackage/data/{table}.csv"
    file = real.root / name
    kept = file.read_bytes()
    rows = list(csv.reader(io.StringIO(kept.decode(), newline="")))
    at = rows[0].index(column)
    cells = [row[at] for row in rows[1:]]
    for row, cell in zip(rows[1:], [cells[-1], *cells[:-1]], strict=True):
        row[at] = cell
    with file.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written, lineterminator="\n").writerows(rows)
    said = problems(real, None)
    file.write_bytes(kept)
    part = (
        "" if column.endswith("_id") else column.removesuffix("_en").removesuffix("_zh")
    )  # the other language is reported as well
    lines = {line.split(":")[1] for line in said if line.startswith(f"{name}:") and f": {part}" in line}
    assert len(lines) > 1, said[:5]


def test_clone_by_a_git_that_converts_line_endings_has_the_same_bytes_and_no_problems(copy: Project, tmp_path: Path):
    shutil.copyfile(THIS.root / ".gitattributes", copy.root / ".gitattributes")
    prepared(copy)
    commit(copy)
    command = ["git", "clone", "--quiet", "--config", "core.autocrlf=true", str(copy.root), str(tmp_path / "clone")]
    subprocess.run(command, check=True, capture_output=True)
    clone = Project(tmp_path / "clone")
    assert problems(clone) == []
    assert tree(clone.root / "datapackage") == tree(copy.root / "datapackage")
