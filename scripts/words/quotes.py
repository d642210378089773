"""Fill `{{ kind id }}` and `{{ kind id form }}` in prose from the dataset. In: text; out: text, problems.

Kinds: `fact` (forms value, bare, period, statement, speaker, and unmarked, whose sign a later `mark` shows), `figure` (value, bare), `entity` (both), `term`, `source` (published, accessed), `caveat`,
`evidence` (as fact), `count` (rows of a table), and the blocks that the caller passes: `chart`, `list`, `check`,
`address` and `name` (of the files to download).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .. import places
from ..data import verdicts
from ..data.dataset import Dataset
from ..data.outside import Evidence
from ..data.records import Caveat, Entity, Fact, Figure, Source, Term
from ..problem import Problem, did_you_mean
from . import markup, reports
from .languages import Language

QUOTE = re.compile(r"\{\{[ \t]*([a-z]+)[ \t]+([a-z0-9_-]+)(?:[ \t]+([a-z]+))?[ \t]*\}\}")
_SIGNS = str.maketrans("*/-", "×÷−")
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}")


@dataclass(frozen=True, slots=True)
class Context:
    """What quotes are filled from: records, the language, and the relative path from the page to its site's root.

    `places` has the address of the page with each list (`outline.places`); links lead to rows there.
    """

    dataset: Dataset
    language: Language
    root: str = ""
    plain: bool = False
    blocks: Mapping[str, Mapping[str, Callable[[], str]]] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def place(self, listed: str) -> str:
        """The relative link to the page with a list; to the home page where none has it, which `check` reports."""
        return self.root + self.places.get(listed, "")


def fill(text: str, context: Context, path: str, first_line: int = 1) -> tuple[str, list[Problem]]:
    """Fill every quote; unknown kinds, ids and forms and stray braces are returned as problems."""
    problems: list[Problem] = []

    def one(match: re.Match[str]) -> str:
        try:
            return _value(context, match[1], match[2], match[3] or "")
        except LookupError as error:
            line = first_line + text.count("\n", 0, match.start())
            problems.append(Problem(path, line, f"quote {match[0]}: {error.args[0]}"))
            return match[0]

    filled = QUOTE.sub(one, text)
    for found in QUOTE.finditer(text):
        rest = text[found.end() :].partition("\n")[0]
        if found[3] == "unmarked" and found[2] not in ids(rest, "mark"):
            line = first_line + text.count("\n", 0, found.start())
            problems.append(Problem(path, line, f"quote {found[0]}: no {{{{ mark {found[2]} }}}} follows on its line"))
    for stray in _BRACES.finditer(QUOTE.sub(lambda m: " " * len(m[0]), text)):
        line = first_line + text.count("\n", 0, stray.start())
        problems.append(Problem(path, line, f"{stray[0]!r} is not a quote; write {{{{ fact some-id }}}}"))
    return filled, problems


def ids(text: str, kind: str) -> list[str]:
    """The ids in a text's quotes of one kind, in order."""
    return [match[2] for match in QUOTE.finditer(text) if match[1] == kind]


def note(fact: Fact, context: Context) -> str:
    """The note of a quoted number: speaker, locator, time and hedge of its fact."""
    words, code = context.language.words, context.language.code
    known = context.dataset.speakers.get(fact.speaker_id)
    basis = words["period_basis"].get(fact.period_basis, "")
    when = f"{context.language.period(fact.period)}{words['joins']['basis'].format(basis)}" if fact.period else basis
    hedge = words["qualifiers"].get(fact.qualifier, "")
    where = reports.where(context.dataset, context.language, fact)
    return str(
        words["joins"]["note"].format(speaker=known.name[code] if known else "", locator=where, when=when, hedge=hedge)
    )


def formula(figure: Figure, values: Mapping[str, str]) -> str:
    """The formula of a derived number with ×, ÷ and −, and these values in place of its letters."""
    drawn = figure.formula.translate(_SIGNS)
    return re.sub("[a-z]", lambda letter: values.get(letter[0], letter[0]), drawn)


