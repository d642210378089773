"""Compare the texts in the package's zip with the descriptor. In: project, package; out: problems.

A citation file or readme of another edition would be frozen with the data permanently. A package without them is valid.
"""

import functools
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ..data.package import Package
from ..paths import Project
from ..problem import Problem, Problems
from ..reading import documents, files, fitting


def check(project: Project, package: Package) -> Iterator[Problem]:
    """Yield where readme, changelog, licence and citation file disagree with the descriptor of a complete package."""
    home, descriptor = project.descriptor.parent, package.descriptor
    licence = descriptor["licenses"][0]["name"].replace("-", " ")
    readme = {descriptor["title"]: "title of the package", licence: "name of its licence"}
    changelog = {f"\n## {descriptor['version']}\n": "heading of this version"}
    checks: dict[Path, Callable[[Path, str], Iterator[Problem]]] = {
        home / "README.md": functools.partial(_lacking, readme),
        home / "CHANGELOG.md": functools.partial(_lacking, changelog),
        home / "LICENSE": functools.partial(_licence, package),
        project.root / "CITATION.cff": functools.partial(_citation, package),
    }
    for path, faults in checks.items():
        try:
            if path.exists() or path.is_symlink():
                yield from faults(path, project.name(path))
        except Problems as refused:
            yield from refused.all


def _lacking(wanted: Mapping[str, str], path: Path, name: str) -> Iterator[Problem]:
    said = f"\n{files.read_text(path, name)}\n"
    yield from (
        Problem(name, 1, f"does not say {text.strip()!r}, the {what}")
        for text, what in wanted.items()
        if text not in said
    )


def _licence(package: Package, path: Path, name: str) -> Iterator[Problem]:
    text = files.read_text(path, name)
    for place, one in enumerate(package.descriptor["licenses"]):
        if one["path"] not in text:
            yield package.problem(f"licenses: {one['path']} is not the licence of {name}", "licenses", place, "path")


def _citation(package: Package, path: Path, name: str) -> Iterator[Problem]:
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
