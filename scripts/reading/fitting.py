"""Validate documents against JSON Schemas. In: `Document` and schema; out: problems with their lines."""

import functools
import itertools
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
import jsonschema_rs
import yaml

from ..problem import Problem, did_you_mean
from . import documents, plain_yaml


def misfits(document: documents.Document, schema: Mapping[str, Any]) -> list[Problem]:
    """Validate a document against a JSON Schema; a `remedy` in the schema replaces the validator's message."""
    found = _misfits(document.text, document.kind, json.dumps(schema))
    return [document.misfit(fault, *steps) for steps, fault in found]


def fits(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether a value is valid against a JSON Schema."""
    return bool(_fast_validator(json.dumps(schema)).is_valid(value))


@functools.lru_cache(maxsize=128)  # schemas seldom change, and `serve` validates again
def _misfits(text: str, kind: str, schema: str) -> list[tuple[documents.Steps, str]]:
    value = json.loads(text) if kind == "json" else yaml.load(text, plain_yaml.Loader)
    if _fast_validator(schema).is_valid(value):
        return []
    return [fault for error in _validator(schema).iter_errors(value) for fault in _faults(error)]


def _faults(error: jsonschema.ValidationError) -> Iterator[tuple[documents.Steps, str]]:
    """Yield the steps to a fault and its message; one fault for each unknown property."""
    steps = tuple(error.absolute_path)
    if error.validator == "additionalProperties" and error.validator_value is False and isinstance(error.schema, dict):
        known, there = error.schema.get("properties", {}), error.instance
        for name in there if isinstance(there, dict) else ():
            if name not in known:
                yield (*steps, name), f"is unknown here{did_you_mean(name, known)}"
    else:
        yield steps, _fault(error)


@functools.lru_cache(maxsize=32)
def _fast_validator(schema: str) -> Any:
    """A validator that says only whether a value is valid, in a tenth of the time of the one that says why not."""
    return jsonschema_rs.validator_for(json.loads(schema), validate_formats=True, formats={"regex": _compiles})


@functools.lru_cache(maxsize=32)
def _validator(schema: str) -> Any:
    described = json.loads(schema)
    kind = jsonschema.validators.validator_for(described, jsonschema.Draft202012Validator)
    formats = jsonschema.FormatChecker(())
    formats.checks("regex")(_compiles)
    return kind(described, format_checker=formats)


def _compiles(pattern: object) -> bool:
    """Whether Python, which matches the cells, compiles a pattern without a warning, such as that for `[[`."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return bool(re.compile(str(pattern)))
        except (re.error, Warning, RecursionError, OverflowError):
            return False


def _fault(error: jsonschema.ValidationError) -> str:
    """A short message that quotes no list or object; for alternatives, the property that all of them require."""
    container = isinstance(error.instance, dict | list)
    if isinstance(error.schema, dict) and "remedy" in error.schema:
        remedy = str(error.schema["remedy"])
        return remedy if container else f"{documents.short(repr(error.instance))} {remedy}"
    asked = [{one.message for one in some if one.validator == "required"} for _, some in
             itertools.groupby(error.context or [], key=lambda one: one.schema_path[0])]  # fmt: skip
    if common := set.intersection(*asked) if asked else set():
        return min(common)
    if container and error.validator == "type":
        return f"is not of type {error.validator_value!r}"
    if error.validator == "uniqueItems":
        return "has an entry that is duplicated"
    plain = ("const", "required", "dependentRequired", "minProperties", "maxProperties")
    if container and error.validator not in plain:
        return "does not match its schema"
    return documents.short(error.message)
