"""What Beidian owed: one merchant's claim in the report beside the totals that other sources gave seven months before."""

from ..drawing import marks, theme
from ..drawing.theme import alt

FACTS = ("merchant-unpaid-goods",)
EVIDENCE = ("beidian-arrears-2021-08-11", "beidian-arrears-2021-08-13", "beidian-arrears-2021-08-22")
TITLE = {
    "en": "One merchant's claim is small beside what Beidian was said to owe in {{ fact beidian-arrears-reported period }}",
    "zh": "一位商家称被欠{{ fact merchant-unpaid-goods }}，远少于{{ fact beidian-arrears-reported period }}贝店被曝的欠款",
}
SUBTITLE = {
    "en": "Money owed to merchants, yuan; each step of the axis is tenfold",
    "zh": "拖欠商家的款项，元；横轴每格相差十倍",
}
ALT = {
    "en": "Four marks on a tenfold axis. The unnamed merchant of the report claims {{ fact merchant-unpaid-goods }}. Other sources "
    "put the total for the merchants counted at {{ evidence beidian-arrears-2021-08-11 }}, then {{ evidence beidian-arrears-2021-08-13 }}, "
    "then {{ evidence beidian-arrears-2021-08-22 }}, all within one month.",
    "zh": "四个标记，横轴每格相差十倍。报道中的匿名商家称被欠{{ fact merchant-unpaid-goods }}；其他来源在一个月内先后称所统计的商家被欠"
    "{{ evidence beidian-arrears-2021-08-11 }}、{{ evidence beidian-arrears-2021-08-13 }}、{{ evidence beidian-arrears-2021-08-22 }}。",
}
NOTE = {
    "en": "Outlines are totals from other sources, seen as reposts; each gives a lower limit, which the arrow says. They go back to "
    "forms that the merchants filled in themselves; the last one includes deposits. The solid dot is one merchant's own word. How "
    "the debts stood when the report was written was not found. By sources of {{ fact beidian-arrears-reported period }}, also seen as reposts, Beidian's side put the trouble "
    "down to poor management and said that Beidian's debts exceeded its assets; on the merchant's claim no answer was found.",
    "zh": "空心标记为其他来源所述的总额，所见均为转载，只给出下限（箭头），源自商家自行填写的登记表，最后一个含保证金；实心圆点是一位商家自己的说法。发稿时欠款总额如何，未找到。"
    "据{{ fact beidian-arrears-reported period }}的其他来源（所见也是转载），贝店一方把问题归于经营不善，并称已资不抵债；对这位商家的说法，未找到回应。",
}
WORDS = {
    "en": {"one": "one merchant, in the report", "all": "merchants counted, "},
    "zh": {"one": "报道中的一位商家", "all": "所统计的商家，"},
}


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Whose word it is, and the amount with its mark below; x is yuan on a tenfold axis."""
    step = 58
    rows = rows.assign(y=[i * step + 66 for i in range(len(rows))], colour=theme.actor("beidian"))
    rows["line"] = (words["all"] + rows["period"]).where(rows["voice"] == "others", words["one"])
    x = alt.X(
        "value:Q",
        scale=alt.Scale(type="log", domain=[1e5, 1e9]),
        axis=alt.Axis(
            title=None, values=[10**n for n in range(5, 10)], domain=False, ticks=False, labelExpr=words["axis"]
        ),
    )
    lines = theme.label(rows.assign(x=0, at=rows["y"] - 24), x=theme.at_x("x"), y=theme.at_y("at"), text="line:N")
    one, others = rows[rows["voice"] == "article"], rows[rows["voice"] == "others"]
    amounts = [
        theme.label(some, x=x, y=theme.at_y("y"), text="text:N", bold=True, dx=dx, align=align)
        for some, dx, align in ((one, 14, "left"), (others, -12, "right"))
    ]
    layers = [*marks.limits(rows, x, "colour:N"), lines, *amounts, *marks.voices(rows, words, 0, 10)]
    return theme.finish(layers, frame, step * len(rows) + 30, left=24, right=44)
