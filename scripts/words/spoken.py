"""What a text in a language says: its numbers, times, hedges. In: texts and `spoken` in `words.yml`; out: values.

How a language writes numbers and months is CLDR's; its other words are in `words.yml`, so that no rule has words of its own.
"""

import calendar
import datetime
import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import babel

from . import lexicon

Span = tuple[datetime.date, datetime.date]
"""The first and the last day of a time."""
_YEAR = r"(?P<year>(?<![0-9.,])(?:19|20)[0-9]{2}(?![0-9]))"
_BLANKS = " \u00a0\u202f"


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
    return lexicon.stem("|".join(found) or "(?!)")


def hedges(code: str) -> dict[str, str]:
    """The words of a language by hedge, as alternatives of a pattern."""
    return {hedge: "|".join(some) for hedge, some in words(code).get("hedges", {}).items()}


@functools.cache
def limits(code: str) -> re.Pattern[str]:
    """Words that hedge the number behind them."""
    some = [word for hedge in lexicon.LIMITS for word in words(code).get("hedges", {}).get(hedge, ())]
    return re.compile(f"{lexicon.stem('|'.join(some) or '$^').pattern}\\s?$", re.IGNORECASE)


@functools.cache
def _locale(code: str) -> babel.Locale:
    """The locale of a language; CLDR's root for what is none, which the schema or the words tell."""
    try:
        return babel.Locale.parse(code)
    except (ValueError, babel.UnknownLocaleError):
        return babel.Locale("root")


@functools.cache
def _months(code: str) -> dict[str, int]:
    """Names of months; none in a language that writes months with digits, which are numbers already."""
    forms = _locale(code).months["format"]
    return {} if re.search("[0-9]", forms["abbreviated"][1]) else {name: month for month, name in forms["wide"].items()}


@functools.cache
def _number(code: str) -> tuple[re.Pattern[str], dict[str, int], str, str]:
    """Numbers in digits with the name of a size, and months by name; the sizes; the marks of groups and of decimals."""
    symbols = _locale(code).number_symbols
    symbols = symbols.get("latn", symbols)
    group = _BLANKS if symbols["group"] in _BLANKS else symbols["group"]
    sizes = {name.strip(): size for size, some in lexicon.sizes(_locale(code)).items() for name in some}
    named, months = (
        "|".join(sorted(map(re.escape, some), key=len, reverse=True)) or "(?!)" for some in (sizes, _months(code))
    )
    digits = rf"[0-9]+(?:[{re.escape(group)}][0-9]{{3}})*(?:{re.escape(symbols['decimal'])}[0-9]+)?"
    pattern = rf"({digits})(?:\s?({named})(?![a-z]))?|(?<![A-Za-z])({months})(?![A-Za-z])"
    return re.compile(pattern), sizes, group, symbols["decimal"]


def _numbers(text: str, code: str) -> Iterator[tuple[re.Match[str], Decimal]]:
    pattern, sizes, group, point = _number(code)
    for match in pattern.finditer(text):
        if match[3]:
            yield match, Decimal(_months(code)[match[3]])
        else:
            digits = re.sub(f"[{re.escape(group)}]", "", match[1]).replace(point, ".")
            yield match, Decimal(digits) * sizes.get(match[2] or "", 1)


@functools.lru_cache(maxsize=1024)  # each rule asks again of the row in hand
def numbers(text: str, code: str) -> Counter[Decimal]:
    """Numbers written with digits, in base units: 3.9万, 39 thousand → 39000; names of months as 1 to 12."""
    return Counter(value for _, value in _numbers(text, code))


def hedged(text: str, code: str, value: Decimal) -> str:
    """The hedge and the number where a text gives this number with a limit before it, else nothing."""
    for match, number in _numbers(text, code):
        if number == value and (hedge := limits(code).search(text[: match.start()])):
            return f"{hedge[0].strip()!r} of {match[0].strip()}"
    return ""


@functools.cache
def _spelled(code: str) -> dict[str, int]:
    named = dict(words(code).get("numbers", {}))
    if ten := words(code).get("ten"):
        digits = {"": 0, **{word: digit for word, digit in named.items() if 0 < digit < 10}}
        named |= {f"{a}{ten}{b}": (digits[a] or 1) * 10 + digits[b] for a in digits for b in digits}
    return named


@functools.lru_cache(maxsize=1024)
def spelled(text: str, code: str) -> set[Decimal]:
    """Numbers written in words: twelfth, 十二 → 12."""
    return {Decimal(_spelled(code)[match[0].lower()]) for match in _spelling(code).finditer(text)}


@functools.cache
def _spelling(code: str) -> re.Pattern[str]:
    return lexicon.stem("|".join(_spelled(code)) or "(?!)")


@functools.cache
def _forms(code: str) -> list[re.Pattern[str]]:
    months = "|".join(sorted(_months(code), key=len, reverse=True)) or "(?!)"
    days = f"(?<![0-9])[0-9]{{1,2}}(?:(?:{words(code)['and']})[0-9]{{1,2}})?"
    parts = "|".join(words(code)["parts"])
    places = {"year": _YEAR, "month": f"(?P<month>{months})", "number": "(?P<month>1[0-2]|0?[1-9])",
              "days": f"(?P<days>{days})", "part": f"(?P<part>{parts})"}  # fmt: skip
    return [re.compile(form.format(**places)) for form in words(code)["times"]]


def times(text: str, code: str) -> Iterator[tuple[int, Span]]:
    """Every time with a year that a text says, and where it starts; of forms that overlap the first."""
    taken: list[tuple[int, int]] = []
    for form in _forms(code) if words(code).get("times") else ():
        for match in form.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                if span := _span(match.groupdict(), code):
                    yield match.start(), span


def _span(said: Mapping[str, str | None], code: str) -> Span | None:
    year, month = int(said["year"] or 0), said.get("month")
    first, last = words(code)["parts"][said["part"]] if said.get("part") else (1, 12)
    if month:
        first = last = _months(code).get(month) or int(month)
    longest = calendar.monthrange(year, last)[1]
    days = [int(day) for day in re.findall("[0-9]+", said.get("days") or "")] or [1, longest]
    if not 0 < min(days) <= max(days) <= longest:
        return None
    return datetime.date(year, first, days[0]), datetime.date(year, last, days[-1])
