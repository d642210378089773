"""What a run of the tests looks at of many things made alike: some, drawn by its seed, or all."""

import os
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

SEED = int(os.environ.get("SEED", "0"))
WHOLE = "WHOLE" in os.environ
SAID = "all that is made alike" if WHOLE else f"a part of what is made alike, by SEED={SEED} (WHOLE=1 for all)"


def some(things: Sequence[T], share: int) -> list[T]:
    """One in so many things, in their order; other ones with each seed."""
    drawn = random.Random(f"{SEED} {len(things)}").sample(range(len(things)), -(-len(things) // share))
    return [thing for i, thing in enumerate(things) if WHOLE or i in drawn]
