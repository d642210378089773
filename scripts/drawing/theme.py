"""How every chart looks: sizes, colours, marks for hedges. Colours are CSS variables, so one drawing follows light and dark.

Layout never depends on the fonts of the machine: sizes are fixed (`autosize: none`) and labels are placed by hand.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas


def _when_used(name: str) -> Any:
    """A module that is imported when something of it is first used: a check reads the charts and draws nothing."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name)
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


if TYPE_CHECKING:
    import altair as alt
else:
    alt = sys.modules.get("altair") or _when_used("altair")

Rows = pandas.DataFrame
Words = Mapping[str, Any]
Spec = dict[str, Any]
FONT = "sans-serif"  # the page sets its own stack; a named font that is missing would lose the text


@dataclass(frozen=True, slots=True)
class Frame:
    """One drawing of a chart: its width in pixels, and whether it is the narrow one made for phones."""

    name: str
    width: int

    @property
    def narrow(self) -> bool:
        """Whether labels go on more lines and axes carry fewer ticks."""
        return self.width < 480


FRAMES = (Frame("wide", 720), Frame("narrow", 340))


COLOURS = ("ink", "soft", "rule", "paper", "accent", "warn", "other")  # besides those of actors


def colour(name: str) -> str:
    """A colour of the site by its name: one of `COLOURS`, or one of an actor."""
    return f"var(--lt-{name})"


def actors(rows: Rows, words: Words) -> pandas.Series[str]:
    """The colour of the entity of each row; a grey for those that have none of their own."""
    return rows["entity_id"].map(lambda entity_id: colour(words["actors"].get(entity_id, "soft")))


def finish(layers: list[alt.Chart], frame: Frame, height: int, left: int = 4, right: int = 8,
           top: int = 8, bottom: int = 40) -> Spec:  # fmt: skip
    """Lay the layers over each other at a fixed size; a Vega-Lite specification whose outer width is the frame's."""
    chart = alt.layer(*layers).properties(
        width=frame.width - left - right,
        height=height,
        padding={"left": left, "right": right, "top": top, "bottom": bottom},
        autosize=alt.AutoSizeParams(type="none"),
        background="transparent",
    )
    return chart.to_dict(validate=False) | {"config": CONFIG}


def label(data: alt.Chart | Any, **encodings: Any) -> alt.Chart:
    """Text beside a mark; pass `dx`, `dy`, `align`, `bold`, `soft` as plain arguments."""
    options: dict[str, Any] = {
        k: encodings.pop(k) for k in ("dx", "dy", "align", "baseline", "limit") if k in encodings
    }
    weight: Any = "bold" if encodings.pop("bold", False) else "normal"
    fill = colour("soft") if encodings.pop("soft", False) else colour("ink")
    options = {"align": "left", "baseline": "middle"} | options
    return alt.Chart(data).mark_text(fontWeight=weight, color=fill, **options).encode(**encodings)


def at_x(field: str) -> alt.X:
    """A horizontal channel whose values are pixels already, without scale or axis."""
    return alt.X(field, type="quantitative", scale=None, axis=None)


def at_y(field: str) -> alt.Y:
    """A vertical channel whose values are pixels already, without scale or axis."""
    return alt.Y(field, type="quantitative", scale=None, axis=None)


def at(x: str = "x", y: str = "y") -> dict[str, Any]:
    """Both channels, by the names of their fields."""
    return {"x": at_x(x), "y": at_y(y)}


CONFIG: Mapping[str, Any] = {
    "font": FONT,
    "view": {"stroke": None},
    "text": {"fontSize": 14},
    **{mark: {"opacity": 1} for mark in ("point", "square", "tick")},  # Vega-Lite makes them pale of itself
    "axis": {
        "labelFontSize": 13,
        "labelColor": colour("soft"),
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "titleColor": colour("soft"),
        "gridColor": colour("rule"),
        "domainColor": colour("rule"),
        "tickColor": colour("rule"),
        "labelOverlap": True,
    },
}
