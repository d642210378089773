"""A chart's rows, specification and metadata as files that others can use."""

import csv
import io
import itertools
import json
import re
from dataclasses import replace

import altair as alt
import pytest

from scripts.data import verdicts
from scripts.drawing import engine, listing, pictures
from scripts.drawing.engine import Chart
from scripts.editions import store
from scripts.pages import downloads, exports, staging
from scripts.pages.content import Content
from tests.conftest import ADDRESS
from tests.drawing.test_pictures import COLOURS, HOSTILE

Drawn = dict[str, dict[str, Chart]]
every_chart = pytest.mark.parametrize("slug", list(listing.modules()))
every_text = pytest.mark.parametrize(("slug", "code"), list(itertools.product(listing.modules(), ("en", "zh"))))


@pytest.fixture(scope="module")
def sales(small: Content) -> dict[str, Chart]:
    return {code: some["sales"] for code, some in staging.draw(small).items()}


def read(chart: Chart) -> list[dict[str, str]]:
    data = exports.table(chart)
    assert not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@every_text
def test_a_table_has_the_rows_of_its_chart_with_their_ids(drawn: Drawn, real: Content, slug: str, code: str):
    chart = drawn[code][slug]
    rows = read(chart)
    assert len(rows) == len(chart.rows)
    for name, title in chart.columns.items():
        assert [row[title] for row in rows] == [str(cell) for cell in chart.rows[name]]
    for name in {"fact_id", "evidence_id"} & set(chart.rows):
        assert [row[name] for row in rows] == list(chart.rows[name])


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-cmd", "'-cmd"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"),
        ("-353", "-353"), ("about 90", "about 90"), ('say "x", y', 'say "x", y'), ("two\nlines", "two\nlines"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(drawn: Drawn, real: Content, cell: str, safe: str):
    chart = drawn["en"]["market-value"]
    spoilt = replace(chart, rows=chart.rows.assign(text=cell))
    assert {row["Value"] for row in read(spoilt)} == {safe}


@every_chart
def test_a_specification_is_self_contained_and_draws_the_same(drawn: Drawn, real: Content, slug: str):
    chart, colours = drawn["en"][slug], downloads.palette(real)
    text = exports.specification(chart, colours).decode()
    spec = json.loads(text)
    alt.Chart.from_dict(spec, validate=True)
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert spec["description"] == f"{chart.title}. {chart.alt}"
    assert "var(" not in text
    assert not re.search(r'"url":', text)
    ground = f'<rect width="720" height="[0-9.]+" fill="{colours["paper"]}"/>'
    again = re.sub(ground, "", engine.svg(spec, f"{slug}-wide", real.project.build / "drawings"))
    assert pictures.coloured(again, colours) == pictures.coloured(chart.drawings["wide"], colours)


@every_chart
def test_the_metadata_lists_what_the_chart_rests_on(drawn: Drawn, real: Content, slug: str):
    chart = drawn["en"][slug]
    told = json.loads(exports.description(real, {code: drawn[code][slug] for code in ("en", "zh")}, {}))
    for text in ("title", "subtitle", "alt", "note"):
        assert told[text] == {code: getattr(drawn[code][slug], text) for code in ("en", "zh")}
    assert [fact["fact_id"] for fact in told["facts"]] == [fact.fact_id for fact in chart.facts]
    for fact in told["facts"]:
        assert fact["verdict"] == verdicts.overall(real.dataset, fact["fact_id"])
    wanted = {id_ for id_ in chart.rows.get("evidence_id", ()) if id_}
    assert {one["evidence_id"] for one in told["evidence"]} == wanted
    for one in told["evidence"]:
        row = real.dataset.evidence[one["evidence_id"]]
        assert one["source_id"] == row.source_id
        for check in one["checks"]:
            assert check["verdict"] in {some.verdict for some in real.dataset.checks_of(check["fact_id"])}
    sources = {source["source_id"]: source for source in told["sources"]}
    article = {real.dataset.article.source_id} if chart.facts or not wanted else set()
    assert set(sources) == article | {real.dataset.evidence[id_].source_id for id_ in wanted}
    for id_, source in sources.items():
        assert (source["title"], source.get("url", "")) == (
            real.dataset.sources[id_].title,
            real.dataset.sources[id_].url,
        )
    units = {fact.unit for fact in chart.facts} | {real.dataset.evidence[id_].unit for id_ in wanted}
    assert told["units"] == sorted(units - {""})


def test_the_metadata_lists_files_with_checksums(small: Content, sales: dict[str, Chart]):
    told = json.loads(exports.description(small, sales, {"sales.en.csv": b"a", "sales.zh.svg": b"bc"}))
    assert told["files"] == [
        {"name": "sales.en.csv", "mediatype": "text/csv", "bytes": 1, "sha256": store.sha256(b"a")},
        {"name": "sales.zh.svg", "mediatype": "image/svg+xml", "bytes": 2, "sha256": store.sha256(b"bc")},
    ]
    package = small.dataset.package.descriptor
    assert (told["dataset"]["name"], told["dataset"]["version"]) == (package["name"], package["version"])
    assert told["licence"]["path"] == package["licenses"][0]["path"]


def test_the_metadata_has_addresses_only_if_the_site_has_one(small: Content, sales: dict[str, Chart]):
    files = {"sales.png": b""}
    private = exports.description(small, sales, files).decode()
    sources = {source.url for source in small.dataset.sources.values()}
    licence = small.dataset.package.descriptor["licenses"][0]["path"]
    assert set(re.findall(r"https?://[^\s\"]+", private)) <= sources | {licence}
    public = json.loads(exports.description(replace(small, address=ADDRESS), sales, files))
    assert public["pages"] == {"en": f"{ADDRESS}charts/sales/", "zh": f"{ADDRESS}zh/charts/sales/"}
    assert public["files"][0]["url"] == f"{ADDRESS}charts/sales.png"
    assert public["dataset"]["url"] == f"{ADDRESS}data/latest/"


def test_texts_are_unchanged_in_json(small: Content, sales: dict[str, Chart]):
    spoilt = {code: replace(chart, title=HOSTILE, alt=HOSTILE, note=HOSTILE) for code, chart in sales.items()}
    told = json.loads(exports.description(small, spoilt, {}))
    assert told["title"] == told["note"] == {"en": HOSTILE, "zh": HOSTILE}
    assert json.loads(exports.specification(spoilt["en"], COLOURS))["description"] == f"{HOSTILE}. {HOSTILE}"


@pytest.mark.parametrize("slug", listing.modules())
def test_the_rows_of_a_chart_are_those_of_the_data_set(real: Content, drawn: dict[str, dict[str, Chart]], slug: str):
    chart = drawn["en"][slug]
    read = list(csv.DictReader(io.StringIO(exports.rows(real, chart).decode())))
    wanted = [
        id_ for key in ("fact_id", "evidence_id") if key in chart.rows for id_ in dict.fromkeys(chart.rows[key]) if id_
    ]
    if not wanted:
        assert read and len(read) == len(chart.rows)
        return
    assert [row.get("fact_id") or row["evidence_id"] for row in read] == wanted
    for row in read:
        table, id_ = ("facts", row["fact_id"]) if row.get("fact_id") else ("evidence", row["evidence_id"])
        frame = real.dataset.package.tables[table].frame
        own = frame[frame[frame.columns[0]] == id_].iloc[0].to_dict()
        assert {name: row[name].removeprefix("'") for name in own} == own
        assert row["verdict"] == (verdicts.overall(real.dataset, id_) if table == "facts" else "")
