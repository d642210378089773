"""An edition as a workbook: a dictionary, then a sheet a table. In: `Edition`; out: the bytes of an XLSX file.

Text stays text: no cell becomes a date, a number, a link or a formula, neither here nor when somebody edits it.
"""

import io
import unicodedata
from collections.abc import Iterable, Sequence

import xlsxwriter
from xlsxwriter import utility

from . import tables
from .tables import NUMBERS, Edition, Value

_LOOK = {"valign": "top", "font_name": "Calibri", "font_size": 11}
_HEAD = {**_LOOK, "bold": True, "bg_color": "#E8EEF1", "bottom": 1, "num_format": "@"}
_TEXT = {**_LOOK, "num_format": "@"}  # "@" is Excel's word for text
_NARROW, _WIDE = 8, 60  # characters of a column; longer text is cut in view only
_DIGITS = {"integer": "0", "number": "#,##0"}


def make(edition: Edition) -> bytes:
    """The workbook. Its dates are that of the edition and the one that XLSX writers give to all their parts."""
    buffer = io.BytesIO()
    said = tables.about(edition)
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        book.set_properties(
            {
                "title": f"{said['title']} {said['version']}",
                "author": said["contributors"],
                "comments": "\n".join(filter(None, (said.get("description"), said["licenses"]))),
                "created": edition.moment,
            }
        )
        for table in edition.tables:
            _sheet(book, table.name, table.names, [field["type"] for field in table.fields], table.rows())
        _sheet(book, "about", ["property", "text"], ["string"] * 2, [list(pair) for pair in said.items()])
    return buffer.getvalue()


def _sheet(
    book: xlsxwriter.Workbook, name: str, header: list[str], kinds: list[str], rows: Iterable[Sequence[Value]]
) -> None:
    """One sheet: a header that stays in view and filters, columns as wide as what they hold.

    The book forgets a row when the next one begins, so cells are written row by row.
    """
    sheet = book.add_worksheet(name)
    head, text = book.add_format(_HEAD), book.add_format(_TEXT)
    plain = book.add_format(_LOOK)
    whole = {kind: book.add_format({**_LOOK, "num_format": digits}) for kind, digits in _DIGITS.items()}
    for column, title in enumerate(header):
        _written(sheet.write_string(0, column, title, head), name, 0)
    widths, last = list(map(_width, header)), 1
    for last, row in enumerate(rows, start=1):
        for column, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
            widths[column] = max(widths[column], _width(cell))
            if isinstance(cell, str):
                _written(sheet.write_string(last, column, cell, text), name, last)
            elif cell is not None:
                look = whole[kind] if isinstance(cell, int) else plain
                _written(sheet.write_number(last, column, cell, look), name, last)
    for column, (width, kind) in enumerate(zip(widths, kinds, strict=True)):
        sheet.set_column(column, column, min(max(width + 2, _NARROW), _WIDE), plain if kind in NUMBERS else text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(header) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{utility.xl_rowcol_to_cell(last, len(header) - 1)}"})


def _written(code: int, name: str, line: int) -> None:
    """The library leaves out what does not fit a sheet, and says so by a number alone."""
    if code:
        raise ValueError(f"sheet {name}, row {line + 1}: more than an XLSX sheet holds (XlsxWriter's code {code})")


def _width(cell: Value) -> int:
    """How wide a cell is, in Latin letters: a Han character takes two."""
    shown = f"{cell:,}" if isinstance(cell, int | float) else cell or ""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in shown)
