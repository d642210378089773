"""The engine contains no name of a report or language: those are in rows, descriptor, schemas, words and charts.

Folders of the site are named in `places` alone.
"""

import ast
import re
from pathlib import Path

from scripts.paths import SCRIPTS, THIS
from scripts.places import CARDS, CHARTS, FACTS, FRAMES, SCHEMAS

CODES = "|".join(sorted(file.parent.name for file in THIS.docs.glob("*/_language.yml")))
NAME = re.compile(rf"(?<![\w-])(?:{CODES})(?!\w)|_(?:{CODES})\b|live_room|China|newspaper|Yunji|Beidian|云集|贝店")
FOLDERS = (FACTS, CHARTS, FRAMES, CARDS, SCHEMAS)  # not EDITIONS, which is also a folder of the package
READ = {".py", ".html", ".xml", ".js", ".yml", ".css"}
EXCEPTIONS = {
    "words/words.yml": "what each language says, a line each: where a contributor adds one",
    "template/words.yml": "what a new project says of itself, a group a language",
    "words/works.py: newspaper": "CSL's name for the kind of thing that a news report is",
}
"""Where a name is allowed, and why: a file, or a file and one name."""


def code(file: Path) -> str:
    """A file without comments and docstrings, where examples are allowed."""
    text = file.read_text("utf-8")
    if file.suffix != ".py":
        return re.sub(r"\{#.*?#\}|<!--.*?-->|^\s*//.*$", "", text, flags=re.DOTALL | re.MULTILINE)
    tree = ast.parse(text)  # which has no comments
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = ""
    return ast.unparse(tree)


def named() -> set[str]:
    """Every name in the engine with its file; or the file alone if all of it is an exception."""
    files = [one for one in SCRIPTS.rglob("*") if one.suffix in READ and "charts" not in one.parts]
    found = {(file.relative_to(SCRIPTS).as_posix(), name) for file in files for name in NAME.findall(code(file))}
    return {file if file in EXCEPTIONS else f"{file}: {name.strip('_')}" for file, name in found}


def test_the_engine_names_no_report_and_no_language():
    assert sorted(named() - EXCEPTIONS.keys()) == []


def test_every_exception_is_still_needed():
    assert sorted(EXCEPTIONS.keys() - named()) == []


def test_a_folder_of_the_site_is_named_in_one_place():
    folder = re.compile(rf"(?<![\w/.>-])(?:{'|'.join(FOLDERS)})/|\bdata/(?:latest|v[\dX])")
    files = [one for one in SCRIPTS.rglob("*") if one.suffix in READ and not {"charts", "template"} & set(one.parts)]
    assert [f"{file.relative_to(SCRIPTS)}: {found}" for file in files for found in folder.findall(code(file))] == []
