"""The projects that tests run on: the real one, the small one, and copies to damage."""

import shutil
from pathlib import Path

import pytest

from scripts import charts, commands, pages
from scripts.paths import THIS, Project
from tests.small import sales

TESTS = Path(__file__).resolve().parent
SMALL = Project(TESTS / "small")
SMALL_CHARTS = {"sales": sales}


@pytest.fixture(scope="session")
def real() -> pages.Edition:
    """The real project, checked once; fails where it has a problem."""
    return commands.check(THIS)


@pytest.fixture(scope="session")
def small() -> pages.Edition:
    """The small project, checked once."""
    return commands.check(SMALL, "", SMALL_CHARTS)


@pytest.fixture
def copy(tmp_path: Path) -> Project:
    """A copy of the small project that a test may damage."""
    shutil.copytree(SMALL.root, tmp_path / "small", ignore=shutil.ignore_patterns("build", "__pycache__"))
    return Project(tmp_path / "small")


def problems(project: Project) -> list[str]:
    """What `check` says of a project, line by line."""
    try:
        commands.check(project, "", SMALL_CHARTS)
    except commands.Problems as found:
        return [str(problem) for problem in found.all]
    return []


@pytest.fixture(scope="session")
def drawn(real: pages.Edition) -> dict[str, dict[str, charts.Chart]]:
    """Every real chart in every language, drawn once."""
    return pages.draw(real)
