"""What lies in data/latest, the newest edition under an address that moves. In: project, package; out: files, addresses."""

from . import editions, formats
from .package import Package
from .paths import Project

FOLDER = "data/latest/"
SERVED = "http://127.0.0.1:8000/"  # where `make serve` serves
WHOLE = {"package": ".zip", "workbook": ".xlsx", "database": ".sqlite"}
"""The files that hold all tables, by what they are."""


def files(project: Project, package: Package) -> dict[str, bytes]:
    """Its files by name: the package's own, the same in other formats, the former as one zip, checksums of all."""
    home = project.descriptor.parent
    own = {file.relative_to(home).as_posix(): file.read_bytes() for file in editions.files(project, package)}
    made = own | formats.files(own) | {editions.file_name(package): editions.pack(project, package)}
    return made | {"SHA256SUMS": formats.sums(made)}


def name(package: Package, kind: str) -> str:
    """The name of one of the files in `WHOLE`."""
    return editions.file_name(package).removesuffix(WHOLE["package"]) + WHOLE[kind]


def address(package: Package, site: str, kind: str = "") -> str:
    """The address of the folder, or of one of the files in `WHOLE`; a site without one is at home where it is served."""
    return f"{site or SERVED}{FOLDER}" + (name(package, kind) if kind else "")
