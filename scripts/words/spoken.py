"""Finds times, hedges and other listed words in a text; `numerals` finds numbers. In: texts, and `spoken` in `words.yml`; out: values.

Numbers and months follow CLDR; all other words are in `words.yml`, so that no rule contains words.
"""

import calendar
import datetime
import functools
import re
from collections.abc import Iterable, Mapping
from typing import Any

import babel

from . import lexicon

Span = tuple[datetime.date, datetime.date]
"""The first and the last day of a time."""
_YEAR = r"(?P<year>(?<![0-9.,])(?:19|20)[0-9]{2}(?![0-9]))"


@functools.cache
def words(code: str) -> Mapping[str, Any]:
    """The section of a language under `spoken` in `words.yml`; empty where there is none."""
    found: Mapping[str, Any] = lexicon.rules()["spoken"].get(code, {})
    return found


def known() -> Iterable[str]:
    """The codes of the languages with a section under `spoken`."""
    return tuple(lexicon.rules()["spoken"])


def remedy(code: str, *steps: str) -> str:
    """The remedy for a wording that is not listed: where to add it."""
    return f"another wording for it goes into spoken.{'.'.join((code, *steps))} of scripts/{lexicon.FILE}"


def says(text: str, code: str, *steps: str) -> re.Match[str] | None:
    """The first match in a text of a language's list of words; None where it has none."""
    return _list(code, *steps).search(text)


@functools.cache
def _list(code: str, *steps: str) -> re.Pattern[str]:
    found: Any = words(code)
    for step in steps:
        found = found.get(step, {})
    return lexicon.stem("|".join(found) or lexicon.NOTHING)


def hedges(code: str) -> dict[str, str]:
    """The words of each hedge in a language, as alternatives of a pattern."""
    return {hedge: "|".join(some) for hedge, some in words(code).get("hedges", {}).items()}


@functools.cache
def limits(code: str) -> re.Pattern[str]:
    """A pattern for words that hedge the number after them."""
    some = [word for hedge in lexicon.LIMITS for word in words(code).get("hedges", {}).get(hedge, ())]
    return re.compile(f"{lexicon.stem('|'.join(some) or '$^').pattern}\\s?$", re.IGNORECASE)


@functools.cache
def locale(code: str) -> babel.Locale:
    """The locale of a language code; CLDR's root for an invalid one, which other checks report."""
    try:
        return babel.Locale.parse(code)
    except (ValueError, babel.UnknownLocaleError):
        return babel.Locale("root")


@functools.cache
def months(code: str) -> dict[str, int]:
    """Numbers of months by name; empty in a language that writes them with digits, since those are found as numbers."""
    forms = locale(code).months["format"]
    return {} if re.search("[0-9]", forms["abbreviated"][1]) else {name: month for month, name in forms["wide"].items()}


@functools.cache
def _forms(code: str) -> list[re.Pattern[str]]:
    named = lexicon.any_of(months(code))
    days = f"(?<![0-9])[0-9]{{1,2}}(?:(?:{words(code)['and']})[0-9]{{1,2}})?"
    parts = "|".join(words(code)["parts"])
    places = {"year": _YEAR, "month": f"(?P<month>{named})", "number": "(?P<month>1[0-2]|0?[1-9])",
              "days": f"(?P<days>{days})", "part": f"(?P<part>{parts})"}  # fmt: skip
    return [re.compile(form.format(**places)) for form in (*words(code).get("fiscal", ()), *words(code)["times"])]


@functools.lru_cache(maxsize=1024)  # each rule calls it again for the same row
def times(text: str, code: str) -> list[tuple[int, Span]]:
    """Every time with a year in a text, as `(offset, span)`; where forms overlap, the one listed first.

    Fiscal years are left out, since each firm has its own.
    """
    taken, found = list[tuple[int, int]](), list[tuple[int, Span]]()
    of_firms = len(words(code).get("fiscal", ()))
    for place, form in enumerate(_forms(code) if words(code).get("times") else ()):
        for match in form.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                if place >= of_firms and (span := _span(match.groupdict(), code)):
                    found.append((match.start(), span))
    return found


def _span(said: Mapping[str, str | None], code: str) -> Span | None:
    year, month = int(said["year"] or 0), said.get("month")
    first, last = words(code)["parts"][said["part"]] if said.get("part") else (1, 12)
    if month:
        first = last = months(code).get(month) or int(month)
    longest = calendar.monthrange(year, last)[1]
    days = [int(day) for day in re.findall("[0-9]+", said.get("days") or "")] or [1, longest]
    if not 0 < min(days) <= max(days) <= longest:
        return None
    return datetime.date(year, first, days[0]), datetime.date(year, last, days[-1])
