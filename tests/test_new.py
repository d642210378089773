"""`new` creates a project without problems in an empty folder, with any title and languages, and refuses bad input."""

import datetime
import json
from pathlib import Path

import pytest
import yaml

from scripts import __main__, commands, new
from scripts.data import package
from scripts.editions import store
from scripts.paths import THIS, Project
from scripts.rules import originality
from tests.conftest import Built, Once, broken, built, damage, problems, soup, tree

NOW = datetime.datetime(2026, 11, 28, 3, 0, 0, tzinfo=datetime.UTC)
TITLE = "Quiet “harbour”: #1 & 海港 / 50%"


def made(folder: Path, title: str = "Quiet harbour", languages: str = "en,zh") -> Project:
    return Project(new.make(folder, title, languages, NOW))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return made(tmp_path / "harbour")


@pytest.fixture(scope="module")
def site(once: Once) -> Built:
    """The site of a new project whose title has every kind of character that a title may have."""

    def make(folder: Path) -> Built:
        return built(made(folder, TITLE), "https://example.org/", None)

    return once("fresh", make)


def test_new_project_has_no_problems_and_a_row_in_every_table(project: Project):
    content = commands.check(project)
    assert all(len(table.frame) for table in content.dataset.package.tables.values())
    assert set(content.dataset.package.tables) == {
        file.stem for file in (THIS.descriptor.parent / "data").glob("*.csv")
    }
    assert list(content.charts) == ["facts-by-kind", "facts-by-verdict"]


def test_site_of_a_new_project_has_its_title_and_no_broken_link(site: Built):
    assert broken(site.site) == []
    for place in ("index.html", "zh/index.html", "data/index.html", "facts/ferry-passengers-2023/index.html"):
        page = soup(site.site / place)
        assert TITLE in page.select_one("footer").get_text()
    assert "Low Tide" not in (site.site / "index.html").read_text("utf-8")


def test_package_of_a_new_project_has_its_own_readme_licence_and_citation(project: Project):
    inside = store.inside(project, package.read(project)[0])
    cited = yaml.safe_load(inside["CITATION.cff"])
    assert (cited["title"], cited["version"]) == ("Quiet harbour", "0.1.0")
    assert b"**Quiet harbour**" in inside["README.md"] and b"# harbour\n" in inside["README.md"]
    assert b"by Quiet harbour contributors" in inside["LICENSE"] and b"## 0.1.0" in inside["CHANGELOG.md"]
    assert not any(b"Low Tide" in raw for raw in inside.values())


@pytest.mark.parametrize("file", ["CITATION.cff", "datapackage/README.md"])
def test_readme_or_citation_with_another_title_is_reported(project: Project, file: str):
    damage(project, file, ("Quiet harbour", "Loud harbour"))
    assert any(line.startswith(f"{file}:") for line in problems(project, None))


def test_same_arguments_create_the_same_files(tmp_path: Path):
    one, other = made(tmp_path / "one/harbour"), made(tmp_path / "other/harbour")
    given, same = ({name: raw for name, raw in tree(some.root).items() if ".pyc" not in name} for some in (one, other))
    assert given == same
    assert not any(b"ow Tide" in raw for name, raw in given.items() if name.endswith((".json", ".cff", "README.md")))


def test_project_in_one_language_has_no_columns_of_the_other(tmp_path: Path):
    project = made(tmp_path / "one", languages="en")
    content = commands.check(project)
    assert [language.code for language in content.languages] == ["en"]
    for file in (project.descriptor.parent / "data").glob("*.csv"):
        head = file.read_text("utf-8").splitlines()[0].split(",")
        assert not [column for column in head if column.endswith("_zh")], file.name
    assert json.loads(project.descriptor.read_text("utf-8"))["languages"] == ["en"]


@pytest.mark.parametrize(
    "title",
    [
        "退潮之后：一篇报道",
        "a/b\\c",
        "It’s 2024: “so”",
        "*stars* _and_ [links](x)",
        "yes",
        "12",
        "- a: b #c",
        "x" * 120,
    ],
)
def test_title_with_special_characters_is_kept_verbatim(tmp_path: Path, title: str):
    content = commands.check(made(tmp_path / "some", title))
    assert content.dataset.package.descriptor["title"] == title
    assert {language.words["site_name"] for language in content.languages} == {title}


