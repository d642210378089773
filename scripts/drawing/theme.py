"""The look of all charts: sizes, colours, labels. Colours are CSS variables, so one drawing serves light and dark.

Layout never depends on the fonts of the machine: sizes are fixed (`autosize: none`) and labels are placed by hand.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas


def _lazy(name: str) -> Any:
    """A module that is loaded on first use, since `check` imports the charts and draws nothing."""
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
    alt = sys.modules.get("altair") or _lazy("altair")

Rows = pandas.DataFrame
Words = Mapping[str, Any]
Spec = dict[str, Any]
FONT = "sans-serif"  # pages set their own font stack; with a named font that is missing the text would be lost


@dataclass(frozen=True, slots=True)
class Frame:
    """A format of drawings: its name and its width in pixels."""

    name: str
    width: int

    @property
    def narrow(self) -> bool:
        """Whether it is for phones, with labels on more lines and fewer ticks on axes."""
        return self.width < 480


FRAMES = (Frame("wide", 720), Frame("narrow", 340))


COLOURS = ("ink", "soft", "rule", "paper", "accent", "warn", "other")  # in addition to those of actors


def colour(name: str) -> str:
    """A colour of the site by its name: one of `COLOURS`, or one of an actor."""
    return f"var(--lt-{name})"


def actors(rows: Rows, words: Words) -> pandas.Series[str]:
    """The colour of each row's entity; grey for entities without one."""
    return rows["entity_id"].map(lambda entity_id: colour(words["actors"].get(entity_id, "soft")))


def finish(layers: list[alt.Chart], frame: Frame, height: int, left: int = 4, right: int = 8,
           top: int = 8, bottom: int = 40) -> Spec:  # fmt: skip
    """Stack the layers at a fixed size; returns a Vega-Lite specification whose outer width is the frame's."""
    chart = alt.layer(*layers).properties(
        width=frame.width - left - right,
        height=height,
        padding={"left": left, "right": right, "top": top, "bottom": bottom},
        autosize=alt.AutoSizeParams(type="none"),
        background="transparent",
    )
    return chart.to_dict(validate=False) | {"config": CONFIG}


def label(data: alt.Chart | Any, **encodings: Any) -> alt.Chart:
    """Text labels; `dx`, `dy`, `align`, `baseline`, `limit`, `bold` and `soft` are options, all else encodings."""
    options: dict[str, Any] = {
        k: encodings.pop(k) for k in ("dx", "dy", "align", "baseline", "limit") if k in encodings
    }
    weight: Any = "bold" if encodings.pop("bold", False) else "normal"
    fill = colour("soft") if encodings.pop("soft", False) else colour("ink")
    options = {"align": "left", "baseline": "middle"} | options
    return alt.Chart(data).mark_text(fontWeight=weight, color=fill, **options).encode(**encodings)


def at_x(field: str) -> alt.X:
    """An x channel whose values are pixels, without scale or axis."""
    return alt.X(field, type="quantitative", scale=None, axis=None)


def at_y(field: str) -> alt.Y:
    """A y channel whose values are pixels, without scale or axis."""
    return alt.Y(field, type="quantitative", scale=None, axis=None)


def at(x: str = "x", y: str = "y") -> dict[str, Any]:
    """Both channels, from the names of their fields."""
    return {"x": at_x(x), "y": at_y(y)}


CONFIG: Mapping[str, Any] = {
    "font": FONT,
    "view": {"stroke": None},
    "text": {"fontSize": 14},
    **{mark: {"opacity": 1} for mark in ("point", "square", "tick")},  # Vega-Lite makes them translucent by default
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
