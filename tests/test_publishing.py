"""Freezing an edition: what is written, what is refused by name, and that an interruption leaves the old state or the new one."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import commands
from scripts.editions import history, store
from scripts.pages.content import Content
from scripts.paths import Project
from scripts.problem import Problems
from scripts.reading import archives
from tests.conftest import SMALL, SMALL_CHARTS, copied, damage, keep_drawings, problems, tree

FACTS = "datapackage/data/facts.csv"
LIST = "datapackage/editions/editions.json"
ZIP = "datapackage/editions/small-0.1.0.zip"
DESCRIPTOR = "datapackage/datapackage.json"


def git(project: Project, *words: str) -> None:
    who = ["-c", "user.name=Someone", "-c", "user.email=someone@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(project.root), *who, *words], check=True, capture_output=True)


def commit(project: Project) -> None:
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--allow-empty", "--message", "x")


def short(project: Project, revision: str = "HEAD") -> str:
    """The abbreviated hash of a commit, as in messages."""
    return history.git(project.root, "rev-parse", "--short", revision).strip()


CITATION = """cff-version: 1.2.0
message: Cite it.
title: A small project
authors: [{name: Low Tide contributors}]
license: CC-BY-4.0
date-released: 2022-03-10
version: 0.1.0
"""


def bump(project: Project, version: str, old: str = "0.1.0") -> None:
    damage(project, "datapackage/datapackage.json", (f'"version": "{old}"', f'"version": "{version}"'))
    damage(project, "CITATION.cff", (f"version: {old}", f"version: {version}"))
    damage(project, "datapackage/CHANGELOG.md", ("", f"\n## {version}\n\nChanged.\n"))


def release(project: Project, version: str, dry: bool = False) -> list[str]:
    said: list[str] = []
    commands.release(project, version, said.append, dry, SMALL_CHARTS)
    return said


def refused(project: Project, version: str) -> list[str]:
    before = tree(project.root)
    with pytest.raises(Problems) as error:
        release(project, version)
    assert {k: v for k, v in tree(project.root).items() if "/build/" not in k} == before
    return [str(problem) for problem in error.value.all]


def prepared(project: Project) -> Project:
    """Put a copy of the small project under version control, with the files that a first edition needs."""
    (project.root / "CITATION.cff").write_text(CITATION, "utf-8")
    (project.descriptor.parent / "CHANGELOG.md").write_text("# Changes\n\n## 0.1.0\n\nThe first.\n", "utf-8")
    (project.root / ".gitignore").write_text("build/\n", "utf-8")
    git(project, "init", "--quiet")
    commit(project)
    keep_drawings(SMALL, project)
    return project


def with_edition(folder: Path) -> Project:
    """The small project with its first edition, committed, in a new folder."""
    project = prepared(copied(SMALL, folder))
    release(project, "0.1.0")
    commit(project)
    return project


@pytest.fixture
def ready(copy: Project) -> Project:
    """The small project under version control, ready for its first edition."""
    return prepared(copy)


@pytest.fixture
def frozen(one_edition: Project, tmp_path: Path) -> Project:
    """The small project with one frozen edition, committed."""
    project = Project(shutil.copytree(one_edition.root, tmp_path / "small", symlinks=True))
    git(project, "status")  # updates the index, which has the times of the files
    return project


def test_release_freezes_the_package_and_its_charts(ready: Project):
    said = release(ready, "0.1.0")
    rows = json.loads((ready.root / LIST).read_text("utf-8"))["editions"]
    assert [row["version"] for row in rows] == ["0.1.0"]
    raw = (ready.root / ZIP).read_bytes()
    assert rows[0]["sha256"] == store.sha256(raw)
    assert rows[0]["counts"]["facts"] == 5
    inside = archives.unzipped(raw)
    assert {"CITATION.cff", "CHANGELOG.md", "data/facts.csv", "data/facts.schema.json"} <= set(inside)
    assert inside["data/facts.csv"] == (ready.root / FACTS).read_bytes()
    described = json.loads(inside["datapackage.json"])["resources"]
    for resource in described:
        table = inside[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (len(table), f"sha256:{store.sha256(table)}")
    drawn = archives.unzipped((ready.root / "datapackage/editions/small-0.1.0-charts.zip").read_bytes())
    assert {"embed/low-tide.css", "embed/sales.en.html", "embed/sales.zh.html", "charts/sales.en.svg"} <= set(drawn)
    assert said[-1].startswith("froze 0.1.0: small-0.1.0.zip")
    made = archives.unzipped((ready.root / "datapackage/editions/small-0.1.0-formats.zip").read_bytes())
    assert {"small-0.1.0.xlsx", "small-0.1.0.sqlite", "cite.bib", "croissant.json"} <= set(made)
    assert not [name for name in tree(store.folder(ready)) if name.endswith(".part")]
    assert problems(ready) == []


def test_dry_run_reports_what_it_would_freeze_and_writes_nothing(ready: Project):
    before = tree(ready.descriptor.parent)
    assert release(ready, "0.1.0", dry=True)[-1].startswith("would freeze 0.1.0: ")
    assert tree(ready.descriptor.parent) == before


def test_all_reasons_against_a_release_are_reported_at_once(ready: Project):
    damage(ready, FACTS, ("An owner says the stall was hard.", "An owner calls the stall hard."))
    assert refused(ready, "0.2.0") == [
        "CITATION.cff:1: has no line 'version: 0.2.0'; write it",
        "datapackage/CHANGELOG.md:1: has no line '## 0.2.0'; write it",
        f"{FACTS}:1: changed and not committed; commit it or undo the change",
        "datapackage/datapackage.json:1: version is 0.1.0; set it to 0.2.0",
    ]


def test_renamed_file_is_reported_under_both_names(ready: Project):
    (ready.root / "notes.txt").write_text("x\n", "utf-8")
    commit(ready)
    git(ready, "mv", "notes.txt", "all 记录.txt")
    fault = "changed and not committed; commit it or undo the change"
    assert refused(ready, "0.1.0") == [f"all 记录.txt:1: {fault}", f"notes.txt:1: {fault}"]


@pytest.mark.parametrize("version", ["1", "1.0", "01.0.0", "v1.0.0", "1.0.0-rc1", "a.b.c", ""])
def test_malformed_version_is_refused(ready: Project, version: str):
    assert refused(ready, version) == [f"{LIST}:1: {version!r} is not a version; write three numbers, such as 1.2.0"]


def test_existing_version_is_refused(frozen: Project):
    faults = refused(frozen, "0.1.0")
    assert f"{LIST}:1: version 0.1.0 is not after 0.1.0, which is frozen and never changes; take a later one" in faults
    assert f"{LIST}:1: nothing has changed since 0.1.0; there is nothing to freeze" in faults


def test_release_without_version_control_is_refused(ready: Project):
    shutil.rmtree(ready.root / ".git")
    (fault,) = refused(ready, "0.1.0")
    assert "not in version control" in fault


@pytest.mark.parametrize(("file", "change", "version", "fault"), [
    ("glossary", ("A small shop.", "A tiny shop."), "0.1.1", None),
    ("glossary", ("", "till-term,till,收银台,Where one pays.,付钱的地方。\n"), "0.1.1",
     "after 0.1.0 comes 0.2.0 or 1.0.0, not 0.1.1: row added: glossary till-term"),
    ("glossary", ("", "till-term,till,收银台,Where one pays.,付钱的地方。\n"), "0.2.0", None),
    ("glossary", ("A small shop.", "A tiny shop."), "0.1.3",
     "after 0.1.0 comes 0.1.1 or 0.2.0 or 1.0.0, not 0.1.3: words changed: glossary stall-term definition_en 'A small shop.' → 'A tiny shop.'"),
    ("fact_caveats", ("owner-view", "stall-viewers"), "0.2.0",
     "after 0.1.0 comes 1.0.0, not 0.2.0: row removed: fact_caveats owner-view one-voice"),
])  # fmt: skip
def test_version_too_small_for_the_changed_rows_is_refused(
    frozen: Project, file: str, change: tuple[str, str], version: str, fault: str | None
):
    damage(frozen, f"datapackage/data/{file}.csv", change)
    bump(frozen, version)
    commit(frozen)
    if fault is None:
        assert release(frozen, version)[-1].startswith(f"froze {version}")
    else:
        assert refused(frozen, version) == [f"{LIST}:1: {fault}"]


def test_changed_value_without_a_correction_is_refused(frozen: Project):
    for old, new in (
        ("90,,people,90人左右", "95,,people,95人左右"),
        ("About 90", "About 95"),
        ("约有90人", "约有95人"),
    ):
        damage(frozen, FACTS, (old, new))
    bump(frozen, "0.1.1")
    commit(frozen)
    corrected = (("printed", "90人左右", "95人左右"), ("value", "90", "95"))
    assert refused(frozen, "0.1.1") == [
        f"{FACTS}:4: value corrected: facts stall-viewers {field} {old!r} → {new!r}, "
        "and corrections.csv has no row for it with fixed_in 0.1.1; add one"
        for field, old, new in corrected
    ]
    for field, old, new in corrected:
        row = f"stall-viewers-{field},stall-viewers,{field},{old},{new},error,Misread.,看错了。,0.1.1\n"
        damage(frozen, "datapackage/data/corrections.csv", ("", row))
    commit(frozen)
    assert release(frozen, "0.1.1")[-1].startswith("froze 0.1.1")


def cut_off(project: Project, version: str, at: int) -> list[str]:
    """Release, killed at one of twelve points: each of four files half written, completely written, or renamed."""
    passed = 0
    before = set(store.folder(project).iterdir())
    sync, replace = os.fsync, Path.replace

    def point() -> bool:
        nonlocal passed
        passed += 1
        return passed == at

    def half(number: int) -> None:
        sync(number)
        if point():
            os.ftruncate(number, os.fstat(number).st_size // 2)
            raise KeyboardInterrupt

    def moved(self: Path, target: Path) -> Path:
        if self.suffix != ".part":
            return replace(self, target)
        if point():
            raise KeyboardInterrupt
        made = replace(self, target)
        if point():
            raise KeyboardInterrupt
        return made

    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(os, "fsync", half)
        patch.setattr(Path, "replace", moved)
        release(project, version)
    return sorted(path.name for path in set(store.folder(project).iterdir()) - before)


@pytest.fixture
def changed(frozen: Project) -> Project:
    """The small project with one edition, ready for the next one."""
    damage(frozen, "datapackage/data/glossary.csv", ("A small shop.", "A tiny shop."))
    bump(frozen, "0.1.1")
    commit(frozen)
    return frozen


PARTS = [
    name
    for file in ("small-0.1.1.zip", "small-0.1.1-charts.zip", "small-0.1.1-formats.zip", "editions.json")
    for name in (f".{file}.part", file)
]


@pytest.mark.alike(3)
@pytest.mark.parametrize("at", range(1, 12))
def test_interrupted_release_leaves_the_old_list_and_the_next_release_removes_its_files(changed: Project, at: int):
    before = (changed.root / LIST).read_bytes()
    left = cut_off(changed, "0.1.1", at)
    done = (at - 1) // 3  # number of renamed files
    assert left == sorted([*PARTS[1 : 2 * done : 2], PARTS[2 * done + (at % 3 == 0)]])
    assert (changed.root / LIST).read_bytes() == before
    faults = [
        f"datapackage/editions/{name}:1: no row of editions.json names this file; if no commit has it, the next "
        "`make release` removes it; if one has, restore its row from version control"
        for name in left
    ]
    assert problems(changed) == faults
    said = release(changed, "0.1.1")
    assert said[: len(left)] == [
        f"removed datapackage/editions/{name}, left by an interrupted release" for name in left
    ]
    assert said[-1].startswith("froze 0.1.1")
    assert problems(changed) == []
    assert not [name for name in tree(store.folder(changed)) if name.endswith(".part")]


def test_release_interrupted_after_the_list_is_written_is_complete(changed: Project):
    assert cut_off(changed, "0.1.1", 12) == [f"small-0.1.1{part}.zip" for part in ("-charts", "-formats", "")]
    assert problems(changed) == []
    assert [edition.version for edition in store.read(changed)[0]] == ["0.1.0", "0.1.1"]
    assert f"{LIST}:1: changed and not committed; commit it or undo the change" in refused(changed, "0.1.1")


@pytest.mark.parametrize("at", [2, 6, 8, 11])
def test_committed_files_of_an_interrupted_release_are_reported_and_kept(changed: Project, at: int):
    left = cut_off(changed, "0.1.1", at)
    commit(changed)
    assert [fault.split(":")[0] for fault in problems(changed)] == [f"datapackage/editions/{name}" for name in left]
    assert refused(changed, "0.1.1") == problems(changed)


def test_dry_run_reports_files_of_an_interrupted_release_and_keeps_them(changed: Project):
    (name,) = cut_off(changed, "0.1.1", 1)
    with pytest.raises(Problems) as error:
        release(changed, "0.1.1", dry=True)
    assert [problem.path for problem in error.value.all] == [f"datapackage/editions/{name}"]
    assert (store.folder(changed) / name).exists()


def test_committed_edition_is_never_removed_as_a_leftover(frozen: Project):
    """Even if its row is gone and its file is out of git's index, where an early version overwrote the zip."""
    before = tree(store.folder(frozen))
    damage(frozen, LIST, b'{"editions": []}\n')
    git(frozen, "rm", "--quiet", "--cached", ZIP)
    faults = refused(frozen, "0.1.0")
    assert (
        f"{LIST}:1: edition 0.1.0 is gone; commit {short(frozen)} published it; restore the file from version control; an edition never changes"
        in faults
    )
    assert tree(store.folder(frozen)) == before | {"editions.json": b'{"editions": []}\n'}


