"""Zips. In: files by name; out: bytes that equal content gives anew; and back, within limits and with names that stay inside."""

import datetime
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from .. import paths

LARGEST = 200_000_000  # bytes of a zip that is read; an edition of a hundred thousand facts has 8 million
UNFOLDED = 1_000_000_000  # bytes of all members; the same edition has 140 million
MEMBERS = 10_000  # 23 charts in two languages are 346
RATIO = 200  # unfolded to folded; text comes to 5, rows much alike to 20, a zip bomb to 1,000
_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, OverflowError, UnicodeDecodeError)


def zipped(files: Iterable[tuple[str, bytes]], when: datetime.datetime) -> bytes:
    """A zip of files by name, all with one date, so that equal content gives equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files:
            info = zipfile.ZipInfo(name, when.timetuple()[:6])
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, raw, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def unzipped(raw: bytes) -> dict[str, bytes]:
    """The files of a zip by name; raises `ValueError`, with every reason, where it is none or must not be unfolded."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            if faults := [*_too_much(members, len(raw)), *_misnamed(members)]:
                raise ValueError("; ".join(faults))
            found = {}
            for member in members:
                with archive.open(member) as file:
                    found[member.filename] = file.read(member.file_size + 1)  # no more, whatever the member unfolds to
            return found
    except _BROKEN as error:
        raise ValueError(f"not a zip that can be unfolded: {error}") from None


def _too_much(members: list[zipfile.ZipInfo], folded: int) -> Iterator[str]:
    unfolded = sum(member.file_size for member in members)
    if len(members) > MEMBERS:
        yield f"{len(members):,} members, more than {MEMBERS:,}"
    if unfolded > min(UNFOLDED, RATIO * folded):
        yield f"unfolds from {folded:,} to {unfolded:,} bytes, more than {UNFOLDED:,} or {RATIO} times"


def _misnamed(members: list[zipfile.ZipInfo]) -> Iterator[str]:
    seen: set[str] = set()
    split = [one.filename.casefold().split("/") for one in members]
    folders = {"/".join(steps[:i]) for steps in split for i in range(1, len(steps))}
    for member in members:
        name = member.orig_filename  # `filename` ends at a NUL
        try:
            paths.relative(name)
        except ValueError as error:
            yield f"member {error}"
        if name.casefold() in seen or name.casefold() in folders:
            yield f"member {name!r} is the name of another member too"
        if member.flag_bits & 1 or member.compress_type not in _WAYS:
            yield f"member {name!r} is encrypted or compressed otherwise than by deflate"
        seen.add(name.casefold())
