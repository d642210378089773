"""The list of editions, checked against its zips, its folder and past commits. In: a project; out: rows, problems.

Each row must match its zips, each file of the folder must have its row, and rows of past commits must be unchanged: a `doi`
may be added later, nothing else changes. How many commits there are depends on git: a shallow clone has few, an unpacked
archive none.
"""

import contextlib
import datetime
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .. import paths
from ..data import shapes
from ..data.package import numbers
from ..paths import Project
from ..problem import Problem, Problems
from ..reading import archives, documents, files, fitting
from ..reading.documents import Document
from . import history, sealed

LIST = "editions.json"
_RESTORE = "restore the file from version control; an edition never changes"
_UNNAMED = (
    f"no row of {LIST} names this file; if no commit has it, the next `make release` removes it; "
    "if one has, restore its row from version control"
)


_READ = {"": sealed.package, "charts": sealed.charts, "formats": sealed.formats}
"""What reads each kind of zip of an edition."""


def _object(**fields: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(fields), "additionalProperties": False, "properties": fields}


_TEXT, _NUMBER = {"type": "string"}, {"type": "integer"}
_ZIP = {"file": _TEXT, "sha256": _TEXT, "bytes": _NUMBER}
SHAPE = _object(editions={"type": "array", "items": _object(
    version={"type": "string", "pattern": f"^{shapes.VERSION}$", "remedy": "is not of the form 1.2.3"},
    created={"type": "string", "pattern": shapes.MOMENT, "remedy": "is not of the form 2022-03-09T08:00:00Z"},
    **_ZIP,
    counts={"type": "object", "additionalProperties": _NUMBER},
    charts=_object(**_ZIP, count=_NUMBER) | {"type": ["object", "null"]},
    formats=_object(**_ZIP) | {"type": ["object", "null"]},
    doi={"type": ["string", "null"], "pattern": r"^(10\.[0-9]{4,9}/|https://w3id\.org/)\S+$",
         "remedy": "is not a DOI of the form 10.5072/name, nor an address below https://w3id.org/"},
)})  # fmt: skip
"""The list's JSON Schema; the values are compared with the zips."""


def folder(project: Project) -> Path:
    """The folder of the frozen editions."""
    return project.descriptor.parent / "editions"


def read(project: Project) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Read the rows of the list, the oldest first, and all problems; there are no rows if the list is invalid."""
    document, problems = _listed(project)
    if problems:
        return [], problems
    rows = document.value["editions"]
    problems = [*_order(document), *_past(project, document)]
    for i, row in enumerate(rows):
        problems += _matched(project, document, i, row)
    return rows, problems + [Problem(project.name(path), 1, _UNNAMED) for path in _unnamed(folder(project), rows)]


def leftovers(project: Project) -> list[Path]:
    """Files of an interrupted release, which no row lists and no commit has; empty if the list is invalid or git is missing."""
    document, problems = _listed(project)
    known = None if problems else history.tracked(project.root, project.name(folder(project)))
    if known is None:
        return []
    unnamed = _unnamed(folder(project), document.value["editions"])
    return [path for path in unnamed if project.name(path) not in known and (path.is_file() or path.is_symlink())]


def _listed(project: Project) -> tuple[Document, list[Problem]]:
    """Read the list, empty if there is no file, and validate it."""
    path = folder(project) / LIST
    name = project.name(path)
    if not path.exists() and not path.is_symlink():
        return documents.parse_json('{"editions": []}', name), []
    try:
        document = documents.read_json(path, name)
    except Problems as found:
        return documents.parse_json("{}", name), found.all
    return document, fitting.misfits(document, SHAPE) or list(_dates(document))


def _dates(document: Document) -> Iterator[Problem]:
    """Yield a problem for each `created` that is not a calendar date."""
    for i, row in enumerate(document.value["editions"]):
        try:
            datetime.datetime.fromisoformat(row["created"])
        except ValueError as error:
            yield document.problem(f"created: {row['created']!r}: {error}", "editions", i, "created")


def _order(document: Document) -> Iterator[Problem]:
    versions = [row["version"] for row in document.value["editions"]]
    for i, version in enumerate(versions):
        if version in versions[:i]:
            yield document.problem(f"version {version} is duplicated; {_RESTORE}", "editions", i, "version")
        elif i and numbers(version) < numbers(versions[i - 1]):
            fault = f"version {version} comes after {versions[i - 1]}; list the oldest edition first; {_RESTORE}"
            yield document.problem(fault, "editions", i, "version")


def _past(project: Project, document: Document) -> Iterator[Problem]:
    """Yield a problem for each row or field that a commit had and that is gone or changed, with the first such commit."""
    rows = document.value["editions"]
    places = {row["version"]: i for i, row in enumerate(rows)}
    reported: set[tuple[str, str]] = set()
    for commit, text in history.versions(project.root, document.name):
        for was in _rows(text):
            version, place = was["version"], places.get(was["version"])
            for field, fault in _changed(was, None if place is None else rows[place], commit):
                if (version, field) not in reported:
                    steps = () if place is None else ("editions", place, field)
                    yield document.problem(f"edition {version} {fault}; {_RESTORE}", *steps)
                reported.add((version, field))


def _changed(was: Mapping[str, Any], now: Mapping[str, Any] | None, commit: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of a published row that differ now, and the fault."""
    if now is None:
        yield "version", f"is gone; commit {commit} published it"
        return
    for field, value in was.items():
        if now.get(field) != value and (field, value) != ("doi", None):
            yield field, f"has {field} {now.get(field)!r}; commit {commit} published it with {value!r}"


