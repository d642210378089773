"""Hostile texts rendered with the website's Markdown: every character must come out as plain text."""

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
    """Markdown with the website's extensions."""
    settings = yaml.safe_load(THIS.builder_config.read_text("utf-8"))["markdown_extensions"]
    options = {name: values for entry in settings if isinstance(entry, dict) for name, values in entry.items()}
    names = [entry if isinstance(entry, str) else next(iter(entry)) for entry in settings]
    return markdown.Markdown(extensions=names, extension_configs=options)


def converted(reader: markdown.Markdown, text: str) -> bs4.BeautifulSoup:
    return bs4.BeautifulSoup(reader.reset().convert(text), "html.parser")


@pytest.mark.parametrize("text", TEXTS)
def test_inline_text_is_never_markup(reader: markdown.Markdown, text: str):
    inline = markup.inline(text)
    for source, tags, shown in (
        (inline, ["p"], [text]),
        (f"Before {inline} after *that*.", ["p", "em"], [f"Before {text} after that."]),
        (f"Before.\n\n{inline}\n\nAfter.\n{inline}", ["p"] * 3, ["Before.", text, f"After.\n{text}"]),
    ):
        page = converted(reader, source)
        assert [tag.name for tag in page.find_all(True)] == tags
        assert [block.get_text() for block in page.find_all("p")] == shown
        assert not any(tag.attrs for tag in page.find_all(True))


@pytest.mark.parametrize("text", TEXTS)
def test_attribute_text_never_leaves_its_attribute(reader: markdown.Markdown, text: str):
    page = converted(
        reader, f'Before <a class="quote" href="#b" data-note="{markup.attribute(text)}">linked</a> after.'
    )
    assert [tag.name for tag in page.find_all(True)] == ["p", "a"]
    assert page.a.attrs == {"class": ["quote"], "href": "#b", "data-note": text}
    assert page.p.get_text() == "Before linked after."


@pytest.mark.parametrize("text", HOSTILE)
def test_template_value_is_never_markup(reader: markdown.Markdown, text: str):
    rendered = markup.templates().from_string("<div>\n<p>{{ text }}</p>\n</div>").render(text=text)
    page = converted(reader, f"Before.\n\n{rendered}\n\nAfter.")
    assert [tag.name for tag in page.find_all(True)] == ["p", "div", "p", "p"]
    assert page.div.p.get_text() == text


def test_template_without_a_value_raises():
    with pytest.raises(jinja2.UndefinedError):
        markup.templates().from_string("{{ nowhere }}").render()


def test_word_named_like_a_dict_method_is_still_the_word():
    template = markup.templates().from_string("{{ words.copy }} {{ words.items() | length }}")
    assert template.render(words={"copy": "Copy"}) == "Copy 1"
