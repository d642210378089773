"""Interactive charts: a tooltip for every row that is drawn, one bundle, named by its hash."""

import hashlib
import json
from pathlib import Path

import pytest

from scripts.drawing import explore
from scripts.pages.content import Content
from tests.drawing.test_charts import Drawn, every_text, layers, rows_of, spoken

UNDRAWN = {"platform-lives": 1}  # the fact's limit stands in the note


def explored(drawn: Drawn, real: Content, slug: str, code: str) -> dict[str, dict]:
    return json.loads(explore.specification(drawn[code][slug], spoken(real, code)))


def told(spec: dict) -> list[dict[str, str]]:
    """The lines of each distinct tooltip by their titles."""
    found = []
    for layer in layers(spec):
        fields = layer.get("encoding", {}).get("tooltip", [])
        for row in rows_of(spec, layer) if fields else []:
            tip = {field["title"]: str(row[field["field"]]) for field in fields}
            found += [tip] if tip not in found else []
    return found


@every_text
def test_every_row_has_a_tooltip_in_every_frame(drawn: Drawn, real: Content, slug: str, code: str):
    specs = explored(drawn, real, slug, code)
    rows = len(drawn[code][slug].rows) - UNDRAWN.get(slug, 0)
    for frame, spec in specs.items():
        if slug == "verdicts-by-speaker":  # a mark for each part of a row
            assert len(told(spec)) > rows
        else:
            assert len(told(spec)) == rows, frame


@every_text
def test_tooltip_has_hedge_speaker_and_locator(drawn: Drawn, real: Content, slug: str, code: str):
    language, specs = spoken(real, code), explored(drawn, real, slug, code)
    if "hedge" not in drawn[code][slug].rows:
        pytest.skip(f"{slug} draws counts of facts, which have no hedge, speaker or place of their own")
    labels, columns = language.words["labels"], drawn[code][slug].columns
    for tip in told(specs["wide"]):
        assert tip[labels["hedge"]] in language.words["qualifiers"].values()
        for column, label in (("speaker", "who"), ("locator", "where")):
            assert tip[columns.get(column, labels[label])]


@every_text
def test_only_tooltips_are_added(drawn: Drawn, real: Content, slug: str, code: str):
    specs = explored(drawn, real, slug, code)
    for frame, spec in specs.items():
        for layer in layers(spec):
            layer.get("encoding", {}).pop("tooltip", None)
        assert spec == json.loads(json.dumps(drawn[code][slug].specs[frame]))


def test_bundle_is_named_by_its_hash_and_cached(tmp_path: Path):
    name, text = explore.bundle(tmp_path)
    assert name == f"explore.{hashlib.sha256(text.encode()).hexdigest()[:12]}.js"
    assert "window.lowTide" in text
    (kept,) = tmp_path.iterdir()
    kept.write_text("kept", "utf-8")
    assert explore.bundle(tmp_path)[1] == "kept"
