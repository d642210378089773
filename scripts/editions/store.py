"""Editions: pack the data package, freeze it permanently, read it back. In: a project's files; out: bytes, `Frozen`.

A frozen edition is a zip in `datapackage/editions`, a second one with its charts, a third one with its other formats, and a
row in `editions.json` with their checksums. The row is written last, so that an edition exists completely or not at all.
The bytes of a workbook, a database or a Parquet file depend on the version of the library that writes it, and `data/vX.Y.Z`
must never change: so the formats are made once, by the release, and every build unpacks them.
"""

import dataclasses
import datetime
import functools
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import paths
from ..data.dataset import Dataset
from ..data.package import Package
from ..paths import Project
from ..problem import Problem, Problems
from ..reading import archives, documents, files
from . import ledger, sealed

LIST, folder = ledger.LIST, ledger.folder


@dataclass(frozen=True, slots=True)
class Frozen:
    """A row of `editions.json`: what was frozen, its creation time, and the zips that hold its files."""

    version: str
    created: str
    """ISO 8601 date and time, from its descriptor."""
    file: str
    sha256: str
    bytes: int
    counts: dict[str, int]
    """Rows by table."""
    charts: dict[str, Any] | None
    """The zip of its charts: file, sha256, bytes, number of charts; None if it has no charts."""
    formats: dict[str, Any] | None
    """The zip of its other formats and their descriptions: file, sha256, bytes; None if each build makes them."""
    doi: str | None

    @property
    def date(self) -> str:
        """The day of `created`."""
        return self.created[:10]

    @property
    def identifier(self) -> str:
        """Its persistent address: that of its DOI, or its w3id address; empty without either."""
        return f"https://doi.org/{self.doi}" if self.doi and self.doi.startswith("10.") else self.doi or ""

    @property
    def tag(self) -> str:
        """The version as in addresses."""
        return f"v{self.version}"


def file_name(package: Package, kind: str = "") -> str:
    """The name of the packed data package, or of its zip of charts or formats."""
    return f"{'-'.join(filter(None, (sealed.stem(package.descriptor), kind)))}.zip"


def inside(project: Project, package: Package) -> dict[str, bytes]:
    """Every file of the package by name: descriptor (with size and checksum of each table), texts, tables, schemas."""
    home = project.descriptor.parent
    names = [name for r in package.descriptor["resources"] for name in (r["path"], r["schema"])]
    rooms = dict.fromkeys(sealed.TEXTS, home) | {"CITATION.cff": project.root}
    try:
        texts = {name: paths.inside(room, name) for name, room in rooms.items()}
    except ValueError as error:
        raise Problems([Problem(package.path, 1, f"{error}; an edition holds files of the project only")]) from None
    there = {name: files.read_bytes(text, project.name(text)) for name, text in texts.items() if text.exists()}
    tables = {name: (home / name).read_bytes() for name in names}
    described = [
        {**r, "bytes": len(tables[r["path"]]), "hash": f"sha256:{sha256(tables[r['path']])}"}
        for r in package.descriptor["resources"]
    ]
    descriptor = documents.json_text({**package.descriptor, "resources": described}, 2)
    return {"datapackage.json": descriptor.encode(), **there, **tables}


def moment(package: Package) -> datetime.datetime:
    """When the package was created, by its descriptor; a build uses no other clock."""
    return datetime.datetime.fromisoformat(package.descriptor["created"])


def pack(project: Project, package: Package) -> bytes:
    """The package as a zip."""
    return archives.zipped(inside(project, package).items(), moment(package))


def packed(package: Package, held: Mapping[str, Mapping[str, bytes]]) -> dict[str, bytes]:
    """The zips of an edition by name, from their files by kind; no zip for a kind without files."""
    some = ((kind, files) for kind, files in held.items() if files)
    return {file_name(package, kind): archives.zipped(files.items(), moment(package)) for kind, files in some}


def sha256(data: bytes) -> str:
    """The SHA-256 checksum in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read(project: Project) -> tuple[list[Frozen], list[Problem]]:
    """Every frozen edition, the oldest first, and the problems of the list, its files and its history."""
    rows, problems = ledger.read(project)
    return [Frozen(**row) for row in rows], problems


def check(dataset: Dataset, frozen: Iterable[Frozen]) -> Iterator[Problem]:
    """Yield each correction and withdrawal whose version is neither frozen nor current, if any edition is frozen."""
    versions = [edition.version for edition in frozen]
    known = dict.fromkeys([*versions, str(dataset.package.descriptor["version"])])
    dated = [("corrections", "fixed_in", one.fixed_in, one.line) for one in dataset.corrections.values()]
    dated += [("withdrawals", "withdrawn_in", one.withdrawn_in, one.line) for one in dataset.withdrawals.values()]
    for table, column, version, line in dated if versions else ():
        if version not in known:
            fault = f"{column}: there is no edition {version}; there are {', '.join(known)}"
            yield Problem(dataset.package.tables[table].path, line, fault)


def contents(project: Project, edition: Frozen) -> dict[str, bytes]:
    """The files of a frozen edition by name."""
    return dict(_contents(folder(project) / edition.file, edition.sha256))


def chart_files(project: Project, edition: Frozen) -> dict[str, bytes]:
    """The files of an edition's charts by name; empty if it has no charts."""
    return _part(project, edition.charts)


def format_files(project: Project, edition: Frozen) -> dict[str, bytes]:
    """The files of an edition's other formats by name; empty if each build makes them."""
    return _part(project, edition.formats)


def _part(project: Project, held: Mapping[str, Any] | None) -> dict[str, bytes]:
    return dict(_contents(folder(project) / held["file"], held["sha256"])) if held else {}


@functools.lru_cache(maxsize=64)
def _contents(path: Path, checksum: str) -> Mapping[str, bytes]:
    raw = path.read_bytes()
    if sha256(raw) != checksum:
        raise ValueError(f"{path.name} is not what was frozen")
    return archives.unzipped(raw)


def freeze(
    project: Project,
    package: Package,
    counts: Mapping[str, int],
    further: Mapping[str, Mapping[str, bytes]],
    before: Iterable[Frozen] = (),
) -> Frozen:
    """Write the current package as an edition after `before`, with the files of its charts and formats in `further`.

    If interrupted, the list is the old or the new one. Raises `Problems`, and writes nothing, if a file of its name exists.
    """
    home, zips = folder(project), packed(package, {"": inside(project, package), **further})
    held: dict[str, dict[str, Any]] = {
        kind: {"file": name, "sha256": sha256(zips[name]), "bytes": len(zips[name])}
        for kind in ("", "charts", "formats")
        if (name := file_name(package, kind)) in zips
    }
    if drawn := held.get("charts"):
        drawn["count"] = sealed.charted(further["charts"])
    version, created = package.descriptor["version"], package.descriptor["created"]
    edition = Frozen(
        version, created, **held[""], counts=dict(counts), charts=drawn, formats=held.get("formats"), doi=None
    )
    wanted = {paths.inside(home, paths.plain(name)): made for name, made in zips.items()}
    if there := [path for path in wanted if path.exists()]:
        raise Problems(Problem(project.name(path), 1, "already exists and is never overwritten") for path in there)
    home.mkdir(exist_ok=True)
    for path, made in wanted.items():
        _write(path, made)
    rows = [dataclasses.asdict(one) for one in [*before, edition]]
    _write(home / LIST, documents.json_text({"editions": rows}, 2).encode())
    return edition


def _write(path: Path, raw: bytes) -> None:
    """Write a file atomically: under a temporary name, then renamed."""
    half = path.with_name(f".{path.name}.part")
    with half.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
