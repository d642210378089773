"""One live room: a dot for each multiple of the people seen watching that the platform's label claims; one of them is lit."""

from typing import Any

import pandas

from ..drawing import theme
from ..drawing.theme import alt

FACTS = ("wei-liling-viewers", "wei-liling-label")
WIDE, NARROW = 37, 25  # dots in a row


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Rows of dots, each row a dashed rule with round caps, and the lit dot after the last; a key below."""
    seen, label = rows.iloc[0], rows.iloc[1]
    count, across = int(label["value"] / seen["value"]), NARROW if frame.narrow else WIDE
    pitch = (frame.width - 12) / across
    full, rest = divmod(count - 1, across)
    lines = pandas.DataFrame({"dots": [across] * full + [rest] * bool(rest)})
    lines["y"], lines["x"] = (lines.index + 0.5) * pitch, pitch / 2
    lines["x2"] = lines["x"] + (lines["dots"] - 1) * pitch + 0.1
    size, under = pitch * 0.62, (full + 1.5) * pitch + 6
    pale: Any = {"color": theme.colour("other"), "opacity": 0.55}
    field = alt.Chart(lines).mark_rule(strokeWidth=size, strokeCap="round", strokeDash=[0.1, pitch - 0.1], **pale)
    key = rows.assign(x=[pitch / 2, pitch / 2 + (0 if frame.narrow else 300)], y=[under, under + 24 * frame.narrow])
    key["at"], key["text"] = key["x"] + pitch, words["lines"] + key["text"]
    lit = pandas.concat([key[:1].assign(x=(rest + 0.5) * pitch, y=(full + 0.5) * pitch), key[:1]])
    dots = [
        alt.Chart(some).mark_point(filled=True, shape="circle", size=size**2 * grown, **shade).encode(**theme.at())
        for some, grown, shade in ((lit, 1.6, {"color": theme.colour("warn")}), (key[1:], 1, pale))
    ]
    names = theme.label(key, **theme.at("at", "y"), text="text:N", bold=True)
    layers = [field.encode(**theme.at(), x2="x2:Q"), *dots, names]
    return theme.finish(layers, frame, int(under) + 12 + 24 * frame.narrow, left=6, right=6, top=4, bottom=6)
