from dataclasses import replace
from pathlib import Path

import bs4
import pytest
import yaml

from scripts import commands
from scripts.data import dataset
from scripts.editions import store
from scripts.pages import blocks, offers, quoting, staging
from scripts.pages.content import Content
from scripts.paths import Project
from scripts.words import citations, quotes, works
from tests.conftest import ADDRESS, SMALL, SMALL_CHARTS, altered, soup, tree


@pytest.fixture(scope="module")
def staged(small: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project's pages, staged without an address."""
    folder = tmp_path_factory.mktemp("pages") / "docs"
    staging.stage(small, staging.draw(small), folder)
    return folder


def block(staged: Path, page: str, selector: str) -> list[bs4.Tag]:
    return soup(staged / page).select(selector)


def test_no_quote_is_left_and_no_number_of_the_outline_is_shown(staged: Path):
    for file in staged.rglob("*.md"):
        text = file.read_text("utf-8")
        assert not quotes.QUOTE.search(text)
        head = yaml.safe_load(text.split("---\n")[1])
        assert list(head) == ["title", "description"] + ["search"] * (file.parent.name == "facts")


def test_names_are_in_the_dictionary_of_the_chinese_word_splitter(staged: Path):
    assert (staged / "names.txt").read_text("utf-8").splitlines() == ["Shop 10", "Stall 10", "小店 10", "货摊 10"]


def test_a_site_with_an_address_has_it_in_its_settings_and_citations(small: Content, tmp_path: Path):
    public = replace(small, address=ADDRESS)
    staging.stage(public, staging.draw(public), tmp_path / "docs")
    for language in small.languages:
        read, words = yaml.safe_load((tmp_path / "docs" / f"{language.code}.yml").read_text("utf-8")), language.words
        assert (read["site_url"], read["site_name"]) == (f"{ADDRESS}{language.root}", words["site_name"])
        assert read["plugins"]["search"]["lang"] == words["search"]["lang"]
    cited = block(tmp_path / "docs", "zh/lists.md", "#cite-apa code")[0].get_text()
    assert cited.endswith(f"{ADDRESS}data/latest/")


def test_a_chart_has_two_drawings_its_texts_and_the_table_of_its_data(staged: Path, small: Content):
    (figure,) = block(staged, "zh/index.md", "figure#chart-sales")
    assert len(figure.select("svg")) == 2
    assert figure.select_one("#sales-title").get_text() == "销售下降"
    assert figure.select_one("#sales-alt").get_text() == "两个标记：15.2亿元与超过4亿元。"
    picture = figure.select_one(".lt-figure__drawing[role=group]")
    assert (picture["aria-labelledby"], picture["aria-describedby"]) == ("sales-title", "sales-alt")
    labels = small.languages[1].words["labels"]
    assert [cell.get_text() for cell in figure.select("th")] == [
        labels[key] for key in ("about", "value", "when", "who", "where")
    ]
    assert [cell.get_text() for cell in figure.select("tbody tr")[1].select("td")] == [
        "小店",
        "超过4亿元",
        "2020年",
        "报纸",
        "P0",
    ]
    places = ["facts/shop-revenue-2018/", "facts/shop-revenue-2020/"]
    assert [link["href"] for link in figure.select("td a")] == places
    statements = [small.dataset.facts[place.split("/")[1]].statement["zh"] for place in places]
    for drawing in figure.select("svg"):
        reached = drawing.select("a:not([tabindex])")
        assert [(link["href"], link["aria-label"]) for link in reached] == list(zip(places, statements, strict=True))


def test_the_register_lists_each_fact_with_translation_hedge_and_caveats(staged: Path):
    facts = block(staged, "en/facts.md", ".lt-facts > article.lt-fact")
    assert [fact["id"] for fact in facts] == [
        "shop-revenue-2018",
        "shop-revenue-2020",
        "stall-viewers",
        "stall-closed",
        "owner-view",
    ]
    text = facts[1].get_text(" ", strip=True)
    for part in (
        "The shop sold for more than 400 million yuan in 2020.",
        "小店2020年卖了超过4亿元。",
        "超过4亿元",
        "400000000 CNY",
        "“more than”",
        "implied",
    ):
        assert part in text
    assert facts[4].select_one(".lt-fact__caveat").get_text() == "One voice only."


def test_the_downloads_show_the_size_and_checksum_of_the_zip(staged: Path, small: Content):
    packed = store.pack(SMALL, small.dataset.package)
    first = block(staged, "zh/lists.md", ".lt-downloads li")[0]
    assert first.a["href"] == "../../data/latest/facts.zip"
    assert first.code.get_text() == store.sha256(packed)
    assert f"{len(packed) / 1000:.0f}\u00a0kB" in first.get_text()


def test_the_downloads_offer_every_format_of_every_table_with_its_size(staged: Path, small: Content):
    offered = offers.files(small)
    for code in ("en", "zh"):
        links = block(staged, f"{code}/lists.md", 'a[href*="data/latest/"][download]')
        there = {link["href"].partition("data/latest/")[2]: link for link in links}
        described = {"datapackage.json"} | {name for name in offered if name.endswith(".schema.json")}
        described |= {name for name in offered if name.startswith("cite.")}
        described |= {"data/csv-metadata.json", "croissant.json", "dataset.jsonld", "ro-crate-metadata.json"}
        assert set(offered) - described <= set(there)
        for name in set(offered) - described:
            assert name == "SHA256SUMS" or offers.size(len(offered[name])) in there[name].parent.get_text(), name


def test_the_dictionary_describes_every_field_of_every_table(staged: Path, small: Content):
    tables = block(staged, "zh/lists.md", "h3[id^=table-]")
    names = sorted(small.dataset.package.tables, key=lambda name: name != "facts")
    assert [heading.code.get_text() for heading in tables] == names
    rows = [
        row.select_one("th code").get_text()
        for row in block(staged, "zh/lists.md", "[aria-labelledby^=table-] tr:has(td)")
    ]
    assert rows == [field["name"] for name in names for field in small.dataset.package.tables[name].schema["fields"]]
    assert block(staged, "zh/lists.md", "#table-facts")[0].get_text(" ", strip=True).startswith("facts 事实 · 5 行")


@pytest.mark.parametrize("form", citations.FORMS)
def test_a_citation_is_shown_verbatim(staged: Path, small: Content, form: str):
    work = works.of_package(small.dataset.package, "en", "")
    assert block(staged, "en/lists.md", f"#cite-{form} code")[0].get_text() == citations.FORMS[form][1](work)


def test_without_corrections_the_list_says_so(real: Content):
    clean = replace(real, dataset=replace(real.dataset, corrections={}, withdrawals={}))
    for language in real.languages:
        page = next(some for some in real.pages[language.code] if some.slug == "corrections")
        for content, told in ((real, False), (clean, True)):
            drawn = {some.code: {} for some in real.languages}
            listed = blocks.context(content, language, page, drawn).blocks["list"]["corrections"]()
            assert (language.words["labels"]["no_corrections"] in listed) == told


@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_list_is_on_a_real_page(real: Content, code: str):
    shown = {name for page in real.pages[code] for name in quotes.ids(page.body, "list")}
    assert shown == set(blocks.LISTS)


def test_hidden_files_and_editors_copies_are_not_published(copy: Project, staged: Path, tmp_path: Path):
    assets = copy.docs / "assets"
    for name in (".DS_Store", "low-tide.css~", "#low-tide.css#", ".low-tide.css.swp"):
        (assets / name).write_text("half", "utf-8")
    (assets / ".#low-tide.css").symlink_to("nobody@nowhere.1234")
    content = commands.check(copy, "", SMALL_CHARTS)
    staging.stage(content, staging.draw(content), tmp_path / "docs")
    assert sorted(tree(tmp_path / "docs")) == sorted(tree(staged))


def test_a_page_that_accuses_somebody_must_quote_their_reply(small: Content):
    reply = {
        "reply_id": "stall-closed-reply",
        "fact_id": "stall-closed",
        "entity_id": "stall",
        "evidence_id": "copy-closing",
    }
    read = altered(small.dataset.package, replies={0: reply | {"note_en": "It said so.", "note_zh": "这样说。"}})
    accusing = replace(small, dataset=dataset.read(read))
    fault = "stall-closed is said against stall; give their side with {{ reply stall-closed }}"
    assert [str(p) for p in quoting.check(accusing)] == [f"docs/{code}/index.md:18: {fault}" for code in ("en", "zh")]
    heard = {
        code: [replace(page, body=page.body + "\n\n{{ reply stall-closed }}\n") for page in some]
        for code, some in accusing.pages.items()
    }
    assert quoting.check(replace(accusing, pages=heard)) == []
