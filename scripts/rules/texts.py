"""Rules for rows whose texts must agree with their cells, in each language. In: `Dataset`; out: problems with their lines.

A wrong id, number, hedge, time or speaker then disagrees with a sentence. Only texts in the languages of `words.yml` are
compared with the cells.
"""

import functools
import re

from ..data.outside import Evidence
from ..data.records import Event, Fact, Source, Speaker
from ..words import lexicon, numerals, spoken
from . import protocol, twins
from .protocol import Faults
from .view import View

BEYOND_DOUBT = ("at_least", "at_most", "several", "suspected", "perhaps")  # hedges whose words have no other meaning
_SITE = re.compile(r"[A-Za-z0-9-]+\.[a-z.]+[a-z]")


@protocol.of("speakers")
def named(view: View, speaker: Speaker) -> Faults:
    """A speaker's name must contain the name of its entity, and no other."""
    entity = view.data.entities.get(speaker.entity_id)
    said = view.names.named(speaker.name)
    if said != ({view.names.first[entity.entity_id]} if entity else set()):
        yield "entity_id", f"{speaker.entity_id or 'empty'}, but the name says {view.names.listed(said) or 'nobody'}"


@protocol.of("sources")
def titled(view: View, source: Source) -> Faults:
    """A title must be in the language of its source, its translations must have the same names and numbers, and publishers the same sites."""
    own = source.language
    for code, title in source.titles.items():
        if own != code:
            yield from ((f"title_{code}", fault) for fault in twins.differ(title, source.title, code, own, view.names))
        if source.title.startswith("[") != title.startswith("["):
            fault = f"{title!r}, but title is {source.title!r}; a title in our own words is in [ ], in both"
            yield f"title_{code}", fault
    for code in view.codes:
        letters = twins.letters(code)
        if not letters.pattern.isascii() and bool(letters.search(source.title)) != (own == code):
            yield "title", f"{source.title!r} is not in the language of the source, {own}"
        for other, title in source.titles.items():
            if other in view.codes and other != code and not letters.pattern.isascii() and letters.search(title):
                yield f"title_{other}", f"characters of {code} in {title!r}"
    first, *others = source.publisher
    known = (source.publisher[first] + source.url).casefold()
    for code in others:
        sites = set(_SITE.findall(source.publisher[code]))
        if missing := sorted(site for site in sites if site.casefold() not in known):
            yield f"publisher_{code}", f"names {', '.join(missing)}, which publisher does not"
        if _share(code, source.publisher[first]) > _share(code, source.publisher[code]):
            yield "publisher", f"has more characters of {code} than publisher_{code}; are the two exchanged?"


def _share(code: str, text: str) -> float:
    """The share of letters in a language's script in a text, from 0 to 1; 0 if its script is Latin."""
    letters = twins.letters(code)
    return 0 if letters.pattern.isascii() else len(letters.findall(text)) / max(1, len(text))


@protocol.of("facts")
def entities(view: View, fact: Fact) -> Faults:
    """A statement must name all entities of its fact, and no others but its speaker."""
    said, data, names = view.names.named(fact.statement), view.data, view.names
    listed = {names.first[i]: i for i in view.ids(fact.fact_id) if i in data.entities}
    for name, entity_id in listed.items():
        if name not in said and not any(name in longer for longer in said):
            fault = f"does not name {entity_id} ({name}), which the fact is about; see entity_id and fact_entities"
            yield "statement", fault
    speaker = data.speakers.get(fact.speaker_id)
    own = {names.first[speaker.entity_id]} if speaker and speaker.entity_id in data.entities else set()
    if more := said - set(listed) - own:
        yield "statement", f"names {names.listed(more)}, which neither entity_id nor fact_entities has"


@protocol.of("facts")
def spoken_by(view: View, fact: Fact) -> Faults:
    """A statement must contain the noun of its speaker, unless that is the paper, and must not attribute it to another."""
    speaker, kinds = view.data.speakers.get(fact.speaker_id), lexicon.rules()["speakers"]
    if speaker and speaker.kind not in kinds["plain"]:
        for code in view.codes:
            if noun(speaker.name[code], code).casefold() not in fact.statement[code].casefold():
                said = noun(speaker.name[code], code)
                yield "speaker_id", f"{fact.speaker_id}, but the statement ({code}) does not say {said!r}"
    for code in view.codes:
        for other in view.data.speakers.values() if "speaks" in spoken.words(code) else ():
            word = noun(other.name[code], code)
            if other.kind in kinds["unnamed"] and not (speaker and noun(speaker.name[code], code) == word):
                form = spoken.words(code)["speaks"].format(re.escape(word))
                if re.match(form, fact.statement[code], re.IGNORECASE):
                    yield "speaker_id", f"{fact.speaker_id}, but the statement has {other.speaker_id} say it"
                    return


@functools.lru_cache(maxsize=1024)  # few speakers, called for each fact
def noun(name: str, code: str) -> str:
    """What a speaker is called in a sentence: an unnamed shop owner (the first) → owner, 一位匿名店主 → 店主."""
    match = re.search(spoken.words(code)["noun"], re.sub(r"\s*[（(].*?[）)]", "", name))
    return match[0] if match else name


