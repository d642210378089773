"""Style sheets are reduced to the rules that a page or one of its states may need."""

import pytest

from scripts.website import styles
from tests.conftest import Built

PAGE = '<html><body data-md-color-scheme="default"><nav class="md-search lt-key" id="top"><a href="x">figure</a></nav>'
SCRIPTS = {
    "low-tide.js": 'open.classList.add("lt-open"); root.dataset.lastSeen = ""',
    "bundle.1.min.js": "md-search__form md-tip__x aside",
}
WORDS = styles.seen([PAGE], SCRIPTS)


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        (".lt-key{a:b}", ".lt-key{a:b}"),
        (".lt-lock{a:b}", ""),
        (".lt-key,.lt-lock > a{a:b}", ".lt-key{a:b}"),
        (".lt-open:hover{a:b}", ".lt-open:hover{a:b}"),
        (".md-search__form{a:b}.md-tip__x{a:b}", ".md-search__form{a:b}"),
        ("figure{a:b}aside{a:b}a{a:b}", "a{a:b}"),
        ("[data-last-seen] a{a:b}", "[data-last-seen] a{a:b}"),
        ("a{a:b;&:hover{c:d}}", "a{a:b;&:hover{c:d}}"),
        ("#top{a:b}#bottom{a:b}", "#top{a:b}"),
        ("[data-md-color-scheme=slate]{a:b}[data-no]{a:b}", "[data-md-color-scheme=slate]{a:b}"),
        ("a:not(.lt-lock){a:b}", "a:not(.lt-lock){a:b}"),
        (":is(figure,a):focus{a:b}:where(figure,aside){a:b}", ":is(figure,a):focus{a:b}"),
        ("@media print{figure{a:b}}@media print{a{a:b}figure{a:b}}", "@media print{a{a:b}}"),
        ("@supports (a:b){@media (x){a{a:b!important}}}", "@supports (a:b){@media (x){a{a:b!important}}}"),
        ("a{--one:1;--two:2;a:var( --one)}", "a{--one:1;a:var( --one)}"),
        ("a{--one:1;--two:var(--one)}figure{a:var(--two)}", ""),
        ("@keyframes in{from{a:b}}@keyframes out{to{a:b}}a{animation:in 2s}", "@keyframes in{from{a:b}}a{animation:in 2s}"),
        ("/* a */ a { a:  b\n c ; }", "a{a:b c}"),
        ('@charset "UTF-8";a{a:url("data:,;}")}', '@charset "UTF-8";a{a:url("data:,;}")}'),
    ],
)  # fmt: skip
def test_rule_stays_only_if_a_page_or_script_can_use_it(rule: str, left: str):
    assert styles.cut((rule,), WORDS) == [left]


def test_property_used_by_another_sheet_stays():
    assert styles.cut(("a{--one:1;--two:2}", "a{a:var(--one)}"), WORDS) == ["a{--one:1}", "a{a:var(--one)}"]


def test_malformed_style_sheet_raises():
    with pytest.raises(RuntimeError, match="not a style sheet: line 2"):
        styles.cut(("a{a:b}\n}b",), WORDS)


def test_every_page_links_the_published_sheet(site: Built):
    [sheet] = (site.site / "assets" / "stylesheets").iterdir()
    pages = [file.read_text("utf-8") for file in site.site.rglob("*.html")]
    themed = [page for page in pages if "assets/stylesheets/" in page]
    assert len(themed) > 20
    assert all(page.count('rel="stylesheet"') == 1 and f"assets/stylesheets/{sheet.name}" in page for page in themed)
