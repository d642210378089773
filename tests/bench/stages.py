"""Time and memory of each stage of a build, cold and warm; of the bare builder; of a change under `serve`.

In: a checkout; out: tables. Memory is the resident set of the process and its descendants, sampled every 20 ms.
"""

import contextlib
import ctypes
import os
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.paths import Project
from tests.bench.tables import Table

ROOMS = ("scripts", "datapackage", "docs", "mkdocs.yml")
RUNS = 3
RATIO = 4.0  # a complete warm build to the bare builder
CHANGE = 2.0  # seconds from a saved fact to its page
LINE = re.compile(r"^(\w+) +([\d.]+) s")
ADOPTS = 36  # PR_SET_CHILD_SUBREAPER: this process becomes the parent of what its children leave behind
PAGE = resource.getpagesize()
MB = 1_000_000


@dataclass(slots=True)
class Run:
    """One run of commands: wall-clock and processor seconds, peak memory in bytes; seconds and peak by stage."""

    seconds: float = 0.0
    processor: float = 0.0
    peak: int = 0
    stages: dict[str, tuple[float, int]] = field(default_factory=dict)


def checkout(source: Path, folder: Path) -> Path:
    """Copy all that a build reads into a new folder, without caches."""
    folder.mkdir(parents=True)
    for room in ROOMS:
        copy = shutil.copytree if (source / room).is_dir() else shutil.copyfile
        copy(source / room, folder / room)
    return folder


def run(commands: Sequence[Sequence[str]], folder: Path) -> Run:
    """Run commands in parallel in a folder; the output of the first marks the end of each stage."""
    ctypes.CDLL(None).prctl(ADOPTS, 1, 0, 0, 0)
    measured, before, start = Run(), _processor(), time.perf_counter()
    running = [subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
               for command in commands]  # fmt: skip
    peak, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            peak[0] = max(peak[0], _resident([process.pid for process in running]))
            measured.peak = max(measured.peak, peak[0])

    watcher = threading.Thread(target=watch)
    watcher.start()
    for line in running[0].stdout or []:
        if stage := LINE.match(line):
            measured.stages[stage[1]] = (float(stage[2]), peak[0])
            peak[0] = 0
    faults = [process.communicate()[1] for process in running]
    done.set()
    watcher.join()
    for process, fault in zip(running, faults, strict=True):
        if process.returncode:
            raise RuntimeError(f"{' '.join(map(str, process.args))}\n{fault}")
    measured.seconds = time.perf_counter() - start
    with contextlib.suppress(ChildProcessError):
        while True:  # the process that builders are forks of is left behind, and its time counts once it is waited for
            os.waitpid(-1, 0)
    measured.processor = _processor() - before
    return measured


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _resident(processes: list[int]) -> int:
    """Resident memory of processes and their descendants, in bytes."""
    total = 0
    while processes:
        process = processes.pop()
        with contextlib.suppress(OSError, ValueError):  # it may end meanwhile
            total += int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE
            for thread in Path(f"/proc/{process}/task").iterdir():
                processes += map(int, (thread / "children").read_text().split())
    return total


def builds(home: Path) -> Table:
    """Measure a cold build, warm ones, and the bare builder on the same staged pages; the best of several runs."""
    build = [sys.executable, "-m", "scripts", "build"]
    cold = run([build], home)
    warm = min((_warm(build, home) for _ in range(RUNS)), key=lambda one: one.processor)
    same = run([build], home)
    with _reworded(home) as write:
        write("plainly")  # the first change of a released package is in every picture's credit
        run([build], home)
        write("visibly")
        changed = run([build], home)
    staged = Project(home).build / "docs"
    bare_builds = [
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(file), "-d", str(home / "bare" / file.stem)]
        for file in sorted(staged.glob("*.yml"))
    ]
    bare = min((run(bare_builds, staged) for _ in range(RUNS)), key=lambda one: one.processor)
    rows: list[Sequence[object]] = [(name, *cold.stages[name], *warm.stages[name]) for name in cold.stages]
    rows = [(name, a, round(b / MB), c, round(d / MB)) for name, a, b, c, d in rows]
    rows.append(("all, with start", cold.seconds, round(cold.peak / MB), warm.seconds, round(warm.peak / MB)))
    rows.append(("all, processor", cold.processor, "", warm.processor, ""))
    rows.append(("all, nothing changed", "", "", same.seconds, round(same.peak / MB)))
    rows.append(("all, a fact's words changed", "", "", changed.seconds, round(changed.peak / MB)))
    rows.append(("bare builder", "", "", bare.seconds, round(bare.peak / MB)))
    rows.append(("bare, processor", "", "", bare.processor, ""))
    clock, work = warm.seconds / bare.seconds, warm.processor / bare.processor
    rows.append(("complete to bare", "", "", clock, ""))
    rows.append(("complete to bare, processor", "", "", work, ""))
    columns = ("stage", "cold s", "peak MB", "warm s", "peak MB")
    note = f"  warm and bare: the best of {RUNS}; the bare builder makes the same staged pages, languages in parallel"
    broken = [f"a warm build takes {work:.1f} times the bare builder; the goal is {RATIO:.0f}"] * (work > RATIO)
    return Table("Build: time, and memory of the process and its children", columns, rows, [note], broken)


def _warm(build: Sequence[str], home: Path) -> Run:
    """A build with cached drawings that makes every page."""
    shutil.rmtree(Project(home).build / "kept")
    return run([build], home)


@contextlib.contextmanager
def _serving(home: Path) -> Iterator[tuple[str, threading.Semaphore]]:
    """Serve a folder; yields its address, and a semaphore released after each complete build."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "scripts", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        lines = iter(process.stdout or [])
        if not any(line.startswith("serving") for line in lines):
            raise RuntimeError("serve ended before it was ready")
        built = threading.Semaphore(1)

        def listen() -> None:
            for line in lines:
                if line.startswith("website"):
                    built.release()

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{port}/", built
    finally:
        process.terminate()
        process.wait(20)


@contextlib.contextmanager
def _reworded(home: Path) -> Iterator[Callable[[str], str]]:
    """Yield a function that replaces a word of a fact and returns the new text; the file is restored at the end."""
    file = home / "datapackage" / "data" / "facts.csv"
    text = file.read_bytes().decode()
    old = "had clearly fewer product categories"
    if old not in text:
        raise RuntimeError(f"no fact says {old!r}; change another one")

    def write(word: str) -> str:
        new = old.replace("clearly", word)
        file.write_bytes(text.replace(old, new).encode())
        return new

    yield write
    file.write_bytes(text.encode())


def change(home: Path) -> Table:
    """Seconds from a saved table to the page that shows the changed fact, under `serve`."""
    took = []
    with _reworded(home) as write, _serving(home) as (address, built):
        for word in ("plainly", "visibly", "markedly"):
            if not built.acquire(timeout=300):
                raise RuntimeError("serve did not finish a build within five minutes")
            time.sleep(1.5)
            new, start = write(word), time.perf_counter()
            while new not in _page(f"{address}facts/"):
                if time.perf_counter() - start > 120:
                    raise RuntimeError("the changed fact did not appear within two minutes")
                time.sleep(0.02)
            took.append(time.perf_counter() - start)
    middle = statistics.median(took)
    broken = [f"a changed fact is on the page after {middle:.1f} s; the goal is {CHANGE:.0f} s"] * (middle > CHANGE)
    rows = [("fact saved → on its page", *took, middle)]
    return Table("Serve: seconds after a change", ("", "first", "second", "third", "median"), rows, [], broken)


def _page(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


def machine() -> str:
    """The machine's relevant properties."""
    return f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}"
