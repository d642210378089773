"""What a row says in words must agree with its cells, in each language. In: `Dataset`; out: problems with their lines.

A wrong id, number, hedge, time or voice then meets a sentence that says otherwise. The texts are those of English and
Chinese columns; a further language is held to them by its numbers and names alone.
"""

import calendar
import datetime
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from ..data.dataset import Dataset
from ..data.records import Entity, Evidence, Fact, Source, Speaker
from ..problem import Problem
from ..words import lexicon
from . import references, rows
from .rows import MONTHS

SENTENCES = ("statement", "note", "sentence", "definition", "reason")  # columns of whole sentences, ended as such
ENDS = {"en": tuple(".?!”)"), "zh": tuple("。？！”）")}
PAIRS = (("(", ")"), ("（", "）"), ("[", "]"), ("“", "”"), ("《", "》"))
BEFORE = {
    "en": re.compile(r"\b(about|around|roughly|nearly|almost|fewer than|less than|more than|over|at most|at least) $", re.I),
    "zh": re.compile(r"(约|不到|不足|不满|超过|逾|至多|最多|至少)$"),
}  # fmt: skip
COUNTED = {
    word: Decimal(number)
    for number, words in enumerate(
        ("one first", "two second", "three third", "four fourth", "five fifth", "six sixth", "seven seventh",
         "eight eighth", "nine ninth", "ten tenth", "eleven eleventh", "twelve twelfth"), start=1
    )
    for word in words.split()
}  # fmt: skip
PLAIN_VOICES = ("paper", "observation", "hearsay")  # kinds of speakers that a statement need not name
_NUMBER = {"en": re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?(?:\s(?:trillion|billion|million|thousand)\b)?"),
           "zh": re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?\s?(?:万亿|亿|万|)")}  # fmt: skip
_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[A-Za-z]")
_PARTS = {"first quarter": (1, 3), "second quarter": (4, 6), "third quarter": (7, 9), "fourth quarter": (10, 12),
          "first half": (1, 6), "second half": (7, 12)}  # fmt: skip
_LOOSE = re.compile(
    r"\b(about|around|roughly|approximately|early|mid|late|towards?|near|some ?time)\b.{0,25}$", re.IGNORECASE
)
_TIME = re.compile(
    rf"(?:(?P<part>{'|'.join(_PARTS)}) of |(?P<days>[0-9]{{1,2}}(?: and [0-9]{{1,2}})?) (?=(?:{'|'.join(MONTHS)}) )|)"
    rf"(?:(?P<month>{'|'.join(MONTHS)}) )?(?<![0-9.,])(?P<year>(?:19|20)[0-9]{{2}})(?![0-9])"
)


def check(dataset: Dataset) -> Iterator[Problem]:
    """Yield every place where words and cells, or the words of two languages, do not agree."""
    names = Names(dataset.entities)
    yield from _texts(dataset, names)
    yield from _pairs(dataset)
    for speaker in dataset.speakers.values():
        entity = dataset.entities.get(speaker.entity_id)
        if (said := names.said(speaker.name)) != ({entity.name["en"]} if entity else set()):
            fault = f"entity_id: {speaker.entity_id or 'empty'}, but the name says {names.told(said) or 'nobody'}"
            yield Problem(dataset.package.tables["speakers"].path, speaker.line, fault)
    for source in dataset.sources.values():
        faults = (*_titles(source, names), *_publishers(source))
        yield from (Problem(dataset.package.tables["sources"].path, source.line, fault) for fault in faults)
    ids = references.entities_of(dataset)
    for fact in dataset.facts.values():
        faults = (
            *_entities(dataset, fact, ids[fact.fact_id], names),
            *_voice(dataset, fact),
            *_of_row(fact),
            *_printed(fact),
        )
        yield from (Problem(dataset.package.tables["facts"].path, fact.line, fault) for fault in faults)
    for evidence in dataset.evidence.values():
        faults = (*_about(dataset, evidence, names), *_place(evidence, names), *_of_row(evidence))
        yield from (Problem(dataset.package.tables["evidence"].path, evidence.line, fault) for fault in faults)
    for event in dataset.events.values():
        said = names.said(event.title)
        entity = dataset.entities.get(event.entity_id)
        if entity and said and entity.name["en"] not in said:
            fault = f"entity_id: {event.entity_id} is not named in the title, which names {names.told(said)}"
            yield Problem(dataset.package.tables["events"].path, event.line, fault)


class Names:
    """The names of all entities, found in texts; an entity goes by its English name here."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self.by_name = {
            code: {e.name[code].casefold(): e.name["en"] for e in entities.values() if e.name.get(code)}
            for code in ("en", "zh")
        }
        self.ids = {e.name["en"]: e.entity_id for e in entities.values()}
        longest = {code: sorted(map(re.escape, some), key=len, reverse=True) for code, some in self.by_name.items()}
        self.pattern = {
            "en": re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(longest['en']) or '$^'})(?![A-Za-z0-9])"),
            "zh": re.compile("|".join(longest["zh"]) or "$^"),
        }

    def within(self, text: str, code: str) -> set[str]:
        """The entities that a text names; of two names in one place the longer counts."""
        return {self.by_name[code][found] for found in self.pattern[code].findall(text.casefold())}

    def told(self, some: set[str]) -> str:
        """Entities by name and id, for a message."""
        return ", ".join(f"{name} ({self.ids[name]})" for name in sorted(some))

    def said(self, texts: Mapping[str, str]) -> set[str]:
        """The entities that a text names in either language."""
        return {name for code in self.pattern if code in texts for name in self.within(texts[code], code)}


def _texts(dataset: Dataset, names: Names) -> Iterator[Problem]:
    """Texts of two languages name the same entities, each is in its own script, and a sentence has its end."""
    for table in dataset.package.tables.values():
        frame = table.frame
        for column in (c[:-3] for c in frame.columns if c.endswith("_zh") and c[:-3] + "_en" in frame):
            for line, (english, chinese) in enumerate(
                zip(frame[f"{column}_en"], frame[f"{column}_zh"], strict=True), start=2
            ):
                for fault in _of_pair(column, english, chinese, names):
                    yield Problem(table.path, line, fault)


def _of_pair(column: str, english: str, chinese: str, names: Names) -> Iterator[str]:
    apart = {"English": names.within(english, "en"), "Chinese": names.within(chinese, "zh")}
    for one, other in (("English", "Chinese"), ("Chinese", "English")) if column != "term" else ():
        if only := apart[one] - apart[other]:
            yield f"{column}: the languages differ in names: {one} alone has {names.told(only)}"
    if _HAN.search(english):
        yield f"{column}_en: Chinese characters in an English text, {english[:40]!r}"
    if column in SENTENCES:
        if chinese and not _HAN.search(chinese):
            yield f"{column}_zh: no Chinese in {chinese[:40]!r}"
        for code, text in (("en", english), ("zh", chinese)):
            if text and not text.rstrip().endswith(ENDS[code]):
                yield f"{column}_{code}: {text[-20:]!r} does not end like a sentence; is something cut off?"


def _pairs(dataset: Dataset) -> Iterator[Problem]:
    """What opens in a cell closes in it: brackets and quotation marks."""
    for table in dataset.package.tables.values():
        for column in table.frame.columns:
            for line, cell in enumerate(table.frame[column], start=2):
                odd = [a + b for a, b in PAIRS if cell.count(a) != cell.count(b)]
                if odd:
                    yield Problem(table.path, line, f"{column}: {odd[0]} are not in pairs in {cell[:40]!r}")


def _titles(source: Source, names: Names) -> Iterator[str]:
    """A Chinese title and its translation have the same names and numbers."""
    if source.language != "zh":
        return
    yield from _alike("title_en", source.title_en, source.title, names)


def _alike(column: str, english: str, chinese: str, names: Names) -> Iterator[str]:
    """Two texts have the same names and numbers."""
    one, other = names.within(chinese, "zh"), names.within(english, "en")
    if one != other:
        yield f"{column}: the languages differ in names: {names.told(one ^ other)}"
    if set(rows.numbers_zh(chinese)) != set(rows.numbers_en(english)):
        yield f"{column}: the languages differ in numbers"


def _place(evidence: Evidence, names: Names) -> Iterator[str]:
    """Where it stands in its source is said in each language, and alike."""
    english, chinese = evidence.locator["en"], evidence.locator["zh"]
    yield from _alike("locator_zh", english, chinese, names)
    if _HAN.search(english) or not _HAN.search(chinese):
        yield f"locator: English and Chinese are asked for, not {english[:40]!r} and {chinese[:40]!r}"


def _publishers(source: Source) -> Iterator[str]:
    """The sites that a publisher was seen on are the same in both languages."""
    sites = set(re.findall(r"[A-Za-z0-9-]+\.[a-z.]+[a-z]", source.publisher["zh"]))
    if missing := sorted(
        site for site in sites if site.casefold() not in (source.publisher["en"] + source.url).casefold()
    ):
        yield f"publisher_zh: names {', '.join(missing)}, which publisher does not"


def _entities(dataset: Dataset, fact: Fact, ids: list[str], names: Names) -> Iterator[str]:
    """A fact names all its entities, and has all that it names; the voice that tells it is free."""
    said = names.said(fact.statement)
    listed = {dataset.entities[i].name["en"]: i for i in ids if i in dataset.entities}
    for name, entity_id in listed.items():
        if name not in said and not any(name in longer for longer in said):
            yield f"statement: does not name {entity_id} ({name}), which the fact is about; see entity_id and fact_entities"
    speaker = dataset.speakers.get(fact.speaker_id)
    voice = dataset.entities.get(speaker.entity_id) if speaker else None
    if more := said - set(listed) - ({voice.name["en"]} if voice else set()):
        yield f"statement: names {names.told(more)}, which neither entity_id nor fact_entities has"


def _about(dataset: Dataset, evidence: Evidence, names: Names) -> Iterator[str]:
    """Evidence tells whom it is about, in its statement or by the start of its id."""
    entity = dataset.entities.get(evidence.entity_id)
    by_id = evidence.evidence_id.startswith(evidence.entity_id.split("-")[0] + "-")
    if entity and not by_id and entity.name["en"] not in names.said(evidence.statement):
        yield f"entity_id: neither the statement nor the id names {evidence.entity_id} ({entity.name['en']})"


def _voice(dataset: Dataset, fact: Fact) -> Iterator[str]:
    """A voice other than the paper's is told in the statement, by the noun of its name."""
    speaker = dataset.speakers.get(fact.speaker_id)
    if speaker and speaker.kind not in PLAIN_VOICES:
        for code, text in fact.statement.items():
            if noun(speaker, code).casefold() not in text.casefold():
                yield f"speaker_id: {fact.speaker_id}, but the statement ({code}) does not say {noun(speaker, code)!r}"
    for other in dataset.speakers.values():
        if other.kind != "anonymous" or (speaker and noun(speaker, "en") == noun(other, "en")):
            continue
        if re.match(rf"an? ([a-z]+ )*{noun(other, 'en')} .*?\b(says|finds)\b", fact.statement["en"], re.IGNORECASE):
            yield f"speaker_id: {fact.speaker_id}, but the statement has {other.speaker_id} say it"
            return


def noun(speaker: Speaker, code: str) -> str:
    """What a voice is called in a sentence: an unnamed shop owner (the first) → owner, 一位匿名店主 → 店主."""
    name = re.sub(r"\s*[（(].*?[）)]", "", speaker.name[code])
    return name[-2:] if _HAN.search(name) else name.split()[-1]


def _of_row(row: Fact | Evidence) -> Iterator[str]:
    yield from _value(row)
    yield from _hedge(row)
    yield from _time(row)


def _value(row: Fact | Evidence) -> Iterator[str]:
    """The value stands in the statement, in digits or in words; one thing that is counted need not be called one."""
    found = {
        "en": set(rows.numbers_en(row.statement["en"]))
        | {COUNTED[word] for word in re.findall("[a-z]+", row.statement["en"].lower()) if word in COUNTED},
        "zh": set(rows.numbers_zh(row.statement["zh"])) | rows.han_numbers(row.statement["zh"]),
    }
    for column, number in (("value", row.value), ("value_high", row.value_high)):
        if number is not None and not (row.unit == "count" and number == 1):
            for code, numbers in found.items():
                if number not in numbers:
                    yield f"{column}: {number} does not stand in statement_{code}"


def _hedge(row: Fact | Evidence) -> Iterator[str]:
    # Evidence without a value may hedge something else, such as the time; a fact says its hedge.
    free = row.value is None and row.qualifier in lexicon.LIMITS and isinstance(row, Evidence)
    forms = lexicon.HEDGES.get(row.qualifier) if not free else None
    for code in ("en", "zh"):
        text = row.statement[code]
        if forms and not re.search(forms[code] if code == "zh" else rf"\b({forms[code]})\b", text, re.IGNORECASE):
            yield f"qualifier: {row.qualifier}, but statement_{code} has no such hedge"
        if row.qualifier == "exact" and row.value is not None:
            read = rows.numbers_en if code == "en" else rows.numbers_zh
            for match in _NUMBER[code].finditer(text):
                if row.value in read(match[0]) and (hedge := BEFORE[code].search(text[: match.start()])):
                    yield f"qualifier: exact, but statement_{code} says {hedge[0].strip()!r} of {match[0].strip()}"


def _printed(fact: Fact) -> Iterator[str]:
    """The hedge of a printed form is the row's."""
    found = {kind for kind in lexicon.LIMITS if re.search(lexicon.HEDGES[kind]["zh"], fact.printed)}
    if found and fact.qualifier not in found:
        yield f"printed: {fact.printed!r} says {' or '.join(sorted(found))}, qualifier says {fact.qualifier}"


def _time(row: Fact | Evidence) -> Iterator[str]:
    """Where a statement says a time, its period starts or ends with one; a time that is stated is there."""
    if row.period is None:
        return
    said = list(times(row.statement["en"]))
    ends = {row.period.first, row.period.last}
    if said and not any({first, last} & ends for first, last in said):
        yield f"period: {row.period.text} neither starts nor ends with a time that statement_en says"
    if row.period.approximate and any(
        (first, last) == (row.period.first, row.period.last) and not _LOOSE.search(row.statement["en"][:start])
        for start, first, last in _times(row.statement["en"])
    ):
        yield f"period: {row.period.text} is approximate, but statement_en gives the time without a hedge"
    if isinstance(row, Fact) and row.period_basis == "stated":
        wanted = {int(part) for part in re.findall("[0-9]+", row.period.text)} - {row.period.first.year}
        wanted |= {row.period.first.year} if said or not wanted else set()
        if not wanted <= {int(number) for number in rows.numbers_en(row.statement["en"])}:
            yield f"period_basis: stated, but statement_en does not say {row.period.text}"


def times(text: str) -> Iterator[tuple[datetime.date, datetime.date]]:
    """Every time with a year that an English text says, as its first and last day."""
    yield from ((first, last) for _, first, last in _times(text))


def _times(text: str) -> Iterator[tuple[int, datetime.date, datetime.date]]:
    """The same, with where each starts."""
    for match in _TIME.finditer(text):
        year = int(match["year"])
        months = (
            _PARTS[match["part"]]
            if match["part"]
            else (MONTHS.index(match["month"]) + 1,) * 2
            if match["month"]
            else (1, 12)
        )
        days = [int(day) for day in re.findall("[0-9]+", match["days"] or "")] if match["month"] else []
        if not days:
            days = [1, calendar.monthrange(year, months[1])[1]]
        if max(days) <= calendar.monthrange(year, months[1])[1] and min(days) > 0:
            yield match.start(), datetime.date(year, months[0], days[0]), datetime.date(year, months[1], days[-1])
