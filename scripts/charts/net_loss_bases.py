"""Yunji's net loss on two bases, year by year; nothing joins them."""

import pandas

from ..drawing import marks, theme
from ..drawing.theme import alt

FACTS = ("yunji-net-loss-2018", "yunji-net-loss-2020")
EVIDENCE = (
    *(f"yunji-net-loss-{year}" for year in (2016, 2017, 2018, 2019, 2020, 2022, 2023, 2024)),
    "yunji-net-loss-2019-article-basis",
)
TITLE = {
    "en": "Two net losses: the report's are not the totals that others print",
    "zh": "两种净亏损：报道与他处总额不同",
}
SUBTITLE = {
    "en": "Net loss by financial year, million yuan; higher is worse",
    "zh": "各财年净亏损，亿元；越高亏得越多",
}
ALT = {
    "en": "Dots by year. On the total basis other sources have {{ evidence yunji-net-loss-2018 }}, "
    "{{ evidence yunji-net-loss-2019 }} and {{ evidence yunji-net-loss-2020 }} for the years {{ fact yunji-net-loss-widened period }}, while the report has "
    "{{ fact yunji-net-loss-2018 }} for {{ fact yunji-net-loss-2018 period }} and {{ fact yunji-net-loss-2020 }} for {{ fact yunji-net-loss-2020 period }}.",
    "zh": "按年份的点图。其他来源所列总额，{{ fact yunji-net-loss-widened period }}依次为{{ evidence yunji-net-loss-2018 }}、"
    "{{ evidence yunji-net-loss-2019 }}、{{ evidence yunji-net-loss-2020 }}；报道的{{ fact yunji-net-loss-2018 period }}为{{ fact yunji-net-loss-2018 }}，"
    "{{ fact yunji-net-loss-2020 period }}为{{ fact yunji-net-loss-2020 }}。",
}
NOTE = {
    "en": "Circles: total net loss. Squares: the report's basis, probably the part that falls to Yunji's own "
    "shareholders; that is our inference, no source says so. The square of {{ evidence yunji-net-loss-2019 period }} is from a single repost. In "
    "{{ evidence yunji-net-profit-2021 period }}, the year without a mark, Yunji had a profit of {{ evidence yunji-net-profit-2021 short }}, by one repost.",
    "zh": "圆点为净亏损总额；方点为报道的口径，很可能是归属云集股东的部分，此为本项目推断，没有来源写明。{{ evidence yunji-net-loss-2019 period }}的方点仅见于"
    "一处转载。没有标记的{{ evidence yunji-net-profit-2021 period }}，据一处转载，云集盈利{{ evidence yunji-net-profit-2021 short }}。",
}
WORDS = {"en": {"size": 1e6}, "zh": {"size": 1e8}}


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
