"""Yunji's net result quarter by quarter in other sources: losses above the line, the one profit below it."""

from ..facts import Dataset
from ..languages import Language
from . import theme
from .quarters import by_quarter, quarterly

TITLE = {
    "en": "Nearly every quarter found shows a loss, small or large",
    "zh": "几乎季季亏损，有大有小",
}
SUBTITLE = {
    "en": "Net loss by quarter, million yuan; a profit points down, an empty place was not found",
    "zh": "各季度净亏损，亿元；向下为盈利，空格为未找到",
}
ALT = {
    "en": "Columns by quarter, losses upward. The largest loss is {{ evidence yunji-net-loss-2019-q2 }}; the one profit shown is "
    "{{ evidence yunji-net-profit-2019-q1 }}.",
    "zh": "按季度的柱状图，亏损向上。最大亏损{{ evidence yunji-net-loss-2019-q2 }}，唯一的盈利为{{ evidence yunji-net-profit-2019-q1 }}。",
}
NOTE = {
    "en": "Total net result, all from other sources. The last quarter of one year is worked out from the year less its other "
    "quarters. Do not set them beside the article's yearly figures, which seem to be on another basis.",
    "zh": "净损益总额，均出自其他来源。其中一个年末季度由全年减去其余季度得出。报道的年度数字口径不同，不可并列。",
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
