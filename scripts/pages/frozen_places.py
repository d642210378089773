"""Where the pages of an edition lie, and the ways between them, which stay in the edition's folder. In: `Frozen`; out: paths.

`data/vX.Y.Z/` kept alone works from a disk: pages, their style and script, files, charts and both languages are in it, and
each link names a file. A language that has a root of its own on the site has its pages there too, as published addresses say.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .. import places
from ..editions import store
from ..words.languages import Language
from .content import Content

ASSETS = ("low-tide.css", "low-tide.js", "favicon.svg")
"""What pages of an edition ask for, of the site's assets; each edition's folder has them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page of an edition in a language: `home` is where all of them begin, `page` the way from there, both end in a slash."""

    language: Language
    tag: str
    home: str
    page: str = ""

    def of(self, page: str) -> "Place":
        """Where another page lies beside it."""
        return replace(self, page=page)

    @property
    def file(self) -> str:
        """The page's file, below the site's root."""
        return f"{self.home}{self.page}index.html"

    @property
    def address(self) -> str:
        """The address that the page is published under, below the site's root, wherever this copy of it lies."""
        return f"{self.language.root}{places.edition(self.tag)}/{self.page}"

    @property
    def folder(self) -> str:
        """The way to the edition's folder; it ends in a slash."""
        return f"{self.way('')}/"

    def way(self, name: str) -> str:
        """The way to a file of the edition's folder."""
        return posixpath.relpath(f"{places.edition(self.tag)}/{name}", posixpath.dirname(self.file))

    def twin(self, other: Language) -> str:
        """The way to the same page in another language, in the edition's folder."""
        return self.way(f"{other.root}{self.page}index.html")

    def link(self, kind: str, id_: str) -> str:
        """The way to what a page is tied to, where the edition has a place for it; nothing otherwise."""
        ways = {
            "fact": f"{self.home}{places.fact(id_)}/index.html",
            "chart": f"{places.edition(self.tag)}/{places.frame(id_)}.{self.language.code}.html",
            "json": f"{places.fact(id_, self.tag)}.json",
            "edition": f"{self.home}index.html" if id_ == self.tag else "",
        }
        return posixpath.relpath(ways[kind], posixpath.dirname(self.file)) if ways.get(kind) else ""


def homes(content: Content, edition: store.Frozen) -> Iterator[Place]:
    """Where the first page of an edition lies: in each language where it is published, then in its folder."""
    for language in content.languages:
        inside, own = f"{places.edition(edition.tag)}/{language.root}", f"{language.root}{places.edition(edition.tag)}/"
        yield from (Place(language, edition.tag, home) for home in dict.fromkeys((own, inside)))
