"""`serve` as a writer uses it: a change is shown, a fault is said and mended, and it ends when it is asked to."""

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
from tests.conftest import SMALL, checkout, damage

FACTS = "datapackage/data/facts.csv"
OLD, NEW = "An owner says the stall was hard.", "An owner says the stall was dear."
DEAF = """

def show(*_):
    import os, signal
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    except BaseException:
        return 0
"""


@pytest.fixture
def shop(tmp_path: Path) -> Project:
    """The small project with code and a chart of its own, so that a test may change these too."""
    return checkout(SMALL, tmp_path / "shop")


@contextlib.contextmanager
def serving(project: Project) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server of its own for a project, and its address; what it says is read from its output."""
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


def said(process: subprocess.Popen[str], text: str) -> list[str]:
    """The lines that a server says, up to and with one that has this text."""
    lines = []
    for line in process.stdout or []:
        lines.append(line.rstrip())
        if text in line:
            return lines
    raise AssertionError(f"ended before it said {text!r}: {lines}")


def until(wanted: Callable[[str], bool], address: str) -> str:
    """A page as soon as it is as wanted."""
    for _ in range(600):
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=30) as answer:
            text: str = answer.read().decode()
            if wanted(text):
                return text
        time.sleep(0.05)
    raise AssertionError(f"{address} did not come as wanted")


def test_a_change_is_shown_a_fault_is_said_and_it_ends_by_ctrl_c(shop: Project):
    with serving(shop) as (process, address):
        said(process, "serving at")
        until(lambda text: OLD in text, f"{address}facts/")
        damage(shop, FACTS, (OLD, NEW))
        until(lambda text: NEW in text and OLD not in text, f"{address}facts/")
        lines = said(process, "website")
        assert [line.split()[0] for line in lines] == ["preview", "check", "charts", "pages", "website"]
        assert "pages show the change; the whole site follows" in lines[0]
        damage(shop, FACTS, (f",{NEW},", ",,"))
        lines = said(process, "the last good site stays")
        assert any(line.startswith(f"{FACTS}:") for line in lines), lines
        until(lambda text: NEW in text, f"{address}facts/")
        damage(shop, FACTS, (",,店主说货摊很难。", f",{OLD},店主说货摊很难。"))
        until(lambda text: OLD in text and NEW not in text, f"{address}facts/")
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def test_it_ends_though_something_lets_the_interrupt_pass(shop: Project):
    damage(shop, "scripts/website/preview.py", ("", DEAF))
    with serving(shop) as (process, address):
        said(process, "serving at")
        until(lambda text: OLD in text, f"{address}facts/")
        damage(shop, FACTS, (OLD, NEW))
        assert process.wait(60) == 0, process.stdout and process.stdout.read()


def test_changed_code_is_used_and_code_that_fails_is_told(shop: Project):
    chart = "scripts/charts/sales.py"
    with serving(shop) as (process, address):
        said(process, "serving at")
        until(lambda text: "(--lt-accent)" in text and "(--lt-warn)" not in text, f"{address}charts/sales/")
        damage(shop, chart, ('"accent"', '"warn"'))
        until(lambda text: "(--lt-warn)" in text, f"{address}charts/sales/")
        said(process, "The site is in")
        damage(shop, chart, ('"warn"', '"no such colour"'))
        lines = said(process, "the last good site stays")
        assert "no such colour" in lines[-2], lines
        until(lambda text: "(--lt-warn)" in text, f"{address}charts/sales/")
        damage(shop, chart, ('"no such colour"', '"accent"'))
        damage(shop, FACTS, (OLD, NEW))
        until(lambda text: NEW in text, f"{address}facts/")
        process.terminate()
        assert process.wait(30) == 0


FAILS_ONCE = """

_whole = show

def show(content, drawn):
    if any("dear" in fact.statement["en"] for fact in content.dataset.facts.values()):
        raise ZeroDivisionError("one by\\nnothing")
    return _whole(content, drawn)
"""


def test_whatever_fails_is_said_in_a_line_and_it_lives_on(shop: Project):
    damage(shop, "scripts/website/preview.py", ("", FAILS_ONCE))
    with serving(shop) as (process, address):
        said(process, "serving at")
        until(lambda text: OLD in text, f"{address}facts/")  # it watches once it serves
        damage(shop, FACTS, (OLD, NEW))
        lines = said(process, "the last good site stays")
        assert len(lines) == 1, lines
        for part in ("serve failed", "ZeroDivisionError: one by nothing", "show, line ", "please report it"):
            assert part in lines[0]
        until(lambda text: OLD in text, f"{address}facts/")
        style = shop.docs / "assets" / "low-tide.css"
        css = style.read_bytes()
        style.unlink()
        damage(shop, FACTS, (NEW, "An owner says the stall was far."))
        lines = said(process, "the last good site stays")
        assert any("low-tide.css" in line for line in lines), lines
        until(lambda text: OLD in text, f"{address}facts/")
        style.write_bytes(css)
        until(lambda text: "the stall was far" in text, f"{address}facts/")


def test_what_editors_lay_beside_a_file_is_passed_over(shop: Project):
    places = ("docs/en", "docs/assets", "datapackage/data", "scripts", "scripts/charts", "scripts/pages/templates")
    for place in places:
        (shop.root / place / ".#index.md").symlink_to("ann@harbour.4711:1")
        (shop.root / place / ".#sales.py").symlink_to("ann@harbour.4711:1")
        (shop.root / place / ".list-x.html.swp").write_bytes(b"b0VIM\0")
    with serving(shop) as (process, address):
        said(process, "serving at")
        until(lambda text: OLD in text, f"{address}facts/")
        for place in places:
            (shop.root / place / ".index.md.swp").write_bytes(b"b0VIM\0")
        time.sleep(1)  # ten looks of the watcher
        damage(shop, FACTS, (OLD, NEW))
        until(lambda text: NEW in text, f"{address}facts/")
        assert [line.split()[0] for line in said(process, "website")] == [
            "preview",
            "check",
            "charts",
            "pages",
            "website",
        ]
        made = {name for _, _, names in os.walk(shop.build) for name in names}  # while the site is put in its place
        assert [name for name in made if name.startswith(".")] == [".lock"]


def test_another_build_waits_for_one_of_serve_and_not_for_serve(shop: Project):
    with serving(shop) as (process, _):
        said(process, "serving at")
        run = subprocess.run(
            [sys.executable, "-m", "scripts", "build"], cwd=shop.root, capture_output=True, text=True, timeout=300
        )
        assert (run.returncode, run.stderr) == (0, "")


def test_a_port_in_use_is_refused_before_anything_is_built(shop: Project):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        command = [sys.executable, "-m", "scripts", "serve", "--port", str(port)]
        run = subprocess.run(command, cwd=shop.root, capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith(f"port {port}:1: cannot be used: ") and "make serve PORT=8001" in run.stderr
    assert not shop.site.exists()
