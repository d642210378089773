"""A change appears in the built pages before the site is rebuilt, exactly as the rebuild has it."""

from pathlib import Path

import pytest

from scripts import commands
from scripts.pages import staging
from scripts.paths import Project
from scripts.website import preview
from tests.conftest import ADDRESS, SMALL, SMALL_CHARTS, built, copied, damage

FACTS = "datapackage/data/facts.csv"
REWORDED = ("An owner says the stall was hard.,店主说货摊很难。", "An owner says the stall was dear.,店主说货摊很贵。")


def shown(project: Project, address: str) -> int:
    content = commands.check(project, address, SMALL_CHARTS)
    return preview.show(content, staging.draw(content))


@pytest.mark.alike(2)
@pytest.mark.parametrize("address", ["", ADDRESS])
def test_preview_of_a_changed_fact_equals_a_full_build(tmp_path: Path, address: str):
    project = copied(SMALL, tmp_path / "small")
    site = built(project, address).site
    assert shown(project, address) == 0
    damage(project, FACTS, REWORDED)
    assert shown(project, address) >= 2
    soon = {place: (site / place / "index.html").read_text("utf-8") for place in ("facts", "zh/facts")}
    built(project, address)
    for place, text in soon.items():
        assert (site / place / "index.html").read_text("utf-8") == text


def test_preview_without_a_built_site_does_nothing(copy: Project):
    assert shown(copy, "") == 0
