"""Compare the texts in the package's zip with the descriptor. In: project, package; out: problems.

A citation file or readme of another edition would be frozen with the data permanently. A package without them is valid.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ..data.package import Package
from ..paths import Project
from ..problem import Problem, Problems
from ..reading import documents, files, fitting


def check(project: Project, package: Package) -> Iterator[Problem]:
    """Yield where readme, changelog, licence and citation file disagree with the descriptor of a complete package."""
    home = project.descriptor.parent
    checks: dict[Path, Callable[[Path, str, Package], Iterator[Problem]]] = {
        home / "README.md": _readme,
        home / "CHANGELOG.md": _changelog,
        home / "LICENSE": _licence,
        project.root / "CITATION.cff": _citation,
    }
    for path, check_text in checks.items():
        try:
            if path.exists() or path.is_symlink():
                yield from check_text(path, project.name(path), package)
        except Problems as refused:
            yield from refused.all


def _lacking(path: Path, name: str, wanted: Mapping[str, str]) -> Iterator[Problem]:
    text = files.read_text(path, name)
    yield from (
        Problem(name, 1, f"does not say {value!r}, the {what}") for what, value in wanted.items() if value not in text
    )


def _readme(path: Path, name: str, package: Package) -> Iterator[Problem]:
    descriptor = package.descriptor
    licence = descriptor["licenses"][0]["name"].replace("-", " ")
    return _lacking(path, name, {"title of the package": descriptor["title"], "name of its licence": licence})


def _changelog(path: Path, name: str, package: Package) -> Iterator[Problem]:
    heading = f"## {package.descriptor['version']}"
    if heading not in files.read_text(path, name).splitlines():
        yield Problem(name, 1, f"has no line {heading!r}, the heading of this version")


def _licence(path: Path, name: str, package: Package) -> Iterator[Problem]:
    text = files.read_text(path, name)
    for place, one in enumerate(package.descriptor["licenses"]):
        if one["path"] not in text:
            yield package.problem(f"licenses: {one['path']} is not the licence of {name}", "licenses", place, "path")


def _citation(path: Path, name: str, package: Package) -> Iterator[Problem]:
    """Check the fields of Citation File Format 1.2.0 that repeat the descriptor; tests validate against its schema."""
    descriptor = package.descriptor
    wanted = {
        "cff-version": "1.2.0",
        "title": descriptor["title"],
        "version": descriptor["version"],
        "date-released": descriptor["created"][:10],
        "license": descriptor["licenses"][0]["name"],
        "authors": [{"name": one["title"]} for one in descriptor["contributors"]],
    }
    shape = {"type": "object", "properties": {key: {"const": value, "remedy": f"differs from the descriptor's {value!r}"}
                                              for key, value in wanted.items()}, "required": list(wanted)}  # fmt: skip
    yield from fitting.misfits(documents.read_yaml(path, name), shape)
