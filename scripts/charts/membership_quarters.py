"""Yunji's membership fees quarter by quarter in other sources: the months in which they went to nothing."""

from ..data.dataset import Dataset
from ..drawing import theme
from ..words.languages import Language
from .quarters import by_quarter, quarterly

TITLE = {
    "en": "Most of the fees had gone before membership became free",
    "zh": "会员免费之前，会员费已去大半",
}
SUBTITLE = {
    "en": "Membership fees by quarter, million yuan; an empty place is a quarter that was not found",
    "zh": "各季度会员费收入，亿元；空格为未找到的季度",
}
ALT = {
    "en": "Columns by quarter. Fees were {{ evidence yunji-membership-fees-2018-q4 }} in {{ evidence yunji-membership-fees-2018-q4 period }}, the highest quarter shown, "
    "{{ evidence yunji-membership-fees-2020-q1 }} in {{ evidence yunji-membership-fees-2020-q1 period }}, when free membership began, and "
    "{{ evidence yunji-membership-fees-2021-q2 }} in {{ evidence yunji-membership-fees-2021-q2 period }}, the last quarter shown.",
    "zh": "按季度的柱状图。所示最高{{ evidence yunji-membership-fees-2018-q4 }}（{{ evidence yunji-membership-fees-2018-q4 period }}），免费开始的"
    "{{ evidence yunji-membership-fees-2020-q1 period }}为{{ evidence yunji-membership-fees-2020-q1 }}，末季（{{ evidence yunji-membership-fees-2021-q2 period }}）为{{ evidence yunji-membership-fees-2021-q2 }}。",
}
NOTE = {
    "en": "All from other sources. The highest column is worked out from the fall that one source prints for the quarter a year later. "
    "The first half of {{ evidence yunji-membership-fees-2020 period }}, when free membership began, brought "
    "{{ evidence yunji-membership-fees-2020-h1 }}, which leaves "
    "{{ evidence yunji-membership-fees-2020-h2 }} of the report's {{ fact yunji-membership-fees-2020 }} for the second half, if the yearly figure of a repost holds.",
    "zh": "均出自其他来源。最高的一柱由某来源所载次年同期降幅推算。免费始于{{ fact yunji-membership-lowered period }}，当年上半年合计{{ evidence yunji-membership-fees-2020-h1 }}，报道的"
    "{{ fact yunji-membership-fees-2020 }}中留给下半年的是{{ evidence yunji-membership-fees-2020-h2 }}（若转载所列全年数无误）。",
}
WORDS = {
    "en": {"size": 1e6, "columns": {"period": "When", "text": "Fees", "speaker": "Source", "derivation": "How known"}},
    "zh": {"size": 1e8, "columns": {"period": "时间", "text": "会员费", "speaker": "来源", "derivation": "得知方式"}},
}


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """Every quarter of membership fees that evidence has."""
    return quarterly(dataset, language, "membership-fees")


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """A column a quarter; years below."""
    return by_quarter(rows.assign(colour=theme.actor("yunji")), words, frame)
