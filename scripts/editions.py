"""Pack the data package: one zip, the same bytes for the same content. In: the package's files; out: bytes."""

import datetime
import hashlib
import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from .package import Package
from .paths import Project


def file_name(package: Package) -> str:
    """The name of the packed data package: name and version."""
    return f"{package.descriptor['name']}-{package.descriptor['version']}.zip"


def files(project: Project, package: Package) -> list[Path]:
    """Every file of the package, as it is published: descriptor, tables, schemas, and the texts that travel with it."""
    home = project.descriptor.parent
    names = [name for r in package.descriptor["resources"] for name in (r["path"], r["schema"])]
    texts = [home / name for name in ("README.md", "CHANGELOG.md", "LICENSE")]
    return [project.descriptor, *(text for text in texts if text.exists()), *(home / name for name in names)]


def moment(package: Package) -> datetime.datetime:
    """When the package was made, by its own word; the only clock of a build."""
    return datetime.datetime.fromisoformat(package.descriptor["created"])


def pack(project: Project, package: Package) -> bytes:
    """The package as a zip."""
    home = project.descriptor.parent
    inside = ((file.relative_to(home).as_posix(), file.read_bytes()) for file in files(project, package))
    return zipped(inside, moment(package))


def zipped(inside: Iterable[tuple[str, bytes]], when: datetime.datetime) -> bytes:
    """A zip of files by name, all with one date, so that equal content gives equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in inside:
            info = zipfile.ZipInfo(name, when.timetuple()[:6])
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, raw, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def sha256(data: bytes) -> str:
    """The SHA-256 checksum in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
