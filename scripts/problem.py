"""Problems: what is wrong with a project, in words by which its author can find and fix it."""

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
    """All problems of a run, sorted and without duplicates; raising them stops the run."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.all = sorted(set(problems))
        super().__init__(f"{len(self.all)} problem{'' if len(self.all) == 1 else 's'}")


class Unforeseen(Exception):
    """An unexpected exception in a stage: a bug in the build, whatever its input.

    Its message is one line: the stage, the row or file, the error; `problems` are those found before it.
    """

    def __init__(self, stage: str, error: Exception, problems: Iterable[Problem] = ()) -> None:
        self.all = sorted(set(problems))
        last = traceback.extract_tb(error.__traceback__)[-1]
        message = " ".join(f"{type(error).__name__}: {error}".split())[:MAX_MESSAGE]
        place = _at(error.__traceback__)
        super().__init__(
            f"{stage} failed{place}: {message} ({last.name}, line {last.lineno}). This is a bug in the build, "
            "not in your files: please report it with this line"
        )


MAX_MESSAGE = 300  # characters of an exception's message


@contextlib.contextmanager
def foreseen(stage: str, problems: Iterable[Problem] = ()) -> Iterator[None]:
    """Re-raise anything but `Problems` and `OSError` as `Unforeseen`; `problems` are those found so far."""
    try:
        yield
    except (Problems, Unforeseen, OSError):
        raise
    except Exception as error:
        raise Unforeseen(stage, error, problems) from error


def _at(trace: types.TracebackType | None) -> str:
    """The row or page being processed: the last local with a line or path, in the innermost frame that has one."""
    found = ""
    for frame, _ in traceback.walk_tb(trace):
        for value in frame.f_locals.values():
            with contextlib.suppress(Exception):  # an undefined template variable raises on any access
                line, path = getattr(value, "line", None), getattr(value, "path", None)
                if isinstance(line, int) and hasattr(value, "__slots__"):  # a record of ours
                    found = f" at {type(value).__name__} {getattr(value, next(iter(value.__slots__)))}, line {line}"
                elif isinstance(path, str):
                    found = f" at {path}"
    return found


_WRITABLE = "make it writable, or work in a copy of the project"
_AWAY = "move away the file or folder of this name"
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
_OF_FILE = re.compile(r"\[Errno (\d+)\] [^:]*(?:: '([^']*)')?")  # the text of an OSError


def refused(project: Project, error: OSError) -> Problem:
    """An error of the operating system as a problem of the file that it names, with a remedy where there is one."""
    path, number = error.filename, error.errno
    if isinstance(error, shutil.Error) and isinstance(error.args[0], list):
        _, path, message = error.args[0][0]  # for each file that copytree could not copy: source, target, message
        if found := _OF_FILE.match(message):
            number, path = int(found[1]), found[2] or path
    file = project.root / os.fsdecode(path or project.build)  # a failed write names no file; all writes go there
    name = project.name(file) if file.is_relative_to(project.root) else str(file)
    fault = os.strerror(number) if number else " ".join(str(error).split())[:MAX_MESSAGE]
    return Problem(name, 1, f"{fault}; {_REMEDIES[number]}" if number in _REMEDIES else fault)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A remedy for a mistyped id: ` (did you mean x?)`, or an empty string where no known id is similar."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean {near[0]}?)" if near else ""
