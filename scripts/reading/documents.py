"""What a JSON or YAML file says, with the line of each value; the one writer of JSON files. In: a path or a text; out: `Document`.

What is too deep, unfolds without end or repeats a key is refused before anything looks at the content. What a file must
contain is a JSON Schema, held against it by `fitting.misfits`.
"""

import functools
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ..problem import Problem, Problems
from . import files

Steps = tuple[Any, ...]
"""The way to a value: keys of objects, which are texts, and places in lists, which are numbers from 0."""

DEEPEST = 20  # levels; a descriptor has seven
LONGEST_QUOTE = 200  # characters of a message about a value
LONGEST_NUMBER = 30  # digits; Python itself refuses to read thousands
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_TOKEN = re.compile(rf'{_STRING.pattern}|[{{}}\[\],:]|[^\s{{}}\[\],:"]+')
_SURROGATE = re.compile("[\ud800-\udfff]")  # alone, as only an escape can write it (RFC 8259, section 8.2)
_TAG = "tag:yaml.org,2002:"
_KINDS = ("map", "seq", "str", "int", "float", "bool", "null")  # what JSON knows too; no date, set or binary


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML with the values of JSON: a date is a text, as in YAML 1.2."""

    yaml_implicit_resolvers = {
        first: [(tag, form) for tag, form in some if tag != f"{_TAG}timestamp"]
        for first, some in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@dataclass(frozen=True, slots=True)
class Document:
    """What a text of a kind, json or yaml, says; `first_line` is the line of the file on which the text starts."""

    name: str
    value: Any
    text: str
    kind: str
    first_line: int = 1

    def line(self, *steps: str | int) -> int:
        """The line of the value at these steps, or of the nearest one around it that is there."""
        lines = _lines(self.text, self.kind)
        while steps and steps not in lines:
            steps = steps[:-1]
        return self.first_line - 1 + lines.get(steps, 1)

    def problem(self, fault: str, *steps: str | int) -> Problem:
        """A problem at the line of the value at these steps."""
        return Problem(self.name, self.line(*steps), fault)


def json_text(value: object, indent: int = 1) -> str:
    """A value as a JSON file that people can read too; raises ValueError for what JSON cannot say."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent) + "\n"


def read_json(path: Path, name: str) -> Document:
    """A JSON file; raises `Problems` where it is none."""
    return parse_json(files.read_text(path, name), name)


