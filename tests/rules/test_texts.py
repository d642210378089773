from collections.abc import Callable
from dataclasses import replace

import pytest

from scripts.data import dataset, periods
from scripts.data.records import Speaker
from scripts.pages import blocks
from scripts.rules import texts
from tests.conftest import altered

DATA = "datapackage/data"
Said = Callable[..., list[str]]


@pytest.fixture
def said(small: blocks.Content) -> Said:
    """What the rules say once some cells of one row of the small project are changed."""

    def of(table: str, row: int, **cells: str) -> list[str]:
        package = small.dataset.package
        assert all(package.tables[table].frame.loc[row, column] != cell for column, cell in cells.items())
        package = altered(package, **{table: {row: cells}})
        return [str(problem) for problem in texts.check(dataset.read(package))]

    return of


def test_the_words_of_both_projects_agree_with_their_cells(small: blocks.Content, real: blocks.Content):
    assert [*texts.check(small.dataset), *texts.check(real.dataset)] == []


@pytest.mark.parametrize(
    ("row", "cells", "fault"),
    [
        (0, {"entity_id": "stall"}, "2: statement: does not name stall (Stall), which the fact is about; "
                                    "see entity_id and fact_entities"),
        (0, {"entity_id": "stall"}, "2: statement: names Shop (shop), which neither entity_id nor fact_entities has"),
        (0, {"entity_id": ""}, "2: statement: names Shop (shop), which neither entity_id nor fact_entities has"),
        (0, {"value": "1530000000"}, "2: value: 1530000000 does not stand in statement_en"),
        (0, {"value": "1530000000"}, "2: value: 1530000000 does not stand in statement_zh"),
        (2, {"value_high": "95"}, "4: value_high: 95 does not stand in statement_zh"),
        (1, {"qualifier": "under"}, "3: qualifier: under, but statement_en has no such hedge"),
        (4, {"qualifier": "about"}, "6: qualifier: about, but statement_en has no such hedge"),
        (1, {"qualifier": "exact"}, "3: qualifier: exact, but statement_en says 'more than' of 400 million"),
        (1, {"qualifier": "exact"}, "3: qualifier: exact, but statement_zh says '超过' of 4亿"),
        (2, {"printed": "不到90人"}, "4: printed: '不到90人' says under, qualifier says about"),
        (0, {"printed": "约15.2亿元"}, "2: printed: '约15.2亿元' says about, qualifier says exact"),
        (0, {"period": "2019"}, "2: period: 2019 neither starts nor ends with a time that statement_en says"),
        (3, {"period": "2022-03"}, "5: period: 2022-03 neither starts nor ends with a time that statement_en says"),
        (2, {"period": "2022-03-06/2022-03-08"}, "4: period_basis: stated, but statement_en does not say "
                                                 "2022-03-06/2022-03-08"),
        (0, {"period": "2018~"}, "2: period: 2018~ is approximate, but statement_en gives the time without a hedge"),
        (2, {"period": "2022"}, "4: period_basis: stated, but statement_en does not say 2022"),
        (4, {"speaker_id": "paper"}, "6: speaker_id: paper, but the statement has owner say it"),
        (0, {"speaker_id": "owner"}, "2: speaker_id: owner, but the statement (en) does not say 'owner'"),
        (0, {"speaker_id": "owner"}, "2: speaker_id: owner, but the statement (zh) does not say '店主'"),
        (0, {"statement_zh": "小店2018年卖了15.2亿元"}, "2: statement_zh: '小店2018年卖了15.2亿元' does not end like a "
                                                   "sentence; is something cut off?"),
        (4, {"statement_zh": "The stall."}, "6: statement_zh: no Chinese in 'The stall.'"),
        (4, {"statement_en": "店主 says the stall was hard."}, "6: statement_en: Chinese characters in an English text, "
                                                            "'店主 says the stall was hard.'"),
        (4, {"statement_zh": "店主说小店很难。"}, "6: statement: the languages differ in names: English alone has Stall (stall)"),
        (4, {"statement_zh": "店主说小店很难。"}, "6: statement: the languages differ in names: Chinese alone has Shop (shop)"),
    ],
)  # fmt: skip
def test_a_fact_whose_words_say_otherwise_is_reported(said: Said, row: int, cells: dict[str, str], fault: str):
    assert f"{DATA}/facts.csv:{fault}" in said("facts", row, **cells)


