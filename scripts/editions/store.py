"""Editions: pack the data package, freeze it permanently, read it back. In: a project's files; out: bytes, `Frozen`.

A frozen edition is a zip in `datapackage/editions`, a second one with its charts, and a row in `editions.json` with their
checksums. The row is written last, so that an edition exists completely or not at all.
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


def file_name(package: Package) -> str:
    """The name of the packed data package."""
    return f"{sealed.stem(package.descriptor)}.zip"


def charts_name(package: Package) -> str:
    """The name of the zip of its charts."""
    return f"{sealed.stem(package.descriptor)}-charts.zip"


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
    held = edition.charts
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
    charts: Mapping[str, bytes],
    before: Iterable[Frozen] = (),
) -> Frozen:
    """Write the current package as an edition after `before`; if interrupted, the list is the old or the new one.

    Raises `Problems`, and writes nothing, if a file of its name exists.
    """
    home, zips = folder(project), {file_name(package): pack(project, package)}
    if charts:
        zips[charts_name(package)] = archives.zipped(charts.items(), moment(package))
    held: list[dict[str, Any]] = [
        {"file": name, "sha256": sha256(raw), "bytes": len(raw)} for name, raw in zips.items()
    ]
    drawn = held[1] | {"count": sealed.charted(charts)} if charts else None
    version, created = package.descriptor["version"], package.descriptor["created"]
    edition = Frozen(version, created, **held[0], counts=dict(counts), charts=drawn, doi=None)
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
