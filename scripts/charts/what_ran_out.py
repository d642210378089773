"""Yunji's membership fees, revenue, market value and net loss at the start and end of the spans that the report gives."""

from ..drawing import theme
from ..drawing.theme import alt

FACTS = (
    "yunji-membership-fees-2018", "yunji-membership-fees-2020", "yunji-revenue-2018", "yunji-revenue-2020",
    "yunji-market-value-before", "yunji-market-value-2022", "yunji-net-loss-2018", "yunji-net-loss-2020",
)  # fmt: skip
UNIT = 0.9  # px for 1% of a pair's first value
HEAD, FOOT = 58, 72  # px above a full column for its names, below the base line for its numbers


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """A panel for each pair, two in a row on a phone; all columns of a row stand on, or hang from, one base line."""
    across, full = 2 if frame.narrow else 4, 100 * UNIT
    width = (frame.width - 8) / across
    rows = rows.assign(pair=[i // 2 for i in range(len(rows))], second=[i % 2 for i in range(len(rows))])
    rows["share"] = rows["value"] / rows["pair"].map(rows[rows["second"] == 0].set_index("pair")["value"])
    loss = rows["pair"] == rows["pair"].max()
    rows["base"] = HEAD + full + rows["pair"] // across * (HEAD + full + FOOT)
    rows["end"] = rows["base"] + (rows["share"] * full).where(loss, -rows["share"] * full)
    rows["left"] = rows["pair"] % across * width
    rows["x"] = rows["left"] + rows["second"] * width * 0.4
    rows["x2"], rows["middle"] = rows["x"] + width * 0.3, rows["x"] + width * 0.15
    rows["at"] = rows["base"] + rows["second"] * 22 + loss.map({True: -36, False: 16})
    limit = rows["qualifier"] == "over"
    rows["told"] = rows["first"].str[:4] + words["colon"] + limit.map({True: "> ", False: ""}) + rows["brief"]
    rows["strength"], rows["colour"] = limit.map({True: 0.55, False: 1.0}), theme.colour("yunji")
    panels = rows[rows["second"] == 0].assign(name=words["names"], change=words["changes"])
    panels["top"], panels["under"] = panels["base"] - full - HEAD + 12, panels["base"] - full - HEAD + 35
    filled = {"color": alt.Color("colour:N", scale=None), "opacity": alt.Opacity("strength:Q", scale=None)}
    open_ended = rows[limit].assign(tip=rows["end"] - 6)
    layers = [
        alt.Chart(rows).mark_rect().encode(**theme.at("x", "base"), x2="x2:Q", y2="end:Q", **filled),
        alt.Chart(open_ended).mark_point(shape="triangle-up", filled=True, size=80)
        .encode(**theme.at("middle", "tip"), **filled),
        alt.Chart(panels.assign(x2=panels["left"] + width * 0.85)).mark_rule(color=theme.colour("soft"))
        .encode(**theme.at("left", "base"), x2="x2:Q"),
        theme.label(panels, **theme.at("left", "top"), text="name:N", bold=True),
        theme.label(panels, **theme.at("left", "under"), text="change:N", soft=True),
        theme.label(rows, **theme.at("left", "at"), text="told:N"),
    ]  # fmt: skip
    return theme.finish(layers, frame, int(rows["end"].max()) + 6, left=4, right=4, top=4, bottom=4)
