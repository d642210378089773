"""Yunji's membership fees quarter by quarter in other sources: their fall to nothing."""

from ..data.dataset import Dataset
from ..drawing import theme
from ..words.languages import Language
from . import quarters


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """All quarterly membership fees in the evidence."""
    return quarters.quarterly(dataset, language, "membership-fees")


draw = quarters.draw
