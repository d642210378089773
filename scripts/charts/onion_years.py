"""Onion Global's sales through its platforms and its revenue, year by year in other sources."""

from ..drawing import marks

EVIDENCE = (
    *(f"onion-gmv-{year}" for year in (2018, 2019, 2020)),
    *(f"onion-revenue-{year}" for year in (2018, 2019, 2020, 2021)),
)

draw = marks.pairs({"gmv": "closed", "revenue": "onion"})
