"""Withdrawn facts and charts keep their addresses and say why, in pages, frames and JSON; and what `check` refuses."""

import json

import pytest

from scripts.paths import Project
from tests.conftest import Built, damage, problems, soup

ROWS = "datapackage/data/withdrawals.csv"


@pytest.mark.parametrize(("root", "title", "reason"), [
    ("", "The stall paid 3 yuan of rent.", "The paper struck the sentence."),
    ("zh/", "货摊付了3元租金。", "报纸删去了这句话。"),
])  # fmt: skip
def test_a_withdrawn_fact_keeps_its_anchor(site: Built, root: str, title: str, reason: str):
    stone = soup(site.site / root / "facts" / "index.html").select_one("#stall-rent")
    assert stone.select_one("del").get_text() == title
    assert reason in stone.get_text() and "0.1.0" in stone.get_text()
    listed = soup(site.site / root / "lists" / "index.html").select_one("#withdrawn-stall-rent a")
    assert listed["href"].endswith("facts/stall-rent/index.html")


def test_a_withdrawn_fact_keeps_its_json(site: Built):
    told = json.loads((site.site / "facts" / "stall-rent.json").read_text("utf-8"))
    assert told["withdrawn"]["reason"] == {"en": "The paper struck the sentence.", "zh": "报纸删去了这句话。"}
    assert "stall-rent" not in {fact["fact_id"] for fact in json.loads((site.site / "facts.json").read_text())["facts"]}


@pytest.mark.parametrize("root", ["", "zh/"])
@pytest.mark.parametrize("room", ["charts", "embed"])
def test_a_withdrawn_chart_keeps_its_page_and_its_frame(site: Built, root: str, room: str):
    page = soup(site.site / root / room / "rents" / "index.html")
    stone = page.select_one("#rents.lt-withdrawn, article.lt-withdrawn")
    assert stone.select_one("del").get_text() in ("Rents", "租金")
    assert (site.site / root / room / "rents" / stone.a["href"]).resolve().parent.name == "sales"


@pytest.mark.parametrize(("row", "fault"), [
    ("shop-revenue-2018,fact,A sale.,一笔买卖。,It was struck.,已删去。,0.1.0,", "withdrawn_id: the fact shop-revenue-2018 is still there; remove it or this row"),
    ("sales,chart,A sale.,一笔买卖。,It was struck.,已删去。,0.1.0,", "withdrawn_id: the chart sales is still there; remove it or this row"),
    ("old,fact,A sale.,一笔买卖。,It was struck.,已删去。,0.1.0,stall-view", "see: there is no fact 'stall-view' (did you mean stall-viewers?)"),
    ("old,chart,A sale.,一笔买卖。,It was struck.,已删去。,0.1.0,sale", "see: there is no chart 'sale' (did you mean sales?)"),
])  # fmt: skip
def test_a_withdrawn_id_must_be_gone_and_its_replacement_must_exist(copy: Project, row: str, fault: str):
    damage(copy, ROWS, ("", row + "\n"))
    assert problems(copy) == [f"{ROWS}:4: {fault}"]
