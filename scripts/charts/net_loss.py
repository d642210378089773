"""Yunji's net loss at the two ends of the span that the report gives, with the year between left empty."""

from ..drawing import marks, theme

FACTS = ("yunji-net-loss-2018", "yunji-net-loss-2020")
TITLE = {
    "en": "While revenue shrank, Yunji's net loss grew",
    "zh": "营收缩水，云集净亏损反而扩大",
}
SUBTITLE = {
    "en": "Net loss at the two ends of the span, as the report gives it, million yuan",
    "zh": "所述期间首尾两年的净亏损（报道口径），亿元",
}
ALT = {
    "en": "Two columns with an empty outline between them. Net loss was {{ fact yunji-net-loss-2018 }} in {{ fact yunji-net-loss-2018 period }} and "
    "{{ fact yunji-net-loss-2020 }} in {{ fact yunji-net-loss-2020 period }}, {{ figure net-loss-ratio }} as much. The year between is not in the report.",
    "zh": "两根柱子，中间一格虚线空框。{{ fact yunji-net-loss-2018 period }}净亏损{{ fact yunji-net-loss-2018 }}，{{ fact yunji-net-loss-2020 period }}{{ fact yunji-net-loss-2020 }}，"
    "为前者的{{ figure net-loss-ratio }}；中间一年报道未给出。",
}
NOTE = {
    "en": "A taller column is a bigger loss. The report does not say which net loss it means; the years follow from "
    "the order of the numbers.",
    "zh": "柱子越高，亏损越大。报道未说明净亏损的口径；各数对应的年份按次序推知。",
}
WORDS = {
    "en": {"size": 1e6, "years": ["{{ fact yunji-net-loss-2018 period }}", "{{ fact yunji-net-loss-2020 period }}"],
           "missing_year": "{{ fact yunji-membership-fees-2019 period }}", "missing": ["not in", "the", "report"]},
    "zh": {"size": 1e8, "years": ["{{ fact yunji-net-loss-2018 period }}", "{{ fact yunji-net-loss-2020 period }}"],
           "missing_year": "{{ fact yunji-membership-fees-2019 period }}", "missing": ["报道", "未给出"]},
}  # fmt: skip


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Two columns and an empty outline."""
    return marks.ends(rows, words, frame, words["size"])
