"""Read complete files, or refuse them with a message. In: a path and its name in messages; out: bytes, text.

A folder, a pipe, an endless file, another encoding, a merge conflict: whatever would hang, crash or mislead is reported
here, before anything looks at the content.
"""

import fnmatch
import re
import stat
import unicodedata
from pathlib import Path

from ..problem import Problem, Problems

LARGEST = 5_000_000  # bytes; a page or a word file has some ten thousand, a schema fewer
LARGEST_TABLE = 500_000_000  # bytes; a hundred thousand facts take a tenth
IGNORED = (".*", "#*", "*~", "*.swp", "*.bak", "*.orig", "*.tmp")  # hidden files, editors' backups and swap files
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)  # Git's; seven equals signs may underline a heading
_HIDDEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")  # general categories of invisible characters
_REPLACEMENT = "\ufffd"  # what a decoder writes for bytes that it cannot decode


def read_bytes(path: Path, name: str, most: int = LARGEST) -> bytes:
    """The bytes of a regular file of at most `most` bytes; raises `Problems` for anything else, such as a pipe or a folder."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise refused(name, f"is a {'folder' if stat.S_ISDIR(found.st_mode) else 'device or pipe'}, not a file")
        if found.st_size > most:
            raise refused(name, f"is larger than {most:,} bytes, the limit")
        return path.read_bytes()
    except FileNotFoundError:
        raise refused(name, "file is missing") from None
    except OSError as error:
        raise refused(name, f"cannot be read: {error.strerror}") from None


def read_text(path: Path, name: str) -> str:
    """The text of a file, with LF line endings; raises `Problems` unless it is UTF-8 without merge conflict markers."""
    return decoded(read_bytes(path, name), name)


def decoded(raw: bytes, name: str) -> str:
    """Decode bytes as `read_text` decodes a file."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refused(name, "not UTF-8; save the file as UTF-8", raw[: error.start].count(b"\n") + 1) from None
    if text.startswith("\ufeff"):
        raise refused(name, "byte-order mark at the start; save as UTF-8 without BOM")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    faults = [(line, "merge conflict marker; resolve the conflict") for line in conflicts(text)]
    faults += [(line, f"hidden character U+{ord(bad):04X}; remove it")
               for line, said in enumerate(text.split("\n"), start=1) if (bad := hidden(said.replace("\t", " ")))]  # fmt: skip
    if faults:
        raise Problems(Problem(name, line, fault) for line, fault in faults)
    return text


def ignored(name: str) -> bool:
    """Whether nothing reads a file or folder of this name: it is hidden, or an editor's copy of another."""
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in IGNORED)


def conflicts(text: str) -> list[int]:
    """The line numbers of merge conflict markers."""
    return [text.count("\n", 0, mark.start()) + 1 for mark in _CONFLICT.finditer(text)]


def refused(name: str, fault: str, line: int = 1) -> Problems:
    """One problem, ready to be raised."""
    return Problems([Problem(name, line, fault)])


def hidden(text: str) -> str:
    """The first invisible or replacement character of a line; empty if there is none."""
    if text.isprintable() and _REPLACEMENT not in text:
        return ""
    return next((c for c in text if c == _REPLACEMENT or unicodedata.category(c) in _HIDDEN), "")
