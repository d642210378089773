"""Freezing an edition: what is written, what is refused by name, and that a cut leaves the old state or the new one."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts import commands, editions
from scripts.paths import Project
from scripts.problem import Problems
from tests.conftest import SMALL_CHARTS, damage, problems, tree

FACTS = "datapackage/data/facts.csv"
LIST = "datapackage/editions/editions.json"
ZIP = "datapackage/editions/small-0.1.0.zip"


def git(project: Project, *words: str) -> None:
    who = ["-c", "user.name=Someone", "-c", "user.email=someone@example.org"]
    subprocess.run(["git", "-C", str(project.root), *who, *words], check=True, capture_output=True)


def commit(project: Project) -> None:
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--allow-empty", "--message", "x")


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


@pytest.fixture
def ready(copy: Project) -> Project:
    """The small project under version control, ready for its first edition."""
    (copy.root / "CITATION.cff").write_text("cff-version: 1.2.0\nversion: 0.1.0\n", "utf-8")
    (copy.descriptor.parent / "CHANGELOG.md").write_text("# Changes\n\n## 0.1.0\n\nThe first.\n", "utf-8")
    (copy.root / ".gitignore").write_text("build/\n", "utf-8")
    git(copy, "init", "--quiet")
    commit(copy)
    return copy


@pytest.fixture(scope="module")
def first_edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that remembers the small project with one edition; made once."""
    return tmp_path_factory.mktemp("first")


@pytest.fixture
def frozen(ready: Project, first_edition: Path) -> Project:
    """The small project with one frozen edition, committed."""
    kept = first_edition / "editions"
    if not kept.exists():
        release(ready, "0.1.0")
        shutil.copytree(editions.folder(ready), kept)
    shutil.copytree(kept, editions.folder(ready), dirs_exist_ok=True)
    commit(ready)
    return ready


