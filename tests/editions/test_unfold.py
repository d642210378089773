from dataclasses import replace

import pytest

from scripts.editions import described, formats, store, unfold
from scripts.pages import blocks, offers
from scripts.pages.content import Content
from scripts.paths import THIS
from tests.conftest import ADDRESS, SMALL


def test_package_without_an_edition_has_its_files_other_formats_and_a_zip(small: Content):
    package = small.dataset.package
    own = store.inside(SMALL, package)
    made = unfold.files(SMALL, package, None)
    held = own | {"small-0.1.0.zip": store.pack(SMALL, package)} | formats.files(own)
    assert made == held | described.files(held)


def test_edition_has_its_charts_too(real: Content):
    edition = next(one for one in real.editions if one.charts)
    made = unfold.files(THIS, real.dataset.package, edition)
    frozen = store.contents(THIS, edition) | store.chart_files(THIS, edition)
    assert {name: made[name] for name in frozen} == frozen


@pytest.mark.parametrize(("kind", "name"), [
    ("package", "facts.zip"), ("workbook", "facts.xlsx"), ("database", "facts.sqlite"), ("parquet", "parquet.zip"),
])  # fmt: skip
def test_the_files_that_hold_all_tables_are_latest_under_names_without_a_version(small: Content, kind: str, name: str):
    assert offers.files(small)[name]
    assert blocks.addresses(small)["name"][kind]() == name
    assert blocks.addresses(replace(small, address=ADDRESS))["address"][kind]() == f"{ADDRESS}data/latest/{name}"
    assert blocks.addresses(small)["address"][kind]() == f"http://127.0.0.1:8000/data/latest/{name}"
    assert not [name for name in offers.files(small) if "0.1.0" in name]


def test_the_folder_has_an_address_with_or_without_a_site():
    assert unfold.address(ADDRESS) == f"{ADDRESS}data/latest/"
    assert unfold.address("") == "http://127.0.0.1:8000/data/latest/"
