"""Freeze an edition, or report every reason against it; and lay out the files of its tag's release.

In: `Content` and a version, or a tag and a built site; out: the edition's files, build/release, problems. Only the newest
frozen edition is released; the build before has checked that its zip is unaltered.
"""

import dataclasses
import datetime
import re
from collections.abc import Iterator
from pathlib import Path

from . import paths, progress, rooms
from .data.package import VERSION, Package, numbers
from .editions import diff, formats, history, ledger, store, unfold
from .pages import edition_pages, staging
from .pages.content import Content
from .paths import Project
from .problem import Problem, Problems
from .reading import archives, files
from .rules import expected
from .words import lists

FOLDERS = ("json", "parquet")  # folders with a file a table, a zip each; the CSV tables are in the edition's zip
_EPOCH = datetime.datetime(1980, 1, 1)  # the earliest date that a zip can hold; fixed, for the same bytes each time
_VERIFY = """
The files are listed in `SHA256SUMS`; `gh attestation verify FILE --repo OWNER/NAME` says where they were made.
各文件的校验值见 `SHA256SUMS`；用 `gh attestation verify FILE --repo OWNER/NAME` 可查验文件出处。
"""


def freeze(content: Content, read: Package, version: str, say: progress.Say, dry: bool = False) -> None:
    """Freeze the package as it was read; raises every reason against it at once, and then writes nothing.

    `content` is the result of the project's check; its package has the newest edition's version. A dry run only reports
    what would be done.
    """
    project, before = content.project, content.editions
    now = store.inside(project, read)
    found = diff.between(store.contents(project, before[-1]), now) if before else []
    if reasons := [
        *_version_faults(content, read, version),
        *_change_faults(content, version, found),
        *_uncommitted(project, version),
    ]:
        raise Problems(reasons)
    for kind, number in diff.counted(found).items():
        say(f"{kind.replace('_', ' ')}: {number}")
    counts = {name: len(table.frame) for name, table in read.tables.items()}
    if dry:
        say(f"would freeze {version}: {len(now)} files, {sum(counts.values())} rows, {len(content.charts)} charts")
        return
    fresh = dataclasses.replace(content, dataset=dataclasses.replace(content.dataset, package=read), unreleased=False)
    with progress.show(say, "charts") as each:
        drawn = edition_pages.charts(fresh, staging.draw(fresh, each), each)
    whole = now | drawn | store.packed(read, {"": now, "charts": drawn})
    derived = unfold.derived(whole, lists.terms(content.languages))
    edition = store.freeze(project, read, counts, {"charts": drawn, "formats": derived}, before)
    say(f"froze {version}: {edition.file}, {edition.bytes} bytes, sha256 {edition.sha256}; now commit it")


def _version_faults(content: Content, read: Package, version: str) -> Iterator[Problem]:
    """Reasons against a version apart from what changed: its form, its order, files that name another one."""
    project, described = content.project, read.descriptor
    name = project.name(project.descriptor)
    listed = project.name(store.folder(project) / store.LIST)
    if not VERSION.fullmatch(version):
        yield Problem(listed, 1, f"{version!r} is not a version; write three numbers, such as 1.2.0")
        return
    newest = content.editions[-1].version if content.editions else ""
    if newest and numbers(version) <= numbers(newest):
        fault = f"version {version} is not after {newest}, which is frozen and never changes; take a later one"
        yield Problem(listed, 1, fault)
    if described["version"] != version:
        yield Problem(name, 1, f"version is {described['version']}; set it to {version}")
    if content.editions and described["created"] < content.editions[-1].created:
        yield Problem(name, 1, f"created is {described['created']}, before edition {content.editions[-1].version}")
    yield from expected.missing(project, version)
    for path, wanted in (
        (project.descriptor.parent / "CHANGELOG.md", f"## {version}"),
        (project.root / "CITATION.cff", f"version: {version}"),
    ):
        if not path.exists() or wanted not in path.read_text("utf-8").splitlines():
            yield Problem(project.name(path), 1, f"has no line {wanted!r}; write it")


def _change_faults(content: Content, version: str, found: list[diff.Change]) -> Iterator[Problem]:
    """Changes that require another version, and corrected values without a row in corrections.csv."""
    if not content.editions:
        return
    newest, data = content.editions[-1], content.dataset
    listed = content.project.name(store.folder(content.project) / store.LIST)
    least, allowed = diff.least(found), diff.successors(newest.version)
    if not least:
        yield Problem(listed, 1, f"nothing has changed since {newest.version}; there is nothing to freeze")
    elif version not in (enough := [allowed[level] for level in diff.LEVELS[: diff.LEVELS.index(least) + 1]]):
        asking = [change for change in found if change.level == least]
        yield Problem(listed, 1, f"after {newest.version} comes {' or '.join(reversed(enough))}, not {version}: "
                      f"{'; '.join(str(change) for change in asking[:5])}"
                      f"{f'; and {len(asking) - 5} more' if len(asking) > 5 else ''}")  # fmt: skip
    recorded = {(c.fact_id, c.field, c.old, c.new) for c in data.corrections.values() if c.fixed_in == version}
    for change in found:
        known = (change.row, change.field, change.old, change.new)
        if change.table == "facts" and change.kind in ("value_corrected", "meaning_changed") and known not in recorded:
            line = data.facts[change.row].line
            fault = f"{change}, and corrections.csv has no row for it with fixed_in {version}; add one"
            yield Problem(data.package.tables["facts"].path, line, fault)


