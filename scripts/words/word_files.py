"""What is wrong with the words of a language: what its file lacks, and what says what its value is not.

In: `_language.yml` as a document, that of the first language; out: problems. `words.yml` has what a file must hold and how a
value is said; sizes, plural forms and currencies are CLDR's.
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

Told = Iterator[tuple[documents.Steps, str]]
SETTINGS = "search"  # the builder's own settings, which nothing is put into
UNITS = "units"
MOST_LACKING = 10  # words and groups; a file that lacks more is a start, and is told so in one line
_PLACE = re.compile(r"\{[a-z]*\}")  # where a word takes a value
_FREE = ("labels", "files", "joins")  # groups in which two words may be alike
_OPENING, _CLOSING = "“„«「『《", "”»」』》"
_WRAPPED = re.compile(r"[“”„«「『][^“”„«»「」『』]*[“”»」』]")
_MORE = f"add it to scripts/{lexicon.FILE} if it is right"


def read(file: Path, name: str, first: Document | None) -> tuple[Document, babel.Locale]:
    """A word file and the locale that it names; raises `Problems` where it has a fault.

    `first` is the file of the first language, where that is sound; its folder is what the language is called.
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
            faults.append(document.problem(f"locale: {words['locale']!r} is not one of {file.parent.name}", "locale"))
    except (babel.UnknownLocaleError, TypeError, ValueError) as error:
        faults.append(document.problem(f"locale: no locale that Babel knows: {error}", "locale"))
    except KeyError:
        pass  # told as missing
    faults = faults or [document.misfit(fault, *steps) for steps, fault in check(words, locale)]
    if faults:
        raise Problems(faults)
    return document, locale


def check(words: Mapping[str, Any], locale: babel.Locale) -> Told:
    """Yield the words that cannot be filled, and those that say what their value is not."""
    for steps, text in _texts(words):
        faults = [*cells.hidden(text), *cells.garbled(text), *markup.typewritten(text)]
        faults += [*_places(steps, text), *_quoted(steps, text), *_marks(text, locale)]
        yield from ((steps, fault) for fault in faults)
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
    if not paths.of_theme(f"partials/languages/{words['builder_language']}.html").is_file():
        yield ("builder_language",), f"{words['builder_language']!r} is not a language that the builder's theme has"


def _texts(words: Mapping[str, Any]) -> Told:
    """Every text that readers see, with the steps to it; each plural form is one."""
    for steps, text in documents.leaves(words):
        if isinstance(text, str) and isinstance(steps[-1], str) and steps[0] != SETTINGS:
            yield steps, text


def _places(steps: tuple[str, ...], text: str) -> Iterator[str]:
    """Each place for a value is there, and no other."""
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
    """A text is in quotation marks as a whole where it is the article's own word, and only there."""
    due = steps[0] == "qualifiers" and steps[1] in lexicon.rules()["quoted"]
    if bool(_WRAPPED.fullmatch(text)) != due:
        why = "" if due else "; did an editor replace the straight ones of YAML?"
        yield f"{text!r} is {'not ' * due}in quotation marks as a whole{why}"


def _marks(text: str, locale: babel.Locale) -> Iterator[str]:
    """Quotation marks are in pairs, of the language's own kind, and none is straight."""
    if '"' in text:
        yield f"{text!r} has a straight quotation mark"
    own = lexicon.rules()["quotation_marks"].get(locale.language, _OPENING + _CLOSING)
    if foreign := [mark for mark in text if mark in _OPENING + _CLOSING and mark not in own]:
        yield f"{text!r} has {foreign[0]}; {locale} has {own}"
    elif locale.language in lexicon.rules()["quotation_marks"]:
        depth = ""
        for mark in (mark for mark in text if mark in own):
            depth = depth[:-1] if depth and mark == own[own.index(depth[-1]) + 1] else depth + mark
        if depth:
            yield f"{text!r}: {depth[0]} is not in a pair"


def _large(large: list[list[Any]], locale: babel.Locale) -> Told:
    """Each size has its name in CLDR's compact numbers, and they fall, as `Language.number` takes the first that fits."""
    known = lexicon.sizes(locale)
    for i, (size, name) in enumerate(large):
        if i and size >= large[i - 1][0]:
            yield ("large", i), f"{size} is not less than {large[i - 1][0]}; put the largest first"
        if size not in known:
            named = ", ".join(map(str, sorted(known)))
            yield ("large", i), f"{size} has no name of its own in {locale}, says CLDR; {named} have"
        elif name.replace("\u00a0", " ") not in known[size]:
            names = ", ".join(map(repr, sorted(known[size])))
            yield ("large", i), f"{name!r} is not how {locale} writes {size}; CLDR has {names}"


def _units(units: Mapping[str, Any], locale: babel.Locale) -> Told:
    """Plural forms are those of CLDR, and an amount of money names no other currency."""
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
            yield steps, f"{text!r} names {', '.join(sorted(said))}, not {steps[1]}, says CLDR"


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


def _keys(document: Document, first: Document | None, model: str) -> Told:
    """The words that a file lacks, since the first language has them or the build asks for them, and those that it alone has."""
    shape, groups = lexicon.rules()["shape"], lexicon.rules()["needed"]
    wanted = dict.fromkeys(shape["properties"]) | {group: dict.fromkeys(keys) for group, keys in groups.items()}
    lacking = dict.fromkeys(_lacking(document.value, wanted), "the build asks for it")
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
    """The steps to each word, group and word of a group."""
    for key, value in words.items():
        yield (key,)
        if isinstance(value, Mapping) and key != SETTINGS:
            yield from ((key, one) for one in value)


def _lacking(here: Mapping[str, Any], there: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """The steps to what `there` has and `here` has not; where a whole group is missing, to the group alone."""
    known = set(_steps(here))
    groups = {key for key, value in here.items() if isinstance(value, Mapping)}
    return [steps for steps in _steps(there) if steps not in known and (len(steps) == 1 or steps[0] in groups)]
