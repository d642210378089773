"""The languages found in docs/, and how each writes a number, an amount, a time, a hedge (Babel does the locale work).

In: docs/<code>/_language.yml; out: `Language`. A folder of docs/ with that file is a language; nothing else names it.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import babel
import babel.dates
import babel.numbers
import yaml

from .paths import Project
from .periods import Period
from .problem import Problem
from .records import Evidence, Fact

FILE = "_language.yml"
FIRST = "en"  # the language at the site's root
_SKELETON = {"year": "y", "month": "yMMMM", "day": "yMMMMd"}
_PLACE = re.compile(r"\{[a-z]*\}")  # where a word takes a value
_ROUNDING = {"at_least": ROUND_FLOOR, "over": ROUND_FLOOR, "at_most": ROUND_CEILING, "under": ROUND_CEILING}


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its code, its folder, its locale and its words."""

    code: str
    folder: Path
    locale: babel.Locale
    words: Mapping[str, Any]

    @property
    def root(self) -> str:
        """Where its site lies below the site's root: "" or "zh/"."""
        return "" if self.code == FIRST else f"{self.code}/"

    def word(self, group: str, key: str) -> str:
        """A word of one of the closed lists, such as `word("verdicts", "differs")`."""
        return str(self.words[group][key])

    def number(self, value: Decimal, digits: int | None = None, qualifier: str = "exact") -> str:
        """A number with 亿/万 or million/billion; `digits` after the point, rounded away from overstating a limit."""
        size, name = next(((s, n) for s, n in self.words["large"] if abs(value) >= s), (1, ""))
        scaled = value / Decimal(size)
        if digits is not None:
            scaled = scaled.quantize(Decimal(1).scaleb(-digits), rounding=_ROUNDING.get(qualifier, ROUND_HALF_EVEN))
            pattern = "#,##0." + "0" * digits if digits else "#,##0"
        else:
            pattern = "#,##0.##########"
        return babel.numbers.format_decimal(
            scaled, format=pattern, locale=self.locale, group_separator=self.words["grouping"]
        ) + str(name)

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
        """The value of a fact or of evidence with unit and hedge; the period where there is no number."""
        if fact.value is None:
            return self.period(fact.period)
        if fact.value_high is not None:
            low = self.number(fact.value)
            high = self.amount(fact.value_high, fact.unit)
            return str(self.words["range"]).format(low, high)
        return self.hedged(self.amount(fact.value, fact.unit), fact.qualifier)

    def period(self, period: Period | None) -> str:
        """A time in words: `May 2020`, `2020年5月`, `2018–2020`."""
        if period is None:
            return str(self.words["undated"])
        if period.last is None:
            return str(self.words["since"]).format(self._date(period.first, period.precision))
        skeleton = _SKELETON[period.precision]
        text = (
            self._date(period.first, period.precision)
            if period.single
            else babel.dates.format_interval(period.first, period.last, skeleton, locale=self.locale)
        )
        return self.hedged(text, "about") if period.approximate else text

    def _date(self, day: datetime.date, precision: str) -> str:
        if precision == "day":
            return babel.dates.format_date(day, "long", locale=self.locale)
        return babel.dates.format_skeleton(_SKELETON[precision], day, locale=self.locale)


def read(project: Project) -> tuple[list[Language], list[Problem]]:
    """Find the languages, the site's first one in front; a word that one has and another lacks is a problem."""
    folders = {file.parent for file in project.docs.glob(f"*/{FILE}")} | {f.parent for f in project.docs.glob("*/*.md")}
    found, problems = [], []
    for folder in sorted(folders, key=lambda folder: (folder.name != FIRST, folder)):
        name = project.name(folder / FILE)
        try:
            words = yaml.safe_load((folder / FILE).read_text("utf-8"))
            found.append(Language(folder.name, folder, babel.Locale.parse(words["locale"]), words))
        except FileNotFoundError:
            problems.append(Problem(name, 1, f"file is missing; {project.name(folder)} has pages"))
        except UnicodeDecodeError:
            problems.append(Problem(name, 1, "not UTF-8; save the file as UTF-8"))
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            problems.append(Problem(name, line, f"not YAML: {error.problem}"))
        except yaml.reader.ReaderError as error:
            problems.append(Problem(name, 1, f"not YAML: {error.reason}"))
        except (babel.UnknownLocaleError, TypeError, KeyError, ValueError) as error:
            problems.append(Problem(name, 1, f"no locale that Babel knows: {error}"))
    if not folders:
        problems.append(Problem("docs", 1, f"no language; add docs/{FIRST}/{FILE}"))
    keys = {language.code: dict(_keys(language.words)) for language in found}
    for language in found:
        name = project.name(language.folder / FILE)
        for key in sorted(set().union(*keys.values()) - set(keys[language.code])):
            others = ", ".join(code for code, some in keys.items() if key in some)
            problems.append(Problem(name, 1, f"no word for {key}, which {others} has"))
        for key, word in keys[language.code].items():
            wanted = {place for words in keys.values() for place in _PLACE.findall(str(words.get(key, "")))}
            for place in sorted(wanted - set(_PLACE.findall(str(word)))):
                problems.append(Problem(name, 1, f"{key}: {word!r} has no {place}"))
    whole = [replace(language, words=_filled(language.words, found[0].words)) for language in found]
    return whole, problems


def _filled(words: Mapping[str, Any], others: Mapping[str, Any]) -> Mapping[str, Any]:
    """Words with those of another language where they lack one, so that a check can go on and say the rest."""
    return {
        key: _filled(words[key], other)
        if isinstance(other, Mapping) and isinstance(words.get(key), Mapping)
        else words.get(key, other)
        for key, other in others.items()
    } | {key: word for key, word in words.items() if key not in others}


def _keys(words: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Every word by its dotted key; a unit with plural forms counts as one word, its last form."""
    for key, value in words.items():
        if isinstance(value, Mapping) and above != "units.":
            yield from _keys(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", list(value.values())[-1] if isinstance(value, Mapping) else value
