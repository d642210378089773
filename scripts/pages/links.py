"""Links and pictures on pages lead somewhere, held before anything is built. In: `Content`; out: problems with their lines.

A link in Markdown starts from the page's file, one in raw HTML from the page's address, as the builder has it. Which ids
lists and charts will have is worked out from the records that they show, which `tests/pages/test_links.py` holds to
what the templates write.
"""

import functools
import posixpath
import re
import urllib.parse
from collections.abc import Callable, Iterator, Mapping

from .. import places
from ..data import verdicts
from ..problem import Problem, did_you_mean
from ..reading import addresses
from ..rules.strays import ASSETS
from ..words import citations, outline, quotes, structure
from ..words.languages import Language
from ..words.outline import Page
from . import blocks, edition_pages, fact_pages, facts, interface, staging
from .content import Content

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MAIL = re.compile(r"mailto:[^\s@?]+@[^\s@?]+\.[^\s@?]+")
_OWN = re.compile(r"^(?:cite-)?(.*?)(?:-statement|-name|-title|-alt)?$")  # what templates put around the id of a record
_PARTS = {
    places.CHARTS: {"download", "cite", "rests-on", "embed", "withdrawn"},
    places.EDITIONS: {"edition", "download", "facts", "charts", "cite", "changes", "dictionary"},
    places.FACTS: {
        "fact",
        "take-sentence",
        "take-frozen",
        "take-moving",
        *(anchor for anchor, _ in facts.PARTS),
    },
}
"""The headings of pages that nobody writes."""
_SCRIPTS = (f"{ASSETS}/low-tide.js", f"{ASSETS}/register.js")
_SINGLE = (fact_pages.ALL, *interface.NAMES, "sitemap.xml", "404.html")
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
        self._ids: dict[tuple[str, str], frozenset[str]] = {}
        told = content.dataset
        self.facts = {places.fact(id_) for id_ in (*told.facts, *_withdrawn(content, "fact"))}
        self.slugs = {language.code: _slugs(content, language) for language in content.languages}
        self.pages = {
            f"{language.root}{'' if slug == outline.HOME else f'{slug}/'}": (language, slug)
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
        here = f"{language.root}{'' if page.slug == outline.HOME else f'{page.slug}/'}"
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
            return own.removeprefix(f"{places.FRAMES}/") in (
                *self.content.charts,
                *_withdrawn(self.content, "chart"),
            )
        if room == places.EDITIONS:
            return target in self._published
        return own == edition_pages.FEED or target in _SINGLE or target in self._files

    @functools.cached_property
    def _files(self) -> set[str]:
        """The files of facts and charts."""
        single = {
            f"{places.fact(id_)}.json" for id_ in (*self.content.dataset.facts, *_withdrawn(self.content, "fact"))
        }
        ends = [
            *_CHART_FILES,
            *(f"{language.code}.{end}" for language in self.content.languages for end in _TRANSLATED_FILES),
        ]
        return (
            {interface.INDEX} | single | {f"{places.chart(slug)}.{end}" for slug in self.content.charts for end in ends}
        )

    @functools.cached_property
    def _published(self) -> set[str]:
        """The files of all editions, made only where a page links to one."""
        latest = (name for language in self.content.languages for name in blocks.citation_files(self.content, language))
        return {place for place, _ in edition_pages.files(self.content)} | {
            f"{places.edition()}/{name}" for name in latest
        }

    def ids(self, code: str, slug: str) -> frozenset[str]:
        """The ids that a page will have."""
        if (code, slug) not in self._ids:
            self._ids[code, slug] = self._worked_out(code, slug)
        return self._ids[code, slug]

    def _worked_out(self, code: str, slug: str) -> frozenset[str]:
        folder, _, name = slug.partition("/")
        if slug in self.facts:
            return frozenset(_PARTS[folder])
        if name and folder != places.FACTS:
            tables = {
                f"{part}-{table}".replace("_", "-")
                for part in ("table", "changes")
                for table in self.content.dataset.package.tables
            }
            return frozenset(
                _PARTS[folder] | ({name, f"chart-{name}", f"embed-{name}"} if folder == places.CHARTS else tables)
            )
        page = next(page for page in self.content.pages[code] if page.slug == folder)
        lists = [_LISTS[one](self.content) for one in quotes.ids(page.body, "list") if one in _LISTS]
        drawn = {f"chart-{slug} {slug}-title {slug}-alt" for slug in quotes.ids(page.body, "chart")}
        return structure.read(page.body).ids.union(*lists, *(ids.split() for ids in drawn))


def _slugs(content: Content, language: Language) -> list[str]:
    """The pages of a language, with those that nobody writes."""
    written = [*content.pages[language.code], *staging.further(content, language)]
    charts = [places.chart(slug) for slug in (*content.charts, *_withdrawn(content, "chart"))]
    return [
        *(page.slug for page in written),
        *charts,
        *(places.fact(id_) for id_ in (*content.dataset.facts, *_withdrawn(content, "fact"))),
        *(places.edition(one.tag) for one in content.editions),
    ]


def _withdrawn(content: Content, kind: str) -> list[str]:
    return [one.withdrawn_id for one in content.dataset.withdrawn(kind)]


def _marked(mark: str, ids: Mapping[str, object] | list[str]) -> set[str]:
    return {f"{mark}-{id_}".replace("_", "-") for id_ in ids}


def _cited(name: str) -> Callable[[Content], set[str]]:
    return lambda content: _forms(name)


def _forms(name: str) -> set[str]:
    return {name, *(f"{name}-{form}" for form in citations.FORMS)}


def _reports(content: Content) -> set[str]:
    """The citation of each report, under a heading where there are several."""
    first, *others = (one.source_id for one in content.dataset.reports)
    headed = {f"of-{id_}" for id_ in (first, *others) if others}
    return headed.union(_forms("report"), *(_forms(f"report-{id_}") for id_ in others))


_LISTS: Mapping[str, Callable[[Content], set[str]]] = {
    "caveats": lambda content: _marked("caveat", content.dataset.caveats),
    "charts": lambda content: {f"of-{id_ or slugs[0]}" for (_, id_, _), slugs in outline.shown(content.pages[content.languages[0].code]).items()},
    "checked": lambda content: {*content.dataset.facts, *(f"{mark}-{one}" for mark in ("show", "verdict") for one in ("all", *verdicts.ORDER))},
    "citations": _cited("cite"),
    "comparisons": lambda content: _marked("comparison", content.languages[0].words["comparisons"]),
    "contact": lambda content: {"contact"},
    "corrections": lambda content: {*content.dataset.corrections, *_marked("withdrawn", list(content.dataset.withdrawals))},
    "dictionary": lambda content: _marked("table", content.dataset.package.tables),
    "editions": lambda content: {edition.tag for edition in content.editions},
    "entities": lambda content: {id_ for one in content.dataset.entities.values() for id_ in (one.entity_id, one.kind.replace("_", "-"))},
    "events": lambda content: {*content.dataset.events, *(f"year-{event.date.first.year}" for event in content.dataset.events.values() if event.date)},
    "evidence": lambda content: {*content.dataset.evidence, *(f"evidence-of-{one.entity_id}" for one in content.dataset.evidence.values())},
    "explainer": _cited("explainer"),
    "facts": lambda content: {*content.dataset.facts, *_withdrawn(content, "fact")},
    "figures": lambda content: _marked("figure", content.dataset.figures),
    "glossary": lambda content: set(content.dataset.glossary),
    "kinds": lambda content: {f"kind-{kind}" for kind in content.languages[0].words["kinds"]},
    "metrics": lambda content: _marked("metric", content.dataset.metrics),
    "qualifiers": lambda content: _marked("qualifier", content.languages[0].words["qualifiers"]),
    "report": _reports,
    "sources": lambda content: _marked("source", content.dataset.sources),
    "speakers": lambda content: _marked("speaker", content.dataset.speakers),
    "verdicts": lambda content: _marked("verdict", list(verdicts.ORDER)),
}  # fmt: skip
"""The ids that each list brings to its page."""
