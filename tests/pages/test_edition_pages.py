"""The frozen editions on the site: what changed, the feed, and the working copy's label."""

import json
import shutil
import time
import xml.etree.ElementTree as ElementTree
import zipfile
from dataclasses import replace
from pathlib import Path

import bs4
import pytest

from scripts import commands
from scripts.drawing import kept
from scripts.editions import store
from scripts.pages import blocks, downloads, staging
from scripts.pages.content import Content
from scripts.paths import SCRIPTS, Project
from scripts.website import frozen
from tests import test_helper
from tests.conftest import ADDRESS, SMALL_CHARTS, Built, built, damage, soup
from tests.test_publishing import FACTS, bump, commit, release

ATOM = {"a": "http://www.w3.org/2005/Atom"}
CORRECTED = (("90,,people,90人左右", "95,,people,95人左右"), ("About 90", "About 95"), ("约有90人", "约有95人"))
ROWS = "".join(
    f"stall-viewers-{field},stall-viewers,{field},{old},{new},error,Misread.,看错了。,0.1.1\n"
    for field, old, new in (("printed", "90人左右", "95人左右"), ("value", "90", "95"))
)


def with_editions(first: Project, folder: Path) -> Project:
    """The small project with one edition, copied into a folder, and with a second one, which corrects a value."""
    project = Project(shutil.copytree(first.root, folder, symlinks=True))
    for change in CORRECTED:
        damage(project, FACTS, change)
    damage(project, "datapackage/data/corrections.csv", ("", ROWS))
    bump(project, "0.1.1")
    commit(project)
    release(project, "0.1.1")
    commit(project)
    return project


@pytest.fixture(scope="module")
def shelved(frozen_site: Built) -> Project:
    """The project of that site; nobody may change it."""
    return Project(frozen_site.site.parents[1])


@pytest.fixture(scope="module")
def site(frozen_site: Built) -> Path:
    return frozen_site.site


def test_the_newest_edition_is_also_at_latest(site: Path):
    latest, newest = site / "data" / "latest", site / "data" / "v0.1.1"
    for name, same in (
        ("data/facts.schema.json", "data/facts.schema.json"), ("data/facts.csv", "data/facts.csv"),
        ("facts.zip", "small-0.1.1.zip"), ("facts.xlsx", "small-0.1.1.xlsx"),
    ):  # fmt: skip
        assert (latest / name).read_bytes() == (newest / same).read_bytes()
    assert not (latest / "embed").exists()


def test_changes_json_lists_what_changed(site: Path):
    told = json.loads((site / "data" / "v0.1.1" / "changes.json").read_text("utf-8"))
    assert (told["from"], told["to"], told["level"]) == ("0.1.0", "0.1.1", "patch")
    assert told["counts"] == {"row_added": 2, "value_corrected": 2, "words_changed": 2}
    assert {"row": "stall-viewers", "field": "value", "old": "90", "new": "95"} in told["tables"]["facts"][
        "value_corrected"
    ]
    first = json.loads((site / "data" / "v0.1.0" / "changes.json").read_text("utf-8"))
    assert (first["from"], first["counts"]) == (None, {})


@pytest.mark.parametrize("root", ["", "zh/"])
def test_each_edition_has_a_page_with_files_citations_changes_and_fields(site: Path, root: str):
    page = soup(site / root / "data" / "v0.1.1" / "index.html")
    assert {heading["id"] for heading in page.select("h2")} >= {"download", "cite", "changes", "dictionary"}
    files = {(site / root / "data" / "v0.1.1" / link["href"]).resolve() for link in page.select(".lt-downloads a")}
    assert all(file.is_file() for file in files)
    assert (site / "data" / "v0.1.1" / "small-0.1.1.zip").resolve() in files
    assert f"{ADDRESS}data/v0.1.1/" in page.select_one("#cite-edition-apa").get_text()
    changed = page.select_one("#changes-facts").find_next_siblings("details")
    assert ("90", "95") in [(item.find("del").get_text(), item.ins.get_text()) for item in changed[0].select("li")]
    older = soup(site / root / "data" / "v0.1.0" / "index.html")
    assert older.select_one('a[href$="data/v0.1.1/"]')
    assert f"{ADDRESS}data/v0.1.0/" in older.select_one("#cite-edition-apa").get_text()


