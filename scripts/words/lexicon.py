"""What the words of a language must say, held against values: CLDR's data, and `words.yml` beside this.

In: words, and the locale that they are in; out: `(steps, fault)`, where steps lead to the word. The words have the shape
that `words.yml` asks for.
"""

import functools
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import babel
import babel.numbers

from ..data import cells
from ..paths import SCRIPTS
from ..reading import documents
from . import markup

FILE = "words/words.yml"
SETTINGS = "search"  # the builder's own settings, which nothing is put into
UNITS = "units"
Told = Iterator[tuple[tuple[str | int, ...], str]]
_PLACE = re.compile(r"\{[a-z]*\}")  # where a word takes a value
_FREE = ("labels", "files", "joins")  # groups in which two words may be alike
_OPENING, _CLOSING = "“„«「『《", "”»」』》"
_WRAPPED = re.compile(r"[“”„«「『][^“”„«»「」『』]*[“”»」』]")
_MORE = f"add it to scripts/{FILE} if it is right"
NOTHING = "(?!)"
"""A pattern that matches nothing."""
LIMITS = ("about", "under", "over", "at_most", "at_least")  # hedges that a number has before or behind it


@functools.cache
def rules() -> Mapping[str, Any]:
    """What `words.yml` says."""
    value: Mapping[str, Any] = documents.read_yaml(SCRIPTS / FILE, f"scripts/{FILE}").value
    return value


def check(words: Mapping[str, Any], locale: babel.Locale) -> Told:
    """Yield the words that cannot be filled, and those that say what their value is not."""
    for steps, text in texts(words):
        yield from (
            (steps, fault)
            for fault in (
                *cells.hidden(text),
                *_places(steps, text),
                *_quoted(steps, text),
                *_marks(text, locale),
                *cells.garbled(text),
                *markup.typewritten(text),
            )
        )
    yield from _large(words["large"], locale)
    yield from _units(words[UNITS], locale)
    yield from _alike(words)
    yield from _meanings(words, locale)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what Python may read otherwise one day; it is for browsers
            re.compile(words[SETTINGS]["separator"])
    except re.error as error:
        yield (SETTINGS, "separator"), f"not a regular expression: {error}"


