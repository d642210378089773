"""The subset of YAML that JSON can express: no alias, no tag, no date, string keys. In: a text; out: values, lines, faults."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from . import files

Steps = tuple[Any, ...]
"""The path to a value: keys of objects, which are strings, and indexes of lists, from 0."""
DEEPEST = 20  # levels; a descriptor has seven
LONGEST_NUMBER = 30  # digits; Python itself refuses thousands
_HALF = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")  # JSON escapes some characters as two halves, which YAML refuses
_TAG = "tag:yaml.org,2002:"
_KINDS = ("map", "seq", "str", "int", "float", "bool", "null")  # those that JSON has too; no date, set or binary


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Load YAML with the types of JSON: a date is a string, as in YAML 1.2."""

    yaml_implicit_resolvers = {
        first: [(tag, form) for tag, form in some if tag != f"{_TAG}timestamp"]
        for first, some in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read(text: str, first_line: int = 1) -> tuple[Any, list[tuple[int, str]]]:
    """Parse a text into its value, or its faults with their lines from 1; `first_line` is where it starts in its file."""
    try:
        if faults := list(_refused(text)):
            return None, faults
        loader = Loader(text)
        node = loader.get_single_node()
        faults = list(_faults(node, first_line))
        return None if faults or not node else loader.construct_document(node), faults
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, [(mark.line + 1 if mark else 1, f"not YAML: {error.problem or error.context}")]
    except yaml.reader.ReaderError as error:
        return None, [(text.encode()[: error.position].count(b"\n") + 1, f"not YAML: {error.reason}")]
    except ValueError as error:  # a number of thousands of digits
        return None, [(1, f"not YAML: {error}")]


def places(text: str) -> list[tuple[Steps, int]]:
    """The line of each value of a valid text; for a property, the line of its name. JSON is YAML too, in flow style.

    Only the first line is known of the rare JSON that is not, such as a name of more than 1,024 characters.
    """
    try:
        return [(steps, line) for steps, line, _ in _places(yaml.compose(_HALF.sub("?", text), Loader))]
    except yaml.YAMLError:
        return [((), 1)]


def _refused(text: str) -> Iterator[tuple[int, str]]:
    """Yield the first anchor or alias, which could expand without end, or the first nesting that is too deep."""
    depth = 0
    for event in yaml.parse(text, Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield line, "not read: YAML anchor or alias; write the text out"
            return
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                yield line, f"not read: nested more than {DEEPEST} levels deep"
                return
        depth -= isinstance(event, yaml.CollectionEndEvent)


def _faults(node: yaml.Node | None, first_line: int) -> Iterator[tuple[int, str]]:
    """Yield what YAML allows and we refuse: tags, duplicate or non-string keys, invisible characters, very long numbers."""
    seen: dict[Steps, int] = {}
    for steps, line, value in _places(node):
        if steps and steps[-1] is None:
            yield line, "key is not a string; put it in quotation marks"
        elif steps in seen:
            yield line, f"key {steps[-1]!r} is duplicated; first in line {first_line - 1 + seen[steps]}"
        elif value.tag.removeprefix(_TAG) not in _KINDS:
            yield line, f"YAML tag {value.tag.removeprefix(_TAG)} is not read; put the text in quotation marks"
        elif isinstance(value, yaml.ScalarNode) and (
            bad := files.hidden(value.value.replace("\n", " ").replace("\t", " "))
        ):
            yield line, f"hidden character U+{ord(bad):04X}; remove it"
        elif value.tag == f"{_TAG}int" and len(value.value) > LONGEST_NUMBER:
            yield line, f"a number of {len(value.value)} digits"
        seen[steps] = line


def _places(node: yaml.Node | None, steps: Steps = ()) -> Iterator[tuple[Steps, int, yaml.Node]]:
    """Yield the steps to each value, its line and its node; the step of a non-string key is None. Yields nothing for an empty text."""
    if not node:
        return
    if not steps:
        yield (), node.start_mark.line + 1, node
    if isinstance(node, yaml.MappingNode):
        found = [(key.value if key.tag == f"{_TAG}str" else None, key, value) for key, value in node.value]
    else:
        found = [(i, value, value) for i, value in enumerate(node.value if isinstance(node.value, list) else ())]
    for step, start, value in found:
        yield (*steps, step), start.start_mark.line + 1, value
        yield from _places(value, (*steps, step))
