"""The list of editions is held to its zips, its folder and what commits had: damages 1 and 2, and parts of 8 and 9."""

import copy as copies
import functools
import json
import operator
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.editions import history, ledger, store
from scripts.paths import THIS, Project
from scripts.reading import archives
from tests.conftest import tree
from tests.reading.test_archives import packed
from tests.test_publishing import commit, git

FOLDER = "datapackage/editions"
LIST = f"{FOLDER}/editions.json"
NAME = "china-social-commerce-facts"
ZIP = f"{FOLDER}/{NAME}-1.0.0.zip"
CHARTS = f"{FOLDER}/{NAME}-1.1.0-charts.zip"
RESTORE = "; restore the file from version control; an edition never changes"
UNNAMED = (
    ":1: no row of editions.json names this file; if no commit has it, the next `make release` removes it; "
    "if one has, restore its row from version control"
)
Rows = list[dict[str, Any]]


@pytest.fixture
def held(tmp_path: Path) -> Project:
    """The first four of the real editions in a folder that git does not know."""
    project = Project(tmp_path / "held")
    store.folder(project).mkdir(parents=True)
    rows = listed(THIS)[:4]
    write(project, rows)
    for name in [part["file"] for row in rows for part in (row, row["charts"]) if part]:
        shutil.copyfile(store.folder(THIS) / name, store.folder(project) / name)
    return project


@pytest.fixture
def published(held: Project) -> Project:
    """The same with the first two committed, then all of them."""
    rows = listed(held)
    git(held, "init", "--quiet")
    change(held, lambda rows: rows.__delitem__(slice(2, None)))
    commit(held)
    write(held, rows)
    commit(held)
    return held


def listed(project: Project) -> Rows:
    return list(json.loads((project.root / LIST).read_text("utf-8"))["editions"])


def write(project: Project, rows: Any) -> None:
    (project.root / LIST).write_text(json.dumps({"editions": rows}, ensure_ascii=False, indent=2) + "\n", "utf-8")


def change(project: Project, edit: Callable[[Rows], object]) -> None:
    rows = listed(project)
    edit(rows)
    write(project, rows)


def set_(*steps: Any, value: Any) -> Callable[[Rows], None]:
    def edit(rows: Rows) -> None:
        functools.reduce(operator.getitem, steps[:-1], rows)[steps[-1]] = value

    return edit


def told(project: Project) -> list[str]:
    return [str(problem) for problem in sorted(ledger.read(project)[1])]


def at(project: Project, field: str, value: Any = ..., number: int = 1) -> str:
    """The place in the list where a field has a value, or any, for the nth time."""
    return place(project, f'"{field}": {"" if value is ... else json.dumps(value)}', number)


def place(project: Project, text: str, number: int = 1) -> str:
    """The place in the list where a text is for the nth time."""
    lines = (project.root / LIST).read_text("utf-8").splitlines()
    return f"{LIST}:{[i for i, some in enumerate(lines, 1) if text in some][number - 1]}"


def forge(project: Project, row_: int, members: dict[str, bytes], part: str = "") -> None:
    """Put other members into a zip and make its row agree with the checksum: only what is inside can tell."""
    rows = listed(project)
    row = rows[row_][part] if part else rows[row_]
    path = store.folder(project) / row["file"]
    inside = archives.unzipped(path.read_bytes()) | members
    raw = packed(*((name, raw) for name, raw in inside.items() if raw != b"-"))
    path.write_bytes(raw)
    row |= {"sha256": store.sha256(raw), "bytes": len(raw)}
    write(project, rows)


def test_the_real_editions_are_held_with_and_without_git(held: Project, published: Project):
    assert told(THIS) == told(published) == []
    shutil.rmtree(published.root / ".git")
    assert told(published) == []


