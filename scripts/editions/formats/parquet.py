"""A table as Parquet: typed columns with their descriptions. In: `Edition`, a table; out: the bytes of a Parquet file."""

import io
import json
from typing import Any

import pyarrow
from pyarrow import parquet

from . import tables
from .tables import Edition, Table

TYPES = {"number": pyarrow.float64(), "integer": pyarrow.int64()}
"""Numbers are float64, not decimal128: pandas, R and JavaScript read a decimal as objects or not at all, the workbook,
the database and the JSON hold float64 too, and `tables.read` refuses a number that it would change."""


def make(edition: Edition, table: Table) -> bytes:
    """The table. Each column carries its texts; the file carries the table's schema and what `tables.about` says."""
    said = {**tables.about(edition), "schema": json.dumps(table.schema, ensure_ascii=False)}
    schema = pyarrow.schema([_field(table, field) for field in table.fields], said)
    columns = list(zip(*table.rows(), strict=True)) or [()] * len(schema)
    arrays = [pyarrow.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)]
    buffer = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=schema), buffer, compression="zstd")
    return buffer.getvalue()


def _field(table: Table, field: dict[str, Any]) -> pyarrow.Field:
    texts = {key: value for key, value in field.items() if key.startswith(("title", "description"))}
    return pyarrow.field(field["name"], TYPES.get(field["type"], pyarrow.string()), not table.must(field), texts)
