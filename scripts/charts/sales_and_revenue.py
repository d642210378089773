"""Yunji's GMV and revenue side by side: what was ordered through it, and what it recognised as revenue."""

from ..drawing import marks, theme

EVIDENCE = (
    *(f"yunji-gmv-{year}" for year in (2016, 2017, 2018, 2019)),
    *(f"yunji-revenue-{year}" for year in (2016, 2017, 2018, 2019)),
)
TITLE = {
    "en": "In {{ evidence yunji-revenue-2019 period }}, when revenue first fell, the value of orders was still growing",
    "zh": "{{ evidence yunji-revenue-2019 period }}营收初降，商品交易总额仍在增长",
}
SUBTITLE = {
    "en": "GMV and revenue by financial year, billion yuan",
    "zh": "各财年商品交易总额与营收，亿元",
}
ALT = {
    "en": "Paired columns by year. GMV rose from {{ evidence yunji-gmv-2018 }} to {{ evidence yunji-gmv-2019 }} between {{ evidence yunji-gmv-2018 period }} and {{ evidence yunji-gmv-2019 period }}, while revenue "
    "fell from {{ evidence yunji-revenue-2018 short }} to {{ evidence yunji-revenue-2019 short }}.",
    "zh": "按年份成对的柱状图。{{ evidence yunji-gmv-2018 period }}到{{ evidence yunji-gmv-2019 period }}，商品交易总额由{{ evidence yunji-gmv-2018 }}升至{{ evidence yunji-gmv-2019 }}，营收则由"
    "{{ evidence yunji-revenue-2018 short }}降至{{ evidence yunji-revenue-2019 short }}。",
}
NOTE = {
    "en": "Grey, left: GMV, the value of what was ordered. Blue, right: revenue. Goods sold by others on the marketplace count in "
    "full on the left and only by Yunji's share (on a net basis) on the right. That this explains part of the first fall is what the "
    "company says. The GMV of {{ evidence yunji-gmv-2019 period }} is from a repost.",
    "zh": "左灰柱为商品交易总额，右蓝柱为营收。他人在平台上卖的货，左边全额计，右边按净额法只计云集应得的部分；最初的下降有一部分由此而来，是公司的说法。{{ evidence yunji-gmv-2019 period }}的商品交易总额出自转载。",
}
WORDS = {"en": {"size": 1e9}, "zh": {"size": 1e8}}


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Two columns a year."""
    years = rows["first"].str[:4].astype(int) - 2016
    gmv = rows["metric_id"] == "gmv"
    rows = rows.assign(
        slot=years + gmv.map({True: -0.2, False: 0.2}),
        thick=0.36,
        colour=gmv.map({True: theme.colour("closed"), False: theme.actor("yunji")}),
    )
    return marks.columns(
        rows, words, frame, words["size"], {float(i): str(2016 + i) for i in range(4)}, 4, numbers=not frame.narrow
    )
