"""The real package at any size: copies of its facts, each with its checks, evidence, caveats and entities.

`python -m tests.project.scale FOLDER` measures what grows with the facts: check, rows, register, editions, a line each. Every
copied row keeps its texts and gets a new id, so that the package stays as valid as the real one. The numbers of entities,
sources, metrics, speakers and events do not change.
"""

import contextlib
import gc
import itertools
import random
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts import commands, places
from scripts.__main__ import GC_THRESHOLDS
from scripts.drawing import engine
from scripts.editions import unfold
from scripts.pages import around, blocks, fact_files, facts, staging
from scripts.pages.content import DRAWN, Content
from scripts.paths import THIS, Project
from scripts.words import quotes
from tests.conftest import rows_of, write_rows

Row = dict[str, str]
LINKS = ("checks", "replies", "fact_caveats", "fact_entities")


def make(folder: Path, facts: int) -> Project:
    """Write the project with this many facts into a new folder."""
    for room in ("datapackage", "docs"):
        shutil.copytree(THIS.root / room, folder / room)
    shutil.copyfile(THIS.builder_config, folder / THIS.builder_config.name)
    project = Project(folder)
    tables = {name: rows_of(project, name) for name in ("facts", "evidence", *LINKS)}
    real = tables["facts"]
    linked = {name: _by(tables[name], "fact_id") for name in LINKS}
    evidence = {row["evidence_id"]: row for row in tables["evidence"]}
    rounds, rest = divmod(facts, len(real))
    extra = {row["fact_id"] for row in random.Random(1).sample(real, rest)}
    added: dict[str, list[Row]] = {name: [] for name in tables}
    copies: dict[str, Row] = {}
    for fact in real:
        for turn in range(1, rounds + (fact["fact_id"] in extra)):
            new = f"{fact['fact_id']}-n{turn}"
            added["facts"].append(fact | {"fact_id": new})
            for name in LINKS:
                for row in linked[name].get(fact["fact_id"], ()):
                    again = row | {"fact_id": new}
                    if name == "checks":
                        again["check_id"] = row["check_id"].replace(fact["fact_id"], new, 1)
                        if row["evidence_id"]:
                            again["evidence_id"] = f"{row['evidence_id']}-n{turn}"
                            copies[again["evidence_id"]] = evidence[row["evidence_id"]]
                    if name == "replies":
                        again["reply_id"] = row["reply_id"].replace(fact["fact_id"], new, 1)
                    added[name].append(again)
    added["evidence"] = [row | {"evidence_id": id_} for id_, row in copies.items()]
    for name, rows in tables.items():
        combined = [*rows, *added[name]]
        if name == "facts":
            combined.sort(key=lambda row: int(row["position"]))
            combined = [row | {"position": str(place)} for place, row in enumerate(combined, start=1)]
        write_rows(project, name, combined)
    return project


def _by(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found


def work(folder: Path) -> None:
    """Run each stage that grows with the facts, and print its processor seconds.

    The drawings are those of the real facts: no chart could show a hundred thousand rows.
    """
    gc.set_threshold(*GC_THRESHOLDS)  # as the commands do
    drawn = staging.draw(commands.check(THIS))
    project = Project(folder)
    with _timed("check"):
        content = commands.check(project)
    with _timed("rows"):
        for language, module in itertools.product(content.languages, content.charts.values()):
            engine.rows_of(module, content.dataset, language)
    with _timed("register"):
        write_register(content, drawn, folder / "register")
    with _timed("editions"):
        for name, raw in unfold.files(project, content.dataset.package, None).items():
            target = folder / "latest" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(raw)


def write_register(content: Content, drawn: DRAWN, folder: Path) -> None:
    """Write all pages of the register and of facts in every language, as staged, and the JSON of every fact."""
    (folder / "facts").mkdir(parents=True)
    for language in content.languages:
        first = next(page for page in content.pages[language.code] if page.slug == places.FACTS)
        for page in (first, *staging.later_pages(content, language)):
            text, problems = quotes.fill(page.body, blocks.context(content, language, page, drawn), page.path)
            assert problems == []
            (folder / f"{page.slug}.{language.code}.md").write_text(text, "utf-8")
        near = around.index(content)
        for page in facts.pages(content, language, drawn, near):
            (folder / f"{page.slug}.{language.code}.page").write_text(page.body, "utf-8")
    for path, text in fact_files.files(content, drawn):
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write(text)


@contextlib.contextmanager
def _timed(name: str) -> Iterator[None]:
    start = time.process_time()
    yield
    print(f"{name:8} {time.process_time() - start:6.2f} s", flush=True)


if __name__ == "__main__":
    work(Path(sys.argv[1]))
