"""Rules for records and the conditions of schemas: violations are reported with file, line and column; valid rows pass."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from scripts.data import dataset, package, periods
from scripts.data.package import Package
from scripts.pages.content import Content
from scripts.rules import conditions, names, rows, runner, texts
from scripts.rules.view import View
from scripts.words import numerals, spoken
from tests.conftest import altered

DATA = "datapackage/data"
Rows = dict[int, dict[str, str]]
Said = Callable[..., list[str]]


def told(read: Package) -> list[str]:
    """Problems that the conditions and rules find in a package."""
    return [str(problem) for problem in (*conditions.check(read), *runner.check(View(dataset.read(read))))]


@pytest.fixture
def said(small: Content) -> Said:
    """Their problems for the small project once some cells of some rows of some tables are changed, or rows added."""

    def of(**changed: Rows) -> list[str]:
        whole = small.dataset.package
        tables = dict(whole.tables)
        for name, some in changed.items():
            frame = tables[name].frame.copy()
            for row in (row for row in some if row == len(frame)):
                frame.loc[row] = dict.fromkeys(frame.columns, "")
            tables[name] = replace(tables[name], frame=frame)
        return told(altered(replace(whole, tables=tables), **changed))

    return of


def test_both_projects_have_no_problems(small: Content, real: Content):
    assert told(small.dataset.package) == []
    assert told(package.read(real.project)[0]) == []  # under its own version, not that of the newest edition


@pytest.mark.parametrize(
    ("table", "row", "cells", "fault"),
    [
        # a row on its own; tests/damage/test_bad_input.py and tests/damage/bad have more
        ("facts", 0, {"unit": ""}, "2: value: 1520000000 has no metric or no unit"),
        ("facts", 3, {"unit": "CNY"}, "5: value: empty, but unit or value_high is filled"),
        ("facts", 3, {"value_high": "3"}, "5: value: empty"),
        ("facts", 3, {"printed": "三家"}, "5: printed: filled, but there is no value"),
        ("facts", 2, {"value": "5710", "unit": "percent"}, "4: value: 5710 percent; write 57.1 for 57.1%"),
        ("facts", 0, {"printed": "15.2万元"}, "2: printed: '15.2万元' says 152000,"),
        ("facts", 0, {"printed": "很多"}, "2: printed: '很多' says no number"),
        ("facts", 2, {"printed": "不到90人"}, "4: printed: '不到90人' says under, qualifier says about"),
        ("facts", 3, {"kind": "quantity"}, "5: kind: quantity, but there is no value"),
        ("facts", 0, {"kind": "opinion", "qualifier": "about"}, "2: kind: opinion; expected quantity, event or plan"),
        ("facts", 3, {"metric_id": "viewers"}, "5: metric_id: viewers, but there is no value"),
        ("facts", 3, {"qualifier": "over"}, "5: qualifier: over goes with a value"),
        ("facts", 0, {"printed": ""}, "2: printed: empty; only a count of what the article lists may lack it"),
        ("facts", 0, {"qualifier": "asserted"}, "2: qualifier: asserted must not have a value"),
        ("facts", 4, {"qualifier": "exact"}, "6: qualifier: opinion is asserted, or hedged, and never exact"),
        ("events", 0, {"date": "2022-02-30"}, "2: date: '2022-02-30' is not a calendar date"),
        ("sources", 0, {"published": "2022-02-30"}, "2: published: '2022-02-30' is not a calendar date"),
        ("sources", 1, {"accessed": "2022-02-30"}, "3: accessed: '2022-02-30' is not a calendar date"),
        ("entities", 1, {"parent_id": ""}, "3: parent_id: goes with parent_source_id"),
        ("entities", 1, {"ticker": "STL"}, "3: listing_source_id: goes with exchange_id and ticker"),
        ("entities", 1, {"ticker": "STL"}, "3: ticker: a platform is not listed"),
        ("entities", 0, {"exchange_id": "stall", "ticker": "SHP"}, "2: exchange_id: stall is a platform, not an institution"),
        ("entities", 0, {"listing_source_id": "copy"}, "2: listing_source_id: copy is a news_report; expected a filing"),
        ("sources", 0, {"title": "Some report"}, "2: title: 'Some report' is not in the language of the source, zh"),
        ("sources", 2, {"title_en": "报告"}, "4: title_en: characters of zh in '报告'"),
        ("sources", 2, {"url": "http://[::1"}, "4: seen_on: 'example.org' is not the site of http://[::1"),
        ("sources", 2, {"date_basis": "unknown"}, "4: date_basis: unknown, but published is filled"),
        ("sources", 1, {"date_basis": "copy"}, "3: date_basis: copy, but published is empty"),
        ("sources", 0, {"reliability": "primary"}, "2: reliability: primary does not go with news_report"),
        ("speakers", 1, {"entity_id": "shop"}, "3: entity_id: shop has a name and is not anonymous"),
        ("speakers", 1, {"kind": "expert", "entity_id": "shop"}, "3: entity_id: an expert is a person"),
        ("checks", 0, {"comparison": "none"}, "2: comparison: none must not name evidence"),
        ("checks", 1, {"comparison": "same"}, "3: comparison: same needs evidence"),
        ("checks", 4, {"verdict": "partly"}, "6: verdict: partly of an opinion; expected not_checkable"),
        ("checks", 0, {"verdict": "lead_only"}, "2: verdict: lead_only, but filing is better than a repost"),
        # a row and those it refers to
        ("facts", 1, {"source_id": "filing"}, "3: position: 2, expected 1 in report filing; a row is missing, duplicated"),
        ("facts", 0, {"metric_id": "viewers"}, "2: metric_id: viewers, but the id says revenue"),
        ("facts", 3, {"period": "2022/..", "period_basis": "as_of_writing"}, "5: period_basis: as_of_writing, but 2022/.. begins long"),
        ("facts", 3, {"period": "2022-04"}, "5: period: 2022-04 begins after 2022-03-09, when the report was published"),
        ("facts", 3, {"period_basis": "as_of_writing"}, "5: period_basis: as_of_writing, but 2022-02 does not contain 2022-03-09"),
        ("facts", 2, {"locator": "P3"}, "5: locator: P2 after P3; facts are in the order of their report"),
        ("entities", 0, {"locator": "P1"}, "2: locator: P1; expected P0, where the first fact names it"),
        ("entities", 1, {"note_zh": "一家小店。"}, "3: note_zh: the same as in line 2"),
        ("speakers", 1, {"kind": "observation", "entity_id": "shop"}, "3: kind: observation of shop, which is not the paper"),
        ("sources", 2, {"accessed": "2022-04"}, "4: accessed: 2022-04 is after the package was created"),
        ("sources", 2, {"url": "https://example.org/report"}, "2: url: https://example.org/report is in 2 rows"),
        ("sources", 0, {"accessed": "2021"}, "2: accessed: 2021 is before 2022-03-09, when it was published"),
        ("sources", 2, {"language": "zh"}, "4: language: zh, but title and title_en are the same"),
        ("sources", 2, {"title": "Yearly report"}, "4: language: en, but title and title_en differ"),
        ("evidence", 0, {"derivation": "derived"}, "2: derivation: derived, but basis_en does not say so; another wording for it "
         "goes into spoken.en.derivations.derived of scripts/words/words.yml"),
        ("evidence", 0, {"basis_en": "Inferred: a guess"}, "2: derivation: reported, but basis_en starts with 'Inferred'"),
        ("checks", 1, {"fact_id": "owner-view"}, "3: check_id: 'shop-revenue-2020-check-1' is not owner-view-check-"),
        ("checks", 1, {"note_en": "The filing agrees."}, "3: verdict: not_found, but note_en does not say so; another wording for it "
         "goes into spoken.en.nothing of"),
        ("checks", 1, {"verdict": "not_checkable"}, "3: verdict: not_checkable, but the note says that nothing was found"),
        ("checks", 0, {"evidence_id": "copy-closing"}, "2: evidence_id: copy-closing is about stall and names none of shop"),
        ("events", 0, {"entity_id": "shop"}, "2: entity_id: shop is not named by stall-closed"),
        ("events", 1, {"entity_id": "shop"}, "3: entity_id: shop is not named by copy-closing"),
        ("events", 0, {"date": "2022-02~"}, "2: date: 2022-02~ is approximate, and 2022-02, which it rests on, is not"),
        # words and cells
        ("facts", 0, {"value": "1530000000"}, "2: value: 1530000000 is not in statement_en"),
        ("facts", 1, {"qualifier": "under"}, "3: qualifier: under, but statement_en has no such hedge; another wording for it goes "
         "into spoken.en.hedges.under of scripts/words/words.yml"),
        ("facts", 1, {"qualifier": "exact"}, "3: qualifier: exact, but statement_en says 'more than' of 400 million"),
        ("facts", 1, {"qualifier": "exact"}, "3: qualifier: exact, but statement_zh says '超过' of 4亿"),
        ("facts", 1, {"statement_en": "In 2020 the shop sold for 400 million yuan."}, "3: qualifier: over, but statement_en has no"),
        ("facts", 0, {"period": "2019"}, "2: period: 2019 neither starts nor ends with a time that statement_en says"),
        ("facts", 0, {"period": "2019"}, "2: period: 2019 neither starts nor ends with a time that statement_zh says"),
        ("facts", 2, {"period": "2022-03-06/2022-03-08"}, "4: period_basis: stated, but statement_en does not say"),
        ("facts", 0, {"period": "2018~"}, "2: period: 2018~ is approximate, but statement_en gives the time without a hedge"),
        ("facts", 4, {"speaker_id": "paper"}, "6: speaker_id: paper, but the statement has owner say it"),
        ("facts", 0, {"speaker_id": "owner"}, "2: speaker_id: owner, but the statement (en) does not say 'owner'"),
        ("facts", 0, {"speaker_id": "owner"}, "2: speaker_id: owner, but the statement (zh) does not say '店主'"),
        ("facts", 0, {"statement_zh": "小店2018年卖了15.2亿元"}, "2: statement_zh: '小店2018年卖了15.2亿元' does not end like a sentence"),
        ("facts", 4, {"statement_zh": "The stall."}, "6: statement_zh: no letters of zh in 'The stall.'"),
        ("facts", 4, {"statement_en": "店主 says the stall was hard."}, "6: statement_en: characters of zh in '店主 says"),
        ("facts", 4, {"statement_zh": "店主说小店很难。"}, "6: statement: the languages differ in names: en alone has Stall (stall); "
         "zh alone has Shop (shop)"),
        ("facts", 0, {"statement_zh": "2018年5月卖了15.2亿元。"}, "2: statement: the languages differ in numbers: zh has 5"),
        ("evidence", 1, {"entity_id": "shop"}, "3: entity_id: neither the statement nor the id names shop (Shop)"),
        ("evidence", 0, {"locator_zh": "小店业绩页"}, "2: locator_zh: the languages differ in names: zh alone has Shop (shop)"),
        ("evidence", 1, {"locator_zh": "Notes"}, "3: locator: characters of zh in none; expected them in locator_zh alone"),
        ("events", 0, {"entity_id": "shop"}, "2: entity_id: shop is not named in the title, which names Stall (stall)"),
        ("caveats", 0, {"sentence_en": "One (voice."}, "2: sentence_en: () are unbalanced in 'One (voice.'"),
        ("speakers", 1, {"entity_id": "shop"}, "3: entity_id: shop, but the name says nobody"),
        ("sources", 0, {"title": "[小店的报道]"}, "2: title_en: the languages differ in names: zh alone has Shop (shop)"),
        ("sources", 0, {"title_en": "A report"}, "2: title_en: 'A report', but title is '[虚构的报道]'; a title in our own words is in [ ], in both"),
        ("sources", 0, {"publisher": "海港报", "publisher_zh": "Harbour Post"}, "2: publisher: has more characters of zh than publisher_zh; are the two exchanged?"),
        ("sources", 0, {"publisher_zh": "见于harbour.org"}, "2: publisher_zh: names harbour.org, which publisher does not"),
    ],
)  # fmt: skip
def test_violation_is_reported_at_its_row(said: Said, table: str, row: int, cells: dict[str, str], fault: str):
    found = said(**{table: {row: cells}})
    assert [one for one in found if one.startswith(f"{DATA}/{table}.csv:{fault}")], found


@pytest.mark.parametrize(
    ("table", "row", "cells"),
    [
        ("facts", 2, {"printed": "九十人"}),
        ("facts", 0, {"printed": "1,520百万，即15.2亿"}),
        ("facts", 0, {"statement_en": "In 2018 the SHOP sold for 1.52 billion yuan."}),
        ("facts", 0, {"period_basis": "implied", "statement_en": "The shop sold for 1.52 billion yuan.", "statement_zh": "小店卖了15.2亿元。"}),
        ("facts", 2, {"period_basis": "implied", "period": "2022-03"}),
        ("facts", 3, {"period": "2025", "kind": "plan", "qualifier": "asserted", "period_basis": "implied",
                      "statement_en": "The stall will open again.", "statement_zh": "货摊将重开。"}),
        ("facts", 2, {"value": "3", "printed": "三人", "qualifier": "exact", "statement_zh": "3月6日和7日有三人在看货摊。",
                      "statement_en": "Three people watched the stall on 6 and 7 March."}),
        ("checks", 3, {"comparison": "undefined"}),
        ("checks", 3, {"comparison": "related", "verdict": "partly"}),
        ("sources", 1, {"url": ""}),
        ("entities", 2, {"entity_id": "harbour-post", "name_en": "Harbour Post", "name_zh": "海港报", "locator": "—"}),
    ],
)  # fmt: skip
def test_valid_row_passes(said: Said, table: str, row: int, cells: dict[str, str]):
    found = said(**{table: {row: cells}})
    assert [one for one in found if one.startswith(f"{DATA}/{table}.csv:{row + 2}:")] == []


def test_a_table_that_the_build_reads_must_be_there(small: Content):
    whole = small.dataset.package
    without = replace(whole, tables={name: table for name, table in whole.tables.items() if name != "glossary"})
    assert told(without) == ["datapackage/datapackage.json:1: no resource glossary"]


def test_a_condition_names_columns_and_words_that_are_there(small: Content):
    whole = small.dataset.package
    table, described = whole.tables["events"], whole.tables["events"].described
    wrong = [
        {"description": "x", "required": ["fact"]},
        {"description": "{fact_id.kinds}", "properties": {"fact_id.kind": {"enum": ["evnt"]}}},
    ]
    schema = replace(described, value=described.value | {"rows": wrong})
    found = told(replace(whole, tables=whole.tables | {"events": replace(table, described=schema)}))
    path = f"{DATA}/events.schema.json"
    assert [one.replace(path, "").split(":", 2)[2] for one in found] == [
        " rows: no column 'fact'",
        " rows: no column 'fact_id.kinds'",
        " rows: evnt is not in the closed list of fact_id.kind",
    ]


CORRECTION = {"correction_id": "stall-viewers-1", "fact_id": "stall-viewers", "field": "value", "old": "80", "new": "90",
              "kind": "error", "fixed_in": "0.1.0"}  # fmt: skip


@pytest.mark.parametrize(("cells", "fault"), [
    ({}, ""), ({"old": "90"}, "new: '90' is the old value too"), ({"fixed_in": "0.1"}, "fixed_in: '0.1' is not a version"),
])  # fmt: skip
def test_correction_must_lead_to_the_current_value(said: Said, cells: dict[str, str], fault: str):
    assert said(corrections={0: CORRECTION | cells}) == ([f"{DATA}/corrections.csv:2: {fault}"] if fault else [])


ACCUSING = {
    "caveats": {0: {"caveat_id": "accusation"}},
    "fact_caveats": {0: {"fact_id": "stall-closed", "caveat_id": "accusation"}},
}
REPLY = {"reply_id": "stall-closed-reply", "fact_id": "stall-closed", "entity_id": "stall", "evidence_id": "copy-closing",
         "note_en": "The stall said so.", "note_zh": "货摊这样说。"}  # fmt: skip
SILENT = {"evidence_id": "", "note_en": "It kept silent.", "note_zh": "未见回应。"}


@pytest.mark.parametrize(("cells", "fault"), [
    ({}, ""), ({"entity_id": "shop", **SILENT}, ""),
    ({"evidence_id": "", "note_zh": "货摊未答。"}, "evidence_id: empty, but note_en does not say so"),
    ({"reply_id": "reply"}, "reply_id: 'reply' does not start with stall-closed-reply"),
    ({"entity_id": "kiosk", **SILENT}, "entity_id: stall-closed does not name kiosk"),
    ({"entity_id": "shop"}, "evidence_id: copy-closing is about stall, not shop"),
])  # fmt: skip
def test_reply_must_be_by_an_accused_entity(said: Said, cells: dict[str, str], fault: str):
    found = said(**ACCUSING, replies={0: REPLY | cells})
    assert len(found) == bool(fault)
    assert all(one.startswith(f"{DATA}/replies.csv:2: {fault}") for one in found)


def test_accusation_without_a_reply_is_reported(said: Said):
    fault = f"{DATA}/facts.csv:5: stall-closed: caveat accusation, but replies has no row for this fact"
    assert said(**ACCUSING) == [fault]
    unwarned = f"{DATA}/replies.csv:2: fact_id: stall-closed has no caveat accusation; add it in fact_caveats"
    assert said(replies={0: REPLY}) == [unwarned]


def test_person_known_from_a_single_repost_is_reported(said: Said):
    person = {1: {"kind": "person"}}
    named = {3: {"entity_id": "shop"}, 2: {"entity_id": "shop"}}
    alone = {"facts": named, "fact_entities": {0: {"entity_id": "shop"}}, "entities": person}
    fault = f"{DATA}/evidence.csv:3: entity_id: stall is a person in a single repost; find another source, or remove it"
    assert fault in said(**alone, evidence={1: {"source_id": "copy"}})
    assert fault not in said(**alone)
    assert fault not in said(entities=person, evidence={1: {"source_id": "copy"}})


@pytest.mark.parametrize(("english", "chinese", "numbers"), [
    ("Over 1.552 billion yuan", "超过15.52亿元", ["1552000000"]),
    ("39,000 and 39 thousand", "3.9万、3.9万", ["39000", "39000"]), ("1.2 trillion yuan", "1.2万亿元", ["1200000000000"]),
    ("On 6 and 7 March 2022, 57.1%", "2022年3月6日和7日，57.1%", ["6", "7", "3", "2022", "57.1"]),
    ("in 2018, 1.5 billion.", "2018年，15亿。", ["2018", "1500000000"]), ("3 millionaires", "3位富翁", ["3"]),
    ("three rooms, millions", "三间", []),
])  # fmt: skip
def test_the_same_numbers_are_read_in_both_languages(english: str, chinese: str, numbers: list[str]):
    wanted = Counter(map(Decimal, numbers))
    assert (numerals.numbers(english, "en"), numerals.numbers(chinese, "zh")) == (wanted, wanted)


@pytest.mark.parametrize(("code", "text", "numbers"), [
    ("en", "half a million, a dozen, two hundred and fifty thousand", ["500000", "12", "250000", "50"]),
    ("en", "one and two, twenty-first, forty-eight million", ["1", "2", "21", "48000000"]),
    ("en", "millions, a million, several hundred, hundreds", ["1000000"]), ("en", "3 million and 40 thousand", []),
    ("en", "two thirds of a quarter, four tenths", ["2", "4", "25", "40"]),
    ("zh", "三百万、二十五、一两个、三千二百", ["3000000", "25", "1", "2", "3200"]),
    ("zh", "一万零五百、两万五千、一千零一、零", ["10500", "25000", "1001", "0"]), ("zh", "千万不要、十分", ["10"]),
    ("zh", "四成、百分之三十", ["4", "40", "30"]), ("zh", "3.9万、五百分之一", ["500", "1"]), ("fr", "deux cents", []),
])  # fmt: skip
def test_numbers_in_words_are_read_as_they_are_put_together(code: str, text: str, numbers: list[str]):
    assert numerals.spelled(text, code) == set(map(Decimal, numbers))


@pytest.mark.parametrize(("code", "text", "numbers"), [
    ("en", "3–5 million, 3 to 5 million, 7 and 5 million", ["3000000", "5000000", "3000000", "5000000", "7", "5000000"]),
    ("en", "−5%, 2018–2020, COVID-19, (-3)", ["-5", "2018", "2020", "19", "-3"]),
    ("zh", "40多万、3千万、3至5亿、利润率−2.65%", ["400000", "30000000", "300000000", "500000000", "-2.65"]),
    ("de", "1,5 Millionen", ["1500000"]), ("de", "1.234,5 Euro, 2 Millionen, im Mai", ["1234.5", "2000000", "5"]),
    ("fr", "1 234 567,5 euros, 1,2 million, en mars", ["1234567.5", "1200000", "3"]),
])  # fmt: skip
def test_digits_take_sizes_signs_and_the_size_of_a_range(code: str, text: str, numbers: list[str]):
    assert numerals.numbers(text, code) == Counter(map(Decimal, numbers))


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [("90人左右", ["90"]), ("80至90人", ["80", "90"]), ("第二家", ["2"]), ("一两个", ["1", "2"]), ("十二家", ["12"]), ("九十九家", ["99"]), ("若干", [])],
)  # fmt: skip
def test_printed_form_is_parsed_into_base_units(printed: str, numbers: list[str]):
    assert rows.printed_numbers(printed, "zh") == set(map(Decimal, numbers))


@pytest.mark.parametrize(("code", "text", "spans"), [
    ("en", "In 2018 and 2019.", ["2018", "2019"]),
    ("en", "on 9 March 2022, or March 10, 2022", ["2022-03-09", "2022-03-10"]),
    ("en", "on 6 and 7 March 2022", ["2022-03-06/2022-03-07"]),
    ("en", "the third quarter of 2021", ["2021-07/2021-09"]), ("en", "2,018 people, 120192 and 31 February 2019", []),
    ("en", "in March", []), ("zh", "2021年第三季度、2022年3月9日、2020年5月", ["2021-07/2021-09", "2022-03-09", "2020-05"]),
])  # fmt: skip
def test_times_of_a_text_are_parsed_with_their_precision(code: str, text: str, spans: list[str]):
    wanted = [(period.first, period.last) for period in map(periods.read, spans)]
    assert sorted(span for _, span in spoken.times(text, code)) == sorted(wanted)


@pytest.mark.parametrize(("code", "name", "noun"), [
    ("en", "An unnamed shop owner (the first)", "owner"), ("zh", "一位匿名店主（第一位）", "店主"), ("en", "Wind", "Wind"),
])  # fmt: skip
def test_speaker_is_known_by_the_noun_of_its_name(code: str, name: str, noun: str):
    assert texts.noun(name, code) == noun


def test_longer_of_two_overlapping_names_counts(small: Content):
    shop = small.dataset.entities["shop"]
    more = replace(shop, entity_id="shop-front", name={"en": "Shop front", "zh": "小店门面"})
    found = names.Names({"shop": shop, "shop-front": more})
    assert found.within("The shop front of the shopping street.", "en") == {"Shop front"}
    assert found.within("小店门面与小店", "zh") == {"Shop front", "Shop"}
    assert names.Names({}).named({"en": "Nothing.", "zh": "无。"}) == set()
