"""The built sites as a browser reads them: every link, in both languages, with and without an address."""

import base64
import hashlib
import json
import re
import urllib.parse
from functools import cache

import bs4
import pytest

from scripts.words import citations, quotes
from tests.conftest import ADDRESS, SMALL, Built, broken, elements, soup, target, tree

ELSEWHERE = re.compile(r"[a-z]+:")


read = cache(elements)


def html(built: Built) -> list[str]:
    return sorted(file.relative_to(built.site).as_posix() for file in built.site.rglob("*.html"))


def whole(built: Built) -> list[str]:
    """The pages of the site itself, without frames for other sites and pages of editions."""
    return [page for page in html(built) if "embed/" not in page and not re.search("data/v", page)]


def links(built: Built, page: str) -> list[str]:
    """Every link of a page except those to other sites."""
    found = read(built.site / page).xpath("//@href | //@src")
    return [link for link in found if not ELSEWHERE.match(link.removeprefix(built.address))]


@pytest.fixture(params=["site", "public_site", "real_site"])
def any_site(request: pytest.FixtureRequest) -> Built:
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["site", "real_site"])
def local_site(request: pytest.FixtureRequest) -> Built:
    return request.getfixturevalue(request.param)


def test_every_link_and_anchor_resolves(any_site: Built):
    assert broken(any_site.site, any_site.address) == []


def test_ids_are_unique_on_each_page(any_site: Built):
    for page in html(any_site):
        ids = read(any_site.site / page).xpath("//@id[not(starts-with(., '__'))]")
        assert sorted(ids) == sorted(set(ids)), page


def test_both_languages_have_the_same_pages(any_site: Built):
    pages = [page for page in html(any_site) if not page.startswith("data/v") or page.endswith("index.html")]
    chinese = {page.removeprefix("zh/") for page in pages if page.startswith("zh/")}
    english = {page for page in pages if "zh" not in page.split("/")}
    assert chinese == english
    inside = {re.sub("(data/v[^/]+/)zh/", r"\1", page) for page in pages if re.match("data/v[^/]+/zh/", page)}
    assert inside == {page for page in english if page.startswith("data/v")}


def test_every_page_names_its_language(any_site: Built):
    for page in html(any_site):
        wanted = "zh" if "zh" in page.split("/") or page.endswith(".zh.html") else "en"
        assert read(any_site.site / page).get("lang") == wanted, page


def test_the_language_switch_leads_to_the_same_page_in_the_other_language(any_site: Built):
    for page in whole(any_site):
        slug = page.removeprefix("zh/")
        home = slug if slug != "404.html" else "index.html"
        for code, there in (("en", home), ("zh", f"zh/{home}")):
            (link,) = read(any_site.site / page).xpath(f"//a[@hreflang='{code}']/@href")
            if any_site.address:
                assert link == any_site.address + there.removesuffix("index.html"), page
            else:
                assert target(any_site.site, any_site.site / page, link)[0] == any_site.site / there, page


def test_placeholder_of_a_twin_never_remains(any_site: Built):
    for file in any_site.site.rglob("*"):
        if file.suffix in (".html", ".json", ".xml", ".js"):
            assert "__twin__" not in file.read_text("utf-8"), file


def test_no_page_has_an_unfilled_quote(any_site: Built):
    for page in html(any_site):
        assert not quotes.QUOTE.search(read(any_site.site / page).text_content()), page


def test_links_work_without_a_server(local_site: Built):
    for page in html(local_site):
        if page.endswith("404.html"):
            continue  # only a server shows it, at any depth: its links start from the root
        for link in links(local_site, page):
            path = urllib.parse.urldefrag(link)[0]
            assert not path.startswith("/"), f"{page}: {link}"
            assert not path.endswith(("/", ".", "..")), f"{page}: {link}"


def test_a_link_keeps_its_anchor_without_an_address(site: Built, public_site: Built):
    for page in ("index.html", "zh/index.html", "facts/index.html"):
        local, public = (
            [urllib.parse.urldefrag(link)[1] for link in links(built, page)] for built in (site, public_site)
        )
        assert [anchor for anchor in local if anchor] == [anchor for anchor in public if anchor]
        assert any(local)


