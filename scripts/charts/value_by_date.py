"""Market value of Yunji and Onion Global at every date that was found; the report's values stand solid."""

import datetime

import pandas

from ..data.dataset import Dataset
from ..drawing import marks, theme
from ..drawing.rows import joined, of_evidence, of_facts
from ..drawing.theme import alt
from ..words.languages import Language

FACTS = ("yunji-market-value-2022", "onion-market-value-2022")
TITLE = {
    "en": "Both fell far from their first days of trading",
    "zh": "与上市首日相比，两家市值都大幅缩水",
}
SUBTITLE = {
    "en": "Market value on single dates, US dollars; each step of the axis is tenfold",
    "zh": "各日期的市值，美元；纵轴每格相差十倍",
}
ALT = {
    "en": "Dots by date on a tenfold axis. Yunji closed its first day, {{ evidence yunji-market-value-2019-05-03 period }}, at {{ evidence yunji-market-value-2019-05-03 short }}; the "
    "report has {{ fact yunji-market-value-2022 }}, and the last value found is "
    "{{ evidence yunji-market-value-2024-year-end }}, for {{ evidence yunji-market-value-2024-year-end period }}. Onion Global closed its first day, {{ evidence onion-market-value-2021-05-07-xiaoke period }}, at "
    "{{ evidence onion-market-value-2021-05-07-xiaoke }}; the report has {{ fact onion-market-value-2022 }}.",
    "zh": "按日期的点图，纵轴每格相差十倍。云集首日（{{ evidence yunji-market-value-2019-05-03 period }}）收盘{{ evidence yunji-market-value-2019-05-03 short }}，报道为"
    "{{ fact yunji-market-value-2022 }}，所见最后一个数为{{ evidence yunji-market-value-2024-year-end }}（{{ evidence yunji-market-value-2024-year-end period }}）。洋葱集团首日（{{ evidence onion-market-value-2021-05-07-xiaoke period }}）收盘"
    "{{ evidence onion-market-value-2021-05-07-xiaoke }}，报道为{{ fact onion-market-value-2022 }}。",
}
NOTE = {
    "en": "Single dates, not a line: what lies between was not looked at. Values at the ends of years are from a data site; "
    "one of them, which looks doubtful, was left out.",
    "zh": "各点为单个日期，不连成线，其间未作查考。年末数值取自数据网站，其中一年的数值可疑，未予采用。",
}
WORDS = {"en": {"start": "first day", "now": "report"}, "zh": {"start": "首日", "now": "报道"}}


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
