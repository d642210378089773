"""A chart as a self-contained picture, with its texts, source and licence. In: `Chart`; out: SVG, PNG.

Colours are those of the light scheme, read from the style sheet. PNG files use the font in scripts/drawing/fonts, so
they are the same on every machine; the SVG names that font and is legible in any other.
"""

import functools
import hashlib
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import oxipng
import vl_convert

from ..paths import FONTS
from . import engine, kept, theme, wrap

MARGIN, DRAWING = 40, theme.FRAMES[0]
WIDTH = DRAWING.width + 2 * MARGIN
PNG_WIDTH = 2400  # pixels: sharp in print at 20 cm
FAMILY = "'Low Tide Sans', sans-serif"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


@dataclass(frozen=True, slots=True)
class Imprint:
    """The lines at the foot of a picture, so that it can be cited wherever it is copied to."""

    source: str
    edition: str
    licence: str


def palette(style_sheet: str) -> dict[str, str]:
    """The colours of the light scheme by name, from the first `:root` block that has any."""
    for block in re.findall(r":root\s*\{([^}]*)\}", re.sub(r"/\*.*?\*/", "", style_sheet, flags=re.DOTALL)):
        if found := dict(re.findall(r"--lt-([\w-]+):\s*(#[0-9A-Fa-f]{3,8})\s*;", block)):
            return found
    return {}


def coloured(text: str, colours: Mapping[str, str]) -> str:
    """A drawing or a specification with its CSS variables replaced by colours; raises `ValueError` for an unknown one."""

    known = {f"--lt-{name}": colour for name, colour in colours.items()}

    def real(variable: re.Match[str]) -> str:
        if variable[1] not in known:
            raise ValueError(f"{variable[0]} is not a colour of the style sheet; it has {', '.join(sorted(known))}")
        return known[variable[1]]

    return re.sub(r"var\(\s*(--[^)]*?)\s*\)", real, text)


def inner(chart: engine.Chart, colours: Mapping[str, str]) -> tuple[str, float, float]:
    """The contents of a chart's wide SVG, with colours and our font filled in; its width and height."""
    drawing = coloured(chart.drawings[DRAWING.name], colours)
    drawing = re.sub(r'(<text [^>]*?font-family=")[^"]*"', rf'\1{FAMILY}"', drawing)
    width, height = (float(re.search(rf' {side}="([\d.]+)"', drawing)[1]) for side in ("width", "height"))  # type: ignore[index]
    return drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")], width, height


def svg(chart: engine.Chart, code: str, imprint: Imprint, colours: Mapping[str, str]) -> str:
    """A self-contained SVG of a chart's wide drawing with title, note and imprint, in language `code`."""
    drawing, _, height = inner(chart, colours)
    ink, soft = colours["ink"], colours["soft"]
    parts: list[str] = []
    y = float(MARGIN - 12)
    for text, size, bold, fill, gap in ((chart.title, 26, True, ink, 2), (chart.subtitle, 16, False, soft, 20)):
        y = _written(parts, text, y, size, bold, fill) + gap
    parts.append(f'<g transform="translate({MARGIN},{y:g})">{drawing}</g>')
    y = _written(parts, chart.note, y + height + 14, 14, False, ink) + 14
    parts.append(f'<path d="M{MARGIN},{y:g}h{DRAWING.width}" stroke="{colours["rule"]}"/>')
    for text in (imprint.source, f"{imprint.edition} · {imprint.licence}"):
        y = _written(parts, text, y + 6, 13, False, soft)
    name, end = f"{chart.slug}-{code}", f"{y + 22:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{end}" viewBox="0 0 {WIDTH} {end}" lang="{code}" xml:lang="{code}" '
        f'role="img" aria-labelledby="{name}-title {name}-desc">\n'
        f'<title id="{name}-title">{_escaped(chart.title)}</title>\n<desc id="{name}-desc">{_escaped(chart.alt)}</desc>\n'
        f'<rect width="100%" height="100%" fill="{colours["paper"]}"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def png(picture: str, cache: Path | None = None, scale: float = PNG_WIDTH / WIDTH) -> bytes:
    """An SVG as PNG, 2400 pixels wide for a chart by default; cached by the picture and the tools that render it."""
    made_with = f"{kept.version('oxipng-pybind')} {font()} {scale}"
    return kept.raw(cache, "png", f"{made_with} {picture}", lambda _: _rendered(picture, scale))


def _rendered(picture: str, scale: float) -> bytes:
    """Render and optimise a PNG: the same pixels at a sixth of the size, as few colours need one byte a pixel, not four."""
    return oxipng.optimize_from_memory(vl_convert.svg_to_png(picture, scale=scale), level=0)


@functools.cache
def font() -> str:
    """Register the font with the renderer, once; returns the checksum of its files."""
    vl_convert.register_font_directory(str(FONTS))
    files = sorted(FONTS.glob("*.otf"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def legible(text: str) -> str:
    """A text without the characters that XML forbids."""
    return _NO_XML.sub("", text)


def _escaped(text: str) -> str:
    return html.escape(legible(text))


def _written(parts: list[str], text: str, y: float, size: int, bold: bool, fill: str) -> float:
    """Append the lines of a text whose top is at `y`; returns the y of its bottom."""
    weight = ' font-weight="bold"' if bold else ""
    broken = wrap.balanced(text, size * 1.07, DRAWING.width) if bold else wrap.broken(text, size, DRAWING.width)
    for line in broken:
        place = f'x="{MARGIN}" y="{y + size * 1.12:g}" font-size="{size}"{weight} fill="{fill}"'
        parts.append(f'<text {place} font-family="{FAMILY}">{_escaped(line)}</text>')
        y += round(size * 1.45)
    return y
