"""Two ways to count Yunji's members; the counts that are only inferred are pale."""

from ..drawing import marks, theme

EVIDENCE = (
    *(f"yunji-members-cumulative-{year}" for year in (2016, 2017, 2018, 2019, 2020)),
    *(f"yunji-members-transacting-{year}" for year in (2017, 2018, 2019, 2020)),
)


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Two columns a year; inferred ones have dotted outlines."""
    years = rows["first"].str[:4].astype(int) - 2016
    total = rows["metric_id"] == "members-cumulative"
    rows = rows.assign(
        slot=years + total.map({True: -0.2, False: 0.2}),
        thick=0.36,
        colour=total.map({True: theme.colour("closed"), False: theme.actor("yunji")}),
    )
    return marks.columns(
        rows, words, frame, words["size"], {float(i): str(2016 + i) for i in range(5)}, 5, numbers=not frame.narrow
    )
