"""How long the closed platforms lasted according to other sources, with the day of the report."""

import datetime

import pandas

from ..drawing import marks, theme
from ..drawing.theme import alt

FACTS = ("closed-platforms-life",)
EVIDENCE = ("youpin-youyu-life", "taoxiaopu-life", "dongxiaodian-life", "xiaoe-pinpin-life")


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """A platform a line, time across; outlines, because other sources say so."""
    step, right = 50, 12
    span = frame.width - 16 - right
    start, end = datetime.date(2019, 1, 1).toordinal(), datetime.date(2022, 7, 1).toordinal()
    at = lambda day: (datetime.date.fromisoformat(day).toordinal() - start) / (end - start) * span  # noqa: E731
    rows = rows[rows["voice"] == "others"]
    rows = rows.assign(x=rows["first"].map(at), x2=rows["last"].map(at), colour=theme.colour("closed"))
    rows["y"] = [i * step + 46 for i in range(len(rows))]
    rows["text"] = rows["name"] + "  " + rows["text"]
    height = len(rows) * step + 26
    bars = (
        alt.Chart(rows)
        .mark_bar(orient="horizontal", height=14, strokeWidth=2)
        .encode(x=theme.at_x("x"), x2="x2:Q", y=theme.at_y("y"), **marks.voiced("colour:N"))
    )
    names = theme.label(rows.assign(y=rows["y"] - 20, x=rows["x"]), x=theme.at_x("x"), y=theme.at_y("y"), text="text:N")
    day = pandas.DataFrame({"x": [at("2022-03-09")], "y": [4], "y2": [height], "text": [words["article"]]})
    line = (
        alt.Chart(day)
        .mark_rule(color=theme.colour("warn"), strokeWidth=2)
        .encode(x=theme.at_x("x"), y=theme.at_y("y"), y2="y2:Q")
    )
    mark = theme.label(day, x=theme.at_x("x"), y=theme.at_y("y"), text="text:N", align="right", dx=-6, dy=4, bold=True)
    years = pandas.DataFrame(
        {
            "x": [at(f"{y}-{m}-01") for y, m in ((2019, "07"), (2020, "07"), (2021, "07"), (2022, "04"))],
            "y": height + 16,
            "text": ["2019", "2020", "2021", "2022"],
        }
    )
    edges = pandas.DataFrame({"x": [at(f"{y}-01-01") for y in range(2019, 2023)], "y": 0, "y2": height})
    grid = (
        alt.Chart(edges).mark_rule(color=theme.colour("rule")).encode(x=theme.at_x("x"), y=theme.at_y("y"), y2="y2:Q")
    )
    ticks = theme.label(years, x=theme.at_x("x"), y=theme.at_y("y"), text="text:N", align="center", soft=True)
    return theme.finish([grid, bars, line, names, mark, ticks], frame, height, left=16, right=right, bottom=30)
