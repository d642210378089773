from dataclasses import replace

import pytest

from scripts.data import dataset, package
from scripts.pages import blocks
from scripts.rules import references
from tests.conftest import altered

DATA = "datapackage/data"


def said(small: blocks.Content, **changed: dict[int, dict[str, str]]) -> list[str]:
    """What the rules say once cells of some rows of some tables are changed."""
    changed_package = altered(small.dataset.package, **changed)
    return [str(problem) for problem in references.check(dataset.read(changed_package))]


def test_the_rows_of_both_projects_fit(small: blocks.Content, real: blocks.Content):
    read = dataset.read(package.read(real.project)[0])  # under its own version, not that of the newest edition
    assert [*references.check(small.dataset), *references.check(read)] == []


@pytest.mark.parametrize(
    ("table", "row", "cells", "fault"),
    [
        ("facts", 0, {"source_id": "filing"}, "2: source_id: 'filing' is not 'report', the first source, which facts are "
                                              "taken from"),
        ("facts", 0, {"kind": "opinion", "qualifier": "about"}, "2: kind: opinion goes without a value; quantity is due"),
        ("facts", 3, {"kind": "quantity"}, "5: kind: quantity, but there is no value"),
        ("facts", 0, {"entity_id": "stall"}, "2: entity_id: the id starts with shop, which neither entity_id nor "
                                             "fact_entities has"),
        ("facts", 3, {"period": "2022/..", "period_basis": "as_of_writing"}, "5: period_basis: as_of_writing, but 2022/.. "
         "begins long before 2022-03-09"),
        ("facts", 3, {"metric_id": "viewers"}, "5: metric_id: viewers, but there is no value"),
        ("facts", 3, {"qualifier": "over"}, "5: qualifier: over goes with a value"),
        ("facts", 0, {"printed": ""}, "2: printed: empty, but only a count of what the article lists goes without"),
        ("entities", 1, {"note_en": "A stall."}, "3: parent_id: the note does not name shop (Shop)"),
        ("entities", 0, {"listing_source_id": "copy"}, "2: listing_source_id: copy is a news_report; a filing is due"),
        ("entities", 1, {"note_zh": "一家小店。"}, "3: note_zh: the same as in line 2"),
        ("speakers", 1, {"kind": "observation", "entity_id": "shop"}, "3: kind: observation of shop, which is not the paper"),
        ("speakers", 1, {"entity_id": "shop"}, "3: entity_id: shop has a name and is not anonymous"),
        ("speakers", 1, {"kind": "expert", "entity_id": "shop"}, "3: entity_id: an expert is a person"),
        ("sources", 2, {"accessed": "2022-04"}, "4: accessed: 2022-04 is after the package was created"),
        ("facts", 0, {"qualifier": "asserted"}, "2: qualifier: asserted goes without a value"),
        ("facts", 4, {"qualifier": "exact"}, "6: qualifier: opinion is asserted, or hedged, and never exact"),
        ("facts", 3, {"period": "2022-04"}, "5: period: 2022-04 begins after 2022-03-09, when the article was published"),
        ("facts", 3, {"period": "2025", "kind": "plan", "qualifier": "asserted"}, None),
        ("facts", 3, {"period_basis": "as_of_writing"}, "5: period_basis: as_of_writing, but 2022-02 does not hold "
                                                        "2022-03-09"),
        ("facts", 2, {"locator": "P3"}, "5: locator: P2 after P3; facts stand in the order of the article"),
        ("facts", 0, {"metric_id": "viewers"}, "2: metric_id: viewers, but the id says revenue"),
        ("facts", 1, {"period": "2019"}, None),
        ("facts", 1, {"period": "2019", "statement_en": "The shop sold for more than 400 million yuan."},
         "3: period: 2019, but the id says 2020"),
        ("entities", 0, {"locator": "P1"}, "2: locator: P1; P0 is due, where the first fact that names it stands"),
        ("entities", 0, {"locator": "—"}, "2: locator: —; P0 is due, where the first fact that names it stands"),
        ("entities", 1, {"kind": "product"}, "3: parent_id: a product does not belong to a company, shop"),
        ("entities", 0, {"exchange_id": "stall", "ticker": "SHP"}, "2: exchange_id: stall is a platform and no institution"),
        ("entities", 1, {"ticker": "STL"}, "3: ticker: a platform is not listed"),
        ("entities", 1, {"ticker": "STL"}, "3: ticker: goes with exchange_id"),
        ("sources", 2, {"url": "https://example.org/report"}, "2: url: https://example.org/report stands in 2 rows; a "
                                                              "document is one source"),
        ("sources", 0, {"reliability": "primary"}, "2: reliability: a news_report is established or repost, not primary"),
        ("sources", 0, {"accessed": "2021"}, "2: accessed: 2021 is before 2022-03-09, when it was published"),
        ("sources", 2, {"language": "zh"}, "4: language: zh, but title and title_en are the same"),
        ("sources", 2, {"title": "Yearly report"}, "4: language: en, but title and title_en differ"),
        ("evidence", 0, {"derivation": "derived"}, "2: derivation: derived, but basis_en starts like what is reported"),
        ("evidence", 0, {"basis_en": "Inferred: a guess"}, "2: derivation: reported, but basis_en starts like what is "
                                                           "inferred"),
        ("evidence", 0, {"metric_id": "viewers", "evidence_id": "shop-revenue-2018"},
         "2: metric_id: viewers, but the id says revenue"),
        ("checks", 1, {"fact_id": "owner-view"}, "3: check_id: 'shop-revenue-2020-check-1' is not owner-view-check- with "
                                                 "a number"),
        ("checks", 1, {"check_id": "shop-revenue-2020-check-2"}, "3: check_id: the checks of shop-revenue-2020 are not "
                                                                 "numbered from 1 without a gap; is a row missing?"),
        ("checks", 1, {"note_en": "The filing agrees."}, "3: verdict: not_found, but the note does not say that nothing "
                                                         "was found"),
        ("checks", 1, {"verdict": "not_checkable"}, "3: verdict: not_checkable, but the note says that nothing was found"),
        ("checks", 4, {"verdict": "partly"}, "6: verdict: partly of an opinion; not_checkable is due"),
        ("checks", 0, {"verdict": "lead_only"}, "2: verdict: lead_only, but filing is better than a repost"),
        ("evidence", 0, {"derivation": "inferred", "basis_en": "Inferred"}, "2: verdict: corroborated rests on "
         "filing-revenue-2018, which is inferred; consistent is due"),
        ("checks", 0, {"evidence_id": "copy-closing"}, "2: evidence_id: copy-closing is about stall and names none of shop"),
        ("events", 0, {"entity_id": "shop"}, "2: entity_id: shop is not named by stall-closed"),
        ("events", 1, {"entity_id": "shop"}, "3: entity_id: shop is not named by copy-closing"),
    ],
)  # fmt: skip
def test_a_row_that_does_not_fit_is_reported(
    small: blocks.Content, table: str, row: int, cells: dict[str, str], fault: str | None
):
    found = said(small, **{table: {row: cells}})
    home = "checks" if fault and "rests on" in fault else table
    assert f"{DATA}/{home}.csv:{fault}" in found if fault else not found


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"correction_id": "stall-value"}, "correction_id: 'stall-value' does not start with stall-viewers, the fact"),
        ({"old": "90"}, "new: '90' is what was there before"),
        ({"fixed_in": "0.1"}, "fixed_in: '0.1' is not a version"),
        ({"fixed_in": "0.2.0"}, "fixed_in: 0.2.0 is not there yet; the package is 0.1.0"),
        ({}, ""),
    ],
)
def test_a_correction_that_does_not_fit_is_reported(small: blocks.Content, cells: dict[str, str], fault: str):
    whole = small.dataset.package
    frame = whole.tables["corrections"].frame.copy()
    row = {
        "correction_id": "stall-viewers-1",
        "fact_id": "stall-viewers",
        "old": "80",
        "new": "90",
        "fixed_in": "0.1.0",
    }
    frame.loc[0] = dict.fromkeys(frame.columns, "") | row | cells
    tables = whole.tables | {"corrections": replace(whole.tables["corrections"], frame=frame)}
    found = [str(problem) for problem in references.check(dataset.read(replace(whole, tables=tables)))]
    assert found == ([f"{DATA}/corrections.csv:2: {fault}"] if fault else [])


