"""Typical first inputs of a new project: units, kinds, names, number words, plans and times need only rows and words.

Each valid row has a wrong twin, which is refused at its line. One check runs on all valid rows, one on all twins.
"""

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from scripts.paths import Project
from tests.conftest import damage, problems, rows_of, write_rows
from tests.test_new import made


class Input(NamedTuple):
    """A row of facts, its statements, the change that makes the twin, and the expected message."""

    name: str
    cells: str
    """The columns kind, metric, value, value_high, unit, printed, qualifier, period, basis, speaker, separated by |."""
    en: str
    zh: str
    twin: tuple[str, str, str]
    """A column, the text in it that the twin replaces (empty: the cell is empty), and the new text."""
    fault: str


UNITS = {
    "EUR": ("{} euros", "{}欧元"),
    "INR": ("{} rupees", "{}印度卢比"),
    "hours": ({"one": "{} hour", "other": "{} hours"}, "{}小时"),
    "hectares": ({"one": "{} hectare", "other": "{} hectares"}, "{}公顷"),
    "shops": ({"one": "{} shop", "other": "{} shops"}, "{}家店"),
}
ENTITY_KINDS = {"ministry": ("Ministries", "部委"), "court": ("Courts", "法院"), "city": ("Cities", "城市")}
SPEAKER_KINDS = {"regulator": ("regulator", "监管机构")}
ENTITIES = [
    ("seven-eleven", "company", "7-Eleven", "7-Eleven"), ("tongcheng", "company", "58.com", "58同城"), ("three-m", "company", "3M", "3M"),
    ("a16z", "company", "A16Z", "A16Z"), ("squirrels", "brand", "Three Squirrels", "三只松鼠"), ("commerce", "ministry", "Ministry of Commerce", "商务部"),
    ("court", "court", "Hangzhou Internet Court", "杭州互联网法院"), ("hangzhou", "city", "Hangzhou", "杭州"),
]  # fmt: skip
SPEAKERS = [
    ("samr", "regulator", "the market regulator", "市场监管总局"),
    ("owner", "anonymous", "an unnamed shop owner", "一位匿名店主"),
]
METRICS = {
    "revenue": "EUR",
    "loan": "INR",
    "delay": "hours",
    "land": "hectares",
    "shops": "shops",
    "share": "percent",
    "margin": "points",
    "fine": "CNY",
}

