"""The list of editions is checked against its zips, its folder and earlier commits: damages 1 and 2, and parts of 8 and 9."""

import copy as copies
import functools
import json
import operator
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.editions import ledger, store
from scripts.paths import THIS, Project
from scripts.reading import archives
from tests.conftest import tree
from tests.reading.test_archives import packed
from tests.test_publishing import commit, git, short

FOLDER = "datapackage/editions"
LIST = f"{FOLDER}/editions.json"
NAME = "china-social-commerce-facts"
ZIP = f"{FOLDER}/{NAME}-1.0.0.zip"
CHARTS = f"{FOLDER}/{NAME}-1.1.0-charts.zip"
FORMATS = f"{FOLDER}/{NAME}-1.1.0-formats.zip"
ZIPS = {"": ZIP, "charts": CHARTS, "formats": FORMATS}
RESTORE = "; restore the file from version control; an edition never changes"
UNNAMED = (
    ":1: no row of editions.json names this file; if no commit has it, the next `make release` removes it; "
    "if one has, restore its row from version control"
)
Rows = list[dict[str, Any]]


@pytest.fixture
def held(tmp_path: Path) -> Project:
    """The first four real editions in a folder outside any git repository."""
    project = Project(tmp_path / "held")
    store.folder(project).mkdir(parents=True)
    rows = listed(THIS)[:4]
    write(project, rows)
    for name in [part["file"] for row in rows for part in (row, row["charts"], row["formats"]) if part]:
        shutil.copyfile(store.folder(THIS) / name, store.folder(project) / name)
    return project


@pytest.fixture
def published(held: Project) -> Project:
    """The same in a repository whose first commit has two of them and whose second has all."""
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


def problems(project: Project) -> list[str]:
    return [str(problem) for problem in sorted(ledger.read(project)[1])]


def field_at(project: Project, field: str, value: Any = ..., number: int = 1) -> str:
    """The place in the list of the nth field of this name, with this value if one is given."""
    return text_at(project, f'"{field}": {"" if value is ... else json.dumps(value)}', number)


def text_at(project: Project, text: str, number: int = 1) -> str:
    """The place in the list of the nth line with a text."""
    lines = (project.root / LIST).read_text("utf-8").splitlines()
    return f"{LIST}:{[i for i, some in enumerate(lines, 1) if text in some][number - 1]}"


def forge(project: Project, row_: int, members: dict[str, bytes], part: str = "") -> None:
    """Replace members of a zip and update its row, so that only its contents can reveal the forgery."""
    rows = listed(project)
    row = rows[row_][part] if part else rows[row_]
    path = store.folder(project) / row["file"]
    inside = archives.unzipped(path.read_bytes()) | members
    raw = packed(*((name, raw) for name, raw in inside.items() if raw != b"-"))
    path.write_bytes(raw)
    row |= {"sha256": store.sha256(raw), "bytes": len(raw)}
    write(project, rows)


def test_real_editions_have_no_problems_with_or_without_git(held: Project, published: Project):
    assert problems(THIS) == problems(published) == []
    shutil.rmtree(published.root / ".git")
    assert problems(published) == []


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
    (set_(1, "formats", "bytes", value=1), '"bytes": 1', "bytes is 1; its zip has 590769"),
])  # fmt: skip
def test_row_that_contradicts_its_zips_is_reported(
    held: Project, edit: Callable[[Rows], object], text: str, fault: str
):
    change(held, edit)
    assert problems(held) == [f"{text_at(held, text)}: {fault}{RESTORE}"]


def test_row_with_the_zips_of_another_edition_is_reported(held: Project):
    def edit(rows: Rows) -> None:
        rows[2] |= {key: rows[1][key] for key in ("file", "sha256", "bytes", "charts", "formats")}

    change(held, edit)
    assert problems(held) == [
        f"{FOLDER}/{NAME}-1.1.1-charts.zip{UNNAMED}",
        f"{FOLDER}/{NAME}-1.1.1-formats.zip{UNNAMED}",
        f"{FOLDER}/{NAME}-1.1.1.zip{UNNAMED}",
        f"{field_at(held, 'version', '1.1.1')}: version is '1.1.1'; its zip has '1.1.0'{RESTORE}",
        f"{field_at(held, 'created', '2026-11-26T12:00:00Z')}: created is '2026-11-26T12:00:00Z'; its zip has '2026-11-26T00:00:00Z'{RESTORE}",
    ]


