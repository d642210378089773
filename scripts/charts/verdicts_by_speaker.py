"""What the checks came to, by who says the facts: one row a speaker, one part a verdict."""

import pandas

from ..data import verdicts
from ..data.dataset import Dataset
from ..drawing import theme
from ..drawing.theme import alt
from ..words.languages import Language

SHADES = {
    "differs": ("warn", 1.0), "partly": ("warn", 0.45), "corroborated": ("accent", 1.0), "consistent": ("accent", 0.45),
    "lead_only": ("soft", 0.75), "not_found": ("soft", 0.4), "not_checkable": ("soft", 0.18),
}  # fmt: skip
TITLE = {
    "en": "Company figures are mostly borne out; what unnamed people say can hardly be checked",
    "zh": "公司数字大多得到印证，匿名者的话大多无从核对",
}
SUBTITLE = {
    "en": "Number of facts by who says them and by the verdict of their checks",
    "zh": "按说话者与核对结论统计的事实条数",
}
ALT = {
    "en": "Stacked bars by speaker for all {{ count facts }} facts, each part a verdict, from “differs” to “not checkable”. "
    "The counts stand in the table below the chart.",
    "zh": "全部{{ count facts }}条事实按说话者的堆叠条形图，各段为一种结论，从“有出入”到“无法核对”；条数见图下表格。",
}
NOTE = {
    "en": "A fact counts once; of its checks a contradiction, whole or in part, outranks an agreement, and a firm verdict a weak one. A check is only as "
    "good as what was found.",
    "zh": "每条事实只计一次；各项核对之中，有出入（包括部分有出入）重于相符，确凿的结论重于单薄的线索。核对的可靠程度以所找到的资料为限。",
}
WORDS = {
    "en": {"columns": {"name": "Who says it", **{v: v for v in SHADES}, "value": "Together"}},
    "zh": {"columns": {"name": "谁说的", **{v: v for v in SHADES}, "value": "合计"}},
}


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """One row a speaker, most facts first, with a count a verdict."""
    facts = pandas.DataFrame(
        [{"speaker_id": f.speaker_id, "verdict": verdicts.overall(dataset, f.fact_id)} for f in dataset.facts.values()]
    )
    table = pandas.crosstab(facts["speaker_id"], facts["verdict"]).reindex(columns=list(SHADES), fill_value=0)
    table = table.assign(value=table.sum(axis=1)).reset_index()
    table["name"] = table["speaker_id"].map(lambda s: dataset.speakers[s].name[language.code])
    return table.sort_values(["value", "speaker_id"], ascending=[False, True], ignore_index=True)


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Each speaker has a name and a bar of parts in the order of doubt; parts of two and more carry their count."""
    per_line = 2 if frame.narrow else 4
    lines = -(-len(SHADES) // per_line)
    step, top = 46, lines * 24 + 14
    rows = rows.assign(y=[i * step + top + 34 for i in range(len(rows))])
    parts = rows.melt(
        id_vars=["speaker_id", "name", "y"], value_vars=list(SHADES), var_name="verdict", value_name="count"
    )
    parts["order"] = parts["verdict"].map(list(SHADES).index)
    parts = parts.sort_values(["y", "order"])
    parts["high"] = parts.groupby("speaker_id")["count"].cumsum()
    parts["low"] = parts["high"] - parts["count"]
    parts["middle"] = (parts["high"] + parts["low"]) / 2
    parts["colour"] = parts["verdict"].map(lambda v: theme.colour(SHADES[v][0]))
    parts["text"] = parts["verdict"].map(words["verdicts"]) + " " + parts["count"].astype(str)
    parts["strength"] = parts["verdict"].map(lambda v: SHADES[v][1])
    parts = parts[parts["count"] > 0]
    shade = {"color": alt.Color("colour:N", scale=None), "fillOpacity": alt.FillOpacity("strength:Q", scale=None)}
    x = alt.X("low:Q", axis=None, scale=alt.Scale(domain=[0, rows["value"].max() * 1.08]))
    bars = alt.Chart(parts).mark_bar(orient="horizontal", height=18, stroke=theme.colour("card"), strokeWidth=1)
    bars = bars.encode(x=x, x2="high:Q", y=theme.at_y("y"), **shade)
    whole = theme.label(rows, x=alt.X("value:Q"), y=theme.at_y("y"), text="value:N", dx=8, bold=True)
    names = theme.label(rows.assign(x=0, y=rows["y"] - 21), x=theme.at_x("x"), y=theme.at_y("y"), text="name:N")
    wide = (frame.width - 12) / per_line
    key = pandas.DataFrame(
        {
            "x": [8 + (i % per_line) * wide for i in range(len(SHADES))],
            "at": [24 + (i % per_line) * wide for i in range(len(SHADES))],
            "y": [12 + (i // per_line) * 24 for i in range(len(SHADES))],
            "text": [words["verdicts"][v] for v in SHADES],
            "colour": [theme.colour(shade[0]) for shade in SHADES.values()],
            "strength": [shade[1] for shade in SHADES.values()],
        }
    )
    swatches = alt.Chart(key).mark_square(size=170, opacity=1, stroke=theme.colour("soft"), strokeWidth=1, filled=True)
    swatches = swatches.encode(x=theme.at_x("x"), y=theme.at_y("y"), **shade)
    key_text = theme.label(key, x=theme.at_x("at"), y=theme.at_y("y"), text="text:N")
    return theme.finish([bars, whole, names, swatches, key_text], frame, step * len(rows) + top + 10, bottom=0)