@protocol.of("evidence")
def placed(view: View, row: Evidence) -> Faults:
    """Evidence must name its entity, in the statement or by its id, and its locators must agree, each in its script."""
    entity = view.data.entities.get(row.entity_id)
    by_id = row.evidence_id.startswith(row.entity_id.split("-")[0] + "-")
    if entity and not by_id and view.names.first[entity.entity_id] not in view.names.named(row.statement):
        name = view.names.first[entity.entity_id]
        yield "entity_id", f"neither the statement nor the id names {row.entity_id} ({name})"
    first, *others = row.locator
    for code in others:
        faults = twins.differ(row.locator[first], row.locator[code], first, code, view.names)
        yield from ((f"locator_{code}", fault) for fault in faults)
    for code in (code for code in view.codes if not twins.letters(code).pattern.isascii()):
        own = [one for one in view.codes if twins.letters(code).search(row.locator.get(one, ""))]
        if own != [code]:
            yield (
                "locator",
                f"characters of {code} in {', '.join(own) or 'none'}; expected them in locator_{code} alone",
            )


@protocol.of("events")
def named_in_title(view: View, event: Event) -> Faults:
    """An event's title must name its entity, if it names any."""
    said, entity = view.names.named(event.title), view.data.entities.get(event.entity_id)
    if entity and said and view.names.first[entity.entity_id] not in said:
        yield "entity_id", f"{event.entity_id} is not named in the title, which names {view.names.listed(said)}"


@protocol.of("facts", "evidence")
def valued(view: View, row: Fact | Evidence) -> Faults:
    """The statement must contain the value, in digits or words; a count of 1 may be implicit."""
    for column, number in (("value", row.value), ("value_high", row.value_high)):
        if number is not None and not (row.unit in lexicon.rules()["units"]["counts"] and number == 1):
            for code in view.codes:
                if not any(numerals.places(view.names.bare(row.statement[code]), code, number, view.share(row.unit))):
                    yield column, f"{number} is not in statement_{code}; {spoken.remedy(code, 'numbers')}"


@protocol.of("facts", "evidence")
def hedged(view: View, row: Fact | Evidence) -> Faults:
    """The statement must have the row's hedge in each language; a number without one must have none."""
    # Evidence without a value may hedge something else, such as the time; a fact says its hedge.
    free = row.value is None and row.qualifier in lexicon.LIMITS and isinstance(row, Evidence)
    for code in view.codes:
        text = row.statement[code]
        known = spoken.words(code)["hedges"]
        if row.qualifier in known and not free and not spoken.says(text, code, "hedges", row.qualifier):
            remedy = spoken.remedy(code, "hedges", row.qualifier)
            yield "qualifier", f"{row.qualifier}, but statement_{code} has no such hedge; {remedy}"
        if (
            row.qualifier == "exact"
            and row.value is not None
            and (said := numerals.hedged(view.names.bare(text), code, row.value, view.share(row.unit)))
        ):
            yield "qualifier", f"exact, but statement_{code} says {said}"


@protocol.of("facts")
def bare(view: View, fact: Fact) -> Faults:
    """A hedge that every language clearly states must be the qualifier; `since` requires an open period, `range` two ends."""
    open_ended = fact.period is not None and fact.period.last is None
    if fact.qualifier in ("exact", "asserted") and view.codes:
        for hedge in (*BEYOND_DOUBT, *(["since"] if open_ended else [])):
            if all(spoken.says(fact.statement[code], code, "hedges", hedge) for code in view.codes):
                yield "qualifier", f"{fact.qualifier}, but the statement says {hedge}"
    if fact.qualifier == "since" and fact.period and not open_ended:
        yield "qualifier", f"since, but the period {fact.period.text} ends"
    if fact.qualifier == "range" and fact.value is None and (not fact.period or fact.period.single):
        yield "qualifier", "range, but neither the value nor the period has two ends"


@protocol.of("facts", "evidence")
def timed(view: View, row: Fact | Evidence) -> Faults:
    """The period must start or end with a time in the statement, if it has any; a stated period must be in it."""
    if row.period is None:
        return
    ends, exact = {row.period.first, row.period.last}, (row.period.first, row.period.last)
    for code in view.codes:
        text = row.statement[code]
        said = spoken.times(text, code)
        if said and not any({*span} & ends for _, span in said):
            yield (
                "period",
                f"{row.period.text} neither starts nor ends with a time that statement_{code} says; {spoken.remedy(code, 'times')}",
            )
        if row.period.approximate and "loose" in spoken.words(code):
            plain = [span for at, span in said if not spoken.says(text[max(at - 40, 0) : at], code, "loose")]
            if exact in plain:
                fault = f"{row.period.text} is approximate, but statement_{code} gives the time without a hedge"
                yield "period", fault
        if isinstance(row, Fact) and row.period_basis == "stated":
            if exact in [span for _, span in said]:
                continue
            wanted = {int(part) for part in re.findall("[0-9]+", row.period.text)} - {row.period.first.year}
            wanted |= {row.period.first.year} if said or not wanted else set()
            if not wanted <= {int(number) for number in numerals.numbers(view.names.bare(text), code)}:
                yield "period_basis", f"stated, but statement_{code} does not say {row.period.text}"
