"""A chart's downloads: every file, and the zip with a README that describes them."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pytest

from scripts.drawing.engine import Chart
from scripts.pages import downloads, staging
from scripts.pages.content import Content
from scripts.words import citations, works
from tests.conftest import ADDRESS
from tests.drawing.test_pictures import HOSTILE

KINDS = ("csv", "svg", "png", "cite.bib", "cite.ris", "cite.json")
NAMES = [f"sales.{code}.{kind}" for code in ("en", "zh") for kind in KINDS]
NAMES += ["sales.csv", "sales.vl.json", "sales.metadata.json"]


@pytest.fixture(scope="module")
def sales(small: Content) -> dict[str, Chart]:
    return {code: some["sales"] for code, some in staging.draw(small).items()}


@pytest.fixture(scope="module")
def files(small: Content, sales: dict[str, Chart]) -> dict[str, bytes]:
    return downloads.files(small, sales)


def unpacked(files: dict[str, bytes]) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(files["sales.zip"])) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


def test_a_chart_has_every_file_in_every_language(files: dict[str, bytes]):
    assert list(files) == [*NAMES, "sales.zip"]
    assert all(files.values())


def test_the_pack_holds_the_files_themselves_and_a_readme(files: dict[str, bytes]):
    packed = unpacked(files)
    assert list(packed) == ["README.txt", *NAMES]
    assert {name: packed[name] for name in NAMES} == {name: files[name] for name in NAMES}


def test_the_metadata_has_the_checksum_of_every_other_file(files: dict[str, bytes]):
    listed = {file["name"]: file["sha256"] for file in json.loads(files["sales.metadata.json"])["files"]}
    assert listed == {name: hashlib.sha256(files[name]).hexdigest() for name in NAMES[:-1]}


def test_every_entry_of_the_pack_has_the_date_of_the_data(small: Content, files: dict[str, bytes]):
    created = small.dataset.package.descriptor["created"][:10]
    with zipfile.ZipFile(io.BytesIO(files["sales.zip"])) as archive:
        for info in archive.infolist():
            assert "{:04}-{:02}-{:02}".format(*info.date_time) == created
            assert (info.create_system, info.external_attr >> 16) == (3, 0o644)


@pytest.mark.parametrize("index", [0, 1], ids=["en", "zh"])
def test_the_readme_says_in_each_language_how_to_cite_and_what_each_file_is(
    small: Content, sales: dict[str, Chart], files: dict[str, bytes], index: int
):
    language, package = small.languages[index], small.dataset.package
    text, words = unpacked(files)["README.txt"].decode(), language.words["files"]
    chart = sales[language.code]
    lines = text.split("\n\n\n")[index].splitlines()
    assert lines[:3] == [chart.title, chart.subtitle, chart.note]
    for form in downloads.FORMS:
        for work in (
            works.of_chart(package, "sales", chart.title, language.code, ""),
            works.of_report(small.dataset, small.dataset.article, language.code),
        ):
            assert citations.FORMS[form][1](work) in lines
    assert any(package.descriptor["licenses"][0]["path"] in line for line in lines)
    colon = language.words["labels"]["colon"]
    for name in NAMES:
        kind = name.removeprefix("sales.").removeprefix(f"{language.code}.").replace(".", "_")
        kind = "rows" if name == "sales.csv" else kind
        listed = [line for line in lines if line.startswith(name)]
        assert listed == ([f"{name}{colon}{words[kind]}"] if kind in words else []), "listed in the other language"


def test_every_label_of_a_file_is_used(small: Content):
    kinds = {name.split(".", 1)[1].removeprefix("en.").removeprefix("zh.").replace(".", "_") for name in NAMES}
    for language in small.languages:
        assert set(language.words["files"]) == kinds | {"zip", "rows", "cite", "licence", "terms", "list"}


def test_only_a_site_with_an_address_is_named_in_the_readme(small: Content, sales: dict[str, Chart]):
    private = downloads.readme(small, sales, NAMES)
    assert "charts/sales/" not in private
    assert ADDRESS not in private
    public = downloads.readme(replace(small, address=ADDRESS), sales, NAMES)
    assert f"{ADDRESS}charts/sales/" in public
    assert f"{ADDRESS}zh/charts/sales/" in public


def test_a_text_of_a_chart_stays_on_one_line_in_the_readme(small: Content, sales: dict[str, Chart]):
    plain = downloads.readme(small, sales, NAMES)
    spoilt = {code: replace(chart, title=HOSTILE, subtitle=HOSTILE, note=HOSTILE) for code, chart in sales.items()}
    text = downloads.readme(small, spoilt, NAMES)
    assert len(text.splitlines()) == len(plain.splitlines())
    assert "\x00" not in text
    assert " ".join(HOSTILE.replace("\x00", "").replace("\x1b", "").split()) in text.splitlines()
