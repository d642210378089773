"""Rules for rows and the rows they refer to: order, ids, kinds, sources. In: `Dataset`; out: problems with their lines."""

import re

from ..data.outside import Check, Evidence, Reply
from ..data.records import Entity, Event, Fact, Source, Speaker
from ..words import spoken
from . import protocol
from .protocol import Faults
from .view import ACCUSATION, View, paragraph

WRITING = 7  # days that it takes to write a report, at most
_COUNT = re.compile("[1-9][0-9]?")


@protocol.of("facts")
def of_report(view: View, fact: Fact) -> Faults:
    """A fact must follow the order of its report; only a plan may begin after its publication."""
    report = view.data.report_of(fact)
    here, last = paragraph(fact.locator), view.reached.get(fact.fact_id, -1)
    if here is not None and here < last:
        yield "locator", f"{fact.locator} after P{last}; facts are in the order of their report"
    if not fact.period or not report.published or not report.published.last:
        return
    if fact.period.first > report.published.last and fact.kind != "plan":
        yield (
            "period",
            f"{fact.period.text} begins after {report.published.text}, when the report was published; a future event is a plan",
        )
    if fact.period_basis == "as_of_writing" and not fact.period.covers(report.published):
        yield "period_basis", f"as_of_writing, but {fact.period.text} does not contain {report.published.text}"
    elif fact.period_basis == "as_of_writing" and (report.published.first - fact.period.first).days > WRITING:
        yield "period_basis", f"as_of_writing, but {fact.period.text} begins long before {report.published.text}"


@protocol.of("facts")
def answered(view: View, fact: Fact) -> Faults:
    """A fact that accuses somebody must have a reply."""
    if fact.fact_id in view.accusing and not view.data.replies_of(fact.fact_id):
        yield fact.fact_id, f"caveat {ACCUSATION}, but replies has no row for this fact"


@protocol.of("facts")
def named_by_id(view: View, fact: Fact) -> Faults:
    """A fact whose id starts with an entity must be about it."""
    parts = fact.fact_id.split("-")
    starts = ("-".join(parts[:i]) for i in range(len(parts), 0, -1))
    start = next((start for start in starts if start in view.data.entities), "")
    if start and start not in view.ids(fact.fact_id):
        yield "entity_id", f"the id starts with {start}, which neither entity_id nor fact_entities has"


@protocol.of("facts", "evidence")
def measured_by_id(view: View, row: Fact | Evidence) -> Faults:
    """A row whose id starts with an entity and a metric must have this metric."""
    row_id = row.fact_id if isinstance(row, Fact) else row.evidence_id
    start = row_id.removeprefix(row.entity_id + "-") if row.entity_id else row_id
    if row.metric_id and start != row_id:
        named = [metric for metric in view.data.metrics if f"{start}-".startswith(f"{metric}-")]
        if named and row.metric_id != max(named, key=len):
            yield "metric_id", f"{row.metric_id}, but the id says {max(named, key=len)}"


@protocol.of("entities")
def first_named(view: View, entity: Entity) -> Faults:
    """An entity's locator must be that of the first fact that names it, and its note must name its parent."""
    first, here = view.first_named.get(entity.entity_id), paragraph(entity.locator)
    if first is not None and here != first:
        yield "locator", f"{entity.locator}; expected P{first}, where the first fact names it"
    elif first is None and here is not None:
        yield "locator", f"{entity.locator}; expected —, since no fact of the article names it"
    parent = view.data.entities.get(entity.parent_id)
    if parent and not all(parent.name[code].casefold() in text.casefold() for code, text in entity.note.items()):
        yield "parent_id", f"the note does not name {parent.entity_id} ({parent.name[view.first]})"


@protocol.of("speakers")
def observed(view: View, speaker: Speaker) -> Faults:
    """Only the paper may be a speaker of kind `observation`."""
    if speaker.kind == "observation" and speaker.entity_id not in view.papers:
        yield "kind", f"{speaker.kind} of {speaker.entity_id or 'nobody'}, which is not the paper"


@protocol.of("sources")
def document(view: View, source: Source) -> Faults:
    """A document must be a single source, accessed after publication; only a title in its language may equal `title`."""
    count = view.addresses[source.url]
    if source.url and count > 1:
        yield "url", f"{source.url} is in {count} rows; a document is one source"
    if source.accessed and source.accessed.first.isoformat() > str(view.data.package.descriptor["created"]):
        yield "accessed", f"{source.accessed.text} is after the package was created"
    if source.published and source.accessed and source.accessed.last and source.published.first > source.accessed.last:
        yield "accessed", f"{source.accessed.text} is before {source.published.text}, when it was published"
    for code, title in source.titles.items():
        if (source.language == code) != (source.title == title):
            differ = "differ" if source.language == code else "are the same"
            yield "language", f"{source.language}, but title and title_{code} {differ}"


@protocol.of("evidence")
def hearsay(view: View, row: Evidence) -> Faults:
    """Evidence on a person whom no fact names must not rest on a single repost."""
    found = view.of_persons.get(row.entity_id, [])
    if found and all(s.reliability == "repost" for s in found) and len({s.voice for s in found}) < 2:
        yield "entity_id", f"{row.entity_id} is a person in a single repost; find another source, or remove it"


