"""What is said and done where the tests' browser is missing, wished away, or to be installed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.paths import THIS
from tests import browser, machine

LOOKS = "tests/test_use.py"


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine without a browser: nothing on the path but git, Playwright's folder empty."""
    path = tmp_path / "bin"
    path.mkdir()
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_BROWSER", "PYTEST_ADDOPTS")}
    return kept | {"PATH": str(path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "none")}


def run(environment: dict[str, str], *module: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *module]
    return subprocess.run(command, cwd=THIS.root, env=environment, capture_output=True, text=True)


def program(environment: dict[str, str], name: str, script: str) -> None:
    """A program on the path of a bare machine."""
    file = Path(environment["PATH"]) / name
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(0o755)


def test_without_a_browser_the_tests_fail_at_once_with_the_command_that_mends_it(bare: dict[str, str]):
    tested = run(bare, "pytest", "-p", "no:cacheprovider", LOOKS)
    assert tested.returncode == 1
    assert browser.MISSING in tested.stdout
    assert f"`{browser.REMEDY}`" in browser.MISSING
    assert "passed" not in tested.stdout
    assert "Traceback" not in tested.stdout + tested.stderr


def test_so_does_a_run_of_all_tests_on_several_processors(bare: dict[str, str]):
    tested = run(bare, "pytest", "-p", "no:cacheprovider", "-n", "2")
    assert tested.returncode == 1
    assert browser.MISSING in tested.stdout
    assert "workers" not in tested.stdout
    assert "Traceback" not in tested.stdout + tested.stderr


def test_tests_that_need_no_browser_run_without_one(bare: dict[str, str]):
    tested = run(bare, "pytest", "-p", "no:cacheprovider", "tests/test_problem.py")
    assert tested.returncode == 0, tested.stdout


def test_left_out_tests_are_told_loudly_with_their_number(bare: dict[str, str]):
    tested = run(bare | {"NO_BROWSER": "1"}, "pytest", "-p", "no:cacheprovider", LOOKS)
    *_, last = tested.stdout.strip().splitlines()
    assert tested.returncode == 0
    assert f"! {browser.LEFT_OUT} !" in tested.stdout
    count = last.strip("= ").split()[0]
    assert f"{count} skipped" in last
    assert int(count) > 10
    assert f"{LOOKS}: {count} left out" in tested.stdout


def test_the_remedy_is_a_target_that_says_what_to_do_where_nothing_can_be_installed(bare: dict[str, str]):
    target = f"{browser.REMEDY.removeprefix('make ')}:"
    assert f"{target} .venv/test ##" in (THIS.root / "Makefile").read_text("utf-8")
    failed = run(bare | {"PLAYWRIGHT_DOWNLOAD_HOST": "http://127.0.0.1:9"}, "tests.machine")
    assert failed.returncode == 1
    assert failed.stderr.endswith(f"{machine.HOPELESS}\n")


def test_packages_are_installed_where_root_and_apt_are_there(bare: dict[str, str], tmp_path: Path):
    log, found = tmp_path / "log", browser.program()
    if not found:
        pytest.skip(browser.LEFT_OUT)
    real = {name: Path("/usr/bin") / name for name in ("env", "ln", "id")}
    for name, path in real.items():
        program(bare, name, f'exec {path} "$@"')
    program(bare, "dpkg-query", f"echo {machine.FONTS[0]} installed; exit 1")
    program(bare, "sudo", 'exec "$@"')
    program(
        bare,
        "apt-get",
        f'echo "$DEBIAN_FRONTEND $*" >> {log}\n'
        f'case "$*" in *" chromium") exec ln -s {found} {bare["PATH"]}/chromium;; *fonts*) exit 100;; esac',
    )
    done = run(bare, "tests.machine")
    assert done.returncode == 0, done.stderr
    *_, last = done.stdout.splitlines()
    assert last.startswith(f"tests look through {bare['PATH']}/chromium, version ")
    assert f"{machine.FONTS[1]} could not be installed" in done.stderr
    calls = log.read_text("utf-8").splitlines()
    assert [line.split()[-1] for line in calls] == ["update", *machine.BESIDE[1:], "update", machine.CHROMIUM]
    assert all(line.startswith("noninteractive -qq ") for line in calls)
    assert all("install --no-install-recommends --yes" in line for line in calls if not line.endswith(" update"))


def test_ci_installs_the_browser_and_ends_with_the_test_runner():
    assert (THIS.root / ".ci" / "run").read_text("utf-8").endswith(f"\n{browser.REMEDY}\nmake test\n")
