"""Every chart of scripts/charts, in every language and frame; a new file there is tested automatically."""

import itertools
import json
import re
import types
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import altair as alt
import pytest

from scripts.drawing import actors, engine, listing, theme
from scripts.drawing.engine import Chart
from scripts.drawing.marks import TINT
from scripts.pages.content import Content
from scripts.paths import THIS
from scripts.words.languages import Language
from tests.small import sales

SVG = "{http://www.w3.org/2000/svg}"
SLUGS = list(listing.modules())
CODES = ("en", "zh")
DRAWINGS = list(itertools.product(SLUGS, CODES, [frame.name for frame in theme.FRAMES]))
WIDTHS = {frame.name: frame.width for frame in theme.FRAMES}
OPEN = {"under": "triangle-left", "at_most": "triangle-left", "over": "triangle-right", "at_least": "triangle-right"}
Drawn = dict[str, dict[str, Chart]]

every_chart = pytest.mark.parametrize("slug", SLUGS)
"""For what is the same in each language, so that a test looks at one; frames are looked at within a test."""
every_text = pytest.mark.parametrize(("slug", "code"), list(itertools.product(SLUGS, CODES)))
every_drawing = pytest.mark.parametrize(("slug", "code", "frame"), DRAWINGS)


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def tags(chart: Chart) -> Iterator[ElementTree.Element]:
    """Every element of a chart's drawings."""
    return itertools.chain.from_iterable(parsed(drawing).iter() for drawing in chart.drawings.values())


def spoken(real: Content, code: str) -> Language:
    return next(language for language in real.languages if language.code == code)


def layers(spec: object) -> Iterator[dict]:
    """Every layer of a specification that has a mark."""
    if isinstance(spec, dict):
        if "mark" in spec:
            yield spec
        for part in spec.get("layer", []):
            yield from layers(part)


def marks(spec: dict) -> list[str]:
    return [layer["mark"] if isinstance(layer["mark"], str) else layer["mark"]["type"] for layer in layers(spec)]


def rows_of(spec: dict, layer: dict) -> list[dict]:
    data = layer.get("data", spec.get("data", {}))
    return data["values"] if "values" in data else spec["datasets"][data["name"]]


def test_every_chart_file_is_found():
    files = {file.stem for file in (THIS.root / "scripts" / "charts").glob("*.py")} - {"__init__"}
    assert {name.replace("_", "-") for name in files} == set(SLUGS)
    assert len(SLUGS) >= 8


@every_text
def test_every_text_is_present_and_filled(drawn: Drawn, slug: str, code: str):
    chart = drawn[code][slug]
    texts = [chart.title, chart.subtitle, chart.alt, chart.note, *(chart.columns or {}).values()]
    assert all(text.strip() for text in texts)
    assert not any("{" in text or "}" in text for text in texts)


@every_text
def test_table_has_a_row_for_each_datum(drawn: Drawn, real: Content, slug: str, code: str):
    chart, module = drawn[code][slug], listing.modules()[slug]
    if not hasattr(module, "rows"):
        facts, evidence = (list(getattr(module, name, ())) for name in ("FACTS", "EVIDENCE"))
        for column, ids in (("fact_id", facts), ("evidence_id", evidence)):
            assert [id_ for id_ in chart.rows.get(column, ()) if id_] == ids
        assert [fact.fact_id for fact in chart.facts] == facts
        assert len(chart.rows) == len(facts) + len(evidence)
    wanted = {"who-says-it": len(real.dataset.speakers)}
    assert len(chart.rows) == wanted.get(slug, len(chart.rows)) > 0
    for column in chart.columns or ("name", "text", "period", "speaker", "locator"):
        assert column in chart.rows
        assert chart.rows[column].notna().all()


@every_text
def test_evidence_is_named_by_its_source_in_the_language(drawn: Drawn, real: Content, slug: str, code: str):
    rows = drawn[code][slug].rows
    if "evidence_id" in rows and "speaker" in rows:
        told = dict(zip(rows["evidence_id"], rows["speaker"], strict=True))
        sources = {id_: real.dataset.sources[real.dataset.evidence[id_].source_id] for id_ in told if id_}
        language = spoken(real, code)
        assert {id_: told[id_] for id_ in sources} == {id_: language.source(some) for id_, some in sources.items()}


@every_text
def test_alternative_text_has_each_value(drawn: Drawn, real: Content, slug: str, code: str):
    language = spoken(real, code)
    for fact_id in getattr(listing.modules()[slug], "FACTS", ()):
        fact = real.dataset.facts[fact_id]
        if fact.value is not None and slug != "platform-lives":  # which draws others' dates and notes the fact's limit
            exact, rounded = language.value(fact), language.short(fact)  # as the chart's labels, or as prose tells it
            assert exact in drawn[code][slug].alt or rounded in drawn[code][slug].alt


