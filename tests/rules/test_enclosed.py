from pathlib import Path

import pytest

from scripts.data import package
from scripts.paths import THIS, Project
from scripts.rules import enclosed
from tests.conftest import copied, damage

README, CHANGELOG, LICENCE = (f"datapackage/{name}" for name in ("README.md", "CHANGELOG.md", "LICENSE"))
CITATION = "CITATION.cff"
READ = package.read(THIS)[0]  # under its own version, which the pages of a working copy do not show


def said(project: Project) -> list[str]:
    return [str(problem) for problem in enclosed.check(project, READ)]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    found = copied(THIS, tmp_path / "real")
    (found.root / CITATION).write_bytes((THIS.root / CITATION).read_bytes())
    return found


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (CITATION, "\nversion: ", "\nversion: 9.", "CITATION.cff:10: version: '9.{version}' differs from the descriptor's '{version}'"),
        (CITATION, "license: CC-BY-4.0", "license: CC0-1.0", "CITATION.cff:12: license: 'CC0-1.0' differs from the descriptor's 'CC-BY-4.0'"),
        (CITATION, "date-released: 2", "date-released: 1", "CITATION.cff:11: date-released: '1{date}' differs from the descriptor's '2{date}'"),
        (CITATION, "  - name: Low Tide contributors", "  - name: Ann", "CITATION.cff:8: authors: differs from the descriptor's [{{'name': 'Low Tide contributors'}}]"),
        (CITATION, 'title: "Low Tide: China', 'title: "High Tide: China', "CITATION.cff:4: title: \"High Tide: China's social-commerce platforms in facts\" differs from the descriptor's \"Low Tide: China's social-commerce platforms in facts\""),
        (CITATION, "type: dataset", "<<<<<<< HEAD", "CITATION.cff:3: merge conflict marker; resolve the conflict"),
        (README, "CC BY 4.0", "CC0", "datapackage/README.md:1: does not say 'CC BY 4.0', the name of its licence"),
        (README, "Low Tide: China", "High Tide: China", "datapackage/README.md:1: does not say \"Low Tide: China's social-commerce platforms in facts\", the title of the package"),
        (CHANGELOG, "\n## ", "\n### ", "datapackage/CHANGELOG.md:1: does not say '## {version}', the heading of this version"),
    ],
)  # fmt: skip
def test_text_that_contradicts_the_descriptor_is_reported(project: Project, file: str, old: str, new: str, fault: str):
    descriptor = READ.descriptor
    damage(project, file, (old, new))
    assert said(project) == [fault.format(version=descriptor["version"], date=descriptor["created"][1:10])]


@pytest.mark.parametrize("text", ["## {}\n\nChanged.\n", "# Changes\n\n## {}"])
def test_heading_of_the_version_may_be_the_first_or_last_line(project: Project, text: str):
    (project.root / CHANGELOG).write_text(text.format(READ.descriptor["version"]), "utf-8")
    assert said(project) == []


def test_licence_file_must_be_the_licence_that_the_package_names(project: Project):
    (project.root / LICENCE).write_text("All rights reserved.\n", "utf-8")
    path = READ.descriptor["licenses"][0]["path"]
    line = READ.document.line("licenses", 0, "path")
    assert said(project) == [f"datapackage/datapackage.json:{line}: licenses: {path} is not the licence of {LICENCE}"]
