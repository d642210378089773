"""One thing that is wrong, said so that its author finds and mends it."""

import contextlib
import difflib
import errno
import os
import re
import shutil
import traceback
import types
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .paths import Project


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A sentence about one line of one file; prints as `path:line: text`."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


class Problems(Exception):
    """All problems of a run, sorted and without repeats; raised so that nothing further is made."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.all = sorted(set(problems))
        super().__init__(f"{len(self.all)} problem{'' if len(self.all) == 1 else 's'}")


class Unforeseen(Exception):
    """A stage failed in a way that no rule foresaw: a fault of the build, whatever it was given.

    Says in one line which stage failed, at which row or file, and how; `problems` are those found before it.
    """

    def __init__(self, stage: str, error: Exception, problems: Iterable[Problem] = ()) -> None:
        self.all = sorted(set(problems))
        last = traceback.extract_tb(error.__traceback__)[-1]
        told = " ".join(f"{type(error).__name__}: {error}".split())[:MOST_TOLD]
        place = _at(error.__traceback__)
        super().__init__(
            f"{stage} failed{place}: {told} ({last.name}, line {last.lineno}). This is a mistake in the build, "
            "not in your files: please report it with this line"
        )


MOST_TOLD = 300  # characters of an exception's own words


@contextlib.contextmanager
def foreseen(stage: str, problems: Iterable[Problem] = ()) -> Iterator[None]:
    """Turn whatever the body raises, but problems and faults of files, into `Unforeseen`; `problems` are those found so far."""
    try:
        yield
    except (Problems, Unforeseen, OSError):
        raise
    except Exception as error:
        raise Unforeseen(stage, error, problems) from error


def _at(trace: types.TracebackType | None) -> str:
    """The row or page that the innermost function had in hand: the first of its arguments that knows its line or path."""
    found = ""
    for frame, _ in traceback.walk_tb(trace):
        for value in frame.f_locals.values():
            with contextlib.suppress(Exception):  # a template's undefined name raises whatever it is asked
                line, path = getattr(value, "line", None), getattr(value, "path", None)
                if isinstance(line, int) and hasattr(value, "__slots__"):  # a record of ours
                    found = f" at {type(value).__name__} {getattr(value, next(iter(value.__slots__)))}, line {line}"
                elif isinstance(path, str):
                    found = f" at {path}"
    return found


_WRITABLE = "make it writable, or work in a copy of the project"
_AWAY = "move away what has this name"
_REMEDIES = {
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room in your quota",
    errno.EFBIG: "allow larger files; `ulimit -f` says how large they may be",
    errno.EEXIST: _AWAY,
    errno.ENOTDIR: _AWAY,
    errno.EISDIR: _AWAY,
    errno.EROFS: _WRITABLE,
    errno.EACCES: _WRITABLE,
    errno.EPERM: _WRITABLE,
}
_OF_FILE = re.compile(r"\[Errno (\d+)\] [^:]*(?:: '([^']*)')?")  # an OSError in words


def refused(project: Project, error: OSError) -> Problem:
    """What the operating system refused, at the file that it names, with a remedy where there is one."""
    path, number = error.filename, error.errno
    if isinstance(error, shutil.Error) and isinstance(error.args[0], list):
        _, path, said = error.args[0][0]  # of each file that copytree could not copy: from, to, what was said
        if found := _OF_FILE.match(said):
            number, path = int(found[1]), found[2] or path
    file = project.root / os.fsdecode(path or project.build)  # a write that fails names no file; all are made in there
    name = project.name(file) if file.is_relative_to(project.root) else str(file)
    fault = os.strerror(number) if number else " ".join(str(error).split())[:MOST_TOLD]
    return Problem(name, 1, f"{fault}; {_REMEDIES[number]}" if number in _REMEDIES else fault)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A remedy for a mistyped id: ` (did you mean x?)`, or nothing where no known id is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean {near[0]}?)" if near else ""
