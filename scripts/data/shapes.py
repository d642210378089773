"""JSON Schemas of what the build requires of descriptors and schemas, beyond the published profiles.

A descriptor or schema that is valid needs no further type checks: every text is a string, every path has its form.
`remedy` is our own keyword: the message of `fitting.misfits` in place of the validator's.
"""

import functools
from collections.abc import Iterable
from typing import Any

from . import codes

VERSION = r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})"
"""A semantic version without extensions, of numbers that fit 32 bits."""
ID = "[a-z0-9]+(-[a-z0-9]+)*"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

_TEXT = {"type": "string", "minLength": 1}
_NOT_ENFORCED = {"not": {}, "remedy": "is not enforced; use enum or primaryKey"}
MOMENT = r"^(19[89]|20[0-9])[0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z$"
"""A timestamp that a zip can store: from 1980 on, in seconds, in UTC."""
_NAME = r"^[a-z][a-z0-9_]*$"


def _object(properties: dict[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    """An object that requires all of these properties, or those in `required`, and may have others."""
    return {"type": "object", "properties": properties, "required": required or list(properties)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    """A non-empty list."""
    return {"type": "array", "items": items, "minItems": 1}


def _distinct(items: dict[str, Any]) -> dict[str, Any]:
    """A non-empty list of distinct items."""
    return _list(items) | {"uniqueItems": True}


def _texts(languages: Iterable[str]) -> dict[str, Any]:
    """Title and description in each language."""
    return dict.fromkeys(codes.names(codes.TEXTS, languages), _TEXT)


_CODES = "is not a usable language code of two or three letters; id and in end other columns, such as fact_id and fixed_in: write ind for Indonesian"


@functools.cache
def resource(languages: tuple[str, ...]) -> dict[str, Any]:
    """A resource: a plain CSV file in UTF-8, with its schema in another file."""
    return _object(
        {
            **_texts(languages),
            "name": {"type": "string", "pattern": _NAME},
            "path": {
                "type": "string",
                "pattern": r"^data/[a-z][a-z0-9_]*\.csv$",
                "remedy": "is not of the form data/name.csv",
            },
            "schema": {
                "type": "string",
                "pattern": r"^data/[a-z][a-z0-9_]*\.schema\.json$",
                "remedy": "is not of the form data/name.schema.json",
            },
            "type": {"const": "table"},
            "format": {"const": "csv"},
            "mediatype": {"const": "text/csv"},
            "encoding": {"const": "utf-8"},
            "dialect": {"not": {}, "remedy": "is not allowed; tables are plain CSV"},
        },
        [*_texts(languages), "name", "path", "schema", "type", "format", "mediatype", "encoding"],
    )


@functools.cache
def descriptor(languages: tuple[str, ...]) -> dict[str, Any]:
    """The descriptor of a package in these languages."""
    return _object(
        {
            "$schema": {"const": PROFILE},
            **_texts(languages),
            "name": {
                "type": "string",
                "pattern": rf"^{ID}$",
                "maxLength": 100,
                "remedy": "is not a file name; use at most 100 of a-z and 0-9, joined by -",
            },
            "version": {"type": "string", "pattern": f"^{VERSION}$", "remedy": "is not of the form 1.2.3"},
            "created": {"type": "string", "pattern": MOMENT, "remedy": "is not of the form 2022-03-09T08:00:00Z"},
            "keywords": _distinct(_TEXT),
            "languages": _distinct({"type": "string", "pattern": f"^{codes.CODE}$", "remedy": _CODES}),
            "licenses": _distinct(_object({"name": _TEXT, "title": _TEXT, "path": _TEXT})),
            "contributors": _distinct(_object({"title": _TEXT, "path": _TEXT, "roles": _distinct(_TEXT)}, ["title"])),
            "sources": _distinct(_object({"title": _TEXT, "path": _TEXT}, ["title"])),
            "homepage": _TEXT,
            **dict.fromkeys(codes.names(["spatialCoverage"], languages), _TEXT),
            "resources": _list(resource(languages)),
        },
        ["$schema", *_texts(languages), "name", "version", "created", "keywords", "languages", "licenses", "contributors", "sources",
         "resources"],
    )  # fmt: skip


_NAMES = _distinct(_TEXT)
_CONDITION = {"$ref": "#/$defs/condition"}
_ASKED = {
    "properties": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {
            "type": "object",
            "minProperties": 1,
            "properties": {"enum": _NAMES, "maximum": {"type": "number"}},
            "additionalProperties": False,
        },
    },
    "required": _NAMES,
    "dependentRequired": {"type": "object", "minProperties": 1, "additionalProperties": _NAMES},
    "if": _CONDITION,
    "then": _CONDITION,
    "not": _CONDITION,
    "anyOf": _distinct(_CONDITION),
}
"""The keywords of JSON Schema that a condition for rows may use."""
_ONE_FIELD = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1, "maxItems": 1}]}


@functools.cache
def schema(languages: tuple[str, ...]) -> dict[str, Any]:
    """A table's schema; Frictionless enforces neither `categories` nor `uniqueKeys`, so a closed list must be an `enum`."""
    return _object(
        {
            "fields": _list(
                _object(
                    {
                        **_texts(languages),
                        "name": {"type": "string", "pattern": _NAME},
                        "categories": _NOT_ENFORCED,
                        "type": {"enum": ["string", "number", "integer"]},
                        "constraints": _object(
                            {
                                "required": {"type": "boolean"},
                                "unique": {"type": "boolean"},
                                "pattern": {"type": "string", "format": "regex"},
                                "enum": _distinct({"type": "string"}),
                                "minimum": {"type": "number"},
                                "maximum": {"type": "number"},
                                "minLength": {"type": "integer"},
                                "maxLength": {"type": "integer"},
                            }
                        )
                        | {"required": [], "additionalProperties": False},
                    },
                    ["name", "type", *_texts(languages)],
                )
            ),
            "rows": _distinct(
                {
                    "type": "object",
                    "properties": {"description": _TEXT, **_ASKED},
                    "required": ["description"],
                    "minProperties": 2,
                    "additionalProperties": False,
                }
            ),
            "uniqueKeys": _NOT_ENFORCED,
            "primaryKey": {"anyOf": [_TEXT, _NAMES]},
            "missingValues": {"const": [""]},
            "foreignKeys": _distinct(_object({"fields": _ONE_FIELD, "reference": _object({"resource": {"type": "string"}, "fields": _ONE_FIELD})})),
        },
        ["fields"],
    ) | {"$defs": {"condition": {"type": "object", "minProperties": 1, "properties": _ASKED, "additionalProperties": False}}}  # fmt: skip
