"""Every page has a Markdown version next to it: the same numbers with their speakers, and only text."""

import re
from pathlib import Path

import markdown_it
import pytest
import yaml

from scripts.website import plain
from tests.conftest import Built, elements, soup

ADDRESS = "https://example.org/tide/facts/x/"
HEAD = {"title": "T", "address": ADDRESS, "language": "en", "edition": "v1.2.3", "licence": "CC-BY-4.0"}


def pages(site: Path) -> list[Path]:
    return [file for file in site.rglob("index.html") if "embed" not in file.parts]


def body(text: str) -> str:
    return text.split("---\n", 2)[2]


def harmful(text: str) -> list[str]:
    """What CommonMark parses as HTML or as the address of a script."""
    tokens = markdown_it.MarkdownIt("commonmark").parse(text)
    inside = [child for token in tokens for child in token.children or ()]
    found = [token.content for token in (*tokens, *inside) if token.type.startswith("html")]
    return found + [str(one.attrs["href"]) for one in inside if "javascript" in str(one.attrs.get("href", ""))]


def converted(html: str, **head: str) -> str:
    return body(plain.markdown(f'<article class="md-content__inner">{html}</article>', HEAD | head))


@pytest.mark.parametrize("built", ["site", "public_site"])
def test_every_page_has_a_markdown_version_linked_in_head_and_foot(built: str, request: pytest.FixtureRequest):
    found: Built = request.getfixturevalue(built)
    for file in pages(found.site):
        text = file.with_name(plain.NAME).read_text("utf-8")
        page = elements(file)
        head = yaml.safe_load(text.split("---\n", 2)[1])
        assert head["title"] == page.findtext("head/title"), file
        assert head["language"] == page.get("lang"), file
        place = file.parent.relative_to(found.site).as_posix()
        wanted = f"{found.address}{'' if place == '.' else f'{place}/'}"
        assert head.get("address", "") == (wanted if found.address else ""), file
        for links in ("head/link", "body//a"):
            assert page.xpath(f"{links}[@type='text/markdown']/@href") == [plain.NAME], (file, links)
        assert harmful(body(text)) == [], file
    assert elements(found.site / "404.html").xpath("//*[@type='text/markdown']") == []
    assert not list(found.site.rglob("embed/**/*.md"))


def test_markdown_has_every_number_of_its_page_with_its_speaker(real_site: Built):
    for name in (".", "zh", "checked", "zh/longer-view", "facts", "platforms"):
        file = real_site.site / name / "index.html"
        text = file.with_name(plain.NAME).read_text("utf-8")
        article = soup(file).select_one("article")
        for squares in article.select("ol.lt-squares"):
            squares.decompose()
        flat = re.sub(r"[\\\s]|\[\^\d+\]", "", text)
        for quote in article.select("a.quote"):
            assert "".join(quote.get_text().split()) in flat, (file, quote)
        notes = {note["data-note"] for note in article.select("a[data-note]")}
        told = dict(re.findall(r"^\[\^(\d+)\]: (.*)$", text, re.MULTILINE))
        assert {re.sub(r"\\(.)", r"\1", one).replace("&lt;", "<") for one in told.values()} == notes, file
        assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(told), file


def test_markdown_keeps_descriptions_of_drawings_and_drops_controls(real_site: Built):
    text = (real_site.site / "index.md").read_text("utf-8")
    page = soup(real_site.site / "index.html")
    flat = "".join(text.replace("\\", "").replace("'", "’").split())
    for figure in page.select("figure.lt-figure"):
        assert "".join(figure.select_one(".lt-sr").get_text().split()) in flat
        assert f"**{figure.select_one('.lt-figure__title').get_text()}**" in text.replace("\\", "")
        assert all("".join(row.td.get_text().split()) in flat for row in figure.select("tbody tr"))
    assert not {button.get_text() for button in page.select("button") if button.get_text()} & set(text.split("\n"))


def test_frozen_facts_have_a_markdown_version(real_site: Built):
    frozen = real_site.site / "data" / "v2.0.0" / "facts" / "yunji-revenue-2018"
    text = (frozen / plain.NAME).read_text("utf-8")
    assert yaml.safe_load(text.split("---\n", 2)[1])["edition"] == "v2.0.0"
    assert "13.015 billion yuan" in text
    assert "130.15亿元" in (real_site.site / "zh" / frozen.relative_to(real_site.site) / plain.NAME).read_text("utf-8")


def test_links_of_frozen_markdown_resolve(frozen_site: Built):
    """Also in the edition's folder, where the path of a Chinese page differs from its published address."""
    texts, found = list((frozen_site.site / "data").rglob("index.md")), set()
    for text in texts:
        found |= set(re.findall(rf"\]\({re.escape(frozen_site.address)}([^)#\s]*)", text.read_text("utf-8")))
    assert len(texts) > 20 and len(found) > 20
    files = (
        frozen_site.site / (link if link.strip("/") and link[-1] != "/" else f"{link}index.html") for link in found
    )
    assert [str(file) for file in files if not file.is_file()] == []


@pytest.mark.parametrize(
    "harm",
    [
        "&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;img src=x onerror=alert(1)&gt;", "&lt;!-- --&gt;", "&lt;?x?&gt;",
        '<a href="../" data-note="&lt;script&gt;alert(1)&lt;/script&gt;">1</a>', "&lt;https://example.org&gt;",
    ],
)  # fmt: skip
def test_text_on_a_page_never_becomes_markup(harm: str):
    assert harmful(converted(f"<p>{harm}</p>")) == []


def test_any_title_round_trips_through_the_head():
    title = "a: b # c\n--- 'x' \"y\" 云集"
    text = plain.markdown('<main class="lt-sheet"><p>x</p></main>', HEAD | {"title": title})
    assert yaml.safe_load(text.split("---\n", 2)[1])["title"] == title


def test_links_are_absolute_if_the_site_has_an_address():
    assert "[x](https://example.org/tide/methods/#a)" in converted('<p><a href="../../methods/#a">x</a></p>')
    assert "[x](../methods/#a)" in converted('<p><a href="../methods/#a">x</a></p>', address="")


def test_repeated_note_is_a_single_footnote():
    notes = "".join(f'<a href="#" data-note="{note}">1</a>' for note in "ABA")
    text = converted(f"<p>{notes}</p>")
    assert re.findall(r"\[\^\d\]", text) == ["[^1]", "[^2]", "[^1]", "[^1]", "[^2]"]
    assert text.rstrip().endswith("[^1]: A\n[^2]: B")


def test_markdown_is_cached(tmp_path: Path):
    page = '<main class="lt-sheet"><p>x</p></main>'
    first = plain.markdown(page, HEAD, tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_text("kept", "utf-8")
    assert (body(first).strip(), body(plain.markdown(page, HEAD, tmp_path)).strip()) == ("x", "kept")
