"""Slips that only the newest edition shows: a column shifted or sorted without the others, a period loosened in passing.

In: the package, and the tables of that edition; out: problems with their lines.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

import pandas

from ..data import codes
from ..data.package import Package, Table
from ..editions import diff
from ..problem import Problem
from ..words import spoken
from .twins import SENTENCES

MOVED = 3  # names, titles and locators may change places one by one; so many of a column at once do not
LOOSE = {"~": "about", "/..": "since"}
"""What makes a period less exact, and the hedge that a statement then has; EDTF, levels 1 and 2."""
_ENDS = ("title", "publisher")  # of columns with texts that bear no language
_STATEMENT = "statement"
Rows = Mapping[str, Mapping[str, str]]
"""The rows of a table by key: cells by column."""


def check(package: Package, before: Mapping[str, diff.Table], version: str) -> Iterator[Problem]:
    """Yield what looks like a slip since that edition, whose tables are `before`."""
    told = package.tables["corrections"].frame if "corrections" in package.tables else pandas.DataFrame()
    corrected = set(zip(told.get("fact_id", ()), told.get("field", ()), strict=True))
    for name, table in package.tables.items():
        parts = [table.frame[part] for part in table.key]
        keys = [" ".join(row) for row in zip(*parts, strict=True)]
        lines = {row: line for line, row in enumerate(keys, start=2)}
        if name in before and parts:  # a table without a key is told as such
            faults = (
                *_shifted(table, keys, before[name].rows, version, package.languages),
                *_loosened(table, keys, before[name].rows, version, package.languages),
            )
            for id_, field, fault in faults:
                if (id_, field) not in corrected:
                    yield Problem(table.path, lines[id_], f"{field}: {fault}")


def _shifted(table: Table, keys: list[str], old: Rows, version: str, languages: list[str]) -> Iterator[tuple[str, str, str]]:  # fmt: skip
    """Yield `(row, field, fault)` for each text that was another row's.

    One whole sentence is enough; of names and the like it takes three. Numbers, ids and marks of paragraphs may rightly
    become those of another row.
    """
    for column in table.frame.columns:
        if (code := codes.suffix(column, languages)) or column.endswith(_ENDS):
            moved = list(_moved(old, dict(zip(keys, table.frame[column], strict=True)), column))
            for row, owner, text in (
                moved if column.removesuffix(f"_{code}") in SENTENCES or len(moved) >= MOVED else ()
            ):
                fault = f"{text[:40]!r} was the text of {owner} in edition {version}, whose row has another now"
                yield row, column, f"{fault}; was a column shifted or sorted alone? If not, reword it"


def _loosened(table: Table, keys: list[str], old: Rows, version: str, languages: list[str]) -> Iterator[tuple[str, str, str]]:  # fmt: skip
    """Yield `(row, field, fault)` for each period that became less exact, though the row says the same as before and no hedge."""
    said = codes.columns(_STATEMENT, table.frame.columns, languages)
    if "period" not in table.frame or not said:
        return
    for id_, period, *statement in zip(keys, *(table.frame[name] for name in ("period", *said.values())), strict=True):
        before = old.get(id_, {})
        was = before.get("period", "")
        mark = next((mark for mark in LOOSE if was and period == was + mark), "")
        same = mark and statement == [before.get(name) for name in said.values()]
        told = zip(said, statement, strict=True)
        if same and not any(spoken.says(text, code, "hedges", LOOSE[mark]) for code, text in told):
            fault = f"{period} was {was} in edition {version}, and the statement is the same"
            yield id_, "period", f"{fault}; say in it what is less exact, or add a row to corrections"


def _moved(old: Rows, new: Mapping[str, str], column: str) -> Iterator[tuple[str, str, str]]:
    """Yield `(row, the row that had its text, the text)` for a column: texts of one row alone, where both rows are still there."""
    count = Counter(cells[column] for cells in old.values() if column in cells)
    owners = {cells[column]: row for row, cells in old.items() if column in cells and count[cells[column]] == 1}
    for row, text in new.items():
        owner = owners.get(text, row)
        if text and owner != row and row in old and new.get(owner, text) != text and old[row].get(column) != text:
            yield row, owner, text
