"""A site is published as it was tested, or refused with the name of what differs."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.paths import THIS, Project
from tests.test_publishing import commit, git

SUM = re.compile(r"[0-9a-f]{64}")


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    environment = kept | {"GITHUB_OUTPUT": str(folder / "output")}
    command = ["make", "--no-print-directory", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(("change", "said"), [
    (lambda site: None, None),
    (lambda site: (site / "zh/index.html").write_bytes(b"x"), "< SUM  ./zh/index.html\n---\n> SUM  ./zh/index.html\n"),
    (lambda site: (site / "zh/index.html").unlink(), "< SUM  ./zh/index.html\n"),
    (lambda site: (site / "more file.js").touch(), "> SUM  ./more file.js\n"),
    (lambda site: (site / "link").symlink_to("zh/index.html"), "./link\n"),
    (lambda site: (site.parent / "site.sums").write_text("x", "utf-8"), "build/site.sums:1: sha256 is not SUM as sealed"),
    (lambda site: (site.parent / "site.sums").unlink(), "build/site.sums:1: sha256 is not SUM as sealed"),
    (lambda site: shutil.rmtree(site), "build/site"),
], ids=["same", "altered", "missing", "added", "link", "rewritten", "without a list", "without a site"])  # fmt: skip
def test_a_sealed_site_is_accepted_and_each_difference_named(
    tmp_path: Path, change: Callable[[Path], object], said: str | None
):
    site = tmp_path / "build" / "site"
    (site / "zh").mkdir(parents=True)
    for name in ("index.html", "zh/index.html"):
        (site / name).write_text(f"<p>潮 {name}", "utf-8")
    shutil.copy(THIS.root / "Makefile", tmp_path)
    git(Project(tmp_path), "init", "--quiet")
    commit(Project(tmp_path))
    line, of = make(tmp_path, "seal").stdout, (tmp_path / "build" / "site.sums").read_text("utf-8").split("\n")[0]
    assert SUM.sub("SUM", line) == "seal=SUM\n" and (tmp_path / "output").read_text("utf-8") == line
    seal = line.strip().removeprefix("seal=")
    change(site)
    run = make(tmp_path, "sealed", f"SEAL={seal}", f"COMMIT={of}")
    if said is None:
        assert (run.returncode, run.stdout) == (0, f"build/site is the sealed site of commit {of}\n")
        other = make(tmp_path, "sealed", f"SEAL={seal}", f"COMMIT={'0' * 40}")
        assert f"site of commit {of}; expected the one of {'0' * 40}\n" in other.stderr and other.returncode
    else:
        assert said in SUM.sub("SUM", run.stderr) and run.returncode


def test_a_site_with_a_symbolic_link_or_no_site_is_not_sealed(tmp_path: Path):
    shutil.copy(THIS.root / "Makefile", tmp_path)
    git(Project(tmp_path), "init", "--quiet")
    commit(Project(tmp_path))
    (tmp_path / "build").mkdir()
    assert make(tmp_path, "seal").returncode
    (tmp_path / "build" / "site").mkdir()
    (tmp_path / "build" / "site" / "link").symlink_to("/etc")
    run = make(tmp_path, "seal")
    assert run.stderr.startswith("./link\n") and run.returncode and not run.stdout
