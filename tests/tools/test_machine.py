"""What happens if the tests' browser is missing, left out, or to be installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.paths import THIS
from tests import browser
from tests.tools import machine

LOOKS = "tests/browser/test_use.py"


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine without a browser: an empty folder as PATH, and no browser of Playwright's."""
    path = tmp_path / "bin"
    path.mkdir()
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_BROWSER", "PYTEST_ADDOPTS")}
    return kept | {"PATH": str(path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "none")}


@pytest.fixture
def done(tmp_path: Path) -> Path:
    """The marker file of a setup; it does not exist yet."""
    return tmp_path / "done"


def run(environment: dict[str, str], *module: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *module]
    return subprocess.run(command, cwd=THIS.root, env=environment, capture_output=True, text=True)


def program(environment: dict[str, str], name: str, script: str) -> None:
    """Put a program on the PATH of a bare machine."""
    file = Path(environment["PATH"]) / name
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(0o755)


def outside_make() -> dict[str, str]:
    """The environment without the variables of `make test`, which would change the output of another make."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}


@pytest.mark.parametrize("which", [(LOOKS,), ("-n", "2")], ids=["one file", "all on several processors"])
def test_without_a_browser_the_tests_fail_at_once_with_the_command_that_installs_it(
    bare: dict[str, str], which: tuple[str, ...]
):
    tested = run(bare, "pytest", "-p", "no:cacheprovider", *which)
    assert tested.returncode == 1
    assert browser.MISSING in tested.stdout
    assert f"`{browser.REMEDY}`" in browser.MISSING
    for word in ("passed", "workers", "Traceback"):
        assert word not in tested.stdout + tested.stderr


def test_tests_that_need_no_browser_run_without_one(bare: dict[str, str]):
    tested = run(bare, "pytest", "-p", "no:cacheprovider", "tests/test_problem.py")
    assert tested.returncode == 0, tested.stdout


def test_skipped_browser_tests_are_reported_prominently_with_their_number(bare: dict[str, str]):
    tested = run(bare | {"NO_BROWSER": "1"}, "pytest", "-p", "no:cacheprovider", LOOKS)
    *_, last = tested.stdout.strip().splitlines()
    assert tested.returncode == 0
    assert "[100%]" in tested.stdout  # progress
    assert f"! {browser.LEFT_OUT} !" in tested.stdout
    count = last.strip("= ").split()[0]
    assert f"{count} skipped" in last
    assert int(count) > 10
    assert f"{LOOKS}: {count} left out" in tested.stdout


def test_make_test_installs_the_browser_first_and_the_remedy_is_a_target():
    planned = ["make", "--dry-run", "--always-make", "--old-file=.venv/test", "test"]
    told = subprocess.run(planned, cwd=THIS.root, env=outside_make(), capture_output=True, text=True, check=True)
    lines = told.stdout.splitlines()
    assert lines[0].endswith("python -m tests.tools.machine .venv/browser")
    assert "ruff" in lines[1] and "pytest" in lines[1]
    target = f"{browser.REMEDY.removeprefix('make ')}:"
    assert f"{target} .venv/test ##" in (THIS.root / "Makefile").read_text("utf-8")


def test_without_the_right_to_install_one_sentence_names_what_is_missing_and_the_command(
    bare: dict[str, str], done: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    for name, script in (
        ("apt-get", "exit 100"),
        ("sudo", "exit 1"),
        ("dpkg-query", f"echo {machine.FONTS[0]} installed"),
    ):
        program(bare, name, script)
    for name in ("PATH", "PLAYWRIGHT_BROWSERS_PATH"):
        monkeypatch.setenv(name, bare[name])
    monkeypatch.delenv("NO_BROWSER", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert machine.main(done) == 1
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err == (
        "tests need chromium-headless-shell, curl, libatomic1, which could not be installed; run as root: "
        "apt-get install chromium-headless-shell curl libatomic1 fonts-liberation fonts-noto-cjk "
        "(or leave the browser out: NO_BROWSER=1 make test)\n"
    )
    assert not done.exists()


def test_playwrights_own_browser_is_tried_where_there_are_no_packages(bare: dict[str, str], done: Path):
    program(bare, "curl", "")
    failed = run(bare | {"PLAYWRIGHT_DOWNLOAD_HOST": "http://127.0.0.1:9"}, "tests.tools.machine", str(done))
    said, why = failed.stdout.splitlines()
    assert said == "downloading Playwright's own Chromium"
    assert why.startswith("failed: ") and "127.0.0.1:9" in why
    assert failed.stderr.startswith(
        "tests need chromium-headless-shell, which could not be installed; install Chromium or Google Chrome"
    )
    assert failed.stderr.count("\n") == failed.returncode == 1
    assert not done.exists()


def test_on_a_mac_the_remedy_installs_chrome_with_brew(bare: dict[str, str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", bare["PATH"])
    monkeypatch.setattr(sys, "platform", "darwin")
    assert machine.remedy() == "run: brew install --cask google-chrome"


def test_packages_are_installed_once_with_root_and_apt(bare: dict[str, str], done: Path, tmp_path: Path):
    log, found = tmp_path / "log", browser.program()
    if not found:
        pytest.skip(browser.LEFT_OUT)
    home = bare["PATH"]
    program(
        bare,
        "dpkg-query",
        f"echo {machine.FONTS[0]} installed; test -e {home}/{machine.LIBRARY} && echo {machine.LIBRARY} installed",
    )
    program(bare, "sudo", 'exec "$@"')
    for name in ("env", "ln", "true"):
        program(bare, name, f'exec {shutil.which(name)} "$@"')
    program(
        bare,
        "apt-get",
        f'echo "$DEBIAN_FRONTEND $*" >> {log}; for last; do :; done\n'
        f'case "$*" in *" {machine.CHROMIUM}") ln -s {found} {home}/{machine.CHROMIUM};; *noto*) echo E: no such font; exit 100;; *update) ;;'
        f" *) ln -s {shutil.which('true')} {home}/$last;; esac",
    )
    first = run(bare, "tests.tools.machine", str(done))
    assert first.returncode == 0, first.stderr
    said, word, failure, last = first.stdout.splitlines()
    assert said == "installing chromium-headless-shell, curl, libatomic1, fonts-noto-cjk with apt-get"
    assert word == "E: no such font"
    assert failure.startswith("failed: apt-get install ") and failure.endswith(machine.FONTS[1])
    assert last.startswith(f"tests use {home}/{machine.CHROMIUM}, version ")
    calls = log.read_text("utf-8").splitlines()
    assert [line.split()[-1] for line in calls] == ["update", machine.CHROMIUM, "curl", "libatomic1", machine.FONTS[1]]
    assert all(line.startswith("noninteractive -qq ") for line in calls)
    assert all("install --no-install-recommends --yes" in line for line in calls[1:])
    again = run(bare, "tests.tools.machine", str(done))
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert log.read_text("utf-8").splitlines() == calls


def test_a_browser_removed_after_setup_is_reported_missing(bare: dict[str, str], done: Path):
    done.touch()
    assert run(bare, "tests.tools.machine", str(done)).stderr.startswith("tests need chromium-headless-shell, curl, ")


def test_a_browser_that_does_not_start_is_named(bare: dict[str, str], done: Path):
    program(bare, "curl", "")
    program(bare, "chromium", "echo no such library >&2; exit 127")
    failed = run(bare, "tests.tools.machine", str(done))
    assert failed.returncode == 1
    assert f"{bare['PATH']}/chromium does not start: " in failed.stderr
    assert "Traceback" not in failed.stderr and not done.exists()


def test_nothing_is_installed_with_no_browser_set(bare: dict[str, str], done: Path):
    ready = run(bare | {"NO_BROWSER": "1"}, "tests.tools.machine", str(done))
    assert (ready.returncode, ready.stdout, ready.stderr) == (0, f"{browser.LEFT_OUT}\n", "")
    assert not done.exists()


def test_a_python_without_venv_fails_and_names_the_package_to_install(tmp_path: Path):
    shutil.copy(THIS.root / "Makefile", tmp_path)
    (tmp_path / "ensurepip.py").write_text("raise ImportError", "utf-8")
    command = ["make", ".venv/python", f"PYTHON={sys.executable}"]
    environment = outside_make() | {"PYTHONPATH": str(tmp_path)}
    failed = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    package = f"{Path(sys.executable).name}-venv"
    assert failed.stderr.startswith(f"Python has no venv module here; run as root: apt-get install {package}\nmake: ")
    assert failed.returncode == 2
    assert not (tmp_path / ".venv").exists()


def test_ci_calls_the_one_command_and_ends_with_the_test_runner():
    lines = (THIS.root / ".ci" / "run").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("make")] == lines[-1:] == ["make test"]
