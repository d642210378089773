"""Yunji's membership fees quarter by quarter in other sources: their fall to nothing."""

from ..data.dataset import Dataset
from ..drawing import theme
from ..words.languages import Language
from .quarters import by_quarter, quarterly


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """All quarterly membership fees in the evidence."""
    return quarterly(dataset, language, "membership-fees")


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """A column a quarter, labelled by year."""
    return by_quarter(rows.assign(colour=theme.colour("yunji")), words, frame)
