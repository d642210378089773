"""From a number in the story to a pasted citation, and from a search to a fact: by mouse and by keyboard."""

import time

import pytest

from scripts.pages.content import Content
from tests import browser
from tests.browser.test_use import FOUND, search
from tests.conftest import Built

ONE = "yunji-net-loss-2020"
PROMISE = 5  # s, from the story to the pasted text


@pytest.mark.alike(2)
@pytest.mark.parametrize("root", ["", "zh/"])
@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_two_clicks_lead_from_a_number_in_the_story_to_a_citation_of_both_works(
    chromium: browser.sync_api.Browser, served: browser.Server, real: Content, root: str, by: str
):
    with browser.visit(chromium, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(f"{served.address}{root}")
        start = time.monotonic()
        number = page.locator(f'a.quote[href$="facts/{ONE}/index.html"]').first
        button = page.locator(".lt-take [data-copy]").first
        for one in (number, button):
            one.wait_for()
            page.wait_for_load_state()  # the page's script has run
            if by == "mouse":
                one.click()
            else:
                assert page.evaluate(browser.PAINTED)
                one.focus()
                page.keyboard.press("Enter")
        page.locator(".lt-take .lt-copied").first.get_by_text(
            real.languages[bool(root)].words["labels"]["copied"]
        ).wait_for()
        pasted = page.evaluate("navigator.clipboard.readText()")
        assert time.monotonic() - start < PROMISE
        assert f"({ONE})" in pasted and "2.0.0" in pasted and "YYYY" not in pasted
        assert pasted.count("\n") == 1 and "[N" in pasted or "Beijing Business Today" in pasted
        assert page.locator(".lt-take [role=status]").count() == page.locator(".lt-take [data-copy]").count()


@pytest.mark.alike(2)
@pytest.mark.parametrize("path", [f"facts/{ONE}/", f"zh/facts/{ONE}/", f"data/v2.0.0/facts/{ONE}/"])
def test_citations_can_be_selected_without_scripts(
    chromium: browser.sync_api.Browser, served: browser.Server, path: str
):
    with browser.visit(chromium, java_script_enabled=False) as page:
        page.goto(f"{served.address}{path}")
        assert page.locator("#take-sentence code").is_visible()
        assert page.locator(".lt-citations pre").first.is_visible()
        assert page.locator(".lt-take [data-copy]").first.is_hidden()


@pytest.mark.alike(3)
@pytest.mark.parametrize(("words", "facts"), [
    ("拼多多", {"qunmaimai-parent", "yunji-second-us-listing", "zhao-weak-traffic"}),
    ("net loss", {"yunji-net-loss-2018", ONE, "yunji-net-loss-widened"}),
    ("39,000", {"wei-liling-label"}), ("3.9万", {"wei-liling-label"}), ("1.46亿", {ONE}),
])  # fmt: skip
@pytest.mark.parametrize("root", ["", "zh/"])
def test_search_finds_the_page_of_a_fact_first(
    chromium: browser.sync_api.Browser, served: browser.Server, root: str, words: str, facts: set[str]
):
    with browser.visit(chromium) as page:
        page.goto(f"{served.address}{root}")
        page.keyboard.press("/")
        search(page, words)
        assert page.locator(FOUND).first.get_attribute("href").split("/?")[0].rsplit("/", 1)[1] in facts


@pytest.mark.alike(2)
@pytest.mark.parametrize(("root", "word", "first"), [("", "Glossary", "glossary"), ("zh/", "术语", "glossary")])
def test_search_finds_a_page_by_its_title(
    chromium: browser.sync_api.Browser, served: browser.Server, root: str, word: str, first: str
):
    with browser.visit(chromium) as page:
        page.goto(f"{served.address}{root}")
        page.keyboard.press("/")
        search(page, word)
        assert any(f"/{first}/" in link.get_attribute("href") for link in page.locator(FOUND).all()[:3])


def test_address_of_a_fact_in_the_register_leads_to_its_page(
    chromium: browser.sync_api.Browser, served: browser.Server, real_site: Built
):
    with browser.visit(chromium) as page:
        page.goto(f"{served.address}facts/#{ONE}")
        row = page.locator(f"#{ONE}")
        assert row.is_visible()
        row.locator(".lt-fact__statement a").click()
        page.wait_for_url(f"{served.address}facts/{ONE}/index.html")
