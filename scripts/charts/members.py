"""Two ways to count Yunji's members; the counts that are only inferred are pale."""

from ..drawing import marks, theme

EVIDENCE = (
    *(f"yunji-members-cumulative-{year}" for year in (2016, 2017, 2018, 2019, 2020)),
    *(f"yunji-members-transacting-{year}" for year in (2017, 2018, 2019, 2020)),
)
TITLE = {
    "en": "The report's growth rates may count the members who traded, not all members",
    "zh": "报道的会员增速，算的可能是有交易的会员，而非全部会员",
}
SUBTITLE = {
    "en": "Members by two definitions, million",
    "zh": "两种口径的会员数，万人",
}
ALT = {
    "en": "Paired columns by year, from {{ evidence yunji-members-cumulative-2016 period }} to {{ evidence yunji-members-cumulative-2020 period }}. All members so far: {{ evidence yunji-members-cumulative-2016 }}, then {{ evidence yunji-members-cumulative-2017 }}, then "
    "{{ evidence yunji-members-cumulative-2018 }}, then {{ evidence yunji-members-cumulative-2019 }}, then "
    "{{ evidence yunji-members-cumulative-2020 }}. Transacting members: "
    "{{ evidence yunji-members-transacting-2018 }} in {{ evidence yunji-members-transacting-2018 period }}, {{ evidence yunji-members-transacting-2019 }} in {{ evidence yunji-members-transacting-2019 period }}; the years before and "
    "after are inferred.",
    "zh": "按年份成对的柱状图。{{ evidence yunji-members-cumulative-2016 period }}起，累计会员依次为{{ evidence yunji-members-cumulative-2016 }}、{{ evidence yunji-members-cumulative-2017 }}、"
    "{{ evidence yunji-members-cumulative-2018 }}、{{ evidence yunji-members-cumulative-2019 }}、"
    "{{ evidence yunji-members-cumulative-2020 }}；交易会员{{ evidence yunji-members-transacting-2018 period }}为"
    "{{ evidence yunji-members-transacting-2018 }}，{{ evidence yunji-members-transacting-2019 period }}为{{ evidence yunji-members-transacting-2019 }}，其前后两年为推断。",
}
NOTE = {
    "en": "Grey, left: everyone who had become a member. Blue, right: members with business on the platform in the year. The first and last "
    "blue columns, dotted, are worked back from the report's own rates ({{ fact yunji-member-growth-first }} and "
    "{{ fact yunji-member-growth-last }}): an inference that no source states. The last grey column is from a single repost.",
    "zh": "左灰柱为累计入会者，右蓝柱为当年有交易的会员。首尾两根虚线蓝柱由报道的增速（{{ fact yunji-member-growth-first }}与"
    "{{ fact yunji-member-growth-last }}）倒推而来，属推断，没有来源写明。最后一根灰柱仅见于一处转载。",
}
WORDS = {"en": {"size": 1e6}, "zh": {"size": 1e4}}


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Two columns a year; inferred ones have dotted outlines."""
    years = rows["first"].str[:4].astype(int) - 2016
    total = rows["metric_id"] == "members-cumulative"
    rows = rows.assign(
        slot=years + total.map({True: -0.2, False: 0.2}),
        thick=0.36,
        colour=total.map({True: theme.colour("closed"), False: theme.actor("yunji")}),
    )
    return marks.columns(
        rows, words, frame, words["size"], {float(i): str(2016 + i) for i in range(5)}, 5, numbers=not frame.narrow
    )
