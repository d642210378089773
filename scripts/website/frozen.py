"""Put the pages of editions and of their facts into the site. In: `Content`, the site's folder; out: files in it.

What was made of an edition is kept by a hash of all that goes into it: an edition never changes, nor do its pages until
templates or words do.
"""

import importlib.metadata
import json
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from .. import places, progress
from ..editions import store
from ..pages import cards, frozen_facts, frozen_places, policy
from ..pages.content import Content
from ..words.languages import Language
from . import plain, typeset

_MADE_BY = ("data", "words", "editions", "drawing", "pages", "website")
_LIBRARIES = ("jinja2", "babel", "markdownify", "pandas")


def put(content: Content, site: Path, room: Path, head: Callable[[Language, str], str]) -> None:
    """Copy the pages of all editions into the site; `room` is a folder of the run's own to make them in.

    `head` is what machines read of the page of an edition, by its language and slug. It tells of the site too, so it is no
    part of what is kept.
    """
    files = keep(content, room)
    for file, edition in files.items():
        with zipfile.ZipFile(file) as pages:
            pages.extractall(site)
        for place in frozen_places.homes(content, edition):
            page = site / place.file
            told = head(place.language, place.address.rstrip("/").removeprefix(place.language.root))
            page.write_text(page.read_text("utf-8").replace("</head>", f"{told}\n</head>", 1), "utf-8")
        assets = site / places.edition(edition.tag) / "assets"
        assets.mkdir()
        for asset in frozen_places.ASSETS:
            shutil.copyfile(site / "assets" / asset, assets / asset)
    for old in {*_home(content).glob("*")} - {*files}:
        old.rename(room / f"{old.name}-old")


def kept(content: Content) -> dict[Path, store.Frozen]:
    """The archive that keeps the pages of each edition, once they are made."""
    made_with = _made_with(content)
    names = [store.sha256(f"{made_with} {edition}".encode()) for edition in content.editions]
    return {_home(content) / f"{name}.zip": edition for name, edition in zip(names, content.editions, strict=True)}


def keep(content: Content, room: Path, each: progress.Each = progress.unseen) -> dict[Path, store.Frozen]:
    """Make what is not kept yet, and say as `kept` does where it is; another process may make the same pages."""
    for folder in (_home(content), room):
        folder.mkdir(parents=True, exist_ok=True)
    files = kept(content)
    for file, edition in each([*files.items()]):
        if not file.exists():
            with zipfile.ZipFile(room / file.name, "w") as pages:
                for name, text in _made(content, edition):
                    pages.writestr(name, text)
            (room / file.name).replace(file)
    return files


def _home(content: Content) -> Path:
    return content.project.build / "kept" / "frozen"


def _made(content: Content, edition: store.Frozen) -> Iterator[tuple[str, str]]:
    """The pages of an edition, each with its Markdown. The policy is one for a folder, since an edition's works there as well."""
    roots = {place.home: place for place in frozen_places.homes(content, edition)}
    twins: dict[str, str] = {}  # whole addresses serve both copies of a page; ways between files serve one
    beside: dict[str, list[str]] = {}
    for name, text in frozen_facts.files(content, edition):
        if not name.endswith(".html"):
            beside.setdefault(name, []).append(text)
            continue
        place = roots[max((home for home in roots if name.startswith(home)), key=len)]
        folder = name.removesuffix("index.html")
        page = place.of(folder.removeprefix(place.home))
        same = page.address if content.address else name
        if same not in twins:
            own = page.address.removeprefix(page.language.root)
            twins[same] = plain.of_page(content, page.language, text, own, edition.tag, None)  # the archive is kept
        yield f"{folder}{plain.NAME}", twins[same]
        yield name, policy.put(typeset.page(text, page.language, content.languages), "")
    yield from ((name, "".join(parts)) for name, parts in beside.items())


def _made_with(content: Content) -> str:
    """All but the edition that goes into its pages: our code and templates, words, address, libraries."""
    scripts = Path(__file__).parents[1]
    there = [file for name in _MADE_BY for file in sorted((scripts / name).rglob("[!.]*.*"))]
    files = [file for file in there if file.suffix in (".py", ".html")]
    newest = content.editions[-1].tag if content.editions else ""  # which older ones lead to
    words = json.dumps([language.words for language in content.languages], default=str)
    parts = [sys.version, content.address, cards.of_edition(content, ""), newest, words]
    parts += [f"{library} {importlib.metadata.version(library)}" for library in _LIBRARIES]
    parts += [f"{file.name} {store.sha256(file.read_bytes())}" for file in files]
    return "\n".join(parts)
