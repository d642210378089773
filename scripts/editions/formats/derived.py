"""Add derived columns and tables for analysts. In: `Edition`; out: `Edition` with more columns and tables.

Each EDTF string is followed by its first day, last day and precision; a fact has the verdict of its checks; the table
`facts_flat` has one row a fact, joined with the names of the other tables; `words` has the names of the values of closed
lists, and `dictionary` describes every column. Every format writes these like any other table.
"""

import csv
import functools
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ...data import codes, periods, verdicts
from ...words import lists
from ...words.lists import Term
from . import tables
from .tables import TIMES, Edition, Table

FLAT = "facts_flat"
WORDS = "words"
Row = dict[str, str]
_OF_TIME = {"start": "date", "end": "date", "precision": "string"}
"""The columns derived from a time, and their types."""
_OF_FACT = ("fact_id", "position", "statement", "value", "value_high", "unit", "qualifier", "printed", "kind",
        "period", "period_start", "period_end", "period_precision", "period_basis", "locator", "verdict")  # fmt: skip
"""The columns of facts that the flat table has too; texts in each language."""
_KEY = ("table", "field", "value")
_NAMES = {"entities": ("entities", "name"), "metric": ("metrics", "name"), "speaker": ("speakers", "name"),
          "source": ("sources", "publisher"), "other_sources": ("sources", "publisher")}  # fmt: skip
"""The columns of names in the flat table, in each language: the table and column of each."""
Texts = Callable[..., dict[str, str]]
"""Returns titles and descriptions of a derived column or table by its key and, for a text column, its language."""


def enriched(edition: Edition, words: Iterable[Term] = ()) -> Edition:
    """The edition with dictionary and flat table first, its tables with derived columns, then `words` if it has any rows."""
    words = tuple(words)
    texts = functools.partial(_texts, edition.languages, {word[1:4]: word for word in words if not word.table})
    rows = {table.name: list(table.records()) for table in edition.tables}
    own = [_with_columns(table, rows, texts) for table in edition.tables]
    flat = [_flat(table, rows, edition.languages, texts) for table in own if table.name == "facts"]
    made = [*flat, *own, *_words(edition, words, texts)]
    entries = tables.dictionary(Edition(edition.descriptor, made))
    fields = [{"name": name, "type": "string"} for name in entries[0]]
    return Edition(edition.descriptor, [_table({"name": "dictionary"}, {}, fields, entries), *made])


def _texts(
    languages: list[str], known: Mapping[tuple[str, str, str], Term], key: str, of: str = "", about: str = ""
) -> dict[str, str]:
    """Titles and descriptions in each language of an edition; the title falls back to the key."""
    found = {}
    for name, code in zip(codes.names(codes.TEXTS[:1], languages), languages or [""], strict=True):
        word = known.get((lists.DERIVED, key, code))
        found[name] = (word.name if word else key) + (known[lists.LANGUAGE, of, code].name if of and word else "")
        found[name.replace(*codes.TEXTS, 1)] = word.meaning.format(about) if word else ""
    return found


def _words(edition: Edition, words: Iterable[Term], texts: Texts) -> Iterator[Table]:
    """Yield the table of names of the values of the edition's closed lists, in each language, a row a value."""
    lists = {
        (table.name, field["name"]): field["constraints"]["enum"]
        for table in edition.tables
        for field in table.fields
        if "enum" in field.get("constraints", {})
    }
    made: dict[tuple[str, str, str], Row] = {}
    for word in words:
        if word.value in lists.get((word.table, word.field), ()):
            row = made.setdefault(word[:3], dict(zip(_KEY, word[:3], strict=True)))
            row |= {f"name_{word.language}": word.name, f"meaning_{word.language}": word.meaning}
    if not made:
        return
    fields = [{"name": name, "type": "string", **texts(name)}
              for name in dict.fromkeys(name for row in made.values() for name in row)]  # fmt: skip
    yield _table({"name": WORDS, **texts(WORDS)}, {"primaryKey": list(_KEY)}, fields, made.values())


