"""Read and validate the data package; the only module that knows Frictionless. In: files; out: frames, problems."""

import functools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Any

import frictionless
import jsonschema
import pandas
import yaml

from . import cells
from .paths import Project
from .problem import Problem, did_you_mean

VERSION = re.compile(r"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}")
"""A version, as Semantic Versioning writes it without its extensions."""

PROFILES = resources.files("dplib") / "profiles" / "2.0"  # the published Data Package v2 profiles


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its path in messages, its schema, and its rows as text (index 0 is line 2 of the file)."""

    path: str
    schema: dict[str, Any]
    frame: pandas.DataFrame


@dataclass(frozen=True, slots=True)
class Package:
    """A descriptor and its tables by name."""

    path: str
    descriptor: dict[str, Any]
    tables: dict[str, Table]

    @property
    def whole(self) -> bool:
        """Whether every table could be read, so that rules across tables make sense."""
        listed = self.descriptor.get("resources")
        return isinstance(listed, list) and len(self.tables) == len(listed) > 0


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers, to be compared."""
    return tuple(int(part) for part in version.split("."))


def read(project: Project) -> tuple[Package, list[Problem]]:
    """Read all tables as text and say all that is wrong with them.

    A table that cannot be read at all (missing, not UTF-8, not CSV, other columns) is left out of the result.
    """
    home = project.descriptor.parent
    name = project.name(project.descriptor)
    descriptor, problems = _json(project.descriptor, name)
    problems = problems or _against_profile(descriptor, "datapackage.json", name, project.descriptor)
    problems = problems or _described(descriptor, name, home)
    tables: dict[str, Table] = {}
    reported: set[tuple[str, int, str]] = set()
    for resource in descriptor.get("resources", []) if not problems else []:
        table, found = _table(project, home, resource)
        problems += [problem for _, problem in found]
        reported |= {(problem.path, problem.line, column) for column, problem in found}
        if table:
            tables[resource["name"]] = table
    package = Package(name, descriptor, tables)
    if package.whole:
        problems += _frictionless(home, package, reported)
        problems += _foreign_keys(package)
    return package, problems


def _json(path: Path, name: str) -> tuple[dict[str, Any], list[Problem]]:
    try:
        value = json.loads(path.read_bytes().decode("utf-8"), object_pairs_hook=_no_repeats)
    except FileNotFoundError:
        return {}, [Problem(name, 1, "file is missing")]
    except UnicodeDecodeError:
        return {}, [Problem(name, 1, "not UTF-8; save the file as UTF-8")]
    except json.JSONDecodeError as error:
        return {}, [Problem(name, error.lineno, f"not JSON: {error.msg}")]
    except KeyError as error:
        return {}, [Problem(name, 1, f"property {error} stands twice in one object")]
    if not isinstance(value, dict):
        return {}, [Problem(name, 1, "not a JSON object")]
    return value, [Problem(name, 1, fault) for text in _strings(value) for fault in cells.plain(text)]


