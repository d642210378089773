"""A chart's file truncated anywhere after its head is reported by `check`, before anything is drawn."""

import ast
import inspect
from pathlib import Path

import pytest

from scripts.charts import beidian_arrears, timeline, value_by_date
from scripts.drawing import listing
from scripts.paths import Project
from scripts.problem import Problems

SOURCES = {
    module.__name__.rpartition(".")[2]: inspect.getsource(module).replace("from ..", "from scripts.")
    for module in (timeline, value_by_date, beidian_arrears)
}


def told(folder: Path, text: str) -> list[str]:
    """The problems of a project whose only chart is this text."""
    (folder / "charts").mkdir(exist_ok=True)
    (folder / "charts" / "one.py").write_text(text, "utf-8")
    try:
        listing.modules(Project(folder))
    except Problems as refused:
        return [str(problem) for problem in refused.all]
    return []


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_file_truncated_after_any_line_is_reported_and_the_complete_one_is_not(tmp_path: Path, source: str):
    lines = source.splitlines(keepends=True)
    names = {found.name: found for found in ast.parse(source).body if isinstance(found, ast.FunctionDef)}
    assert told(tmp_path, source) == []
    for end in range(1, max(found.end_lineno or 0 for found in names.values())):
        said = told(tmp_path, "".join(lines[:end]))
        assert said and all(one.startswith("charts/one.py:") for one in said), "".join(lines[:end])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("def draw(rows, words, frame) -> dict:\n    return _lanes(rows)\n", "2: the name '_lanes' is not defined; is the file truncated?"),
        ("def draw(rows, words, frame) -> dict:\n    rows = 1\n", "1: draw can end without a return; is the file truncated?"),
        ("def draw(rows, words, frame):\n    pass\n", "1: draw can end without a return; is the file truncated?"),
        ("def draw(rows, words, frame) -> dict:\n    if rows:\n        return {}\n", "1: draw can end without a return"),
        ("def draw(rows, words, frame) -> dict:\n    return [lost for _ in rows]\n", "2: the name 'lost' is not defined"),
    ],
)  # fmt: skip
def test_truncation_is_reported_with_its_line(tmp_path: Path, text: str, fault: str):
    assert any(one.startswith(f"charts/one.py:{fault}") for one in told(tmp_path, text))


@pytest.mark.parametrize("text", [
    "def draw(rows, words, frame) -> dict:\n    if rows:\n        return {}\n    else:\n        return {'a': None}\n",
    "def draw(rows, words, frame) -> dict:\n    return _kept() or {}\n\n\ndef _kept() -> dict | None:\n    return None\n",
    "import math\n\n\ndef draw(rows, words, frame) -> dict:\n    return {'a': [len(one) for one in rows], 'b': math.pi, 'c': __name__}\n",
    "class One:\n    size = 1\n    wide = size + 1\n\n\ndef draw(rows, words, frame) -> dict:\n    raise ValueError(One.wide)\n",
    "def draw(rows, words, frame) -> dict:\n    return dict(_all())\n\n\ndef _all():\n    yield 'a', 1\n",
])  # fmt: skip
def test_complete_code_passes(tmp_path: Path, text: str):
    assert told(tmp_path, text) == []
