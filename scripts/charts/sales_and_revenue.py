"""Yunji's GMV and revenue side by side: the value of orders, and the revenue that it recognised."""

from ..drawing import marks, theme

EVIDENCE = (
    *(f"yunji-gmv-{year}" for year in (2016, 2017, 2018, 2019)),
    *(f"yunji-revenue-{year}" for year in (2016, 2017, 2018, 2019)),
)


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Two columns a year."""
    return marks.paired(rows, words, frame, {"gmv": theme.colour("closed"), "revenue": theme.colour("yunji")})
