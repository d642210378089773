"""Frames on other sites in a real browser: as high as their content, at every width.

Also on a site that keeps only the `iframe`, and of its attributes only those that WordPress allows
(`wp_filter_oembed_result` in wp-includes/embed.php).
"""

import contextlib
import math
from collections.abc import Iterator
from dataclasses import replace

import bs4
import pytest

from scripts.drawing import engine, listing
from scripts.pages import facts, frames
from scripts.pages.content import Content
from tests import browser
from tests.sampled import some

WIDTHS = (320, 360, 500, 643, 644, 700, 900)
KEPT = {"src", "title", "width", "height", "frameborder"}
SPARE = 140  # px that may be empty at the foot of a frame: a line of text, and wider letters of other fonts
LEFT = 390  # px of a fact, whose height is interpolated between the narrowest width and the column, and needs fewer lines there

MEASURE = """() => {
  const root = document.documentElement;
  return {
    page: location.pathname,
    width: innerWidth,
    over: Math.max(root.scrollHeight - innerHeight, root.scrollWidth - innerWidth),
    spare: innerHeight - document.querySelector("figure, body > footer").getBoundingClientRect().bottom,
    styled: getComputedStyle(document.body).getPropertyValue('--lt-paper') !== '',
  };
}"""


@contextlib.contextmanager
def hosted(
    chromium: browser.sync_api.Browser, served: browser.Server, codes: list[str]
) -> Iterator[browser.sync_api.Page]:
    """An empty page of another site with these frames."""
    html = f"<!doctype html><title>host</title><body style='margin:0'>{''.join(codes).replace('lazy', 'eager')}"
    with browser.visit(chromium) as page:
        page.route(f"{served.address}host/", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(f"{served.address}host/")
        yield page


@pytest.fixture(scope="module", params=["en", "zh"])
def pasted(
    request: pytest.FixtureRequest, served: browser.Server, real: Content, drawn: dict[str, dict[str, engine.Chart]]
) -> dict[str, list[str]]:
    """The embed code of every chart and of some facts in a language."""
    language = next(some for some in real.languages if some.code == request.param)
    here = replace(real, address=served.address)
    return {
        "charts": [frames.of_chart(here, language, chart)[-1][2].html for chart in drawn[language.code].values()],
        "facts": [facts.frame(here, language, fact).html for fact in some(list(real.dataset.facts.values()), 6)],
    }


def stripped(code: str) -> str:
    """The part of an embed code that WordPress keeps for unknown sites."""
    frame = bs4.BeautifulSoup(code, "html.parser").iframe
    frame.attrs = {name: value for name, value in frame.attrs.items() if name in KEPT} | {"sandbox": "allow-scripts"}
    return str(frame)


def measured_at(page: browser.sync_api.Page, width: int) -> list[dict]:
    """Measure each frame at this width of its host, scrolled into view, since others are not laid out again."""
    page.set_viewport_size({"width": width, "height": 800})
    found = []
    for element in page.query_selector_all("iframe"):
        element.scroll_into_view_if_needed()
        frame = element.content_frame()
        for _ in range(200):
            if (measured := frame.evaluate(MEASURE))["width"] == width:
                break
            page.wait_for_timeout(10)
        assert measured["width"] == width, measured
        found.append(measured)
    return found


@pytest.mark.parametrize(("kind", "strip", "most"), [
    ("charts", False, SPARE), ("facts", False, LEFT), ("charts", True, math.inf), ("facts", True, math.inf),
])  # fmt: skip
def test_frame_is_as_high_as_its_content_and_high_enough_without_its_style(
    chromium: browser.sync_api.Browser,
    served: browser.Server,
    pasted: dict[str, list[str]],
    kind: str,
    strip: bool,
    most: float,
):
    with hosted(chromium, served, [stripped(code) if strip else code for code in pasted[kind]]) as page:
        for width in some(WIDTHS, 3, f"{kind} {strip}"):
            found = measured_at(page, width)
            assert len(found) == len(pasted[kind])
            assert [f"{f['page']}, {width} px: {f['over']} px do not fit" for f in found if f["over"] > 0] == []
            assert [f"{f['page']}, {width} px: {f['spare']:.0f} px are left" for f in found if f["spare"] > most] == []
            assert all(f["styled"] for f in found)


def test_frame_of_a_fact_shows_its_finding_and_links_to_its_page(
    chromium: browser.sync_api.Browser, served: browser.Server, pasted: dict[str, list[str]]
):
    with hosted(chromium, served, pasted["facts"]) as page:
        assert page.evaluate("scrollY") == 0  # the fragment in the frame's address does not scroll its host
        frame = page.frame_locator("iframe").first
        assert frame.locator(".lt-finding__data").is_visible()
        assert not frame.locator("#cite").is_visible()
        link = frame.locator(".lt-frozen a").first
        link.click()
        page.wait_for_url("**/data/v*/index.html")  # out of the frame


def test_frame_is_sandboxed(chromium: browser.sync_api.Browser, served: browser.Server, pasted: dict[str, list[str]]):
    with hosted(chromium, served, pasted["charts"]) as page:
        assert len(page.frames) == 1 + len(listing.modules())
        for frame in page.frames[1:]:
            assert frame.evaluate("origin") == "null"
            with pytest.raises(browser.sync_api.Error, match="SecurityError"):
                frame.evaluate("localStorage")


@pytest.fixture
def code(served: browser.Server, real: Content, drawn: dict[str, dict[str, engine.Chart]]) -> str:
    """The embed code of one chart."""
    language, chart = real.languages[0], drawn["en"]["revenue-years"]
    return frames.of_chart(replace(real, address=served.address), language, chart)[-1][2].html


@pytest.mark.parametrize("keys", [[], ["Control"]], ids=["same tab", "new tab"])
def test_link_of_a_frame_leads_to_the_page_of_its_chart(
    chromium: browser.sync_api.Browser, served: browser.Server, code: str, keys: list[str]
):
    with hosted(chromium, served, [code]) as page:
        link = page.frame_locator("iframe").locator(".lt-figure__source a")
        if keys:
            with page.context.expect_page() as opened:
                link.click(modifiers=keys)
            found = opened.value
        else:
            link.click()
            found = page
        found.wait_for_url(f"{served.address}charts/revenue-years/index.html")
        assert found.evaluate("typeof __md_get") == "function"  # the page opened is not sandboxed


def test_no_script_runs_in_a_frame(chromium: browser.sync_api.Browser, served: browser.Server, code: str):
    """Even if somebody replaced the framed page by one without its content policy."""
    evil = "<!doctype html><title>quiet</title><script>document.title = 'loud'; parent.canary = 1; top.location = '/'</script>"
    with chromium.new_context() as context:
        page = context.new_page()
        page.route("**/embed/**", lambda route: route.fulfill(body=evil, content_type="text/html"))
        page.route(
            f"{served.address}host/",
            lambda route: route.fulfill(body=f"<!doctype html><body>{code}", content_type="text/html"),
        )
        page.goto(f"{served.address}host/", wait_until="networkidle")
        assert page.frames[1].evaluate("document.title") == "quiet"
        assert page.evaluate("window.canary") is None
        assert page.url == f"{served.address}host/"
