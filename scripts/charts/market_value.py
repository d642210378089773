"""Market value then and now of the two listed platforms; "over" is drawn as an open limit, and no points are joined."""

from ..drawing import marks, theme
from ..drawing.theme import alt

FACTS = ("yunji-market-value-before", "yunji-market-value-2022", "onion-market-value-before", "onion-market-value-2022")


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """For each firm its name and two lines: the limit then, the dot now; x is dollars on a logarithmic axis."""
    step = 118
    rows = rows.assign(firm=[0, 0, 1, 1], now=[False, True] * 2, colour=theme.actors(rows, words))
    rows["y"] = rows["firm"] * step + rows["now"].map({False: 50, True: 88})
    rows["text"] = rows["now"].map({False: words["then"], True: words["now"]}) + rows["text"]
    names = rows.drop_duplicates("firm").assign(x=0, name=words["names"])
    names["y"] -= 38
    tenfold = marks.tenfold(rows["value"])
    axis = alt.Axis(title=None, values=tenfold["values"], domain=False, ticks=False, labelExpr=words["axis"])
    x = alt.X("value:Q", scale=tenfold["scale"], axis=axis)
    texts = [
        theme.label(rows[rows["now"]], x=x, y=theme.at_y("y"), text="text:N", dx=14),
        theme.label(rows[~rows["now"]], x=x, y=theme.at_y("y"), text="text:N", dy=-20, dx=42, align="right"),
    ]
    titles = theme.label(names, **theme.at(), text="name:N", bold=True)
    return theme.finish([*marks.limits(rows, x, "colour:N"), titles, *texts], frame, step * 2, left=24, right=40)
