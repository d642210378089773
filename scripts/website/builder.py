"""Run the builder on the staged pages of each language, unless nothing changed. In: staged Markdown; out: HTML, problems.

The builder's name is one constant; all we need from it is plain Markdown in, HTML out. The output of each language is
cached in build/kept, by a checksum of all its inputs. Builders are forks of a process that has the builder loaded; it
stays until the build or `serve` ends.
"""

import contextlib
import importlib.metadata
import multiprocessing
import os
import re
import shutil
import sys
from collections.abc import Iterator
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TextIO

from .. import helper
from ..editions import store
from ..pages import staging
from ..pages.content import Content
from ..paths import Project
from ..problem import Problem
from ..words.languages import Language

BUILDER = "mkdocs"
LIBRARIES = (BUILDER, "mkdocs-material", "markdown", "pymdown-extensions", "pygments", "jinja2", "jieba")
"""Libraries whose versions affect the builder's output."""
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([f"{__package__}.loaded", f"{BUILDER}.commands.build"])
_WARNING = re.compile(r"^(?:WARNING|ERROR) +-  (.*)$", re.MULTILINE)
_SYSTEM = re.compile(r"^\w*Error: \[Errno (\d+)\]", re.MULTILINE)


def load() -> None:
    """Start the process that loads the builder, if none runs; it ends with this one."""
    forkserver.ensure_running()


def make(content: Content, staged: Path, html: Path) -> list[Problem]:
    """Build each language's staged pages into a new folder, `html/<code>`; return the builder's warnings as problems.

    Raises `OSError` if the builder could not write.
    """
    problems, runs = [], []
    with contextlib.ExitStack() as running:
        for language in content.languages:
            made = html / language.code
            kept = content.project.build / "kept" / language.code / _made_from(content, language, staged)
            if kept.exists():
                shutil.copytree(kept, made, copy_function=shutil.copyfile)
            else:
                run = running.enter_context(_started(content, language, staged, made))
                runs.append((language, kept, made, run))
        for language, kept, made, run in runs:
            warnings = _warnings(content.project, *run)
            folder = content.project.name(content.project.docs / language.code)
            problems += [Problem(folder, 1, " ".join(warning.split())) for warning in warnings]
            if not warnings:
                _keep(kept, made)
    return problems


def _made_from(content: Content, language: Language, staged: Path) -> str:
    """A checksum of all inputs of a language's pages, wherever they are: how the builder is run, and its files."""
    files = [staged / f"{language.code}.yml", staged / staging.NAMES]
    files += sorted(file for file in (staged / language.code).rglob("*") if file.is_file())
    parts = [sys.version, str(store.moment(content.dataset.package))]
    parts += [f"{library} {importlib.metadata.version(library)}" for library in LIBRARIES]
    how = (Path(__file__), Path(__file__).with_name("loaded.py"), Path(helper.__file__), content.project.builder_config)
    parts += [store.sha256(file.read_bytes()) for file in how]
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


@contextlib.contextmanager
def _started(content: Content, language: Language, staged: Path, made: Path) -> Iterator[tuple[BaseProcess, TextIO]]:
    """Start a builder, which is killed when the body ends; yields it with the end of the pipe that it writes messages to."""
    messages, end = multiprocessing.Pipe(duplex=False)
    arguments = ["build", "--strict", "--config-file", f"{language.code}.yml", "--site-dir", str(made.resolve())]
    created = int(store.moment(content.dataset.package).timestamp())
    builder = _FORKS.Process(target=helper.run_module, args=(BUILDER, arguments, staged.resolve(), created, end))
    builder.start()
    end.close()
    try:
        with open(messages.fileno(), encoding="utf-8", closefd=False) as text:
            yield builder, text
    finally:
        builder.kill()
        builder.join()
        messages.close()


def _warnings(project: Project, builder: BaseProcess, messages: TextIO) -> list[str]:
    """Wait until a builder ends; return its warnings, or what it said last if it failed."""
    output = messages.read()
    builder.join()
    warnings = _WARNING.findall(output)
    if builder.exitcode and not warnings:
        if refused := _SYSTEM.search(output):
            raise OSError(int(refused[1]), os.strerror(int(refused[1])), str(project.build))
        warnings = [output.strip()[-2000:] or f"{BUILDER} failed"]
    return warnings