def _with_columns(table: Table, rows: dict[str, list[Row]], texts: Texts) -> Table:
    """A table with its derived columns, each after the column that it is derived from."""
    fields: list[dict[str, Any]] = []
    cells: dict[str, Callable[[Row], str]] = {}
    for field in table.fields:
        fields.append(field)
        if field["name"] in TIMES:
            for part, kind in _OF_TIME.items():
                name = f"{field['name']}_{part}"
                fields.append({"name": name, "type": kind, **texts(part, about=field["name"])})
                cells[name] = lambda row, name=field["name"], part=part: _of_time(row[name], part)  # type: ignore[misc]
    if table.name == "facts" and "checks" in rows:
        by_fact: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for check in rows["checks"]:
            by_fact[check["fact_id"]].append((check.get("part_entity_id", ""), check["verdict"]))
        fields.append({"name": "verdict", "type": "string", **texts("verdict")})
        cells["verdict"] = lambda row: verdicts.of_checks(by_fact[row["fact_id"]])
    if not cells:
        return table
    for row in rows[table.name]:
        row |= {name: make(row) for name, make in cells.items()}
    return _table(table.resource, table.schema, fields, rows[table.name])


def _of_time(text: str, part: str) -> str:
    """The first day, last day or precision of an EDTF string; empty if it has none."""
    if not text:
        return ""
    period = periods.read(text)
    days = {"start": period.first, "end": period.last}
    return period.precision if part == "precision" else day.isoformat() if (day := days[part]) else ""


def _flat(facts: Table, rows: dict[str, list[Row]], languages: list[str], texts: Texts) -> Table:
    """The flat table: one row a fact, with the names of its entities, metric, speaker and sources."""
    by_id = {name: {row[next(iter(row))]: row for row in some} for name, some in rows.items()}
    about, checked = defaultdict(list), defaultdict(list)
    for link in rows.get("fact_entities", ()):
        about[link["fact_id"]].append(link["entity_id"])
    for check in rows.get("checks", ()):
        if evidence := by_id["evidence"].get(check["evidence_id"]):
            checked[check["fact_id"]].append(evidence["source_id"])
    there = {field["name"]: field for field in facts.fields}
    fields = [
        there[name] for stem in _OF_FACT for name in (stem, *(f"{stem}_{code}" for code in languages)) if name in there
    ]
    own = [field["name"] for field in fields]
    fields += [
        {"name": f"{stem}_{code}", "type": "string", **texts(stem, of=code)} for stem in _NAMES for code in languages
    ]

    def named(stem: str, ids: Iterable[str]) -> Row:
        table, text = _NAMES[stem]
        found = [by_id[table][id_] for id_ in ids if id_ in by_id.get(table, {})]
        columns = codes.columns(text, found[0] if found else (), languages)
        texts = {code: [row[columns[code]] for row in found if code in columns] for code in languages}
        return {f"{stem}_{code}": "; ".join(dict.fromkeys(filter(None, some))) for code, some in texts.items()}

    made = []
    for row in rows["facts"]:
        fact = row["fact_id"]
        meant = {"entities": [row["entity_id"], *about[fact]], "metric": [row["metric_id"]],
                 "speaker": [row["speaker_id"]], "source": [row["source_id"]], "other_sources": checked[fact]}  # fmt: skip
        made.append({name: row[name] for name in own})
        for stem, ids in meant.items():
            made[-1] |= named(stem, ids)
    resource = {"name": FLAT, "path": f"csv/{FLAT}.csv", **texts(FLAT)}
    return _table(resource, {"primaryKey": "fact_id"}, fields, made)


def _table(
    resource: dict[str, Any], schema: Mapping[str, Any], fields: list[dict[str, Any]], rows: Iterable[Row]
) -> Table:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, [field["name"] for field in fields], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return Table(resource, {**schema, "fields": fields}, buffer.getvalue().encode())
