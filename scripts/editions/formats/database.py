"""An edition as a SQLite database: tables, keys, checks, views. In: `Edition`; out: the bytes of a database file."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from . import tables
from .tables import Edition, Table

_TYPES = {"number": "REAL", "integer": "INTEGER"}
_MAKER = slice(96, 100)  # the library version in the file header (sqlite.org/fileformat2)

VIEWS = {
    "facts_with_speakers": """-- Each fact with the names of what it is about, what is measured, and who says it.
        SELECT f.*, [e.name AS entity], [m.name AS metric],
            s.kind AS speaker_kind, [s.name AS speaker]
        FROM facts f
        JOIN speakers s USING (speaker_id)
        LEFT JOIN entities e ON e.entity_id = f.entity_id
        LEFT JOIN metrics m ON m.metric_id = f.metric_id
        ORDER BY f.position""",
    "facts_with_caveats": """-- Each warning of each fact.
        SELECT f.fact_id, [f.statement], c.caveat_id, [c.sentence]
        FROM fact_caveats
        JOIN facts f USING (fact_id)
        JOIN caveats c USING (caveat_id)
        ORDER BY f.position, c.caveat_id""",
    "facts_checked": """-- Each check of each fact, with both figures and the other source, where there is one.
        SELECT f.fact_id, [f.statement], f.value, f.value_high, f.unit, f.qualifier, f.period,
            c.check_id, c.verdict, [c.note], c.evidence_id,
            [v.statement AS evidence], v.value AS evidence_value,
            v.value_high AS evidence_value_high, v.unit AS evidence_unit, v.qualifier AS evidence_qualifier,
            v.period AS evidence_period, [v.basis], s.title AS source_title, s.publisher AS source_publisher,
            s.reliability AS source_reliability, s.url AS source_url
        FROM checks c
        JOIN facts f USING (fact_id)
        LEFT JOIN evidence v ON v.evidence_id = c.evidence_id
        LEFT JOIN sources s ON s.source_id = v.source_id
        ORDER BY f.position, c.check_id""",
    "events_timeline": """-- What happened, the earliest first, with whom it happened to and the fact it rests on.
        SELECT t.*, [e.name AS entity], [f.statement AS fact]
        FROM events t
        JOIN entities e USING (entity_id)
        LEFT JOIN facts f ON f.fact_id = t.fact_id
        ORDER BY t.date, t.event_id""",
    "corrections_made": """-- Each value that was changed after it was published, with the fact as it reads now.
        SELECT c.*, [f.statement]
        FROM corrections c
        JOIN facts f USING (fact_id)
        ORDER BY c.fixed_in, c.correction_id""",
}
"""Views for the most common queries, by name; what is in brackets is repeated for each language.

An edition that lacks a column of a view has no such view."""
JOINED = "facts_checks_evidence"
_JOINED = {"facts": "fact", "checks": "check", "evidence": "evidence", "sources": "source"}


def make(edition: Edition) -> bytes:
    """Make the database, with an extra table `about`; raises `sqlite3.IntegrityError` if a row violates a key or a check."""
    database = sqlite3.connect(":memory:")
    try:
        for table in edition.tables:
            database.execute(_definition(table))
            _insert(database, table.name, table.names, table.rows())
        database.execute("CREATE TABLE about (property TEXT, text TEXT)")
        _insert(database, "about", ["property", "text"], [list(pair) for pair in tables.about(edition).items()])
        for name, query in [*VIEWS.items(), (JOINED, _joined(edition))]:
            _view(database, name, _in_languages(query, edition.languages))
        database.commit()
        if broken := database.execute("PRAGMA foreign_key_check").fetchall():
            raise sqlite3.IntegrityError(f"dangling foreign keys: {broken}")
        raw = database.serialize()
    finally:
        database.close()
    return raw[: _MAKER.start] + bytes(4) + raw[_MAKER.stop :]


def _in_languages(query: str, languages: list[str]) -> str:
    """A query with its texts in each language: `[e.name AS entity]` becomes `e.name_en AS entity_en, …`."""

    def each(match: re.Match[str]) -> str:
        return ", ".join(f"{match[1]}_{code}" + (f" AS {match[2]}_{code}" if match[2] else "") for code in languages)

    return re.sub(r"\[([a-z.]+)(?: AS ([a-z]+))?\]", each, query)


def _joined(edition: Edition) -> str:
    """A query for every column of facts, checks, evidence and its source, each prefixed with its table in the singular."""
    there = {table.name: table for table in edition.tables}
    columns = ",\n        ".join(
        f"{name}.{_name(column)} AS {_name(column if column.startswith(f'{one}_') else f'{one}_{column}')}"
        for name, one in _JOINED.items()
        for column in (there[name].names if name in there else ())
    )
    return f"""-- Each check of each fact with its evidence and source; each column begins with what it is of.
        SELECT {columns or "NULL"}
        FROM facts
        LEFT JOIN checks ON checks.fact_id = facts.fact_id
        LEFT JOIN evidence ON evidence.evidence_id = checks.evidence_id
        LEFT JOIN sources ON sources.source_id = evidence.source_id
        ORDER BY facts.position, checks.check_id"""


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def _definition(table: Table) -> str:
    """The CREATE TABLE statement; each column's description is a comment after it, which `.schema` shows."""
    lines = [(_column(table, field), " ".join(field.get("description", "").split())) for field in table.fields]
    if table.key:
        lines.append((f"PRIMARY KEY ({', '.join(map(_name, table.key))})", ""))
    lines += [
        (f"FOREIGN KEY ({_name(field)}) REFERENCES {_name(other)} ({_name(column)})", "")
        for field, other, column in table.links
    ]
    ends = [","] * (len(lines) - 1) + [""]
    body = "\n".join(
        f"  {line}{end}" + (f" -- {said}" if said else "") for (line, said), end in zip(lines, ends, strict=True)
    )
    return f"CREATE TABLE {_name(table.name)} (\n{body}\n)"


def _column(table: Table, field: dict[str, Any]) -> str:
    name, kind = _name(field["name"]), _TYPES.get(field["type"], "TEXT")
    return " ".join([name, kind, *["NOT NULL"] * table.required(field), *_checks(table, field)])


def _checks(table: Table, field: dict[str, Any]) -> Iterator[str]:
    name, constraints = _name(field["name"]), field.get("constraints", {})
    if constraints.get("unique") and table.key != [field["name"]]:
        yield "UNIQUE"
    if "enum" in constraints:
        yield f"CHECK ({name} IN ({', '.join(map(_text, constraints['enum']))}))"
    for word, sign in (("minimum", ">="), ("maximum", "<=")):
        if word in constraints:
            yield f"CHECK ({name} {sign} {constraints[word]})"


def _insert(database: sqlite3.Connection, name: str, header: list[str], rows: Iterable[list[Any]]) -> None:
    database.executemany(f"INSERT INTO {_name(name)} VALUES ({', '.join('?' * len(header))})", rows)


def _view(database: sqlite3.Connection, name: str, query: str) -> None:
    """Create a view, if the edition has its columns: the first one had no evidence."""
    lines = "\n".join(line.removeprefix("    ") for line in query.splitlines())
    try:
        database.execute(f"CREATE VIEW {_name(name)} AS {lines}")
        database.execute(f"SELECT * FROM {_name(name)} LIMIT 0")
    except sqlite3.OperationalError:
        database.execute(f"DROP VIEW IF EXISTS {_name(name)}")
