"""The closed lists of the tables, and the names of their values in each language. In: languages; out: rows."""

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
"""Closed lists by table and field, and the group of `_language.yml` that names their values."""
_MEANINGS = {"qualifiers": "qualifier_meanings", "kinds": "kind_meanings", "verdicts": "verdict_meanings",
             "comparisons": "comparison_meanings"}  # fmt: skip
DERIVED, LANGUAGE = "derived", "language"  # in place of a field: computed columns, and the languages of columns
_PATTERNS = ("units",)  # patterns around a number, not names


class Term(NamedTuple):
    """The name of a value of a closed list in a language, and its meaning where `_language.yml` has one."""

    table: str
    field: str
    value: str
    language: str
    name: str
    meaning: str


def terms(languages: Sequence[Language]) -> tuple[Term, ...]:
    """Every value of every closed list in every language, a row each, except units, which are patterns.

    First, as values of no table, the names of computed columns, and each language's name as the suffix of a column's title.
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
    """The suffix of a column's title in language `one` where its texts are in language `other`."""
    name = one.words["languages"].get(other.code) or one.locale.languages.get(
        other.locale.language, other.words["name"]
    )
    return str(one.words["joins"]["basis"].format(name))
