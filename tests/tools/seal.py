"""Make sure that the published site is the one that was built and tested: `make seal`, `make sealed`.

In: build/site; out: build/site.sums, which has the commit, the address and each file's checksum. `seal` prints the checksum of
that list; `sealed` compares list and site with a given checksum and commit, and exits 1 if anything differs.
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
    """Write the list of all files in build/site; return its checksum."""
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
    """Yield where build/site differs from the sealed site: list, commit, files."""
    file = project.build / SUMS
    name, text = project.name(file), file.read_text("utf-8") if file.is_file() else ""
    if not (found := _FORM.fullmatch(text)):
        yield Problem(name, 1, "is missing or malformed; run `make site`, then `make seal`")
        return
    if (actual := store.sha256(text.encode())) != sealed:
        yield Problem(name, 1, f"sha256 is {actual}, not {sealed} as sealed; publish the site that was tested")
    if found[1] != commit:
        yield Problem(name, 1, f"site of commit {found[1]}; expected the one of {commit}")
    wanted = {line[66:]: line[:64] for line in found[3].splitlines()}
    found_sums = dict(_sums(project))
    for path in sorted(wanted.keys() | found_sums.keys()):
        if (has := found_sums.get(path)) != (should := wanted.get(path)):
            said = f"is {has}" if has else "is missing"
            yield Problem(
                f"{project.name(project.site)}/{path}", 1, f"sha256 {said}; expected {should or 'no such file'}"
            )


def main(command: str, sealed: str = "", commit: str = "", project: Project = THIS) -> int:
    """Seal the site and print the checksum, or compare the site with a given checksum."""
    if command == "seal":
        if not project.site.is_dir():
            print(f"{project.name(project.build)}/site:1: there is no site; run `make site`", file=sys.stderr)
            return 1
        line = f"seal={seal(project)}"
        print(line)
        if output := os.environ.get("GITHUB_OUTPUT"):  # passed to later jobs
            with Path(output).open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
        return 0
    found = list(faults(project, sealed, commit))
    for problem in found:
        print(problem, file=sys.stderr)
    if not found:
        print(f"build/site is the sealed site of commit {commit}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
