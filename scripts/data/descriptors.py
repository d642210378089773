"""Validate descriptors and schemas as documents. In: their JSON; out: problems with their lines."""

import datetime
import functools
import json
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from .. import paths
from ..problem import Problem
from ..reading import addresses, documents, fitting
from ..reading.documents import Document
from . import cells, shapes

PROFILES = resources.files("dplib") / "profiles" / "2.0"  # the published Data Package v2 profiles


def faults(document: Document, home: Path, languages: tuple[str, ...]) -> list[Problem]:
    """Validate a package's descriptor; its files are in `home`."""
    return misfits(document, "datapackage.json", shapes.descriptor(languages)) or [*_described(document, home)]


def misfits(document: Document, profile: str, shape: Mapping[str, Any]) -> list[Problem]:
    """Validate against a published profile, then against the stricter shape of the build; report unclean texts in any case."""
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
    """Yield every string of a JSON value, property names too, after the steps to it."""
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, dict | list):
        for step, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _strings(step, (*steps, step))
            yield from _strings(one, (*steps, step))


def _described(document: Document, home: Path) -> Iterator[Problem]:
    """Yield what no schema can check: calendar dates, public addresses, unique resource names, file names that match them."""
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
        for key, fault in misplaced(resource, home):
            yield document.problem(f"resource {name}: {fault}", "resources", place, key)


def _addresses(value: Any, steps: documents.Steps = ()) -> Iterator[tuple[documents.Steps, str]]:
    """Yield every address in a descriptor, after the steps to it; a resource's path is not one."""
    for step, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        here = (*steps, step)
        if step == "homepage" or (step == "path" and steps[-2:-1] in (("licenses",), ("sources",), ("contributors",))):
            yield here, str(one)
        yield from _addresses(one, here)


def misplaced(resource: Mapping[str, Any], home: Path) -> Iterator[tuple[str, str]]:
    """Yield the files of a resource that are not named after it, or are outside its folder by a symbolic link."""
    for key, end in (("path", ".csv"), ("schema", ".schema.json")):
        if resource[key] != (wanted := f"data/{resource['name']}{end}"):
            yield key, f"{key} is {resource[key]!r}; expected {wanted!r}"
            continue
        try:
            paths.inside(home, wanted)
        except ValueError as error:
            yield key, str(error)
