"""The tables in other formats: workbook, database, Parquet, JSON. In: an edition's files; out: files by name.

Everything is generated from the files of an edition, so that one which was frozen years ago needs no project. No clock, no
locale, no time zone: the same files give the same bytes, as long as the libraries that write them stay the same.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping

from ...words.lists import Term
from .. import sealed
from . import database, derived, parquet, tables, workbook

MEDIA_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
"""Media types by file name extension (IANA)."""

SUMS, ANEW = "SHA256SUMS", "SHA256SUMS-anew"
"""The checksums of files that never change, and of those that each build generates again; together they list every file of a folder."""


def files(inside: Mapping[str, bytes], words: Iterable[Term] = ()) -> dict[str, bytes]:
    """Generate every other format of an edition, by name; `inside` are its own files: descriptor, tables and schemas.

    `<name>-<version>.xlsx`, `<name>-<version>.sqlite`, and for each table `parquet/<table>/<table>.parquet`, a folder each
    because Spark and Trino read a folder as one table, and `json/<table>.json`. All include the derived columns and tables,
    of which the flat table is also a CSV file. Raises `ValueError` if a number or table does not fit a format.
    """
    edition = derived.enriched(tables.read(inside), words)
    name = sealed.stem(edition.descriptor)
    made = {f"{name}.xlsx": workbook.make(edition), f"{name}.sqlite": database.make(edition)}
    for table in edition.tables:
        made[f"parquet/{table.name}/{table.name}.parquet"] = parquet.make(edition, table)
        made[f"json/{table.name}.json"] = _records(table)
        if table.name == derived.FLAT:
            made[table.resource["path"]] = table.raw
    return made


def sums(files: Mapping[str, bytes]) -> bytes:
    """The checksums of files, in the format of `sha256sum --check`."""
    return "".join(f"{hashlib.sha256(raw).hexdigest()}  {name}\n" for name, raw in sorted(files.items())).encode()


def _records(table: tables.Table) -> bytes:
    """The rows as a list of objects, one a line, which `fetch` in a browser, pandas and DuckDB read without options.

    An empty cell is null, a whole number has no decimal point.
    """
    rows = (json.dumps(dict(zip(table.names, row, strict=True)), ensure_ascii=False) for row in table.rows())
    return ("[\n" + ",\n".join(rows) + "\n]\n").encode()