@pytest.mark.parametrize("list_", [None, b'{"editions": []}\n'])
def test_committed_list_without_a_published_edition_is_reported_and_the_zip_kept(frozen: Project, list_: bytes | None):
    published = short(frozen)
    damage(frozen, LIST, list_)
    commit(frozen)
    assert problems(frozen)[0] == (
        f"{LIST}:1: edition 0.1.0 is gone; commit {published} published it; "
        "restore the file from version control; an edition never changes"
    )
    assert [fault.split(":")[0] for fault in problems(frozen)[1:]] == [
        ZIP.replace(".zip", f"{part}.zip") for part in ("-charts", "-formats", "")
    ]
    assert refused(frozen, "0.1.0") == problems(frozen)
    git(frozen, "rm", "--quiet", "-r", "datapackage/editions", "--ignore-unmatch")
    commit(frozen)
    assert [fault.split(";")[0] for fault in refused(frozen, "0.1.0")] == [f"{LIST}:1: edition 0.1.0 is gone"]


def test_existing_zip_is_never_overwritten(frozen: Project, small: Content):
    before = tree(store.folder(frozen))
    with pytest.raises(Problems) as error:
        store.freeze(frozen, small.dataset.package, {}, {})
    assert list(map(str, error.value.all)) == [f"{ZIP}:1: already exists and is never overwritten"]
    assert tree(store.folder(frozen)) == before


