"""Convert the rows of a table to immutable records with their lines. In: a frame of text; out: records.

Parsing is lenient, since `package` and `rules` report what is wrong: a bad number or period becomes None.
"""

import functools
import itertools
import typing
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from . import cells, codes, periods
from .package import Table
from .records import Text

TRANSLATED = {"titles": "title"}
"""Fields with translations of a column that is in the language of its source, and that column."""
Record = TypeVar("Record")


def read(table: Table | None, kind: type[Record], spoken: Sequence[str] = ()) -> Iterator[Record]:
    """Yield the rows of a table as records of a class, with texts in the languages `spoken`; nothing if there is no table."""
    if table is not None:
        columns = (_column(table, name, wanted, spoken) for name, wanted in typing.get_type_hints(kind).items())
        yield from itertools.starmap(kind, zip(*columns, strict=True))


def _column(table: Table, name: str, wanted: object, spoken: Sequence[str]) -> Iterable[object]:
    """The values of one field, row by row."""
    rows = range(2, len(table.frame) + 2)  # line 1 is the header
    if name == "line":
        return rows
    if wanted == Text:
        stem = TRANSLATED.get(name, name)  # the original is not one of its translations
        there = codes.columns(stem, (one for one in table.frame.columns if stem == name or one != stem), spoken)
        texts = zip(*(table.frame[column].tolist() for column in there.values()), strict=True)
        return [dict(zip(there, row, strict=True)) for row in texts] if there else [{} for _ in rows]
    if name not in table.frame:
        return [_value("", wanted)] * len(rows)
    column: list[str] = table.frame[name].tolist()
    return column if wanted is str else [_value(cell, wanted) for cell in column]


@functools.lru_cache(maxsize=10_000)  # most cells repeat, and equal ones share one object
def _value(cell: str, wanted: object) -> object:
    if wanted is str:
        return cell
    try:
        if wanted == Decimal | None:
            return Decimal(cell) if cells.countable(cell) else None
        if wanted == int | None:
            return int(cell) if cells.countable(cell) and cell.isdigit() else None
        return periods.read(cell) if cell else None
    except ValueError:
        return None
