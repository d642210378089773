"""A horizontal time axis of complete years, from the first to the last in the rows. In: rows, pixels; out: positions, layers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pandas

from . import theme
from .theme import alt


@dataclass(frozen=True, slots=True)
class Axis:
    """The years from `first` to `last`, laid over a width in pixels that starts at `left`."""

    first: int
    last: int
    width: float
    left: float = 0.0

    @property
    def step(self) -> float:
        """The width of a year in pixels."""
        return self.width / (self.last - self.first + 1)

    def at(self, day: str) -> float:
        """The position of a day, an ISO 8601 date, in pixels."""
        date = datetime.date.fromisoformat(day)
        start = datetime.date(date.year, 1, 1)
        days = (datetime.date(date.year + 1, 1, 1) - start).days
        return self.left + (date.year - self.first + (date - start).days / days) * self.step

    def grid(self, height: float) -> alt.Chart:
        """A rule at the start of each year, and one at the end of the last."""
        edges = pandas.DataFrame(
            {"x": [self.left + i * self.step for i in range(self.last - self.first + 2)], "y": 0, "y2": height}
        )
        rules = alt.Chart(edges).mark_rule(color=theme.colour("rule"))
        return rules.encode(**theme.at(), y2="y2:Q")

    def names(self, y: float) -> alt.Chart:
        """A label centred under each year, of two digits where four do not fit."""
        brief = self.step < 36
        names = [
            {"x": self.left + (i + 0.5) * self.step, "y": y, "text": f"{year % 100:02d}" if brief else str(year)}
            for i, year in enumerate(range(self.first, self.last + 1))
        ]
        return theme.label(pandas.DataFrame(names), **theme.at(), text="text:N", align="center", soft=True)


def of(rows: theme.Rows, column: str = "first") -> pandas.Series[int]:
    """The year of each row's date in a column; of `first` where that is empty."""
    return rows[column].where(rows[column] != "", rows["first"]).str[:4].astype(int)


def axis(rows: theme.Rows, width: float, left: float = 0.0) -> Axis:
    """The axis that covers all rows, by their columns `first` and `last`."""
    return Axis(int(of(rows).min()), int(of(rows, "last").max()), width, left)
