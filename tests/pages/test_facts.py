"""The page of each fact: what it shows, links to and offers to copy; and the same pages in editions."""

import json
import re
from dataclasses import replace

import bs4
import pytest

from scripts.data import verdicts
from scripts.editions import diff, opened, store
from scripts.pages import around, cards, fact_files, facts, frozen_facts, interface
from scripts.pages.content import DRAWN, Content
from scripts.words.languages import Language
from tests.conftest import ADDRESS, Built

CODES = ["en", "zh"]
ONE = "yunji-net-loss-2020"  # with checks, caveats, charts, derived numbers, a correction


@pytest.fixture(scope="module")
def public(real: Content) -> Content:
    return replace(real, address=ADDRESS, contact="desk@example.org")


@pytest.fixture(scope="module")
def near(public: Content) -> around.Index:
    return around.index(public)


@pytest.fixture(scope="module", params=CODES)
def language(request: pytest.FixtureRequest, public: Content) -> Language:
    return next(one for one in public.languages if one.code == request.param)


@pytest.fixture(scope="module")
def bodies(public: Content, language: Language, drawn: DRAWN, near: around.Index) -> dict[str, bs4.BeautifulSoup]:
    return {
        page.slug.removeprefix("facts/"): bs4.BeautifulSoup(page.body, "html.parser")
        for page in facts.pages(public, language, drawn, near)
    }


def test_every_fact_has_a_page_with_statement_hedge_verdict_speaker_and_locator(
    bodies: dict[str, bs4.BeautifulSoup], public: Content, language: Language
):
    data, words = public.dataset, language.words
    assert list(bodies) == list(data.facts)
    for id_, page in bodies.items():
        fact, text = data.facts[id_], page.get_text()
        for other in public.languages:
            assert fact.statement[other.code] in text
        if fact.value is not None:
            assert page.strong.get_text() == language.value(fact)
        shown = page.select_one(".lt-finding__data").get_text()
        assert words["qualifiers"][fact.qualifier] in shown
        assert words["verdicts"][verdicts.overall(data, id_)] in shown
        assert data.speakers[fact.speaker_id].name[language.code] in shown
        assert words["joins"]["paragraph"].format(fact.locator[1:]) in shown
        for caveat in data.caveats_of(id_):
            assert caveat.sentence[language.code] in text
        for reply in data.replies_of(id_):
            assert reply.note[language.code] in text


def test_a_heading_is_short_and_names_entity_metric_and_period(public: Content, language: Language):
    data = public.dataset
    names = {id_: facts.heading(data, language, fact) for id_, fact in data.facts.items()}
    assert names[ONE] == {"en": "Yunji: net loss, 2020", "zh": "云集：净亏损，2020年"}[language.code]
    assert max(map(len, names.values())) <= 80
    for id_, name in names.items():
        assert name.rstrip("…") in data.facts[id_].statement[language.code] or data.facts[id_].metric_id, name


def test_a_check_shows_both_figures_and_their_definitions(
    bodies: dict[str, bs4.BeautifulSoup], public: Content, language: Language
):
    data, code = public.dataset, language.code
    sides = bodies[ONE].select(".lt-side")
    checks = data.checks_of(ONE)
    assert len(sides) == 1 + len(checks)
    assert language.value(data.facts[ONE]) in sides[0].get_text()
    assert data.metrics["net-loss"].definition[code] in sides[0].get_text()
    for check, side in zip(checks, sides[1:], strict=True):
        evidence = data.evidence[check.evidence_id]
        for said in (check.note[code], evidence.basis[code], language.value(evidence)):
            assert said in side.get_text()


def test_a_page_links_to_uses_of_the_fact_and_to_its_neighbours(
    bodies: dict[str, bs4.BeautifulSoup], public: Content, near: around.Index, drawn: DRAWN
):
    links = {link["href"] for link in bodies[ONE].select("a[href]")}
    order = list(public.dataset.facts)
    here = order.index(ONE)
    assert {
        f"../../facts/{order[here - 1]}/",
        f"../../facts/{order[here + 1]}/",
        "../../facts/yunji-net-loss-2018/",
    } <= links
    assert {"../../", "../../checked/"} <= links
    charts = {f"../../charts/{chart.slug}/" for chart in fact_files.charts_of(public.dataset.facts[ONE], drawn["en"])}
    assert charts and charts <= links
    assert [one.fact_id for one in around.related(near, public.dataset.facts[ONE])][0] == "yunji-net-loss-2018"
    assert all(len(around.related(near, fact)) <= around.MANY for fact in public.dataset.facts.values())


