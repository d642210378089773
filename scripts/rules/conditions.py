"""Validate rows against `rows` of a table's schema: conditions in JSON Schema keywords. In: package; out: problems.

A condition sees the non-empty cells of a row, numbers as such; `fact_id.kind` is a cell of the row that `fact_id` refers to.
Its `description` is the message for a row that does not fit; `{column}` is replaced by the row's cell.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from ..data import cells
from ..data.package import Package, Table
from ..problem import Problem

Row = dict[str, str | float]
_COLUMN = re.compile(r"\{([\w.]+)\}")


def check(package: Package) -> Iterator[Problem]:
    """Yield a problem for each condition that a row does not fit."""
    for table in package.tables.values():
        conditions = table.schema.get("rows", [])
        faults = list(_unknown(package, table))
        yield from faults
        if not conditions or faults:
            continue
        fits = jsonschema_rs.validator_for({"allOf": conditions}).is_valid
        for line, row in enumerate(
            _rows(package, table, sorted({path for path, _ in _mentioned(conditions)})), start=2
        ):
            if not fits(row):
                yield from (Problem(table.path, line, fault) for fault in _misfits(conditions, row))


def _misfits(conditions: list[Any], row: Row) -> Iterator[str]:
    for condition in conditions:
        if not jsonschema_rs.is_valid(condition, row):
            yield _COLUMN.sub(lambda match: str(row.get(match[1], "empty")), condition["description"])


def _mentioned(condition: Any) -> Iterator[tuple[str, list[str]]]:
    """Yield every column that conditions name, with its `enum` there."""
    if isinstance(condition, list):
        for one in condition:
            yield from _mentioned(one)
        return
    for key, value in condition.items():
        if key == "properties":
            yield from ((column, asked.get("enum", [])) for column, asked in value.items())
        elif key == "required":
            yield from ((column, []) for column in value)
        elif key == "dependentRequired":
            yield from ((column, []) for one, some in value.items() for column in (one, *some))
        elif key != "description":
            yield from _mentioned(value)
        else:
            yield from ((column, []) for column in _COLUMN.findall(value))


def _unknown(package: Package, table: Table) -> Iterator[Problem]:
    """Yield unknown columns in conditions, and words that are not in the closed list of their column."""
    for place, condition in enumerate(table.schema.get("rows", [])):
        for path, words in _mentioned(condition):
            field = _field(package, table, path.split("."))
            if field is None:
                yield table.described.problem(f"rows: no column {path!r}", "rows", place)
            elif missing := set(words) - set(field.get("constraints", {}).get("enum", words)):
                fault = f"rows: {', '.join(sorted(missing))} is not in the closed list of {path}"
                yield table.described.problem(fault, "rows", place)


def _field(package: Package, table: Table, path: list[str]) -> Mapping[str, Any] | None:
    """The field at a path of columns, following foreign keys; None if unknown."""
    if not path[1:]:
        return next((field for field in table.schema["fields"] if field["name"] == path[0]), None)
    other, _ = _referred(package, table, path[0])
    return _field(package, other, path[1:]) if other else None


def _referred(package: Package, table: Table, column: str) -> tuple[Table | None, str]:
    """The table and column that a column refers to; None if it has no valid foreign key."""
    for own, name, key in table.references:
        if own == column:
            other = package.tables.get(name) if name else table
            return (other, key) if other and key in other.frame else (None, "")
    return None, ""


def _rows(package: Package, table: Table, paths: list[str]) -> Iterator[Row]:
    """Yield the non-empty cells of each row at these paths."""
    columns = [_column(package, table, path.split(".")) for path in paths]
    numbers = [(_field(package, table, path.split(".")) or {})["type"] != "string" for path in paths]
    for row in zip(*columns, strict=True):
        yield {
            path: (int(cell) if cell.isdigit() else float(cell)) if number and cells.countable(cell) else cell
            for path, number, cell in zip(paths, numbers, row, strict=True)
            if cell
        }


def _column(package: Package, table: Table, path: list[str]) -> list[str]:
    """The cells at a path, row by row; empty if a reference is empty or unknown."""
    own: list[str] = table.frame[path[0]].tolist()
    other, key = _referred(package, table, path[0]) if path[1:] else (None, "")
    if not other:
        return own
    known = dict(zip(other.frame[key], _column(package, other, path[1:]), strict=True))
    return [known.get(cell, "") for cell in own]
