"""The texts that the package's zip takes beside the tables, held to the descriptor. In: project, descriptor; out: problems.

A citation file or readme of another edition would travel with the data for good. A package without them is fine.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ..data.package import Package
from ..paths import Project
from ..problem import Problem, Problems
from ..reading import documents, files, fitting


def check(project: Project, package: Package) -> Iterator[Problem]:
    """Yield where readme, changelog, licence and citation file say other things than the descriptor of a whole package."""
    home = project.descriptor.parent
    asked: dict[Path, Callable[[Path, str, Package], Iterator[Problem]]] = {
        home / "README.md": _readme,
        home / "CHANGELOG.md": _changelog,
        home / "LICENSE": _licence,
        project.root / "CITATION.cff": _citation,
    }
    for path, ask in asked.items():
        try:
            if path.exists() or path.is_symlink():
                yield from ask(path, project.name(path), package)
        except Problems as refused:
            yield from refused.all


def _lacking(path: Path, name: str, wanted: Mapping[str, str]) -> Iterator[Problem]:
    text = files.read_text(path, name)
    yield from (
        Problem(name, 1, f"does not say {said!r}, the {what}") for what, said in wanted.items() if said not in text
    )


def _readme(path: Path, name: str, package: Package) -> Iterator[Problem]:
    descriptor = package.descriptor
    licence = descriptor["licenses"][0]["name"].replace("-", " ")
    return _lacking(path, name, {"title of the package": descriptor["title"], "name of its licence": licence})


def _changelog(path: Path, name: str, package: Package) -> Iterator[Problem]:
    return _lacking(path, name, {"heading of this version": f"\n## {package.descriptor['version']}\n"})


def _licence(path: Path, name: str, package: Package) -> Iterator[Problem]:
    text = files.read_text(path, name)
    for place, one in enumerate(package.descriptor["licenses"]):
        if one["path"] not in text:
            yield package.problem(f"licenses: {one['path']} is not the licence of {name}", "licenses", place, "path")


def _citation(path: Path, name: str, package: Package) -> Iterator[Problem]:
    """The Citation File Format, version 1.2.0; its own schema asks for more, which tests hold it to."""
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
