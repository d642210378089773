"""The frames for other sites in a real browser: as high as they need to be, at every width, where their code is pasted."""

from dataclasses import replace

import pytest

from scripts import blocks, charts, gallery
from tests import browser
from tests.conftest import Built

WIDTHS = (320, 360, 500, 643, 644, 700, 900)
SPARE = 110  # px at the foot of a frame that nothing is drawn on: a line of text, and letters wider than here

MEASURE = """() => [...document.querySelectorAll("iframe")].map(frame => {
  const inside = frame.contentDocument, root = inside.documentElement;
  return {
    page: new URL(frame.src).pathname,
    over: Math.max(root.scrollHeight - frame.clientHeight, root.scrollWidth - frame.clientWidth),
    spare: frame.clientHeight - inside.querySelector("figure").getBoundingClientRect().bottom,
  };
})"""


@pytest.fixture(scope="module", params=["en", "zh"])
def host(
    request: pytest.FixtureRequest,
    looker: browser.sync_api.Browser,
    served: browser.Server,
    real: blocks.Content,
    real_site: Built,
    drawn: dict[str, dict[str, charts.Chart]],
):
    """A bare page of another site with the code of every chart in a language."""
    language = next(some for some in real.languages if some.code == request.param)
    here = replace(real, address=served.address)
    pasted = [gallery.snippets(here, language, chart)[-1][2] for chart in drawn[language.code].values()]
    html = f"<!doctype html><title>host</title><body style='margin:0'>{''.join(pasted).replace('lazy', 'eager')}"
    file = real_site.site / f"host-{language.code}.html"
    file.write_text(html, "utf-8")
    try:
        with browser.visit(looker) as page:
            page.goto(served.address + file.name, wait_until="networkidle")
            yield page
    finally:
        file.unlink()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_frame_is_as_high_as_its_chart(host: browser.sync_api.Page, width: int):
    host.set_viewport_size({"width": width, "height": 800})
    frames = host.evaluate(MEASURE)
    assert len(frames) == len(charts.modules())
    assert [f"{f['page']}, {width} px: {f['over']} px do not fit" for f in frames if f["over"] > 0] == []
    assert [f"{f['page']}, {width} px: {f['spare']:.0f} px are left" for f in frames if f["spare"] > SPARE] == []
