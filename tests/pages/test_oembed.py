"""oEmbed by discovery: the responses of pages, checked against oembed.com, as WordPress reads them and with a library."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import bs4
import jsonschema
import pytest
from oembedpy import consumer, discovery, types

from scripts.pages.content import Content
from tests import browser
from tests.conftest import ADDRESS, SMALL, Built, built, copied, elements, soup
from tests.website.test_finish import whole

RESPONSE = {  # oembed.com, 2.3.4: required of every response and of type "rich"; a thumbnail has all three or none
    "type": "object",
    "required": ["type", "version", "html", "width", "height"],
    "dependentRequired": {one: ["thumbnail_url", "thumbnail_width", "thumbnail_height"] for one in ("thumbnail_url", "thumbnail_width", "thumbnail_height")},
    "properties": {
        "type": {"const": "rich"}, "version": {"const": "1.0"}, "html": {"type": "string", "minLength": 1},
        "width": {"type": "integer", "minimum": 1}, "height": {"type": "integer", "minimum": 1},
        **dict.fromkeys(("title", "author_name", "provider_name"), {"type": "string", "minLength": 1}),
        **dict.fromkeys(("author_url", "provider_url", "thumbnail_url"), {"type": "string", "pattern": "^https://"}),
        **dict.fromkeys(("thumbnail_width", "thumbnail_height", "cache_age"), {"type": "integer", "minimum": 1}),
    },
    "additionalProperties": False,
}  # fmt: skip
LINKS = "//link[@rel='alternate' and @type='application/json+oembed']/@href"
ROOTS = ("", "zh/")


@pytest.fixture
def public(frozen_site: Built) -> Path:
    return frozen_site.site


def file_of(link: str) -> str:
    """The file of a link, without the query, which a static server ignores."""
    file, _, asked = link.partition("?")
    assert file.startswith(ADDRESS) and asked.startswith("url=https%3A%2F%2Fexample.org%2Ftide%2F")
    return file.removeprefix(ADDRESS)


def response(site: Path, page: str) -> dict:
    """The response that a consumer finds from a page's address, as in WP_oEmbed::discover and ::fetch."""
    text = (site / page / "index.html").read_text("utf-8")
    head = text[: text.index("</head>")]
    assert len(head) < 153_600  # what WordPress reads
    links = [dict(re.findall(r'([\w-]+)="([^"]*)"', link)) for link in re.findall(r"<link([^<>]+)/?>", head)]
    (found,) = (link["href"] for link in links if link.get("type") == "application/json+oembed")
    told = json.loads((site / file_of(found)).read_text("utf-8"))
    jsonschema.Draft202012Validator(RESPONSE).validate(told)
    return told


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("place", ["charts/sales/", "facts/stall-viewers/"])
def test_a_page_links_to_a_response_that_shows_the_newest_edition(public: Path, place: str, root: str):
    told = response(public, f"{root}{place}")
    frame = bs4.BeautifulSoup(told["html"], "html.parser").iframe
    assert frame["src"].startswith(
        f"{ADDRESS}data/v0.1.1/" if "charts" in place else f"{ADDRESS}{root}data/v0.1.1/facts/"
    )
    assert (public / frame["src"].removeprefix(ADDRESS).partition("#")[0]).exists()
    assert (frame["width"], frame["height"]) == ("100%", str(told["height"]))
    assert (told["width"], told["author_name"], told["provider_url"]) == (
        700,
        "Low Tide contributors",
        f"{ADDRESS}{root}",
    )
    assert frame["title"]
    png = (public / told["thumbnail_url"].removeprefix(ADDRESS)).read_bytes()
    assert (told["thumbnail_width"], told["thumbnail_height"]) == (
        int.from_bytes(png[16:20]),
        int.from_bytes(png[20:24]),
    )


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("place", ["charts/sales/", "facts/stall-viewers/"])
def test_wordpress_keeps_the_frame(public: Path, place: str, root: str):
    """As in `wp_filter_oembed_result`: one iframe, without a quotation before it, which would hide it until a script runs."""
    html = response(public, f"{root}{place}")["html"]
    kept = re.sub(r"</?(?!a\b|blockquote\b|iframe\b)\w[^>]*>", "", html)
    found = re.search(r"(<blockquote>.*?</blockquote>)?.*(<iframe.*?></iframe>)", kept, re.DOTALL)
    assert found and not found[1]
    assert bs4.BeautifulSoup(found[2], "html.parser").iframe["height"].isdigit()


