"""Interaction with pages by mouse, touch and keyboard: explore, search, scheme, language, notes, wrong addresses."""

import contextlib
import re

import pytest

from tests import browser
from tests.conftest import Built

LIVE = ".lt-figure__live"


@contextlib.contextmanager
def at(chromium: browser.sync_api.Browser, server: browser.Server, path: str, width: int = 1280, **options: object):
    with browser.visit(chromium, width, **options) as page:
        page.set_default_timeout(30_000)
        page.goto(server.address + path)
        if options.get("java_script_enabled", True):  # without scripts the promise is never fulfilled
            assert page.evaluate(browser.PAINTED), f"{path}: the browser draws no frames"
        yield page


@pytest.mark.alike(2)
@pytest.mark.parametrize(("path", "width"), [("", 1280), ("zh/", 360), ("longer-view/", 360), ("zh/checked/", 1280)])
def test_every_chart_can_be_explored_and_closed_again(
    chromium: browser.sync_api.Browser, served: browser.Server, path: str, width: int
):
    with at(chromium, served, path, width) as page:
        before = len(served.answers)
        names = page.eval_on_selector_all("figure.lt-figure", "figures => figures.map(figure => figure.id)")
        for name in names:
            figure = page.locator(f"#{name}")
            button = figure.locator("[data-explore]")
            drawn = figure.locator(".lt-figure__drawing svg >> visible=true").bounding_box()
            button.click()
            figure.locator(f"{LIVE} svg").wait_for()
            live = figure.locator(f"{LIVE} svg").bounding_box()
            assert live["width"] == pytest.approx(drawn["width"], abs=1), name
            assert live["height"] == pytest.approx(drawn["height"], abs=1), name
            marks = figure.locator(f"{LIVE} [role=img][aria-label]").count()
            rows = figure.locator("tbody tr").count()
            assert marks >= rows - ("platform-lives" in name), name
            assert figure.locator(".lt-figure__drawing").is_hidden()
            button.click()
            assert figure.locator(LIVE).is_hidden()
            assert figure.locator(".lt-figure__drawing svg >> visible=true").count() == 1, name
        asked = [answer.path for answer in served.answers[before:]]
        assert len([path for path in asked if re.search(r"/explore\.[0-9a-f]+\.js$", path)]) == 1
        assert len([path for path in asked if path.endswith(".explore.json")]) == len(names)


@pytest.mark.alike(2)
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("charts/live-rooms/", ("about 90 people", "own observation", "P5", "“about”")),
        ("zh/charts/live-rooms/", ("约90人", "记者观察", "P5", "“约”")),
    ],
)
def test_chart_can_be_explored_by_keyboard(
    chromium: browser.sync_api.Browser, served: browser.Server, path: str, words: tuple[str, ...]
):
    with at(chromium, served, path) as page:
        button = page.locator("[data-explore]")
        reach(page, button)
        page.keyboard.press("Enter")
        page.locator(f"{LIVE} svg").wait_for()
        assert page.locator(".lt-figure__status").inner_text()
        assert browser.barriers(page) == []
        for _ in range(5):  # back past the links of note and source
            page.keyboard.press("Shift+Tab")
            if page.evaluate(f"document.activeElement.closest('{LIVE}') !== null"):
                break
        tips = []
        for key in ("Home", "ArrowRight", "ArrowRight", "End"):
            page.keyboard.press(key)
            tips.append(page.locator(".lt-tip").inner_text())
        assert len(set(tips)) >= 2
        assert [tip for tip in tips if all(word in tip for word in words)]
        page.keyboard.press("Escape")
        assert page.locator(".lt-tip").is_hidden()
        reach(page, button)
        page.keyboard.press("Enter")
        assert page.locator(".lt-figure__drawing").is_visible()


