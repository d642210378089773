import dataclasses
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from scripts import commands, publishing, rooms
from scripts.data import package
from scripts.editions import formats, store
from scripts.paths import THIS, Project
from tests.conftest import damage, problems, tree

FILE = "datapackage/editions/editions.json"
CHANGES = "datapackage/CHANGELOG.md"


def freeze(project: Project, *versions: str) -> None:
    """Freeze the package under these versions, each with a section of the changelog."""
    read = package.read(project)[0]
    counts = {name: len(table.frame) for name, table in read.tables.items()}
    frozen: list[store.Frozen] = []
    for version in versions:
        named = dataclasses.replace(read, descriptor=read.descriptor | {"version": version})
        frozen.append(store.freeze(project, named, counts, {}, frozen))
    words = "".join(f"\n## {version}\n\nChanged.\n" for version in reversed(versions))
    (project.descriptor.parent / "CHANGELOG.md").write_text(f"# Changes\n{words}", "utf-8")


def refused(project: Project, tag: str) -> str:
    with pytest.raises(commands.Problems) as found:
        publishing.version(project, tag)
    return "\n".join(map(str, found.value.all))


def test_tag_of_the_newest_frozen_edition_is_accepted(copy: Project):
    freeze(copy, "1.2.0", "1.9.0", "1.10.0")
    assert publishing.version(copy, "v1.10.0") == "1.10.0"


@pytest.mark.parametrize(
    ("tag", "fault"),
    [
        ("v1.9.0", "tag 'v1.9.0' names an older edition; the newest frozen one is v1.10.0"),
        ("v2.0.0", "tag 'v2.0.0' names no frozen edition; the newest is v1.10.0"),
        ("1.10.0", "tag '1.10.0' names no frozen edition"),
        ("v1.10.0; id", "tag 'v1.10.0; id' names no frozen edition"),
        ("", "tag '' names no frozen edition"),
    ],
)
def test_any_other_tag_is_refused_by_name(copy: Project, tag: str, fault: str):
    freeze(copy, "1.9.0", "1.10.0")
    assert refused(copy, tag).startswith(f"{FILE}:1: {fault}")


def test_without_an_edition_every_tag_is_refused_with_the_remedy(copy: Project):
    (copy.descriptor.parent / "editions" / "editions.json").unlink(missing_ok=True)
    remedy = "as none is frozen yet; freeze one with `make release VERSION=X.Y.Z`"
    assert refused(copy, "v1.0.0") == f"{FILE}:1: tag 'v1.0.0' names no edition, {remedy}"


@pytest.mark.parametrize(("file", "raw", "fault"), [
    (CHANGES, None, f"{CHANGES}:1: file is missing"),
    (CHANGES, b"\xff", f"{CHANGES}:1: not UTF-8; save the file as UTF-8"),
    (CHANGES, b"# Changes\n", f"{CHANGES}:1: there is no section ## 1.0.0"),
    (FILE, b"{", f"{FILE}:1: not JSON: Expecting property name enclosed in double quotes"),
    (FILE, b'{"editions": [5]}', f"{FILE}:1: editions[0]: 5 is not of type 'object'"),
    ("datapackage/editions/small-1.0.0.zip", b"x", "datapackage/editions/small-1.0.0.zip:1: sha256 is "),
])  # fmt: skip
def test_faulty_input_of_a_release_is_reported_before_anything_is_built(
    copy: Project, file: str, raw: bytes | None, fault: str
):
    freeze(copy, "1.0.0")
    damage(copy, file, raw)
    with pytest.raises(commands.Problems) as found:
        commands.release_files(copy, "v1.0.0", lambda line: None)
    (problem,) = found.value.all
    assert str(problem).startswith(fault)
    assert not copy.build.exists()


