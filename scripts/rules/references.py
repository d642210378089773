"""Rows must fit the rows they lean on: order, ids, kinds, sources, verdicts. In: `Dataset`; out: problems with their lines."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ..data.dataset import Dataset
from ..data.package import VERSION, numbers
from ..data.records import Check, Entity, Evidence, Fact, Source
from ..problem import Problem

RELIABILITY = {
    "filing": {"primary"},
    "press_release": {"primary", "repost"},
    "news_report": {"established", "repost"},
    "aggregator": {"aggregator", "repost"},
    "encyclopedia": {"aggregator", "repost"},
    "data_service": {"aggregator", "primary"},
}
"""How far a kind of source can be relied on, as the schema of sources defines the words."""

PARENTS = {
    "company": {"company"},
    "platform": {"company", "platform"},
    "brand": {"company"},
    "live_room": {"company", "platform"},
    "product": {"brand"},
    "person": {"company", "institution"},
    "institution": {"institution"},
}
"""What an entity of a kind can belong to."""

BASIS = {"derived": ("Computed", "Counted"), "inferred": ("Inferred",)}
"""How the English basis of evidence starts that no source says."""

DISTINCT = {
    "entities": ("name_en", "name_zh", "note_en", "note_zh"),
    "speakers": ("name_en", "name_zh", "note_en", "note_zh"),
    "metrics": ("name_en", "name_zh", "definition_en", "definition_zh"),
    "caveats": ("sentence_en", "sentence_zh"),
    "events": ("title_en", "title_zh"),
    "glossary": ("term_en", "term_zh", "definition_en", "definition_zh"),
}
"""Columns in which no two rows hold the same text, live rooms apart; two voices or sources may say the same."""

ACCUSATION = "accusation"
"""The caveat of facts in which something is said against somebody; each has a row in replies."""

WRITING = 7  # days that a report is written in, at most

NOT_FOUND = {"en": re.compile("found|No source"), "zh": re.compile("未找到|没有来源|未见")}
_COUNT = re.compile("[1-9][0-9]?")
_YEAR = re.compile(r"-((?:19|20)[0-9]{2})(?=-|$)")


def check(dataset: Dataset) -> Iterator[Problem]:
    """Yield every row that does not fit the rows it leans on."""
    named = entities_of(dataset)
    rows: dict[str, Iterator[tuple[int, str]]] = {
        "facts": _facts(dataset, named),
        "entities": _entities(dataset, named),
        "speakers": _speakers(dataset),
        "sources": _sources(dataset),
        "corrections": _corrections(dataset),
        "evidence": itertools.chain(_evidence(dataset), _hearsay(dataset, named)),
        "checks": _checks(dataset, named),
        "replies": _replies(dataset, named),
        "events": _events(dataset, named),
    }
    yield from _twice(dataset)
    for name, faults in rows.items():
        for line, fault in faults:
            yield Problem(dataset.package.tables[name].path, line, fault)


def _twice(dataset: Dataset) -> Iterator[Problem]:
    """No two rows say or are called the same."""
    for name, columns in DISTINCT.items():
        if name not in dataset.package.tables:
            continue
        table = dataset.package.tables[name]
        seen: dict[tuple[str, ...], int] = {}
        for line, row in enumerate(table.frame.to_dict("records"), start=2):
            apart = str(row["entity_id"] if row.get("kind") == "live_room" else "")
            for column in columns:
                text = (column, str(row[column]), apart)
                if row[column] and seen.setdefault(text, line) != line:
                    yield Problem(table.path, line, f"{column}: the same as in line {seen[text]}")


def entities_of(dataset: Dataset) -> dict[str, list[str]]:
    """The ids of the entities of each fact, the main one first."""
    ids = {fact.fact_id: [fact.entity_id] if fact.entity_id else [] for fact in dataset.facts.values()}
    for link in dataset.fact_entities:
        ids.setdefault(link.fact_id, []).append(link.entity_id)
    return ids


def _facts(dataset: Dataset, named: Mapping[str, list[str]]) -> Iterator[tuple[int, str]]:
    last, accusing = -1, _accusing(dataset)
    for fact in dataset.facts.values():
        yield from ((fact.line, fault) for fault in _of_fact(dataset, fact))
        if fact.fact_id in accusing and not dataset.replies_of(fact.fact_id):
            yield fact.line, f"{fact.fact_id}: caveat {ACCUSATION}, but no row of replies has the other side"
        parts = fact.fact_id.split("-")
        starts = ["-".join(parts[:i]) for i in range(len(parts), 0, -1)]
        start = next((start for start in starts if start in dataset.entities), "")
        if start and start not in named[fact.fact_id]:
            yield fact.line, f"entity_id: the id starts with {start}, which neither entity_id nor fact_entities has"
        paragraph = _paragraph(fact.locator)
        if paragraph is not None and paragraph < last:
            yield fact.line, f"locator: {fact.locator} after P{last}; facts stand in the order of the article"
        last = last if paragraph is None else max(last, paragraph)


def _of_fact(dataset: Dataset, fact: Fact) -> Iterator[str]:
    article = dataset.article
    if fact.source_id in dataset.sources and fact.source_id != article.source_id:
        yield f"source_id: {fact.source_id!r} is not {article.source_id!r}, the first source, which facts are taken from"
    if fact.value is None and fact.kind == "quantity" and not fact.unit:
        yield "kind: quantity, but there is no value"
    if fact.value is None and fact.metric_id and not fact.unit:
        yield f"metric_id: {fact.metric_id}, but there is no value"
    if fact.value is None and fact.qualifier in ("under", "over", "at_most"):
        yield f"qualifier: {fact.qualifier} goes with a value"
    speaker = dataset.speakers.get(fact.speaker_id)
    if speaker and speaker.kind == "expert" and fact.kind != "opinion":
        yield f"kind: {fact.kind}, but an expert says it; opinion is due"
    if fact.value is not None and fact.kind not in ("quantity", "event"):
        yield f"kind: {fact.kind} goes without a value; quantity is due"
    if fact.value is not None and fact.unit != "count" and not fact.printed:
        yield "printed: empty, but only a count of what the article lists goes without"
    if fact.value is not None and fact.qualifier == "asserted":
        yield "qualifier: asserted goes without a value"
    if fact.kind in ("opinion", "claim", "plan") and fact.qualifier == "exact":
        yield f"qualifier: {fact.kind} is asserted, or hedged, and never exact"
    if fact.period and article.published and article.published.last:
        if fact.period.first > article.published.last and fact.kind != "plan":
            yield f"period: {fact.period.text} begins after {article.published.text}, when the article was published"
        if fact.period_basis == "as_of_writing" and not fact.period.covers(article.published):
            yield f"period_basis: as_of_writing, but {fact.period.text} does not hold {article.published.text}"
        elif fact.period_basis == "as_of_writing" and (article.published.first - fact.period.first).days > WRITING:
            yield f"period_basis: as_of_writing, but {fact.period.text} begins long before {article.published.text}"
    yield from _of_id(dataset, fact, fact.fact_id)


def _of_id(dataset: Dataset, row: Fact | Evidence, row_id: str) -> Iterator[str]:
    """An id that starts with an entity and a metric, or that has a year, has those of its row."""
    start = row_id.removeprefix(row.entity_id + "-") if row.entity_id else row_id
    named = [m for m in dataset.metrics if start != row_id and (start + "-").startswith(m + "-")]
    if row.metric_id and named and row.metric_id != max(named, key=len):
        yield f"metric_id: {row.metric_id}, but the id says {max(named, key=len)}"
    years = _YEAR.findall(row_id)
    source = dataset.sources.get(row.source_id)
    known = row.period.text if row.period else ""
    known += row.statement["en"] + (source.published.text if source and source.published else "")
    if row.period and years and not any(year in known for year in years):
        yield f"period: {row.period.text}, but the id says {years[0]}"


def _paragraph(locator: str) -> int | None:
    return int(locator[1:]) if re.fullmatch("P[0-9]{1,2}", locator) else None


def _entities(dataset: Dataset, named: Mapping[str, list[str]]) -> Iterator[tuple[int, str]]:
    first: dict[str, int] = {}
    for fact in dataset.facts.values():
        voice, paragraph = dataset.speakers.get(fact.speaker_id), _paragraph(fact.locator)
        for entity_id in (*named[fact.fact_id], voice.entity_id if voice else ""):
            if paragraph is not None:
                first[entity_id] = min(paragraph, first.get(entity_id, paragraph))
    for entity in dataset.entities.values():
        if entity.entity_id in first and _paragraph(entity.locator) != first[entity.entity_id]:
            due = f"P{first[entity.entity_id]}"
            yield entity.line, f"locator: {entity.locator}; {due} is due, where the first fact that names it stands"
        elif entity.entity_id not in first and _paragraph(entity.locator) is not None:
            yield entity.line, f"locator: {entity.locator}; — is due, for no fact of the article names it"
        yield from ((entity.line, fault) for fault in _of_entity(dataset, entity))


def _of_entity(dataset: Dataset, entity: Entity) -> Iterator[str]:
    parent, exchange = dataset.entities.get(entity.parent_id), dataset.entities.get(entity.exchange_id)
    if parent and parent.kind not in PARENTS.get(entity.kind, ()):
        yield f"parent_id: a {entity.kind} does not belong to a {parent.kind}, {parent.entity_id}"
    if exchange and exchange.kind != "institution":
        yield f"exchange_id: {exchange.entity_id} is a {exchange.kind} and no institution"
    listing = dataset.sources.get(entity.listing_source_id)
    if listing and listing.kind != "filing":
        yield f"listing_source_id: {listing.source_id} is a {listing.kind}; a filing is due"
    if entity.ticker and entity.kind != "company":
        yield f"ticker: a {entity.kind} is not listed"
    if parent and not all(parent.name[code].casefold() in text.casefold() for code, text in entity.note.items()):
        yield f"parent_id: the note does not name {parent.entity_id} ({parent.name['en']})"
    if bool(entity.exchange_id) != bool(entity.ticker):
        yield "ticker: goes with exchange_id"


def _speakers(dataset: Dataset) -> Iterator[tuple[int, str]]:
    papers = {speaker.entity_id for speaker in dataset.speakers.values() if speaker.kind == "paper"}
    for speaker in dataset.speakers.values():
        entity = dataset.entities.get(speaker.entity_id)
        if speaker.kind == "observation" and speaker.entity_id not in papers:
            yield speaker.line, f"kind: {speaker.kind} of {speaker.entity_id or 'nobody'}, which is not the paper"
        if speaker.kind == "anonymous" and entity:
            yield speaker.line, f"entity_id: {speaker.entity_id} has a name and is not anonymous"
        if speaker.kind == "expert" and (not entity or entity.kind != "person"):
            yield speaker.line, "entity_id: an expert is a person"


def _sources(dataset: Dataset) -> Iterator[tuple[int, str]]:
    urls = Counter(source.url for source in dataset.sources.values() if source.url)
    for source in dataset.sources.values():
        if urls[source.url] > 1:
            yield source.line, f"url: {source.url} stands in {urls[source.url]} rows; a document is one source"
        if source.accessed and source.accessed.first.isoformat() > str(dataset.package.descriptor["created"]):
            yield source.line, f"accessed: {source.accessed.text} is after the package was created"
        yield from ((source.line, fault) for fault in _of_source(source))


def _of_source(source: Source) -> Iterator[str]:
    if source.reliability not in RELIABILITY.get(source.kind, {source.reliability}):
        yield f"reliability: a {source.kind} is {' or '.join(sorted(RELIABILITY[source.kind]))}, not {source.reliability}"
    if source.published and source.accessed and source.accessed.last and source.published.first > source.accessed.last:
        yield f"accessed: {source.accessed.text} is before {source.published.text}, when it was published"
    if source.language == "zh" and source.title == source.title_en:
        yield "language: zh, but title and title_en are the same"
    if source.language == "en" and source.title != source.title_en:
        yield "language: en, but title and title_en differ"


def _corrections(dataset: Dataset) -> Iterator[tuple[int, str]]:
    version = str(dataset.package.descriptor["version"])
    for one in dataset.corrections.values():
        if not one.correction_id.startswith(f"{one.fact_id}-"):
            yield one.line, f"correction_id: {one.correction_id!r} does not start with {one.fact_id}, the fact"
        if one.old == one.new:
            yield one.line, f"new: {one.new!r} is what was there before"
        if not VERSION.fullmatch(one.fixed_in):
            yield one.line, f"fixed_in: {one.fixed_in!r} is not a version"
        elif VERSION.fullmatch(version) and numbers(one.fixed_in) > numbers(version):
            yield one.line, f"fixed_in: {one.fixed_in} is not there yet; the package is {version}"


def _evidence(dataset: Dataset) -> Iterator[tuple[int, str]]:
    for row in dataset.evidence.values():
        said = next((how for how, words in BASIS.items() if row.basis["en"].startswith(words)), "reported")
        if said != row.derivation:
            yield row.line, f"derivation: {row.derivation}, but basis_en starts like what is {said}"
        if row.value is None and row.metric_id and not row.unit:
            yield row.line, f"metric_id: {row.metric_id}, but there is no value"
        yield from ((row.line, fault) for fault in _of_id(dataset, row, row.evidence_id))


def _hearsay(dataset: Dataset, named: Mapping[str, list[str]]) -> Iterator[tuple[int, str]]:
    """Nothing is said of a person that rests on a single repost."""
    told = {entity_id for ids in named.values() for entity_id in ids}  # by the report itself
    sources: dict[str, list[Source]] = {}
    for row in dataset.evidence.values():
        entity, source = dataset.entities.get(row.entity_id), dataset.sources.get(row.source_id)
        if entity and source and entity.kind == "person" and row.entity_id not in told:
            sources.setdefault(row.entity_id, []).append(source)
    for row in dataset.evidence.values():
        found = sources.get(row.entity_id, [])
        if found and all(source.reliability == "repost" for source in found) and len({s.voice for s in found}) < 2:
            yield (
                row.line,
                f"entity_id: {row.entity_id} is a person of whom one repost alone speaks; find another, or remove it",
            )


def _checks(dataset: Dataset, named: Mapping[str, list[str]]) -> Iterator[tuple[int, str]]:
    numbers: dict[str, list[int]] = {}
    for one in dataset.checks.values():
        match = _COUNT.fullmatch(one.check_id.removeprefix(f"{one.fact_id}-check-"))
        if not match:
            yield one.line, f"check_id: {one.check_id!r} is not {one.fact_id}-check- with a number"
        numbers.setdefault(one.fact_id, []).append(int(match[0]) if match else 0)
        yield from ((one.line, fault) for fault in _of_check(dataset, one, named))
    for one in dataset.checks.values():
        some = numbers.pop(one.fact_id, [])
        if some and 0 not in some and sorted(some) != list(range(1, len(some) + 1)):
            yield (
                one.line,
                f"check_id: the checks of {one.fact_id} are not numbered from 1 without a gap; is a row missing?",
            )


def _of_check(dataset: Dataset, one: Check, named: Mapping[str, list[str]]) -> Iterator[str]:
    fact, evidence = dataset.facts.get(one.fact_id), dataset.evidence.get(one.evidence_id)
    lacking = all(said.search(one.note[code]) for code, said in NOT_FOUND.items())
    if one.verdict == "not_found" and not lacking:
        yield "verdict: not_found, but the note does not say that nothing was found"
    if one.verdict == "not_checkable" and lacking:
        yield "verdict: not_checkable, but the note says that nothing was found"
    if fact and fact.kind == "opinion" and one.verdict != "not_checkable":
        yield f"verdict: {one.verdict} of an opinion; not_checkable is due"
    if not evidence or not fact:
        return
    source, about = dataset.sources.get(evidence.source_id), dataset.entities.get(evidence.entity_id)
    if one.verdict == "lead_only" and source and source.reliability != "repost":
        yield f"verdict: lead_only, but {evidence.source_id} is better than a repost"
    if one.verdict not in ("consistent", "lead_only") and evidence.derivation == "inferred":
        yield f"verdict: {one.verdict} rests on {one.evidence_id}, which is inferred; consistent is due"
    ids = [i for i in named[fact.fact_id] if i in dataset.entities]
    texts = (evidence.statement["en"], one.note["en"], about.note["en"] if about else "")
    met = any(dataset.entities[i].name["en"] in text for i in ids for text in texts)
    if ids and about and about.entity_id not in ids and not met:
        yield f"evidence_id: {one.evidence_id} is about {about.entity_id} and names none of {', '.join(ids)}"


def _replies(dataset: Dataset, named: Mapping[str, list[str]]) -> Iterator[tuple[int, str]]:
    """Who is accused is named by the fact, the fact has the warning, and where a reply is cited it is theirs."""
    warned = _accusing(dataset)
    for one in dataset.replies.values():
        if not one.reply_id.startswith(f"{one.fact_id}-reply"):
            yield one.line, f"reply_id: {one.reply_id!r} does not start with {one.fact_id}-reply"
        if one.fact_id in dataset.facts and one.fact_id not in warned:
            yield one.line, f"fact_id: {one.fact_id} has no caveat {ACCUSATION}; add it in fact_caveats"
        if one.fact_id in dataset.facts and one.entity_id not in _about(dataset, named[one.fact_id]):
            yield one.line, f"entity_id: {one.fact_id} does not name {one.entity_id}"
        lacking = all(said.search(one.note[code]) for code, said in NOT_FOUND.items())
        if not one.evidence_id and not lacking:
            yield one.line, "evidence_id: empty, but the note does not say that nothing was found"
        evidence = dataset.evidence.get(one.evidence_id)
        if evidence and evidence.entity_id != one.entity_id:
            yield one.line, f"evidence_id: {one.evidence_id} is about {evidence.entity_id}, not {one.entity_id}"


def _accusing(dataset: Dataset) -> set[str]:
    return {link.fact_id for link in dataset.fact_caveats if link.caveat_id == ACCUSATION}


def _about(dataset: Dataset, ids: Iterable[str]) -> set[str]:
    """Entities with those that they belong to: a live room's accusation is its platform's too."""
    found = set(ids)
    return found | {dataset.entities[i].parent_id for i in found if i in dataset.entities}


def _events(dataset: Dataset, named: Mapping[str, list[str]]) -> Iterator[tuple[int, str]]:
    for event in dataset.events.values():
        fact, evidence = dataset.facts.get(event.fact_id), dataset.evidence.get(event.evidence_id)
        ids = named[fact.fact_id] if fact else [evidence.entity_id] if evidence else [event.entity_id]
        if event.entity_id not in ids:
            yield event.line, f"entity_id: {event.entity_id} is not named by {event.fact_id or event.evidence_id}"
