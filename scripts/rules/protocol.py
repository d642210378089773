"""Register rules for records: a rule is a function, decorated with its tables, that yields `(column, message)` for a record.

The runner calls each rule and adds path and line. What depends only on the cells of a row, or of rows that it refers to,
needs no function: it is a condition in the table's schema (`conditions`).
"""

from collections.abc import Callable, Iterator
from typing import Any

from ..problem import Problem
from .view import View

Faults = Iterator[tuple[str, str]]
Rule = Callable[[View, Any], Faults]
DatasetRule = Callable[[View], Iterator[Problem]]
RULES: dict[str, list[Rule]] = {}
"""The rules by table, in the order of definition."""
DATASET_RULES: list[DatasetRule] = []
"""The rules that run once on a complete dataset."""


def of(*tables: str) -> Callable[[Rule], Rule]:
    """Register a rule for the records of these tables."""

    def mark(rule: Rule) -> Rule:
        for table in tables:
            RULES.setdefault(table, []).append(rule)
        return rule

    return mark


def of_dataset(rule: DatasetRule) -> DatasetRule:
    """Register a rule that runs once, on the complete dataset."""
    DATASET_RULES.append(rule)
    return rule
