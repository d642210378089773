"""A correct sentence passes however it is worded; one without its hedge, number, name, unit, time or speaker does not."""

import pytest

from scripts.data import dataset, package
from scripts.data.package import Package
from scripts.paths import THIS
from scripts.rules import runner
from scripts.rules.view import View
from tests.conftest import altered


@pytest.fixture(scope="module")
def read() -> Package:
    return package.read(THIS)[0]


def told(read: Package, table: str, row_id: str, change: dict[str, tuple[str, str]]) -> list[str]:
    """Problems found by the rules once some words of some cells of a real row are replaced."""
    frame = read.tables[table].frame
    row = frame.index[frame.iloc[:, 0] == row_id][0]
    cells = {}
    for column, (old, new) in change.items():
        cell = frame.loc[row, column]
        assert old in cell
        cells[column] = cell.replace(old, new) if old else new
    return [str(problem) for problem in runner.check(View(dataset.read(altered(read, **{table: {row: cells}}))))]


RIGHT = [
    ("facts", "wei-liling-viewers", {"statement_en": ("about 90", "approximately 90")}),
    ("facts", "wei-liling-viewers", {"statement_en": ("about 90 people", "some 90 people"), "statement_zh": ("约有90人", "大概有90人")}),
    ("facts", "wei-liling-viewers", {"statement_en": ("about 90 people", "90 people or so"), "statement_zh": ("约有90人", "有90人上下")}),
    ("facts", "yunji-top-hosts-viewers", {"statement_en": ("fewer than", "not even"), "statement_zh": ("不到", "少于")}),
    ("facts", "yunji-top-hosts-viewers", {"statement_zh": ("不到100人", "未满100人")}),
    ("facts", "yunji-market-value-before", {"statement_en": ("had at one time exceeded", "was at one time in excess of")}),
    ("facts", "yunji-market-value-before", {"statement_zh": ("超过32亿", "突破32亿")}),
    ("facts", "onion-market-value-before", {"statement_en": ("over 600", "above 600"), "statement_zh": ("超过", "高于")}),
    ("facts", "xilu-vip-moved", {"statement_en": ("or above", "and above"), "statement_zh": ("VIP及以上", "至少VIP")}),
    ("facts", "closed-platforms-life", {"statement_en": ("None of the closed platforms", "Of the closed platforms"),
     "statement_zh": ("都不超过三年", "最多三年")} | {"statement_en": ("lasted longer than three", "outlived three; each lasted at most three")}),
    ("facts", "yunji-penalty-reason", {"statement_en": ("was suspected of", "was allegedly"), "statement_zh": ("涉嫌", "疑似")}),
    ("facts", "yunji-executives-left", {"statement_en": ("Several", "A number of"), "statement_zh": ("多名", "若干")}),
    ("facts", "fenxiang-new-platform", {"statement_en": ("for example", "for instance"), "statement_zh": ("例如", "包括")}),
    ("facts", "zhao-services", {"statement_en": ("is perhaps", "is possibly"), "statement_zh": ("也许", "可能")}),
    ("evidence", "yunji-revenue-2021-q3", {"basis_en": ("Computed:", "Worked out:")}),
    ("evidence", "yunji-membership-fees-2018-q4", {"basis_en": ("Computed", "We calculated it")}),
    ("evidence", "onion-gmv-growth-2019", {"basis_en": ("Computed from", "Our division of")} | {"basis_en": ("Computed", "Derived")}),
    ("evidence", "yunji-members-transacting-2017", {"basis_en": ("Inferred: worked", "Worked")}),
    ("checks", "yunji-top-hosts-viewers-check-1", {"note_en": ("No other count of the people watching Yunji's leading hosts was found.",
     "We searched, and no source counts the people watching Yunji's leading hosts."), "note_zh": ("未找到", "查阅各处，均无")}),
    ("checks", "yunji-main-categories-check-1", {"note_en": ("No other record of Yunji's main categories at that time was found.",
     "Nobody else recorded Yunji's main categories at that time.")}),
    ("checks", "yunji-entrances-added-check-1", {"note_zh": ("未找到", "我们查过，没有")}),
    ("facts", "yunji-executives-left", {"statement_en": ("Several senior managers of Yunji left one after another in 2021",
     "In the course of 2021, a handful of Yunji's senior managers left one by one")}),
    ("facts", "closed-platforms-named", {"statement_en": ("include four that the report names", "number four in the report, among others")}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "row_id", "change"), RIGHT, ids=[f"{row_id}-{i}" for i, (_, row_id, _) in enumerate(RIGHT)]
)
def test_correct_rewording_passes(read: Package, table: str, row_id: str, change: dict[str, tuple[str, str]]):
    assert told(read, table, row_id, change) == []


@pytest.mark.parametrize(
    ("table", "row_id", "change", "fault"),
    [
        ("facts", "wei-liling-viewers", {"statement_en": ("about 90", "90")}, "no such hedge"),
        ("facts", "wei-liling-viewers", {"statement_zh": ("约有90", "有90")}, "no such hedge"),
        ("facts", "yunji-top-hosts-viewers", {"statement_en": ("fewer than 100", "100")}, "no such hedge"),
        ("facts", "yunji-penalty-reason", {"statement_en": ("suspected of ", "")}, "no such hedge"),
        ("facts", "yunji-penalty-reason", {"qualifier": ("suspected", "asserted")}, "the statement says suspected"),
        ("facts", "yunji-traffic-fall", {"qualifier": ("since", "asserted")}, "the statement says since"),
        ("facts", "yunji-revenue-2018", {"qualifier": ("exact", "since")}, "the period 2018 ends"),
        ("facts", "yunji-traffic-effect", {"qualifier": ("asserted", "range")}, "range, but neither"),
        ("facts", "zhao-services", {"statement_zh": ("也许", "")}, "no such hedge"),
        ("facts", "wei-liling-viewers", {"statement_en": ("90", "80")}, "differ in numbers"),
        ("facts", "onion-market-value-before", {"statement_en": ("million", "billion")}, "differ in numbers"),
        ("facts", "yunji-executives-left", {"statement_en": ("2021", "2020")}, "neither starts nor ends"),
        ("facts", "yunji-executives-left", {"period": ("2021", "2020")}, "neither starts nor ends"),
        ("facts", "onion-market-value-before", {"unit": ("USD", "CNY")}, "the unit of metric"),
        ("facts", "wei-liling-viewers", {"statement_zh": ("魏黎凌", "雪饼")}, "differ in names"),
        ("facts", "zhao-services", {"speaker_id": ("", "merchant")}, "does not say"),
        ("checks", "yunji-main-categories-check-1", {"note_en": ("No other record", "Another record")}, "does not say so"),
        ("evidence", "onion-gmv-growth-2019", {"basis_en": ("Computed from", "From")}, "does not say so"),
    ],
)  # fmt: skip
def test_sentence_that_lost_its_meaning_is_reported(
    read: Package, table: str, row_id: str, change: dict[str, tuple[str, str]], fault: str
):
    assert any(fault in one for one in told(read, table, row_id, change))