@pytest.mark.parametrize(("root", "words"), [("", "is now 95"), ("zh/", "现为95")])
def test_a_correction_is_shown_at_its_fact_and_listed(site: Path, root: str, words: str):
    fact = soup(site / root / "facts" / "index.html").select_one("#stall-viewers")
    assert any(words in notice.get_text() for notice in fact.select(".lt-corrected"))
    listed = soup(site / root / "lists" / "index.html").select_one("#stall-viewers-value")
    assert (listed.find("del").get_text(), listed.ins.get_text()) == ("90", "95")
    assert not soup(site / root / "facts" / "index.html").select_one("#owner-view .lt-corrected")


def test_a_correction_is_shown_at_the_charts_that_draw_the_fact(small: Content, shelved: Project):
    content = commands.check(shelved, "", SMALL_CHARTS)
    row = next(iter(content.dataset.corrections.values()))
    moved = replace(content.dataset, corrections={"x": replace(row, fact_id="shop-revenue-2018", field="value")})
    drawn = {language.code: commands.staging.draw(content)[language.code] for language in content.languages}
    page = next(some for some in content.pages["en"] if "chart sales" in some.body)
    for dataset, notices in ((content.dataset, 0), (moved, 1)):
        given = replace(content, dataset=dataset)
        html = blocks.context(given, content.languages[0], page, drawn).blocks["chart"]["sales"]()
        assert len(bs4.BeautifulSoup(html, "html.parser").select(".lt-corrected")) == notices


@pytest.mark.parametrize("root", ["", "zh/"])
def test_the_feed_has_editions_and_corrections_newest_first(site: Path, root: str):
    feed = ElementTree.parse(site / root / "feed.xml").getroot()
    assert feed.findtext("a:id", namespaces=ATOM) == f"{ADDRESS}{root}feed.xml"
    entries = feed.findall("a:entry", ATOM)
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in entries]
    assert len(ids) == len(set(ids)) == 6
    assert set(ids) == {
        f"{ADDRESS}{root}{place}"
        for place in (
            "data/v0.1.0/",
            "data/v0.1.1/",
            "lists/#stall-viewers-value",
            "lists/#stall-viewers-printed",
            "lists/#withdrawn-stall-rent",
            "lists/#withdrawn-rents",
        )
    }
    moments = [entry.findtext("a:updated", namespaces=ATOM) for entry in entries]
    assert moments == sorted(moments, reverse=True)
    for entry in entries:
        assert entry.findtext("a:title", namespaces=ATOM) and entry.findtext("a:summary", namespaces=ATOM)
    home = soup(site / root / "index.html").select_one('link[type="application/atom+xml"]')
    assert home["href"] == f"{ADDRESS}{root}feed.xml"


def test_the_list_for_programs_has_every_edition(site: Path, shelved: Project):
    listed = json.loads((site / "data" / "editions.json").read_text("utf-8"))["editions"]
    frozen = store.read(shelved)[0]
    assert [one["version"] for one in listed] == ["0.1.0", "0.1.1"]
    assert [one["sha256"] for one in listed] == [edition.sha256 for edition in frozen]
    assert all(one["address"] == f"{ADDRESS}data/v{one['version']}/" and one["doi"] is None for one in listed)


