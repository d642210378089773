"""A chart's data, specification and metadata, for readers and programs. In: `Chart`; out: CSV, Vega-Lite, JSON."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pandas

from .. import places
from ..data import codes, verdicts
from ..data.dataset import Dataset
from ..data.outside import Evidence
from ..data.records import Fact
from ..drawing import pictures
from ..drawing.engine import Chart
from ..editions import described, store
from ..reading import documents
from ..words import citations, works
from ..words.languages import Language
from .content import Content

_FORMULA = re.compile(r"^(?=[=+@\t\r]|-(?![\d.]))")  # what a spreadsheet would evaluate; negative numbers pass


def table(chart: Chart) -> bytes:
    """The chart's table as CSV with the ids of its rows, in the dialect of all our CSV files: UTF-8, LF, no byte-order mark."""
    ids = [name for name in ("fact_id", "evidence_id") if name in chart.rows]
    return _csv(chart.rows[[*ids, *chart.columns]].rename(columns=dict(chart.columns)))


def _csv(frame: pandas.DataFrame) -> bytes:
    texts = frame.select_dtypes(exclude="number").columns
    safe = frame.assign(**{name: frame[name].astype(str).str.replace(_FORMULA, "'", regex=True) for name in texts})
    return str(safe.to_csv(index=False, lineterminator="\n")).encode()


def rows(content: Content, chart: Chart) -> bytes:
    """The rows of facts and evidence that a chart draws, as in the data package, with each fact's verdict, as CSV.

    The same in all languages; for a chart that counts rows, `table` in the site's first language.
    """
    data, tables = content.dataset, content.dataset.package.tables
    parts = []
    for name, key in (("facts", "fact_id"), ("evidence", "evidence_id")):
        if ids := chart.listed(key):
            parts.append(tables[name].frame.set_index(key, drop=False).loc[ids])
    if not parts:
        return table(chart)
    drawn = pandas.concat(parts, ignore_index=True).fillna("")
    drawn["verdict"] = [verdicts.overall(data, id_) if id_ else "" for id_ in drawn.get("fact_id", [""] * len(drawn))]
    first = [name for name in ("fact_id", "evidence_id") if name in drawn]
    return _csv(drawn[[*first, *(name for name in drawn if name not in first)]])


def specification(chart: Chart, colours: Mapping[str, str]) -> bytes:
    """The wide drawing as self-contained Vega-Lite: inline data, literal colours, paper as background."""
    wide = chart.specs[pictures.DRAWING.name]
    extra = {"description": f"{chart.title}. {chart.alt}", "background": colours["paper"]}
    coloured = json.loads(pictures.coloured(json.dumps(wide, allow_nan=False), colours))
    return _json(coloured | extra)


def work(content: Content, language: Language, chart: Chart) -> works.Work:
    """The citation record of a chart."""
    return works.of_chart(content.dataset.package, chart.slug, chart.title, language.code, content.home(language))


def description(content: Content, drawn: Mapping[str, Chart], files: Mapping[str, bytes]) -> bytes:
    """A chart's metadata file: texts, units, facts and evidence with verdicts, sources, files with checksums.

    `drawn` is the chart by language; `files` are its other downloads, by name. It has addresses only if the site
    has one.
    """
    data, (chart, *_) = content.dataset, drawn.values()
    package = data.package.descriptor
    facts = [data.facts[id_] for id_ in chart.listed("fact_id")]
    evidence = [data.evidence[id_] for id_ in chart.listed("evidence_id")]
    rows: list[Fact | Evidence] = [*facts, *evidence]
    sources = dict.fromkeys(row.source_id for row in rows) or {one.source_id: None for one in data.reports}
    cited = content.each(lambda language: citations.texts(work(content, language, drawn[language.code])))
    pages = content.each(lambda language: content.at(language, places.chart(chart.slug)))
    return _json(
        {
            "slug": chart.slug,
            **{text: _texts(drawn, text) for text in ("title", "subtitle", "alt", "note")},
            "pages": pages if content.address else {},
            "units": sorted({row.unit for row in rows if row.unit}),
            "facts": [{"fact_id": fact.fact_id, "verdict": verdicts.overall(data, fact.fact_id)} for fact in facts],
            "evidence": [
                {"evidence_id": row.evidence_id, "source_id": row.source_id, "checks": _checks(data, row)}
                for row in evidence
            ],
            "sources": [
                {"source_id": id_, "title": data.sources[id_].title, "url": data.sources[id_].url} for id_ in sources
            ],
            "dataset": {
                "name": package["name"],
                "title": content.each(lambda language: codes.text(package, "title", language.code)),
                "version": content.version,
                "url": content.folder(places.LATEST),
            },
            "citations": cited,
            "licence": {key: package["licenses"][0][key] for key in ("name", "title", "path")},
            "files": [_file(content, name, raw) for name, raw in files.items()],
        }
    )


def _checks(data: Dataset, evidence: Evidence) -> list[dict[str, str]]:
    """The facts that a piece of evidence checks, with verdicts."""
    ours = [check for check in data.checks.values() if check.evidence_id == evidence.evidence_id]
    return [{"fact_id": check.fact_id, "verdict": check.verdict} for check in ours]


def _file(content: Content, name: str, raw: bytes) -> dict[str, Any]:
    return {
        "name": name,
        "mediatype": described.media_type(name),
        "bytes": len(raw),
        "sha256": store.sha256(raw),
        "url": f"{content.address}{places.CHARTS}/{name}" if content.address else "",
    }


def _texts(drawn: Mapping[str, Chart], name: str) -> dict[str, str]:
    return {code: getattr(chart, name) for code, chart in drawn.items()}


def _json(value: Mapping[str, Any]) -> bytes:
    """Indented JSON without empty addresses."""
    return documents.json_text(_without_empty(value)).encode()


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_empty(one) for k, one in value.items() if (k, one) not in (("url", ""), ("pages", {}))}
    return [_without_empty(one) for one in value] if isinstance(value, list) else value
