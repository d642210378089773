"""Detects a truncated chart file without drawing it. In: a chart's module; out: lines and sentences."""

import builtins
import dis
import inspect
import itertools
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

Faults = Iterator[tuple[int, str]]


def faults(module: ModuleType) -> Faults:
    """Yield undefined global names, and functions that may end without the return value that they declare."""
    file = str(module.__file__)
    known = {*vars(module), *vars(builtins)}
    for step in _steps(compile(Path(file).read_bytes(), file, "exec")):
        if step.opname == "LOAD_GLOBAL" and step.argval not in known:
            yield _line(step), f"the name {step.argval!r} is not defined; is the file truncated?"
    for function in vars(module).values():
        if type(function) is FunctionType and function.__module__ == module.__name__:  # `isinstance` would load altair
            yield from _ends(function)


def _ends(function: FunctionType) -> Faults:
    promised = str(function.__annotations__.get("return", "Spec" if function.__name__ == "draw" else None))
    if "None" in promised or inspect.isgeneratorfunction(function):
        return
    for before, step in itertools.pairwise(dis.get_instructions(function)):
        nothing = step if step.opname == "RETURN_CONST" else before if step.opname == "RETURN_VALUE" else None
        if nothing and nothing.opname.endswith("_CONST") and nothing.argval is None:
            fault = f"{function.__name__} can end without a return; is the file truncated?"
            yield function.__code__.co_firstlineno, fault


def _steps(code: CodeType) -> Iterator[dis.Instruction]:
    """Yield the instructions of a code object and of all code defined in it."""
    yield from dis.get_instructions(code)
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _steps(inner)


def _line(step: dis.Instruction) -> int:
    return step.positions.lineno or 1 if step.positions else 1