@pytest.mark.parametrize(("edit", "text", "fault"), [
    (set_(0, "version", value="0.7.7"), '"version": "0.7.7"', "version is '0.7.7'; its zip has '1.0.0'"),
    (set_(0, "created", value="2026-11-21T00:00:00Z"), '"created": "2026-11-21', "created is '2026-11-21T00:00:00Z'; its zip has '2026-11-22T00:00:00Z'"),
    (set_(0, "bytes", value=50555), '"bytes": 50555', "bytes is 50555; its zip has 50554"),
    (set_(0, "bytes", value=-1), '"bytes": -1', "bytes is -1; its zip has 50554"),
    (set_(0, "counts", "facts", value=97), '"facts": 97', "facts is 97; its zip has 96"),
    (set_(0, "counts", "rumours", value=3), '"rumours": 3', "rumours is 3; its zip has none"),
    (lambda rows: rows[0]["counts"].pop("glossary"), '"counts"', "glossary is missing; its zip has 34"),
    (set_(1, "charts", "count", value=24), '"count": 24', "count is 24; its zip has 23"),
    (set_(1, "charts", "bytes", value=1), '"bytes": 1', "bytes is 1; its zip has 387125"),
])  # fmt: skip
def test_a_row_says_what_its_zips_say(held: Project, edit: Callable[[Rows], object], text: str, fault: str):
    change(held, edit)
    assert told(held) == [f"{place(held, text)}: {fault}{RESTORE}"]


def test_the_zips_of_another_edition_are_told(held: Project):
    def edit(rows: Rows) -> None:
        rows[2] |= {key: rows[1][key] for key in ("file", "sha256", "bytes", "charts")}

    change(held, edit)
    assert told(held) == [
        f"{FOLDER}/{NAME}-1.1.1-charts.zip{UNNAMED}",
        f"{FOLDER}/{NAME}-1.1.1.zip{UNNAMED}",
        f"{at(held, 'version', '1.1.1')}: version is '1.1.1'; its zip has '1.1.0'{RESTORE}",
        f"{at(held, 'created', '2026-11-26T12:00:00Z')}: created is '2026-11-26T12:00:00Z'; its zip has '2026-11-26T00:00:00Z'{RESTORE}",
    ]


def test_a_file_has_the_name_that_follows_from_what_is_inside(held: Project):
    for name in (ZIP, CHARTS):
        (held.root / name).rename((held.root / name).with_name(f"x-{Path(name).name}"))

    def edit(rows: Rows) -> None:
        rows[0]["file"] = f"x-{Path(ZIP).name}"
        rows[1]["charts"]["file"] = f"x-{Path(CHARTS).name}"

    change(held, edit)
    assert told(held) == [
        f"{at(held, 'file', 'x-' + Path(name).name)}: file is 'x-{Path(name).name}'; its zip has '{Path(name).name}'{RESTORE}"
        for name in (ZIP, CHARTS)
    ]


@pytest.mark.parametrize(("name", "fault"), [
    ("../x.zip", "'../x.zip' leads out of its folder; name a file inside it"),
    ("/etc/passwd", "'/etc/passwd' is an absolute path; write it relative to its folder"),
    ("a\\b.zip", "'a\\\\b.zip' has the character '\\\\', which not every system allows in file names"),
    ("a/b.zip", "'a/b.zip' is not a plain name; leave out the folder"),
    ("", "the file name is empty"),
])  # fmt: skip
def test_a_file_is_named_plainly(held: Project, name: str, fault: str):
    change(held, lambda rows: rows[0].update(file=name))
    (held.root / ZIP).unlink()
    assert told(held) == [f"{at(held, 'file')}: file: {fault}{RESTORE}"]


def test_a_zip_that_is_a_link_out_of_the_folder_is_refused(held: Project):
    (held.root / ZIP).rename(held.root / "elsewhere.zip")
    (held.root / ZIP).symlink_to(held.root / "elsewhere.zip")
    fault = f"file: '{Path(ZIP).name}' leads out of its folder through a symbolic link"
    assert told(held) == [f"{at(held, 'file')}: {fault}{RESTORE}"]


def test_a_zip_that_is_missing_or_a_folder_is_told(held: Project):
    (held.root / ZIP).unlink()
    (held.root / CHARTS).unlink()
    (held.root / CHARTS).mkdir()
    assert told(held) == [f"{ZIP}:1: file is missing{RESTORE}", f"{CHARTS}:1: is a folder, not a file{RESTORE}"]


