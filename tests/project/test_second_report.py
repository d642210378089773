"""A second, made-up report on the same shop and stall: further rows, its fingerprints, and one page."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import bs4
import pytest

from scripts import commands
from scripts.data import periods
from scripts.pages import register
from scripts.pages.content import Content
from scripts.paths import Project
from scripts.words import reports
from tests import browser
from tests.conftest import ADDRESS, SMALL, SMALL_CHARTS, TESTS, Built, Once, built, copied, damage, problems, soup

FIRST, SECOND = "Harbour Post", "Pier Weekly"
SHOWN = "() => [...document.querySelectorAll('.lt-facts > *')].filter(row => row.checkVisibility()).map(row => row.id)"
THEIRS, OURS = "shop-revenue-2018-pier", "shop-revenue-2018"


def joined(folder: Path) -> Project:
    """The small project with rows and page of the second report."""
    project = copied(SMALL, folder)
    for rows in (TESTS / "second").glob("*.csv"):
        damage(project, f"datapackage/data/{rows.name}", ("", rows.read_text("utf-8")))
    shutil.copytree(TESTS / "second" / "docs", project.docs, dirs_exist_ok=True)
    shutil.copy(TESTS / "second" / "pier.txt", project.root / "datapackage/fingerprints")
    return project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return joined(tmp_path / "two")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Content:
    return commands.check(joined(tmp_path_factory.mktemp("two") / "two"), ADDRESS, SMALL_CHARTS)


@pytest.fixture(scope="module")
def site(once: Once) -> Built:
    """The site of both reports, built for the public address."""
    return once("two", lambda folder: built(joined(folder), ADDRESS))


def page(site: Built, place: str) -> bs4.BeautifulSoup:
    return soup(site.site / place / "index.html")


def linked(found: bs4.BeautifulSoup) -> dict[str, object]:
    """The JSON-LD nodes of a page, by type."""
    told = [json.loads(one.string) for one in found.find_all("script", type="application/ld+json")]
    return {node["@type"]: node for one in told for node in one.get("@graph", [one])}


def publishers(report: dict[str, object] | list[dict[str, object]]) -> list[str]:
    return [one["publisher"]["name"] for one in (report if isinstance(report, list) else [report])]


def test_a_second_report_needs_only_rows_and_a_page(two: Content):
    assert [one.source_id for one in two.dataset.reports] == ["report", "pier"]
    assert {code: paper["en"] for code, paper in two.dataset.papers.items()} == {"report": "The paper", "pier": SECOND}
    assert [fact.position for fact in two.dataset.facts.values()] == [1, 2, 3, 4, 5, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("pier-paper,pier,P1,120", "pier-paper,pier,P3,120"), ":10: locator: P2 after P3; facts are in the order of their report"),
        (("asserted,2022-06,stated", "asserted,2022-03,stated"), ":10: period: 2022-03 neither starts nor ends"),
        (("plan,,,,,asserted,2022-06", "state,,,,,asserted,2022-06"), ":10: period: 2022-06 begins after 2022-03-10, when the report"),
        (("2022-03-09/2022-03-10", "2022-03-08/2022-03-09"), ":8: period_basis: as_of_writing, but 2022-03-08/2022-03-09 does not contain 2022-03-10"),
        (("stall-viewers-pier,3", "stall-viewers-pier,8"), ":9: position: 8, expected 3 in report pier"),
        (("paper,report,P1,About", "paper,pier,P1,About"), ":4: position: 3, expected 1 in report pier"),
        (("1.48 billion yuan,exact", "14.8亿元,exact"), ":7: printed: '14.8亿元' says 14.8, value says 1480000000"),
    ],
)  # fmt: skip
def test_order_times_and_printed_values_are_checked_per_report(project: Project, change: tuple[str, str], fault: str):
    damage(project, "datapackage/data/facts.csv", change)
    assert any(line.startswith(f"datapackage/data/facts.csv{fault}") for line in problems(project))


def test_two_reports_of_one_paper_and_month_are_named_with_their_day(two: Content):
    english = two.languages[0]
    first, second = two.dataset.reports
    assert [reports.named(two.dataset, english, one) for one in (first, second)] == [
        "The paper, March 2022",
        "Pier Weekly, March 2022",
    ]
    alike = replace(second, published=periods.read("2022-03-30"))
    data = replace(two.dataset, sources={"report": first, "pier": alike}, speakers={})
    object.__setattr__(data, "papers", {"report": {"en": "Post"}, "pier": {"en": "Post"}})
    assert [reports.named(data, english, one) for one in data.reports] == ["Post, 9 March 2022", "Post, 30 March 2022"]


@pytest.mark.parametrize("place", ["facts/", "zh/facts/"])
def test_the_register_filters_by_report_and_lists_them(two: Content, site: Built, place: str):
    language = two.languages[place.startswith("zh")]
    found = page(site, place)
    names = [reports.named(two.dataset, language, one) for one in two.dataset.reports]
    control = found.select_one("select[name=report]")
    assert [option["data-name"] for option in control.select("option")[1:]] == names
    assert [row["data-report"] for row in found.select(".lt-facts > .lt-fact")] == ["report"] * 5 + ["pier"] * 4
    lead = found.select(".lt-find__reports a")  # without JavaScript
    assert [link.get_text() for link in lead] == names
    assert [link["href"].rpartition("#")[2] for link in lead] == [OURS, THEIRS]
    assert names[1] in found.select_one(f"#{THEIRS}").get_text()
    assert found.select_one(f"#{THEIRS} [lang=en]") and not found.select_one(f"#{OURS} dl :not(span)[lang=en]")


@pytest.mark.parametrize("root", ["", "zh/"])
def test_a_reader_filters_the_register_by_report_and_shares_the_view(
    chromium: browser.sync_api.Browser, two: Content, site: Built, root: str
):
    facts = two.dataset.facts.values()
    name = reports.named(two.dataset, two.languages[bool(root)], two.dataset.reports[1])
    of = {one: [fact.fact_id for fact in facts if fact.source_id == one] for one in ("report", "pier")}
    with browser.serve(site.site) as server, browser.visit(chromium) as opened:
        opened.goto(f"{server.address}{root}facts/")
        opened.locator(".lt-find summary").click()
        chosen, said = opened.locator("select[name=report]"), opened.locator(".lt-find [role=status]")
        for value, ids in (("pier", of["pier"]), ("", [*of["report"], *of["pier"]]), ("report", of["report"])):
            chosen.select_option(value)
            assert opened.evaluate(SHOWN) == ids
        chosen.select_option("pier")
        assert opened.url.endswith("?report=pier") and said.inner_text().endswith(name)
        opened.goto(opened.url)  # as a shared link
        assert opened.evaluate(SHOWN) == of["pier"] and chosen.input_value() == "pier"
        opened.goto(f"{server.address}{root}facts/?report=pier#{OURS}")  # a link to a fact overrides the filter
        opened.wait_for_function(f"document.getElementById('{OURS}').checkVisibility()")


def test_one_report_needs_no_filter(small: Content):
    assert "report" not in register.controls(small.dataset, small.languages[0])


@pytest.mark.parametrize(
    ("id_", "name", "other", "value"),
    [
        (OURS, FIRST, "Pier Weekly, March 2022", "1.48 billion yuan"),
        (THEIRS, SECOND, "The paper, March 2022", "1.52 billion yuan"),
    ],
)
def test_the_page_of_a_fact_names_its_report_and_what_the_other_says(
    site: Built, id_: str, name: str, other: str, value: str
):
    found = page(site, f"facts/{id_}/")
    assert (paper := {FIRST: "The paper", SECOND: SECOND}[name]) in found.select_one("#take-sentence").get_text()
    assert paper in found.select_one("#cite-fact-apa").get_text()
    where = next(row for row in found.select(".lt-finding__data > div") if row.dt.get_text() == "In the report")
    assert where.dd.get_text().startswith(paper) and where.dd.get_text().endswith("paragraph 0")
    beside = [side.get_text(" ", strip=True) for side in found.select(".lt-side")]
    assert any(side.startswith(f"{other} :") and value in side for side in beside)
    claim = linked(found)["Claim"]
    assert publishers(claim["appearance"]) == publishers(claim["isBasedOn"]) == [paper]


def test_only_facts_in_both_reports_are_compared(two: Content):
    assert {id_: [one.fact_id for one in two.dataset.in_other_reports(fact)] for id_, fact in two.dataset.facts.items() if two.dataset.in_other_reports(fact)} == {
        OURS: [THEIRS], THEIRS: [OURS], "stall-viewers": ["stall-viewers-pier"], "stall-viewers-pier": ["stall-viewers"],
    }  # fmt: skip


def test_pages_about_all_facts_name_both_reports(site: Built):
    for place in ("", "lists/"):
        told = linked(page(site, place))
        assert all(
            publishers(node["isBasedOn"]) == ["The paper", SECOND] for node in told.values() if "isBasedOn" in node
        )
    cited = page(site, "lists/")
    assert [head.get_text() for head in cited.select("h3[id^=of-]") if head["id"] in ("of-report", "of-pier")]
    assert "The paper" in cited.select_one("#report-apa").get_text()
    assert SECOND in cited.select_one("#report-pier-apa").get_text()
    voices = page(site, "methods/")
    assert "Pier Weekly, March 2022" in voices.select_one("#speaker-pier-paper dt").get_text()
    assert "The paper, March 2022" in voices.select_one("#speaker-owner dt").get_text()


def test_a_chart_names_the_report_that_it_draws(site: Built):
    told = linked(page(site, "charts/sales/"))
    assert publishers(told["Dataset"]["isBasedOn"]) == ["The paper"]
    assert SECOND not in (site.site / "charts" / "sales.metadata.json").read_text("utf-8")


def test_facts_json_lists_both_reports(site: Built):
    told = json.loads((site.site / "facts.json").read_text("utf-8"))
    assert [one["source_id"] for one in told["dataset"]["reports"]] == ["report", "pier"]
    assert [fact["source_id"] for fact in told["facts"]] == ["report"] * 5 + ["pier"] * 4


def test_neighbours_of_a_fact_are_of_the_same_report(site: Built):
    last, first = (page(site, f"facts/{id_}/").select_one(".lt-near").get_text() for id_ in ("owner-view", THEIRS))
    assert "After it" not in last and "Before it" in last
    assert "Before it" not in first and "After it" in first


def test_a_check_on_a_page_names_the_report(site: Built):
    assert "Pier Weekly, March 2022: 1.48 billion yuan" in page(site, "pier/").select_one(".lt-check").get_text()
    note = page(site, "pier/").select_one(f'a.quote[href$="{THEIRS}/"]')["data-note"]
    assert "Pier Weekly, March 2022: paragraph 0" in note
