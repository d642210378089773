"""The closed lists of the tables, and what each language calls their members. In: languages; out: rows."""

from collections.abc import Iterable
from typing import NamedTuple

from .languages import Language

CLOSED = {
    ("entities", "kind"): "entity_kinds",
    ("entities", "name_basis"): "name_basis",
    ("speakers", "kind"): "speaker_kinds",
    ("metrics", "unit"): "units",
    ("facts", "kind"): "kinds",
    ("facts", "unit"): "units",
    ("facts", "qualifier"): "qualifiers",
    ("facts", "period_basis"): "period_basis",
    ("figures", "unit"): "units",
    ("figures", "qualifier"): "qualifiers",
    ("evidence", "unit"): "units",
    ("evidence", "qualifier"): "qualifiers",
    ("evidence", "derivation"): "derivations",
    ("checks", "verdict"): "verdicts",
    ("checks", "comparison"): "comparisons",
    ("corrections", "kind"): "correction_kinds",
    ("sources", "reliability"): "reliability",
    ("sources", "date_basis"): "date_basis",
}
"""Closed lists of the tables, and the group of words in which each language names their members."""
_MEANINGS = {"qualifiers": "qualifier_meanings", "kinds": "kind_meanings", "verdicts": "verdict_meanings",
             "comparisons": "comparison_meanings"}  # fmt: skip
_PATTERNS = ("units",)  # written around a number; no names


class Term(NamedTuple):
    """What a value of a closed list is called in a language, and what it means, where the words say so."""

    table: str
    field: str
    value: str
    language: str
    name: str
    meaning: str


def terms(languages: Iterable[Language]) -> tuple[Term, ...]:
    """Every value of every closed list in every language, a row each; units are patterns and have none."""
    return tuple(
        Term(table, field, value, language.code, name, language.words.get(_MEANINGS.get(group, ""), {}).get(value, ""))
        for (table, field), group in CLOSED.items()
        if group not in _PATTERNS
        for language in languages
        for value, name in language.words[group].items()
    )