def _rows(text: str) -> list[dict[str, Any]]:
    """The rows of a list in a commit; empty if it was not a valid list."""
    with contextlib.suppress(Problems):
        value = documents.parse_json(text, LIST).value
        rows = value.get("editions") if isinstance(value, dict) else None
        return [row for row in rows or [] if isinstance(row, dict) and isinstance(row.get("version"), str)]
    return []


def _parts(row: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the zips of a row: that of its package, whose kind is empty, and those that it has of charts and formats."""
    yield from ((kind, part) for kind in _READ if (part := row[kind] if kind else row))


def _matched(project: Project, document: Document, i: int, row: Mapping[str, Any]) -> Iterator[Problem]:
    """Compare a row with its zips: checksums, sizes, and the contents of each zip."""
    stem = ""
    for kind, part in _parts(row):
        steps = ("editions", i, kind) if kind else ("editions", i)
        try:
            path = paths.inside(folder(project), paths.plain(part["file"]))
        except ValueError as error:
            yield document.problem(f"file: {error}; {_RESTORE}", *steps, "file")
            continue
        name = project.name(path)
        try:
            raw = files.read_bytes(path, name, archives.LARGEST)
            if (actual := hashlib.sha256(raw).hexdigest()) != part["sha256"]:
                raise ValueError(f"sha256 is {actual}, not {part['sha256']} as frozen")
            inside = _READ[kind](path, actual)
        except Problems as found:
            yield from (Problem(name, one.line, f"{one.text}; {_RESTORE}") for one in found.all)
        except ValueError as error:
            yield Problem(name, 1, f"{error}; {_RESTORE}")
        else:
            stem = stem or inside.get("file", "").removesuffix(".zip")
            wanted = inside | {"bytes": len(raw)} | ({"file": f"{stem}-{kind}.zip"} if stem and kind else {})
            yield from _differing(document, steps, part, wanted)


def _differing(
    document: Document, steps: tuple[Any, ...], part: Mapping[str, Any], wanted: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield where part of a row disagrees with its zip; `counts` is compared table by table."""
    here, there = (dict(documents.leaves(one)) for one in (part, wanted))
    for path in sorted({*there, *(one for one in here if one[0] == "counts")}):
        if (has := here.get(path)) != (says := there.get(path)):
            said, held = ("missing" if has is None else repr(has), "none" if says is None else repr(says))
            yield document.problem(f"{path[-1]} is {said}; its zip has {held}; {_RESTORE}", *steps, *path)


def _unnamed(home: Path, rows: list[dict[str, Any]]) -> list[Path]:
    """Whatever is in the folder and not listed by a row."""
    named = {LIST} | {part["file"] for row in rows for _, part in _parts(row)}
    return sorted(path for path in home.iterdir() if path.name not in named) if home.is_dir() else []
