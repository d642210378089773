"""Compare the texts in the package's zip with the descriptor. In: project, package; out: problems.

A citation file or readme of another edition would be frozen with the data permanently. A package without them is valid.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..data.package import Package
from ..paths import Project
from ..problem import Problem, Problems
from ..reading import documents, files, fitting


def check(project: Project, package: Package) -> Iterator[Problem]:
    """Yield where readme, changelog, licence and citation file disagree with the descriptor of a complete package."""
    home, descriptor = project.descriptor.parent, package.descriptor
    wanted: dict[Path, Any] = {
        home / "README.md": {descriptor["title"]: "title of the package",
                             descriptor["licenses"][0]["name"].replace("-", " "): "name of its licence"},
        home / "CHANGELOG.md": {f"\n## {descriptor['version']}\n": "heading of this version"},
        home / "LICENSE": _licence,
        project.root / "CITATION.cff": _citation,
    }  # fmt: skip
    for path, told in wanted.items():
        name = project.name(path)
        try:
            if path.exists() or path.is_symlink():
                yield from told(path, name, package) if callable(told) else _lacking(path, name, told)
        except Problems as refused:
            yield from refused.all


def _lacking(path: Path, name: str, wanted: Mapping[str, str]) -> Iterator[Problem]:
    said = f"\n{files.read_text(path, name)}\n"
    yield from (
        Problem(name, 1, f"does not say {text.strip()!r}, the {what}")
        for text, what in wanted.items()
        if text not in said
    )


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
