"""The real site in a real browser: every chart on its page, every page at every width, the size of a first visit."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scripts.pages.content import Content
from scripts.words import quotes
from tests import browser
from tests.conftest import Built, Once, elements
from tests.sampled import WHOLE, some

SEEN = ((320, "light"), (360, "light"), (360, "dark"), (768, "light"), (1280, "light"), (1280, "dark"))
"""The widths and schemes of each page, in this order since a new width takes longest."""
HOMES = ("", "zh/")
ALIKE = re.compile(r"(?:zh/)?(?:charts|embed|facts|data/v[^/]*/facts)/.")
"""Pages of which one template renders many."""
FACTS = "yunji-net-loss-2020|merchant-refuses|onion-market-value-before|closed-platforms-named|sector-sale-contrast"
"""One page of each kind of fact: with a number and checks, an accusation, a hedge, parts, a sector."""
LEFT_OUT = re.compile(
    rf"data/v[^/]*/(?:embed|zh)/|(?:.*/)?facts/(?!(?:{FACTS})/)[^/]+/index|(?:zh/)?data/v1\.[12]{'.*/facts/' * WHOLE}"
)
"""Frozen files, most pages of facts, and pages of editions except the first, which has no evidence, and the newest."""
SMALLEST = 11  # px on the screen
CONTRAST = 4.5  # of text to its background, WCAG 2.2, 1.4.3
SLACK = 1.5  # px by which two labels' boxes may touch, or a label's box may leave the drawing's
BYTES, REQUESTS = 75_000, 6

SETTLE = """async () => {
  await new Promise(requestAnimationFrame);
  document.getAnimations().forEach(animation => animation.finish());
}"""

UNFOLD = "() => document.querySelectorAll('details').forEach(part => { part.open = true; })"

LOOK = """() => {
  const box = node => { const r = node.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const seen = node => node.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const light = colour => {
    const parts = colour.match(/[0-9.]+/g).slice(0, 3).map(part => part / 255);
    const [r, g, b] = parts.map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const contrast = (one, other) => Math.max(light(one) / light(other), light(other) / light(one));
  const label = node => {
    const matrix = node.getScreenCTM();
    const scale = Math.hypot(matrix.a, matrix.b);
    const style = getComputedStyle(node), ground = getComputedStyle(node.closest("figure")).backgroundColor;
    const size = parseFloat(style.fontSize) * scale;
    return {text: node.textContent, size, box: box(node), contrast: contrast(style.fill, ground)};
  };
  const drawing = svg => ({box: box(svg), labels: [...svg.querySelectorAll("text")]
    .filter(node => node.textContent.trim() && seen(node)).map(label)});
  const drawings = figure => [...figure.querySelectorAll(".lt-figure__drawing svg")];
  const root = document.documentElement;
  return {
    over: Math.max(root.scrollWidth, document.body.scrollWidth) - root.clientWidth,
    charts: Object.fromEntries([...document.querySelectorAll("figure.lt-figure")].map(figure => [
      figure.id.replace("chart-", ""), drawings(figure).filter(seen).map(drawing)])),
  };
}"""

OPEN = """() => [...document.querySelectorAll("figure.lt-figure")].map(figure => {
  const summary = figure.querySelector("summary");
  summary.scrollIntoView({block: "center", behavior: "instant"});
  const at = summary.getBoundingClientRect();
  const top = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
  if (top && summary.contains(top)) summary.click();
  return [figure.id, figure.querySelector("table").checkVisibility()];
})"""

HEADINGS = """() => [...document.querySelectorAll("article h2")]
  .filter(node => node.checkVisibility() && node.getBoundingClientRect().height > 0).map(node => node.id)"""


@dataclass(frozen=True, slots=True)
class Observation:
    """Observations of a page with all folds open.

    Results of LOOK and of axe by width and scheme; console errors; addresses requested, relative ones for its own site.
    """

    page: str
    looks: dict[tuple[int, str], dict[str, Any]]
    barriers: dict[tuple[int, str], list[str]]
    complaints: list[str]
    addresses: set[str]

    def where(self, width: int, scheme: str) -> str:
        """Page, width, scheme and language, for a message."""
        return f"{self.page}, {width} px, {scheme}, {language_of(self.page)}"

    def charts(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Yield for each chart where it was seen, for a message, and its visible drawings."""
        for seen, look in self.looks.items():
            for slug, shown in look["charts"].items():
                yield f"{self.where(*seen)}: {slug}", shown

    def labels(self) -> Iterator[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
        """The same for each visible drawing, with its labels."""
        for where, shown in self.charts():
            for drawing in shown:
                yield where, drawing, drawing["labels"]


def language_of(page: str) -> str:
    """The language of a page, by its name."""
    return "zh" if page.startswith("zh/") else "en"


def pages(built: Built) -> list[str]:
    """The path of every page, such as zh/facts/, except those in LEFT_OUT."""
    files = sorted(file.relative_to(built.site).as_posix() for file in built.site.rglob("*.html"))
    return [file.removesuffix("index.html") for file in files if not LEFT_OUT.match(file)]


@pytest.fixture(scope="module", params=["en", "zh"])
def observations(
    request: pytest.FixtureRequest,
    chromium: browser.sync_api.Browser,
    served: browser.Server,
    real_site: Built,
    once: Once,
) -> list[Observation]:
    """Observations of the pages of the real site in a language, made once in a run."""
    names = [name for name in pages(real_site) if language_of(name) == request.param]
    alike = [name for name in names if ALIKE.match(name)]
    drawn = {*some(alike, 4)}
    names = [name for name in names if name in drawn or name not in alike]
    tested = {*some(names, 5), *HOMES}

    def look(_: Path) -> list[Observation]:
        with browser.visit(chromium) as page:
            return [look_at(page, served.address, name, axe_scope(name) if name in tested else {}) for name in names]

    return once(f"observations-{request.param}", look)


def axe_scope(name: str) -> dict[tuple[int, str], str]:
    """What axe tests on a page, by width and scheme; see `browser.barriers`.

    Only colours differ between schemes. Those of the content are the same at every width and in every language, so the
    dark scheme is tested in the first language. Every page has the frame of the home page, so it is tested there; a run
    of all similar cases tests it on each page.
    """
    frame = dict.fromkeys([(1280, "light"), (360, "dark"), (1280, "dark")], "frame colours")
    dark = {(1280, "dark"): "colours"} if language_of(name) == "en" else {}
    return {(360, "light"): ""} | (frame if WHOLE or name in HOMES else {}) | dark


def look_at(page: browser.sync_api.Page, address: str, name: str, axe: dict[tuple[int, str], str]) -> Observation:
    """Load a page once and observe it at every width and in both schemes."""
    complaints: list[str] = []
    addresses: set[str] = set()
    listeners = {
        "console": lambda message: message.type == "error" and complaints.append(message.text),
        "pageerror": lambda error: complaints.append(str(error)),
        "response": lambda answer: answer.status >= 400 and complaints.append(f"{answer.url}: {answer.status}"),
        "requestfailed": lambda request: complaints.append(f"{request.url}: {request.failure}"),
        "request": lambda request: addresses.add(request.url.removeprefix(address)),
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    page.goto(address + name)
    page.evaluate(UNFOLD)
    looks, barriers = {}, {}
    for width, scheme in SEEN:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLE)
        looks[width, scheme] = page.evaluate(LOOK)
        if (width, scheme) in axe:
            barriers[width, scheme] = browser.barriers(page, axe[width, scheme])
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    return Observation(name or "index", looks, barriers, complaints, addresses)


def test_every_chart_is_on_a_page_in_every_language_and_at_every_width(real: Content, observations: list[Observation]):
    for seen in SEEN:
        assert {slug for page in observations for slug in page.looks[seen]["charts"]} == set(real.charts)


def test_exactly_one_of_the_two_drawings_of_a_chart_is_visible(observations: list[Observation]):
    assert [
        f"{where}: {len(shown)} shown" for page in observations for where, shown in page.charts() if len(shown) != 1
    ] == []


def test_text_of_drawings_is_large_enough(observations: list[Observation]):
    found = []
    for page in observations:
        for where, _, labels in page.labels():
            least = min(labels, key=lambda label: label["size"])
            if least["size"] < SMALLEST:
                found.append(f"{where}: {least['text']!r} has {least['size']:.1f} px")
    assert found == []


def test_labels_of_drawings_have_enough_contrast(observations: list[Observation]):
    assert [
        f"{where}: {label['text']!r} has a contrast of {label['contrast']:.2f}"
        for page in observations
        for where, _, labels in page.labels()
        for label in labels
        if label["contrast"] < CONTRAST
    ] == []


def test_axe_finds_no_barriers(observations: list[Observation]):
    assert {seen for page in observations for seen in page.barriers} == set(axe_scope(HOMES[0]))
    assert [
        f"{page.where(*seen)}: {barrier}"
        for page in observations
        for seen, barriers in page.barriers.items()
        for barrier in barriers
    ] == []


def overlap(one: list[float], other: list[float]) -> tuple[float, float]:
    """The width and height of the overlap of two boxes, each left, top, right, bottom."""
    return min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])


def test_no_two_labels_of_a_drawing_overlap(observations: list[Observation]):
    found = []
    for page in observations:
        for where, _, labels in page.labels():
            for one, other in itertools.combinations(labels, 2):
                wide, high = overlap(one["box"], other["box"])
                if min(wide, high) > SLACK:
                    found.append(f"{where}: {one['text']!r} and {other['text']!r} share {wide:.1f} x {high:.1f} px")
    assert found == []


def test_labels_are_inside_their_drawing(observations: list[Observation]):
    found = []
    for page in observations:
        for where, drawing, labels in page.labels():
            left, top, right, bottom = drawing["box"]
            for label in labels:
                x, y, x2, y2 = label["box"]
                out = max(left - x, top - y, x2 - right, y2 - bottom)
                if out > SLACK:
                    found.append(f"{where}: {label['text']!r} is {out:.1f} px outside")
    assert found == []


def test_no_page_scrolls_sideways(observations: list[Observation]):
    assert [
        f"{page.where(*seen)}: {look['over']} px too wide"
        for page in observations
        for seen, look in page.looks.items()
        if look["over"] > 0
    ] == []


def test_no_page_logs_an_error_in_the_console(observations: list[Observation]):
    assert [f"{page.page}: {complaint}" for page in observations for complaint in page.complaints] == []


def test_no_page_requests_anything_from_another_server(observations: list[Observation]):
    asked = {(page.page, address) for page in observations for address in page.addresses}
    assert len(asked) >= len(observations)
    assert sorted(one for one in asked if re.match("(?!data:|blob:)[a-z]+:", one[1])) == []


@pytest.fixture(scope="module", params=["", "zh/"], ids=["en", "zh"])
def root(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module", params=[360, 1280])
def weight(request: pytest.FixtureRequest, chromium: browser.sync_api.Browser, served: browser.Server, root: str):
    """A first visit to the explainer, on a phone and on a desktop."""
    return browser.weigh(chromium, served, root, request.param)


def test_first_visit_to_the_explainer_stays_within_its_budget(weight: browser.Weight):
    assert weight.size <= BYTES, [(answer.path, answer.size) for answer in weight.answers]
    assert len(weight.answers) <= REQUESTS, [answer.path for answer in weight.answers]


def test_explainer_has_no_layout_shift(weight: browser.Weight):
    assert weight.shift == 0


@pytest.fixture(scope="module")
def still(chromium: browser.sync_api.Browser) -> Iterator[browser.sync_api.Page]:
    """A page without JavaScript."""
    with browser.visit(chromium, 1280, java_script_enabled=False) as page:
        yield page


def test_every_section_chart_and_table_is_there_without_scripts(
    real: Content, real_site: Built, served: browser.Server, still: browser.sync_api.Page, root: str
):
    code = "zh" if root else "en"
    listed = {root + ("" if page.slug == "index" else f"{page.slug}/"): page.body for page in real.pages[code]}
    own = {f"{root}charts/{slug}/": f"{{{{ chart {slug} }}}}" for slug in some([*real.charts], 4)}
    for name, written in (listed | own).items():
        still.goto(served.address + name)
        headings = elements(real_site.site / name / "index.html").xpath("//article//h2")
        assert still.evaluate(HEADINGS) == [heading.get("id") for heading in headings], name
        assert written.count("\n## ") <= len(headings), name
        charts = quotes.ids(written, "chart")
        shown = still.evaluate(LOOK)["charts"]
        assert {slug: len(drawings) for slug, drawings in shown.items()} == dict.fromkeys(charts, 1), name
        assert still.evaluate(OPEN) == [[f"chart-{slug}", True] for slug in charts], name
