"""Yunji's revenue year by year in other sources, with the report's two figures marked on it."""

from ..drawing import marks, theme

FACTS = ("yunji-revenue-2018", "yunji-revenue-2020")
EVIDENCE = tuple(f"yunji-revenue-{year}" for year in range(2016, 2025))


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """A column a year; the report's are slimmer and solid."""
    rows = rows.assign(thick=rows["voice"].map({"others": 0.72, "article": 0.44}), colour=theme.colour("yunji"))
    return marks.yearly(rows, words, frame)
