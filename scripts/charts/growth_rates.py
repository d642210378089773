"""Two growth rates, each with the first and the last value that the report gives: bars in pairs, nothing between."""

from ..drawing import theme
from ..drawing.theme import alt

FACTS = (
    "yunji-member-growth-first",
    "yunji-member-growth-last",
    "onion-gmv-growth-first",
    "onion-gmv-growth-last",
)
TITLE = {
    "en": "By the report's figures growth faded at both listed platforms",
    "zh": "按报道所列，两家上市平台增长双双放缓",
}
SUBTITLE = {
    "en": "Yearly growth, first and last rate given for the span {{ fact yunji-membership-fees-fall period }}, percent",
    "zh": "同比增速（%），报道就{{ fact yunji-membership-fees-fall period }}给出的首尾两数",
}
ALT = {
    "en": "Bars in two pairs. Growth of Yunji's member count went from {{ fact yunji-member-growth-first }} to "
    "{{ fact yunji-member-growth-last }}, growth of Onion Global's GMV from {{ fact onion-gmv-growth-first }} to "
    "{{ fact onion-gmv-growth-last }}.",
    "zh": "两组条形图。云集会员数增速由{{ fact yunji-member-growth-first }}降至{{ fact yunji-member-growth-last }}，"
    "洋葱集团商品交易总额增速由{{ fact onion-gmv-growth-first }}降至{{ fact onion-gmv-growth-last }}。",
}
NOTE = {
    "en": "The report names the span, not the year of each rate, and does not say which members it counts. Onion "
    "Global's first rate seems to belong to {{ evidence onion-gmv-growth-2019 period }}, the second year of the span: three years of sales give only two growth rates.",
    "zh": "报道只写起止年份，未写各增速属于哪一年，也未说明统计的是哪类会员。洋葱集团的首个增速似属其中第二年，即{{ evidence onion-gmv-growth-2019 period }}：三年的数额只能算出两个增速。",
}
WORDS = {
    "en": {"names": ["Yunji: number of members", "Onion Global: GMV"], "which": ["first: ", "last: "]},
    "zh": {"names": ["云集：会员数", "洋葱集团：商品交易总额"], "which": ["期初 ", "期末 "]},
}


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Each measure has its name and two bars, the later one solid."""
    step = 100
    rows = rows.assign(pair=[0, 0, 1, 1], late=[0, 1, 0, 1])
    rows["y"] = rows["pair"] * step + 34 + rows["late"] * 30
    rows["colour"] = rows["entity_id"].map(theme.actor)
    rows["strength"] = rows["late"].map({0: 0.4, 1: 1.0})
    rows["text"] = rows["late"].map(dict(enumerate(words["which"]))) + rows["text"]
    names = rows.drop_duplicates("pair").assign(x=0, name=words["names"])
    names["y"] -= 24
    x = alt.X(
        "value:Q",
        axis=None,
        scale=alt.Scale(domain=[0, rows["value"].max() * (1.5 if frame.narrow else 1.2)]),
    )
    bars = (
        alt.Chart(rows)
        .mark_bar(orient="horizontal", height=22)
        .encode(
            x=x,
            y=theme.at_y("y"),
            color=alt.Color("colour:N", scale=None),
            opacity=alt.Opacity("strength:Q", scale=None),
        )
    )
    texts = theme.label(rows, x=x, y=theme.at_y("y"), text="text:N", dx=8)
    titles = theme.label(names, x=theme.at_x("x"), y=theme.at_y("y"), text="name:N", bold=True)
    return theme.finish([bars, texts, titles], frame, step * 2, bottom=0)
