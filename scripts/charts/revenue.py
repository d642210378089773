"""Yunji's revenue at the two ends of the span that the report gives, with the year between left empty."""

from ..drawing import marks, theme

FACTS = ("yunji-revenue-2018", "yunji-revenue-2020")
TITLE = {
    "en": "Yunji's revenue more than halved between {{ fact yunji-revenue-2018 period }} and {{ fact yunji-revenue-2020 period }}",
    "zh": "{{ fact yunji-membership-fees-fall period }}，云集营收缩水过半",
}
SUBTITLE = {
    "en": "Total revenue at the two ends of the span, billion yuan",
    "zh": "所述期间首尾两年的总营收，亿元",
}
ALT = {
    "en": "Two columns with an empty outline between them. Revenue was {{ fact yunji-revenue-2018 }} in {{ fact yunji-revenue-2018 period }} and "
    "{{ fact yunji-revenue-2020 }} in {{ fact yunji-revenue-2020 period }}, a fall of {{ figure revenue-fall }}. The year between is not in the report.",
    "zh": "两根柱子，中间一格虚线空框。{{ fact yunji-revenue-2018 period }}营收{{ fact yunji-revenue-2018 }}，{{ fact yunji-revenue-2020 period }}{{ fact yunji-revenue-2020 }}，"
    "下降{{ figure revenue-fall }}；中间一年报道未给出。",
}
NOTE = {
    "en": "The report prints the span and two numbers; which year each belongs to follows from their order. The value "
    "for the year between is not given, so nothing joins the columns.",
    "zh": "报道只写了起止年份和两个数字，各数对应哪一年按次序推知；中间一年未给出，故两柱不相连。",
}
WORDS = {
    "en": {"size": 1e9, "years": ["{{ fact yunji-revenue-2018 period }}", "{{ fact yunji-revenue-2020 period }}"],
           "missing_year": "{{ fact yunji-membership-fees-2019 period }}", "missing": ["not in", "the", "report"]},
    "zh": {"size": 1e8, "years": ["{{ fact yunji-revenue-2018 period }}", "{{ fact yunji-revenue-2020 period }}"],
           "missing_year": "{{ fact yunji-membership-fees-2019 period }}", "missing": ["报道", "未给出"]},
}  # fmt: skip


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Two columns and an empty outline."""
    return marks.ends(rows, words, frame, words["size"])
