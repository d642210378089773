"""The commands, without printing: check, build, release, assets, fingerprint. In: a project; out: a site, or problems raised."""

import contextlib
import dataclasses
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from . import helper, progress, publishing, rooms
from .data import dataset, package, verdicts
from .drawing import actors as colours
from .drawing import listing
from .editions import diff, store
from .pages import cards, links, quoting, settings, staging
from .pages.content import Content
from .paths import Project
from .problem import Problem, Problems, foreseen
from .reading import addresses, files
from .rules import conditions, enclosed, expected, measured, originality, prose, runner, schemas, shifts, strays
from .rules.view import View
from .website import builder, finish, frozen
from .words import captions, languages, outline

Read = TypeVar("Read")
Say = progress.Say
Rule = Callable[[], Iterable[Problem]]
Drawings = Mapping[str, ModuleType] | None
"""Chart modules by slug; None stands for the project's own."""
_NEED_EDITIONS = ("expected", "shifts")
"""Rules that open frozen editions; skipped while the editions themselves have problems."""
_MANY = 100
"""Facts without a page in their edition for which a second process is worth it: each loads the libraries that draw."""


def address(text: str) -> str:
    """The site's public address, with one slash at its end; empty where none is set."""
    text = text.strip()
    beyond = "has a query or a fragment; pages are added below this address" if re.search("[?#]", text) else ""
    fault = addresses.malformed(text) or beyond
    if text and fault:
        raise Problems([Problem("SITE_URL", 1, f"{text!r} {fault}")])
    return text.rstrip("/") + "/" if text else ""


def check(project: Project, site_address: str = "", drawings: Drawings = None, contact: str = "") -> Content:
    """Read and check the whole project, and write nothing; raises all `Problems` at once. `drawings` are chart modules by slug.

    Where a file cannot be read, the rules that need it are skipped until it can. Raises `Unforeseen` where a rule itself
    raises.
    """
    problems: list[Problem] = []
    with foreseen("reading", problems):
        read = _collect(problems, package.read(project))
        stored, unkept = store.read(project)
        problems += unkept
        spoken = _collect(problems, languages.read(project, read.languages))
        listed = _collect(problems, outline.read(project, spoken))
        actors = _collect(problems, colours.read(project))
        problems += [*settings.check(project, actors.values()), *strays.check(project, read.descriptor)]
        modules = _modules(project, problems) if drawings is None else drawings
        texts = _collect(problems, captions.read(project, spoken, modules)) if modules is not None else {}
        data = dataset.read(read)
        changed = not problems and bool(stored) and store.inside(project, read) != store.contents(project, stored[-1])
        released, editions = _as_released(data, stored), tuple(stored)
        content = Content(
            project, released, spoken, listed, modules or {}, texts, site_address, editions, changed, contact, actors
        )
    problems += (lacking := list(schemas.incomplete(read)))
    readable = read.whole and not lacking and spoken and data.reports  # rules need at least one report
    rules = _rules_of_data(content, read, data) if readable else {}
    rules |= _rules_of_pages(content, problems) if rules and modules is not None else {}
    for name in _NEED_EDITIONS if unkept else ():
        rules.pop(name, None)
    for name, rule in rules.items():
        with foreseen(name, problems):
            problems += rule()
    if problems:
        raise Problems(problems)
    return content


def _collect(problems: list[Problem], read: tuple[Read, list[Problem]]) -> Read:
    """Return what was read, and append its faults to the problems."""
    problems += read[1]
    return read[0]


def _modules(project: Project, problems: list[Problem]) -> Drawings:
    """The chart modules; None, with the problems appended, where one cannot be loaded."""
    try:
        return listing.modules(project)
    except Problems as refused:
        problems += refused.all
        return None


def _rules_of_data(content: Content, read: package.Package, data: dataset.Dataset) -> dict[str, Rule]:
    """The rules for tables and texts, by name; `data` has the descriptor's version, not the newest edition's."""
    project, first, view = content.project, content.languages[0], View(data)
    codes = [folder.name for folder in languages.folders(project)]
    names = [name for entity in data.entities.values() for name in entity.name.values()]
    return {
        "schemas": lambda: schemas.check(read, first.words, codes),
        "enclosed": lambda: enclosed.check(project, read),
        "conditions": lambda: conditions.check(read),
        "records": lambda: runner.check(view),
        "measured": lambda: measured.check(view, content.languages),
        "verdicts": lambda: verdicts.check(data),
        "editions": lambda: store.check(data, content.editions),
        "expected": lambda: expected.check(project, content.editions, read),
        "shifts": lambda: _shifted(content, read),
        "prose": lambda: prose.check(_written(content), names),
        "originality": lambda: originality.check(project, names, {one.source_id: one.line for one in data.reports}),
    }