@pytest.mark.parametrize("name", [f"{NAME}-9.9.9.zip", ".editions.json.part", "notes.txt"])
def test_a_file_that_no_row_names_is_told(held: Project, name: str):
    (held.root / FOLDER / name).write_bytes(b"x")
    assert told(held) == [f"{FOLDER}/{name}{UNNAMED}"]


@pytest.mark.parametrize(("place", "part", "members", "fault"), [
    (0, "", {"../../index.html": b"<script>"}, "member '../../index.html' leads out of its folder; name a file inside it"),
    (1, "charts", {"../../index.html": b"<script>"}, "member '../../index.html' leads out of its folder; name a file inside it"),
    (0, "", {"index.html": b"<script>"}, "member 'index.html' is named by no resource of its descriptor"),
    (1, "charts", {"index.html": b"<script>"}, "member 'index.html' is no file of a chart; those are in charts/ and embed/"),
    (0, "", {"data/facts.csv": b"-"}, "has no member 'data/facts.csv', which its descriptor names"),
    (0, "", {"datapackage.json": b"-"}, "datapackage.json:1: not JSON: Expecting value"),
    (0, "", {"datapackage.json": b'{\n"name": 5}'}, "datapackage.json:1: 'contributors' is a required property; "
     "datapackage.json:1: 'created' is a required property; datapackage.json:1: 'licenses' is a required property; "
     "datapackage.json:1: 'resources' is a required property; datapackage.json:1: 'title' is a required property; "
     "datapackage.json:1: 'version' is a required property; datapackage.json:2: name: 5 is not of type 'string'"),
    (0, "", {"data/facts.csv": b"\xff"}, "data/facts.csv:1: not UTF-8; save the file as UTF-8"),
    (0, "", {"data/facts.csv": b'a\n"'}, "holds a table that is no CSV: unexpected end of data"),
])  # fmt: skip
def test_a_forged_zip_that_agrees_with_its_checksum_is_refused(
    held: Project, place: int, part: str, members: dict[str, bytes], fault: str
):
    forge(held, place, members, part)
    assert told(held) == [f"{CHARTS if part else ZIP}:1: {fault}{RESTORE}"]


@pytest.mark.parametrize(("old", "new", "field"), [
    ("data/facts.csv", "index.html", "path"), ("data/facts.schema.json", "../../index.html", "schema"), ("facts", "../../../index", "name"),
])  # fmt: skip
def test_a_forged_descriptor_names_no_file_of_the_website(held: Project, old: str, new: str, field: str):
    inside = archives.unzipped((held.root / ZIP).read_bytes())
    members = {name: b"-" for name in inside if name == old} | (
        {new: inside[old]} if old in inside and ".." not in new else {}
    )
    members["datapackage.json"] = inside["datapackage.json"].replace(
        f'"{field}": "{old}"'.encode(), f'"{field}": "{new}"'.encode()
    )
    forge(held, 0, members)
    (fault,) = told(held)
    assert fault.startswith(f"{ZIP}:1: datapackage.json:")
    assert fault.endswith(f": resources[4].{field}: {new!r} would be another file of the website{RESTORE}")


@pytest.mark.parametrize(("name", "place", "part"), [(ZIP, 0, ""), (CHARTS, 1, "charts")])
def test_what_is_no_zip_is_told_though_the_checksum_agrees(held: Project, name: str, place: int, part: str):
    raw = b"no zip"
    (held.root / name).write_bytes(raw)
    change(held, lambda rows: (rows[place][part] if part else rows[place]).update(sha256=store.sha256(raw), bytes=6))
    assert told(held) == [f"{name}:1: not a zip that can be unpacked: File is not a zip file{RESTORE}"]


