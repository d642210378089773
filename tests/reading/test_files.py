import os
from pathlib import Path

import pytest

from scripts import problem
from scripts.reading import files


def refusals(path: Path, most: int = files.LARGEST) -> list[str]:
    with pytest.raises(problem.Problems) as error:
        files.decoded(files.read_bytes(path, path.name, most), path.name)
    return [str(one) for one in error.value.all]


@pytest.mark.parametrize(("make", "fault"), [
    (lambda path: None, "file is missing"), (lambda path: path.mkdir(), "is a folder, not a file"),
    (lambda path: os.mkfifo(path), "is a device or pipe, not a file"),
    (lambda path: path.symlink_to(path), "cannot be read: Too many levels of symbolic links"),
    (lambda path: path.symlink_to("nowhere"), "file is missing"),
    (lambda path: path.symlink_to("/dev/zero"), "is a device or pipe, not a file"),
])  # fmt: skip
def test_anything_but_a_regular_file_is_refused_at_once(tmp_path: Path, make, fault: str):
    make(tmp_path / "x")
    assert refusals(tmp_path / "x") == [f"x:1: {fault}"]


def test_oversized_file_is_refused_without_reading_it(tmp_path: Path):
    with (tmp_path / "x").open("wb") as file:
        file.truncate(files.LARGEST + 1)
    assert refusals(tmp_path / "x") == ["x:1: is larger than 5,000,000 bytes, the limit"]


@pytest.mark.parametrize(
    ("raw", "faults"),
    [
        (b"a\nb\xff\n", ["x:2: not UTF-8; save the file as UTF-8"]),
        (b"\xef\xbb\xbfa\n", ["x:1: byte-order mark at the start; save as UTF-8 without BOM"]),
        (b"a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> topic\n",
         ["x:2: merge conflict marker; resolve the conflict", "x:6: merge conflict marker; resolve the conflict"]),
        ("a\nb\u200bc\n\ufffd\n".encode(), ["x:2: hidden character U+200B; remove it", "x:3: hidden character U+FFFD; remove it"]),
    ],
)  # fmt: skip
def test_misleading_text_is_refused_with_its_line(tmp_path: Path, raw: bytes, faults: list[str]):
    (tmp_path / "x").write_bytes(raw)
    assert refusals(tmp_path / "x") == faults


def test_any_line_ending_and_an_underlined_heading_are_accepted(tmp_path: Path):
    (tmp_path / "x").write_bytes(b"Heading\r\n=======\r\ntab\there\r")
    assert files.read_text(tmp_path / "x", "x") == "Heading\n=======\ntab\there\n"
