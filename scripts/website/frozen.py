"""Put the pages of editions and of their facts into the site. In: `Content`, the site's folder; out: files in it.

The pages of an edition are cached by a hash of all their inputs: an edition never changes, so its pages change only with
code, words or what they link to.
"""

import json
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from .. import places, progress
from ..drawing import kept
from ..editions import store
from ..pages import cards, frozen_facts, frozen_places, policy
from ..pages.content import Content
from . import plain, typeset

_LIBRARIES = ("jinja2", "babel", "markdownify", "beautifulsoup4", "pyyaml", "pandas")


def put(content: Content, site: Path, room: Path, heads: Mapping[str, Callable[[str], str]]) -> None:
    """Copy the pages of all editions into the site; `room` is a temporary folder to make them in.

    `heads` render the metadata of an edition's page by slug, one for each language's code. It depends on the rest of the
    site too, so it is not cached.
    """
    files = keep(content, room)
    for file, edition in files.items():
        with zipfile.ZipFile(file) as pages:
            pages.extractall(site)
        for place in frozen_places.homes(content, edition):
            page = site / place.file
            tags = heads[place.language.code](place.address.rstrip("/").removeprefix(place.language.root))
            page.write_text(page.read_text("utf-8").replace("</head>", f"{tags}\n</head>", 1), "utf-8")
        assets = site / places.edition(edition.tag) / "assets"
        assets.mkdir()
        for asset in frozen_places.ASSETS:
            shutil.copyfile(site / "assets" / asset, assets / asset)
    for old in {*_home(content).glob("*")} - {*files}:
        old.rename(room / f"{old.name}-old")


def archives(content: Content) -> dict[Path, store.Frozen]:
    """Return the path of the archive that caches each edition's pages, whether or not it exists yet."""
    made_with = _made_with(content)
    names = [store.sha256(f"{made_with} {edition}".encode()) for edition in content.editions]
    return {_home(content) / f"{name}.zip": edition for name, edition in zip(names, content.editions, strict=True)}


def keep(content: Content, room: Path, each: progress.Each = progress.unseen) -> dict[Path, store.Frozen]:
    """Make the missing archives and return `archives`; another process may make the same ones."""
    for folder in (_home(content), room):
        folder.mkdir(parents=True, exist_ok=True)
    files = archives(content)
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
    """Yield the files of an edition, each page with its Markdown; with the policy for folders, since it must work there too."""
    roots = {place.home: place for place in frozen_places.homes(content, edition)}
    twins: dict[str, str] = {}  # with absolute addresses, both copies of a page have the same Markdown
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
            twins[same] = plain.of_page(content, page.language, text, own, edition.tag, None)  # archives are cached
        yield f"{folder}{plain.NAME}", twins[same]
        yield name, policy.put(typeset.page(text, page.language, content.languages), "")
    yield from ((name, "".join(parts)) for name, parts in beside.items())


def _made_with(content: Content) -> str:
    """The inputs of an edition's pages other than the edition: code, libraries, words, licence, and what they link to.

    The code is all except charts, since no list of what renders a page would stay complete.
    """
    newest = content.editions[-1].tag if content.editions else ""  # older editions link to it
    words = {one.code: (one.words, content.place(one, "", "editions")) for one in content.languages}
    licence = content.dataset.package.descriptor["licenses"][0]["name"]
    parts = [sys.version, content.address, cards.of_edition(content, ""), newest, licence, kept.code()]
    parts += [f"{library} {kept.version(library)}" for library in _LIBRARIES]
    return "\n".join([*parts, json.dumps(words, default=str)])
