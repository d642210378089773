"""The files beside a chart, for readers who take its data with them. In: `Chart`; out: bytes."""

import re

from . import charts
from .languages import Language

_FORMULA = re.compile(r"^(?=[=+@\t\r]|-(?![\d.]))")  # what a spreadsheet would run; a negative number may pass


def table(chart: charts.Chart, language: Language) -> bytes:
    """The chart's table as CSV with the ids of its rows; UTF-8 with the mark by which spreadsheets know it."""
    columns = dict(chart.columns) or charts.columns(language)
    ids = [name for name in ("fact_id", "evidence_id") if name in chart.rows]
    rows = chart.rows[[*ids, *columns]].rename(columns=columns)
    texts = rows.select_dtypes(exclude="number").columns
    rows = rows.assign(**{name: rows[name].astype(str).str.replace(_FORMULA, "'", regex=True) for name in texts})
    return str(rows.to_csv(index=False, lineterminator="\r\n")).encode("utf-8-sig")
