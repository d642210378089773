"""Links from marks to the fact or evidence that they draw. In: a specification or a drawing; out: the same with or without links.

A drawing has a placeholder, `<a data-to="fact/some-id">`; the page that shows it fills in the address.
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
    """A copy of a specification with links on every mark whose rows are facts or evidence, except text labels."""
    linked = copy.deepcopy(dict(spec))
    for layer in linked.get("layer", ()):
        rows = linked.get("datasets", {}).get(layer.get("data", {}).get("name"), ())
        if layer["mark"]["type"] != "text" and rows and all(_target(row) for row in rows):
            for row in rows:
                row["href"] = _target(row)
            layer["encoding"]["href"] = {"field": "href", "type": "nominal"}
    return linked


def _target(row: Mapping[Any, Any]) -> str:
    """The target of a row's mark, such as `fact/some-id`; empty for rows that are neither."""
    return next((f"{kind}/{row[f'{kind}_id']}" for kind in KINDS if row.get(f"{kind}_id")), "")


def marked(drawing: str) -> str:
    """A drawing with Vega's links replaced by our placeholders."""
    return _VEGAS.sub(r'<a data-to="\1">', drawing)


def removed(drawing: str) -> str:
    """A drawing without links."""
    return _LINK.sub(r"\3", drawing)


def addressed(drawing: str, names: Mapping[str, str], address: Callable[[str, str], str]) -> str:
    """A drawing whose links have addresses, by kind and id, and accessible names; of several links to one target only the
    first is in the tab order. Everything else is hidden from screen readers, as is a drawing without links."""
    seen = set[str]()

    def link(match: re.Match[str]) -> str:
        kind, id_, mark = match.groups()
        target = f"{kind}/{id_}"
        again = target in seen
        seen.add(target)
        extra = ' tabindex="-1" aria-hidden="true"' if again else f' aria-label="{markup.attribute(names[target])}"'
        return f'<a href="{markup.attribute(address(kind, id_))}"{extra}>{mark}</a>'

    linked = _LINK.sub(link, drawing)
    if not seen:
        return drawing
    silent = re.sub(r'<g (?=class="mark-(?:text|group role-axis))', '<g aria-hidden="true" ', linked)
    return silent.replace(' aria-hidden="true" focusable="false"', "", 1)


def names(rows: Iterable[Mapping[Any, Any]]) -> dict[str, str]:
    """The statements of a chart's rows, by the targets of their marks."""
    return {target: str(row["statement"]) for row in rows if (target := _target(row))}
