"""Only one command at a time writes into a project's build folder. In: a project; out: a lock that ends with its process.

The operating system locks a file that stays in place, so there is no stale lock to clear after a process is killed.
"""

import contextlib
import datetime
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from typing import IO

from .paths import Project

FILE = ".lock"
PAUSE = 0.1  # seconds between two attempts while waiting


@contextlib.contextmanager
def held(project: Project, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the project's lock; while another process has it, wait, and say once which process and since when."""
    project.build.mkdir(exist_ok=True)
    with (project.build / FILE).open("a+", encoding="utf-8") as file:
        if not _try_lock(file):
            file.seek(0)
            holder = file.read().strip() or "another process"
            say(f"{holder} is building here; waiting for it to end (Ctrl-C stops waiting)")
            while not _try_lock(file):
                time.sleep(PAUSE)
        file.truncate(0)
        file.write(f"process {os.getpid()}, started at {datetime.datetime.now():%Y-%m-%d %H:%M:%S},\n")  # noqa: TID251 — for whoever waits
        file.flush()
        yield


def _try_lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
