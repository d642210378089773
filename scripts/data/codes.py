"""Which language a text of the package is in, by its column or property name. In: a descriptor, names; out: language codes, texts.

A name ends in its language code, as in `statement_zh`. A name without a code is in the first of the descriptor's
`languages`: Data Package has `title` and `description`, and ours adds `title_zh`. No other module parses these names.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

TEXTS = ("title", "description")
"""The text properties of Data Package and Table Schema."""
IN_SOURCE_LANGUAGE = {("sources", "title")}
"""Columns, with their table, whose texts are in the language of the source."""
CODE = "(?!(?:id|in)$)[a-z]{2,3}"  # `fact_id` and `fixed_in` have no language


def of(descriptor: Any) -> list[str]:
    """The codes of a package's languages, in order; an empty list if the descriptor has no valid `languages`."""
    listed = descriptor.get("languages") if isinstance(descriptor, Mapping) else None
    known = isinstance(listed, list) and all(isinstance(code, str) and re.fullmatch(CODE, code) for code in listed)
    return list(listed) if isinstance(listed, list) and known else []


def names(stems: Iterable[str], codes: Iterable[str]) -> list[str]:
    """The names of texts in each of these languages, the first without a code; only the stems if there are no languages."""
    _, *others = codes or ("",)
    return [name for stem in stems for name in (stem, *(f"{stem}_{code}" for code in others))]


def text(described: Mapping[str, Any], stem: str, code: str) -> str:
    """A title or description in a language; falls back to the one without a code."""
    return str(described.get(f"{stem}_{code}", described[stem]))


def suffix(column: str, codes: Iterable[str]) -> str:
    """The language code that a column name ends in; empty if it has none."""
    return next((code for code in codes if column.endswith(f"_{code}")), "")


def columns(stem: str, there: Iterable[str], codes: Iterable[str]) -> dict[str, str]:
    """The columns of a text by language code; a column without a code belongs to the first language."""
    found = {match[1] or next(iter(codes), ""): column for column in there
             if (match := re.fullmatch(rf"{stem}(?:_({CODE}))?", column))}  # fmt: skip
    return found


def untranslated(table: str, there: list[str], codes: list[str]) -> Iterator[tuple[str, str]]:
    """Yield `(column, missing column)` for each text that some languages have and others lack.

    Translations of a text in the language of its source are optional.
    """
    stems: dict[str, list[str]] = {}
    for column in there:
        if code := suffix(column, codes):
            stems.setdefault(column.removesuffix(f"_{code}"), []).append(column)
    for stem, some in stems.items():
        first, *others = (f"{stem}_{code}" for code in codes)
        if (table, stem) not in IN_SOURCE_LANGUAGE:
            wanted = [stem if stem in there else first, *others]
            yield from ((some[0], column) for column in wanted if column not in there)
