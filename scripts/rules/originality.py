"""Facts are free, sentences are not: refuse runs of characters that stand in a source's text too.

The text itself is not in the project. `fingerprints.txt` holds short hashes of each of its windows of twelve
characters, so that a copied run is recognised and the text cannot be read back. In: files; out: problems.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy

from ..paths import Project
from ..problem import Problem, Problems
from ..reading import files

WINDOW = 12  # characters; a run this long is a copied wording, names apart
LOOSE = 3  # characters of a window that may stand beside a name
PIECE, MARGIN = 1_000_000, 2_000  # characters looked at together, and those around them: memory stays the same
FINGERPRINTS = Path(__file__).resolve().parent / "fingerprints.txt"
KINDS = {".csv", ".md", ".yml", ".py", ".html", ".json", ".cff"}
NOTHING = f"nothing in it could be recognised: no run of {WINDOW} characters that are mostly Chinese"
_RESTORE = "restore the file from version control"
_BYTES = 5  # 40 bits: one false alarm in about 10^8 windows
_HAN = re.compile("[\u4e00-\u9fff]")


def fingerprints(text: str) -> str:
    """The content of `fingerprints.txt` for a source's text."""
    found = {_hash(line[i : i + WINDOW]) for line, _ in _forms(text) for i in _starts(line)}
    packed = base64.b64encode(b"".join(sorted(found))).decode("ascii")
    return "".join(packed[i : i + 100] + "\n" for i in range(0, len(packed), 100))


def check(project: Project, names: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each copied run in the tables, pages and scripts; runs made of `names` are free."""
    name, free = "scripts/rules/fingerprints.txt", _free(names)
    try:
        known = _known(files.read_text(FINGERPRINTS, name))
    except (Problems, ValueError) as refused:
        yield from getattr(refused, "all", [Problem(name, 1, f"not fingerprints: {refused}; {_RESTORE}")])
        return
    if not known:
        yield Problem(name, 1, f"is empty; {_RESTORE}")
    for folder in ("datapackage", "docs", "scripts"):
        for path in sorted((project.root / folder).rglob("*")):
            if path.suffix in KINDS and path.is_file() and not files.passed_over(path.name):
                name = project.name(path)
                try:
                    text = files.read_bytes(path, name, files.LARGEST_TABLE).decode("utf-8", "replace")
                    yield from _of_text(text, name, known, free)
                except Problems as refused:
                    yield from refused.all


def borrowed(text: str, prints: str, names: Iterable[str]) -> list[str]:
    """What a text has in common with the source of these fingerprints, one sentence a run."""
    return [problem.text for problem in _of_text(text, "", _known(prints), _free(names))]


def _known(prints: str) -> set[bytes]:
    raw = base64.b64decode("".join(prints.split()))
    return {raw[i : i + _BYTES] for i in range(0, len(raw), _BYTES)}


def _free(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, filter(_HAN.search, names)), key=len, reverse=True)) or "$^")


def _of_text(text: str, path: str, known: set[bytes], free: re.Pattern[str]) -> Iterator[Problem]:
    told: set[int] = set()
    for at in range(0, len(text), PIECE):
        first = max(at - MARGIN, 0)
        piece = text[first : at + PIECE + MARGIN]
        named: set[int] | None = None
        for line, places in _forms(piece):
            for start in _hits(line, known):
                if named is None:
                    named = {i for match in free.finditer(piece) for i in range(*match.span())}
                span = [int(i) for i in places[start : start + WINDOW]]
                free_standing = sum(i not in named and piece[i].isalnum() for i in span) > LOOSE
                here = at <= first + span[0] < at + PIECE  # what starts in the margin is told with its own piece
                if here and free_standing and first + span[0] not in told:
                    told.update(first + i for i in span)
                    fault = f"{line[start : start + WINDOW]!r} stands in the article too; say it in other words"
                    yield Problem(path, text.count("\n", 0, first + span[0]) + 1, fault)


def _hits(line: str, known: set[bytes]) -> list[int]:
    """Where windows start that are known; one that is repeated is looked up once."""
    starts = _starts(line)
    windows = [line[i : i + WINDOW] for i in starts]
    found = {window for window in set(windows) if _hash(window) in known}
    return [start for start, window in zip(starts, windows, strict=True) if window in found] if found else []


def _forms(text: str) -> Iterator[tuple[str, Any]]:
    """The text's characters that count, and where each stands: all but white space, then letters and digits."""
    if _HAN.search(text):
        codes = _codes(text)
        kinds, which = numpy.unique(codes, return_inverse=True)
        for counts in (lambda char: not char.isspace(), str.isalnum):
            places = numpy.flatnonzero(numpy.array([counts(chr(kind)) for kind in kinds])[which])
            yield codes[places].tobytes().decode("utf-32-le"), places


def _codes(text: str) -> Any:
    return numpy.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=numpy.uint32)


def _starts(line: str) -> list[int]:
    """Where windows start that are mostly Han."""
    if len(line) < WINDOW:
        return []
    codes = _codes(line)
    han = numpy.convolve((codes >= 0x4E00) & (codes <= 0x9FFF), numpy.ones(WINDOW, dtype=int), mode="valid")
    found: list[int] = numpy.flatnonzero(han * 2 >= WINDOW).tolist()
    return found


def _hash(window: str) -> bytes:
    return hashlib.blake2b(window.encode(), digest_size=_BYTES).digest()
