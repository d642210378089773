"""Yunji's revenue quarter by quarter in other sources; quarters that were not found stay empty."""

from ..data.dataset import Dataset
from ..drawing import marks, theme
from ..drawing.rows import of_evidence
from ..words.languages import Language

METRIC = "revenue"


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """Every quarter that evidence has for the metric, in order."""
    return quarterly(dataset, language, METRIC)


def quarterly(dataset: Dataset, language: Language, *metrics: str) -> theme.Rows:
    """The evidence on Yunji whose period is a quarter of a year."""
    found = [e for metric in metrics for e in dataset.evidence_about("yunji", metric) if e.period and e.period.last]
    spans = [e for e in found if e.period and e.period.last and 80 < (e.period.last - e.period.first).days < 100]
    return of_evidence(spans, dataset, language)


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """A column a quarter; years below."""
    return by_quarter(rows.assign(colour=theme.actor("yunji")), words, frame)


def by_quarter(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Outlined columns on a row of quarters, with the year under its middle."""
    number = rows["first"].str[:4].astype(int) * 4 + (rows["first"].str[5:7].astype(int) - 1) // 3
    first, last = number.min(), number.max()
    rows = rows.assign(slot=number - first, thick=0.7)
    ticks = {
        float(year * 4 + 1.5 - first): f"{year % 100}" if frame.narrow else str(year)
        for year in range(first // 4, last // 4 + 1)
        if first <= year * 4 + 1 and year * 4 + 2 <= last
    }
    return marks.columns(rows, words, frame, words["size"], ticks, last - first + 1, numbers=False)
