"""The same tables in other formats: workbook, database, Parquet, JSON. In: an edition's files; out: files by name.

All of it comes from the files of an edition alone, so that an edition which was frozen years ago unfolds without the
project that made it. No clock, no locale, no time zone: the same files give the same bytes, as long as the libraries that
write them stay the same.
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
"""What each kind of file is called by machines, by the end of its name (IANA's list of media types)."""

SUMS, ANEW = "SHA256SUMS", "SHA256SUMS-anew"
"""The checksums of what never changes, and of what each build makes anew; together they name every file of a folder."""


def files(inside: Mapping[str, bytes], words: Iterable[Term] = ()) -> dict[str, bytes]:
    """An edition in every other format, by name; `inside` are its own files: descriptor, tables and schemas.

    `<name>-<version>.xlsx`, `<name>-<version>.sqlite`, and for each table `parquet/<table>/<table>.parquet`, a folder each
    because Spark and Trino read a folder as one table, and `json/<table>.json`. What is derived is in all of them, the flat
    table as CSV too. Raises `Problems` where a cell cannot be kept in all of them as it is.
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
    """The checksums of files by name, as `sha256sum --check` reads them."""
    return "".join(f"{hashlib.sha256(raw).hexdigest()}  {name}\n" for name, raw in sorted(files.items())).encode()


def _records(table: tables.Table) -> bytes:
    """The rows as a list of objects, one a line: what `fetch` in a browser, pandas and DuckDB read without being told how.

    An empty cell is null, a whole number has no decimal point.
    """
    rows = (json.dumps(dict(zip(table.names, row, strict=True)), ensure_ascii=False) for row in table.rows())
    return ("[\n" + ",\n".join(rows) + "\n]\n").encode()
