"""A site is published as it was tested, or refused with the name of what differs."""

from pathlib import Path

import pytest

from scripts.paths import Project
from tests.test_publishing import commit, git
from tests.tools import seal


@pytest.fixture
def project(tmp_path: Path) -> Project:
    site = tmp_path / "build" / "site"
    (site / "zh").mkdir(parents=True)
    (site / "index.html").write_text('<link rel="canonical" href="https://example.org/tide/">', "utf-8")
    (site / "zh" / "index.html").write_text("<p>潮", "utf-8")
    git(Project(tmp_path), "init", "--quiet")
    commit(Project(tmp_path))
    return Project(tmp_path)


def sealing(project: Project, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """Seal the site; return the printed checksum and the commit."""
    assert seal.main("seal", project=project) == 0
    line = capsys.readouterr().out
    assert line.startswith("seal=") and len(line) == 5 + 64 + 1
    commit = (project.build / seal.SUMS).read_text("utf-8").splitlines()[0].removeprefix("commit ")
    return line.strip().removeprefix("seal="), commit


def refused(project: Project, sealed: str, commit: str, capsys: pytest.CaptureFixture[str]) -> str:
    before = sorted(project.build.rglob("*"))
    assert seal.main("sealed", sealed, commit, project) == 1
    assert sorted(project.build.rglob("*")) == before
    return capsys.readouterr().err


def test_a_sealed_site_is_accepted(project: Project, capsys: pytest.CaptureFixture[str]):
    sealed, commit = sealing(project, capsys)
    assert seal.main("sealed", sealed, commit, project) == 0
    assert capsys.readouterr().out == f"build/site is the sealed site of commit {commit}\n"
    assert "address https://example.org/tide/\n" in (project.build / seal.SUMS).read_text("utf-8")


def test_the_site_of_another_commit_is_refused_and_both_commits_are_named(
    project: Project, capsys: pytest.CaptureFixture[str]
):
    sealed, commit = sealing(project, capsys)
    other = "0" * 40
    assert (
        refused(project, sealed, other, capsys)
        == f"build/site.sums:1: site of commit {commit}; expected the one of {other}\n"
    )


@pytest.mark.parametrize(("name", "raw", "said"), [
    ("index.html", b"x", "build/site/index.html:1: sha256 is 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881; expected "),
    ("zh/index.html", None, "build/site/zh/index.html:1: sha256 is missing; expected "),
    ("more.js", b"x", "build/site/more.js:1: sha256 is 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881; expected no such file\n"),
])  # fmt: skip
def test_each_changed_missing_or_added_file_is_named(
    project: Project, capsys: pytest.CaptureFixture[str], name: str, raw: bytes | None, said: str
):
    sealed, commit = sealing(project, capsys)
    file = project.site / name
    file.unlink() if raw is None else file.write_bytes(raw)
    found = refused(project, sealed, commit, capsys)
    assert found.startswith(said) and found.count("\n") == 1


def test_a_rewritten_list_is_refused_even_if_it_matches_the_files(project: Project, capsys: pytest.CaptureFixture[str]):
    sealed, commit = sealing(project, capsys)
    (project.site / "index.html").write_bytes(b"x")
    sealing(project, capsys)
    assert f"not {sealed} as sealed; publish the site that was tested" in refused(project, sealed, commit, capsys)


def test_without_a_list_or_a_site_the_error_names_the_command(
    project: Project, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    assert refused(project, "", "", capsys).endswith("is missing or malformed; run `make site`, then `make seal`\n")
    assert seal.main("seal", project=Project(tmp_path / "none")) == 1
    assert capsys.readouterr().err == "build/site:1: there is no site; run `make site`\n"
