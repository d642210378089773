"""What a run looks at of many things made alike."""

import pytest

from tests import sampled


def test_a_part_is_drawn_in_its_order_and_over_the_seeds_everything_is(monkeypatch: pytest.MonkeyPatch):
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


@pytest.mark.alike(3)
@pytest.mark.parametrize("n", range(9))
def test_marked(n: int):
    """Cases for the next test."""


@pytest.mark.parametrize(("whole", "count"), [(True, 9), (False, 3)])
def test_of_a_marked_test_one_case_in_so_many_runs(request, monkeypatch: pytest.MonkeyPatch, whole: bool, count: int):
    monkeypatch.setattr(sampled, "WHOLE", whole)
    marked = next(item for item in request.session.items if item.name.startswith("test_marked"))
    others = [request.node] * 2
    assert len(sampled.cases([*[marked] * 9, *others])) == count + 2
