"""What sharing a product pays against what it costs: an own-brand primer and a well-known brand's bottle."""

import pandas

from ..drawing import theme
from ..drawing.theme import alt

FACTS = ("ps-primer-price", "ps-primer-commission", "sk-ii-price", "sk-ii-commission")
TITLE = {
    "en": "The cheap own-brand primer pays the sharer more than the much dearer bottle",
    "zh": "便宜的自有品牌隔离霜，佣金高过更贵的名牌",
}
SUBTITLE = {
    "en": "Each bar is the price; filled is what the person who shares the product earns of it",
    "zh": "整条为售价，实心部分为分享者所得佣金",
}
ALT = {
    "en": "Two bars of equal length, each a price. The P&S primer costs {{ fact ps-primer-price }} and pays {{ fact ps-primer-commission }}, "
    "{{ figure ps-primer-commission-rate }} of its price; the SK-II bottle costs {{ fact sk-ii-price }} and pays "
    "{{ fact sk-ii-commission }}, {{ figure sk-ii-commission-rate }}.",
    "zh": "两条等长的横条，各代表一款商品的售价。P&S隔离霜售价{{ fact ps-primer-price }}，分享可得{{ fact ps-primer-commission }}，"
    "占售价{{ figure ps-primer-commission-rate }}；SK-II小银瓶售价{{ fact sk-ii-price }}，分享可得"
    "{{ fact sk-ii-commission }}，占{{ figure sk-ii-commission-rate }}。",
}
NOTE = {
    "en": "Commissions are amounts in yuan, not percentages; the percentages are worked out here. Two examples seen during the "
    "sale, not averages.",
    "zh": "佣金为金额而非百分比，比例由本项目算出。仅为促销期间所见的两例，并非平均值。",
}
WORDS = {
    "en": {"names": ["P&S primer (Yunji's own brand)", "SK-II “small silver bottle”"], "price": "price ",
           "commission": "commission ", "share": "({} of the price)",
           "shares": ["{{ figure ps-primer-commission-rate }}", "{{ figure sk-ii-commission-rate }}"]},
    "zh": {"names": ["P&S隔离霜（云集自有品牌）", "SK-II小银瓶"], "price": "售价", "commission": "佣金",
           "share": "（占售价{}）", "shares": ["{{ figure ps-primer-commission-rate }}", "{{ figure sk-ii-commission-rate }}"]},
}  # fmt: skip


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Each product has its name, a pale bar for the price, filled as far as the commission goes, and both in words."""
    step, wide = 96, frame.width - 16
    rows = rows.assign(product=[0, 0, 1, 1], paid=[False, True, False, True], zero=0)
    price = rows["product"].map(rows[~rows["paid"]].set_index("product")["value"])
    rows["x"], rows["y"] = rows["value"] / price * wide, rows["product"] * step + 36
    rows["under"] = rows["y"] + 28
    rows["text"] = rows["paid"].map({False: words["price"], True: words["commission"]}) + rows["text"]
    shares = rows["product"].map(lambda i: " " + words["share"].format(words["shares"][i]))
    rows.loc[rows["paid"], "text"] += "" if frame.narrow else shares[rows["paid"]]
    rows["colour"] = [theme.colour("rule"), theme.actor("yunji")] + [theme.colour("rule"), theme.colour("soft")]
    names = pandas.DataFrame({"name": words["names"], "x": 0, "y": [10, step + 10]})
    bars = alt.Chart(rows).mark_bar(orient="horizontal", height=24).encode(
        x=theme.at_x("zero"), x2="x:Q", y=theme.at_y("y"), color=alt.Color("colour:N", scale=None)
    )  # fmt: skip
    texts = [
        theme.label(some, x=theme.at_x(x), y=theme.at_y("under"), text="text:N", align=align)
        for some, x, align in ((rows[rows["paid"]], "zero", "left"), (rows[~rows["paid"]], "x", "right"))
    ]
    titles = theme.label(names, x=theme.at_x("x"), y=theme.at_y("y"), text="name:N", bold=True)
    return theme.finish([bars, *texts, titles], frame, step * 2, bottom=4)
