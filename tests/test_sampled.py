"""Sampling of similar cases."""

import pytest

from tests import sampled


def test_sample_keeps_the_order_and_all_seeds_together_cover_everything(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
):
    things, seen, plain = list("abcdefghij"), set(), [request.node] * 9
    assert sampled.cases(plain) == plain
    request.node.add_marker(pytest.mark.alike(3))
    for seed in range(30):
        monkeypatch.setattr(sampled, "SEED", seed)
        monkeypatch.setattr(sampled, "WHOLE", False)
        drawn = sampled.some(things, 4)
        assert len(drawn) == len(sampled.cases(plain)) == 3 and drawn == sorted(drawn) == sampled.some(things, 4)
        seen |= {*drawn}
        monkeypatch.setattr(sampled, "WHOLE", True)
        assert (sampled.some(things, 4), sampled.cases(plain)) == (things, plain)
    assert seen == {*things}
    assert sampled.some([], 4) == []
