"""The commands, without printing: check, build, release, assets. In: a project; out: problems raised, or a site."""

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
from .editions import diff, made, store
from .pages import cards, links, quoting, settings, staging
from .pages.content import Content
from .paths import Project
from .problem import Problem, Problems, foreseen
from .reading import addresses, files
from .rules import conditions, enclosed, expected, measured, originality, prose, runner, schemas, shifts, strays
from .website import finish, frozen
from .words import captions, languages, outline

Read = TypeVar("Read")
Say = progress.Say
Rule = Callable[[], Iterable[Problem]]
Drawings = Mapping[str, ModuleType] | None
"""Chart modules by slug; none for those of the project itself."""
_OPENING = ("expected", "shifts")
"""The rules that open editions, which are not to be opened while something is wrong with them."""


def address(text: str) -> str:
    """The site's public address, with one slash at its end; empty where none is given."""
    text = text.strip()
    beyond = "has a query or a fragment; the pages lie below this address" if re.search("[?#]", text) else ""
    fault = addresses.unwritten(text) or beyond
    if text and fault:
        raise Problems([Problem("SITE_URL", 1, f"{text!r} {fault}")])
    return text.rstrip("/") + "/" if text else ""


def check(project: Project, site_address: str = "", drawings: Drawings = None, contact: str = "") -> Content:
    """Read everything and raise all problems at once; nothing is written. `drawings` are the chart modules by slug.

    What could not be read is said, and the rules that need it are left for the next time. Raises `Unforeseen` where a
    rule itself fails.
    """
    problems: list[Problem] = []
    with foreseen("reading", problems):
        read = _good(problems, package.read(project))
        frozen, unkept = store.read(project)
        problems += [*unkept, *made.check(project)]
        found = _good(problems, languages.read(project, read.languages))
        listed = _good(problems, outline.read(project, found))
        actors = _good(problems, colours.read(project))
        problems += [*settings.check(project, actors.values()), *strays.check(project, read.descriptor)]
        modules = _modules(project, problems) if drawings is None else drawings
        told = _good(problems, captions.read(project, found, modules)) if modules is not None else {}
        data = dataset.read(read)
        changed = not problems and bool(frozen) and store.inside(project, read) != store.contents(project, frozen[-1])
        released, editions = _as_released(data, frozen), tuple(frozen)
        content = Content(
            project, released, found, listed, modules or {}, told, site_address, editions, changed, contact, actors
        )
    readable = read.whole and found and data.reports  # rules are asked of what somebody says
    asked = _rules_of_data(content, read, data) if readable else {}
    asked |= _rules_of_pages(content, problems) if asked and modules is not None else {}
    for name in _OPENING if unkept else ():
        asked.pop(name, None)
    for name, rule in asked.items():
        with foreseen(name, problems):
            problems += rule()
    if problems:
        raise Problems(problems)
    return content


def _good(problems: list[Problem], read: tuple[Read, list[Problem]]) -> Read:
    """What was read; its faults join the problems."""
    problems += read[1]
    return read[0]


def _modules(project: Project, problems: list[Problem]) -> Drawings:
    """The chart modules; none, and a problem more, where one cannot be loaded."""
    try:
        return listing.modules(project)
    except Problems as refused:
        problems += refused.all
        return None


def _rules_of_data(content: Content, read: package.Package, data: dataset.Dataset) -> dict[str, Rule]:
    """The rules for tables and texts, by name; `data` bears the version that is written, not the newest edition's."""
    project, first = content.project, content.languages[0]
    codes = [folder.name for folder in languages.folders(project)]
    names = [name for entity in data.entities.values() for name in entity.name.values()]
    return {
        "schemas": lambda: schemas.check(read, first.words, codes),
        "enclosed": lambda: enclosed.check(project, read),
        "conditions": lambda: conditions.check(read),
        "records": lambda: runner.check(data),
        "measured": lambda: measured.check(data, content.languages),
        "verdicts": lambda: verdicts.check(data),
        "editions": lambda: store.check(data, content.editions),
        "expected": lambda: expected.check(project, content.editions, read),
        "shifts": lambda: _shifted(content, read),
        "prose": lambda: prose.check(_written(content), names),
        "originality": lambda: originality.check(project, names, {one.source_id: one.line for one in data.reports}),
    }


