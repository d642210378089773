"""An edition as a workbook: one sheet a table, then `about`. In: `Edition`; out: the bytes of an XLSX file.

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
_TEXT = {**_LOOK, "num_format": "@"}  # "@" is Excel's format for text
_NARROW, _WIDE = 8, 60  # characters; longer text is only cut off in view
_DIGITS = {"integer": "0", "number": "#,##0"}


def make(edition: Edition) -> bytes:
    """Make the workbook. Its only dates are the edition's and the constant one that XlsxWriter gives to zip members."""
    buffer = io.BytesIO()
    about = tables.about(edition)
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        book.set_properties(
            {
                "title": f"{about['title']} {about['version']}",
                "author": about["contributors"],
                "comments": "\n".join(filter(None, (about.get("description"), about["licenses"]))),
                "created": edition.moment,
            }
        )
        for table in edition.tables:
            _sheet(book, table.name, table.names, [field["type"] for field in table.fields], table.rows())
        _sheet(book, "about", ["property", "text"], ["string"] * 2, [list(pair) for pair in about.items()])
    return buffer.getvalue()


def _sheet(
    book: xlsxwriter.Workbook, name: str, header: list[str], kinds: list[str], rows: Iterable[Sequence[Value]]
) -> None:
    """Write one sheet: a frozen header with filters, columns as wide as their cells.

    In `constant_memory` mode a row is flushed when the next one begins, so cells are written row by row.
    """
    sheet = book.add_worksheet(name)
    head, text = book.add_format(_HEAD), book.add_format(_TEXT)
    plain = book.add_format(_LOOK)
    whole = {kind: book.add_format({**_LOOK, "num_format": digits}) for kind, digits in _DIGITS.items()}
    for column, title in enumerate(header):
        _check(sheet.write_string(0, column, title, head), name, 0)
    widths, last = list(map(_width, header)), 1
    for last, row in enumerate(rows, start=1):
        for column, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
            widths[column] = max(widths[column], _width(cell))
            if isinstance(cell, str):
                _check(sheet.write_string(last, column, cell, text), name, last)
            elif cell is not None:
                look = whole[kind] if isinstance(cell, int) else plain
                _check(sheet.write_number(last, column, cell, look), name, last)
    for column, (width, kind) in enumerate(zip(widths, kinds, strict=True)):
        sheet.set_column(column, column, min(max(width + 2, _NARROW), _WIDE), plain if kind in NUMBERS else text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(header) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{utility.xl_rowcol_to_cell(last, len(header) - 1)}"})


def _check(code: int, name: str, line: int) -> None:
    """Raise `ValueError` for a non-zero return code: XlsxWriter drops what does not fit a sheet without an exception."""
    if code:
        raise ValueError(f"sheet {name}, row {line + 1}: more than an XLSX sheet holds (XlsxWriter's code {code})")


def _width(cell: Value) -> int:
    """The width of a cell in Latin letters; a Han character counts as two."""
    shown = f"{cell:,}" if isinstance(cell, int | float) else cell or ""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in shown)
