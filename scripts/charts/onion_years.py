"""Onion Global's sales through its platforms and its revenue, year by year in other sources."""

from ..drawing import marks, theme

EVIDENCE = (
    *(f"onion-gmv-{year}" for year in (2018, 2019, 2020)),
    *(f"onion-revenue-{year}" for year in (2018, 2019, 2020, 2021)),
)


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Two columns a year."""
    years = rows["first"].str[:4].astype(int) - 2018
    gmv = rows["metric_id"] == "gmv"
    rows = rows.assign(
        slot=years + gmv.map({True: -0.2, False: 0.2}),
        thick=0.36,
        colour=gmv.map({True: theme.colour("closed"), False: theme.actor("onion-global")}),
    )
    return marks.columns(
        rows, words, frame, words["size"], {float(i): str(2018 + i) for i in range(4)}, 4, numbers=not frame.narrow
    )
