"""How every chart looks: sizes, colours, marks for hedges. Colours are CSS variables, so one drawing follows light and dark.

Layout never depends on the fonts of the machine: sizes are fixed (`autosize: none`) and labels are placed by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas

Rows = pandas.DataFrame
Words = Mapping[str, Any]
Spec = dict[str, Any]
FONT = "sans-serif"  # the page sets its own stack; a named font that is missing would lose the text
ACTORS = {
    "yunji": "yunji", "onion-global": "onion", "beidian": "beidian", "beibei": "beidian",
    "taoxiaopu": "closed", "dongxiaodian": "closed", "youpin-youyu": "closed", "xiaoe-pinpin": "closed",
    "qunmaimai": "new", "youpin-haigou": "new", "xilu-shenghuo": "new", "fenxiang-shenghuo": "new",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """One drawing of a chart: its width in pixels, and whether it is the narrow one made for phones."""

    name: str
    width: int

    @property
    def narrow(self) -> bool:
        """Whether labels go on more lines and axes carry fewer ticks."""
        return self.width < 480


FRAMES = (Frame("wide", 720), Frame("narrow", 340))


def colour(name: str) -> str:
    """A colour of the site by name: ink, soft, rule, paper, accent, warn, yunji, onion, beidian, closed, new."""
    return f"var(--lt-{name})"


def actor(entity_id: str) -> str:
    """The one colour that an entity keeps through the whole site."""
    return colour(ACTORS.get(entity_id, "soft"))


def finish(layers: list[alt.Chart], frame: Frame, height: int, left: int = 4, right: int = 8,
           top: int = 8, bottom: int = 40) -> Spec:  # fmt: skip
    """Lay the layers over each other at a fixed size; a Vega-Lite specification whose outer width is the frame's."""
    chart = alt.layer(*layers).properties(
        width=frame.width - left - right,
        height=height,
        padding={"left": left, "right": right, "top": top, "bottom": bottom},
        autosize=alt.AutoSizeParams(type="none"),
        background="transparent",
    )
    return chart.to_dict(validate=False) | {"config": CONFIG}


def label(data: alt.Chart | Any, **encodings: Any) -> alt.Chart:
    """Text beside a mark; pass `dx`, `dy`, `align`, `bold`, `soft` as plain arguments."""
    options: dict[str, Any] = {
        k: encodings.pop(k) for k in ("dx", "dy", "align", "baseline", "limit") if k in encodings
    }
    weight: Any = "bold" if encodings.pop("bold", False) else "normal"
    fill = colour("soft") if encodings.pop("soft", False) else colour("ink")
    options = {"align": "left", "baseline": "middle"} | options
    return alt.Chart(data).mark_text(fontWeight=weight, color=fill, **options).encode(**encodings)


def at_x(field: str) -> alt.X:
    """A horizontal channel whose values are pixels already, without scale or axis."""
    return alt.X(field, type="quantitative", scale=None, axis=None)


def at_y(field: str) -> alt.Y:
    """A vertical channel whose values are pixels already, without scale or axis."""
    return alt.Y(field, type="quantitative", scale=None, axis=None)


def limits(rows: Rows, x: alt.X, fill: str) -> list[alt.Chart]:
    """Marks at (x, `y` in pixels) by hedge: a dot for a value, pale where it is "about"; a stop with an arrow to
    the open side where the article gives a limit only."""
    opens = {"under": -1, "at_most": -1, "over": 1, "at_least": 1}
    side = rows["qualifier"].map(opens).fillna(0)
    layers = []
    points, stops = rows[side == 0], rows[side != 0]
    if len(points):
        points = points.assign(strength=(points["qualifier"] == "about").map({True: 0.55, False: 1.0}))
        layers.append(
            alt.Chart(points)
            .mark_point(filled=True, size=130)
            .encode(
                x=x,
                y=at_y("y"),
                color=alt.Color(fill, scale=None),
                opacity=alt.Opacity("strength:Q", scale=None),
            )
        )
    for way in (-1, 1):
        some = stops[side[stops.index] == way]
        if len(some):
            base = alt.Chart(some).encode(x=x, y=at_y("y"), color=alt.Color(fill, scale=None))
            layers.append(base.mark_tick(orient="vertical", size=18, thickness=3))
            layers.append(base.mark_rect(height=3, width=34, xOffset=way * 18))
            layers.append(
                base.mark_point(
                    shape="triangle-right" if way > 0 else "triangle-left",
                    filled=True,
                    size=90,
                    xOffset=way * 36,
                )
            )
    return layers


