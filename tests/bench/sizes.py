"""How check, rows of charts, register and editions grow with the facts. In: sizes; out: a table."""

import shutil
import sys
from itertools import pairwise
from pathlib import Path

from scripts.paths import THIS
from tests.bench import stages
from tests.bench.tables import Table
from tests.project import scale

SIZES = (1_000, 10_000, 100_000)
RATIO = 12.0  # a tenfold of facts takes at most this many times as long
MEMORY = 2_000 * stages.MB  # at the largest size


def growth(folder: Path) -> Table:
    """Measure each size in a process of its own."""
    runs = []
    for size in SIZES:
        made = scale.make(folder / str(size), size)
        runs.append(stages.run([[sys.executable, "-m", "tests.project.scale", str(made.root)]], THIS.root))
        shutil.rmtree(made.root)
    rows, broken = [], []
    for name in runs[0].stages:
        seconds = [run.stages[name][0] for run in runs]
        ratios = [later / max(earlier, 0.01) for earlier, later in pairwise(seconds)]
        rows.append((name, *seconds, *ratios))
        broken += [
            f"{name}: ten times the facts, {size:,}, take {ratio:.1f} times as long; the goal is {RATIO:.0f}"
            for size, ratio in zip(SIZES[1:], ratios, strict=True)
            if ratio > RATIO
        ]
    rows.append(("peak MB", *(round(run.peak / stages.MB) for run in runs), "", ""))
    if runs[-1].peak > MEMORY:
        broken.append(
            f"{SIZES[-1]:,} facts take {runs[-1].peak / stages.MB:,.0f} MB; the goal is {MEMORY / stages.MB:,.0f}"
        )
    columns = ("processor s", *(f"{size:,} facts" for size in SIZES), *(f"to {size:,}" for size in SIZES[1:]))
    note = "  each fact with its checks, evidence, caveats and entities; the last columns are ratios of time"
    return Table("Scale: what grows with the facts", columns, rows, [note], broken)
