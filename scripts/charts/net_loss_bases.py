"""Yunji's net loss on two bases, year by year; nothing joins them."""

import pandas

from ..drawing import marks, theme
from ..drawing.theme import alt

FACTS = ("yunji-net-loss-2018", "yunji-net-loss-2020")
EVIDENCE = (
    *(f"yunji-net-loss-{year}" for year in (2016, 2017, 2018, 2019, 2020, 2022, 2023, 2024)),
    "yunji-net-loss-2019-article-basis",
)


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """x is the year, y the loss; circles and squares, never a line."""
    height, left = 240, 48
    years = rows["first"].str[:4].astype(int)
    step = (frame.width - left - 8) / 9
    square = (rows["voice"] == "article") | (rows["evidence_id"] == EVIDENCE[-1])
    rows = rows.assign(shown=rows["value"] / words["size"], x=(years - 2016 + 0.5) * step, colour=theme.actor("yunji"))
    y = alt.Y(
        "shown:Q",
        scale=alt.Scale(domain=[0, 1.9e8 / words["size"]]),
        axis=alt.Axis(title=None, tickCount=4, domain=False, ticks=False),
    )
    points = [
        alt.Chart(some)
        .mark_point(shape=shape, size=170, filled=True, strokeWidth=2)
        .encode(x=theme.at_x("x"), y=y, **marks.voiced("colour:N"))
        for shape, some in (("circle", rows[~square]), ("square", rows[square]))
    ]
    names = pandas.DataFrame(
        {
            "x": [(i + 0.5) * step for i in range(9)],
            "y": height + 16,
            "text": [f"{year % 100}" if frame.narrow else str(year) for year in range(2016, 2025)],
        }
    )
    ticks = theme.label(names, x=theme.at_x("x"), y=theme.at_y("y"), text="text:N", align="center")
    return theme.finish(
        [*points, ticks, *marks.voices(rows, words, 0, -30)], frame, height, left=left, top=46, bottom=34
    )
