"""The other formats of the editions, stored as first generated. In: a project; out: files by name, problems.

The bytes of a workbook, a database or a Parquet file depend on the version of the library that writes it, and `data/vX.Y.Z`
must never change. So a release generates them once, with the edition's descriptions, into a zip in `datapackage/formats`;
every build unpacks it. `SHA256SUMS` there has the checksum of each; a committed line must never change.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..paths import Project
from ..problem import Problem, Problems
from ..reading import archives, files
from . import history, store
from .store import Frozen

LIST = "SHA256SUMS"
_END = "-formats.zip"
_LINE = re.compile(r"([0-9a-f]{64})  ([\w.-]+-formats\.zip)")
_RESTORE = "restore it from version control; what was published never changes"


def folder(project: Project) -> Path:
    """The folder of the zips."""
    return project.descriptor.parent / "formats"


def check(project: Project) -> Iterator[Problem]:
    """Yield what is wrong with list and zips: malformed lines, a zip altered, missing or unlisted, a committed line changed."""
    home, path = folder(project), folder(project) / LIST
    name = project.name(path)
    try:
        lines = files.read_text(path, name).splitlines() if path.exists() else []
    except Problems as refused:
        yield from refused.all
        return
    listed: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        match = _LINE.fullmatch(line)
        if not match or match[2] in listed:
            yield Problem(name, number, f"{line[:40]!r} is malformed or duplicated; {_RESTORE}")
            continue
        listed[match[2]] = match[1]
        yield from _altered(project, home / match[2], match[1])
    for file in sorted(home.iterdir()) if home.is_dir() else ():
        if file.name != LIST and file.name not in listed and not files.ignored(file.name):
            yield Problem(project.name(file), 1, f"{LIST} does not list this file; remove it, or restore its line")
    for commit, text in history.versions(project.root, name):
        for line in set(text.splitlines()) - set(lines):
            yield Problem(name, 1, f"{line[66:]} no longer has the checksum of commit {commit}; {_RESTORE}")


def _altered(project: Project, file: Path, checksum: str) -> Iterator[Problem]:
    try:
        raw = files.read_bytes(file, project.name(file), archives.LARGEST)
    except Problems as refused:
        yield from (Problem(one.path, one.line, f"{one.text}; {_RESTORE}") for one in refused.all)
        return
    if (actual := store.sha256(raw)) != checksum:
        yield Problem(project.name(file), 1, f"sha256 is {actual}, not {checksum} as published; {_RESTORE}")


def contents(project: Project, edition: Frozen) -> Mapping[str, bytes]:
    """The stored files of an edition by name; empty if its formats were never stored."""
    path = folder(project) / file_name(edition.file)
    return _contents(path.read_bytes()) if path.exists() else {}


@functools.lru_cache(maxsize=16)
def _contents(raw: bytes) -> Mapping[str, bytes]:
    return archives.unzipped(raw)


def file_name(packed: str) -> str:
    """The name of the zip of formats, from the name of an edition's zip."""
    return f"{packed.removesuffix('.zip')}{_END}"


def clear(project: Project, editions: Iterable[Frozen]) -> Iterator[Path]:
    """Remove and yield the leftovers of an interrupted release: zips that no edition and no commit has, and their lines."""
    home, known = folder(project), {file_name(edition.file) for edition in editions}
    committed = history.tracked(project.root, project.name(home))
    if committed is None or not home.is_dir():
        return
    for file in sorted(home.glob(f"*{_END}")):
        if file.name not in known and project.name(file) not in committed:
            file.unlink()
            _set_line(project, file.name)
            yield file


def _set_line(project: Project, name: str, *checksum: str) -> None:
    """Set a zip's line in the list, or remove it without a checksum; an empty list is deleted, so that nothing is left to commit."""
    path = folder(project) / LIST
    before = path.read_text("utf-8").splitlines() if path.exists() else []
    lines = [line for line in before if not line.endswith(f"  {name}")] + [f"{one}  {name}" for one in checksum]
    if lines:
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    else:
        path.unlink(missing_ok=True)


def keep(project: Project, packed: str, raw: bytes) -> None:
    """Write the zip of an edition, then its line; replaces what an interrupted release left of this edition."""
    home, name = folder(project), file_name(packed)
    home.mkdir(exist_ok=True)
    (home / name).write_bytes(raw)
    _set_line(project, name, store.sha256(raw))
