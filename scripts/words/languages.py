"""The languages found in docs/, and how each writes a number, an amount, a time, a hedge (Babel does the locale work).

In: docs/<code>/_language.yml; out: `Language`. A folder of docs/ with that file is a language; nothing else names it.
"""

import datetime
import decimal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import babel
import babel.dates
import babel.numbers

from ..data.outside import Evidence
from ..data.periods import Period
from ..data.records import Fact, Figure, Source
from ..paths import Project
from ..problem import Problem, Problems
from ..reading import documents, files
from . import word_files

FILE = "_language.yml"
_SKELETON = {"year": "y", "month": "yMMMM", "day": "yMMMMd"}
DIGITS = 3  # significant digits of a rounded number, as in labels of charts
_ROUNDING = {"at_least": ROUND_FLOOR, "over": ROUND_FLOOR, "at_most": ROUND_CEILING, "under": ROUND_CEILING}


def rounded(value: Decimal, digits: int, qualifier: str) -> Decimal:
    """A number rounded to `digits` decimals; a limit is rounded in the direction in which it still holds."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=_ROUNDING.get(qualifier, ROUND_HALF_EVEN))


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its code, its folder, its locale and its words."""

    code: str
    folder: Path
    locale: babel.Locale
    words: Mapping[str, Any]
    root: str
    """The path of its pages below the site's root: empty for the first language, else its code and a slash."""

    def number(self, value: Decimal, digits: int | None = None, qualifier: str = "exact") -> str:
        """A number with 亿/万 or million/billion, to `digits` decimals, rounded so that a limit is not overstated."""
        size, name = next(((s, n) for s, n in self.words["large"] if abs(value) >= s), (1, ""))
        scaled = value / Decimal(size)
        if digits is not None:
            scaled = rounded(scaled, digits, qualifier)
            pattern = "#,##0." + "0" * digits if digits else "#,##0"
        else:
            pattern = "#,##0.##########"
        return babel.numbers.format_decimal(
            scaled, format=pattern, locale=self.locale, group_separator=self.words["grouping"]
        ).replace("-", "−") + str(name)

    def amount(self, value: Decimal, unit: str, digits: int | None = None, qualifier: str = "exact") -> str:
        """A number with its unit: `13.015 billion yuan`, `130.15亿元`."""
        form = self.words["units"][unit]
        if isinstance(form, Mapping):
            form = form[self.locale.plural_form(value)]
        return str(form).format(self.number(value, digits, qualifier))

    def hedged(self, text: str, qualifier: str) -> str:
        """A text with its hedge: `about 90 people`, `约90人`."""
        return str(self.words["hedges"].get(qualifier, "{}")).format(text)

    def value(self, fact: Fact | Evidence) -> str:
        """The value of a fact or evidence with unit and hedge; its period where it has no number."""
        if fact.value is None:
            return self.period(fact.period)
        if fact.value_high is not None:
            low = self.number(fact.value)
            high = self.amount(fact.value_high, fact.unit)
            return str(self.words["range"]).format(low, high)
        return self.hedged(self.amount(fact.value, fact.unit), fact.qualifier)

    def derived(self, figure: Figure, bare: bool = False) -> str:
        """A derived number with its unit, to the digits of the figure, and with its hedge unless `bare`."""
        if figure.value is None:
            return ""
        text = self.amount(figure.value, figure.unit, figure.digits, figure.qualifier)
        return text if bare else self.hedged(text, figure.qualifier)

    def short(self, row: Fact | Evidence) -> str:
        """The value for prose: with unit and hedge, rounded to three significant digits."""
        if row.value is None or row.value_high is not None:
            return self.value(row)
        rounding = _ROUNDING.get(row.qualifier, ROUND_HALF_EVEN)
        return self.hedged(self.amount(decimal.Context(DIGITS, rounding).plus(row.value), row.unit), row.qualifier)

    def period(self, period: Period | None) -> str:
        """A time in words: `May 2020`, `2020年5月`, `2018–2020`."""
        if period is None:
            return str(self.words["undated"])
        if period.last is None:
            return str(self.words["since"]).format(self._date(period.first, period.precision))
        if period.single:
            text = self._date(period.first, period.precision)
        else:
            skeleton = _SKELETON[period.precision]
            text = babel.dates.format_interval(period.first, period.last, skeleton, locale=self.locale)
            text = text.replace("–", self.words["joins"]["dash"])
        return self.hedged(text, "about") if period.approximate else text

    def source(self, source: Source) -> str:
        """The publisher of a source; for a repost also the site where it was read."""
        name = source.publisher[self.code]
        if source.reliability != "repost":
            return name
        return str(self.words["joins"]["seen_on"]).format(publisher=name, site=source.seen_on)

    def _date(self, day: datetime.date, precision: str) -> str:
        if precision == "day":
            return babel.dates.format_date(day, "long", locale=self.locale)
        return babel.dates.format_skeleton(_SKELETON[precision], day, locale=self.locale)


def folders(project: Project, order: Sequence[str] = ()) -> list[Path]:
    """The folders of the languages, whether or not their word files are valid, in the order of the descriptor's `languages`.

    The first one is published at the site's root, and the others are compared with it.
    """
    found = {file.parent for kind in (FILE, "[!.]*.md") for file in project.docs.glob(f"*/{kind}")}
    here = (folder for folder in found if not files.ignored(folder.name))
    places = {code: place for place, code in enumerate(order)}
    return sorted(here, key=lambda folder: (places.get(folder.name, len(places)), folder))


def read(project: Project, order: Sequence[str] = ()) -> tuple[list[Language], list[Problem]]:
    """The languages whose word files are valid, in the order of `folders`, and the problems of the others."""
    found: list[Language] = []
    problems: list[Problem] = []
    first: documents.Document | None = None
    there = folders(project, order)
    for folder in there:
        code, root = folder.name, "" if folder == there[0] else f"{folder.name}/"
        try:
            document, locale = word_files.read(folder / FILE, project.name(folder / FILE), first)
        except Problems as faults:
            problems += faults.all
            continue
        found.append(Language(code, folder, locale, document.value, root))
        first = first if root else document
    if not there:
        problems.append(Problem("docs", 1, f"no language; add docs/{next(iter(order), '<code>')}/{FILE}"))
    words = first.value if first else {}
    return [replace(language, words=_ordered(language.words, words)) for language in found], problems


def _ordered(words: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Words in the first language's order, so that the order of lines in a file has no effect."""
    keys = [key for key in other if key in words] + [key for key in words if key not in other]
    return {
        key: _ordered(words[key], other[key])
        if isinstance(words[key], Mapping) and isinstance(other.get(key), Mapping)
        else words[key]
        for key in keys
    }
