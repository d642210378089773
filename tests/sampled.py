"""Which of many similar cases a run tests: a random sample by its seed, or all."""

import itertools
import os
import random
from collections.abc import Iterable, Sequence
from typing import TypeVar

import pytest

T = TypeVar("T")

SEED = int(os.environ.get("SEED", "0"))
WHOLE = "WHOLE" in os.environ
weekly = pytest.mark.skipif(not WHOLE, reason="WHOLE=1 runs it; on each push the small project is tested instead")
SAID = "all similar cases" if WHOLE else f"a sample of similar cases, by SEED={SEED} (WHOLE=1 for all)"


def some(things: Sequence[T], share: int, name: str = "") -> list[T]:
    """A random `1/share` of the things, in their order; different for each seed and name."""
    drawn = random.Random(f"{SEED} {len(things)} {name}").sample(range(len(things)), -(-len(things) // share))
    return [thing for i, thing in enumerate(things) if WHOLE or i in drawn]


def cases(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """The cases that a run tests: one in n of a test marked `alike(n)`."""
    kept: list[pytest.Item] = []
    for name, group in itertools.groupby(items, lambda item: item.nodeid.partition("[")[0]):
        every = list(group)
        alike = every[0].get_closest_marker("alike")
        kept += some(every, alike.args[0], name) if alike else every
    return kept
