"""Each statement must have the unit next to the number, in each language. In: `View`, languages; out: problems.

The words of a unit are those of `_language.yml`, CLDR's names of a currency, and `units` of a language in `words.yml`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..data.outside import Evidence
from ..data.records import Fact
from ..problem import Problem
from ..words import lexicon, numerals, spoken
from ..words.languages import Language
from .view import View


class Unit(NamedTuple):
    """A unit in a language: its word, a pattern for after a number, and one for before it if it is a currency."""

    word: str
    behind: re.Pattern[str]
    before: re.Pattern[str]


def check(view: View, languages: Sequence[Language]) -> Iterator[Problem]:
    """Yield each value whose unit is missing next to its number in a statement."""
    nouns = lexicon.rules()["units"]["nouns"]
    units = {language.code: _units(language) for language in languages}
    for table in ("facts", "evidence"):
        for row in view.data.rows(table):
            for code, known in units.items() if row.value is not None and row.unit not in nouns else ():
                if row.unit in known and not _has_unit(row, code, known[row.unit], view):
                    fault = f"{row.unit}, but statement_{code} does not say {known[row.unit].word!r} next to its number"
                    remedy = spoken.remedy(code, "units", row.unit)
                    yield view.problem(table, row.line, f"unit: {fault}; {remedy}")


def _has_unit(row: Fact | Evidence, code: str, unit: Unit, view: View) -> bool:
    """Whether the unit is next to the number; also true if the number is not found, which another rule reports."""
    text = view.names.bare(row.statement[code])
    numbers = [number for number in (row.value, row.value_high) if number is not None]
    places = [place for number in numbers for place in numerals.places(text, code, number)]
    return not places or any(unit.behind.match(text, end) or unit.before.search(text[:start]) for start, end in places)


def _units(language: Language) -> dict[str, Unit]:
    words, found = spoken.words(language.code), {}
    gap = "".join(f"(?:{words[key]})?" for key in ("within", "counter") if key in words)
    money = lexicon.currencies(language.locale)
    for unit, forms in language.words["units"].items():
        own = [form.replace("{}", "").strip() for form in (forms.values() if isinstance(forms, Mapping) else [forms])]
        plain = [re.escape(name) for name in (*own, *sorted(money.get(unit, ()))) if name]
        named = lexicon.stem("|".join([*plain, *words.get("units", {}).get(unit, ())]) or lexicon.NOTHING).pattern
        before = rf"{named}\s?$" if unit in money else lexicon.NOTHING
        behind = re.compile(rf"{gap}[\s-]?{named}", re.IGNORECASE)
        found[unit] = Unit(own[0], behind, re.compile(before, re.IGNORECASE))
    return found
