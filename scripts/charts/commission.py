"""The commission for sharing a product against its price: an own-brand primer and a well-known brand's bottle."""

import pandas

from ..drawing import theme
from ..drawing.theme import alt

FACTS = ("ps-primer-price", "ps-primer-commission", "sk-ii-price", "sk-ii-commission")


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """For each product its name, a pale bar for the price, filled up to the commission, and both as labels."""
    step, wide = 96, frame.width - 16
    rows = rows.assign(product=[0, 0, 1, 1], paid=[False, True, False, True], zero=0)
    price = rows["product"].map(rows[~rows["paid"]].set_index("product")["value"])
    rows["x"], rows["y"] = rows["value"] / price * wide, rows["product"] * step + 36
    rows["under"] = rows["y"] + 28
    rows["text"] = rows["paid"].map({False: words["price"], True: words["commission"]}) + rows["text"]
    shares = rows["product"].map(lambda i: " " + words["shares"][i])
    rows.loc[rows["paid"], "text"] += "" if frame.narrow else shares[rows["paid"]]
    rows["colour"] = [theme.colour("rule"), theme.colour("yunji")] + [theme.colour("rule"), theme.colour("soft")]
    names = pandas.DataFrame({"name": words["names"], "x": 0, "y": [10, step + 10]})
    bars = alt.Chart(rows).mark_bar(orient="horizontal", height=24).encode(
        **theme.at("zero", "y"), x2="x:Q", color=alt.Color("colour:N", scale=None)
    )  # fmt: skip
    texts = [
        theme.label(some, x=theme.at_x(x), y=theme.at_y("under"), text="text:N", align=align)
        for some, x, align in ((rows[rows["paid"]], "zero", "left"), (rows[~rows["paid"]], "x", "right"))
    ]
    titles = theme.label(names, **theme.at(), text="name:N", bold=True)
    return theme.finish([bars, *texts, titles], frame, step * 2, bottom=4)
