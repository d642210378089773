"""What Beidian owed: one merchant's claim in the report, next to the totals that other sources gave seven months before."""

from typing import Any

import pandas

from ..drawing import theme
from ..drawing.theme import alt

FACTS = ("merchant-unpaid-goods",)
EVIDENCE = ("beidian-arrears-2021-08-11", "beidian-arrears-2021-08-13", "beidian-arrears-2021-08-22")


WIDE, NARROW = 50, 25  # squares in a row


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Rows of squares, each row a dashed rule; an arrow where each total ends, and its label below."""
    one, others = rows[rows["voice"] == "article"], rows[rows["voice"] == "others"].sort_values("value")
    across = NARROW if frame.narrow else WIDE
    pitch = (frame.width - 30) / across
    counts = (others["value"] / one["value"].iloc[0]).astype(int)
    full, rest = divmod(int(counts.max()), across)
    lines = pandas.DataFrame({"squares": [across] * full + [rest] * bool(rest)})
    lines["y"], lines["x"], size = 38 + lines.index * pitch, 0.0, pitch * 0.72
    lines["x2"] = (lines["squares"] - 1) * pitch + size
    shade: Any = {"color": theme.colour("beidian")}
    field = alt.Chart(lines).mark_rule(strokeWidth=size, strokeDash=[size, pitch - size], opacity=0.4, **shade)
    field = field.encode(**theme.at(), x2="x2:Q")
    below = lines["y"].max() + 30
    line = (counts - 1) // across
    others = others.assign(x=((counts - 1) % across + 1) * pitch + 3, y=38 + line * pitch)
    others["text"] = others["period"] + words["colon"] + others["text"]
    others["at"], others["left"] = [below + i * 24 for i in range(len(others))], 0
    own = one.assign(x=size / 2, y=38, at=14, left=0, text=words["one"] + words["colon"] + one["text"])
    layers = [
        field,
        alt.Chart(own).mark_point(shape="square", filled=True, size=size**2 * 1.3, **shade).encode(**theme.at()),
        alt.Chart(others)
        .mark_point(shape="triangle-right", filled=True, size=80, color=theme.colour("ink"))
        .encode(**theme.at()),
        *(theme.label(some, **theme.at("left", "at"), text="text:N", bold=some is own) for some in (own, others)),
    ]
    return theme.finish(layers, frame, int(others["at"].max()) + 14, left=6, right=8, top=4, bottom=4)
