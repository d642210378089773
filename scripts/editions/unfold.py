"""The files of an edition in data/vX.Y.Z and data/latest. In: project, package; out: files, addresses."""

import functools
from collections.abc import Mapping

from .. import places
from ..data.package import Package
from ..paths import Project
from ..reading import archives, documents
from ..words.lists import Term
from . import described, formats, sealed, store
from .store import Frozen

SERVED = "http://127.0.0.1:8000/"  # where `make serve` serves
WHOLE = {"package": "facts.zip", "workbook": "facts.xlsx", "database": "facts.sqlite", "parquet": "parquet.zip"}
"""The names in `data/latest/` of files with all tables. They have no version, so that scripts which download them still work
after the next edition, and tools that take a dot in a name for an extension are not misled."""


def files(project: Project, package: Package, edition: Frozen | None, words: tuple[Term, ...] = ()) -> dict[str, bytes]:
    """The files of an edition by name: its own, other formats, its zip, its charts.

    Without an edition, those of the current package.
    """
    if edition is None:
        packed = store.file_name(package)
        held = store.inside(project, package) | {packed: store.pack(project, package)}
        return held | derived(held, words)
    held = published(project, edition)
    return held if edition.formats else held | derived(held, words)


def published(project: Project, edition: Frozen) -> dict[str, bytes]:
    """The files of an edition that never change: its zips, their contents, and the formats stored by its release.

    Their checksums are in `editions.json`.
    """
    zips = [edition.file] + ([edition.charts["file"]] if edition.charts else [])
    own = {name: (store.folder(project) / name).read_bytes() for name in zips}
    own |= store.contents(project, edition) | store.chart_files(project, edition)
    return {**own, **store.format_files(project, edition)}


def derived(own: Mapping[str, bytes], words: tuple[Term, ...]) -> dict[str, bytes]:
    """Generate the other formats from the files of an edition, and the descriptions of all of them."""
    return dict(_derived(tuple(own.items()), words))


@functools.lru_cache(maxsize=8)
def _derived(own: tuple[tuple[str, bytes], ...], words: tuple[Term, ...]) -> Mapping[str, bytes]:
    others = formats.files(dict(own), words)
    return others | described.files(dict(own) | others)


def latest(files: Mapping[str, bytes], home: str = "", identifier: str = "") -> dict[str, bytes]:
    """The same files under the names of `data/latest/`, without the charts, whose current ones have their own addresses.

    `home` is the site's address, `identifier` that of the newest edition. Both are added to descriptor, CITATION.cff and
    the descriptions for machines; the frozen files, which may be older, lack them.
    """
    return dict(_latest(tuple(files.items()), home, identifier))


@functools.lru_cache(maxsize=4)  # asked for by several lists and each language
def _latest(own: tuple[tuple[str, bytes], ...], home: str, identifier: str) -> Mapping[str, bytes]:
    files = dict(own)
    edition = formats.tables.read(files)
    stem = sealed.stem(edition.descriptor)
    names = {f"{stem}{ending}": f"facts{ending}" for ending in (".zip", ".xlsx", ".sqlite")}
    kept = {
        names.get(name, name): raw
        for name, raw in files.items()
        if not name.startswith((f"{places.CHARTS}/", f"{places.FRAMES}/")) and name != f"{stem}-charts.zip"
    }
    tables = ((name, raw) for name, raw in files.items() if name.startswith("parquet/"))
    kept |= {WHOLE["parquet"]: archives.zipped(tables, edition.moment)}
    if home:
        about = {"homepage": home, "id": identifier}
        first = {key: edition.descriptor[key] for key in ("$schema", "name") if key in edition.descriptor}
        kept["datapackage.json"] = documents.json_text(first | about | edition.descriptor, 2).encode()
        if "CITATION.cff" in kept:
            kept["CITATION.cff"] += f"url: {identifier}\nrepository: {home}{places.edition()}/\n".encode()
    return kept | described.files(kept, f"{home}{places.edition()}/" if home else "", identifier)


def address(site: str, name: str = "") -> str:
    """The address of the folder, or of one of its files; without a site address, that of the local server."""
    return f"{site or SERVED}{places.edition()}/{name}"
