"""Metadata of each page, checked against written lists of what its consumers need."""

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import bs4
import pytest

from scripts.drawing import listing
from scripts.drawing.engine import Chart
from scripts.editions import formats
from scripts.pages import cards, edition_pages, register, staging
from scripts.pages.content import Content
from scripts.website import metadata
from scripts.words import citations, works
from tests.conftest import ADDRESS, Built, elements
from tests.website.test_finish import whole

Drawn = dict[str, dict[str, Chart]]
Cards = dict[str, dict[str, cards.Card]]
CODES = ("en", "zh")
WANTED = {  # property: type; schema.org's and Google's lists for each kind, of what is true here
    "Dataset": {
        "name": str, "description": str, "url": str, "license": str, "creator": list, "publisher": dict, "version": str,
        "inLanguage": str, "isAccessibleForFree": bool, "datePublished": str, "isBasedOn": dict, "distribution": list,
    },
    "Article": {
        "headline": str, "author": list, "datePublished": str, "dateModified": str, "publisher": dict, "isBasedOn": dict,
        "citation": list, "mainEntityOfPage": str, "inLanguage": str, "license": str,
    },
    "WebPage": {"name": str, "description": str, "url": str, "isPartOf": dict, "inLanguage": str, "license": str},
}  # fmt: skip
OF_DATA = {
    "keywords": list, "temporalCoverage": str, "spatialCoverage": dict, "variableMeasured": list, "identifier": str,
}  # fmt: skip
DOWNLOAD = {"contentUrl": str, "encodingFormat": str, "contentSize": str, "sha256": str}
TAGS = ("citation_title", "citation_author", "citation_publication_date", "citation_language", "citation_public_url")
SIGNPOSTS = ("cite-as", "license", "author", "type")
FUJI = ("identifier", "keywords", "citation", "dateModified", "variableMeasured")
"""What F-UJI's metrics (FAIRsFAIR 0.5) read of a data set beyond `WANTED`, as far as a page can meet them without a registry."""


WANTED_OF_CLAIM = {"name": str, "text": str, "identifier": str, "appearance": dict, "isPartOf": dict, "about": list}


def linked(page: bs4.BeautifulSoup) -> dict:
    (script,) = page.select('script[type="application/ld+json"]')
    return json.loads(script.string)


def assert_has(value: dict, wanted: dict[str, type]) -> None:
    for name, kind in wanted.items():
        assert isinstance(value.get(name), kind), (name, value.get(name))
        assert value[name] or value[name] is False, name


def address_of(page: str) -> str:
    return ADDRESS + page.removesuffix("index.html")


def pages(built: Built) -> list[str]:
    """The pages with their own address: all except the one for wrong addresses."""
    return [page for page in whole(built) if not page.endswith("404.html")]


def test_every_page_has_the_linked_data_of_its_kind(public_site: Built):
    for page in pages(public_site):
        (text,) = elements(public_site.site / page).xpath("//script[@type='application/ld+json']/text()")
        value = json.loads(text)
        slug = page.removeprefix("zh/").removesuffix("index.html").strip("/")
        kind = "Article" if not slug else "Dataset" if slug in ("charts/sales", "lists") else "WebPage"
        kind = "Claim" if slug.startswith("facts/") and "rent" not in slug else kind
        assert (value["@context"], value["@type"]) == ("https://schema.org", kind), page
        assert_has(value, WANTED_OF_CLAIM if kind == "Claim" else WANTED[kind])
        assert value["url"] == address_of(page)
        assert value["inLanguage"] == ("zh" if page.startswith("zh/") else "en")


def cards_of(real: Content, drawn: Drawn) -> Cards:
    return {language.code: cards.of(real, language, drawn) for language in real.languages}


@pytest.fixture(scope="module")
def made(real: Content, drawn: Drawn) -> Cards:
    """The cards of the real project, by language and page."""
    return cards_of(real, drawn)


