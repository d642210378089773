"""Read and validate the data package. In: files; out: frames, problems."""

import datetime
import functools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pandas

from .. import paths
from ..paths import Project
from ..problem import Problem, Problems, did_you_mean, foreseen
from ..reading import addresses, documents, files, fitting
from ..reading.documents import Document
from . import cells, codes, shapes, validated

VERSION = re.compile(shapes.VERSION)
PROFILES = resources.files("dplib") / "profiles" / "2.0"  # the published Data Package v2 profiles


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its path in messages, its schema and where that is described, its rows as text (index 0 is line 2)."""

    path: str
    described: Document
    frame: pandas.DataFrame

    @property
    def schema(self) -> dict[str, Any]:
        """The schema as it stands in its file."""
        found: dict[str, Any] = self.described.value
        return found


@dataclass(frozen=True, slots=True)
class Package:
    """A descriptor and its tables by name; `whole` tells whether all of it could be read, so that rules make sense."""

    path: str
    descriptor: dict[str, Any]
    tables: dict[str, Table]
    whole: bool = False
    document: Document | None = None

    @property
    def languages(self) -> list[str]:
        """The codes of its languages, the first in front, even where something else is wrong with the descriptor."""
        return codes.of(self.document.value if self.document else self.descriptor)

    def language_of(self, column: str) -> str:
        """The code that the name of a column ends in, or nothing."""
        return codes.end(column, self.languages)

    def problem(self, fault: str, *steps: str | int) -> Problem:
        """A problem at the line of the descriptor's value at these steps."""
        return self.document.problem(fault, *steps) if self.document else Problem(self.path, 1, fault)


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers, to be compared."""
    return tuple(int(part) for part in version.split("."))


def read(project: Project) -> tuple[Package, list[Problem]]:
    """Read all tables as text and say all that is wrong with them.

    A table that cannot be read at all (missing, not UTF-8, not CSV, other columns) is left out of the result.
    """
    home = project.descriptor.parent
    name = project.name(project.descriptor)
    try:
        document = documents.read_json(project.descriptor, name)
    except Problems as refused:
        return Package(name, {}, {}), refused.all
    languages = tuple(codes.of(document.value))
    problems = _misfits(document, "datapackage.json", shapes.descriptor(languages)) or [*_described(document, home)]
    tables: dict[str, Table] = {}
    reported: set[tuple[str, int, str]] = set()
    sound = not problems
    for resource in _readable(document.value, home, languages):
        table, found = _table(project, home, resource, languages)
        problems += [problem for _, problem in found]
        reported |= {(problem.path, problem.line, column) for column, problem in found}
        if table:
            tables[resource["name"]] = table
    whole = sound and len(tables) == len(document.value["resources"])
    package = Package(name, document.value if sound else {}, tables, whole, document)
    if whole:
        with foreseen("Frictionless", problems):
            problems += _frictionless(home, package, reported)
        problems += _foreign_keys(package)
    return package, problems


def _readable(descriptor: Any, home: Path, languages: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The resources that are described so that their tables can be read, whatever else is wrong."""
    listed = descriptor.get("resources") if isinstance(descriptor, dict) else None
    for resource in listed if isinstance(listed, list) else ():
        if fitting.fits(resource, shapes.resource(languages)) and not list(_misplaced(resource, home)):
            yield resource


def _misfits(document: Document, profile: str, shape: Mapping[str, Any]) -> list[Problem]:
    """What a published profile finds wrong; where it finds nothing, what the build asks for beyond it; then unseen texts."""
    found = fitting.misfits(document, _profile(profile)) or fitting.misfits(document, shape)
    return found + [
        document.problem(f"{documents.place(steps)}: {fault}", *steps)
        for steps, text in _strings(document.value)
        for fault in cells.plain(text)
    ]


@functools.cache
def _profile(name: str) -> Any:
    return json.loads((PROFILES / name).read_text("utf-8"))


def _strings(value: Any, steps: documents.Steps = ()) -> Iterator[tuple[documents.Steps, str]]:
    """Every text of a JSON value with the steps to it, names of properties too."""
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, dict | list):
        for step, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _strings(step, (*steps, step))
            yield from _strings(one, (*steps, step))


def _described(document: Document, home: Path) -> Iterator[Problem]:
    """What no schema can say of the descriptor: a day of the calendar, names used once, files called after them."""
    descriptor = document.value
    try:
        datetime.datetime.fromisoformat(descriptor["created"])
    except ValueError as error:
        yield document.problem(f"created: {descriptor['created']!r}: {error}", "created")
    for steps, text in _addresses(descriptor):
        if fault := addresses.fault(text):
            yield document.problem(f"{documents.place(steps)}: {text!r} {fault}", *steps)
    for place, resource in enumerate(descriptor["resources"]):
        name, before = resource["name"], descriptor["resources"][:place]
        if any(one["name"] == name for one in before):
            yield document.problem(f"resource {name} is duplicated", "resources", place)
        for key, fault in _misplaced(resource, home):
            yield document.problem(f"resource {name}: {fault}", "resources", place, key)


