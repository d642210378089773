"""The tables of an edition with typed values. In: the edition's files; out: rows of text, numbers and None."""

import csv
import datetime
import io
import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...data import cells, codes

Value = str | int | float | None
NUMBERS = ("number", "integer")
TIMES = ("period", "date", "published")
"""The columns that hold EDTF strings and that people sort and filter by."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its resource, its schema, and the bytes of its CSV file."""

    resource: dict[str, Any]
    schema: dict[str, Any]
    raw: bytes

    def rows(self) -> Iterator[list[Value]]:
        """Yield its rows, parsed on each call, since all of them with their values may not fit in memory.

        An empty cell is None. Raises `ValueError` if a number would not round-trip.
        """
        kinds = [field["type"] for field in self.fields]
        for row in itertools.islice(csv.reader(io.StringIO(self.raw.decode(), newline=""), strict=True), 1, None):
            yield [_value(*cell) for cell in zip(row, kinds, strict=True)]

    def records(self) -> Iterator[dict[str, str]]:
        """Yield its rows as text, by column name."""
        return csv.DictReader(io.StringIO(self.raw.decode(), newline=""), strict=True)

    @property
    def name(self) -> str:
        """Its name in the descriptor."""
        return str(self.resource["name"])

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The field descriptors of its columns, in order."""
        return list(self.schema["fields"])

    @property
    def names(self) -> list[str]:
        """The names of its columns, in order."""
        return [field["name"] for field in self.fields]

    @property
    def key(self) -> list[str]:
        """The columns of its primary key."""
        key = self.schema.get("primaryKey", [])
        return [key] if isinstance(key, str) else list(key)

    @property
    def count(self) -> int:
        """The number of its rows."""
        return sum(1 for _ in self.rows())

    @property
    def links(self) -> list[tuple[str, str, str]]:
        """Each foreign key: column, referenced table, referenced column."""
        return [
            (field, key["reference"]["resource"] or self.name, other)
            for key in self.schema.get("foreignKeys", [])
            for field, other in zip(key["fields"], key["reference"]["fields"], strict=True)
        ]

    def required(self, field: Mapping[str, Any]) -> bool:
        """Whether a column must not have empty cells."""
        return bool(field.get("constraints", {}).get("required")) or field["name"] in self.key


@dataclass(frozen=True, slots=True)
class Edition:
    """A descriptor and its tables, in the order of its resources."""

    descriptor: dict[str, Any]
    tables: list[Table]

    @property
    def languages(self) -> list[str]:
        """The codes of its languages, in order."""
        return codes.of(self.descriptor)

    @property
    def facts_first(self) -> list[Table]:
        """The tables, with facts first."""
        return sorted(self.tables, key=lambda table: table.name != "facts")

    @property
    def moment(self) -> datetime.datetime:
        """When the edition was created, by its descriptor."""
        return datetime.datetime.fromisoformat(self.descriptor["created"]).astimezone(datetime.UTC)


def read(inside: Mapping[str, bytes]) -> Edition:
    """Read the tables from an edition's files, given by name."""
    descriptor = json.loads(inside["datapackage.json"])
    tables = [Table(r, json.loads(inside[r["schema"]]), inside[r["path"]]) for r in descriptor["resources"]]
    return Edition(descriptor, tables)


def _value(cell: str, kind: str) -> Value:
    """The typed value of a cell; only numbers are converted: a period such as 2018-05 is not a calendar date."""
    if not cell:
        return None
    if kind not in NUMBERS:
        return cell
    if not cells.exact(cell):
        raise ValueError(f"{cell} is not a plain number, or has more digits than binary floating point holds")
    number = float(cell)
    return int(number) if number.is_integer() else number


@dataclass(frozen=True, slots=True)
class Profile:
    """Statistics of a column: number of filled cells, number of distinct values, the least and the greatest."""

    filled: int
    distinct: int
    least: str
    greatest: str


def profiles(table: Table) -> dict[str, Profile]:
    """The profile of each column of a table; only numbers and times have a range."""
    found = {}
    for field, cells_ in zip(table.fields, zip(*table.rows(), strict=True), strict=False):
        filled = [cell for cell in cells_ if cell is not None]
        ranged = filled if field["type"] in NUMBERS or field["name"] in TIMES else []
        ends = [min(ranged), max(ranged)] if ranged else ["", ""]
        shown = (end if isinstance(end, str) else f"{end:,}" for end in ends)
        found[field["name"]] = Profile(len(filled), len(set(filled)), *shown)
    return found


def dictionary(edition: Edition) -> list[dict[str, str]]:
    """Every field of every table: name, type, title, description and constraints."""
    return [
        {
            "table": table.name,
            "field": field["name"],
            "type": field["type"],
            **{text: " ".join(field.get(text, "").split()) for text in codes.names(codes.TEXTS, edition.languages)},
            "constraints": "; ".join(_constraints(table, field)),
        }
        for table in edition.tables
        for field in table.fields
    ]


def _constraints(table: Table, field: Mapping[str, Any]) -> Iterator[str]:
    if field["name"] in table.key:
        yield "primary key" if table.key == [field["name"]] else "primary key: " + " + ".join(table.key)
    for name, value in field.get("constraints", {}).items():
        if isinstance(value, bool):
            yield from [name] * value
        else:
            yield f"{name}: " + (" | ".join(map(str, value)) if isinstance(value, list) else str(value))
    for name, other, column in table.links:
        if name == field["name"]:
            yield f"refers to {other}.{column}"


def about(edition: Edition) -> dict[str, str]:
    """Metadata that identifies the edition inside each derived file: version, contributors, sources, licences."""
    described = edition.descriptor
    texts = ("name", "version", "created", *codes.names(codes.TEXTS, edition.languages))
    return {
        **{text: str(described[text]) for text in texts if text in described},
        "contributors": "; ".join(one["title"] for one in described.get("contributors", [])),
        "sources": "; ".join(" ".join(filter(None, map(one.get, ("title", "path")))) for one in described.get("sources", [])),
        "licenses": "; ".join(" ".join(filter(None, map(one.get, ("name", "path")))) for one in described.get("licenses", [])),
    }  # fmt: skip
