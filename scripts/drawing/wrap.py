"""Texts broken into lines, by the rules of Latin and of Chinese script. In: a text, sizes in pixels; out: lines."""

from collections.abc import Iterator

_HAN = "\u2e80"  # where the scripts of East Asia begin
_OPENING, _CLOSING = "（《「『【“‘", "、。，；：？！）》」』】”’％…"  # never last, never first in a line
_EMS = {"ijlI'|,.:;! ": 0.3, 'ft()[]-/"“”‘’r': 0.4, "aceksvxyz": 0.57, "wMGOQ": 0.83, "mW%@": 0.95, "≠≈≤≥×…—": 1.0}
_EM = {character: em for group, em in _EMS.items() for character in group}


def broken(text: str, size: float, width: float) -> Iterator[str]:
    """A text in lines of a width: broken at spaces and between Han characters, where a line may end."""
    line = ""
    for piece in _pieces(" ".join(text.split()), width / size):
        if line and _ems(line + piece.rstrip()) * size > width:
            yield line.rstrip()
            line = ""
        line += piece
    if line:
        yield line.rstrip()


def balanced(text: str, size: float, width: float) -> list[str]:
    """A text in as few lines as `broken` makes of it, and those as even as can be; for titles."""
    found = list(broken(text, size, width))
    while width > size and len(even := list(broken(text, size, width - size / 2))) <= len(found):
        found, width = even, width - size / 2
    return found


def _pieces(text: str, room: float) -> Iterator[str]:
    """The parts of a text that stay together, with the spaces behind them; one without a break fills `room` ems."""
    piece = ""
    for character in text:
        if piece and (_parted(piece[-1], character) or _ems(piece + character.rstrip()) > room):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _parted(one: str, other: str) -> bool:
    if one == " ":
        return True
    han = max(one, other) >= _HAN and not one.isdigit()  # a number stays with its unit
    return han and one not in _OPENING and other not in _CLOSING + " "


def _ems(text: str) -> float:
    """The width of a text in ems, on the safe side for common sans-serif fonts as for ours."""
    return sum(1.0 if c >= _HAN else _EM.get(c, 0.76 if c.isupper() else 0.62) for c in text)
