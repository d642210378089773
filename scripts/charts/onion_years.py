"""Onion Global's sales through its platforms and its revenue, year by year in other sources."""

from ..drawing import marks, theme

EVIDENCE = (
    *(f"onion-gmv-{year}" for year in (2018, 2019, 2020)),
    *(f"onion-revenue-{year}" for year in (2018, 2019, 2020, 2021)),
)


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Two columns a year."""
    return marks.paired(rows, words, frame, {"gmv": theme.colour("closed"), "revenue": theme.colour("onion")})
