"""Interactive charts: a tooltip for every row that is drawn, one bundle, named by what is in it."""

import hashlib
import itertools
import json
from pathlib import Path

import pytest

from scripts.drawing import explore, listing
from scripts.drawing.engine import Chart
from scripts.pages.content import Content
from scripts.words.languages import Language
from tests.drawing.test_charts import layers, rows_of

Drawn = dict[str, dict[str, Chart]]
every_text = pytest.mark.parametrize(("slug", "code"), list(itertools.product(listing.modules(), ("en", "zh"))))
UNDRAWN = {"platform-lives": 1}  # the fact's limit stands in the note


def spoken(drawn: Drawn, real: Content, slug: str, code: str) -> tuple[Language, dict[str, dict]]:
    language = next(language for language in real.languages if language.code == code)
    return language, json.loads(explore.specification(drawn[code][slug], language))


def told(spec: dict) -> list[dict[str, str]]:
    """What each mark with a tooltip tells, by the titles of its lines; marks of the same row once."""
    found = []
    for layer in layers(spec):
        fields = layer.get("encoding", {}).get("tooltip", [])
        for row in rows_of(spec, layer) if fields else []:
            tip = {field["title"]: str(row[field["field"]]) for field in fields}
            found += [tip] if tip not in found else []
    return found


@every_text
def test_every_row_of_a_chart_is_told_in_every_frame(drawn: Drawn, real: Content, slug: str, code: str):
    _, specs = spoken(drawn, real, slug, code)
    rows = len(drawn[code][slug].rows) - UNDRAWN.get(slug, 0)
    for frame, spec in specs.items():
        if slug == "verdicts-by-speaker":  # a mark for each part of a row
            assert len(told(spec)) > rows
        else:
            assert len(told(spec)) == rows, frame


@every_text
def test_a_number_is_told_with_hedge_speaker_and_place(drawn: Drawn, real: Content, slug: str, code: str):
    language, specs = spoken(drawn, real, slug, code)
    if "hedge" not in drawn[code][slug].rows:
        pytest.skip(f"{slug} draws counts of facts, which have no hedge, speaker or place of their own")
    labels, columns = language.words["labels"], drawn[code][slug].columns
    for tip in told(specs["wide"]):
        assert tip[labels["hedge"]] in language.words["qualifiers"].values()
        for column, label in (("speaker", "who"), ("locator", "where")):
            assert tip[columns.get(column, labels[label])]


@every_text
def test_nothing_else_of_a_drawing_is_changed(drawn: Drawn, real: Content, slug: str, code: str):
    _, specs = spoken(drawn, real, slug, code)
    for frame, spec in specs.items():
        for layer in layers(spec):
            layer.get("encoding", {}).pop("tooltip", None)
        assert spec == json.loads(json.dumps(drawn[code][slug].specs[frame]))


def test_the_bundle_is_named_by_its_bytes_and_made_once(tmp_path: Path):
    name, text = explore.bundle(tmp_path)
    assert name == f"explore.{hashlib.sha256(text.encode()).hexdigest()[:12]}.js"
    assert "window.lowTide" in text
    (kept,) = tmp_path.iterdir()
    kept.write_text("kept", "utf-8")
    assert explore.bundle(tmp_path)[1] == "kept"