@pytest.mark.parametrize(
    ("table", "row", "cells", "fault"),
    [
        ("fact_entities", 0, {"entity_id": "shop"}, "facts.csv:6: statement: names Stall (stall), which neither entity_id nor "
                                                    "fact_entities has"),
        ("evidence", 1, {"entity_id": "shop"}, "evidence.csv:3: entity_id: neither the statement nor the id names shop "
                                               "(Shop)"),
        ("evidence", 0, {"period": "2019"}, "evidence.csv:2: period: 2019 neither starts nor ends with a time that "
                                            "statement_en says"),
        ("evidence", 0, {"value": "1517000000"}, "evidence.csv:2: value: 1517000000 does not stand in statement_zh"),
        ("events", 0, {"entity_id": "shop"}, "events.csv:2: entity_id: shop is not named in the title, which names Stall (stall)"),
        ("caveats", 0, {"sentence_en": "One (voice."}, "caveats.csv:2: sentence_en: () are not in pairs in 'One (voice.'"),
        ("speakers", 1, {"entity_id": "shop"}, "speakers.csv:3: entity_id: shop, but the name says nobody"),
        ("speakers", 1, {"name_en": "The shop's owner", "name_zh": "小店店主"}, "speakers.csv:3: entity_id: empty, but the "
                                                                          "name says Shop (shop)"),
        ("sources", 0, {"title": "[小店的报道]"}, "sources.csv:2: title_en: the languages differ in names: Shop (shop)"),
        ("sources", 0, {"title": "[2020年的报道]"}, "sources.csv:2: title_en: the languages differ in numbers"),
        ("sources", 0, {"publisher_zh": "见于harbour.org"}, "sources.csv:2: publisher_zh: names harbour.org, which publisher "
                                                           "does not"),
        ("evidence", 0, {"locator_zh": "小店业绩页"}, "evidence.csv:2: locator_zh: the languages differ in names: Shop (shop)"),
        ("evidence", 0, {"locator_zh": "业绩第2页"}, "evidence.csv:2: locator_zh: the languages differ in numbers"),
        ("evidence", 1, {"locator_zh": "Notes"}, "evidence.csv:3: locator: English and Chinese are asked for, not 'Notes' and "
                                                 "'Notes'"),
        ("caveats", 0, {"sentence_en": "One voice on"}, "caveats.csv:2: sentence_en: 'One voice on' does not end like a "
                                                        "sentence; is something cut off?"),
    ],
)  # fmt: skip
def test_a_row_whose_words_say_otherwise_is_reported(
    said: Said, table: str, row: int, cells: dict[str, str], fault: str
):
    assert f"{DATA}/{fault}" in said(table, row, **cells)


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (0, {"statement_en": "In 2018 the SHOP sold for 1.52 billion yuan."}),
        (0, {"period_basis": "implied", "statement_en": "The shop sold for 1.52 billion yuan.", "statement_zh": "小店卖了15.2亿元。"}),
        (2, {"period_basis": "implied", "period": "2022-03"}),
        (0, {"period": "2018~", "statement_en": "In about 2018 the shop sold for 1.52 billion yuan."}),
        (0, {"period": "2018~", "period_basis": "implied", "statement_en": "The shop sold for 1.52 billion yuan.", "statement_zh": "小店卖了15.2亿元。"}),
        (2, {"value": "1", "unit": "count", "printed": "", "qualifier": "exact",
             "statement_en": "On 6 and 7 March the stall was there.", "statement_zh": "3月6日和7日货摊还在。"}),
        (2, {"value": "3", "printed": "三人", "qualifier": "exact",
             "statement_en": "Three people watched the stall on 6 and 7 March.", "statement_zh": "3月6日和7日有三人在看货摊。"}),
    ],
)  # fmt: skip
def test_a_fact_in_order_is_left_alone(said: Said, row: int, cells: dict[str, str]):
    assert said("facts", row, **cells) == []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("In 2018 and 2019.", ["2018", "2019"]),
        ("on 9 March 2022", ["2022-03-09"]),
        ("on 6 and 7 March 2022", ["2022-03-06/2022-03-07"]),
        ("the third quarter of 2021", ["2021-07/2021-09"]),
        ("the first half of 2020", ["2020-01/2020-06"]),
        ("until February 2022", ["2022-02"]),
        ("2,018 people, 120192 and 31 February 2019", []),
        ("in March", []),
    ],
)
def test_the_times_of_a_text_are_read_with_their_precision(text: str, spans: list[str]):
    wanted = [(period.first, period.last) for period in map(periods.read, spans)]
    assert list(texts.times(text)) == wanted


@pytest.mark.parametrize(
    ("name", "nouns"),
    [
        ({"en": "An unnamed shop owner (the first)", "zh": "一位匿名店主（第一位）"}, ("owner", "店主")),
        ({"en": "Wind", "zh": "万得"}, ("Wind", "万得")),
        ({"en": "Gull", "zh": "Gull"}, ("Gull", "Gull")),
    ],
)
def test_a_voice_goes_by_the_noun_of_its_name(name: dict[str, str], nouns: tuple[str, str]):
    speaker = Speaker("s", "anonymous", "", name, {}, 2)
    assert (texts.noun(speaker, "en"), texts.noun(speaker, "zh")) == nouns


def test_of_two_names_in_one_place_the_longer_counts(small: blocks.Content):
    shop = small.dataset.entities["shop"]
    more = replace(shop, entity_id="shop-front", name={"en": "Shop front", "zh": "小店门面"})
    names = texts.Names({"shop": shop, "shop-front": more})
    assert names.within("The shop front of the shopping street.", "en") == {"Shop front"}
    assert names.within("小店门面与小店", "zh") == {"Shop front", "Shop"}
    assert texts.Names({}).said({"en": "Nothing.", "zh": "无。"}) == set()
