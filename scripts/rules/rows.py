"""What Table Schema cannot say: rules between cells, rows and tables. In: `Dataset`; out: problems with their lines."""

import re
import urllib.parse
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from ..data import periods
from ..data.dataset import KINDS, Dataset
from ..data.records import Evidence, Fact, Source
from ..problem import Problem, did_you_mean

MAGNITUDE = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "": 1,
             "trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3}  # fmt: skip
HAN_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九十")} | {"两": 2}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
_ZH_NUMBER = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s?(万亿|亿|万|)")
_EN_NUMBER = re.compile(
    r"([0-9][0-9,]*(?:\.[0-9]+)?)(?:\s(trillion|billion|million|thousand)\b)?|\b(" + "|".join(MONTHS) + r")\b"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_HAN_NUMBER = re.compile("([一二两三四五六七八九])?(十)([一二三四五六七八九])?|[零一二两三四五六七八九]")


OPTIONAL = {"evidence", "checks", "replies"}  # tables that a package may go without


def check(dataset: Dataset) -> Iterator[Problem]:
    """Yield every broken rule of a dataset."""
    missing = sorted(set(KINDS) - OPTIONAL - set(dataset.package.tables))
    yield from (Problem(dataset.package.path, 1, f"no resource {name}") for name in missing)
    yield from _facts(dataset)
    yield from _order(dataset)
    yield from _periods(dataset)
    yield from _references(dataset)
    yield from _unused(dataset)
    yield from _twins(dataset)


def _at(dataset: Dataset, table: str, line: int, text: str) -> Problem:
    return Problem(dataset.package.tables[table].path, line, text)


def _facts(dataset: Dataset) -> Iterator[Problem]:
    for fact in dataset.facts.values():
        unread = {column for column in ("value", "value_high", "period") if _unread(dataset, fact, column)}
        for fault in (*_of_value(dataset, fact), *_of_fact(fact)):
            if not unread & set(_ABOUT.get(fault.split(":")[0], ())):
                yield _at(dataset, "facts", fact.line, fault)
    for evidence in dataset.evidence.values():
        for fault in _of_value(dataset, evidence):
            yield _at(dataset, "evidence", evidence.line, fault)


_ABOUT = {"value": ("value", "value_high"), "printed": ("value", "value_high"), "period_basis": ("period",),
          "qualifier": ("value", "value_high")}  # fmt: skip
"""Which cells a fault compares; where one of them could not be read, that alone is said."""


def _unread(dataset: Dataset, fact: Fact, column: str) -> bool:
    cell = dataset.package.tables["facts"].frame[column].iloc[fact.line - 2]
    return bool(cell) and getattr(fact, column) is None


def _of_value(dataset: Dataset, row: Fact | Evidence) -> Iterator[str]:
    metric = dataset.metrics.get(row.metric_id)
    if row.value is not None and not (row.metric_id and row.unit):
        yield f"value: {row.value} has no metric or no unit"
    if row.value is None and (row.unit or row.value_high is not None):
        yield "value: empty, but unit or value_high is filled"
    if metric and row.unit and row.unit != metric.unit:
        yield f"unit: {row.unit!r} is not {metric.unit!r}, the unit of metric {row.metric_id}"
    if row.value is not None and row.value_high is not None and row.value > row.value_high:
        yield f"value_high: {row.value_high} is less than value {row.value}"
    if (row.qualifier == "range") != (row.value_high is not None) and row.value is not None:
        yield "qualifier: range and value_high go together"
    if row.unit == "percent" and row.value is not None and row.value > 1000:
        yield f"value: {row.value} percent; write 57.1 for 57.1%"


def _of_fact(fact: Fact) -> Iterator[str]:
    if fact.printed and fact.value is None:
        yield "printed: filled, but there is no value"
    if fact.printed and fact.value is not None:
        numbers = printed_numbers(fact.printed)
        wanted = {fact.value} | ({fact.value_high} if fact.value_high is not None else set())
        if not wanted <= numbers:
            says = _numbers(numbers) or "no number"
            yield f"printed: {fact.printed!r} says {says}, value says {_numbers(wanted)}"
    if (fact.period is None) != (fact.period_basis == "undated"):
        yield f"period_basis: {fact.period_basis!r} does not go with {'an empty' if fact.period is None else 'a'} period"


def _numbers(numbers: Iterable[Decimal]) -> str:
    return ", ".join(f"{number.normalize():f}" for number in sorted(numbers))


def printed_numbers(printed: str) -> set[Decimal]:
    """Every number of a printed form in base units: 15.52亿元 → 1552000000, 两年 → 2, 一两个 → 1 and 2."""
    found = {Decimal(n.replace(",", "")) * MAGNITUDE[size] for n, size in _ZH_NUMBER.findall(printed)}
    return found or han_numbers(printed)


def han_numbers(text: str) -> set[Decimal]:
    """Every number below a hundred that a text has in Han digits."""
    return {_han(match) for match in _HAN_NUMBER.finditer(text)}


def _han(match: re.Match[str]) -> Decimal:
    """A number below a hundred in Han digits: 十二 → 12, 二十 → 20, 两 → 2."""
    if not match[2]:
        return Decimal(HAN_DIGITS[match[0]])
    return Decimal(HAN_DIGITS[match[1] or "一"] * 10 + HAN_DIGITS[match[3] or "零"])


def _order(dataset: Dataset) -> Iterator[Problem]:
    for wanted, fact in enumerate(dataset.facts.values(), start=1):
        if fact.position is not None and fact.position != wanted:
            yield _at(dataset, "facts", fact.line, f"position: {fact.position} stands where {wanted} is due; a row is "
                      "missing, doubled or out of order")  # fmt: skip
            return


DATED = (
    ("facts", "period"),
    ("evidence", "period"),
    ("events", "date"),
    ("sources", "published"),
    ("sources", "accessed"),
)


def _periods(dataset: Dataset) -> Iterator[Problem]:
    for table, column in DATED:
        frame = dataset.package.tables[table].frame if table in dataset.package.tables else None
        for line, cell in enumerate(frame[column] if frame is not None else [], start=2):
            try:
                if cell:
                    periods.read(cell)
            except ValueError as error:
                yield _at(dataset, table, line, f"{column}: {error}")
    for event in dataset.events.values():
        if bool(event.fact_id) == bool(event.evidence_id):
            yield _at(
                dataset, "events", event.line, "fact_id: an event rests on a fact or on evidence, on one of the two"
            )
        ground = dataset.facts.get(event.fact_id) or dataset.evidence.get(event.evidence_id)
        if ground and ground.period and event.date and not ground.period.covers(event.date):
            said = f"fact {event.fact_id}" if event.fact_id else f"evidence {event.evidence_id}"
            fault = f"date: {event.date.text} is not within {ground.period.text}, the period of {said}"
            yield _at(dataset, "events", event.line, fault)
        elif ground and ground.period and event.date and event.date.approximate > ground.period.approximate:
            fault = f"date: {event.date.text} is approximate, and {ground.period.text}, which it rests on, is not"
            yield _at(dataset, "events", event.line, fault)


def _references(dataset: Dataset) -> Iterator[Problem]:
    for entity in dataset.entities.values():
        if bool(entity.parent_id) != bool(entity.parent_source_id):
            yield _at(
                dataset,
                "entities",
                entity.line,
                "parent_id: goes with parent_source_id, the source that says so",
            )
        if bool(entity.exchange_id or entity.ticker) != bool(entity.listing_source_id):
            yield _at(dataset, "entities", entity.line, "listing_source_id: goes with exchange_id and ticker")
    for source in dataset.sources.values():
        dated = bool(dataset.package.tables["sources"].frame["published"].iloc[source.line - 2])
        yield from (_at(dataset, "sources", source.line, fault) for fault in _of_source(source, dated))
    for correction in dataset.corrections.values():
        fact_table = dataset.package.tables["facts"].frame
        row = fact_table[fact_table["fact_id"] == correction.fact_id]
        if correction.field not in fact_table.columns:
            known = did_you_mean(correction.field, fact_table.columns)
            yield _at(dataset, "corrections", correction.line, f"field: facts has no {correction.field!r}{known}")
        elif len(row) and row.iloc[0][correction.field] != correction.new:
            yield _at(dataset, "corrections", correction.line, f"new: {correction.new!r} is not what facts says, "
                      f"{row.iloc[0][correction.field]!r}")  # fmt: skip
    yield from withdrawn(dataset, "fact", dataset.facts)


def withdrawn(dataset: Dataset, kind: str, there: Collection[str]) -> Iterator[Problem]:
    """What is withdrawn is not there any more; what takes its place is. `there` are the ids of the facts or charts."""
    for one in dataset.withdrawn(kind):
        if one.withdrawn_id in there:
            fault = f"withdrawn_id: the {kind} {one.withdrawn_id} is still there; remove it or this row"
            yield _at(dataset, "withdrawals", one.line, fault)
        if one.see and one.see not in there:
            fault = f"see: there is no {kind} {one.see!r}{did_you_mean(one.see, there)}"
            yield _at(dataset, "withdrawals", one.line, fault)


def _of_source(source: Source, dated: bool) -> Iterator[str]:
    """A reader can follow every source: by a link, or by what to search for."""
    if source.reliability != "repost" and not source.url:
        yield "url: empty, but only a repost goes without"
    if source.reliability == "repost" and not source.search:
        yield "search: empty, but a repost is not linked; say what to search for"
    if bool(_HAN.search(source.title)) != (source.language == "zh"):
        yield f"title: {source.title!r} is not in the language of the source, {source.language}"
    if _HAN.search(source.title_en):
        yield f"title_en: Chinese characters in an English text, {source.title_en!r}"
    try:
        host = urllib.parse.urlsplit(source.url).hostname or ""
    except ValueError:  # no address, which is told of its cell
        host = ""
    if source.url and not f".{host}".endswith(f".{source.seen_on}"):
        yield f"seen_on: {source.seen_on!r} is not the site of {source.url}"
    if dated == (source.date_basis == "unknown"):
        yield f"date_basis: {source.date_basis}, but published is {'filled' if dated else 'empty'}"


def _unused(dataset: Dataset) -> Iterator[Problem]:
    facts, entities = list(dataset.facts.values()), list(dataset.entities.values())
    publishers = {
        entity.entity_id
        for entity in entities
        for source in dataset.sources.values()
        if any(name in source.publisher["en"] for name in entity.name.values())
    }
    said: list[Fact | Evidence] = [*facts, *dataset.evidence.values()]
    used: dict[str, tuple[set[str], str]] = {
        "sources": (
            {row.source_id for row in said}
            | {source_id for e in entities for source_id in (e.parent_source_id, e.listing_source_id)},
            "never cited",
        ),
        "entities": (
            {row.entity_id for row in (*said, *dataset.fact_entities, *dataset.speakers.values())}
            | {entity_id for e in entities for entity_id in (e.parent_id, e.exchange_id)}
            | publishers,
            "never named by a fact, evidence, speaker, entity or source",
        ),
        "speakers": ({fact.speaker_id for fact in facts}, "never says anything"),
        "metrics": ({row.metric_id for row in said}, "never measured"),
        "caveats": ({link.caveat_id for link in dataset.fact_caveats}, "carried by no fact"),
    }
    for table, (known, fault) in used.items():
        for record_id, record in getattr(dataset, table).items():
            if record_id not in known:
                yield _at(dataset, table, record.line, f"{record_id}: {fault}; use it or remove it")


def _twins(dataset: Dataset) -> Iterator[Problem]:
    """A number in a text must stand in its twin in the other language too."""
    for table in dataset.package.tables.values():
        for column in (c[:-3] for c in table.frame.columns if c.endswith("_zh") and c[:-3] + "_en" in table.frame):
            pairs = zip(table.frame[column + "_en"], table.frame[column + "_zh"], strict=True)
            for line, (english, chinese) in enumerate(pairs, start=2):
                only_en, only_zh = (
                    numbers_en(english) - numbers_zh(chinese),
                    numbers_zh(chinese) - numbers_en(english),
                )
                if only_en or only_zh:
                    texts = [f"{name} has {_numbers(some)}"
                             for name, some in (("English", only_en), ("Chinese", only_zh)) if some]  # fmt: skip
                    yield Problem(table.path, line, f"{column}: the languages differ in numbers: {'; '.join(texts)}")


def numbers_zh(text: str) -> Counter[Decimal]:
    """Numbers written with digits in a Chinese text, in base units: 3.9万 → 39000."""
    return Counter(Decimal(n.replace(",", "").rstrip(".")) * MAGNITUDE[size] for n, size in _ZH_NUMBER.findall(text))


def numbers_en(text: str) -> Counter[Decimal]:
    """Numbers written with digits in an English text, in base units, month names as 1 to 12."""
    return Counter(
        Decimal(MONTHS.index(month) + 1) if month else Decimal(n.replace(",", "").rstrip(".")) * MAGNITUDE[size]
        for n, size, month in _EN_NUMBER.findall(text)
    )
