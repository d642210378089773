"""The languages found in docs/, and how each writes a number, an amount, a time, a hedge (Babel does the locale work).

In: docs/<code>/_language.yml; out: `Language`. A folder of docs/ with that file is a language; nothing else names it.
"""

import datetime
import functools
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
_PLACE_OR_BRACE = re.compile(rf"({_PLACE.pattern})|[{{}}]")
_SETTINGS = "search"  # the builder's own settings; nothing is put into them
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


def folders(project: Project) -> list[Path]:
    """The folders of the languages, the site's first one in front."""
    found = {file.parent for file in project.docs.glob(f"[!.]*/{FILE}")} | {
        f.parent for f in project.docs.glob("[!.]*/[!.]*.md")
    }
    return sorted(found, key=lambda folder: (folder.name != FIRST, folder))


def read(project: Project) -> tuple[list[Language], list[Problem]]:
    """Find the languages, the site's first one in front; a word that one has and another lacks is a problem."""
    found, problems = [], []
    for folder in folders(project):
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
    if not folders(project):
        problems.append(Problem("docs", 1, f"no language; add docs/{FIRST}/{FILE}"))
    keys = {language.code: dict(_keys(language.words)) for language in found}
    for language in found:
        name = project.name(language.folder / FILE)
        faults = [*_missing(keys, language.code), *_misplaced(keys, language.code), *_unpaired(language.words)]
        problems += [Problem(name, 1, fault) for fault in faults]
    return _mended(found), problems


def _missing(keys: Mapping[str, Mapping[str, Any]], code: str) -> Iterator[str]:
    """The words that a language lacks and another has."""
    for key in sorted(set().union(*keys.values()) - set(keys[code])):
        others = ", ".join(other for other, some in keys.items() if key in some)
        yield f"no word for {key}, which {others} has"


def _misplaced(keys: Mapping[str, Mapping[str, Any]], code: str) -> Iterator[str]:
    """Words with a brace that is part of no place, and words without a place that another language has."""
    for key, word in keys[code].items():
        forms = _forms(word)
        stray = [form for form in forms if _unbraced(form) != form and not key.startswith(f"{_SETTINGS}.")]
        yield from (f"{key}: {form!r} has a stray brace" for form in stray)
        wanted = {place for words in keys.values() for form in _forms(words.get(key)) for place in _PLACE.findall(form)}
        lacking = set() if stray else wanted - set(_PLACE.findall(forms[-1]))  # the stray brace was meant as the place
        yield from (f"{key}: {forms[-1]!r} has no {place}" for place in sorted(lacking))


def _unpaired(words: Mapping[str, Any]) -> Iterator[str]:
    """The large numbers that `Language.number` could not take."""
    for entry in _entries(words):
        if not _is_pair(entry):
            yield f"large: {entry!r} is not a size and a name"


def _entries(words: Mapping[str, Any]) -> list[Any]:
    large = words.get("large", [])
    return large if isinstance(large, list) else [large]


def _is_pair(entry: Any) -> bool:
    """Whether an entry of `large` is a whole number above zero and a text."""
    return (
        isinstance(entry, list)
        and [type(part) for part in entry] == [int, str]  # a YAML `yes` is an int to isinstance
        and entry[0] > 0
    )


def _mended(found: list[Language]) -> list[Language]:
    """Languages that can be spoken in spite of their faults, so that a check can go on and say the rest.

    What one lacks comes from the others, above all from the first, whose order of words all take.
    """
    sound = [_sound(language.words) for language in found]
    return [
        replace(language, words=functools.reduce(_filled, reversed(sound), words))
        for language, words in zip(found, sound, strict=True)
    ]


def _sound(words: Mapping[str, Any]) -> dict[str, Any]:
    """Words without stray braces and without large numbers that are no pairs."""
    sound = {key: word if key == _SETTINGS else _unbraced(word) for key, word in words.items()}
    if "large" in words:
        sound["large"] = [entry for entry in _entries(words) if _is_pair(entry)]
    return sound


def _unbraced(word: Any) -> Any:
    """A text, or every text of a group, without the braces that are part of no place."""
    if isinstance(word, Mapping):
        return {key: _unbraced(value) for key, value in word.items()}
    return _PLACE_OR_BRACE.sub(r"\1", word) if isinstance(word, str) else word


def _filled(words: Mapping[str, Any], others: Mapping[str, Any], group: str = "") -> dict[str, Any]:
    """Words, in the order of another language's, with its words where they lack one or have one of another shape."""
    more = {key: word for key, word in words.items() if key not in others}
    return {key: _chosen(words.get(key, other), other, key, group) for key, other in others.items()} | more


def _chosen(word: Any, other: Any, key: str, group: str) -> Any:
    """A word, or the other language's where only that has the right shape: groups hold texts, save the forms of units."""
    if isinstance(word, Mapping) and isinstance(other, Mapping):
        return _filled(word, other, key)
    misshapen = isinstance(word, Mapping) if group else isinstance(other, Mapping)
    return other if misshapen and group != "units" else word


def _forms(word: Any) -> list[str]:
    """A word as its texts: one, or one for each plural form of a unit."""
    return [str(form) for form in word.values()] or [""] if isinstance(word, Mapping) else [str(word)]


def _keys(words: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Every word by its dotted key; a unit with plural forms counts as one word."""
    for key, value in words.items():
        if isinstance(value, Mapping) and above != "units.":
            yield from _keys(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value
