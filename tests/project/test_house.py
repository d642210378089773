"""HACKING's table of stages matches scripts/, and each stage has tests in a folder of the same name."""

import re

import pytest

from scripts.paths import SCRIPTS, THIS

TABLE = re.findall(r"^\| (`\w+/`|above) \| (.*?) \|", (THIS.root / "HACKING.md").read_text("utf-8"), re.MULTILINE)
STAGES = {stage.strip("`/"): re.findall(r"`([a-z_]+/?)`", modules) for stage, modules in TABLE}
FOLDERS = sorted(file.parent.name for file in SCRIPTS.glob("*/__init__.py"))


def there(folder: str) -> set[str]:
    """The modules of a stage, and its folders with a slash."""
    home = SCRIPTS / folder
    found = {file.stem for file in home.glob("[!_]*.py")}
    return found | {f"{path.name}/" for path in home.iterdir() if path.is_dir() and not path.name.startswith("__")}


def test_the_table_has_every_stage():
    assert sorted(STAGES) == sorted([*FOLDERS, "above"])


@pytest.mark.parametrize("stage", [one for one in FOLDERS if one != "charts"])
def test_the_table_has_every_module_of_a_stage(stage: str):
    assert sorted(STAGES[stage]) == sorted(there(stage) - {"fonts/"})


def test_the_table_has_every_module_above_the_stages():
    assert sorted(STAGES["above"]) == sorted(name for name in there("") if not name.endswith("/"))


def test_every_file_that_the_manuals_name_exists():
    named = {
        name
        for text in THIS.root.glob("*.md")
        for name in re.findall(r"`([\w/]+\.(?:py|js|yml))`", text.read_text("utf-8"))
    }
    there = [file.as_posix() for room in ("scripts", "tests", "docs") for file in (THIS.root / room).rglob("*.*")]
    there += [file.as_posix() for file in THIS.root.iterdir()]
    assert [name for name in sorted(named) if not any(file.endswith(f"/{name}") for file in there)] == []


def test_tests_mirror_the_stages():
    tests = {path.name for path in (THIS.root / "tests").iterdir() if path.is_dir()}
    assert set(FOLDERS) - {"charts"} <= tests  # tests/drawing tests every chart that exists
