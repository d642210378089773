"""Pack and unpack zips. Equal files give equal bytes; unpacking has limits and refuses names that leave the folder."""

import datetime
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from .. import paths

LARGEST = 200_000_000  # bytes of a zip; an edition of a hundred thousand facts has 8 million
UNPACKED = 1_000_000_000  # bytes of all members; the same edition has 140 million
MEMBERS = 10_000  # 23 charts in two languages are 346
RATIO = 200  # unpacked to packed size; text has 5, very similar rows 20, a zip bomb 1,000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, OverflowError, UnicodeDecodeError)


def zipped(files: Iterable[tuple[str, bytes]], when: datetime.datetime) -> bytes:
    """Pack files by name into a zip, all with one timestamp, so that equal files give equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files:
            info = zipfile.ZipInfo(name, when.timetuple()[:6])
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, raw, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def unzipped(raw: bytes) -> dict[str, bytes]:
    """Unpack a zip into its files by name; raises `ValueError`, with every reason, if it is not a zip or is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            if faults := [*_too_much(members, len(raw)), *_misnamed(members)]:
                raise ValueError("; ".join(faults))
            found = {}
            for member in members:
                with archive.open(member) as file:
                    found[member.filename] = file.read(member.file_size + 1)  # no more, if that is understated
            return found
    except _BROKEN as error:
        raise ValueError(f"not a zip that can be unpacked: {error}") from None


def _too_much(members: list[zipfile.ZipInfo], packed: int) -> Iterator[str]:
    unpacked = sum(member.file_size for member in members)
    if len(members) > MEMBERS:
        yield f"{len(members):,} members, more than {MEMBERS:,}"
    if unpacked > min(UNPACKED, RATIO * packed):
        yield f"unpacks from {packed:,} to {unpacked:,} bytes, more than {UNPACKED:,} or {RATIO} times"


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
            yield f"member {name!r} collides with another member"
        if member.flag_bits & 1 or member.compress_type not in _METHODS:
            yield f"member {name!r} is encrypted, or not compressed by deflate"
        seen.add(name.casefold())
