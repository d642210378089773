"""The comparison of the public site, tested on a served copy that is right and on copies with one fault each."""

import contextlib
import http.server
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.paths import Project
from tests import browser
from tests.conftest import ADDRESS, Built, tree, unfolded
from tests.tools import live
from tests.tools.test_links import listening

OLD = "data/v0.1.0/data/facts.csv"


@pytest.fixture(scope="module")
def published(frozen_site: Built, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small project with two editions, built for an address; a copy, since reports are written into it."""
    return Project(shutil.copytree(frozen_site.site.parents[1], tmp_path_factory.mktemp("live") / "small"))


@contextlib.contextmanager
def served(site: dict[str, bytes], tmp_path: Path) -> Iterator[str]:
    """Serve a site from its files."""
    with browser.serve(unfolded(site, tmp_path / "public")) as server:
        yield server.address


def looked(project: Project, at: str, seconds: float = 5) -> tuple[int, list[str]]:
    code = live.main(ADDRESS, project, at, seconds)
    return code, [line for line in (project.build / "live.md").read_text("utf-8").splitlines() if line.startswith("- ")]


def test_the_site_as_built_has_no_differences(published: Project, tmp_path: Path):
    with served(tree(published.site), tmp_path) as at:
        assert looked(published, at) == (0, [])


def test_editions_lists_pages_and_assets_are_all_compared(published: Project):
    names = {one.name: one.what for one in live.expected(published)}
    assert {"data/editions.json", "feed.xml", "zh/feed.xml", "sitemap.xml", "zh/index.html", OLD} <= names.keys()
    assert {"data/v0.1.1/data/facts.csv", "data/v0.1.1/small-0.1.1.zip", "assets/low-tide.js"} <= names.keys()
    for root in ("", "zh/"):
        pages = [name for name, what in names.items() if what == "page" and name.startswith("zh/") == bool(root)]
        assert len(pages) >= 8, pages
    assert set(names.values()) == set(live.WHAT)


@pytest.mark.parametrize(("name", "change", "said"), [
    ("zh/index.html", lambda raw: raw.replace(b"<title>", b"<title>\n", 1), "bytes, not"),
    ("index.html", lambda raw: re.sub(rb"script-src [^;]*", lambda found: b"x" * len(found[0]), raw, count=1), "sha256 is"),
    (OLD, lambda raw: bytes([raw[0] ^ 1]) + raw[1:], "sha256 is"),
    (OLD, lambda raw: raw + b"one more row\n", "has more bytes, not"),
    ("data/v0.1.1/small-0.1.1.zip", None, "answers 404"),
    ("data/editions.json", lambda raw: raw.replace(b'"0.1.0"', b'"0.1.2"', 1), "sha256 is"),
    ("sitemap.xml", lambda raw: b"", "has 0 bytes, not"),
    ("zh/feed.xml", None, "answers 404"),
    ("assets/low-tide.js", lambda raw: raw + b"\n", "bytes, not"),
])  # fmt: skip
def test_each_file_that_differs_is_named_with_the_expected_checksum(
    published: Project, tmp_path: Path, name: str, change, said: str
):
    site = tree(published.site)
    right = next(one for one in live.expected(published) if one.name == name)
    raw = site.pop(name)
    if change:
        site[name] = change(raw)
        assert site[name] != raw
    with served(site, tmp_path) as at:
        code, (line,) = looked(published, at)
    assert code == 1
    assert line.startswith(f"- `{name}`: ") and said in line
    assert line.endswith(f"; expected sha256 `{right.sha256}`")


class Failing(http.server.BaseHTTPRequestHandler):
    """Answers 500, after a pause."""

    pause = 0.0

    def do_GET(self) -> None:
        time.sleep(self.pause)
        self.send_response(500)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(("pause", "seconds", "said"), [(0.0, 20, "answers 500"), (1.0, 0.3, "timed out")])
def test_a_failing_or_slow_server_is_reported_in_time(
    published: Project, pause: float, seconds: float, said: str, monkeypatch
):
    monkeypatch.setattr(live, "PAGES", 2)
    monkeypatch.setattr(Failing, "pause", pause)
    with listening(Failing) as home:
        code, lines = looked(published, f"{home}/", seconds)
    assert code == 1
    assert len(lines) == len(list(live.expected(published))) and all(said in line for line in lines)


def test_files_not_requested_within_the_time_limit_are_reported(published: Project, monkeypatch):
    monkeypatch.setattr(live, "MINUTES", 0)
    code, lines = looked(published, "http://127.0.0.1:9/")
    assert code == 1 and all("not requested within the time limit" in line for line in lines)


@pytest.mark.parametrize(("url", "said"), [
    ("https://example.org/other/", f"build/site/index.html:1: built for {ADDRESS}; run SITE_URL=https://example.org/other/ make site"),
    ("", "URL:1: '/' is not an http(s) address; say which: make live URL=https://…"),
    ("ftp://example.org/", "URL:1: 'ftp://example.org/' is not an http(s) address"),
])  # fmt: skip
def test_an_address_that_the_site_was_not_built_for_is_refused_without_a_report(
    published: Project, url: str, said: str, capsys: pytest.CaptureFixture[str]
):
    (published.build / "live.md").unlink(missing_ok=True)
    assert live.main(url, published) == 2
    assert capsys.readouterr().err.startswith(said)
    assert not (published.build / "live.md").exists()
