"""Printed pages: folds are open, addresses are printed, controls are hidden, in both languages."""

import re

import pytest

from tests import browser

SEEN = "nodes => nodes.filter(node => node.checkVisibility()).map(node => node.textContent.trim())"


@pytest.mark.alike(2)
@pytest.mark.parametrize("path", ["", "zh/", "facts/", "zh/data/"])
def test_print_opens_folds_prints_addresses_and_hides_controls(
    chromium: browser.sync_api.Browser, served: browser.Server, path: str
):
    with browser.visit(chromium, 800) as page:
        page.goto(served.address + path)
        page.emulate_media(media="print")
        assert page.eval_on_selector_all("article button, .md-header, .lt-contents, .lt-figure__actions", SEEN) == []
        folded = "details:not(.lt-figure__table, .lt-figure__table *, .lt-find__fold) > :not(summary)"
        closed = page.eval_on_selector_all(folded, "nodes => nodes.filter(node => !node.checkVisibility()).length")
        assert closed == 0
        outside = page.locator("article a[href^='http']")
        if outside.count():
            shown = outside.first.evaluate("link => getComputedStyle(link, '::after').content")
            assert "attr(href)" in shown or outside.first.get_attribute("href") in shown


@pytest.mark.alike(2)
@pytest.mark.parametrize("path", ["", "zh/"])
def test_page_prints_to_a_reasonable_number_of_sheets(
    chromium: browser.sync_api.Browser, served: browser.Server, path: str
):
    with browser.visit(chromium, 800) as page:
        page.goto(served.address + path)
        raw = page.pdf(format="A4", print_background=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", raw))
    assert 8 <= sheets <= 30
