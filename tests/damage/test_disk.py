"""A build that cannot write reports it, leaves the last good site, and does not affect the next build."""

import json
import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.paths import Project
from tests.conftest import SMALL, Built, Once, built, checkout, copied, damage, keep_drawings, tree

BUILD = [sys.executable, "-m", "scripts", "build"]
APART = ["unshare", "--map-root-user", "--mount"]  # a mount namespace, which ends with the process
REWORDED = (
    "datapackage/data/facts.csv",
    ("An owner says the stall was hard.,店主说货摊很难。", "An owner says the stall was dear.,店主说货摊很贵。"),
)
FULL = """
mount -t tmpfs -o size={size}k tmpfs build && cp -a old/. build/ || exit 99
"$@"; echo "exit $?"
cp -a build/site after
mount -o remount,size=1g build && "$@" && cp -a build/site next
"""
READ_ONLY = """
mount --bind . . && mount -o remount,ro,bind . && cd "$PWD" || exit 99
"$1" -m scripts check; echo "exit $?"
"$@"; echo "exit $?"
"""


@pytest.fixture
def shop(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return checkout(SMALL, tmp_path_factory.mktemp("disk") / "shop", drawn=False)


def build_shop(folder: Path) -> tuple[Project, float]:
    """A checkout of the small project with its site, and the duration of its build in seconds."""
    project = checkout(SMALL, folder)
    start = time.perf_counter()
    subprocess.run(BUILD, cwd=folder, check=True, capture_output=True)
    return project, time.perf_counter() - start


@pytest.fixture
def built_shop(site: Built, once: Once, tmp_path: Path) -> Project:
    """A checkout of the small project with its site, built once in a run."""
    return Project(shutil.copytree(once("shop", build_shop)[0].root, tmp_path / "shop"))


@pytest.fixture
def reworded(once: Once) -> dict[str, bytes]:
    """The site of a clean build with a reworded fact."""

    def build(folder: Path) -> dict[str, bytes]:
        project = copied(SMALL, folder)
        damage(project, *REWORDED)
        return tree(built(project).site)

    return once("reworded", build)


@pytest.fixture(scope="session")
def mounts() -> None:
    """Skips the test if this machine does not allow mounts."""
    if not shutil.which(APART[0]):
        pytest.skip("no `unshare` on this machine, so the test cannot mount a disk")
    run = subprocess.run([*APART, "mount", "-t", "tmpfs", "tmpfs", "/tmp"], capture_output=True, text=True)
    if run.returncode:
        pytest.skip(f"the test cannot mount a disk: {run.stderr.strip()}")


def output_of(project: Project, script: str) -> str:
    """The output of a shell script that may mount; its arguments are the command of a build."""
    command = [*APART, "sh", "-c", script, "sh", *BUILD]
    run = subprocess.run(command, cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert run.returncode != 99, run.stdout
    assert "Traceback" not in run.stdout, run.stdout
    return run.stdout


def sizes(project: Project) -> dict[str, int]:
    """The size of each folder of build in KiB, in blocks of 4."""
    rooms = {room.name: [room, *room.rglob("*")] for room in project.build.iterdir()}
    return {name: sum(4 * -(-file.stat().st_size // 4096) for file in files) for name, files in rooms.items()}


@pytest.mark.alike(4)
@pytest.mark.parametrize("stage", ["lock", "docs", "html", "kept"])
def test_full_disk_is_reported_and_leaves_the_last_good_site(
    built_shop: Project, reworded: dict[str, bytes], mounts: None, stage: str
):
    rooms = sizes(built_shop)
    old = built_shop.build.rename(built_shop.root / "old")
    shutil.rmtree(old / "docs")
    shutil.rmtree(old / "kept")
    built_shop.build.mkdir()
    damage(built_shop, *REWORDED)
    beside = {"lock": 0, "docs": rooms["docs"] // 2, "html": rooms["docs"] + rooms["kept"] // 2,
              "kept": rooms["docs"] + 3 * rooms["kept"] // 2}[stage]  # fmt: skip
    output = output_of(built_shop, FULL.format(size=rooms["site"] + rooms["drawings"] + 8 + beside))
    assert re.search(r"^build\S*:1: No space left on device; make room on the disk\nexit 1$", output, re.MULTILINE), (
        output
    )
    assert tree(built_shop.root / "after") == tree(old / "site")
    assert tree(built_shop.root / "next") == reworded != tree(old / "site")


def test_file_size_limit_is_reported_with_its_remedy(built_shop: Project):
    before = tree(built_shop.site)
    damage(built_shop, *REWORDED)
    limit = (1000, resource.getrlimit(resource.RLIMIT_FSIZE)[1])
    run = subprocess.run(
        BUILD,
        cwd=built_shop.root,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )
    assert run.returncode == 1, run.stderr
    assert re.fullmatch(
        r"build\S*:1: File too large; allow larger files; `ulimit -f` says how large they may be\n", run.stderr
    )
    assert tree(built_shop.site) == before


def test_read_only_checkout_is_checked_but_not_built(shop: Project, mounts: None):
    output = output_of(shop, READ_ONLY)
    tables = len(json.loads(shop.descriptor.read_text("utf-8"))["resources"])
    assert output.splitlines() == [
        f"no problems: 5 facts in {tables} tables",
        "exit 0",
        "build:1: Read-only file system; make it writable, or work in a copy of the project",
        "exit 1",
    ]


@pytest.mark.parametrize("name", ["build", "build/.lock", "build/drawings", "build/kept"])
def test_file_or_folder_in_place_of_one_of_the_build_is_reported(shop: Project, name: str):
    path = shop.root / name
    if name == "build/.lock":
        path.mkdir(parents=True)
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine", "utf-8")
    if name == "build/kept":
        keep_drawings(SMALL, shop)
    run = subprocess.run(BUILD, cwd=shop.root, capture_output=True, text=True)
    assert run.returncode == 1, run.stderr
    assert re.fullmatch(rf"{name}\S*:1: .*; move away the file or folder of this name\n", run.stderr), run.stderr
    assert not shop.site.exists()
