"""What a CSV file must be before any tool reads it: clean bytes, clean cells. In: bytes; out: rows and problems.

The rules cover what Frictionless 5.21 lets pass or guesses at: encodings, byte-order marks, line ends,
numbers read in part ("1.2万亿" as 1.2), full-width digits, NaN, formulas, HTML, addresses that are not public http(s) ones.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from . import addresses
from .problem import Problem

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
HTML = re.compile(r"<\s*[A-Za-z/!?]|&(#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
HIDDEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")  # classes of characters that nobody sees
FORMULA = ("=", "+", "-", "@")
LONGEST = 2_000  # characters; a longer cell is a pasted text, not a fact


def rows(raw: bytes, path: str) -> tuple[list[list[str]], list[Problem]]:
    """Split the bytes of a CSV file into rows (header first); without rows where the bytes cannot be read."""
    problems = []
    if not raw.strip():
        return [], [Problem(path, 1, "file is empty")]
    if raw.startswith(b"\xef\xbb\xbf"):
        problems.append(Problem(path, 1, "byte-order mark at the start; save as UTF-8 without BOM"))
        raw = raw[3:]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return [], [*problems, Problem(path, line, "not UTF-8; save the file as UTF-8")]
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        problems.append(Problem(path, line, "carriage return; end lines with LF alone"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.endswith("\n"):
        problems.append(Problem(path, text.count("\n") + 1, "last line has no line end"))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    table: list[list[str]] = []
    try:
        for row in reader:
            if reader.line_num != len(table) + 1:
                problems.append(Problem(path, len(table) + 1, "line break inside a cell; keep a row on one line"))
                return [], problems
            table.append(row)
    except csv.Error as error:
        return [], [*problems, Problem(path, len(table) + 1, f"not CSV: {error}")]
    return table, problems


def examine(table: list[list[str]], fields: list[dict[str, Any]], path: str) -> Iterator[tuple[str, Problem]]:
    """Yield `(column, problem)` for each cell that breaks a rule; `fields` are those of the table's schema."""
    header = table[0] if table else []
    for name in sorted({name for name in header if header.count(name) > 1}):
        yield name, Problem(path, 1, f"column {name!r} stands twice in the header")
    by_name = {field["name"]: field for field in fields}
    for line, row in enumerate(table[1:], start=2):
        for name, cell in zip(header, row, strict=False):
            for fault in _faults(cell, by_name.get(name, {})):
                yield name, Problem(path, line, f"{name}: {fault}")


def exact(number: str) -> bool:
    """Whether binary floating point, which every format of the tables holds, gives a plain number back as it was written."""
    return bool(NUMBER.fullmatch(number)) and Decimal(repr(float(number))) == Decimal(number)


def plain(text: str) -> Iterator[str]:
    """What keeps a text from being plain: characters that nobody sees, and HTML."""
    yield from hidden(text)
    yield from _html(text)


def hidden(text: str) -> Iterator[str]:
    """The characters of a text that nobody sees, line ends among them; only the first is named."""
    bad = [] if text.isprintable() else [c for c in text if unicodedata.category(c) in HIDDEN]
    if bad:
        yield f"hidden character U+{ord(bad[0]):04X} in {_shown(text)}; remove it"


def _html(text: str) -> Iterator[str]:
    if HTML.search(text):
        yield f"HTML in {_shown(text)}; cells hold plain text"


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")


def _faults(cell: str, field: dict[str, Any]) -> Iterator[str]:
    if not cell:
        return
    shown = _shown(cell)
    if len(cell) > LONGEST:
        yield f"{len(cell)} characters; a cell holds at most {LONGEST}"
        return
    yield from hidden(cell)
    if cell != cell.strip():
        yield f"space at the start or end of {shown}"
    if "  " in cell:
        yield f"two spaces together in {shown}"
    if not unicodedata.is_normalized("NFC", cell):
        yield f"{shown} is not in Unicode form NFC; normalise it"
    if field.get("type") in ("number", "integer"):
        if not NUMBER.fullmatch(cell):
            yield f"{shown} is not a plain number; write base units in the digits 0-9, such as 1200000"
        elif not exact(cell):
            yield f"{shown} has more digits than a spreadsheet or a database keeps; give at most 15"
        return
    if cell.startswith(FORMULA):
        yield f"{shown} starts like a spreadsheet formula; put it in quotation marks or reword it"
    yield from _html(cell)
    if field.get("format") == "uri":
        if fault := addresses.fault(cell):
            yield f"{shown} {fault}"
    elif re.match(r"(javascript|data|vbscript)\s*:", cell, re.IGNORECASE):
        yield f"{shown} is not text; cells hold no scripts"
