from pathlib import Path

import pytest

from scripts import paths
from tests.conftest import SMALL, SMALL_CHARTS, damage, problems

DESCRIPTOR = "datapackage/datapackage.json"


def test_check_does_not_depend_on_the_current_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert problems(SMALL, SMALL_CHARTS) == []


@pytest.mark.parametrize("name", ["a", "data/facts.csv", "图表.svg", "a b.csv", "..a", "conference.md", "x" * 255])
def test_name_inside_a_folder_is_accepted(tmp_path: Path, name: str):
    assert paths.inside(tmp_path, name) == tmp_path / name


@pytest.mark.parametrize(("names", "fault"), [
    ([""], "the file name is empty"),
    (["/etc/passwd", "//x", "/"], "{!r} is an absolute path; write it relative to its folder"),
    (["..", "../x", "a/../../x", "a/.."], "{!r} leads out of its folder; name a file inside it"),
    (["C:x", "C:/x", "a:b"], "{!r} has the character ':', which not every system allows in file names"),
    (["a\\b", "..\\x", "\\x"], "{!r} has the character '\\\\', which not every system allows in file names"),
    (["a\0", "\0"], "{!r} has the character '\\x00', which not every system allows in file names"),
    (["a\ud800"], "{!r} has the character '\\ud800', which not every system allows in file names"),
    (["a?.csv"], "{!r} has the character '?', which not every system allows in file names"),
    (["a//b", "a/"], "{!r} is not a file name on every system: '' is not allowed"),
    ([".", "a/./b"], "{!r} is not a file name on every system: '.' is not allowed"),
    (["NUL"], "{!r} is not a file name on every system: 'NUL' is not allowed"),
    (["con.txt"], "{!r} is not a file name on every system: 'con.txt' is not allowed"),
    (["a."], "{!r} is not a file name on every system: 'a.' is not allowed"),
    (["图" * 86], f"{'图' * 40!r}… is longer than 255 bytes, the maximum for a file name"),
])  # fmt: skip
def test_name_that_leaves_its_folder_or_is_invalid_on_some_system_is_refused(
    tmp_path: Path, names: list[str], fault: str
):
    for name in names:
        with pytest.raises(ValueError, match=".") as error:
            paths.inside(tmp_path, name)
        assert str(error.value) == fault.format(name)


def test_symbolic_link_must_stay_in_its_folder(tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "here").symlink_to(home / "a")
    (home / "out").symlink_to(tmp_path)
    (home / "loop").symlink_to(home / "loop")
    assert paths.inside(home, "here") == home / "here"
    assert paths.inside(home, "loop") == home / "loop"  # reported when it is read
    (tmp_path / "other").symlink_to(home)
    assert paths.inside(tmp_path / "other", "here/x") == tmp_path / "other" / "here" / "x"
    for name in ("out", "out/x", "out/new/x"):
        with pytest.raises(ValueError, match=f"'{name}' leads out of its folder through a symbolic link"):
            paths.inside(home, name)


def test_plain_name_must_not_have_a_folder():
    assert paths.plain("a.zip") == "a.zip"
    for name, fault in (
        ("a/b", "'a/b' is not a plain name; leave out the folder"),
        ("../x", "leads out of its folder"),
    ):
        with pytest.raises(ValueError, match=fault):
            paths.plain(name)


@pytest.mark.parametrize(("old", "new", "line", "fault"), [
    ('"name": "small"', '"name": ".."', 3, "name: '..' is not a file name; use at most 100 of a-z and 0-9, joined by -"),
    ('"path": "data/caveats.csv"', '"path": "LICENSE"', 118, "resources[6].path: 'LICENSE' is not of the form data/name.csv"),
    ('"schema": "data/caveats.schema.json"', '"schema": "../../s.schema.json"', 127, "resources[6].schema: '../../s.schema.json' is not of the form data/name.schema.json"),
    ('"schema": "data/caveats.schema.json"', '"schema": "https://example.org/s"', 127, "resources[6].schema: 'https://example.org/s' is not of the form data/name.schema.json"),
])  # fmt: skip
def test_path_outside_the_package_in_the_descriptor_is_reported(
    copy: paths.Project, old: str, new: str, line: int, fault: str
):
    damage(copy, DESCRIPTOR, (old, new))
    assert problems(copy) == [f"{DESCRIPTOR}:{line}: {fault}"]


def test_table_that_is_a_link_out_of_the_package_is_reported(copy: paths.Project):
    table = copy.descriptor.parent / "data" / "caveats.csv"
    table.rename(copy.root / "caveats.csv")
    table.symlink_to(copy.root / "caveats.csv")
    assert problems(copy) == [
        f"{DESCRIPTOR}:118: resource caveats: 'data/caveats.csv' leads out of its folder through a symbolic link"
    ]


@pytest.mark.parametrize("file", ["CITATION.cff", "datapackage/LICENSE", "datapackage/data/caveats.csv"])
def test_circular_link_is_reported_with_its_file(copy: paths.Project, file: str):
    (copy.root / file).unlink(missing_ok=True)
    (copy.root / file).symlink_to(copy.root / file)
    assert problems(copy) == [f"{file}:1: cannot be read: Too many levels of symbolic links"]


@pytest.mark.parametrize(("table", "column"), [("withdrawals", "withdrawn_id"), ("facts", "fact_id")])
def test_schema_that_allows_any_id_as_file_name_is_reported(copy: paths.Project, table: str, column: str):
    schema = f"datapackage/data/{table}.schema.json"
    damage(copy, schema, ('"[a-z0-9]+(-[a-z0-9]+)*"', '".*"'))
    assert f"{schema}:4: field {column}: pattern is not [a-z0-9]+(-[a-z0-9]+)*, the form of every id" in problems(copy)