def test_a_response_has_the_same_html_as_the_code_on_the_page(public: Path):
    for root in ROOTS:
        chart, fact = (soup(public / root / place / "index.html") for place in ("charts/sales", "facts/stall-viewers"))
        assert chart.select_one("#embed-frozen").get_text() == response(public, f"{root}charts/sales")["html"]
        assert fact.select_one("#take-embed code").get_text() == response(public, f"{root}facts/stall-viewers")["html"]


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("tag", ["v0.1.0", "v0.1.1"])
def test_a_fact_page_of_an_edition_links_to_a_response_that_shows_that_edition(public: Path, tag: str, root: str):
    page = f"{root}data/{tag}/facts/stall-viewers/"
    told = response(public, page)
    frame = bs4.BeautifulSoup(told["html"], "html.parser").iframe
    assert frame["src"] == f"{ADDRESS}{page}#frame"
    assert soup(public / page / "index.html").select_one("#take-embed code").get_text() == told["html"]
    assert (public / told["thumbnail_url"].removeprefix(ADDRESS)).is_file()
    copy = public / "data" / tag / root / "facts/stall-viewers/index.html"  # in the edition's folder
    (link,) = elements(copy).xpath(LINKS)
    assert json.loads((public / file_of(link)).read_text("utf-8")) == told


def test_other_pages_link_to_no_response(public: Path):
    for place in ("", "data/v0.1.1/", "data/v0.1.1/facts/stall-rent/", "facts/", "facts/stall-rent/", "lists/"):
        assert elements(public / place / "index.html").xpath(LINKS) == []


def pages_of_facts(public: Path) -> list[Path]:
    """The pages of facts in the first language, current ones and those of each edition."""
    homes = (public, *sorted((public / "data").glob("v*")))
    return [file for home in homes for file in (home / "facts").glob("*/index.html")]


def test_every_response_is_linked_from_a_page(public: Path):
    responses = {file.relative_to(public).as_posix() for file in public.rglob("*.oembed.json")}
    pages = (file for file in public.rglob("index.html") if "embed" not in file.parts)
    assert {file_of(link) for page in pages for link in elements(page).xpath(LINKS)} == responses
    own = [file for file in pages_of_facts(public) if "stall-rent" not in file.parts]  # the withdrawn one
    assert len(responses) == len(ROOTS) * (len(own) + 1)  # and the chart


def test_a_fact_that_no_edition_has_is_quoted(public_site: Built, small: Content):
    told = response(public_site.site, "zh/facts/stall-viewers/")
    quote = bs4.BeautifulSoup(told["html"], "html.parser").blockquote
    fact = small.dataset.facts["stall-viewers"]
    here = f"{ADDRESS}zh/facts/stall-viewers/"
    words = small.languages[1].words
    assert quote["cite"] == quote.a["href"] == here
    for text in (fact.statement["zh"], words["qualifiers"]["about"], small.dataset.speakers["paper"].name["zh"]):
        assert text in quote.get_text()


def test_a_site_without_an_address_has_no_responses(site: Built):
    assert list(site.site.rglob("*.oembed.json")) == []
    for page in whole(site):
        assert elements(site.site / page).xpath(f"{LINKS} | //*[@id='take-embed']") == []


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The small project, served at the address it was built for."""
    home = tmp_path_factory.mktemp("served") / "small"
    with browser.serve(home / "build" / "site") as server:
        yield built(copied(SMALL, home), server.address)


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("place", ["charts/sales/", "facts/stall-viewers/"])
def test_a_library_finds_and_reads_the_response_of_a_page(served: Built, place: str, root: str):
    page = f"{served.address}{root}{place}"
    asked, parameters = discovery.find_from_content(page)
    assert parameters.url == page
    told = consumer.fetch_content(asked, parameters)
    assert isinstance(told, types.Rich)
    written = json.loads((served.site / asked.removeprefix(served.address)).read_text("utf-8"))
    assert told.to_dict() == {**dict.fromkeys(("author_url", "cache_age")), **written}


@pytest.mark.parametrize("place", ["", "facts/"])
def test_a_library_finds_no_response_on_other_pages(served: Built, place: str):
    with pytest.raises(ValueError, match="not have oEmbed"):
        discovery.find_from_content(f"{served.address}{place}")
