"""`serve` as a writer uses it: it shows changes, reports problems until they are fixed, and ends on request."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.paths import Project
from tests.conftest import SMALL, Built, checkout, damage

FACTS = "datapackage/data/facts.csv"
OLD, NEW = "An owner says the stall was hard.", "An owner says the stall was dear."


@pytest.fixture
def shop(site: Built, tmp_path: Path) -> Project:
    """The small project with its own code and chart, which a test may change; its charts were drawn for that site."""
    return checkout(SMALL, tmp_path / "shop")


@contextlib.contextmanager
def serving(project: Project) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running `serve` process for a project, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "scripts", "serve", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield process, f"http://127.0.0.1:{port}/"
        finally:
            process.kill()


def lines_until(process: subprocess.Popen[str], text: str) -> list[str]:
    """The output of a server up to and including the first line with this text."""
    lines = []
    for line in process.stdout or []:
        lines.append(line.rstrip())
        if text in line:
            return lines
    raise AssertionError(f"ended before it said {text!r}: {lines}")


def page_when(wanted: Callable[[str], bool], address: str) -> str:
    """Request a page until it is as wanted, and return it."""
    for _ in range(600):
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=30) as answer:
            text: str = answer.read().decode()
            if wanted(text):
                return text
        time.sleep(0.05)
    raise AssertionError(f"{address} did not come as wanted")


def test_change_is_shown_problem_is_reported_another_build_waits_and_ctrl_c_ends_it(shop: Project):
    """Files of editors are ignored, before and after it starts."""
    places = ("docs/en", "docs/assets", "datapackage/data", "scripts", "scripts/charts", "scripts/pages/templates")
    for place in places:
        (shop.root / place / ".#index.md").symlink_to("ann@harbour.4711:1")
        (shop.root / place / ".#sales.py").symlink_to("ann@harbour.4711:1")
        (shop.root / place / ".list-x.html.swp").write_bytes(b"b0VIM\0")
    with serving(shop) as (process, address):
        lines_until(process, "serving at")
        page_when(lambda text: OLD in text, f"{address}facts/")
        for place in places:
            (shop.root / place / ".index.md.swp").write_bytes(b"b0VIM\0")
        time.sleep(1)  # ten polls of the watcher
        damage(shop, FACTS, (OLD, NEW))
        page_when(lambda text: NEW in text and OLD not in text, f"{address}facts/")
        lines = lines_until(process, "website")
        assert [line.split()[0] for line in lines] == ["preview", "check", "charts", "pages", "website"]
        assert "pages show the change; the whole site follows" in lines[0]
        made = {name for _, _, names in os.walk(shop.build) for name in names}  # while the site is renamed into place
        assert [name for name in made if name.startswith(".")] == [".lock"]
        command = [sys.executable, "-m", "scripts", "build"]
        run = subprocess.run(command, cwd=shop.root, capture_output=True, text=True, timeout=300)
        assert (run.returncode, run.stderr) == (0, "")
        damage(shop, FACTS, (f",{NEW},", ",,"))
        lines = lines_until(process, "the last good site stays")
        assert any(line.startswith(f"{FACTS}:") for line in lines), lines
        page_when(lambda text: NEW in text, f"{address}facts/")
        damage(shop, FACTS, (",,店主说货摊很难。", f",{OLD},店主说货摊很难。"))
        page_when(lambda text: OLD in text and NEW not in text, f"{address}facts/")
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def test_changed_code_is_loaded_and_failing_code_is_reported(shop: Project):
    chart = "scripts/charts/sales.py"
    with serving(shop) as (process, address):
        lines_until(process, "serving at")
        page_when(lambda text: "(--lt-accent)" in text and "(--lt-warn)" not in text, f"{address}charts/sales/")
        damage(shop, chart, ('"accent"', '"warn"'))
        page_when(lambda text: "(--lt-warn)" in text, f"{address}charts/sales/")
        lines_until(process, "The site is in")
        damage(shop, chart, ('"warn"', '"no such colour"'))
        lines = lines_until(process, "the last good site stays")
        assert "no such colour" in lines[-2], lines
        page_when(lambda text: "(--lt-warn)" in text, f"{address}charts/sales/")
        damage(shop, chart, ('"no such colour"', '"accent"'))
        damage(shop, FACTS, (OLD, NEW))
        page_when(lambda text: NEW in text, f"{address}facts/")
        process.terminate()
        assert process.wait(30) == 0


FAILS = """

import os, signal
_whole = show

def show(content, drawn):
    said = " ".join(fact.statement["en"] for fact in content.dataset.facts.values())
    if "was dear" in said:
        raise ZeroDivisionError("one by\\nnothing")
    if "was deaf" in said:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        except BaseException:
            return 0
    return _whole(content, drawn)
"""


def test_any_failure_is_reported_and_it_ends_even_if_a_build_swallows_the_interrupt(shop: Project):
    damage(shop, "scripts/website/preview.py", ("", FAILS))
    with serving(shop) as (process, address):
        lines_until(process, "serving at")
        page_when(lambda text: OLD in text, f"{address}facts/")  # it watches files once it serves
        damage(shop, FACTS, (OLD, NEW))
        lines = lines_until(process, "the last good site stays")
        assert len(lines) == 1, lines
        for part in ("serve failed", "ZeroDivisionError: one by nothing", "show, line ", "please report it"):
            assert part in lines[0]
        page_when(lambda text: OLD in text, f"{address}facts/")
        style = shop.docs / "assets" / "low-tide.css"
        css = style.read_bytes()
        style.unlink()
        damage(shop, FACTS, (NEW, "An owner says the stall was far."))
        lines = lines_until(process, "the last good site stays")
        assert any("low-tide.css" in line for line in lines), lines
        page_when(lambda text: OLD in text, f"{address}facts/")
        style.write_bytes(css)
        page_when(lambda text: "the stall was far" in text, f"{address}facts/")
        lines_until(process, "website")
        damage(shop, FACTS, ("the stall was far", "the stall was deaf"))
        assert process.wait(60) == 0, process.stdout and process.stdout.read()


def test_port_in_use_is_refused_before_anything_is_built(shop: Project):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        command = [sys.executable, "-m", "scripts", "serve", "--port", str(port)]
        run = subprocess.run(command, cwd=shop.root, capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith(f"port {port}:1: cannot be used: ") and "make serve PORT=8001" in run.stderr
    assert not shop.site.exists()