def test_a_frame_is_offered_at_its_frozen_address_first(site: Path):
    page = soup(site / "charts" / "sales" / "index.html")
    codes = [
        bs4.BeautifulSoup(code.get_text(), "html.parser").iframe["src"] for code in page.select("code[id^=embed-]")
    ]
    assert codes == [f"{ADDRESS}data/v0.1.1/embed/sales.en.html", f"{ADDRESS}embed/sales/"]
    frame = soup(site / "data" / "v0.1.1" / "embed" / "sales.en.html")
    assert frame.select_one("link[rel=stylesheet]")["href"] == "low-tide.css"
    assert (site / "data" / "v0.1.1" / "embed" / "low-tide.css").is_file()
    home = site / "data" / "v0.1.1" / "embed" / frame.select_one("a[target=_top]")["href"]
    path, _, anchor = str(home.resolve()).partition("#")
    assert Path(path) == (site / "data" / "v0.1.1" / "index.html").resolve()
    assert soup(Path(path)).select_one(f"#{anchor}").a["href"] == "embed/sales.en.html"
    assert "v0.1.1" in frame.get_text()


def test_a_package_changed_since_calls_itself_a_working_copy(shelved: Project, tmp_path: Path):
    project = Project(tmp_path / "changed")
    shutil.copytree(shelved.root, project.root, ignore=shutil.ignore_patterns("build", ".git"))
    damage(project, "datapackage/data/glossary.csv", ("A small shop.", "A tiny shop."))
    content = commands.check(project, ADDRESS, SMALL_CHARTS)
    assert content.unreleased
    assert content.version == "0.1.1+unreleased"
    assert [content.shown_version(language) for language in content.languages] == [
        "working copy after v0.1.1",
        "v0.1.1之后的工作稿",
    ]
    assert content.cited == f"{ADDRESS}data/v0.1.1/"
    clean = commands.check(shelved, ADDRESS, SMALL_CHARTS)
    assert (clean.unreleased, clean.version, clean.shown_version(clean.languages[0])) == (False, "0.1.1", "v0.1.1")
    site = built(project).site
    assert "working copy after v0.1.1" in soup(site / "lists" / "index.html").get_text()
    assert "working copy after v0.1.1" in soup(site / "embed" / "sales" / "index.html").get_text()
    assert (site / "data" / "latest" / "data" / "glossary.csv").read_bytes() == store.contents(
        project, content.editions[-1]
    )["data/glossary.csv"]


@pytest.mark.parametrize("touched", [False, True])
def test_a_chart_keeps_the_picture_of_the_edition_until_its_own_drawing_changes(
    shelved: Project, tmp_path: Path, touched: bool
):
    project = Project(tmp_path / "changed")
    shutil.copytree(shelved.root, project.root, ignore=shutil.ignore_patterns("build", ".git"))
    damage(project, "datapackage/data/glossary.csv", ("A small shop.", "A tiny shop."))
    if touched:
        damage(project, "docs/en/charts/sales.md", ("unit: yuan", "unit: CNY"))
    content = commands.check(project, ADDRESS, SMALL_CHARTS)
    made = downloads.files(content, {code: some["sales"] for code, some in staging.draw(content).items()})
    frozen = store.chart_files(project, content.editions[-1])
    assert (made["sales.en.svg"] == frozen["charts/sales.en.svg"]) is not touched
    assert made["sales.zh.svg"] == frozen["charts/sales.zh.svg"]
    assert [downloads.edition(content, language, "sales", made) for language in content.languages] == [
        "working copy after v0.1.1" if touched else "v0.1.1",
        "v0.1.1",
    ]


def test_the_pages_of_an_edition_are_cached_and_made_again_if_missing(shelved: Project, tmp_path: Path):
    project = Project(shutil.copytree(shelved.root, tmp_path / "again"))
    content = commands.check(project, ADDRESS, SMALL_CHARTS)

    def pages(file: Path) -> dict[str, bytes]:
        with zipfile.ZipFile(file) as packed:
            return {name: packed.read(name) for name in packed.namelist()}

    kept = {file: pages(file) for file in frozen.archives(content)}
    assert len(kept) == 2
    for file in kept:
        file.unlink()
    frozen.keep(content, tmp_path / "some")
    assert {file: pages(file) for file in kept} == kept