def test_pointer_over_a_mark_shows_its_tooltip(chromium: browser.sync_api.Browser, served: browser.Server):
    with at(chromium, served, "zh/") as page:
        page.locator("#chart-commission [data-explore]").click()
        page.locator(f"#chart-commission {LIVE} svg").wait_for()
        page.locator(f"#chart-commission {LIVE} [role=img]").first.hover()
        assert "109元" in page.locator(".lt-tip").inner_text()


@pytest.mark.alike(2)
@pytest.mark.parametrize("gone", ["**/explore.*.js", "**/*.explore.json"])
def test_chart_that_fails_to_load_stays_a_drawing_with_a_message(
    chromium: browser.sync_api.Browser, served: browser.Server, gone: str
):
    with browser.visit(chromium) as page:
        page.route(gone, lambda route: route.abort())
        page.goto(served.address)
        page.locator("#chart-revenue-years [data-explore]").click()
        page.locator("#chart-revenue-years .lt-figure__status", has_text="not be").wait_for()
        assert page.locator("#chart-revenue-years .lt-figure__drawing svg >> visible=true").count() == 1
        page.unroute(gone)
        page.locator("#chart-revenue-years [data-explore]").click()
        if gone.endswith("json"):  # a browser caches a module that failed, but requests a file again
            page.locator(f"#chart-revenue-years {LIVE} svg").wait_for()


FOUND = ".md-search-result__item a"


def search(page: browser.sync_api.Page, name: str) -> None:
    """Type into the focused field, and wait for results."""
    page.keyboard.type(name)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Shift")  # the theme reads the field on keyup
    page.locator(FOUND).first.wait_for()


@pytest.mark.alike(3)
@pytest.mark.parametrize("path", ["", "zh/", "facts/"])
@pytest.mark.parametrize("name", ["拼多多", "Pinduoduo"])
def test_search_loads_on_use_and_finds_names_in_both_scripts(
    chromium: browser.sync_api.Browser, served: browser.Server, path: str, name: str
):
    with at(chromium, served, path) as page:
        before = len(served.answers)
        page.keyboard.press("/")
        search(page, name)
        assert any(answer.path.endswith("search_index.json") for answer in served.answers[before:])
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "?h=" in url)
        assert name in page.locator("article").inner_text()


@pytest.mark.alike(3)
@pytest.mark.parametrize(("path", "width"), [("", 360), ("zh/", 360), ("zh/data/", 1280)])
@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_search_opens_by_its_visible_control(
    chromium: browser.sync_api.Browser, served: browser.Server, path: str, width: int, by: str
):
    with at(chromium, served, path, width) as page:
        narrow = width < 960
        opener = page.locator("button[for=__search]" if narrow else ".md-search__input")
        if by == "mouse":
            opener.click()
        else:
            reach(page, opener)
            if narrow:
                page.keyboard.press("Enter")
        search(page, "云集")
        assert browser.barriers(page, "frame") == []
        if by == "mouse":
            page.locator(FOUND).first.click()
        else:
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "?h=" in url)


def test_search_explains_that_it_needs_a_server(chromium: browser.sync_api.Browser, real_site: Built):
    with browser.visit(chromium) as page:
        page.goto((real_site.site / "zh" / "index.html").as_uri())
        page.keyboard.press("/")
        assert "菜单" in page.locator(".md-search-result__meta").inner_text()


