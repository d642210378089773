"""The numbers in a text: in digits, in words, as fractions. In: texts, a language's words; out: values and their places.

Digits and names of sizes follow CLDR; number words, fractions and hedges are in `words.yml`.
"""

import functools
import math
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from . import lexicon, spoken

Place = tuple[int, int]
"""Where a number starts and ends in its text."""
_BLANKS = " \u00a0\u202f"
_LARGE, _TYPED = 100, 1000  # from these sizes on: need a number before them; may not be in words in prose


@functools.cache
def _sizes(code: str) -> dict[str, int]:
    """The factor of each size word: CLDR's names of large numbers, and further ones of the language."""
    named = lexicon.sizes(spoken.locale(code)).items()
    return {name.strip(): size for size, some in named for name in some} | dict(spoken.words(code).get("sizes", {}))


@functools.cache
def _digits(code: str) -> tuple[re.Pattern[str], str, str]:
    """A pattern for numbers in digits with their sizes and for names of months; the group and decimal separators."""
    symbols = spoken.locale(code).number_symbols
    symbols = symbols.get("latn", symbols)
    group = _BLANKS if symbols["group"] in _BLANKS else symbols["group"]
    digits = rf"[0-9]+(?:[{re.escape(group)}][0-9]{{3}})*(?:{re.escape(symbols['decimal'])}[0-9]+)?"
    words, size, months = spoken.words(code), lexicon.any_of(_sizes(code)), lexicon.any_of(spoken.months(code))
    sizes = rf"(?:(?:{words.get('within', lexicon.NOTHING)})?\s?(?:{size})(?![a-z]))+"
    to = rf"(?=(?:{words.get('and', lexicon.NOTHING)})(?P<to>{digits})(?P<of>{sizes}))"
    pattern = rf"(?P<number>(?:(?<![A-Za-z0-9.,)])[−-])?{digits})(?:(?P<size>{sizes})|{to})?|(?<![A-Za-z])(?P<month>{months})(?![A-Za-z])"
    return re.compile(pattern), group, symbols["decimal"]


@functools.lru_cache(maxsize=1024)  # each rule calls it again for the same row
def _written(text: str, code: str) -> list[tuple[Place, Decimal]]:
    """Every number in digits. A smaller number before another takes over its size: between 3 and 5 million."""
    pattern, group, point = _digits(code)
    found = list[tuple[Place, Decimal]]()

    def plain(digits: str) -> Decimal:
        return Decimal("".join(one for one in digits if one not in group).replace(point, ".").replace("−", "-"))

    for match in pattern.finditer(text):
        if match["month"]:
            value = Decimal(spoken.months(code)[match["month"]])
        else:
            value = plain(match["number"])
            sizes = match["size"] or (match["of"] if match["of"] and 0 < value < plain(match["to"]) else "")
            value *= _times(sizes, code)
        found.append((match.span(), value))
    return found


@functools.lru_cache(maxsize=1024)
def _times(sizes: str, code: str) -> int:
    return math.prod(_sizes(code)[one] for one in re.findall(lexicon.any_of(_sizes(code)), sizes))


@functools.lru_cache(maxsize=1024)
def numbers(text: str, code: str) -> Counter[Decimal]:
    """Numbers written with digits, in base units: 3.9万, 39 thousand → 39000; names of months as 1 to 12."""
    return Counter(value for _, value in _written(text, code))


