"""What a release carries: the files of the edition that its tag names. In: a tag, a built site; out: build/release.

Only the newest frozen edition is released; what it is and that its zip is unaltered, the build has said before.
"""

import datetime
import re
import shutil
from pathlib import Path

from . import archives, editions, files, formats, paths
from .paths import Project
from .problem import Problem, Problems

FOLDERS = ("json", "parquet")  # a file a table: one zip each; the CSV tables are in the edition's own
_EPOCH = datetime.datetime(1980, 1, 1)  # the earliest date that a zip can hold: the same bytes each time
_VERIFY = """
The files are listed in `SHA256SUMS`; `gh attestation verify FILE --repo OWNER/NAME` says where they were made.
各文件的校验值见 `SHA256SUMS`；用 `gh attestation verify FILE --repo OWNER/NAME` 可查验文件出处。
"""


def version(project: Project, tag: str) -> str:
    """The version that a tag names, as in v1.1.0; raises `Problems` unless that is the newest frozen edition, with its words."""
    frozen, faults = editions.read(project)
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
    raise Problems([Problem(project.name(editions.folder(project) / editions.LIST), 1, fault)])


def lay_out(project: Project, of: str) -> Path:
    """Lay an edition's files side by side in build/release/files, with checksums; what the changelog says, in notes.md."""
    home, release = project.site / "data" / f"v{of}", project.build / "release"
    shutil.rmtree(release, ignore_errors=True)
    room = release / "files"
    room.mkdir(parents=True)
    there = sorted(
        file for file in home.glob("*") if file.is_file() and file.suffix != ".html" and file.name != formats.SUMS
    )
    made = {file.name: file.read_bytes() for file in there}
    packed = min((file for file in there if file.suffix == ".zip"), key=lambda file: len(file.name), default=None)
    if not packed:
        raise Problems([Problem(project.name(home), 1, "the site has no zip of this edition")])
    for folder in FOLDERS:
        tables = sorted((home / folder).glob("*"))
        if tables:
            inside = ((file.name, file.read_bytes()) for file in tables)
            made[f"{packed.stem}-{folder}.zip"] = archives.zipped(inside, _EPOCH)
    for name, raw in made.items():
        paths.inside(room, name).write_bytes(raw)
    (room / formats.SUMS).write_bytes(formats.sums(made))
    (release / "notes.md").write_text(f"{_changes(project, of)}\n{_VERIFY}", "utf-8")
    return release


def _changes(project: Project, of: str) -> str:
    """What the changelog says of a version."""
    file = project.descriptor.parent / "CHANGELOG.md"
    text = files.read_text(file, project.name(file))
    found = re.search(rf"^## {re.escape(of)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if not found:
        raise files.refused(project.name(file), f"there is no section ## {of}")
    return found[1].strip()
