"""Each derived number is recomputed as a fraction written here; one that its formula does not give is refused."""

from decimal import Decimal
from fractions import Fraction

import pytest

from scripts.pages.content import Content
from scripts.rules import figures
from tests.rules.test_records import DATA, Said, said

__all__ = ["said"]

# By id: the number from the values of its facts, its hedge, and how it is written in English and Chinese.
WANTED = {
    "ps-primer-commission-rate": (Fraction(30, 109) * 100, "exact", "27.5%", "27.5%"),
    "sk-ii-commission-rate": (Fraction(25, 829) * 100, "exact", "3.0%", "3.0%"),
    "price-ratio": (Fraction(829, 109), "exact", "7.6 times", "7.6倍"),
    "commission-rate-ratio": (Fraction(30 * 829, 109 * 25), "exact", "9.1 times", "9.1倍"),
    "label-to-viewers": (Fraction(39000, 90), "about", "about 433 times", "约433倍"),
    "membership-fees-fall-2019": (Fraction(1552 - 777, 1552) * 100, "exact", "49.9%", "49.9%"),
    "membership-fees-fall-2020": (Fraction(7770 - 424, 7770) * 100, "exact", "94.5%", "94.5%"),
    "membership-fees-fall": (Fraction(15520 - 424, 15520) * 100, "exact", "97.3%", "97.3%"),
    "membership-share-2018": (Fraction(1552, 13015) * 100, "exact", "11.9%", "11.9%"),
    "membership-share-2020": (Fraction(424, 55300) * 100, "exact", "0.8%", "0.8%"),
    "revenue-fall": (Fraction(13015 - 5530, 13015) * 100, "exact", "57.5%", "57.5%"),
    "net-loss-growth": (Fraction(146000 - 59688, 59688) * 100, "exact", "145%", "145%"),
    "net-loss-ratio": (Fraction(146000, 59688), "exact", "2.45 times", "2.45倍"),
    "member-growth-drop": (Fraction(1652 - 385, 10), "exact", "126.7 percentage points", "126.7个百分点"),
    "onion-gmv-growth-drop": (Fraction(571 - 153, 10), "exact", "41.8 percentage points", "41.8个百分点"),
    "yunji-value-fall": (Fraction(3200 - 186, 3200) * 100, "at_least", "at least 94.1%", "至少94.1%"),
    "onion-value-fall": (Fraction(600 - 134, 600) * 100, "at_least", "at least 77.6%", "至少77.6%"),
    "value-ratio": (Fraction(186, 134), "exact", "1.39 times", "1.39倍"),
    "merchant-offer": (Fraction(400000) * 20 / 100, "exact", "80,000 yuan", "8万元"),
}
RATIO, FALL = figures.parsed("a / b"), figures.parsed("(a - b) / a * 100")


def test_there_is_a_test_for_every_figure(real: Content):
    assert set(real.dataset.figures) == set(WANTED)


@pytest.mark.parametrize("figure_id", WANTED)
def test_figure_follows_from_its_facts(real: Content, figure_id: str):
    figure = real.dataset.figures[figure_id]
    value, qualifier, *shown = WANTED[figure_id]
    values = {symbol: fact.value for symbol, fact in real.dataset.inputs_of(figure).items()}
    assert abs(Fraction(figures.result(figures.parsed(figure.formula), values)) - value) < Fraction(1, 10**20)
    assert abs(Fraction(figure.value) - value) <= Fraction(1, 10**figure.digits)
    assert figure.qualifier == qualifier
    assert [language.derived(figure) for language in real.languages] == shown


