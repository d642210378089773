"""Projects for tests: the real one, the small one, and copies to damage; and the sites built from them."""

import atexit
import collections
import csv
import gc
import json
import os
import pickle
import re
import shutil
import tempfile
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import TypeVar

import bs4
import lxml.html
import pytest

from scripts import commands, lock
from scripts.__main__ import GC_THRESHOLDS
from scripts.data import package
from scripts.drawing import engine, kept, listing
from scripts.pages import staging
from scripts.pages.content import Content
from scripts.paths import THIS, Project
from scripts.words import languages
from tests import browser, sampled
from tests.small import sales

TESTS = Path(__file__).resolve().parent
SMALL_CHARTS = {"sales": sales}
ADDRESS = "https://example.org/tide/"

gc.set_threshold(*GC_THRESHOLDS)  # the shared sites are never garbage; scanning them takes a tenth of the time


def small_project(folder: Path) -> Project:
    """Create the small project in a new folder: its own rows, pages and chart, with the real schemas and words."""
    project = Project(shutil.copytree(TESTS / "small", folder))
    for resource in json.loads(project.descriptor.read_text("utf-8"))["resources"]:
        shutil.copyfile(THIS.descriptor.parent / resource["schema"], project.descriptor.parent / resource["schema"])
    for language in THIS.docs.glob("*/_language.yml"):
        if (project.docs / language.parent.name).is_dir():
            shutil.copyfile(language, project.root / THIS.name(language))
    return project


if "LOW_TIDE_RUN" not in os.environ:  # the processes of a run inherit it from the first
    os.environ["LOW_TIDE_RUN"] = tempfile.mkdtemp(prefix="low-tide-")
    atexit.register(shutil.rmtree, os.environ["LOW_TIDE_RUN"], ignore_errors=True)
    small_project(Path(os.environ["LOW_TIDE_RUN"]) / "small")
RUN = Path(os.environ["LOW_TIDE_RUN"])
"""A folder that all processes of a run share."""
SMALL = Project(RUN / "small")


def pytest_xdist_auto_num_workers() -> int:
    """One process more than processors: there is always one that waits, for a server or for another's site."""
    return (os.cpu_count() or 1) + 1


def pytest_report_header() -> str:
    """Which part of similar cases the run tests, and the seed that repeats it."""
    return f"tests {sampled.SAID}"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Exit before the workers start if all tests are to run and there is no browser."""
    everything = session.config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if everything and not browser.left_out() and not browser.program():
        pytest.exit(browser.MISSING, returncode=1)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sample the cases; skip those in a browser if NO_BROWSER is set, else exit if there is no browser."""
    every, items[:] = set(items), sampled.cases(items)
    config.hook.pytest_deselected(items=every.difference(items))
    looking = [item for item in items if "chromium" in getattr(item, "fixturenames", ())]
    if browser.left_out():
        for item in looking:
            item.add_marker(pytest.mark.skip(reason=browser.LEFT_OUT))
    elif looking and not browser.program():
        pytest.exit(browser.MISSING, returncode=1)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured, and, in red, the number of skipped browser tests in each file."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            terminalreporter.section(name)
            terminalreporter.line(value)
    skipped = terminalreporter.stats.get("skipped", [])
    left = collections.Counter(report.fspath for report in skipped if browser.LEFT_OUT in str(report.longrepr))
    if left:
        terminalreporter.section(browser.LEFT_OUT, sep="!", red=True, bold=True)
        for file, count in sorted(left.items()):
            terminalreporter.line(f"{file}: {count} left out", red=True)


@pytest.fixture(scope="session")
def real() -> Content:
    """The real project, checked once; fails if it has a problem."""
    return commands.check(THIS)


@pytest.fixture(scope="session")
def small() -> Content:
    """The small project, checked once."""
    return commands.check(SMALL, "", SMALL_CHARTS)


@pytest.fixture(scope="session")
def speak(small: Content) -> dict[str, languages.Language]:
    """The small project's languages by code."""
    return {language.code: language for language in small.languages}


def copied(project: Project, folder: Path) -> Project:
    """Copy the parts of a project that a build reads into a new folder."""
    for room in ("datapackage", "docs"):
        shutil.copytree(project.root / room, folder / room)
    shutil.copyfile(project.builder_config, folder / project.builder_config.name)
    return Project(folder)


