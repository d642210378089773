"""The report's dated events: one line each, a bar as long as the date is vague."""

import datetime

from ..data.dataset import Dataset
from ..drawing import theme
from ..drawing.rows import of_facts
from ..drawing.theme import alt
from ..words.languages import Language


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """One row an event, in the order of time."""
    dated = [(event, event.date) for event in dataset.events.values() if event.fact_id and event.date]
    dated.sort(key=lambda pair: (pair[1].first, pair[1].last or pair[1].first, pair[0].event_id))
    table = of_facts(tuple(dataset.facts[event.fact_id] for event, _ in dated), dataset, language)
    return table.assign(
        text=[event.title[language.code] for event, _ in dated],
        entity_id=[event.entity_id for event, _ in dated],
        name=[dataset.entities[event.entity_id].name[language.code] for event, _ in dated],
        period=[language.period(date) for _, date in dated],
        first=[date.first.isoformat() for _, date in dated],
        last=[(date.last or date.first).isoformat() for _, date in dated],
    )


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """x is time, one line an event; the title stands above its bar where the frame is narrow, else beside it."""
    step, bar = (44, 26) if frame.narrow else (30, 14)
    start, end = datetime.date(2017, 1, 1).toordinal(), datetime.date(2023, 1, 1).toordinal()
    width = frame.width - 16 - 12
    span = width if frame.narrow else width * 0.56
    at = lambda day: span * ((datetime.date.fromisoformat(day).toordinal() - start) / (end - start))  # noqa: E731
    rows = rows.assign(x=rows["first"].map(at), colour=rows["entity_id"].map(theme.actor))
    rows["x2"] = (rows["last"].map(at)).where(rows["last"].map(at) - rows["x"] > 7, rows["x"] + 7)
    rows["y"] = [i * step + bar + 6 for i in range(len(rows))]
    rows["text"] = rows["period"] + "  " + rows["text"] if frame.narrow else rows["text"]
    height = len(rows) * step
    years = [{"x": at(f"{year}-01-01"), "year": str(year), "y": 0, "y2": height} for year in range(2017, 2024)]
    grid = (
        alt.Chart(alt.Data(values=years))
        .mark_rule(color=theme.colour("rule"))
        .encode(x=theme.at_x("x"), y=theme.at_y("y"), y2="y2:Q")
    )
    ticks = [{"x": at(f"{year}-07-01"), "year": str(year), "y": height + 16} for year in range(2017, 2023)]
    axis = theme.label(
        alt.Data(values=ticks), x=theme.at_x("x"), y=theme.at_y("y"), text="year:N", align="center", soft=True
    )
    bars = (
        alt.Chart(rows)
        .mark_bar(orient="horizontal", height=9, cornerRadius=3)
        .encode(x=theme.at_x("x"), x2="x2:Q", y=theme.at_y("y"), color=alt.Color("colour:N", scale=None))
    )
    if frame.narrow:
        texts = [theme.label(rows.assign(x=0, y=rows["y"] - 16), x=theme.at_x("x"), y=theme.at_y("y"), text="text:N")]
    else:
        texts = [theme.label(rows.assign(x=span + 14), x=theme.at_x("x"), y=theme.at_y("y"), text="text:N")]
    return theme.finish([grid, axis, bars, *texts], frame, height, left=16, right=12, bottom=30)
