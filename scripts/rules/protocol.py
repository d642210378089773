"""How a rule for records is written: a function marked with its table, which yields `(column, sentence)` for a record.

The runner asks each rule and adds path and line. What cells of one row alone decide, or of the rows that it refers to, needs
no function: it is a condition in the table's schema (`conditions`).
"""

from collections.abc import Callable, Iterator
from typing import Any

from ..problem import Problem
from .view import View

Faults = Iterator[tuple[str, str]]
Rule = Callable[[View, Any], Faults]
Whole = Callable[[View], Iterator[Problem]]
RULES: dict[str, list[Rule]] = {}
"""The rules by table, in the order in which they are written."""
WHOLE: list[Whole] = []
"""The rules for a dataset as a whole."""


def of(*tables: str) -> Callable[[Rule], Rule]:
    """Mark a rule with the tables whose records it is asked of."""

    def mark(rule: Rule) -> Rule:
        for table in tables:
            RULES.setdefault(table, []).append(rule)
        return rule

    return mark


def whole(rule: Whole) -> Whole:
    """Mark a rule that is asked once, of the dataset as a whole."""
    WHOLE.append(rule)
    return rule
