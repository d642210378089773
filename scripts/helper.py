"""A second process that fills what builds keep, so that a first build is done sooner. In: that work; out: files in build/."""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path


@contextlib.contextmanager
def beside(work: Callable[[], object]) -> Iterator[None]:
    """While the body runs, do `work` in a copy of this process, which ends with the body and with this process, however it does.

    The body may not need it: what `work` has not made, or failed at, is left to the body, which tells what is wrong. Nothing
    happens where there is one processor, or where a process cannot be copied safely (macOS, Windows).
    """
    if sys.platform != "linux" or (os.cpu_count() or 1) < 2:
        yield
        return
    copy = multiprocessing.get_context("fork").Process(target=_quietly, args=(work,), daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads, which the copy has none of and waits for none
        copy.start()
    try:
        yield
    finally:
        copy.kill()
        copy.join()


def _quietly(work: Callable[[], object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that was copied ends this one
    threading.Thread(target=_leave, daemon=True).start()
    with contextlib.suppress(Exception), Path(os.devnull).open("w") as nowhere, contextlib.redirect_stderr(nowhere):
        work()


def _leave() -> None:
    if begun_by := multiprocessing.parent_process():
        begun_by.join()
    os._exit(1)
