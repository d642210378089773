import pytest

from scripts.data import cells
from scripts.reading import addresses

NUMBER = {"name": "n", "type": "number"}
TEXT = {"name": "n", "type": "string"}
ADDRESS = {"name": "n", "type": "string", "format": "uri"}


def split(raw: bytes) -> tuple[list[list[str]], list[str]]:
    table, problems = cells.rows(raw, "t.csv")
    return table, [str(problem) for problem in problems]


def faults(cell: str, field: dict[str, str]) -> list[str]:
    return [problem.text.removeprefix("n: ") for _, problem in cells.examine([["n"], [cell]], [field], "t.csv")]


def test_clean_bytes_become_rows_however_cells_are_quoted():
    assert split('a,b\n1,"x, ""y"""\n云集,\n'.encode()) == ([["a", "b"], ["1", 'x, "y"'], ["云集", ""]], [])
    assert split(b'"a","b"\n"1","x"\n') == split(b"a,b\n1,x\n") == ([["a", "b"], ["1", "x"]], [])


@pytest.mark.parametrize(("raw", "line", "fault"), [
    (b"", 1, "file is empty"), (b"a\n\xb0\xb2\n", 2, "not UTF-8; save the file as UTF-8"),
    (b"\xff\xfea\x00\n\x00", 1, "not UTF-8; save the file as UTF-8"),
    (b'a\n1\n"2\n3\n', 3, "not CSV: unexpected end of data"), (b'a\n1\n"2\n3\n4"x\n', 3, "not CSV: ',' expected after '\"'"),
    (b'a\n1\n"2" x\n', 3, "not CSV: ',' expected after '\"'"), (b'a\n"1\n2"\n', 2, "line break inside a cell; keep a row on one line"),
])  # fmt: skip
def test_bytes_that_are_no_table_are_reported_at_the_line_where_the_fault_begins(raw: bytes, line: int, fault: str):
    rows, (problem,) = split(raw)
    assert rows == [] and problem == f"t.csv:{line}: {fault}"


def test_merge_conflict_is_reported_at_both_its_marks():
    found = "merge conflict marker; resolve the conflict"
    raw = b"a\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> theirs\n"
    assert split(raw) == ([], [f"t.csv:2: {found}", f"t.csv:6: {found}"])


@pytest.mark.parametrize(("raw", "line", "fault"), [
    (b"\xef\xbb\xbfa\n1\n", 1, "byte-order mark at the start; save as UTF-8 without BOM"),
    (b"a\n1\r\n", 2, "carriage return; end lines with LF only"), (b"a\r1\r", 1, "carriage return; end lines with LF only"),
    (b"a\n1", 2, "last line has no line ending"),
])  # fmt: skip
def test_unclean_bytes_are_reported_and_still_read(raw: bytes, line: int, fault: str):
    rows, (problem,) = split(raw)
    assert rows == [["a"], ["1"]] and problem == f"t.csv:{line}: {fault}"


@pytest.mark.parametrize(("field", "cell"), [
    *((NUMBER, cell) for cell in ("0", "12", "-3", "1552000000", "38.5", "-0.25", "")),
    *((TEXT, cell) for cell in ("", "云集 (Yunji)", "P&S", "SK-II", "a < 3", "3 > 2", "“+的意义”", "50% = half", "a - b", "datum: x",
                                "“Café”—a place", "naïve–or not", "£5 à la carte", "#1, #REF and N/A", "Ångström’s “é”",
                                "云集—“é”…", "½ × 2", "Â and Ã", "x" * 2000)),
    *((ADDRESS, cell) for cell in ("https://example.org", "http://example.org/a?b=c#d", "https://example.org:80/云")),
])  # fmt: skip
def test_plain_cell_passes(field: dict[str, str], cell: str):
    assert faults(cell, field) == []


@pytest.mark.parametrize(
    "cell", ["1.2万亿", "１２", "1,000", "1.5e9", "+3", "NaN", "INF", "-INF", ".5", "5.", "1 000", "0x10", "--1", "٣"]
)
def test_anything_but_a_plain_number_is_refused(cell: str):
    (fault,) = faults(cell, NUMBER)
    assert fault == f"{cell!r} is not a plain number; write base units in the digits 0-9, such as 1200000"


