"""Carry a built site from the job that made it to the one that publishes it, unaltered: `make seal`, `make sealed`.

In: build/site; out: build/site.sums, which has the commit, the address and each file's checksum. `seal` prints the checksum of
that list; `sealed` holds list and site to the checksum and the commit that it is given, and exits 1 where one is not what it was.
"""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.editions import history, store
from scripts.paths import THIS, Project
from scripts.problem import Problem
from tests.tools import live

SUMS = "site.sums"
_FORM = re.compile(r"commit ([0-9a-f]{40})\naddress (\S*)\n((?:[0-9a-f]{64}  [^\n]+\n)+)")


def seal(project: Project) -> str:
    """Write the list of what is in build/site; its checksum."""
    commit = history.git(project.root, "rev-parse", "HEAD").strip()
    lines = [
        f"commit {commit}",
        f"address {live.address(project)}",
        *(f"{sha256}  {name}" for name, sha256 in _sums(project)),
    ]
    text = "\n".join(lines) + "\n"
    (project.build / SUMS).write_text(text, "utf-8")
    return store.sha256(text.encode())


def _sums(project: Project) -> Iterator[tuple[str, str]]:
    for file in sorted(path for path in project.site.rglob("*") if path.is_file() or path.is_symlink()):
        raw = b"" if file.is_symlink() else file.read_bytes()
        yield file.relative_to(project.site).as_posix(), "a symbolic link" if file.is_symlink() else store.sha256(raw)


def faults(project: Project, sealed: str, commit: str) -> Iterator[Problem]:
    """Why build/site is not the site that was sealed: its list, its commit, its files."""
    file = project.build / SUMS
    name, text = project.name(file), file.read_text("utf-8") if file.is_file() else ""
    if not (found := _FORM.fullmatch(text)):
        yield Problem(name, 1, "is missing or is no list of a site; `make seal` writes it after `make site`")
        return
    if (actual := store.sha256(text.encode())) != sealed:
        yield Problem(name, 1, f"sha256 is {actual}, not {sealed}, which was carried here; publish what was tested")
    if found[1] != commit:
        yield Problem(name, 1, f"site of commit {found[1]}; expected the one of {commit}")
    wanted = {line[66:]: line[:64] for line in found[3].splitlines()}
    there = dict(_sums(project))
    for path in sorted(wanted.keys() | there.keys()):
        if (has := there.get(path)) != (should := wanted.get(path)):
            said = f"is {has}" if has else "is missing"
            yield Problem(
                f"{project.name(project.site)}/{path}", 1, f"sha256 {said}; expected {should or 'no such file'}"
            )


def main(command: str, sealed: str = "", commit: str = "", project: Project = THIS) -> int:
    """Seal the site and print the checksum, or hold it to the one that was carried here."""
    if command == "seal":
        if not project.site.is_dir():
            print(f"{project.name(project.build)}/site:1: there is no site; run `make site`", file=sys.stderr)
            return 1
        line = f"seal={seal(project)}"
        print(line)
        if output := os.environ.get("GITHUB_OUTPUT"):  # what later jobs are handed
            with Path(output).open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
        return 0
    found = list(faults(project, sealed, commit))
    for problem in found:
        print(problem, file=sys.stderr)
    if not found:
        print(f"build/site is the site of commit {commit}, as it was sealed")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
