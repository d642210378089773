"""Run the builder over a language's staged pages, again only over what changed. In: staged Markdown; out: HTML, problems.

The builder is one constant; what we need of it is plain Markdown in, HTML out. What it made is kept in build/kept, by
how it is run, with a checksum of each staged file. Where only some of them changed it is asked for these alone
(`--dirty`), and its search index, which has only these then, is completed from the one before. It checks anchors only
among the pages that it makes, so all are made where a page lost one or has a new link to another's.
"""

import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath

from . import editions
from .blocks import Content
from .languages import Language
from .problem import Problem

BUILDER = "mkdocs"
LIBRARIES = (BUILDER, "mkdocs-material", "markdown", "pymdown-extensions", "pygments", "jinja2", "jieba")
"""What takes part when the builder makes pages."""
INDEX = "search/search_index.json"
_WARNING = re.compile(r"^(?:WARNING|ERROR) +-  (.*)$", re.MULTILINE)
_ANCHOR = re.compile(r'\bid="([^"]*)"')
_LINK = re.compile(r'\bhref="([^"#]+#[^"]*)"')  # to an anchor of another page


def make(content: Content, language: Language, staged: Path, made: Path) -> list[Problem]:
    """Make a language's pages in a folder that is not there yet, of those staged; what the builder warns of is a problem."""
    kept = content.project.build / "kept" / language.code / _how(content, language, staged)
    sources = _checksums(staged / language.code)
    before = json.loads((kept / "sources.json").read_text("utf-8")) if kept.exists() else {}
    changed = [name for name in sources if before.get(name) != sources[name]]
    alike = sources.keys() == before.keys()
    if alike and not changed:
        shutil.copytree(kept / "made", made)
        return []
    if not alike or not _renew(content, language, staged, kept / "made", made, changed):
        shutil.rmtree(made, ignore_errors=True)
        problems = _run(content, language, staged, made)
        if problems:
            return problems
    _keep(kept, made, sources)
    return []


def _how(content: Content, language: Language, staged: Path) -> str:
    """A checksum of all that goes into every page of a language: how the builder is run, and what with."""
    config = (content.project.builder_config, staged / f"{language.code}.yml", staged / "names.txt")
    files = [Path(__file__), *config]
    parts = [sys.version, str(editions.moment(content.dataset.package))]
    parts += [f"{library} {importlib.metadata.version(library)}" for library in LIBRARIES]
    parts += [editions.sha256(file.read_bytes()) for file in files]
    return editions.sha256("\n".join(parts).encode())


def _checksums(folder: Path) -> dict[str, str]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): editions.sha256(file.read_bytes()) for file in files}


def _keep(kept: Path, made: Path, sources: Mapping[str, str]) -> None:
    """Put what was made in the place of all that was kept of this language; cut off, nothing is kept."""
    half = kept.with_name(f"{kept.name}.{os.getpid()}")
    shutil.copytree(made, half / "made")
    (half / "sources.json").write_text(json.dumps(sources), "utf-8")
    for old in kept.parent.iterdir():
        if old != half:
            shutil.rmtree(old)
    half.rename(kept)


def _renew(content: Content, language: Language, staged: Path, old: Path, made: Path, changed: Collection[str]) -> bool:
    """Make the changed files among the old ones; False where only the making of all could say that all is well."""
    shutil.copytree(old, made)
    for file in (staged / language.code).rglob("*"):
        os.utime(file, (0, 0))  # the builder passes over what is no newer than its output
    outputs = [_output(name) for name in changed]
    for output in outputs:
        (made / output).unlink(missing_ok=True)
    if _run(content, language, staged, made, "--dirty"):
        return False
    pages = [output for output in outputs if output.endswith(".html")]
    urls = {page.removesuffix("index.html") for page in pages}
    index = _index((old / INDEX).read_text("utf-8"), (made / INDEX).read_text("utf-8"), urls)
    (made / INDEX).write_text(index, "utf-8")
    return all(_ends_hold((old / page).read_text("utf-8"), (made / page).read_text("utf-8")) for page in pages)


def _output(name: str) -> str:
    """The file that the builder makes of a staged one."""
    path = PurePosixPath(name)
    if path.suffix != ".md":
        return name
    return str(path.with_name("index.html") if path.stem == "index" else path.with_suffix("") / "index.html")


def _index(old: str, new: str, changed: Collection[str]) -> str:
    """The old search index with the entries of the changed pages, by URL, from the new one."""
    pages: dict[str, list[object]] = {}
    fresh: dict[str, list[object]] = {}
    for text, entries in ((old, pages), (new, fresh)):
        for entry in json.loads(text)["docs"]:
            entries.setdefault(entry["location"].partition("#")[0], []).append(entry)
    pages |= {url: fresh.get(url, []) for url in changed}
    docs = [entry for entries in pages.values() for entry in entries]
    return json.dumps(json.loads(new) | {"docs": docs}, separators=(",", ":"))


def _ends_hold(old: str, new: str) -> bool:
    """Whether a page has all anchors that it had, and no link to another's that it had not."""
    return {*_ANCHOR.findall(old)} <= {*_ANCHOR.findall(new)} and {*_LINK.findall(new)} <= {*_LINK.findall(old)}


def _run(content: Content, language: Language, staged: Path, made: Path, mode: str = "--strict") -> list[Problem]:
    """One run of the builder; what it warns of is a problem, but for its one warning that `--dirty` is not all."""
    environment = os.environ | {
        "SOURCE_DATE_EPOCH": str(int(editions.moment(content.dataset.package).timestamp())),
        "PYTHONHASHSEED": "0",
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    config = staged / f"{language.code}.yml"
    command = [sys.executable, "-m", BUILDER, "build", mode, "--config-file", str(config), "--site-dir", str(made)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True)
    warnings = _WARNING.findall(run.stderr)[mode == "--dirty" :]
    if run.returncode and not warnings:
        warnings = [run.stderr.strip()[-2000:] or f"{BUILDER} failed"]
    name = content.project.name(content.project.docs / language.code)
    return [Problem(name, 1, " ".join(warning.split())) for warning in warnings]
