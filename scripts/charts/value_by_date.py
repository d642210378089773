"""Market value of Yunji and Onion Global at every date that was found; the report's values stand solid."""

import datetime

import pandas

from ..data.dataset import Dataset
from ..drawing import marks, theme
from ..drawing.rows import joined, of_evidence, of_facts
from ..drawing.theme import alt
from ..words.languages import Language

FACTS = ("yunji-market-value-2022", "onion-market-value-2022")


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """The report's two values, and every dated value of the two firms."""
    facts = tuple(dataset.facts[fact_id] for fact_id in FACTS)
    found = [e for who in ("yunji", "onion-global") for e in dataset.evidence_about(who, "market-value")]
    found = [e for e in found if e.period and e.period.single and e.qualifier != "over"]  # a limit is no dot
    return joined(of_facts(facts, dataset, language), of_evidence(found, dataset, language))


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """x is the day, y dollars on a tenfold axis; one colour a firm, a label for the report's two."""
    height, left, right = 280, 66, 14
    start, end = datetime.date(2019, 1, 1).toordinal(), datetime.date(2025, 1, 1).toordinal()
    span = frame.width - left - right
    day = [datetime.date.fromisoformat(text).toordinal() for text in rows["first"]]
    rows = rows.assign(
        x=[(d - start) / (end - start) * span for d in day],
        colour=rows["entity_id"].map(theme.actor),
        shape=rows["entity_id"].map({"yunji": "circle", "onion-global": "diamond"}),
    )
    axis = alt.Axis(title=None, values=[1e7, 1e8, 1e9], domain=False, ticks=False, labelExpr=words["axis"])
    y = alt.Y("value:Q", scale=alt.Scale(type="log", domain=[5e6, 5e9]), axis=axis)
    points = alt.Chart(rows).mark_point(size=110, filled=True, strokeWidth=2)
    points = points.encode(x=theme.at_x("x"), y=y, shape=alt.Shape("shape:N", scale=None), **marks.voiced("colour:N"))
    said = rows[rows["voice"] == "article"].assign(text=lambda some: some["name"] + " " + some["brief"])
    texts = [
        theme.label(
            said[said["entity_id"] == who], x=theme.at_x("x"), y=y, text="text:N", align=align, dx=dx, dy=dy, bold=True
        )
        for who, align, dx, dy in (("yunji", "left", 8, -14), ("onion-global", "right", 30, 18))
    ]
    years = pandas.DataFrame(
        {"x": [span * (i + 0.5) / 6 for i in range(6)], "y": height + 16, "text": [str(2019 + i) for i in range(6)]}
    )
    ticks = theme.label(years, x=theme.at_x("x"), y=theme.at_y("y"), text="text:N", align="center", soft=True)
    return theme.finish(
        [points, *texts, ticks, *marks.voices(rows, words, 0, -30)],
        frame,
        height,
        left=left,
        right=right,
        top=46,
        bottom=34,
    )
