"""`python -m tests.bench [part …]`: measure, print tables; exit 1 where a budget is broken, naming it."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.paths import THIS, Project
from tests import browser
from tests.bench import lighthouse, sizes, stages, weights
from tests.bench.tables import Table

PARTS = ("build", "serve", "weight", "lighthouse", "scale")
PACKAGES = THIS.build / "bench" / "node_modules"


def measure(parts: list[str], folder: Path) -> Iterator[Table]:
    """Measure what was asked for, one table after the other."""
    home = stages.checkout(THIS.root, folder / "checkout")
    if "build" in parts:
        yield stages.builds(home)
    elif {"weight", "lighthouse"} & {*parts}:
        stages.run([[sys.executable, "-m", "scripts", "build"]], home)
    project = Project(home)
    if "weight" in parts:
        with browser.launch() as looker:
            table, ours = weights.pages(looker, project.site)
            yield table
            yield weights.yardstick(looker, ours, project.build / "docs", project.site, PACKAGES, folder / "plain")
    if "lighthouse" in parts:
        yield lighthouse.scores(project.site, PACKAGES)
    if "serve" in parts:
        yield stages.change(home)
    if "scale" in parts:
        yield sizes.growth(folder / "scale")


def main() -> int:
    """Print every table as it is ready, then all that is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure; all where none is named")
    parts = parser.parse_args().parts or list(PARTS)
    print(stages.machine(), flush=True)
    broken = []
    with tempfile.TemporaryDirectory(prefix="low-tide-bench-") as folder:
        for table in measure(parts, Path(folder)):
            print(f"\n{table}", flush=True)
            broken += table.broken
    print(f"\n{len(broken)} broken" if broken else "\nevery budget holds")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
