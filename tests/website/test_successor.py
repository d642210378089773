"""The builder can be replaced: one constant, and `make pins`. ProperDocs makes the same bytes of the pages as MkDocs."""

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version as _version
from pathlib import Path

import pytest

from scripts.paths import THIS
from scripts.website import builder
from tests.conftest import SMALL, Built, checkout, tree
from tests.sampled import weekly

SUCCESSOR = "properdocs"
CONSTANT = re.compile(r'^BUILDER = "mkdocs"$', re.MULTILINE)


def switched(root: Path) -> None:
    """Change the one constant."""
    file = root / "scripts" / "website" / "builder.py"
    text, count = CONSTANT.subn(f'BUILDER = "{SUCCESSOR}"', file.read_text("utf-8"))
    assert count == 1
    file.write_text(text, "utf-8")


@pytest.mark.parametrize("which", ["site", pytest.param("real_site", marks=weekly)])
def test_successor_builds_the_same_site(which: str, request: pytest.FixtureRequest, tmp_path: Path):
    built: Built = request.getfixturevalue(which)
    root = checkout(THIS if which == "real_site" else SMALL, tmp_path / "switched").root
    switched(root)
    command = [sys.executable, "-W", "ignore", "-m", "scripts", "build"]
    made = subprocess.run(command, cwd=root, env=os.environ | {"SITE_URL": ""}, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr[-2000:]
    ours, theirs = tree(built.site), tree(root / "build" / "site")
    theirs_name, our_name = (
        f'content="mkdocs-{name}'.encode() for name in (f"ProperDocs {_version(SUCCESSOR)}", _version("mkdocs"))
    )
    assert sorted(ours) == sorted(theirs)
    assert sum(theirs_name in raw for raw in theirs.values()) > 20
    sums = "SHA256SUMS"  # also of pages, which name their builder
    pairs = ((name, theirs[name].replace(theirs_name, our_name)) for name in ours if not name.endswith(sums))
    assert [name for name, raw in pairs if ours[name] != raw] == []
    assert builder.BUILDER == "mkdocs"


def test_pins_follow_the_constant(tmp_path: Path):
    (tmp_path / "scripts" / "website").mkdir(parents=True)
    for name in ("Makefile", "scripts/website/builder.py"):
        shutil.copyfile(THIS.root / name, tmp_path / name)
    dry = ["make", "--dry-run", "--old-file=.venv/test", "pins"]
    before = subprocess.run(dry, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    switched(tmp_path)
    after = subprocess.run(dry, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert before.count("echo mkdocs |") == after.count(f"echo {SUCCESSOR} |") == 2
    assert before.replace("echo mkdocs |", f"echo {SUCCESSOR} |") == after


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_the_builder_itself_is_pinned(name: str):
    assert f"\n{builder.BUILDER}==" in (THIS.root / name).read_text("utf-8")