def test_version_with_an_existing_tag_is_refused(ready: Project):
    git(ready, "tag", "v0.1.0")
    assert refused(ready, "0.1.0") == [
        f"{DESCRIPTOR}:1: tag v0.1.0 exists, so this version was published; take a later one"
    ]


def test_release_from_a_detached_commit_is_refused(ready: Project):
    git(ready, "checkout", "--quiet", "--detach")
    assert refused(ready, "0.1.0") == [
        f"{DESCRIPTOR}:1: no branch is checked out, so the edition's commit would be on none; switch to a branch"
    ]


def test_release_without_git_is_refused(ready: Project, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    assert refused(ready, "0.1.0") == [
        f"{DESCRIPTOR}:1: not in version control: git does not run: No such file or directory"
    ]


def test_unreadable_citation_or_missing_changelog_is_reported(ready: Project):
    damage(ready, "CITATION.cff", b"\xff")
    commit(ready)
    assert refused(ready, "0.1.0") == ["CITATION.cff:1: not UTF-8; save the file as UTF-8"]
    damage(ready, "CITATION.cff", CITATION.encode())
    damage(ready, "datapackage/CHANGELOG.md", None)
    commit(ready)
    assert refused(ready, "0.1.0") == ["datapackage/CHANGELOG.md:1: has no line '## 0.1.0'; write it"]


def test_package_name_that_leads_out_of_the_project_is_refused_and_nothing_is_written_there(ready: Project):
    around = tree(ready.root.parent)
    damage(ready, DESCRIPTOR, ('"name": "small"', '"name": "../../../../x"'))
    assert refused(ready, "0.1.0") == [
        f"{DESCRIPTOR}:3: name: '../../../../x' is not a file name; use at most 100 of a-z and 0-9, joined by -"
    ]
    assert tree(ready.root.parent).keys() == around.keys()


@pytest.mark.parametrize(
    ("make", "fault"), [(os.mkfifo, "is a device or pipe, not a file"), (os.mkdir, "is a folder, not a file")]
)
def test_pipe_or_folder_in_place_of_a_text_is_reported(frozen: Project, make: Callable[[Path], None], fault: str):
    make(frozen.descriptor.parent / "README.md")
    assert problems(frozen) == [f"datapackage/README.md:1: {fault}"]


def test_text_that_is_a_link_out_of_the_project_is_reported(frozen: Project, tmp_path: Path):
    (tmp_path / "secret").write_text("hush", "utf-8")
    (frozen.descriptor.parent / "README.md").symlink_to(tmp_path / "secret")
    assert problems(frozen) == [
        f"{DESCRIPTOR}:1: 'README.md' leads out of its folder through a symbolic link; an edition holds files of the project only"
    ]


@pytest.mark.parametrize("file", ["small-0.1.0.zip", "small-0.1.0-charts.zip", "small-0.1.0-formats.zip"])
@pytest.mark.parametrize("place", [0, 100, -1])
def test_zip_with_one_altered_byte_is_reported_by_name(frozen: Project, file: str, place: int):
    path = store.folder(frozen) / file
    raw = bytearray(path.read_bytes())
    raw[place] ^= 1
    path.write_bytes(raw)
    (fault,) = problems(frozen)
    assert fault.startswith(f"datapackage/editions/{file}:1: sha256 is ")
    assert fault.endswith("as frozen; restore the file from version control; an edition never changes")