def texts(words: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text that readers see, with the steps to it; each plural form is one."""
    for key, value in words.items():
        if isinstance(value, Mapping) and key != SETTINGS:
            yield from texts(value, (*above, key))
        elif isinstance(value, str):
            yield (*above, key), value


def _places(steps: tuple[str, ...], text: str) -> Iterator[str]:
    """Each place for a value is there, and no other."""
    if re.search(r"[{}]", _PLACE.sub("", text)):
        yield f"{text!r} has a stray brace"
        return
    wanted = "{}" if steps[0] in (UNITS, "hedges") else rules()["places"].get(".".join(steps), "")
    here, due = _PLACE.findall(text), _PLACE.findall(wanted)
    for place in sorted({*here, *due}):
        if due.count(place) > here.count(place):
            yield f"{text!r} has no {place}{' twice' * (due.count(place) > 1)}"
        elif here.count(place) > due.count(place) == 0 or place == "{}" and here.count(place) > due.count(place):
            yield f"{text!r} has {place}, where no value is put; see places in scripts/{FILE}"


def _quoted(steps: tuple[str, ...], text: str) -> Iterator[str]:
    """A text is in quotation marks as a whole where it is the article's own word, and only there."""
    due = steps[0] == "qualifiers" and steps[1] in rules()["quoted"]
    if bool(_WRAPPED.fullmatch(text)) != due:
        yield f"{text!r} is {'not ' * due}in quotation marks as a whole" + (
            "" if due else "; did an editor replace the straight ones of YAML?"
        )


def _marks(text: str, locale: babel.Locale) -> Iterator[str]:
    """Quotation marks are in pairs, of the language's own kind, and none is straight."""
    if '"' in text:
        yield f"{text!r} has a straight quotation mark"
    own = rules()["quotation_marks"].get(locale.language, _OPENING + _CLOSING)
    if foreign := [mark for mark in text if mark in _OPENING + _CLOSING and mark not in own]:
        yield f"{text!r} has {foreign[0]}; {locale} has {own}"
    elif locale.language in rules()["quotation_marks"]:
        depth = ""
        for mark in (mark for mark in text if mark in own):
            depth = depth[:-1] if depth and mark == own[own.index(depth[-1]) + 1] else depth + mark
        if depth:
            yield f"{text!r}: {depth[0]} is not in a pair"


def _large(large: list[list[Any]], locale: babel.Locale) -> Told:
    """Each size has its name in CLDR's compact numbers, and they fall, as `Language.number` takes the first that fits."""
    known = sizes(locale)
    for i, (size, name) in enumerate(large):
        if i and size >= large[i - 1][0]:
            yield ("large", i), f"{size} is not less than {large[i - 1][0]}; put the largest first"
        if size not in known:
            yield (
                ("large", i),
                f"{size} has no name of its own in {locale}, says CLDR; {_listed(map(str, sorted(known)))} have",
            )
        elif name.replace("\u00a0", " ") not in known[size]:
            yield (
                ("large", i),
                f"{name!r} is not how {locale} writes {size}; CLDR has {_listed(map(repr, sorted(known[size])))}",
            )


@functools.lru_cache(maxsize=32)
def sizes(locale: babel.Locale) -> dict[int, set[str]]:
    """What follows a number that counts in a size, by size, as in `13 billion`: the long forms, or the short where there are none."""
    forms = locale.compact_decimal_formats
    found: dict[int, set[str]] = {}
    for patterns in (forms.get("long") or forms["short"]).values():
        for size, pattern in patterns.items():
            text = str(pattern.pattern).replace("'", "").replace("\u00a0", " ")
            digits = text.count("0")
            if digits and (name := text.replace("0", "")):
                found.setdefault(int(size) // 10 ** (digits - 1), set()).add(name)
    return found


def _units(units: Mapping[str, Any], locale: babel.Locale) -> Told:
    """Plural forms are those of CLDR, and an amount of money names no other currency."""
    wanted = {*locale.plural_form.tags, "other"}
    for unit, forms in units.items():
        if isinstance(forms, Mapping) and set(forms) != wanted:
            yield (UNITS, unit), f"plural forms are {_listed(sorted(forms))}; {locale} has {_listed(sorted(wanted))}"
    money = {unit for unit in units if unit in locale.currencies}
    for steps, text in texts({UNITS: {unit: units[unit] for unit in sorted(money)}}):
        unit = steps[1]
        there = {code: names for code, names in currencies(locale).items() if any(name in text for name in names)}
        said = meant(text, {code: "|".join(map(re.escape, sorted(names))) for code, names in there.items()})
        if said and unit not in said:
            yield steps, f"{text!r} names {_listed(sorted(said))}, not {unit}, says CLDR"


@functools.lru_cache(maxsize=32)
def currencies(locale: babel.Locale) -> dict[str, set[str]]:
    """What each currency is called: its code, its symbol, and its name as one and as many."""
    return {
        code: {code, locale.currency_symbols.get(code, code), name, babel.numbers.get_currency_name(code, 2, locale)}
        for code, name in locale.currencies.items()
    }


def _alike(words: Mapping[str, Any]) -> Told:
    """No two words of a closed list are alike."""
    for group, members in words.items():
        if isinstance(members, Mapping) and group not in (*_FREE, SETTINGS):
            seen: dict[str, str] = {}
            for key, text in members.items():
                if (first := seen.setdefault(repr(text), key)) != key:
                    yield (group, key), f"{text!r} is {group}.{first} too"


def _meanings(words: Mapping[str, Any], locale: babel.Locale) -> Told:
    """Each word says what it stands for, and nothing that another one of its group stands for."""
    code = locale.language
    groups = dict(rules()["meanings"]) | {"hedges": _limits()}
    for group, meanings in groups.items():
        own = {key: stems[code] for key, stems in meanings.items() if code in stems}
        members = words if group == "times" else words[group]
        negated = {"not": rules()["negations"][code]} if code in rules()["negations"] else {}
        for key, stems in own.items():
            for steps, text in texts({key: members[key]}) if key in members else ():
                place = steps if group == "times" else (group, *steps)
                said = meant(text, own | negated)
                if key not in said:
                    yield place, f"{text!r} does not say {key}, as in {_listed(stems.split('|'))}; {_MORE}"
                elif other := sorted(said - {key}):
                    yield place, f"{text!r} says {_listed(other)}; {_MORE}"


def _limits() -> dict[str, dict[str, str]]:
    """The words of hedges that a number has, by hedge and language."""
    spoken = rules()["spoken"]
    return {hedge: {code: "|".join(own["hedges"][hedge]) for code, own in spoken.items()} for hedge in LIMITS}


def meant(text: str, meanings: Mapping[str, str]) -> set[str]:
    """Which of some meanings, patterns by key, a text has; of two of which one is part of the other, the longer."""
    found = [(key, *match.span()) for key, stems in meanings.items() for match in stem(stems).finditer(text)]
    return {
        key
        for key, start, end in found
        if not any(s <= start and end <= e and e - s > end - start for _, s, e in found)
    }


def any_of(texts: Iterable[str]) -> str:
    """A pattern for any of some texts, as they stand and the longest first; it matches nothing where there are none."""
    return "|".join(map(re.escape, sorted(filter(str.strip, texts), key=len, reverse=True))) or NOTHING


@functools.lru_cache(maxsize=2048)
def stem(stems: str) -> re.Pattern[str]:
    """Alternatives as a pattern, each time the longest; in Latin letters whole words alone."""
    longest = sorted(re.split(r"(?<!\\)\|", stems), key=len, reverse=True)
    latin, other = "|".join(filter(str.isascii, longest)), [one for one in longest if not one.isascii()]
    whole = [rf"(?<![A-Za-z])(?:{latin})(?![A-Za-z])"] if latin else []
    return re.compile(f"(?:{'|'.join(other + whole)})", re.IGNORECASE)


def _listed(some: Iterable[str]) -> str:
    return ", ".join(some)