def test_the_history_lists_each_edition_of_a_fact(near: around.Index, public: Content):
    for id_, steps in near.past.items():
        tags = [step.tag for step in steps if step.tag]
        assert tags == [one.tag for one in public.editions][-len(tags) :], id_
        assert not steps[0].changes
    changed = {(step.tag, change.field) for step in near.past[ONE] for change in step.changes}
    assert ("v2.0.0", "statement_en") in changed


def test_the_history_counts_each_changed_row_of_a_fact_once(near: around.Index, public: Content):
    at = [one.version for one in public.editions].index("2.0.0")
    before, after = (diff.tables(store.contents(public.project, one)) for one in public.editions[at - 1 : at + 1])
    for id_ in public.dataset.facts:
        of_fact = [
            {key: row for key, row in tables[name].rows.items() if row["fact_id"] == id_}
            for tables in (before, after)
            for name in ("checks", "replies", "fact_caveats", "fact_entities")
            if name in tables
        ]
        step = next(one for one in near.past[id_] if one.tag == "v2.0.0")
        assert step.related <= sum(map(len, of_fact)), id_


def test_a_changed_cell_in_the_history_is_followed_by_one_full_stop(bodies: dict[str, bs4.BeautifulSoup]):
    changed = [ins for page in bodies.values() for ins in page.select(".lt-past ins")]
    assert len(changed) > 20
    assert [
        str(one)
        for one in changed
        if one.get_text().endswith((".", "。")) == str(one.next_sibling).startswith((".", "。"))
    ] == []


def test_texts_to_copy_cite_both_works_at_the_frozen_address(bodies: dict[str, bs4.BeautifulSoup], language: Language):
    page, newest = bodies[ONE], f"{ADDRESS}{language.root}data/v2.0.0/facts/{ONE}/"
    for button in page.select("[data-copy]"):
        assert len(page.select(button["data-copy"])) == 1, button
        assert button.find_next_sibling()["role"] == "status"
    first = page.select_one(page.select_one(".lt-take [data-copy]")["data-copy"]).get_text()
    assert newest in first and len(first.splitlines()) == 2
    sentence = page.select_one("#take-sentence code").get_text()
    assert sentence.startswith({"en": "According to Beijing Business Today", "zh": "据《北京商报》"}[language.code])
    assert sentence.endswith(newest) and "2.0.0" in sentence
    assert page.select_one("#take-frozen code").get_text() == newest
    assert page.select_one("#take-moving code").get_text() == f"{ADDRESS}{language.root}facts/{ONE}/"


@pytest.mark.parametrize(
    ("contact", "href"), [("desk@example.org", f"mailto:desk@example.org?subject={ONE}"), ("", None)]
)
def test_a_page_says_how_to_report_a_mistake_or_that_there_is_no_contact(
    real: Content, drawn: DRAWN, contact: str, href: str | None
):
    content = replace(real, contact=contact)
    near, language = around.index(content), content.languages[0]
    page = next(page for page in facts.pages(content, language, drawn, near) if page.slug.endswith(ONE))
    body = bs4.BeautifulSoup(page.body, "html.parser")
    assert [link["href"] for link in body.select("a[href^=mailto]")] == ([href] if href else [])
    assert (language.words["labels"]["wrong_nowhere"] in body.get_text()) == (href is None)


def test_without_an_address_a_page_says_so(real: Content, drawn: DRAWN, near: around.Index):
    page = facts.pages(real, real.languages[0], drawn, near)[0].body
    assert real.languages[0].words["labels"]["link_nowhere"] in page
    assert "take-frozen" not in page and "data/v2.0.0/facts/sector-sale-contrast/" in page


def test_a_fact_that_no_edition_has_is_cited_at_its_current_page(small: Content):
    fact = small.dataset.facts["stall-closed"]
    public = replace(small, address=ADDRESS)
    assert public.tag_of(fact.fact_id) == ""
    assert fact_files.work(public, public.languages[1], fact).address == f"{ADDRESS}zh/facts/stall-closed/"


def test_a_withdrawn_fact_keeps_its_address_and_says_why(site: Built, small: Content):
    gone = small.dataset.withdrawals["stall-rent"]
    for language in small.languages:
        page = (site.site / language.root / "facts" / "stall-rent" / "index.html").read_text("utf-8")
        assert gone.reason[language.code] in page and gone.title[language.code] in page


