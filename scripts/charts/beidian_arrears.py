"""What Beidian owed: one merchant's claim in the report beside the totals that other sources gave seven months before."""

from typing import Any

import pandas

from ..drawing import theme
from ..drawing.theme import alt

FACTS = ("merchant-unpaid-goods",)
EVIDENCE = ("beidian-arrears-2021-08-11", "beidian-arrears-2021-08-13", "beidian-arrears-2021-08-22")
TITLE = {
    "en": "One merchant's claim is small beside what Beidian was said to owe in {{ fact beidian-arrears-reported period }}",
    "zh": "一位商家称被欠{{ fact merchant-unpaid-goods }}，远少于{{ fact beidian-arrears-reported period }}贝店被曝的欠款",
}
SUBTITLE = {
    "en": "A square for each sum as large as the one merchant claims; the filled one is his",
    "zh": "每格等于这位商家自称被欠的数额，实心的一格是他的",
}
ALT = {
    "en": "A field of squares, each as large as one claim. The unnamed merchant of the report claims {{ fact merchant-unpaid-goods }}. Other sources "
    "put the total for the merchants counted at {{ evidence beidian-arrears-2021-08-11 }}, then {{ evidence beidian-arrears-2021-08-13 }}, "
    "then {{ evidence beidian-arrears-2021-08-22 }}, all within one month.",
    "zh": "一片方格，每格等于一笔自称的欠款。报道中的匿名商家称被欠{{ fact merchant-unpaid-goods }}；其他来源在一个月内先后称所统计的商家被欠"
    "{{ evidence beidian-arrears-2021-08-11 }}、{{ evidence beidian-arrears-2021-08-13 }}、{{ evidence beidian-arrears-2021-08-22 }}。",
}
NOTE = {
    "en": "Pale squares are totals from other sources, seen as reposts; each gives a lower limit, and an arrow stands where it ends. They go back to "
    "forms that the merchants filled in themselves; the last one includes deposits. The filled square is one merchant's own word. How "
    "the debts stood when the report was written was not found. By sources of {{ fact beidian-arrears-reported period }}, also seen as reposts, Beidian's side put the trouble "
    "down to poor management and said that Beidian's debts exceeded its assets; on the merchant's claim no answer was found.",
    "zh": "浅色方格为其他来源所述的总额，所见均为转载，只给出下限（箭头所在处为止），源自商家自行填写的登记表，最后一个含保证金；实心方格是一位商家自己的说法。发稿时欠款总额如何，未找到。"
    "据{{ fact beidian-arrears-reported period }}的其他来源（所见也是转载），贝店一方把问题归于经营不善，并称已资不抵债；对这位商家的说法，未找到回应。",
}
WORDS = {
    "en": {"one": "one merchant, in the report", "colon": ": "},
    "zh": {"one": "报道中的一位商家", "colon": "："},
}


WIDE, NARROW = 50, 25  # squares in a line


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Lines of squares, each a dashed rule; an arrow where each total ends, and its words below."""
    one, others = rows[rows["voice"] == "article"], rows[rows["voice"] == "others"].sort_values("value")
    across = NARROW if frame.narrow else WIDE
    pitch = (frame.width - 30) / across
    counts = (others["value"] / one["value"].iloc[0]).astype(int)
    full, rest = divmod(int(counts.max()), across)
    lines = pandas.DataFrame({"squares": [across] * full + [rest] * bool(rest)})
    lines["y"], lines["x"], size = 38 + lines.index * pitch, 0.0, pitch * 0.72
    lines["x2"] = (lines["squares"] - 1) * pitch + size
    shade: Any = {"color": theme.actor("beidian")}
    field = alt.Chart(lines).mark_rule(strokeWidth=size, strokeDash=[size, pitch - size], opacity=0.4, **shade)
    field = field.encode(x=theme.at_x("x"), x2="x2:Q", y=theme.at_y("y"))
    below = lines["y"].max() + 30
    line = (counts - 1) // across
    others = others.assign(x=((counts - 1) % across + 1) * pitch + 3, y=38 + line * pitch)
    others["text"] = others["period"] + words["colon"] + others["text"]
    others["at"], others["left"] = [below + i * 24 for i in range(len(others))], 0
    own = one.assign(x=size / 2, y=38, at=14, left=0, text=words["one"] + words["colon"] + one["text"])
    layers = [
        field,
        alt.Chart(own).mark_point(shape="square", filled=True, size=size**2 * 1.3, **shade)
        .encode(x=theme.at_x("x"), y=theme.at_y("y")),
        alt.Chart(others).mark_point(shape="triangle-right", filled=True, size=80, color=theme.colour("ink"))
        .encode(x=theme.at_x("x"), y=theme.at_y("y")),
        *(theme.label(some, x=theme.at_x("left"), y=theme.at_y("at"), text="text:N", bold=some is own) for some in (own, others)),
    ]  # fmt: skip
    return theme.finish(layers, frame, int(others["at"].max()) + 14, left=6, right=8, top=4, bottom=4)
