"""Damages that an early version missed or crashed on, and that no other test has: `check` reports each with its file and line."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.paths import THIS, Project
from tests.conftest import copied, damage, problems, tree
from tests.test_publishing import commit, prepared


def test_impossible_time_of_day_is_reported(copy: Project):
    damage(copy, "datapackage/datapackage.json", ("2022-03-10T00:00:00Z", "2022-03-10T24:00:00Z"))
    (line,) = problems(copy)
    assert line.startswith("datapackage/datapackage.json:9: created: '2022-03-10T24:00:00Z': hour must be in")


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
