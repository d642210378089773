"""Yunji's revenue year by year in other sources, with the report's two figures marked on it."""

from ..drawing import marks, theme

FACTS = ("yunji-revenue-2018", "yunji-revenue-2020")
EVIDENCE = tuple(f"yunji-revenue-{year}" for year in range(2016, 2025))


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """A column a year; the report's are slimmer and solid."""
    years = rows["first"].str[:4].astype(int)
    rows = rows.assign(
        slot=years - years.min(),
        thick=rows["voice"].map({"others": 0.72, "article": 0.44}),
        colour=theme.actor("yunji"),
    )
    ticks = {float(y - years.min()): f"{y % 100:02d}" if frame.narrow else str(y) for y in sorted(set(years))}
    return marks.columns(rows, words, frame, words["size"], ticks, len(ticks), numbers=not frame.narrow)
