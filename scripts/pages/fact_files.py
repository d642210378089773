"""The facts as JSON, each by itself and all in one file. In: records, figures, charts; out: texts by their place."""

import dataclasses
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .. import places
from ..data import codes, records, verdicts
from ..data.dataset import Dataset
from ..data.periods import Period
from ..data.records import Check, Fact, Figure
from ..drawing.engine import Chart
from ..reading import documents
from ..words import citations, works
from ..words.languages import Language

ALL = "facts.json"  # the file of all facts


def charts_of(fact: Fact, drawn: Mapping[str, Chart]) -> list[Chart]:
    """The charts that draw a fact."""
    return [chart for chart in drawn.values() if fact.fact_id in chart.ids]


@dataclass(frozen=True, slots=True)
class Register:
    """All that the JSON tells: records, languages, charts by language and slug, the site's address or ""."""

    dataset: Dataset
    languages: list[Language]
    drawn: Mapping[str, Mapping[str, Chart]]
    address: str = ""
    version: str = ""
    places: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)
    """Where each list stands, by language (`outline.places`)."""
    home: str = ""
    """Where the files lie, below the site's root: an edition's folder, or nothing for the moving ones."""
    frozen: Mapping[str, str] = field(default_factory=dict)
    """The edition that a citation of a fact leads to, by its id, as addresses have it."""


def files(register: Register) -> Iterator[tuple[str, str]]:
    """Yield the path below the site's root and the text of every JSON file: one for all facts, and one for each.

    A path that comes again goes on with the text: the file of all facts is told fact by fact, however many there are.
    """
    head = {"dataset": _dataset(register)}
    opening, closing = documents.json_text({**head, "facts": [0]}).rsplit("  0", 1)
    yield ALL, opening
    for place, fact in enumerate(register.dataset.facts.values()):
        told = _fact(register, fact)
        yield ALL, (",\n" if place else "") + textwrap.indent(documents.json_text(told).rstrip("\n"), "  ")
        yield f"{places.fact(fact.fact_id)}.json", documents.json_text({**head, **told})
    yield ALL, closing
    for one in register.dataset.withdrawn("fact"):
        address = _address(register, f"{register.home}{places.fact(one.withdrawn_id)}/")
        yield (
            f"{places.fact(one.withdrawn_id)}.json",
            documents.json_text({**head, "withdrawn": _plain(one), "address": address}),
        )


def _dataset(register: Register) -> dict[str, Any]:
    """Name, version and licence; without an address of its own, all addresses start from the root of the site."""
    descriptor = register.dataset.package.descriptor
    return {
        "name": descriptor["name"],
        "title": _each(register, lambda some: codes.text(descriptor, "title", some.code)),
        "version": register.version or descriptor["version"],
        "created": descriptor["created"],
        "licence": descriptor["licenses"][0],
        "address": register.address or None,
        "count": len(register.dataset.facts),
        "source": _plain(register.dataset.article),
        **({"reports": [_plain(one) for one in register.dataset.reports]} if register.dataset.reports[1:] else {}),
    }


def _fact(register: Register, fact: Fact) -> dict[str, Any]:
    """The row of a fact under the names of its columns, then what it is tied to, in the order of the article."""
    data, tag = register.dataset, register.frozen.get(fact.fact_id, "")
    return {
        **_plain(fact),
        "address": _address(register, f"{register.home}{places.fact(fact.fact_id)}/"),
        "json": f"{register.address}{register.home}{places.fact(fact.fact_id)}.json",
        "frozen": _address(register, f"{places.fact(fact.fact_id, tag)}/") if tag else None,
        "words": _each(register, lambda language: _words(data, language, fact)),
        "entities": [_plain(entity) for entity in data.entities_of(fact)],
        "metric": _plain(data.metrics.get(fact.metric_id)),
        "speaker": _plain(data.speakers.get(fact.speaker_id)),
        "caveats": [_plain(caveat) for caveat in data.caveats_of(fact.fact_id)],
        "verdict": verdicts.overall(data, fact.fact_id) or None,
        "parts": {entity: verdict for entity, verdict in verdicts.parts(data, fact.fact_id).items() if entity} or None,
        "checks": [_check(data, check) for check in data.checks_of(fact.fact_id)],
        "replies": [_plain(one) for one in data.replies_of(fact.fact_id)],
        "corrections": [_plain(one) for one in data.corrections_of(fact.fact_id)],
        "charts": [_chart(register, chart.slug) for chart in charts_of(fact, next(iter(register.drawn.values()), {}))],
        "citations": _each(register, lambda some: citations.texts(work(data, fact, some, register.address, tag))),
        "figures": [_figure(register, figure) for figure in data.figures_of(fact.fact_id)],
    }


