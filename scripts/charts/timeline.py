"""The report's dated events: a lane an actor, a bar as long as the date is imprecise; on a phone a list by year."""

from ..data.dataset import Dataset
from ..drawing import theme, years
from ..drawing.rows import of_facts
from ..drawing.theme import alt
from ..words.languages import Language

NAMES, SPAN = 104, 300  # px for the names of actors, and for the time axis
LEAST = 7  # minimum length of a bar in px


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """One row for each dated event of the report, by date."""
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
    """Lanes in the wide frame, a list in the narrow one."""
    rows = rows.assign(colour=theme.actors(rows, words))
    return _list(rows, frame) if frame.narrow else _lanes(rows, frame)


def _lanes(rows: theme.Rows, frame: theme.Frame) -> theme.Spec:
    """A lane for each actor, in order of appearance; in it a line for each event, with a bar on the time axis and its title."""
    step, gap, left, right = 26, 12, 4, 8
    rows = rows.assign(lane=rows["entity_id"].map({id_: i for i, id_ in enumerate(dict.fromkeys(rows["entity_id"]))}))
    rows = rows.sort_values(["lane", "first", "last"], ignore_index=True, kind="stable")
    rows["y"] = rows.index * step + rows["lane"] * gap + 12
    axis, height = years.axis(rows, SPAN, NAMES), int(rows["y"].max()) + 20
    rows["x"], rows["x2"] = rows["first"].map(axis.at), rows["last"].map(axis.at)
    rows["x2"] = rows["x2"].where(rows["x2"] - rows["x"] > LEAST, rows["x"] + LEAST)
    lanes = rows.drop_duplicates("lane").assign(
        x=0, edge=lambda some: some["y"] - step / 2 - gap / 2, to=frame.width - left - right
    )
    edges = alt.Chart(lanes[1:]).mark_rule(color=theme.colour("rule"))
    bars = (
        alt.Chart(rows)
        .mark_bar(orient="horizontal", height=10, cornerRadius=3)
        .encode(**theme.at(), x2="x2:Q", color=alt.Color("colour:N", scale=None))
    )
    layers = [
        axis.grid(height),
        edges.encode(**theme.at("x", "edge"), x2="to:Q"),
        bars,
        theme.label(lanes, **theme.at(), text="name:N", bold=True),
        theme.label(rows.assign(at=NAMES + SPAN + 14), **theme.at("at", "y"), text="text:N"),
        axis.names(height + 16),
    ]
    return theme.finish(layers, frame, height, left=left, right=right, bottom=30)


def _list(rows: theme.Rows, frame: theme.Frame) -> theme.Spec:
    """A heading for each year, and below it its events: a dot in the actor's colour, the title, and the date if it is not just the year."""
    rows = rows.assign(year=rows["first"].str[:4], x=6, at=20)
    opens = rows["year"] != rows["year"].shift()
    closer = (rows["first"] != rows["year"] + "-01-01") | (rows["last"] != rows["year"] + "-12-31")
    height_before = (opens * 34 + 24 + closer * 19).cumsum()
    rows["y"] = height_before - closer * 19
    rows["below"] = rows["y"] + 20
    heads = rows[opens].assign(x=0, y=lambda some: some["y"] - 28)
    dots = alt.Chart(rows).mark_point(shape="circle", filled=True, size=100)
    layers = [
        dots.encode(**theme.at(), color=alt.Color("colour:N", scale=None)),
        theme.label(heads, **theme.at(), text="year:N", bold=True),
        theme.label(rows, **theme.at("at", "y"), text="text:N"),
        theme.label(rows[closer], **theme.at("at", "below"), text="period:N", soft=True),
    ]
    return theme.finish(layers, frame, int(height_before.max()) + 12, left=4, right=4, top=0, bottom=4)
