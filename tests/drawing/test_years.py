"""Time across a drawing follows from its rows."""

import pandas
import pytest

from scripts.drawing import years

ROWS = pandas.DataFrame({"first": ["2019-05-01", "2017-05-12"], "last": ["2021-02-28", ""]})


def test_the_axis_spans_the_years_that_the_rows_name():
    axis = years.axis(ROWS, 500)
    assert (axis.first, axis.last, axis.step) == (2017, 2021, 100)
    later = years.axis(pandas.concat([ROWS, pandas.DataFrame({"first": ["2023-01-01"], "last": ["2023-12-31"]})]), 700)
    assert (later.last, later.step) == (2023, 100)


@pytest.mark.parametrize(
    ("day", "place"), [("2017-01-01", 10), ("2018-01-01", 110), ("2020-07-02", 360), ("2021-12-31", 510 - 100 / 365)]
)
def test_day_is_placed_in_proportion_to_its_year(day: str, place: float):
    assert years.axis(ROWS, 500, 10).at(day) == pytest.approx(place)


@pytest.mark.parametrize(
    ("width", "names"), [(500, ["2017", "2018", "2019", "2020", "2021"]), (100, ["17", "18", "19", "20", "21"])]
)
def test_each_year_is_labelled_at_its_centre(width: int, names: list[str]):
    data = years.axis(ROWS, width).names(7).data
    assert data["text"].tolist() == names
    assert data["x"].tolist() == [(i + 0.5) * width / 5 for i in range(5)]
