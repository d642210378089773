"""Parse JSON and YAML with the line of each value; write JSON. In: a path or a text; out: `Document`.

Nesting that is too deep, YAML aliases and duplicate keys are refused before anything looks at the content. What a file
must contain is a JSON Schema, which `fitting.misfits` validates it against.
"""

import functools
import itertools
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..problem import Problem, Problems
from . import files, plain_yaml
from .plain_yaml import DEEPEST, LONGEST_NUMBER, Steps

LONGEST_QUOTE = 200  # characters of a quoted value in a message
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_SURROGATE = re.compile("[\ud800-\udfff]")  # a lone one, which only an escape can write (RFC 8259, section 8.2)


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed text; `kind` is json or yaml, `first_line` the line of the file on which the text starts."""

    name: str
    value: Any
    text: str
    kind: str
    first_line: int = 1

    def line(self, *steps: str | int) -> int:
        """The line of the value at these steps, or of its nearest ancestor that exists."""
        lines = _lines(self.text)
        while steps and steps not in lines:
            steps = steps[:-1]
        return self.first_line - 1 + lines.get(steps, 1)

    def problem(self, fault: str, *steps: str | int) -> Problem:
        """A problem at the line of the value at these steps."""
        return Problem(self.name, self.line(*steps), fault)

    def misfit(self, fault: str, *steps: str | int) -> Problem:
        """The same, prefixed with the path to the value."""
        return self.problem(f"{place(steps)}: {fault}" if steps else fault, *steps)


def json_text(value: object, indent: int = 1) -> str:
    """Serialise a value as indented JSON; raises `ValueError` for what JSON cannot express."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent) + "\n"


def read_json(path: Path, name: str) -> Document:
    """Parse a JSON file; raises `Problems` if it is not valid JSON."""
    return parse_json(files.read_text(path, name), name)


def parse_json(text: str, name: str) -> Document:
    """Parse a JSON text; raises `Problems` if it is invalid, or if parsers disagree about it (RFC 8259, section 4)."""
    if (found := _depth(text)) > DEEPEST:
        raise files.refused(name, f"not read: nested {found} levels deep; the limit is {DEEPEST}")
    repeated = False

    def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        value = dict(pairs)
        repeated |= len(value) != len(pairs)
        return value

    try:
        value = json.loads(
            text, object_pairs_hook=without_repeats, parse_int=_integer, parse_float=_float, parse_constant=_constant
        )
    except json.JSONDecodeError as error:
        raise files.refused(name, f"not JSON: {error.msg}", error.lineno) from None
    except ValueError as error:
        raise files.refused(name, f"not JSON: {error}", _line_of_number(text)) from None
    if repeated:
        places = plain_yaml.places(text)
        twice = [place for i, place in enumerate(places) if place[0] in {steps for steps, _ in places[:i]}]
        faults = [Problem(name, line, f"property {steps[-1]!r} is duplicated") for steps, line in twice]
        raise Problems(faults or [Problem(name, 1, "a property is duplicated")])
    for string in _STRING.finditer(text) if "\\ud" in text.lower() else ():
        if _SURROGATE.search(half := json.loads(string[0])):
            line = text.count("\n", 0, string.start()) + 1
            raise files.refused(name, f"not JSON: {short(ascii(half))} has a lone surrogate; UTF-8 has none", line)
    return Document(name, value, text, "json")


def read_yaml(path: Path, name: str) -> Document:
    """Parse a YAML file; raises `Problems` if it is not valid YAML."""
    return parse_yaml(files.read_text(path, name), name)


def parse_yaml(text: str, name: str, first_line: int = 1) -> Document:
    """Parse a text in the subset of YAML that JSON can express; raises `Problems` for anything else.

    `first_line` is the line of the file on which the text starts.
    """
    value, faults = plain_yaml.read(text, first_line)
    if faults:
        raise Problems(Problem(name, first_line - 1 + line, fault) for line, fault in faults)
    return Document(name, value, text, "yaml", first_line)


def leaves(value: Any, *steps: str | int) -> Iterator[tuple[Steps, Any]]:
    """Yield each scalar value after the steps to it."""
    if not isinstance(value, Mapping | list):
        yield steps, value
        return
    for step, one in value.items() if isinstance(value, Mapping) else enumerate(value):
        yield from leaves(one, *steps, step)


def place(steps: Steps) -> str:
    """The path to a value in dotted notation: resources[0].path."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def short(text: str) -> str:
    """Truncate a text for a message."""
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)


def _float(digits: str) -> float:
    if math.isinf(number := float(digits)):
        raise ValueError(f"{digits} is larger than a floating-point number can be")
    return number


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


def _line_of_number(text: str) -> int:
    """The line of the number that `_integer`, `_float` or `_constant` refused."""
    plain = _STRING.sub('""', text)
    found = re.search(rf"\d{{{LONGEST_NUMBER + 1},}}|NaN|Infinity|\d[eE]\+?\d{{3,}}", plain)
    return plain.count("\n", 0, found.start()) + 1 if found else 1


def _depth(text: str) -> int:
    """How deep the lists and objects of a JSON text are nested."""
    marks = re.findall(r"[{}\[\]]", _STRING.sub("", text))
    return max(itertools.accumulate(1 if mark in "{[" else -1 for mark in marks), default=0)


@functools.lru_cache(maxsize=32)
def _lines(text: str) -> Mapping[Steps, int]:
    return dict(plain_yaml.places(text))
