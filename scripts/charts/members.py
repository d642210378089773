"""Two ways to count Yunji's members; counts that are only inferred have dotted edges."""

from ..drawing import marks

EVIDENCE = (
    *(f"yunji-members-cumulative-{year}" for year in (2016, 2017, 2018, 2019, 2020)),
    *(f"yunji-members-transacting-{year}" for year in (2017, 2018, 2019, 2020)),
)

draw = marks.pairs({"members-cumulative": "closed", "members-transacting": "yunji"})
