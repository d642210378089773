"""Marks that lead to the fact or evidence that they draw. In: a specification, a drawing; out: the same with links, or without.

A link has its place in the drawing as `<a data-to="fact/some-id">`; a page, which knows its way to the facts, gives it an address.
"""

import copy
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..words import markup

KINDS = ("fact", "evidence")
_LINK = re.compile(r'<a data-to="(fact|evidence)/([^"]+)">(.*?)</a>', re.DOTALL)
_VEGAS = re.compile(r'<a xlink:href="[^"]*?((?:fact|evidence)/[^"/]+)">')


def added(spec: Mapping[str, Any]) -> dict[str, Any]:
    """A specification in which each mark whose rows are facts or evidence leads there; texts, which stand beside marks, do not."""
    linked = copy.deepcopy(dict(spec))
    for layer in linked.get("layer", ()):
        rows = linked.get("datasets", {}).get(layer.get("data", {}).get("name"), ())
        if layer["mark"]["type"] != "text" and rows and all(_target(row) for row in rows):
            for row in rows:
                row["href"] = _target(row)
            layer["encoding"]["href"] = {"field": "href", "type": "nominal"}
    return linked


def _target(row: Mapping[Any, Any]) -> str:
    """Where a row's mark leads, such as fact/some-id; nothing for rows that are neither."""
    return next((f"{kind}/{row[f'{kind}_id']}" for kind in KINDS if row.get(f"{kind}_id")), "")


def marked(drawing: str) -> str:
    """A drawing with our links in the place of Vega's."""
    return _VEGAS.sub(r'<a data-to="\1">', drawing)


def removed(drawing: str) -> str:
    """A drawing without links."""
    return _LINK.sub(r"\3", drawing)


def addressed(drawing: str, names: Mapping[str, str], way: Callable[[str, str], str]) -> str:
    """A drawing whose links have addresses, by kind and id, and names for those who hear them; the first of several that
    lead to one place is reached by keys. All else in it stays silent; one without links is silent altogether."""
    seen = set[str]()

    def link(match: re.Match[str]) -> str:
        kind, id_, mark = match.groups()
        target = f"{kind}/{id_}"
        again = target in seen
        seen.add(target)
        told = ' tabindex="-1" aria-hidden="true"' if again else f' aria-label="{markup.attribute(names[target])}"'
        return f'<a href="{markup.attribute(way(kind, id_))}"{told}>{mark}</a>'

    linked = _LINK.sub(link, drawing)
    if not seen:
        return drawing
    silent = re.sub(r'<g (?=class="mark-(?:text|group role-axis))', '<g aria-hidden="true" ', linked)
    return silent.replace(' aria-hidden="true" focusable="false"', "", 1)


def names(rows: Iterable[Mapping[Any, Any]]) -> dict[str, str]:
    """What the rows of a chart state, by where their marks lead."""
    return {target: str(row["statement"]) for row in rows if (target := _target(row))}
