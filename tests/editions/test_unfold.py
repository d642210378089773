from dataclasses import replace

import pytest

from scripts.editions import formats, store, unfold
from scripts.pages import blocks
from scripts.paths import THIS
from tests.conftest import ADDRESS, SMALL

PLACE = "data/latest/small-0.1.0"


def test_a_package_without_an_edition_has_its_own_files_the_other_formats_a_zip_and_checksums(small: blocks.Content):
    package = small.dataset.package
    own = store.inside(SMALL, package)
    frozen = own | {"small-0.1.0.zip": store.pack(SMALL, package)}
    made = unfold.files(SMALL, package, None)
    assert made == frozen | formats.files(own) | {"SHA256SUMS": formats.sums(frozen)}


def test_an_edition_has_its_charts_too_and_checksums_of_all_that_never_changes(real: blocks.Content):
    edition = next(one for one in real.editions if one.charts)
    made = unfold.files(THIS, real.dataset.package, edition)
    frozen = store.contents(THIS, edition) | store.chart_files(THIS, edition)
    assert {name: made[name] for name in frozen} == frozen
    sums = dict(reversed(line.split("  ", 1)) for line in made["SHA256SUMS"].decode().splitlines())
    assert set(sums) == {*frozen, edition.file, edition.charts["file"]}
    assert all(store.sha256(made[name]) == checksum for name, checksum in sums.items())


@pytest.mark.parametrize(("kind", "end"), [("package", ".zip"), ("workbook", ".xlsx"), ("database", ".sqlite")])
def test_the_files_that_hold_all_tables_are_there_by_their_names_and_addresses(
    small: blocks.Content, kind: str, end: str
):
    assert unfold.WHOLE[kind] == end
    assert f"small-0.1.0{end}" in unfold.files(SMALL, small.dataset.package, None)
    assert blocks.addresses(small)["name"][kind]() == f"small-0.1.0{end}"
    assert blocks.addresses(replace(small, address=ADDRESS))["address"][kind]() == f"{ADDRESS}{PLACE}{end}"
    assert blocks.addresses(small)["address"][kind]() == f"http://127.0.0.1:8000/{PLACE}{end}"


def test_the_folder_has_an_address_with_or_without_a_site():
    assert unfold.address(ADDRESS) == f"{ADDRESS}data/latest/"
    assert unfold.address("") == "http://127.0.0.1:8000/data/latest/"
