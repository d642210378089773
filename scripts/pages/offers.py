"""Downloads of the data set: the files of an edition, a citation, a sample. In: `Content`; out: bytes by name."""

import json
from typing import Any

from ..data import verdicts
from ..editions import formats, unfold
from ..editions.store import Frozen
from ..words import citations, lists, works
from ..words.languages import Language
from .content import Content


def files(content: Content, edition: Frozen | None = None) -> dict[str, bytes]:
    """Return an edition's files by name; by default those of data/latest: the newest edition, or the package if there is none."""
    shown = edition or (content.editions[-1] if content.editions else None)
    made = unfold.files(content.project, content.dataset.package, shown, lists.terms(content.languages))
    return made if edition else unfold.latest(made, content.address, content.cited)


def citation_files(content: Content, language: Language) -> dict[str, str]:
    """The citation of the data set in a language, for reference managers: text by file name."""
    work = works.of_package(content.dataset.package, language.code, content.cited)
    return citations.files(work, f"cite.{language.code}" if language.root else "cite")


def sample(content: Content, count: int = 3) -> list[dict[str, Any]]:
    """Up to `count` rows of the flat table: for each verdict, the row with a value and the shortest statements."""
    rows = json.loads(files(content).get(f"json/{formats.derived.FLAT}.json", b"[]"))
    texts = [f"statement_{language.code}" for language in content.languages]
    found: dict[str | None, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: sum(len(row.get(text) or "") for text in texts)):
        if row["value"] is not None:
            found.setdefault(row.get("verdict"), row)
    return [found[verdict] for verdict in (*verdicts.ORDER, None) if verdict in found][:count]


def size(count: int) -> str:
    """Format a number of bytes with decimal units."""
    if count < 1000:
        return f"{count}\u00a0B"
    return f"{count / 1000:.0f}\u00a0kB" if count < 999_500 else f"{count / 1_000_000:.1f}\u00a0MB"