@pytest.mark.parametrize(("tree", "qualifiers", "hedge"), [
    (RATIO, ("exact", "exact"), "exact"), (RATIO, ("over", "exact"), "at_least"),
    (RATIO, ("at_least", "exact"), "at_least"), (RATIO, ("under", "exact"), "at_most"),
    (RATIO, ("at_most", "exact"), "at_most"), (RATIO, ("exact", "over"), "at_most"),
    (RATIO, ("exact", "under"), "at_least"), (RATIO, ("over", "under"), "at_least"),
    (RATIO, ("under", "over"), "at_most"), (RATIO, ("over", "over"), "about"), (RATIO, ("about", "exact"), "about"),
    (RATIO, ("exact", "about"), "about"), (RATIO, ("about", "over"), "about"),
    (RATIO, ("such_as", "asserted"), "exact"), (FALL, ("over", "exact"), "at_least"),
    (FALL, ("exact", "over"), "at_most"), (FALL, ("under", "exact"), "at_most"), (FALL, ("exact", "under"), "at_least"),
])  # fmt: skip
def test_hedge_of_a_figure_follows_from_those_of_its_inputs(
    tree: figures.ast.expr, qualifiers: tuple[str, str], hedge: str
):
    values = {"a": Decimal(3200), "b": Decimal(186)}
    assert figures.hedge(tree, values, dict(zip("ab", qualifiers, strict=True))) == hedge


NO_FORMULA = "write + - * / ( ), numbers and letters"


@pytest.mark.parametrize(("cells", "fault"), [
    ({}, ""), ({"value": "74", "formula": "100 * (a - b) / a"}, ""),
    ({"value": "73.6"}, "value: 73.6, but (a - b) / a * 100 gives 73.7"),
    ({"value": "73"}, "value: 73, but (a - b) / a * 100 gives 74"),
    ({"value": "0.263", "formula": "b / a", "qualifier": "at_least"}, ""),
    ({"value": "0.264", "formula": "b / a", "qualifier": "at_least"}, "value: 0.264, but b / a gives 0.263"),
    ({"qualifier": "exact"}, "qualifier: exact; the inputs make it at_most"),
    ({"unit": "CNY"}, "unit: CNY; the inputs make it percent or points or times"),
    ({"unit": "percent", "formula": "a - b", "value": "1120000000"}, "unit: percent; the inputs make it CNY"),
    ({"formula": "(a - b) / a * 101"}, "value: 73.7, but (a - b) / a * 101 gives 74.5"),
    ({"formula": "(a - b) / 0"}, "formula: (a - b) / 0 cannot be computed from 1520000000, 400000000"),
    ({"formula": "a / 2"}, "formula: has a; figure_inputs has a, b"),
    ({"formula": "a / b / c"}, "formula: has a, b, c; figure_inputs has a, b"),
    ({"formula": "a / "}, f"formula: 'a / ' is not a formula: invalid syntax; {NO_FORMULA}"),
    ({"formula": "a ** b"}, f"formula: 'a ** b' is not a formula: only arithmetic is allowed; {NO_FORMULA}"),
    ({"formula": "a(b)"}, f"formula: 'a(b)' is not a formula: only arithmetic is allowed; {NO_FORMULA}"),
    ({"formula": "a+" * 100 + "b"}, f"formula: {'a+' * 20!r} is not a formula: it has more than 200 characters; {NO_FORMULA}"),
    ({"formula": "a)(b"}, f"formula: 'a)(b' is not a formula: unmatched ')'; {NO_FORMULA}"),
    ({"formula": "a / 1e999"}, "formula: has a; figure_inputs has a, b"),
    ({"formula": "a / b * 1j"}, "formula: a / b * 1j cannot be computed from 1520000000, 400000000"),
])  # fmt: skip
def test_figure_that_contradicts_its_formula_is_reported(said: Said, cells: dict[str, str], fault: str):
    found = said(figures={0: cells})
    assert found == ([f"{DATA}/figures.csv:2: {fault}"] if fault else [])


def test_changed_fact_makes_its_figure_wrong(said: Said):
    changed = {"value": "1600000000", "printed": "16亿元", "statement_en": "The shop sold for 1.6 billion yuan in 2018.",
               "statement_zh": "小店2018年卖了16亿元。"}  # fmt: skip
    assert f"{DATA}/figures.csv:2: value: 73.7, but (a - b) / a * 100 gives 75.0" in said(facts={0: changed})


@pytest.mark.parametrize("fact_id", ["stall-closed", "owner-view"])
def test_input_of_a_figure_must_have_a_single_value(said: Said, fact_id: str):
    found = said(figure_inputs={1: {"fact_id": fact_id}})
    assert found == [f"{DATA}/figure_inputs.csv:3: fact_id: {fact_id} has no single value to work with"]
