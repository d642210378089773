"""Progress output on a terminal, and plain lines in a log."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import progress
from scripts.paths import THIS
from tests.conftest import SMALL, checkout

STAGES = """
import time
from scripts import progress
say = progress.out()
with progress.stage(say, "charts") as (notes, each):
    for _ in each(range(3)):
        time.sleep(0.3)
    notes.append("[3] drawings")
"""
BUILD = """
import pathlib, sys
from scripts import commands, progress
from scripts.paths import Project
from tests.conftest import SMALL_CHARTS
commands.build(Project(pathlib.Path(sys.argv[1])), progress.out(), "", SMALL_CHARTS)
"""
LINE = re.compile(r"^charts +[0-9]+\.[0-9]{2} s  \[3\] drawings$", re.MULTILINE)
ESCAPE = re.compile(r"\x1b\[[?0-9;]*[A-Za-z]")
HIDDEN, SHOWN = "\x1b[?25l", "\x1b[?25h"  # the cursor


def environment(**settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS")}
    return kept | {"TERM": "xterm", **settings}


def piped(code: str, *words: str, **settings: str) -> str:
    """The output of a program through a pipe."""
    command = [sys.executable, "-c", code, *words]
    run = subprocess.run(command, cwd=THIS.root, env=environment(**settings), capture_output=True, check=True)
    assert run.stderr == b""
    return run.stdout.decode()


def on_a_terminal(code: str, *words: str, **settings: str) -> tuple[str, int]:
    """The output of a program on a terminal, and its exit code."""
    ours, its = pty.openpty()
    command = [sys.executable, "-c", code, *words]
    with subprocess.Popen(command, cwd=THIS.root, env=environment(**settings), stdout=its, stderr=its) as running:
        os.close(its)
        said = b""
        while read := _read(ours):
            said += read
    os.close(ours)
    return said.decode().replace("\r\n", "\n"), running.returncode


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux raises it once the other end is closed
        return b""


@pytest.mark.parametrize(
    "settings", [{}, {"FORCE_COLOR": "1", "TTY_COMPATIBLE": "1", "CI": "true"}], ids=["pipe", "CI"]
)
def test_log_gets_only_one_plain_line_per_stage(settings: dict[str, str]):
    said = piped(STAGES, **settings)
    assert LINE.fullmatch(said.removesuffix("\n")), said


def test_dumb_terminal_gets_only_the_lines():
    said, _ = on_a_terminal(STAGES, TERM="dumb")
    assert LINE.fullmatch(said.removesuffix("\n")), said


def test_terminal_shows_the_progress_of_a_stage_and_then_its_line():
    said, code = on_a_terminal(STAGES)
    plain = ESCAPE.sub("", said).replace("\r", "\n")
    assert re.search(r"charts .*1 of 3 +0:00:00", plain)
    assert plain.index("1 of 3") < plain.index("2 of 3") < LINE.search(plain).start()
    assert said.rindex(HIDDEN) < said.rindex(SHOWN)
    assert code == 0


def test_interrupt_restores_the_terminal():
    said, code = on_a_terminal(STAGES.replace("time.sleep(0.3)", "raise KeyboardInterrupt"))
    assert said.rindex(HIDDEN) < said.rindex(SHOWN)
    assert "KeyboardInterrupt" in said
    assert code != 0


def test_build_shows_progress_of_charts_and_pages_on_a_terminal_and_lines_in_a_log(tmp_path: Path):
    folder = checkout(SMALL, tmp_path / "small").root
    plain = ESCAPE.sub("", on_a_terminal(BUILD, str(folder))[0]).replace("\r", "\n")
    for stage in ("check", "charts", "pages", "website"):
        assert re.search(rf"^.*{stage} .*0:00:0", plain, re.MULTILINE), stage
    assert re.search(r"charts .* of 2 ", plain)
    assert re.search(r"pages .* of [0-9]+ ", plain)
    lines = piped(BUILD, str(folder)).splitlines()
    assert [line.split()[0] for line in lines] == ["check", "charts", "pages", "website"]
    assert all(re.fullmatch(r"\w+ +[0-9]+\.[0-9]{2} s  .+", line) for line in lines)


def test_items_pass_through_the_progress_output_unchanged():
    with progress.show(progress.line, "charts") as each:
        assert list(each("abc")) == ["a", "b", "c"]
        assert list(each(iter("abc"), 3)) == ["a", "b", "c"]
