"""`python -m tests.bench [part …]`: measure and print tables; exit 1 if a budget is exceeded, and name it."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from scripts import progress
from scripts.paths import THIS, Project
from tests.bench import lighthouse, sizes, stages, weights
from tests.bench.tables import Table

PARTS = ("build", "serve", "weight", "lighthouse", "scale", "sites")
PACKAGES = THIS.build / "bench" / "node_modules"


def steps(parts: list[str], folder: Path) -> Iterator[tuple[str, Callable[[], list[Table]]]]:
    """Yield the steps for the requested parts, in order: a name, and the function that returns tables."""
    home = stages.checkout(THIS.root, folder / "checkout")
    if "build" in parts:
        yield "build", lambda: [stages.builds(home)]
    elif {"weight", "lighthouse"} & {*parts}:
        yield "site", lambda: stages.run([[sys.executable, "-m", "scripts", "build"]], home) and []
    project = Project(home)
    if "weight" in parts:
        yield "weight", lambda: [weights.pages(project.build / "docs", project.site, PACKAGES, folder / "plain")]
    if "lighthouse" in parts:
        yield "lighthouse", lambda: [lighthouse.scores(project.site, PACKAGES)]
    if "serve" in parts:
        yield "serve", lambda: [stages.change(home)]
    if "scale" in parts:
        yield "scale", lambda: [sizes.growth(folder / "scale")]
    if "sites" in parts:
        yield "sites", lambda: [sizes.sites(folder / "sites")]


def main() -> int:
    """Print each table when it is ready, then the number of exceeded budgets."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure; all by default")
    parts = parser.parse_args().parts or list(PARTS)
    say = progress.out()
    say(stages.machine())
    broken = []
    with tempfile.TemporaryDirectory(prefix="low-tide-bench-") as folder:
        for name, make in steps(parts, Path(folder)):
            with progress.show(say, name):
                tables = make()
            for table in tables:
                say(f"\n{table}")
                broken += table.broken
    print(f"\n{len(broken)} budgets exceeded" if broken else "\nall budgets are met")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
