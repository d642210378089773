"""Hostile texts go through the Markdown that the website uses: all of their characters must come out as plain text."""

import string

import bs4
import jinja2
import markdown
import pytest
import yaml

from scripts.paths import THIS
from scripts.words import markup

HOSTILE = [
    "<b>bold</b>", "<script>alert(1)</script>", "</p></div>", "<!-- hidden", "<https://example.org>", "<a@example.org>",
    "*a* **b** ***c***", "_a_ __b__", "`a` ``b``", "```\na\n```", "~~~", "[a](b)", "[a][b]", "![a](b)", "[a]: b", "*[a]: b",
    "# a", "## a { #b }", "a\n---", "===", "- a", "* a", "+ a", "1. a", "2) a", "> a", "| a | b |", "|---|", ": a", "a: b",
    "!!! note", "??? note", "???+ a", "=== a", "--8<-- a", "{{ fact a }}", "{% a %}", "{: .a #b }", "{ .a }", "&amp; &#42; &lt;",
    "\\*a\\*", "a\\", "$a$ $$b$$", "^a^ ~b~ ~~c~~ ==d==", "\"a\" 'b'", "-- --- ...", "(a) :: :a:", "[^1]", "[TOC]", "[x] a",
    "\" onclick=\"a", "' onclick='a", "javascript:a", "www.example.org", "云集（+的意义）",
]  # fmt: skip
TEXTS = [text for text in HOSTILE if "\n" not in text] + [f"a {sign}b{sign} c{sign}" for sign in string.punctuation]


@pytest.fixture(scope="module")
def reader() -> markdown.Markdown:
    """Markdown with the website's own extensions."""
    settings = yaml.safe_load(THIS.builder_config.read_text("utf-8"))["markdown_extensions"]
    options = {name: values for entry in settings if isinstance(entry, dict) for name, values in entry.items()}
    names = [entry if isinstance(entry, str) else next(iter(entry)) for entry in settings]
    return markdown.Markdown(extensions=names, extension_configs=options)


def converted(reader: markdown.Markdown, text: str) -> bs4.BeautifulSoup:
    return bs4.BeautifulSoup(reader.reset().convert(text), "html.parser")


@pytest.mark.parametrize("text", TEXTS)
def test_no_character_of_an_inline_text_is_markup(reader: markdown.Markdown, text: str):
    page = converted(reader, markup.inline(text))
    assert [tag.name for tag in page.find_all(True)] == ["p"]
    assert page.p.attrs == {}
    assert page.p.get_text() == text


@pytest.mark.parametrize("text", TEXTS)
def test_no_character_of_an_inline_text_is_markup_within_a_sentence(reader: markdown.Markdown, text: str):
    page = converted(reader, f"Before {markup.inline(text)} after *that*.")
    assert [tag.name for tag in page.find_all(True)] == ["p", "em"]
    assert page.p.get_text() == f"Before {text} after that."


@pytest.mark.parametrize("text", TEXTS)
def test_no_character_of_an_inline_text_is_markup_between_blocks(reader: markdown.Markdown, text: str):
    page = converted(reader, f"Before.\n\n{markup.inline(text)}\n\nAfter.\n{markup.inline(text)}")
    assert [tag.name for tag in page.find_all(True)] == ["p", "p", "p"]
    assert [block.get_text() for block in page.find_all("p")] == ["Before.", text, f"After.\n{text}"]


@pytest.mark.parametrize("text", TEXTS)
def test_no_character_of_an_attribute_leaves_it(reader: markdown.Markdown, text: str):
    page = converted(
        reader, f'Before <a class="quote" href="#b" data-note="{markup.attribute(text)}">linked</a> after.'
    )
    assert [tag.name for tag in page.find_all(True)] == ["p", "a"]
    assert page.a.attrs == {"class": ["quote"], "href": "#b", "data-note": text}
    assert page.p.get_text() == "Before linked after."


@pytest.mark.parametrize("text", HOSTILE)
def test_no_character_of_a_template_value_is_markup(reader: markdown.Markdown, text: str):
    rendered = markup.templates().from_string("<div>\n<p>{{ text }}</p>\n</div>").render(text=text)
    page = converted(reader, f"Before.\n\n{rendered}\n\nAfter.")
    assert [tag.name for tag in page.find_all(True)] == ["p", "div", "p", "p"]
    assert page.div.p.get_text() == text


def test_a_template_that_lacks_a_value_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        markup.templates().from_string("{{ nowhere }}").render()


def test_a_block_has_no_empty_line_and_no_indent(small):
    words = small.languages[0].words
    lines = markup.block("list-kinds.html", words=words).split("\n")
    assert len(lines) == len(words["kinds"]) + 2
    assert all(line and line == line.strip() for line in lines)


def test_a_word_named_like_a_method_is_the_word():
    template = markup.templates().from_string("{{ words.copy }} {{ words.items() | length }}")
    assert template.render(words={"copy": "Copy"}) == "Copy 1"
