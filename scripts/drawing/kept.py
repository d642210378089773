"""A file cache between builds, keyed by a hash of the input. In: a folder, a source; out: what is made from it; checksums of code."""

import functools
import hashlib
import importlib.metadata
import os
from collections.abc import Callable
from pathlib import Path

from ..paths import SCRIPTS

_CODE = (".py", ".html", ".yml")
version = functools.cache(importlib.metadata.version)  # of a library; cached, since each lookup reads the disk


@functools.cache
def code(*rooms: str) -> str:
    """A checksum of the code, templates and data files in some folders of scripts/, by default in all of it except charts."""
    homes = [SCRIPTS / room for room in rooms] or [room for room in SCRIPTS.glob("[!.]*") if room.name != "charts"]
    found = {file for home in homes for file in (home, *home.rglob("[!.]*")) if file.suffix in _CODE}
    parts = [f"{file.relative_to(SCRIPTS)} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in sorted(found)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def text(cache: Path | None, suffix: str, source: str, make: Callable[[str], str]) -> str:
    """Return `make(source)`, from the folder `cache` if the same source is there; without a folder always made again."""
    return raw(cache, suffix, source, lambda source: str(make(source)).encode()).decode()


def raw(cache: Path | None, suffix: str, source: str, make: Callable[[str], bytes]) -> bytes:
    """As `text`, for bytes."""
    made_with = f"{version('vl-convert-python')} {source}"
    file = cache / f"{hashlib.sha256(made_with.encode()).hexdigest()}.{suffix}" if cache else None
    if file and file.exists():
        return file.read_bytes()
    made = make(source)
    if file:
        put(file, made)
    return made


def put(file: Path, made: bytes) -> None:
    """Write a file that appears complete or not at all: another process may be reading or writing the same one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f"{file.name}.{os.getpid()}")
    half.write_bytes(made)
    half.replace(file)