def keep_drawings(source: Project, target: Project) -> None:
    """Copy cached drawings to another project; names are hashes, so files of the same name are equal."""
    for file in (source.build / "drawings").glob("[!.]*"):
        copy = target.build / "drawings" / file.name
        if file.name.count(".") == 1 and not copy.exists():  # another dot marks a file that is still being written
            kept.put(copy, file.read_bytes())


def checkout(project: Project, folder: Path, drawn: bool = True) -> Project:
    """A copy with its own code and charts, in which commands can run; with cached drawings if `drawn`."""
    copy = copied(project, folder)
    shutil.copytree(THIS.root / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    if project is SMALL:
        for file in (*map(listing.path, listing.modules()), "scripts/charts/actors.yml"):
            (folder / file).unlink()
        shutil.copyfile(SMALL.root / "sales.py", folder / "scripts" / "charts" / "sales.py")
    if drawn:
        keep_drawings(project, copy)
    return copy


@pytest.fixture
def copy(tmp_path: Path) -> Project:
    """A copy of the small project that a test may damage."""
    return copied(SMALL, tmp_path / "small")


def damage(project: Project, file: str, change: tuple[str, str] | bytes | None) -> None:
    """Change one file: replace old text by new (an empty old text appends), write these bytes, or delete it for None."""
    path = project.root / file
    if change is None:
        path.unlink()
    elif isinstance(change, bytes):
        path.write_bytes(change)
    else:
        old, new = change
        text = path.read_bytes().decode()
        assert old in text, f"{file} has no {old!r}"
        path.write_bytes((text.replace(old, new, 1) if old else text + new).encode())


def rows_of(project: Project, table: str) -> list[dict[str, str]]:
    """The rows of a table of a project."""
    with (project.descriptor.parent / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(project: Project, table: str, rows: Iterable[Mapping[str, str]]) -> None:
    """Write the rows of a table, with the columns of its schema; a missing cell is empty."""
    path = project.descriptor.parent / "data" / f"{table}.csv"
    columns = [field["name"] for field in json.loads(path.with_suffix(".schema.json").read_bytes())["fields"]]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def problems(project: Project, drawings: Mapping[str, ModuleType] = SMALL_CHARTS) -> list[str]:
    """The problems that `check` reports for a project, as text."""
    try:
        commands.check(project, "", drawings)
    except commands.Problems as found:
        return [str(problem) for problem in found.all]
    return []


def altered(read: package.Package, **changed: dict[int, dict[str, str]]) -> package.Package:
    """A package with cells of some rows of some tables changed."""
    tables = dict(read.tables)
    for name, rows in changed.items():
        frame = tables[name].frame.copy()
        for row, cells in rows.items():
            for column, cell in cells.items():
                frame.loc[row, column] = cell
        tables[name] = replace(tables[name], frame=frame)
    return replace(read, tables=tables)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its name."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def soup(page: Path) -> bs4.BeautifulSoup:
    """Parse a page, for tests that read a few."""
    return bs4.BeautifulSoup(page.read_text("utf-8"), "html.parser")


def elements(page: Path) -> lxml.html.HtmlElement:
    """Parse a page with lxml, for tests that read a complete site: a soup takes twenty times as long, and more memory."""
    return lxml.html.document_fromstring(page.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def linked(page: Path) -> tuple[list[str], set[str]]:
    """The links and requested files of a page, and its ids."""
    read = elements(page)
    return read.xpath("//@href | //@src"), set(read.xpath("//@id"))


def target(site: Path, page: Path, link: str) -> tuple[Path, str]:
    """The file that a link of a page leads to on a server, and its anchor: a folder stands for its page, and / is the site."""
    path, _, anchor = link.partition("#")
    path = urllib.parse.unquote(path.partition("?")[0])
    there = site / path.lstrip("/") if path.startswith("/") else page.parent / path if path else page
    there = Path(os.path.normpath(there))
    return there / "index.html" if there.is_dir() else there, urllib.parse.unquote(anchor)


def broken(site: Path, address: str = "") -> list[str]:
    """Links of a site, also absolute ones below its address, to pages, files and ids that it does not have."""
    pages = {page: linked(page) for page in sorted(site.rglob("*.html"))}
    home, found = address.removesuffix("/"), []
    for page, (links, _) in pages.items():
        for link in dict.fromkeys(links):
            way = link.removeprefix(home).removeprefix(urllib.parse.urlsplit(home).path)
            if re.match("[a-z]+:|//", way):
                continue
            there, anchor = target(site, page, way)
            kept = there.is_relative_to(site) and there.is_file()
            if not kept or (anchor and there in pages and anchor not in pages[there][1]):
                found.append(f"{page.relative_to(site)}: {link}")
    return found


def unfolded(files: Mapping[str, bytes], folder: Path) -> Path:
    """Write files by name into a folder, and return it."""
    for name, raw in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    return folder


T = TypeVar("T")
Once = Callable[[str, Callable[[Path], T]], T]
"""From a name and a function of a folder to the function's result, made once for all processes of a run."""


@pytest.fixture(scope="session")
def once() -> Once:
    """Share results between the processes of a run: the first makes a result, the others wait and read it."""

    def shared(name: str, make: Callable[[Path], T]) -> T:
        place = Project(RUN / "shared" / name)
        place.root.mkdir(parents=True, exist_ok=True)
        with lock.held(place, lambda _: None):
            made, folder = place.root / "made", place.root / name
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)  # left by a process that failed
                made.write_bytes(pickle.dumps(make(folder)))
            return pickle.loads(made.read_bytes())

    return shared


@pytest.fixture(scope="session")
def drawn(real: Content, once: Once) -> dict[str, dict[str, engine.Chart]]:
    """Every real chart in every language, drawn once."""
    return once("drawn", lambda _: staging.draw(real))


@dataclass(frozen=True, slots=True)
class Built:
    """A built site: its folder, the address it was built for, and the output of the build."""

    site: Path
    address: str
    lines: list[str]


def built(project: Project, address: str = "", drawings: Mapping[str, ModuleType] | None = SMALL_CHARTS) -> Built:
    """Build a project in place, with all drawings that builds of this run have cached so far."""
    lines: list[str] = []
    store = SMALL if drawings is SMALL_CHARTS else THIS
    keep_drawings(store, project)
    commands.build(project, lines.append, address, drawings)
    keep_drawings(project, store)
    return Built(project.site, address, lines)


@pytest.fixture(scope="session")
def site(once: Once) -> Built:
    """The small project built without an address; tests must not change it, as all processes read it."""
    return once("small", lambda folder: built(copied(SMALL, folder)))


@pytest.fixture(scope="session")
def public_site(once: Once) -> Built:
    """The small project built for a public address in a folder of a host."""
    return once("public", lambda folder: built(copied(SMALL, folder), ADDRESS))


@pytest.fixture(scope="session")
def one_edition(once: Once) -> Project:
    """The small project with one frozen edition, 0.1.0, under version control; tests change a copy of it."""
    from tests import test_publishing  # which imports this module

    return once("edition", test_publishing.with_edition)


@pytest.fixture(scope="session")
def two_editions(one_edition: Project, once: Once) -> Project:
    """The small project with two frozen editions, 0.1.0 and 0.1.1, under version control; tests change a copy of it."""
    from tests.pages import test_edition_pages  # which imports this module

    return once("editions", lambda folder: test_edition_pages.with_editions(one_edition, folder))


@pytest.fixture(scope="session")
def frozen_site(two_editions: Project, once: Once) -> Built:
    """That project built for the public address."""
    return once("frozen", lambda folder: built(Project(shutil.copytree(two_editions.root, folder)), ADDRESS))


@pytest.fixture(scope="session")
def real_site(drawn: dict[str, dict[str, engine.Chart]], once: Once) -> Built:
    """The real project built without an address, with the shared drawings."""
    return once("real", lambda folder: built(copied(THIS, folder), "", None))


@pytest.fixture(scope="session")
def chromium() -> Iterator[browser.sync_api.Browser]:
    """The browser that all tests share."""
    with browser.launch() as running:
        yield running


@pytest.fixture(scope="session")
def served(real_site: Built) -> Iterator[browser.Server]:
    """The real site on a server of its own."""
    with browser.serve(real_site.site) as server:
        yield server
