"""Marks of the static drawing link to what they draw, also by keyboard, each link with a name."""

import re

import pytest

from scripts.drawing import engine, links
from scripts.pages.content import Content
from tests.drawing.test_charts import Drawn, every_drawing, every_text, layers, parsed, rows_of

DRAWING = (
    '<svg aria-hidden="true" focusable="false"><g class="mark-text role-mark"><text>5</text></g>'
    '<a data-to="fact/one"><path d="M0"/></a><a data-to="fact/one"><path d="M1"/></a><a data-to="evidence/two"><path d="M2"/></a></svg>'
)


def link_to(kind: str, id_: str) -> str:
    return f"../{kind}s/{id_}/"


@every_drawing
def test_each_row_of_a_fact_or_evidence_is_linked(drawn: Drawn, slug: str, code: str, frame: str):
    chart = drawn[code][slug]
    rows = [row for layer in layers(chart.specs[frame]) for row in rows_of(chart.specs[frame], layer)]
    shown = {f"{kind}/{row[f'{kind}_id']}" for row in rows for kind in ("fact", "evidence") if row.get(f"{kind}_id")}
    assert set(re.findall('data-to="([^"]*)"', chart.linked[frame])) == shown


@every_drawing
def test_drawing_with_its_links_removed_equals_one_without_links(drawn: Drawn, real: Content, slug: str, code: str, frame: str):  # fmt: skip
    chart = drawn[code][slug]
    keep = real.project.build / "drawings"
    assert chart.drawings[frame] == engine.svg(chart.specs[frame], f"{slug}-{frame}", keep)
    assert "<a " not in chart.drawings[frame] and "href" not in str(chart.specs)


@every_text
def test_links_have_names_and_all_else_is_hidden_from_screen_readers(drawn: Drawn, slug: str, code: str):
    chart = drawn[code][slug]
    names = links.names(chart.rows.to_dict("records"))
    for drawing in chart.linked.values():
        root = parsed(links.addressed(drawing, names, link_to))
        if not names:
            assert root.get("aria-hidden") == "true"
            continue
        assert root.get("aria-hidden") is None
        found = [tag for tag in root.iter() if tag.tag.endswith("}a")]
        reached = [tag for tag in found if tag.get("tabindex") != "-1"]
        assert {tag.get("href") for tag in reached} == {tag.get("href") for tag in found}
        assert len({tag.get("href") for tag in reached}) == len(reached)
        assert {tag.get("aria-label") for tag in reached} <= set(names.values())
        groups = [group for group in root.iter() if not group.get("aria-hidden")]
        assert [text.text for group in groups for text in group if text.tag.endswith("}text")] == []


def test_only_the_first_of_several_links_to_one_target_is_focusable():
    told = links.addressed(DRAWING, {"fact/one": 'It was "5".', "evidence/two": "It was 6."}, link_to)
    assert re.findall("<a [^>]*>", told) == [
        '<a href="../facts/one/" aria-label="It was &quot;5&quot;.">',
        '<a href="../facts/one/" tabindex="-1" aria-hidden="true">',
        '<a href="../evidences/two/" aria-label="It was 6.">',
    ]
    assert told.startswith('<svg><g aria-hidden="true" class="mark-text')


def test_drawing_without_links_stays_hidden_from_screen_readers():
    plain = links.removed(DRAWING)
    assert "<a" not in plain and plain.count("<path") == 3
    assert links.addressed(plain, {}, link_to) == plain


@pytest.mark.parametrize("row", [{"fact_id": "", "value": 1}, {"value": 1}, {"fact_id": "one", "more": 1}])
def test_layer_is_linked_only_if_every_row_has_a_target(row: dict):
    layer = {"mark": {"type": "bar"}, "data": {"name": "a"}, "encoding": {}}
    text = {"mark": {"type": "text"}, "data": {"name": "a"}, "encoding": {}}
    spec = {"layer": [layer, text], "datasets": {"a": [{"fact_id": "", "evidence_id": "two"}, row]}}
    found = links.added(spec)
    assert ("href" in found["layer"][0]["encoding"]) == ("more" in row)
    assert "href" not in found["layer"][1]["encoding"] and "href" not in str(spec)
