"""The other formats of editions, kept as first made: checked against their list, git and the published files."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from scripts import commands
from scripts.editions import made, store, unfold
from scripts.pages.content import Content
from scripts.paths import THIS, Project
from scripts.reading import archives
from scripts.words import lists
from tests.conftest import SMALL, SMALL_CHARTS, Built, copied
from tests.test_publishing import commit, prepared, release

LIST = "datapackage/formats/SHA256SUMS"
ZIP = "datapackage/formats/small-0.1.0-formats.zip"


@pytest.fixture(scope="module")
def once_released(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small project with one edition, committed; tests change a copy of it."""
    project = prepared(copied(SMALL, tmp_path_factory.mktemp("released") / "small"))
    release(project, "0.1.0")
    commit(project)
    return project


@pytest.fixture
def released(once_released: Project, tmp_path: Path) -> Project:
    return Project(shutil.copytree(once_released.root, tmp_path / "small", symlinks=True))


def problems(project: Project) -> list[str]:
    return [str(problem) for problem in made.check(project)]


def test_formats_of_every_real_edition_are_published_unaltered(real: Content, real_site: Built):
    assert problems(THIS) == []
    for edition in real.editions:
        held = made.contents(THIS, edition)
        stem = edition.file.removesuffix(".zip")
        assert {f"{stem}.xlsx", f"{stem}.sqlite", "cite.bib", "ro-crate-metadata.json"} <= set(held)
        for name, raw in held.items():
            assert (real_site.site / "data" / edition.tag / name).read_bytes() == raw, name
        own = store.contents(THIS, edition)["data/facts.csv"].decode()
        rows = [row["fact_id"] for row in csv.DictReader(io.StringIO(own, newline=""))]
        assert [row["fact_id"] for row in json.loads(held["json/facts_flat.json"])] == rows


def test_formats_of_a_release_are_not_changed_by_later_words(released: Project):
    (edition,) = store.read(released)[0]
    held = archives.unzipped((released.root / ZIP).read_bytes())
    assert problems(released) == [] and {"small-0.1.0.sqlite", "parquet/facts/facts.parquet"} <= set(held)
    package = commands.check(released, "", SMALL_CHARTS).dataset.package
    for words in ((), (lists.Term("facts", "kind", "event", "en", "another name", ""),)):
        there = unfold.files(released, package, edition, words)
        assert {name: raw for name, raw in there.items() if name in held} == held


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (lambda p: (p.root / ZIP).write_bytes(b"x"), f"{ZIP}:1: sha256 is 2d711642"),
        (lambda p: (p.root / ZIP).unlink(), f"{ZIP}:1: file is missing; restore it"),
        (lambda p: (p.root / LIST).write_text("x\n"), f"{LIST}:1: 'x' is malformed or duplicated"),
        (lambda p: (p.root / LIST).unlink(), f"{ZIP}:1: SHA256SUMS does not list this file"),
        (lambda p: (p.root / LIST).unlink(), f"{LIST}:1: small-0.1.0-formats.zip no longer has the checksum of commit"),
        (lambda p: Path(p.root / LIST).with_name("x.zip").write_bytes(b""), "datapackage/formats/x.zip:1: SHA256SUMS does"),
    ],
    ids=["altered", "lost", "line", "list", "published", "added"],
)  # fmt: skip
def test_altered_missing_or_added_formats_are_reported(released: Project, how, said: str):
    how(released)
    assert any(line.startswith(said) for line in problems(released)), problems(released)
