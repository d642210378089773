"""The tables of an edition with their values. In: the edition's files; out: rows of text, numbers and nothing."""

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
    """A table: its resource and schema as described, and the bytes of its CSV file."""

    resource: dict[str, Any]
    schema: dict[str, Any]
    raw: bytes

    def rows(self) -> Iterator[list[Value]]:
        """Yield its rows, read anew each time: all of them with their values may be more than memory holds.

        An empty cell is None. Raises where a number would not be kept as it is, as `check` does.
        """
        kinds = [field["type"] for field in self.fields]
        for row in itertools.islice(csv.reader(io.StringIO(self.raw.decode(), newline=""), strict=True), 1, None):
            yield [_value(*cell) for cell in zip(row, kinds, strict=True)]

    def records(self) -> Iterator[dict[str, str]]:
        """Yield its rows as text, by the names of the columns that they have."""
        return csv.DictReader(io.StringIO(self.raw.decode(), newline=""), strict=True)

    @property
    def name(self) -> str:
        """Its name in the descriptor."""
        return str(self.resource["name"])

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The descriptions of its columns, in their order."""
        return list(self.schema["fields"])

    @property
    def names(self) -> list[str]:
        """The names of its columns, in their order."""
        return [field["name"] for field in self.fields]

    @property
    def key(self) -> list[str]:
        """The columns that tell its rows apart."""
        key = self.schema.get("primaryKey", [])
        return [key] if isinstance(key, str) else list(key)

    @property
    def count(self) -> int:
        """How many rows it has."""
        return sum(1 for _ in self.rows())

    @property
    def links(self) -> list[tuple[str, str, str]]:
        """Each column that refers to another table: its name, the table, the column there."""
        return [
            (field, key["reference"]["resource"] or self.name, other)
            for key in self.schema.get("foreignKeys", [])
            for field, other in zip(key["fields"], key["reference"]["fields"], strict=True)
        ]

    def must(self, field: Mapping[str, Any]) -> bool:
        """Whether a column has no empty cell."""
        return bool(field.get("constraints", {}).get("required")) or field["name"] in self.key


@dataclass(frozen=True, slots=True)
class Edition:
    """A descriptor and its tables, in its order."""

    descriptor: dict[str, Any]
    tables: list[Table]

    @property
    def languages(self) -> list[str]:
        """The codes of its languages, the first one in front."""
        return codes.of(self.descriptor)

    @property
    def facts_first(self) -> list[Table]:
        """The tables as readers look for them."""
        return sorted(self.tables, key=lambda table: table.name != "facts")

    @property
    def moment(self) -> datetime.datetime:
        """When the edition was made, by its own word."""
        return datetime.datetime.fromisoformat(self.descriptor["created"]).astimezone(datetime.UTC)


def read(inside: Mapping[str, bytes]) -> Edition:
    """The tables in an edition's files by name."""
    descriptor = json.loads(inside["datapackage.json"])
    tables = [Table(r, json.loads(inside[r["schema"]]), inside[r["path"]]) for r in descriptor["resources"]]
    return Edition(descriptor, tables)


def _value(cell: str, kind: str) -> Value:
    """The cell's value. Types other than numbers stay text: a period such as 2018-05 is no date of a calendar."""
    if not cell:
        return None
    if kind not in NUMBERS:
        return cell
    if not cells.exact(cell):
        raise ValueError(f"{cell} is no plain number, or has more digits than binary floating point keeps")
    number = float(cell)
    return int(number) if number.is_integer() else number


@dataclass(frozen=True, slots=True)
class Profile:
    """What a column holds: how many of its cells are filled, how many different values they have, the least and the greatest."""

    filled: int
    distinct: int
    least: str
    greatest: str


def profiles(table: Table) -> dict[str, Profile]:
    """The profile of each column of a table; the range is that of numbers, and of texts that stand for a time."""
    found = {}
    for field, cells_ in zip(table.fields, zip(*table.rows(), strict=True), strict=False):
        filled = [cell for cell in cells_ if cell is not None]
        ranged = filled if field["type"] in NUMBERS or field["name"] in TIMES else []
        ends = [min(ranged), max(ranged)] if ranged else ["", ""]
        told = (end if isinstance(end, str) else f"{end:,}" for end in ends)
        found[field["name"]] = Profile(len(filled), len(set(filled)), *told)
    return found


def dictionary(edition: Edition) -> list[dict[str, str]]:
    """Every field of every table: what it is called, what it means, and what may stand in it, if not anything."""
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
    """What a file says of itself when it has lost its way: which edition it is, from whom, under which licence."""
    described = edition.descriptor
    texts = ("name", "version", "created", *codes.names(codes.TEXTS, edition.languages))
    return {
        **{text: str(described[text]) for text in texts if text in described},
        "contributors": "; ".join(one["title"] for one in described.get("contributors", [])),
        "sources": "; ".join(" ".join(filter(None, map(one.get, ("title", "path")))) for one in described.get("sources", [])),
        "licenses": "; ".join(" ".join(filter(None, map(one.get, ("name", "path")))) for one in described.get("licenses", [])),
    }  # fmt: skip
