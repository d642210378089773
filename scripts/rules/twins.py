"""Compare texts in several languages: names, numbers, scripts, sentence ends. In: `Dataset`; out: problems with their lines.

Every language is compared with the first by numbers and names, even if `words.yml` does not have its words.
"""

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from ..data.package import Table
from ..problem import Problem
from ..words import lexicon, numerals, spoken
from . import protocol
from .names import Names
from .view import View

SENTENCES = ("statement", "note", "sentence", "definition", "reason")  # columns of complete sentences
PAIRS = (("(", ")"), ("（", "）"), ("[", "]"), ("“", "”"), ("《", "》"))
_OF_PAIRS = re.compile("[" + re.escape("".join(a + b for a, b in PAIRS)) + "]")
_CODED = re.compile(r"(.+)_([a-z]{2,3})")


@protocol.of_dataset
def tables(view: View) -> Iterator[Problem]:
    """Texts in several languages must agree in names and numbers, be in their script, and have balanced brackets."""
    for table in view.data.package.tables.values():
        for line, column, fault in itertools.chain(_languages(table, view), _pairs(table)):
            yield Problem(table.path, line, f"{column}: {fault}")


def _pairs(table: Table) -> Iterator[tuple[int, str, str]]:
    for column in table.frame.columns:
        cells = table.frame[column].tolist()
        for line, cell in enumerate(cells if _OF_PAIRS.search("\n".join(cells)) else (), start=2):
            if _OF_PAIRS.search(cell):
                odd = [a + b for a, b in PAIRS if cell.count(a) != cell.count(b)]
                if odd:
                    yield line, column, f"{odd[0]} are unbalanced in {cell[:40]!r}"


def _languages(table: Table, view: View) -> Iterator[tuple[int, str, str]]:
    """Yield `(line, column, fault)` for columns that exist in several languages."""
    columns: dict[str, list[str]] = {}
    for column in table.frame.columns:
        match = _CODED.fullmatch(column)
        if match and match[2] in view.languages:  # `_id` and `_in` are not languages
            columns.setdefault(match[1], []).append(match[2])
    for stem, codes in columns.items():
        if view.first not in codes:
            continue
        cells, sound = [table.frame[f"{stem}_{code}"].tolist() for code in codes], set[tuple[str, ...]]()
        for line, texts in enumerate(zip(*cells, strict=True), start=2) if codes[1:] else ():
            if texts not in sound:  # many notes and locators repeat
                faults = list(_of_texts(stem, dict(zip(codes, texts, strict=True)), view))
                yield from ((line, column, fault) for column, fault in faults)
                if not faults:
                    sound.add(texts)


def _of_texts(stem: str, said: Mapping[str, str], view: View) -> Iterator[tuple[str, str]]:
    """Yield `(column, fault)` for one text in several languages."""
    first, *others = said
    for code in others:
        faults = differ(said[first], said[code], first, code, None if stem == "term" else view.names)
        yield from ((stem, fault) for fault in faults)
    for code in said:
        yield from ((f"{stem}_{code}", fault) for fault in _written(stem, code, said[code], list(said)))


def differ(one: str, other: str, code: str, other_code: str, names: Names | None) -> Iterator[str]:
    """Yield how two texts that should say the same differ: in names, if `names` is given, and in numbers."""
    if names:
        here, there = names.within(one, code), names.within(other, other_code)
        if here != there:
            only = ((code, here - there), (other_code, there - here))
            parts = "; ".join(f"{language} alone has {names.listed(some)}" for language, some in only if some)
            yield f"the languages differ in names: {parts}"
    one, other = (names.bare(text) if names else text for text in (one, other))
    here_, there_ = numerals.numbers(one, code), numerals.numbers(other, other_code)
    if here_ != there_:
        in_words = numerals.spelled(one, code), numerals.spelled(other, other_code)
        some = ((code, _without(here_ - there_, in_words[1])), (other_code, _without(there_ - here_, in_words[0])))
        parts = "; ".join(f"{language} has {_listed(only)}" for language, only in some if only)
        if parts:
            yield f"the languages differ in numbers: {parts}"


def _without(only: Counter[Decimal], in_words: set[Decimal]) -> Counter[Decimal]:
    """Numbers without those that the other language spells out."""
    return Counter({number: times for number, times in only.items() if number not in in_words})


def _listed(some: Mapping[Decimal, int]) -> str:
    return ", ".join(f"{number.normalize():f}" for number in sorted(some))


def _written(column: str, code: str, text: str, codes: list[str]) -> Iterator[str]:
    """Yield why a text is not in the script of its language, or a sentence is cut off."""
    words = spoken.words(code)
    if not words or not text:
        return
    foreign = [c for c in codes if not text.isascii() and c != code and letters(c).search(text)]
    if foreign and not letters(foreign[0]).pattern.isascii():  # Latin letters are in the names of any language
        yield f"characters of {foreign[0]} in {text[:40]!r}"
    if column in SENTENCES:
        if not letters(code).search(text):
            yield f"no letters of {code} in {text[:40]!r}"
        if not text.rstrip().endswith(tuple(words["ends"])):
            yield f"{text[-20:]!r} does not end like a sentence; is something cut off?"


@functools.cache
def letters(code: str) -> re.Pattern[str]:
    """A pattern for letters of a language's script; matches nothing if `words.yml` does not have the language."""
    return re.compile(spoken.words(code).get("letters", lexicon.NOTHING))
