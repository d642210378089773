"""Check links and pictures on pages before anything is built. In: `Content`; out: problems with lines.

A link in Markdown is relative to the page's file, one in raw HTML to the page's address, as in the builder.
"""

import functools
import posixpath
import re
import urllib.parse
from collections.abc import Iterator

from .. import places
from ..problem import Problem, did_you_mean
from ..reading import addresses
from ..rules.strays import ASSETS
from ..words import structure
from ..words.languages import Language
from ..words.outline import Page
from . import anchors, edition_pages, fact_files, interface, offers, staging
from .content import Content, page_path

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MAIL = re.compile(r"mailto:[^\s@?]+@[^\s@?]+\.[^\s@?]+")
_AFFIXES = re.compile(r"^(?:cite-)?(.*?)(?:-statement|-name|-title|-alt)?$")  # that templates add to the id of a record
_SCRIPTS = (f"{ASSETS}/low-tide.js", f"{ASSETS}/register.js")
_SINGLE = (fact_files.ALL, *interface.NAMES, "sitemap.xml", "404.html")
_CHART_FILES = ("csv", "vl.json", "metadata.json", "zip")
_TRANSLATED_FILES = ("csv", "svg", "png", "cite.bib", "cite.ris", "cite.json", "explore.json")


def check(content: Content) -> Iterator[Problem]:
    """Yield a problem for every link, picture or unclosed element that would be broken on the built page."""
    site = _Site(content)
    for language in content.languages:
        for page in content.pages[language.code]:
            found = structure.read(page.body)
            for line, fault in found.faults:
                yield Problem(page.path, page.first_line + line, fault)
            for link in found.links:
                if fault := site.fault(language, page, link):
                    yield Problem(page.path, page.first_line + link.line, f"link to {link.target!r}: {fault}")


def external_fault(target: str) -> str:
    """Return what is wrong with a target that has a scheme or a host, or an empty text."""
    if target.lower().startswith("mailto:"):
        return "" if _MAIL.fullmatch(target) else "is not a mail address"
    return addresses.fault(target)


class _Site:
    """The pages and files that the site will have, by path below its root."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.ids = functools.cache(functools.partial(anchors.of_page, content))
        self.slugs = {language.code: staging.slugs(content, language) for language in content.languages}
        self.pages = {
            f"{language.root}{page_path(slug)}": (language, slug)
            for language in content.languages
            for slug in self.slugs[language.code]
        }

    def fault(self, language: Language, page: Page, link: structure.Link) -> str:
        """Return what is wrong with a link of a page, or an empty text."""
        target = link.target.strip()
        if not target:
            return "has no target; write one"
        if target.startswith(structure.QUOTED):
            return ""
        if target.startswith("//") or _SCHEME.match(target):
            return external_fault(target)
        path, _, anchor = map(urllib.parse.unquote, target.partition("#"))
        path = path.partition("?")[0]
        if path.startswith("/"):
            return "starts at the host's root, which need not be the site's; make it relative to this page"
        found = self._of_address(language, page, path) if link.raw else self._of_file(language, page, path)
        if isinstance(found, str):
            return found
        known = self.ids(found[0].code, found[1]) if found and anchor else frozenset()
        if found and anchor and anchor not in known and _AFFIXES.sub(r"\1", anchor) not in known:
            return f"{found[1]} has no id {anchor!r}{did_you_mean(anchor, known)}"
        return ""

    def _of_file(self, language: Language, page: Page, path: str) -> tuple[Language, str] | str | None:
        """Resolve a path between files: to a page, to None for another file, or to what is wrong."""
        if not path:
            return language, page.slug
        target = posixpath.normpath(path)
        slug = target.removesuffix(".md")
        if slug != target and slug in self.slugs[language.code]:
            return language, slug
        if target.startswith(f"{ASSETS}/") and self._is_file(target):
            return None
        known = [f"{slug}.md" for slug in self.slugs[language.code]]
        return f"no such page or picture{did_you_mean(target, known)}"

    def _of_address(self, language: Language, page: Page, path: str) -> tuple[Language, str] | str | None:
        """Resolve a path between addresses: to a page, to None for another file, or to what is wrong."""
        here = f"{language.root}{page_path(page.slug)}"
        if not path:
            return language, page.slug
        target = posixpath.normpath(posixpath.join(here, path)).removesuffix("index.html").rstrip("/")
        folder = "" if target in ("", ".") else f"{target}/"
        if folder in self.pages:
            ended = path.endswith(("/", "index.html")) or posixpath.basename(path) in (".", "..")
            return self.pages[folder] if ended else "is a page; end it with /"
        if self._is_file(target):
            return None
        return f"the site has no such page or file{did_you_mean(folder, self.pages)}"

    def _is_file(self, target: str) -> bool:
        """Whether the site will have a file, or the frame of a chart, at a path below its root."""
        roots = [language.root for language in self.content.languages if target.startswith(language.root)]
        own = target.removeprefix(max(roots, key=len, default=""))  # relative to the root of a language's site
        top = target.partition("/")[0]
        if own.startswith(f"{ASSETS}/"):
            return own in _SCRIPTS or (self.content.project.docs / own).is_file()
        if own.startswith(f"{places.FRAMES}/"):
            return own.removeprefix(f"{places.FRAMES}/") in self.content.chart_slugs
        if top == places.EDITIONS:
            return target in self._edition_files
        return own == edition_pages.FEED or target in _SINGLE or target in self._files

    @functools.cached_property
    def _files(self) -> set[str]:
        """Paths of the files of facts and charts."""
        codes = [language.code for language in self.content.languages]
        ends = [*_CHART_FILES, *(f"{code}.{end}" for code in codes for end in _TRANSLATED_FILES)]
        charts = {f"{places.chart(slug)}.{end}" for slug in self.content.charts for end in ends}
        return {interface.INDEX, *charts, *(f"{places.fact(id_)}.json" for id_ in self.content.fact_ids)}

    @functools.cached_property
    def _edition_files(self) -> set[str]:
        """Paths of the files of all editions, made only if a page links to one."""
        latest = (name for language in self.content.languages for name in offers.citation_files(self.content, language))
        return {place for place, _ in edition_pages.files(self.content)} | {
            f"{places.edition()}/{name}" for name in latest
        }
