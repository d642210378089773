"""A project full of mistakes: tests/damage/bad has its files, copied over the small project, and what `check` reports."""

import shutil

import pytest

from scripts import commands
from scripts.paths import Project
from tests.conftest import SMALL_CHARTS, TESTS

BAD = TESTS / "damage" / "bad"


def test_every_mistake_is_reported_at_once_in_order_with_its_line(copy: Project):
    for room in ("datapackage", "docs"):
        shutil.copytree(BAD / room, copy.root / room, dirs_exist_ok=True)
    with pytest.raises(commands.Problems) as error:
        commands.check(copy, "", SMALL_CHARTS)
    said = [*(str(problem) for problem in error.value.all), str(error.value)]
    assert said == (BAD / "expected.txt").read_text("utf-8").splitlines()
