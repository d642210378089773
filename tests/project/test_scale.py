"""The real package with ten times the facts is valid, and takes at most about ten times as long."""

import time
from pathlib import Path

import bs4
import pytest

from scripts import commands
from scripts.data import dataset
from scripts.pages import register
from scripts.pages.content import DRAWN, Content
from tests import browser
from tests.conftest import SMALL, Built, Once, built, copied, soup
from tests.project import scale

RATIO = 12  # of time, for ten times the facts
PER_PAGE = 2


@pytest.mark.slow
def test_ten_times_the_facts_take_no_more_than_ten_times_the_work(drawn: DRAWN, tmp_path: Path):
    took: dict[str, list[float]] = {"check": [], "register": []}
    for count in (100, 1000):
        start = time.process_time()
        content = commands.check(scale.make(tmp_path / f"{count}", count))
        checked = time.process_time()
        scale.write_register(content, drawn, tmp_path / f"register-{count}")
        took["check"].append(checked - start)
        took["register"].append(time.process_time() - checked)
        made = list((tmp_path / f"register-{count}" / "facts").glob("*.json"))
        assert len(content.dataset.facts) == len(made) == count
    assert {name: later / earlier for name, (earlier, later) in took.items() if later > RATIO * earlier} == {}
    staged = sorted(file.name for file in (tmp_path / "register-1000").rglob("*.md"))
    assert staged == ["2.en.md", "2.zh.md", "facts.en.md", "facts.zh.md"]


@pytest.fixture(scope="module")
def long_site(once: Once) -> Built:
    """The small project with two facts on each page of the register."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (dataset, register):
            patch.setattr(module, "FACTS_PER_PAGE", PER_PAGE)
        return once("long", lambda folder: built(copied(SMALL, folder)))


def page(long_site: Built, place: str) -> bs4.BeautifulSoup:
    return soup(long_site.site / place / "index.html")


@pytest.mark.parametrize("root", ["", "zh/"])
def test_pages_of_a_long_register_link_to_each_other_and_to_facts(long_site: Built, small: Content, root: str):
    ids = list(small.dataset.facts)
    places = [f"{root}facts", *(f"{root}facts/{number}" for number in range(2, -(-len(ids) // PER_PAGE) + 1))]
    assert len(places) == 3
    rows = [row for place in places for row in page(long_site, place).select(".lt-facts > .lt-fact")]
    assert [row["id"] for row in rows] == ids
    for row in rows:
        assert row.select_one(".lt-fact__statement a")["href"].endswith(f"/{row['id']}/index.html")
        assert page(long_site, f"{root}facts/{row['id']}").h1
    for number, place in enumerate(places, start=1):
        html = page(long_site, place)
        assert {int(pager.strong.get_text()) for pager in html.select(".lt-pager")} == {number}
        ways = {link["href"].removesuffix("index.html") for link in html.select(".lt-pager a")}
        there = {
            (long_site.site / place / way).resolve().relative_to(long_site.site.resolve()).as_posix() for way in ways
        }
        assert there == set(places) - {place}
        assert str(len(ids)) in html.select_one("[role=status]").get_text()


@pytest.mark.parametrize("root", ["", "zh/"])
def test_a_fragment_in_a_long_register_redirects_to_the_page_of_its_fact(
    chromium: browser.sync_api.Browser, long_site: Built, small: Content, root: str
):
    last = list(small.dataset.facts)[-1]
    with browser.serve(long_site.site) as server, browser.visit(chromium) as tab:
        tab.goto(f"{server.address}{root}facts/#{last}")
        tab.wait_for_url(f"{server.address}{root}facts/{last}/")
        assert tab.locator("h1").is_visible()
        tab.goto(f"{server.address}{root}facts/#no-such-fact")
        assert tab.locator(f"#{next(iter(small.dataset.facts))}").is_visible()
