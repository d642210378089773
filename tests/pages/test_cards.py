"""Every page has a card with its finding, in text that fits, and its head links to it."""

import struct
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest

from scripts import places
from scripts.data import verdicts
from scripts.drawing import pictures, wrap
from scripts.drawing.engine import Chart
from scripts.editions import store
from scripts.pages import cards, downloads
from scripts.pages.content import Content
from scripts.paths import FONTS, THIS
from scripts.words.languages import Language
from tests.conftest import ADDRESS, Built, elements

Drawn = dict[str, dict[str, Chart]]
Drawings = dict[str, dict[str, ElementTree.Element]]
SVG = "{http://www.w3.org/2000/svg}"
CODES = ("en", "zh")
ONE = "facts/yunji-revenue-2018"


@pytest.fixture(scope="module")
def public(real: Content) -> Content:
    return replace(real, address=ADDRESS)


def spoken(content: Content, code: str) -> Language:
    return next(language for language in content.languages if language.code == code)


def drawing(content: Content, language: Language, slug: str, card: cards.Card) -> ElementTree.Element:
    return ElementTree.fromstring(cards.svg(content, language, slug, card, "v1.2.3", downloads.palette(content)))


@pytest.fixture(scope="module")
def drawings(public: Content, drawn: Drawn) -> Drawings:
    """Every card as drawn, by language and page."""
    return {
        language.code: {
            slug: drawing(public, language, slug, card) for slug, card in cards.of(public, language, drawn).items()
        }
        for language in public.languages
    }


def texts(picture: ElementTree.Element) -> list[str]:
    return [one.text or "" for one in picture.iterfind(f"{SVG}text")]


@pytest.mark.parametrize("code", CODES)
def test_a_facts_card_says_number_statement_speaker_verdict_edition_and_address(
    public: Content, drawings: Drawings, code: str
):
    language = spoken(public, code)
    for fact in public.dataset.facts.values():
        said = texts(drawings[code][f"facts/{fact.fact_id}"])
        whole = "".join("".join(said).split())
        wanted = [
            fact.statement[code], language.value(fact) if fact.value is not None else "", language.period(public.dataset.article.published),
            public.dataset.papers[fact.source_id][code], language.words["verdicts"][verdicts.overall(public.dataset, fact.fact_id)],
            language.words["site_name"], "v1.2.3", f"{ADDRESS}{language.root}facts/{fact.fact_id}/".partition("://")[2],
        ]  # fmt: skip
        assert all("".join(text.split()) in whole for text in wanted), (fact.fact_id, said)


@pytest.mark.parametrize("code", CODES)
def test_texts_of_a_card_fit_and_do_not_overlap(drawings: Drawings, code: str):
    for slug, picture in drawings[code].items():
        lines = [
            (float(t.get("y", "")), float(t.get("font-size", "")), t.text or "") for t in picture.iterfind(f"{SVG}text")
        ]
        middle = [line for line in lines if 80 < line[0] < cards.HEIGHT - 40]
        assert middle, slug
        for (above, _, _), (below, size, text) in zip(middle, middle[1:], strict=False):
            assert below - above >= size, (slug, text)
        assert all(y <= 570 for y, _, _ in middle), slug
        assert all(wrap.ems(text) * size <= cards.WIDTH - 128 for _, size, text in middle), slug
        squares = [float(one.get("y", "")) for one in picture.findall(f"{SVG}rect")[2:]]
        if squares:
            assert min(squares) > max(y for y, _, _ in middle), slug
        edge = sum(wrap.ems(text) * size for y, size, text in lines if y > cards.HEIGHT - 40)
        assert edge <= cards.WIDTH - 128, slug


def test_a_card_has_a_square_for_each_fact_with_its_own_in_ink(public: Content, drawings: Drawings):
    colours = downloads.palette(public)
    for place, fact_id in enumerate(public.dataset.facts):
        squares = drawings["en"][f"facts/{fact_id}"].findall(f"{SVG}rect")[2:]
        assert len(squares) == len(public.dataset.facts)
        assert [i for i, one in enumerate(squares) if one.get("fill") == colours["ink"]] == [place]