def _uncommitted(project: Project, version: str) -> Iterator[Problem]:
    """Reasons in git against freezing: no repository, no branch, an existing tag, uncommitted changes."""
    name = project.name(project.descriptor)
    status = ("status", "--porcelain", "-z", "--branch", "--untracked-files=all", "--no-renames")
    try:
        branch, *changed, _ = history.git(project.root, *status).split("\0")
        tagged = history.git(project.root, "tag", "--list", f"v{version}") if VERSION.fullmatch(version) else ""
    except ValueError as error:
        yield Problem(name, 1, f"not in version control: {error}")
        return
    if branch == "## HEAD (no branch)":
        fault = "no branch is checked out, so the edition's commit would be on none; switch to a branch"
        yield Problem(name, 1, fault)
    if tagged:
        yield Problem(name, 1, f"tag v{version} exists, so this version was published; take a later one")
    for line in changed:
        yield Problem(line[3:], 1, "changed and not committed; commit it or undo the change")


def clear(project: Project, say: progress.Say) -> None:
    """Remove leftovers of an interrupted release: files of editions that are in no row and no commit."""
    for path in ledger.leftovers(project):
        path.unlink()
        say(f"removed {project.name(path)}, left by an interrupted release")


def version(project: Project, tag: str) -> str:
    """The version that a tag such as v1.1.0 names; raises `Problems` unless it is the newest frozen edition and in the changelog."""
    frozen, faults = store.read(project)
    if faults:
        raise Problems(faults)
    known = [edition.version for edition in frozen]
    newest = known[-1] if known else ""
    if newest and tag == f"v{newest}":
        _changes(project, newest)
        return newest
    if not newest:
        fault = f"tag {tag!r} names no edition, as none is frozen yet; freeze one with `make release VERSION=X.Y.Z`"
    elif tag.removeprefix("v") in known and tag.startswith("v"):
        fault = f"tag {tag!r} names an older edition; the newest frozen one is v{newest}"
    else:
        fault = f"tag {tag!r} names no frozen edition; the newest is v{newest}; freeze a new one with `make release VERSION=X.Y.Z`"
    raise Problems([Problem(project.name(store.folder(project) / store.LIST), 1, fault)])


def lay_out(project: Project, of: str) -> Path:
    """Write an edition's files to build/release/files, with checksums, and its changelog section to notes.md; returns build/release.

    If interrupted at any moment, the folder is the old release, missing, or the new release.
    """
    laid, release = _laid(project, of), project.build / "release"
    with rooms.scratch(project) as scratch:
        room = scratch / "release" / "files"
        room.mkdir(parents=True)
        for name, raw in (laid | {formats.SUMS: formats.sums(laid)}).items():
            paths.inside(room, name).write_bytes(raw)
        (room.parent / "notes.md").write_text(f"{_changes(project, of)}\n{_VERIFY}", "utf-8")
        rooms.replace(room.parent, release, scratch / "old")
    return release


def _laid(project: Project, of: str) -> dict[str, bytes]:
    """The contents of a release's files by name: the files of the edition's folder, and a zip for each of `FOLDERS`."""
    home = project.site / "data" / f"v{of}"
    there = sorted(
        file for file in home.glob("*") if file.is_file() and file.suffix != ".html" and file.name != formats.SUMS
    )
    packed = min((file for file in there if file.suffix == ".zip"), key=lambda file: len(file.name), default=None)
    if not packed:
        raise Problems([Problem(project.name(home), 1, "the site has no zip of this edition")])
    laid = {file.name: file.read_bytes() for file in there}
    for folder in FOLDERS:
        tables = sorted(file for file in (home / folder).rglob("*") if file.is_file())
        if tables:
            inside = ((file.relative_to(home / folder).as_posix(), file.read_bytes()) for file in tables)
            laid[f"{packed.stem}-{folder}.zip"] = archives.zipped(inside, _EPOCH)
    return laid


def _changes(project: Project, of: str) -> str:
    """The changelog's section on a version."""
    file = project.descriptor.parent / "CHANGELOG.md"
    text = files.read_text(file, project.name(file))
    found = re.search(rf"^## {re.escape(of)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if not found:
        raise files.refused(project.name(file), f"there is no section ## {of}")
    return found[1].strip()
