"""What is kept from one build to the next, by the hash of all that it is made of. In: a folder, a source; out: what is made of it."""

import functools
import hashlib
import importlib.metadata
import os
from collections.abc import Callable
from pathlib import Path

version = functools.cache(importlib.metadata.version)  # of a library; looked up from disk each time otherwise


def text(cache: Path | None, suffix: str, source: str, make: Callable[[str], str]) -> str:
    """What `make` makes of a source, or what it made of the very same one before: `cache` keeps it, by its hash."""
    return raw(cache, suffix, source, lambda source: str(make(source)).encode()).decode()


def raw(cache: Path | None, suffix: str, source: str, make: Callable[[str], bytes]) -> bytes:
    """As `text`, for what is no text."""
    made_with = f"{version('vl-convert-python')} {source}"
    file = cache / f"{hashlib.sha256(made_with.encode()).hexdigest()}.{suffix}" if cache else None
    if file and file.exists():
        return file.read_bytes()
    made = make(source)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_name(f"{file.name}.{os.getpid()}")  # another process may look for the same file now
        half.write_bytes(made)
        half.replace(file)
    return made
