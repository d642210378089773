"""The blocks that pages quote, each rendered as HTML."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import bs4
import pandas
import pytest

from scripts import commands
from scripts.data import verdicts
from scripts.drawing import listing
from scripts.pages import blocks, staging
from scripts.pages.content import DRAWN, Content
from scripts.words import quotes
from tests.conftest import SMALL_CHARTS
from tests.project import test_second_report as second

Show = Callable[..., bs4.BeautifulSoup]


def shown(content: Content, drawn: DRAWN, code: str, quote: str, slug: str = "facts") -> bs4.BeautifulSoup:
    """A block as rendered on a page in a language."""
    language = next(language for language in content.languages if language.code == code)
    page = next(page for page in content.pages[code] if page.slug == slug)
    page = replace(page, body=f"{{{{ {quote} }}}}")
    filled, problems = quotes.fill(page.body, blocks.context(content, language, page, drawn), "page.md")
    assert problems == []
    return bs4.BeautifulSoup(filled, "html.parser")


@pytest.fixture(scope="module")
def show(small: Content) -> Show:
    """Show a block of the small project."""
    drawings = staging.draw(small)
    return lambda code, quote, slug="facts": shown(small, drawings, code, quote, slug)


@pytest.fixture(scope="module")
def show_real(real: Content, drawn: DRAWN) -> Show:
    """Show a block of the real project."""
    return lambda code, quote, slug="facts": shown(real, drawn, code, quote, slug)


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", blocks.LISTS)
def test_every_list_renders_in_every_language(show: Show, code: str, name: str):
    page = show(code, f"list {name}")
    assert page.get_text().strip()
    assert "None" not in page.get_text()


def test_a_block_holds_no_empty_line(small: Content):
    language, page = small.languages[0], replace(small.pages["en"][0], body="{{ check stall-closed }}")
    context = blocks.context(small, language, page, staging.draw(small))
    for kind, name in (("chart", "sales"), ("check", "stall-closed"), *(("list", name) for name in blocks.LISTS)):
        assert "" not in context.blocks[kind][name]().split("\n"), name


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", ["The filing has March.", "The report: February 2022; Shop Ltd: 1 March 2022 (Day of the notice)."]),
        ("zh", ["年报写的是3月。", "2022年2月", "小店公司：2022年3月1日", "公告日"]),
    ],
)
def test_a_check_shows_what_both_sides_say(show: Show, small: Content, code: str, said: list[str]):
    check = show(code, "check stall-closed").aside
    assert check["role"] == "note"
    text = " ".join(check.get_text(" ").split())
    assert all(part in text for part in said)
    words = next(language for language in small.languages if language.code == code).words
    assert check.strong.get_text() == words["labels"]["other_sources_differ"] + words["labels"]["stop"]
    assert check.a["href"] == "../checked/#stall-closed"


def test_a_check_of_an_agreement_does_not_speak_of_a_difference(show: Show, small: Content):
    labels = small.languages[0].words["labels"]
    assert show("en", "check shop-revenue-2018").strong.get_text() == labels["others_say"] + labels["stop"]


def test_a_check_without_evidence_has_its_note_alone(show: Show):
    check = show("en", "check owner-view").aside
    assert len(check.select("p")) == 1
    assert check.get_text(" ", strip=True).endswith("A view.")


def test_a_check_shows_the_check_that_decided_the_verdict(small: Content):
    differs, other = small.dataset.checks["stall-closed-check-1"], {"en": "Another agrees.", "zh": "另一来源一致。"}
    agrees = replace(differs, check_id="c0", verdict="corroborated", note=other)
    content = replace(small, dataset=replace(small.dataset, checks={"c0": agrees, "c1": differs}))
    assert "The filing has March." in shown(content, {"en": {}}, "en", "check stall-closed").get_text()


@pytest.mark.parametrize(("slug", "href"), [("index", "checked/#stall-closed"), ("facts", "../checked/#stall-closed")])
def test_links_of_a_block_are_relative_to_its_page(show: Show, slug: str, href: str):
    assert show("zh", "check stall-closed", slug).a["href"] == href


def test_checked_facts_are_grouped_by_verdict(show: Show, small: Content):
    page = show("en", "list checked")
    groups = {
        h.find(string=True).strip(): [a["id"] for a in h.parent.select("article")] for h in page.select("section h3")
    }
    names = small.languages[0].words["verdicts"]
    assert groups == {
        names["differs"]: ["stall-closed"],
        names["corroborated"]: ["shop-revenue-2018"],
        names["not_found"]: ["shop-revenue-2020", "stall-viewers"],
        names["not_checkable"]: ["owner-view"],
    }


def test_events_name_the_source_that_they_rest_on(show: Show):
    events = {item["id"]: item for item in show("en", "list events").select("li")}
    assert list(events) == ["closing", "closing-noticed"]
    assert "lt-voice--article" in events["closing"]["class"]
    assert "lt-voice--others" in events["closing-noticed"]["class"]
    assert "../facts/stall-closed/" in [link["href"] for link in events["closing"].select("a")]
    assert "../evidence/#copy-closing" in [link["href"] for link in events["closing-noticed"].select("a")]


def test_the_parent_of_an_entity_says_whether_the_article_names_it(show: Show, small: Content):
    labels = small.languages[0].words["labels"]
    belongs = show("en", "list entities").select_one("#stall dl dd").get_text(" ", strip=True)
    assert belongs.startswith("Shop ")
    assert labels["not_in_article"] in belongs
    assert "Gull Daily" in belongs


@pytest.mark.parametrize(
    ("block", "source"),
    [
        ("check stall-closed", "filing"),
        ("list checked", "filing"),
        ("list entities", "copy"),
        ("list events", "filing"),
        ("list evidence", "filing"),
        ("list sources", "copy"),
    ],
)
def test_a_publisher_is_named_in_the_language_of_the_page(show: Show, small: Content, block: str, source: str):
    names = small.dataset.sources[source].publisher
    english, chinese = (show(code, block).get_text() for code in ("en", "zh"))
    assert names["en"] in english
    assert names["zh"] in chinese
    shown = english.replace(small.dataset.sources[source].search, "")  # search words are not translated
    assert names["zh"] not in shown
    assert names["en"] not in chinese


def test_a_source_without_a_link_is_named_without_one(show: Show):
    sources = {item["id"]: item for item in show("en", "list sources").select("li")}
    assert sources["source-report"].select_one("a.lt-url")["href"] == "https://example.org/report"
    assert sources["source-copy"].select("a") == []
    assert sources["source-copy"].select_one("span.lt-url").get_text() == "http://gulls.example.org/copy"
    assert "To find the original, search for: 海鸥日报 转载" in sources["source-copy"].get_text()


@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_real_source_has_a_link_or_says_how_to_find_it(show_real: Show, real: Content, code: str):
    words = next(some for some in real.languages if some.code == code).words
    for item in show_real(code, "list sources").select("li"):
        source = real.dataset.sources[item["id"].removeprefix("source-")]
        linked = [link["href"] for link in item.select("a.lt-url")]
        assert linked == ([source.link] if source.link else []), source.source_id
        text = item.get_text()
        assert words["date_basis"][source.date_basis] in text
        if not source.link:
            assert (source.url or words["labels"]["no_address"]) in text
            assert source.search in text
        for other in real.dataset.family(source):
            assert f"#source-{other.source_id}" in [link["href"] for link in item.select("a")]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_events_and_platforms_show_the_verdict_of_their_own_part(show_real: Show, real: Content, code: str):
    words = next(some for some in real.languages if some.code == code).words["verdicts"]
    events, cards = show_real(code, "list events"), show_real(code, "list entities")
    for name, verdict in (("taoxiaopu", "partly"), ("dongxiaodian", "corroborated"), ("xiaoe-pinpin", "corroborated")):
        assert events.select_one(f"#{name}-closed").get_text().rstrip().endswith(words[verdict])
        card = cards.select_one(f"#{name}")
        assert words[verdict] in [tick.get_text() for tick in card.select(".lt-dates .lt-tick")]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_reply_of_the_accused_is_shown_with_the_fact(show_real: Show, real: Content, code: str):
    facts, checked = show_real(code, "list facts"), show_real(code, "list checked")
    assert len(real.dataset.replies) > 5
    for one in real.dataset.replies.values():
        for page in (facts, checked):
            assert one.note[code] in page.select_one(f"#{one.fact_id} aside").get_text()


@pytest.mark.parametrize(("code", "said"), [("en", "paragraph 10 of the report"), ("zh", "报道第10段")])
def test_a_fact_links_to_the_report_and_names_the_paragraph(show_real: Show, real: Content, code: str, said: str):
    fact = show_real(code, "list facts").select_one("#yunji-revenue-2018")
    assert said in fact.get_text()
    assert fact.select_one(f'a[href="{real.dataset.article.link}"]').get_text() == "P10"


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_figures_of_the_real_site_show_formula_and_inputs(show_real: Show, real: Content, code: str):
    rows = {row["id"]: row for row in show_real(code, "list figures").select("tr[id]")}
    assert list(rows) == [f"figure-{figure}" for figure in real.dataset.figures]
    for figure in real.dataset.figures.values():
        row = rows[f"figure-{figure.figure_id}"]
        assert row.code.get_text().translate(str.maketrans("×÷−", "*/-")) == figure.formula
        assert [link["href"] for link in row.select("a")] == [
            f"../facts/{fact.fact_id}/" for fact in real.dataset.inputs_of(figure).values()
        ]


def test_the_verdicts_of_the_real_site_count_every_fact_once(show_real: Show, real: Content):
    counts = [int(label.get_text().split()[-1]) for label in show_real("en", "list checked").select("fieldset label")]
    assert counts[0] == sum(counts[1:]) == len(real.dataset.facts)
    assert len(counts) == len(verdicts.ORDER) + 1


@pytest.mark.parametrize("slug", listing.modules())
@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_chart_names_the_sources_of_what_it_draws(show_real: Show, real: Content, drawn: DRAWN, slug: str, code: str):
    language = next(some for some in real.languages if some.code == code)
    chart, words = drawn[code][slug], language.words
    figure = show_real(code, f"chart {slug}").figure
    links = [link["href"].removeprefix("../evidence/#source-") for link in figure.select(".lt-figure__source a")]
    outside = {
        real.dataset.evidence[row].source_id for row in chart.rows.get("evidence_id", pandas.Series(dtype=str)) if row
    }
    if chart.facts or not outside:
        assert links[0] == real.dataset.article.source_id
        links = links[1:]
    assert set(links) <= outside
    assert len(links) == min(len(outside), blocks.MAX_NAMED_SOURCES)
    trust = {source: blocks.RELIABILITY_ORDER.index(real.dataset.sources[source].reliability) for source in outside}
    assert [trust[link] for link in links] == sorted(trust.values())[: blocks.MAX_NAMED_SOURCES]
    told = [link.get_text() for link in figure.select(".lt-figure__source a")]
    assert told[len(told) - len(links) :] == [language.source(real.dataset.sources[link]) for link in links]
    more = words["labels"]["more_sources"].format(len(outside) - blocks.MAX_NAMED_SOURCES)
    assert (more in figure.select_one(".lt-figure__source").get_text()) == (len(outside) > blocks.MAX_NAMED_SOURCES)


@pytest.mark.parametrize("slug", listing.modules())
@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_table_below_a_chart_has_every_row_and_no_missing_value(
    show_real: Show, drawn: DRAWN, slug: str, code: str
):
    chart = drawn[code][slug]
    table = show_real(code, f"chart {slug}").table
    rows = table.select("tbody tr")
    assert len(rows) == len(chart.rows)
    heads = [cell.get_text() for cell in table.select("th")]
    assert all(heads)
    assert all(len(row.select("td")) == len(heads) for row in rows)
    assert not any(cell.get_text() in ("nan", "None") for cell in table.select("td"))


def test_with_several_reports_an_event_names_its_own(small: Content, show: Show, tmp_path: Path):
    two = commands.check(second.joined(tmp_path / "two"), "", SMALL_CHARTS)
    for content, says in ((small, "The report"), (two, "The paper, March 2022")):
        page = shown(content, staging.draw(content), "en", "list events")
        assert page.select_one("#closing strong").get_text() == says
