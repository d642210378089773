"""What members paid Yunji against what Yunji paid for training its members, year by year."""

from ..drawing import marks, theme

FACTS = ("yunji-membership-fees-2018", "yunji-membership-fees-2019", "yunji-membership-fees-2020")
EVIDENCE = (
    "yunji-membership-fees-2017",
    "yunji-membership-fees-2018",
    "yunji-membership-fees-2019",
    *(f"yunji-member-training-cost-{year}" for year in (2018, 2019, 2020)),
)


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Two columns a year: fees in Yunji's colour, training in grey."""
    years = rows["first"].str[:4].astype(int) - 2017
    cost = rows["metric_id"] == "member-training-cost"
    rows = rows.assign(
        slot=years + cost.map({True: 0.2, False: -0.2}),
        thick=rows["voice"].map({"others": 0.36, "article": 0.22}),
        colour=cost.map({True: theme.colour("closed"), False: theme.actor("yunji")}),
    )
    ticks = {float(i): str(2017 + i) for i in range(4)}
    return marks.columns(rows, words, frame, words["size"], ticks, 4, numbers=not frame.narrow)
