"""The second process of a build, which fills its cache from the other end: optional, and ends with the build."""

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

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks a helper")
TWO = pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor gets no helper")


def beats(file: Path) -> None:
    while True:
        file.write_text(str(time.time_ns()), "utf-8")
        time.sleep(0.01)


def stopped(file: Path) -> bool:
    """Whether nothing writes to the file any more."""
    was = file.read_text("utf-8")
    time.sleep(0.2)
    return file.read_text("utf-8") == was


def wait_for(file: Path) -> None:
    end = time.monotonic() + 20
    while not file.exists() or not file.stat().st_size:
        assert time.monotonic() < end
        time.sleep(0.01)


@TWO
def test_helper_runs_during_the_body_and_ends_with_it(tmp_path: Path):
    with helper.running(functools.partial(beats, tmp_path / "beat")):
        wait_for(tmp_path / "beat")
    assert stopped(tmp_path / "beat")


@TWO
def test_helper_ends_with_its_parent_even_if_that_is_killed(tmp_path: Path):
    file = tmp_path / "beat"
    begun = (
        f"from scripts import helper; from tests.test_helper import beats, Path; import time\n"
        f"with helper.running(lambda: beats(Path({str(file)!r}))): time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", begun], cwd=THIS.root) as process:
        wait_for(file)
        process.send_signal(signal.SIGKILL)
    time.sleep(0.2)
    assert stopped(file)


def test_error_of_the_helper_is_not_printed(capfd: pytest.CaptureFixture[str]):
    with helper.running(lambda: 1 / 0):
        time.sleep(0.3)
    assert capfd.readouterr() == ("", "")


def test_one_processor_gets_no_helper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    with helper.running(functools.partial(beats, tmp_path / "beat")):
        time.sleep(0.2)
    assert not (tmp_path / "beat").exists()
