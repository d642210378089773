"""Market value then and now of the two listed platforms; "over" is drawn as an open limit, nothing is joined."""

from ..drawing import marks, theme
from ..drawing.theme import alt

FACTS = (
    "yunji-market-value-before",
    "yunji-market-value-2022",
    "onion-market-value-before",
    "onion-market-value-2022",
)
TITLE = {
    "en": "Most of both firms' market value had gone by the time of writing",
    "zh": "到发稿时，两家市值大半蒸发",
}
SUBTITLE = {
    "en": "Market value, US dollars; each step of the axis is tenfold",
    "zh": "市值，美元；横轴每格相差十倍",
}
ALT = {
    "en": "Chart of market values on a tenfold axis. Yunji was once worth {{ fact yunji-market-value-before }} and at the "
    "time of writing {{ fact yunji-market-value-2022 }}, a fall of {{ figure yunji-value-fall }}. Onion Global was once "
    "worth {{ fact onion-market-value-before }} and then {{ fact onion-market-value-2022 }}, a fall of {{ figure onion-value-fall }}.",
    "zh": "市值对比图，横轴每格相差十倍。云集曾{{ fact yunji-market-value-before }}，发稿时为"
    "{{ fact yunji-market-value-2022 }}，跌去{{ figure yunji-value-fall }}。洋葱集团曾"
    "{{ fact onion-market-value-before }}，发稿时为{{ fact onion-market-value-2022 }}，跌去{{ figure onion-value-fall }}。",
}
NOTE = {
    "en": "An arrow means “more than”: the report gives a lower limit only, for Yunji with “three years earlier”, for "
    "Onion Global without a date. The dots are values read as the report was written, in {{ fact sale-leading-categories period }}.",
    "zh": "箭头表示“超过”：报道只给出下限，云集的时间为“三年前”，洋葱集团未写时间。圆点为{{ fact sale-leading-categories period }}发稿时的数值。",
}
WORDS = {
    "en": {"names": ["Yunji", "Onion Global"], "then": "once ", "now": "at writing "},
    "zh": {"names": ["云集", "洋葱集团"], "then": "曾", "now": "发稿时"},
}


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Each firm has its name and two lines: the limit of then, the dot of now; x is dollars on a tenfold axis."""
    step = 118
    rows = rows.assign(firm=[0, 0, 1, 1], now=[False, True] * 2, colour=rows["entity_id"].map(theme.actor))
    rows["y"] = rows["firm"] * step + rows["now"].map({False: 50, True: 88})
    rows["text"] = rows["now"].map({False: words["then"], True: words["now"]}) + rows["text"]
    names = rows.drop_duplicates("firm").assign(x=0, name=words["names"])
    names["y"] -= 38
    x = alt.X(
        "value:Q",
        scale=alt.Scale(type="log", domain=[1e8, 1e10]),
        axis=alt.Axis(title=None, values=[1e8, 1e9, 1e10], domain=False, ticks=False, labelExpr=words["axis"]),
    )
    texts = [
        theme.label(rows[rows["now"]], x=x, y=theme.at_y("y"), text="text:N", dx=14),
        theme.label(rows[~rows["now"]], x=x, y=theme.at_y("y"), text="text:N", dy=-20, align="center"),
    ]
    titles = theme.label(names, x=theme.at_x("x"), y=theme.at_y("y"), text="name:N", bold=True)
    return theme.finish([*marks.limits(rows, x, "colour:N"), titles, *texts], frame, step * 2, left=24, right=40)
