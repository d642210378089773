"""The colour of each entity in all charts and pages: `actors.yml` next to the charts. In: a project; out: names of colours.

Each line of the file maps a colour, `--lt-<name>` of the style sheet, to ids of entities; unlisted entities are grey.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from ..paths import Project
from ..problem import Problem, Problems, did_you_mean
from ..reading import documents, fitting
from . import listing

FILE = "actors.yml"
_SHAPE = {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}


def read(project: Project) -> tuple[dict[str, str], list[Problem]]:
    """The names of colours by entity, and the problems of the file."""
    home, room = listing.home(project)
    if not (home / FILE).is_file():
        return {}, []
    try:
        document = documents.read_yaml(home / FILE, f"{room}/{FILE}")
    except Problems as refused:
        return {}, refused.all
    if faults := fitting.misfits(document, _SHAPE):
        return {}, faults
    twice = [id_ for id_, times in Counter(id_ for ids in document.value.values() for id_ in ids).items() if times > 1]
    return {id_: name for name, ids in document.value.items() for id_ in ids}, [
        document.problem(f"{id_} has two colours; leave one") for id_ in twice
    ]


def check(project: Project, actors: Mapping[str, str], entities: Mapping[str, object]) -> Iterator[Problem]:
    """Yield ids of unknown entities, if the file is the project's own."""
    home, room = listing.home(project)
    for unknown in (id_ for id_ in actors if id_ not in entities) if home.is_relative_to(project.root) else ():
        yield Problem(f"{room}/{FILE}", 1, f"there is no entity {unknown!r}{did_you_mean(unknown, entities)}")
