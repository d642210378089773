"""What a JSON or YAML file says, with the line of each value; the one writer of JSON files. In: a path or a text; out: `Document`.

What is too deep, unfolds without end or repeats a key is refused before anything looks at the content. What a file must
contain is a JSON Schema, held against it by `fitting.misfits`.
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

LONGEST_QUOTE = 200  # characters of a message about a value
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_TOKEN = re.compile(rf'{_STRING.pattern}|[{{}}\[\],:]|[^\s{{}}\[\],:"]+')
_SURROGATE = re.compile("[\ud800-\udfff]")  # alone, as only an escape can write it (RFC 8259, section 8.2)


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

    def misfit(self, fault: str, *steps: str | int) -> Problem:
        """The same, with the way to the value in front."""
        return self.problem(f"{place(steps)}: {fault}" if steps else fault, *steps)


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
    """A YAML text, in the part of YAML that JSON can say; raises `Problems` for others.

    `first_line` is the line of the file on which the text starts.
    """
    value, faults = plain_yaml.read(text, first_line)
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
    marks = re.findall(r"[{}\[\]]", _STRING.sub("", text))
    return max(itertools.accumulate(1 if mark in "{[" else -1 for mark in marks), default=0)


@functools.lru_cache(maxsize=32)
def _lines(text: str, kind: str) -> Mapping[Steps, int]:
    """The line of each value of a text that was read without fault; of a property, that of its name."""
    return dict(_json_places(text)) if kind == "json" else plain_yaml.lines(text)


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
