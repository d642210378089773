"""The register of facts: its pages, filters and sort keys. In: records; out: controls, rows."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .. import places
from ..data import verdicts
from ..data.dataset import FACTS_PER_PAGE, Dataset
from ..data.records import Fact, Source
from ..words import reports
from ..words.languages import Language

SECTOR = "sector"  # filter value of facts without an entity; no entity has this id
LABELS = {
    "report": "report",
    "entity": "about",
    "paragraph": "where",
    "speaker": "who",
    "kind": "kind",
    "verdict": "verdict",
}
"""Filters of the register with their labels (`labels.about` and so on); `report` only if there are several."""
ORDERS = ("article", "period", "value", "verdict")
"""Sort orders; the first is the default."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter: its value, its name in a language, and the number of facts that match."""

    value: str
    name: str
    count: int


def keys(dataset: Dataset, fact: Fact) -> dict[str, str]:
    """A fact's filter values and sort keys: ids, first day of its period (ISO 8601), value in base units."""
    return {
        **({"report": fact.source_id} if dataset.reports[1:] else {}),
        "entity": " ".join(entity.entity_id for entity in dataset.entities_of(fact)) or SECTOR,
        "paragraph": fact.locator,
        "speaker": fact.speaker_id,
        "kind": fact.kind,
        "verdict": verdicts.overall(dataset, fact.fact_id),
        "period": fact.period.first.isoformat() if fact.period else "",
        "value": "" if fact.value is None else f"{fact.value:f}",
        "unit": fact.unit,
    }


def pages(dataset: Dataset) -> int:
    """The number of pages of the register."""
    return max(-(-len(dataset.facts) // FACTS_PER_PAGE), 1)


def number(slug: str) -> int:
    """The number of a page of the register by slug: facts is 1, facts/2 is 2."""
    name = slug.removeprefix(f"{places.FACTS}/")
    return int(name) if name.isdigit() else 1


def of_page(dataset: Dataset, page: int) -> list[Fact]:
    """The facts on a page of the register; pages count from 1."""
    return list(itertools.islice(dataset.facts.values(), (page - 1) * FACTS_PER_PAGE, page * FACTS_PER_PAGE))


def report_starts(dataset: Dataset) -> Iterator[tuple[Source, str]]:
    """Yield each report and the link to its first fact in the register, relative to the root of a language's site."""
    seen: set[str] = set()
    for place, fact in enumerate(dataset.facts.values()):
        if fact.source_id not in seen:
            page = place // FACTS_PER_PAGE + 1
            yield dataset.report_of(fact), f"{places.FACTS}/{f'{page}/' if page > 1 else ''}#{fact.fact_id}"
        seen.add(fact.source_id)


def controls(dataset: Dataset, language: Language, facts: Iterable[Fact] | None = None) -> dict[str, list[Choice]]:
    """The options of each filter for these facts, by default all, in report order; verdicts most doubtful first."""
    words, code = language.words, language.code
    names: dict[str, Callable[[str], str]] = {
        "report": lambda id_: reports.named(dataset, language, dataset.sources[id_]),
        "entity": lambda id_: words["labels"]["entity_sector"] if id_ == SECTOR else dataset.entities[id_].name[code],
        "paragraph": str,
        "speaker": lambda id_: dataset.speakers[id_].name[code],
        "kind": lambda id_: str(words["kinds"][id_]),
        "verdict": lambda id_: str(words["verdicts"][id_]),
    }
    rows = [keys(dataset, fact) for fact in (dataset.facts.values() if facts is None else facts)]
    used = [name for name in LABELS if name != "report" or dataset.reports[1:]]
    found = {name: Counter(value for row in rows for value in row[name].split()) for name in used}
    found["verdict"] = Counter({value: n for value in verdicts.ORDER if (n := found["verdict"][value])})
    return {
        name: [Choice(value, names[name](value), count) for value, count in counts.items()]
        for name, counts in found.items()
    }