@test_helper.TWO
@pytest.mark.parametrize(("missing", "many", "helped"), [(True, 10, True), (True, 11, False), (False, 1, False)])
def test_a_second_process_makes_edition_pages_if_many_are_missing(
    shelved: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: bool, many: int, helped: bool
):
    """There are two editions of five facts."""
    project = Project(shutil.copytree(shelved.root, tmp_path / "again"))
    content = commands.check(project, ADDRESS, SMALL_CHARTS)
    if missing:
        shutil.rmtree(project.build / "kept" / "frozen")
    monkeypatch.setattr(commands, "_MANY", many)
    with commands._with_helper(content, tmp_path / "ahead"):
        for file in frozen.archives(content) if helped else ():
            test_helper.wait_for(file)
        time.sleep(0.3)
    assert (tmp_path / "ahead").exists() is helped


@pytest.mark.parametrize("root", ["", "zh/"])
def test_an_edition_describes_the_card_of_its_page_in_its_language(site: Path, root: str):
    home = soup(site / root / "index.html").select_one('meta[property="og:image:alt"]')["content"]
    for tag in ("v0.1.0", "v0.1.1"):
        page = soup(site / root / "data" / tag / "index.html")
        assert page.select_one('meta[property="og:image:alt"]')["content"] == home


def test_the_pages_of_an_edition_are_made_again_if_anything_that_they_show_changes(
    shelved: Project, monkeypatch: pytest.MonkeyPatch
):
    content = commands.check(shelved, ADDRESS, SMALL_CHARTS)
    before = frozen.archives(content).keys()
    package = content.dataset.package
    licence = [package.descriptor["licenses"][0] | {"name": "CC0-1.0"}, *package.descriptor["licenses"][1:]]
    package = replace(package, descriptor=package.descriptor | {"licenses": licence})
    moved = {
        code: [replace(one, slug="shelf") if "list editions" in one.body else one for one in pages]
        for code, pages in content.pages.items()
    }
    renamed = [replace(one, code=f"{one.code}-x") for one in content.languages]
    for changed in (
        replace(content, dataset=replace(content.dataset, package=package)),
        replace(content, pages=moved),
        replace(content, languages=renamed, pages={one.code: [] for one in renamed}),
    ):
        assert before.isdisjoint(frozen.archives(changed))
    known = kept.version
    for library in ("jinja2", "babel", "markdownify", "beautifulsoup4", "pyyaml", "pandas"):
        with monkeypatch.context() as patch:
            patch.setattr(kept, "version", lambda name, new=library: "0" if name == new else known(name))
            assert before.isdisjoint(frozen.archives(content)), library
    assert before == frozen.archives(content).keys()


def test_the_checksum_of_our_code_has_every_file_that_pages_are_made_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    copy = shutil.copytree(SCRIPTS, tmp_path / "scripts", ignore=shutil.ignore_patterns("__pycache__", "fonts"))
    monkeypatch.setattr(kept, "SCRIPTS", copy)
    monkeypatch.setattr(kept, "code", kept.code.__wrapped__)  # uncached
    (copy / ".#places.py").symlink_to("nobody@nowhere.1234")
    (copy / "charts" / "timeline.py").write_text("changed", "utf-8")
    before = kept.code()
    assert before == kept.code() != kept.code("words")
    for name in (
        "places.py", "reading/documents.py", "editions/formats/tables.py", "pages/interface.yml", "words/words.yml",
        "pages/templates/fact.html",
    ):  # fmt: skip
        with (copy / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        assert kept.code() != before, name
        before = kept.code()
    (copy / "charts" / "timeline.py").write_text("again", "utf-8")
    assert kept.code() == before
