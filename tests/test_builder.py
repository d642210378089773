"""What the builder makes again after a change: the changed pages, unless only the making of all can say that all is well."""

import json
import os
import shutil

import pytest

from scripts import builder, commands
from scripts.paths import Project
from tests.conftest import SMALL_CHARTS, damage, tree

FACTS = "datapackage/data/facts.csv"
REWORDED = ("An owner says the stall was hard.,店主说货摊很难。", "An owner says the stall was dear.,店主说货摊很贵。")
ALWAYS = {"404.html", "sitemap.xml", "sitemap.xml.gz", builder.INDEX}  # are of all pages, and made in every run


def build(project: Project) -> dict[str, bytes]:
    return tree(commands.build(project, lambda line: None, "", SMALL_CHARTS))


def staged(project: Project) -> dict[str, bytes]:
    """The staged files of all languages, each by the file that is made of it."""
    return {
        f"{code}/{builder._output(name)}": raw
        for code in ("en", "zh")
        for name, raw in tree(project.build / "docs" / code).items()
    }


def made(project: Project) -> dict[str, int]:
    """When each kept file of the builder was written, in nanoseconds; what was not made again keeps its time."""
    homes = {code: next((project.build / "kept" / code).iterdir()) / "made" for code in ("en", "zh")}
    return {
        f"{code}/{file.relative_to(home).as_posix()}": file.stat().st_mtime_ns
        for code, home in homes.items()
        for file in home.rglob("*")
        if file.is_file() and file.relative_to(home).as_posix() not in ALWAYS
    }


def differing(before: dict, after: dict) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


CHANGES = {
    "nothing": [],
    "a heading of one page": [("docs/zh/index.md", ("## 更多 {", "## 还有更多 {"))],
    "a further heading": [
        (f"docs/{code}/lists.md", ("", "\n## Last { #last }\n\n[More](#more) of it.\n")) for code in ("en", "zh")
    ],
    "the words of a fact": [(FACTS, REWORDED)],
    "a style": [("docs/assets/low-tide.css", ("", "\n.new { color: red; }\n"))],
}


def test_what_changed_is_made_again_and_all_is_as_if_made_at_once(copy: Project):
    damage(copy, "docs/en/lists.md", ("", "\n## More { #more }\n"))
    damage(copy, "docs/zh/lists.md", ("", "\n## 更多 { #more }\n"))
    build(copy)
    for name, changes in CHANGES.items():
        pages, times = staged(copy), made(copy)
        for file, change in changes:
            damage(copy, file, change)
        again = build(copy)
        changed = differing(pages, staged(copy))
        assert bool(changed) == bool(changes), name
        assert differing(times, made(copy)) == changed, name
    shutil.rmtree(copy.build)
    assert differing(build(copy), again) == set()


def test_a_new_page_is_in_the_navigation_of_all(copy: Project):
    build(copy)
    before = made(copy)
    for code in ("en", "zh"):
        page = (copy.docs / code / "cite.md").read_text("utf-8")
        (copy.docs / code / "again.md").write_text(page.replace("order: ", "order: 9"), "utf-8")
    again = build(copy)
    pages = {name for name in before if name.endswith(".html") and "/embed/" not in name}
    assert pages <= differing(before, made(copy))
    assert b"again/index.html" in again["zh/facts/index.html"]


LINKED = [(f"docs/{code}/cite.md", ("", "\n[More](index.md#more).\n")) for code in ("en", "zh")]
GONE = [("docs/en/index.md", ("{ #more }", "{ #rest }")), ("docs/zh/index.md", ("{ #more }", "{ #rest }"))]
FAULTS = [
    (GONE, "contains a link 'index.md#more', but the doc 'index.md' does not"),
    ([("docs/en/cite.md", ("", "\n[More](index.md#none).\n"))], "contains a link 'index.md#none'"),
    ([("docs/en/cite.md", ("", "\n[More](none.md).\n"))], "contains a link 'none.md'"),
]  # fmt: skip


def test_a_fault_between_pages_is_told_though_one_of_them_did_not_change(copy: Project):
    for file, change in LINKED:
        damage(copy, file, change)
    good = build(copy)
    for changes, said in [FAULTS[0], *FAULTS]:  # a faulty build is not what the next one goes by
        before = {file: (copy.root / file).read_bytes() for file, _ in changes}
        for file, change in changes:
            damage(copy, file, change)
        with pytest.raises(commands.Problems) as error:
            build(copy)
        assert any(said in str(problem) for problem in error.value.all), [str(one) for one in error.value.all]
        assert differing(tree(copy.site), good) == set(), said
        for file, raw in before.items():
            damage(copy, file, raw)


def test_what_a_cut_off_build_left_is_not_used_and_removed(copy: Project):
    first = build(copy)
    (kept,) = (copy.build / "kept" / "en").iterdir()
    half = kept.rename(kept.with_name(f"{kept.name}.{os.getpid() + 1}"))
    (half / "sources.json").unlink()
    assert build(copy) == first
    assert [one.name for one in kept.parent.iterdir()] == [kept.name]


def test_the_entries_of_a_page_are_replaced_in_their_place():
    old, new = (
        json.dumps({"config": {}, "docs": [{"location": place, "text": text} for place, text in entries]})
        for entries in (
            [("", "a"), ("#x", "a"), ("b/", "b"), ("b/#y", "b"), ("c/", "c"), ("d/", "d")],
            [("b/", "B"), ("b/#z", "B"), ("b/#y", "B")],
        )
    )
    joined = json.loads(builder._index(old, new, {"b/", "d/"}))
    assert [(entry["location"], entry["text"]) for entry in joined["docs"]] == [
        ("", "a"), ("#x", "a"), ("b/", "B"), ("b/#z", "B"), ("b/#y", "B"), ("c/", "c"),
    ]  # fmt: skip
