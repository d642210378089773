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


def test_clean_bytes_become_rows_without_problems():
    assert split('a,b\n1,"x, ""y"""\n云集,\n'.encode()) == ([["a", "b"], ["1", 'x, "y"'], ["云集", ""]], [])


@pytest.mark.parametrize(("raw", "problem"), [
    (b"", "t.csv:1: file is empty"), (b"a\n\xb0\xb2\n", "t.csv:2: not UTF-8; save the file as UTF-8"),
    (b"\xff\xfea\x00\n\x00", "t.csv:1: not UTF-8; save the file as UTF-8"),
    (b'a\n1\n"2\n3\n', "t.csv:3: not CSV: unexpected end of data"),
    (b'a\n1\n"2\n3\n4"x\n', "t.csv:3: not CSV: ',' expected after '\"'"),
    (b'a\n1\n"2" x\n', "t.csv:3: not CSV: ',' expected after '\"'"),
    (b'a\n"1\n2"\n', "t.csv:2: line break inside a cell; keep a row on one line"),
])  # fmt: skip
def test_bytes_that_are_no_table_are_reported_where_the_fault_begins(raw: bytes, problem: str):
    assert split(raw) == ([], [problem])


@pytest.mark.parametrize(("raw", "problem"), [
    (b"\xef\xbb\xbfa\n1\n", "t.csv:1: byte-order mark at the start; save as UTF-8 without BOM"),
    (b"a\n1\r\n", "t.csv:2: carriage return; end lines with LF alone"),
    (b"a\r1\r", "t.csv:1: carriage return; end lines with LF alone"), (b"a\n1", "t.csv:2: last line has no line end"),
])  # fmt: skip
def test_unclean_bytes_are_reported_and_still_read(raw: bytes, problem: str):
    assert split(raw) == ([["a"], ["1"]], [problem])


@pytest.mark.parametrize("cell", ["0", "12", "-3", "1552000000", "38.5", "-0.25", ""])
def test_plain_numbers_pass(cell: str):
    assert faults(cell, NUMBER) == []


@pytest.mark.parametrize(
    "cell", ["1.2万亿", "１２", "1,000", "1.5e9", "+3", "NaN", "INF", "-INF", ".5", "5.", "1 000", "0x10", "--1", "٣"]
)
def test_anything_but_a_plain_number_is_refused(cell: str):
    wanted = f"{cell!r} is not a plain number; write base units in the digits 0-9, such as 1200000"
    assert faults(cell, NUMBER) == [wanted]


@pytest.mark.parametrize("cell", ["12345678901234567", "0.12345678901234567"])
def test_a_number_with_more_digits_than_other_formats_keep_is_refused(cell: str):
    assert faults(cell, NUMBER) == [f"{cell!r} has more digits than a spreadsheet or a database keeps; give at most 15"]


@pytest.mark.parametrize("cell", [
    "", "云集 (Yunji)", "P&S", "SK-II", "a < 3", "3 > 2", "“+的意义”", "AT&T", "50% = half", "a - b", "datum: x",
])  # fmt: skip
def test_plain_text_passes(cell: str):
    assert faults(cell, TEXT) == []


@pytest.mark.parametrize(
    "character", ["\u200b", "\u200f", "\u202e", "\ufeff", "\u00ad", "\x07", "\x00", "\t", "\ue000", "\u2028", "\u2029"]
)
def test_hidden_characters_are_refused_by_their_number(character: str):
    assert faults(f"a{character}b", TEXT) == [
        f"hidden character U+{ord(character):04X} in {f'a{character}b'!r}; remove it"
    ]


@pytest.mark.parametrize("character", ["\u00a0", "\u3000", "\u2003", "\u2009", "\u202f", "\u1680"])
def test_spaces_that_are_no_plain_ones_are_refused_by_their_number(character: str):
    cell = f"a{character}b"
    assert faults(cell, TEXT) == [f"space U+{ord(character):04X} in {cell!r}; use a plain one"]


def test_a_character_that_was_lost_is_refused():
    assert faults("a\ufffdb", TEXT) == ["hidden character U+FFFD in 'a\ufffdb'; remove it"]


