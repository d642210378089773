"""Files read whole, or refused in a sentence. In: a path and the name that messages give it; out: bytes, text.

A folder, a pipe, a file without end or in another encoding, what a merge left behind: whatever would hang, crash or
mislead is told here, before anything looks at the content.
"""

import fnmatch
import re
import stat
import unicodedata
from pathlib import Path

from ..problem import Problem, Problems

LARGEST = 5_000_000  # bytes; a page or a word file has some ten thousand, a schema fewer
LARGEST_TABLE = 500_000_000  # bytes; a hundred thousand facts take a tenth
PASSED_OVER = (".*", "#*", "*~", "*.swp", "*.bak", "*.orig", "*.tmp")  # hidden files, and editors' copies of others
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)  # Git's; seven equals signs may underline a heading
_HIDDEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")  # classes of characters that nobody sees
_LOST = "\ufffd"  # what a decoder writes in the place of what it cannot read


def read_bytes(path: Path, name: str, most: int = LARGEST) -> bytes:
    """The bytes of a plain file of at most `most` bytes; raises `Problems` for anything else, a pipe or a folder too."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise refused(name, f"is a {'folder' if stat.S_ISDIR(found.st_mode) else 'device or pipe'}, not a file")
        if found.st_size > most:
            raise refused(name, f"is larger than {most:,} bytes, the most that is read")
        return path.read_bytes()
    except FileNotFoundError:
        raise refused(name, "file is missing") from None
    except OSError as error:
        raise refused(name, f"cannot be read: {error.strerror}") from None


def read_text(path: Path, name: str) -> str:
    """The text of a file, with LF at the end of each line; raises `Problems` unless it is UTF-8 without leftovers of a merge."""
    return decoded(read_bytes(path, name), name)


def decoded(raw: bytes, name: str) -> str:
    """Bytes as text, as `read_text` reads those of a file."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refused(name, "not UTF-8; save the file as UTF-8", raw[: error.start].count(b"\n") + 1) from None
    if text.startswith("\ufeff"):
        raise refused(name, "byte-order mark at the start; save as UTF-8 without BOM")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    faults = [(line, "a merge left its mark here; settle the conflict") for line in conflicts(text)]
    faults += [(line, f"hidden character U+{ord(bad):04X}; remove it")
               for line, said in enumerate(text.split("\n"), start=1) if (bad := hidden(said.replace("\t", " ")))]  # fmt: skip
    if faults:
        raise Problems(Problem(name, line, fault) for line, fault in faults)
    return text


def passed_over(name: str) -> bool:
    """Whether a file or folder is hidden, or an editor's copy of another, by its name; nothing reads such ones."""
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in PASSED_OVER)


def conflicts(text: str) -> list[int]:
    """The lines on which a merge left its mark."""
    return [text.count("\n", 0, mark.start()) + 1 for mark in _CONFLICT.finditer(text)]


def refused(name: str, fault: str, line: int = 1) -> Problems:
    """One problem, to be raised."""
    return Problems([Problem(name, line, fault)])


def hidden(text: str) -> str:
    """The first character of a line that nobody sees or that stands for a lost one; empty where there is none."""
    if text.isprintable() and _LOST not in text:
        return ""
    return next((c for c in text if c == _LOST or unicodedata.category(c) in _HIDDEN), "")
