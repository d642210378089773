"""The register: filters and sort keys, the form's options, and the JSON of every fact."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import bs4
import pytest

from scripts.data import verdicts
from scripts.pages import fact_files, register, staging
from scripts.pages.content import DRAWN, Content
from tests.conftest import ADDRESS, Built, soup
from tests.pages.test_blocks import shown

CODES = ["en", "zh"]
LABELS = [name for name in register.LABELS if name != "report"]  # there is one report


@pytest.fixture(scope="module")
def drawn_small(small: Content) -> DRAWN:
    return staging.draw(small)


def files(content: Content, drawn: DRAWN, address: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for path, text in fact_files.files(replace(content, address=address), drawn):
        found[path] = found.get(path, "") + text
    return found


@pytest.fixture(scope="module")
def real_files(real: Content, drawn: DRAWN) -> dict[str, str]:
    return files(real, drawn)


@pytest.fixture(scope="module")
def small_files(small: Content, drawn_small: DRAWN) -> dict[str, Any]:
    return {path: json.loads(text) for path, text in files(small, drawn_small).items()}


@pytest.fixture(scope="module", params=CODES)
def page(request: pytest.FixtureRequest, real: Content, drawn: DRAWN) -> bs4.BeautifulSoup:
    """The real register in a language."""
    return shown(real, drawn, request.param, "list facts")


def test_filter_and_sort_keys_are_ids_first_day_and_base_units(small: Content, real: Content):
    facts = small.dataset.facts
    assert register.keys(small.dataset, facts["stall-viewers"]) == {
        "entity": "stall",
        "paragraph": "P1",
        "speaker": "paper",
        "kind": "quantity",
        "verdict": "not_found",
        "period": "2022-03-06",
        "value": "90",
        "unit": "people",
    }
    view = register.keys(small.dataset, facts["owner-view"])
    assert (view["entity"], view["period"], view["value"], view["unit"]) == ("stall", "", "", "")
    assert register.keys(real.dataset, real.dataset.facts["sector-sale-contrast"])["entity"] == register.SECTOR


def test_a_large_value_has_no_exponent(small: Content):
    fact = replace(small.dataset.facts["stall-viewers"], value=Decimal("1.3015E10"))
    assert register.keys(small.dataset, fact)["value"] == "13015000000"


def test_no_entity_has_the_id_of_the_sector(real: Content):
    assert register.SECTOR not in real.dataset.entities


def test_a_filter_offers_the_values_of_facts_in_report_order(small: Content):
    controls = register.controls(small.dataset, small.languages[0])
    assert list(controls) == LABELS
    assert [(choice.value, choice.count) for choice in controls["paragraph"]] == [("P0", 2), ("P1", 1), ("P2", 2)]
    assert [(choice.value, choice.count) for choice in controls["entity"]] == [("shop", 2), ("stall", 3)]


def test_facts_without_an_entity_can_be_filtered(real: Content):
    for language in real.languages:
        names = {choice.value: choice.name for choice in register.controls(real.dataset, language)["entity"]}
        assert names[register.SECTOR] == language.words["labels"]["entity_sector"]


def test_verdicts_are_offered_in_their_own_order(real: Content):
    offered = [choice.value for choice in register.controls(real.dataset, real.languages[0])["verdict"]]
    assert offered == [verdict for verdict in verdicts.ORDER if verdict in offered]


def test_every_option_shows_the_number_of_matching_rows(page: bs4.BeautifulSoup):
    rows = page.select("article.lt-fact")
    for name in LABELS:
        options = page.select(f"select[name={name}] option")
        assert int(re.findall(r"\d+", options[0].get_text())[-1]) == len(rows)
        for option in options[1:]:
            left = [row for row in rows if option["value"] in row[f"data-{name}"].split()]
            assert left, option
            assert int(re.findall(r"\d+", option.get_text())[-1]) == len(left), option
        assert {value for row in rows for value in row[f"data-{name}"].split()} == {o["value"] for o in options[1:]}


def test_every_control_has_a_label_and_a_form_that_starts_empty(page: bs4.BeautifulSoup):
    controls = page.select("form.lt-find :is(input, select)")
    assert [control["name"] for control in controls] == ["q", *LABELS, "sort"]
    for control in controls:
        assert page.select_one(f"label[for={control['id']}]").get_text()
    assert [option["value"] for option in page.select("select[name=sort] option")] == ["", *register.ORDERS[1:]]
    assert page.select("option[selected]") == []


def test_every_row_is_there_without_the_script(page: bs4.BeautifulSoup, real: Content):
    assert [row["id"] for row in page.select(".lt-facts > article:not([hidden])")] == list(real.dataset.facts)
    assert re.findall(r"\d+", page.select_one("[role=status]").get_text()) == ["96", "96"]
    assert page.script["src"].endswith("assets/register.js")
    assert page.script.has_attr("defer")
    assert page.script.get_text() == ""


@pytest.mark.parametrize("code", CODES)
def test_a_row_shows_its_checks_charts_and_figures(real: Content, drawn: DRAWN, code: str):
    page, data = shown(real, drawn, code, "list facts"), real.dataset
    for fact in data.facts.values():
        row = page.select_one(f"article#{fact.fact_id}")
        links = [link["href"] for link in row.select("a")]
        text = row.get_text()
        assert all(check.note[code] in text for check in data.checks_of(fact.fact_id))
        assert f"../checked/#{fact.fact_id}" in links
        charts = [slug for slug, chart in drawn[code].items() if fact in chart.facts]
        assert [link for link in links if "/charts/" in link] == [f"../charts/{slug}/" for slug in charts]
        figures = [id_ for id_, figure in data.figures.items() if fact in data.inputs_of(figure).values()]
        assert [link for link in links if "#figure-" in link] == [f"../methods/#figure-{id_}" for id_ in figures]
        assert links[-1] == ("../" if code == "en" else "../../") + f"facts/{fact.fact_id}.json"


def test_a_fact_lists_the_charts_that_draw_it(real: Content, drawn: DRAWN):
    for slug, module in real.charts.items():
        for id_ in getattr(module, "FACTS", ()):
            assert drawn["en"][slug] in fact_files.charts_of(real.dataset.facts[id_], drawn["en"]), (slug, id_)


def test_there_is_one_file_for_each_fact_and_one_for_all(real: Content, real_files: dict[str, str]):
    assert list(real_files) == ["facts.json", *(f"facts/{id_}.json" for id_ in real.dataset.facts)]
    whole = json.loads(real_files["facts.json"])
    for told in whole["facts"]:
        single = json.loads(real_files[f"facts/{told['fact_id']}.json"])
        assert single == {"dataset": whole["dataset"], **told}


def test_the_json_has_every_fact_as_in_the_table(real: Content, real_files: dict[str, str]):
    rows = real.dataset.package.tables["facts"].frame.to_dict("records")
    told = json.loads(real_files["facts.json"], parse_float=Decimal)["facts"]
    assert len(told) == len(rows) == 96
    for row, fact in zip(rows, told, strict=True):
        for column, cell in row.items():
            name, _, code = column.rpartition("_")
            value = fact["statement"][code] if name == "statement" else fact[column]
            if column in ("position", "value", "value_high") and cell:
                assert Decimal(value) == Decimal(cell), (row["fact_id"], column)
            else:
                assert (value or "") == cell, (row["fact_id"], column)


def test_the_json_names_data_set_version_and_licence(real: Content, real_files: dict[str, str]):
    told, descriptor = json.loads(real_files["facts.json"])["dataset"], real.dataset.package.descriptor
    wanted = {"name": descriptor["name"], "version": real.version, "created": descriptor["created"]}
    assert {key: told[key] for key in wanted} == wanted
    assert told["licence"]["name"] == "CC-BY-4.0"
    assert set(told["title"]) == set(CODES)


def test_checks_include_their_evidence_and_its_source(real: Content, real_files: dict[str, str]):
    data = real.dataset
    for fact in json.loads(real_files["facts.json"])["facts"]:
        assert fact["verdict"] == verdicts.overall(data, fact["fact_id"])
        assert [check["check_id"] for check in fact["checks"]] == [c.check_id for c in data.checks_of(fact["fact_id"])]
        for check in fact["checks"]:
            evidence = check["evidence"]
            assert (check["evidence_id"] is None) == (evidence is None)
            if evidence:
                assert evidence["statement"] == data.evidence[check["evidence_id"]].statement
                assert evidence["source"]["source_id"] == data.evidence[check["evidence_id"]].source_id


def test_a_fact_includes_its_parts_and_replies(real: Content, real_files: dict[str, str]):
    facts = {fact["fact_id"]: fact for fact in json.loads(real_files["facts.json"])["facts"]}
    closed = facts["closed-platforms-named"]["parts"]
    assert closed == {name: verdicts.of_part(real.dataset, "closed-platforms-named", name) for name in closed}
    assert len(closed) == 4 and facts["yunji-revenue-2018"]["parts"] is None
    for one in real.dataset.replies.values():
        assert one.reply_id in [reply["reply_id"] for reply in facts[one.fact_id]["replies"]]


def test_a_fact_includes_its_related_records(small_files: dict[str, Any]):
    told = {fact["fact_id"]: fact for fact in small_files["facts.json"]["facts"]}
    assert [chart["slug"] for chart in told["shop-revenue-2018"]["charts"]] == ["sales"]
    assert told["shop-revenue-2018"]["charts"][0]["title"] == {"en": "Sales fell", "zh": "销售下降"}
    assert [entity["entity_id"] for entity in told["stall-closed"]["entities"]] == ["stall"]
    assert told["owner-view"]["caveats"][0]["sentence"]["en"] == "One voice only."
    assert told["owner-view"]["metric"] is None
    assert told["stall-viewers"]["words"]["zh"]["value"] == "约90人"
    assert "value" not in told["owner-view"]["words"]["en"]


def test_an_address_is_absolute_only_if_the_site_has_one(small: Content, drawn_small: DRAWN):
    for address in ("", ADDRESS):
        told = json.loads(files(small, drawn_small, address)["facts/owner-view.json"])
        assert told["address"] == {"en": f"{address}facts/owner-view/", "zh": f"{address}zh/facts/owner-view/"}
        assert told["json"] == f"{address}facts/owner-view.json"
        assert told["dataset"]["address"] == (address or None)
        assert ("https://example.org/tide/" in json.dumps(told)) == bool(address)


def test_the_files_are_where_the_pages_link_to(site: Built, small: Content):
    for root in ("", "zh/"):
        page = soup(site.site / root / "facts" / "index.html")
        links = [link["href"] for link in page.select("a[type='application/json']")]
        assert len(links) == len(small.dataset.facts)
        for link in links:
            assert json.loads((site.site / root / "facts" / link).resolve().read_text("utf-8"))["dataset"]
        assert (site.site / root / "facts" / page.select_one("script[src$='register.js']")["src"]).resolve().is_file()
    assert not (site.site / "zh" / "facts.json").exists()


def test_only_the_register_loads_its_script(site: Built):
    asking = {
        file.relative_to(site.site).as_posix()
        for file in site.site.rglob("*.html")
        if "register.js" in file.read_text("utf-8")
    }
    assert asking == {"facts/index.html", "zh/facts/index.html"}


def test_options_are_not_in_the_search_index(real_site: Built):
    index = json.loads((real_site.site / "search" / "search_index.json").read_text("utf-8"))
    text = " ".join(entry["text"] for entry in index["docs"] if entry["location"].startswith("facts/"))
    assert "Yunji" in text
    assert "as in the article" not in text
