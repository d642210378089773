"""Ask every rule of every record, each table looked through once. In: `Dataset`; out: problems with their lines."""

from collections.abc import Iterator

from ..data.dataset import Dataset
from ..problem import Problem
from . import figures, protocol, references, rows, texts, twins
from .view import View

MODULES = (rows, references, figures, twins, texts)  # importing one marks its rules
_NUMBERS, _TIMES = ("value", "value_high"), ("period",)
_COMPARED = dict.fromkeys((*_NUMBERS, "printed", "qualifier"), _NUMBERS) | dict.fromkeys(
    ("period", "period_basis"), _TIMES
)
"""Which cells a fault in a column compares; where one of them could not be read, that alone is said."""


def check(dataset: Dataset) -> Iterator[Problem]:
    """Yield every broken rule."""
    view = View(dataset)
    for ask in protocol.WHOLE:
        yield from ask(view)
    for table, rules in protocol.RULES.items():
        found = getattr(dataset, table)
        for record in found.values() if isinstance(found, dict) else found:
            for rule in rules:
                for column, sentence in rule(view, record):
                    if not view.unread(table, record, _COMPARED.get(column, ())):
                        yield view.problem(table, record.line, f"{column}: {sentence}")
