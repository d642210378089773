"""Progress output for long-running stages. In: lines, names of stages, and their items; out: text on stdout.

On a terminal the running stage is shown below the printed lines, with the items done of the total, until it ends.
Elsewhere only the lines are printed.
"""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

Item = TypeVar("Item")
Say = Callable[[str], None]
"""Prints one line."""


class Each(Protocol):
    """Iterates over items and shows how many are done; pass `total` where they have no length."""

    def __call__(self, items: Iterable[Item], total: int | None = None, /) -> Iterable[Item]:
        """Yield the same items."""


def unseen(items: Iterable[Item], total: int | None = None, /) -> Iterable[Item]:
    """Return the items unchanged; shows nothing."""
    return items


def line(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


class Terminal:
    """Prints lines on a terminal, with the running stage below them."""

    def __init__(self) -> None:
        from rich import console  # imported here: plain output does not need it

        self._console = console.Console(file=sys.stdout)

    def __call__(self, text: str) -> None:
        """Print a line above the progress display."""
        self._console.out(text, highlight=False)

    @contextlib.contextmanager
    def show(self, name: str) -> Iterator[Each]:
        """Show a name, a progress bar and the time elapsed, until the body ends or raises."""
        from rich import progress

        columns = (f"{name:8}", progress.BarColumn(20), "{task.fields[done]}", progress.TimeElapsedColumn())
        with progress.Progress(*columns, console=self._console, transient=True, refresh_per_second=5) as shown:
            task = shown.add_task(name, total=None, done="")

            def each(items: Any, total: int | None = None, /) -> Iterator[Any]:
                total = len(items) if total is None else total
                for done, item in enumerate(items):
                    shown.update(task, total=total, completed=done, done=f"{done} of {total}")
                    yield item

            yield each


def out() -> Say:
    """The printer for stdout: a `Terminal` where it is one, else `line`."""
    return Terminal() if sys.stdout.isatty() and os.environ.get("TERM") not in (None, "", "dumb") else line


def show(say: Say, name: str) -> contextlib.AbstractContextManager[Each]:
    """Show progress if `say` is a terminal; yields the `Each` through which the body iterates over its items."""
    return say.show(name) if isinstance(say, Terminal) else contextlib.nullcontext(unseen)


@contextlib.contextmanager
def stage(say: Say, name: str) -> Iterator[tuple[list[str], Each]]:
    """Show and time a stage; yields `(notes, each)`. Notes that the body appends are printed behind the stage's name and time."""
    start = time.perf_counter()
    notes: list[str] = []
    with show(say, name) as each:
        yield notes, each
    say(f"{name:8} {time.perf_counter() - start:6.2f} s  {', '.join(notes)}")
