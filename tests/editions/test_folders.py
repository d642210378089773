"""The published folder of each edition and of the newest: complete and unaltered by their own checksums."""

import itertools
import json
import subprocess
from pathlib import Path

from scripts.editions import formats, store, unfold
from scripts.pages.content import Content
from scripts.paths import THIS
from tests.conftest import Built, tree

ANEW = {
    "assets", "changes.json", "charts", "facts", "facts.json", "index.html", "index.md", "openapi.json", "schemas", "zh",
}  # fmt: skip
"""The first part of the name of each file of an edition's folder that every build makes again; of `charts` only the index."""


def listed(folder: Path, name: str) -> dict[str, str]:
    """The checksum of each file in a list."""
    return dict(reversed(line.split("  ", 1)) for line in (folder / name).read_text("utf-8").splitlines())


def test_each_folder_has_exactly_the_files_of_its_checksums(real_site: Built, real: Content):
    folders = sorted(folder for folder in (real_site.site / "data").iterdir() if folder.is_dir())
    assert [folder.name for folder in folders] == sorted(["latest", *(edition.tag for edition in real.editions)])
    for folder in folders:
        lists = [formats.SUMS] if folder.name == "latest" else [formats.SUMS, formats.ANEW]
        named = [[*listed(folder, name)] for name in lists]
        assert named[0] == sorted(named[0])
        assert sorted([*lists, *itertools.chain(*named)]) == sorted(tree(folder)), folder.name
        command = ["sha256sum", "--check", "--strict", "--quiet", *lists]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        assert (run.returncode, run.stdout) == (0, ""), folder.name
    assert not [*(real_site.site / "data" / "latest").rglob("*.html")]


def test_published_files_never_change_and_only_pages_and_json_are_made_again(real_site: Built, real: Content):
    every = json.loads((real_site.site / "data" / "editions.json").read_text("utf-8"))["editions"]
    for edition, told in zip(real.editions, every, strict=True):
        folder = real_site.site / "data" / edition.tag
        assert told["sums"] == store.sha256((folder / formats.SUMS).read_bytes())
        held = unfold.published(THIS, edition)
        assert listed(folder, formats.SUMS) == {name: store.sha256(raw) for name, raw in held.items()}
        assert {"json/facts_flat.json", "ro-crate-metadata.json", "croissant.json"} <= held.keys()
        assert {*store.contents(THIS, edition), *store.chart_files(THIS, edition)} <= held.keys()
        anew = listed(folder, formats.ANEW)
        assert {name.partition("/")[0] for name in anew} == ANEW
        assert not [name for name in anew if name.startswith("charts/") and name != "charts/index.json"]
