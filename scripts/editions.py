"""Editions: the data package packed, frozen for good, and read back. In: a project's files; out: bytes, `Frozen`.

A frozen edition is one zip in `datapackage/editions`, one more with its charts, and a row in `editions.json` with their
checksums. The row is written last, so that an edition is there with all it has or not at all.
"""

import dataclasses
import datetime
import functools
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .facts import Dataset
from .package import Package, numbers
from .paths import Project
from .problem import Problem

LIST = "editions.json"
_RESTORE = "restore the file from version control; an edition never changes"


@dataclass(frozen=True, slots=True)
class Frozen:
    """A row of `editions.json`: what was frozen, when by its own word, and what holds its files."""

    version: str
    created: str
    """ISO 8601, the date and time of its descriptor."""
    file: str
    sha256: str
    bytes: int
    counts: dict[str, int]
    """Rows by table."""
    charts: dict[str, Any] | None
    """The zip of its charts: file, sha256, bytes, and how many charts; none where an edition has no charts."""
    doi: str | None

    @property
    def date(self) -> str:
        """The day of `created`."""
        return self.created[:10]

    @property
    def tag(self) -> str:
        """The version as addresses have it."""
        return f"v{self.version}"


def folder(project: Project) -> Path:
    """Where the frozen editions lie."""
    return project.descriptor.parent / "editions"


def stem(package: Package) -> str:
    """Name and version of the data package, the beginning of its files' names."""
    return f"{package.descriptor['name']}-{package.descriptor['version']}"


def file_name(package: Package) -> str:
    """The name of the packed data package."""
    return f"{stem(package)}.zip"


def inside(project: Project, package: Package) -> dict[str, bytes]:
    """Every file of the package by name: descriptor, with size and checksum of each table; tables, schemas, texts."""
    home = project.descriptor.parent
    names = [name for r in package.descriptor["resources"] for name in (r["path"], r["schema"])]
    texts = [home / name for name in ("README.md", "CHANGELOG.md", "LICENSE")] + [project.root / "CITATION.cff"]
    there = {text.name: text.read_bytes() for text in texts if text.exists()}
    tables = {name: (home / name).read_bytes() for name in names}
    described = [
        {**r, "bytes": len(tables[r["path"]]), "hash": f"sha256:{sha256(tables[r['path']])}"}
        for r in package.descriptor["resources"]
    ]
    descriptor = json.dumps({**package.descriptor, "resources": described}, ensure_ascii=False, indent=2) + "\n"
    return {"datapackage.json": descriptor.encode(), **there, **tables}


def moment(package: Package) -> datetime.datetime:
    """When the package was made, by its own word; the only clock of a build."""
    return datetime.datetime.fromisoformat(package.descriptor["created"])


def pack(project: Project, package: Package) -> bytes:
    """The package as a zip."""
    return zipped(inside(project, package).items(), moment(package))