@pytest.mark.parametrize(("qualifier", "found"), [
    ("exact", {"value": 90.0}), ("about", {}), ("under", {"maxValue": 90.0}), ("over", {"minValue": 90.0}),
])  # fmt: skip
def test_bounds_claim_no_more_than_the_hedge_allows(small: Content, qualifier: str, found: dict[str, float]):
    fact = replace(small.dataset.facts["stall-viewers"], qualifier=qualifier)
    assert facts.bounds(fact) == found


@pytest.fixture(scope="module")
def frozen(public: Content) -> dict[str, dict[str, str]]:
    """Each edition's generated files, by tag."""
    return {one.tag: dict(frozen_facts.files(public, one)) for one in public.editions}


def test_every_edition_has_a_page_and_json_for_each_of_its_facts(frozen: dict[str, dict[str, str]], public: Content):
    for edition in public.editions:
        data = opened.read(store.contents(public.project, edition), CODES)
        ids = [*data.facts, *(one.withdrawn_id for one in data.withdrawn("fact"))]
        homes = [f"data/{edition.tag}/", f"data/{edition.tag}/zh/", f"zh/data/{edition.tag}/"]
        pages = {f"{home}{page}index.html" for home in homes for page in ("", *(f"facts/{id_}/" for id_ in ids))}
        told = {f"facts/{id_}.json" for id_ in ids} | {"facts.json", *interface.NAMES}
        told |= {f"facts/{id_}.{code}.oembed.json" for id_ in data.facts for code in CODES}
        assert set(frozen[edition.tag]) == pages | {f"data/{edition.tag}/{name}" for name in told}


def test_a_frozen_page_depends_on_its_edition_alone(frozen: dict[str, dict[str, str]], public: Content):
    for edition in public.editions:
        data = opened.read(store.contents(public.project, edition), CODES)
        for root, code in (("", "en"), ("zh/", "zh")):
            page = bs4.BeautifulSoup(
                frozen[edition.tag][f"{root}data/{edition.tag}/facts/{ONE}/index.html"], "html.parser"
            )
            text = page.get_text()
            assert data.facts[ONE].statement[code] in text and edition.version in text and edition.date in text
            assert page.select_one("link[rel=cite-as]")["href"] == f"{ADDRESS}{root}data/{edition.tag}/facts/{ONE}/"
            others = {one.version for one in public.editions} - {edition.version}
            assert not [one for one in others if re.search(rf"\b{re.escape(one)}\b", text)]
        told = json.loads(frozen[edition.tag][f"data/{edition.tag}/facts/{ONE}.json"])
        assert told["dataset"]["version"] == edition.version
        assert told["address"]["zh"] == f"{ADDRESS}zh/data/{edition.tag}/facts/{ONE}/"
        assert told["statement"] == data.facts[ONE].statement


def test_a_later_change_does_not_change_frozen_pages(frozen: dict[str, dict[str, str]], public: Content):
    changed = replace(public, dataset=replace(public.dataset, facts={}), unreleased=True, contact="")
    assert dict(frozen_facts.files(changed, public.editions[-1])) == frozen[public.editions[-1].tag]


def test_every_class_of_a_frozen_page_is_styled(real_site: Built, real: Content):
    kept, whole = (
        set(re.findall(r"\.(lt-[\w-]+)", (folder / "assets" / "low-tide.css").read_text("utf-8")))
        for folder in (real_site.site, real.project.docs)
    )
    for edition in real.editions:
        for file in sorted((real_site.site / "zh" / "data" / edition.tag / "facts").glob("yunji-*/index.html")):
            used = set(" ".join(re.findall(r'class="([^"]*)"', file.read_text("utf-8"))).split())
            assert used and used & whole <= kept, file


def test_a_text_that_an_edition_had_in_one_language_is_used_for_the_others(real: Content):
    first = opened.read(store.contents(real.project, real.editions[0]), CODES)
    assert first.article.publisher["zh"] == first.article.publisher["en"] != ""
    assert first.checks == {} and len(first.facts) == real.editions[0].counts["facts"]


def test_a_page_offers_its_card_only_if_it_has_one(
    public: Content, drawn: DRAWN, near: around.Index, monkeypatch: pytest.MonkeyPatch
):
    for most in (len(public.dataset.facts), 90):
        monkeypatch.setattr(cards, "MOST", most)
        there = cards.of(public, public.languages[0], drawn)
        offered = {
            page.slug for page in facts.pages(public, public.languages[0], drawn, near) if "/cards/" in page.body
        }
        assert offered == {slug for slug in there if slug.startswith("facts/")}
    assert 0 < len(offered) < 90