def on_real(
    real: Content, drawn: Drawn, made: Cards, code: str, slug: str, files: dict[str, bytes]
) -> bs4.BeautifulSoup:
    content = replace(real, address=ADDRESS)
    language = next(language for language in content.languages if language.code == code)
    head = metadata.head(content, language, slug, drawn, files, made[code])
    return bs4.BeautifulSoup(head, "html.parser")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("given", "stands"), [
    ("10.5072/x.1", "https://doi.org/10.5072/x.1"), ("https://w3id.org/x/1", "https://w3id.org/x/1"),
])  # fmt: skip
def test_pages_are_cited_by_the_identifier_of_the_newest_edition(
    real: Content, drawn: Drawn, made: Cards, code: str, given: str, stands: str
):
    """The one value in `editions.json`; `test_described.py` checks the files next to the pages."""
    newest = replace(real.editions[-1], doi=given)
    content = replace(real, editions=(*real.editions[:-1], newest))
    for slug in ("data", f"data/{newest.tag}"):
        page = on_real(content, drawn, made, code, slug, {})
        assert page.select_one("link[rel=cite-as]")["href"] == linked(page)["identifier"] == stands, slug
    for slug in ("data", f"data/{newest.tag}", "", "methods"):
        page = on_real(content, drawn, made, code, slug or "index", {})
        assert page.select_one('meta[name="citation_public_url"]')["content"] == stands, slug
    language = next(language for language in content.languages if language.code == code)
    works_of = (
        edition_pages.work(content, language, newest),
        works.of_package(content.dataset.package, code, content.cited),
    )
    for work in works_of:
        assert [name for name, (_, cite) in citations.FORMS.items() if stands not in cite(work)] == []


@pytest.mark.parametrize("code", CODES)
def test_data_page_lists_every_file_with_its_checksum(real: Content, drawn: Drawn, made: Cards, code: str):
    value = linked(on_real(real, drawn, made, code, "data", {}))
    assert_has(value, WANTED["Dataset"] | OF_DATA)
    assert 50 <= len(value["description"]) <= 5000
    assert value["isBasedOn"]["@type"] == "NewsArticle"
    newest = real.editions[-1]
    offered = {item["contentUrl"]: item for item in value["distribution"]}
    assert len(offered) >= 3 + 3 * len(newest.counts)
    assert {item["encodingFormat"] for item in offered.values()} == set(formats.MEDIA_TYPES.values())
    zipped = offered[f"{ADDRESS}data/latest/facts.zip"]
    assert zipped["sha256"] == newest.sha256
    for item in offered.values():
        assert_has(item, DOWNLOAD)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("slug", listing.modules())
def test_chart_page_lists_its_files_and_its_picture(real: Content, drawn: Drawn, made: Cards, slug: str, code: str):
    files = {f"charts/{slug}.{code}.csv": b"a", f"charts/{slug}.{code}.png": b"b"}
    page = on_real(real, drawn, made, code, f"charts/{slug}", files)
    value = linked(page)
    assert_has(value, WANTED["Dataset"])
    assert 50 <= len(value["description"]) <= 5000
    assert {item["contentUrl"] for item in value["distribution"]} == {f"{ADDRESS}{name}" for name in files}
    assert page.select_one('meta[property="og:image"]')["content"] == f"{ADDRESS}cards/charts/{slug}.{code}.png"
    assert page.select_one('meta[property="og:image:alt"]')["content"].endswith(drawn[code][slug].alt)
    assert page.select_one("link[rel=describedby]")
    assert page.select_one("link[rel=item]")


def test_every_page_has_the_tags_of_reference_managers_and_signposts(public_site: Built):
    for page in pages(public_site):
        head = elements(public_site.site / page).find("head")
        tags = {name: head.xpath(f"meta[@name='{name}']/@content") for name in TAGS}
        assert [name for name, texts in tags.items() if len(texts) != 1 or not texts[0].strip()] == [], page
        assert re.fullmatch(r"\d{4}/\d{2}/\d{2}", tags["citation_publication_date"][0])
        for rel in SIGNPOSTS:
            (link,) = head.xpath(f"link[@rel='{rel}']/@href")
            assert link.startswith("https://"), (page, rel)
        assert head.xpath("link[@rel='canonical']/@href") == [address_of(page)]
        assert head.xpath("meta[@property='og:url']/@content") == [address_of(page)]
        (locale,) = head.xpath("meta[@property='og:locale']/@content")
        assert re.fullmatch(r"[a-z]{2}_[A-Z]{2}", locale)