@functools.cache
def _run(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A pattern for a run of number words that does not follow digits, and one for a single number word."""
    one = lexicon.any_of([*spoken.words(code).get("numbers", {}), *_sizes(code)])
    between = spoken.words(code).get("between", "")
    run = rf"(?<![A-Za-z0-9])(?<![0-9]\s)(?:{one})(?:(?:{between})(?:{one}))*(?![A-Za-z])"
    return re.compile(run, re.IGNORECASE), re.compile(one, re.IGNORECASE)


@functools.cache
def _values(code: str) -> dict[str, Decimal]:
    return {word: Decimal(str(value)) for word, value in spoken.words(code).get("numbers", {}).items()}


@functools.lru_cache(maxsize=1024)
def _in_words(text: str, code: str) -> list[tuple[Place, Decimal]]:
    """Every number in words: twelfth, 十二 → 12; half a million → 500000. Words that cannot form one number are several."""
    run, one = _run(code)
    values, found = _values(code), list[tuple[Place, Decimal]]()
    for match in run.finditer(text) if values else ():
        if not _opens(match, code):
            continue
        parts, start, before = list[Decimal](), match.start(), match.start()
        for word in one.finditer(text, match.start(), match.end()):
            name = word[0].lower()
            if size := _sizes(code).get(name):
                smaller = [parts.pop() for _ in range(len(parts)) if parts[-1] < size]
                parts.append((sum(smaller) or 1) * Decimal(size))
            elif not parts or values[name] < _unit(parts[-1]):
                parts += [values[name]] if values[name] or not parts else []  # 一万零五百
            else:
                found.append(((start, before), sum(parts, Decimal(0))))
                parts, start = [values[name]], word.start()
            before = word.end()
        found.append(((start, before), sum(parts, Decimal(0))))
    return found


def _opens(run: re.Match[str], code: str) -> bool:
    """Whether a run starts with a number below a hundred, or with a size that an article precedes, as in a million."""
    opening = _run(code)[1].match(run[0])
    large = opening and _sizes(code).get(opening[0].lower(), 0) >= _LARGE
    return not large or bool(_words(code, "article").search(run.string[: run.start()]))


def _unit(value: Decimal) -> Decimal:
    """The exclusive upper bound of a number word that extends a value: ten after 20, zero after 2."""
    power = Decimal(10) ** Decimal(value.normalize().as_tuple().exponent)
    return power if power >= 10 else Decimal(0)


@functools.lru_cache(maxsize=1024)
def spelled(text: str, code: str) -> set[Decimal]:
    """Numbers in words, and fractions that are whole percentages: 四成 → 4 and 40."""
    parts = {Decimal(int(part)) for _, part in shares(text, code) if part.denominator == 1}
    return {value for _, value in _in_words(text, code)} | parts


@functools.cache
def _fractions(code: str) -> list[tuple[re.Pattern[str], int]]:
    above = f"(?P<above>[0-9]+|{_run(code)[0].pattern})"
    forms = spoken.words(code).get("fractions", {}).items()
    return [(re.compile(form.replace("{above}", above), re.IGNORECASE), below) for form, below in forms]


def shares(text: str, code: str) -> Iterator[tuple[Place, Fraction]]:
    """Yield every fraction in percent: two thirds → 66⅔, 三成 → 30."""
    for form, below in _fractions(code):
        for match in form.finditer(text):
            above = match.groupdict().get("above") or "1"
            value = (
                Decimal(above)
                if above.isdigit()
                else next((number for _, number in _in_words(above, code)), Decimal(0))
            )
            yield match.span(), Fraction(value) * 100 / below


def places(text: str, code: str, value: Decimal, share: bool = False) -> Iterator[Place]:
    """Yield the places of a value: in digits, in words or, for a share, as a fraction. A negative one may be positive with a word for falling."""
    if value < 0 and spoken.says(text, code, "falls"):
        yield from places(text, code, -value, share)
    yield from (place for place, number in (*_written(text, code), *_in_words(text, code)) if number == value)
    digits = max(0, -int(value.as_tuple().exponent))
    yield from (place for place, part in (shares(text, code) if share else ()) if round(part, digits) == value)


def hedged(text: str, code: str, value: Decimal, share: bool = False) -> str:
    """The hedge and the number if a text has this number with a limit before or after it, else an empty string."""
    for start, end in places(text, code, value, share):
        behind = _words(code, "behind").match(text, end)
        if hedge := spoken.limits(code).search(text[:start]) or behind:
            return f"{hedge[0].strip()!r} of {text[start:end].strip()}"
    return ""


@functools.cache
def _words(code: str, key: str) -> re.Pattern[str]:
    """The pattern of a language in `words.yml` by key; one that matches nothing where there is none."""
    return re.compile(spoken.words(code).get(key, lexicon.NOTHING), re.IGNORECASE)


@functools.cache
def _amount(code: str) -> re.Pattern[str]:
    """A pattern for amounts that prose may not type: digits of either width with their size, and number words with their unit."""
    size, units = lexicon.any_of(_sizes(code)), spoken.words(code).get("amounts", lexicon.NOTHING)
    digits = rf"(?<![A-Za-z0-9])[0-9０-９][0-9０-９.,]*(?:\s?(?:%|％|{size}))?"
    return re.compile(rf"{digits}|(?P<words>{_run(code)[0].pattern})(?P<unit>\s?(?:{units}))?", re.IGNORECASE)


def typed(text: str, code: str) -> Iterator[tuple[int, str]]:
    """Yield `(offset, text)` for each amount typed in a text: in digits, or in words with a size or a unit."""
    for match in _amount(code).finditer(text):
        first, *others = [word[0].lower() for word in _run(code)[1].finditer(match["words"] or "")] or [""]
        large = match["unit"] is not None or any(_sizes(code).get(word, 0) >= _TYPED for word in others)
        if not match["words"] or large and _sizes(code).get(first, 0) < _LARGE:
            yield match.start(), match[0].strip()
