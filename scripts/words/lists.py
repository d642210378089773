"""The closed lists of the tables, and what each language calls their members. In: languages; out: rows."""

from collections.abc import Sequence
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
DERIVED, LANGUAGE = "derived", "language"  # in the place of a field: what is worked out, and the languages of columns
_PATTERNS = ("units",)  # written around a number; no names


class Term(NamedTuple):
    """What a value of a closed list is called in a language, and what it means, where the words say so."""

    table: str
    field: str
    value: str
    language: str
    name: str
    meaning: str


def terms(languages: Sequence[Language]) -> tuple[Term, ...]:
    """Every value of every closed list in every language, a row each; units are patterns and have none.

    Then, as values of no table, what columns that are worked out are called, and each language's name as it follows another.
    """
    names = [Term("", DERIVED, key, one.code, name, one.words[f"{DERIVED}_meanings"][key])
             for one in languages for key, name in one.words[DERIVED].items()]  # fmt: skip
    names += [
        Term("", LANGUAGE, other.code, one.code, _of_columns(one, other), "")
        for one in languages
        for other in languages
    ]
    return *names, *(
        Term(table, field, value, language.code, name, language.words.get(_MEANINGS.get(group, ""), {}).get(value, ""))
        for (table, field), group in CLOSED.items()
        if group not in _PATTERNS
        for language in languages
        for value, name in language.words[group].items()
    )


def _of_columns(one: Language, other: Language) -> str:
    """How a title of a column says in one language that its texts are in another."""
    name = one.words["languages"].get(other.code) or one.locale.languages.get(
        other.locale.language, other.words["name"]
    )
    return str(one.words["joins"]["basis"].format(name))
