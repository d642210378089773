"""What the project promised about the real content."""

import re

import bs4
import pytest

from scripts.pages.content import Content
from scripts.paths import THIS
from scripts.words import quotes
from tests.conftest import Built, elements, linked

NAMED = [
    "yunji", "beidian", "beibei", "pinduoduo", "onion-global", "alibaba", "xiaomi", "jd", "tencent", "taobao", "douyin",
    "kuaishou", "taoxiaopu", "dongxiaodian", "youpin-youyu", "xiaoe-pinpin", "qunmaimai", "youpin-haigou",
    "fenxiang-shenghuo", "xilu-shenghuo", "suye", "ps", "plus-meaning", "sk-ii", "room-xuebing", "room-aojie",
    "room-wei-liling", "ps-primer", "sk-ii-small-silver-bottle", "xiao-shanglue", "luo-yonghao", "ma-hui", "chen-chen",
    "zhao-zhenying", "ecommerce-lab", "wind", "nasdaq", "nyse", "wechat", "beijing-business-today", "china-com-cn",
]  # fmt: skip
CLOSED = {"taoxiaopu": "alibaba", "dongxiaodian": "jd", "youpin-youyu": "xiaomi", "xiaoe-pinpin": "tencent"}
ARTICLE = "bbt-2022-03"


def test_the_real_content_has_no_problems(real: Content):
    assert real.project == THIS


def test_every_fact_is_the_articles(real: Content):
    assert {fact.source_id for fact in real.dataset.facts.values()} == {ARTICLE}
    assert next(iter(real.dataset.sources)) == ARTICLE


@pytest.mark.parametrize("entity_id", NAMED)
def test_everything_that_the_article_names_is_an_entity_in_both_languages(real: Content, entity_id: str):
    entity = real.dataset.entities[entity_id]
    for language in real.languages:
        assert entity.name[language.code]
        assert len(entity.note[language.code]) > 10
    assert re.search("[\u4e00-\u9fff]", entity.name["zh"]) or entity.name["zh"] == entity.name["en"]


def test_chinese_pages_name_publishers_in_chinese(real: Content, real_site: Built):
    names = [source.publisher for source in real.dataset.sources.values()]
    assert [name["zh"] for name in names if re.search(r"[(),;]|\b(seen|on|through|as|not)\b", name["zh"])] == []
    both = {name["zh"] for name in names} | {"21ic.com"}  # also part of its link
    titles = " ".join(source.title for source in real.dataset.sources.values())  # titles are not translated
    english = {name["en"] for name in names if name["en"] not in titles} - both
    home = real_site.site / "zh"
    pages = [page for page in home.rglob("*.html") if page.relative_to(home).parts[0] != "data"]  # editions show cells
    for page in pages:
        text = page.read_text("utf-8")
        assert [name for name in english if name in text] == [], page
    assert len(pages) > 5


def test_chinese_pages_give_locators_in_chinese(real: Content, real_site: Built):
    places = [row.locator for row in real.dataset.evidence.values()]
    assert [place["zh"] for place in places if not re.search("[\u4e00-\u9fff]", place["zh"])] == []
    files = [real_site.site / "zh" / "evidence" / "index.html", *(real_site.site / "charts").glob("*.zh.*.json")]
    for file in files:
        text = file.read_text("utf-8")
        assert [place["en"] for place in places if re.search(rf'[；"]{re.escape(place["en"])}[<"]', text)] == [], file
    text = bs4.BeautifulSoup(files[0].read_text("utf-8"), "html.parser").get_text()
    assert places[0]["zh"] in text and len(files) > 20


@pytest.mark.parametrize(("platform", "parent"), CLOSED.items())
def test_the_parents_of_closed_platforms_rest_on_other_sources(real: Content, platform: str, parent: str):
    entity = real.dataset.entities[platform]
    assert entity.parent_id == parent
    assert entity.parent_source_id != ARTICLE


def test_every_fact_of_an_anonymous_speaker_has_a_caveat(real: Content):
    unnamed = {speaker.speaker_id for speaker in real.dataset.speakers.values() if speaker.kind == "anonymous"}
    facts = [fact for fact in real.dataset.facts.values() if fact.speaker_id in unnamed]
    assert len(facts) >= 10
    assert [fact.fact_id for fact in facts if not real.dataset.caveats_of(fact.fact_id)] == []


def test_the_explainer_is_long_enough_and_has_its_sections(real: Content):
    english, chinese = (next(page for page in real.pages[code] if page.slug == "index").body for code in ("en", "zh"))
    assert len(re.findall(r"[A-Za-z][A-Za-z'’-]*", quotes.QUOTE.sub("", english))) >= 900
    assert len(re.findall("[\u4e00-\u9fff]", quotes.QUOTE.sub("", chinese))) >= 1200
    for body in (english, chinese):
        assert len(re.findall(r"^## ", body, re.MULTILINE)) >= 8


def test_the_explainer_shows_the_charts_of_the_article(real: Content):
    for code in ("en", "zh"):
        body = next(page for page in real.pages[code] if page.slug == "index").body
        of_article = [s for s in quotes.ids(body, "chart") if not hasattr(real.charts[s], "EVIDENCE")]
        assert len(of_article) >= 8


def test_every_section_of_the_explainer_has_a_figure(real: Content):
    for code in ("en", "zh"):
        body = next(page for page in real.pages[code] if page.slug == "index").body
        sections = re.split(r"^## ", body, flags=re.MULTILINE)[1:]
        assert 10 <= len(sections) <= 13
        drawn = re.compile(r"\{\{ (?:chart|list) |<figure|lt-causes|lt-know")
        bare = [section.splitlines()[0] for section in sections if not drawn.search(section)]
        assert [line[line.index("{") :] for line in bare] == ["{ #what-the-reporters-saw }"]  # its chart opens the page


@pytest.mark.parametrize(("code", "root"), [("en", ""), ("zh", "zh/")])
def test_the_register_shows_every_fact_in_both_languages(real: Content, real_site: Built, code: str, root: str):
    page = elements(real_site.site / f"{root}facts/index.html")
    shown = {article.get("id"): article for article in page.find_class("lt-fact")}
    assert list(shown) == list(real.dataset.facts)
    other = {"en": "zh", "zh": "en"}[code]
    for fact_id, fact in real.dataset.facts.items():
        set_ = {some: statement.replace("'", "’") for some, statement in fact.statement.items()}
        for name, some in (("statement", code), ("twin", other)):
            assert shown[fact_id].find_class(f"lt-fact__{name}")[0].text_content() == set_[some]


@pytest.mark.parametrize("root", ["", "zh/"])
def test_every_entity_term_source_figure_speaker_and_event_has_its_anchor(real: Content, real_site: Built, root: str):
    for page, ids in (
        ("platforms", real.dataset.entities),
        ("glossary", real.dataset.glossary),
        ("evidence", real.dataset.evidence),
        ("checked", real.dataset.facts),
        ("evidence", [f"source-{source}" for source in real.dataset.sources]),
        ("methods", [f"figure-{figure}" for figure in real.dataset.figures]),
        ("methods", [f"speaker-{speaker}" for speaker in real.dataset.speakers]),
        ("timeline", real.dataset.events),
    ):
        _, there = linked(real_site.site / root / page / "index.html")
        assert set(ids) <= there, page
