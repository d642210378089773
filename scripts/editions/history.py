"""What git knows. In: a project's root; out: what commits have of a file, which files are tracked, what is not committed."""

import subprocess
from collections.abc import Iterator
from pathlib import Path


def git(root: Path, *words: str) -> str:
    """What a git command says; raises `ValueError`, in git's own words, where it fails or there is no git."""
    try:
        run = subprocess.run(["git", "-C", str(root), *words], stdin=subprocess.DEVNULL, capture_output=True)
    except OSError as error:
        raise ValueError(f"git does not run: {error.strerror}") from None
    if run.returncode:
        raise ValueError(run.stderr.decode(errors="replace").strip())
    return run.stdout.decode(errors="replace")


def versions(root: Path, name: str) -> Iterator[tuple[str, str]]:
    """Yield each text that a file had in the history of the commit checked out, with the first commit of it, the oldest first.

    None without git or without commits; a shallow clone has the few that it has. One call: a diff with all its context is
    the whole text.
    """
    whole = ("-p", "-U1000000", "--text", "-m", "--full-history", "--reverse")
    plain = ("--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-show-signature")
    try:
        told = git(root, "-c", "log.showRoot=true", "log", "--format=%x00%h", *whole, *plain, "HEAD", "--", name)
    except ValueError:
        return
    for commit in told.split("\0")[1:]:
        lines = commit.split("\n")
        starts = [i for i, line in enumerate(lines) if line.startswith("@@ ")]
        if starts:
            yield lines[0], "\n".join(line[1:] for line in lines[starts[0] + 1 :] if line[:1] in (" ", "+"))


def tracked(root: Path, folder: str) -> set[str] | None:
    """The files of a folder that are in the index or in the commit checked out, by name from the root; none without git."""
    try:
        told = git(root, "ls-files", "-z", "--with-tree=HEAD", "--", folder)
    except ValueError:
        return None
    return set(told.split("\0")) - {""}
