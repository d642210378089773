"""Checks of a language's word file: words that are missing, malformed, or contradict the value that they stand for.

In: `_language.yml` as a document, that of the first language; out: problems. `words.yml` lists the required words and how
values are worded; sizes, plural forms and currencies follow CLDR.
"""

import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import babel

from .. import paths
from ..data import cells
from ..problem import Problems
from ..reading import documents, fitting
from ..reading.documents import Document
from . import lexicon, markup, spoken

Faults = Iterator[tuple[documents.Steps, str]]
SETTINGS = "search"  # the builder's settings, which take no values
UNITS = "units"
MOST_LACKING = 10  # words and groups; a file that lacks more gets a single problem
_PLACE = re.compile(r"\{[a-z]*\}")  # a placeholder for a value
_FREE = ("labels", "files", "joins")  # groups in which two words may be equal
_OPENING, _CLOSING = "“„«「『《", "”»」』》"
_WRAPPED = re.compile(r"[“”„«「『][^“”„«»「」『』]*[“”»」』]")
_MORE = f"add it to scripts/{lexicon.FILE} if it is right"


def read(file: Path, name: str, first: Document | None) -> tuple[Document, babel.Locale]:
    """Read a word file and its locale, which must match its folder's name; raises `Problems` where it has a fault.

    `first` is the file of the first language, if that is valid.
    """
    document = documents.read_yaml(file, name)
    model = first.name if first else f"the {file.name} of another language"
    if not isinstance(words := document.value, Mapping):
        raise Problems([document.problem(f"has no words; copy {model} and translate it")])
    faults = fitting.misfits(document, lexicon.rules()["shape"])
    faults += [document.problem(fault, *steps) for steps, fault in _keys(document, first, model)]
    try:
        locale = babel.Locale.parse(words["locale"])
        if locale.language != babel.Locale.parse(file.parent.name, sep="-").language:
            faults.append(
                document.problem(f"locale: {words['locale']!r} is not a locale of {file.parent.name}", "locale")
            )
    except (babel.UnknownLocaleError, TypeError, ValueError) as error:
        faults.append(document.problem(f"locale: not a locale that Babel knows: {error}", "locale"))
    except KeyError:
        pass  # reported as missing
    faults = faults or [document.misfit(fault, *steps) for steps, fault in check(words, locale)]
    if faults:
        raise Problems(faults)
    return document, locale


def check(words: Mapping[str, Any], locale: babel.Locale) -> Faults:
    """Yield the words with wrong placeholders or marks, and those that contradict their value."""
    for steps, text in _texts(words):
        faults = [*cells.hidden(text), *cells.garbled(text), *markup.typewritten(text)]
        faults += [*_places(steps, text), *_quoted(steps, text), *_marks(text, locale)]
        yield from ((steps, fault) for fault in faults)
    yield from _large(words["large"], locale)
    yield from _units(words[UNITS], locale)
    yield from _duplicates(words)
    yield from _meanings(words, locale)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about syntax that Python may change; the pattern is for browsers
            re.compile(words[SETTINGS]["separator"])
    except re.error as error:
        yield (SETTINGS, "separator"), f"not a regular expression: {error}"
    if not paths.of_theme(f"partials/languages/{words['builder_language']}.html").is_file():
        yield ("builder_language",), f"{words['builder_language']!r} is not a language of the builder's theme"


def _texts(words: Mapping[str, Any]) -> Faults:
    """Yield every text that readers see, with the steps to it; each plural form is a text."""
    for steps, text in documents.leaves(words):
        if isinstance(text, str) and isinstance(steps[-1], str) and steps[0] != SETTINGS:
            yield steps, text


def _places(steps: tuple[str, ...], text: str) -> Iterator[str]:
    """Yield placeholders that are missing, unknown or repeated."""
    if re.search(r"[{}]", _PLACE.sub("", text)):
        yield f"{text!r} has a stray brace"
        return
    wanted = "{}" if steps[0] in (UNITS, "hedges") else lexicon.rules()["places"].get(".".join(steps), "")
    here, due = _PLACE.findall(text), _PLACE.findall(wanted)
    for place in sorted({*here, *due}):
        if due.count(place) > here.count(place):
            yield f"{text!r} has no {place}{' twice' * (due.count(place) > 1)}"
        elif here.count(place) > due.count(place) == 0 or place == "{}" and here.count(place) > due.count(place):
            yield f"{text!r} has {place}, where no value is put; see places in scripts/{lexicon.FILE}"


def _quoted(steps: tuple[str, ...], text: str) -> Iterator[str]:
    """Yield a fault where the article's own words are not in quotation marks, or other texts are."""
    due = steps[0] == "qualifiers" and steps[1] in lexicon.rules()["quoted"]
    if bool(_WRAPPED.fullmatch(text)) != due:
        why = "" if due else "; did an editor replace the straight ones of YAML?"
        yield f"{text!r} is {'not ' * due}entirely in quotation marks{why}"


