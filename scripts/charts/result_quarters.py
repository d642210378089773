"""Yunji's net result quarter by quarter in other sources: profits above the line, losses below it."""

from ..data.dataset import Dataset
from ..drawing import theme
from ..words.languages import Language
from .quarters import by_quarter, quarterly


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """All quarterly net losses and profits in the evidence, by date."""
    return quarterly(dataset, language, "net-loss", "net-profit").sort_values("first", ignore_index=True)


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """A column a quarter; losses are below the line."""
    way = rows["metric_id"].map({"net-loss": -1, "net-profit": 1})
    rows = rows.assign(value=rows["value"] * way, colour=theme.colour("warn"))
    return by_quarter(rows, words, frame)