def _words(data: Dataset, language: Language, fact: Fact) -> dict[str, str]:
    """How the register writes a fact's cells in a language; what a fact has not is left out."""
    words = language.words
    told = {
        "value": "" if fact.value is None else language.value(fact),
        "hedge": words["qualifiers"][fact.qualifier],
        "kind": words["kinds"][fact.kind],
        "period": language.period(fact.period),
        "period_basis": words["period_basis"].get(fact.period_basis, ""),
        "verdict": words["verdicts"].get(verdicts.overall(data, fact.fact_id), ""),
    }
    return {name: str(text) for name, text in told.items() if text}


def work(dataset: Dataset, fact: Fact, language: Language, address: str, tag: str = "") -> works.Work:
    """The record of a fact, to be cited: as the edition `tag` has it, or as it moves; `address` is that of the site, or nothing."""
    home = f"{address}{language.root}{f'{places.edition(tag)}/' if tag else ''}"
    return works.of_fact(dataset, fact, language.code, address and home)


def _check(data: Dataset, check: Check) -> dict[str, Any]:
    """A check with its evidence, and the evidence with its source."""
    evidence = data.evidence.get(check.evidence_id)
    source = {"source": _plain(data.sources[evidence.source_id])} if evidence else {}
    return {**_plain(check), "evidence": {**_plain(evidence), **source} if evidence else None}


def _chart(register: Register, slug: str) -> dict[str, Any]:
    title = _each(register, lambda language: register.drawn[language.code][slug].title)
    return {"slug": slug, "title": title, "address": _address(register, f"{places.chart(slug)}/")}


def _figure(register: Register, figure: Figure) -> dict[str, Any]:
    """A derived number with its inputs, as each language writes it, and where it is listed, if it is."""

    def placed(language: Language) -> str:
        page = register.places[language.code].get("figures", "")
        return f"{register.address}{language.root}{page}#figure-{figure.figure_id}"

    return {
        **_plain(figure),
        "inputs": {symbol: fact.fact_id for symbol, fact in register.dataset.inputs_of(figure).items()},
        "words": _each(register, lambda language: language.derived(figure)),
        "address": _each(register, placed) if register.places else None,
    }


def _each(register: Register, tell: Callable[[Language], Any]) -> dict[str, Any]:
    return {language.code: tell(language) for language in register.languages}


def _address(register: Register, path: str) -> dict[str, str]:
    """The address of a page in each language, absolute where the site has an address."""
    return _each(register, lambda language: f"{register.address}{language.root}{path}")


def _plain(value: Any) -> Any:
    """A record, or a cell of one, as JSON has it: times as EDTF, numbers as numbers, nothing for an empty cell."""
    if dataclasses.is_dataclass(value) and not isinstance(value, Period):
        told: dict[str, Any] = {}
        for name in (field.name for field in dataclasses.fields(value) if field.name != "line"):
            cell, stem = _plain(getattr(value, name)), records.TRANSLATED.get(name)
            # a translation stands under the name of its column, as the text that it translates does
            told |= {f"{stem}_{code}": text for code, text in cell.items()} if stem else {name: cell}
        return told
    if isinstance(value, Mapping):
        return {key: _plain(cell) for key, cell in value.items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Period):
        return value.text
    return None if value == "" else value