def _rules_of_pages(content: Content, problems: list[Problem]) -> dict[str, Rule]:
    """The rules for what pages and charts make of the records; `problems` are those found so far, as they grow."""
    return {
        "pages": lambda: quoting.check(content),
        "links": lambda: links.check(content),
        "actors": lambda: colours.check(content.project, content.actors, content.dataset.entities),
        "unused evidence": lambda: _unused(content, problems),
    }


def _written(content: Content) -> Mapping[str, Iterable[outline.Page]]:
    """All that people wrote in each language: pages, and the words of charts."""
    return {code: [*some, *content.captions.get(code, {}).values()] for code, some in content.pages.items()}


def _shifted(content: Content, read: package.Package) -> Iterable[Problem]:
    """What looks like a slip since the newest edition."""
    if not content.unreleased:
        return ()
    newest = content.editions[-1]
    return shifts.check(read, diff.tables(store.contents(content.project, newest)), newest.version)


def _unused(content: Content, problems: list[Problem]) -> list[Problem]:
    """Evidence that nothing uses; where a chart stumbles over rows whose faults were told, that is not told again."""
    try:
        return quoting.unused(content)
    except Problems as refused:
        return [] if problems else refused.all


def _as_released(data: dataset.Dataset, frozen: list[store.Frozen]) -> dataset.Dataset:
    """The records as pages show them: under version and date of the newest edition, if there is one."""
    if not frozen:
        return data
    released = {"version": frozen[-1].version, "created": frozen[-1].created}
    described = dataclasses.replace(data.package, descriptor=data.package.descriptor | released)
    return dataclasses.replace(data, package=described)


def build(project: Project, say: Say, site_address: str = "", drawings: Drawings = None, contact: str = "") -> Path:
    """Check, draw, stage and build; the finished site replaces the old one in one step at the very end."""
    rooms.restore(project.site)
    with progress.stage(say, "check") as (notes, _):
        content = check(project, site_address, drawings, contact)
        notes += [f"{len(content.dataset.facts)} facts", f"{len(content.dataset.package.tables)} tables"]
    rooms.clear(project)
    staged = project.build / "docs"
    shutil.rmtree(staged, ignore_errors=True)
    with rooms.own(project) as own, _helped(content, own / "ahead"):
        with progress.stage(say, "charts") as (notes, each):
            drawn = staging.draw(content, each)
            notes += [f"{sum(len(c.drawings) for some in drawn.values() for c in some.values())} drawings"]
        with progress.stage(say, "pages") as (notes, each):
            staging.stage(content, drawn, staged, each)
            notes += [f"{sum(map(len, content.pages.values()))} pages"]
        with progress.stage(say, "website") as (notes, _):
            site = finish.build(content, drawn, staged, own / "html")
            notes += [f"{sum(1 for _ in site.rglob('*.html'))} HTML files"]
        rooms.replace(site, project.site, own / "old")
    return project.site


def _helped(content: Content, room: Path) -> contextlib.AbstractContextManager[None]:
    """Where pages of editions are to be made, all that is kept is made from both ends: here from the last to the first."""
    if all(file.exists() for file in frozen.kept(content)):
        return contextlib.nullcontext()

    def backwards(items: Iterable[progress.Item], _: int | None = None) -> Iterable[progress.Item]:
        return reversed([*items])

    def work() -> None:
        drawn = staging.draw(content, backwards)
        for _ in cards.files(content, drawn, staging.files_beside(content, drawn, backwards), backwards):
            pass
        frozen.keep(content, room, backwards)

    return helper.beside(work)


def release_files(project: Project, tag: str, say: Say, site_address: str = "", contact: str = "") -> Path:
    """What a tag's release carries, in a folder; refused before anything is built unless the tag's edition is frozen."""
    of = publishing.version(project, tag)
    build(project, say, site_address, contact=contact)
    return publishing.lay_out(project, of)


def release(project: Project, version: str, say: Say, dry: bool = False, drawings: Drawings = None) -> None:
    """Freeze the package as it stands as an edition; raises every reason against it at once, and then writes nothing.

    What a release that was cut off left is removed first; a dry run only says that it is there.
    """
    if not dry:
        publishing.clear(project, say)
    content = check(project, "", drawings)
    publishing.freeze(content, package.read(project)[0], version, say, dry)


def fingerprint(file: Path) -> str:
    """The fingerprints of a source's text, for a file in datapackage/fingerprints; raises `Problems` where nothing could be recognised."""
    text = files.read_text(file, str(file))
    prints = originality.fingerprints(text)
    if not prints:
        raise files.refused(str(file), originality.NOTHING)
    return prints
