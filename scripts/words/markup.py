"""Text made safe for Markdown and HTML, and the templates that lists and figures are made with."""

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
    """Plain text as inline HTML in a Markdown page: no character of it is read as markup."""
    return _MARKDOWN.sub(lambda match: f"&#{ord(match[0])};", text.replace("&", "&amp;"))


def attribute(text: str) -> str:
    """Plain text inside a quoted attribute, also safe where Markdown reads the page."""
    escaped = html.escape(text, quote=True)
    return re.sub(r"[`*_\[\]()!{}|~:\\]", lambda match: f"&#{ord(match[0])};", escaped)


def typewritten(text: str) -> Iterator[str]:
    """What is wrong with each apostrophe between letters that is as typewriters have it, in any language."""
    for mark in _TYPEWRITTEN.finditer(text):
        word = text[max(0, mark.start() - 12) : mark.end() + 12].strip()
        yield f"{mark[0]!r} in {word!r} is as typewriters have it; write ’"


def escaped(value: Any) -> Any:
    """Plain texts, in lists and as keys of mappings too, for the builder's theme, which escapes nothing.

    It puts them as they are into elements and between double quotes.
    """
    if isinstance(value, str):
        return html.escape(value, quote=False).replace('"', "&quot;")
    if isinstance(value, dict):
        return {escaped(key): escaped(some) for key, some in value.items()}
    return [escaped(some) for some in value] if isinstance(value, list) else value


def once_escaped(page: str, text: str) -> str:
    """A page of the builder's whose theme escaped this `escaped` text, in a tooltip, once more."""
    return page.replace(f'title="{markupsafe.escape(text)}"', f'title="{text}"')


def literal(block: str) -> str:
    """A block of HTML whose braces are text: those of BibTeX, or of a statement, are no quotes to fill."""
    return block.replace("{", "&#123;").replace("}", "&#125;")


def crumbs(label: str, links: dict[str, str]) -> str:
    """The way back from a page: addresses by name."""
    way = " › ".join(f'<a href="{address}">{inline(name)}</a>' for name, address in links.items())
    return f'<nav class="lt-crumbs" aria-label="{attribute(label)}">{way}</nav>'


class _Environment(jinja2.Environment):
    """Templates in which `words.labels.copy` is the word, not the method that every dictionary has."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a dot leads to."""
        return obj[attribute] if isinstance(obj, dict) and attribute in obj else super().getattr(obj, attribute)


@functools.cache
def templates() -> jinja2.Environment:
    """The templates; every value is escaped, every unknown name is an error."""
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
    """Render a template as one HTML block of a Markdown page: no blank line, nothing indented into code.

    A space stands between cells, which the index of the search would run together otherwise.
    """
    rendered = _CELL.sub(r"\g<0> ", templates().get_template(template).render(**values))
    return "\n".join(line.rstrip() for line in rendered.split("\n") if line.strip())