def test_release_has_the_data_its_checksums_and_its_notes(copy: Project):
    assert problems(copy) == []
    home = copy.site / "data" / "v1.0.0"
    made = {
        "low.zip": b"zip",
        "low-charts.zip": b"frames",
        "low.xlsx": b"book",
        "parquet/facts/facts.parquet": b"rows",
        "parquet/terms/terms.parquet": b"more",
    }
    elsewhere = {
        "data/facts.csv": b"a,b\n",
        "index.html": b"page",
        "charts/sales.csv": b"1",
        formats.SUMS: b"of the site",
    }
    for name, raw in (made | elsewhere).items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(raw)
    (copy.descriptor.parent / "CHANGELOG.md").write_text(
        "# Changes\n\n## 1.1.0\n\nMore.\n\n## 1.0.0\n\nFirst.\n", "utf-8"
    )
    release = publishing.lay_out(copy, "1.0.0")
    names = {file.name for file in (release / "files").iterdir()}
    assert names == {"low.zip", "low-charts.zip", "low.xlsx", "low-parquet.zip", formats.SUMS}
    with zipfile.ZipFile(release / "files" / "low-parquet.zip") as archive:
        assert archive.namelist() == ["facts/facts.parquet", "terms/terms.parquet"]
    check = ["sha256sum", "--check", "--strict", formats.SUMS]
    checked = subprocess.run(check, cwd=release / "files", capture_output=True)
    assert checked.returncode == 0
    assert len(checked.stdout.splitlines()) == 4
    notes = (release / "notes.md").read_text("utf-8")
    assert notes.startswith("First.\n\n") and "More" not in notes
    (release / "files" / "stale.zip").write_bytes(b"")
    assert "stale.zip" not in {file.name for file in (publishing.lay_out(copy, "1.0.0") / "files").iterdir()}


@pytest.mark.parametrize("cut", ["low.zip", formats.SUMS, "notes.md", "release"])
def test_interrupted_release_leaves_the_old_one(copy: Project, monkeypatch: pytest.MonkeyPatch, cut: str):
    home = copy.site / "data" / "v1.0.0"
    home.mkdir(parents=True)
    (home / "low.zip").write_bytes(b"old")
    (copy.descriptor.parent / "CHANGELOG.md").write_text("## 1.0.0\n\nFirst.\n", "utf-8")
    before = tree(publishing.lay_out(copy, "1.0.0"))
    (home / "low.zip").write_bytes(b"new")
    written = Path.write_bytes, Path.write_text, Path.rename

    def stopping(write):
        def stop(self: Path, *given: Any) -> Any:
            if self.name == cut and "run-" in str(self):
                raise KeyboardInterrupt
            return write(self, *given)

        return stop

    for name, write in zip(("write_bytes", "write_text", "rename"), written, strict=True):
        monkeypatch.setattr(Path, name, stopping(write))
    with pytest.raises(KeyboardInterrupt):
        publishing.lay_out(copy, "1.0.0")
    rooms.restore(copy.build / "release")
    assert tree(copy.build / "release") == before
    monkeypatch.undo()
    assert tree(publishing.lay_out(copy, "1.0.0"))["files/low.zip"] == b"new"
    assert sorted(room.name for room in copy.build.iterdir()) == ["release", "site"]


def test_edition_without_files_or_changelog_section_is_reported(copy: Project):
    with pytest.raises(commands.Problems, match="1 problem"):
        publishing.lay_out(copy, "1.0.0")
    (copy.site / "data" / "v1.0.0").mkdir(parents=True)
    (copy.site / "data" / "v1.0.0" / "low.zip").write_bytes(b"")
    (copy.descriptor.parent / "CHANGELOG.md").write_text("# Changes\n", "utf-8")
    with pytest.raises(commands.Problems) as found:
        publishing.lay_out(copy, "1.0.0")
    assert str(found.value.all[0]) == "datapackage/CHANGELOG.md:1: there is no section ## 1.0.0"


def test_make_target_passes_the_tag_without_running_it(tmp_path):
    ran = tmp_path / "ran"
    made = subprocess.run(["make", "assets", f"VERSION=v0; touch {ran}"], cwd=THIS.root, capture_output=True, text=True)
    assert made.returncode != 0
    assert f"v0; touch {ran}" in made.stderr
    assert not ran.exists()
