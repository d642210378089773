"""Processes beside the build: one that fills its caches, and builders. In: a function, or a module to run; out: files, messages.

Each ends with the build, even if that is killed. Imports only what a builder needs.
"""

import contextlib
import multiprocessing
import os
import runpy
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path


@contextlib.contextmanager
def running(work: Callable[[], object]) -> Iterator[None]:
    """Run `work` in a fork of this process while the body runs; the fork is killed when the body or this process ends.

    The body must not rely on it: whatever `work` has not made, or failed at, the body makes itself and reports. A no-op
    with one processor, or where forking is unsafe (macOS).
    """
    if sys.platform != "linux" or (os.cpu_count() or 1) < 2:
        yield
        return
    child = multiprocessing.get_context("fork").Process(target=_quietly, args=(work,), daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # about forking with threads; the child uses none of them
        child.start()
    try:
        yield
    finally:
        child.kill()
        child.join()


def _quietly(work: Callable[[], object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends this process
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    with contextlib.suppress(Exception), Path(os.devnull).open("w") as nowhere, contextlib.redirect_stderr(nowhere):
        work()


def run_module(module: str, arguments: list[str], folder: Path, created: int, messages: Connection) -> None:
    """In a process of its own, run a module as `python -m module` does, in `folder`, and write its output to `messages`.

    Files made by it are dated `created`, in seconds since 1970.
    """
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    for stream in (1, 2):
        os.dup2(messages.fileno(), stream)
    os.chdir(folder)
    os.environ["SOURCE_DATE_EPOCH"] = str(created)
    sys.argv[1:] = arguments
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _exit_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
    os._exit(1)
