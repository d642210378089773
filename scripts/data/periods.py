"""Parse EDTF (ISO 8601-2) strings, cached. In: text such as `2020-05` or `2020/..`; out: `Period`.

Only the forms that the tables use are parsed, in a few microseconds; the tests compare each with the edtf library.
"""

import calendar
import datetime
import functools
import re
from dataclasses import dataclass

_PART = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?~?")
_FORMS = "write 2018, 2020-05, 2022-03-06/2022-03-07 or 2020/.."


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days. `last` is None if the end is open; precision is that of the start."""

    text: str
    first: datetime.date
    last: datetime.date | None
    precision: str  # "year", "month" or "day"
    approximate: bool

    @property
    def single(self) -> bool:
        """Whether it is one year, month or day, not an interval."""
        return "/" not in self.text

    def covers(self, other: "Period") -> bool:
        """Whether the other period lies completely inside this one."""
        ends = self.last is None or (other.last is not None and other.last <= self.last)
        return self.first <= other.first and ends


def meet(one: Period | None, other: Period | None) -> bool:
    """Whether two periods overlap; two undated ones do, an undated and a dated one do not."""
    if not one or not other:
        return one is other
    return (not one.last or other.first <= one.last) and (not other.last or one.first <= other.last)


@functools.lru_cache(maxsize=100_000)
def read(text: str) -> Period:
    """Parse an EDTF string of the forms used here; raises `ValueError` with what is wrong."""
    start, slash, end = text.partition("/")
    first, last, precision = _days(start, text)
    if slash:
        last = None if end == ".." else _days(end, text)[1]
    if last is not None and last < first:
        raise ValueError(f"{text!r} ends before it starts")
    return Period(text, first, last, precision, "~" in text)


def _days(part: str, text: str) -> tuple[datetime.date, datetime.date | None, str]:
    """First day, last day and precision of a year, month or day."""
    match = _PART.fullmatch(part)
    if not match:
        raise ValueError(f"{text!r} is not an EDTF period; {_FORMS}")
    year, month, day = (int(group) if group else None for group in match.groups())
    try:
        first = datetime.date(year or 0, 1 if month is None else month, 1 if day is None else day)
        until = day or calendar.monthrange(first.year, month or 12)[1]
        return first, datetime.date(first.year, month or 12, until), ("day" if day else "month" if month else "year")
    except ValueError:
        raise ValueError(f"{text!r} is not a calendar date") from None
