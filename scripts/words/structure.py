"""The links, ids and unclosed elements of a page. In: a page's Markdown; out: `Structure`.

It uses a CommonMark parser, since the builder's does not keep line numbers. The builder's extensions are covered too: the
content of admonitions, and of elements with the attribute `markdown`.
"""

import functools
import html.parser
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import markdown_it
from markdown_it.token import Token

from . import quotes

QUOTED = "quote:"  # replaces a quote in a link's target, followed by its kind
_ID = re.compile(r"\{:?[^{}\n]*?#([A-Za-z][\w:.-]*)[^{}\n]*\}")  # an attribute list of the builder's Markdown
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_OF_TABLES = {"tr", "td", "th", "thead", "tbody", "tfoot", "colgroup"}
_OPTIONAL = {"p", "li", "dt", "dd", "option", "optgroup", "rt", "rp", *_OF_TABLES}
"""`_VOID`: elements without content; `_OPTIONAL`: those whose end tags may be omitted (HTML Living Standard, 13.1.2)."""
_TARGETS = ("href", "src", "poster", "action", "formaction", "data", "cite")
_REFUSED = ("script", "style", "iframe", "object", "embed", "frame", "base", "meta", "link", "form")
_POLICY = "is refused by the policy of pages; take it out"
_FENCE = re.compile(r"^(?:```|~~~)\w", re.MULTILINE)
_REFERENCE = re.compile(r"\]\[[^\]]*\]")
_ADMONITIONS = ("!!!", "???")
_PARTS_OF_ADMONITIONS = ("paragraph_open", "inline", "paragraph_close", "code_block")
_OPEN = "is never closed and swallows what follows"
_COMMENT = f"a comment {_OPEN}; end it with -->"


@dataclass(frozen=True, slots=True)
class Link:
    """A link or embedded file: its line in the body, from 0, its target, and whether it is in raw HTML."""

    line: int
    target: str
    raw: bool


@dataclass(frozen=True, slots=True)
class Structure:
    """A page's links, ids, and faults as `(line in its body from 0, sentence)`."""

    links: tuple[Link, ...]
    ids: frozenset[str]
    faults: tuple[tuple[int, str], ...]


@functools.lru_cache(maxsize=256)  # a rebuild reads unchanged pages again
def read(body: str) -> Structure:
    """The structure of a page's body, with its quotes filled or not."""
    page = _Page()
    page.read(quotes.QUOTE.sub(lambda match: f"{QUOTED}{match[1]}", body), 0)
    for line, text in page.raw.marked:
        page.read(text, line)
    return Structure(tuple(page.links), frozenset(page.ids | page.raw.ids), tuple(page.faults + page.raw.end()))


class _Page:
    """Collects the structure of a page."""

    def __init__(self) -> None:
        self.links: list[Link] = []
        self.ids: set[str] = set()
        self.faults: list[tuple[int, str]] = []
        self.raw = _Elements(self.links)

    def read(self, text: str, first: int) -> None:
        """Parse a Markdown text that starts on line `first`."""
        lines, tokens, admonition = text.split("\n"), _parser().parse(text), False
        self.faults += [(first + line, fault) for line, fault in _empty_admonitions(tokens)]
        for token, at in _flat(tokens):
            line, end = first + at, token.map[1] if token.map else 0
            if fault := _fault(token, lines[end - 1]):
                self.faults.append((line, fault))
            elif token.type == "code_block" and admonition:
                self.read(token.content, line)
            elif token.type in ("link_open", "image"):
                target = token.attrs["href" if token.type == "link_open" else "src"]
                self.links.append(Link(line, str(target), raw=False))
            elif token.type in ("html_block", "html_inline"):
                after = "\n".join(lines[end:]) if end else ""
                self.faults += _comments(token.content, after, line)
                self.raw.read(token.content, line)
            elif token.type == "inline":
                self.ids |= set(_ID.findall(token.content))
                admonition = token.content.startswith(_ADMONITIONS)
            if token.block and token.type not in _PARTS_OF_ADMONITIONS:
                admonition = False


@functools.cache
def _parser() -> markdown_it.MarkdownIt:
    parser = markdown_it.MarkdownIt("commonmark").enable("table")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # the default skips targets that we must refuse
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


