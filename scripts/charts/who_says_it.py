"""Who says it: the report's facts counted by speaker, with reported and judged facts distinguished."""

import pandas

from ..data.dataset import Dataset
from ..drawing import theme
from ..drawing.theme import alt
from ..words.languages import Language

JUDGED = ("claim", "opinion", "plan")


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """One row for each speaker, most facts first: the counts of reported, judged and all facts."""
    facts = pandas.DataFrame([{"speaker_id": f.speaker_id, "judged": f.kind in JUDGED} for f in dataset.facts.values()])
    table = facts.groupby("speaker_id", as_index=False).agg(value=("judged", "size"), judged=("judged", "sum"))
    table["reported"] = table["value"] - table["judged"]
    table["name"] = table["speaker_id"].map(lambda s: dataset.speakers[s].name[language.code])
    return table.sort_values(["value", "speaker_id"], ascending=[False, True], ignore_index=True)


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """For each speaker a name, a bar in two parts, and the count at its end."""
    step = 46
    rows = rows.assign(y=[i * step + 64 for i in range(len(rows))])
    parts = pandas.concat([
        rows.assign(low=0, high=rows["reported"], part=words["reported"], strength=1.0),
        rows.assign(low=rows["reported"], high=rows["value"], part=words["judged"], strength=0.4),
    ])  # fmt: skip
    parts = parts[parts["high"] > parts["low"]]
    x = alt.X("low:Q", axis=None, scale=alt.Scale(domain=[0, rows["value"].max() * 1.1]))
    strength = alt.Opacity("strength:Q", scale=None)
    bars = alt.Chart(parts).mark_bar(orient="horizontal", height=16, color=theme.colour("accent"))
    bars = bars.encode(x=x, x2="high:Q", y=theme.at_y("y"), opacity=strength)
    counts = theme.label(rows, x=alt.X("value:Q"), y=theme.at_y("y"), text="value:N", dx=8, bold=True)
    names = theme.label(rows.assign(x=0, y=rows["y"] - 20), **theme.at(), text="name:N")
    told = [words["reported"], words["judged"]]
    key = pandas.DataFrame({"x": [0, 130], "at": [20, 150], "y": 12, "strength": [1.0, 0.4], "text": told})
    swatches = alt.Chart(key).mark_square(size=160, filled=True, color=theme.colour("accent"), xOffset=7)
    swatches = swatches.encode(**theme.at(), opacity=strength)
    key_text = theme.label(key, **theme.at("at", "y"), text="text:N")
    return theme.finish([bars, counts, names, swatches, key_text], frame, step * len(rows) + 40, bottom=0)
