"""A page as plain Markdown, to paste and for programs. In: a finished page's HTML; out: Markdown.

The note that a quoted number shows on hover becomes a footnote. What only a browser can use (drawings, buttons,
controls) is left out; a drawing's description stays.
"""

import functools
import inspect
import re
import sys
import urllib.parse
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import bs4
import markdownify
import yaml

from ..drawing import kept
from ..pages.content import Content
from ..words.languages import Language

NAME = "index.md"
LINK = f'<link rel="alternate " type="text/markdown" href="{NAME}">'  # the space: see `finish._finish`
_ARTICLES = (
    re.compile(r'<article class="md-content__inner.*</article>', re.DOTALL),
    re.compile(r'<main class="lt-sheet".*</main>', re.DOTALL),
)
"""The main part of a page: of the builder's, which may contain articles, and of a frozen one."""
_TAGS = frozenset(("button", "svg", "script", "style", "form", "input", "select", "iframe", "nav"))
_CLASSES = frozenset(("headerlink", "lt-figure__actions", "lt-squares", "lt-controls"))


def of_page(content: Content, language: Language, html: str, place: str, edition: str, cache: Path | None) -> str:
    """Return a page's Markdown with front matter; `place` is its path below the root of its language's site."""
    address = content.address and f"{content.home(language)}{place}"
    head = {
        "title": unescape(html.partition("<title>")[2].partition("</title>")[0]),
        "address": address,
        "language": language.code,
        "edition": edition,
        "licence": content.dataset.package.descriptor["licenses"][0]["name"],
    }
    return markdown(html, head, cache)


def markdown(page: str, head: Mapping[str, str], cache: Path | None = None) -> str:
    """Convert a page's main part to Markdown with YAML front matter; links are absolute if `head` has an address."""
    article = next(match[0] for form in _ARTICLES if (match := form.search(page)))
    front = {key: text for key, text in head.items() if text}
    source = f"{_made_with()} {head.get('address', '')} {article}"
    text = kept.text(cache, "md", source, lambda _: _converted(article, head.get("address", "")))
    return f"---\n{yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=1000)}---\n\n{text}"


@functools.cache
def _made_with() -> str:
    libraries = [kept.version(library) for library in ("markdownify", "beautifulsoup4")]
    return f"{libraries} {inspect.getsource(sys.modules[__name__])}"


def _converted(html: str, address: str) -> str:
    article = bs4.BeautifulSoup(html, "html.parser")
    for part in article.find_all(_left_out):
        part.decompose()
    for title in article.find_all(class_="lt-figure__title"):
        title.name = "strong"
    converter = _Converter(heading_style="atx", bullets="-", address=address)
    text = converter.convert_soup(article).strip()
    return "\n".join([text, "", *converter.footnotes()]) + "\n"


def _left_out(tag: bs4.Tag) -> bool:
    """Whether only a browser can use an element; called for each one, since a CSS selector takes five times as long."""
    attributes = tag.attrs
    return (
        tag.name in _TAGS
        or "hidden" in attributes
        or attributes.get("role") == "status"
        or not _CLASSES.isdisjoint(attributes.get("class", ()))
    )


class _Converter(markdownify.MarkdownConverter):
    """Converts with absolute links and notes as footnotes, and escapes text that Markdown would read as HTML."""

    def __init__(self, address: str, **options: Any) -> None:
        super().__init__(**options)
        self._address = address
        self._notes: dict[str, int] = {}

    def footnotes(self) -> list[str]:
        """All notes as Markdown footnotes, by number."""
        return [f"[^{number}]: {self.escape(note, set())}" for note, number in self._notes.items()]

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Escape text, `<` too."""
        escaped: str = super().escape(text, parent_tags)  # type: ignore[misc]
        return escaped.replace("<", "&lt;")

    def convert_a(self, el: bs4.Tag, text: str, parent_tags: set[str]) -> str:
        """Convert a link, followed by its note's footnote mark."""
        el["href"] = urllib.parse.urljoin(self._address, str(el.get("href", "")))
        note = str(el.get("data-note", ""))
        mark = f"[^{self._notes.setdefault(note, len(self._notes) + 1)}]" if note else ""
        link: str = super().convert_a(el, text, parent_tags)  # type: ignore[misc]
        return f"{link}{mark}"