INPUTS = [
    Input("euros", "quantity|revenue|48000000||EUR|48 million euros|exact|2023|stated|paper",
          "Harbour Ferry sold tickets for 48 million euros in 2023.", "海港渡轮2023年售票4800万欧元。",
          ("statement_en", "euros", "dollars"), "unit: EUR, but statement_en does not say 'euros' next to its number; another wording for it goes into spoken.en.units.EUR"),
    Input("euros-zh", "quantity|revenue|48000000||EUR|48 million euros|exact|2022|stated|paper",
          "Harbour Ferry sold tickets for €48 million in 2022.", "海港渡轮2022年售票4800万欧元。",
          ("statement_zh", "万欧元", "万元"), "unit: EUR, but statement_zh does not say '欧元' next to its number"),
    Input("euros-size", "quantity|revenue|47000000||EUR|47 million euros|exact|2021|stated|paper",
          "Harbour Ferry sold tickets for 47 million euros in 2021.", "海港渡轮2021年售票4700万欧元。",
          ("statement_zh", "万", "亿"), "differ in numbers: en has 47000000; zh has 4700000000"),
    Input("rupees", "quantity|loan|1200000000||INR|1.2 billion rupees|exact|2023|stated|paper",
          "Harbour Ferry borrowed 1.2 billion rupees in 2023.", "海港渡轮2023年借款12亿印度卢比。",
          ("statement_en", "rupees", "yuan"), "does not say 'rupees' next to its number"),
    Input("hours", "quantity|delay|4||hours|four hours|exact|2023|stated|paper",
          "In 2023 a crossing of Harbour Ferry was four hours late.", "2023年海港渡轮有一班晚点四小时。",
          ("statement_en", "four", "five"), "4 is not in statement_en; another wording for it goes into spoken.en.numbers"),
    Input("hours-digits", "quantity|delay|4||hours|four hours|exact|2022|stated|paper",
          "In 2022 a crossing of Harbour Ferry was four hours late.", "2022年海港渡轮有一班晚点4个小时。",
          ("statement_en", "hours", "days"), "unit: hours, but statement_en does not say 'hour' next to its number; another wording for it goes into spoken.en.units.hours"),
    Input("hours-hedge", "quantity|delay|4||hours|about four hours|about|2021|stated|paper",
          "In 2021 a crossing of Harbour Ferry was about four hours late.", "2021年海港渡轮有一班晚点四个小时左右。",
          ("qualifier", "about", "exact"), "exact, but statement_en says 'about' of four"),
    Input("hedge-behind", "quantity|delay|6||hours|6 hours or so|about|2020|stated|paper",
          "In 2020 a crossing of Harbour Ferry was 6 hours late or so.", "2020年海港渡轮有一班晚点6小时上下。",
          ("qualifier", "about", "exact"), "exact, but statement_zh says"),
    Input("dozen", "quantity|shops|12||shops|a dozen shops|exact|2023|stated|paper",
          "Harbour Ferry had a dozen shops in 2023.", "海港渡轮2023年有十二家店。",
          ("statement_zh", "十二", "二十"), "12 is not in statement_zh; another wording for it goes into spoken.zh.numbers"),
    Input("half-a-million", "quantity|revenue|500000||EUR|half a million euros|exact|2020|stated|paper",
          "Harbour Ferry sold tickets for half a million euros in 2020.", "海港渡轮2020年售票五十万欧元。",
          ("statement_en", "half a million", "a million"), "500000 is not in statement_en"),
    Input("thirds", "quantity|share|66.7||percent|two thirds|about|2023|stated|paper",
          "About two thirds of Harbour Ferry's passengers paid in cash in 2023.", "海港渡轮2023年约三分之二的乘客付现金。",
          ("statement_zh", "三分之二", "三分之一"), "66.7 is not in statement_zh"),
    Input("tenths", "quantity|share|40||percent|40%|exact|2022|stated|paper",
          "In 2022 40% of Harbour Ferry's passengers paid in cash.", "海港渡轮2022年四成乘客付现金。",
          ("statement_zh", "四成", "三成"), "40 is not in statement_zh"),
    Input("small-size", "quantity|revenue|39000||EUR|39,000 euros|exact|2019|stated|paper",
          "Harbour Ferry sold tickets for 39,000 euros in 2019.", "海港渡轮2019年售票3.9万欧元。",
          ("value", "39000", "3900"), "3900 is not in statement_en"),
    Input("more-than", "quantity|revenue|400000||EUR|more than 400,000 euros|over|2018|stated|paper",
          "Harbour Ferry sold tickets for more than 400,000 euros in 2018.", "海港渡轮2018年售票40多万欧元。",
          ("statement_zh", "40多万", "40万"), "over, but statement_zh has no such hedge; another wording for it goes into spoken.zh.hedges.over"),
    Input("range", "quantity|revenue|3000000|5000000|EUR|3–5 million euros|range|2017|stated|paper",
          "Harbour Ferry sold tickets for 3 to 5 million euros in 2017.", "海港渡轮2017年售票300万至500万欧元。",
          ("statement_zh", "300万", "30万"), "differ in numbers"),
    Input("at-least", "quantity|shops|30||shops|at least 30 shops|at_least|2022|stated|paper",
          "Harbour Ferry had at least 30 shops in 2022.", "海港渡轮2022年至少有30家店。",
          ("statement_en", "at least ", ""), "at_least, but statement_en has no such hedge; another wording for it goes into spoken.en.hedges.at_least"),
    Input("negative", "quantity|share|-5||percent|down 5%|exact|2021|stated|paper",
          "Harbour Ferry's passengers fell by 5% in 2021.", "海港渡轮2021年乘客减少5%。",
          ("statement_en", "fell by", "rose by"), "-5 is not in statement_en"),
    Input("minus", "quantity|share|-2.65||percent|−2.65%|exact|2020|stated|paper",
          "Harbour Ferry's margin was −2.65% in 2020.", "海港渡轮2020年利润率为−2.65%。",
          ("value", "-2.65", "2.65"), "2.65 is not in statement_en"),
    Input("points", "quantity|margin|3||points|3 percentage points|exact|2023|stated|paper",
          "Harbour Ferry's margin rose by 3 percentage points in 2023.", "海港渡轮2023年利润率上升3个百分点。",
          ("statement_en", "percentage points", "per cent"), "unit: points, but statement_en does not say"),
    Input("hectares", "quantity|land|480||hectares|480 hectares|exact|2023|stated|paper",
          "Harbour Ferry owned 480 hectares of land in 2023.", "海港渡轮2023年有地480公顷。",
          ("statement_zh", "公顷", "平方米"), "does not say '公顷' next to its number; another wording for it goes into spoken.zh.units.hectares"),
    Input("plan-2030", "plan||||||asserted|2030|stated|paper",
          "Harbour Ferry plans a new pier for 2030.", "海港渡轮计划2030年建新码头。",
          ("kind", "plan", "state"), "2030 begins after 2024-03-09, when the report was published; a future event is a plan"),
    Input("plan-number", "plan|shops|500||shops|500 shops|exact|2025|stated|paper",
          "Harbour Ferry plans to have 500 shops in 2025.", "海港渡轮计划2025年开到500家店。",
          ("statement_en", "500", "50"), "differ in numbers: en has 50; zh has 500"),
    Input("seven-eleven", "quantity|shops|7||shops|seven shops|exact|2021|stated|paper",
          "7-Eleven had seven shops at the pier in 2021.", "7-Eleven 2021年在码头有七家店。",
          ("statement_en", "seven shops", "eight shops"), "7 is not in statement_en"),
    Input("tongcheng", "quantity|shops|60||shops|60 shops|exact|2022|stated|paper",
          "58.com had 60 shops in 2022.", "58同城2022年有60家店。",
          ("statement_zh", "60", "58"), "differ in numbers: en has 60; zh has 58"),
    Input("three-m", "quantity|shops|5||shops|5 shops|exact|2022|stated|paper",
          "3M had 5 shops in 2022.", "3M 2022年有5家店。", ("value", "5", "3"), "3 is not in statement_en"),
    Input("a16z", "quantity|shops|20||shops|twenty shops|exact|2022|stated|paper",
          "A16Z had twenty shops in 2022.", "A16Z 2022年有二十家店。", ("statement_zh", "A16Z", "3M"), "names 3M (three-m)"),
    Input("squirrels", "quantity|shops|9||shops|nine shops|exact|2022|stated|paper",
          "Three Squirrels had nine shops in 2022.", "三只松鼠2022年有九家店。", ("value", "9", "3"), "3 is not in statement_en"),
    Input("commerce", "event||||||asserted|2023-05|stated|paper",
          "The Ministry of Commerce looked into the ferry in May 2023.", "商务部2023年5月查看了渡轮。",
          ("period", "2023-05", "2023-06"), "2023-06 neither starts nor ends with a time that statement_en says"),
    Input("court", "quantity|fine|1500000||CNY|1.5 million yuan|exact|2023|stated|paper",
          "The Hangzhou Internet Court set a fine of 1.5 million yuan in 2023.", "杭州互联网法院2023年判罚150万元。",
          ("unit", "CNY", "EUR"), "unit: 'EUR' is not 'CNY', the unit of metric fine"),
    Input("hangzhou", "state||||||asserted|2023|stated|samr",
          "The market regulator said that Hangzhou had no ferry in 2023.", "市场监管总局称，杭州2023年没有渡轮。",
          ("speaker_id", "samr", "owner"), "owner, but the statement (en) does not say"),
    Input("owner", "opinion||||||asserted||undated|owner",
          "A shop owner says that Old Pier is quiet.", "一位店主说，旧码头很冷清。",
          ("speaker_id", "owner", "paper"), "paper, but the statement has owner say it"),
    Input("fiscal", "quantity|revenue|9000000||EUR|9 million euros|exact|2020-10/2020-12|implied|paper",
          "Harbour Ferry sold tickets for 9 million euros in Q3 FY2021.", "海港渡轮2021财年第三季度售票900万欧元。",
          ("period_basis", "implied", "stated"), "stated, but statement_en does not say 2020-10/2020-12"),
    Input("quarter", "quantity|revenue|8000000||EUR|8 million euros|exact|2021-07/2021-09|stated|paper",
          "Harbour Ferry sold tickets for 8 million euros in Q3 2021.", "海港渡轮2021年第三季度售票800万欧元。",
          ("statement_en", "Q3 2021", "Q2 2021"), "neither starts nor ends with a time that statement_en says"),
    Input("year-end", "quantity|shops|40||shops|40 shops|exact|2021-12|stated|paper",
          "At the end of 2021 Harbour Ferry had 40 shops.", "2021年底海港渡轮有40家店。",
          ("statement_zh", "年底", "年初"), "neither starts nor ends with a time that statement_zh says"),
]  # fmt: skip
COLUMNS = (
    "kind",
    "metric_id",
    "value",
    "value_high",
    "unit",
    "printed",
    "qualifier",
    "period",
    "period_basis",
    "speaker_id",
)
FIRST_LINE = 4  # of facts.csv, after the header and the template's two rows


