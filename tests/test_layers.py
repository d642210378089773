"""The order of the modules is written once, in the docstring of scripts; each imports only from its left."""

import ast
from pathlib import Path

import pytest

import scripts
from scripts.paths import THIS

ROOM = THIS.root / "scripts"
ORDER = [
    name.strip()
    for name in "".join(line for line in scripts.__doc__.splitlines() if "→" in line).split("→")
    if name.strip()
]
FILES = sorted(ROOM.glob("*.py")) + sorted(ROOM.glob("*/*.py"))


def module(file: Path) -> str:
    """The module that a file is, or is part of: formats/database.py is part of formats."""
    steps = file.relative_to(ROOM).with_suffix("").parts
    return steps[0]


def imported(file: Path) -> set[str]:
    """The modules of scripts that a file imports, at its top or inside a function."""
    home = ("scripts", *file.relative_to(ROOM).parent.parts)
    paths = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            paths += [tuple(alias.name.split(".")) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = home[: len(home) - node.level + 1] if node.level else ()
            base += tuple(node.module.split(".")) if node.module else ()
            paths += [(*base, alias.name) for alias in node.names]
    return {path[1] for path in paths if path[0] == "scripts"}


def allowed(name: str) -> set[str]:
    if name == "__main__":
        return {"commands", "lock", "paths", "problem", "progress", "serve"}
    if name == "__init__":
        return set()
    own = {name} if (ROOM / name / "__init__.py").exists() else set()
    return set(ORDER[: ORDER.index(name)]) | own


def test_every_module_has_its_place_in_the_order():
    assert sorted(ORDER) == sorted({module(file) for file in FILES} - {"__init__", "__main__"})


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOM).as_posix())
def test_a_module_imports_only_from_its_left(file: Path):
    assert imported(file) <= allowed(module(file))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOM).as_posix())
def test_only_main_and_progress_print(file: Path):
    calls = [node.func for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
    prints = any(isinstance(call, ast.Name) and call.id == "print" for call in calls)
    assert prints == (module(file) in ("__main__", "progress"))
