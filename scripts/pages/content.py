"""All that pages are made from, and where what it has lies. In: what was read and checked; out: `Content`."""

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

Told = TypeVar("Told")
DRAWN = dict[str, dict[str, engine.Chart]]
"""Every chart by language and slug."""


@dataclass(frozen=True, slots=True)
class Content:
    """All that the pages are made from: records, figures, languages, pages, charts, and where the site will live."""

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
    """Whether something was changed after the newest edition, whose version and date the package then bears."""
    contact: str = ""
    """How readers reach the publisher: a mail address, or that of a form with `{id}` in it."""
    actors: Mapping[str, str] = field(default_factory=dict)
    """The name of the colour that each entity keeps through the whole site."""

    @property
    def version(self) -> str:
        """The version for programs (Semantic Versioning): that of the newest edition, marked where something changed."""
        return f"{self.dataset.package.descriptor['version']}{'+unreleased' * self.unreleased}"

    def shown_version(self, language: Language) -> str:
        """The version for readers."""
        version = self.dataset.package.descriptor["version"]
        return str(language.words["labels"]["working_copy"].format(version)) if self.unreleased else f"v{version}"

    @property
    def cited(self) -> str:
        """What a citation of the data set leads to: the newest edition, by its persistent address if it has one."""
        if self.editions and self.editions[-1].identifier:
            return self.editions[-1].identifier
        return self.folder(self.editions[-1].tag if self.editions else places.LATEST)

    def folder(self, tag: str) -> str:
        """The address of an edition's folder, or nothing without an address."""
        return f"{self.address}{places.edition(tag)}/" if self.address else ""

    @property
    def fact_ids(self) -> list[str]:
        """The facts that have a page: those withdrawn too."""
        return [*self.dataset.facts, *(one.withdrawn_id for one in self.dataset.withdrawn("fact"))]

    @property
    def chart_slugs(self) -> list[str]:
        """The charts that have a page: those withdrawn too."""
        return [*self.charts, *(one.withdrawn_id for one in self.dataset.withdrawn("chart"))]

    def each(self, tell: Callable[[Language], Told]) -> dict[str, Told]:
        """What is told in each language, by its code."""
        return {language.code: tell(language) for language in self.languages}

    def home(self, language: Language) -> str:
        """The address of the site in a language, or nothing without an address."""
        return f"{self.address}{language.root}" if self.address else ""

    def at(self, language: Language, slug: str) -> str:
        """The address of a page in a language; where the site has none, from the root of the language's site."""
        return f"{self.home(language)}{way(slug)}"

    def data_page(self, language: Language) -> str:
        """The page that describes the data set, by its slug: the one that offers its files."""
        return self.place(language, "", "downloads").rstrip("/") or outline.HOME

    def title(self, language: Language, address: str) -> str:
        """What the page at an address of a language's site is called; nothing where none is there."""
        return next((str(page.head["title"]) for page in self.pages[language.code] if page.address == address), "")

    def tag_of(self, fact_id: str) -> str:
        """The newest edition, as addresses have it, if a fact is in it; citations of the fact lead there."""
        newest = self.editions[-1] if self.editions else None
        return newest.tag if newest and fact_id in _ids(store.contents(self.project, newest)["data/facts.csv"]) else ""

    def context(self, language: Language, root: str = "", plain: bool = False) -> quotes.Context:
        """What quotes on a page of this language are filled from."""
        return quotes.Context(self.dataset, language, root, plain, places=outline.places(self.pages[language.code]))

    def place(self, language: Language, root: str, listed: str) -> str:
        """The way to the page that a list stands on, from a page with this way to the root of its language's site."""
        return root + outline.places(self.pages[language.code]).get(listed, "")


def way(slug: str) -> str:
    """The way to a page from the root of its language's site."""
    return "" if slug == outline.HOME else f"{slug}/"


def site_root(language: Language, root: str) -> str:
    """The way from a page to the root of the whole site, past that of its language."""
    return root + ("../" if language.root else "")


@functools.lru_cache(maxsize=8)
def _ids(raw: bytes) -> frozenset[str]:
    """The ids in a table of facts; they are the first column and hold neither commas nor quotation marks."""
    return frozenset(line.partition(b",")[0].decode() for line in raw.splitlines()[1:])
