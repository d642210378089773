"""Time across a drawing: whole years, from the first to the last that the rows name. In: rows, pixels; out: places, layers."""

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
        """The pixels of a year."""
        return self.width / (self.last - self.first + 1)

    def at(self, day: str) -> float:
        """The place of a day, written as in ISO 8601, in pixels."""
        date = datetime.date.fromisoformat(day)
        start = datetime.date(date.year, 1, 1)
        days = (datetime.date(date.year + 1, 1, 1) - start).days
        return self.left + (date.year - self.first + (date - start).days / days) * self.step

    def grid(self, height: float) -> alt.Chart:
        """A rule where each year begins, and one where the last ends."""
        edges = pandas.DataFrame(
            {"x": [self.left + i * self.step for i in range(self.last - self.first + 2)], "y": 0, "y2": height}
        )
        rules = alt.Chart(edges).mark_rule(color=theme.colour("rule"))
        return rules.encode(**theme.at(), y2="y2:Q")

    def names(self, y: float) -> alt.Chart:
        """Each year under its middle, in two digits where four have no room."""
        brief = self.step < 36
        names = [
            {"x": self.left + (i + 0.5) * self.step, "y": y, "text": f"{year % 100:02d}" if brief else str(year)}
            for i, year in enumerate(range(self.first, self.last + 1))
        ]
        return theme.label(pandas.DataFrame(names), **theme.at(), text="text:N", align="center", soft=True)


def of(rows: theme.Rows, column: str = "first") -> pandas.Series[int]:
    """The year in which each row begins, or, by another column, ends."""
    return rows[column].where(rows[column] != "", rows["first"]).str[:4].astype(int)


def axis(rows: theme.Rows, width: float, left: float = 0.0) -> Axis:
    """The years that rows need, by their columns `first` and `last`."""
    return Axis(int(of(rows).min()), int(of(rows, "last").max()), width, left)