def ends(rows: Rows, words: Words, frame: Frame, size: float) -> Spec:
    """Two columns for the end points of a span and an empty outline for the year that the article leaves out.

    `size` turns base units into those of the axis. Nothing joins the columns.
    """
    width, height, top = (frame.width - 60 - 8), 240, 30
    step = width / 3
    body = min(step * 0.6, 130)
    rows = rows.assign(shown=rows["value"] / size, x=[step / 2, step * 2.5], caption=words["years"])
    highest = rows["shown"].max()
    y = alt.Y(
        "shown:Q",
        scale=alt.Scale(domain=[0, highest * 1.12]),
        axis=alt.Axis(title=None, tickCount=5, domain=False, ticks=False, format=",~r"),
    )
    missing = pandas.DataFrame(
        {"x": [step * 1.5], "low": [0], "high": [highest * 0.55], "caption": [words["missing_year"]]}
    )
    parts = pandas.DataFrame(
        {
            "text": words["missing"],
            "x": step * 1.5,
            "shown": [highest * (0.34 - 0.085 * i) for i in range(len(words["missing"]))],
        }
    )
    fill = actor(rows["entity_id"].iloc[0])
    layers = [
        alt.Chart(rows).mark_bar(width=body, color=fill).encode(x=at_x("x"), y=y),
        alt.Chart(missing)
        .mark_bar(width=body, color="transparent", stroke=colour("soft"), strokeDash=[4, 4])
        .encode(x=at_x("x"), y=alt.Y("low:Q"), y2="high:Q"),
        label(rows, x=at_x("x"), y=y, text="text:N", align="center", dy=-12, bold=True),
        label(parts, x=at_x("x"), y=y, text="text:N", align="center", soft=True),
    ]
    floor = [
        label(some.assign(floor=height + 18), x=at_x("x"), y=at_y("floor"), text="caption:N", align="center")
        for some in (rows, missing)
    ]
    return finish([*layers, *floor], frame, height, left=60, top=top, bottom=36)


def voiced(fill: str) -> dict[str, Any]:
    """How a mark tells whose number it is, everywhere alike: solid for the article, an outline for other sources."""
    article = alt.datum.voice == "article"
    return {
        "color": alt.Color(fill, scale=None),
        "stroke": alt.Stroke(fill, scale=None),
        "fillOpacity": alt.condition(article, alt.value(1), alt.value(0)),
        "strokeWidth": alt.value(2),
    }


def voices(words: Words, x: int = 0, y: int = 10) -> list[alt.Chart]:
    """The key to solid and outline: a square and a word each, from (x, y) in pixels."""
    wide = 26 + 8 * max(len(words["voices"]["article"]), 2) * (
        2 if words["voices"]["article"].isascii() is False else 1
    )
    key = pandas.DataFrame(
        {
            "x": [x + 7, x + wide + 7],
            "at": [x + 22, x + wide + 22],
            "y": y,
            "voice": ["article", "others"],
            "text": [words["voices"]["article"], words["voices"]["others"]],
            "colour": colour("ink"),
        }
    )
    squares = (
        alt.Chart(key)
        .mark_point(shape="square", size=130, filled=True)
        .encode(x=at_x("x"), y=at_y("y"), **voiced("colour:N"))
    )
    return [squares, label(key, x=at_x("at"), y=at_y("y"), text="text:N", soft=True)]


def columns(rows: Rows, words: Words, frame: Frame, size: float, ticks: Mapping[float, str], slots: float,
            height: int = 230, numbers: bool = True) -> Spec:  # fmt: skip
    """Columns on slots of equal width: outlines for other sources, slimmer solid ones for the article before them.

    `rows` has value, text, colour, voice, slot (a number from 0, fractions allowed) and thick (share of a slot);
    `ticks` names slots. `numbers` writes each column's value above it, in the axis' unit and to three digits.
    """
    left, right, top = 48, 8, 46
    step = (frame.width - left - right) / slots
    rows = rows.assign(
        shown=rows["value"] / size,
        zero=0.0,
        brief=[f"{value / size:,.3g}" if value < size * 1000 else f"{value / size:,.0f}" for value in rows["value"]],
        x=(rows["slot"] + 0.5) * step - rows["thick"] * step / 2,
        x2=(rows["slot"] + 0.5) * step + rows["thick"] * step / 2,
        middle=(rows["slot"] + 0.5) * step,
    )
    low, high = min(rows["shown"].min() * 1.15, 0), rows["shown"].max() * 1.1
    axis = alt.Axis(title=None, tickCount=5, domain=False, ticks=False, format=",~r")
    y = alt.Y("shown:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=axis)
    layers = []
    for voice in ("others", "article"):
        some = rows[rows["voice"] == voice]
        if len(some):
            bars = alt.Chart(some).mark_rect()
            dash = alt.condition(alt.datum.inferred, alt.value([3, 3]), alt.value([1, 0]))
            marks = bars.encode(x=at_x("x"), x2="x2:Q", y=y, y2="zero:Q", strokeDash=dash, **voiced("colour:N"))
            layers.append(marks)
    if numbers:
        best = rows.sort_values("shown").drop_duplicates("slot", keep="last")
        layers.append(label(best, x=at_x("middle"), y=y, text="brief:N", align="center", dy=-10))
    names = pandas.DataFrame(
        {"x": [(slot + 0.5) * step for slot in ticks], "y": height + 16, "text": list(ticks.values())}
    )
    layers.append(label(names, x=at_x("x"), y=at_y("y"), text="text:N", align="center"))
    return finish([*layers, *voices(words, 0, -30)], frame, height, left=left, right=right, top=top, bottom=34)


CONFIG: Mapping[str, Any] = {
    "font": FONT,
    "view": {"stroke": None},
    "text": {"fontSize": 14},
    "axis": {
        "labelFontSize": 13,
        "labelColor": colour("soft"),
        "gridColor": colour("rule"),
        "domainColor": colour("rule"),
        "tickColor": colour("rule"),
        "labelOverlap": True,
    },
}