def test_an_entity_that_no_fact_names_has_no_place_in_the_article(small: blocks.Content):
    whole = small.dataset.package
    frame = whole.tables["entities"].frame.copy()
    frame.loc[2] = dict.fromkeys(frame.columns, "") | {"entity_id": "kiosk", "kind": "company", "locator": "P1"}
    tables = whole.tables | {"entities": replace(whole.tables["entities"], frame=frame)}
    found = [str(problem) for problem in references.check(dataset.read(replace(whole, tables=tables)))]
    assert found == [f"{DATA}/entities.csv:4: locator: P1; — is due, for no fact of the article names it"]


ACCUSING = {
    "caveats": {0: {"caveat_id": "accusation"}},
    "fact_caveats": {0: {"fact_id": "stall-closed", "caveat_id": "accusation"}},
}
REPLY = {
    "reply_id": "stall-closed-reply",
    "fact_id": "stall-closed",
    "entity_id": "stall",
    "evidence_id": "copy-closing",
    "note_en": "The stall said so.",
    "note_zh": "货摊这样说。",
}


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({}, ""),
        ({"entity_id": "shop", "evidence_id": "", "note_en": "Nothing was found.", "note_zh": "未找到。"}, ""),
        ({"evidence_id": ""}, "evidence_id: empty, but the note does not say that nothing was found"),
        ({"reply_id": "reply"}, "reply_id: 'reply' does not start with stall-closed-reply"),
        ({"entity_id": "kiosk", "evidence_id": "", "note_en": "Nothing was found.", "note_zh": "未找到。"},
         "entity_id: stall-closed does not name kiosk"),
        ({"entity_id": "shop"}, "evidence_id: copy-closing is about stall, not shop"),
    ],
)  # fmt: skip
def test_a_reply_that_does_not_fit_is_reported(small: blocks.Content, cells: dict[str, str], fault: str):
    found = said(small, **ACCUSING, replies={0: REPLY | cells})
    assert found == ([f"{DATA}/replies.csv:2: {fault}"] if fault else [])


def test_an_accusation_without_the_other_side_is_refused(small: blocks.Content):
    fault = f"{DATA}/facts.csv:5: stall-closed: caveat accusation, but no row of replies has the other side"
    assert said(small, **ACCUSING) == [fault]
    unwarned = f"{DATA}/replies.csv:2: fact_id: stall-closed has no caveat accusation; add it in fact_caveats"
    assert said(small, replies={0: REPLY}) == [unwarned]


def test_nothing_is_said_of_a_person_that_rests_on_one_repost(small: blocks.Content):
    person = {1: {"kind": "person"}}
    named = {3: {"entity_id": "shop"}, 2: {"entity_id": "shop"}}
    alone = {"facts": named, "fact_entities": {0: {"entity_id": "shop"}}, "entities": person}
    fault = f"{DATA}/evidence.csv:3: entity_id: stall is a person of whom one repost alone speaks; find another, or remove it"
    assert fault in said(small, **alone, evidence={1: {"source_id": "copy"}})
    assert fault not in said(small, **alone)
    assert fault not in said(small, entities=person, evidence={1: {"source_id": "copy"}})
