"""Which language a text of the package is in, by its name. In: a descriptor, names; out: codes of languages, texts.

A name ends in the code of its language, as in `statement_zh`. One without a code is in the first of the descriptor's
`languages`: Data Package has `title` and `description`, and ours adds `title_zh`. No other module takes a name apart.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

TEXTS = ("title", "description")
"""What Data Package and Table Schema call the texts of a thing."""
OWN = {("sources", "title")}
"""The columns that are in the language of their source, by table."""
CODE = "(?!(?:id|in)$)[a-z]{2,3}"  # `fact_id` and `fixed_in` are in no language


def of(descriptor: Any) -> list[str]:
    """The codes of a package's languages, the first in front; none where the descriptor has no such list."""
    listed = descriptor.get("languages") if isinstance(descriptor, Mapping) else None
    known = isinstance(listed, list) and all(isinstance(code, str) and re.fullmatch(CODE, code) for code in listed)
    return list(listed) if isinstance(listed, list) and known else []


def names(stems: Iterable[str], codes: Iterable[str]) -> list[str]:
    """What texts without a code in the first language are called in all of these; without any, by their stems alone."""
    _, *others = codes or ("",)
    return [name for stem in stems for name in (stem, *(f"{stem}_{code}" for code in others))]


def text(described: Mapping[str, Any], stem: str, code: str) -> str:
    """A title or description in a language; the one without a code where there is none."""
    return str(described.get(f"{stem}_{code}", described[stem]))


def end(column: str, codes: Iterable[str]) -> str:
    """The code that the name of a column ends in, or nothing."""
    return next((code for code in codes if column.endswith(f"_{code}")), "")


def columns(stem: str, there: Iterable[str], codes: Iterable[str]) -> dict[str, str]:
    """The columns of a text by code: those that bear one, and the one that bears none as the first language's."""
    found = {match[1] or next(iter(codes), ""): column for column in there
             if (match := re.fullmatch(rf"{stem}(?:_({CODE}))?", column))}  # fmt: skip
    return found


def lacking(table: str, there: list[str], codes: list[str]) -> Iterator[tuple[str, str]]:
    """Yield `(column, one that is missing)`: a text that is there in one language is there in all.

    Translations of what a table has in the language of its source are free.
    """
    stems: dict[str, list[str]] = {}
    for column in there:
        if code := end(column, codes):
            stems.setdefault(column.removesuffix(f"_{code}"), []).append(column)
    for stem, some in stems.items():
        first, *others = (f"{stem}_{code}" for code in codes)
        if (table, stem) not in OWN:
            wanted = [stem if stem in there else first, *others]
            yield from ((some[0], column) for column in wanted if column not in there)
