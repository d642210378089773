"""The small project's chart: sales of two years."""

from scripts.drawing import marks, theme
from scripts.drawing.theme import alt

FACTS = ("shop-revenue-2018", "shop-revenue-2020")
TITLE = {"en": "Sales fell", "zh": "销售下降"}
SUBTITLE = {"en": "Sales, yuan", "zh": "销售额，元"}
ALT = {
    "en": "Two marks: {{ fact shop-revenue-2018 }} and {{ fact shop-revenue-2020 }}.",
    "zh": "两个标记：{{ fact shop-revenue-2018 }}与{{ fact shop-revenue-2020 }}。",
}
NOTE = {"en": "An arrow is a limit.", "zh": "箭头表示界限。"}
WORDS = {"en": {"unit": "yuan"}, "zh": {"unit": "元"}}


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """One line a fact."""
    rows = rows.assign(y=[20, 60], colour=theme.colour("accent"))
    x = alt.X("value:Q", axis=alt.Axis(title=words["unit"], labelExpr=words["axis"]))
    texts = theme.label(rows, x=x, y=theme.at_y("y"), text="text:N", dy=-14, align="center")
    return theme.finish([*marks.limits(rows, x, "colour:N"), texts], frame, 80, left=60, right=60)
