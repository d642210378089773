"""The words of charts. In: docs/<language>/charts/<slug>.md; out: pages by language and slug, and problems.

The head has title, subtitle, alt and, if a chart needs them, the `words` of its drawing and the `columns` of its table;
the body is the note. All of them are plain text and may quote the dataset.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from .. import places
from ..data import cells
from ..paths import Project
from ..problem import Problem, Problems, did_you_mean
from ..reading import documents, files
from . import outline
from .languages import Language
from .outline import Page

FOLDER = "charts"  # inside a language's folder
_TEXT = {"type": "string", "pattern": r"\S", "remedy": "is not a text"}
_SHAPE: Mapping[str, Any] = {
    "type": "object",
    "required": ["title", "subtitle", "alt"],
    "properties": {
        **dict.fromkeys(("title", "subtitle", "alt"), _TEXT),
        "words": {"type": "object"},
        "columns": {"type": "object", "additionalProperties": _TEXT},
    },
    "additionalProperties": False,
}


def read(project: Project, languages: list[Language], slugs: Collection[str]) -> tuple[dict[str, dict[str, Page]], list[Problem]]:  # fmt: skip
    """The caption pages by language and chart, and problems: files that are missing, faulty, of no chart, or unlike the first language's."""
    problems: list[Problem] = []
    found: dict[str, dict[str, Page]] = {}
    for language in languages:
        folder, here = language.folder / FOLDER, found.setdefault(language.code, {})
        there = {file.stem for file in folder.glob("*.md") if not files.ignored(file.name)}
        for slug in sorted(there | set(slugs)):
            file = folder / f"{slug}.md"
            path = project.name(file)
            if slug not in slugs:
                fault = f"belongs to no chart{did_you_mean(slug, slugs)}; remove it or rename it after its chart"
                problems.append(Problem(path, 1, fault))
            elif slug not in there:
                problems.append(Problem(path, 1, f"is missing; it holds the words of chart {slug}"))
            else:
                try:
                    here[slug] = _words(outline.read_page(file, path, _SHAPE))
                except Problems as faults:
                    problems += faults.all
        first = found[languages[0].code]
        problems += [fault for slug, page in here.items() if slug in first for fault in _unlike(page, first[slug])]
    return found, problems


def _words(page: Page) -> Page:
    """The page with its note stripped to one line; raises `Problems` for a missing or longer note, or invisible characters."""
    note = page.body.strip()
    first = page.first_line + page.body.count("\n", 0, page.body.find(note))
    faults = [Problem(page.path, line, fault) for line, text in page.texts[:-1] for fault in cells.hidden(text)]
    if not note:
        faults.append(Problem(page.path, page.first_line, "no note; write it below the head"))
    elif "\n" in note:
        faults.append(Problem(page.path, first + 1, "the note continues here; write it on one line"))
    if faults:
        raise Problems(faults)
    return replace(page, slug=places.chart(page.slug), body=note, first_line=first)


_KINDS: dict[type, str] = {
    str: "a text", int: "a number", float: "a number", bool: "true or false", list: "a list", dict: "labels", type(None): "empty",
}  # fmt: skip


def _unlike(page: Page, first: Page) -> Iterator[Problem]:
    """Yield the keys of the head that one language lacks, or whose values differ in type."""
    here, there = ({steps: type(word) for steps, word in documents.leaves(one.head)} for one in (page, first))
    for steps in [*(there.keys() - here.keys()), *here]:
        name, theirs = documents.place(steps), f"{first.path}:{first.line(*steps)} has"
        if steps not in here:
            yield Problem(page.path, page.line(*steps), f"{name} is missing; {theirs} it")
        elif steps not in there:
            yield Problem(page.path, page.line(*steps), f"{name} is unknown; {first.path} has none")
        elif here[steps] is not there[steps]:
            kinds = f"is {_KINDS[here[steps]]}; {theirs} {_KINDS[there[steps]]}"
            yield Problem(page.path, page.line(*steps), f"{name} {kinds}")