@pytest.mark.parametrize(("edit", "text", "fault"), [
    (set_(0, "version", value="x"), '"version": "x"', "editions[0].version: 'x' is not of the form 1.2.3"),
    (set_(0, "version", value="1." + "9" * 5000 + ".0"), '"version": "1.999', f"editions[0].version: '1.{'9' * 196}… is not of the form 1.2.3"),
    (set_(0, "version", value=-1), '"version": -1', "editions[0].version: -1 is not of the form 1.2.3"),
    (set_(0, "created", value="2026-11-22"), '"created": "2026-11-22"', "editions[0].created: '2026-11-22' is not of the form 2022-03-09T08:00:00Z"),
    (set_(0, "created", value="2026-11-31T00:00:00Z"), '"created": "2026-11-31', "created: '2026-11-31T00:00:00Z': day is out of range for month"),
    (set_(0, "created", value=None), '"created": null', "editions[0].created: None is not of the form 2022-03-09T08:00:00Z"),
    (set_(1, "bytes", value="12"), '"bytes": "12"', "editions[1].bytes: '12' is not of type 'integer'"),
    (set_(1, "counts", value=[]), '"counts": []', "editions[1].counts: is not of type 'object'"),
    (set_(1, "counts", "facts", value="96"), '"facts": "96"', "editions[1].counts.facts: '96' is not of type 'integer'"),
    (set_(1, "charts", value=[]), '"charts": []', "editions[1].charts: is not of type ['object', 'null']"),
    (set_(1, "charts", "count", value=None), '"count": null', "editions[1].charts.count: None is not of type 'integer'"),
    (set_(1, "doi", value="zenodo"), '"doi": "zenodo"', "editions[1].doi: 'zenodo' is not a DOI of the form 10.5072/name, nor an address below https://w3id.org/"),
    (set_(0, "note", value=""), '"note": ""', "editions[0].note: is unknown here"),
    (lambda rows: rows[0].pop("doi"), "{", "editions[0]: 'doi' is a required property"),
    (set_(0, value=[]), "[]", "editions[0]: is not of type 'object'"),
])  # fmt: skip
def test_a_row_of_another_form_is_told_at_its_line(
    held: Project, edit: Callable[[Rows], object], text: str, fault: str
):
    change(held, edit)
    assert told(held) == [f"{place(held, text, 2 if text == '{' else 1)}: {fault}"]
    assert ledger.read(held)[0] == []


@pytest.mark.parametrize(("raw", "fault"), [
    (b"[", "1: not JSON: Expecting value"),
    (b"[]", "1: is not of type 'object'"),
    (b"{}", "1: 'editions' is a required property"),
    (b'{"editions": null}', "1: editions: None is not of type 'array'"),
    (b'{"editions":\n [],\n "editions": []}', "3: property 'editions' is duplicated"),
    (b'{\n<<<<<<< HEAD\n"editions": []}', "2: merge conflict marker; resolve the conflict"),
    (b"\xff", "1: not UTF-8; save the file as UTF-8"),
    (b'{"editions": [' + b"[" * 90 + b"]" * 90 + b"]}", "1: not read: nested 92 levels deep; the limit is 20"),
])  # fmt: skip
def test_what_is_no_list_is_told_at_its_line(held: Project, raw: bytes, fault: str):
    (held.root / LIST).write_bytes(raw)
    assert told(held) == [f"{LIST}:{fault}"]


def test_versions_grow_and_none_is_duplicated(held: Project):
    change(held, lambda rows: rows.append(copies.deepcopy(rows[3])))
    assert told(held) == [f"{at(held, 'version', '1.2.0', 2)}: version 1.2.0 is duplicated{RESTORE}"]
    change(held, lambda rows: rows.__setitem__(slice(None), [rows[1], rows[0], *rows[2:4]]))
    assert told(held) == [
        f"{at(held, 'version', '1.0.0')}: version 1.0.0 comes after 1.1.0; the oldest edition is the first{RESTORE}"
    ]


def short(project: Project, revision: str) -> str:
    """A commit as messages have it."""
    return history.git(project.root, "rev-parse", "--short", revision).strip()


def gone(project: Project, revision: str, *versions: str) -> list[str]:
    """What is said of editions that a commit had and that are gone."""
    commit = short(project, revision)
    return [f"{LIST}:1: edition {one} is gone; commit {commit} published it{RESTORE}" for one in versions]


def all_gone(project: Project) -> list[str]:
    """What is said of the fixture's editions, published by two commits, once all are gone."""
    return sorted([*gone(project, "HEAD~1", "1.0.0", "1.1.0"), *gone(project, "HEAD", "1.1.1", "1.2.0")])


