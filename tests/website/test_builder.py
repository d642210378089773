"""The builder rebuilds only the languages whose pages changed, and ends when the build does."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import commands
from scripts.paths import THIS, Project
from tests.conftest import built, damage, tree
from tests.sampled import some

FACTS = "datapackage/data/facts.csv"
REWORDED = ("An owner says the stall was hard.,店主说货摊很难。", "An owner says the stall was dear.,店主说货摊很贵。")


def build(project: Project) -> dict[str, bytes]:
    return tree(built(project).site)


def kept(project: Project) -> dict[str, tuple[str, int]]:
    """The cache of each language: the checksum of its input, and the inode of its folder."""
    rooms = {code: list((project.build / "kept" / code).iterdir()) for code in ("en", "zh")}
    return {code: (room.name, room.stat().st_ino) for code, (room,) in rooms.items()}


def differing(before: dict, after: dict) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


CHANGES = {
    "nothing": ([], set()),
    "a heading of one page": ([("docs/zh/index.md", ("## 更多 {", "## 还有更多 {"))], {"zh"}),
    "the words of a fact": ([(FACTS, REWORDED)], {"en", "zh"}),
    "a style": ([("docs/assets/low-tide.css", ("", "\n.new { color: red; }\n"))], {"en", "zh"}),
    "a setting": ([("mkdocs.yml", ("    - navigation.tabs\n", ""))], {"en", "zh"}),
}


def test_only_changed_languages_are_rebuilt_and_the_result_equals_a_clean_build(copy: Project, tmp_path: Path):
    build(copy)
    for name, (changes, languages) in some([*CHANGES.items()], 2):
        before = kept(copy)
        for file, change in changes:
            damage(copy, file, change)
        again = build(copy)
        assert differing(before, kept(copy)) == languages, name
    (tmp_path / "far" / "away").mkdir(parents=True)
    before, moved = kept(copy), Project(copy.root.rename(tmp_path / "far" / "away" / "moved"))
    assert build(moved) == again
    assert kept(moved) == before
    shutil.rmtree(moved.build)
    assert differing(build(moved), again) == set()


LINKED = [(f"docs/{code}/cite.md", ("", "\n[More](index.md#more).\n")) for code in ("en", "zh")]
GONE = [("docs/en/index.md", ("{ #more }", "{ #rest }")), ("docs/zh/index.md", ("{ #more }", "{ #rest }"))]
FAULTS = [
    (GONE, "docs/en/cite.md:12: link to 'index.md#more': index has no id 'more'"),
    ([("docs/en/cite.md", ("", "\n[More](index.md#none).\n"))], "docs/en/cite.md:14: link to 'index.md#none': index has no id 'none'"),
    ([("docs/en/cite.md", ("", "\n[More](none.md).\n"))], "docs/en/cite.md:14: link to 'none.md': no such page or picture"),
]  # fmt: skip


def test_broken_link_to_a_changed_page_is_reported_on_the_unchanged_one(copy: Project):
    for file, change in LINKED:
        damage(copy, file, change)
    good = build(copy)
    for changes, said in [FAULTS[0], *FAULTS]:  # the build after a faulty one must report its fault too
        before = {file: (copy.root / file).read_bytes() for file, _ in changes}
        for file, change in changes:
            damage(copy, file, change)
        with pytest.raises(commands.Problems) as error:
            build(copy)
        assert any(said in str(problem) for problem in error.value.all), [str(one) for one in error.value.all]
        assert differing(tree(copy.site), good) == set(), said
        for file, raw in before.items():
            damage(copy, file, raw)


PARENT = """
import os
from multiprocessing.connection import Connection
from pathlib import Path
from scripts import helper
from scripts.website import builder
messages = Connection(os.dup(1), readable=False)
arguments = ["http.server", ["--bind", "127.0.0.1", "0"], Path(), 0, messages]
builder._FORKS.Process(target=helper.run_module, args=arguments).start()
"""


def test_a_builder_ends_when_the_process_that_started_it_is_killed():
    command, environment = [sys.executable, "-c", PARENT], os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=THIS.root, env=environment, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout and parent.stdout.readline().startswith("Serving HTTP on")
        parent.kill()
        assert parent.communicate(timeout=30)[0] == ""  # the pipe is closed, so all have ended
