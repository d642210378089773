from pathlib import Path

import pytest

from scripts import paths
from tests.conftest import SMALL, SMALL_CHARTS, problems


def test_rooms_lie_below_the_root():
    project = paths.Project(Path("/somewhere"))
    rooms = (project.descriptor, project.docs, project.builder_config, project.site)
    assert [project.name(room) for room in rooms] == [
        "datapackage/datapackage.json",
        "docs",
        "mkdocs.yml",
        "build/site",
    ]


def test_this_project_is_found_from_its_own_files():
    assert paths.THIS.descriptor.is_file()
    assert paths.TEMPLATES.is_dir()


def test_nothing_depends_on_the_current_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert problems(SMALL, SMALL_CHARTS) == []