@protocol.of("evidence")
def derivation(view: View, row: Evidence) -> Faults:
    """The basis of computed or inferred evidence must say so in each language, and that of other evidence must not."""
    for code in view.codes:
        words = spoken.words(code)["derivations"]
        if row.derivation in words and not spoken.says(row.basis[code], code, "derivations", row.derivation):
            remedy = spoken.remedy(code, "derivations", row.derivation)
            yield "derivation", f"{row.derivation}, but basis_{code} does not say so; {remedy}"
        elif row.derivation not in words:
            for how in words:
                if (match := spoken.says(row.basis[code], code, "derivations", how)) and not match.start():
                    yield "derivation", f"{row.derivation}, but basis_{code} starts with {match[0]!r}, as if {how}"


@protocol.of("checks")
def numbered(view: View, one: Check) -> Faults:
    """The checks of a fact must be numbered from 1."""
    some = view.data.checks_of(one.fact_id)
    if not _COUNT.fullmatch(one.check_id.removeprefix(f"{one.fact_id}-check-")):
        yield "check_id", f"{one.check_id!r} is not {one.fact_id}-check- and a number"
    elif one is some[-1] and {other.check_id for other in some} != {
        f"{one.fact_id}-check-{number}" for number in range(1, len(some) + 1)
    }:
        yield "check_id", f"the checks of {one.fact_id} are not numbered from 1 without a gap; is a row missing?"


@protocol.of("checks")
def searched(view: View, one: Check) -> Faults:
    """The note of `not_found` must say that nothing was found; that of `not_checkable` must not."""
    if one.verdict == "not_found":
        for code in view.codes:
            if not spoken.says(one.note[code], code, "nothing"):
                yield "verdict", f"not_found, but note_{code} does not say so; {spoken.remedy(code, 'nothing')}"
    elif one.verdict == "not_checkable" and all(spoken.says(one.note[c], c, "not_found") for c in view.codes):
        yield "verdict", "not_checkable, but the note says that nothing was found"


@protocol.of("checks")
def about(view: View, one: Check) -> Faults:
    """Evidence of a check must be about an entity of the fact, or name one."""
    evidence = view.data.evidence.get(one.evidence_id)
    subject = view.data.entities.get(evidence.entity_id) if evidence else None
    ids = [i for i in view.ids(one.fact_id) if i in view.data.entities]
    if evidence and subject and ids and subject.entity_id not in ids:
        texts = (evidence.statement, one.note, subject.note)
        if not any(view.data.entities[i].name[view.first] in text[view.first] for i in ids for text in texts):
            yield "evidence_id", f"{one.evidence_id} is about {subject.entity_id} and names none of {', '.join(ids)}"


@protocol.of("replies")
def reply(view: View, one: Reply) -> Faults:
    """A reply must be to an accusing fact that names the accused, and its evidence must be theirs."""
    if not one.reply_id.startswith(f"{one.fact_id}-reply"):
        yield "reply_id", f"{one.reply_id!r} does not start with {one.fact_id}-reply"
    if one.fact_id in view.data.facts:
        if one.fact_id not in view.accusing:
            yield "fact_id", f"{one.fact_id} has no caveat {ACCUSATION}; add it in fact_caveats"
        ids = set(view.ids(one.fact_id))  # a live room's accusation is its platform's too
        if one.entity_id not in ids | {view.data.entities[i].parent_id for i in ids if i in view.data.entities}:
            yield "entity_id", f"{one.fact_id} does not name {one.entity_id}"
    for code in view.codes if not one.evidence_id else ():
        if not spoken.says(one.note[code], code, "nothing"):
            yield "evidence_id", f"empty, but note_{code} does not say so; {spoken.remedy(code, 'nothing')}"
    evidence = view.data.evidence.get(one.evidence_id)
    if evidence and evidence.entity_id != one.entity_id:
        yield "evidence_id", f"{one.evidence_id} is about {evidence.entity_id}, not {one.entity_id}"


@protocol.of("events")
def grounded(view: View, event: Event) -> Faults:
    """An event must have an entity of the fact or evidence that it rests on, and be within its period."""
    fact, evidence = view.data.facts.get(event.fact_id), view.data.evidence.get(event.evidence_id)
    ids = view.ids(event.fact_id) if fact else [evidence.entity_id] if evidence else [event.entity_id]
    if event.entity_id not in ids:
        yield "entity_id", f"{event.entity_id} is not named by {event.fact_id or event.evidence_id}"
    ground = fact or evidence
    if not ground or not ground.period or not event.date:
        return
    said = f"fact {event.fact_id}" if event.fact_id else f"evidence {event.evidence_id}"
    if not ground.period.covers(event.date):
        yield "date", f"{event.date.text} is not within {ground.period.text}, the period of {said}"
    elif event.date.approximate > ground.period.approximate:
        yield "date", f"{event.date.text} is approximate, and {ground.period.text}, which it rests on, is not"