def test_renamed_zip_is_reported_with_its_proper_name(held: Project):
    for name in (ZIP, CHARTS, FORMATS):
        (held.root / name).rename((held.root / name).with_name(f"x-{Path(name).name}"))

    def edit(rows: Rows) -> None:
        rows[0]["file"] = f"x-{Path(ZIP).name}"
        rows[1]["charts"]["file"] = f"x-{Path(CHARTS).name}"
        rows[1]["formats"]["file"] = f"x-{Path(FORMATS).name}"

    change(held, edit)
    assert problems(held) == [
        f"{field_at(held, 'file', 'x-' + Path(name).name)}: file is 'x-{Path(name).name}'; its zip has '{Path(name).name}'{RESTORE}"
        for name in (ZIP, CHARTS, FORMATS)
    ]


@pytest.mark.parametrize(("name", "fault"), [
    ("../x.zip", "'../x.zip' leads out of its folder; name a file inside it"),
    ("a/b.zip", "'a/b.zip' is not a plain name; leave out the folder"),
    ("", "the file name is empty"),
])  # fmt: skip
def test_file_name_with_a_folder_is_reported(held: Project, name: str, fault: str):
    change(held, lambda rows: rows[0].update(file=name))
    (held.root / ZIP).unlink()
    assert problems(held) == [f"{field_at(held, 'file')}: file: {fault}{RESTORE}"]


def test_zip_that_is_a_symbolic_link_out_of_the_folder_is_reported(held: Project):
    (held.root / ZIP).rename(held.root / "elsewhere.zip")
    (held.root / ZIP).symlink_to(held.root / "elsewhere.zip")
    fault = f"file: '{Path(ZIP).name}' leads out of its folder through a symbolic link"
    assert problems(held) == [f"{field_at(held, 'file')}: {fault}{RESTORE}"]


def test_missing_zip_or_folder_in_its_place_is_reported(held: Project):
    (held.root / ZIP).unlink()
    (held.root / CHARTS).unlink()
    (held.root / CHARTS).mkdir()
    (held.root / FORMATS).unlink()
    assert problems(held) == [
        f"{ZIP}:1: file is missing{RESTORE}", f"{CHARTS}:1: is a folder, not a file{RESTORE}", f"{FORMATS}:1: file is missing{RESTORE}",
    ]  # fmt: skip


@pytest.mark.parametrize("name", [f"{NAME}-9.9.9.zip", ".editions.json.part", "notes.txt"])
def test_file_without_a_row_is_reported(held: Project, name: str):
    (held.root / FOLDER / name).write_bytes(b"x")
    assert problems(held) == [f"{FOLDER}/{name}{UNNAMED}"]


@pytest.mark.parametrize(("number", "part", "members", "fault"), [
    (0, "", {"../../index.html": b"<script>"}, "member '../../index.html' leads out of its folder; name a file inside it"),
    (1, "charts", {"../../index.html": b"<script>"}, "member '../../index.html' leads out of its folder; name a file inside it"),
    (0, "", {"index.html": b"<script>"}, "member 'index.html' is not listed in its descriptor"),
    (1, "formats", {"../../index.html": b"<script>"}, "member '../../index.html' leads out of its folder; name a file inside it"),
    (1, "charts", {"index.html": b"<script>"}, "member 'index.html' is not a chart file; those are in charts/ and embed/"),
    (0, "", {"data/facts.csv": b"-"}, "has no member 'data/facts.csv', which its descriptor names"),
    (0, "", {"datapackage.json": b"-"}, "datapackage.json:1: not JSON: Expecting value"),
    (0, "", {"datapackage.json": b'{\n"name": 5}'}, "datapackage.json:1: 'contributors' is a required property; "
     "datapackage.json:1: 'created' is a required property; datapackage.json:1: 'licenses' is a required property; "
     "datapackage.json:1: 'resources' is a required property; datapackage.json:1: 'title' is a required property; "
     "datapackage.json:1: 'version' is a required property; datapackage.json:2: name: 5 is not of type 'string'"),
    (0, "", {"data/facts.csv": b"\xff"}, "data/facts.csv:1: not UTF-8; save the file as UTF-8"),
    (0, "", {"data/facts.csv": b'a\n"'}, "has a table that is not CSV: unexpected end of data"),
])  # fmt: skip
def test_forged_zip_with_a_matching_checksum_is_reported(
    held: Project, number: int, part: str, members: dict[str, bytes], fault: str
):
    forge(held, number, members, part)
    assert problems(held) == [f"{ZIPS[part]}:1: {fault}{RESTORE}"]