def test_chart_of_speakers_counts_every_fact_once(drawn: Drawn, real: Content):
    rows = drawn["en"]["who-says-it"].rows
    assert rows["value"].sum() == len(real.dataset.facts)
    assert (rows["reported"] + rows["judged"] == rows["value"]).all()


def test_timeline_has_every_event_in_order(drawn: Drawn, real: Content):
    rows = drawn["zh"]["timeline"].rows
    assert sorted(rows["text"]) == sorted(event.title["zh"] for event in real.dataset.events.values() if event.fact_id)
    assert rows["first"].tolist() == sorted(rows["first"])


@every_chart
def test_the_specifications_are_valid_vega_lite(drawn: Drawn, slug: str):
    for spec in drawn["en"][slug].specs.values():
        assert spec["autosize"] == {"type": "none"}
        alt.Chart.from_dict(spec, validate=True)


@every_drawing
def test_drawing_is_xml_with_visible_marks_and_texts(drawn: Drawn, slug: str, code: str, frame: str):
    root = parsed(drawn[code][slug].drawings[frame])
    paths = [path for path in root.iter(f"{SVG}path") if path.get("d")]
    inked = [path for path in paths if any(path.get(key, "").startswith("var(") for key in ("fill", "stroke"))]
    texts = [text for text in root.iter(f"{SVG}text") if text.get("opacity") != "0"]
    assert len(inked) >= len(drawn[code][slug].rows) - (slug == "platform-lives")  # the fact's limit is in its note
    assert len(texts) >= 2
    assert all(text.text and text.text.strip() for text in texts)
    assert min(float(text.get("font-size").removesuffix("px")) for text in texts) >= 13


@every_drawing
def test_drawing_is_as_wide_as_its_frame_hidden_from_screen_readers_and_without_quotes(
    drawn: Drawn, slug: str, code: str, frame: str
):
    drawing = drawn[code][slug].drawings[frame]
    root = parsed(drawing)
    assert float(root.get("width")) == WIDTHS[frame]
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert (root.get("aria-hidden"), root.get("focusable")) == ("true", "false")
    assert not any("aria-label" in tag.attrib or "role" in tag.attrib for tag in root.iter())
    assert "{{" not in drawing


@every_chart
def test_every_colour_is_a_variable_of_the_site(drawn: Drawn, slug: str):
    defined = set(re.findall(r"--lt-[a-z]+(?=:)", (THIS.docs / "assets" / "low-tide.css").read_text("utf-8")))
    for tag in tags(drawn["en"][slug]):
        assert not {"style", "class"} & set(tag.attrib) or tag.get("style") is None
        for colour in (tag.get("fill"), tag.get("stroke")):
            named = re.fullmatch(r"var\((--lt-[a-z]+)\)", colour or "")
            assert colour in (None, "none", "transparent") or (named and named[1] in defined), colour


@every_drawing
def test_references_within_a_drawing_resolve(drawn: Drawn, slug: str, code: str, frame: str):
    drawing = drawn[code][slug].drawings[frame]
    wanted = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', drawing))
    assert {a or b for a, b in wanted} <= set(re.findall(r'\bid="([^"]+)"', drawing))


@every_chart
def test_limit_has_an_arrow_towards_its_open_side(drawn: Drawn, slug: str):
    chart = drawn["en"][slug]
    limited = slug in ("what-ran-out", "market-value", "beidian-arrears")  # the others draw times, or columns
    open_ = OPEN | ({"over": "triangle-up"} if slug == "what-ran-out" else {})  # its values are heights
    rows = chart.rows.to_dict("records") if limited else []
    wanted = [
        (row["fact_id"] or row["evidence_id"], open_[row["qualifier"]]) for row in rows if row["qualifier"] in open_
    ]
    for spec in chart.specs.values():
        arrows = [
            (row["fact_id"] or row["evidence_id"], layer["mark"]["shape"])
            for layer in layers(spec)
            if isinstance(layer["mark"], dict) and str(layer["mark"].get("shape", "")).startswith("triangle")
            for row in rows_of(spec, layer)
        ]
        assert sorted(arrows) == sorted(wanted)


def test_real_charts_have_limits(drawn: Drawn):
    for slug in ("market-value", "what-ran-out", "beidian-arrears"):
        assert drawn["en"][slug].rows["qualifier"].isin(OPEN).any(), slug


@every_chart
def test_only_earlier_or_approximate_values_are_pale(drawn: Drawn, slug: str):
    every = list(tags(drawn["en"][slug]))
    assert {tag.get("opacity", "1") for tag in every} <= {"0", "0.4", "0.55", "1"}
    assert {tag.get("fill-opacity", "1") for tag in every} <= {str(TINT), "1"}  # a tint or solid, nothing between


