"""Knowledge of words: `words.yml`, and CLDR's names of sizes and currencies. Out: words, and patterns that match them."""

import functools
import re
from collections.abc import Iterable, Mapping
from typing import Any

import babel
import babel.numbers

from ..paths import SCRIPTS
from ..reading import documents

FILE = "words/words.yml"
NOTHING = "(?!)"
"""A pattern that matches nothing."""
LIMITS = ("about", "under", "over", "at_most", "at_least")  # hedges that stand directly before or after a number


@functools.cache
def rules() -> Mapping[str, Any]:
    """The parsed `words.yml`."""
    value: Mapping[str, Any] = documents.read_yaml(SCRIPTS / FILE, f"scripts/{FILE}").value
    return value


@functools.lru_cache(maxsize=32)
def sizes(locale: babel.Locale) -> dict[int, set[str]]:
    """CLDR's names of large numbers by size, such as `billion` in `13 billion`: the long forms, else the short ones."""
    forms = locale.compact_decimal_formats
    found: dict[int, set[str]] = {}
    for patterns in (forms.get("long") or forms["short"]).values():
        for size, pattern in patterns.items():
            text = str(pattern.pattern).replace("'", "").replace("\u00a0", " ")
            digits = text.count("0")
            if digits and (name := text.replace("0", "")):
                found.setdefault(int(size) // 10 ** (digits - 1), set()).add(name)
    return found


@functools.lru_cache(maxsize=32)
def currencies(locale: babel.Locale) -> dict[str, set[str]]:
    """The names of each currency: code, symbol, singular and plural."""
    return {
        code: {code, locale.currency_symbols.get(code, code), name, babel.numbers.get_currency_name(code, 2, locale)}
        for code, name in locale.currencies.items()
    }


def meant(text: str, meanings: Mapping[str, str]) -> set[str]:
    """The keys of `meanings` (patterns by key) that match in a text; a match inside a longer one does not count."""
    found = [(key, *match.span()) for key, stems in meanings.items() for match in stem(stems).finditer(text)]
    return {
        key
        for key, start, end in found
        if not any(s <= start and end <= e and e - s > end - start for _, s, e in found)
    }


def any_of(texts: Iterable[str]) -> str:
    """A pattern that matches any of the texts literally, the longest first; matches nothing if there are none."""
    return "|".join(map(re.escape, sorted(filter(str.strip, texts), key=len, reverse=True))) or NOTHING


@functools.lru_cache(maxsize=2048)
def stem(stems: str) -> re.Pattern[str]:
    """A compiled pattern of alternatives that prefers the longest; Latin ones match whole words only."""
    longest = sorted(re.split(r"(?<!\\)\|", stems), key=len, reverse=True)
    latin, other = "|".join(filter(str.isascii, longest)), [one for one in longest if not one.isascii()]
    whole = [rf"(?<![A-Za-z])(?:{latin})(?![A-Za-z])"] if latin else []
    return re.compile(f"(?:{'|'.join(other + whole)})", re.IGNORECASE)
