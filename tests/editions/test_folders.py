"""The published folder of each edition and of the newest: complete and unaltered by their own checksums."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

from scripts.editions import formats, store, unfold
from scripts.pages.content import Content
from scripts.paths import THIS
from tests.conftest import Built

ANEW = {
    "assets", "changes.json", "charts", "facts", "facts.json", "index.html", "index.md", "openapi.json", "schemas", "zh",
}  # fmt: skip
"""The first part of the name of each file of an edition's folder that every build makes again; of `charts` only the index."""


def listed(folder: Path, name: str) -> dict[str, str]:
    """The checksum of each file in a list; empty without such a list."""
    lines = (folder / name).read_text("utf-8").splitlines() if (folder / name).exists() else []
    return dict(reversed(line.split("  ", 1)) for line in lines)


def faults(folder: Path) -> list[str]:
    """Files of a folder that its own lists report: altered, missing, in no list or in both."""
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


def test_each_folder_has_exactly_the_files_of_its_checksums(real_site: Built, real: Content):
    folders = sorted(folder for folder in (real_site.site / "data").iterdir() if folder.is_dir())
    assert [folder.name for folder in folders] == sorted(["latest", *(edition.tag for edition in real.editions)])
    for folder in folders:
        assert faults(folder) == [], folder.name
        assert list(listed(folder, formats.SUMS)) == sorted(listed(folder, formats.SUMS))
        lists = [name for name in (formats.SUMS, formats.ANEW) if (folder / name).exists()]
        assert lists == ([formats.SUMS] if folder.name == "latest" else [formats.SUMS, formats.ANEW])
        command = ["sha256sum", "--check", "--strict", "--quiet", *lists]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        assert (run.returncode, run.stdout) == (0, ""), folder.name


def test_published_files_never_change_and_only_pages_and_json_are_made_again(real_site: Built, real: Content):
    every = json.loads((real_site.site / "data" / "editions.json").read_text("utf-8"))["editions"]
    for edition, told in zip(real.editions, every, strict=True):
        folder = real_site.site / "data" / edition.tag
        assert told["sums"] == store.sha256((folder / formats.SUMS).read_bytes())
        held = unfold.published(THIS, edition)
        assert listed(folder, formats.SUMS) == {name: store.sha256(raw) for name, raw in held.items()}
        assert {"json/facts_flat.json", "ro-crate-metadata.json", "croissant.json"} <= held.keys()
        assert {*store.contents(THIS, edition), *store.chart_files(THIS, edition)} <= held.keys()
        anew = listed(folder, formats.ANEW)
        assert {name.partition("/")[0] for name in anew} == ANEW
        assert not [name for name in anew if name.startswith("charts/") and name != "charts/index.json"]


def test_file_that_is_added_missing_or_altered_is_reported(real_site: Built, tmp_path: Path):
    folder = Path(shutil.copytree(real_site.site / "data" / "v2.0.0", tmp_path / "copy"))
    (folder / "data" / "events.csv").unlink()
    for name in ("data/facts.csv", "more.csv"):
        (folder / name).write_text("x", "utf-8")
    assert faults(folder) == ["data/events.csv is lost", "data/facts.csv is altered", "more.csv is in no list"]
