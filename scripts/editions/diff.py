"""Changes between two editions, and the version level that they require. In: the files of both; out: changes, a level.

The rule is semantic versioning for data. MAJOR: a table or field removed, renamed or retyped, a row removed, or the
meaning of a row of facts or evidence changed (whom it is about, what is measured, in which unit, which kind). MINOR:
tables, fields or rows added. PATCH: a value corrected, words changed.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ..data import codes
from ..data.package import numbers
from . import formats

LEVELS = ("major", "minor", "patch")
KINDS = (
    "table_removed", "field_removed", "field_retyped", "row_removed", "meaning_changed",
    "table_added", "field_added", "row_added", "value_corrected", "words_changed", "described_anew",
)  # fmt: skip
"""Every kind of change, in the order of reports; the first five are MAJOR, the next three MINOR."""
_MEANING_FIELDS = {"entity_id", "metric_id", "kind", "unit"}
_MEANING_TABLES = {"facts", "evidence"}
_ANNOUNCING = {"corrections", "withdrawals"}  # a new row announces a change, and only that one requires a level
_VERSIONED = {"CHANGELOG.md", "CITATION.cff"}  # they differ in every version; that is not a change
_ORDER = {"position"}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two editions; fields that do not apply are empty."""

    kind: str
    table: str
    row: str = ""
    """The key of the row; its parts are joined by spaces."""
    field: str = ""
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        """A short description for the maintainer who makes a release."""
        place = " ".join(filter(None, [self.table, self.row, self.field]))
        cells = f" {self.old!r} → {self.new!r}" if self.old or self.new else ""
        return f"{self.kind.replace('_', ' ')}: {place}{cells}"

    @property
    def level(self) -> str:
        """The level that it requires of the next version."""
        place = KINDS.index(self.kind)
        if self.kind == "row_added" and self.table in _ANNOUNCING:
            return LEVELS[2]
        return LEVELS[0] if place < 5 else LEVELS[1] if place < 8 else LEVELS[2]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an edition: its fields by name, its rows by key, and the rest of its schema."""

    fields: dict[str, dict[str, Any]]
    rows: dict[str, dict[str, str]]
    described: dict[str, Any]


def between(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> list[Change]:
    """List every change from one edition's files to a later one's, sorted by kind, then in table order."""
    before, after = tables(old), tables(new)
    spoken = {code for inside in (old, new) for code in codes.of(json.loads(inside["datapackage.json"]))}
    found = [Change("table_removed", name) for name in before if name not in after]
    for name, table in after.items():
        if name not in before:
            found.append(Change("table_added", name))
            found += [Change("row_added", name, row) for row in table.rows]
        else:
            found += _of_fields(name, before[name], table)
            found += _of_rows(name, before[name], table, spoken)
    found += [Change("described_anew", "", name) for name in _texts(old, new)]
    return sorted(found, key=lambda change: KINDS.index(change.kind))


def tables(inside: Mapping[str, bytes]) -> dict[str, Table]:
    """The tables in an edition's files, by name; the key of a row is its key cells, joined by spaces."""
    found = {}
    for table in formats.tables.read(inside).tables:
        rows = {" ".join(row[column] for column in table.key): row for row in table.records()}
        described = {part: value for part, value in table.schema.items() if part != "fields"}
        found[table.name] = Table({field["name"]: field for field in table.fields}, rows, described)
    return found


def _of_fields(name: str, old: Table, new: Table) -> Iterator[Change]:
    for field in old.fields:
        if field not in new.fields:
            yield Change("field_removed", name, "", field)
    for field, described in new.fields.items():
        before = old.fields.get(field)
        if before is None:
            yield Change("field_added", name, "", field)
        elif before["type"] != described["type"]:
            yield Change("field_retyped", name, "", field, before["type"], described["type"])
        elif before != described:
            yield Change("described_anew", name, "", field)
    if old.described != new.described:
        yield Change("described_anew", name)


def _of_rows(name: str, old: Table, new: Table, spoken: set[str]) -> Iterator[Change]:
    for row in old.rows:
        if row not in new.rows:
            yield Change("row_removed", name, row)
    for row, cells in new.rows.items():
        if row not in old.rows:
            yield Change("row_added", name, row)
            continue
        for field, before in old.rows[row].items():
            if field in cells and cells[field] != before:
                yield Change(_kind(name, field, spoken), name, row, field, before, cells[field])


def _kind(table: str, field: str, spoken: set[str]) -> str:
    if codes.suffix(field, spoken) or field in _ORDER:
        return "words_changed"
    return "meaning_changed" if table in _MEANING_TABLES and field in _MEANING_FIELDS else "value_corrected"


def _texts(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the names of the other files that differ, except those that differ in every version, and the descriptor."""
    tabled = {name for inside in (old, new) for name in inside if name.startswith("data/")}
    for name in sorted({*old, *new} - tabled - _VERSIONED - {"datapackage.json"}):
        if old.get(name) != new.get(name):
            yield name
    before, after = (json.loads(inside["datapackage.json"]) for inside in (old, new))
    both = {r["name"] for r in before["resources"]} & {r["name"] for r in after["resources"]}
    if _described(before, both) != _described(after, both):
        yield "datapackage.json"


def _described(descriptor: dict[str, Any], tables: set[str]) -> dict[str, Any]:
    """A descriptor reduced to these tables, without version, date, sizes and checksums."""
    kept = {part: value for part, value in descriptor.items() if part not in ("version", "created", "resources")}
    resources = {
        resource["name"]: {part: value for part, value in resource.items() if part not in ("bytes", "hash")}
        for resource in descriptor["resources"]
        if resource["name"] in tables
    }
    return kept | {"resources": resources}


def least(changes: list[Change]) -> str:
    """The least level that satisfies all changes; empty if there are none."""
    return next((level for level in LEVELS if any(change.level == level for change in changes)), "")


def successors(version: str) -> dict[str, str]:
    """The next version of each level."""
    major, minor, patch = numbers(version)
    return {"major": f"{major + 1}.0.0", "minor": f"{major}.{minor + 1}.0", "patch": f"{major}.{minor}.{patch + 1}"}


def counted(changes: list[Change]) -> dict[str, int]:
    """The number of changes by kind, in the order of `KINDS`."""
    found = Counter(change.kind for change in changes)
    return {kind: found[kind] for kind in KINDS if found[kind]}


def grouped(changes: list[Change], of: Callable[[Change], str]) -> dict[str, list[Change]]:
    """Group changes by the result of `of`, in their order."""
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(of(change), []).append(change)
    return groups


def report(old: str, new: str, changes: list[Change]) -> dict[str, Any]:
    """The changes between two versions as JSON values: level, counts by kind, each change by table and kind."""
    tables: dict[str, dict[str, list[dict[str, str]]]] = {}
    for change in changes:
        cells = {part: text for part, text in asdict(change).items() if text and part not in ("kind", "table")}
        tables.setdefault(change.table or "package", {}).setdefault(change.kind, []).append(cells)
    return {
        "from": old or None,
        "to": new,
        "level": least(changes) or None,
        "counts": counted(changes),
        "tables": tables,
    }
