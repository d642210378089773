"""Two ways to count Yunji's members; counts that are only inferred have dotted edges."""

from ..drawing import marks, theme

EVIDENCE = (
    *(f"yunji-members-cumulative-{year}" for year in (2016, 2017, 2018, 2019, 2020)),
    *(f"yunji-members-transacting-{year}" for year in (2017, 2018, 2019, 2020)),
)


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Two columns a year."""
    colours = {"members-cumulative": theme.colour("closed"), "members-transacting": theme.colour("yunji")}
    return marks.paired(rows, words, frame, colours)
