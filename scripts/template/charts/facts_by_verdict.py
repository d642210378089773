"""The facts counted by verdict."""

import pandas

from scripts.data import verdicts
from scripts.data.dataset import Dataset
from scripts.drawing import theme
from scripts.drawing.counted import draw
from scripts.words.languages import Language

__all__ = ["draw", "rows"]


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """One row for each verdict that some fact has, in the order of verdicts."""
    found = {verdict: len(facts) for verdict, facts in verdicts.facts(dataset).items() if facts}
    return pandas.DataFrame([{"name": language.words["verdicts"][one], "value": count} for one, count in found.items()])
