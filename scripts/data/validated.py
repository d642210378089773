"""Run Frictionless on a table; no other module uses it. In: a resource, its rows; out: line, column, message.

If every distinct cell of a long table is valid, it reads only the first rows: row by row it takes a fifth of a `check`.
"""

import functools
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import frictionless
import pandas

Fault = tuple[int, str, str]
"""Line, column and message; line 0 is the schema."""
FIRST_ROWS = 100  # that Frictionless still reads of a valid table, with its schema and header
_COUNTED = {"hash", "bytes", "fields", "rows"}  # properties of a resource that need its last row


@dataclass(frozen=True, slots=True)
class _Table:
    """A resource with its schema as JSON, and the checksum of its file: what decides about its faults, wherever it is."""

    resource: str
    checksum: str
    home: Path = field(compare=False)


def faults(home: Path, resource: dict[str, Any], frame: pandas.DataFrame, faulty: bool) -> list[Fault]:
    """All faults of a table; its resource contains the schema, `faulty` means that other problems were reported for it."""
    made = hashlib.sha256((home / resource["path"]).read_bytes()).hexdigest()
    ask = functools.partial(_validated, _Table(json.dumps(resource), made, home))
    long = len(frame) > FIRST_ROWS and not faulty and not _COUNTED & resource.keys()
    if long and _sound(frame, resource["schema"]) and ask(FIRST_ROWS) == [(1, "", f"reached row limit: {FIRST_ROWS}")]:
        return []
    return ask(None)


def _sound(frame: pandas.DataFrame, described: dict[str, Any]) -> bool:
    """Whether Frictionless accepts each distinct cell, and every key is unique."""
    try:
        schema = frictionless.Schema.from_descriptor(described)
    except frictionless.FrictionlessException:
        return False
    keys = [schema.primary_key, *([column.name] for column in schema.fields if column.constraints.get("unique"))]
    values: dict[str, list[Any]] = {}
    for column in schema.fields:
        read_cell, cells = column.create_cell_reader(), frame[column.name].tolist()
        read = {cell: read_cell(cell) for cell in {*cells}}
        if any(notes for _, notes in read.values()):
            return False
        if any(column.name in key for key in keys):
            values[column.name] = [read[cell][0] for cell in cells]
    if not keys[0] or not values.keys() >= {*keys[0]}:  # Frictionless reports which row is empty
        return False
    for key in keys:
        rows = [*zip(*(values[name] for name in key), strict=True)]
        filled = [row for row in rows if any(value is not None for value in row)]
        if len({*filled}) < len(filled if key is not keys[0] else rows):
            return False
    return True


@functools.lru_cache(maxsize=100)
def _validated(table: _Table, rows: int | None) -> list[Fault]:
    """The faults of the first rows, or of all."""
    try:
        report = frictionless.Resource(json.loads(table.resource), basepath=str(table.home)).validate(limit_rows=rows)
    except frictionless.FrictionlessException as failure:
        return [(0, "", error.message) for error in failure.reasons or [failure.error]]
    found = [(1, "", warning) for task in report.tasks for warning in task.warnings]
    found += [(0, "", error.message) for error in report.errors]
    return found + [
        (getattr(error, "row_number", 1), getattr(error, "field_name", ""), _sentence(error))
        for task in report.tasks
        for error in task.errors
    ]


def _sentence(error: frictionless.Error) -> str:
    column, cell, note = (getattr(error, key, "") for key in ("field_name", "cell", "note"))
    if column:
        return f"{column}: {cell!r}: {note}" if cell else f"{column}: {note}"
    return error.message
