"""Times written as EDTF (ISO 8601-2) strings, read once. In: text such as `2020-05` or `2020/..`; out: `Period`."""

import datetime
import functools
import re
from dataclasses import dataclass

import edtf

_PART = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?~?")


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days. `last` is None where the end is open; precision is that of the first part written."""

    text: str
    first: datetime.date
    last: datetime.date | None
    precision: str  # "year", "month" or "day"
    approximate: bool

    @property
    def single(self) -> bool:
        """One year, month or day, not an interval."""
        return "/" not in self.text

    @property
    def middle(self) -> datetime.date:
        """The day halfway, for a mark on a time axis; the first day where the end is open."""
        return self.first + (self.last - self.first) / 2 if self.last else self.first

    def covers(self, other: "Period") -> bool:
        """Whether the other period lies wholly inside this one."""
        ends = self.last is None or (other.last is not None and other.last <= self.last)
        return self.first <= other.first and ends


@functools.lru_cache(maxsize=100_000)
def read(text: str) -> Period:
    """Read an EDTF string of the kinds used here; ValueError says what is wrong with it."""
    parts = text.split("/")
    kinds = [_PART.fullmatch(part) for part in parts]
    if len(parts) > 2 or kinds[0] is None or (len(parts) == 2 and parts[1] != ".." and kinds[1] is None):
        raise ValueError(f"{text!r} is not an EDTF period; write 2018, 2020-05, 2022-03-06/2022-03-07 or 2020/..")
    try:
        value = edtf.parse_edtf(text)
    except edtf.parser.edtf_exceptions.EDTFParseException:
        raise ValueError(f"{text!r} is not a date of the calendar") from None
    first = _day(value.lower_strict())
    last = None if parts[-1] == ".." else _day(value.upper_strict())
    if last is not None and last < first:
        raise ValueError(f"{text!r} ends before it starts")
    written = sum(group is not None for group in kinds[0].groups())
    return Period(text, first, last, ("year", "month", "day")[written - 1], "~" in text)


def _day(moment: "tuple[int, ...]") -> datetime.date:
    return datetime.date(moment[0], moment[1], moment[2])
