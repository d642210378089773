"""The interactive form of a chart, fetched on request. In: `Chart`; out: specifications, one script bundle.

The specification is the static one plus a tooltip on every mark of a row. The bundle is Vega with our
explore.js; it needs no `eval`, because Vega interprets its expressions as a syntax tree (`ast`).
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
_SILENT = ("text", "rule")  # marks that are labels or rules, not rows
_ALWAYS = {"text": "value", "hedge": "hedge", "speaker": "who", "locator": "where"}  # label of each column


def specification(chart: engine.Chart, language: Language) -> str:
    """Every frame's specification by name, as JSON; tooltips show value, hedge, speaker and locator."""
    labels = language.words["labels"]
    columns = dict(chart.columns)
    columns |= {name: labels[label] for name, label in _ALWAYS.items() if name not in columns}
    frames = {name: _with_tooltips(copy.deepcopy(spec), columns) for name, spec in chart.specs.items()}
    return json.dumps(frames, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _with_tooltips(spec: dict[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    for layer in _layers(spec):
        mark = layer["mark"] if isinstance(layer["mark"], str) else layer["mark"]["type"]
        data = layer.get("data", spec.get("data", {}))
        rows = data.get("values") or spec.get("datasets", {}).get(data.get("name"), [])
        fields = [name for name in columns if rows and name in rows[0]]
        if mark not in _SILENT and len(fields) > 1:  # a square of the key has only its word
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
    """The file name, with a hash, and the text of the script for interactive charts; cached between builds."""
    text = kept.text(cache, "js", SOURCE.read_text("utf-8"), vl_convert.javascript_bundle)
    return f"explore.{hashlib.sha256(text.encode()).hexdigest()[:12]}.js", text
