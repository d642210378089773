"""Row counts by table and verdict are checked against each edition; a changed count needs a new reason in the same commit."""

import pytest

from scripts.data import package
from scripts.editions import store
from scripts.paths import THIS, Project
from scripts.rules import expected
from tests.conftest import damage, problems
from tests.test_assets import freeze
from tests.test_publishing import commit, git

FILE = f"datapackage/{expected.FILE}"


def counted_rows(project: Project, why: str = "") -> str:
    """The row counts of a project's editions and of the package as it stands, with a reason for each change."""
    read = package.read(project)[0]
    found = [(one.version, expected._frozen(project, one)) for one in store.read(project)[0]]
    current = expected._counted(store.inside(project, read), {n: len(t.frame) for n, t in read.tables.items()})
    text, before = "version,kind,name,rows,why\n", None
    for version, counts in (*found, (str(read.descriptor["version"]), current)):
        for key, count in counts.items():
            reason = why if before is not None and before.get(key) != count else ""
            text += f"{version},{','.join(key)},{count},{reason}\n"
        before = counts
    return text


@pytest.fixture
def project(copy: Project) -> Project:
    """The small project with one edition, and a working copy without checks."""
    freeze(copy, "0.0.9")
    checks = "datapackage/data/checks.csv"
    damage(copy, checks, (copy.root / checks).read_bytes().splitlines(keepends=True)[0])
    return copy


def said(project: Project, text: str) -> list[str]:
    (project.root / FILE).write_text(text, "utf-8")
    return [str(one) for one in expected.check(project, store.read(project)[0], package.read(project)[0])]


def test_correct_counts_with_reasons_for_changes_pass(project: Project):
    text = counted_rows(project, "all checks were taken out")
    assert "0.1.0,table,checks,0,all checks were taken out\n" in text
    assert [line for line in said(project, text) if "any more" not in line] == []


def test_changed_count_without_a_reason_is_reported_with_both_counts(project: Project):
    was = store.read(project)[0][0].counts["checks"]
    text = counted_rows(project)
    at = text.splitlines().index("0.1.0,table,checks,0,") + 1
    assert f"{FILE}:{at}: table checks went from {was} to 0 rows in 0.1.0; say why" in said(project, text)


def test_verdict_without_rows_must_be_listed_with_zero(project: Project):
    text = counted_rows(project, "taken out")
    (first, *_) = sorted(line for line in said(project, text) if "any more" in line)
    assert first.startswith(f"{FILE}:1: 0.1.0 has no rows of verdict ")
    verdict = first.split(" verdict ")[1].split(" ")[0]
    assert first not in said(project, f"{text}0.1.0,verdict,{verdict},0,taken out\n")


@pytest.mark.parametrize(("old", "new", "told"), [
    ("0.0.9,table,facts,", "0.0.9,table,facts,9", "table facts of 0.0.9: 9"),
    ("0.0.9,table,facts,", "0.0.8,table,facts,", "version '0.0.8' is neither an edition nor the package's; there are 0.0.9, 0.1.0"),
    ("0.0.9,table,facts,", "0.0.9,chair,facts,", "is not of the form version,table or verdict,name,number,why"),
    ("version,kind,", "version,sort,", "columns are version,sort,name,rows,why; expected version,kind,name,rows,why"),
    ("0.0.9,table,facts,", "0.0.9,table,events,1,\n0.0.9,table,facts,", "table events of 0.0.9 is duplicated; line "),
])  # fmt: skip
def test_faulty_row_is_reported_with_its_line(project: Project, old: str, new: str, told: str):
    text = counted_rows(project, "x")
    assert old in text
    found = [line for line in said(project, text.replace(old, new, 1)) if told in line]
    assert found and found[0].startswith(f"{FILE}:")


def test_reason_without_a_change_is_reported(project: Project):
    text = counted_rows(project, "x")
    row = next(line for line in text.splitlines() if line.startswith("0.1.0,table,facts,"))
    found = said(project, text.replace(row, f"{row}more"))
    assert any("but as many rows as before; leave why empty" in line for line in found)


def test_changed_count_under_the_committed_reason_is_reported(project: Project):
    text = counted_rows(project, "taken out")
    said(project, text.replace("0.1.0,table,checks,0,taken", "0.1.0,table,checks,3,taken"))
    git(project, "init", "--quiet")
    commit(project)
    found = [line for line in said(project, text) if "why is the same as in commit" in line]
    assert len(found) == 1 and found[0].endswith("for 3 rows; say why it is 0")
    reworded = text.replace("checks,0,taken out", "checks,0,every check removed")
    assert not [line for line in said(project, reworded) if "commit" in line]


def test_next_version_must_have_its_row_counts(project: Project):
    (project.root / FILE).write_text(counted_rows(project, "x"), "utf-8")
    assert list(expected.missing(project, "0.1.0")) == []
    (one,) = expected.missing(project, "0.2.0")
    assert str(one).startswith(f"{FILE}:1: has no line for 0.2.0; add the number of rows")


@pytest.mark.parametrize("file", ["../../x", "..", "small-0.0.8.zip"])
def test_unreadable_edition_is_reported_only_by_the_ledger(project: Project, file: str):
    (project.root / FILE).write_text(counted_rows(project, "x"), "utf-8")
    damage(project, "datapackage/editions/editions.json", ("small-0.0.9.zip", file))
    found = [line for line in problems(project) if line.startswith("datapackage/e")]
    assert found == [*map(str, store.read(project)[1])]


def test_the_real_project_expects_something_of_every_edition():
    told = {row.version for row in expected.rows((THIS.root / FILE).read_text("utf-8"), FILE)}
    assert {one.version for one in store.read(THIS)[0]} <= told