def test_a_release_freezes_the_package_and_its_charts(ready: Project):
    said = release(ready, "0.1.0")
    rows = json.loads((ready.root / LIST).read_text("utf-8"))["editions"]
    assert [row["version"] for row in rows] == ["0.1.0"]
    raw = (ready.root / ZIP).read_bytes()
    assert rows[0]["sha256"] == editions.sha256(raw)
    assert rows[0]["counts"]["facts"] == 5
    inside = editions.unzipped(raw)
    assert {"CITATION.cff", "CHANGELOG.md", "data/facts.csv", "data/facts.schema.json"} <= set(inside)
    assert inside["data/facts.csv"] == (ready.root / FACTS).read_bytes()
    described = json.loads(inside["datapackage.json"])["resources"]
    for resource in described:
        table = inside[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (len(table), f"sha256:{editions.sha256(table)}")
    drawn = editions.unzipped((ready.root / "datapackage/editions/small-0.1.0-charts.zip").read_bytes())
    assert {"embed/low-tide.css", "embed/sales.en.html", "embed/sales.zh.html", "charts/sales.en.svg"} <= set(drawn)
    assert said[-1].startswith("froze 0.1.0: small-0.1.0.zip")
    assert not [name for name in tree(editions.folder(ready)) if name.endswith(".part")]
    assert problems(ready) == []


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(ready: Project):
    before = tree(ready.descriptor.parent)
    assert release(ready, "0.1.0", dry=True)[-1].startswith("would freeze 0.1.0: ")
    assert tree(ready.descriptor.parent) == before


def test_everything_that_speaks_against_a_release_is_said_at_once(ready: Project):
    damage(ready, FACTS, ("An owner says the stall was hard.", "An owner calls the stall hard."))
    assert refused(ready, "0.2.0") == [
        "CITATION.cff:1: has no line 'version: 0.2.0'; write it",
        "datapackage/CHANGELOG.md:1: has no line '## 0.2.0'; write it",
        f"{FACTS}:1: changed and not committed; commit it or undo the change",
        "datapackage/datapackage.json:1: version is 0.1.0; set it to 0.2.0",
    ]


@pytest.mark.parametrize("version", ["1", "1.0", "01.0.0", "v1.0.0", "1.0.0-rc1", "a.b.c", ""])
def test_what_is_no_version_is_refused(ready: Project, version: str):
    assert refused(ready, version) == [f"{LIST}:1: {version!r} is not a version; write three numbers, such as 1.2.0"]


def test_a_version_that_exists_is_refused(frozen: Project):
    faults = refused(frozen, "0.1.0")
    assert f"{LIST}:1: version 0.1.0 is frozen already and never changes; take another" in faults
    assert f"{LIST}:1: nothing has changed since 0.1.0; there is nothing to freeze" in faults


def test_without_version_control_nothing_is_frozen(copy: Project, ready: Project):
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
def test_a_version_that_says_too_little_is_refused(
    frozen: Project, file: str, change: tuple[str, str], version: str, fault: str | None
):
    damage(frozen, f"datapackage/data/{file}.csv", change)
    bump(frozen, version)
    commit(frozen)
    if fault is None:
        assert release(frozen, version)[-1].startswith(f"froze {version}")
    else:
        assert refused(frozen, version) == [f"{LIST}:1: {fault}"]


def test_a_corrected_value_needs_its_correction(frozen: Project):
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
        "and corrections.csv says nothing of it for 0.1.1; add a row there"
        for field, old, new in corrected
    ]
    for field, old, new in corrected:
        row = f"stall-viewers-{field},stall-viewers,{field},{old},{new},error,Misread.,看错了。,0.1.1\n"
        damage(frozen, "datapackage/data/corrections.csv", ("", row))
    commit(frozen)
    assert release(frozen, "0.1.1")[-1].startswith("froze 0.1.1")


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_cut_off_at_any_file_the_old_state_stands_and_the_next_try_works(
    frozen: Project, monkeypatch: pytest.MonkeyPatch, cut: int
):
    damage(frozen, "datapackage/data/glossary.csv", ("A small shop.", "A tiny shop."))
    bump(frozen, "0.1.1")
    commit(frozen)
    before = (frozen.root / LIST).read_bytes()
    calls = []
    real = Path.replace

    def cutting(self: Path, target: Path) -> Path:
        if self.name.endswith(".part"):
            calls.append(target.name)
            if len(calls) == cut:
                raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", cutting)
    with pytest.raises(KeyboardInterrupt):
        release(frozen, "0.1.1")
    monkeypatch.undo()
    assert (frozen.root / LIST).read_bytes() == before
    assert [edition.version for edition in editions.read(frozen)[0]] == ["0.1.0"]
    git(frozen, "clean", "--quiet", "--force")
    assert release(frozen, "0.1.1")[-1].startswith("froze 0.1.1")
    assert problems(frozen) == []


@pytest.mark.parametrize("file", ["small-0.1.0.zip", "small-0.1.0-charts.zip"])
@pytest.mark.parametrize("place", [0, 100, -1])
def test_a_zip_altered_by_one_byte_stops_check_with_its_name(frozen: Project, file: str, place: int):
    path = editions.folder(frozen) / file
    raw = bytearray(path.read_bytes())
    raw[place] ^= 1
    path.write_bytes(raw)
    (fault,) = problems(frozen)
    assert fault.startswith(f"datapackage/editions/{file}:1: sha256 is ")
    assert fault.endswith("as frozen; restore the file from version control; an edition never changes")


def test_a_zip_that_is_missing_stops_check_with_its_name(frozen: Project):
    damage(frozen, ZIP, None)
    (fault,) = problems(frozen)
    assert fault.startswith(f"{ZIP}:1: file is missing; ")


@pytest.mark.parametrize(("change", "fault"), [
    (b"[", "not a list of editions ("),
    (b"{}", "not a list of editions ("),
    (b'{"editions": [{"version": "1.0.0"}]}', "edition 1 of the list needs exactly version, created, file"),
    ("twice", "version 0.1.0 stands twice"),
    ("order", "versions 0.1.0, 0.0.9 do not grow"),
])  # fmt: skip
def test_a_list_of_editions_that_is_wrong_stops_check(frozen: Project, change: bytes | str, fault: str):
    if isinstance(change, str):
        rows = json.loads((frozen.root / LIST).read_text("utf-8"))["editions"]
        more = rows[0] | ({"version": "0.0.9"} if change == "order" else {})
        change = json.dumps({"editions": [*rows, more]}).encode()
    damage(frozen, LIST, change)
    assert problems(frozen)[0].startswith(f"{LIST}:1: {fault}")
