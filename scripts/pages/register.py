"""The register of facts: its pages, and what each fact is found by. In: records; out: controls, rows."""

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

SECTOR = "sector"  # in the place of an entity where a fact names none; no entity has this id
LABELS = {
    "report": "report",
    "entity": "about",
    "paragraph": "where",
    "speaker": "who",
    "kind": "kind",
    "verdict": "verdict",
}
"""What a register is filtered by, and the label of each: `labels.about` and so on; by report where there are several."""
ORDERS = ("article", "period", "value", "verdict")
"""What it is sorted by, the first being how it stands."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a control: its value, its name in a language, and the number of facts that it leaves."""

    value: str
    name: str
    count: int


def keys(dataset: Dataset, fact: Fact) -> dict[str, str]:
    """What a fact is found and sorted by: ids, the first day of its time (ISO 8601), its value in base units."""
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
    """On how many pages the register stands."""
    return max(-(-len(dataset.facts) // FACTS_PER_PAGE), 1)


def number(slug: str) -> int:
    """Which page of the register a page is, by its slug: facts is 1, facts/2 is 2."""
    name = slug.removeprefix(f"{places.FACTS}/")
    return int(name) if name.isdigit() else 1


def of_page(dataset: Dataset, page: int) -> list[Fact]:
    """The facts that stand on a page of the register; pages count from 1."""
    return list(itertools.islice(dataset.facts.values(), (page - 1) * FACTS_PER_PAGE, page * FACTS_PER_PAGE))


def opened(dataset: Dataset) -> Iterator[tuple[Source, str]]:
    """Each report, and where its facts begin in the register, from the root of a language's site."""
    seen: set[str] = set()
    for place, fact in enumerate(dataset.facts.values()):
        if fact.source_id not in seen:
            page = place // FACTS_PER_PAGE + 1
            yield dataset.report_of(fact), f"{places.FACTS}/{f'{page}/' if page > 1 else ''}#{fact.fact_id}"
        seen.add(fact.source_id)


def controls(dataset: Dataset, language: Language, facts: Iterable[Fact] | None = None) -> dict[str, list[Choice]]:
    """What each filter offers of these facts, or of all, in reading order; verdicts the doubtful ones first."""
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
    asked = [name for name in LABELS if name != "report" or dataset.reports[1:]]
    found = {name: Counter(value for row in rows for value in row[name].split()) for name in asked}
    found["verdict"] = Counter({value: n for value in verdicts.ORDER if (n := found["verdict"][value])})
    return {
        name: [Choice(value, names[name](value), count) for value, count in some.items()]
        for name, some in found.items()
    }