def test_site_without_an_address_has_no_absolute_links_to_itself(site: Built):
    for page in pages(site):
        absolute = "//script[@type='application/ld+json'] | //meta[@property] | //link[@rel='cite-as']"
        assert elements(site.site / page).xpath(absolute) == []
    assert not (site.site / "sitemap.xml").exists()


def test_the_sitemap_has_every_page_with_its_alternates(public_site: Built):
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    root = ElementTree.parse(public_site.site / "sitemap.xml").getroot()
    found = {url.findtext("s:loc", namespaces=spaces): url for url in root.findall("s:url", spaces)}
    assert set(found) == {address_of(page) for page in pages(public_site)}
    for url in found.values():
        links = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", spaces)}
        assert set(links) == {"en", "zh", "x-default"}
        assert set(links.values()) <= set(found)
    assert not (public_site.site / "zh" / "sitemap.xml").exists()


HOSTILE = "</script><script>alert(1)</script> \"a\" 'b' {{ c }} {% d %} & <!-- 100% \\ e"


def test_hostile_text_round_trips_through_the_head(real: Content, drawn: Drawn):
    hostile = {"revenue-years": replace(drawn["en"]["revenue-years"], title=HOSTILE, alt=HOSTILE)}
    spoilt = {code: some | hostile for code, some in drawn.items()}
    page = on_real(real, spoilt, cards_of(real, spoilt), "en", "charts/revenue-years", {})
    assert len(page.select("script")) == 1
    assert linked(page)["name"] == HOSTILE
    for name in ('meta[name="citation_title"]', 'meta[property="og:title"]', 'meta[property="og:description"]'):
        assert page.select_one(name)["content"] == HOSTILE


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("slug", ["data", "data/v1.0.0", "data/v1.1.0", "charts/revenue-years"])
def test_data_set_meets_the_metrics_of_fuji(real: Content, drawn: Drawn, made: Cards, slug: str, code: str):
    files = {f"charts/revenue-years.{code}.csv": b"a"}
    page = on_real(real, drawn, made, code, slug, files)
    value = linked(page)
    assert (value["@context"], value["@type"]) == (
        "https://schema.org",
        "Dataset",
    )  # FsF-F4-01M, FsF-I1-01M, FsF-I2-01M
    assert_has(value, WANTED["Dataset"])
    assert [name for name in FUJI if not value.get(name)] == []
    assert value["identifier"].startswith(ADDRESS)
    assert value["license"].startswith("https://creativecommons.org/licenses/")
    formats_of = {item["encodingFormat"] for item in value["distribution"]}
    assert "text/csv" in formats_of  # FsF-R1.3-02D: an open format
    for item in value["distribution"]:
        assert_has(item, DOWNLOAD)
    for rel in (*SIGNPOSTS, "describedby", "item"):
        assert page.select(f'link[rel="{rel}"]'), rel


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0"])
def test_the_page_of_an_edition_describes_that_edition(real: Content, drawn: Drawn, made: Cards, version: str):
    edition = next(one for one in real.editions if one.version == version)
    page = on_real(real, drawn, made, "en", f"data/v{version}", {})
    value = linked(page)
    assert (value["version"], value["datePublished"]) == (version, edition.date)
    assert value["identifier"] == value["url"] == f"{ADDRESS}data/v{version}/"
    packed = next(item for item in value["distribution"] if item["name"] == edition.file)
    assert (packed["sha256"], packed["contentUrl"]) == (edition.sha256, f"{ADDRESS}data/v{version}/{edition.file}")
    assert page.select_one('meta[name="citation_publication_date"]')["content"] == edition.date.replace("-", "/")


def test_every_slug_of_a_site_has_a_head_even_later_pages_of_the_register(
    real: Content, drawn: Drawn, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(register, "FACTS_PER_PAGE", 40)
    content = replace(real, address=ADDRESS)
    for language in content.languages:
        shown = cards.of(content, language, drawn)
        for slug in staging.slugs(content, language):
            head = bs4.BeautifulSoup(metadata.head(content, language, slug, drawn, {}, shown), "html.parser")
            assert head.select_one('meta[property="og:url"]')["content"] == content.at(language, slug), slug
            assert head.select_one('meta[property="og:title"]')["content"].strip(), slug
    third = metadata.head(content, content.languages[0], "facts/3", drawn, {}, shown)
    assert "(3)" in third and metadata.head(content, content.languages[0], "facts/9", drawn, {}, shown) == ""
