import pytest

from scripts import blocks, editions, formats, latest
from tests.conftest import ADDRESS, SMALL

PLACE = "data/latest/small-0.1.0"


def test_the_newest_edition_has_its_own_files_the_other_formats_a_zip_and_checksums(small: blocks.Content):
    made = latest.files(SMALL, small.dataset.package)
    home = SMALL.descriptor.parent
    own = {
        file.relative_to(home).as_posix(): file.read_bytes() for file in editions.files(SMALL, small.dataset.package)
    }
    packed = {"small-0.1.0.zip": editions.pack(SMALL, small.dataset.package)}
    rest = own | formats.files(own) | packed
    assert made == rest | {"SHA256SUMS": formats.sums(rest)}


@pytest.mark.parametrize(("kind", "end"), [("package", ".zip"), ("workbook", ".xlsx"), ("database", ".sqlite")])
def test_the_files_that_hold_all_tables_are_there_by_their_names_and_addresses(
    small: blocks.Content, kind: str, end: str
):
    package = small.dataset.package
    assert latest.name(package, kind) == f"small-0.1.0{end}"
    assert latest.name(package, kind) in latest.files(SMALL, package)
    assert latest.address(package, ADDRESS, kind) == f"{ADDRESS}{PLACE}{end}"
    assert latest.address(package, "", kind) == f"http://127.0.0.1:8000/{PLACE}{end}"


def test_the_folder_has_an_address_with_or_without_a_site(small: blocks.Content):
    assert latest.address(small.dataset.package, ADDRESS) == f"{ADDRESS}data/latest/"
    assert latest.address(small.dataset.package, "") == "http://127.0.0.1:8000/data/latest/"
