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


def test_a_page_has_its_head_its_body_and_the_line_where_the_body_begins(small: Content):
    page = small.pages["en"][0]
    assert page.head == {
        "title": "A small project",
        "description": "Everything that a project has, once.",
        "section": "story",
        "order": 10,
    }
    assert page.body.startswith("\n# A small project\n")
    assert (page.path, page.first_line) == ("docs/en/index.md", 7)


def test_a_page_knows_the_way_to_the_root_of_its_site(small: Content):
    assert {page.slug for page in small.pages["zh"] if page.root == ""} == {"index"}
    assert {page.root for page in small.pages["zh"]} == {"", "../"}


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (None, ["1: page is missing; there is one in en"]),
        (("---\ntitle", "title"), ["1: no head; start the page with ---, title, description, section, order, ---"]),
        (("order: 30\n", ""), ["2: 'order' is a required property"]),
        (("title: glossary\ndescription: glossary\n", "hide: []\n"), ["2: 'description' is a required property", "2: 'title' is a required property"]),
        (("title: glossary", "title:"), ["2: title: None is not a text"]),
        (("description: glossary", "description: ''"), ["3: description: '' is not a text"]),
        (("description: glossary", "description: [a]"), ["3: description: is not a text"]),
        (("title: glossary", "title: '{{ count facts }}'"), ["2: title: '{{ count facts }}' holds a quote; only the body of a page is filled"]),
        (("order: 30", "order: 30\nauthor: x"), ["6: author: is unknown here"]),
        (("order: 30", "order: 30\nhides: [toc]"), ["6: hides: is unknown here (did you mean hide?)"]),
        (("order: 30", "order: 30\nhide: [x]"), ["6: hide[0]: 'x' is not one of ['navigation', 'toc']"]),
        (("title: glossary", 'title: "a\\nb"'), ["2: title: hidden character U+000A in 'a\\nb'; remove it"]),
        (("description: glossary", 'description: "a\\u202eb"'), ["3: hidden character U+202E; remove it"]),
        (("order: 30", "order: last"), ["5: order: 'last' is not a whole number"]),
        (("order: 30", "order: yes"), ["5: order: True is not a whole number"]),
        (("order: 30", "order:"), ["5: order: None is not a whole number"]),
        (("section: facts", "section: fact"), ["4: section: 'fact' is not one of story, facts, about"]),
        (("section: facts", "section: [facts]"), ["4: section: is not one of story, facts, about"]),
        (("section: facts", "section: facts\nsection: facts"), ["5: key 'section' is duplicated; it is in line 4 too"]),
        (b"---\n- a\n---\n", ["2: is not of type 'object'"]),
        (b"---\ntitle: \xff\n---\n", ["2: not UTF-8; save the file as UTF-8"]),
        (b"\xef\xbb\xbf---\ntitle: a\n---\n", ["1: byte-order mark at the start; save as UTF-8 without BOM"]),
        (("title: glossary", "title: a\x07"), ["2: hidden character U+0007; remove it"]),
        (("description: glossary", "description: a: b"), ["3: not YAML: mapping values are not allowed in this context"]),
        (("# glossary", f"{'<' * 7} HEAD\n# glossary\n{'>' * 7} other"), ["10: a merge left its mark here; settle the conflict", "8: a merge left its mark here; settle the conflict"]),
        (("# glossary", "# glossary \ufffd"), ["8: hidden character U+FFFD; remove it"]),
        (("section: facts", "section: about"), ["4: section: 'about'; docs/en/glossary.md has 'facts'"]),
        (("order: 30", "order: 31"), ["5: order: 31; docs/en/glossary.md has 30"]),
        (("# glossary", "# glossary { #terms }"), ["1: headings differ from docs/en/glossary.md: terms"]),
    ],
)  # fmt: skip
def test_a_page_that_is_not_in_order_is_reported_once_at_its_line(
    copy: Project, change: tuple[str, str] | bytes | None, faults: list[str]
):
    damage(copy, PAGE, change)
    assert sorted(read(copy)[1]) == [f"{PAGE}:{fault}" for fault in faults]


@pytest.mark.parametrize("name", ["A page", 'a"onclick="x', "a_b", "größe", "-a"])
def test_a_page_whose_name_is_no_address_is_reported(copy: Project, name: str):
    (copy.root / PAGE).rename((copy.root / PAGE).with_stem(name))
    fault = f"docs/zh/{name}.md:1: page named {name!r}; use a-z, 0-9 and -, since its address is made of it"
    assert fault in read(copy)[1]


def test_how_a_page_is_written_means_nothing(copy: Project):
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


@pytest.mark.parametrize(
    "name", [".#glossary.md", "glossary.md~", "#glossary.md#", ".glossary.md.swp", ".DS_Store", ".x.md"]
)
def test_an_editors_copies_are_passed_over(copy: Project, name: str):
    damage(copy, PAGE, None)
    if name == ".#glossary.md":
        (copy.root / "docs" / "zh" / name).symlink_to("nobody@nowhere.1234")
    else:
        (copy.root / "docs" / "zh" / name).write_text("\ufeff<<<<<<< half", "utf-8")
    assert f"{PAGE}:1: page is missing; there is one in en" in problems(copy)
    assert not [one for one in problems(copy) if name in one]


def test_a_page_in_one_language_only_is_missed_in_every_other(copy: Project):
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


def test_a_section_without_pages_is_not_shown(small: Content, speak: dict[str, Language]):
    home = [page for page in small.pages["en"] if page.slug == "index"]
    assert outline.navigation(home, speak["en"]) == [{"The story": "index.md"}]


def test_every_page_of_the_real_site_is_in_its_navigation(real: Content):
    for language in real.languages:
        listed = yaml.safe_dump(outline.navigation(real.pages[language.code], language), allow_unicode=True)
        assert all(f"{page.slug}.md" in listed for page in real.pages[language.code])
