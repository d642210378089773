"""The projects that tests run on: the real one, the small one, and copies to damage; and the sites built of them."""

import atexit
import collections
import gc
import json
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
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
from scripts.drawing import engine, listing
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
    """Rows, pages and a chart of its own, with the schemas and words of the real project, in a folder that is not there yet."""
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
SMALL = Project(Path(os.environ["LOW_TIDE_RUN"]) / "small")


def pytest_report_header() -> str:
    """What the run looks at, so that it can be drawn again."""
    return f"looks at {sampled.SAID}"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Where all tests are to run, say at once that there is no browser: later only the workers could."""
    everything = session.config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if everything and not browser.left_out() and not browser.program():
        pytest.exit(browser.MISSING, returncode=1)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Before anything runs: draw cases, and leave out what needs a browser where that is wished, else say that there is none."""
    every, items[:] = set(items), sampled.cases(items)
    config.hook.pytest_deselected(items=every.difference(items))
    looking = [item for item in items if "chromium" in getattr(item, "fixturenames", ())]
    if browser.left_out():
        for item in looking:
            item.add_marker(pytest.mark.skip(reason=browser.LEFT_OUT))
    elif looking and not browser.program():
        pytest.exit(browser.MISSING, returncode=1)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end what tests measured, and, in red, that tests in a browser were left out, and how many of which file."""
    for report in terminalreporter.stats.get("passed", []):
        for name, said in report.user_properties:
            terminalreporter.section(name)
            terminalreporter.line(said)
    skipped = terminalreporter.stats.get("skipped", [])
    left = collections.Counter(report.fspath for report in skipped if browser.LEFT_OUT in str(report.longrepr))
    if left:
        terminalreporter.section(browser.LEFT_OUT, sep="!", red=True, bold=True)
        for file, count in sorted(left.items()):
            terminalreporter.line(f"{file}: {count} left out", red=True)


@pytest.fixture(scope="session")
def real() -> Content:
    """The real project, checked once; fails where it has a problem."""
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
    """The rooms of a project that a build reads, copied into a folder that does not exist yet."""
    for room in ("datapackage", "docs"):
        shutil.copytree(project.root / room, folder / room)
    shutil.copyfile(project.builder_config, folder / project.builder_config.name)
    return Project(folder)


def keep_drawings(source: Project, target: Project) -> None:
    """Copy the drawings that a project has kept to another; their names are hashes, so those of the same name are equal."""
    for file in (source.build / "drawings").glob("[!.]*"):
        kept = target.build / "drawings" / file.name
        if file.name.count(".") == 1 and not kept.exists():  # another dot marks a file that is still being written
            kept.parent.mkdir(parents=True, exist_ok=True)
            half = kept.with_name(f"{kept.name}.{os.getpid()}")
            shutil.copyfile(file, half)
            half.replace(kept)


def checkout(project: Project, folder: Path, drawn: bool = True) -> Project:
    """A copy with code and charts of its own, which commands can run in; with the drawings of this run, unless it is to draw all."""
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
    """Change one file: old text to new (an empty old text appends), or to these bytes, or away with it."""
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


def problems(project: Project, drawings: Mapping[str, ModuleType] = SMALL_CHARTS) -> list[str]:
    """What `check` says of a project, line by line."""
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
    """A page, for tests that read a few."""
    return bs4.BeautifulSoup(page.read_text("utf-8"), "html.parser")


def elements(page: Path) -> lxml.html.HtmlElement:
    """A page as a tree, for tests that read a whole site: a soup takes twenty times as long, and more memory still."""
    return lxml.html.document_fromstring(page.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def linked(page: Path) -> tuple[list[str], set[str]]:
    """What a page leads to and asks for, and the ids that it has."""
    read = elements(page)
    return read.xpath("//@href | //@src"), set(read.xpath("//@id"))


def unfolded(files: Mapping[str, bytes], folder: Path) -> Path:
    """The folder, with every file by its name below it."""
    for name, raw in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    return folder


T = TypeVar("T")
Once = Callable[[str, Callable[[Path], T]], T]
"""By a name, and what makes a thing in a folder: the thing, made once in a run whose processes all ask for it."""


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """What the processes of a run share: the first that asks makes it, the others wait and read it."""
    base = tmp_path_factory.getbasetemp()
    home = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def shared(name: str, make: Callable[[Path], T]) -> T:
        place = Project(home / "shared" / name)
        place.root.mkdir(parents=True, exist_ok=True)
        with lock.held(place, lambda _: None):
            made, folder = place.root / "made", place.root / name
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)  # what a process left that failed
                made.write_bytes(pickle.dumps(make(folder)))
            return pickle.loads(made.read_bytes())

    return shared


@pytest.fixture(scope="session")
def drawn(real: Content, once: Once) -> dict[str, dict[str, engine.Chart]]:
    """Every real chart in every language, drawn once."""
    return once("drawn", lambda _: staging.draw(real))


@dataclass(frozen=True, slots=True)
class Built:
    """A built site: its folder, the address it was built for, and what the build said."""

    site: Path
    address: str
    lines: list[str]


def built(project: Project, address: str = "", drawings: Mapping[str, ModuleType] | None = SMALL_CHARTS) -> Built:
    """Build a project where it lies, starting from all drawings that builds of this run have kept so far."""
    lines: list[str] = []
    store = SMALL if drawings is SMALL_CHARTS else THIS
    keep_drawings(store, project)
    commands.build(project, lines.append, address, drawings)
    keep_drawings(project, store)
    return Built(project.site, address, lines)


@pytest.fixture(scope="session")
def site(once: Once) -> Built:
    """The small project built without an address; nobody may change it, as all processes read it."""
    return once("small", lambda folder: built(copied(SMALL, folder)))


@pytest.fixture(scope="session")
def public_site(once: Once) -> Built:
    """The small project built for a public address below a host's root."""
    return once("public", lambda folder: built(copied(SMALL, folder), ADDRESS))


@pytest.fixture(scope="session")
def frozen_site(once: Once) -> Built:
    """The small project with two frozen editions, 0.1.0 and 0.1.1, built for the public address."""
    from tests.pages import test_edition_pages  # which imports this module

    return once("frozen", lambda folder: built(test_edition_pages.with_editions(folder), ADDRESS))


@pytest.fixture(scope="session")
def real_site(drawn: dict[str, dict[str, engine.Chart]], once: Once) -> Built:
    """The real project built without an address; its drawings are those that were made already."""
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
