"""The facts as JSON, one file each and one for all. In: records, figures, charts; out: texts by path."""

import dataclasses
import textwrap
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from .. import places
from ..data import codes, typed, verdicts
from ..data.dataset import Dataset
from ..data.outside import Check
from ..data.periods import Period
from ..data.records import Fact, Figure
from ..drawing.engine import Chart
from ..reading import documents
from ..words import citations, works
from ..words.languages import Language
from .content import DRAWN, Content

ALL = "facts.json"  # the file of all facts


def charts_of(fact: Fact, drawn: Mapping[str, Chart]) -> list[Chart]:
    """The charts that draw a fact."""
    return [chart for chart in drawn.values() if fact.fact_id in chart.ids]


def files(content: Content, drawn: DRAWN, home: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every JSON file: one for all facts, and one for each.

    Their addresses lie below `home`: the folder of the edition that `content` is of, or empty for the current site.
    A repeated path continues its text: the file of all facts is yielded fact by fact, to bound memory.
    """
    head = {"dataset": _dataset(content)}
    opening, closing = documents.json_text({**head, "facts": [0]}).rsplit("  0", 1)
    yield ALL, opening
    for place, fact in enumerate(content.dataset.facts.values()):
        value = _fact(content, drawn, home, fact)
        yield ALL, (",\n" if place else "") + textwrap.indent(documents.json_text(value).rstrip("\n"), "  ")
        yield f"{places.fact(fact.fact_id)}.json", documents.json_text({**head, **value})
    yield ALL, closing
    for one in content.dataset.withdrawn("fact"):
        path = places.fact(one.withdrawn_id)
        gone = {"withdrawn": _plain(one), "address": _address(content, f"{home}{path}/")}
        yield f"{path}.json", documents.json_text(head | gone)


def _dataset(content: Content) -> dict[str, Any]:
    """The data set's name, version, licence and sources; if `address` is null, addresses are relative to the root."""
    descriptor = content.dataset.package.descriptor
    return {
        "name": descriptor["name"],
        "title": content.each(lambda one: codes.text(descriptor, "title", one.code)),
        "version": content.version,
        "created": descriptor["created"],
        "licence": descriptor["licenses"][0],
        "address": content.address or None,
        "count": len(content.dataset.facts),
        "source": _plain(content.dataset.article),
        **({"reports": [_plain(one) for one in content.dataset.reports]} if content.dataset.reports[1:] else {}),
    }


def _fact(content: Content, drawn: DRAWN, home: str, fact: Fact) -> dict[str, Any]:
    """A fact's row under its column names, then the records it refers to or that refer to it."""
    data, tag = content.dataset, content.tag_of(fact.fact_id)
    return {
        **_plain(fact),
        "address": _address(content, f"{home}{places.fact(fact.fact_id)}/"),
        "json": f"{content.address}{home}{places.fact(fact.fact_id)}.json",
        "frozen": _address(content, f"{places.fact(fact.fact_id, tag)}/") if tag else None,
        "words": content.each(lambda language: _words(data, language, fact)),
        "entities": [_plain(entity) for entity in data.entities_of(fact)],
        "metric": _plain(data.metrics.get(fact.metric_id)),
        "speaker": _plain(data.speakers.get(fact.speaker_id)),
        "caveats": [_plain(caveat) for caveat in data.caveats_of(fact.fact_id)],
        "verdict": verdicts.overall(data, fact.fact_id) or None,
        "parts": {entity: verdict for entity, verdict in verdicts.parts(data, fact.fact_id).items() if entity} or None,
        "checks": [_check(data, check) for check in data.checks_of(fact.fact_id)],
        "replies": [_plain(one) for one in data.replies_of(fact.fact_id)],
        "corrections": [_plain(one) for one in data.corrections_of(fact.fact_id)],
        "charts": [_chart(content, drawn, chart.slug) for chart in charts_of(fact, next(iter(drawn.values()), {}))],
        "citations": content.each(lambda one: citations.texts(work(content, one, fact))),
        "figures": [_figure(content, home, figure) for figure in data.figures_of(fact.fact_id)],
    }


def _words(data: Dataset, language: Language, fact: Fact) -> dict[str, str]:
    """A fact's cells as the register shows them in a language; empty ones are omitted."""
    words = language.words
    texts = {
        "value": "" if fact.value is None else language.value(fact),
        "hedge": words["qualifiers"][fact.qualifier],
        "kind": words["kinds"][fact.kind],
        "period": language.period(fact.period),
        "period_basis": words["period_basis"].get(fact.period_basis, ""),
        "verdict": words["verdicts"].get(verdicts.overall(data, fact.fact_id), ""),
    }
    return {name: str(text) for name, text in texts.items() if text}


def work(content: Content, language: Language, fact: Fact) -> works.Work:
    """The citation record of a fact: in the newest edition if that has it, else on the current site."""
    tag = content.tag_of(fact.fact_id)
    home = f"{content.address}{language.root}{f'{places.edition(tag)}/' if tag else ''}"
    return works.of_fact(content.dataset, fact, language.code, content.address and home)


def _check(data: Dataset, check: Check) -> dict[str, Any]:
    """A check with its evidence, and the evidence with its source."""
    evidence = data.evidence.get(check.evidence_id)
    source = {"source": _plain(data.sources[evidence.source_id])} if evidence else {}
    return {**_plain(check), "evidence": {**_plain(evidence), **source} if evidence else None}


def _chart(content: Content, drawn: DRAWN, slug: str) -> dict[str, Any]:
    title = content.each(lambda language: drawn[language.code][slug].title)
    return {"slug": slug, "title": title, "address": _address(content, f"{places.chart(slug)}/")}


def _figure(content: Content, home: str, figure: Figure) -> dict[str, Any]:
    """A figure with its inputs, as each language writes it, and on the current site the address of its list entry."""

    def placed(language: Language) -> str:
        page = content.place(language, "", "figures")
        return f"{content.address}{language.root}{page}#figure-{figure.figure_id}"

    return {
        **_plain(figure),
        "inputs": {symbol: fact.fact_id for symbol, fact in content.dataset.inputs_of(figure).items()},
        "words": content.each(lambda language: language.derived(figure)),
        "address": None if home else content.each(placed),
    }


def _address(content: Content, path: str) -> dict[str, str]:
    """The address of a page in each language, absolute if the site has an address."""
    return content.each(lambda language: f"{content.address}{language.root}{path}")


def _plain(value: Any) -> Any:
    """Convert a record or a cell to JSON values: times as EDTF, numbers as numbers, null for an empty cell."""
    if dataclasses.is_dataclass(value) and not isinstance(value, Period):
        cells: dict[str, Any] = {}
        for name in (field.name for field in dataclasses.fields(value) if field.name != "line"):
            cell, stem = _plain(getattr(value, name)), typed.TRANSLATED.get(name)
            # a translated text is flattened to its columns, one for each language
            cells |= {f"{stem}_{code}": text for code, text in cell.items()} if stem else {name: cell}
        return cells
    if isinstance(value, Mapping):
        return {key: _plain(cell) for key, cell in value.items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Period):
        return value.text
    return None if value == "" else value