def _strings(value: Any) -> Iterator[str]:
    """Every text of a JSON value, names of properties too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _strings(one)


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise KeyError(next(k for i, (k, _) in enumerate(pairs) if k in [p[0] for p in pairs[:i]]))
    return value


def _against_profile(value: dict[str, Any], profile: str, name: str, path: Path) -> list[Problem]:
    return [Problem(name, _line_of(path, steps), fault) for steps, fault in _misfits(json.dumps(value), profile)]


@functools.lru_cache(maxsize=64)  # schemas seldom change, and a rebuild asks again
def _misfits(text: str, profile: str) -> list[tuple[list[str | int], str]]:
    """What a published profile finds wrong with a JSON text: the steps that lead there, and a sentence."""
    validator = jsonschema.Draft7Validator(json.loads((PROFILES / profile).read_text("utf-8")))
    return [
        (list(error.absolute_path), f"{error.json_path.removeprefix('$.')}: {_fault(error)}")
        for error in validator.iter_errors(json.loads(text))
    ]


def _fault(error: jsonschema.ValidationError) -> str:
    """What the profile finds wrong, without a copy of the whole object: what all its alternatives ask for, if any."""
    asked = [{one.message for one in error.context or [] if one.schema_path[0] == i and one.validator == "required"}
             for i in {one.schema_path[0] for one in error.context or []}]  # fmt: skip
    common = set.intersection(*asked) if asked else set()
    if common:
        return min(common)
    if error.validator == "required":
        return error.message
    return error.message if not isinstance(error.instance, dict | list) else "does not fit the published profile"


def _line_of(path: Path, steps: list[str | int]) -> int:
    """The line of a JSON file on which the value at these steps starts (JSON is YAML, whose nodes know their lines)."""
    node = yaml.compose(path.read_text("utf-8"))
    line = 1
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
    return line


def _described(descriptor: dict[str, Any], name: str, home: Path) -> list[Problem]:
    """What the build asks of the descriptor beyond the profile: texts in both languages, single files, single names."""
    texts = ("title", "title_zh", "description", "description_zh")
    faults = [
        f"no {key}" for key in (*texts, "version", "created", "contributors", "resources") if not descriptor.get(key)
    ]
    faults += [f"{key} is not a text" for key in texts if descriptor.get(key) and not isinstance(descriptor[key], str)]
    licence, told = home / "LICENSE", [one.get("path", "") for one in descriptor.get("licenses", [])]
    if licence.is_file() and not all(path in licence.read_text("utf-8", errors="replace") for path in told):
        faults.append(f"licenses: {', '.join(told)} is not the licence of {licence.name}")
    people = descriptor.get("contributors", [])
    faults += ["contributor without a title" for person in people if not person.get("title")]
    names = [resource["name"] for resource in descriptor.get("resources", [])]
    faults += [f"resource {twice} stands twice" for twice in sorted({n for n in names if names.count(n) > 1})]
    for resource in descriptor.get("resources", []):
        faults += [f"resource {resource['name']}: no {text}" for text in texts if not resource.get(text)]
        for key in ("path", "schema"):
            if not isinstance(resource.get(key), str):
                faults.append(f"resource {resource['name']}: {key} is not a path")
            elif same := [
                one["name"]
                for one in descriptor["resources"]
                if one.get(key) == resource[key] and one["name"] != resource["name"]
            ]:
                faults.append(f"resource {resource['name']}: {key} is that of {same[0]} too")
    return [Problem(name, 1, fault) for fault in faults]


def _table(project: Project, home: Path, resource: dict[str, Any]) -> tuple[Table | None, list[tuple[str, Problem]]]:
    path, schema_path = (home / PurePosixPath(resource[key]) for key in ("path", "schema"))
    name, schema_name = project.name(path), project.name(schema_path)
    schema, problems = _json(schema_path, schema_name)
    problems = problems or _against_profile(schema, "tableschema.json", schema_name, schema_path)
    if problems:
        return None, [("", problem) for problem in problems]
    for field in schema["fields"]:
        for text in ("title", "title_zh", "description", "description_zh"):
            if not field.get(text):
                problems.append(Problem(schema_name, 1, f"field {field['name']}: no {text}"))
        for key in ("categories", "uniqueKeys"):
            if key in field or key in schema:
                problems.append(Problem(schema_name, 1, f"{key} is not enforced; use enum or primaryKey"))
    if not path.is_file():
        return None, [("", Problem(name, 1, "file is missing")), *(("", p) for p in problems)]
    table, found = cells.rows(path.read_bytes(), name)
    problems += found
    wanted = [field["name"] for field in schema["fields"]]
    if table and table[0] != wanted:
        problems.append(Problem(name, 1, f"columns are {', '.join(table[0])}; the schema has {', '.join(wanted)}"))
    uneven = [i for i, row in enumerate(table, 1) if len(row) != len(table[0])]
    problems += [Problem(name, i, f"{len(table[i - 1])} cells; the header has {len(table[0])}") for i in uneven]
    marked = [("", problem) for problem in problems] + list(cells.examine(table, schema["fields"], name))
    if not table or table[0] != wanted or uneven:
        return None, marked
    if len(table) == 1 and not resource.get("mayBeEmpty"):
        marked.append(("", Problem(name, 1, "no rows; the table must not be empty")))
    frame = pandas.DataFrame(table[1:], columns=wanted, dtype=str)
    return Table(name, schema, frame), marked


def _frictionless(home: Path, package: Package, reported: set[tuple[str, int, str]]) -> list[Problem]:
    """All that Frictionless finds, warnings too, less what was said of the same cell already.

    Foreign keys are left to `_foreign_keys`: Frictionless opens the other table anew for each, half of its time.
    """
    resources = [
        resource | {"schema": {k: v for k, v in package.tables[resource["name"]].schema.items() if k != "foreignKeys"}}
        for resource in package.descriptor["resources"]
    ]
    try:
        report = frictionless.Package(package.descriptor | {"resources": resources}, basepath=str(home)).validate()
    except frictionless.FrictionlessException as failure:
        return [Problem(package.path, 1, error.message) for error in failure.reasons or [failure.error]]
    problems = [Problem(package.path, 1, text) for text in report.warnings]
    problems += [Problem(package.path, 1, error.message) for error in report.errors]
    for task in report.tasks:
        path = package.tables[task.name].path
        problems += [Problem(path, 1, text) for text in task.warnings]
        for error in task.errors:
            line, column = getattr(error, "row_number", 1), getattr(error, "field_name", "")
            if (path, line, column) not in reported:
                problems.append(Problem(path, line, _sentence(error)))
    return problems


def _foreign_keys(package: Package) -> list[Problem]:
    """Each filled foreign key must be found in its table (Table Schema v2, `foreignKeys`); all keys here are single."""
    problems = []
    for name, table in package.tables.items():
        for key in table.schema.get("foreignKeys", []):
            (field,), target = key["fields"], key["reference"]["resource"] or name
            (other,) = key["reference"]["fields"]
            if target not in package.tables or other not in package.tables[target].frame:
                problems.append(Problem(table.path, 1, f"{field}: refers to {target}.{other}, which there is none of"))
                continue
            known = package.tables[target].frame[other]
            cells = table.frame[field]
            for row, cell in cells[(cells != "") & ~cells.isin(known)].items():
                near = did_you_mean(cell, known)
                problems.append(
                    Problem(table.path, int(str(row)) + 2, f"{field}: {cell!r} is not in table {target}{near}")
                )
    return problems


def _sentence(error: frictionless.Error) -> str:
    column, cell, note = (getattr(error, key, "") for key in ("field_name", "cell", "note"))
    if column:
        return f"{column}: {cell!r}: {note}" if cell else f"{column}: {note}"
    return error.message
