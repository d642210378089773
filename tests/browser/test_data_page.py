"""The data page: the first screen has what a row is, three rows and the download; no name or value is broken."""

import pytest

from scripts.pages.content import Content
from tests import browser

ROOTS = ["", "zh/"]
BROKEN = """wanted => [...document.querySelectorAll(wanted)]
  .filter(code => code.offsetParent && code.getClientRects().length > 1).map(code => code.textContent)"""
PIECES = {
    360: ".lt-scroll code",
    768: "p > code, li > code, .lt-scroll code",
    1280: "p > code, li > code, .lt-scroll code",
}
"""Code that must stay on one line, by width: on a phone commands may break between words, and long ids at hyphens."""


@pytest.mark.alike(2)
@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_first_screen_has_what_a_row_is_three_rows_and_the_download(
    chromium: browser.sync_api.Browser, served: browser.Server, real: Content, root: str, scheme: str
):
    with browser.visit(chromium, color_scheme=scheme) as page:
        page.goto(f"{served.address}{root}data/")
        rows, button = page.locator(".lt-sample tbody tr"), page.locator(".md-button")
        assert str(len(real.dataset.facts)) in page.locator("h1 + p").inner_text()
        assert rows.count() == 3 and len({row.split("\t")[-1] for row in rows.all_inner_texts()}) == 3  # verdicts
        box = button.bounding_box()
        assert box and box["y"] + box["height"] <= 800 and box["height"] >= 24
        behind, letters = button.evaluate("one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]")
        assert behind not in ("rgba(0, 0, 0, 0)", letters)


@pytest.mark.parametrize("root", ROOTS)
def test_facts_come_first_in_files_and_dictionary_and_checksums_are_folded(
    chromium: browser.sync_api.Browser, served: browser.Server, root: str
):
    with browser.visit(chromium) as page:
        page.goto(f"{served.address}{root}data/")
        assert page.locator("#download ~ .lt-scroll tbody th code").all_inner_texts()[:2] == ["facts_flat", "facts"]
        assert page.locator("#dictionary ~ h3 code").first.inner_text() == "facts"
        assert page.locator(".lt-hash").count() and page.locator(".lt-hash:visible").count() == 0
        assert page.locator(".highlight").count() == page.locator(".highlight > .lt-copy:visible").count() > 0


@pytest.mark.alike(3)
@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("path", ["data/", "data/v2.0.0/"])
@pytest.mark.parametrize("width", PIECES)
def test_no_name_value_or_option_is_broken_across_lines(
    chromium: browser.sync_api.Browser, served: browser.Server, root: str, path: str, width: int
):
    with browser.visit(chromium, width) as page:
        page.goto(f"{served.address}{root}{path}")
        assert page.evaluate(BROKEN, PIECES[width]) == []
        wide = page.locator(".lt-dictionary").first.evaluate("one => one.scrollWidth - one.clientWidth")
        assert width > 360 or wide <= 0
