"""Zips are reproducible byte for byte, and are unpacked within limits and under names that stay in their folder."""

import datetime
import io
import struct
import zipfile

import pytest

from scripts.reading import archives

WHEN = datetime.datetime(2022, 3, 10)


def packed(*members: tuple[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip whose members may have any name, as an attacker would write it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", way) as archive:
        for name, raw in members:
            info = zipfile.ZipInfo("x", WHEN.timetuple()[:6])
            info.filename = name  # `ZipInfo(name)` would normalise it
            archive.writestr(info, raw, way)
    return buffer.getvalue()


def refused(raw: bytes) -> str:
    with pytest.raises(ValueError, match=r"\w") as error:
        archives.unzipped(raw)
    return str(error.value)


def test_files_round_trip_through_a_zip_to_the_same_bytes():
    files = {"data/facts.csv": b"a\n1\n", "README.md": "退潮".encode()}
    raw = archives.zipped(files.items(), WHEN)
    assert archives.unzipped(raw) == files
    assert archives.zipped(archives.unzipped(raw).items(), WHEN) == raw


@pytest.mark.parametrize("name", ["../../index.html", "/etc/passwd", "a\\..\\x", "data/", "README\0.md"])
def test_member_without_a_portable_name_below_the_folder_is_refused(name: str):
    placeholder = "x" * len(name)  # `zipfile` cuts a name off at a NUL
    assert refused(packed((placeholder, b"-")).replace(placeholder.encode(), name.encode())).startswith(
        f"member {name!r} "
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(("names", "twice"), [
    (("a.csv", "a.csv"), "a.csv"), (("a.csv", "A.csv"), "A.csv"), (("data/x/y.csv", "Data"), "Data"), (("data", "data/x"), "data"),
])  # fmt: skip
def test_members_that_would_be_one_file_are_refused(names: tuple[str, str], twice: str):
    assert refused(packed(*((name, b"x") for name in names))) == f"member {twice!r} collides with another member"


def test_zip_bomb_is_refused_before_it_is_unpacked():
    raw = packed(("facts.csv", b"0" * 10_000_000))
    assert refused(raw) == f"unpacks from {len(raw):,} to 10,000,000 bytes, more than 1,000,000,000 or 200 times"


def test_zip_bomb_that_understates_its_size_is_unpacked_only_to_that_size():
    size = 10_000_000
    raw = packed(("facts.csv", b"0" * size)).replace(struct.pack("<I", size), struct.pack("<I", 10))
    assert refused(raw) == "not a zip that can be unpacked: Bad CRC-32 for file 'facts.csv'"


def test_too_many_members_are_refused():
    raw = packed(*((f"{number}", b"some text") for number in range(archives.MEMBERS + 1)))
    assert refused(raw) == "10,001 members, more than 10,000"


def test_encrypted_member_or_another_compression_than_deflate_is_refused():
    encrypted = bytearray(packed(("a", b"x")))
    encrypted[encrypted.index(b"PK\x01\x02") + 8] |= 1  # the flag in the central directory (APPNOTE, 4.4.4)
    others = [packed(("a", b"x"), way=way) for way in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)]
    for raw in (bytes(encrypted), *others):
        assert refused(raw) == "member 'a' is encrypted, or not compressed by deflate"


@pytest.mark.parametrize("raw", [b"", b"no zip", b"PK\x05\x06"])
def test_bytes_that_are_no_zip_are_refused(raw: bytes):
    assert refused(raw) == "not a zip that can be unpacked: File is not a zip file"


def test_zip_truncated_or_altered_at_any_byte_is_refused_or_yields_original_contents():
    files = {"data/facts.csv": b"a\n1\n" * 9, "README.md": b"words"}
    raw = archives.zipped(files.items(), WHEN)
    told = set()
    for place in range(len(raw)):
        for damaged in (raw[:place], raw[:place] + bytes([raw[place] ^ 255]) + raw[place + 1 :]):
            try:
                found = archives.unzipped(damaged)
            except ValueError as error:
                told.add(str(error).split(":")[0])
            else:
                assert set(found.values()) <= set(files.values())
    assert "not a zip that can be unpacked" in told