def reach(page: browser.sync_api.Page, wanted: browser.sync_api.Locator, most: int = 40) -> None:
    """Press Tab until this element has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"{page.url}: {wanted} is not among the first {most} stops of the Tab key")


@pytest.mark.alike(2)
@pytest.mark.parametrize("path", ["", "zh/charts/revenue-years/"])
@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_menu_of_a_phone_opens_closes_and_leads_to_a_page(
    chromium: browser.sync_api.Browser, served: browser.Server, path: str, by: str
):
    with at(chromium, served, path, 360, reduced_motion="reduce") as page:
        menu, side = page.locator("button[for=__drawer]"), page.locator(".md-sidebar--primary")
        part = side.locator("button.md-nav__link[for=__nav_3]")
        link = side.locator(".md-nav .md-nav a[href*='methods/']")

        def use(node: browser.sync_api.Locator) -> None:
            if by == "mouse":
                node.click()
            else:
                reach(page, node)
                page.keyboard.press("Enter")

        assert side.is_hidden()
        assert menu.get_attribute("aria-expanded") == "false"
        use(menu)
        assert side.is_visible()
        assert menu.get_attribute("aria-expanded") == "true"
        page.keyboard.press("Escape")
        assert menu.evaluate("node => node === document.activeElement")
        side.wait_for(state="hidden")
        menu.press("Enter")
        page.wait_for_timeout(300)
        assert browser.barriers(page, "frame") == []
        use(part)
        page.wait_for_timeout(300)
        assert browser.barriers(page, "frame") == []
        use(link)
        page.wait_for_url("**/methods/**")


FOCUS = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const seen = [...node.getClientRects()].some(box => {
    const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
    const top = document.elementFromPoint(box.left + box.width / 2, y);
    return top && node.contains(top);
  });
  const {outlineStyle, outlineWidth} = getComputedStyle(node);
  return {
    what: node.outerHTML.slice(0, 100),
    faults: [...(seen ? [] : ["is not seen"]), ...(outlineStyle === "none" || !parseFloat(outlineWidth) ? ["has no ring"] : [])],
  };
}"""
STOPS = 120


@pytest.mark.alike(4)
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "path", ["", "zh/facts/", "charts/timeline/", "zh/cite/", "data/", "404.html", "embed/revenue/"]
)
def test_every_focused_element_is_visible_with_a_ring(
    chromium: browser.sync_api.Browser, served: browser.Server, path: str, width: int
):
    with at(chromium, served, path, width, reduced_motion="reduce") as page:
        page.wait_for_timeout(100)
        found, stops = [], 0
        for key in ("Tab", "Shift+Tab"):
            for _ in range(STOPS):
                page.keyboard.press(key)
                focus = page.evaluate(FOCUS)
                if not focus:
                    break
                stops += 1
                found += [f"{path or 'index'}, {width} px, {key}: {focus['what']} {fault}" for fault in focus["faults"]]
        assert stops
        assert found == []


@pytest.mark.alike(2)
@pytest.mark.parametrize("path", ["cite/", "zh/charts/revenue-years/"])
@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_button_copies_its_citation(chromium: browser.sync_api.Browser, served: browser.Server, path: str, by: str):
    granted = ["clipboard-read", "clipboard-write"]
    with at(chromium, served, path, permissions=granted) as page:
        buttons = page.locator(".lt-citations [data-copy]")
        assert buttons.count() >= 6
        for button in buttons.all():
            text = page.locator(button.get_attribute("data-copy")).text_content()
            if by == "mouse":
                button.click()
            else:
                button.focus()
                page.keyboard.press("Enter")
            status = button.locator("xpath=following-sibling::*[1]")
            browser.sync_api.expect(status).to_have_text(button.get_attribute("data-copied"))
            assert page.evaluate("navigator.clipboard.readText()") == text


