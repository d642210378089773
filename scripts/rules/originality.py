"""Refuse wording copied from a report: facts are free, sentences are not.

The text itself is not in the project. `datapackage/fingerprints/` has a file for each report, named after its source: short
hashes of each of its windows of twelve characters, or of eight words if its script separates words, so that a copied run
is recognised and the text cannot be reconstructed. In: files; out: problems.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy

from ..paths import Project
from ..problem import Problem, Problems
from ..reading import files
from ..words import lexicon

WINDOW = 12  # characters; a run this long is copied, except for names
LOOSE = 3  # characters of a window, or words of a run, allowed in addition to names
PIECE, MARGIN = 1_000_000, 2_000  # characters of a chunk, and of its overlap on each side: memory is bounded
WORDS = 8  # in a script that separates words; a run this long is copied
FOLDER = "fingerprints"  # in the package's folder
KINDS = {".csv", ".md", ".yml", ".py", ".html", ".json", ".cff"}
NOTHING = (
    f"nothing in it could be recognised: no run of {WINDOW} characters that are mostly Chinese, or of {WORDS} words"
)
_OF_WORDS = "# words\n"  # first line of the fingerprints of words
_RESTORE = "restore the file from version control"
_BYTES = 5  # 40 bits: one false alarm in about 10^8 windows
_HAN = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W_\u4e00-\u9fff]+(?:['’][^\W_]+)*")


class Known(NamedTuple):
    """The hashes of all reports: of windows that are mostly Han characters, and of runs of words."""

    windows: set[bytes]
    phrases: set[bytes]


def fingerprints(text: str) -> str:
    """The contents of the fingerprint file for a text; empty if it has no window or run to recognise."""
    found = {_hash(line[i : i + WINDOW]) for line, _ in _forms(text) for i in _starts(line)}
    head = "" if found else _OF_WORDS
    found = found or {_hash(phrase) for phrase, _ in _phrases(text)}
    packed = base64.b64encode(b"".join(sorted(found))).decode("ascii")
    return "".join([head, *(packed[i : i + 100] + "\n" for i in range(0, len(packed), 100))]) if found else ""


def check(project: Project, names: Iterable[str], reports: Mapping[str, int]) -> Iterator[Problem]:
    """Yield a problem for each copied run in tables, pages, charts and scripts; runs of `names` are allowed.

    `reports` has the lines of the sources that facts are taken from, by id; a missing fingerprint file is a problem.
    """
    free, known, home = _free(names), Known(set(), set()), project.descriptor.parent / FOLDER
    for id_, line in reports.items():
        file = home / f"{id_}.txt"
        name = project.name(file)
        try:
            if not file.exists():
                fault = f"source_id: facts are taken from {id_}, but {name} is missing"
                remedy = f"write it by `python -m scripts fingerprint TEXT > {name}`, which keeps no word of the text"
                yield Problem(project.name(project.descriptor.parent / "data/sources.csv"), line, f"{fault}; {remedy}")
                continue
            more = _known(files.read_text(file, name))
            if not any(more):
                yield Problem(name, 1, f"is empty; {_RESTORE}")
            known = Known(known.windows | more.windows, known.phrases | more.phrases)
        except (Problems, ValueError) as refused:
            yield from getattr(refused, "all", [Problem(name, 1, f"not fingerprints: {refused}; {_RESTORE}")])
    for file in sorted(home.glob("*")):
        if file.stem not in reports and not files.ignored(file.name):
            yield Problem(project.name(file), 1, "is not read; no fact is taken from a source of this name")
    for folder in ("datapackage", "docs", "charts", "scripts"):
        for path in sorted((project.root / folder).rglob("*")):
            if path.suffix in KINDS and path.is_file() and not files.ignored(path.name):
                name = project.name(path)
                try:
                    text = files.read_bytes(path, name, files.LARGEST_TABLE).decode("utf-8", "replace")
                    yield from _of_text(text, name, known, free)
                except Problems as refused:
                    yield from refused.all


def borrowed(text: str, prints: str, names: Iterable[str]) -> list[str]:
    """Messages for the runs that a text shares with the source of these fingerprints."""
    return [problem.text for problem in _of_text(text, "", _known(prints), _free(names))]


def _known(prints: str) -> Known:
    raw = base64.b64decode("".join(prints.removeprefix(_OF_WORDS).split()))
    found = {raw[i : i + _BYTES] for i in range(0, len(raw), _BYTES)}
    return Known(set(), found) if prints.startswith(_OF_WORDS) else Known(found, set())


def _free(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(lexicon.any_of(names))


def _of_text(text: str, path: str, known: Known, free: re.Pattern[str]) -> Iterator[Problem]:
    yield from _of_phrases(text, path, known.phrases, free) if known.phrases else ()
    reported: set[int] = set()
    for at in range(0, len(text), PIECE):
        first = max(at - MARGIN, 0)
        piece = text[first : at + PIECE + MARGIN]
        named: set[int] | None = None
        for line, places in _forms(piece):
            for start in _hits(line, known.windows):
                if named is None:
                    named = {i for match in free.finditer(piece) for i in range(*match.span())}
                span = [int(i) for i in places[start : start + WINDOW]]
                free_standing = sum(i not in named and piece[i].isalnum() for i in span) > LOOSE
                here = at <= first + span[0] < at + PIECE  # one that starts in the margin belongs to another piece
                if here and free_standing and first + span[0] not in reported:
                    reported.update(first + i for i in span)
                    fault = f"{line[start : start + WINDOW]!r} is copied from the report; reword it"
                    yield Problem(path, text.count("\n", 0, first + span[0]) + 1, fault)


def _of_phrases(text: str, path: str, known: set[bytes], free: re.Pattern[str]) -> Iterator[Problem]:
    """Yield copied runs of eight words that do not overlap; names do not count as words."""
    last = -1
    for phrase, words in _phrases(text):
        first, end = words[0].start(), words[-1].end()
        if first >= last and _hash(phrase) in known:
            bare = free.sub(lambda name: " " * len(name[0]), text[first:end])
            if len(_WORD.findall(bare)) > LOOSE:
                last = end
                line = text.count("\n", 0, first) + 1
                yield Problem(path, line, f"{phrase!r} is copied from the report; reword it")


def _phrases(text: str) -> Iterator[tuple[str, list[re.Match[str]]]]:
    """Yield every run of eight words, case-folded and joined by spaces, with the matches of its words."""
    words = list(_WORD.finditer(text))
    lower = [word[0].casefold() for word in words]
    for i in range(len(words) - WORDS + 1):
        yield " ".join(lower[i : i + WORDS]), words[i : i + WORDS]


def _hits(line: str, known: set[bytes]) -> list[int]:
    """The starts of known windows; a repeated window is hashed only once."""
    starts = _starts(line)
    windows = [line[i : i + WINDOW] for i in starts]
    found = {window for window in set(windows) if _hash(window) in known}
    return [start for start, window in zip(starts, windows, strict=True) if window in found] if found else []


def _forms(text: str) -> Iterator[tuple[str, Any]]:
    """Yield two forms of a text with Han characters, and the position of each character: without white space, then letters and digits only."""
    if _HAN.search(text):
        codes = _codes(text)
        kinds = numpy.flatnonzero(numpy.bincount(codes))
        wanted = numpy.zeros(kinds[-1] + 1, dtype=bool)
        for counts in (lambda char: not char.isspace(), str.isalnum):
            wanted[kinds] = [counts(chr(kind)) for kind in kinds]
            places = numpy.flatnonzero(wanted[codes])
            yield codes[places].tobytes().decode("utf-32-le"), places


def _codes(text: str) -> Any:
    return numpy.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=numpy.uint32)


def _starts(line: str) -> list[int]:
    """The starts of windows that are at least half Han characters."""
    if len(line) < WINDOW:
        return []
    codes = _codes(line)
    han = numpy.convolve((codes >= 0x4E00) & (codes <= 0x9FFF), numpy.ones(WINDOW, dtype=int), mode="valid")
    found: list[int] = numpy.flatnonzero(han * 2 >= WINDOW).tolist()
    return found


def _hash(window: str) -> bytes:
    return hashlib.blake2b(window.encode(), digest_size=_BYTES).digest()
