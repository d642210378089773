"""Yunji's membership fees of three years, as the report gives them."""

from ..drawing import marks, theme

FACTS = ("yunji-membership-fees-2018", "yunji-membership-fees-2019", "yunji-membership-fees-2020")


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """A column a year."""
    return marks.yearly(rows.assign(thick=0.65, colour=theme.colour("yunji")), words, frame)
