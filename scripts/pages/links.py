"""Check links and pictures on pages before anything is built. In: `Content`; out: problems with lines.

A link in Markdown is relative to the page's file, one in raw HTML to the page's address, as in the builder. The ids of each
page are predicted from the records that its lists and charts show; `tests/pages/test_links.py` compares them with what the
templates write.
"""

import functools
import posixpath
import re
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Mapping

from .. import places
from ..data import verdicts
from ..problem import Problem, did_you_mean
from ..reading import addresses
from ..rules.strays import ASSETS
from ..words import citations, outline, quotes, structure
from ..words.languages import Language
from . import edition_pages, fact_files, facts, interface, offers, staging
from .content import Content, page_path

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MAIL = re.compile(r"mailto:[^\s@?]+@[^\s@?]+\.[^\s@?]+")
_AFFIXES = re.compile(r"^(?:cite-)?(.*?)(?:-statement|-name|-title|-alt)?$")  # that templates add to the id of a record
_SCRIPTS = (f"{ASSETS}/low-tide.js", f"{ASSETS}/register.js")
_SINGLE = (fact_files.ALL, *interface.NAMES, "sitemap.xml", "404.html")
_CHART_FILES = ("csv", "vl.json", "metadata.json", "zip")
_TRANSLATED_FILES = ("csv", "svg", "png", "cite.bib", "cite.ris", "cite.json", "explore.json")
_PARTS = {
    places.CHARTS: {"download", "cite", "rests-on", "embed", "withdrawn"},
    places.EDITIONS: {"edition", "download", "facts", "charts", "cite", "changes", "dictionary"},
    places.FACTS: {"fact", "take-sentence", "take-frozen", "take-moving", *(anchor for anchor, _ in facts.PARTS)},
}
"""Heading ids of generated pages, by folder."""


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
        self.ids = functools.cache(functools.partial(ids, content))
        self.slugs = {language.code: staging.slugs(content, language) for language in content.languages}
        self.pages = {
            f"{language.root}{page_path(slug)}": (language, slug)
            for language in content.languages
            for slug in self.slugs[language.code]
        }

    def fault(self, language: Language, page: outline.Page, link: structure.Link) -> str:
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

    def _of_file(self, language: Language, page: outline.Page, path: str) -> tuple[Language, str] | str | None:
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

    def _of_address(self, language: Language, page: outline.Page, path: str) -> tuple[Language, str] | str | None:
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


def ids(content: Content, code: str, slug: str) -> frozenset[str]:
    """Return the ids that a page will have in a language."""
    folder, _, name = slug.partition("/")
    if folder == places.FACTS and (name in content.dataset.facts or name in content.dataset.withdrawals):
        return frozenset(_PARTS[folder])
    if name and folder == places.CHARTS:
        return frozenset({*_PARTS[folder], name, f"chart-{name}", f"embed-{name}"})
    if name and folder != places.FACTS:
        return frozenset(_PARTS[folder]).union(
            *(_prefixed(part, content.dataset.package.tables) for part in ("table", "changes"))
        )
    page = next(page for page in content.pages[code] if page.slug == folder)
    lists = [_LISTS[one](content) for one in quotes.ids(page.body, "list") if one in _LISTS]
    drawn = [(f"chart-{slug}", f"{slug}-title", f"{slug}-alt") for slug in quotes.ids(page.body, "chart")]
    return structure.read(page.body).ids.union(*lists, *drawn)


def _prefixed(prefix: str, ids: Iterable[str]) -> set[str]:
    return {f"{prefix}-{id_}".replace("_", "-") for id_ in ids}


def _forms(name: str) -> set[str]:
    return {name, *(f"{name}-{form}" for form in citations.FORMS)}


def _reports(content: Content) -> set[str]:
    """Ids of each report's citation, and of its heading if there are several reports."""
    first, *others = (one.source_id for one in content.dataset.reports)
    headed = {f"of-{id_}" for id_ in (first, *others) if others}
    return headed.union(_forms("report"), *(_forms(f"report-{id_}") for id_ in others))


_LISTS: Mapping[str, Callable[[Content], set[str]]] = {
    "caveats": lambda content: _prefixed("caveat", content.dataset.caveats),
    "charts": lambda content: {f"of-{id_ or slugs[0]}" for (_, id_, _), slugs in outline.shown(content.pages[content.languages[0].code]).items()},
    "checked": lambda content: {*content.dataset.facts, *(f"{mark}-{one}" for mark in ("show", "verdict") for one in ("all", *verdicts.ORDER))},
    "citations": lambda content: _forms("cite"),
    "comparisons": lambda content: _prefixed("comparison", content.languages[0].words["comparisons"]),
    "contact": lambda content: {"contact"},
    "corrections": lambda content: {*content.dataset.corrections, *_prefixed("withdrawn", content.dataset.withdrawals)},
    "dictionary": lambda content: _prefixed("table", content.dataset.package.tables),
    "editions": lambda content: {edition.tag for edition in content.editions},
    "entities": lambda content: {id_ for one in content.dataset.entities.values() for id_ in (one.entity_id, one.kind.replace("_", "-"))},
    "events": lambda content: {*content.dataset.events, *(f"year-{event.date.first.year}" for event in content.dataset.events.values() if event.date)},
    "evidence": lambda content: {*content.dataset.evidence, *(f"evidence-of-{one.entity_id}" for one in content.dataset.evidence.values())},
    "explainer": lambda content: _forms("explainer"),
    "facts": lambda content: set(content.fact_ids),
    "figures": lambda content: _prefixed("figure", content.dataset.figures),
    "glossary": lambda content: set(content.dataset.glossary),
    "kinds": lambda content: {f"kind-{kind}" for kind in content.languages[0].words["kinds"]},
    "metrics": lambda content: _prefixed("metric", content.dataset.metrics),
    "qualifiers": lambda content: _prefixed("qualifier", content.languages[0].words["qualifiers"]),
    "report": _reports,
    "sources": lambda content: _prefixed("source", content.dataset.sources),
    "speakers": lambda content: _prefixed("speaker", content.dataset.speakers),
    "verdicts": lambda content: _prefixed("verdict", verdicts.ORDER),
}  # fmt: skip
"""The ids that each list adds to its page."""
