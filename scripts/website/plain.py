"""A page as plain Markdown, for people who paste and programs that read. In: a finished page's HTML; out: Markdown.

A number that is quoted on a page says on hover who says it; here that stands in a footnote. What only a browser can use,
drawings, buttons and controls, is left out; a drawing's description in words stays.
"""

import functools
import importlib.metadata
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
"""What a page is about: in the builder's pages, which hold articles in it, and in a frozen one."""
_TAGS = frozenset(("button", "svg", "script", "style", "form", "input", "select", "iframe", "nav"))
_CLASSES = frozenset(("headerlink", "lt-figure__actions", "lt-squares", "lt-controls"))


def of_page(content: Content, language: Language, html: str, place: str, edition: str, cache: Path | None) -> str:
    """A page's text under its head; `place` is the page's, from the root of its language's site."""
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
    """The article of a page under a head of YAML; its links are made whole where the head has an address."""
    article = next(match[0] for way in _ARTICLES if (match := way.search(page)))
    told = {key: text for key, text in head.items() if text}
    source = f"{_made_with()} {head.get('address', '')} {article}"
    text = kept.text(cache, "md", source, lambda _: _converted(article, head.get("address", "")))
    return f"---\n{yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000)}---\n\n{text}"


@functools.cache
def _made_with() -> str:
    return f"{importlib.metadata.version('markdownify')} {inspect.getsource(sys.modules[__name__])}"


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
    """Whether only a browser can use a part; asked of every one, which a CSS selector takes five times as long for."""
    told = tag.attrs
    return (
        tag.name in _TAGS
        or "hidden" in told
        or told.get("role") == "status"
        or not _CLASSES.isdisjoint(told.get("class", ()))
    )


class _Converter(markdownify.MarkdownConverter):
    """Links are whole, notes are footnotes, and nothing that is text becomes HTML."""

    def __init__(self, address: str, **options: Any) -> None:
        super().__init__(**options)
        self._address = address
        self._notes: dict[str, int] = {}

    def footnotes(self) -> list[str]:
        """Every note, by its number."""
        return [f"[^{number}]: {self.escape(note, set())}" for note, number in self._notes.items()]

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Text that Markdown reads as text."""
        escaped: str = super().escape(text, parent_tags)  # type: ignore[misc]
        return escaped.replace("<", "&lt;")

    def convert_a(self, el: bs4.Tag, text: str, parent_tags: set[str]) -> str:
        """A link, and the number of its note."""
        el["href"] = urllib.parse.urljoin(self._address, str(el.get("href", "")))
        note = str(el.get("data-note", ""))
        mark = f"[^{self._notes.setdefault(note, len(self._notes) + 1)}]" if note else ""
        link: str = super().convert_a(el, text, parent_tags)  # type: ignore[misc]
        return f"{link}{mark}"
