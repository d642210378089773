"""What the checks came to: how many facts have which verdict."""

import pandas

from ..data import verdicts
from ..data.dataset import Dataset
from ..drawing import theme
from ..drawing.theme import alt
from ..words.languages import Language
from .verdicts_by_speaker import SHADES

TITLE = {
    "en": "Of the facts that other sources speak to, far more hold than differ; most of the rest cannot be checked or were not found elsewhere",
    "zh": "其他来源涉及的事实，站得住的远多于有出入的；其余多半无法核对，或未见于他处",
}
SUBTITLE = {
    "en": "Number of facts by the verdict of their checks",
    "zh": "按核对结论统计的事实条数",
}
ALT = {
    "en": "Bars for the verdicts on {{ count facts }} facts, from “differs” to “not checkable”; the counts stand beside the "
    "bars and in the table below.",
    "zh": "{{ count facts }}条事实核对结论的条形图，从“有出入”到“无法核对”，条数见条形旁与图下表格。",
}
NOTE = {
    "en": "A fact counts once. Of its checks a contradiction, whole or in part, outranks an agreement, and a firm verdict a weak one; parts that come out "
    "differently make it agree in part. A repost alone never counts as agreement or contradiction.",
    "zh": "每条事实只计一次：各项核对之中，有出入（包括部分有出入）重于相符，确凿的结论重于单薄的线索；各部分结论不一的，算作部分印证。仅凭一处转载，"
    "既不算印证也不算有出入。",
}
WORDS = {
    "en": {"columns": {"name": "Verdict", "value": "Facts"}},
    "zh": {"columns": {"name": "结论", "value": "条数"}},
}


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """One row a verdict, in the order of doubt."""
    found = [verdicts.overall(dataset, fact_id) for fact_id in dataset.facts]
    return pandas.DataFrame([
        {"verdict": v, "name": language.word("verdicts", v), "value": found.count(v)} for v in SHADES
    ])  # fmt: skip


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """A bar a verdict with its name above and its count behind."""
    step = 44
    rows = rows.assign(y=[i * step + 34 for i in range(len(rows))], x=0)
    rows["colour"] = rows["verdict"].map(lambda v: theme.colour(SHADES[v][0]))
    rows["strength"] = rows["verdict"].map(lambda v: SHADES[v][1])
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, rows["value"].max() * 1.12]))
    bars = (
        alt.Chart(rows)
        .mark_bar(orient="horizontal", height=18)
        .encode(
            x=x,
            y=theme.at_y("y"),
            color=alt.Color("colour:N", scale=None),
            fillOpacity=alt.FillOpacity("strength:Q", scale=None),
        )
    )
    counts = theme.label(rows, x=x, y=theme.at_y("y"), text="value:N", dx=8, bold=True)
    names = theme.label(rows.assign(y=rows["y"] - 20), x=theme.at_x("x"), y=theme.at_y("y"), text="name:N")
    return theme.finish([bars, counts, names], frame, step * len(rows), bottom=4)
