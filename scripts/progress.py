"""Shows how far long work is. In: lines, names of stages, and what these go through; out: text on stdout.

On a terminal the running stage is shown below the lines, with how much of how many it has done, until it ends.
Elsewhere there are only the lines.
"""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

Item = TypeVar("Item")
Say = Callable[[str], None]
"""Takes one line."""


class Each(Protocol):
    """Goes through items, and shows how many of them are done; how many there are must be said where they have no length."""

    def __call__(self, items: Iterable[Item], total: int | None = None, /) -> Iterable[Item]:
        """The same items."""


def unseen(items: Iterable[Item], total: int | None = None, /) -> Iterable[Item]:
    """The items, with nothing shown."""
    return items


def line(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


class Terminal:
    """Says lines on a terminal and shows what is running below them."""

    def __init__(self) -> None:
        from rich import console  # only here: a log needs no terminal's tools

        self._console = console.Console(file=sys.stdout)

    def __call__(self, text: str) -> None:
        """Print a line above what is shown."""
        self._console.out(text, highlight=False)

    @contextlib.contextmanager
    def show(self, name: str) -> Iterator[Each]:
        """Show a name, a bar and the time that passes, until the body ends, however it does."""
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
    """What says lines on stdout: on a terminal it shows what is running too."""
    return Terminal() if sys.stdout.isatty() and os.environ.get("TERM") not in (None, "", "dumb") else line


def show(say: Say, name: str) -> contextlib.AbstractContextManager[Each]:
    """Show that something is running, where lines go to a terminal; yields what its items are to be taken from."""
    return say.show(name) if isinstance(say, Terminal) else contextlib.nullcontext(unseen)


@contextlib.contextmanager
def stage(say: Say, name: str) -> Iterator[tuple[list[str], Each]]:
    """Show and time a stage. What the body appends to the first of what is yielded is said behind the name."""
    start = time.perf_counter()
    notes: list[str] = []
    with show(say, name) as each:
        yield notes, each
    say(f"{name:8} {time.perf_counter() - start:6.2f} s  {', '.join(notes)}")
