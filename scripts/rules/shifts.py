"""Find mistakes by comparison with the newest edition: a column shifted or sorted alone, a period made less exact.

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

MOVED = 3  # names, titles and locators may move one by one, but not so many of a column at once
LOOSE = {"~": "about", "/..": "since"}
"""What makes a period less exact, and the hedge that its statement then needs; EDTF, levels 1 and 2."""
_ENDS = ("title", "publisher")  # of text columns without a language code
_STATEMENT = "statement"
Rows = Mapping[str, Mapping[str, str]]
"""The rows of a table by key: cells by column."""


def check(package: Package, before: Mapping[str, diff.Table], version: str) -> Iterator[Problem]:
    """Yield probable mistakes since edition `version`, whose tables are `before`."""
    corrections = package.tables["corrections"].frame if "corrections" in package.tables else pandas.DataFrame()
    corrected = set(zip(corrections.get("fact_id", ()), corrections.get("field", ()), strict=True))
    for name, table in package.tables.items():
        parts = [table.frame[part] for part in table.key]
        keys = [" ".join(row) for row in zip(*parts, strict=True)]
        lines = {row: line for line, row in enumerate(keys, start=2)}
        if name in before and parts:  # a table without a key is reported by `schemas`
            faults = (
                *_shifted(table, keys, before[name].rows, version, package.languages),
                *_loosened(table, keys, before[name].rows, version, package.languages),
            )
            for id_, field, fault in faults:
                if (id_, field) not in corrected:
                    yield Problem(table.path, lines[id_], f"{field}: {fault}")


def _shifted(table: Table, keys: list[str], old: Rows, version: str, languages: list[str]) -> Iterator[tuple[str, str, str]]:  # fmt: skip
    """Yield `(row, field, fault)` for each text that was another row's.

    One complete sentence is enough, but three names, titles or locators. Numbers, ids and paragraph locators may
    legitimately become those of another row.
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
    """Yield `(row, field, fault)` for each period that became less exact while its statement, without a hedge, did not change."""
    texts = codes.columns(_STATEMENT, table.frame.columns, languages)
    if "period" not in table.frame or not texts:
        return
    for id_, period, *statement in zip(keys, *(table.frame[name] for name in ("period", *texts.values())), strict=True):
        before = old.get(id_, {})
        was = before.get("period", "")
        mark = next((mark for mark in LOOSE if was and period == was + mark), "")
        same = mark and statement == [before.get(name) for name in texts.values()]
        pairs = zip(texts, statement, strict=True)
        if same and not any(spoken.says(text, code, "hedges", LOOSE[mark]) for code, text in pairs):
            fault = f"{period} was {was} in edition {version}, and the statement is the same"
            yield id_, "period", f"{fault}; say in it what is less exact, or add a row to corrections"


def _moved(old: Rows, new: Mapping[str, str], column: str) -> Iterator[tuple[str, str, str]]:
    """Yield `(row, previous row, text)` for each unique text of a column that moved between two rows that still exist."""
    count = Counter(cells[column] for cells in old.values() if column in cells)
    owners = {cells[column]: row for row, cells in old.items() if column in cells and count[cells[column]] == 1}
    for row, text in new.items():
        owner = owners.get(text, row)
        if text and owner != row and row in old and new.get(owner, text) != text and old[row].get(column) != text:
            yield row, owner, text
