"""The page of each chart, and the frame that embeds it on other sites."""

import itertools
import re
from dataclasses import replace

import bs4
import pytest

from scripts.drawing import listing
from scripts.drawing.engine import Chart
from scripts.pages import chart_pages, frames, staging
from scripts.pages.content import Content
from tests.conftest import ADDRESS, Built, elements, soup

Drawn = dict[str, dict[str, Chart]]
CODES = ("en", "zh")
every_text = pytest.mark.parametrize(("slug", "code"), list(itertools.product(listing.modules(), CODES)))


def root(code: str) -> str:
    return "" if code == "en" else f"{code}/"


@every_text
def test_a_chart_has_a_page_with_what_it_rests_on(real_site: Built, drawn: Drawn, slug: str, code: str):
    page = elements(real_site.site / root(code) / "charts" / slug / "index.html")
    chart = drawn[code][slug]
    assert page.find(".//h1").text_content().removesuffix("¶") == chart.title
    assert page.xpath(f"//figure[@id='chart-{slug}']//*[contains(@class, 'lt-figure__drawing')]//svg")
    rests = page.xpath("//ul[contains(@class, 'lt-rests')]/li/a[1]/@href")
    anchors = {re.sub(r".*#|.*/facts/|/index\.html$", "", link) for link in rests}
    ids = {id_ for column in ("fact_id", "evidence_id") if column in chart.rows for id_ in chart.rows[column] if id_}
    assert anchors == ids


@pytest.mark.parametrize("code", CODES)
def test_the_gallery_links_to_every_chart(real_site: Built, code: str):
    page = soup(real_site.site / root(code) / "charts" / "index.html")
    found = [link["href"].split("/")[-2] for link in page.select(".lt-gallery li a")]
    assert sorted(found) == sorted(listing.modules())
    assert found[:2] == ["live-rooms", "commission"]  # in the story's order
    for heading in page.select(".lt-gallery h2 a"):
        address, _, mark = heading["href"].partition("#")
        there = real_site.site / root(code) / "charts" / address.removesuffix("index.html") / "index.html"
        assert elements(there).xpath(f"//*[@id='{mark}']" if mark else "//h1")


@every_text
def test_an_embed_is_bare_and_links_to_the_chart_page(real_site: Built, drawn: Drawn, slug: str, code: str):
    page = elements(real_site.site / root(code) / "embed" / slug / "index.html")
    assert (page.get("lang"), page.findtext("head/title")) == (code, drawn[code][slug].title)
    assert page.xpath("//script | //nav | //header | //iframe") == []
    assert len(page.xpath("//svg")) == 2
    home = page.xpath("//a[@target='_top']/@href")[0]
    assert (real_site.site / root(code) / "embed" / slug / home).resolve() == (
        real_site.site / root(code) / "charts" / slug / "index.html"
    ).resolve()
    assert [link for link in page.xpath("//@href") if re.match(r"[a-z]+:", link)] == []


def test_the_code_to_embed_names_the_public_address(public_site: Built, site: Built):
    for code in CODES:
        shown = soup(public_site.site / root(code) / "charts" / "sales" / "index.html").select_one("#embed-live")
        frame = bs4.BeautifulSoup(shown.get_text(), "html.parser").iframe
        assert frame["src"] == f"{ADDRESS}{root(code)}embed/sales/"
        assert (frame["loading"], frame["width"]) == ("lazy", "100%")
        assert frame["title"]
        assert int(frame["height"]) > 150
    assert not soup(site.site / "charts" / "sales" / "index.html").select("#embed-live")


def test_hostile_titles_are_escaped_in_the_code_to_embed(small: Content, drawn: Drawn):
    title = "\"><script>x</script> 'a' {{ b }} & <b>"
    chart = replace(drawn["en"]["commission"], title=title)
    frame = bs4.BeautifulSoup(frames.of_chart(small, small.languages[0], chart)[-1][2].html, "html.parser")
    assert frame.iframe["title"] == title
    assert len(frame.find_all()) == 2


def test_a_chart_page_lists_every_page_that_quotes_the_chart_however_the_quote_is_spaced(small: Content):
    language, drawings = small.languages[0], staging.draw(small)
    spaced = ("{{chart sales}}", "{{  chart  sales }}", "{{ chart sale }}")
    pages = [replace(small.pages["en"][0], slug=f"p{n}", body=body) for n, body in enumerate(spaced)]
    content = replace(small, pages=small.pages | {"en": pages})
    page = chart_pages.pages(content, language, drawings, staging.chart_files(content, drawings))[0]
    links = [link["href"] for link in bs4.BeautifulSoup(page.body, "html.parser").select("a[href]")]
    assert [link for link in links if "/p" in link] == ["../../p0/#chart-sales", "../../p1/#chart-sales"]
