"""The comparison with another builder's output, on the small site: what is missing is reported by page, kind and name."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.paths import THIS
from tests.conftest import Built
from tests.tools import canary

KEPT = ("index.md", "checked.md")


def shortened(staged: Path) -> Path:
    """A staged folder with few pages, since every test parses each of them."""
    for file in staged.rglob("*.md"):
        if file.name not in KEPT:
            file.unlink()
    return staged


@pytest.fixture
def sides(site: Built, tmp_path: Path) -> tuple[Path, Path, Path]:
    """The staged pages in English, our site, and a copy of it with frames and assets as staged."""
    staged, theirs = site.site.parent / "docs" / "en", tmp_path / "theirs"
    shutil.copytree(site.site, theirs)
    for room in ("embed", "assets"):  # style sheets are trimmed after the builder
        shutil.copytree(staged / room, theirs / room, dirs_exist_ok=True)
    return shortened(shutil.copytree(staged, tmp_path / "staged")), site.site, theirs


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert re.search(old, text, re.DOTALL), old
    file.write_text(re.sub(old, new, text, count=1, flags=re.DOTALL), "utf-8")


def test_an_equal_site_has_no_differences(site: Built, sides: tuple[Path, Path, Path]):
    staged = site.site.parent / "docs" / "en"
    assert canary.compare(staged, *sides[1:]) == []
    assert {"", "charts/sales/"} < canary.addresses(staged).keys()


def test_the_small_site_has_every_kind_of_thing_that_is_compared(sides: tuple[Path, Path, Path]):
    staged, ours, _ = sides
    kinds = {kind for at, name in canary.addresses(staged).items() for kind in canary.shown(ours / name, at)}
    assert kinds >= {"anchor", "chart", "language", "link", "quote", "text"}


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (r'<a class="quote[^>]*>.*?</a>', "", "quote"),
        (r'(<a class="quote"[^>]*>)[^<]*<', r"\1many<", "quote"),
        (r"<figure.*?</figure>", "", "chart"),
        (r"(<figure.*?)<svg.*?</svg>", r"\1", "chart"),
        (r"(<svg.*?<text[^>]*>)[^<]*<", r"\1?<", "chart"),
        (r'(<article.*?<h2 )id="[^"]*"', r"\1", "anchor"),
        (r"(<article.*?)<p>.*?</p>", r"\1", "text"),
        (r'(<article.*?<a class="quote" href=")[^"#]*', r"\1../nowhere/", "link"),
        (r'<html lang="en"', '<html lang="de"', "language"),
        (r"<article.*</article>", "", "text"),
    ],
)
def test_what_a_page_lacks_is_reported(sides: tuple[Path, Path, Path], old: str, new: str, kind: str):
    change(sides[2] / "index.html", old, new)
    found = canary.compare(*sides)
    assert kind in {difference.kind for difference in found if difference.how == canary.MISSING}
    assert {difference.page for difference in found} == {"./"}
    assert all(str(difference).startswith(f"./: {difference.kind} ") for difference in found)


def test_missing_pages_and_missing_or_changed_files_are_reported(sides: tuple[Path, Path, Path]):
    staged, _, theirs = sides
    page = next(name for address, name in canary.addresses(staged).items() if address)
    (theirs / page).unlink()
    lost, altered = sorted(file for file in staged.rglob("*") if file.suffix in (".css", ".csv"))[:2]
    (theirs / lost.relative_to(staged)).unlink()
    (theirs / altered.relative_to(staged)).write_bytes(b"")
    told = {(difference.kind, difference.page) for difference in canary.compare(*sides)}
    assert told == {
        ("page", page.removesuffix("index.html")),
        *(("file", file.relative_to(staged).as_posix()) for file in (lost, altered)),
    }


def test_an_addition_is_reported_and_not_counted_as_missing(sides: tuple[Path, Path, Path]):
    change(sides[2] / "index.html", "</article>", "<p>More.</p></article>")
    (difference,) = canary.compare(*sides)
    assert str(difference) == "./: text added, 1 times: More."


@pytest.mark.parametrize(
    ("name", "ours", "made"),
    [
        ("facts.md", "../charts/#a", "charts/#a"),
        ("charts/sales.md", "../../facts/", "../facts/"),
        ("charts/sales.md", "../sales.csv", "sales.csv"),
        ("charts.md", "sales/", "charts/sales/"),
        ("facts.md", "../../data/x.zip", "../data/x.zip"),
        ("index.md", "facts/#x", "facts/#x"),
        ("facts.md", "#x", "#x"),
        ("facts.md", "https://example.org/", "https://example.org/"),
    ],
)
def test_links_are_rewritten_relative_to_the_source_file(name: str, ours: str, made: str):
    assert canary.from_source(f'<a class="quote" href="{ours}">x</a>', name) == f'<a class="quote" href="{made}">x</a>'


def test_a_tool_that_fails_or_loses_something_fails_the_canary(
    site: Built, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    tool = tmp_path / "tool"
    monkeypatch.setattr(canary, "TOOL", tool)
    project = tmp_path / "project"
    shutil.copytree(site.site.parent.parent, project, ignore=shutil.ignore_patterns("drawings"))
    shortened(project / "build" / "docs")
    monkeypatch.setattr(canary, "THIS", canary.Project(project))
    script = """#!{python}
import pathlib, shutil, sys, yaml
if "--version" in sys.argv: sys.exit(print("tool 2.3"))
config = pathlib.Path(sys.argv[-1])
made = config.parent / yaml.safe_load(config.read_text("utf-8"))["site_dir"]
shutil.copytree(pathlib.Path("{site}") / ("" if made.name == "en" else made.name), made)
for room in ("embed", "assets"): shutil.copytree(config.parent / made.name / room, made / room, dirs_exist_ok=True)
{then}
"""
    for then, code, said in (
        ("", 0, "tool 2.3: 0 missing, 0 added\nnothing of ours would be lost\n"),
        ("(made / 'index.html').unlink()", 1, "  ./: page missing, 1 times: index.html\n"),
        ("sys.exit('no such theme')", 1, "  no such theme\n"),
    ):
        tool.write_text(script.format(python=sys.executable, site=project / "build" / "site", then=then), "utf-8")
        tool.chmod(0o755)
        assert canary.main() == code
        assert said in capsys.readouterr().out


def test_the_target_builds_first_and_its_tool_is_pinned():
    dry = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "canary"],
        cwd=THIS.root,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = dry.stdout.splitlines()
    assert next(line for line in lines if "scripts build" in line) in lines[: len(lines) - 1]
    assert lines[-1].endswith("-m tests.tools.canary")
    assert f"\n{canary.TOOL.name}==" in (THIS.root / "requirements-canary.txt").read_text("utf-8")
