"""The folders of a project, derived from its root, never from the current directory; names that must stay inside a folder."""

import importlib.util
import os
import re
from dataclasses import dataclass
from pathlib import Path

THEME = "material"
"""The module name of the builder's theme."""
LONGEST = 255
"""Maximum bytes of a file or folder name on common file systems."""
_RESERVED = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\\ud800-\udfff]')  # on Windows, which reads a backslash as a slash
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)  # in any folder, on Windows


@dataclass(frozen=True, slots=True)
class Project:
    """One checkout: its root folder, and the folders below it."""

    root: Path

    @property
    def descriptor(self) -> Path:
        """The data package's descriptor."""
        return self.root / "datapackage" / "datapackage.json"

    @property
    def docs(self) -> Path:
        """Pages and word files: one folder a language."""
        return self.root / "docs"

    @property
    def builder_config(self) -> Path:
        """The website's settings shared by all languages."""
        return self.root / "mkdocs.yml"

    @property
    def build(self) -> Path:
        """All generated files; never in git."""
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
    """Return a name unchanged if every system takes it for a file below a folder; raises `ValueError` if not."""
    if not name:
        raise ValueError("the file name is empty")
    if name.startswith("/"):
        raise ValueError(f"{name!r} is an absolute path; write it relative to its folder")
    if found := _RESERVED.search(name):
        raise ValueError(f"{name!r} has the character {found[0]!r}, which not every system allows in file names")
    for part in name.split("/"):
        if part == "..":
            raise ValueError(f"{name!r} leads out of its folder; name a file inside it")
        if part in ("", ".") or part.endswith((".", " ")) or _DEVICE.fullmatch(part):
            raise ValueError(f"{name!r} is not a file name on every system: {part!r} is not allowed")
        if len(part.encode()) > LONGEST:
            raise ValueError(f"{part[:40]!r}… is longer than {LONGEST} bytes, the maximum for a file name")
    return name


def plain(name: str) -> str:
    """Return a file name without a folder unchanged; raises `ValueError` for any other, as `relative` does."""
    if "/" in relative(name):
        raise ValueError(f"{name!r} is not a plain name; leave out the folder")
    return name


def inside(folder: Path, name: str) -> Path:
    """The path of a named file below a folder; raises `ValueError` where its name or a symbolic link leads elsewhere."""
    path = folder / relative(name)
    if not Path(os.path.realpath(path)).is_relative_to(
        os.path.realpath(folder)
    ):  # `Path.resolve` raises at a loop of links
        raise ValueError(f"{name!r} leads out of its folder through a symbolic link")
    return path


def of_theme(name: str) -> Path:
    """The path of a template of the builder's theme, whether or not it exists; the theme itself is not imported."""
    found = importlib.util.find_spec(THEME)
    home = Path(found.origin).parent if found and found.origin else Path()
    return home / "templates" / name


def write(folder: Path, name: str, content: str | bytes) -> None:
    """Write a named file below a folder, creating the folders that its name contains."""
    path = inside(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
