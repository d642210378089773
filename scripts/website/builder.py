"""Run the builder over a language's staged pages, unless they are what they were. In: staged Markdown; out: HTML, problems.

The builder is one constant; what we need of it is plain Markdown in, HTML out. What it made of a language is kept whole
in build/kept, by a checksum of all that it was made from.
"""

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

from ..editions import store
from ..pages.content import Content
from ..problem import Problem
from ..words.languages import Language

BUILDER = "mkdocs"
LIBRARIES = (BUILDER, "mkdocs-material", "markdown", "pymdown-extensions", "pygments", "jinja2", "jieba")
"""What takes part when the builder makes pages."""
_ATTENDED = """
import os, runpy, sys, threading
def leave():
    os.read(0, 1)
    os._exit(1)
threading.Thread(target=leave, daemon=True).start()
del sys.argv[0]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""
"""A module run as by `python -m`, which ends at once when its standard input does: however the process that holds the
other end of that pipe came to its end, nothing goes on writing.
"""
_WARNING = re.compile(r"^(?:WARNING|ERROR) +-  (.*)$", re.MULTILINE)
_SYSTEM = re.compile(r"^\w*Error: \[Errno (\d+)\]", re.MULTILINE)


def make(content: Content, language: Language, staged: Path, made: Path, lifeline: IO[str]) -> list[Problem]:
    """Make a language's pages in a folder that is not there yet, of those staged; what the builder warns of is a problem.

    `lifeline` is the reading end of a pipe: the builder lives no longer than its other end is open. Raises `OSError`
    where the builder could not write.
    """
    kept = content.project.build / "kept" / language.code / _made_from(content, language, staged)
    if kept.exists():
        shutil.copytree(kept, made, copy_function=shutil.copyfile)
        return []
    problems = _run(content, language, staged, made, lifeline)
    if not problems:
        _keep(kept, made)
    return problems


def _made_from(content: Content, language: Language, staged: Path) -> str:
    """A checksum of all that goes into the pages of a language: how the builder is run, and on what."""
    files = [Path(__file__), content.project.builder_config, staged / f"{language.code}.yml", staged / "names.txt"]
    files += sorted(file for file in (staged / language.code).rglob("*") if file.is_file())
    parts = [sys.version, str(store.moment(content.dataset.package))]
    parts += [f"{library} {importlib.metadata.version(library)}" for library in LIBRARIES]
    parts += [f"{os.path.relpath(file, staged)} {store.sha256(file.read_bytes())}" for file in files]
    return store.sha256("\n".join(parts).encode())


def _keep(kept: Path, made: Path) -> None:
    """Put what was made in the place of all that was kept of this language.

    Folders are only ever renamed into and out of build/kept, so that one that is there is whole, whatever was cut off.
    """
    half = made.with_name(f"{made.name}-kept")
    shutil.copytree(made, half, copy_function=shutil.copyfile)
    kept.parent.mkdir(parents=True, exist_ok=True)
    for old in kept.parent.iterdir():
        old.rename(made.with_name(f"{made.name}-{old.name}"))
    half.rename(kept)


def _run(content: Content, language: Language, staged: Path, made: Path, lifeline: IO[str]) -> list[Problem]:
    """One run of the builder; what it warns of is a problem."""
    environment = os.environ | {
        "SOURCE_DATE_EPOCH": str(int(store.moment(content.dataset.package).timestamp())),
        "PYTHONHASHSEED": "0",
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    files = ["--config-file", f"{language.code}.yml", "--site-dir", str(made.resolve())]
    command = [sys.executable, "-c", _ATTENDED, BUILDER, "build", "--strict", *files]
    run = subprocess.run(command, cwd=staged, env=environment, stdin=lifeline, capture_output=True, text=True)
    warnings = _WARNING.findall(run.stderr)
    if run.returncode and not warnings:
        if refused := _SYSTEM.search(run.stderr):
            raise OSError(int(refused[1]), os.strerror(int(refused[1])), str(content.project.build))
        warnings = [run.stderr.strip()[-2000:] or f"{BUILDER} failed"]
    name = content.project.name(content.project.docs / language.code)
    return [Problem(name, 1, " ".join(warning.split())) for warning in warnings]
