"""Yunji's revenue quarter by quarter in other sources; quarters that were not found stay empty."""

from ..data.dataset import Dataset
from ..drawing import marks, theme, years
from ..drawing.rows import of_evidence
from ..words.languages import Language

METRIC = "revenue"


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """All quarterly revenue in the evidence."""
    return quarterly(dataset, language, METRIC)


def quarterly(dataset: Dataset, language: Language, *metrics: str) -> theme.Rows:
    """The evidence on Yunji's metrics whose period is a quarter."""
    found = [e for metric in metrics for e in dataset.evidence_about("yunji", metric) if e.period and e.period.last]
    spans = [e for e in found if e.period and e.period.last and 80 < (e.period.last - e.period.first).days < 100]
    return of_evidence(spans, dataset, language)


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """A column a quarter, labelled by year."""
    return by_quarter(rows.assign(colour=theme.colour("yunji")), words, frame)


def by_quarter(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Columns on slots of quarters, with each year as a label below the middle of its quarters."""
    number = years.of(rows) * 4 + (rows["first"].str[5:7].astype(int) - 1) // 3
    first, last = int(number.min()), int(number.max())
    ticks = {}
    for year in range(first // 4, last // 4 + 1):
        middle = (max(year * 4, first) + min(year * 4 + 3, last)) / 2 - first
        ticks[middle] = f"{year % 100:02d}" if frame.narrow else str(year)
    return marks.columns(rows.assign(slot=number - first, thick=0.7), words, frame, ticks, last - first + 1)
