"""Yunji's membership fees of three years, as its reports give them: columns, one a year."""

from ..drawing import theme
from ..drawing.theme import alt

FACTS = ("yunji-membership-fees-2018", "yunji-membership-fees-2019", "yunji-membership-fees-2020")


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Three columns with their values above; x is the year, y the fees in the language's unit."""
    rows = rows.assign(shown=rows["value"] / words["size"])
    highest = rows["shown"].max()
    x = alt.X(
        "period:N",
        axis=alt.Axis(
            title=None,
            labelAngle=0,
            ticks=False,
            labelPadding=10,
            labelFontSize=14,
            labelColor=theme.colour("ink"),
        ),
        scale=alt.Scale(paddingInner=0.35, paddingOuter=0.2),
    )
    y = alt.Y(
        "shown:Q",
        scale=alt.Scale(domain=[0, highest * 1.12]),
        axis=alt.Axis(title=None, tickCount=5, domain=False, ticks=False, format=words["number"]),
    )
    bars = alt.Chart(rows).mark_bar(color=theme.actor("yunji")).encode(x=x, y=y)
    values = theme.label(rows, x=x, y=y, text="text:N", align="center", dy=-12, bold=True)
    return theme.finish([bars, values], frame, 240, left=52, top=16, bottom=36)
