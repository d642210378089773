"""Yunji's net result quarter by quarter in other sources: losses above the line, profits below it."""

from ..data.dataset import Dataset
from ..drawing import theme
from ..words.languages import Language
from .quarters import by_quarter, quarterly

TITLE = {
    "en": "Most quarters found show a loss; three of the four of {{ evidence yunji-net-profit-2021 period }} show a profit",
    "zh": "所见各季多为亏损，{{ evidence yunji-net-profit-2021 period }}四季中有三季盈利",
}
SUBTITLE = {
    "en": "Net loss by quarter, million yuan; a profit points down, an empty place was not found",
    "zh": "各季度净亏损，亿元；向下为盈利，空格为未找到",
}
ALT = {
    "en": "Columns by quarter, losses upward. The largest loss is {{ evidence yunji-net-loss-2019-q2 }}, in {{ evidence yunji-net-loss-2019-q2 period }}; the largest profit is "
    "{{ evidence yunji-net-profit-2021-q3 }}, in {{ evidence yunji-net-profit-2021-q3 period }}.",
    "zh": "按季度的柱状图，亏损向上。最大亏损{{ evidence yunji-net-loss-2019-q2 }}（{{ evidence yunji-net-loss-2019-q2 period }}），"
    "最大盈利{{ evidence yunji-net-profit-2021-q3 }}（{{ evidence yunji-net-profit-2021-q3 period }}）。",
}
NOTE = {
    "en": "Total net result, all from other sources. {{ evidence yunji-net-loss-2020-q4 period }} and "
    "{{ evidence yunji-net-profit-2021-q3 period }} are worked out from the year less its other quarters. Do not set them beside the "
    "report's yearly figures, which seem to be on another basis.",
    "zh": "净损益总额，均出自其他来源。{{ evidence yunji-net-loss-2020-q4 period }}和{{ evidence yunji-net-profit-2021-q3 period }}由全年减去"
    "其余季度得出。报道的年度数字似属另一口径，不可并列。",
}
WORDS = {
    "en": {
        "size": 1e6,
        "columns": {
            "period": "When",
            "text": "Amount",
            "statement": "In words",
            "speaker": "Source",
            "derivation": "How known",
        },
    },
    "zh": {
        "size": 1e8,
        "columns": {"period": "时间", "text": "金额", "statement": "陈述", "speaker": "来源", "derivation": "得知方式"},
    },
}


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """Every quarter of net loss or net profit that evidence has."""
    return quarterly(dataset, language, "net-loss", "net-profit").sort_values("first", ignore_index=True)


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """A column a quarter; a profit hangs below the line."""
    down = rows["metric_id"].map({"net-loss": 1, "net-profit": -1})
    rows = rows.assign(value=rows["value"] * down, colour=theme.colour("warn"))
    return by_quarter(rows, words, frame)