@pytest.mark.parametrize("error", ["#REF!", "#NAME?", "#N/A", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"])
def test_a_spreadsheets_errors_are_refused(error: str):
    for cell in (error, f"see {error} there"):
        assert faults(cell, TEXT) == [f"{error} in {cell!r} is a spreadsheet's error; write what was there"]


@pytest.mark.parametrize("text", ["月", "’", "é", "云集", "“", "–", "£", "ü"])
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_text_read_in_a_wrong_encoding_is_refused_with_what_it_was(text: str, encoding: str):
    cell = text.encode().decode(encoding)
    said = [fault for fault in faults(f"a{cell}b", TEXT) if "hidden" not in fault and "space" not in fault]
    assert [fault.split(" is ")[1] for fault in said] == [
        f"{text[0]!r} read in a wrong encoding; open the file as UTF-8 and type it anew"
    ]


@pytest.mark.parametrize("cell", [
    "“Café”—a place", "naïve–or not", "£5 à la carte", "#1, #REF and N/A", "Ångström’s “é”", "云集—“é”…", "½ × 2",
    "Â and Ã",
])  # fmt: skip
def test_accents_beside_punctuation_pass(cell: str):
    assert faults(cell, TEXT) == []


@pytest.mark.parametrize("digits", [400, 1999])
def test_a_number_of_hundreds_of_digits_is_refused_in_a_sentence(digits: int):
    for cell in ("9" * digits, f"0.{'9' * (digits - 2)}", f"-{'1' * (digits - 1)}"):
        said = f"'{cell[:37]}...' has more digits than a spreadsheet or a database keeps; give at most 15"
        assert faults(cell, NUMBER) == [said]


def test_how_a_cell_is_quoted_means_nothing():
    assert split(b'"a","b"\n"1","x"\n') == split(b"a,b\n1,x\n") == ([["a", "b"], ["1", "x"]], [])


def test_what_a_merge_left_is_refused_with_its_lines():
    found = "a merge left its mark here; settle the conflict"
    raw = b"a\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> theirs\n"
    assert split(raw) == ([], [f"t.csv:2: {found}", f"t.csv:6: {found}"])


@pytest.mark.parametrize("cell", [" a", "a ", "a\u3000", "\u00a0a"])
def test_space_at_either_end_is_refused(cell: str):
    assert faults(cell, TEXT) == [f"space at the start or end of {cell!r}"]


@pytest.mark.parametrize("cell", ["cafe\u0301", "\u212b", "\ufa0c"])
def test_text_that_is_not_in_normal_form_is_refused(cell: str):
    assert faults(cell, TEXT) == [f"{cell!r} is not in Unicode form NFC; normalise it"]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "=HYPERLINK(1)"])
def test_cells_that_a_spreadsheet_would_run_are_refused(cell: str):
    assert faults(cell, TEXT) == [f"{cell!r} starts like a spreadsheet formula; put it in quotation marks or reword it"]


@pytest.mark.parametrize(
    "cell", ["<b>a</b>", "a < b and <i", "</p", "<!-- a", "<?php", "< br", "&amp;", "&#65;", "&#x41;"]
)
def test_html_is_refused(cell: str):
    assert faults(cell, TEXT) == [f"HTML in {cell!r}; cells hold plain text"]


@pytest.mark.parametrize("cell", ["javascript:a", "JavaScript : a", "data:text", "vbscript:a"])
def test_scripts_are_refused_in_a_text(cell: str):
    assert faults(cell, TEXT) == [f"{cell!r} is not text; cells hold no scripts"]


@pytest.mark.parametrize("cell", ["https://example.org", "http://example.org/a?b=c#d", "https://example.org:80/云"])
def test_web_addresses_pass(cell: str):
    assert faults(cell, ADDRESS) == []


@pytest.mark.parametrize("cell", [
    "javascript:alert(1)", "ftp://example.org/", "//example.org", "example.org", "https://", "https://localhost",
    "http://127.0.0.1:22/", "https://example.org/a b",
])  # fmt: skip
def test_anything_but_a_web_address_is_refused(cell: str):
    assert faults(cell, ADDRESS) == [f"{cell!r} {addresses.fault(cell)}"]
    assert "http(s) address" in addresses.fault(cell)


def test_a_long_cell_is_shown_by_its_start():
    assert faults("x" * 50 + " ", TEXT) == [f"space at the start or end of '{'x' * 37}...'"]
    assert faults("x" * 2000, TEXT) == []
    assert faults("x" * 2001, TEXT) == ["2001 characters; a cell holds at most 2000"]


def test_every_fault_of_a_cell_is_told_with_its_column_and_line():
    table = [["a", "b"], ["x", "1"], ["y", " <b>  "]]
    found = [(column, str(problem)) for column, problem in cells.examine(table, [], "t.csv")]
    assert found == [
        ("b", "t.csv:3: b: space at the start or end of ' <b>  '"),
        ("b", "t.csv:3: b: two spaces together in ' <b>  '"),
        ("b", "t.csv:3: b: HTML in ' <b>  '; cells hold plain text"),
    ]


def test_a_column_name_that_stands_twice_is_told_once():
    found = [str(problem) for _, problem in cells.examine([["a", "b", "a", "a"]], [], "t.csv")]
    assert found == ["t.csv:1: column 'a' stands twice in the header"]
