"""Facts are free, sentences are not: refuse runs of characters that stand in a source's text too.

The text itself is not in the project. `fingerprints.txt` holds short hashes of each of its windows of twelve
characters, so that a copied run is recognised and the text cannot be read back. In: files; out: problems.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from .paths import Project
from .problem import Problem

WINDOW = 12  # characters; a run this long is a copied wording, names apart
LOOSE = 3  # characters of a window that may stand beside a name
FINGERPRINTS = Path(__file__).resolve().parent / "fingerprints.txt"
KINDS = {".csv", ".md", ".yml", ".py", ".html", ".json", ".cff"}
_BYTES = 5  # 40 bits: one false alarm in about 10^8 windows
_HAN = re.compile("[\u4e00-\u9fff]")


def fingerprints(text: str) -> str:
    """The content of `fingerprints.txt` for a source's text."""
    found = {_hash(window) for _, window in _windows(text)}
    packed = base64.b64encode(b"".join(sorted(found))).decode("ascii")
    return "".join(packed[i : i + 100] + "\n" for i in range(0, len(packed), 100))


def check(project: Project, names: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each copied run in the tables, pages and scripts; runs made of `names` are free."""
    raw = base64.b64decode("".join(FINGERPRINTS.read_text("ascii").split()))
    known = {raw[i : i + _BYTES] for i in range(0, len(raw), _BYTES)}
    free = re.compile("|".join(sorted(map(re.escape, filter(_HAN.search, names)), key=len, reverse=True)) or "$^")
    for folder in ("datapackage", "docs", "scripts"):
        for path in sorted((project.root / folder).rglob("*")):
            if path.suffix in KINDS and path.is_file():
                yield from _of_text(path.read_text("utf-8", errors="replace"), project.name(path), known, free)


def _of_text(text: str, path: str, known: set[bytes], free: re.Pattern[str]) -> Iterator[Problem]:
    named = {i for match in free.finditer(text) for i in range(*match.span())}
    told: set[int] = set()
    for places, window in _windows(text):
        if places[0] in told or _hash(window) not in known:
            continue
        if sum(i not in named and text[i].isalnum() for i in places) > LOOSE:
            told.update(places)
            line = text.count("\n", 0, places[0]) + 1
            yield Problem(path, line, f"{window!r} stands in the article too; say it in other words")


def _windows(text: str) -> Iterator[tuple[list[int], str]]:
    """Yield `(places, characters)` of each window that is mostly Han: with punctuation, then without."""
    for counts in (lambda c: not c.isspace(), str.isalnum):
        places = [i for i, character in enumerate(text) if counts(character)]
        han = [bool(_HAN.match(text[i])) for i in places]
        for start in range(len(places) - WINDOW + 1):
            if sum(han[start : start + WINDOW]) * 2 >= WINDOW:
                span = places[start : start + WINDOW]
                yield span, "".join(text[i] for i in span)


def _hash(window: str) -> bytes:
    return hashlib.blake2b(window.encode(), digest_size=_BYTES).digest()