@every_chart
def test_no_chart_draws_a_line_between_values(drawn: Drawn, slug: str):
    for spec in drawn["en"][slug].specs.values():
        assert not {"line", "area", "trail"} & set(marks(spec))


def test_every_actor_is_an_entity_and_has_one_colour(real: Content):
    assert actors.read(THIS) == (real.actors, [])
    assert list(actors.check(THIS, real.actors, real.dataset.entities)) == []
    assert real.actors["onion-global"] == "onion" and real.actors["beibei"] == real.actors["beidian"]


def width(text: str, size: float, bold: bool) -> float:
    """A text's width in a common sans-serif: an em for Chinese, the widths of Arial for the rest."""
    ems = {"ijl'|": 0.22, "ft.,:;()[] -/!I": 0.3, "r“”": 0.34, "mwMW%": 0.86}
    narrow = {character: em for group, em in ems.items() for character in group}
    wide = sum(1.0 if ord(c) > 0x2E7F else narrow.get(c, 0.7 if c.isupper() else 0.556) for c in text)
    return size * wide * (1.07 if bold else 1.0)


def test_labels_of_an_axis_use_the_sizes_of_the_language(speak: dict[str, Language]):
    assert engine.label_expr(speak["en"]) == (
        "datum.value >= 1000000000 ? format(datum.value / 1000000000, ',') + ' billion' : "
        "datum.value >= 1000000 ? format(datum.value / 1000000, ',') + ' million' : format(datum.value, ',')"
    )
    assert "+ '亿'" in engine.label_expr(speak["zh"])


def test_ids_of_a_drawing_are_prefixed_and_resolve():
    encoding = {"x": {"field": "a", "type": "quantitative"}}
    clipped = {"data": {"values": [{"a": 1}]}, "mark": {"type": "bar", "clip": True}, "encoding": encoding}
    drawings = [engine.svg(clipped, prefix) for prefix in ("sales-wide", "sales-narrow")]
    one, two = (set(re.findall(r'\bid="([^"]+)"', drawing)) for drawing in drawings)
    assert one
    assert all(name.startswith("sales-wide-") for name in one)
    assert all(name.startswith("sales-narrow-") for name in two)
    assert set(re.findall(r"url\(#([^)]+)\)", drawings[0])) == one


@pytest.mark.parametrize("frame", WIDTHS)
def test_axis_title_follows_the_theme(small: Content, frame: str):
    chart = engine.draw("sales", sales, small.captions["en"]["sales"], small.context(small.languages[0]))
    drawing = parsed(chart.drawings[frame])
    (title,) = [text for text in drawing.iter(f"{SVG}text") if text.text == "yuan"]
    assert title.get("fill") in ("var(--lt-ink)", "var(--lt-soft)")
    assert float(title.get("font-size").removesuffix("px")) >= 13


def test_texts_of_a_chart_are_filled_in_lists_and_groups_too(small: Content):
    module = types.ModuleType("sales")
    words = {"unit": "yuan", "names": ["{{ entity shop }}", {"a": "{{ fact shop-revenue-2018 period }}"}], "size": 5}
    told = small.captions["en"]["sales"]
    vars(module).update(vars(sales) | {"seen": []})
    module.draw = lambda rows, words, frame: module.seen.append(words) or sales.draw(rows, words, frame)
    engine.draw("sales", module, replace(told, head=told.head | {"words": words}), small.context(small.languages[0]))
    assert module.seen[0]["names"] == ["Shop", {"a": "2018"}]
    assert module.seen[0]["size"] == 5


def test_cached_specification_equals_a_new_one(small: Content, tmp_path: Path):
    context = small.context(small.languages[0])
    fresh = engine.draw("sales", sales, small.captions["en"]["sales"], context)
    for _ in range(2):
        kept = engine.draw("sales", sales, small.captions["en"]["sales"], context, tmp_path)
        assert (json.dumps(kept.specs), kept.drawings) == (json.dumps(fresh.specs), fresh.drawings)
    assert len(list(tmp_path.glob("*.json"))) == 1


def test_changed_value_invalidates_the_cache(small: Content, tmp_path: Path):
    context = small.context(small.languages[0])
    engine.draw("sales", sales, small.captions["en"]["sales"], context, tmp_path)
    fact = small.dataset.facts["shop-revenue-2018"]
    facts = small.dataset.facts | {fact.fact_id: replace(fact, value=fact.value * 2)}
    changed = replace(context, dataset=replace(small.dataset, facts=facts))
    chart = engine.draw("sales", sales, small.captions["en"]["sales"], changed, tmp_path)
    assert str(float(fact.value * 2)) in json.dumps(chart.specs)
