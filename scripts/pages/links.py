"""Links and pictures on pages lead somewhere, held before anything is built. In: `Content`; out: problems with their lines.

A link in Markdown starts from the page's file, one in raw HTML from the page's address, as the builder has it.
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
from .content import Content, way

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MAIL = re.compile(r"mailto:[^\s@?]+@[^\s@?]+\.[^\s@?]+")
_OWN = re.compile(r"^(?:cite-)?(.*?)(?:-statement|-name|-title|-alt)?$")  # what templates put around the id of a record
_SCRIPTS = (f"{ASSETS}/low-tide.js", f"{ASSETS}/register.js")
_SINGLE = (fact_files.ALL, *interface.NAMES, "sitemap.xml", "404.html")
_CHART_FILES = ("csv", "vl.json", "metadata.json", "zip")
_TRANSLATED_FILES = ("csv", "svg", "png", "cite.bib", "cite.ris", "cite.json", "explore.json")


def check(content: Content) -> Iterator[Problem]:
    """Yield every link, picture and open element of a page that would be broken once it is built."""
    site = _Site(content)
    for language in content.languages:
        for page in content.pages[language.code]:
            found = structure.read(page.body)
            for line, fault in found.faults:
                yield Problem(page.path, page.first_line + line, fault)
            for link in found.links:
                if fault := site.fault(language, page, link):
                    yield Problem(page.path, page.first_line + link.line, f"link to {link.target!r}: {fault}")


def outside(target: str) -> str:
    """What is wrong with a target that names a scheme or a host; empty where nothing is."""
    if target.lower().startswith("mailto:"):
        return "" if _MAIL.fullmatch(target) else "is not an address for mail"
    return addresses.fault(target)


class _Site:
    """What the site will have: pages and files by their way from its root."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.ids = functools.cache(functools.partial(anchors.of_page, content))
        self.slugs = {language.code: staging.slugs(content, language) for language in content.languages}
        self.pages = {
            f"{language.root}{way(slug)}": (language, slug)
            for language in content.languages
            for slug in self.slugs[language.code]
        }

    def fault(self, language: Language, page: Page, link: structure.Link) -> str:
        """What is wrong with a link of a page."""
        target = link.target.strip()
        if not target:
            return "leads nowhere; write where to"
        if target.startswith(structure.QUOTED):
            return ""
        if target.startswith("//") or _SCHEME.match(target):
            return outside(target)
        path, _, anchor = map(urllib.parse.unquote, target.partition("#"))
        path = path.partition("?")[0]
        if path.startswith("/"):
            return "starts at the root of a host, which need not be that of the site; write it from this page on"
        there = self._of_address(language, page, path) if link.raw else self._of_file(language, page, path)
        if isinstance(there, str):
            return there
        known = self.ids(there[0].code, there[1]) if there and anchor else frozenset()
        if there and anchor and anchor not in known and _OWN.sub(r"\1", anchor) not in known:
            return f"{there[1]} has no id {anchor!r}{did_you_mean(anchor, known)}"
        return ""

    def _of_file(self, language: Language, page: Page, path: str) -> tuple[Language, str] | str | None:
        """The page that a way between files leads to, nothing for another file, or what is wrong."""
        if not path:
            return language, page.slug
        target = posixpath.normpath(path)
        slug = target.removesuffix(".md")
        if slug != target and slug in self.slugs[language.code]:
            return language, slug
        if target.startswith(f"{ASSETS}/") and self._is_file(target):
            return None
        known = [f"{slug}.md" for slug in self.slugs[language.code]]
        return f"there is no such page or picture{did_you_mean(target, known)}"

    def _of_address(self, language: Language, page: Page, path: str) -> tuple[Language, str] | str | None:
        """The page that a way between addresses leads to, nothing for another file, or what is wrong."""
        here = f"{language.root}{way(page.slug)}"
        if not path:
            return language, page.slug
        target = posixpath.normpath(posixpath.join(here, path)).removesuffix("index.html").rstrip("/")
        folder = "" if target in ("", ".") else f"{target}/"
        if folder in self.pages:
            whole = path.endswith(("/", "index.html")) or posixpath.basename(path) in (".", "..")
            return self.pages[folder] if whole else "leads to a page; end it with /"
        if self._is_file(target):
            return None
        return f"the site has nothing there{did_you_mean(folder, self.pages)}"

    def _is_file(self, target: str) -> bool:
        """Whether the site will have a file, or the frame of a chart, by its way from the site's root."""
        roots = [language.root for language in self.content.languages if target.startswith(language.root)]
        own = target.removeprefix(max(roots, key=len, default=""))  # the way from the root of a language's site
        room = target.partition("/")[0]
        if own.startswith(f"{ASSETS}/"):
            return own in _SCRIPTS or (self.content.project.docs / own).is_file()
        if own.startswith(f"{places.FRAMES}/"):
            return own.removeprefix(f"{places.FRAMES}/") in self.content.chart_slugs
        if room == places.EDITIONS:
            return target in self._published
        return own == edition_pages.FEED or target in _SINGLE or target in self._files

    @functools.cached_property
    def _files(self) -> set[str]:
        """The files of facts and charts."""
        codes = [language.code for language in self.content.languages]
        ends = [*_CHART_FILES, *(f"{code}.{end}" for code in codes for end in _TRANSLATED_FILES)]
        charts = {f"{places.chart(slug)}.{end}" for slug in self.content.charts for end in ends}
        return {interface.INDEX, *charts, *(f"{places.fact(id_)}.json" for id_ in self.content.fact_ids)}

    @functools.cached_property
    def _published(self) -> set[str]:
        """The files of all editions, made only where a page links to one."""
        latest = (name for language in self.content.languages for name in offers.cited(self.content, language))
        return {place for place, _ in edition_pages.files(self.content)} | {
            f"{places.edition()}/{name}" for name in latest
        }
