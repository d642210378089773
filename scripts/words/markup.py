"""Escaping of text for Markdown and HTML, and the templates of lists and figures."""

import functools
import html
import re
from collections.abc import Iterator
from typing import Any

import jinja2
import markupsafe

from .. import places
from ..paths import TEMPLATES

_MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+!?.@|~:^$=<>\"'-]")

_TYPEWRITTEN = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_CELL = re.compile(r"</(?:dt|dd|th|td)>(?=<)")


def inline(text: str) -> str:
    """Escape plain text as inline content of a Markdown page: no character is parsed as markup."""
    return _MARKDOWN.sub(lambda match: f"&#{ord(match[0])};", text.replace("&", "&amp;"))


def attribute(text: str) -> str:
    """Escape plain text for a quoted attribute, for HTML and for the Markdown around it."""
    escaped = html.escape(text, quote=True)
    return re.sub(r"[`*_\[\]()!{}|~:\\]", lambda match: f"&#{ord(match[0])};", escaped)


def typewritten(text: str) -> Iterator[str]:
    """Yield a fault for each straight apostrophe between letters, in any language."""
    for mark in _TYPEWRITTEN.finditer(text):
        word = text[max(0, mark.start() - 12) : mark.end() + 12].strip()
        yield f"{mark[0]!r} in {word!r} is as typewriters have it; write ’"


def escaped(value: Any) -> Any:
    """Escape plain texts, also in lists and mappings (keys too), for the builder's theme, which escapes nothing.

    The theme inserts them into elements and double-quoted attributes.
    """
    if isinstance(value, str):
        return html.escape(value, quote=False).replace('"', "&quot;")
    if isinstance(value, dict):
        return {escaped(key): escaped(some) for key, some in value.items()}
    return [escaped(some) for some in value] if isinstance(value, list) else value


def once_escaped(page: str, text: str) -> str:
    """Undo the theme's second escaping of this `escaped` text, in a tooltip of a built page."""
    return page.replace(f'title="{markupsafe.escape(text)}"', f'title="{text}"')


def literal(block: str) -> str:
    """Escape the braces of an HTML block, such as those of BibTeX, so that none is taken for a quote to fill."""
    return block.replace("{", "&#123;").replace("}", "&#125;")


def crumbs(label: str, links: dict[str, str]) -> str:
    """The breadcrumb navigation of a page; `links` are addresses by name."""
    way = " › ".join(f'<a href="{address}">{inline(name)}</a>' for name, address in links.items())
    return f'<nav class="lt-crumbs" aria-label="{attribute(label)}">{way}</nav>'


class _Environment(jinja2.Environment):
    """Templates in which `words.labels.copy` is the word, not the method that every dictionary has."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look up `obj.attribute`: a key of a dictionary first, then the attribute."""
        return obj[attribute] if isinstance(obj, dict) and attribute in obj else super().getattr(obj, attribute)


@functools.cache
def templates() -> jinja2.Environment:
    """The template environment: every value is escaped, every undefined name raises."""
    made = _Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        auto_reload=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["places"] = places
    return made


def block(template: str, **values: object) -> str:
    """Render a template as one HTML block of a Markdown page, without blank lines, at which Markdown would end it.

    A space is put between cells, since the search index would join their words otherwise.
    """
    rendered = _CELL.sub(r"\g<0> ", templates().get_template(template).render(**values))
    return "\n".join(line.rstrip() for line in rendered.split("\n") if line.strip())
