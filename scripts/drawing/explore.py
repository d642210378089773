"""The interactive form of a chart, fetched when a reader asks for it. In: `Chart`; out: specifications, one bundle.

The specification is the static one with a tooltip on every mark that stands for a row. The bundle is Vega with our
explore.js; it runs without `eval`, because Vega reads its expressions as a syntax tree (`ast`).
"""

import copy
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import vl_convert

from ..paths import BROWSER
from ..words.languages import Language
from . import engine, kept

SOURCE = BROWSER / "explore.js"
_SILENT = ("text", "rule")  # marks that are words or lines of the frame
_ALWAYS = {"text": "value", "hedge": "hedge", "speaker": "who", "locator": "where"}  # column: label


def specification(chart: engine.Chart, language: Language) -> str:
    """Every frame's specification by name, as JSON; each mark of a row tells value, hedge, speaker and locator."""
    labels = language.words["labels"]
    columns = dict(chart.columns)
    columns |= {name: labels[label] for name, label in _ALWAYS.items() if name not in columns}
    frames = {name: _told(copy.deepcopy(spec), columns) for name, spec in chart.specs.items()}
    return json.dumps(frames, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _told(spec: dict[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    for layer in _layers(spec):
        mark = layer["mark"] if isinstance(layer["mark"], str) else layer["mark"]["type"]
        data = layer.get("data", spec.get("data", {}))
        rows = data.get("values") or spec.get("datasets", {}).get(data.get("name"), [])
        fields = [name for name in columns if rows and name in rows[0]]
        if mark not in _SILENT and len(fields) > 1:  # a square of the key has its word and no more
            layer.setdefault("encoding", {})["tooltip"] = [
                {"field": name, "title": columns[name], "type": "nominal"} for name in fields
            ]
    return spec


def _layers(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "mark" in spec:
        yield spec
    for part in spec.get("layer", []):
        yield from _layers(part)


def bundle(cache: Path) -> tuple[str, str]:
    """The name, with its hash, and the text of the one script that draws interactive charts; kept from build to build."""
    text = kept.text(cache, "js", SOURCE.read_text("utf-8"), vl_convert.javascript_bundle)
    return f"explore.{hashlib.sha256(text.encode()).hexdigest()[:12]}.js", text
