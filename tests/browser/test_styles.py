"""Pages look the same with reduced and with complete style sheets: every kind of page, at two widths, in every state."""

import re
from collections.abc import Callable
from pathlib import Path

import material
import pytest

from scripts.paths import THIS
from scripts.website import styles
from tests import browser
from tests.browser.test_use import search

THEMES = Path(material.__file__).parent / "templates"
[WHOLE] = THEMES.glob(styles.THEME)
SHEETS = WHOLE.read_text("utf-8") + (THIS.docs / styles.OURS).read_text("utf-8")
KINDS = ["", "zh/", "facts/", "checked/", "charts/", "charts/timeline/", "timeline/", "data/", "zh/glossary/", "cite/",
         "data/v2.0.0/", "no/such/page/"]  # fmt: skip
TALL = 3000  # px of each page that are compared
Page = browser.sync_api.Page
STATES: dict[str, Callable[[Page], object]] = {
    "menu": lambda page: page.locator("[for=__drawer].md-header__button").click(),
    "search": lambda page: (page.keyboard.press("/"), search(page, "Yunji"), page.wait_for_timeout(600)),
    "focus": lambda page: [page.keyboard.press("Tab") for _ in range(4)],
    "folds": lambda page: page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })"),
    "print": lambda page: page.emulate_media(media="print"),
    "dark": lambda page: (page.locator("[data-scheme-switch]").click(), page.mouse.move(1, 1), page.wait_for_timeout(600)),
}  # fmt: skip


def shot(chromium: browser.sync_api.Browser, address: str, width: int, whole: bool, state: str) -> bytes:
    """A screenshot of a page with the complete or the reduced style sheets."""
    with browser.visit(chromium, width, reduced_motion="reduce", color_scheme="light") as page:
        if whole:
            page.route(
                re.compile(r"/stylesheets/main\."), lambda route: route.fulfill(content_type="text/css", body=SHEETS)
            )
        page.set_viewport_size({"width": width, "height": TALL})
        page.goto(address, wait_until="networkidle" if state else "load")
        if state:
            page.evaluate(browser.PAINTED)  # the browser ignores keys before the first frame
            STATES[state](page)
            page.wait_for_load_state("networkidle")
        page.evaluate(browser.PAINTED)  # changes of a state start with the next frame
        page.evaluate("document.getAnimations().forEach(one => one.finish())")
        return page.screenshot(caret="hide", animations="disabled")


@pytest.mark.alike(3)
@pytest.mark.parametrize("path", KINDS, ids=lambda path: path or "home")
def test_page_looks_the_same_with_reduced_style_sheets(
    chromium: browser.sync_api.Browser, served: browser.Server, path: str
):
    for width in (360, 1280):
        assert shot(chromium, served.address + path, width, False, "") == shot(
            chromium, served.address + path, width, True, ""
        )


@pytest.mark.alike(3)
@pytest.mark.parametrize(("state", "width"), [(state, width) for state in STATES for width in (360, 1280)])
def test_state_of_a_page_looks_the_same_with_reduced_style_sheets(
    chromium: browser.sync_api.Browser, served: browser.Server, state: str, width: int
):
    if (state, width) == ("menu", 1280):
        pytest.skip("the menu is a row of tabs there")
    address = f"{served.address}charts/timeline/"  # has no native selects, over which layers are painted differently each time
    assert shot(chromium, address, width, False, state) == shot(chromium, address, width, True, state)