def _rules_of_pages(content: Content, problems: list[Problem]) -> dict[str, Rule]:
    """The rules for pages and charts, by name; `problems` is the live list of those found so far."""
    return {
        "pages": lambda: quoting.check(content),
        "links": lambda: links.check(content),
        "actors": lambda: colours.check(content.project, content.actors, content.dataset.entities),
        "unused evidence": lambda: _unused(content, problems),
    }


def _written(content: Content) -> Mapping[str, Iterable[outline.Page]]:
    """All hand-written texts of each language: pages, and the words of charts."""
    return {code: [*some, *content.captions.get(code, {}).values()] for code, some in content.pages.items()}


def _shifted(content: Content, read: package.Package) -> Iterable[Problem]:
    """Changes since the newest edition that look like slips."""
    if not content.unreleased:
        return ()
    newest = content.editions[-1]
    return shifts.check(read, diff.tables(store.contents(content.project, newest)), newest.version)


def _unused(content: Content, problems: list[Problem]) -> list[Problem]:
    """Evidence that nothing uses; a chart that raises is no further problem where its rows have reported ones."""
    try:
        return quoting.unused(content)
    except Problems as refused:
        return [] if problems else refused.all


def _as_released(data: dataset.Dataset, stored: list[store.Frozen]) -> dataset.Dataset:
    """The records as pages show them: with version and date of the newest edition, if there is one."""
    if not stored:
        return data
    released = {"version": stored[-1].version, "created": stored[-1].created}
    described = dataclasses.replace(data.package, descriptor=data.package.descriptor | released)
    return dataclasses.replace(data, package=described)


def build(project: Project, say: Say, site_address: str = "", drawings: Drawings = None, contact: str = "") -> Path:
    """Check, draw, stage and build; returns the site's folder, which is replaced by renaming at the very end."""
    rooms.restore(project.site)
    with progress.stage(say, "check") as (notes, _):
        content = check(project, site_address, drawings, contact)
        notes += [f"{len(content.dataset.facts)} facts", f"{len(content.dataset.package.tables)} tables"]
    rooms.clear(project)
    builder.load()
    staged = project.build / "docs"
    shutil.rmtree(staged, ignore_errors=True)
    with rooms.scratch(project) as scratch, _with_helper(content, scratch / "ahead"):
        with progress.stage(say, "charts") as (notes, each):
            drawn = staging.draw(content, each)
            notes += [f"{sum(len(c.drawings) for some in drawn.values() for c in some.values())} drawings"]
        with progress.stage(say, "pages") as (notes, each):
            staging.stage(content, drawn, staged, each)
            notes += [f"{sum(map(len, content.pages.values()))} pages"]
        with progress.stage(say, "website") as (notes, _):
            site = finish.build(content, drawn, staged, scratch / "html")
            notes += [f"{sum(1 for _ in site.rglob('*.html'))} HTML files"]
        rooms.replace(site, project.site, scratch / "old")
    return project.site


def _with_helper(content: Content, room: Path) -> contextlib.AbstractContextManager[None]:
    """While many edition pages are missing from the cache, fill all caches from a second process, from the last item to the first."""
    missing = [edition for file, edition in frozen.archives(content).items() if not file.exists()]
    if sum(edition.counts["facts"] for edition in missing) < _MANY:
        return contextlib.nullcontext()

    def backwards(items: Iterable[progress.Item], _: int | None = None) -> Iterable[progress.Item]:
        return reversed([*items])

    def work() -> None:
        drawn = staging.draw(content, backwards)
        for _ in cards.files(content, drawn, staging.chart_files(content, drawn, backwards), backwards):
            pass
        frozen.keep(content, room, backwards)

    return helper.running(work)


def release_files(project: Project, tag: str, say: Say, site_address: str = "", contact: str = "") -> Path:
    """Build, and lay out the files of a tag's release in a folder; raises before building unless the tag names the newest edition."""
    of = publishing.version(project, tag)
    build(project, say, site_address, contact=contact)
    return publishing.lay_out(project, of)


def release(project: Project, version: str, say: Say, dry: bool = False, drawings: Drawings = None) -> None:
    """Freeze the current package as an edition; raises every reason against it at once, and then writes nothing.

    Leftovers of an interrupted release are removed first; a dry run only reports them.
    """
    if not dry:
        publishing.clear(project, say)
    content = check(project, "", drawings)
    publishing.freeze(content, package.read(project)[0], version, say, dry)


def fingerprint(file: Path) -> str:
    """The fingerprints of a source's text, for a file in datapackage/fingerprints; raises `Problems` where it has none."""
    text = files.read_text(file, str(file))
    prints = originality.fingerprints(text)
    if not prints:
        raise files.refused(str(file), originality.NOTHING)
    return prints
