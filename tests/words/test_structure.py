import pytest

from scripts.words import structure

CLOSE = "is never closed and swallows what follows"


def faults(body: str) -> list[str]:
    return [f"{line}: {fault}" for line, fault in structure.read(body).faults]


def links(body: str) -> list[tuple[int, str, bool]]:
    return [(link.line, link.target, link.raw) for link in structure.read(body).links]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("One.\nTwo [a](b.md) and\n![c](assets/d.png) [e](#f).\n", [(1, "b.md", False), (2, "assets/d.png", False), (2, "#f", False)]),
        ("[a](javascript:alert(1)) [b](<file:///x>) [c](data:text/html,x)", [(0, "javascript:alert(1)", False), (0, "file:///x", False), (0, "data:text/html,x", False)]),
        ("<https://example.org/> and [a][b]\n\n[b]: c.md\n", [(0, "https://example.org/", False), (0, "c.md", False)]),
        ("A\n<a\nhref='x/'>b</a> <img src=y.png alt=''>", [(1, "x/", True), (2, "y.png", True)]),
        ("<div>\n\n<p>\n<a href=\"x\">y</a>\n</p>\n\n</div>", [(3, "x", True)]),
        ("- a\n- [b](c.md)\n\n> [d](e.md)\n\n| f |\n|---|\n| [g](h.md) |\n", [(1, "c.md", False), (3, "e.md", False), (7, "h.md", False)]),
        ("!!! note\n    [a](b.md)\n\n    [c](d.md)\n\n    <a href='e'>f</a>\n", [(1, "b.md", False), (3, "d.md", False), (5, "e", True)]),
        ("??? note\n\n    [a](b.md)\n\nC.\n\n    [d](e.md) <div>\n", [(2, "b.md", False)]),
        ("<div markdown>\n[a](b.md)\n<p>C\n[d](e.md)</p>\n</div>\n\n<div>\n[f](g.md)\n</div>\n", [(1, "b.md", False), (3, "e.md", False)]),
        ("[{{ fact a }}](b.md) [c]({{ address package }})", [(0, "b.md", False), (0, "quote:address", False)]),
        ("`[a](b.md)` and\n\n```\n[c](d.md) <a href='x'>\n```\n\n~~~\n<a href='y'>\n~~~\n\n<!-- [e](f.md) <a href='z'> -->\n", []),
        ("a < b > c, 3 < 4", []),
    ],
)  # fmt: skip
def test_links_have_their_lines_and_those_in_code_and_comments_are_ignored(
    body: str, found: list[tuple[int, str, bool]]
):
    assert links(body) == found
    assert faults(body) == []


def test_ids_are_those_of_headings_of_attributes_and_of_raw_html():
    body = "# A { #a }\n\n## B {#b .c}\n\nText.\n{: #d }\n\n[e](f.md){ #g } <span id=\"h\">i</span>\n\n<div id='j' markdown>\n\n</div>\n"
    assert structure.read(body).ids == {"a", "b", "d", "g", "h", "j"}
    assert structure.read("`{ #a }`\n\n```\n## B { #b }\n```\n").ids <= {"a"}


@pytest.mark.parametrize(("body", "found"), [
    ("One.\n\n```\ncode\n", f"2: code that starts with ``` {CLOSE}; end it with ```"),
    ("One.\n\n```", f"2: code that starts with ``` {CLOSE}; end it with ```"),
    ("~~~~ python\ncode\n~~~\n", f"0: code that starts with ~~~~ {CLOSE}; end it with ~~~~"),
    ("One.\n\n<!-- a\n\nTwo.\n", f"2: a comment {CLOSE}; end it with -->"),
    ("One. <!-- a\nTwo.\n", f"0: a comment {CLOSE}; end it with -->"),
    ("<!-- a\n\nb\n\n<!-- c -->\n", "0: a comment contains another one; end it with -->"),
    ("<!-- a --> <!-- b\n\nTwo.\n", f"0: a comment {CLOSE}; end it with -->"),
    ("One.\n\n<details>\n<summary>A</summary>\n\nTwo.\n", f"2: <details> {CLOSE}; end it with </details>"),
    ("<div markdown>\n\nA\n\n<div>\nB\n\n</div>\n", f"0: <div> {CLOSE}; end it with </div>"),
    ("<div>\n<section>\n</div>\n", f"1: <section> {CLOSE}; end it with </section>"),
    ("One <b>two.\n", f"0: <b> {CLOSE}; end it with </b>"),
    ("One.\n\n```\ncode\n\n```python\nx\n```\n", "2: code that starts with ``` contains another start of code; end it with ``` before that"),
    ("One.\n\nSee [a][b].\n", "2: ][b] refers to a link that the page does not define; write [text](target)"),
    ("<script>x()</script>\n", "0: <script> is refused by the policy of pages; take it out"),
    ('One.\n\n<iframe src="x"></iframe>\n', "2: <iframe> is refused by the policy of pages; take it out"),
    ('One <b onclick="x()">x</b>.\n', "0: onclick of <b> is refused by the policy of pages; take it out"),
    ("One.\n\n??? note\n\nTwo.\n", "2: '??? note' is empty; indent its text by four spaces"),
    ("- One\n\n    !!! note\n", "2: '!!! note' is empty; indent its text by four spaces"),
    ("One.\n\n</div>\n", "2: </div> closes nothing that is open"),
])  # fmt: skip
def test_faulty_structure_is_reported_at_the_line_where_it_starts(body: str, found: str):
    assert faults(body) == [found]


@pytest.mark.parametrize("body", [
    "```python\ncode\n```\n", "````\n```\n````\n", "- a\n\n  ```\n  code\n  ```\n", "??? note\n\n    Text.\n",
    "!!! note\n    Text.\n", "<!-- a -->\n\n<!--\n\nb\n\n-->\n",
    "<details markdown>\n<summary>A</summary>\n\nB\n\n</details>\n", "<ul>\n<li>A\n<li>B\n</ul>\n<p>C\n",
    "A<br>b <img src=c.png> <hr/>\n", "<table><tr><td>A<td>B</table>\n",
])  # fmt: skip
def test_complete_structure_passes(body: str):
    assert faults(body) == []
