"""What changed between two editions, and what version it asks for. In: the files of both; out: changes, a level.

The rule is semantic versioning said for data. MAJOR: a table or field removed, renamed or retyped, a row removed, or the
meaning of a row of facts or evidence changed (whom it is about, what is measured, in which unit, what kind it is). MINOR:
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
"""Every kind of change, in the order in which they are told; the first five are MAJOR, the next three MINOR."""
_MEANING = {"entity_id", "metric_id", "kind", "unit"}
_MEANT = {"facts", "evidence"}
_TELLING = {"corrections", "withdrawals"}  # a new row there tells of a change; that one asks for a version
_NAMING = {"CHANGELOG.md", "CITATION.cff"}  # they name every version; that alone is no change
_ORDER = {"position"}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise than before; what does not apply is empty."""

    kind: str
    table: str
    row: str = ""
    """The key of the row; of several parts joined by a space."""
    field: str = ""
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        """What it is, in a few words for who makes a release."""
        place = " ".join(filter(None, [self.table, self.row, self.field]))
        cells = f" {self.old!r} → {self.new!r}" if self.old or self.new else ""
        return f"{self.kind.replace('_', ' ')}: {place}{cells}"

    @property
    def level(self) -> str:
        """What it asks of the next version."""
        place = KINDS.index(self.kind)
        if self.kind == "row_added" and self.table in _TELLING:
            return LEVELS[2]
        return LEVELS[0] if place < 5 else LEVELS[1] if place < 8 else LEVELS[2]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an edition: its fields by name, its rows by key, and what its schema says beside the fields."""

    fields: dict[str, dict[str, Any]]
    rows: dict[str, dict[str, str]]
    described: dict[str, Any]


def between(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> list[Change]:
    """Every change from the files of one edition to those of a later one, by kind and in the order of the tables."""
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
    """The tables of an edition's files, by name; the key of a row is that of its cells, joined by spaces."""
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
    return "meaning_changed" if table in _MEANT and field in _MEANING else "value_corrected"


def _texts(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[str]:
    """The other files that differ, those apart that name each version anew, and the descriptor."""
    tabled = {name for inside in (old, new) for name in inside if name.startswith("data/")}
    for name in sorted({*old, *new} - tabled - _NAMING - {"datapackage.json"}):
        if old.get(name) != new.get(name):
            yield name
    before, after = (json.loads(inside["datapackage.json"]) for inside in (old, new))
    both = {r["name"] for r in before["resources"]} & {r["name"] for r in after["resources"]}
    if _described(before, both) != _described(after, both):
        yield "datapackage.json"


def _described(descriptor: dict[str, Any], tables: set[str]) -> dict[str, Any]:
    """What a descriptor says of the package and of some tables; version, date, sizes and checksums apart."""
    kept = {part: value for part, value in descriptor.items() if part not in ("version", "created", "resources")}
    resources = {
        resource["name"]: {part: value for part, value in resource.items() if part not in ("bytes", "hash")}
        for resource in descriptor["resources"]
        if resource["name"] in tables
    }
    return kept | {"resources": resources}


def least(changes: list[Change]) -> str:
    """The least level that changes ask for; nothing where nothing changed."""
    return next((level for level in LEVELS if any(change.level == level for change in changes)), "")


def successors(version: str) -> dict[str, str]:
    """The next version of each level."""
    major, minor, patch = numbers(version)
    return {"major": f"{major + 1}.0.0", "minor": f"{major}.{minor + 1}.0", "patch": f"{major}.{minor}.{patch + 1}"}


def counted(changes: list[Change]) -> dict[str, int]:
    """How many changes of each kind there are, in the order of the kinds."""
    found = Counter(change.kind for change in changes)
    return {kind: found[kind] for kind in KINDS if found[kind]}


def grouped(changes: list[Change], of: Callable[[Change], str]) -> dict[str, list[Change]]:
    """Changes by what `of` says of each, in their order."""
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(of(change), []).append(change)
    return groups


def told(old: str, new: str, changes: list[Change]) -> dict[str, Any]:
    """The changes between two versions for programs: level, counts by kind, then each by table and kind."""
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
