"""Links in templates follow renamed pages: whatever a page of docs/ is called, they lead to it, or `check` says why not."""

import re
from pathlib import Path

import pytest

from scripts.paths import THIS, Project
from scripts.words import outline
from tests.conftest import ADDRESS, broken, built, copied, damage, problems
from tests.small import sales


def pages(project: Project) -> list[str]:
    """The names of pages that may change: all but the first page and the register."""
    there = sorted(file.stem for file in (project.docs / "en").glob("[!._]*.md"))
    return [slug for slug in there if slug not in (outline.HOME, "facts")]


def renamed(project: Project, slug: str, new: str) -> None:
    """Rename a page in every language, and change the links to it in other pages."""
    for language in project.docs.glob("*/_language.yml"):
        (language.parent / f"{slug}.md").rename(language.parent / f"{new}.md")
        for page in language.parent.glob("*.md"):
            text = re.sub(rf"(?<=[(\"'/]){slug}(?=\.md|/#|/\")", new, page.read_text("utf-8"))
            page.write_text(text, "utf-8")


def test_the_site_with_every_page_renamed_has_no_broken_link(copy: Project):
    for slug in pages(copy):
        renamed(copy, slug, f"new-{slug}")
    assert broken(built(copy, ADDRESS).site, ADDRESS) == []


def test_a_list_works_on_any_page(copy: Project):
    for code in ("en", "zh"):
        home, old = copy.docs / code / "index.md", copy.docs / code / "evidence.md"
        text = old.read_text("utf-8")
        home.write_text(home.read_text("utf-8") + "\n{{ list sources }}\n\n{{ list evidence }}\n", "utf-8")
        old.write_text(text.replace("{{ list sources }}", "").replace("{{ list evidence }}", ""), "utf-8")
        for page in (copy.docs / code).glob("*.md"):
            page.write_text(page.read_text("utf-8").replace("evidence.md#", "index.md#"), "utf-8")
    assert broken(built(copy).site) == []


def test_the_register_must_keep_its_address_because_published_facts_are_below_it(copy: Project):
    renamed(copy, "facts", "elsewhere")
    assert problems(copy) == [
        f"docs/{code}/elsewhere.md:1: holds {{{{ list facts }}}}; name it facts.md, since the published addresses of "
        "facts lie below it"
        for code in ("en", "zh")
    ]


def test_any_page_of_the_real_project_can_be_renamed(tmp_path: Path):
    copy = copied(THIS, tmp_path / "copy")
    for slug in pages(copy):
        renamed(copy, slug, f"new-{slug}")
    assert problems(copy, None) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("owner-view", "index", "facts.csv:6: fact_id: 'index' is the address of the list of facts; choose another id"),
        ("owner-view", "2", "facts.csv:6: fact_id: '2' is the address of a further page of the list of facts; choose another id"),
        ("stall-rent", "12", "withdrawals.csv:2: withdrawn_id: '12' is the address of a further page of the list of facts; choose another id"),
        ("rents", "index", "withdrawals.csv:3: withdrawn_id: 'index' is the address of the list of charts; choose another id"),
    ],
)  # fmt: skip
def test_an_id_that_is_the_address_of_another_page_is_refused(copy: Project, old: str, new: str, told: str):
    for file in (copy.descriptor.parent / "data").glob("*.csv"):
        text = re.sub(rf"(?m)(?<=[,;]){old}(?=[,;])|^{old}(?=,)", new, file.read_text("utf-8"))
        file.write_text(text, "utf-8")
    assert f"datapackage/data/{told}" in problems(copy)


def test_a_chart_that_is_the_address_of_another_page_is_refused(copy: Project):
    for code in ("en", "zh"):
        damage(copy, f"docs/{code}/charts/index.md", (copy.docs / code / "charts" / "sales.md").read_bytes())
    told = problems(copy, {"sales": sales, "index": sales})
    assert "scripts/charts/index.py:1: 'index' is the address of the list of charts; rename the chart" in told


def test_a_page_named_like_the_folder_of_a_language_is_refused(copy: Project):
    for code in ("en", "zh"):
        page = (copy.docs / code / "lists.md").read_text("utf-8")
        damage(copy, f"docs/{code}/zh.md", re.sub(r"\{\{ list .*", "", page).encode())
    assert [line for line in problems(copy) if "folder" in line] == [
        f"docs/{code}/zh.md:1: 'zh' is the folder of a language; rename the page" for code in ("en", "zh")
    ]
