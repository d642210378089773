"""A table as Parquet: typed columns. In: `Edition`, a table; out: the bytes of a Parquet file."""

import io
from typing import Any

import pyarrow
from pyarrow import parquet

from . import tables
from .tables import Edition, Table

TYPES = {"number": pyarrow.float64(), "integer": pyarrow.int64(), "date": pyarrow.date32()}
"""Numbers are float64, not decimal128: pandas, R and JavaScript read a decimal as objects or not at all, the workbook,
the database and the JSON have float64 too, and `Table.rows` refuses a number that it would change."""
_METADATA = ("name", "version", "created", "licenses")


def make(edition: Edition, table: Table) -> bytes:
    """Make the file of a table, with the edition's name, version and licence.

    Footers are not compressed, so column descriptions are only in the table `dictionary`, and only numbers and dates,
    which readers filter by, have statistics.
    """
    metadata = {key: text for key, text in tables.about(edition).items() if key in _METADATA}
    schema = pyarrow.schema([_field(table, field) for field in table.fields])
    columns = list(zip(*table.rows(), strict=True)) or [()] * len(schema)
    arrays = [_array(cells, field.type) for cells, field in zip(columns, schema, strict=True)]
    filtered = [field.name for field in schema if field.type in TYPES.values()]
    buffer = io.BytesIO()
    with parquet.ParquetWriter(
        buffer, schema, compression="zstd", compression_level=19, store_schema=False, write_statistics=filtered
    ) as writer:
        writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
        writer.add_key_value_metadata(metadata)
    return buffer.getvalue()


def _array(cells: tuple[Any, ...], kind: pyarrow.DataType) -> pyarrow.Array:
    return pyarrow.array(cells, pyarrow.string()).cast(kind) if kind == TYPES["date"] else pyarrow.array(cells, kind)


def _field(table: Table, field: dict[str, Any]) -> pyarrow.Field:
    return pyarrow.field(field["name"], TYPES.get(field["type"], pyarrow.string()), not table.required(field))
