"""Rules for single rows and complete tables. In: `Dataset`; out: problems with their lines."""

import itertools
import typing
import urllib.parse
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from .. import places
from ..data import codes, periods
from ..data.dataset import KINDS, Dataset
from ..data.outside import Evidence
from ..data.package import VERSION, numbers
from ..data.records import Correction, Fact, Source, Withdrawal
from ..problem import Problem, did_you_mean
from ..words import lexicon, numerals, spoken
from . import protocol
from .protocol import Faults
from .view import View

OPTIONAL = {"evidence", "checks", "replies", "figures", "figure_inputs"}  # tables that a package may lack
DATED = [(table, name) for table, kind in KINDS.items()
         for name, hint in typing.get_type_hints(kind).items() if hint == periods.Period | None]  # fmt: skip
DISTINCT = {"entities", "figures", "speakers", "metrics", "caveats", "events", "glossary"}
"""Tables whose texts must be distinct, except notes on entities with the same parent; sources and facts may repeat texts."""


@protocol.of("facts", "evidence")
def value(view: View, row: Fact | Evidence) -> Faults:
    """A value must have the unit of its metric, and a range must be ascending."""
    metric = view.data.metrics.get(row.metric_id)
    if metric and row.unit and row.unit != metric.unit:
        yield "unit", f"{row.unit!r} is not {metric.unit!r}, the unit of metric {row.metric_id}"
    if row.value is not None and row.value_high is not None and row.value > row.value_high:
        yield "value_high", f"{row.value_high} is less than value {row.value}"


@protocol.of("facts")
def printed(view: View, fact: Fact) -> Faults:
    """The printed form must contain the value, and no hedge but the row's."""
    code = view.data.report_of(fact).language
    if fact.printed and fact.value is not None:
        found = printed_numbers(fact.printed, code)
        wanted = {fact.value} | ({fact.value_high} if fact.value_high is not None else set())
        if not all(
            one in found or any(numerals.places(fact.printed, code, one, view.share(fact.unit))) for one in wanted
        ):
            yield "printed", f"{fact.printed!r} says {_listed(found) or 'no number'}, value says {_listed(wanted)}"
    limits = {kind for kind in lexicon.LIMITS if fact.printed and spoken.says(fact.printed, code, "hedges", kind)}
    if limits and fact.qualifier not in limits:
        yield "printed", f"{fact.printed!r} says {' or '.join(sorted(limits))}, qualifier says {fact.qualifier}"


def printed_numbers(text: str, code: str) -> set[Decimal]:
    """All numbers of a printed form, in base units: 15.52亿元 → 1552000000, 两年 → 2, 一两个 → 1 and 2."""
    return set(numerals.numbers(text, code)) or numerals.spelled(text, code)


def _listed(some: Iterable[Decimal]) -> str:
    return ", ".join(f"{number.normalize():f}" for number in sorted(some))


@protocol.of("facts", "withdrawals")
def address(view: View, row: Fact | Withdrawal) -> Faults:
    """The page of a fact or chart must have an address of its own."""
    column, id_ = ("fact_id", row.fact_id) if isinstance(row, Fact) else ("withdrawn_id", row.withdrawn_id)
    of_chart = isinstance(row, Withdrawal) and row.kind == "chart"
    if taken := places.taken(places.chart(id_) if of_chart else places.fact(id_)):
        yield column, f"{id_!r} is the address of {taken}; choose another id"


@protocol.of("sources")
def site(view: View, source: Source) -> Faults:
    """`seen_on` must be the site of the source's address."""
    try:
        host = urllib.parse.urlsplit(source.url).hostname or ""
    except ValueError:  # not an address, which is reported for its cell
        host = ""
    if source.url and not f".{host}".endswith(f".{source.seen_on}"):
        yield "seen_on", f"{source.seen_on!r} is not the site of {source.url}"


@protocol.of("corrections")
def corrected(view: View, one: Correction) -> Faults:
    """A correction must lead to the present value of a column of facts, in a version that is not in the future."""
    version, table = str(view.data.package.descriptor["version"]), view.data.package.tables["facts"].frame
    fact = view.data.facts.get(one.fact_id)
    if one.field not in table.columns:
        yield "field", f"facts has no {one.field!r}{did_you_mean(one.field, table.columns)}"
    elif fact and (now := table[one.field].iloc[fact.line - 2]) != one.new:
        yield "new", f"{one.new!r} differs from {now!r} in facts"
    if not one.correction_id.startswith(f"{one.fact_id}-"):
        yield "correction_id", f"{one.correction_id!r} does not start with {one.fact_id}, the fact"
    if one.old == one.new:
        yield "new", f"{one.new!r} is the old value too"
    if not VERSION.fullmatch(one.fixed_in):
        yield "fixed_in", f"{one.fixed_in!r} is not a version"
    elif VERSION.fullmatch(version) and numbers(one.fixed_in) > numbers(version):
        yield "fixed_in", f"{one.fixed_in} is a future version; the package is {version}"


