"""Life spans of the closed platforms according to other sources, their owners, and the day of the report."""

import pandas

from ..data.dataset import Dataset
from ..drawing import marks, theme, years
from ..drawing.rows import joined, of_evidence, of_facts
from ..drawing.theme import alt
from ..words.languages import Language

FACTS = ("closed-platforms-life",)
EVIDENCE = ("youpin-youyu-life", "taoxiaopu-life", "dongxiaodian-life", "xiaoe-pinpin-life")


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """The report's fact, and the life spans in the order of EVIDENCE, with the owner's name and the report's date."""
    parents = {id_: dataset.entities.get(entity.parent_id) for id_, entity in dataset.entities.items()}
    found = of_evidence([dataset.evidence[id_] for id_ in EVIDENCE], dataset, language)
    owners = [parents[id_] for id_ in found["entity_id"]]
    published = dataset.article.published
    return joined(
        of_facts(tuple(dataset.facts[id_] for id_ in FACTS), dataset, language),
        found.assign(
            owner=[owner.name[language.code] if owner else "" for owner in owners],
            published=published.first.isoformat() if published else "",
        ),
    )


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """A bar a platform over time; pale, because other sources say so."""
    step, left, right = 50, 16, 12
    rows = rows[rows["voice"] == "others"]
    axis = years.axis(rows, frame.width - left - right)
    height = len(rows) * step + 26
    rows = rows.assign(x=rows["first"].map(axis.at), x2=rows["last"].map(axis.at), colour=theme.colour("closed"))
    rows["y"] = [i * step + 46 for i in range(len(rows))]
    rows["above"], rows["at"] = rows["y"] - 20, 0 if frame.narrow else rows["x"]
    rows["text"] = (
        rows.apply(lambda row: words["both_names"].format(row["name"], row["owner"]), axis=1) + "  " + rows["text"]
    )
    bars = (
        alt.Chart(rows)
        .mark_bar(orient="horizontal", height=14, strokeWidth=1.5)
        .encode(**theme.at(), x2="x2:Q", **marks.voiced("colour:N"))
    )
    names = theme.label(rows, **theme.at("at", "above"), text="text:N")
    day = pandas.DataFrame(
        {"x": [axis.at(rows["published"].iloc[0])], "y": [4], "y2": [height], "text": [words["article"]]}
    )
    line = alt.Chart(day).mark_rule(color=theme.colour("warn"), strokeWidth=2).encode(**theme.at(), y2="y2:Q")
    mark = theme.label(day, **theme.at(), text="text:N", align="right", dx=-6, dy=4, bold=True)
    layers = [axis.grid(height), bars, line, names, mark, axis.names(height + 16)]
    return theme.finish(layers, frame, height, left=left, right=right, bottom=30)
