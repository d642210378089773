"""What members paid Yunji against what Yunji paid for training its members, year by year."""

from ..drawing import marks, theme

FACTS = ("yunji-membership-fees-2018", "yunji-membership-fees-2019", "yunji-membership-fees-2020")
EVIDENCE = (
    "yunji-membership-fees-2017",
    "yunji-membership-fees-2018",
    "yunji-membership-fees-2019",
    *(f"yunji-member-training-cost-{year}" for year in (2018, 2019, 2020)),
)
TITLE = {
    "en": "As the fees went, so did the money spent on training members",
    "zh": "会员费大减，会员培训开支也大减",
}
SUBTITLE = {
    "en": "Membership fees and cost of training members by financial year, million yuan",
    "zh": "各财年会员费收入与会员培训成本，亿元",
}
ALT = {
    "en": "Paired columns by year. Fees were {{ fact yunji-membership-fees-2018 }}, {{ fact yunji-membership-fees-2019 }} "
    "and {{ fact yunji-membership-fees-2020 }}; the training of members cost {{ evidence yunji-member-training-cost-2018 short }}, "
    "{{ evidence yunji-member-training-cost-2019 short }} and {{ evidence yunji-member-training-cost-2020 short }} in the same years, {{ fact yunji-membership-fees-fall period }}.",
    "zh": "按年份成对的柱状图。{{ fact yunji-membership-fees-fall period }}，会员费依次为{{ fact yunji-membership-fees-2018 }}、{{ fact yunji-membership-fees-2019 }}、"
    "{{ fact yunji-membership-fees-2020 }}；同期培训会员的成本为{{ evidence yunji-member-training-cost-2018 short }}、"
    "{{ evidence yunji-member-training-cost-2019 short }}、{{ evidence yunji-member-training-cost-2020 short }}。",
}
NOTE = {
    "en": "Left column of each year: fees. Right column, grey: training, paid to outside firms, from the company's annual "
    "report. For the fees of {{ fact yunji-membership-fees-2020 period }} only one repost was found, which agrees.",
    "zh": "每年左柱为会员费；右侧灰柱为付给外部机构的培训成本，取自公司年报。{{ fact yunji-membership-fees-2020 period }}的会员费只另见一处转载，两相吻合。",
}
WORDS = {"en": {"size": 1e6}, "zh": {"size": 1e8}}


def draw(rows: theme.Rows, words: theme.Words, frame: theme.Frame) -> theme.Spec:
    """Two columns a year: fees in Yunji's colour, training in grey."""
    years = rows["first"].str[:4].astype(int) - 2017
    cost = rows["metric_id"] == "member-training-cost"
    rows = rows.assign(
        slot=years + cost.map({True: 0.2, False: -0.2}),
        thick=rows["voice"].map({"others": 0.36, "article": 0.22}),
        colour=cost.map({True: theme.colour("closed"), False: theme.actor("yunji")}),
    )
    ticks = {float(i): str(2017 + i) for i in range(4)}
    return marks.columns(rows, words, frame, words["size"], ticks, 4, numbers=not frame.narrow)
