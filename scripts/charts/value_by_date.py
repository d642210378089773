"""Market value of Yunji and Onion Global at every date that was found; the report's values are solid."""

from ..data.dataset import Dataset
from ..drawing import marks, theme, years
from ..drawing.rows import joined, of_evidence, of_facts
from ..drawing.theme import alt
from ..words.languages import Language

FACTS = ("yunji-market-value-2022", "onion-market-value-2022")


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """The report's two values, and every dated value of the two firms."""
    facts = tuple(dataset.facts[fact_id] for fact_id in FACTS)
    found = [e for who in ("yunji", "onion-global") for e in dataset.evidence_about(who, "market-value")]
    found = [e for e in found if e.period and e.period.single and e.qualifier != "over"]  # a limit has no dot
    return joined(of_facts(facts, dataset, language), of_evidence(found, dataset, language))


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """x is the day, y dollars on a logarithmic axis; one colour and shape a firm; the report's two are labelled, on a phone in two lines."""
    height, left, right = 280, 66, 14
    across, tenfold = years.axis(rows, frame.width - left - right), marks.tenfold(rows["value"])
    rows = rows.assign(
        x=rows["first"].map(across.at),
        colour=theme.actors(rows, words),
        shape=rows["entity_id"].map({"yunji": "circle", "onion-global": "diamond"}),
    )
    axis = alt.Axis(title=None, values=tenfold["values"], domain=False, ticks=False, labelExpr=words["axis"])
    y = alt.Y("value:Q", scale=tenfold["scale"], axis=axis)
    points = alt.Chart(rows).mark_point(size=110, filled=True, strokeWidth=2)
    points = points.encode(x=theme.at_x("x"), y=y, shape=alt.Shape("shape:N", scale=None), **marks.voiced("colour:N"))
    said = rows[rows["voice"] == "article"].assign(text=lambda some: some["name"] + " " + some["brief"])
    texts = [
        theme.label(said[said["entity_id"] == who], x=theme.at_x("x"), y=y, text=f"{column}:N", align=align, dx=8,
                    dy=side * (16 + 20 * line), bold=True)
        for who, align, side in (("yunji", "left", -1), ("onion-global", "right", 1))
        for line, column in enumerate(("name", "brief")[::side] if frame.narrow else ("text",))
    ]  # fmt: skip
    layers = [points, *texts, across.names(height + 16), *marks.voices(rows, words, -30)]
    return theme.finish(layers, frame, height, left=left, right=right, top=46, bottom=34)