def _marks(text: str, locale: babel.Locale) -> Iterator[str]:
    """Yield quotation marks that are straight, of another language, or not in pairs."""
    if '"' in text:
        yield f"{text!r} has a straight quotation mark"
    own = lexicon.rules()["quotation_marks"].get(locale.language, _OPENING + _CLOSING)
    if foreign := [mark for mark in text if mark in _OPENING + _CLOSING and mark not in own]:
        yield f"{text!r} has {foreign[0]}; {locale} uses {own}"
    elif locale.language in lexicon.rules()["quotation_marks"]:
        depth = ""
        for mark in (mark for mark in text if mark in own):
            depth = depth[:-1] if depth and mark == own[own.index(depth[-1]) + 1] else depth + mark
        if depth:
            yield f"{text!r}: {depth[0]} is not in a pair"


def _large(large: list[list[Any]], locale: babel.Locale) -> Faults:
    """Yield sizes without their CLDR name, or not in descending order; `Language.number` takes the first that fits."""
    known = lexicon.sizes(locale)
    for i, (size, name) in enumerate(large):
        if i and size >= large[i - 1][0]:
            yield ("large", i), f"{size} is not less than {large[i - 1][0]}; put the largest first"
        if size not in known:
            named = ", ".join(map(str, sorted(known)))
            yield ("large", i), f"{size} has no name in {locale} according to CLDR; {named} have one"
        elif name.replace("\u00a0", " ") not in known[size]:
            names = ", ".join(map(repr, sorted(known[size])))
            yield ("large", i), f"{name!r} is not how {locale} writes {size}; CLDR has {names}"


def _units(units: Mapping[str, Any], locale: babel.Locale) -> Faults:
    """Yield plural forms that are not CLDR's, and amounts of money that name another currency."""
    wanted = {*locale.plural_form.tags, "other"}
    for unit, forms in units.items():
        if isinstance(forms, Mapping) and set(forms) != wanted:
            here, due = (", ".join(sorted(some)) for some in (forms, wanted))
            yield (UNITS, unit), f"plural forms are {here}; {locale} has {due}"
    for steps, text in _texts({UNITS: {unit: forms for unit, forms in units.items() if unit in locale.currencies}}):
        named = {
            code: "|".join(map(re.escape, sorted(names)))
            for code, names in lexicon.currencies(locale).items()
            if any(name in text for name in names)
        }
        said = lexicon.meant(text, named)
        if said and steps[1] not in said:
            yield steps, f"{text!r} names {', '.join(sorted(said))}, not {steps[1]}, according to CLDR"


def _duplicates(words: Mapping[str, Any]) -> Faults:
    """Yield words of a closed list that are equal to another one of it."""
    for group, members in words.items():
        if isinstance(members, Mapping) and group not in (*_FREE, SETTINGS):
            seen: dict[str, str] = {}
            for key, text in members.items():
                if (first := seen.setdefault(repr(text), key)) != key:
                    yield (group, key), f"{text!r} is {group}.{first} too"


def _meanings(words: Mapping[str, Any], locale: babel.Locale) -> Faults:
    """Yield words that do not say what they stand for, or say what another one of their group stands for."""
    code, rules = locale.language, lexicon.rules()
    groups = {
        group: {key: stems[code] for key, stems in meanings.items() if code in stems}
        for group, meanings in rules["meanings"].items()
    }
    groups["hedges"] = {hedge: stems for hedge, stems in spoken.hedges(code).items() if hedge in lexicon.LIMITS}
    negated = {"not": rules["negations"][code]} if code in rules["negations"] else {}
    for group, own in groups.items():
        members = words if group == "times" else words[group]
        for key, stems in own.items():
            for steps, text in _texts({key: members[key]}) if key in members else ():
                place = steps if group == "times" else (group, *steps)
                said = lexicon.meant(text, own | negated)
                if key not in said:
                    yield place, f"{text!r} does not say {key}, as in {stems.replace('|', ', ')}; {_MORE}"
                elif other := sorted(said - {key}):
                    yield place, f"{text!r} says {', '.join(other)}; {_MORE}"


def _keys(document: Document, first: Document | None, model: str) -> Faults:
    """Yield the words that a file lacks but the first language has or the build needs, and those that the first language lacks."""
    shape, groups = lexicon.rules()["shape"], lexicon.rules()["needed"]
    wanted = dict.fromkeys(shape["properties"]) | {group: dict.fromkeys(keys) for group, keys in groups.items()}
    lacking = dict.fromkeys(_lacking(document.value, wanted), "the build needs it")
    if first:
        for steps in _lacking(document.value, first.value):
            lacking[steps] = f"{first.name}:{first.line(*steps)} has it"
        for steps in _lacking(first.value, document.value):
            if steps not in _steps(wanted):
                yield steps, f"{'.'.join(steps)} is not in {first.name}; remove it, or add it there"
    if (whole := sum(len(steps) == 1 for steps in lacking)) > MOST_LACKING:
        yield (), f"lacks {whole} words and groups; copy {model} and translate it"
        return
    yield from ((steps, f"{'.'.join(steps)} is missing; {reason}") for steps, reason in lacking.items())


def _steps(words: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield the steps to each word and group, and to each word of a group."""
    for key, value in words.items():
        yield (key,)
        if isinstance(value, Mapping) and key != SETTINGS:
            yield from ((key, one) for one in value)


def _lacking(here: Mapping[str, Any], there: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """The steps to what `there` has and `here` lacks; for a missing group only those to the group."""
    known = set(_steps(here))
    groups = {key for key, value in here.items() if isinstance(value, Mapping)}
    return [steps for steps in _steps(there) if steps not in known and (len(steps) == 1 or steps[0] in groups)]
