"""Where every room of a project is, worked out from its root, never from the current directory."""

from dataclasses import dataclass
from pathlib import Path


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
TEMPLATES = SCRIPTS / "templates"
BROWSER = SCRIPTS / "browser"
FONTS = SCRIPTS / "fonts"
