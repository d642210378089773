"""The check of links before the build; and that the predicted ids and files are those of the built site."""

import re
from collections.abc import Iterable

from scripts.pages import links
from scripts.pages.content import Content
from scripts.paths import Project
from scripts.words import languages, outline
from tests.conftest import Built, damage, problems, soup

EN = "docs/en/index.md"
HTTP = "is not an http(s) address"
GONE = "no such page or picture"
NOTHING = "the site has no such page or file"


BROKEN = [
    ("[a]()", "link to '': has no target; write one"),
    ("[a](list.md)", f"link to 'list.md': {GONE} (did you mean lists.md?)"),
    ("[a](facts)", f"link to 'facts': {GONE} (did you mean facts.md?)"),
    ("[a](facts/)", f"link to 'facts/': {GONE} (did you mean facts.md?)"),
    ("[a](../zh/facts.md)", f"link to '../zh/facts.md': {GONE} (did you mean facts.md?)"),
    ("[a](/lists/)", "link to '/lists/': starts at the host's root, which need not be the site's; make it relative to this page"),
    ("[a](#nowhere)", "link to '#nowhere': index has no id 'nowhere'"),
    ("[a](#mor)", "link to '#mor': index has no id 'mor' (did you mean more?)"),
    ("[a](facts.md#stall-viewer)", "link to 'facts.md#stall-viewer': facts has no id 'stall-viewer' (did you mean stall-viewers?)"),
    ("[a](charts/sale.md)", f"link to 'charts/sale.md': {GONE} (did you mean charts/sales.md?)"),
    ("![a](assets/gone.png)", f"link to 'assets/gone.png': {GONE}"),
    ("<img src='assets/gone.png' alt=''>", f"link to 'assets/gone.png': {NOTHING}"),
    ("<a href='nothere/'>a</a>", f"link to 'nothere/': {NOTHING}"),
    ("<a href='lists'>a</a>", "link to 'lists': is a page; end it with /"),
    ("<a href='lists/#nowhere'>a</a>", "link to 'lists/#nowhere': lists has no id 'nowhere'"),
    ("<a href='../../../x/'>a</a>", f"link to '../../../x/': {NOTHING}"),
    ("<a href='facts/none.json'>a</a>", f"link to 'facts/none.json': {NOTHING} (did you mean facts/owner-view/?)"),
    ("<a href='charts/sales.en.pdf'>a</a>", f"link to 'charts/sales.en.pdf': {NOTHING} (did you mean charts/sales/?)"),
    ("<a href='data/latest/none.zip'>a</a>", f"link to 'data/latest/none.zip': {NOTHING}"),
    ("[a](javascript:alert(1))", f"link to 'javascript:alert(1)': {HTTP}"),
    ("<a href='JavaScript:alert(1)'>a</a>", f"link to 'JavaScript:alert(1)': {HTTP}"),
    ("<a href=' &#106;avascript:alert(1)'>a</a>", f"link to ' javascript:alert(1)': {HTTP}"),
    ("[a](file:///etc/passwd)", f"link to 'file:///etc/passwd': {HTTP}"),
    ("[a](htp://example.org/)", f"link to 'htp://example.org/': {HTTP}"),
    ("[a](//example.org/)", f"link to '//example.org/': {HTTP}"),
    ("<http://127.0.0.1:22/>", "link to 'http://127.0.0.1:22/': is not a public http(s) address; 127.0.0.1 is not the name of a public host"),
    ("[a](https://intranet/)", "link to 'https://intranet/': is not a public http(s) address; intranet is not the name of a public host"),
    ("<a href='java&#9;script:alert(1)'>a</a>", f"link to 'java\\tscript:alert(1)': {NOTHING}"),
    ("<a href='\\\\example.org/'>a</a>", f"link to '\\\\\\\\example.org/': {NOTHING}"),
    ("[a](data:text/html,b)", f"link to 'data:text/html,b': {HTTP}"),
    ("<a href='http://['>a</a>", f"link to 'http://[': {HTTP}; write the host in ASCII, and percent-encode other characters after it"),
    ("[a](mailto:nobody)", "link to 'mailto:nobody': is not a mail address"),
]  # fmt: skip
GOOD = [
    "[a](lists.md) [b](./lists.md) [c](facts.md#stall-viewers) [d](#more) [e](index.md#more)",
    "[a](charts/sales.md#download) [b](lists.md#one) [c](glossary.md#stall-term) [d](evidence.md#source-report)",
    "[a](https://example.org/x?y#z) <https://example.org/> [b](mailto:nobody@example.org)",
    "![a](assets/favicon.svg) <img src='assets/favicon.svg' alt=''>",
    "<a href='lists/'>a</a> <a href='./'>b</a> <a href='zh/lists/'>c</a> <a href='facts/#stall-viewers'>d</a>",
    "<a href='facts.json'>a</a> <a href='facts/stall-viewers.json'>b</a> <a href='charts/sales.en.csv'>c</a>",
    "<a href='data/latest/datapackage.json'>a</a> <a href='data/editions.json'>b</a> <a href='data/latest/cite.bib'>c</a>",
    "<a href='feed.xml'>a</a> <a href='zh/feed.xml'>b</a> <a href='embed/sales/'>c</a> <a href='lists/index.html'>d</a>",
    '[a]({{ address package }}) <a href="{{ address latest }}">b</a>',
]


