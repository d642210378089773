"""Put the pages of editions and of their facts into the site. In: `Content`, the site's folder; out: files in it.

What was made of an edition is kept by a hash of all that goes into it: an edition never changes, nor do its pages until
templates or words do.
"""

import importlib.metadata
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from .. import paths, places
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
    home = content.project.build / "kept" / "frozen"
    for folder in (home, room):
        folder.mkdir(parents=True, exist_ok=True)
    made_with = _made_with(content)
    kept = {store.sha256(f"{made_with} {edition}".encode()): edition for edition in content.editions}
    for name, edition in kept.items():
        if not (home / name).exists():
            _make(content, edition, room / name)
            (room / name).rename(home / name)
        shutil.copytree(home / name, site, dirs_exist_ok=True)
        for place in frozen_places.homes(content, edition):
            file, told = (
                site / place.file,
                head(place.language, place.address.rstrip("/").removeprefix(place.language.root)),
            )
            file.write_text(file.read_text("utf-8").replace("</head>", f"{told}\n</head>", 1), "utf-8")
        assets = site / places.edition(edition.tag) / "assets"
        assets.mkdir()
        for asset in frozen_places.ASSETS:
            shutil.copyfile(site / "assets" / asset, assets / asset)
    for old in home.iterdir():
        if old.name not in kept:
            old.rename(room / f"{old.name}-old")


def _make(content: Content, edition: store.Frozen, folder: Path) -> None:
    """Make the pages with their Markdown. The policy is one for a folder, since an edition's works there as well."""
    folder.mkdir()
    roots = {place.home: place for place in frozen_places.homes(content, edition)}
    twins: dict[str, str] = {}  # whole addresses serve both copies of a page; ways between files serve one
    for name, text in frozen_facts.files(content, edition):
        file = paths.inside(folder, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".html"):
            place = roots[max((home for home in roots if name.startswith(home)), key=len)]
            page = place.of(name.removeprefix(place.home).removesuffix(file.name))
            own = page.address.removeprefix(page.language.root)
            same = page.address if content.address else name
            if same not in twins:
                twins[same] = plain.of_page(content, page.language, text, own, edition.tag, None)  # the folder is kept
            file.with_name(plain.NAME).write_text(twins[same], "utf-8")
            text = policy.put(typeset.page(text, page.language, content.languages), "")
        with file.open("a", encoding="utf-8") as so_far:
            so_far.write(text)


def _made_with(content: Content) -> str:
    """All but the edition that goes into its pages: our code and templates, words, address, libraries."""
    scripts = Path(__file__).parents[1]
    files = [
        file
        for name in _MADE_BY
        for file in sorted((scripts / name).rglob("[!.]*.*"))
        if file.suffix in (".py", ".html")
    ]
    newest = content.editions[-1].tag if content.editions else ""  # which older ones lead to
    parts = [
        sys.version,
        content.address,
        cards.of_edition(content, ""),
        newest,
        json.dumps([language.words for language in content.languages], default=str),
    ]
    parts += [f"{library} {importlib.metadata.version(library)}" for library in _LIBRARIES]
    parts += [f"{file.name} {store.sha256(file.read_bytes())}" for file in files]
    return "\n".join(parts)