def test_a_card_shows_the_first_chart_of_its_page_or_else_squares(public: Content, drawn: Drawn, drawings: Drawings):
    made = cards.of(public, public.languages[0], drawn)
    assert made["index"].chart is drawn["en"]["live-rooms"]
    assert made["longer-view"].chart is drawn["en"]["revenue-years"]
    assert (made["checked"].chart, made["data"].chart) == (None, None)
    assert len(drawings["zh"]["data"].findall(f"{SVG}rect")) == 2 + len(public.dataset.facts)
    assert len(drawings["zh"]["index"].findall(f"{SVG}rect")) == 2


def test_a_card_names_the_edition_that_has_the_same_fact(public: Content, drawn: Drawn):
    unchanged = cards._unchanged(public)
    had = cards.opened.read(store.contents(THIS, public.editions[-1]), CODES)
    assert unchanged and unchanged <= set(had.facts)
    some = sorted(unchanged)[0]
    facts = public.dataset.facts | {some: replace(public.dataset.facts[some], qualifier="over")}
    assert cards._unchanged(replace(public, dataset=replace(public.dataset, facts=facts))) == unchanged - {some}


def test_with_very_many_facts_only_quoted_ones_have_cards_and_no_card_has_squares(
    public: Content, drawn: Drawn, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(cards, "MOST", 90)
    made = cards.of(public, public.languages[0], drawn)
    assert 0 < sum(slug.startswith("facts/") for slug in made) < 90
    picture = drawing(public, public.languages[0], ONE, made[ONE])
    assert len(picture.findall(f"{SVG}rect")) == 2


def test_the_card_for_a_fact_of_an_edition_always_exists(
    public: Content, drawn: Drawn, monkeypatch: pytest.MonkeyPatch
):
    for most in (90, cards.MOST):
        monkeypatch.setattr(cards, "MOST", most)
        there = cards.of(public, public.languages[0], drawn)
        assert [id_ for id_ in public.dataset.facts if cards.of_edition(public, id_) not in there] == []


def test_hostile_text_in_a_card_is_escaped(public: Content, drawn: Drawn):
    harm = '<script>alert(1)</script>" & \x00 ]]>'
    fact = replace(public.dataset.facts["yunji-revenue-2018"], statement=dict.fromkeys(CODES, harm))
    data = replace(public.dataset, facts=public.dataset.facts | {fact.fact_id: fact})
    spoilt, language = replace(public, dataset=data), public.languages[0]
    picture = drawing(spoilt, language, ONE, cards.of(spoilt, language, drawn)[ONE])
    assert "".join(harm.replace("\x00", "").split()) in "".join("".join(texts(picture)).split())
    assert {one.tag for one in picture.iter()} == {f"{SVG}{name}" for name in ("svg", "rect", "text")}


def test_the_font_has_every_character_of_every_card(drawings: Drawings):
    from fontTools import ttLib

    known = set(ttLib.TTFont(FONTS / "LowTideSans-Bold.otf").getBestCmap())
    for made in drawings.values():
        for slug, picture in made.items():
            lacking = {c for text in texts(picture) for c in text if ord(c) not in known}
            assert not lacking, (slug, lacking)


def test_every_page_of_a_public_site_links_to_its_card_and_a_local_one_has_none(public_site: Built, site: Built):
    assert not (site.site / places.CARDS).exists()
    seen = set()
    for file in public_site.site.rglob("*.html"):
        head = elements(file).find("head")
        if not (images := head.xpath("meta[@property='og:image']/@content")):
            assert "embed" in file.parts or file.name == "404.html" or "frames" in file.parts or "lt-" in str(file), (
                file
            )
            continue
        path = images[0].removeprefix(public_site.address)
        raw = (public_site.site / path).read_bytes()
        assert raw.startswith(b"\x89PNG")
        assert struct.unpack(">II", raw[16:24]) == cards.SIZE
        assert head.xpath("string(meta[@property='og:image:alt']/@content)")
        seen.add(path)
    made = {file.relative_to(public_site.site).as_posix() for file in (public_site.site / places.CARDS).rglob("*.png")}
    assert seen == made


def test_a_card_is_drawn_once(public: Content, drawn: Drawn, tmp_path):
    language, colours = public.languages[0], downloads.palette(public)
    picture = cards.svg(public, language, ONE, cards.of(public, language, drawn)[ONE], "v1.2.3", colours)
    first = pictures.png(picture, tmp_path, scale=1)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"kept")
    assert pictures.png(picture, tmp_path, scale=1) == b"kept"
    assert len(first) < 60_000