def test_nothing_is_loaded_from_other_hosts(any_site: Built):
    for page in html(any_site):
        loaded = "//@src | //link[@rel='stylesheet' or @rel='preconnect' or contains(@rel, 'icon')]/@href"
        found = [address for address in read(any_site.site / page).xpath(loaded) if ELSEWHERE.match(address)]
        assert [address for address in found if not address.startswith(ADDRESS)] == [], page


def test_every_page_has_a_policy_and_obeys_it(any_site: Built):
    for page in html(any_site):
        top = read(any_site.site / page)
        first, policy, referrer = top.xpath("/html/head/*[position() <= 3]")
        assert first.get("charset"), page
        assert referrer.get("name") == "referrer", page
        assert policy.get("http-equiv") == "Content-Security-Policy", page
        rules = dict(rule.split(" ", 1) for rule in policy.get("content").split("; "))
        assert rules["default-src"] == "'none'", page
        assert "unsafe" not in policy.get("content"), page
        inline = top.xpath("//script[not(@src or @type)]/text()")
        hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline]
        assert re.findall("'sha256-(.*?)'", rules.get("script-src", "")) == hashes, page
        assert top.xpath("//style | //iframe | //object | //@style | //@*[starts-with(name(), 'on')]") == [], page
        bases = {name for base in top.iter("base") for name in base.attrib}
        assert bases <= {"target"}, page  # where links open, never what they are relative to


def test_paths_of_scripts_are_relative_so_that_a_mirror_works(public_site: Built):
    for page in ("index.html", "zh/index.html", "zh/facts/index.html"):
        file = public_site.site / page
        sources = read(file).xpath("//script/@src")
        assert sources
        assert [source for source in sources if not (file.parent / source).is_file()] == []


def test_page_with_an_address_lists_its_alternates(public_site: Built):
    twins = read(public_site.site / "zh" / "facts" / "index.html").xpath("//head/link[@hreflang]")
    assert {tag.get("hreflang"): tag.get("href") for tag in twins} == {
        "en": f"{ADDRESS}facts/", "zh": f"{ADDRESS}zh/facts/", "x-default": f"{ADDRESS}facts/",
    }  # fmt: skip


def test_every_data_file_is_published(site: Built):
    there = set(tree(site.site / "data" / "latest"))
    assert {"datapackage.json", "data/facts.csv", "data/facts.schema.json", "facts.zip"} <= there
    assert {"facts.xlsx", "facts.sqlite", "parquet.zip", "parquet/facts/facts.parquet", "json/facts.json"} <= there
    tables = len(json.loads(SMALL.descriptor.read_text("utf-8"))["resources"])
    descriptions, derived = 4, 2 * 3 + 1
    assert len(there) == 6 + 4 * tables + derived + descriptions + 2 * len(citations.FILES)


@pytest.mark.parametrize("root", ["", "zh"])
def test_search_index_has_unbroken_names_and_separate_cells_but_no_labels_of_drawings(real_site: Built, root: str):
    index = json.loads((real_site.site / root / "search" / "search_index.json").read_text("utf-8"))
    text = " ".join(entry["text"] for entry in index["docs"])
    assert [name for name in ("Yunji", "云集", "拼多多", "粉象生活") if name not in text] == []
    texts = {entry["location"]: entry["text"].replace("\u200b", "") for entry in index["docs"]}
    for file in sorted((real_site.site / root / "charts").glob("*/index.html")):
        figure = read(file).find(".//figure")
        if figure is None:  # of a chart that was withdrawn
            continue
        heads = [cell.text_content() for cell in figure.iter("th")]
        entry = texts[f"charts/{file.parent.name}/#{file.parent.name}"]
        told = bs4.BeautifulSoup(entry, "html.parser").text
        assert " ".join(heads) in told, file
        for drawing in figure.iter("svg"):
            assert "".join(label.text_content() for label in drawing.iter("text")) not in told, file


@pytest.mark.parametrize("root", ["", "zh/"])
def test_code_blocks_have_a_copy_button_and_are_scrollable_by_keyboard(real_site: Built, root: str):
    page = soup(real_site.site / root / "data" / "index.html")
    pieces = page.select(".highlight")
    assert len(pieces) == 10
    assert "\n\n" in pieces[1].code.get_text()  # a blank line stays one
    for piece in pieces:
        (code,) = page.select(piece.button["data-copy"])
        assert code is piece.code and piece.pre["tabindex"] == "0" and piece.button["aria-label"]
