"""Paths of an edition's pages, and relative links between them, which stay in the edition's folder. In: `Frozen`; out: paths.

A copy of `data/vX.Y.Z/` works on its own from a disk: it has pages, style sheet, script, files, charts and all languages, and
each link names a file. A language other than the first also has its pages below its own root, where published addresses lead.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .. import places
from ..editions import store
from ..words.languages import Language
from .content import Content

ASSETS = ("low-tide.css", "low-tide.js", "favicon.svg")
"""The site's assets that pages of an edition use; each edition's folder has a copy."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page of an edition in a language: `home` is the folder of that language's pages, `page` the path below it; both end in a slash."""

    language: Language
    tag: str
    home: str
    page: str = ""

    def of(self, page: str) -> "Place":
        """The place of another page with the same home."""
        return replace(self, page=page)

    @property
    def file(self) -> str:
        """The page's file, below the site's root."""
        return f"{self.home}{self.page}index.html"

    @property
    def address(self) -> str:
        """The page's published address below the site's root, the same for both copies."""
        return f"{self.language.root}{places.edition(self.tag)}/{self.page}"

    @property
    def folder(self) -> str:
        """The relative path to the edition's folder, with a final slash."""
        return f"{self.relative('')}/"

    def relative(self, name: str) -> str:
        """The relative path to a file in the edition's folder."""
        return posixpath.relpath(f"{places.edition(self.tag)}/{name}", posixpath.dirname(self.file))

    def twin(self, other: Language) -> str:
        """The relative path to the same page in another language, within the edition's folder."""
        return self.relative(f"{other.root}{self.page}index.html")

    def link(self, kind: str, id_: str) -> str:
        """The relative link to a fact, chart, JSON file or edition; empty if this edition has no page for it."""
        targets = {
            "fact": f"{self.home}{places.fact(id_)}/index.html",
            "chart": f"{places.edition(self.tag)}/{places.frame(id_)}.{self.language.code}.html",
            "json": f"{places.fact(id_, self.tag)}.json",
            "edition": f"{self.home}index.html" if id_ == self.tag else "",
        }
        return posixpath.relpath(targets[kind], posixpath.dirname(self.file)) if targets.get(kind) else ""


def homes(content: Content, edition: store.Frozen) -> Iterator[Place]:
    """Yield the places of an edition's first page: for each language its published one, then the one in the edition's folder."""
    for language in content.languages:
        inside, own = f"{places.edition(edition.tag)}/{language.root}", f"{language.root}{places.edition(edition.tag)}/"
        yield from (Place(language, edition.tag, home) for home in dict.fromkeys((own, inside)))
