"""Yunji's GMV and revenue side by side: what was ordered through it, and what it recognised as revenue."""

from ..drawing import marks, theme

EVIDENCE = (
    *(f"yunji-gmv-{year}" for year in (2016, 2017, 2018, 2019)),
    *(f"yunji-revenue-{year}" for year in (2016, 2017, 2018, 2019)),
)


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Two columns a year."""
    years = rows["first"].str[:4].astype(int) - 2016
    gmv = rows["metric_id"] == "gmv"
    rows = rows.assign(
        slot=years + gmv.map({True: -0.2, False: 0.2}),
        thick=0.36,
        colour=gmv.map({True: theme.colour("closed"), False: theme.actor("yunji")}),
    )
    return marks.columns(
        rows, words, frame, words["size"], {float(i): str(2016 + i) for i in range(4)}, 4, numbers=not frame.narrow
    )