def _addresses(value: Any, steps: documents.Steps = ()) -> Iterator[tuple[documents.Steps, str]]:
    """Every address in a descriptor, after the steps that lead to it; the path of a resource is none."""
    for step, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        here = (*steps, step)
        if step == "homepage" or (step == "path" and steps[-2:-1] in (("licenses",), ("sources",), ("contributors",))):
            yield here, str(one)
        yield from _addresses(one, here)


def _misplaced(resource: Mapping[str, Any], home: Path) -> Iterator[tuple[str, str]]:
    """The files of a resource that are not called after it, or lie elsewhere by a symbolic link."""
    for key, end in (("path", ".csv"), ("schema", ".schema.json")):
        if resource[key] != (wanted := f"data/{resource['name']}{end}"):
            yield key, f"{key} is {resource[key]!r}; expected {wanted!r}"
            continue
        try:
            paths.inside(home, wanted)
        except ValueError as error:
            yield key, str(error)


def _table(
    project: Project, home: Path, resource: dict[str, Any], languages: tuple[str, ...]
) -> tuple[Table | None, list[tuple[str, Problem]]]:
    path, schema_path = home / resource["path"], home / resource["schema"]
    name = project.name(path)
    try:
        described = documents.read_json(schema_path, project.name(schema_path))
        problems = _misfits(described, "tableschema.json", shapes.schema(languages))
        if fitting.fits(described.value, shapes.schema(())):
            problems += _untranslated(resource["name"], described, languages)
        if problems:
            raise Problems(problems)
        fields = described.value["fields"]
        table, problems = cells.rows(files.read_bytes(path, name, files.LARGEST_TABLE), name)
    except Problems as refused:
        return None, [("", problem) for problem in refused.all]
    wanted = [field["name"] for field in fields]
    if table and table[0] != wanted:
        problems.append(Problem(name, 1, f"columns are {', '.join(table[0])}; the schema has {', '.join(wanted)}"))
    uneven = [i for i, row in enumerate(table, 1) if len(row) != len(table[0])]
    problems += [Problem(name, i, f"{len(table[i - 1])} cells; the header has {len(table[0])}") for i in uneven]
    marked = [("", problem) for problem in problems] + list(cells.examine(table, fields, name))
    if not table or table[0] != wanted or uneven:
        return None, marked
    if len(table) == 1 and not resource.get("mayBeEmpty"):
        marked.append(("", Problem(name, 1, "no rows; the table must not be empty")))
    return Table(name, described, pandas.DataFrame(table[1:], columns=wanted, dtype=object)), marked


def _untranslated(name: str, described: Document, languages: tuple[str, ...]) -> Iterator[Problem]:
    """Each column that a language lacks, at that of the same text in another."""
    there = [field["name"] for field in described.value["fields"]]
    for column, missing in codes.lacking(name, there, list(languages)):
        fault = f"field {column}: there is no {missing}; add it here and to the table"
        yield described.problem(fault, "fields", there.index(column))


def _frictionless(home: Path, package: Package, reported: set[tuple[str, int, str]]) -> list[Problem]:
    """All that Frictionless finds in each table, warnings too, less what was said of the same cell already.

    Foreign keys are left to `_foreign_keys`: Frictionless opens the other table anew for each, half of its time.
    """
    problems, faulty = [], {path for path, _, _ in reported}
    for resource in package.descriptor["resources"]:
        table = package.tables[resource["name"]]
        schema = {key: value for key, value in table.schema.items() if key != "foreignKeys"}
        for line, column, sentence in validated.faults(
            home, resource | {"schema": schema}, table.frame, table.path in faulty
        ):
            if not line:
                problems.append(table.described.problem(sentence))
            elif (table.path, line, column) not in reported:
                problems.append(Problem(table.path, line, sentence))
    return problems


def _foreign_keys(package: Package) -> list[Problem]:
    """Each filled foreign key must be found in its table (Table Schema v2, `foreignKeys`); all keys here are single."""
    problems = []
    for name, table in package.tables.items():
        for key in table.schema.get("foreignKeys", []):
            field, other = single(key["fields"]), single(key["reference"]["fields"])
            target = key["reference"]["resource"] or name
            if target not in package.tables or other not in package.tables[target].frame:
                problems.append(Problem(table.path, 1, f"{field}: refers to {target}.{other}, which is unknown"))
                continue
            if field not in table.frame:
                problems.append(table.described.problem(f"foreignKeys: unknown column {field}", "foreignKeys"))
                continue
            known = package.tables[target].frame[other]
            cells = table.frame[field]
            for row, cell in cells[(cells != "") & ~cells.isin(known)].items():
                near = did_you_mean(cell, known)
                problems.append(
                    Problem(table.path, int(str(row)) + 2, f"{field}: {cell!r} is not in table {target}{near}")
                )
    return problems


def single(fields: str | list[str]) -> str:
    """The one field of a foreign key, which Table Schema writes as a text or as a list."""
    return fields if isinstance(fields, str) else fields[0]
