"""Yunji's net loss on two bases, year by year, hanging from zero; a thin rule joins the two values of a year."""

import pandas

from ..drawing import marks, theme, years
from ..drawing.theme import alt

FACTS = ("yunji-net-loss-2018", "yunji-net-loss-2020")
EVIDENCE = (
    *(f"yunji-net-loss-{year}" for year in (2016, 2017, 2018, 2019, 2020, 2022, 2023, 2024)),
    "yunji-net-loss-2019-article-basis",
)


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """x is the year, y the result, losses below zero; a circle or square for each basis, and a rule between the two."""
    height, left, right, inset = 250, 52, 8, 14  # px; `inset` leaves room for the first number next to the axis
    axis = years.axis(rows, frame.width - left - right - inset, inset)
    square = (rows["voice"] == "article") | (rows["evidence_id"] == EVIDENCE[-1])
    rows = rows.assign(shown=-rows["value"] / words["size"], slot=years.of(rows), colour=theme.colour("yunji"))
    rows["middle"] = inset + (rows["slot"] - axis.first + 0.5) * axis.step
    y = alt.Y(
        "shown:Q",
        scale=alt.Scale(domain=[rows["shown"].min() * 1.15, 0], nice=False),
        axis=alt.Axis(title=None, tickCount=4, domain=False, ticks=False, format=words["number"]),
    )
    ends = rows.groupby("slot", as_index=False).agg(
        middle=("middle", "first"), shown=("shown", "min"), top=("shown", "max")
    )
    between = alt.Chart(ends[ends["shown"] < ends["top"]]).mark_rule(color=theme.colour("soft"), strokeWidth=2)
    points = [
        alt.Chart(some)
        .mark_point(shape=shape, size=170, filled=True, strokeWidth=2)
        .encode(x=theme.at_x("middle"), y=y, **marks.voiced("colour:N"))
        for shape, some in (("circle", rows[~square]), ("square", rows[square]))
    ]
    bases = pandas.DataFrame({"text": words["pair"], "shape": ["circle", "square"], "colour": theme.colour("ink")})
    layers = [
        between.encode(x=theme.at_x("middle"), y=y, y2="top:Q"),
        *points,
        *marks.numbers(rows, False, frame, y, 19),
        axis.names(height + 16),
        *marks.voices(rows, words, -30),
        *marks.key(
            bases,
            -56,
            color=alt.value("none"),
            stroke=alt.Stroke("colour:N", scale=None),
            shape=alt.Shape("shape:N", scale=None),
        ),
    ]
    return theme.finish(layers, frame, height, left=left, right=right, top=72, bottom=34)
