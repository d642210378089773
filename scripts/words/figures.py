"""Numbers worked out from facts: one function, one figure, its inputs named. In: facts; out: `Figure` by id.

Hedges carry through. Each formula is monotone in each input, so an input that is "over" or "under" turns the
figure into "at least" or "at most", found by nudging that input; an input that is "about" makes it "about".
"""

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..data.dataset import Dataset
from ..data.records import Fact, Text
from ..problem import Problem

NUDGE = Decimal("1.001")
UPWARD, DOWNWARD = ("over", "at_least"), ("under", "at_most")


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a figure is worked out: a function of the values of its inputs, in their order."""

    figure_id: str
    unit: str
    digits: int
    inputs: tuple[str, ...]
    formula: str
    name: Text
    work_out: Callable[..., Decimal]


@dataclass(frozen=True, slots=True)
class Figure:
    """A derived number with its unit, hedge, formula and input facts."""

    figure_id: str
    value: Decimal
    unit: str
    digits: int
    qualifier: str
    formula: str
    name: Text
    inputs: tuple[Fact, ...]


def _ratio(top: Decimal, bottom: Decimal) -> Decimal:
    return top / bottom


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return part / whole * 100


def _fall(before: Decimal, after: Decimal) -> Decimal:
    return (before - after) / before * 100


def _growth(before: Decimal, after: Decimal) -> Decimal:
    return (after - before) / before * 100


def _drop(before: Decimal, after: Decimal) -> Decimal:
    return before - after


def _share(whole: Decimal, percent: Decimal) -> Decimal:
    return whole * percent / 100


DERIVATIONS = (
    Derivation("ps-primer-commission-rate", "percent", 1, ("ps-primer-commission", "ps-primer-price"),
               "a ÷ b × 100", {"en": "Commission on the P&S primer, as a share of its price",
                               "zh": "P&S隔离霜的佣金占售价的比例"}, _percent),
    Derivation("sk-ii-commission-rate", "percent", 1, ("sk-ii-commission", "sk-ii-price"),
               "a ÷ b × 100", {"en": "Commission on the SK-II bottle, as a share of its price",
                               "zh": "SK-II小银瓶的佣金占售价的比例"}, _percent),
    Derivation("price-ratio", "times", 1, ("sk-ii-price", "ps-primer-price"),
               "a ÷ b", {"en": "Price of the SK-II bottle against that of the P&S primer",
                         "zh": "SK-II小银瓶与P&S隔离霜的价格之比"}, _ratio),
    Derivation("commission-rate-ratio", "times", 1,
               ("ps-primer-commission", "ps-primer-price", "sk-ii-commission", "sk-ii-price"),
               "(a ÷ b) ÷ (c ÷ d)", {"en": "Commission rate of the P&S primer against that of the SK-II bottle",
                                     "zh": "P&S隔离霜与SK-II小银瓶的佣金率之比"},
               lambda a, b, c, d: (a / b) / (c / d)),
    Derivation("label-to-viewers", "times", 0, ("wei-liling-label", "wei-liling-viewers"),
               "a ÷ b", {"en": "Label on the Wei Liling room against the people seen watching",
                         "zh": "魏黎凌直播间标注数与所见在线人数之比"}, _ratio),
    Derivation("membership-fees-fall-2019", "percent", 1, ("yunji-membership-fees-2018", "yunji-membership-fees-2019"),
               "(a − b) ÷ a × 100", {"en": "Fall of Yunji's membership fees in the first year",
                                     "zh": "云集会员费第一年的降幅"}, _fall),
    Derivation("membership-fees-fall-2020", "percent", 1, ("yunji-membership-fees-2019", "yunji-membership-fees-2020"),
               "(a − b) ÷ a × 100", {"en": "Fall of Yunji's membership fees in the second year",
                                     "zh": "云集会员费第二年的降幅"}, _fall),
    Derivation("membership-fees-fall", "percent", 1, ("yunji-membership-fees-2018", "yunji-membership-fees-2020"),
               "(a − b) ÷ a × 100", {"en": "Fall of Yunji's membership fees over two years",
                                     "zh": "云集会员费两年的降幅"}, _fall),
    Derivation("membership-share-2018", "percent", 1, ("yunji-membership-fees-2018", "yunji-revenue-2018"),
               "a ÷ b × 100", {"en": "Membership fees as a share of Yunji's revenue, first year",
                               "zh": "会员费占云集营收的比例，首年"}, _percent),
    Derivation("membership-share-2020", "percent", 1, ("yunji-membership-fees-2020", "yunji-revenue-2020"),
               "a ÷ b × 100", {"en": "Membership fees as a share of Yunji's revenue, last year",
                               "zh": "会员费占云集营收的比例，末年"}, _percent),
    Derivation("revenue-fall", "percent", 1, ("yunji-revenue-2018", "yunji-revenue-2020"),
               "(a − b) ÷ a × 100", {"en": "Fall of Yunji's revenue between the two end points",
                                     "zh": "云集营收首尾两点之间的降幅"}, _fall),
    Derivation("net-loss-growth", "percent", 0, ("yunji-net-loss-2018", "yunji-net-loss-2020"),
               "(b − a) ÷ a × 100", {"en": "Growth of Yunji's net loss between the two end points",
                                     "zh": "云集净亏损首尾两点之间的增幅"}, _growth),
    Derivation("net-loss-ratio", "times", 2, ("yunji-net-loss-2020", "yunji-net-loss-2018"),
               "a ÷ b", {"en": "Yunji's last net loss against the first", "zh": "云集末年净亏损与首年之比"}, _ratio),
    Derivation("member-growth-drop", "points", 1, ("yunji-member-growth-first", "yunji-member-growth-last"),
               "a − b", {"en": "Drop of Yunji's member growth rate", "zh": "云集会员增速的降幅"}, _drop),
    Derivation("onion-gmv-growth-drop", "points", 1, ("onion-gmv-growth-first", "onion-gmv-growth-last"),
               "a − b", {"en": "Drop of Onion Global's GMV growth rate", "zh": "洋葱集团GMV增速的降幅"}, _drop),
    Derivation("yunji-value-fall", "percent", 1, ("yunji-market-value-before", "yunji-market-value-2022"),
               "(a − b) ÷ a × 100", {"en": "Fall of Yunji's market value", "zh": "云集市值的跌幅"}, _fall),
    Derivation("onion-value-fall", "percent", 1, ("onion-market-value-before", "onion-market-value-2022"),
               "(a − b) ÷ a × 100", {"en": "Fall of Onion Global's market value", "zh": "洋葱集团市值的跌幅"}, _fall),
    Derivation("value-ratio", "times", 2, ("yunji-market-value-2022", "onion-market-value-2022"),
               "a ÷ b", {"en": "Yunji's market value against Onion Global's", "zh": "云集与洋葱集团的市值之比"}, _ratio),
    Derivation("merchant-offer", "CNY", 0, ("merchant-unpaid-goods", "merchant-repayment-offer"),
               "a × b ÷ 100", {"en": "What the merchant was offered, if the share applies to all he claims",
                               "zh": "若按全部欠款计算，商家可得的退款"}, _share),
)  # fmt: skip


def check(codes: Collection[str]) -> Iterator[Problem]:
    """Yield each figure that has no name in a language."""
    for one in DERIVATIONS:
        if missing := [code for code in codes if not one.name.get(code)]:
            yield Problem(
                "scripts/words/figures.py", 1, f"figure {one.figure_id} has no name in language {', '.join(missing)}"
            )


def work_out(dataset: Dataset) -> dict[str, Figure]:
    """Work out every figure, by id, whose inputs the dataset has and whose formula they allow."""
    figures = {}
    for derivation in DERIVATIONS:
        if all(i in dataset.facts and dataset.facts[i].value is not None for i in derivation.inputs):
            with contextlib.suppress(ArithmeticError):  # nothing is divided by zero; a quote of the figure will say so
                figures[derivation.figure_id] = _figure(derivation, dataset.facts)
    return figures


def _figure(derivation: Derivation, facts: Mapping[str, Fact]) -> Figure:
    inputs = tuple(facts[fact_id] for fact_id in derivation.inputs)
    values = [fact.value for fact in inputs if fact.value is not None]
    return Figure(
        derivation.figure_id,
        derivation.work_out(*values),
        derivation.unit,
        derivation.digits,
        carry(derivation.work_out, values, [fact.qualifier for fact in inputs]),
        derivation.formula,
        derivation.name,
        inputs,
    )


def carry(work_out: Callable[..., Decimal], values: list[Decimal], qualifiers: list[str]) -> str:
    """The hedge of a figure: exact, about, at_least or at_most; about where limits pull both ways."""
    plain = work_out(*values)
    found = set()
    for i, qualifier in enumerate(qualifiers):
        if qualifier in UPWARD + DOWNWARD:
            nudge = NUDGE if qualifier in UPWARD else 1 / NUDGE
            moved = work_out(*values[:i], values[i] * nudge, *values[i + 1 :])
            found.add("at_least" if moved > plain else "at_most")
        elif qualifier == "about":
            found.add("about")
    return found.pop() if len(found) == 1 else "about" if found else "exact"
