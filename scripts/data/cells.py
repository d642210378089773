"""Parse CSV bytes and check every cell before any other tool reads them. In: bytes; out: rows and problems.

The rules cover what Frictionless 5.21 accepts or guesses at: encodings, byte-order marks, line endings,
numbers parsed in part ("1.2万亿" as 1.2), full-width digits, NaN, formulas, HTML, addresses that are not public http(s) ones.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ..problem import Problem
from ..reading import addresses, files

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
HTML = re.compile(r"<\s*[A-Za-z/!?]|&(#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
FORMULA = ("=", "+", "-", "@")
SPREADSHEET_ERROR = re.compile(
    r"#(?:REF!|VALUE!|DIV/0!|NULL!|NUM!|NAME\?|N/A)"
)  # what a spreadsheet shows for a formula that fails
PLACEHOLDERS = ("NaN", "nan", "None", "NULL", "null")
SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")  # they look like one or two ordinary spaces
_BYTES = {bytes([byte]).decode("cp1252", "replace"): byte for byte in range(0x80, 0x100)} | {
    chr(byte): byte for byte in range(0x80, 0x100)
}
_NEXT = "[" + "".join(re.escape(char) for char, byte in _BYTES.items() if byte < 0xC0 and char != "\ufffd") + "]"
_MISREAD = re.compile(f"[\xc2-\xdf]{_NEXT}|[\xe0-\xef]{_NEXT}{{2}}|[\xf0-\xf4]{_NEXT}{{3}}")
"""One UTF-8 character that was decoded as several of Windows-1252 or Latin-1."""
_SCRIPT = re.compile(r"(javascript|data|vbscript)\s*:", re.IGNORECASE)
_AFTER_ACCENT = set("‘’“”«»–—…• \u00a0")  # may follow an accented letter in correctly decoded text
MOST_DIGITS = 30  # more than any valid number has; arithmetic fails with thousands
LONGEST = 2_000  # characters; a longer cell is pasted text, not a fact


def rows(raw: bytes, path: str) -> tuple[list[list[str]], list[Problem]]:
    """Parse the bytes of a CSV file into rows, header first, and problems; there are no rows if the bytes cannot be parsed."""
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
        problems.append(Problem(path, line, "carriage return; end lines with LF only"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.endswith("\n"):
        problems.append(Problem(path, text.count("\n") + 1, "last line has no line ending"))
    if marks := files.conflicts(text):
        return [], [*problems, *(Problem(path, line, "merge conflict marker; resolve the conflict") for line in marks)]
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
        yield name, Problem(path, 1, f"column {name!r} is duplicated in the header")
    by_name = {field["name"]: field for field in fields}
    sound: list[set[str]] = [{""} for _ in header]  # cells already accepted: most of a column repeat an id or a word
    for line, row in enumerate(table[1:], start=2):
        for name, cell, known in zip(header, row, sound, strict=False):
            if cell in known:
                continue
            faults = list(_faults(cell, by_name.get(name, {})))
            yield from ((name, Problem(path, line, f"{name}: {fault}")) for fault in faults)
            if not faults:
                known.add(cell)


def countable(number: str) -> bool:
    """Whether a text is a plain number short enough for arithmetic."""
    return len(number) <= MOST_DIGITS and bool(NUMBER.fullmatch(number))


def exact(number: str) -> bool:
    """Whether a plain number round-trips through binary floating point, which every derived format uses."""
    return countable(number) and Decimal(repr(float(number))) == Decimal(number)


def plain(text: str) -> Iterator[str]:
    """Yield why a text is not plain: invisible characters, HTML."""
    yield from hidden(text)
    yield from _html(text)


def garbled(text: str) -> Iterator[str]:
    """Yield what a spreadsheet or a wrong encoding did to a text."""
    if "#" in text and (match := SPREADSHEET_ERROR.search(text)):
        yield f"{match[0]} in {_shown(text)} is a spreadsheet error; write the original text"
    for match in () if text.isascii() else _MISREAD.finditer(text):
        try:
            read = bytes(_BYTES[char] for char in match[0]).decode("utf-8")
        except UnicodeDecodeError:
            continue
        if not set(match[0][1:]) <= _AFTER_ACCENT:
            yield f"{match[0]!r} in {_shown(text)} is {read!r} decoded in a wrong encoding; open the file as UTF-8 and retype it"
            return


def hidden(text: str) -> Iterator[str]:
    """Yield the first invisible character of a text; line endings count."""
    if bad := files.hidden(text):
        yield f"hidden character U+{ord(bad):04X} in {_shown(text)}; remove it"


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
    if not cell.isascii() and (match := SPACE.search(cell.strip())):
        yield f"space U+{ord(match[0]):04X} in {shown}; use a plain one"
    yield from garbled(cell)
    if not unicodedata.is_normalized("NFC", cell):
        yield f"{shown} is not in Unicode form NFC; normalise it"
    if field.get("type") in ("number", "integer"):
        if not NUMBER.fullmatch(cell):
            yield f"{shown} is not a plain number; write base units in the digits 0-9, such as 1200000"
        elif not exact(cell):
            yield f"{shown} has more digits than a spreadsheet or a database keeps; give at most 15"
        return
    if cell in PLACEHOLDERS:
        yield f"{shown} is a placeholder for a missing value; leave the cell empty or write the value"
    if cell.startswith(FORMULA):
        yield f"{shown} starts like a spreadsheet formula; put it in quotation marks or reword it"
    yield from _html(cell)
    if field.get("format") == "uri":
        if fault := addresses.fault(cell):
            yield f"{shown} {fault}"
    elif _SCRIPT.match(cell):
        yield f"{shown} is not text; cells hold no scripts"
