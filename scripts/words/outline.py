"""The hand-written pages and their order. In: docs/<language>/*.md; out: pages by language, and problems.

A page starts with a YAML head: title, description, section (one of the language's sections) and order.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..data import shapes
from ..paths import Project
from ..problem import Problem, Problems
from ..reading import documents, files, fitting
from ..reading.documents import Document
from . import quotes
from .languages import Language

HOME = "index"
_TEXTS = ("title", "description")
BUILDERS = (*_TEXTS, "hide", "search")  # keys of a head that the builder reads
_HEAD = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)
_SECTION = re.compile(r"^## (.+?) *\{ ?#([a-z0-9-]+) ?\}\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language; `head` is its YAML, `body` its Markdown, `first_line` the line of the file on which that starts."""

    slug: str
    path: str
    head: dict[str, Any]
    body: str
    first_line: int
    document: Document | None = None
    """The document of its head; None for a generated page."""

    def line(self, *steps: str | int) -> int:
        """The line of a value of its head; 1 for a generated page."""
        return self.document.line(*steps) if self.document else 1

    @property
    def texts(self) -> list[tuple[int, str]]:
        """The texts of its head and its body, each with the line on which it starts."""
        head = [(self.line(*steps), text) for steps, text in documents.leaves(self.head) if isinstance(text, str)]
        return [*head, (self.first_line, self.body)]

    @property
    def minutes(self) -> int:
        """Reading time in minutes, at 230 alphabetic words or 400 Han characters a minute; a quote counts as a word."""
        text = re.sub(r"\{\{.*?\}\}", "1", re.sub(r"<[^>]*>|\]\([^)]*\)", " ", self.body))
        words, characters = (len(re.findall(one, text)) for one in (r"[^\W\u4e00-\u9fff]+", "[\u4e00-\u9fff]"))
        return max(1, round(words / 230 + characters / 400))

    @property
    def root(self) -> str:
        """The relative path from the page's address to the root of its language's site."""
        return "" if self.slug == HOME else "../" * (self.slug.count("/") + 1)

    @property
    def address(self) -> str:
        """The address of the built page, relative to the root of its language's site."""
        return "" if self.slug == HOME else f"{self.slug}/"


def places(pages: list[Page]) -> Mapping[str, str]:
    """The address of the page that quotes each list, by the list's name: the only map that templates use for links."""
    return _places(tuple((page.address, page.body) for page in pages))


