"""Yunji's revenue year by year in other sources, with the report's two figures marked on it."""

from ..drawing import marks, theme

FACTS = ("yunji-revenue-2018", "yunji-revenue-2020")
EVIDENCE = tuple(f"yunji-revenue-{year}" for year in range(2016, 2025))
TITLE = {
    "en": "The fall went on: by {{ evidence yunji-revenue-2024 period }} little of Yunji's revenue was left",
    "zh": "跌势未止：到{{ evidence yunji-revenue-2024 period }}，营收只剩零头",
}
SUBTITLE = {
    "en": "Total revenue by financial year, billion yuan",
    "zh": "各财年总营收，亿元",
}
ALT = {
    "en": "Columns for nine years. Other sources have {{ evidence yunji-revenue-2016 short }} in {{ evidence yunji-revenue-2016 period }}, a peak of "
    "{{ evidence yunji-revenue-2018 short }} in {{ evidence yunji-revenue-2018 period }} and {{ evidence yunji-revenue-2024 short }} in {{ evidence yunji-revenue-2024 period }}. The report's two figures, "
    "{{ fact yunji-revenue-2018 short }} and {{ fact yunji-revenue-2020 short }}, stand solid inside and agree.",
    "zh": "九年的柱状图。其他来源所载{{ evidence yunji-revenue-2016 period }}为{{ evidence yunji-revenue-2016 short }}，最高{{ evidence yunji-revenue-2018 short }}（{{ evidence yunji-revenue-2018 period }}），"
    "{{ evidence yunji-revenue-2024 period }}为{{ evidence yunji-revenue-2024 short }}。报道的两个数{{ fact yunji-revenue-2018 short }}与{{ fact yunji-revenue-2020 short }}"
    "以实心标出，两相吻合。",
}
NOTE = {
    "en": "By the company's account, part of the first fall came because sales shifted to the marketplace, whose revenue is "
    "recognised on a net basis: only Yunji's own share counts. "
    "The figures for {{ evidence yunji-revenue-2022 period }}, {{ evidence yunji-revenue-2023 period }} and {{ evidence yunji-revenue-2024 period }} are from the company's annual report.",
    "zh": "按公司的说法，最初的下跌有一部分是因为业务转向平台，而平台业务按净额法确认收入，只计云集应得的部分。{{ evidence yunji-revenue-2022 period }}、{{ evidence yunji-revenue-2023 period }}、{{ evidence yunji-revenue-2024 period }}的数字取自公司年报。",
}
WORDS = {"en": {"size": 1e9}, "zh": {"size": 1e8}}


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """A column a year; the report's are slimmer and solid."""
    years = rows["first"].str[:4].astype(int)
    rows = rows.assign(
        slot=years - years.min(),
        thick=rows["voice"].map({"others": 0.72, "article": 0.44}),
        colour=theme.actor("yunji"),
    )
    ticks = {float(y - years.min()): f"{y % 100:02d}" if frame.narrow else str(y) for y in sorted(set(years))}
    return marks.columns(rows, words, frame, words["size"], ticks, len(ticks), numbers=not frame.narrow)