def zipped(files: Iterable[tuple[str, bytes]], when: datetime.datetime) -> bytes:
    """A zip of files by name, all with one date, so that equal content gives equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files:
            info = zipfile.ZipInfo(name, when.timetuple()[:6])
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, raw, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def unzipped(raw: bytes) -> dict[str, bytes]:
    """The files of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def sha256(data: bytes) -> str:
    """The SHA-256 checksum in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read(project: Project) -> tuple[list[Frozen], list[Problem]]:
    """Every frozen edition, the oldest first, and all that is wrong with their list and their files."""
    path = folder(project) / LIST
    name = project.name(path)
    if not path.exists():
        return [], []
    fields = [field.name for field in dataclasses.fields(Frozen)]
    try:
        rows = json.loads(path.read_text("utf-8"))["editions"]
        uneven = [i for i, row in enumerate(rows, 1) if sorted(row) != sorted(fields)]
        if uneven:
            wanted = ", ".join(fields)
            return [], [Problem(name, 1, f"edition {i} of the list needs exactly {wanted}") for i in uneven]
        found = [Frozen(**row) for row in rows]
    except (ValueError, KeyError, TypeError) as error:
        return [], [Problem(name, 1, f"not a list of editions ({error}); {_RESTORE}")]
    return found, [*_listed(found, name), *_altered(project, found)]


def _listed(found: list[Frozen], name: str) -> list[Problem]:
    versions = [edition.version for edition in found]
    twice = sorted({version for version in versions if versions.count(version) > 1})
    problems = [Problem(name, 1, f"version {version} stands twice; {_RESTORE}") for version in twice]
    if not twice and sorted(versions, key=numbers) != versions:
        problems.append(Problem(name, 1, f"versions {', '.join(versions)} do not grow; {_RESTORE}"))
    return problems


def _altered(project: Project, found: list[Frozen]) -> Iterable[Problem]:
    for edition in found:
        for file, checksum in holders(edition).items():
            path = folder(project) / file
            if not path.exists():
                yield Problem(project.name(path), 1, f"file is missing; {_RESTORE}")
            elif (actual := sha256(path.read_bytes())) != checksum:
                yield Problem(project.name(path), 1, f"sha256 is {actual}, not {checksum} as frozen; {_RESTORE}")


def check(dataset: Dataset, frozen: Iterable[Frozen]) -> Iterator[Problem]:
    """Yield each correction and withdrawal of a version that is neither frozen nor the one in hand, where any is frozen."""
    versions = [edition.version for edition in frozen]
    known = dict.fromkeys([*versions, str(dataset.package.descriptor["version"])])
    told = [("corrections", "fixed_in", one.fixed_in, one.line) for one in dataset.corrections.values()]
    told += [("withdrawals", "withdrawn_in", one.withdrawn_in, one.line) for one in dataset.withdrawals.values()]
    for table, column, version, line in told if versions else ():
        if version not in known:
            fault = f"{column}: there is no edition {version}; there are {', '.join(known)}"
            yield Problem(dataset.package.tables[table].path, line, fault)


def holders(edition: Frozen) -> dict[str, str]:
    """The zips of an edition: their checksums by name."""
    charts = {edition.charts["file"]: edition.charts["sha256"]} if edition.charts else {}
    return {edition.file: edition.sha256} | charts


def contents(project: Project, edition: Frozen) -> dict[str, bytes]:
    """The files of a frozen edition by name."""
    return dict(_contents(folder(project) / edition.file, edition.sha256))


def chart_files(project: Project, edition: Frozen) -> dict[str, bytes]:
    """The files of an edition's charts by name; none where it has no charts."""
    held = edition.charts
    return dict(_contents(folder(project) / held["file"], held["sha256"])) if held else {}


@functools.lru_cache(maxsize=64)
def _contents(path: Path, checksum: str) -> Mapping[str, bytes]:
    raw = path.read_bytes()
    if sha256(raw) != checksum:
        raise ValueError(f"{path.name} is not what was frozen")
    return unzipped(raw)


def freeze(project: Project, package: Package, counts: Mapping[str, int], charts: Mapping[str, bytes]) -> Frozen:
    """Write the package as it stands as an edition; cut off at any moment, the old list or the new one stands."""
    home, when = folder(project), moment(package)
    zips = {file_name(package): pack(project, package)}
    held = None
    if charts:
        name = f"{stem(package)}-charts.zip"
        zips[name] = zipped(charts.items(), when)
        number = len({file.split("/")[1].split(".")[0] for file in charts if file.startswith("charts/")})
        held = {"file": name, "sha256": sha256(zips[name]), "bytes": len(zips[name]), "count": number}
    raw = zips[file_name(package)]
    version, created = package.descriptor["version"], package.descriptor["created"]
    edition = Frozen(version, created, file_name(package), sha256(raw), len(raw), dict(counts), held, None)
    home.mkdir(exist_ok=True)
    for name, made in zips.items():
        _written(home / name, made)
    before, _ = read(project)
    rows = [dataclasses.asdict(one) for one in [*before, edition]]
    _written(home / LIST, (json.dumps({"editions": rows}, ensure_ascii=False, indent=2) + "\n").encode())
    return edition


def _written(path: Path, raw: bytes) -> None:
    """Write a file under another name, then give it its own, so that nobody ever sees half of it."""
    half = path.with_name(f".{path.name}.part")
    with half.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