def entity(one: Input) -> str:
    return next((id_ for id_, *_ in ENTITIES if id_ == one.name), "old-pier" if one.name == "owner" else "ferry")


def appended(project: Project, table: str, rows: list[dict[str, str]]) -> None:
    """Append rows to a table."""
    write_rows(project, table, [*rows_of(project, table), *rows])


def listed(project: Project, table: str, column: str, some: list[str]) -> None:
    """Add members to the enum of a column."""
    file = project.root / f"datapackage/data/{table}.schema.json"
    schema = json.loads(file.read_text("utf-8"))
    constraints = next(field for field in schema["fields"] if field["name"] == column)["constraints"]
    constraints["enum"] += [one for one in some if one not in constraints["enum"]]
    file.write_text(json.dumps(schema, ensure_ascii=False), "utf-8")


def named(project: Project, group: str, words: dict[str, tuple[object, object]]) -> None:
    """Add words to a group, in both languages."""
    for place, code in enumerate(("en", "zh")):
        lines = ""
        for key, said in words.items():
            lines += f"  {key}: {json.dumps(said[place], ensure_ascii=False)}\n"
        damage(project, f"docs/{code}/_language.yml", (f"\n{group}:\n", f"\n{group}:\n{lines}"))


def opened(folder: Path) -> Project:
    """A new project to which an editor added units, kinds, entities, speakers and metrics."""
    project = made(folder)
    for table in ("metrics", "facts", "evidence", "figures"):
        listed(project, table, "unit", [*UNITS, "points"])
    listed(project, "entities", "kind", list(ENTITY_KINDS))
    listed(project, "speakers", "kind", list(SPEAKER_KINDS))
    named(project, "units", UNITS)
    named(project, "entity_kinds", ENTITY_KINDS)
    named(project, "speaker_kinds", SPEAKER_KINDS)
    appended(project, "entities", [
        {"entity_id": id_, "kind": kind, "name_en": en, "name_zh": zh, "name_basis": "official", "locator": "P1",
         "note_en": f"{en}, made up.", "note_zh": f"虚构的{zh}。"} for id_, kind, en, zh in ENTITIES
    ])  # fmt: skip
    appended(project, "speakers", [{"speaker_id": id_, "kind": kind, "name_en": en, "name_zh": zh, "note_en": f"Speaks as {id_}.", "note_zh": f"虚构的{zh}。"} for id_, kind, en, zh in SPEAKERS])  # fmt: skip
    appended(project, "metrics", [
        {"metric_id": id_, "unit": unit, "name_en": f"Measure {id_}", "name_zh": f"指标{id_}", "definition_en": f"What {id_} is.", "definition_zh": f"{id_}为何。"}
        for id_, unit in METRICS.items()
    ])  # fmt: skip
    return project


