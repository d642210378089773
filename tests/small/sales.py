"""The small project's chart: sales of two years."""

from scripts.drawing import marks, theme
from scripts.drawing.theme import alt

FACTS = ("shop-revenue-2018", "shop-revenue-2020")


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """One line a fact."""
    rows = rows.assign(y=[20, 60], colour=theme.colour("accent"))
    x = alt.X("value:Q", axis=alt.Axis(title=words["unit"], labelExpr=words["axis"]))
    texts = theme.label(rows, x=x, y=theme.at_y("y"), text="text:N", dy=-14, align="center")
    return theme.finish([*marks.limits(rows, x, "colour:N"), texts], frame, 80, left=60, right=60)
