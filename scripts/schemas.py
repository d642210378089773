"""What the build takes for granted of descriptor and schemas, beyond the published profiles. In: package; out: problems.

A schema that asks for less (no key, no reference, text for numbers, a longer closed list) would let wrong rows pass.
"""

import re
import typing
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from .facts import KINDS
from .package import VERSION, Package, Table
from .problem import Problem

ID = "[a-z0-9]+(-[a-z0-9]+)*"
CLOSED = {
    ("entities", "kind"): "entity_kinds",
    ("entities", "name_basis"): "name_basis",
    ("speakers", "kind"): "speaker_kinds",
    ("metrics", "unit"): "units",
    ("facts", "kind"): "kinds",
    ("facts", "unit"): "units",
    ("facts", "qualifier"): "qualifiers",
    ("facts", "period_basis"): "period_basis",
    ("evidence", "unit"): "units",
    ("evidence", "qualifier"): "qualifiers",
    ("evidence", "derivation"): "derivations",
    ("checks", "verdict"): "verdicts",
    ("corrections", "kind"): "correction_kinds",
    ("sources", "reliability"): "reliability",
}
"""Closed lists of the tables, and the group of words in which each language names their members."""

DERIVED_UNITS = {"times", "points"}  # units of figures alone
NUMBERS: dict[object, str] = {Decimal | None: "number", int | None: "integer"}
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DESCRIBED = ("$schema", "name", "keywords", "languages", "licenses", "sources")
RESOURCE = {"type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}


def check(package: Package, words: Mapping[str, Any], languages: list[str]) -> Iterator[Problem]:
    """Yield what the descriptor and the schemas lack; `words` are those of the first language."""
    yield from (Problem(package.path, 1, fault) for fault in _descriptor(package, languages))
    keys = {name: _key(table.schema) for name, table in package.tables.items()}
    owners = {key[0]: name for name, key in keys.items() if len(key) == 1}
    for name, table in package.tables.items():
        path = re.sub(r"\.csv$", ".schema.json", table.path)
        faults = (
            *_keys(table, keys[name]),
            *_references(table, name, keys[name], owners),
            *_fields(table, name, words),
        )
        yield from (Problem(path, 1, fault) for fault in faults)


def _key(schema: Mapping[str, Any]) -> list[str]:
    key = schema.get("primaryKey", [])
    return [key] if isinstance(key, str) else list(key)


def _descriptor(package: Package, languages: list[str]) -> Iterator[str]:
    descriptor = package.descriptor
    if not VERSION.fullmatch(str(descriptor.get("version"))):
        yield f"version: {descriptor.get('version')!r} is not of the form 1.2.3"
    told = descriptor.get("languages")
    if not isinstance(told, list) or sorted(map(str, told)) != sorted(languages):
        yield f"languages: {told}; docs has {', '.join(languages)}"
    if not all(licence.get("path") for licence in descriptor.get("licenses", [{}])):
        yield "licenses: no path to a licence"
    article = package.tables["sources"].frame["url"].iloc[0] if "sources" in package.tables else ""
    told = [source["path"] for source in descriptor.get("sources", []) if "path" in source]
    if told and article not in told:
        yield f"sources: {', '.join(told)} is not {article}, the address of the first source"
    if descriptor.get("$schema", PROFILE) != PROFILE:
        yield f"$schema: {descriptor['$schema']} is not {PROFILE}"
    yield from (f"no {key}" for key in DESCRIBED if not descriptor.get(key))
    for resource in descriptor["resources"]:
        faults = [
            f"{key} is {resource.get(key)!r}, not {due!r}" for key, due in RESOURCE.items() if resource.get(key) != due
        ]
        faults += ["has a dialect; tables are plain CSV"] if "dialect" in resource else []
        wanted = f"data/{resource['name']}"
        faults += (
            [f"path is {resource['path']!r}, not {wanted + '.csv'!r}"] if resource["path"] != wanted + ".csv" else []
        )
        yield from (f"resource {resource['name']}: {fault}" for fault in faults)


def _keys(table: Table, key: list[str]) -> Iterator[str]:
    fields = {field["name"]: field for field in table.schema["fields"]}
    first = list(fields)[: max(1, len(key))]
    if key != first:
        yield f"primaryKey: {', '.join(key) or 'none'}; the first column is due, or all of a table of links"
    for name, field in fields.items():
        constraints = field.get("constraints", {})
        if name.endswith("_id") and constraints.get("pattern") != ID:
            yield f"field {name}: pattern is not {ID}, the form of every id"
        if name in key and not constraints.get("required"):
            yield f"field {name}: not required, but part of the key"
        if [name] == key and not constraints.get("unique"):
            yield f"field {name}: not unique, but the key"
    if table.schema.get("missingValues") != [""]:
        yield "missingValues: an empty cell alone is a missing value"


def _references(table: Table, name: str, key: list[str], owners: Mapping[str, str]) -> Iterator[str]:
    """Each id that is not the table's own refers: to the table whose key ends its name, else to its own."""
    referred = {
        key["fields"][0]: (key["reference"]["resource"] or name, key["reference"]["fields"][0])
        for key in table.schema.get("foreignKeys", [])
    }
    for field in (field["name"] for field in table.schema["fields"]):
        if not field.endswith("_id") or [field] == key:
            continue
        end = next((end for end in owners if field == end or field.endswith("_" + end)), key[0] if key else "")
        if (due := (owners.get(end, name), end)) != referred.get(field):
            yield f"field {field}: no foreign key to {'.'.join(due)}"


def _fields(table: Table, name: str, words: Mapping[str, Any]) -> Iterator[str]:
    hints: dict[str, object] = typing.get_type_hints(KINDS[name]) if name in KINDS else {}
    for field in table.schema["fields"]:
        title, constraints = field["name"], field.get("constraints", {})
        due = NUMBERS.get(hints.get(title), "string")
        if field.get("type") != due:
            yield f"field {title}: type is {field.get('type')!r}, not {due!r}"
        if title == "url" and field.get("format") != "uri":
            yield "field url: format is not 'uri'"
        if re.search("_(en|zh)$", title) and not constraints.get("required"):
            yield f"field {title}: not required; a text is there in every language"
        if "enum" in constraints and title != "unit" and not constraints.get("required"):
            yield f"field {title}: not required, but a closed list"
        if group := CLOSED.get((name, title)):
            known = set(words.get(group, {})) - DERIVED_UNITS
            if set(constraints.get("enum", [])) != known:
                yield f"field {title}: enum is not the list of words of {group}, {', '.join(sorted(known))}"
