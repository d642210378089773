"""Put the pages of facts as each edition has them into the site. In: `Content`, the site's folder; out: files in it.

What was made of an edition is kept by a hash of all that goes into it: an edition never changes, nor do its pages until
templates or words do.
"""

import importlib.metadata
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from .. import paths
from ..editions import store
from ..pages import frozen_facts
from ..pages.blocks import Content
from . import plain

_MADE_BY = ("data", "words", "editions", "drawing", "pages", "website")
_LIBRARIES = ("jinja2", "babel", "markdownify", "pandas")


def put(content: Content, site: Path, room: Path, publish: Callable[[str], str]) -> None:
    """Copy the pages of all editions into the site; `room` is a folder of the run's own to make them in.

    `publish` gives a page its links and its policy.
    """
    home = content.project.build / "kept" / "frozen"
    for folder in (home, room):
        folder.mkdir(parents=True, exist_ok=True)
    made_with = _made_with(content)
    kept = {store.sha256(f"{made_with} {edition}".encode()): edition for edition in content.editions}
    for name, edition in kept.items():
        if not (home / name).exists():
            _make(content, edition, room / name, publish)
            (room / name).rename(home / name)
        shutil.copytree(home / name, site, dirs_exist_ok=True)
    for old in home.iterdir():
        if old.name not in kept:
            old.rename(room / f"{old.name}-old")


def _make(content: Content, edition: store.Frozen, folder: Path, publish: Callable[[str], str]) -> None:
    folder.mkdir()
    for name, text in frozen_facts.files(content, edition):
        file = paths.inside(folder, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".html"):
            text = publish(text)
            language = next(one for one in reversed(content.languages) if name.startswith(one.root))
            place = name.removeprefix(language.root).removesuffix(file.name)
            told = plain.of_page(content, language, text, place, edition.tag, None)  # the folder is kept as a whole
            file.with_name(plain.NAME).write_text(told, "utf-8")
        file.write_text(text, "utf-8")


def _made_with(content: Content) -> str:
    """All but the edition that goes into its pages: our code and templates, words, address, libraries."""
    scripts = Path(__file__).parents[1]
    files = [
        file
        for name in _MADE_BY
        for file in sorted((scripts / name).rglob("[!.]*.*"))
        if file.suffix in (".py", ".html")
    ]
    parts = [sys.version, content.address, json.dumps([language.words for language in content.languages], default=str)]
    parts += [f"{library} {importlib.metadata.version(library)}" for library in _LIBRARIES]
    parts += [f"{file.name} {store.sha256(file.read_bytes())}" for file in files]
    return "\n".join(parts)
