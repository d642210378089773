"""What a text in a language says: its times, hedges and the rest of its words; `numerals` has its numbers. In: texts and `spoken` in `words.yml`; out: values.

How a language writes numbers and months is CLDR's; its other words are in `words.yml`, so that no rule has words of its own.
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
    """What `words.yml` has for a language; nothing where it is not there."""
    found: Mapping[str, Any] = lexicon.rules()["spoken"].get(code, {})
    return found


def known() -> Iterable[str]:
    """The languages whose words are known."""
    return tuple(lexicon.rules()["spoken"])


def remedy(code: str, *steps: str) -> str:
    """Where a further wording goes, for a message."""
    return f"another wording for it goes into spoken.{'.'.join((code, *steps))} of scripts/{lexicon.FILE}"


def says(text: str, code: str, *steps: str) -> re.Match[str] | None:
    """The first word of a list of a language that a text has."""
    return _list(code, *steps).search(text)


@functools.cache
def _list(code: str, *steps: str) -> re.Pattern[str]:
    found: Any = words(code)
    for step in steps:
        found = found.get(step, {})
    return lexicon.stem("|".join(found) or lexicon.NOTHING)


def hedges(code: str) -> dict[str, str]:
    """The words of a language by hedge, as alternatives of a pattern."""
    return {hedge: "|".join(some) for hedge, some in words(code).get("hedges", {}).items()}


@functools.cache
def limits(code: str) -> re.Pattern[str]:
    """Words that hedge the number behind them."""
    some = [word for hedge in lexicon.LIMITS for word in words(code).get("hedges", {}).get(hedge, ())]
    return re.compile(f"{lexicon.stem('|'.join(some) or '$^').pattern}\\s?$", re.IGNORECASE)


@functools.cache
def locale(code: str) -> babel.Locale:
    """The locale of a language; CLDR's root for what is none, which the schema or the words tell."""
    try:
        return babel.Locale.parse(code)
    except (ValueError, babel.UnknownLocaleError):
        return babel.Locale("root")


@functools.cache
def months(code: str) -> dict[str, int]:
    """Names of months; none in a language that writes months with digits, which are numbers already."""
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


@functools.lru_cache(maxsize=1024)  # each rule asks again of the row in hand
def times(text: str, code: str) -> list[tuple[int, Span]]:
    """Every time with a year that a text says, and where it starts; of forms that overlap the first.

    A fiscal year is no time here: each firm has its own.
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
