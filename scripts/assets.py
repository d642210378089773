"""What a release carries: the files of the edition that its tag names. In: a tag, a built site; out: build/release.

Only the newest frozen edition is released; what it is and that its zip is unaltered, the build has said before.
"""

import json
import re
import shutil
from pathlib import Path

from . import editions
from .paths import Project
from .problem import Problem, Problems

SUMS = "SHA256SUMS"
_KINDS = (".csv", ".json", ".parquet", ".sqlite", ".xlsx", ".zip")  # the data; pages and pictures stay on the site
_PAGES = ("charts", "embed")
_VERIFY = """
The files are listed in `SHA256SUMS`; `gh attestation verify FILE --repo OWNER/NAME` says where they were made.
各文件的校验值见 `SHA256SUMS`；用 `gh attestation verify FILE --repo OWNER/NAME` 可查验文件出处。
"""


def version(project: Project, tag: str) -> str:
    """The version that a tag names, as in v1.1.0; raises `Problems` unless that is the newest frozen edition."""
    file = project.descriptor.parent / "editions" / "editions.json"
    frozen = json.loads(file.read_text("utf-8"))["editions"] if file.exists() else []
    known = [edition["version"] for edition in frozen]
    newest = max(known, key=lambda text: [int(part) for part in text.split(".")], default="")
    if newest and tag == f"v{newest}":
        return newest
    if not newest:
        fault = f"tag {tag!r} names no edition, for none is frozen; freeze one with `make release VERSION=X.Y.Z`"
    elif tag.removeprefix("v") in known and tag.startswith("v"):
        fault = f"tag {tag!r} names an older edition; the newest frozen one is v{newest}"
    else:
        fault = (
            f"tag {tag!r} names no frozen edition; the newest is v{newest}, and `make release` freezes a further one"
        )
    raise Problems([Problem(project.name(file), 1, fault)])


def lay_out(project: Project, of: str) -> Path:
    """Lay the files of an edition beside each other in build/release/files, with checksums; its notes in notes.md."""
    home, release = project.site / "data" / f"v{of}", project.build / "release"
    shutil.rmtree(release, ignore_errors=True)
    files = release / "files"
    files.mkdir(parents=True)
    sums = {}
    for file in sorted(home.rglob("*")):
        if file.suffix not in _KINDS or file.relative_to(home).parts[0] in _PAGES:
            continue
        name = "-".join(file.relative_to(home).parts)
        shutil.copyfile(file, files / name)
        sums[name] = editions.sha256(file.read_bytes())
    if not sums:
        raise Problems([Problem(project.name(home), 1, "the site has no files of this edition")])
    (files / SUMS).write_text("".join(f"{sum_}  {name}\n" for name, sum_ in sums.items()), "utf-8")
    (release / "notes.md").write_text(f"{_changes(project, of)}\n{_VERIFY}", "utf-8")
    return release


def _changes(project: Project, of: str) -> str:
    """What the changelog says of a version."""
    file = project.descriptor.parent / "CHANGELOG.md"
    found = re.search(rf"^## {re.escape(of)}\n(.*?)(?=^## |\Z)", file.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    if not found:
        raise Problems([Problem(project.name(file), 1, f"there is no section ## {of}")])
    return found[1].strip()