def written(project: Project, wrong: bool) -> Project:
    """Add all inputs to the project, or all their twins."""
    rows, checks = [], []
    for place, one in enumerate(INPUTS, start=3):
        row = dict(zip(COLUMNS, one.cells.split("|"), strict=True)) | {
            "fact_id": f"input-{one.name}", "position": str(place), "entity_id": entity(one), "source_id": "example-report",
            "locator": "P1", "statement_en": one.en, "statement_zh": one.zh,
        }  # fmt: skip
        column, old, new = one.twin
        assert old in row[column], one.name
        checks.append({
            "check_id": f"input-{one.name}-check-1", "fact_id": f"input-{one.name}", "verdict": "not_checkable" if "opinion" in one.cells or "plan" in one.cells else "not_found", "comparison": "none",
            "note_en": f"Nobody else said anything of row {place}.", "note_zh": f"没有来源谈及第{place}行。",
        })  # fmt: skip
        rows.append(row | ({column: row[column].replace(old, new, 1)} if wrong else {}))
    appended(project, "facts", rows)
    appended(project, "checks", checks)
    return project


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return problems(written(opened(tmp_path_factory.mktemp("wrong") / "new"), wrong=True), None)


def test_valid_inputs_pass_with_rows_and_words_alone(tmp_path: Path):
    assert len(INPUTS) > 30
    assert problems(written(opened(tmp_path / "new"), wrong=False), None) == []


@pytest.mark.parametrize(("line", "one"), list(enumerate(INPUTS, start=FIRST_LINE)), ids=[one.name for one in INPUTS])
def test_each_wrong_twin_is_refused_at_its_line(refused: list[str], line: int, one: Input):
    said = [fault for fault in refused if re.match(rf"datapackage/data/facts\.csv:{line}: ", fault)]
    assert any(one.fault in fault for fault in said), said or refused
