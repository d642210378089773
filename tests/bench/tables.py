"""The result of a measurement: a title, rows of cells, and exceeded budgets. In: cells; out: aligned text."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """A table: title, columns, rows, notes below it, and a sentence for each exceeded budget."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    notes: Sequence[str] = ()
    broken: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [[_cell(value) for value in row] for row in (self.columns, *self.rows)]
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.columns))]
        texts = [self._line(line, widths).rstrip() for line in lines]
        return "\n".join([self.title, *texts, *self.notes, *(f"BROKEN: {fault}" for fault in self.broken)])

    @staticmethod
    def _line(line: Sequence[str], widths: Sequence[int]) -> str:
        first, *rest = [cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in
                        enumerate(zip(line, widths, strict=True))]  # fmt: skip
        return "  ".join(["", first, *rest])


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
