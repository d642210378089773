"""Run git. In: a project's root; out: a command's output, all committed versions of a file, the tracked files."""

import subprocess
from collections.abc import Iterator
from pathlib import Path


def git(root: Path, *words: str) -> str:
    """The output of a git command; raises `ValueError` with git's message if it fails or git is missing."""
    try:
        run = subprocess.run(["git", "-C", str(root), *words], stdin=subprocess.DEVNULL, capture_output=True)
    except OSError as error:
        raise ValueError(f"git does not run: {error.strerror}") from None
    if run.returncode:
        raise ValueError(run.stderr.decode(errors="replace").strip())
    return run.stdout.decode(errors="replace")


def versions(root: Path, name: str) -> Iterator[tuple[str, str]]:
    """Yield `(commit, text)` for each version of a file in the history of HEAD, the oldest first.

    Nothing without git or commits; a shallow clone has only its few. One subprocess is enough: a diff with all its context
    is the complete text.
    """
    complete = ("-p", "-U1000000", "--text", "-m", "--full-history", "--reverse")
    plain = ("--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-show-signature")
    try:
        log = git(root, "-c", "log.showRoot=true", "log", "--format=%x00%h", *complete, *plain, "HEAD", "--", name)
    except ValueError:
        return
    for commit in log.split("\0")[1:]:
        lines = commit.split("\n")
        starts = [i for i, line in enumerate(lines) if line.startswith("@@ ")]
        if starts:
            yield lines[0], "\n".join(line[1:] for line in lines[starts[0] + 1 :] if line[:1] in (" ", "+"))


def tracked(root: Path, folder: str) -> set[str] | None:
    """The files of a folder that are in the index or in HEAD, relative to the root; None without git."""
    try:
        listed = git(root, "ls-files", "-z", "--with-tree=HEAD", "--", folder)
    except ValueError:
        return None
    return set(listed.split("\0")) - {""}
