"""Run the builder on a language's staged pages, unless nothing changed. In: staged Markdown; out: HTML, problems.

The builder's name is one constant; all we need from it is plain Markdown in, HTML out. The output of each language is
cached in build/kept, by a checksum of all its inputs.
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
from ..pages import staging
from ..pages.content import Content
from ..problem import Problem
from ..words.languages import Language

BUILDER = "mkdocs"
LIBRARIES = (BUILDER, "mkdocs-material", "markdown", "pymdown-extensions", "pygments", "jinja2", "jieba")
"""Libraries whose versions affect the builder's output."""
_SUPERVISED = """
import os, runpy, sys, threading
def leave():
    os.read(0, 1)
    os._exit(1)
threading.Thread(target=leave, daemon=True).start()
del sys.argv[0]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""
"""Runs a module as `python -m` does, and exits as soon as its standard input is closed, so that the builder never outlives
the process that holds the other end of the pipe, however that ended.
"""
_WARNING = re.compile(r"^(?:WARNING|ERROR) +-  (.*)$", re.MULTILINE)
_SYSTEM = re.compile(r"^\w*Error: \[Errno (\d+)\]", re.MULTILINE)


def make(content: Content, language: Language, staged: Path, made: Path, lifeline: IO[str]) -> list[Problem]:
    """Build a language's staged pages into a new folder, `made`; return the builder's warnings as problems.

    `lifeline` is the read end of a pipe: the builder exits when the write end is closed. Raises `OSError` if the
    builder could not write.
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
    """A checksum of all inputs of a language's pages, wherever they are: how the builder is run, and its files."""
    files = [staged / f"{language.code}.yml", staged / staging.NAMES]
    files += sorted(file for file in (staged / language.code).rglob("*") if file.is_file())
    parts = [sys.version, str(store.moment(content.dataset.package))]
    parts += [f"{library} {importlib.metadata.version(library)}" for library in LIBRARIES]
    parts += [store.sha256(file.read_bytes()) for file in (Path(__file__), content.project.builder_config)]
    parts += [f"{file.relative_to(staged)} {store.sha256(file.read_bytes())}" for file in files]
    return store.sha256("\n".join(parts).encode())


def _keep(kept: Path, made: Path) -> None:
    """Replace the cached output of this language.

    Folders are only ever renamed into and out of build/kept, so that each one there is complete even after an interruption.
    """
    half = made.with_name(f"{made.name}-kept")
    shutil.copytree(made, half, copy_function=shutil.copyfile)
    kept.parent.mkdir(parents=True, exist_ok=True)
    for old in kept.parent.iterdir():
        old.rename(made.with_name(f"{made.name}-{old.name}"))
    half.rename(kept)


def _run(content: Content, language: Language, staged: Path, made: Path, lifeline: IO[str]) -> list[Problem]:
    """Run the builder once; return its warnings as problems."""
    environment = os.environ | {
        "SOURCE_DATE_EPOCH": str(int(store.moment(content.dataset.package).timestamp())),
        "PYTHONHASHSEED": "0",
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    files = ["--config-file", f"{language.code}.yml", "--site-dir", str(made.resolve())]
    command = [sys.executable, "-c", _SUPERVISED, BUILDER, "build", "--strict", *files]
    run = subprocess.run(command, cwd=staged, env=environment, stdin=lifeline, capture_output=True, text=True)
    warnings = _WARNING.findall(run.stderr)
    if run.returncode and not warnings:
        if refused := _SYSTEM.search(run.stderr):
            raise OSError(int(refused[1]), os.strerror(int(refused[1])), str(content.project.build))
        warnings = [run.stderr.strip()[-2000:] or f"{BUILDER} failed"]
    name = content.project.name(content.project.docs / language.code)
    return [Problem(name, 1, " ".join(warning.split())) for warning in warnings]
