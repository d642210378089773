"""Membership fees paid to Yunji against its cost of training members, year by year."""

from ..drawing import marks

FACTS = ("yunji-membership-fees-2018", "yunji-membership-fees-2019", "yunji-membership-fees-2020")
EVIDENCE = (
    "yunji-membership-fees-2017",
    "yunji-membership-fees-2018",
    "yunji-membership-fees-2019",
    *(f"yunji-member-training-cost-{year}" for year in (2018, 2019, 2020)),
)

draw = marks.pairs({"membership-fees": "yunji", "member-training-cost": "closed"})