def said(project: Project, links: Iterable[str]) -> list[tuple[str, str]]:
    """What `check` reports of links, each in a paragraph of its own at the end of a page: the link and the fault."""
    text = (project.root / EN).read_text("utf-8")
    lines: dict[str, str] = {}
    for link in links:
        text += f"\n{link} and more.\n"
        lines[f"{EN}:{text.count(chr(10))}"] = link
    (project.root / EN).write_text(text, "utf-8")
    found = [problem.split(": ", 1) for problem in problems(project)]
    return [(lines[line], fault) for line, fault in found if line in lines]


def test_a_broken_link_is_refused_with_its_line(copy: Project):
    assert said(copy, dict(BROKEN)) == BROKEN


def test_a_link_to_what_the_site_will_have_passes(copy: Project):
    damage(copy, "docs/en/lists.md", ("", "\n## One { #one }\n"))
    damage(copy, "docs/zh/lists.md", ("", "\n## 一 { #one }\n"))
    assert [fault for fault in said(copy, GOOD) if "link to" in fault[1]] == []


def test_links_in_raw_html_are_relative_to_the_address_of_the_page(copy: Project):
    damage(copy, "docs/zh/lists.md", ("", "\n<a href='../../facts.json'>一</a> <a href='../facts.json'>二</a>\n"))
    damage(copy, "docs/en/lists.md", ("", "\n<a href='../facts.json'>a</a> <a href='../../facts.json'>b</a>\n"))
    lines = {code: (copy.docs / code / "lists.md").read_text("utf-8").count("\n") for code in ("en", "zh")}
    assert problems(copy) == [
        f"docs/en/lists.md:{lines['en']}: link to '../../facts.json': {NOTHING} (did you mean zh/facts/?)",
        f"docs/zh/lists.md:{lines['zh']}: link to '../facts.json': {NOTHING} (did you mean zh/facts/?)",
    ]


def ids(site: Built, language: languages.Language, page: outline.Page) -> set[str]:
    """The ids in the text of a built page; those of the theme start with two underscores."""
    folder = "" if page.slug == outline.HOME else f"{page.slug}/"
    html = soup(site.site / language.root / folder / "index.html")
    text = html.find("article")
    assert text
    return {str(tag["id"]) for tag in text.find_all(id=True)}


HELPERS = ("find-", "show-", "cite-", "verdict-")
"""Prefixes of ids of controls, and of parts that a list has only if it is not empty."""


def test_the_predicted_ids_of_a_page_are_those_of_the_built_page(small: Content, site: Built):
    known = links._Site(small)
    for language in small.languages:
        for page in small.pages[language.code]:
            built, guess = ids(site, language, page), known.ids(language.code, page.slug)
            assert {id_ for id_ in guess - built if not id_.startswith(HELPERS)} == set(), page.path
            title = re.findall(r"^# ([^{]*)$", page.body, re.MULTILINE)
            unknown = {id_ for id_ in built if id_ not in guess and links._AFFIXES.sub(r"\1", id_) not in guess}
            named = {id_ for id_ in unknown if not id_.startswith(HELPERS)}
            assert len(named) <= len(title), (page.path, named)


def test_the_predicted_files_of_facts_and_charts_are_the_built_ones(small: Content, site: Built):
    there = {
        file.relative_to(site.site).as_posix()
        for room in ("facts", "charts")
        for file in (site.site / room).glob("*.*")
    }
    assert links._Site(small)._files == {name for name in there if not name.endswith(("/index.html", "/index.md"))}
