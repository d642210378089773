"""Promises about the repository: exact pins, make targets that exist, no borrowed wording, no large files."""

import re
import subprocess

import pytest

from scripts.pages.content import Content
from scripts.paths import THIS
from scripts.rules import originality

PINS = ("requirements.txt", "requirements-test.txt", "requirements-canary.txt")
TARGETS = set(re.findall(r"^([a-z]+):.*##", (THIS.root / "Makefile").read_text("utf-8"), re.MULTILINE))


def tracked() -> list[str]:
    """The files that git tracks."""
    run = subprocess.run(["git", "ls-files", "-z"], cwd=THIS.root, capture_output=True, text=True, check=True)
    return [name for name in run.stdout.split("\0") if name]


@pytest.mark.parametrize("name", PINS)
def test_every_pin_is_exact_and_has_more_than_one_hash_or_a_source_archive(name: str):
    text = (THIS.root / name).read_text("utf-8")
    pins = re.findall(
        r"^(\S+?)==(\S+)(?: ;[^\n]*)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.MULTILINE
    )
    named = re.findall(r"^[a-z0-9]\S*", text, re.MULTILINE)
    assert len(pins) == len(named) > 30
    assert "://" not in text
    assert not re.search(r"^-|--(index|extra|find)", text, re.MULTILINE)


def test_the_pins_of_the_site_are_those_of_the_tests_and_of_the_other_builders():
    site, test, canary = (
        dict(re.findall(r"^(\S+?)==(\S+)", (THIS.root / name).read_text("utf-8"), re.MULTILINE)) for name in PINS
    )
    assert site.items() <= test.items()
    assert {name: canary[name] for name in site.keys() & canary.keys()} == {
        name: site[name] for name in site.keys() & canary.keys()
    }
    assert "mkdocs-material" in canary


def test_the_manuals_call_targets_that_exist():
    readme, *others = ((THIS.root / name).read_text("utf-8") for name in ("README.md", "HACKING.md", "CONTRIBUTING.md"))
    called = set(re.findall(r"`?make ([a-z]+)", readme))
    assert {"site", "test"} <= called <= TARGETS
    assert set(re.findall(r"`make ([a-z]+)", "".join(others))) <= TARGETS


def test_the_two_copies_of_the_data_licence_are_one():
    assert (THIS.root / "LICENSE-DATA").read_bytes() == (THIS.root / "datapackage" / "LICENSE").read_bytes()


def test_the_folders_that_the_readme_names_exist():
    for room in re.findall(r"^\| (`[^|]+`) \|", (THIS.root / "README.md").read_text("utf-8"), re.MULTILINE):
        for name in re.findall(r"`([^`]+)`", room):
            assert name == "build/" or (THIS.root / name).exists(), name


def test_no_tracked_text_borrows_the_wording_of_the_article(real: Content):
    names = [name for entity in real.dataset.entities.values() for name in entity.name.values()]
    assert list(originality.check(THIS, names, {one.source_id: one.line for one in real.dataset.reports})) == []
    (prints,) = [file.read_text("ascii") for file in (THIS.root / "datapackage/fingerprints").glob("*.txt")]
    rest = [name for name in tracked() if not name.startswith(("datapackage/", "docs/", "scripts/"))]
    for name in rest:
        if name.endswith((".md", ".py", ".yml", ".txt", ".cff", ".csv", ".toml")):
            text = (THIS.root / name).read_text("utf-8")
            assert originality.borrowed(text, prints, names) == [], name


def test_no_tracked_file_is_large_or_contains_a_local_path():
    for name in tracked():
        raw = (THIS.root / name).read_bytes()
        assert len(raw) < 800_000, name
        if name != "tests/project/test_project.py":
            assert not re.search(rb"/(home|Users|root|work)/[a-z]", raw), name


def test_what_make_installs_by_name_is_pinned():
    named = re.findall(r"pip install (?:--\S+ )*([a-z]\S*)", (THIS.root / "Makefile").read_text("utf-8"))
    assert named and all(re.fullmatch(r"\w+==[\d.]+", one) for one in named), named
