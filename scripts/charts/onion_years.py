"""Onion Global's sales through its platforms and its revenue, year by year in other sources."""

from ..drawing import marks, theme

EVIDENCE = (
    *(f"onion-gmv-{year}" for year in (2018, 2019, 2020)),
    *(f"onion-revenue-{year}" for year in (2018, 2019, 2020, 2021)),
)
TITLE = {
    "en": "Onion Global grew up to {{ evidence onion-revenue-2020 period }}, the year before its listing, then shrank",
    "zh": "洋葱集团增至上市前一年（{{ evidence onion-revenue-2020 period }}），此后转降",
}
SUBTITLE = {
    "en": "GMV and revenue by year, billion yuan",
    "zh": "各年商品交易总额与营收，亿元",
}
ALT = {
    "en": "Paired columns by year. GMV was {{ evidence onion-gmv-2018 }}, {{ evidence onion-gmv-2019 }} and "
    "{{ evidence onion-gmv-2020 }} in {{ evidence onion-gmv-2018 period }}, {{ evidence onion-gmv-2019 period }} and {{ evidence onion-gmv-2020 period }}; revenue rose to {{ evidence onion-revenue-2020 short }} in {{ evidence onion-revenue-2020 period }} and then fell to "
    "{{ evidence onion-revenue-2021 short }} in {{ evidence onion-revenue-2021 period }}.",
    "zh": "按年份成对的柱状图。{{ evidence onion-gmv-2018 period }}起三年，商品交易总额为{{ evidence onion-gmv-2018 }}、{{ evidence onion-gmv-2019 }}、"
    "{{ evidence onion-gmv-2020 }}；营收升至{{ evidence onion-revenue-2020 short }}（{{ evidence onion-revenue-2020 period }}），再降到{{ evidence onion-revenue-2021 short }}（{{ evidence onion-revenue-2021 period }}）。",
}
NOTE = {
    "en": "Grey, left: GMV of the whole group. Purple, right: revenue. From the totals follow growth of "
    "{{ evidence onion-gmv-growth-2019 }} and {{ evidence onion-gmv-growth-2020 }}; so the report's "
    "{{ fact onion-gmv-growth-first }} seems to belong to {{ evidence onion-gmv-growth-2019 period }}, the second year of its span. Both series rest on reposts.",
    "zh": "左灰柱为集团商品交易总额，右紫柱为营收。由总额可得增速{{ evidence onion-gmv-growth-2019 }}与"
    "{{ evidence onion-gmv-growth-2020 }}，报道的{{ fact onion-gmv-growth-first }}因此似属其中第二年，即{{ evidence onion-gmv-growth-2019 period }}。两组数字均出自转载。",
}
WORDS = {"en": {"size": 1e9}, "zh": {"size": 1e8}}


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Two columns a year."""
    years = rows["first"].str[:4].astype(int) - 2018
    gmv = rows["metric_id"] == "gmv"
    rows = rows.assign(
        slot=years + gmv.map({True: -0.2, False: 0.2}),
        thick=0.36,
        colour=gmv.map({True: theme.colour("closed"), False: theme.actor("onion-global")}),
    )
    return marks.columns(
        rows, words, frame, words["size"], {float(i): str(2018 + i) for i in range(4)}, 4, numbers=not frame.narrow
    )
