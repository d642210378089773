"""Whether a document fits a JSON Schema, and what in it does not, at its line. In: `Document` and schema; out: problems."""

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
    """What a JSON Schema finds wrong with a document, each at its line; `remedy` in a schema takes the place of its words."""
    found = _misfits(document.text, document.kind, json.dumps(schema))
    return [document.misfit(fault, *steps) for steps, fault in found]


def fits(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether a value is as a JSON Schema asks."""
    return bool(_quick(json.dumps(schema)).is_valid(value))


@functools.lru_cache(maxsize=128)  # schemas seldom change, and `serve` asks again
def _misfits(text: str, kind: str, schema: str) -> list[tuple[documents.Steps, str]]:
    value = json.loads(text) if kind == "json" else yaml.load(text, plain_yaml.Loader)
    if _quick(schema).is_valid(value):
        return []
    return [told for error in _validator(schema).iter_errors(value) for told in _told(error)]


def _told(error: jsonschema.ValidationError) -> Iterator[tuple[documents.Steps, str]]:
    """The steps to a misfit and what it is; each property that is unknown by itself."""
    steps = tuple(error.absolute_path)
    if error.validator == "additionalProperties" and error.validator_value is False and isinstance(error.schema, dict):
        known, there = error.schema.get("properties", {}), error.instance
        for name in there if isinstance(there, dict) else ():
            if name not in known:
                yield (*steps, name), f"is unknown here{did_you_mean(name, known)}"
    else:
        yield steps, _fault(error)


@functools.lru_cache(maxsize=32)
def _quick(schema: str) -> Any:
    """A validator that says only whether a value fits, in a tenth of the time of the one that says why it does not."""
    return jsonschema_rs.validator_for(json.loads(schema), validate_formats=True, formats={"regex": _compiles})


@functools.lru_cache(maxsize=32)
def _validator(schema: str) -> Any:
    described = json.loads(schema)
    kind = jsonschema.validators.validator_for(described, jsonschema.Draft202012Validator)
    formats = jsonschema.FormatChecker(())
    formats.checks("regex")(_compiles)
    return kind(described, format_checker=formats)


def _compiles(pattern: object) -> bool:
    """Whether Python, which holds the cells to it, reads a pattern without a doubt, such as over `[[`."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return bool(re.compile(str(pattern)))
        except (re.error, Warning, RecursionError, OverflowError):
            return False


def _fault(error: jsonschema.ValidationError) -> str:
    """What is wrong in a few words, without a copy of a whole object; of alternatives what all of them ask for."""
    whole = isinstance(error.instance, dict | list)
    if isinstance(error.schema, dict) and "remedy" in error.schema:
        remedy = str(error.schema["remedy"])
        return remedy if whole else f"{documents.short(repr(error.instance))} {remedy}"
    asked = [{one.message for one in some if one.validator == "required"} for _, some in
             itertools.groupby(error.context or [], key=lambda one: one.schema_path[0])]  # fmt: skip
    if common := set.intersection(*asked) if asked else set():
        return min(common)
    if whole and error.validator == "type":
        return f"is not of type {error.validator_value!r}"
    if error.validator == "uniqueItems":
        return "has an entry that is duplicated"
    told = ("const", "required", "dependentRequired", "minProperties", "maxProperties")
    if whole and error.validator not in told:
        return "does not fit what is expected here"
    return documents.short(error.message)