@protocol.of_dataset
def tables(view: View) -> Iterator[Problem]:
    """Required tables must exist, dates must parse, and facts must be numbered from 1 in each report."""
    package = view.data.package
    missing = sorted(set(KINDS) - OPTIONAL - set(package.tables))
    yield from (Problem(package.path, 1, f"no resource {name}") for name in missing)
    for table, column in DATED:
        for line, cell in enumerate(package.tables[table].frame[column] if table in package.tables else [], start=2):
            try:
                if cell:
                    periods.read(cell)
            except ValueError as error:
                yield view.problem(table, line, f"{column}: {error}")
    for source_id, found in itertools.groupby(view.data.facts.values(), key=lambda fact: fact.source_id):
        for wanted, fact in enumerate(found, start=1):
            if fact.position is not None and fact.position != wanted:
                yield view.problem("facts", fact.line, f"position: {fact.position}, expected {wanted} in report {source_id}; a row is "
                                   "missing, duplicated or out of order; keep the facts of a report together")  # fmt: skip
                return


@protocol.of_dataset
def distinct(view: View) -> Iterator[Problem]:
    """No two rows may have the same name or text."""
    for name in sorted(DISTINCT & set(view.data.package.tables)):
        seen: dict[tuple[str, str], tuple[int, object]] = {}
        for line, row in enumerate(view.data.package.tables[name].frame.to_dict("records"), start=2):
            for column in (column for column in map(str, row) if codes.suffix(column, view.codes)):
                text = (column, str(row[column]))
                first, parent = seen.setdefault(text, (line, row.get("parent_id")))
                siblings = column.startswith("note_") and parent and parent == row.get("parent_id")
                if row[column] and first != line and not siblings:
                    yield view.problem(name, line, f"{column}: the same as in line {first}")


@protocol.of_dataset
def withdrawn_facts(view: View) -> Iterator[Problem]:
    """A withdrawn fact must not be in the table of facts."""
    return withdrawn(view.data, "fact", view.data.facts)


def withdrawn(dataset: Dataset, kind: str, there: Collection[str]) -> Iterator[Problem]:
    """Withdrawn facts or charts must be gone, and their replacements exist; `there` are the ids of those that do."""
    for one in dataset.withdrawn(kind):
        path = dataset.package.tables["withdrawals"].path
        if one.withdrawn_id in there:
            fault = f"withdrawn_id: the {kind} {one.withdrawn_id} is still there; remove it or this row"
            yield Problem(path, one.line, fault)
        if one.see and one.see not in there:
            yield Problem(path, one.line, f"see: there is no {kind} {one.see!r}{did_you_mean(one.see, there)}")


@protocol.of_dataset
def unused(view: View) -> Iterator[Problem]:
    """Sources, entities, speakers, metrics and caveats must be used."""
    data = view.data
    facts, entities = list(data.facts.values()), list(data.entities.values())
    publishers = {
        entity.entity_id
        for entity in entities
        for source in data.sources.values()
        if any(name in text for name in entity.name.values() for text in source.publisher.values())
    }
    both: list[Fact | Evidence] = [*facts, *data.evidence.values()]
    used: dict[str, tuple[set[str], str]] = {
        "sources": (
            {row.source_id for row in both} | {i for e in entities for i in (e.parent_source_id, e.listing_source_id)},
            "never cited",
        ),
        "entities": (
            {row.entity_id for row in (*both, *data.fact_entities, *data.speakers.values())}
            | {i for e in entities for i in (e.parent_id, e.exchange_id)}
            | publishers,
            "never named by a fact, evidence, speaker, entity or source",
        ),
        "speakers": ({fact.speaker_id for fact in facts}, "never says anything"),
        "metrics": ({row.metric_id for row in both}, "never measured"),
        "caveats": ({link.caveat_id for link in data.fact_caveats}, "carried by no fact"),
    }
    for table, (known, fault) in used.items():
        for record_id, record in getattr(data, table).items():
            if record_id not in known:
                yield view.problem(table, record.line, f"{record_id}: {fault}; use it or remove it")
