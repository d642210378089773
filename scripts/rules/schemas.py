"""Check what the build requires of descriptor and schemas in this project. In: package, words; out: problems.

A laxer schema (no key, no foreign key, text for numbers, a longer closed list) would accept wrong rows.
"""

import typing
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from ..data import codes, typed
from ..data.dataset import KINDS
from ..data.package import Package, Table
from ..data.records import Text
from ..data.shapes import ID
from ..problem import Problem
from ..reading.documents import Steps
from ..words import lists

NUMBERS: dict[object, str] = {Decimal | None: "number", int | None: "integer"}


def incomplete(package: Package) -> Iterator[Problem]:
    """Yield the columns that records need and tables lack; no other rule can run without them.

    Translations of a title are optional.
    """
    spoken = package.languages
    for name in package.tables.keys() & KINDS.keys() if package.whole else ():
        table, hints = package.tables[name], typing.get_type_hints(KINDS[name])
        there = {*table.frame.columns}
        for column in hints.keys() - {"line", *typed.TRANSLATED}:
            known = codes.columns(column, there, spoken)
            texts = {f"{column}_{code}" for code in spoken if code not in known}
            for missing in texts if hints[column] == Text else {column} - there:
                yield table.described.problem(f"field {missing} is missing; add it here and to the table", "fields")


def check(package: Package, words: Mapping[str, Any], languages: list[str]) -> Iterator[Problem]:
    """Yield what descriptor and schemas lack; `words` are those of the first language."""
    yield from _descriptor(package, languages)
    spoken = package.languages
    owners = {table.key[0]: name for name, table in package.tables.items() if len(table.key) == 1}
    for name, table in package.tables.items():
        for step, fault in (*_keys(table, table.key), *_references(table, name, owners)):
            yield table.described.problem(fault, *step)
        for place, field in enumerate(table.schema["fields"]):
            for fault in _field(field, name, words, spoken, _base_units(package)):
                yield table.described.problem(f"field {field['name']}: {fault}", "fields", place)


def _descriptor(package: Package, languages: list[str]) -> Iterator[Problem]:
    listed = package.descriptor["languages"]
    if sorted(listed) != sorted(languages):
        yield package.problem(f"languages: {listed}; docs has {', '.join(languages)}", "languages")
    paths = [source["path"] for source in package.descriptor["sources"] if "path" in source]
    for id_, address in _reports(package) if paths else ():
        if address not in paths:
            fault = f"sources: {', '.join(paths)} lacks {address}, the address of {id_}, which facts are taken from"
            yield package.problem(fault, "sources")


def _reports(package: Package) -> Iterator[tuple[str, str]]:
    """Yield id and address of each source that facts are taken from."""
    if {"sources", "facts"} <= package.tables.keys():
        sources, facts = (package.tables[name].frame for name in ("sources", "facts"))
        ids = set(facts.get("source_id", ()))
        yield from (pair for pair in zip(sources["source_id"], sources["url"], strict=True) if pair[0] in ids)


def _keys(table: Table, key: list[str]) -> Iterator[tuple[Steps, str]]:
    names = [field["name"] for field in table.schema["fields"]]
    if key != names[: max(1, len(key))]:
        yield (
            ("primaryKey",),
            f"primaryKey: {', '.join(key) or 'none'}; expected the first column, or all of a table of links",
        )
    for place, field in enumerate(table.schema["fields"]):
        name, constraints = field["name"], field.get("constraints", {})
        at = ("fields", place)
        if name.endswith("_id") and constraints.get("pattern") != ID:
            yield at, f"field {name}: pattern is not {ID}, the form of every id"
        if name in key and not constraints.get("required"):
            yield at, f"field {name}: not required, but part of the key"
        if [name] == key and not constraints.get("unique"):
            yield at, f"field {name}: not unique, but the key"
    if table.schema.get("missingValues") != [""]:
        yield (), "missingValues: only an empty cell is a missing value"


def _references(table: Table, name: str, owners: Mapping[str, str]) -> Iterator[tuple[Steps, str]]:
    """Each id column, except the key, needs a foreign key to the table whose key ends its name, else to its own table."""
    key, referred = table.key, {column: (other or name, there) for column, other, there in table.references}
    for place, field in enumerate(field["name"] for field in table.schema["fields"]):
        if not field.endswith("_id") or [field] == key:
            continue
        end = next((end for end in owners if field == end or field.endswith("_" + end)), key[0] if key else "")
        if (wanted := (owners.get(end, name), end)) != referred.get(field):
            yield ("fields", place), f"field {field}: no foreign key to {'.'.join(wanted)}"


def _base_units(package: Package) -> set[str]:
    """The units of metrics; all others belong to derived numbers only."""
    fields = package.tables["metrics"].schema["fields"] if "metrics" in package.tables else ()
    return {
        unit for field in fields if field["name"] == "unit" for unit in field.get("constraints", {}).get("enum", ())
    }


def _field(
    field: Mapping[str, Any], table: str, words: Mapping[str, Any], spoken: list[str], base: set[str]
) -> Iterator[str]:
    hints: dict[str, object] = typing.get_type_hints(KINDS[table]) if table in KINDS else {}
    title, constraints = field["name"], field.get("constraints", {})
    wanted = NUMBERS.get(hints.get(title), "string")
    if field["type"] != wanted:
        yield f"type is {field['type']!r}; expected {wanted!r}"
    if title == "url" and field.get("format") != "uri":
        yield "format is not 'uri'"
    if codes.suffix(title, spoken) and not constraints.get("required"):
        yield "not required; every language must have its text"
    if "enum" in constraints and title != "unit" and not constraints.get("required"):
        yield "not required, but a closed list"
    if group := lists.CLOSED.get((table, title)):
        known = set(words.get(group, {}))
        known &= base if group == "units" and table != "figures" else known
        if set(constraints.get("enum", [])) != known:
            yield f"enum is not the list of words of {group}, {', '.join(sorted(known))}"
