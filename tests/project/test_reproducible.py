"""Same input, same bytes: in another folder, time zone and locale, with another hash seed, on another day."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.paths import THIS, Project
from tests.conftest import SMALL, Built, checkout, tree
from tests.sampled import weekly

ELSEWHERE = {"TZ": "Pacific/Apia", "LC_ALL": "POSIX", "PYTHONHASHSEED": "4242", "SOURCE_DATE_EPOCH": "86400",
             "LANG": "de_DE.UTF-8", "HOME": "/nowhere", "USER": "somebody"}  # fmt: skip


def hashes(project: Project, settings: dict[str, str], address: str) -> dict[str, str]:
    """Build a checkout by command with a machine's environment; return the SHA-256 of every file of the site."""
    command = [sys.executable, "-W", "ignore", "-m", "scripts", "build"]
    environment = {"PATH": os.environ["PATH"], "SITE_URL": address, **settings}
    run = subprocess.run(command, cwd=project.root, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    return summed(project.site)


def summed(site: Path) -> dict[str, str]:
    """The SHA-256 of every file of a site."""
    return {name: hashlib.sha256(raw).hexdigest() for name, raw in tree(site).items()}


def aged(project: Project, seconds: int) -> Project:
    """Set the modification time of all files of a project."""
    for path in project.root.rglob("*"):
        os.utime(path, (seconds, seconds))
    return project


def differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """The names of files that differ between two sites."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_two_machines_build_the_small_site_alike(public_site: Built, tmp_path: Path):
    """The other machine has no cached drawings."""
    found = summed(public_site.site)
    other = aged(checkout(SMALL, tmp_path / "a folder, 另一个" / "of another name", drawn=False), 1_000_000_000)
    assert differing(found, hashes(other, ELSEWHERE, public_site.address)) == []
    assert len(found) > 100


@pytest.mark.slow
@weekly
def test_another_machine_builds_the_real_site_as_this_process_did(real_site: Built, tmp_path: Path):
    """That machine has no cached drawings."""
    found, other = summed(real_site.site), aged(checkout(THIS, tmp_path / "二" / "other", drawn=False), 1_000_000_000)
    assert differing(found, hashes(other, ELSEWHERE, "")) == []
    assert len(found) > 500


def test_the_comparison_finds_changed_and_added_files():
    assert differing({"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"}) == ["b", "c"]
