import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import commands
from scripts.paths import THIS, Project
from scripts.reading import addresses
from tests.conftest import SMALL, SMALL_CHARTS, Built, damage, keep_drawings, problems, tree

PAGE = "docs/en/index.md"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("", ""),
        ("  ", ""),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/", "https://example.org/"),
        (" https://example.org/tide ", "https://example.org/tide/"),
        ("http://127.0.0.1:8000//", "http://127.0.0.1:8000/"),
    ],
)
def test_site_address_is_normalised_to_end_in_one_slash(text: str, address: str):
    assert commands.address(text) == address


@pytest.mark.parametrize("text", ["example.org", "https://user@example.org/", "https://example.org/a b"])
def test_site_address_that_is_not_http_is_refused(text: str):
    with pytest.raises(commands.Problems) as error:
        commands.address(text)
    assert [str(problem) for problem in error.value.all] == [f"SITE_URL:1: {text!r} {addresses.fault(text)}"]
    assert "is not an http(s) address" in addresses.fault(text)


@pytest.mark.parametrize("text", ["https://example.org/?a=b", "https://example.org/#a"])
def test_site_address_with_a_query_or_fragment_is_refused(text: str):
    with pytest.raises(commands.Problems) as error:
        commands.address(text)
    said = f"SITE_URL:1: {text!r} has a query or a fragment; pages are added below this address"
    assert [str(problem) for problem in error.value.all] == [said]


def test_build_reports_each_stage_with_its_duration(site: Built):
    numbers = [re.fullmatch(r"(\w+) +[0-9]+\.[0-9]{2} s  (.+)", line) for line in site.lines]
    assert [(match[1], match[2]) for match in numbers if match] == [
        ("check", "5 facts, 17 tables"),
        ("charts", "4 drawings"),
        ("pages", "20 pages"),
        ("website", "42 HTML files"),
    ]
    assert len(site.lines) == 4


KILLED = """
import os, pathlib, signal, sys
from scripts import commands
from scripts.paths import THIS, Project
from tests.conftest import SMALL_CHARTS
def say(line):
    if line.startswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] in ("1", "2"):
    renames, rename = [], pathlib.Path.rename
    def cut(self, target):
        if {self.name, pathlib.Path(target).name} & {"site"}:
            renames.append(self)
            if len(renames) == int(sys.argv[2]):
                os.kill(os.getpid(), signal.SIGKILL)
        return rename(self, target)
    pathlib.Path.rename = cut
commands.build(Project(pathlib.Path(sys.argv[1])), say, "", SMALL_CHARTS)
"""


@pytest.mark.alike(3)
@pytest.mark.parametrize("stage", ["check", "charts", "pages", "website", "1", "2"])
def test_old_site_survives_or_is_restored_after_a_build_killed_at_any_stage(copy: Project, site: Built, stage: str):
    shutil.copytree(site.site, copy.site)
    keep_drawings(SMALL, copy)
    before = tree(copy.site)
    run = subprocess.run([sys.executable, "-c", KILLED, str(copy.root), stage], cwd=THIS.root, capture_output=True)
    assert run.returncode == -signal.SIGKILL, run.stderr
    if stage != "2":  # the second of the two renames that put the new site in its place
        assert tree(copy.site) == before
    damage(copy, PAGE, ("", "\n[nowhere](nowhere.md)\n"))
    with pytest.raises(commands.Problems):
        commands.build(copy, lambda line: None, "", SMALL_CHARTS)
    assert tree(copy.site) == before


def test_build_that_fails_at_its_last_stage_leaves_the_old_site_untouched(copy: Project, site: Built):
    shutil.copytree(site.site, copy.site)
    before = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in copy.site.rglob("*") if file.is_file()}
    damage(copy, "mkdocs.yml", ("attr_list", "attr_lost"))
    with pytest.raises(commands.Problems) as error:
        commands.build(copy, lambda line: None, "", SMALL_CHARTS)
    said = [str(problem) for problem in error.value.all]
    assert said
    assert all("attr_lost" in line for line in said)
    after = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in copy.site.rglob("*") if file.is_file()}
    assert after == before


def test_build_with_problems_prints_no_stage_and_writes_nothing(copy: Project):
    damage(copy, PAGE, ("{{ chart sales }}", "{{ chart sale }}"))
    before = tree(copy.root)
    lines: list[str] = []
    with pytest.raises(commands.Problems):
        commands.build(copy, lines.append, "", SMALL_CHARTS)
    assert lines == []
    assert tree(copy.root) == before
    assert not copy.build.exists()


def test_rules_between_tables_run_only_if_every_table_can_be_read(copy: Project):
    damage(copy, "datapackage/data/caveats.csv", None)
    damage(copy, "datapackage/data/facts.csv", ("15.2亿元,exact", "15.3亿元,exact"))
    damage(copy, "docs/zh/glossary.md", ("order: 30", "order: 31"))
    assert problems(copy) == [
        "datapackage/data/caveats.csv:1: file is missing",
        "docs/zh/glossary.md:5: order: 31; docs/en/glossary.md has 30",
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("A text without Chinese.", "1: nothing in it could be recognised: no run of 12 characters that are mostly Chinese, or of 8 words"),
        ("", "1: nothing in it could be recognised: no run of 12 characters that are mostly Chinese, or of 8 words"),
        (b"\x89PNG\r\n\xff", "1: not UTF-8; save the file as UTF-8"),
        (None, "1: file is missing"),
        (..., "1: is a folder, not a file"),
    ],
)  # fmt: skip
def test_text_without_fingerprints_is_refused(tmp_path: Path, content: object, fault: str):
    file = tmp_path / "source.txt"
    if content is ...:
        file.mkdir()
    elif content is not None:
        file.write_bytes(content if isinstance(content, bytes) else str(content).encode())
    with pytest.raises(commands.Problems) as error:
        commands.fingerprint(file)
    assert [str(problem) for problem in error.value.all] == [f"{file}:{fault}"]
