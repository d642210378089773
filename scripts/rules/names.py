"""Find entities in texts. In: the entities, texts by language; out: names in the first language."""

import functools
import re
from collections.abc import Mapping

from ..data.records import Entity
from ..words import lexicon, numerals


class Names:
    """Finds the names of all entities; an entity is identified by its name in the first language."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self.first = {e.entity_id: next(iter(e.name.values())) for e in entities.values()}
        self.ids = {name: entity_id for entity_id, name in self.first.items()}
        codes = {code for e in entities.values() for code in e.name}
        self.by_name = {
            code: {e.name[code].casefold(): self.first[e.entity_id] for e in entities.values() if e.name.get(code)}
            for code in codes
        }
        some = {name for e in entities.values() for code, name in e.name.items() if _counts(name, code)}
        self.numbered = re.compile(_pattern(list(some)).pattern, re.IGNORECASE)
        self.pattern = {code: _pattern(list(some)) for code, some in self.by_name.items()}

    @functools.lru_cache(maxsize=4096)  # noqa: B019 — as long as the records
    def within(self, text: str, code: str) -> set[str]:
        """The entities that a text names; of overlapping names the longest counts."""
        known = self.by_name.get(code)
        return {known[found] for found in self.pattern[code].findall(text.casefold())} if known else set()

    @functools.lru_cache(maxsize=4096)  # noqa: B019 — as long as the records
    def bare(self, text: str) -> str:
        """A text with an ellipsis for each name that contains a number: 7-Eleven, 三只松鼠."""
        return self.numbered.sub(lambda match: "…" * len(match[0]), text)

    def listed(self, some: set[str]) -> str:
        """A list of entities by name and id, for a message."""
        return ", ".join(f"{name} ({self.ids[name]})" for name in sorted(some))

    def named(self, texts: Mapping[str, str]) -> set[str]:
        """The entities that a text names in any of its languages."""
        return {name for code, text in texts.items() for name in self.within(text, code)}


def _counts(name: str, code: str) -> bool:
    return bool(re.search("[0-9]", name) or numerals.spelled(name, code))


def _pattern(names: list[str]) -> re.Pattern[str]:
    """A pattern for any of these names, the longest first; a Latin name matches whole words only."""
    latin, others = (lexicon.any_of(name for name in names if name.isascii() is kind) for kind in (True, False))
    return re.compile(
        rf"{others}|(?<![A-Za-z0-9])(?:{latin})(?![A-Za-z0-9])"
    )  # a name in both scripts is longer than its Latin part