@functools.lru_cache(maxsize=8)
def _places(written: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return {name: address for address, body in reversed(written) for name in quotes.ids(body, "list")}


def shown(pages: list[Page]) -> dict[tuple[str, str, str], list[str]]:
    """The charts of each section that no earlier one shows, by `(page's address, section's id, section's title)`."""
    found: dict[tuple[str, str, str], list[str]] = {}
    seen: set[str] = set()
    for page in pages:
        before, *parts = _SECTION.split(page.body)
        sections = [(str(page.head["title"]), "", before), *zip(parts[::3], parts[1::3], parts[2::3], strict=True)]
        for title, id_, text in sections:
            slugs = [slug for slug in dict.fromkeys(quotes.ids(text, "chart")) if slug not in seen]
            if slugs:
                found[page.address, id_, title] = slugs
                seen.update(slugs)
    return found


def made(project: Project, language: Language, slug: str, head: dict[str, Any]) -> Page:
    """A generated page, of a chart or an edition, with an empty body."""
    return Page(slug, f"{project.name(language.folder)}/{slug}.md", head, "", 1)


def read(project: Project, languages: list[Language]) -> tuple[dict[str, list[Page]], list[Problem]]:
    """The pages of each language in reading order, and problems, such as pages that the languages do not share."""
    problems: list[Problem] = []
    pages: dict[str, list[Page]] = {}
    there: dict[str, list[str]] = {}
    for language in languages:
        found = [file for file in sorted(language.folder.glob("*.md")) if not files.ignored(file.name)]
        there[language.code] = [file.stem for file in found]
        read = []
        for file in found:
            try:
                read.append(read_page(file, project.name(file), _shape(language)))
            except Problems as faults:
                problems += faults.all
        pages[language.code] = sorted(read, key=lambda page: (page.head["order"], page.slug))
    for language in languages:
        here = project.name(language.folder)
        for slug in sorted(set().union(*there.values()) - set(there[language.code])):
            others = ", ".join(code for code in there if slug in there[code])
            problems.append(Problem(f"{here}/{slug}.md", 1, f"page is missing; there is one in {others}"))
        firsts = {page.slug: page for page in pages[languages[0].code]}
        for page in pages[language.code]:
            problems += _unlike(page, firsts.get(page.slug, page))
            if page.slug in pages:
                problems.append(Problem(page.path, 1, f"{page.slug!r} is the folder of a language; rename the page"))
    return pages, problems


def _unlike(page: Page, first: Page) -> Iterator[Problem]:
    """Yield where a page differs from that of the first language: section, order, ids of headings."""
    for key in ("section", "order"):
        if page.head[key] != first.head[key]:
            fault = f"{key}: {page.head[key]!r}; {first.path} has {first.head[key]!r}"
            yield Problem(page.path, page.line(key), fault)
    if missing := ", ".join(sorted(_anchors(page.body) ^ _anchors(first.body))):
        yield Problem(page.path, 1, f"headings differ from {first.path}: {missing}")


def _anchors(body: str) -> set[str]:
    return set(re.findall(r"^#+ .*\{ ?#([a-z0-9-]+) ?\}\s*$", body, re.MULTILINE))


def read_page(file: Path, path: str, shape: Mapping[str, Any]) -> Page:
    """Read a page whose head must fit the JSON Schema `shape`; raises `Problems` where it does not."""
    if not re.fullmatch(shapes.ID, file.stem):
        raise files.refused(path, f"page named {file.stem!r}; use a-z, 0-9 and -, since its name becomes its address")
    text = files.read_text(file, path)
    match = _HEAD.match(text)
    if not match:
        raise files.refused(path, f"no head; start the page with ---, {', '.join(shape['required'])}, ---")
    head = documents.parse_yaml(match[1], path, first_line=2)
    if faults := fitting.misfits(head, shape):
        raise Problems(faults)
    return Page(file.stem, path, head.value, text[match.end() :], match[0].count("\n") + 1, head)


def _shape(language: Language) -> dict[str, Any]:
    """The JSON Schema of a page's head; other keys are refused, since the theme would insert them unescaped."""
    plain = {"pattern": r"^(?![\s\S]*\{\{)", "remedy": "holds a quote; only the body of a page is filled"}
    line = {"pattern": r"^(?![\s\S]*[\n\t])", "remedy": "has a line break or tab; write it on one line"}
    text = {"type": "string", "pattern": r"\S", "remedy": "is not a text", "allOf": [plain, line]}
    sections = list(language.words["sections"])
    return {
        "type": "object",
        "required": [*_TEXTS, "section", "order"],
        "properties": {
            **dict.fromkeys(_TEXTS, text),
            "section": {"enum": sections, "remedy": f"is not one of {', '.join(sections)}"},
            "order": {"type": "integer", "remedy": "is not a whole number"},
            "hide": {"type": "array", "items": {"enum": ["navigation", "toc"]}},
        },
        "additionalProperties": False,
    }


def navigation(pages: list[Page], language: Language) -> list[dict[str, Any]]:
    """The pages as the builder's `nav`: the home page, then a group for each section."""
    nav: list[dict[str, Any]] = []
    for section, name in language.words["sections"].items():
        inside = [{page.head["title"]: f"{page.slug}.md"} for page in pages if page.head["section"] == section]
        if inside:
            nav.append({name: inside if len(inside) > 1 else next(iter(inside[0].values()))})
    return nav
