"""Three live rooms on Yunji: the people the reporters saw watching, and the number the platform displayed."""

from ..data.dataset import Dataset
from ..drawing import marks, theme
from ..drawing.rows import of_facts
from ..drawing.theme import alt
from ..words.languages import Language

TITLE = {
    "en": "A room labelled {{ fact wei-liling-label }} had {{ fact wei-liling-viewers }} watching, the reporters say",
    "zh": "标着{{ fact wei-liling-label }}的直播间，记者所见在线{{ fact wei-liling-viewers }}",
}
SUBTITLE = {
    "en": "People seen watching three top-ranked rooms, and the number shown on one of them; each step of the axis is tenfold",
    "zh": "记者所见三个靠前直播间的在线人数，及其中一间的平台标注数字；横轴每格相差十倍",
}
ALT = {
    "en": "Chart of three live rooms on a tenfold axis. All three had {{ fact yunji-rooms-viewers }} watching; one of them, "
    "Wei Liling's, had {{ fact wei-liling-viewers }}, while the platform's own label on it read {{ fact wei-liling-label }}, "
    "{{ figure label-to-viewers }} as many.",
    "zh": "三个直播间的对比图，横轴每格相差十倍。三间在线人数均{{ fact yunji-rooms-viewers }}；其中魏黎凌一间"
    "{{ fact wei-liling-viewers }}，而平台在该间标注的数字是{{ fact wei-liling-label }}，为在线人数的{{ figure label-to-viewers }}。",
}
NOTE = {
    "en": "An arrow means that only a limit is given. The report does not explain what the platform's label "
    "counts; by its account, it is not people watching at that moment. Yunji had not replied by the time of writing. Seen on {{ fact yunji-rooms-viewers period }}, around eight in the evening.",
    "zh": "箭头表示只给出界限。平台标注的数字统计什么，报道未作说明；从文意看，并非当时在看的人数。截至发稿，云集没有答复。观察时间为"
    "{{ fact yunji-rooms-viewers period }}，晚间八点左右。",
}
WORDS = {
    "en": {"mark": "platform's label: "},
    "zh": {"mark": "平台标注："},
}


def rows(dataset: Dataset, language: Language) -> theme.Rows:
    """One row a mark: the limit in three rooms, then the two numbers of the third."""
    limit, seen, shown = (dataset.facts[f] for f in ("yunji-rooms-viewers", "wei-liling-viewers", "wei-liling-label"))
    rooms = ["room-xuebing", "room-aojie", "room-wei-liling", "room-wei-liling"]
    names = [dataset.entities[room].name[language.code] for room in rooms]
    return of_facts((limit, limit, seen, shown), dataset, language).assign(entity_id=rooms, name=names)


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """x is a number on a tenfold axis; each room has a line with its name above."""
    line = {room: i for i, room in enumerate(dict.fromkeys(rows["entity_id"]))}
    step = 62
    rows = rows.assign(y=rows["entity_id"].map(line) * step + 42, colour=theme.actor("yunji"))
    rows.loc[rows["unit"] == "count", "colour"] = theme.colour("warn")
    labelled = rows["unit"] == "count"
    rows.loc[labelled, "text"] = words["mark"] + rows.loc[labelled, "text"]
    names = rows.drop_duplicates("entity_id").assign(x=0)
    names["y"] -= 26
    x = alt.X("value:Q", scale=alt.Scale(type="log", domain=[10, 100_000]),
              axis=alt.Axis(title=None, values=[10, 100, 1_000, 10_000, 100_000], domain=False, ticks=False,
                            labelExpr=words["axis"]))  # fmt: skip
    texts = [
        theme.label(rows[~labelled], x=x, y=theme.at_y("y"), text="text:N", dx=14),
        theme.label(
            rows[labelled],
            x=x,
            y=theme.at_y("y"),
            text="text:N",
            align="right",
            bold=True,
            dx=8 if frame.narrow else -14,
            dy=-20 if frame.narrow else 0,
        ),
    ]
    rooms = theme.label(names, x=theme.at_x("x"), y=theme.at_y("y"), text="name:N", bold=True)
    return theme.finish([*marks.limits(rows, x, "colour:N"), rooms, *texts], frame, step * len(line), left=18, right=26)
