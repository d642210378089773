"""Which pages there are, in what order. In: docs/<language>/*.md; out: pages by language, and problems.

A page starts with a YAML head: title, description, section (one of the language's sections) and order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from . import cells, schemas
from .languages import Language
from .paths import Project
from .problem import Problem, did_you_mean

HOME = "index"
_TEXTS = ("title", "description")
BUILDERS = (*_TEXTS, "hide", "search")  # what the builder is told of a page
_KEYS = (*_TEXTS, "section", "order", "hide")
_HEAD = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language. `root` leads from the built page to its site's root."""

    slug: str
    path: str
    head: dict[str, Any]
    body: str
    first_line: int

    @property
    def root(self) -> str:
        """The relative way from the page's address to the root of its language's site."""
        return "" if self.slug == HOME else "../" * (self.slug.count("/") + 1)


def made(project: Project, language: Language, slug: str, head: dict[str, Any]) -> Page:
    """A page that nobody wrote, of a chart or of an edition, still without its text."""
    return Page(slug, f"{project.name(language.folder)}/{slug}.md", head, "", 1)


def read(project: Project, languages: list[Language]) -> tuple[dict[str, list[Page]], list[Problem]]:
    """The pages of each language in reading order; pages that the languages do not share are problems."""
    problems: list[Problem] = []
    pages: dict[str, list[Page]] = {}
    for language in languages:
        found = []
        for file in sorted(language.folder.glob("[!.]*.md")):
            page, faults = _page(file, project.name(file), language)
            problems += faults
            if page:
                found.append(page)
        pages[language.code] = sorted(found, key=lambda page: (page.head["order"], page.slug))
    slugs = {code: {page.slug: page for page in some} for code, some in pages.items()}
    for language in languages:
        here = project.name(language.folder)
        for slug in sorted(set().union(*slugs.values()) - set(slugs[language.code])):
            others = ", ".join(code for code in slugs if slug in slugs[code])
            problems.append(Problem(f"{here}/{slug}.md", 1, f"page is missing; there is one in {others}"))
        for slug, page in slugs[language.code].items():
            first = slugs[languages[0].code].get(slug, page)
            for key in ("section", "order"):
                if page.head[key] != first.head[key]:
                    problems.append(
                        Problem(page.path, 1, f"{key}: {page.head[key]!r}; {first.path} has {first.head[key]!r}")
                    )
            if _anchors(page.body) != _anchors(first.body):
                missing = ", ".join(sorted(_anchors(page.body) ^ _anchors(first.body)))
                problems.append(Problem(page.path, 1, f"headings differ from {first.path}: {missing}"))
    return pages, problems


def _anchors(body: str) -> set[str]:
    return set(re.findall(r"^#+ .*\{ ?#([a-z0-9-]+) ?\}\s*$", body, re.MULTILINE))


def _page(file: Path, path: str, language: Language) -> tuple[Page | None, list[Problem]]:
    if not re.fullmatch(schemas.ID, file.stem):
        return None, [
            Problem(path, 1, f"page named {file.stem!r}; use a-z, 0-9 and -, since its address is made of it")
        ]
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError:
        return None, [Problem(path, 1, "not UTF-8; save the file as UTF-8")]
    match = _HEAD.match(text)
    if not match:
        return None, [Problem(path, 1, "no head; start the page with ---, title, description, section, order, ---")]
    try:
        head = yaml.safe_load(match[1])
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        return None, [Problem(path, line, f"head is not YAML: {error.problem}")]
    except yaml.reader.ReaderError as error:
        return None, [Problem(path, 1, f"head is not YAML: {error.reason}")]
    faults = list(_faults(head, list(language.words.get("sections", {}))))
    if faults:
        return None, [Problem(path, 1, fault) for fault in faults]
    return Page(file.stem, path, head, text[match.end() :], match[0].count("\n") + 1), []


def _faults(head: Any, sections: list[str]) -> Iterator[str]:
    """What is wrong with the head of a page; where something is missing, that alone."""
    keys = (*_TEXTS, "section", "order")
    missing = [key for key in keys if not isinstance(head, dict) or head.get(key) in (None, "")]
    if missing:
        yield f"head has no {', '.join(missing)}"
        return
    for key in _TEXTS:
        if not isinstance(head[key], str):
            yield f"{key}: {head[key]!r} is not a text"
        elif "{{" in head[key]:  # the builder would show the quote as it stands
            yield f"{key}: {head[key]!r} holds a quote; only the body of a page is filled"
        else:
            yield from (f"{key}: {fault}" for fault in cells.hidden(head[key]))
    for key in head.keys() - set(_KEYS):  # the builder's theme would put it into the page as it stands
        yield f"head has {key!r}, which no page has{did_you_mean(str(key), _KEYS)}"
    if not isinstance(head["order"], int):
        yield f"order: {head['order']!r} is not a whole number"
    if head["section"] not in sections:
        yield f"section: {head['section']!r} is not one of {', '.join(sections)}"


def navigation(pages: list[Page], language: Language) -> list[dict[str, Any]]:
    """The pages as the builder's `nav`: the home page, then a group for each section."""
    nav: list[dict[str, Any]] = []
    for section, name in language.words["sections"].items():
        inside = [{page.head["title"]: f"{page.slug}.md"} for page in pages if page.head["section"] == section]
        if len(inside) == 1:
            nav.append({name: f"{next(p.slug for p in pages if p.head['section'] == section)}.md"})
        elif inside:
            nav.append({name: inside})
    return nav
