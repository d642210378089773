import pytest
import yaml

from scripts.pages.content import Content
from scripts.paths import Project
from scripts.words import languages, outline
from scripts.words.languages import Language
from scripts.words.outline import Page
from tests.conftest import damage, problems

PAGE = "docs/zh/glossary.md"


def read(project: Project) -> tuple[dict[str, list[Page]], list[str]]:
    found, faults = outline.read(project, languages.read(project)[0])
    return found, [str(fault) for fault in faults]


def test_pages_come_in_reading_order_in_each_language(small: Content):
    slugs = {code: [page.slug for page in some] for code, some in small.pages.items()}
    assert slugs["en"] == slugs["zh"] == [
        "index", "lists", "checked", "evidence", "facts", "glossary", "methods", "platforms", "charts", "cite"
    ]  # fmt: skip


def test_page_has_its_head_its_body_and_the_first_line_of_the_body(small: Content):
    page = small.pages["en"][0]
    assert page.head == {
        "title": "A small project",
        "description": "Everything that a project has, once.",
        "section": "story",
        "order": 10,
    }
    assert page.body.startswith("\n# A small project\n")
    assert (page.path, page.first_line) == ("docs/en/index.md", 7)


def test_page_knows_the_relative_path_to_its_root(small: Content):
    assert {page.slug for page in small.pages["zh"] if page.root == ""} == {"index"}
    assert {page.root for page in small.pages["zh"]} == {"", "../"}


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (("title: glossary\ndescription: glossary\n", "hide: []\n"), ["2: 'description' is a required property", "2: 'title' is a required property"]),
        (("title: glossary", "title:"), ["2: title: None is not a text"]),
        (("description: glossary", "description: ''"), ["3: description: '' is not a text"]),
        (("description: glossary", "description: [a]"), ["3: description: is not a text"]),
        (("title: glossary", "title: '{{ count facts }}'"), ["2: title: '{{ count facts }}' holds a quote; only the body of a page is filled"]),
        (("order: 30", "order: 30\nauthor: x"), ["6: author: is unknown here"]),
        (("order: 30", "order: 30\nhides: [toc]"), ["6: hides: is unknown here (did you mean hide?)"]),
        (("order: 30", "order: 30\nhide: [x]"), ["6: hide[0]: 'x' is not one of ['navigation', 'toc']"]),
        (("title: glossary", 'title: "a\\nb"'), ["2: title: 'a\\nb' has a line break or tab; write it on one line"]),
        (("description: glossary", 'description: "a\\u202eb"'), ["3: hidden character U+202E; remove it"]),
        (("order: 30", "order: last"), ["5: order: 'last' is not a whole number"]),
        (("order: 30", "order: yes"), ["5: order: True is not a whole number"]),
        (("order: 30", "order:"), ["5: order: None is not a whole number"]),
        (("section: facts", "section: [facts]"), ["4: section: is not one of story, facts, about"]),
        (("section: facts", "section: facts\nsection: facts"), ["5: key 'section' is duplicated; first in line 4"]),
        (b"---\n- a\n---\n", ["2: is not of type 'object'"]),
        (b"---\ntitle: \xff\n---\n", ["2: not UTF-8; save the file as UTF-8"]),
        (("title: glossary", "title: a\x07"), ["2: hidden character U+0007; remove it"]),
        (("# glossary", "# glossary \ufffd"), ["8: hidden character U+FFFD; remove it"]),
    ],
)  # fmt: skip
def test_faulty_page_is_reported_once_with_its_line(
    copy: Project, change: tuple[str, str] | bytes | None, faults: list[str]
):
    damage(copy, PAGE, change)
    assert sorted(read(copy)[1]) == [f"{PAGE}:{fault}" for fault in faults]


@pytest.mark.parametrize("name", ["A page", 'a"onclick="x', "a_b", "größe", "-a"])
def test_page_name_unfit_for_an_address_is_reported(copy: Project, name: str):
    (copy.root / PAGE).rename((copy.root / PAGE).with_stem(name))
    fault = f"docs/zh/{name}.md:1: page named {name!r}; use a-z, 0-9 and -, since its name becomes its address"
    assert fault in read(copy)[1]


def test_quotes_and_line_endings_of_a_page_do_not_matter(copy: Project):
    before, _ = read(copy)
    page = (copy.root / PAGE).read_text("utf-8")
    turned = page.replace(
        "title: glossary\ndescription: glossary\n", "description:   'glossary'\ntitle: \"glossary\"\n"
    )
    assert turned != page
    damage(copy, PAGE, turned.replace("\n", "\r\n").encode() + b"\r\n\r\n\r\n")
    after, problems = read(copy)
    assert problems == []
    assert [(p.slug, p.head, p.body.rstrip()) for p in after["zh"]] == [
        (p.slug, p.head, p.body.rstrip()) for p in before["zh"]
    ]


def test_editor_backups_are_ignored(copy: Project):
    damage(copy, PAGE, None)
    (copy.docs / "zh" / ".#glossary.md").symlink_to("nobody@nowhere.1234")
    for name in ("glossary.md~", "#glossary.md#", ".glossary.md.swp", ".DS_Store", ".x.md"):
        (copy.docs / "zh" / name).write_text("\ufeff<<<<<<< half", "utf-8")
    assert {line for line in problems(copy) if "zh/" in line and "zh/index" not in line} == {
        f"{PAGE}:1: page is missing; there is one in en"
    }


def test_page_in_one_language_only_is_reported_missing_in_the_others(copy: Project):
    damage(copy, "docs/en/lists.md", None)
    damage(copy, "docs/zh/facts.md", None)
    assert read(copy)[1] == [
        "docs/en/lists.md:1: page is missing; there is one in zh",
        "docs/zh/facts.md:1: page is missing; there is one in en",
    ]


def test_navigation_groups_pages_by_section_and_names_a_lone_page_after_it(small: Content, speak: dict[str, Language]):
    facts = ("checked", "evidence", "facts", "glossary", "methods", "platforms", "charts", "cite")
    assert outline.navigation(small.pages["zh"], speak["zh"]) == [
        {"故事": "index.md"},
        {"事实": [{slug: f"{slug}.md"} for slug in facts]},
        {"数据与方法": "lists.md"},
    ]


def test_empty_section_is_hidden(small: Content, speak: dict[str, Language]):
    home = [page for page in small.pages["en"] if page.slug == "index"]
    assert outline.navigation(home, speak["en"]) == [{"The story": "index.md"}]


def test_every_page_of_the_real_site_is_in_its_navigation(real: Content):
    for language in real.languages:
        listed = yaml.safe_dump(outline.navigation(real.pages[language.code], language), allow_unicode=True)
        assert all(f"{page.slug}.md" in listed for page in real.pages[language.code])
