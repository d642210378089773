import pytest

from scripts.paths import Project
from scripts.rules import strays
from tests.conftest import SMALL, problems

DESCRIPTOR = {"resources": [{"path": f"data/{name}.csv", "schema": f"data/{name}.schema.json"} for name in ("a", "b")]}
PAGES = "is not read; pages belong directly in a language's folder, pictures in docs/assets"
TABLES = "is not read; add a resource to datapackage.json, or remove it"
MERGED = b"# A\n\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> theirs\n"


def put(project: Project, name: str, raw: bytes = b"") -> None:
    path = project.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)


def test_file_that_nothing_reads_is_reported_by_its_name(copy: Project):
    pages = (
        "docs/en/drafts/page.md", "docs/zh/notes.txt", "docs/zh/_language.yaml", "docs/index.md", "docs/pictures/a.png",
    )  # fmt: skip
    tables = [f"datapackage/data/{name}" for name in ("facts (1).csv", "notes.xlsx", "old/facts.csv")]
    for file in (*pages, *tables):
        put(copy, file)
    shown = {
        "docs/en/drafts/page.md": "docs/en/drafts",
        "docs/pictures/a.png": "docs/pictures",
        tables[2]: "datapackage/data/old",
    }
    assert sorted(problems(copy)) == sorted(
        [f"{shown.get(file, file)}:1: {PAGES if file in pages else TABLES}" for file in (*pages, *tables)]
    )


def test_hidden_files_and_editor_backups_are_ignored(copy: Project):
    for folder in ("docs", "docs/en", "datapackage/data"):
        for name in (".DS_Store", ".x.swp", "x~", "#x#", ".#x.csv", "facts.csv.bak", "facts.csv.orig"):
            put(copy, f"{folder}/{name}", MERGED)
    assert problems(copy) == []


def test_merge_conflict_in_a_text_is_reported_at_both_its_marks(copy: Project):
    texts = [
        "README.md", "CONTRIBUTING.md", "CITATION.cff", "LICENSE", "datapackage/CHANGELOG.md", "datapackage/README.md",
    ]  # fmt: skip
    for file in texts:
        put(copy, file, MERGED)
    told = "merge conflict marker; resolve the conflict"
    assert sorted(problems(copy)) == sorted(f"{file}:{line}: {told}" for file in texts for line in (3, 7))


@pytest.mark.parametrize("file", ["docs/assets/low-tide.css", "mkdocs.yml", "docs/en/index.md", "docs/zh/_language.yml",
                                  "datapackage/data/facts.csv", "datapackage/datapackage.json"])  # fmt: skip
def test_merge_conflict_in_a_file_of_the_build_is_reported_with_its_line(copy: Project, file: str):
    text = (copy.root / file).read_bytes()
    put(copy, file, text + b">>>>>>> theirs\n")
    told = f"{file}:{text.count(bytes([10])) + 1}: merge conflict marker; resolve the conflict"
    assert [line for line in problems(copy) if line.startswith(f"{file}:")] == [told]


def test_symbolic_link_among_the_assets_is_reported_so_that_its_target_is_not_published(copy: Project):
    (copy.docs / "assets" / "people.txt").symlink_to("/etc/passwd")
    assert problems(copy) == ["docs/assets/people.txt:1: is a symbolic link; put the file itself here"]


def test_underlined_heading_and_nested_quote_are_no_merge_conflict(copy: Project):
    put(copy, "README.md", b"Small\n=======\n\n>>>>>> a quote in a quote\n")
    assert problems(copy) == []


@pytest.mark.parametrize("resources", [None, "x", [1], [{}], [{"path": 1}]])
def test_malformed_descriptor_is_tolerated(resources: object):
    assert all(problem.text == TABLES for problem in strays.check(SMALL, {"resources": resources}))
