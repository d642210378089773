"""Yunji's GMV and revenue side by side: the value of orders, and the revenue that it recognised."""

from ..drawing import marks

EVIDENCE = (
    *(f"yunji-gmv-{year}" for year in (2016, 2017, 2018, 2019)),
    *(f"yunji-revenue-{year}" for year in (2016, 2017, 2018, 2019)),
)

draw = marks.pairs({"gmv": "closed", "revenue": "yunji"})
