"""What the pages do when somebody uses them: explore, search, scheme, language, notes, a wrong address; with keys alone."""

import contextlib
import re

import pytest

from tests import browser

LIVE = ".lt-figure__live"


@contextlib.contextmanager
def at(looker: browser.sync_api.Browser, server: browser.Server, path: str, width: int = 1280, **options: object):
    with browser.visit(looker, width, **options) as page:
        page.set_default_timeout(10_000)
        page.goto(server.address + path, wait_until="networkidle")
        yield page


@pytest.mark.parametrize(("path", "width"), [("", 1280), ("zh/", 360), ("longer-view/", 360), ("zh/checked/", 1280)])
def test_every_chart_can_be_explored_and_left_again(
    looker: browser.sync_api.Browser, served: browser.Server, path: str, width: int
):
    with at(looker, served, path, width) as page:
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


def test_a_chart_is_explored_with_the_keyboard_alone(looker: browser.sync_api.Browser, served: browser.Server):
    with at(looker, served, "") as page:
        button = page.locator("#chart-live-rooms [data-explore]")
        button.focus()
        page.keyboard.press("Enter")
        page.locator(f"#chart-live-rooms {LIVE} svg").wait_for()
        assert page.locator("#chart-live-rooms .lt-figure__status").inner_text()
        for _ in range(5):  # back over the links of note and source
            page.keyboard.press("Shift+Tab")
            if page.evaluate(f"document.activeElement.closest('{LIVE}') !== null"):
                break
        told = []
        for key in ("Home", "ArrowRight", "ArrowRight", "End"):
            page.keyboard.press(key)
            told.append(page.locator(".lt-tip").inner_text())
        assert len(set(told)) >= 3
        words = ("fewer than 100 people", "own observation", "P5", "“fewer than”")
        assert [tip for tip in told if all(word in tip for word in words)]
        page.keyboard.press("Escape")
        assert page.locator(".lt-tip").is_hidden()
        button.focus()
        page.keyboard.press("Enter")
        assert page.locator("#chart-live-rooms .lt-figure__drawing").is_visible()


def test_a_mark_is_told_under_the_pointer(looker: browser.sync_api.Browser, served: browser.Server):
    with at(looker, served, "zh/") as page:
        page.locator("#chart-commission [data-explore]").click()
        page.locator(f"#chart-commission {LIVE} svg").wait_for()
        page.locator(f"#chart-commission {LIVE} [role=img]").first.hover()
        assert "109元" in page.locator(".lt-tip").inner_text()


@pytest.mark.parametrize("gone", ["**/explore.*.js", "**/*.explore.json"])
def test_a_chart_that_cannot_be_loaded_stays_a_drawing_and_says_so(
    looker: browser.sync_api.Browser, served: browser.Server, gone: str
):
    with browser.visit(looker) as page:
        page.route(gone, lambda route: route.abort())
        page.goto(served.address, wait_until="networkidle")
        page.locator("#chart-revenue [data-explore]").click()
        page.wait_for_function(
            "document.querySelector('#chart-revenue .lt-figure__status').textContent.includes('not be')"
        )
        assert page.locator("#chart-revenue .lt-figure__drawing svg >> visible=true").count() == 1
        page.unroute(gone)
        page.locator("#chart-revenue [data-explore]").click()
        if gone.endswith("json"):  # a browser remembers a module that failed; a file is simply asked for again
            page.locator(f"#chart-revenue {LIVE} svg").wait_for()


@pytest.mark.parametrize("path", ["", "zh/", "facts/"])
@pytest.mark.parametrize("name", ["拼多多", "Pinduoduo"])
def test_the_search_comes_when_it_is_wanted_and_knows_names_of_both_scripts(
    looker: browser.sync_api.Browser, served: browser.Server, path: str, name: str
):
    with at(looker, served, path) as page:
        before = len(served.answers)
        page.keyboard.press("/")
        page.keyboard.type(name)
        page.wait_for_load_state("networkidle")
        page.keyboard.press("Shift")  # the theme looks at the field when a key is let go
        page.locator(".md-search-result__item").first.wait_for()
        assert any(answer.path.endswith("search_index.json") for answer in served.answers[before:])


def ground(page: browser.sync_api.Page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_the_colour_scheme_follows_the_system_until_the_reader_chooses(
    looker: browser.sync_api.Browser, served: browser.Server
):
    with at(looker, served, "", color_scheme="light", java_script_enabled=False) as page:
        light = ground(page)
    with at(looker, served, "", color_scheme="dark", java_script_enabled=False) as page:
        dark = ground(page)
    assert light != dark
    with at(looker, served, "", color_scheme="dark") as page:
        assert ground(page) == dark
        page.locator("[data-scheme-switch]").focus()
        page.keyboard.press("Enter")
        assert ground(page) == light
        page.goto(served.address + "zh/facts/")
        assert ground(page) == light
        page.emulate_media(media="print")
        assert ground(page) in (light, "rgb(255, 255, 255)")


def test_the_language_switch_keeps_the_page(looker: browser.sync_api.Browser, served: browser.Server):
    with at(looker, served, "charts/revenue/", 360) as page:
        page.locator("a.lt-language:visible").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/zh/charts/revenue/**")
        page.locator("a.lt-language:visible").click()
        page.wait_for_url(re.compile(r"\d/charts/revenue/"))


def note(page: browser.sync_api.Page, link: str) -> str:
    return page.evaluate(f"getComputedStyle(document.querySelector('{link}'), '::after').content")


def test_a_quoted_number_tells_its_speaker_without_scripts(looker: browser.sync_api.Browser, served: browser.Server):
    link = 'a.quote[href$="#yunji-rooms-viewers"]'
    with at(looker, served, "", java_script_enabled=False) as page:
        assert note(page, link) == "none"
        page.locator(link).first.hover()
        assert "own observation" in note(page, link)
        page.mouse.move(0, 0)
        page.locator(link).first.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert "“fewer than”" in note(page, link)


def test_a_tap_shows_the_note_and_a_second_one_follows_it(looker: browser.sync_api.Browser, served: browser.Server):
    with at(looker, served, "", 360, has_touch=True, is_mobile=True) as page:
        link = page.locator('a.quote[href*="facts/"]').first
        link.tap()
        assert page.locator(".lt-shown").count() == 1
        assert page.url == served.address
        link.tap()
        page.wait_for_url("**/facts/**")


@pytest.mark.parametrize(
    ("wrong", "right", "first"),
    [("fact/", "facts/", "en"), ("zh/time-line/", "timeline/", "zh"), ("glosary.html", "glossary/", "en")],
)
def test_a_wrong_address_offers_the_likely_page_in_both_languages(
    looker: browser.sync_api.Browser, served: browser.Server, wrong: str, right: str, first: str
):
    with at(looker, served, wrong) as page:
        parts = page.locator("[data-lost]")
        assert [parts.nth(i).get_attribute("lang") for i in range(2)] == ([first, "zh" if first == "en" else "en"])
        for i in range(2):
            likely = parts.nth(i).locator(".lt-likely a")
            assert likely.is_visible()
            assert likely.get_attribute("href").removesuffix("index.html").endswith(right)


def test_a_wrong_address_far_from_every_page_lists_them_all(looker: browser.sync_api.Browser, served: browser.Server):
    for scripted in (True, False):
        with at(looker, served, "xqzw/9/", java_script_enabled=scripted) as page:
            assert page.locator(".lt-likely:visible").count() == 0
            assert page.locator("[data-lost] li a").count() == 2 * len(
                {a.get_attribute("data-slug") for a in page.locator("[data-lost] li").all()}
            )
