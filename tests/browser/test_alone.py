"""An edition's folder by itself: copied elsewhere, every page opens from there, and every link stays inside.

Frozen files cannot be fixed: the frames of editions before 2.1.0 end in a link to the chart's page on the surrounding
site. Otherwise only absolute links lead out.
"""

import os
import re
import shutil
import urllib.parse
from pathlib import Path

import pytest

from scripts.pages.content import Content
from scripts.paths import THIS
from scripts.words.languages import Language
from tests import browser
from tests.conftest import ADDRESS, Built, linked, soup
from tests.sampled import some

FROZEN_WITH_LINK = ("1.1.0", "1.1.1", "1.2.0", "2.0.0")
WAY_OUT = re.compile(r"\.\./\.\./\.\./(zh/)?charts/[a-z0-9-]+/index\.html")
WHOLE = re.compile(r"[a-z]+:")
FACT = "yunji-revenue-2018"


def leading_out(home: Path, frozen: bool = False) -> list[str]:
    """Each link and requested file that is not in the folder, with its page."""
    pages = {file: linked(file) for file in sorted(home.resolve().rglob("*.html"))}
    found = []
    for file, (links, _) in pages.items():
        for link in links:
            path, _, anchor = link.partition("#")
            there = Path(os.path.normpath(file.parent / urllib.parse.unquote(path))) if path else file
            if WHOLE.match(link) or (frozen and file.parent.name == "embed" and WAY_OUT.fullmatch(link)):
                continue
            kept = there.is_relative_to(home.resolve()) and there.is_file()
            if not kept or (anchor and there in pages and anchor not in pages[there][1]):
                found.append(f"{file.relative_to(home.resolve())}: {link}")
    return found


@pytest.fixture(scope="module")
def alone(real_site: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders of the first edition and of 2.0.0, each copied to an empty folder."""
    home = tmp_path_factory.mktemp("disk")
    for name in ("v1.0.0", "v2.0.0"):
        shutil.copytree(real_site.site / "data" / name, home / name / "kept")
    return home


def test_every_link_of_an_edition_stays_in_its_folder(real_site: Built, real: Content):
    for edition in real.editions:
        assert leading_out(real_site.site / "data" / edition.tag, edition.version in FROZEN_WITH_LINK) == []


def test_link_that_leads_out_is_found(real_site: Built, tmp_path: Path):
    home = Path(shutil.copytree(real_site.site / "data" / "v1.0.0", tmp_path / "kept"))
    for add in ('<a href="../index.html">', '<a href="facts/none/index.html">', '<a href="#none">'):
        (home / "index.html").write_text(add, "utf-8")
        assert leading_out(home) != []


def test_every_link_of_a_new_edition_stays_in_its_folder(frozen_site: Built):
    folders = sorted((frozen_site.site / "data").glob("v*"))
    assert [folder.name for folder in folders] == ["v0.1.0", "v0.1.1"]
    assert [leading_out(folder) for folder in folders] == [[], []]


def test_links_of_an_edition_to_the_site_are_absolute_and_marked(frozen_site: Built):
    page = soup(frozen_site.site / "data/v0.1.0/index.html")
    live = [tag["href"] for tag in page.select("a") if tag["href"].startswith(ADDRESS)]
    assert f"{ADDRESS}data/v0.1.1/" in live and f"{ADDRESS}lists/" in live
    style = (THIS.docs / "assets" / "low-tide.css").read_text("utf-8")
    assert '.lt-embedded a[href^="http"]::after {\n  content: " ↗" / "";' in style


@pytest.mark.parametrize(("version", "share"), [("v1.0.0", 20), ("v2.0.0", 4)])
def test_every_page_opens_from_a_folder_with_its_style_and_without_errors(
    chromium: browser.sync_api.Browser, alone: Path, version: str, share: int
):
    """Fewer pages of the first edition, since the same templates render them."""
    home = alone / version / "kept"
    faults: list[str] = []
    asked: set[str] = set()
    with browser.visit(chromium) as page:
        page.on("console", lambda said: said.type == "error" and faults.append(f"{page.url}: {said.text}"))
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        # loading the next page aborts requests of this one
        page.on("requestfailed", lambda one: "ABORTED" in one.failure or faults.append(f"{page.url}: {one.url}"))
        page.on("request", lambda one: asked.add(one.url))
        files = sorted(home.rglob("*.html"))
        assert len(files) > 150
        for file in some(files, share):
            page.goto(file.as_uri())
            styled = page.evaluate("getComputedStyle(document.body).backgroundColor")
            if styled == "rgba(0, 0, 0, 0)" or not page.locator("main").inner_text().strip():
                faults.append(f"{file.relative_to(home)}: {styled}")
    assert faults == []
    assert [url for url in asked if not url.startswith(home.as_uri())] == []


@pytest.mark.parametrize("root", ["", "zh/"])
def test_reader_gets_from_an_edition_to_facts_charts_and_files_and_back(
    chromium: browser.sync_api.Browser, alone: Path, real: Content, root: str
):
    home = alone / "v2.0.0" / "kept"
    language: Language = real.languages[bool(root)]
    with browser.visit(chromium, accept_downloads=True) as page:
        page.goto((home / root / "index.html").as_uri())
        assert language.words["labels"]["alone_nowhere"] in page.inner_text("body")
        with page.expect_download() as got:
            page.locator(".lt-downloads a").first.click()
        assert Path(got.value.path()).read_bytes() == (home / got.value.suggested_filename).read_bytes()
        page.locator("#facts + details summary").click()
        page.locator(f'#facts ~ details a[href$="facts/{FACT}/index.html"]').first.click()
        page.wait_for_url(f"**/kept/{root}facts/{FACT}/index.html")
        assert page.locator("#cite-fact-apa code").inner_text()
        page.locator("#used ~ ul a").first.click()
        page.wait_for_url("**/kept/embed/*")
        assert page.locator("svg:visible").count() == 1
        page.go_back()
        page.locator(".lt-frozen a[hreflang]").click()
        page.wait_for_url(f"**/kept/{'' if root else 'zh/'}facts/{FACT}/index.html")
        page.locator(".lt-frozen a").first.click()
        page.wait_for_url(f"**/kept/{'' if root else 'zh/'}index.html")
