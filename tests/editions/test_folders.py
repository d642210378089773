"""The folder of each edition and of the newest, as they are published: whole by their own checksums, file by file."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.editions import formats, store, unfold
from scripts.pages.content import Content
from scripts.paths import THIS
from tests.conftest import Built

ANEW = {
    "assets", "changes.json", "charts", "facts", "facts.json", "index.html", "index.md", "openapi.json", "schemas",
    "zh",
}  # fmt: skip
"""What of an edition's folder each build makes anew, by the first part of its name; of `charts` that is the index alone."""


def listed(folder: Path, name: str) -> dict[str, str]:
    """The checksum of each file that a list names; nothing where the folder has no such list."""
    lines = (folder / name).read_text("utf-8").splitlines() if (folder / name).exists() else []
    return dict(reversed(line.split("  ", 1)) for line in lines)


def faults(folder: Path) -> list[str]:
    """What is wrong with a folder by its own lists, file by file: altered, lost, named nowhere or in both."""
    frozen, anew = listed(folder, formats.SUMS), listed(folder, formats.ANEW)
    named = frozen | anew
    there = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    found = [f"{name} is lost" for name in named if name not in there]
    found += [f"{name} is in both lists" for name in frozen if name in anew]
    for name, file in there.items():
        if name not in (formats.SUMS, formats.ANEW) and name not in named:
            found.append(f"{name} is in no list")
        elif name in named and hashlib.sha256(file.read_bytes()).hexdigest() != named[name]:
            found.append(f"{name} is altered")
    return sorted(found)


def test_each_folder_is_what_its_checksums_say_and_nothing_else(real_site: Built, real: Content):
    folders = sorted(folder for folder in (real_site.site / "data").iterdir() if folder.is_dir())
    assert [folder.name for folder in folders] == sorted(["latest", *(edition.tag for edition in real.editions)])
    for folder in folders:
        assert faults(folder) == [], folder.name
        lists = [name for name in (formats.SUMS, formats.ANEW) if (folder / name).exists()]
        assert lists == ([formats.SUMS] if folder.name == "latest" else [formats.SUMS, formats.ANEW])
        command = ["sha256sum", "--check", "--strict", "--quiet", *lists]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        assert (run.returncode, run.stdout) == (0, ""), folder.name


def test_what_never_changes_is_what_was_published_and_pages_and_json_are_made_anew(real_site: Built, real: Content):
    every = json.loads((real_site.site / "data" / "editions.json").read_text("utf-8"))["editions"]
    for edition, told in zip(real.editions, every, strict=True):
        folder = real_site.site / "data" / edition.tag
        assert told["sums"] == store.sha256((folder / formats.SUMS).read_bytes())
        held = unfold.published(THIS, edition)
        assert listed(folder, formats.SUMS) == {name: store.sha256(raw) for name, raw in held.items()}
        assert {"json/facts_flat.json", "ro-crate-metadata.json", "croissant.json", *store.contents(THIS, edition)} <= {
            *held
        }
        anew = listed(folder, formats.ANEW)
        assert {name.partition("/")[0] for name in anew} == ANEW
        assert not [name for name in anew if name.startswith("charts/") and name != "charts/index.json"]


@pytest.mark.parametrize("name", ["latest", "v1.0.0", "v2.0.0"])
@pytest.mark.parametrize(("damage", "said"), [
    (lambda folder: (folder / "data" / "facts.csv").unlink(), "data/facts.csv is lost"),
    (lambda folder: (folder / "data" / "facts.csv").write_text("x"), "data/facts.csv is altered"),
    (lambda folder: (folder / "more.csv").write_text("x"), "more.csv is in no list"),
], ids=["lost", "altered", "added"])  # fmt: skip
def test_a_file_that_is_added_lost_or_altered_is_named(real_site: Built, tmp_path: Path, name: str, damage, said: str):
    folder = Path(shutil.copytree(real_site.site / "data" / name, tmp_path / "copy"))
    damage(folder)
    assert faults(folder) == [said]
