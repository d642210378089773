"""Read and validate the data package. In: files; out: frames, problems."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas

from ..paths import Project
from ..problem import Problem, Problems, did_you_mean, foreseen
from ..reading import documents, files, fitting
from ..reading.documents import Document
from . import cells, codes, descriptors, shapes, validated

VERSION = re.compile(shapes.VERSION)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its path in messages, its schema document, and its rows as text (index 0 is line 2)."""

    path: str
    described: Document
    frame: pandas.DataFrame

    @property
    def schema(self) -> dict[str, Any]:
        """The schema, as its file has it."""
        found: dict[str, Any] = self.described.value
        return found

    @property
    def key(self) -> list[str]:
        """The columns of its primary key; empty if it has none."""
        return _listed(self.schema.get("primaryKey", []))

    @property
    def references(self) -> list[tuple[str, str, str]]:
        """Each foreign key: column, referenced table (empty for this one), referenced column."""
        return [
            (*_listed(one["fields"]), one["reference"]["resource"], *_listed(one["reference"]["fields"]))
            for one in self.schema.get("foreignKeys", [])
        ]


@dataclass(frozen=True, slots=True)
class Package:
    """A descriptor and its tables by name; `whole` is true if all of it could be read, so that rules can run."""

    path: str
    descriptor: dict[str, Any]
    tables: dict[str, Table]
    whole: bool = False
    document: Document | None = None

    @property
    def languages(self) -> list[str]:
        """The codes of its languages, in order, even if the descriptor has other faults."""
        return codes.of(self.document.value if self.document else self.descriptor)

    def language_of(self, column: str) -> str:
        """The language code that a column name ends in; empty if it has none."""
        return codes.suffix(column, self.languages)

    def problem(self, fault: str, *steps: str | int) -> Problem:
        """A problem at the line of the descriptor's value at these steps."""
        return self.document.problem(fault, *steps) if self.document else Problem(self.path, 1, fault)


def _listed(fields: str | list[str]) -> list[str]:
    """Columns as a list; Table Schema allows a single one as a string."""
    return [fields] if isinstance(fields, str) else fields


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers, for comparison."""
    return tuple(int(part) for part in version.split("."))


def read(project: Project) -> tuple[Package, list[Problem]]:
    """Read all tables as text, and report everything wrong with them.

    A table that cannot be read at all (missing, not UTF-8, not CSV, other columns) is left out of the result.
    """
    home = project.descriptor.parent
    name = project.name(project.descriptor)
    try:
        document = documents.read_json(project.descriptor, name)
    except Problems as refused:
        return Package(name, {}, {}), refused.all
    languages = tuple(codes.of(document.value))
    problems = descriptors.faults(document, home, languages)
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
    """Yield the resources whose tables can be read, even if the descriptor has other faults."""
    listed = descriptor.get("resources") if isinstance(descriptor, dict) else None
    for resource in listed if isinstance(listed, list) else ():
        if fitting.fits(resource, shapes.resource(languages)) and not list(descriptors.misplaced(resource, home)):
            yield resource


def _table(
    project: Project, home: Path, resource: dict[str, Any], languages: tuple[str, ...]
) -> tuple[Table | None, list[tuple[str, Problem]]]:
    path, schema_path = home / resource["path"], home / resource["schema"]
    name = project.name(path)
    try:
        described = documents.read_json(schema_path, project.name(schema_path))
        problems = descriptors.misfits(described, "tableschema.json", shapes.schema(languages))
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
    """Yield a problem for each missing translation, at the column that exists."""
    there = [field["name"] for field in described.value["fields"]]
    for column, missing in codes.untranslated(name, there, list(languages)):
        fault = f"field {column}: {missing} is missing; add it here and to the table"
        yield described.problem(fault, "fields", there.index(column))


def _frictionless(home: Path, package: Package, reported: set[tuple[str, int, str]]) -> list[Problem]:
    """Everything that Frictionless reports, warnings too, except for cells that already have a problem.

    Foreign keys are left to `_foreign_keys`: Frictionless reopens the other table for each, which is half of its time.
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
    """Check that every non-empty foreign key exists in its table (Table Schema v2, `foreignKeys`); all have one column."""
    problems = []
    for name, table in package.tables.items():
        for field, resource, other in table.references:
            target = resource or name
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
