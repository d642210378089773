"""The frames for other sites in a real browser: as high as they need to be, at every width, where their code is pasted."""

from dataclasses import replace

import pytest

from scripts.drawing import engine
from scripts.pages import blocks, chart_pages
from tests import browser

WIDTHS = (320, 360, 500, 643, 644, 700, 900)
SPARE = 110  # px at the foot of a frame that nothing is drawn on: a line of text, and letters wider than here

MEASURE = """() => {
  const root = document.documentElement;
  return {
    page: location.pathname,
    over: Math.max(root.scrollHeight - innerHeight, root.scrollWidth - innerWidth),
    spare: innerHeight - document.querySelector("figure").getBoundingClientRect().bottom,
  };
}"""


@pytest.fixture(scope="module", params=["en", "zh"])
def host(
    request: pytest.FixtureRequest,
    looker: browser.sync_api.Browser,
    served: browser.Server,
    real: blocks.Content,
    drawn: dict[str, dict[str, engine.Chart]],
):
    """A bare page of another site with the code of every chart in a language."""
    language = next(some for some in real.languages if some.code == request.param)
    here = replace(real, address=served.address)
    pasted = [chart_pages.snippets(here, language, chart)[-1][2] for chart in drawn[language.code].values()]
    html = f"<!doctype html><title>host</title><body style='margin:0'>{''.join(pasted).replace('lazy', 'eager')}"
    with browser.visit(looker) as page:
        page.route(f"{served.address}host/", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(f"{served.address}host/", wait_until="networkidle")
        yield page


@pytest.mark.parametrize("width", WIDTHS)
def test_a_frame_is_as_high_as_its_chart(host: browser.sync_api.Page, width: int):
    host.set_viewport_size({"width": width, "height": 800})
    frames = [frame.evaluate(MEASURE) for frame in host.frames[1:]]
    assert len(frames) == len(engine.modules())
    assert [f"{f['page']}, {width} px: {f['over']} px do not fit" for f in frames if f["over"] > 0] == []
    assert [f"{f['page']}, {width} px: {f['spare']:.0f} px are left" for f in frames if f["spare"] > SPARE] == []


def test_a_frame_is_in_a_sandbox_and_keeps_its_styles(host: browser.sync_api.Page):
    for frame in host.frames[1:]:
        assert frame.evaluate("origin") == "null"
        assert frame.evaluate("getComputedStyle(document.body).getPropertyValue('--lt-paper')")
        with pytest.raises(browser.sync_api.Error, match="SecurityError"):
            frame.evaluate("localStorage")


@pytest.mark.parametrize("keys", [[], ["Control"]], ids=["same tab", "new tab"])
def test_the_link_of_a_frame_leads_to_the_charts_page(
    looker: browser.sync_api.Browser, served: browser.Server, real: blocks.Content,
    drawn: dict[str, dict[str, engine.Chart]], keys: list[str]
):  # fmt: skip
    chart = drawn["en"]["revenue-years"]
    (*_, (_, _, code)) = chart_pages.snippets(replace(real, address=served.address), real.languages[0], chart)
    with browser.visit(looker) as page:
        page.route(
            f"{served.address}host/",
            lambda route: route.fulfill(body=f"<!doctype html><body>{code}", content_type="text/html"),
        )
        page.goto(f"{served.address}host/")
        link = page.frame_locator("iframe").locator(".lt-figure__source a")
        if keys:
            with page.context.expect_page() as opened:
                link.click(modifiers=keys)
            found = opened.value
        else:
            link.click()
            page.wait_for_url("**/charts/**")
            found = page
        found.wait_for_load_state()
        assert found.url == f"{served.address}charts/revenue-years/index.html"
        assert found.evaluate("typeof __md_get") == "function"  # what is opened is in no sandbox


def test_no_script_runs_in_a_frame(looker: browser.sync_api.Browser, served: browser.Server, real: blocks.Content, drawn: dict[str, dict[str, engine.Chart]]):  # fmt: skip
    """Though the embed itself were replaced by a page of somebody else, without its policy."""
    (*_, (_, _, code)) = chart_pages.snippets(
        replace(real, address=served.address), real.languages[0], drawn["en"]["revenue-years"]
    )
    evil = "<!doctype html><title>quiet</title><script>document.title = 'loud'; parent.canary = 1; top.location = '/'</script>"
    with looker.new_context() as context:
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
