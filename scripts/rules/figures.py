"""Recompute derived numbers and their hedges from their formulas. In: `Dataset`; out: problems with their lines.

A formula is monotonic in each input, so an input with "over" or "under" makes the number "at least" or "at most", which
a nudge of that input decides; "about" makes it "about", and so do limits in opposite directions.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal

from ..data.records import Figure, FigureInput
from ..words import lexicon
from ..words.languages import rounded
from . import protocol
from .protocol import Faults
from .view import View

_SIGNS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
_NUDGE = Decimal("1.001")
_UPWARD, _DOWNWARD = ("over", "at_least"), ("under", "at_most")
_LONGEST = 200  # characters of a formula


def parsed(formula: str) -> ast.expr:
    """The syntax tree of a formula; raises `ValueError` unless it is arithmetic of + - * / ( ), numbers and letters."""
    if len(formula) > _LONGEST:
        raise ValueError(f"it has more than {_LONGEST} characters")
    try:
        tree = ast.parse(formula, mode="eval").body
    except SyntaxError as error:
        raise ValueError(error.msg) from None
    allowed = (ast.BinOp, ast.Name, ast.Constant, ast.Load, *_SIGNS)
    if not all(isinstance(node, allowed) for node in ast.walk(tree)):
        raise ValueError("only arithmetic is allowed")
    return tree


def symbols(tree: ast.expr) -> set[str]:
    """The letters of a formula."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def result(tree: ast.expr, values: Mapping[str, Decimal]) -> Decimal:
    """Evaluate a formula; raises `ArithmeticError` on division by zero."""
    match tree:
        case ast.BinOp():
            return _SIGNS[type(tree.op)](result(tree.left, values), result(tree.right, values))
        case ast.Name():
            return values[tree.id]
    return Decimal(ast.unparse(tree))


def hedge(tree: ast.expr, values: Mapping[str, Decimal], qualifiers: Mapping[str, str]) -> str:
    """The hedge of the result, derived from those of the inputs: exact, about, at_least or at_most."""
    plain, found = result(tree, values), set()
    for symbol, qualifier in qualifiers.items():
        if qualifier in _UPWARD + _DOWNWARD:
            nudged = values[symbol] * (_NUDGE if qualifier in _UPWARD else 1 / _NUDGE)
            found.add("at_least" if result(tree, {**values, symbol: nudged}) > plain else "at_most")
        elif qualifier == "about":
            found.add("about")
    return found.pop() if len(found) == 1 else "about" if found else "exact"


@protocol.of("figures")
def worked_out(view: View, figure: Figure) -> Faults:
    """Value, hedge and unit must match the result of the formula."""
    inputs = view.data.inputs_of(figure)
    if len(inputs) < sum(link.figure_id == figure.figure_id for link in view.data.figure_inputs):
        return  # a duplicate letter or an unknown fact, which is reported for its row
    try:
        tree = parsed(figure.formula)
    except ValueError as error:
        yield "formula", f"{figure.formula[:40]!r} is not a formula: {error}; write + - * / ( ), numbers and letters"
        return
    if (letters := symbols(tree)) != set(inputs):
        yield "formula", f"has {_listed(letters)}; figure_inputs has {_listed(set(inputs))}"
        return
    values = {symbol: fact.value for symbol, fact in inputs.items() if fact.value is not None}
    if figure.value is None or len(values) < len(inputs):
        return  # reported for the cell, and by the rule below
    try:
        qualifier = hedge(tree, values, {symbol: fact.qualifier for symbol, fact in inputs.items()})
        value = rounded(result(tree, values), figure.digits, qualifier)
    except ArithmeticError:
        yield "formula", f"{figure.formula} cannot be computed from {', '.join(map(str, values.values()))}"
        return
    if value != figure.value:
        yield "value", f"{figure.value}, but {figure.formula} gives {value}"
    if qualifier != figure.qualifier:
        yield "qualifier", f"{figure.qualifier}; the inputs make it {qualifier}"
    if figure.unit not in (found := _units(tree, values, {symbol: fact.unit for symbol, fact in inputs.items()})):
        yield "unit", f"{figure.unit}; the inputs make it {' or '.join(sorted(found))}"


def _units(tree: ast.expr, values: Mapping[str, Decimal], units: Mapping[str, str]) -> set[str]:
    """The allowed units: those of the inputs, if doubling them doubles the result; else those of shares."""
    plain, shares = result(tree, values), set(lexicon.rules()["units"]["shares"])
    doubled = result(tree, {symbol: value * (1 if units[symbol] in shares else 2) for symbol, value in values.items()})
    return set(units.values()) - shares if abs(doubled - 2 * plain) < abs(plain) / 1000 else shares


def _listed(letters: set[str]) -> str:
    return ", ".join(sorted(letters)) or "none"


@protocol.of("figure_inputs")
def has_value(view: View, link: FigureInput) -> Faults:
    """Each input of a formula must have a single value."""
    fact = view.data.facts.get(link.fact_id)
    if fact and (fact.value is None or fact.value_high is not None) and not view.unparsed("facts", fact, ("value",)):
        yield "fact_id", f"{fact.fact_id} has no single value to work with"
