"""Two growth rates, each with the first and the last value that the report gives: bars in pairs."""

from ..drawing import theme
from ..drawing.theme import alt

FACTS = ("yunji-member-growth-first", "yunji-member-growth-last", "onion-gmv-growth-first", "onion-gmv-growth-last")


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """For each metric its name and two bars, the later one solid."""
    step = 100
    rows = rows.assign(pair=[0, 0, 1, 1], late=[0, 1, 0, 1])
    rows["y"] = rows["pair"] * step + 34 + rows["late"] * 30
    rows["colour"] = theme.actors(rows, words)
    rows["strength"] = rows["late"].map({0: 0.55, 1: 1.0})
    rows["text"] = rows["late"].map(dict(enumerate(words["which"]))) + rows["text"]
    names = rows.drop_duplicates("pair").assign(x=0, name=words["names"])
    names["y"] -= 24
    most = rows["value"].max() * (1.5 if frame.narrow else 1.2)
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, most]))
    shade = {"color": alt.Color("colour:N", scale=None), "opacity": alt.Opacity("strength:Q", scale=None)}
    bars = alt.Chart(rows).mark_bar(orient="horizontal", height=22).encode(x=x, y=theme.at_y("y"), **shade)
    texts = theme.label(rows, x=x, y=theme.at_y("y"), text="text:N", dx=8)
    titles = theme.label(names, **theme.at(), text="name:N", bold=True)
    return theme.finish([bars, texts, titles], frame, step * 2, bottom=0)