@pytest.mark.parametrize(
    "cell", ["12345678901234567", "0.12345678901234567", "9" * 400, f"0.{'9' * 1997}", f"-{'1' * 1998}"]
)
def test_number_with_more_digits_than_other_formats_keep_is_refused_and_quoted_in_short(cell: str):
    shown = cell if len(cell) <= 40 else f"{cell[:37]}..."
    assert faults(cell, NUMBER) == [
        f"{shown!r} has more digits than a spreadsheet or a database keeps; give at most 15"
    ]


HIDDEN = "\u200b\u200f\u202e\ufeff\u00ad\x07\x00\t\ue000\u2028\u2029\ufffd\u061c\u2060\u2066\u2069\ufff9\U000e0041"
SPACES = "\u00a0\u3000\u2003\u2009\u202f\u1680"
ERRORS = ["#REF!", "#NAME?", "#N/A", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"]


@pytest.mark.parametrize(("cell", "fault"), [
    *((f"a{sign}b", f"hidden character U+{ord(sign):04X} in {f'a{sign}b'!r}; remove it") for sign in HIDDEN),
    *((f"a{sign}b", f"space U+{ord(sign):04X} in {f'a{sign}b'!r}; use a plain one") for sign in SPACES),
    *((cell, f"{error} in {cell!r} is a spreadsheet error; write the original text")
      for error in ERRORS for cell in (error, f"see {error} there")),
    *((cell, f"space at the start or end of {cell!r}") for cell in (" a", "a ", "a\u3000", "\u00a0a")),
    *((cell, f"{cell!r} is not in Unicode form NFC; normalise it") for cell in ("cafe\u0301", "\u212b", "\ufa0c")),
    *((cell, f"{cell!r} starts like a spreadsheet formula; put it in quotation marks or reword it")
      for cell in ("=1", "+1", "-1", "@a", "=HYPERLINK(1)")),
    *((cell, f"HTML in {cell!r}; cells hold plain text")
      for cell in ("<b>a</b>", "a < b and <i", "</p", "<!-- a", "<?php", "< br", "&amp;", "&#65;", "&#x41;")),
    *((cell, f"{cell!r} is not text; cells hold no scripts") for cell in ("javascript:a", "JavaScript : a", "data:text", "vbscript:a")),
    ("NaN", "'NaN' is a placeholder for a missing value; leave the cell empty or write the value"),
    ("x" * 50 + " ", f"space at the start or end of '{'x' * 37}...'"), ("x" * 2001, "2001 characters; a cell holds at most 2000"),
])  # fmt: skip
def test_text_that_other_programs_would_misread_is_refused(cell: str, fault: str):
    assert faults(cell, TEXT) == [fault]


@pytest.mark.parametrize("text", ["月", "’", "é", "云集", "“", "–", "£", "ü"])
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_text_decoded_with_the_wrong_encoding_is_refused_with_the_original_character(text: str, encoding: str):
    cell = text.encode().decode(encoding)
    said = [fault for fault in faults(f"a{cell}b", TEXT) if "hidden" not in fault and "space" not in fault]
    assert [fault.split(" is ")[1].partition(";")[0] for fault in said] == [f"{text[0]!r} decoded in a wrong encoding"]


@pytest.mark.parametrize("cell", ["javascript:alert(1)", "http://127.0.0.1:22/", "https://example.org/a b"])
def test_anything_but_a_public_web_address_is_refused(cell: str):
    assert addresses.fault(cell)
    assert faults(cell, ADDRESS) == [f"{cell!r} {addresses.fault(cell)}"]


def test_every_fault_of_a_cell_is_reported_with_its_column_and_line():
    table = [["a", "b"], ["x", "1"], ["y", " <b>  "]]
    found = [(column, str(problem)) for column, problem in cells.examine(table, [], "t.csv")]
    assert found == [
        ("b", "t.csv:3: b: space at the start or end of ' <b>  '"),
        ("b", "t.csv:3: b: two spaces together in ' <b>  '"),
        ("b", "t.csv:3: b: HTML in ' <b>  '; cells hold plain text"),
    ]


def test_duplicated_column_name_is_reported_once():
    ((_, problem),) = cells.examine([["a", "b", "a", "a"]], [], "t.csv")
    assert str(problem) == "t.csv:1: column 'a' is duplicated in the header"
