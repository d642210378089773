"""Facts and evidence as rows for charts. In: records; out: data frames with a row each and columns in common."""

from typing import Any

import pandas

from ..data.dataset import Dataset
from ..data.outside import Evidence
from ..data.records import Fact
from ..words.languages import Language


def joined(*frames: pandas.DataFrame) -> pandas.DataFrame:
    """Concatenate rows of facts and of evidence; missing texts become empty."""
    table = pandas.concat([frame for frame in frames if len(frame)], ignore_index=True)
    return table.fillna(dict.fromkeys(table.select_dtypes(exclude="number").columns, ""))


def of_evidence(evidence: list[Evidence], dataset: Dataset, language: Language) -> pandas.DataFrame:
    """One row for each piece of evidence; its speaker is the publisher, its voice `others`."""
    return pandas.DataFrame(
        [
            {
                "voice": "others",
                "solid": 0,
                "evidence_id": row.evidence_id,
                **_shared(row, dataset, language),
                "speaker": language.source(dataset.sources[row.source_id]),
                "derivation": language.words["derivations"][row.derivation],
                "inferred": row.derivation == "inferred",
                "locator": row.locator[language.code],
            }
            for row in evidence
        ]
    )


def of_facts(facts: tuple[Fact, ...], dataset: Dataset, language: Language) -> pandas.DataFrame:
    """One row for each fact; its voice is `article`. Most columns are those of `_shared`."""
    return pandas.DataFrame(
        [
            {
                "voice": "article",
                "solid": 1,
                "fact_id": fact.fact_id,
                **_shared(fact, dataset, language),
                "speaker_id": fact.speaker_id,
                "speaker": dataset.speakers[fact.speaker_id].name[language.code],
                "derivation": language.words["derivations"]["reported"],
                "inferred": False,
                "kind": fact.kind,
                "locator": fact.locator,
            }
            for fact in facts
        ]
    )


def _shared(row: Fact | Evidence, dataset: Dataset, language: Language) -> dict[str, Any]:
    """The columns that facts and evidence share: metric, entity, statement, value, hedge, period."""
    code = language.code
    return {
        "metric_id": row.metric_id,
        "entity_id": row.entity_id,
        "name": dataset.entities[row.entity_id].name[code] if row.entity_id else "",
        "statement": row.statement[code],
        "value": None if row.value is None else float(row.value),
        "value_high": None if row.value_high is None else float(row.value_high),
        "unit": row.unit,
        "qualifier": row.qualifier,
        "hedge": language.words["qualifiers"][row.qualifier],
        "text": language.value(row),
        "brief": language.number(row.value) if row.value is not None else "",
        "period": language.period(row.period),
        "first": row.period.first.isoformat() if row.period else "",
        "last": row.period.last.isoformat() if row.period and row.period.last else "",
    }
