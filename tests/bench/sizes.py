"""How check, rows of charts, register, editions and complete sites scale with the number of facts. In: sizes; out: tables."""

import shutil
import sys
from itertools import pairwise
from pathlib import Path

from scripts.editions import store
from scripts.paths import THIS
from tests.bench import stages
from tests.bench.tables import Table
from tests.project import scale

SIZES = (1_000, 10_000, 100_000)
RATIO = 12.0  # ten times the facts may take this many times as long
MEMORY = 2_000 * stages.MB  # at the largest size
PAGES = (100, 1_000)


def sites(folder: Path) -> Table:
    """Build the complete site with an address, so with cards and Markdown: first cold, then with cached pictures."""
    counted: dict[str, list[int]] = {"pages": [], "Markdown twins": [], "cards": []}
    took: dict[str, list[float]] = {"all, cold": [], "all, drawn before": []}
    for size in PAGES:
        project = scale.make(folder / str(size), size)
        shutil.rmtree(store.folder(project))  # editions are the same at every size
        (project.descriptor.parent / "expected.csv").unlink()
        command = ["env", "SITE_URL=https://example.org/", sys.executable, "-m", "scripts", "build", "--project", str(project.root)]  # fmt: skip
        for seconds in took.values():
            seconds.append(stages.run([command], THIS.root).processor)
            shutil.rmtree(project.build / "kept")
        for found, files in zip(counted.values(), ("**/index.html", "**/index.md", "cards/**/*.png"), strict=True):
            found.append(len(list(project.site.glob(files))))
        shutil.rmtree(project.root)
    rows = [(name, *both, both[1] / both[0]) for name, both in (took | counted).items()]
    broken = [
        f"{name}: a site of {PAGES[1]:,} facts takes {later / earlier:.1f} times one of {PAGES[0]}; the goal is {RATIO:.0f}"
        for name, (earlier, later) in took.items()
        if later > RATIO * earlier
    ]
    columns = ("processor s, files", *(f"{size:,} facts" for size in PAGES), "ratio")
    note = "  no editions; the charts, as many at each size, are part of the cold build alone"
    return Table("Sites: pages, cards and Markdown of every fact", columns, rows, [note], broken)


def growth(folder: Path) -> Table:
    """Measure each size in its own process."""
    runs = []
    for size in SIZES:
        project = scale.make(folder / str(size), size)
        runs.append(stages.run([[sys.executable, "-m", "tests.project.scale", str(project.root)]], THIS.root))
        shutil.rmtree(project.root)
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
