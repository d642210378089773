import csv
import re
from datetime import date

import edtf
import pytest

from scripts.data import periods
from scripts.paths import THIS
from scripts.rules import rows


@pytest.mark.parametrize(("text", "first", "last", "precision"), [
    ("2018", date(2018, 1, 1), date(2018, 12, 31), "year"), ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "month"),
    ("2022-03-08", date(2022, 3, 8), date(2022, 3, 8), "day"),
    ("2018/2020", date(2018, 1, 1), date(2020, 12, 31), "year"),
    ("2020-05/2022-03", date(2020, 5, 1), date(2022, 3, 31), "month"),
    ("2022-03-06/2022-03-07", date(2022, 3, 6), date(2022, 3, 7), "day"), ("2020/..", date(2020, 1, 1), None, "year"),
    ("2020-01/..", date(2020, 1, 1), None, "month"), ("2019~", date(2019, 1, 1), date(2019, 12, 31), "year"),
])  # fmt: skip
def test_period_spans_every_day_that_it_names(text: str, first: date, last: date | None, precision: str):
    period = periods.read(text)
    assert (period.text, period.first, period.last, period.precision) == (text, first, last, precision)


NO_PERIOD = ["", "2018/", "/2018", "../2018", "2018/2019/2020", "18", "2018-5", "2018?", "2018-05-01T00:00", "-2018", "May 2018",
             "2020/..~", "２０１８"]  # fmt: skip
NO_DATE = ["2020-02-30", "2021-02-29", "2020-13", "2020-00", "0000", "2020-05/2020-06-31"]
BACKWARDS = ["2020/2018", "2022-03-07/2022-03-06", "2020-05/2020-04"]


@pytest.mark.parametrize(("text", "fault"), [
    *((text, "is not an EDTF period; write 2018, 2020-05, ") for text in NO_PERIOD),
    *((text, "is not a calendar date") for text in NO_DATE), *((text, "ends before it starts") for text in BACKWARDS),
])  # fmt: skip
def test_malformed_period_is_refused(text: str, fault: str):
    with pytest.raises(ValueError, match=re.escape(f"{text!r} {fault}")):
        periods.read(text)


@pytest.mark.parametrize(
    ("text", "approximate", "single"), [("2019~", True, True), ("2018/2020~", True, False), ("2019", False, True)]
)
def test_a_tilde_makes_a_period_approximate(text: str, approximate: bool, single: bool):
    period = periods.read(text)
    assert (period.approximate, period.single) == (approximate, single)


@pytest.mark.parametrize(("outer", "inner", "covered"), [
    ("2022", "2022-03", True), ("2022-03", "2022", False), ("2022-03-06/2022-03-07", "2022-03-07", True),
    ("2022-03-06/2022-03-07", "2022-03-08", False), ("2020/..", "2025-01-01", True), ("2020/..", "2021/..", True),
    ("2020", "2020/..", False), ("2020/..", "2019/..", False),
])  # fmt: skip
def test_period_covers_only_what_lies_entirely_within_it(outer: str, inner: str, covered: bool):
    assert periods.read(outer).covers(periods.read(inner)) == covered


def every_period_of_the_tables() -> list[str]:
    tables = ((THIS.descriptor.parent / "data" / f"{name}.csv", column) for name, column in rows.DATED)
    cells = (row[column] for file, column in tables for row in csv.DictReader(file.read_text("utf-8").splitlines()))
    return sorted({cell for cell in cells if cell})


@pytest.mark.parametrize("text", every_period_of_the_tables())
def test_periods_are_parsed_as_the_edtf_library_parses_them(text: str):
    period, wanted = periods.read(text), edtf.parse_edtf(text)
    assert period.first == date(*wanted.lower_strict()[:3])
    assert period.last == (None if text.endswith("/..") else date(*wanted.upper_strict()[:3]))
