"""A second process does from the other end what a build keeps; the build neither needs it nor is outlived by it."""

import functools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import helper
from scripts.paths import THIS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")
TWO = pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="with one processor nothing is copied")


def beats(file: Path) -> None:
    while True:
        file.write_text(str(time.time_ns()), "utf-8")
        time.sleep(0.01)


def still(file: Path) -> bool:
    """Whether nothing beats any more."""
    was = file.read_text("utf-8")
    time.sleep(0.2)
    return file.read_text("utf-8") == was


def awaited(file: Path) -> None:
    end = time.monotonic() + 20
    while not file.exists() or not file.read_text("utf-8"):
        assert time.monotonic() < end
        time.sleep(0.01)


@TWO
def test_it_works_while_the_body_runs_and_ends_with_it(tmp_path: Path):
    with helper.running(functools.partial(beats, tmp_path / "beat")):
        awaited(tmp_path / "beat")
    assert still(tmp_path / "beat")


@TWO
def test_it_ends_with_the_process_that_began_it_however_that_ends(tmp_path: Path):
    file = tmp_path / "beat"
    begun = (
        f"from scripts import helper; from tests.test_helper import beats, Path; import time\n"
        f"with helper.running(lambda: beats(Path({str(file)!r}))): time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", begun], cwd=THIS.root) as process:
        awaited(file)
        process.send_signal(signal.SIGKILL)
    time.sleep(0.2)
    assert still(file)


def test_what_it_fails_at_is_not_told_twice(capfd: pytest.CaptureFixture[str]):
    with helper.running(lambda: 1 / 0):
        time.sleep(0.3)
    assert capfd.readouterr() == ("", "")


def test_with_one_processor_the_body_is_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    with helper.running(functools.partial(beats, tmp_path / "beat")):
        time.sleep(0.2)
    assert not (tmp_path / "beat").exists()