@pytest.mark.parametrize(
    ("title", "languages", "fault"),
    [
        ("", "en,zh", "--title:1: '' is empty; name the project"),
        (" \n", "en,zh", "is empty; name the project"),
        ("x" * 121, "en,zh", "has 121 characters; a title has at most 120"),
        ('The "quiet" harbour', "en,zh", "has a straight quotation mark; write “ and ”"),
        ("two\nlines", "en,zh", "--title:1: 'two\\nlines'"),
        ("hidden\u200b", "en,zh", "--title:1: 'hidden\\u200b'"),
        ("a <b>title</b>", "en,zh", "cells hold plain text"),
        ("It's here", "en,zh", "is as typewriters have it; write ’"),
        ("brace {x}", "en,zh", "--title:1: 'brace {x}'"),
        ("《退潮》", "en,zh", "has 《; en_GB uses “”"),
        ("Fine", "en,fr", "--languages:1: 'fr' has no words here; choose from en, zh, or see CONTRIBUTING, A language"),
        ("Fine", "", "--languages:1: '' has no words here"),
        ("Fine", "en,../zh", "--languages:1: '../zh' has no words here"),
        ("Fine", "en,en", "--languages:1: 'en' is listed twice"),
    ],
)
def test_bad_argument_is_refused_by_name_and_nothing_is_written(tmp_path: Path, title: str, languages: str, fault: str):
    with pytest.raises(commands.Problems) as refused:
        made(tmp_path / "none", title, languages)
    assert any(fault in str(problem) for problem in refused.value.all), refused.value.all
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_not_empty_is_refused_and_unchanged(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    assert __main__.main(["new", str(tmp_path), "--title", "Fine"]) == 1
    assert "is not empty; name an empty folder" in capsys.readouterr().err
    assert __main__.main(["new", str(tmp_path / "mine.txt"), "--title", "Fine"]) == 1
    assert "is a file; name an empty folder" in capsys.readouterr().err
    assert tree(tmp_path) == {"mine.txt": b"mine"}
    with pytest.raises(commands.Problems, match="1 problem"):
        made(new.SCRIPTS / "nowhere")


def test_commands_run_on_the_project_that_they_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = str(tmp_path / "two words")
    assert __main__.main(["new", folder, "--title", "Quiet harbour"]) == 0
    assert f"serve --project '{folder}'" in capsys.readouterr().out
    assert __main__.main(["check", "--project", folder]) == 0
    assert "no problems: 2 facts in 17 tables" in capsys.readouterr().out
    assert __main__._serve_command(Project(Path(folder))) == f"python -m scripts serve --project '{folder}'"
    assert __main__.main(["release", "0.1.0", "--dry-run", "--project", folder]) == 1
    assert "not in version control" in capsys.readouterr().err  # that folder, not this project
    assert __main__.main(["check", "--project", str(tmp_path)]) == 1
    assert "is not a project" in capsys.readouterr().err


def test_failing_chart_of_a_project_is_reported_with_its_file(project: Project):
    damage(project, "charts/facts_by_kind.py", ("def rows", "1 / 0\n\n\ndef rows"))
    assert any(
        line.startswith("charts/facts_by_kind.py:") and "ZeroDivisionError" in line for line in problems(project, None)
    )
    (project.root / "charts/facts_by_kind.py").write_text('"""None."""\n', "utf-8")
    assert "charts/facts_by_kind.py:1: has no function draw(rows, words, frame)" in problems(project, None)


def test_colours_of_entities_come_from_the_project_and_faults_are_reported(project: Project):
    assert commands.check(project).actors == {}
    file = project.root / "charts" / "actors.yml"
    file.write_text("sea: [ferry]\nink: [old-pier, ferry]\n", "utf-8")
    assert "charts/actors.yml:1: ferry has two colours; leave one" in problems(project, None)
    file.write_text("sea: [ferry]\nsand: [old-peer]\n", "utf-8")
    assert problems(project, None) == [
        "charts/actors.yml:1: there is no entity 'old-peer' (did you mean old-pier?)",
        "docs/assets/low-tide.css:1: no colour --lt-sea, --lt-sand in the first :root block that has any",
    ]
    damage(project, "charts/actors.yml", ("old-peer", "old-pier"))
    damage(
        project, "docs/assets/low-tide.css", ("  --lt-yunji: ", "  --lt-sea: #036;\n  --lt-sand: #630;\n  --lt-yunji: ")
    )
    assert commands.check(project).actors == {"ferry": "sea", "old-pier": "sand"}
    file.write_text("sea: ferry\n", "utf-8")
    assert problems(project, None) == ["charts/actors.yml:1: sea: 'ferry' is not of type 'array'"]
    file.write_text("sea: [ferry\n", "utf-8")
    assert all(line.startswith("charts/actors.yml:") for line in problems(project, None))


@pytest.mark.parametrize("code", ["id", "in"])
def test_language_code_that_other_columns_end_in_is_refused(project: Project, code: str):
    damage(project, "datapackage/datapackage.json", ('"zh"', f'"{code}"'))
    assert any("id and in end other columns" in line for line in problems(project, None))


def test_new_report_needs_its_own_fingerprints(project: Project):
    for table in ("sources", "facts"):
        text = (project.root / f"datapackage/data/{table}.csv").read_text("utf-8")
        (project.root / f"datapackage/data/{table}.csv").write_text(
            text.replace("example-report", "gull-2025"), "utf-8"
        )
    for code in ("en", "zh"):
        damage(project, f"docs/{code}/index.md", ("source example-report", "source gull-2025"))
    assert [line.partition("; ")[0] for line in problems(project, None)] == [
        "datapackage/data/sources.csv:2: source_id: facts are taken from gull-2025, but datapackage/fingerprints/gull-2025.txt is missing",
        "datapackage/fingerprints/example-report.txt:1: is not read",
    ]
    prints = originality.fingerprints("The gulls came back before the boats did, and nobody thought to write it down.")
    (project.root / "datapackage/fingerprints/gull-2025.txt").write_text(prints, "ascii")
    (project.root / "datapackage/fingerprints/example-report.txt").unlink()
    assert problems(project, None) == []


@pytest.mark.parametrize("listed", ["zh", "zh,en"])
def test_first_language_is_that_of_columns_without_a_code(tmp_path: Path, listed: str):
    content = commands.check(made(tmp_path / "new", languages=listed))
    assert [(one.code, one.root) for one in content.languages] == [("zh", ""), ("en", "en/")][: listed.count(",") + 1]
    assert content.dataset.article.publisher["zh"].isascii() is False
    assert "spatialCoverage" not in content.dataset.package.descriptor
