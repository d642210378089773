"""All that pages are made from, and the addresses on the site. In: what was read and checked; out: `Content`."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import TypeVar

from .. import places
from ..data.dataset import Dataset
from ..drawing import engine
from ..editions import store
from ..editions.store import Frozen
from ..paths import Project
from ..words import outline, quotes
from ..words.languages import Language

T = TypeVar("T")
DRAWN = dict[str, dict[str, engine.Chart]]
"""Every chart by language and slug."""


@dataclass(frozen=True, slots=True)
class Content:
    """All that pages are made from: records, languages, pages, charts, editions, and the site's address."""

    project: Project
    dataset: Dataset
    languages: list[Language]
    pages: dict[str, list[outline.Page]]
    charts: Mapping[str, ModuleType]
    captions: Mapping[str, Mapping[str, outline.Page]]
    """The words of each chart, by language and slug."""
    address: str = ""
    editions: tuple[Frozen, ...] = ()
    unreleased: bool = False
    """Whether something changed since the newest edition, whose version and date the package still has."""
    contact: str = ""
    """How readers reach the publisher: a mail address, or a form's address with `{id}` in it."""
    actors: Mapping[str, str] = field(default_factory=dict)
    """The name of each entity's colour, the same in every chart."""

    @property
    def version(self) -> str:
        """The version for programs (Semantic Versioning), with `+unreleased` if something changed since the newest edition."""
        return f"{self.dataset.package.descriptor['version']}{'+unreleased' * self.unreleased}"

    def shown_version(self, language: Language) -> str:
        """The version for readers, such as `v1.2.0`, or the words for a working copy."""
        version = self.dataset.package.descriptor["version"]
        return str(language.words["labels"]["working_copy"].format(version)) if self.unreleased else f"v{version}"

    @property
    def cited(self) -> str:
        """The address that a citation of the data set gives: the newest edition's persistent address, or its folder's."""
        if self.editions and self.editions[-1].identifier:
            return self.editions[-1].identifier
        return self.folder(self.editions[-1].tag if self.editions else places.LATEST)

    def folder(self, tag: str) -> str:
        """The address of an edition's folder; empty if the site has no address."""
        return f"{self.address}{places.edition(tag)}/" if self.address else ""

    @property
    def fact_ids(self) -> list[str]:
        """Ids of all facts that have a page, withdrawn ones too."""
        return [*self.dataset.facts, *(one.withdrawn_id for one in self.dataset.withdrawn("fact"))]

    @property
    def chart_slugs(self) -> list[str]:
        """Slugs of all charts that have a page, withdrawn ones too."""
        return [*self.charts, *(one.withdrawn_id for one in self.dataset.withdrawn("chart"))]

    def each(self, make: Callable[[Language], T]) -> dict[str, T]:
        """Return `make(language)` for each language, by code."""
        return {language.code: make(language) for language in self.languages}

    def home(self, language: Language) -> str:
        """The address of a language's site; empty if the site has no address."""
        return f"{self.address}{language.root}" if self.address else ""

    def at(self, language: Language, slug: str) -> str:
        """The address of a page in a language; relative to the language's root if the site has no address."""
        return f"{self.home(language)}{page_path(slug)}"

    def data_page(self, language: Language) -> str:
        """The slug of the page with the downloads, which describes the data set."""
        return self.place(language, "", "downloads").rstrip("/") or outline.HOME

    def title(self, language: Language, address: str) -> str:
        """The title of the page at an address within a language's site; empty if there is none."""
        return next((str(page.head["title"]) for page in self.pages[language.code] if page.address == address), "")

    def tag_of(self, fact_id: str) -> str:
        """The newest edition's tag if the fact is in it, else empty; citations of the fact use it."""
        newest = self.editions[-1] if self.editions else None
        return newest.tag if newest and fact_id in _ids(store.contents(self.project, newest)["data/facts.csv"]) else ""

    def context(self, language: Language, root: str = "", plain: bool = False) -> quotes.Context:
        """The context that fills quotes on a page of this language."""
        return quotes.Context(self.dataset, language, root, plain, places=outline.places(self.pages[language.code]))

    def place(self, language: Language, root: str, listed: str) -> str:
        """The relative path to the page that has a list; `root` is the one to the root of the language's site."""
        return root + outline.places(self.pages[language.code]).get(listed, "")


def page_path(slug: str) -> str:
    """The path of a page's folder below the root of its language's site."""
    return "" if slug == outline.HOME else f"{slug}/"


def site_root(language: Language, root: str) -> str:
    """The relative path to the root of the whole site, given the one to the language's root."""
    return root + ("../" if language.root else "")


@functools.lru_cache(maxsize=8)
def _ids(raw: bytes) -> frozenset[str]:
    """The ids in `facts.csv`: the first column, which needs no CSV parser since ids have no commas or quotation marks."""
    return frozenset(line.partition(b",")[0].decode() for line in raw.splitlines()[1:])