def _flat(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    """Yield every token, inline ones too, with its line from 0."""
    line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        yield token, line
        here = line
        for child in token.children or ():
            yield child, here
            here += child.content.count("\n") + (child.type in ("softbreak", "hardbreak"))


def _fault(token: Token, last: str) -> str:
    """The fault of a code block or a text; `last` is the last line of a code block. Empty if there is none."""
    if token.type == "fence" and not _is_closed(token, last):
        return f"code that starts with {token.markup} {_OPEN}; end it with {token.markup}"
    if token.type == "fence" and _FENCE.search(token.content):
        return f"code that starts with {token.markup} contains another start of code; end it with {token.markup} before that"
    if token.type == "text" and "<!--" in token.content:
        return _COMMENT
    if token.type == "text" and (mark := _REFERENCE.search(token.content)):
        return f"{mark[0]} refers to a link that the page does not define; write [text](target)"
    return ""


def _empty_admonitions(tokens: list[Token]) -> Iterator[tuple[int, str]]:
    """Yield empty admonitions: a heading line without indented text after it."""
    blocks = [token for token in tokens if token.type not in ("paragraph_open", "paragraph_close")]
    for token, after in itertools.zip_longest(blocks, blocks[1:]):
        alone = token.type == "inline" and token.content.startswith(_ADMONITIONS) and "\n" not in token.content
        if alone and not (after and after.type == "code_block"):
            yield (token.map or [0])[0], f"{token.content!r} is empty; indent its text by four spaces"


def _is_closed(token: Token, last: str) -> bool:
    """Whether a code block's last line is a closing fence, and not its opening one."""
    start, end = token.map or (0, 0)
    return end - start > 1 and last.strip().startswith(token.markup) and not last.strip(f" {token.markup[0]}")


def _comments(content: str, after: str, line: int) -> Iterator[tuple[int, str]]:
    """Yield comments that are not closed, or only by the end of a later one; `after` is the rest of the page."""
    at = content.find("<!--")
    while at >= 0:
        inside, end, rest = (content[at + 4 :] + after).partition("-->")
        here = line + content.count("\n", 0, at)
        if not end:
            yield here, _COMMENT
        elif "<!--" in inside:
            yield here, "a comment contains another one; end it with -->"
        at = content.find("<!--", at + 4 + len(inside)) if end else -1


class _Elements(html.parser.HTMLParser):
    """Parses the raw HTML of a page across its blocks."""

    def __init__(self, links: list[Link]) -> None:
        super().__init__()
        self.links, self.ids = links, set[str]()
        self.marked: list[tuple[int, str]] = []
        """The texts inside elements with `markdown`, with their lines; the builder parses them as Markdown."""
        self._open: list[tuple[str, int, bool]] = []
        self._faults: list[tuple[int, str]] = []
        self._before = 0

    def read(self, content: str, line: int) -> None:
        """Parse a piece of HTML that starts on `line`."""
        self._before = line - self.getpos()[0]
        self.feed(content)

    def end(self) -> list[tuple[int, str]]:
        """The faults, with those of unclosed elements, once all pieces are read."""
        return self._faults + [self._unclosed(tag, line) for tag, line, _ in self._open if tag not in _OPTIONAL]

    @property
    def _line(self) -> int:
        return self._before + self.getpos()[0]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the id, links and faults of an element's start tag."""
        if tag in _REFUSED:
            self._faults.append((self._line, f"<{tag}> {_POLICY}"))
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self._faults.append((self._line, f"{name} of <{tag}> {_POLICY}"))
            if name == "id" and value:
                self.ids.add(value)
            elif name in _TARGETS and value is not None:
                self.links.append(Link(self._line, value, raw=True))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, unless it is void."""
        self.handle_startendtag(tag, attrs)
        if tag not in _VOID:
            self._open.append((tag, self._line, "markdown" in dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Collect text inside an element with `markdown`."""
        if any(marked for _, _, marked in self._open):
            self.marked.append((self._line, data))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those inside it whose end tags may be omitted."""
        if tag not in (name for name, *_ in self._open):
            self._faults.append((self._line, f"</{tag}> closes nothing that is open"))
            return
        while (inside := self._open.pop())[0] != tag:
            if inside[0] not in _OPTIONAL:
                self._faults.append(self._unclosed(*inside[:2]))

    @staticmethod
    def _unclosed(tag: str, line: int) -> tuple[int, str]:
        return line, f"<{tag}> {_OPEN}; end it with </{tag}>"
