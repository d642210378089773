"""Freeze an edition, or say everything that speaks against it; and lay out what the release of its tag carries.

In: `Content` and a version, or a tag and a built site; out: the edition's files, build/release, problems. Only the newest
frozen edition is released; what it is and that its zip is unaltered, the build has said before.
"""

import dataclasses
import datetime
import re
from collections.abc import Iterator
from pathlib import Path

from . import paths, progress, rooms
from .data.package import VERSION, Package, numbers
from .editions import diff, formats, history, ledger, made, store, unfold
from .pages import edition_pages, staging
from .pages.content import Content
from .paths import Project
from .problem import Problem, Problems
from .reading import archives, files
from .rules import expected
from .words import lists

FOLDERS = ("json", "parquet")  # a file a table: one zip each; the CSV tables are in the edition's own
_EPOCH = datetime.datetime(1980, 1, 1)  # the earliest date that a zip can hold: the same bytes each time
_VERIFY = """
The files are listed in `SHA256SUMS`; `gh attestation verify FILE --repo OWNER/NAME` says where they were made.
各文件的校验值见 `SHA256SUMS`；用 `gh attestation verify FILE --repo OWNER/NAME` 可查验文件出处。
"""


def freeze(content: Content, read: Package, version: str, say: progress.Say, dry: bool = False) -> None:
    """Freeze the package as it was read; raises every reason against it at once, and then writes nothing.

    `content` is what the project's check gave, whose package bears the newest edition's version. A dry run only says
    what would be done.
    """
    project, before = content.project, content.editions
    now = store.inside(project, read)
    found = diff.between(store.contents(project, before[-1]), now) if before else []
    if reasons := [
        *_against(content, read, version),
        *_too_little(content, version, found),
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
    whole = now | {store.file_name(read): store.pack(project, read)} | drawn
    if drawn:
        whole |= {store.charts_name(read): archives.zipped(drawn.items(), store.moment(read))}
    derived = unfold.derived(whole, lists.terms(content.languages))
    made.keep(project, store.file_name(read), archives.zipped(derived.items(), store.moment(read)))
    edition = store.freeze(project, read, counts, drawn, before)
    say(f"froze {version}: {edition.file}, {edition.bytes} bytes, sha256 {edition.sha256}; now commit it")


def _against(content: Content, read: Package, version: str) -> Iterator[Problem]:
    """What speaks against a version whatever was changed: its form, one that exists, files that name another."""
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


def _too_little(content: Content, version: str, found: list[diff.Change]) -> Iterator[Problem]:
    """What changed and asks for another version, and corrected values that no correction tells of."""
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
    told = {(c.fact_id, c.field, c.old, c.new) for c in data.corrections.values() if c.fixed_in == version}
    for change in found:
        known = (change.row, change.field, change.old, change.new)
        if change.table == "facts" and change.kind in ("value_corrected", "meaning_changed") and known not in told:
            line = data.facts[change.row].line
            fault = f"{change}, and corrections.csv says nothing of it for {version}; add a row there"
            yield Problem(data.package.tables["facts"].path, line, fault)


def _uncommitted(project: Project, version: str) -> Iterator[Problem]:
    """Why no commit of a branch would hold the edition as it is: changed files, no branch, no git; or a tag of its version."""
    name = project.name(project.descriptor)
    status = ("-c", "core.quotePath=false", "status", "--porcelain", "--branch", "--untracked-files=all")
    try:
        branch, *changed = history.git(project.root, *status).splitlines()
        tagged = history.git(project.root, "tag", "--list", f"v{version}") if VERSION.fullmatch(version) else ""
    except ValueError as error:
        yield Problem(name, 1, f"not in version control: {error}")
        return
    if branch == "## HEAD (no branch)":
        fault = "no branch is checked out, so the edition's commit would belong to none; switch to a branch"
        yield Problem(name, 1, fault)
    if tagged:
        yield Problem(name, 1, f"tag v{version} is there, so this version was published; take a later one")
    for line in changed:
        yield Problem(line[3:], 1, "changed and not committed; commit it or undo the change")


def clear(project: Project, say: progress.Say) -> None:
    """Remove what a release that was cut off left: files of editions that neither a row nor a commit has."""
    left = ledger.leftovers(project)
    for path in left:
        path.unlink()
    for path in [*left, *made.clear(project, store.read(project)[0])]:
        say(f"removed {project.name(path)}, left by a release that was cut off")


def version(project: Project, tag: str) -> str:
    """The version that a tag names, as in v1.1.0; raises `Problems` unless that is the newest frozen edition, with its words."""
    frozen, faults = store.read(project)
    if faults:
        raise Problems(faults)
    known = [edition.version for edition in frozen]
    newest = known[-1] if known else ""
    if newest and tag == f"v{newest}":
        _changes(project, newest)
        return newest
    if not newest:
        fault = f"tag {tag!r} names no edition, for none is frozen; freeze one with `make release VERSION=X.Y.Z`"
    elif tag.removeprefix("v") in known and tag.startswith("v"):
        fault = f"tag {tag!r} names an older edition; the newest frozen one is v{newest}"
    else:
        fault = (
            f"tag {tag!r} names no frozen edition; the newest is v{newest}, and `make release` freezes a further one"
        )
    raise Problems([Problem(project.name(store.folder(project) / store.LIST), 1, fault)])


def lay_out(project: Project, of: str) -> Path:
    """Lay an edition's files side by side in build/release/files, with checksums; what the changelog says, in notes.md.

    Cut off at any moment, the old release stands there, or none, or the new one.
    """
    laid, release = _laid(project, of), project.build / "release"
    with rooms.own(project) as own:
        room = own / "release" / "files"
        room.mkdir(parents=True)
        for name, raw in (laid | {formats.SUMS: formats.sums(laid)}).items():
            paths.inside(room, name).write_bytes(raw)
        (room.parent / "notes.md").write_text(f"{_changes(project, of)}\n{_VERIFY}", "utf-8")
        rooms.replace(room.parent, release, own / "old")
    return release


def _laid(project: Project, of: str) -> dict[str, bytes]:
    """The files that a release carries, by name: those of the edition's folder, and a zip for each folder in it."""
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
    """What the changelog says of a version."""
    file = project.descriptor.parent / "CHANGELOG.md"
    text = files.read_text(file, project.name(file))
    found = re.search(rf"^## {re.escape(of)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if not found:
        raise files.refused(project.name(file), f"there is no section ## {of}")
    return found[1].strip()
