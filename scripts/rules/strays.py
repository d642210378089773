"""Report files that nothing reads, and check texts outside tables and pages. In: a project; out: problems.

A file that is silently left out is a trap: its author thinks that it is published. The texts are read only by people or
the builder, so their encoding and merge conflict markers are checked here.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ..paths import Project
from ..problem import Problem, Problems
from ..reading import files
from ..words import captions, languages

ASSETS = "assets"
TEXTS = ("*.md", "*.cff", "LICENSE*", "datapackage/*.md", "datapackage/LICENSE")


def check(project: Project, descriptor: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield each file and folder that nothing reads, and the faults of texts without a schema."""
    codes = [folder.name for folder in languages.folders(project)]
    remedy = "pages belong directly in a language's folder, pictures in docs/assets"
    yield from _unlisted(project, "docs", {ASSETS, *codes}, "", remedy)
    for code in codes:
        yield from _unlisted(project, f"docs/{code}", {languages.FILE, captions.FOLDER}, ".md", remedy)
        words = "a file here has the words of a chart and is named after it"
        yield from _unlisted(project, f"docs/{code}/{captions.FOLDER}", set(), ".md", words)
    if descriptor:  # else it is invalid, and what it lists is unknown
        remedy = "add a resource to datapackage.json, or remove it"
        yield from _unlisted(project, "datapackage/data", _listed(descriptor), "", remedy)
    assets = project.docs / ASSETS
    for path in sorted(assets.rglob("*")) if assets.is_dir() else ():
        if path.is_symlink() and not files.ignored(path.name):
            yield Problem(project.name(path), 1, "is a symbolic link; put the file itself here")
    for pattern in TEXTS:
        for path in sorted(project.root.glob(pattern)):
            if not files.ignored(path.name):
                try:
                    files.read_text(path, project.name(path))
                except Problems as faults:
                    yield from faults.all


def _unlisted(project: Project, folder: str, known: set[str], kind: str, remedy: str) -> Iterator[Problem]:
    """Yield what is in a folder, unless it is known by name, is a file with the suffix `kind`, or is ignored."""
    home = project.root / folder
    for path in sorted(home.iterdir()) if home.is_dir() else ():
        page = kind and path.suffix == kind and not path.is_dir()
        if not (path.name in known or page or files.ignored(path.name)):
            yield Problem(project.name(path), 1, f"is not read; {remedy}")


def _listed(descriptor: Mapping[str, Any]) -> set[str]:
    """The file names of tables and schemas."""
    resources = descriptor.get("resources")
    some = [one for one in resources if isinstance(one, dict)] if isinstance(resources, list) else []
    return {str(one[key]).rpartition("/")[2] for one in some for key in ("path", "schema") if key in one}