def _value(context: Context, kind: str, name: str, form: str) -> str:
    kinds: dict[str, tuple[Mapping[str, Any], Callable[..., str], tuple[str, ...]]] = {
        "fact": (context.dataset.facts, _fact, ("", "bare", "short", "period", "statement", "speaker", "unmarked")),
        "mark": (context.dataset.facts, lambda context, fact, *_: _mark(context, fact), ("",)),
        "figure": (context.dataset.figures, _figure, ("", "bare")),
        "entity": (context.dataset.entities, _entity, ("", "both")),
        "term": (context.dataset.glossary, _term, ("",)),
        "source": (context.dataset.sources, _source, ("", "published", "accessed", "link")),
        "caveat": (context.dataset.caveats, _caveat, ("",)),
        "evidence": (context.dataset.evidence, _evidence, ("", "bare", "short", "period", "statement", "speaker")),
        "count": (context.dataset.package.tables, lambda context, table, *_: f"{len(table.frame):d}", ("",)),
    }
    kinds |= {block: (found, lambda context, make, *_: make(), ("",)) for block, found in context.blocks.items()}
    if kind not in kinds:
        raise LookupError(f"no quotes of kind {kind!r}{did_you_mean(kind, kinds)}")
    known, render, forms = kinds[kind]
    if name not in known:
        raise LookupError(f"no {kind} {name!r}{did_you_mean(name, known)}")
    if form not in forms:
        raise LookupError(f"no form {form!r}{did_you_mean(form, forms)}")
    return render(context, known[name], form, name)


def _linked(context: Context, text: str, page: str, css: str, mark: str = "") -> str:
    if context.plain:
        return text
    noted = f' data-note="{markup.attribute(mark)}"' if mark else ""
    return f'<a class="{css}" href="{page}"{noted}>{markup.inline(text)}</a>'


def _fact(context: Context, fact: Fact, form: str, name: str) -> str:
    text = _form(context.language, fact, form)
    if form == "speaker":
        text = context.dataset.speakers[fact.speaker_id].name[context.language.code]
    link = _linked(context, text, f"{context.root}{places.fact(name)}/", "quote", note(fact, context))
    return link if form in ("unmarked", "speaker") else link + _mark(context, fact)


def _form(language: Language, row: Fact | Evidence, form: str) -> str:
    if form == "statement":
        return row.statement[language.code]
    if form == "period":
        return language.period(row.period)
    if form == "short":
        return language.short(row)
    if form == "bare" and row.value is not None:
        return language.amount(row.value, row.unit)
    return language.value(row)


def _mark(context: Context, fact: Fact) -> str:
    """The mark after a quoted fact that other sources contradict, wholly or partly, linked to its checks; else an empty string."""
    words, verdict = context.language.words, verdicts.overall(context.dataset, fact.fact_id)
    if context.plain or verdict not in words["marks"]:
        return ""
    said = verdicts.decisive(context.dataset, fact.fact_id).note[context.language.code]
    label = f"{words['labels']['others_say']}{words['labels']['colon']}{said}"
    return (
        f'<a class="doubt" href="{context.place("checked")}#{fact.fact_id}" data-note="{markup.attribute(label)}" '
        f'aria-label="{markup.attribute(words["verdicts"][verdict])}">{markup.inline(words["marks"][verdict])}</a>'
    )


def _evidence(context: Context, evidence: Evidence, form: str, name: str) -> str:
    words, source = context.language.words, context.dataset.sources[evidence.source_id]
    text = context.language.source(source) if form == "speaker" else _form(context.language, evidence, form)
    mark = words["joins"]["outside"].format(
        publisher=context.language.source(source),
        when=context.language.period(evidence.period),
        how=words["derivations"][evidence.derivation],
    )
    return _linked(context, text, f"{context.place('evidence')}#{name}", "quote quote--outside", mark)


def _figure(context: Context, figure: Figure, form: str, name: str) -> str:
    language, inputs = context.language, context.dataset.inputs_of(figure)
    text = language.derived(figure, bare=form == "bare")
    shown = formula(figure, {symbol: _form(language, fact, "bare") for symbol, fact in inputs.items()})
    mark = str(language.words["joins"]["derived"].format(formula=shown))
    return _linked(context, text, f"{context.place('figures')}#figure-{name}", "quote quote--derived", mark)


def _entity(context: Context, entity: Entity, form: str, name: str) -> str:
    names = entity.name
    text = names[context.language.code]
    others = [other for code, other in names.items() if code != context.language.code and other != text]
    if form == "both" and others:
        text = context.language.words["joins"]["both_names"].format(text, others[0])
    return _linked(context, text, f"{context.place('entities')}#{name}", "entity")


def _term(context: Context, term: Term, form: str, name: str) -> str:
    return _linked(context, term.term[context.language.code], f"{context.place('glossary')}#{name}", "term")


def _source(context: Context, source: Source, form: str, name: str) -> str:
    if not form:
        return _linked(
            context, source.titled(context.language.code), f"{context.place('sources')}#source-{name}", "source"
        )
    day = markup.inline(context.language.period(source.accessed if form == "accessed" else source.published))
    if form == "link" and source.link and not context.plain:
        return f'<a class="source" href="{markup.attribute(source.link)}">{day}</a>'
    return day


def _caveat(context: Context, caveat: Caveat, form: str, name: str) -> str:
    text = caveat.sentence[context.language.code]
    return text if context.plain else markup.inline(text)
