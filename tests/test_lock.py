"""One process builds at a time, and a killed or interrupted one does not affect the next."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

from scripts import lock
from scripts.paths import THIS, Project
from tests.conftest import Built, Once, tree
from tests.damage.test_disk import build_shop

BUILD = [sys.executable, "-m", "scripts", "build"]
WAITS = r"process (\d+), started at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d, is building here; waiting for it to end \(Ctrl-C stops waiting\)"


@pytest.fixture(scope="module")
def shop(site: Built, once: Once, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A checkout of the small project with its site, built with the drawings of `site`, so as fast as later builds."""
    return Project(shutil.copytree(once("shop", build_shop)[0].root, tmp_path_factory.mktemp("lock") / "shop"))


@pytest.fixture(scope="module")
def seconds(shop: Project, once: Once) -> float:
    """The duration of the checkout's first build, in seconds."""
    return once("shop", build_shop)[1]


@pytest.fixture(scope="module")
def clean(shop: Project, once: Once) -> dict[str, bytes]:
    """The site of the checkout after its first build."""
    return tree(once("shop", build_shop)[0].site)


def started(project: Project, *command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*BUILD[:-1], *(command or BUILD[-1:])],
        cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def ended(process: subprocess.Popen[str], said: str = "") -> int:
    """The exit code of a process whose output has no traceback, and a line that starts with this pattern."""
    output = process.communicate(timeout=300)[0]
    assert "Traceback" not in output, output
    assert re.search(f"^{said}", output, re.MULTILINE), output
    return process.returncode


@pytest.mark.alike(4)
@pytest.mark.parametrize("apart", [0.0, 0.3, 0.6, 0.9])  # in durations of a build
def test_two_concurrent_builds_succeed_with_the_same_site(
    shop: Project, clean: dict[str, bytes], seconds: float, apart: float
):
    shutil.rmtree(shop.build / "kept", ignore_errors=True)
    one = started(shop)
    time.sleep(apart * seconds)
    other = started(shop)
    assert (ended(one), ended(other)) == (0, 0)
    assert tree(shop.site) == clean
    assert sorted(room.name for room in shop.build.iterdir()) == [".lock", "docs", "drawings", "kept", "site"]


@pytest.mark.alike(2)
@pytest.mark.parametrize(
    "command", [["build"], ["release", "9.9.9"], ["release", "9.9.9", "--dry-run"], ["assets", "v9.9.9"]]
)
def test_second_command_names_the_process_that_builds_and_stops_waiting_on_ctrl_c(shop: Project, command: list[str]):
    with lock.held(shop, pytest.fail):
        second = started(shop, *command)
        line = second.stdout.readline() if second.stdout else ""
        match = re.fullmatch(f"{WAITS}\n", line)
        assert match and int(match[1]) == os.getpid(), line
        assert second.poll() is None
        second.send_signal(signal.SIGINT)
        assert ended(second, "interrupted$") == 130


def test_check_needs_no_lock_and_writes_nothing(shop: Project, clean: dict[str, bytes]):
    before = tree(shop.build)
    with lock.held(shop, pytest.fail):
        assert ended(started(shop, "check"), "no problems") == 0
    assert differing(before, tree(shop.build)) <= {lock.FILE}


def test_lock_ends_with_its_process(shop: Project):
    holder = "import sys, time; from pathlib import Path; from scripts import lock, paths\n"
    holder += "with lock.held(paths.Project(Path(sys.argv[1])), print): print('held', flush=True); time.sleep(600)"
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(shop.root)], cwd=THIS.root, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout and process.stdout.readline() == "held\n"
        process.kill()
    with lock.held(shop, pytest.fail):
        pass


STOPS = [(signal.SIGKILL, 0.4), (signal.SIGKILL, 0.6), (signal.SIGKILL, 0.75), (signal.SIGKILL, 0.95)]
STOPS += [(signal.SIGTERM, 0.75), (signal.SIGINT, 0.4), (signal.SIGINT, 0.75)]


@pytest.mark.alike(7)
@pytest.mark.parametrize(("sent", "after"), STOPS)  # in durations of a build
def test_stopped_build_leaves_the_old_site_and_does_not_affect_the_next_one(
    shop: Project, clean: dict[str, bytes], seconds: float, sent: signal.Signals, after: float
):
    shutil.rmtree(shop.build / "kept", ignore_errors=True)
    first = started(shop)
    time.sleep(after * seconds)
    first.send_signal(sent)
    if sent == signal.SIGINT:
        assert ended(first, "(interrupted|The site is in)") in (130, 0)
    else:
        assert ended(first) in (-sent, 0)
    if shop.site.exists():  # it is missing only between the two renames at the end of a build
        assert tree(shop.site) == clean
    assert ended(started(shop)) == 0
    assert tree(shop.site) == clean


def differing(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
