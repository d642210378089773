"""Breaks texts into lines, by the rules of Latin and Chinese script. In: a text, sizes in pixels; out: lines."""

import functools
import itertools
import re
from collections.abc import Iterator

_HAN = "\u2e80"  # where the scripts of East Asia begin
_OPENING, _CLOSING = "（《「『【“‘", "、。，；：？！）》」』】”’％…"  # never at the end, never at the start of a line
_BREAK = re.compile(rf"(?<= )|(?<![\d{_OPENING}])(?![ {_CLOSING}])(?:(?<=[{_HAN}-\U0010ffff])|(?=[{_HAN}-\U0010ffff]))")
"""Matches break opportunities: after a space and next to a Han character, but not between a number and its unit."""
_WIDTHS = {"ijlI'|,.:;! ": 30, 'ft()[]-/"“”‘’r': 40, "aceksvxyz": 57, "wMGOQ": 83, "mW%@": 95, "≠≈≤≥×…—": 100}
_WIDTH = {character: width for group, width in _WIDTHS.items() for character in group}  # in hundredths of an em


@functools.lru_cache(maxsize=10_000)  # texts of frames and cards recur in every edition
def broken(text: str, size: float, width: float) -> tuple[str, ...]:
    """The lines of a text at a font size and a maximum width, broken at spaces and between Han characters."""
    return tuple(_lines(text, 100 * width / size))


def _lines(text: str, room: float) -> Iterator[str]:
    line, taken = "", 0
    for piece in _pieces(" ".join(text.split()), room):
        if line and taken + _hundredths(piece.rstrip()) > room:
            yield line.rstrip()
            line, taken = "", 0
        line, taken = line + piece, taken + _hundredths(piece)
    if line:
        yield line.rstrip()


def balanced(text: str, size: float, width: float) -> tuple[str, ...]:
    """The lines of a text, as many as `broken` makes, of lengths as even as possible; for titles."""
    found = broken(text, size, width)
    while width > size and len(even := broken(text, size, width - size / 2)) <= len(found):
        found, width = even, width - size / 2
    return found


def _pieces(text: str, room: float) -> Iterator[str]:
    """Yield the unbreakable parts of a text, with trailing spaces; one wider than the room is split to fill it."""
    for piece in _BREAK.split(text):
        while _hundredths(piece.rstrip()) > room and len(piece) > 1:
            fits = sum(wide <= room for wide in itertools.accumulate(map(_hundredth, piece)))
            yield piece[: max(1, fits)]
            piece = piece[max(1, fits) :]
        if piece:
            yield piece


def ems(text: str) -> float:
    """The estimated width of a text in ems, rather too large, for common sans-serif fonts and ours."""
    return _hundredths(text) / 100


def _hundredths(text: str) -> int:
    return sum(map(_hundredth, text))


@functools.cache
def _hundredth(character: str) -> int:
    return 100 if character >= _HAN else _WIDTH.get(character, 76 if character.isupper() else 62)
