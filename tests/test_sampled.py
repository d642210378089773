"""Sampling of similar cases."""

import pytest

from tests import sampled


def test_sample_keeps_the_order_and_all_seeds_together_cover_everything(monkeypatch: pytest.MonkeyPatch):
    things, seen = list("abcdefghij"), set()
    for seed in range(30):
        monkeypatch.setattr(sampled, "SEED", seed)
        monkeypatch.setattr(sampled, "WHOLE", False)
        drawn = sampled.some(things, 4)
        assert len(drawn) == 3 and drawn == sorted(drawn) == sampled.some(things, 4)
        seen |= {*drawn}
        monkeypatch.setattr(sampled, "WHOLE", True)
        assert sampled.some(things, 4) == things
    assert seen == {*things}
    assert sampled.some([], 4) == []


@pytest.mark.parametrize(("whole", "count"), [(True, 9), (False, 3)])
def test_one_case_in_n_of_a_marked_test_runs(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, whole: bool, count: int
):
    monkeypatch.setattr(sampled, "WHOLE", whole)
    cases = [request.node] * 9
    assert sampled.cases(cases) == cases
    request.node.add_marker(pytest.mark.alike(3))
    assert len(sampled.cases(cases)) == count
