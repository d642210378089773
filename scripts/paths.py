"""Where every room of a project is, worked out from its root, never from the current directory; names kept in a folder."""

import importlib.util
import os
import re
from dataclasses import dataclass
from pathlib import Path

THEME = "material"
"""The builder's theme, by its module."""
LONGEST = 255
"""Bytes that the name of a file or folder has at most; usual file systems take no more."""
_RESERVED = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\\ud800-\udfff]')  # by Windows, which reads a backslash as a slash
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)  # whatever the folder, on Windows


@dataclass(frozen=True, slots=True)
class Project:
    """One checkout: its root folder, and the rooms below it."""

    root: Path

    @property
    def descriptor(self) -> Path:
        """The data package's descriptor."""
        return self.root / "datapackage" / "datapackage.json"

    @property
    def docs(self) -> Path:
        """The words: one folder a language."""
        return self.root / "docs"

    @property
    def builder_config(self) -> Path:
        """The website's settings shared by all languages."""
        return self.root / "mkdocs.yml"

    @property
    def build(self) -> Path:
        """Everything that is made; never in git."""
        return self.root / "build"

    @property
    def site(self) -> Path:
        """The finished website."""
        return self.build / "site"

    def name(self, path: Path) -> str:
        """A path as messages show it: relative to the root, with forward slashes."""
        return path.relative_to(self.root).as_posix()


SCRIPTS = Path(__file__).resolve().parent
THIS = Project(SCRIPTS.parent)
TEMPLATES = SCRIPTS / "pages" / "templates"
BROWSER = SCRIPTS / "website" / "browser"
FONTS = SCRIPTS / "drawing" / "fonts"


def relative(name: str) -> str:
    """A name that every system takes for a file below the folder it is put into, as it is; raises `ValueError` for others."""
    if not name:
        raise ValueError("an empty name names no file")
    if name.startswith("/"):
        raise ValueError(f"{name!r} is an absolute path; name a file below its folder")
    if found := _RESERVED.search(name):
        raise ValueError(f"{name!r} has the character {found[0]!r}, which the name of a file cannot have everywhere")
    for part in name.split("/"):
        if part == "..":
            raise ValueError(f"{name!r} leads out of its folder; name a file below it")
        if part in ("", ".") or part.endswith((".", " ")) or _DEVICE.fullmatch(part):
            raise ValueError(f"{name!r} is not the name of a file everywhere: {part!r} is none")
        if len(part.encode()) > LONGEST:
            raise ValueError(f"{part[:40]!r}… is longer than {LONGEST} bytes, the most that the name of a file has")
    return name


def plain(name: str) -> str:
    """The name of a file without a folder; raises `ValueError` for others, as `relative` does."""
    if "/" in relative(name):
        raise ValueError(f"{name!r} is not a plain name; leave out the folder")
    return name


def inside(folder: Path, name: str) -> Path:
    """The file of a name below a folder; raises `ValueError` where it lies elsewhere, by its name or by a symbolic link."""
    path = folder / relative(name)
    if not Path(os.path.realpath(path)).is_relative_to(
        os.path.realpath(folder)
    ):  # `Path.resolve` raises at a loop of links
        raise ValueError(f"{name!r} leads out of its folder by a symbolic link")
    return path


def of_theme(name: str) -> Path:
    """A file among the templates of the builder's theme, whether or not it is there."""
    found = importlib.util.find_spec(THEME)
    home = Path(found.origin).parent if found and found.origin else Path()
    return home / "templates" / name


def write(folder: Path, name: str, told: str | bytes) -> None:
    """Write the file of a name below a folder, in a folder of its own where its name has one."""
    path = inside(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(told.encode() if isinstance(told, str) else told)
