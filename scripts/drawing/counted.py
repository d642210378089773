"""A bar chart of counts: a bar a row with its name above and its number at the end. In: `name` and `value`; out: a specification."""

from . import theme
from .theme import alt

_STEP = 46  # px from bar to bar


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Horizontal bars from zero, in the order of the rows; `words` is unused."""
    rows = rows.assign(zero=0, y=[i * _STEP + 32 for i in range(len(rows))])
    x = alt.X("zero:Q", axis=None, scale=alt.Scale(domain=[0, rows["value"].max() * 1.1]))
    bars = alt.Chart(rows).mark_bar(orient="horizontal", height=16, color=theme.colour("accent"))
    counts = theme.label(rows, x=alt.X("value:Q"), y=theme.at_y("y"), text="value:N", dx=8, bold=True)
    names = theme.label(rows.assign(x=0, y=rows["y"] - 20), **theme.at(), text="name:N")
    drawn = bars.encode(x=x, x2="value:Q", y=theme.at_y("y"))
    return theme.finish([drawn, counts, names], frame, _STEP * len(rows), bottom=0)