@pytest.mark.parametrize("committed", [False, True])
def test_an_edition_that_a_commit_had_and_that_is_gone_is_told(published: Project, committed: bool):
    """Damage 1: the last row dropped with its zips, uncommitted or in a commit of its own and commits after that."""
    change(published, lambda rows: rows.pop())
    for file in store.folder(published).glob("*1.2.0*"):
        file.unlink()
    faults = gone(published, "HEAD", "1.2.0")
    if committed:
        commit(published)
        commit(published)
    assert told(published) == faults


@pytest.mark.parametrize("raw", [None, b'{"editions": []}\n'])
def test_a_list_that_is_gone_or_emptied_loses_nothing(published: Project, raw: bytes | None):
    faults = all_gone(published)
    for file in store.folder(published).iterdir():
        file.unlink()
    if raw:
        (published.root / LIST).write_bytes(raw)
    commit(published)
    assert told(published) == faults


def test_a_published_row_and_its_zip_cannot_be_forged_together(published: Project):
    first = short(published, "HEAD~1")
    before = listed(published)[0]
    forge(published, 0, {"README.md": b"other words\n"})
    after = listed(published)[0]
    commit(published)
    assert told(published) == sorted(
        f"{at(published, field)}: edition 1.0.0 has {field} {after[field]!r}; commit "
        f"{first} published it with {before[field]!r}{RESTORE}"
        for field in ("sha256", "bytes")
    )


def test_a_doi_may_be_filled_in_and_then_stays(published: Project):
    change(published, set_(0, "doi", value="10.5072/low-tide.1"))
    commit(published)
    assert told(published) == []
    filled = short(published, "HEAD")
    for value in (None, "10.5072/low-tide.2"):
        change(published, set_(0, "doi", value=value))
        assert told(published) == [
            f"{at(published, 'doi')}: edition 1.0.0 has doi {value!r}; commit {filled} published it with "
            f"'10.5072/low-tide.1'{RESTORE}"
        ]


def test_an_edition_that_a_merge_dropped_is_told(published: Project):
    git(published, "branch", "newest")
    git(published, "checkout", "--quiet", "-b", "side", "HEAD~1")
    commit(published)
    git(published, "merge", "--quiet", "--strategy", "ours", "--message", "x", "newest")
    assert [one for one in told(published) if one.startswith(LIST)] == gone(published, "newest", "1.1.1", "1.2.0")


def test_a_shallow_clone_tells_what_its_one_commit_had(published: Project, tmp_path: Path):
    shallow = Project(tmp_path / "shallow")
    git(published, "clone", "--quiet", "--depth", "1", f"file://{published.root}", str(shallow.root))
    assert told(shallow) == []
    change(shallow, lambda rows: rows.pop())
    for file in store.folder(shallow).glob("*1.2.0*"):
        file.unlink()
    assert told(shallow) == gone(published, "HEAD", "1.2.0")


def test_what_the_reader_has_set_for_git_changes_nothing(published: Project):
    for setting in (
        "log.showRoot=false",
        "color.ui=always",
        "diff.noprefix=true",
        "diff.external=false",
        "diff.context=0",
    ):
        git(published, "config", *setting.split("="))
    (published.root / ".gitattributes").write_text("*.json binary\n", "utf-8")
    shutil.rmtree(store.folder(published))
    assert told(published) == all_gone(published)


def test_leftovers_are_what_neither_a_row_nor_a_commit_has(published: Project):
    home = store.folder(published)
    (home / "committed.zip").write_bytes(b"x")
    commit(published)
    for name in (".x.zip.part", "x-9.9.9.zip"):
        (home / name).write_bytes(b"x")
    (home / "folder").mkdir()
    assert ledger.leftovers(published) == [home / ".x.zip.part", home / "x-9.9.9.zip"]
    before = tree(published.root)
    (published.root / LIST).write_bytes(b"{")
    assert ledger.leftovers(published) == []
    (published.root / LIST).write_bytes(before[LIST])
    shutil.rmtree(published.root / ".git")
    assert ledger.leftovers(published) == []
