"""The files beside a chart."""

import csv
import io
import itertools
from dataclasses import replace

import pytest

from scripts import blocks, charts, exports
from scripts.charts import Chart
from scripts.languages import Language

Drawn = dict[str, dict[str, Chart]]
every_text = pytest.mark.parametrize(("slug", "code"), list(itertools.product(charts.modules(), ("en", "zh"))))


def read(chart: Chart, language: Language) -> list[dict[str, str]]:
    data = exports.table(chart, language)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@every_text
def test_a_table_has_the_rows_of_its_chart_with_their_ids(drawn: Drawn, real: blocks.Content, slug: str, code: str):
    language = next(language for language in real.languages if language.code == code)
    chart = drawn[code][slug]
    rows = read(chart, language)
    assert len(rows) == len(chart.rows)
    for name, title in (dict(chart.columns) or charts.columns(language)).items():
        assert [row[title] for row in rows] == [str(cell) for cell in chart.rows[name]]
    for name in {"fact_id", "evidence_id"} & set(chart.rows):
        assert [row[name] for row in rows] == list(chart.rows[name])


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-cmd", "'-cmd"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"),
        ("-353", "-353"), ("about 90", "about 90"), ('say "x", y', 'say "x", y'), ("two\nlines", "two\nlines"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(drawn: Drawn, real: blocks.Content, cell: str, safe: str):
    chart = drawn["en"]["market-value"]
    spoilt = replace(chart, rows=chart.rows.assign(text=cell))
    assert {row["Value"] for row in read(spoilt, real.languages[0])} == {safe}
