import pytest

from scripts.paths import Project
from scripts.rules import strays
from tests.conftest import SMALL, problems

DESCRIPTOR = {"resources": [{"path": f"data/{name}.csv", "schema": f"data/{name}.schema.json"} for name in ("a", "b")]}
PAGES = "is not read; pages lie in a language's folder itself, pictures in docs/assets"
TABLES = "is not read; add a resource to datapackage.json, or remove it"
MERGED = b"# A\n\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> theirs\n"


def put(project: Project, name: str, raw: bytes = b"") -> None:
    path = project.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)


@pytest.mark.parametrize(("file", "told"), [
    ("docs/en/drafts/page.md", f"docs/en/drafts:1: {PAGES}"), ("docs/zh/notes.txt", f"docs/zh/notes.txt:1: {PAGES}"),
    ("docs/zh/_language.yaml", f"docs/zh/_language.yaml:1: {PAGES}"), ("docs/index.md", f"docs/index.md:1: {PAGES}"),
    ("docs/pictures/a.png", f"docs/pictures:1: {PAGES}"),
    ("datapackage/data/facts (1).csv", f"datapackage/data/facts (1).csv:1: {TABLES}"),
    ("datapackage/data/notes.xlsx", f"datapackage/data/notes.xlsx:1: {TABLES}"),
    ("datapackage/data/old/facts.csv", f"datapackage/data/old:1: {TABLES}"),
])  # fmt: skip
def test_what_nothing_reads_is_told_by_its_name(copy: Project, file: str, told: str):
    put(copy, file)
    assert problems(copy) == [told]


@pytest.mark.parametrize("folder", ["docs", "docs/en", "datapackage/data"])
@pytest.mark.parametrize("name", [".DS_Store", ".x.swp", "x~", "#x#", ".#x.csv", "facts.csv.bak", "facts.csv.orig"])
def test_hidden_files_and_editors_copies_are_passed_over(copy: Project, folder: str, name: str):
    put(copy, f"{folder}/{name}", MERGED)
    assert problems(copy) == []


@pytest.mark.parametrize("file", [
    "README.md", "CONTRIBUTING.md", "CITATION.cff", "LICENSE", "datapackage/CHANGELOG.md", "datapackage/README.md",
])  # fmt: skip
def test_what_a_merge_left_in_a_text_is_refused_with_its_lines(copy: Project, file: str):
    put(copy, file, MERGED)
    told = "a merge left its mark here; settle the conflict"
    assert problems(copy) == [f"{file}:3: {told}", f"{file}:7: {told}"]


@pytest.mark.parametrize("file", ["docs/assets/low-tide.css", "mkdocs.yml", "docs/en/index.md", "docs/zh/_language.yml",
                                  "datapackage/data/facts.csv", "datapackage/datapackage.json"])  # fmt: skip
def test_what_a_merge_left_in_a_file_of_the_build_is_refused_with_its_line(copy: Project, file: str):
    text = (copy.root / file).read_bytes()
    put(copy, file, text + b">>>>>>> theirs\n")
    told = f"{file}:{text.count(bytes([10])) + 1}: a merge left its mark here; settle the conflict"
    assert [line for line in problems(copy) if line.startswith(f"{file}:")] == [told]


def test_a_link_among_the_assets_is_refused_lest_it_publishes_what_it_leads_to(copy: Project):
    (copy.docs / "assets" / "people.txt").symlink_to("/etc/passwd")
    assert problems(copy) == ["docs/assets/people.txt:1: is a symbolic link; put the file itself here"]


def test_a_line_under_a_heading_is_no_mark_of_a_merge(copy: Project):
    put(copy, "README.md", b"Small\n=======\n\n>>>>>> a quote in a quote\n")
    assert problems(copy) == []


@pytest.mark.parametrize("resources", [None, "x", [1], [{}], [{"path": 1}]])
def test_a_descriptor_of_another_shape_is_none_of_its_business(resources: object):
    assert all(problem.text == TABLES for problem in strays.check(SMALL, {"resources": resources}))
