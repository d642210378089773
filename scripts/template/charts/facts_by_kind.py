"""The facts counted by kind."""

from collections import Counter

import pandas

from scripts.data.dataset import Dataset
from scripts.drawing import theme
from scripts.drawing.counted import draw
from scripts.words.languages import Language

__all__ = ["draw", "rows"]


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """One row for each kind, most facts first."""
    found = Counter(fact.kind for fact in dataset.facts.values()).most_common()
    return pandas.DataFrame([{"name": language.words["kinds"][kind], "value": count} for kind, count in found])
