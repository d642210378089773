"""A dataset with cached answers that several rules need. In: `Dataset`; out: `View`."""

import functools
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from ..data.dataset import Dataset
from ..data.outside import Evidence
from ..data.records import Fact, Source
from ..problem import Problem
from ..words import lexicon, spoken
from .names import Names

ACCUSATION = "accusation"
"""The caveat of facts that accuse somebody; each must have a row in replies."""


@functools.lru_cache(maxsize=1024)
def paragraph(locator: str) -> int | None:
    """The paragraph number in a locator; None if it is not one."""
    return int(locator[1:]) if re.fullmatch("P[0-9]{1,2}", locator) else None


class View:
    """A dataset, and queries that rules share."""

    def __init__(self, data: Dataset) -> None:
        self.data = data
        self.languages = data.package.languages
        self.first = self.languages[0]
        self.codes = [code for code in self.languages if code in spoken.known()]

    def problem(self, table: str, line: int, text: str) -> Problem:
        """A problem at a row of a table."""
        return Problem(self.data.package.tables[table].path, line, text)

    def unparsed(self, table: str, record: Any, columns: Iterable[str]) -> bool:
        """Whether a number or time of a row is not empty but could not be parsed, which is reported separately."""
        if not isinstance(record, Fact | Evidence):
            return False
        row = self.data.package.tables[table].frame.iloc[record.line - 2]
        return any(row[column] and getattr(record, column) is None for column in columns)

    def ids(self, fact_id: str) -> list[str]:
        """The ids of the entities of a fact, the main one first."""
        fact = self.data.facts.get(fact_id)
        return [*([fact.entity_id] if fact and fact.entity_id else []), *self.data.linked(fact_id)]

    def share(self, unit: str) -> bool:
        """Whether a unit is a share, such as percent, which words may express as a fraction."""
        return unit in lexicon.rules()["units"]["shares"]

    @functools.cached_property
    def names(self) -> Names:
        """The finder for names of entities in texts."""
        return Names(self.data.entities)

    @functools.cached_property
    def papers(self) -> set[str]:
        """The entities of speakers of kind `paper`."""
        return {speaker.entity_id for speaker in self.data.speakers.values() if speaker.kind == "paper"}

    @functools.cached_property
    def accusing(self) -> set[str]:
        """The ids of facts that accuse somebody."""
        return {link.fact_id for link in self.data.fact_caveats if link.caveat_id == ACCUSATION}

    @functools.cached_property
    def reached(self) -> dict[str, int]:
        """The last paragraph of its report that facts before each fact have reached, by fact; -1 for the first."""
        last, found = dict[str, int](), {}
        for fact in self.data.facts.values():
            found[fact.fact_id] = last.get(fact.source_id, -1)
            last[fact.source_id] = max(found[fact.fact_id], paragraph(fact.locator) or 0)
        return found

    @functools.cached_property
    def first_named(self) -> dict[str, int]:
        """The first paragraph of a fact that names each entity, in the first report that does, by entity."""
        first: dict[str, tuple[str, int]] = {}
        for fact in self.data.facts.values():
            speaker, here = self.data.speakers.get(fact.speaker_id), paragraph(fact.locator)
            for entity_id in (*self.ids(fact.fact_id), speaker.entity_id if speaker else ""):
                report, before = first.get(entity_id, (fact.source_id, here))
                if here is not None and before is not None and report == fact.source_id:
                    first[entity_id] = report, min(here, before)
        return {entity_id: place for entity_id, (_, place) in first.items()}

    @functools.cached_property
    def addresses(self) -> Counter[str]:
        """The number of sources with each address."""
        return Counter(source.url for source in self.data.sources.values())

    @functools.cached_property
    def of_persons(self) -> dict[str, list[Source]]:
        """The sources of evidence on each person whom no fact names."""
        named = {entity_id for fact_id in self.data.facts for entity_id in self.ids(fact_id)}
        persons, found = lexicon.rules()["entities"]["persons"], dict[str, list[Source]]()
        for row in self.data.evidence.values():
            entity, source = self.data.entities.get(row.entity_id), self.data.sources.get(row.source_id)
            if entity and source and entity.kind in persons and row.entity_id not in named:
                found.setdefault(row.entity_id, []).append(source)
        return found
