"""The files of an edition, as they lie in data/latest and in data/vX.Y.Z. In: project, package; out: files, addresses."""

import functools
from collections.abc import Mapping

from ..data.package import Package
from ..paths import Project
from ..reading import archives
from . import formats, store
from .store import Frozen

FOLDER = "data/latest/"
SERVED = "http://127.0.0.1:8000/"  # where `make serve` serves
WHOLE = {"package": ".zip", "workbook": ".xlsx", "database": ".sqlite"}
"""The ends of the files that hold all tables, by what they are."""


def files(project: Project, package: Package, edition: Frozen | None) -> dict[str, bytes]:
    """Its files by name: its own, the same in other formats, its zip, its charts, and checksums
    of these, which never change; the other formats may by a byte where the libraries that write them do.

    Without an edition those of the package as it stands.
    """
    if edition is None:
        return dict(_unfolded(store.file_name(package), store.pack(project, package), "", b""))
    home, charts = store.folder(project), edition.charts["file"] if edition.charts else ""
    drawn = (home / charts).read_bytes() if charts else b""
    return dict(_unfolded(edition.file, (home / edition.file).read_bytes(), charts, drawn))


@functools.lru_cache(maxsize=32)
def _unfolded(name: str, raw: bytes, charts: str, drawn: bytes) -> Mapping[str, bytes]:
    own = archives.unzipped(raw)
    beside = {charts: drawn} | archives.unzipped(drawn) if charts else {}
    frozen = own | {name: raw} | beside
    return frozen | formats.files(own) | {formats.SUMS: formats.sums(frozen)}


def address(site: str, name: str = "") -> str:
    """The address of the folder, or of one of its files; a site without one is at home where it is served."""
    return f"{site or SERVED}{FOLDER}{name}"
