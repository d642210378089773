"""One thing that is wrong, said so that its author finds and mends it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


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


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A remedy for a mistyped id: ` (did you mean x?)`, or nothing where no known id is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean {near[0]}?)" if near else ""
