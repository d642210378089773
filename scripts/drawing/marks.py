"""Marks that several charts share: hedges as limits, voices as solid or pale, columns. In: rows; out: layers, specs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import pandas

from . import theme, years
from .theme import alt

TINT = 0.3  # opacity of the fill in marks of other sources
FLAT = 4  # px; a lower column is drawn as a tick
DIGIT = 8  # px of a digit, including room between two numbers


def limits(rows: theme.Rows, x: alt.X, fill: str) -> list[alt.Chart]:
    """Marks at (x, `y` in pixels) by hedge: a dot for a value, pale if it is "about"; a bar with an arrow to the
    open side for a limit. If there are rows of other sources, theirs are tinted."""
    encoding = voiced(fill) if (rows["solid"] == 0).any() else {"color": alt.Color(fill, scale=None)}
    edge: dict[str, Any] = {"strokeWidth": 2} if len(encoding) > 1 else {}
    opens = {"under": -1, "at_most": -1, "over": 1, "at_least": 1}
    side = rows["qualifier"].map(opens).fillna(0)
    layers = []
    points, stops = rows[side == 0], rows[side != 0]
    if len(points):
        points = points.assign(strength=(points["qualifier"] == "about").map({True: 0.55, False: 1.0}))
        dots = alt.Chart(points).mark_point(filled=True, size=130, **edge)
        layers.append(dots.encode(x=x, y=theme.at_y("y"), opacity=alt.Opacity("strength:Q", scale=None), **encoding))
    for way in (-1, 1):
        some = stops[side[stops.index] == way]
        if len(some):
            base = alt.Chart(some).encode(x=x, y=theme.at_y("y"), **encoding)
            layers.append(base.mark_tick(orient="vertical", size=18, thickness=3, **edge))
            layers.append(base.mark_rect(height=3, width=34, xOffset=way * 18, **edge))
            shape = "triangle-right" if way > 0 else "triangle-left"
            layers.append(base.mark_point(shape=shape, filled=True, size=90, xOffset=way * 36, **edge))
    return layers


def voiced(fill: str) -> dict[str, Any]:
    """The encoding of voices in all charts: solid for the report, a pale tint with an edge for others.

    The field `solid` of the rows is 1 or 0. (A condition would be equivalent, but ten times as slow in Altair.)
    """
    shade = alt.FillOpacity("solid:Q", scale=alt.Scale(domain=[0, 1], range=[TINT, 1]), legend=None)
    return {"color": alt.Color(fill, scale=None), "stroke": alt.Stroke(fill, scale=None), "fillOpacity": shade}


def voices(rows: theme.Rows, words: theme.Words, y: int = 10) -> list[alt.Chart]:
    """The key to solid and pale; empty unless both are drawn."""
    if rows["voice"].nunique() < 2:
        return []
    names = [words["voices"]["article"], words["voices"]["others"]]
    return key(
        pandas.DataFrame({"text": names, "solid": [1, 0], "colour": theme.colour("ink")}), y, **voiced("colour:N")
    )


def key(entries: theme.Rows, y: int, **encoding: Any) -> list[alt.Chart]:
    """A legend: a square and a word for each entry, in a row from the left edge, at `y` px; `encoding` is that of the squares."""
    wide = [26 + sum(8 if letter.isascii() else 16 for letter in text) for text in entries["text"]]
    left = pandas.Series(wide, entries.index).cumsum() - wide
    entries = entries.assign(x=left + 7, at=left + 22, y=y)
    squares = alt.Chart(entries).mark_point(shape="square", size=130, filled=True, strokeWidth=2)
    return [
        squares.encode(**theme.at(), **encoding),
        theme.label(entries, **theme.at("at", "y"), text="text:N", soft=True),
    ]


def columns(rows: theme.Rows, words: theme.Words, frame: theme.Frame, ticks: Mapping[float, str],
            slots: float, height: int = 230) -> theme.Spec:  # fmt: skip
    """Columns on slots of equal width: pale ones for other sources, slimmer solid ones for the report in front.

    `rows` has value, colour, voice, slot (a number from 0, fractions allowed) and thick (share of a slot); `ticks` names
    slots. Columns are labelled in the language's unit, `words["size"]`; those too low to see are ticks.
    """
    left, right, keys = 48, 14, [*voices(rows, words, -30), *pair(rows, words)]
    step = (frame.width - left - right) / slots
    rows = rows.assign(shown=rows["value"] / words["size"], zero=0.0, middle=(rows["slot"] + 0.5) * step)
    rows["x"], rows["x2"] = (rows["middle"] + side * rows["thick"] * step / 2 for side in (-1, 1))
    low, high = min(rows["shown"].min() * 1.15, 0), max(rows["shown"].max() * 1.1, 0)
    axis = alt.Axis(title=None, tickCount=5, domain=False, ticks=False, format=words["number"])
    y = alt.Y("shown:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=axis)
    flat = rows["shown"].abs() * height < FLAT * (high - low)
    layers = []
    for voice, inferred in (("others", False), ("others", True), ("article", False)):
        some = rows[(rows["voice"] == voice) & (rows["inferred"] == inferred) & ~flat]
        if len(some):
            bars = alt.Chart(some).mark_rect(strokeWidth=1.5, strokeDash=[3, 3] if inferred else [1, 0])
            layers.append(bars.encode(x=theme.at_x("x"), x2="x2:Q", y=y, y2="zero:Q", **voiced("colour:N")))
    if flat.any():
        low_ones = alt.Chart(rows[flat]).mark_tick(orient="horizontal", thickness=FLAT, size=rows["thick"].min() * step)
        layers.append(low_ones.encode(x=theme.at_x("middle"), y=y, color=alt.Color("colour:N", scale=None)))
    names = pandas.DataFrame({"x": [(slot + 0.5) * step for slot in ticks], "y": height + 16, "text": ticks.values()})
    layers += [*numbers(rows, flat, frame, y), theme.label(names, **theme.at(), text="text:N", align="center")]
    top = 20 + 13 * len(keys)  # each key is two layers, a line of 26 px
    return theme.finish([*layers, *keys], frame, height, left=left, right=right, top=top, bottom=34)


def numbers(rows: theme.Rows, flat: Any, frame: theme.Frame, y: alt.Y, away: int = 11) -> list[alt.Chart]:
    """Labels at the ends of columns, to three significant digits, where they do not overlap, in order of priority: the farthest
    from zero, the last, the first, flat ones, and, in the wide frame, all others."""
    ends = rows.assign(far=rows["shown"].abs(), flat=flat).sort_values("far").drop_duplicates("slot", keep="last")
    ends = ends.sort_values("middle")
    ends["brief"] = [f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}" for value in ends["shown"]]
    ends["brief"] = ends["brief"].str.replace("-", "\u2212")
    half = ends["brief"].str.len() * DIGIT / 2
    first = [ends["far"].idxmax(), ends.index[-1], ends.index[0], *ends.index[ends["flat"]][::-1]]
    placed: list[Any] = []
    for i in dict.fromkeys(first if frame.narrow else [*first, *ends.index]):
        if all(abs(ends["middle"][i] - ends["middle"][j]) >= half[i] + half[j] for j in placed):
            placed.append(i)
    ends = ends.loc[placed]
    return [
        theme.label(some, x=theme.at_x("middle"), y=y, text="brief:N", align="center", dy=dy)
        for some, dy in ((ends[ends["shown"] >= 0], -away), (ends[ends["shown"] < 0], away))
        if len(some)
    ]


def tenfold(values: pandas.Series[float]) -> dict[str, Any]:
    """Scale and ticks of a logarithmic axis with a tick at each power of ten, and some room beyond the values."""
    low, high = values.min() / 1.6, values.max() * 1.6
    steps = [10.0**n for n in range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)]
    return {"scale": alt.Scale(type="log", domain=[low, high], nice=False), "values": steps}


def pair(rows: theme.Rows, words: theme.Words) -> list[alt.Chart]:
    """The key to the colours of two paired metrics, above that of the voices; empty for a single metric."""
    if "pair" not in rows:
        return []
    entries = (
        rows[["pair", "beside", "colour"]].drop_duplicates().sort_values("beside").rename(columns={"pair": "text"})
    )
    y = -30 if rows["voice"].nunique() < 2 else -56
    return key(entries, y, color=alt.Color("colour:N", scale=None), stroke=alt.Stroke("colour:N", scale=None),
               fillOpacity=alt.value(1 if (rows["solid"] == 1).any() else TINT))  # fmt: skip


def yearly(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Columns with a slot for each year; `rows` has colour, thick and, for several in a year, `beside`, an offset in slots."""
    of = years.of(rows)
    beside = rows.get("beside", 0)
    axis = years.axis(rows, frame.width)
    ticks = {float(year - axis.first): str(year) for year in range(axis.first, axis.last + 1)}
    if frame.narrow and len(ticks) > 6:
        ticks = {slot: name[2:] for slot, name in ticks.items()}
    return columns(rows.assign(slot=of - axis.first + beside), words, frame, ticks, len(ticks))


def pairs(colours: Mapping[str, str]) -> Callable[[theme.Rows, theme.Words, theme.Frame], theme.Spec]:
    """The `draw` of a chart with two columns a year, the metrics of `colours` from left to right, each in the colour of this name."""

    def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
        of = rows["metric_id"]
        rows = rows.assign(
            pair=of.map(dict(zip(colours, words["pair"], strict=True))),
            beside=of.map(dict(zip(colours, (-0.2, 0.2), strict=True))),
            thick=rows["voice"].map({"others": 0.36, "article": 0.22}),
            colour=of.map({metric: theme.colour(name) for metric, name in colours.items()}),
        )
        return yearly(rows, words, frame)

    return draw
