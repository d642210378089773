"""Each derived number is worked out again from the table, by fractions written here and by the formula that pages show."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from scripts.pages import blocks
from scripts.words import figures
from scripts.words.figures import DERIVATIONS, Derivation, Figure

# By id: what the number is of the facts' values, its hedge, and how it is written in English and Chinese.
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
BY_ID = {derivation.figure_id: derivation for derivation in DERIVATIONS}
FORMULA = str.maketrans({"÷": "/", "×": "*", "−": "-"})


def ratio(a: Decimal, b: Decimal) -> Decimal:
    return a / b


def fall(a: Decimal, b: Decimal) -> Decimal:
    return (a - b) / a * 100


def test_every_figure_is_worked_out_from_the_real_facts(real: blocks.Content):
    assert list(real.figures) == [derivation.figure_id for derivation in DERIVATIONS]
    assert set(real.figures) == set(WANTED)


@pytest.mark.parametrize("figure_id", WANTED)
def test_a_figure_is_what_its_facts_make_it(real: blocks.Content, figure_id: str):
    figure = real.figures[figure_id]
    value, qualifier, *shown = WANTED[figure_id]
    assert abs(Fraction(figure.value) - value) < Fraction(1, 10**20)
    assert figure.qualifier == qualifier
    amounts = [
        la.hedged(la.amount(figure.value, figure.unit, figure.digits, figure.qualifier), figure.qualifier)
        for la in real.languages
    ]
    assert amounts == shown


@pytest.mark.parametrize("figure_id", BY_ID)
def test_the_formula_that_pages_show_gives_the_figure(real: blocks.Content, figure_id: str):
    figure = real.figures[figure_id]
    letters = dict(zip("abcdef", (Fraction(fact.value) for fact in figure.inputs), strict=False))
    assert {letter for letter in figure.formula if letter.isalpha()} == set(letters)
    shown = eval(figure.formula.translate(FORMULA), {"__builtins__": {}}, letters)
    assert abs(Fraction(figure.value) - shown) < Fraction(1, 10**20)


@pytest.mark.parametrize("figure_id", BY_ID)
def test_a_figure_has_a_unit_and_a_name_in_every_language(real: blocks.Content, figure_id: str):
    figure = real.figures[figure_id]
    assert all(figure.name[language.code] and figure.unit in language.words["units"] for language in real.languages)


@pytest.mark.parametrize(
    ("qualifiers", "hedge"),
    [
        (("exact", "exact"), "exact"),
        (("over", "exact"), "at_least"),
        (("at_least", "exact"), "at_least"),
        (("under", "exact"), "at_most"),
        (("at_most", "exact"), "at_most"),
        (("exact", "over"), "at_most"),
        (("exact", "under"), "at_least"),
        (("over", "under"), "at_least"),
        (("under", "over"), "at_most"),
        (("over", "over"), "about"),
        (("about", "exact"), "about"),
        (("exact", "about"), "about"),
        (("about", "over"), "about"),
        (("such_as", "asserted"), "exact"),
    ],
)
def test_hedges_carry_through_a_ratio(qualifiers: tuple[str, str], hedge: str):
    assert figures.carry(ratio, [Decimal(186), Decimal(134)], list(qualifiers)) == hedge


@pytest.mark.parametrize(
    ("qualifiers", "hedge"),
    [
        (("over", "exact"), "at_least"),
        (("exact", "over"), "at_most"),
        (("under", "exact"), "at_most"),
        (("exact", "under"), "at_least"),
    ],
)
def test_hedges_carry_through_a_fall(qualifiers: tuple[str, str], hedge: str):
    assert figures.carry(fall, [Decimal(3200), Decimal(186)], list(qualifiers)) == hedge


def test_a_figure_without_its_facts_is_left_out(small: blocks.Content):
    assert figures.work_out(small.dataset) == {}


def test_a_figure_that_cannot_be_worked_out_is_left_out(real: blocks.Content):
    price = replace(real.dataset.facts["ps-primer-price"], value=Decimal(0))
    found = figures.work_out(replace(real.dataset, facts=real.dataset.facts | {"ps-primer-price": price}))
    assert set(WANTED) - set(found) == {"ps-primer-commission-rate", "price-ratio", "commission-rate-ratio"}


def test_figures_are_frozen(real: blocks.Content):
    figure: Figure = real.figures["price-ratio"]
    derivation: Derivation = BY_ID["price-ratio"]
    for record in (figure, derivation):
        with pytest.raises(AttributeError):
            record.unit = "CNY"


def test_a_figure_without_a_name_in_a_language_is_refused():
    said = [problem.text for problem in figures.check(["en", "zh", "fr"])]
    assert said[0] == "figure ps-primer-commission-rate has no name in language fr"
    assert len(said) == len(figures.DERIVATIONS)
    assert list(figures.check(["en", "zh"])) == []
