"""Run every rule on every record, in one pass over each table. In: `View`; out: problems with their lines."""

from collections.abc import Iterator

from ..problem import Problem
from . import figures, protocol, references, rows, texts, twins
from .view import View

MODULES = (rows, references, figures, twins, texts)  # importing one registers its rules
_NUMBERS, _TIMES = ("value", "value_high"), ("period",)
_COMPARED = dict.fromkeys((*_NUMBERS, "printed", "qualifier"), _NUMBERS) | dict.fromkeys(
    ("period", "period_basis"), _TIMES
)
"""The cells that rules for a column compare; if one of them cannot be parsed, only that is reported."""


def check(view: View) -> Iterator[Problem]:
    """Yield a problem for every broken rule."""
    for dataset_rule in protocol.DATASET_RULES:
        yield from dataset_rule(view)
    for table, rules in protocol.RULES.items():
        for record in view.data.rows(table):
            for rule in rules:
                for column, message in rule(view, record):
                    if not view.unparsed(table, record, _COMPARED.get(column, ())):
                        yield view.problem(table, record.line, f"{column}: {message}")
