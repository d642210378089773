"""One live room: as many dots as the platform's label is times the people seen watching; one of them is lit."""

from typing import Any

import pandas

from ..drawing import theme
from ..drawing.theme import alt

FACTS = ("wei-liling-viewers", "wei-liling-label")
TITLE = {
    "en": "The label said {{ fact wei-liling-label }}. The reporters saw {{ fact wei-liling-viewers }} watching",
    "zh": "标注写着{{ fact wei-liling-label }}，记者看到在线{{ fact wei-liling-viewers }}",
}
SUBTITLE = {
    "en": "Each dot stands for {{ fact wei-liling-viewers }}. The number shown on the room is {{ figure label-to-viewers }} as many; one dot is lit",
    "zh": "每个圆点代表{{ fact wei-liling-viewers }}，标注的数字是它的{{ figure label-to-viewers }}；点亮的只有一个",
}
ALT = {
    "en": "A field of dots, each for {{ fact wei-liling-viewers }}: as many as it takes to reach {{ fact wei-liling-label }}, the number that "
    "the platform showed on Wei Liling's live room, {{ figure label-to-viewers }} as many as were watching. One dot is lit: those whom the reporters saw.",
    "zh": "一片圆点，每点代表{{ fact wei-liling-viewers }}，合起来是平台在魏黎凌直播间标注的{{ fact wei-liling-label }}，为在线人数的"
    "{{ figure label-to-viewers }}。只有一个点亮：记者所见的在线人数。",
}
NOTE = {
    "en": "Seen on {{ fact yunji-rooms-viewers period }}, at about eight in the evening. What the label counts is not explained; by the report's account it is not "
    "people watching at that moment. In the two other rooms that the report names, {{ entity room-xuebing }} and {{ entity room-aojie }}, {{ fact yunji-rooms-viewers }} were watching.",
    "zh": "观察时间为{{ fact yunji-rooms-viewers period }}，晚间八点左右。标注数字统计什么，报道未作说明；从文意看，并非当时在看的人数。报道点名的另外两间，"
    "{{ entity room-xuebing }}和{{ entity room-aojie }}，在线均{{ fact yunji-rooms-viewers }}。",
}
WORDS = {
    "en": {"lines": ["seen by the reporters: ", "the label: "]},
    "zh": {"lines": ["记者所见：", "平台标注："]},
}
WIDE, NARROW = 37, 25  # dots in a line


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Lines of dots, each a dashed rule with round ends; below them the lit one and a pale one, each with its words."""
    seen, label = rows.iloc[0], rows.iloc[1]
    count, across = int(label["value"] / seen["value"]), NARROW if frame.narrow else WIDE
    pitch = (frame.width - 12) / across
    full, rest = divmod(count - 1, across)
    lines = pandas.DataFrame({"dots": [across] * full + [rest] * bool(rest)})
    lines["y"], lines["x"] = (lines.index + 0.5) * pitch, pitch / 2
    lines["x2"] = lines["x"] + (lines["dots"] - 1) * pitch + 0.1
    size, under = pitch * 0.62, (len(lines) + 0.5) * pitch + 6
    pale: Any = {"color": theme.colour("other"), "opacity": 0.55}
    field = alt.Chart(lines).mark_rule(strokeWidth=size, strokeCap="round", strokeDash=[0.1, pitch - 0.1], **pale)
    key = rows.assign(x=[pitch / 2, pitch / 2 + (0 if frame.narrow else 300)], y=[under, under + 24 * frame.narrow])
    key["at"], key["text"] = key["x"] + pitch, words["lines"] + key["text"]
    dots = [
        alt.Chart(some).mark_point(filled=True, shape="circle", size=size**2 * grown, **shade)
        .encode(x=theme.at_x("x"), y=theme.at_y("y"))
        for some, grown, shade in ((key[:1], 1.6, {"color": theme.colour("warn")}), (key[1:], 1, pale))
    ]  # fmt: skip
    names = theme.label(key, x=theme.at_x("at"), y=theme.at_y("y"), text="text:N", bold=True)
    layers = [field.encode(x=theme.at_x("x"), x2="x2:Q", y=theme.at_y("y")), *dots, names]
    return theme.finish(layers, frame, int(under) + 12 + 24 * frame.narrow, left=6, right=6, top=4, bottom=6)
