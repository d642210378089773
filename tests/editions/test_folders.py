"""The folder of each edition and of the newest, as they are published: whole by their own checksums, file by file."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.editions import formats, store
from scripts.pages import blocks
from scripts.paths import THIS
from tests.conftest import Built


def faults(folder: Path) -> list[str]:
    """What is wrong with a folder by its own SHA256SUMS, file by file: altered, lost, or named nowhere."""
    named = dict(reversed(line.split("  ", 1)) for line in (folder / formats.SUMS).read_text("utf-8").splitlines())
    there = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    found = [f"{name} is lost" for name in named if name not in there]
    for name, file in there.items():
        if name != formats.SUMS and name not in named:
            found.append(f"{name} is not in {formats.SUMS}")
        elif name in named and hashlib.sha256(file.read_bytes()).hexdigest() != named[name]:
            found.append(f"{name} is altered")
    return sorted(found)


def test_each_folder_is_what_its_checksums_say_and_nothing_else(real_site: Built, real: blocks.Content):
    folders = sorted(folder for folder in (real_site.site / "data").iterdir() if folder.is_dir())
    assert [folder.name for folder in folders] == sorted(["latest", *(edition.tag for edition in real.editions)])
    for folder in folders:
        assert faults(folder) == [], folder.name
        run = subprocess.run(
            ["sha256sum", "--check", "--strict", "--quiet", formats.SUMS], cwd=folder, capture_output=True, text=True
        )
        assert (run.returncode, run.stdout) == (0, ""), folder.name


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "data" / "facts.csv").unlink(), "data/facts.csv is lost"),
        (lambda folder: (folder / "data" / "facts.csv").write_text("x"), "data/facts.csv is altered"),
        (lambda folder: (folder / "more.csv").write_text("x"), "more.csv is not in SHA256SUMS"),
    ],
    ids=["lost", "altered", "added"],
)
def test_a_file_that_is_added_lost_or_altered_is_named(real_site: Built, tmp_path: Path, damage, said: str):
    folder = Path(shutil.copytree(real_site.site / "data" / "latest", tmp_path / "copy"))
    damage(folder)
    assert faults(folder) == [said]


def test_every_edition_has_its_own_files_descriptions_and_formats(real_site: Built, real: blocks.Content):
    for edition in real.editions:
        home = real_site.site / "data" / edition.tag
        for name, raw in store.contents(THIS, edition).items():
            assert (home / name).read_bytes() == raw, name
        stem = edition.file.removesuffix(".zip")
        for name in (
            f"{stem}.xlsx",
            f"{stem}.sqlite",
            "json/facts_flat.json",
            "ro-crate-metadata.json",
            "croissant.json",
        ):
            assert (home / name).stat().st_size > 0, name