def parse_json(text: str, name: str) -> Document:
    """A JSON text; raises `Problems` where it is none, or is one that readers of JSON disagree about (RFC 8259, section 4)."""
    if (found := _depth(text)) > DEEPEST:
        raise files.refused(name, f"not read: nested {found} levels deep, at most {DEEPEST} are")
    repeated = False

    def told(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        value = dict(pairs)
        repeated |= len(value) != len(pairs)
        return value

    try:
        value = json.loads(
            text, object_pairs_hook=told, parse_int=_integer, parse_float=_float, parse_constant=_constant
        )
    except json.JSONDecodeError as error:
        raise files.refused(name, f"not JSON: {error.msg}", error.lineno) from None
    except ValueError as error:
        raise files.refused(name, f"not JSON: {error}", _line_of_number(text)) from None
    if repeated:
        places = list(_json_places(text))
        twice = [place for i, place in enumerate(places) if place[0] in {steps for steps, _ in places[:i]}]
        raise Problems(Problem(name, line, f"property {steps[-1]!r} is duplicated") for steps, line in twice)
    for string in _STRING.finditer(text) if "\\ud" in text.lower() else ():
        if _SURROGATE.search(half := json.loads(string[0])):
            line = text.count("\n", 0, string.start()) + 1
            raise files.refused(name, f"not JSON: {short(ascii(half))} has half a character, which no file holds", line)
    return Document(name, value, text, "json")


def read_yaml(path: Path, name: str) -> Document:
    """A YAML file; raises `Problems` where it is none."""
    return parse_yaml(files.read_text(path, name), name)


def parse_yaml(text: str, name: str, first_line: int = 1) -> Document:
    """A YAML text, in the part of YAML that JSON can say: no alias, no tag, texts for keys; raises `Problems` for others.

    `first_line` is the line of the file on which the text starts.
    """
    try:
        faults = list(_yaml_faults(text, first_line))
        value = None if faults else yaml.load(text, Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults = [(mark.line + 1 if mark else 1, f"not YAML: {error.problem or error.context}")]
    except yaml.reader.ReaderError as error:
        faults = [(text.encode()[: error.position].count(b"\n") + 1, f"not YAML: {error.reason}")]
    except ValueError as error:  # a date that is none, a number of thousands of digits
        faults = [(1, f"not YAML: {error}")]
    if faults:
        raise Problems(Problem(name, first_line - 1 + line, fault) for line, fault in faults)
    return Document(name, value, text, "yaml", first_line)


def leaves(value: Any, *steps: str | int) -> Iterator[tuple[Steps, Any]]:
    """Yield each value that holds no others, with the way to it."""
    if not isinstance(value, Mapping | list):
        yield steps, value
        return
    for step, one in value.items() if isinstance(value, Mapping) else enumerate(value):
        yield from leaves(one, *steps, step)


def place(steps: Steps) -> str:
    """The way to a value as people write it: resources[0].path."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def short(text: str) -> str:
    """A text as a message quotes it."""
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)


def _float(digits: str) -> float:
    if math.isinf(number := float(digits)):
        raise ValueError(f"{digits} is larger than any number that is kept")
    return number


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _line_of_number(text: str) -> int:
    """The line of what the number hooks refused."""
    plain = _STRING.sub('""', text)
    found = re.search(rf"\d{{{LONGEST_NUMBER + 1},}}|NaN|Infinity|\d[eE]\+?\d{{3,}}", plain)
    return plain.count("\n", 0, found.start()) + 1 if found else 1


def _depth(text: str) -> int:
    """How deep lists and objects of a JSON text are nested."""
    deepest = depth = 0
    for mark in re.findall(r"[{}\[\]]", _STRING.sub("", text)):
        depth += 1 if mark in "{[" else -1
        deepest = max(deepest, depth)
    return deepest


@functools.lru_cache(maxsize=32)
def _lines(text: str, kind: str) -> Mapping[Steps, int]:
    """The line of each value of a text that was read without fault; of a property, that of its name."""
    if kind == "json":
        return dict(_json_places(text))
    node = yaml.compose(text, Loader)
    return {steps: line for steps, line, _ in _yaml_places(node)} if node else {}


def _json_places(text: str) -> Iterator[tuple[Steps, int]]:
    """Yield each value of a valid JSON text, with its line."""
    path: list[Any] = []  # the steps to what is read; the last is None before the name of a property
    line, at = 1, 0
    for token in _TOKEN.finditer(text):
        line, at, mark = line + text.count("\n", at, token.start()), token.start(), token[0]
        if mark in "}]":
            path.pop()
        elif mark == ",":
            path[-1] = path[-1] + 1 if isinstance(path[-1], int) else None
        elif mark != ":" and path and path[-1] is None:
            path[-1] = json.loads(mark)
            yield tuple(path), line
        elif mark != ":":
            if not path or isinstance(path[-1], int):
                yield tuple(path), line
            if mark in "{[":
                path.append(None if mark == "{" else 0)


def _yaml_faults(text: str, first_line: int) -> Iterator[tuple[int, str]]:
    """What YAML allows and we do not: aliases, which may unfold without end, tags, depth, keys twice or not texts."""
    depth = 0
    for event in yaml.parse(text, Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield line, "not read: an anchor or alias of YAML; write the text out"
            return
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                yield line, f"not read: nested more than {DEEPEST} levels deep"
                return
        depth -= isinstance(event, yaml.CollectionEndEvent)
    node = yaml.compose(text, Loader)
    seen: dict[Steps, int] = {}
    for steps, line, value in _yaml_places(node) if node else ():
        if steps and steps[-1] is None:
            yield line, "a key is not a text; put it in quotation marks"
        elif steps in seen:
            yield line, f"key {steps[-1]!r} is duplicated; it is in line {first_line - 1 + seen[steps]} too"
        elif value.tag.removeprefix(_TAG) not in _KINDS:
            yield line, f"{value.tag.removeprefix(_TAG)} is not read; put the text in quotation marks"
        elif isinstance(value, yaml.ScalarNode) and (
            bad := files.hidden(value.value.replace("\n", " ").replace("\t", " "))
        ):
            yield line, f"hidden character U+{ord(bad):04X}; remove it"
        elif value.tag == f"{_TAG}int" and len(value.value) > LONGEST_NUMBER:
            yield line, f"a number of {len(value.value)} digits"
        seen[steps] = line


def _yaml_places(node: yaml.Node, steps: Steps = ()) -> Iterator[tuple[Steps, int, yaml.Node]]:
    """Yield the way to each value, its line and its node; a key that is not a text has None for its step."""
    if not steps:
        yield (), node.start_mark.line + 1, node
    if isinstance(node, yaml.MappingNode):
        found = [(key.value if key.tag == f"{_TAG}str" else None, key, value) for key, value in node.value]
    else:
        found = [(i, value, value) for i, value in enumerate(node.value if isinstance(node.value, list) else ())]
    for step, start, value in found:
        yield (*steps, step), start.start_mark.line + 1, value
        yield from _yaml_places(value, (*steps, step))
