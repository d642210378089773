import pytest
import yaml

from scripts import blocks, languages, outline
from scripts.languages import Language
from scripts.outline import Page
from scripts.paths import Project
from tests.conftest import damage

PAGE = "docs/zh/glossary.md"


def read(project: Project) -> tuple[dict[str, list[Page]], list[str]]:
    found, problems = outline.read(project, languages.read(project)[0])
    return found, [str(problem) for problem in problems]


def test_pages_come_in_reading_order_in_each_language(small: blocks.Content):
    slugs = {code: [page.slug for page in some] for code, some in small.pages.items()}
    assert slugs["en"] == slugs["zh"] == [
        "index", "lists", "checked", "evidence", "facts", "glossary", "methods", "platforms", "charts", "cite"
    ]  # fmt: skip


def test_a_page_has_its_head_its_body_and_the_line_where_the_body_begins(small: blocks.Content):
    page = small.pages["en"][0]
    assert page.head == {
        "title": "A small project",
        "description": "Everything that a project has, once.",
        "section": "story",
        "order": 10,
    }
    assert page.body.startswith("\n# A small project\n")
    assert (page.path, page.first_line) == ("docs/en/index.md", 7)


def test_a_page_knows_the_way_to_the_root_of_its_site(small: blocks.Content):
    assert {page.slug: page.root for page in small.pages["zh"]} == {
        "index": "", "lists": "../", "checked": "../", "evidence": "../", "facts": "../", "glossary": "../", "methods": "../", "platforms": "../", "charts": "../", "cite": "../"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (None, ["page is missing; there is one in en"]),
        (("---\ntitle", "title"), ["no head; start the page with ---, title, description, section, order, ---", "page is missing; there is one in en"]),
        (("order: 30\n", ""), ["head has no order", "page is missing; there is one in en"]),
        (("title: glossary\ndescription: glossary\n", "lead: x\n"), ["head has no title, description", "page is missing; there is one in en"]),
        (("title: glossary", "title:"), ["head has no title", "page is missing; there is one in en"]),
        (("title: glossary", "title: ''"), ["head has no title", "page is missing; there is one in en"]),
        (("title: glossary", "title: [a]"), ["page is missing; there is one in en", "title: ['a'] is not a text"]),
        (("title: glossary", "title: '{{ count facts }}'"), ["page is missing; there is one in en", "title: '{{ count facts }}' holds a quote; only the body of a page is filled"]),
        (("order: 30", "order: 30\nauthor: x"), ["head has 'author', which no page has", "page is missing; there is one in en"]),
        (("order: 30", "order: 30\nhides: [toc]"), ["head has 'hides', which no page has (did you mean hide?)", "page is missing; there is one in en"]),
        (("title: glossary", 'title: "a\\nb"'), ["page is missing; there is one in en", "title: hidden character U+000A in 'a\\nb'; remove it"]),
        (("description: glossary", 'description: "a\\u202eb"'), ["description: hidden character U+202E in 'a\\u202eb'; remove it", "page is missing; there is one in en"]),
        (("order: 30", "order: last"), ["order: 'last' is not a whole number", "page is missing; there is one in en"]),
        (("order: 30", "order:"), ["head has no order", "page is missing; there is one in en"]),
        (("section: facts", "section: fact"), ["page is missing; there is one in en", "section: 'fact' is not one of story, facts, about"]),
        (("section: facts", "section: [facts]"), ["page is missing; there is one in en", "section: ['facts'] is not one of story, facts, about"]),
        (b"---\n- a\n---\n", ["head has no title, description, section, order", "page is missing; there is one in en"]),
        (b"---\ntitle: \xff\n---\n", ["not UTF-8; save the file as UTF-8", "page is missing; there is one in en"]),
        (("title: glossary", "title: a\x07"), ["head is not YAML: special characters are not allowed", "page is missing; there is one in en"]),
        (("section: facts", "section: about"), ["section: 'about'; docs/en/glossary.md has 'facts'"]),
        (("order: 30", "order: 31"), ["order: 31; docs/en/glossary.md has 30"]),
        (("# glossary", "# glossary { #terms }"), ["headings differ from docs/en/glossary.md: terms"]),
    ],
)  # fmt: skip
def test_a_page_that_is_not_in_order_is_reported(
    copy: Project, change: tuple[str, str] | bytes | None, faults: list[str]
):
    damage(copy, PAGE, change)
    assert sorted(read(copy)[1]) == [f"{PAGE}:1: {fault}" for fault in faults]


@pytest.mark.parametrize("name", ["A page", 'a"onclick="x', "a_b", "größe", "-a"])
def test_a_page_whose_name_is_no_address_is_reported(copy: Project, name: str):
    (copy.root / PAGE).rename((copy.root / PAGE).with_stem(name))
    fault = f"docs/zh/{name}.md:1: page named {name!r}; use a-z, 0-9 and -, since its address is made of it"
    assert fault in read(copy)[1]


def test_a_head_that_is_not_yaml_is_reported_with_its_line(copy: Project):
    damage(copy, PAGE, ("description: glossary", "description: a: b"))
    assert f"{PAGE}:3: head is not YAML: mapping values are not allowed here" in read(copy)[1]


def test_a_page_in_one_language_only_is_missed_in_every_other(copy: Project):
    damage(copy, "docs/en/lists.md", None)
    damage(copy, "docs/zh/facts.md", None)
    assert read(copy)[1] == [
        "docs/en/lists.md:1: page is missing; there is one in zh",
        "docs/zh/facts.md:1: page is missing; there is one in en",
    ]


def test_navigation_groups_pages_by_section_and_names_a_lone_page_after_it(
    small: blocks.Content, speak: dict[str, Language]
):
    assert outline.navigation(small.pages["zh"], speak["zh"]) == [
        {"故事": "index.md"},
        {
            "事实": [
                {"checked": "checked.md"},
                {"evidence": "evidence.md"},
                {"facts": "facts.md"},
                {"glossary": "glossary.md"},
                {"methods": "methods.md"},
                {"platforms": "platforms.md"},
                {"charts": "charts.md"},
                {"cite": "cite.md"},
            ]
        },
        {"数据与方法": "lists.md"},
    ]


def test_a_section_without_pages_is_not_shown(small: blocks.Content, speak: dict[str, Language]):
    home = [page for page in small.pages["en"] if page.slug == "index"]
    assert outline.navigation(home, speak["en"]) == [{"The story": "index.md"}]


def test_every_page_of_the_real_site_is_in_its_navigation(real: blocks.Content):
    for language in real.languages:
        listed = yaml.safe_dump(outline.navigation(real.pages[language.code], language), allow_unicode=True)
        assert all(f"{page.slug}.md" in listed for page in real.pages[language.code])