def ground(page: browser.sync_api.Page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_colour_scheme_follows_the_system_until_the_reader_chooses(
    chromium: browser.sync_api.Browser, served: browser.Server
):
    with at(chromium, served, "", color_scheme="light", java_script_enabled=False) as page:
        light = ground(page)
    with at(chromium, served, "", color_scheme="dark", java_script_enabled=False) as page:
        dark = ground(page)
    assert light != dark
    with at(chromium, served, "", color_scheme="dark") as page:
        assert ground(page) == dark
        reach(page, page.locator("[data-scheme-switch]"))
        page.keyboard.press("Enter")
        assert ground(page) == light
        page.goto(served.address + "zh/facts/")
        assert ground(page) == light
        page.locator("[data-scheme-switch]").click()
        assert ground(page) == dark
        page.locator("[data-scheme-switch]").click()
        page.emulate_media(media="print")
        assert ground(page) in (light, "rgb(255, 255, 255)")


def note(page: browser.sync_api.Page, link: str) -> str:
    return page.evaluate(f"getComputedStyle(document.querySelector('{link}'), '::after').content")


def test_note_of_a_quoted_number_is_shown_without_scripts(chromium: browser.sync_api.Browser, served: browser.Server):
    link = 'a.quote[href*="/yunji-rooms-viewers/"]'
    with at(chromium, served, "", java_script_enabled=False) as page:
        assert note(page, link) == "none"
        page.locator(link).first.hover()
        assert "own observation" in note(page, link)
        page.mouse.move(0, 0)
        page.locator(link).first.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert "“fewer than”" in note(page, link)


def test_first_tap_shows_the_note_and_the_second_follows_the_link(
    chromium: browser.sync_api.Browser, served: browser.Server
):
    with at(chromium, served, "", 360, has_touch=True, is_mobile=True) as page:
        link = page.locator('a.quote[href*="facts/"]').first
        link.tap()
        assert page.locator(".lt-note").inner_text() == link.get_attribute("data-note")
        assert page.url == served.address
        link.tap()
        page.wait_for_url("**/facts/**")


def test_language_switch_keeps_the_place_on_the_page(chromium: browser.sync_api.Browser, served: browser.Server):
    with at(chromium, served, "checked/#yunji-net-loss-2018", 360) as page:
        page.locator("a.lt-language:visible").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/zh/checked/.*#yunji-net-loss-2018$"))
        page.locator("a.lt-language:visible").click()
        page.wait_for_url(re.compile(r"\d/checked/.*#yunji-net-loss-2018$"))


EVERY_NOTE = """() => [...document.querySelectorAll("[data-note]")].filter(link => {
  link.scrollIntoView({block: "center", behavior: "instant"});
  link.dispatchEvent(new PointerEvent("pointerover", {bubbles: true, pointerType: "mouse"}));
  const note = document.querySelector(".lt-note"), at = note?.getBoundingClientRect();
  const window = document.documentElement, shown = note?.textContent === link.dataset.note;
  return !shown || at.left < 0 || at.right > window.clientWidth || at.top < 48 || at.bottom > window.clientHeight;
}).map(link => link.textContent)"""


@pytest.mark.alike(3)
@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("path", ["", "zh/"])
def test_every_note_fits_into_the_window(
    chromium: browser.sync_api.Browser, served: browser.Server, path: str, width: int
):
    with at(chromium, served, path, width) as page:
        assert page.locator("[data-note]").count() > 80
        assert page.evaluate(EVERY_NOTE) == []


def test_note_stays_under_the_pointer_and_closes_by_escape(chromium: browser.sync_api.Browser, served: browser.Server):
    with at(chromium, served, "") as page:
        link, note = page.locator("a.quote").first, page.locator(".lt-note")
        link.hover()
        assert note.inner_text() == link.get_attribute("data-note")
        note.hover()
        page.wait_for_timeout(400)  # longer than the delay before a note closes
        assert note.is_visible()
        page.keyboard.press("Escape")
        assert note.count() == 0
        reach(page, link)
        assert link.get_attribute("aria-describedby") == note.get_attribute("id")
        page.keyboard.press("Tab")
        assert link.get_attribute("aria-describedby") is None


def test_sign_of_doubt_is_named_by_its_verdict_and_large_enough_for_a_finger(
    chromium: browser.sync_api.Browser, served: browser.Server
):
    with at(chromium, served, "", 360) as page:
        names = page.eval_on_selector_all(".doubt", "marks => marks.map(mark => mark.ariaLabel)")
        assert set(names) == {"differs", "agrees in part"}
        sizes = page.eval_on_selector_all(
            ".doubt",
            "marks => marks.map(mark => getComputedStyle(mark, '::after')).flatMap(({width, height}) => [width, height])",
        )
        assert min(float(size.removesuffix("px")) for size in sizes) >= 24


@pytest.mark.alike(2)
@pytest.mark.parametrize(
    ("wrong", "right", "first"),
    [
        ("fact/", "facts/", "en"),
        ("zh/time-line/", "timeline/", "zh"),
        ("glosary.html", "glossary/", "en"),
        ("%/glosary/", "glossary/", "en"),
        ("zh/%E0%A4%A/%74ime-line/", "timeline/", "zh"),
    ],
)
def test_wrong_address_offers_the_likely_page_in_both_languages(
    chromium: browser.sync_api.Browser, served: browser.Server, wrong: str, right: str, first: str
):
    with at(chromium, served, wrong) as page:
        parts = page.locator("[data-lost]")
        assert [parts.nth(i).get_attribute("lang") for i in range(2)] == ([first, "zh" if first == "en" else "en"])
        for i in range(2):
            likely = parts.nth(i).locator(".lt-likely a")
            assert likely.is_visible()
            assert likely.get_attribute("href").removesuffix("index.html").endswith(right)


def test_wrong_address_unlike_any_page_lists_them_all(chromium: browser.sync_api.Browser, served: browser.Server):
    for scripted in (True, False):
        with at(chromium, served, "xqzw/9/", java_script_enabled=scripted) as page:
            assert page.locator(".lt-likely:visible").count() == 0
            assert page.locator("[data-lost] li a").count() == 2 * len(
                {a.get_attribute("data-slug") for a in page.locator("[data-lost] li").all()}
            )


@pytest.mark.alike(2)
@pytest.mark.parametrize("width", [360, 1280])
def test_mark_leads_to_its_fact_or_evidence_by_keyboard_and_without_scripts(
    chromium: browser.sync_api.Browser, served: browser.Server, width: int
):
    with browser.visit(chromium, width, java_script_enabled=False) as page:
        for place in (r"facts/yunji-revenue-2018/(index\.html)?", r"evidence/(index\.html)?#yunji-revenue-2016"):
            page.goto(f"{served.address}charts/revenue-years/")
            marks = page.locator(".lt-figure__drawing a:visible").all()
            (mark,) = (mark for mark in marks if re.search(f"{place}$", mark.get_attribute("href")))
            assert mark.get_attribute("aria-label")
            mark.focus()
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("Tab")
            assert (
                mark.evaluate("mark => mark.matches(':focus-visible') && getComputedStyle(mark).outlineWidth") == "2px"
            )
            page.keyboard.press("Enter")
            page.wait_for_url(re.compile(place))


LONELY = """() => [...document.querySelectorAll("article :is(p, li, dd, td)")].flatMap(block => {
  const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), places = [];
  while (walk.nextNode()) [...walk.currentNode.data].forEach((letter, at) => {
    const range = new Range();
    range.setStart(walk.currentNode, at); range.setEnd(walk.currentNode, at + letter.length);
    const box = range.getClientRects()[0];
    if (/[\\p{L}\\d]/u.test(letter) && box?.width) places.push([letter, box.bottom]);
  });
  const [[, before], [letter, last]] = places.length > 4 ? places.slice(-2) : [[0, 0], ["", 0]];
  return last > before + 12 && /\\p{Script=Han}/u.test(letter) ? [block.textContent.trim().slice(-30)] : [];
})"""
SPLIT = """() => [...document.querySelectorAll("article .lt-whole")].filter(one => !one.closest("h1, h2, h3")).flatMap(one => {
  const tops = [...one.getClientRects()].map(box => box.top);
  return Math.max(...tops) - Math.min(...tops) > 12 ? [one.textContent] : [];
})"""


@pytest.mark.alike(4)
@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("path", ["", "zh/", "zh/checked/", "zh/platforms/", "longer-view/"])
def test_no_line_has_a_single_chinese_character_and_no_number_is_split_from_its_unit(
    chromium: browser.sync_api.Browser, served: browser.Server, path: str, width: int
):
    with at(chromium, served, path, width) as page:
        assert page.locator("article .lt-whole").count() > 10
        assert page.evaluate(LONELY) == []
        assert page.evaluate(SPLIT) == []
