"""A site is published as it was tested, or refused with the name of what differs."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.paths import THIS

GIT = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
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
    for words in (("init", "-q"), ("commit", "-q", "--allow-empty", "-m", "x")):
        subprocess.run([*GIT, *words], cwd=tmp_path, check=True)
    line, commit = make(tmp_path, "seal").stdout, (tmp_path / "build" / "site.sums").read_text("utf-8").split("\n")[0]
    assert SUM.sub("SUM", line) == "seal=SUM\n" and (tmp_path / "output").read_text("utf-8") == line
    seal = line.strip().removeprefix("seal=")
    change(site)
    run = make(tmp_path, "sealed", f"SEAL={seal}", f"COMMIT={commit}")
    if said is None:
        assert (run.returncode, run.stdout) == (0, f"build/site is the sealed site of commit {commit}\n")
        other = make(tmp_path, "sealed", f"SEAL={seal}", f"COMMIT={'0' * 40}")
        assert f"site of commit {commit}; expected the one of {'0' * 40}\n" in other.stderr and other.returncode
    else:
        assert said in SUM.sub("SUM", run.stderr) and run.returncode


def test_a_site_with_a_symbolic_link_or_no_site_is_not_sealed(tmp_path: Path):
    shutil.copy(THIS.root / "Makefile", tmp_path)
    subprocess.run([*GIT, "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run([*GIT, "commit", "-q", "--allow-empty", "-m", "x"], cwd=tmp_path, check=True)
    (tmp_path / "build").mkdir()
    assert make(tmp_path, "seal").returncode
    (tmp_path / "build" / "site").mkdir()
    (tmp_path / "build" / "site" / "link").symlink_to("/etc")
    run = make(tmp_path, "seal")
    assert run.stderr.startswith("./link\n") and run.returncode and not run.stdout