@pytest.mark.parametrize(("old", "new", "field"), [
    ("data/facts.csv", "index.html", "path"), ("data/facts.schema.json", "../../index.html", "schema"), ("facts", "../../../index", "name"),
])  # fmt: skip
def test_forged_descriptor_cannot_overwrite_files_of_the_website(held: Project, old: str, new: str, field: str):
    inside = archives.unzipped((held.root / ZIP).read_bytes())
    members = {name: b"-" for name in inside if name == old} | (
        {new: inside[old]} if old in inside and ".." not in new else {}
    )
    members["datapackage.json"] = inside["datapackage.json"].replace(
        f'"{field}": "{old}"'.encode(), f'"{field}": "{new}"'.encode()
    )
    forge(held, 0, members)
    (fault,) = problems(held)
    assert fault.startswith(f"{ZIP}:1: datapackage.json:")
    assert fault.endswith(f": resources[4].{field}: {new!r} would be another file of the website{RESTORE}")


@pytest.mark.parametrize(("name", "number", "part"), [(ZIP, 0, ""), (CHARTS, 1, "charts"), (FORMATS, 1, "formats")])
def test_file_that_is_no_zip_is_reported_despite_its_checksum(held: Project, name: str, number: int, part: str):
    raw = b"no zip"
    (held.root / name).write_bytes(raw)
    change(held, lambda rows: (rows[number][part] if part else rows[number]).update(sha256=store.sha256(raw), bytes=6))
    assert problems(held) == [f"{name}:1: not a zip that can be unpacked: File is not a zip file{RESTORE}"]


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
    (set_(1, "formats", value=""), '"formats": ""', "editions[1].formats: '' is not of type 'object', 'null'"),
    (set_(1, "charts", "count", value=None), '"count": null', "editions[1].charts.count: None is not of type 'integer'"),
    (set_(1, "doi", value="zenodo"), '"doi": "zenodo"', "editions[1].doi: 'zenodo' is not a DOI of the form 10.5072/name, nor an address below https://w3id.org/"),
    (set_(0, "note", value=""), '"note": ""', "editions[0].note: is unknown here"),
    (lambda rows: rows[0].pop("doi"), "{", "editions[0]: 'doi' is a required property"),
    (set_(0, value=[]), "[]", "editions[0]: is not of type 'object'"),
])  # fmt: skip
def test_malformed_row_is_reported_with_its_line(held: Project, edit: Callable[[Rows], object], text: str, fault: str):
    change(held, edit)
    assert problems(held) == [f"{text_at(held, text, 2 if text == '{' else 1)}: {fault}"]
    assert ledger.read(held)[0] == []


@pytest.mark.parametrize(("raw", "fault"), [
    (b"[", "1: not JSON: Expecting value"),
    (b"[]", "1: is not of type 'object'"),
    (b"{}", "1: 'editions' is a required property"),
    (b'{"editions": null}', "1: editions: None is not of type 'array'"),
])  # fmt: skip
def test_malformed_list_is_reported_with_its_line(held: Project, raw: bytes, fault: str):
    (held.root / LIST).write_bytes(raw)
    assert problems(held) == [f"{LIST}:{fault}"]


def test_versions_must_be_ascending_and_unique(held: Project):
    change(held, lambda rows: rows.append(copies.deepcopy(rows[3])))
    assert problems(held) == [f"{field_at(held, 'version', '1.2.0', 2)}: version 1.2.0 is duplicated{RESTORE}"]
    change(held, lambda rows: rows.__setitem__(slice(None), [rows[1], rows[0], *rows[2:4]]))
    assert problems(held) == [
        f"{field_at(held, 'version', '1.0.0')}: version 1.0.0 comes after 1.1.0; list the oldest edition first{RESTORE}"
    ]


