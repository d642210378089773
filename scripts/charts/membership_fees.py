"""Yunji's membership fees of three years, as its reports give them: columns, one a year."""

from ..drawing import theme
from ..drawing.theme import alt

FACTS = ("yunji-membership-fees-2018", "yunji-membership-fees-2019", "yunji-membership-fees-2020")
TITLE = {
    "en": "Yunji's membership fees all but vanished in two years",
    "zh": "云集会员费两年间几近归零",
}
SUBTITLE = {
    "en": "Membership fees by financial year, million yuan",
    "zh": "各财年会员费收入，亿元",
}
ALT = {
    "en": "Column chart. Membership fees were {{ fact yunji-membership-fees-2018 }} in {{ fact yunji-membership-fees-2018 period }}, "
    "{{ fact yunji-membership-fees-2019 }} in {{ fact yunji-membership-fees-2019 period }} and {{ fact yunji-membership-fees-2020 }} in {{ fact yunji-membership-fees-2020 period }}, "
    "a fall of {{ figure membership-fees-fall }} over two years.",
    "zh": "柱状图。会员费{{ fact yunji-membership-fees-2018 period }}为{{ fact yunji-membership-fees-2018 }}，{{ fact yunji-membership-fees-2019 period }}为{{ fact yunji-membership-fees-2019 }}，"
    "{{ fact yunji-membership-fees-2020 period }}为{{ fact yunji-membership-fees-2020 }}，两年下降{{ figure membership-fees-fall }}。",
}
NOTE = {
    "en": "The only series of the report with all three years. It changes unit halfway through its list; here all "
    "three stand in one unit.",
    "zh": "报道中唯一三年俱全的一组数字。原文列举时中途换了单位，此处统一为一种单位。",
}
WORDS = {"en": {"size": 1e6}, "zh": {"size": 1e8}}


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
