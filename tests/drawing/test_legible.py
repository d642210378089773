"""What makes a drawing hard to read: texts over lines or marks, keys to what is missing, colours that look alike."""

import itertools
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass

import numpy

from scripts.drawing import pictures
from scripts.drawing.marks import TINT
from scripts.paths import THIS
from tests.drawing.test_charts import SVG, Drawn, every_chart, every_drawing, layers, parsed, rows_of, width

Placed = tuple[ElementTree.Element, float, float, bool]
LEAST = 8  # by which colours side by side must differ (CIE 1976), however somebody sees them
STYLES = (THIS.docs / "assets" / "low-tide.css").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Box:
    """The bounding box of a text or line: edges in px, its drawing order, its words, whether it has a halo."""

    left: float
    top: float
    right: float
    bottom: float
    order: int
    words: str = ""
    halo: bool = False

    def meets(self, other: "Box") -> bool:
        """Whether both have a point in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def walked(tag: ElementTree.Element, x: float = 0, y: float = 0, halo: bool = False) -> Iterator[Placed]:
    """Every visible element in the order of drawing, with its place, and whether it has a halo."""
    halo |= tag.get("paint-order") == "stroke" and tag.get("stroke") == "var(--lt-paper)"
    for across, down in re.findall(r"translate\((-?[\d.]+)(?:,(-?[\d.]+))?", tag.get("transform", "")):
        x, y = x + float(across), y + float(down or 0)
    if tag.get("opacity") != "0":
        yield tag, x, y, halo
    for child in tag:
        yield from walked(child, x, y, halo)


def boxes(root: ElementTree.Element) -> tuple[list[Box], list[Box]]:
    """The texts of a drawing, and its lines."""
    texts, lines = list[Box](), list[Box]()
    for order, (tag, x, y, halo) in enumerate(walked(root)):
        if tag.tag == f"{SVG}text":
            texts.append(text(tag, x, y, order, halo))
        elif tag.tag == f"{SVG}line" and tag.get("stroke"):
            x2, y2 = x + float(tag.get("x2", 0)), y + float(tag.get("y2", 0))
            lines.append(Box(min(x, x2), min(y, y2) - 0.5, max(x, x2) + 0.5, max(y, y2) + 0.5, order))
    return texts, lines


def marked(root: ElementTree.Element) -> list[Box]:
    """The filled marks of a drawing: the boxes of paths, except colourless grounds and halos of other marks."""
    found = list[Box]()
    for order, (tag, x, y, _) in enumerate(walked(root)):
        filled = tag.get("fill", "none") not in ("none", "transparent", "var(--lt-paper)", "var(--lt-card)")
        if tag.tag == f"{SVG}path" and filled:
            left, top, right, bottom = extent(tag.get("d", ""))
            found.append(Box(x + left, y + top, x + right, y + bottom, order, tag.get("aria-label", "")))
    return found


def extent(path: str) -> tuple[float, float, float, float]:
    """The bounding box of a path of Vega, by the ends of its lines, arcs and curves, and by the radius of its arcs."""
    xs, ys, x, y, r = [], [], 0.0, 0.0, 0.0
    for command, said in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", path):
        numbers = [float(one) for one in re.findall(r"-?[\d.]+(?:e-?\d+)?", said)]
        near = (x, y) if command.islower() else (0.0, 0.0)
        match command.lower():
            case "h":
                x = near[0] + numbers[-1]
            case "v":
                y = near[1] + numbers[-1]
            case "a":
                r, x, y = numbers[0], near[0] + numbers[5], near[1] + numbers[6]
                ys += [y - r, y + r]
            case "m" | "l" | "c":
                x, y = near[0] + numbers[-2], near[1] + numbers[-1]
            case _:
                continue
        xs.append(x)
        ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)


def text(tag: ElementTree.Element, x: float, y: float, order: int, halo: bool) -> Box:
    size, words = float(tag.get("font-size", "").removesuffix("px")), "".join(tag.itertext())
    wide = width(words, size, tag.get("font-weight") == "bold")
    left = x - {"start": 0, "middle": 0.5, "end": 1}[tag.get("text-anchor", "start")] * wide
    return Box(left, y - 0.74 * size, left + wide, y + 0.12 * size, order, words, halo)


@every_drawing
def test_no_line_crosses_a_text(drawn: Drawn, slug: str, code: str, frame: str):
    """A text over a line keeps it off by its halo; none is drawn under one."""
    texts, lines = boxes(parsed(drawn[code][slug].drawings[frame]))
    struck = [one for one in texts for line in lines if one.meets(line) and not (one.halo and one.order > line.order)]
    assert [one.words for one in struck] == []


@every_drawing
def test_no_text_lies_over_a_mark(drawn: Drawn, slug: str, code: str, frame: str):
    root = parsed(drawn[code][slug].drawings[frame])
    texts, marks = boxes(root)[0], marked(root)
    assert len(marks) > 2
    assert [one.words for one in texts if one.words.strip() and any(one.meets(mark) for mark in marks)] == []


def test_text_over_a_mark_is_detected():
    svg = "<svg xmlns='http://www.w3.org/2000/svg'><g transform='translate(0,10)'>{}</g>{}</svg>"
    bar, dot = "<path d='M0,0h40v20h-40Z' fill='red'/>", "<path d='M75,5A5,5,0,1,1,65,5A5,5,0,1,1,75,5' fill='red'/>"
    words = "<text transform='translate({},{})' font-size='14px'>Word</text>"
    root = parsed(svg.format(bar + dot, words.format(20, 25) + words.format(60, 20) + words.format(20, 50)))
    marks = marked(root)
    assert [(mark.left, mark.top, mark.right, mark.bottom) for mark in marks] == [(0, 10, 40, 30), (65, 10, 75, 20)]
    assert [[one.meets(mark) for mark in marks] for one in boxes(root)[0]] == [
        [True, False],
        [False, True],
        [False] * 2,
    ]


def test_text_over_a_line_is_detected():
    svg = "<svg xmlns='http://www.w3.org/2000/svg'><line transform='translate(0,10)' x2='99' stroke='x'/>{}</svg>"
    words = "<text transform='translate({},{})' font-size='14px' {}>Some words</text>"
    halo = "paint-order='stroke' stroke='var(--lt-paper)'"
    drawn = words.format(0, 14, "") + words.format(40, 18, halo) + words.format(99, 40, "")
    texts, (line,) = boxes(parsed(svg.format(drawn)))
    assert [one.meets(line) for one in texts] == [True, True, False]
    assert [one.halo and one.order > line.order for one in texts] == [False, True, False]


@every_drawing
def test_key_has_only_what_is_drawn(drawn: Drawn, slug: str, code: str, frame: str):
    chart = drawn[code][slug]
    rows = [row for layer in layers(chart.specs[frame]) for row in rows_of(chart.specs[frame], layer)]
    voices = {row["solid"] for row in rows if "solid" in row and not {"fact_id", "evidence_id"} & set(row)}
    assert voices in (set(), {0, 1})
    assert voices <= set(chart.rows.get("solid", ()))
    if slug == "who-says-it":
        assert (chart.rows[["judged", "reported"]] > 0).any().all()


SEEN = {
    "as most do": numpy.eye(3),
    "without red": numpy.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "without green": numpy.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "without blue": numpy.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
"""How linear sRGB is seen (Machado, Oliveira and Fernandes 2009, table 1, severity 1)."""
XYZ = numpy.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(colour: str, sight: str) -> numpy.ndarray:
    """A colour such as #0f5c66 in CIELAB, as it is seen."""
    said = numpy.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = numpy.where(said <= 0.04045, said / 12.92, ((said + 0.055) / 1.055) ** 2.4)
    x, y, z = numpy.cbrt(XYZ @ numpy.clip(SEEN[sight] @ linear, 0, 1) / XYZ.sum(axis=1))
    return numpy.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def mixed(colour: str, share: float, under: str) -> str:
    """A colour laid over another one."""
    pairs = ((int(some[at : at + 2], 16) for some in (colour, under)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(share * one + (1 - share) * other):02x}" for one, other in pairs)


def palettes() -> dict[str, dict[str, str]]:
    """The colours of the site by day and by night."""
    night = STYLES.partition(':root[data-scheme="dark"] {')[2].partition("}")[0]
    day = pictures.palette(STYLES)
    return {"light": day, "dark": day | dict(re.findall(r"--lt-([a-z]+): (#[0-9a-f]{6});", night))}


def shades(root: ElementTree.Element, palette: dict[str, str]) -> set[str]:
    """The colours of a drawing's marks over a card, as they come out; of a tint with an edge that of the edge."""
    found = set()
    for path in root.iter(f"{SVG}path"):
        named = re.fullmatch(r"var\(--lt-([a-z]+)\)", path.get("fill") or "")
        if named and path.get("opacity") != "0":
            edged = path.get("fill-opacity") == str(TINT) and path.get("stroke") == path.get("fill")
            share = float(path.get("opacity", 1)) * (1 if edged else float(path.get("fill-opacity", 1)))
            found.add((named[1], share))
    return {mixed(palette[name], share, palette["card"]) for name, share in found}


@every_chart
def test_adjacent_colours_differ_for_every_kind_of_sight(drawn: Drawn, slug: str):
    for (scheme, palette), (frame, drawing) in itertools.product(
        palettes().items(), drawn["en"][slug].drawings.items()
    ):
        for one, other in itertools.combinations(sorted(shades(parsed(drawing), palette)), 2):
            for sight in SEEN:
                apart = float(numpy.linalg.norm(lab(one, sight) - lab(other, sight)))
                assert apart >= LEAST, (scheme, frame, sight, one, other, round(apart, 1))


def test_colours_that_look_alike_are_detected():
    red, green = "#c0504d", "#6a8a3a"
    assert numpy.linalg.norm(lab(red, "as most do") - lab(green, "as most do")) > 60
    assert numpy.linalg.norm(lab("#8a7a3a", "without red") - lab("#7a7a3a", "without red")) < LEAST
    assert mixed("#ffffff", 0.2, "#000000") == "#333333"
