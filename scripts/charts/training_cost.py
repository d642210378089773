"""Membership fees paid to Yunji against its cost of training members, year by year."""

from ..drawing import marks, theme

FACTS = ("yunji-membership-fees-2018", "yunji-membership-fees-2019", "yunji-membership-fees-2020")
EVIDENCE = (
    "yunji-membership-fees-2017",
    "yunji-membership-fees-2018",
    "yunji-membership-fees-2019",
    *(f"yunji-member-training-cost-{year}" for year in (2018, 2019, 2020)),
)


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Two columns a year: fees in Yunji's colour, training in grey."""
    colours = {"membership-fees": theme.colour("yunji"), "member-training-cost": theme.colour("closed")}
    return marks.paired(rows, words, frame, colours)
