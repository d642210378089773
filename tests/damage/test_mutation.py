"""The real data with over a thousand damages: `check` refuses each that changes the meaning, or a reviewed list has the reason.

These tests judge a random part, by the printed seed; `make mutation` judges all, as a workflow does weekly.
"""

import os
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.damage import mutation
from tests.damage.mutation import Excuse, Mutation, Outcome
from tests.sampled import SEED, WHOLE, some

PART = 30  # these tests judge one mutation in thirty


@pytest.fixture(scope="module")
def mutations() -> list[Mutation]:
    return mutation.mutations()


def test_over_a_thousand_mutations_damage_every_column_and_schema_and_each_excuse_has_a_reason(
    mutations: list[Mutation],
):
    assert len(mutations) > 1_000
    places, files = {one.where for one in mutations}, {one.file for one in mutations}
    for sheet in mutation.sheets():
        assert {f"{sheet.name}.{column}" for column in sheet.header} <= places
        assert {sheet.file, sheet.file.replace(".csv", ".schema.json")} <= files
    assert "datapackage/datapackage.json" in files
    assert [excuse for excuse in mutation.excuses() if len(excuse.reason) < 20] == []


ONE = Mutation("text: word lost", "facts.statement_en", "a word", "some-fact", "datapackage/data/facts.csv", b"")
EXCUSE = Excuse("text: *", "*_en", 1, "only a reader can tell")


@pytest.mark.parametrize(
    ("survivors", "listed", "faults"),
    [
        ([ONE], [EXCUSE], []),
        ([ONE], [], [f"survived, and survivors.yml has no reason for it: {ONE}"]),
        ([], [EXCUSE], ["nothing survives of text: * in *_en; take it out of survivors.yml"]),
        ([ONE, ONE], [EXCUSE], ["2 survive of text: * in *_en; survivors.yml allows 1"]),
        ([replace(ONE, where="facts.statement_zh")], [EXCUSE],
         ["survived, and survivors.yml has no reason for it: text: word lost | facts.statement_zh | some-fact | a word",
          "nothing survives of text: * in *_en; take it out of survivors.yml"]),
    ],
)  # fmt: skip
def test_missing_and_stale_excuses_of_survivors_are_reported(
    survivors: list[Mutation], listed: list[Excuse], faults: list[str]
):
    refused = Outcome(ONE, "table", "facts.csv:2: something")
    found = [refused, *(Outcome(one, "", "") for one in survivors)]
    assert mutation.unexcused(found, listed) + mutation.stale(found, listed) == faults


def test_mutation_that_changes_the_meaning_is_refused(
    mutations: list[Mutation], record_property: Callable[[str, object], None]
):
    processes = (os.cpu_count() or 1) if WHOLE else 1  # each loads the real project again
    found = list(mutation.judged(some(mutations, PART), processes))
    which = f"{len(found)} of {len(mutations)} damages, SEED={SEED}; which check refused, by kind"
    record_property(which, mutation.score(found))
    assert mutation.unexcused(found, mutation.excuses()) == []
    assert mutation.too_short(found) == []