def gone_faults(project: Project, revision: str, *versions: str) -> list[str]:
    """The problems of editions that are gone and that a commit had."""
    commit = short(project, revision)
    return [f"{LIST}:1: edition {one} is gone; commit {commit} published it{RESTORE}" for one in versions]


def all_gone(project: Project) -> list[str]:
    """The problems of the fixture's editions, published by two commits, once all are gone."""
    return sorted([*gone_faults(project, "HEAD~1", "1.0.0", "1.1.0"), *gone_faults(project, "HEAD", "1.1.1", "1.2.0")])


@pytest.mark.parametrize("committed", [False, True])
def test_edition_removed_since_a_commit_is_reported(published: Project, committed: bool):
    """Damage 1: the last row dropped with its zips, uncommitted or committed some commits ago."""
    change(published, lambda rows: rows.pop())
    for file in store.folder(published).glob("*1.2.0*"):
        file.unlink()
    faults = gone_faults(published, "HEAD", "1.2.0")
    if committed:
        commit(published)
        commit(published)
    assert problems(published) == faults


@pytest.mark.parametrize("raw", [None, b'{"editions": []}\n'])
def test_missing_or_empty_list_reports_every_edition_as_gone(published: Project, raw: bytes | None):
    faults = all_gone(published)
    for file in store.folder(published).iterdir():
        file.unlink()
    if raw:
        (published.root / LIST).write_bytes(raw)
    commit(published)
    assert problems(published) == faults


def test_formats_forged_together_with_their_row_are_reported(published: Project):
    forge(published, 0, {"cite.bib": b"other words\n"}, "formats")
    (fault,) = problems(published)
    assert fault.startswith(f"{field_at(published, 'formats')}: edition 1.0.0 has formats ")
    assert f"; commit {short(published, 'HEAD~1')} published it with " in fault


def test_row_and_zip_forged_together_are_reported(published: Project):
    first = short(published, "HEAD~1")
    before = listed(published)[0]
    forge(published, 0, {"README.md": b"other words\n"})
    after = listed(published)[0]
    commit(published)
    assert problems(published) == sorted(
        f"{field_at(published, field)}: edition 1.0.0 has {field} {after[field]!r}; commit "
        f"{first} published it with {before[field]!r}{RESTORE}"
        for field in ("sha256", "bytes")
    )


def test_doi_may_be_filled_in_once_and_never_changed(published: Project):
    change(published, set_(0, "doi", value="10.5072/low-tide.1"))
    commit(published)
    assert problems(published) == []
    filled = short(published, "HEAD")
    for value in (None, "10.5072/low-tide.2"):
        change(published, set_(0, "doi", value=value))
        assert problems(published) == [
            f"{field_at(published, 'doi')}: edition 1.0.0 has doi {value!r}; commit {filled} published it with "
            f"'10.5072/low-tide.1'{RESTORE}"
        ]


def test_edition_dropped_by_a_merge_is_reported(published: Project):
    git(published, "branch", "newest")
    git(published, "checkout", "--quiet", "-b", "side", "HEAD~1")
    commit(published)
    git(published, "merge", "--quiet", "--strategy", "ours", "--message", "x", "newest")
    assert [one for one in problems(published) if one.startswith(LIST)] == gone_faults(
        published, "newest", "1.1.1", "1.2.0"
    )


def test_shallow_clone_compares_with_its_only_commit(published: Project, tmp_path: Path):
    shallow = Project(tmp_path / "shallow")
    git(published, "clone", "--quiet", "--depth", "1", f"file://{published.root}", str(shallow.root))
    assert problems(shallow) == []
    change(shallow, lambda rows: rows.pop())
    for file in store.folder(shallow).glob("*1.2.0*"):
        file.unlink()
    assert problems(shallow) == gone_faults(published, "HEAD", "1.2.0")


def test_git_settings_of_the_user_change_nothing(published: Project):
    settings = ("log.showRoot=false", "color.ui=always", "diff.noprefix=true", "diff.external=false", "diff.context=0")
    for setting in settings:
        git(published, "config", *setting.split("="))
    (published.root / ".gitattributes").write_text("*.json binary\n", "utf-8")
    shutil.rmtree(store.folder(published))
    assert problems(published) == all_gone(published)


def test_leftovers_are_files_in_no_row_and_no_commit(published: Project):
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
