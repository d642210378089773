"""Marks that several charts share: hedges as limits, voices as solid or outline, columns. In: rows; out: layers, specs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas

from . import theme
from .theme import alt


def limits(rows: theme.Rows, x: alt.X, fill: str) -> list[alt.Chart]:
    """Marks at (x, `y` in pixels) by hedge: a dot for a value, pale where it is "about"; a stop with an arrow to
    the open side where only a limit is given. Where other sources stand among the rows, theirs are outlines."""
    told = voiced(fill) if (rows["solid"] == 0).any() else {"color": alt.Color(fill, scale=None)}
    edge: dict[str, Any] = {"strokeWidth": 2} if len(told) > 1 else {}
    opens = {"under": -1, "at_most": -1, "over": 1, "at_least": 1}
    side = rows["qualifier"].map(opens).fillna(0)
    layers = []
    points, stops = rows[side == 0], rows[side != 0]
    if len(points):
        points = points.assign(strength=(points["qualifier"] == "about").map({True: 0.55, False: 1.0}))
        layers.append(
            alt.Chart(points)
            .mark_point(filled=True, size=130, **edge)
            .encode(x=x, y=theme.at_y("y"), opacity=alt.Opacity("strength:Q", scale=None), **told)
        )
    for way in (-1, 1):
        some = stops[side[stops.index] == way]
        if len(some):
            base = alt.Chart(some).encode(x=x, y=theme.at_y("y"), **told)
            layers.append(base.mark_tick(orient="vertical", size=18, thickness=3, **edge))
            layers.append(base.mark_rect(height=3, width=34, xOffset=way * 18, **edge))
            layers.append(
                base.mark_point(
                    shape="triangle-right" if way > 0 else "triangle-left",
                    filled=True,
                    size=90,
                    xOffset=way * 36,
                    **edge,
                )
            )
    return layers


def voiced(fill: str) -> dict[str, Any]:
    """How a mark tells whose number it is, everywhere alike: solid for the report, an outline for other sources.

    The field `solid` of the rows is 1 or 0. (A condition would say the same and take Altair ten times as long.)
    """
    return {
        "color": alt.Color(fill, scale=None),
        "stroke": alt.Stroke(fill, scale=None),
        "fillOpacity": alt.FillOpacity("solid:Q", scale=None),
    }


def voices(rows: theme.Rows, words: theme.Words, x: int = 0, y: int = 10) -> list[alt.Chart]:
    """The key to solid and outline where both are drawn: a square and a word each, from (x, y) in pixels."""
    if rows["voice"].nunique() < 2:
        return []
    wide = 26 + 8 * max(len(words["voices"]["article"]), 2) * (
        2 if words["voices"]["article"].isascii() is False else 1
    )
    key = pandas.DataFrame(
        {
            "x": [x + 7, x + wide + 7],
            "at": [x + 22, x + wide + 22],
            "y": y,
            "solid": [1, 0],
            "text": [words["voices"]["article"], words["voices"]["others"]],
            "colour": theme.colour("ink"),
        }
    )
    squares = (
        alt.Chart(key)
        .mark_point(shape="square", size=130, filled=True, strokeWidth=2)
        .encode(x=theme.at_x("x"), y=theme.at_y("y"), **voiced("colour:N"))
    )
    return [squares, theme.label(key, x=theme.at_x("at"), y=theme.at_y("y"), text="text:N", soft=True)]


def columns(rows: theme.Rows, words: theme.Words, frame: theme.Frame, size: float, ticks: Mapping[float, str], slots: float,
            height: int = 230, numbers: bool = True) -> theme.Spec:  # fmt: skip
    """Columns on slots of equal width: outlines for other sources, slimmer solid ones for the report before them.

    `rows` has value, text, colour, voice, slot (a number from 0, fractions allowed) and thick (share of a slot);
    `ticks` names slots. `numbers` writes each column's value above it, in the axis' unit and to three digits.
    """
    left, right, top = 48, 8, 46 if rows["voice"].nunique() > 1 else 20
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
    axis = alt.Axis(title=None, tickCount=5, domain=False, ticks=False, format=words["number"])
    y = alt.Y("shown:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=axis)
    layers = []
    for voice, inferred in (("others", False), ("others", True), ("article", False)):
        some = rows[(rows["voice"] == voice) & (rows["inferred"] == inferred)]
        if len(some):
            bars = alt.Chart(some).mark_rect(strokeWidth=2, strokeDash=[3, 3] if inferred else [1, 0])
            layers.append(bars.encode(x=theme.at_x("x"), x2="x2:Q", y=y, y2="zero:Q", **voiced("colour:N")))
    if numbers:
        best = rows.sort_values("shown").drop_duplicates("slot", keep="last")
        layers.append(theme.label(best, x=theme.at_x("middle"), y=y, text="brief:N", align="center", dy=-10))
    names = pandas.DataFrame(
        {"x": [(slot + 0.5) * step for slot in ticks], "y": height + 16, "text": list(ticks.values())}
    )
    layers.append(theme.label(names, x=theme.at_x("x"), y=theme.at_y("y"), text="text:N", align="center"))
    return theme.finish(
        [*layers, *voices(rows, words, 0, -30)], frame, height, left=left, right=right, top=top, bottom=34
    )
