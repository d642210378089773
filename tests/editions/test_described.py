"""Each description of an edition, checked by the validator of its standard; and where a publisher's identifier appears.

The validators are many and heavy, so they have requirements of their own: `make formats` installs them and runs this file.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scripts.editions import described, formats, store
from scripts.pages import interface, offers
from scripts.pages.content import Content
from scripts.paths import THIS
from tests.conftest import ADDRESS, Built, unfolded

YEARS = {"1.0.0": "2017/2022", "1.2.0": "2016/2024", "2.0.0": "2015/2024"}
"""The years covered by facts and evidence of some editions; the first edition had no evidence."""
VERSIONS = list(YEARS)
DOI = "10.5072/low-tide"


def files(real: Content, version: str) -> dict[str, bytes]:
    return offers.files(real, next(one for one in real.editions if one.version == version))


@pytest.fixture(params=VERSIONS)
def folder(request: pytest.FixtureRequest, real: Content, tmp_path: Path) -> Path:
    """The files of an edition in a folder."""
    return unfolded(files(real, request.param), tmp_path)


def refused(path: Path) -> list[str]:
    """The faults that the validators report for a folder or an OpenAPI description, one a line; empty if it is valid."""
    python = THIS.root / ".venv" / "formats" / "bin" / "python"
    if not python.exists():
        pytest.skip("the validators have requirements of their own; `make formats` installs them, and this runs then")
    asked = [str(python), "-m", "tests.tools.validators", "--offline", str(path)]
    run = subprocess.run(asked, cwd=THIS.root, capture_output=True, text=True)
    assert (run.returncode == 0) == bool(re.match(r"\d folders are as", run.stdout)), run.stderr
    return run.stdout.splitlines() if run.returncode else []


def test_each_description_is_valid_by_its_own_standard(folder: Path):
    assert refused(folder) == []


def change(folder: Path, name: str, how: Callable[[Any], object]) -> Path:
    value = json.loads((folder / name).read_text("utf-8"))
    how(value)
    (folder / name).write_text(json.dumps(value), "utf-8")
    return folder / name


def assert_named(folder: Path, name: str, faults: list[str], said: str) -> None:
    """Assert that every fault names this file or has this text, and that one has the text."""
    assert all(fault.startswith(f"{folder.name}/{name}: ") or said in fault for fault in faults)
    assert any(said in fault for fault in faults), faults


@pytest.mark.parametrize("folder", ["2.0.0"], indirect=True)
@pytest.mark.parametrize(("name", "how", "said"), [
    (described.CRATE, lambda crate: crate["@graph"][1].pop("license"), "license"),
    (described.CRATE, lambda crate: crate["@graph"].pop(0), "metadata"),
    (described.CSVW, lambda told: told["tables"][4]["tableSchema"]["columns"][15].update(datatype="integer"), "facts.csv:2:16 statement_en"),
    (described.CROISSANT, lambda told: told["recordSet"][0]["field"][0].pop("dataType"), "Field(source_id)"),
], ids=["licence", "descriptor", "datatype", "field"])  # fmt: skip
def test_invalid_description_is_reported_with_its_fault(
    folder: Path, name: str, how: Callable[[Any], object], said: str
):
    change(folder, name, how)
    assert_named(folder, name, refused(folder), said)


@pytest.mark.parametrize("home", ["", "data/v1.0.0/", "data/v2.0.0/"])
def test_openapi_is_valid_by_its_own_standard(real_site: Built, home: str):
    assert refused(real_site.site / f"{home}{interface.OPENAPI}") == []


@pytest.mark.parametrize(("how", "said"), [
    (lambda told: told["info"].pop("version"), "info: 'version' is a required property"),
    (lambda told: told["components"]["schemas"]["Fact"].update(type="row"), "type: 'row' is not valid"),
    (lambda told: told["paths"]["/facts/{fact_id}.json"]["get"].update(parameters=[]), "'fact_id' for 'get'"),
], ids=["version", "type", "parameter"])  # fmt: skip
def test_invalid_openapi_description_is_reported_with_its_fault(
    real_site: Built, tmp_path: Path, how: Callable[[Any], object], said: str
):
    shutil.copyfile(real_site.site / interface.OPENAPI, tmp_path / interface.OPENAPI)
    assert_named(tmp_path, interface.OPENAPI, refused(change(tmp_path, interface.OPENAPI, how)), said)


def test_crate_lists_every_file_with_its_checksum(real: Content):
    made = files(real, "2.0.0")
    parts = {part["@id"]: part for part in json.loads(made[described.CRATE])["@graph"] if part["@type"] == "File"}
    assert set(parts) == set(made) - {described.CRATE}
    assert all(part["sha256"] == store.sha256(made[name]) for name, part in parts.items())


@pytest.mark.parametrize("version", VERSIONS)
def test_an_edition_describes_itself(real: Content, version: str):
    told = json.loads(files(real, version)[described.LINKED])
    assert told["version"] == version
    assert {item["name"] for item in told["distribution"]} >= {
        f"china-social-commerce-facts-{version}.zip",
        "facts.csv",
    }
    metrics = formats.tables.read(files(real, version)).tables
    (measured,) = [table for table in metrics if table.name == "metrics"]
    assert len(told["variableMeasured"]) == measured.count
    assert told["temporalCoverage"] == YEARS[version]


@pytest.mark.parametrize(
    ("set_", "stands"), [(DOI, f"https://doi.org/{DOI}"), ("https://w3id.org/low-tide", "https://w3id.org/low-tide")]
)
def test_identifier_of_the_newest_edition_appears_in_every_file(real: Content, set_: str, stands: str):
    newest = replace(real.editions[-1], doi=set_)
    content = replace(real, address=ADDRESS, editions=(*real.editions[:-1], newest))
    made = offers.files(content)
    assert json.loads(made["datapackage.json"])["id"] == stands
    assert json.loads(made["datapackage.json"])["homepage"] == ADDRESS
    assert f"url: {stands}" in made["CITATION.cff"].decode()
    assert json.loads(made[described.LINKED])["identifier"] == stands
    assert json.loads(made[described.CRATE])["@graph"][1]["identifier"] == stands
    assert stands in json.loads(made[described.CROISSANT])["citeAs"]
    for language in content.languages:
        assert all(stands in text for text in offers.citation_files(content, language).values())


def test_without_an_address_no_file_names_one(real: Content):
    made = offers.files(real)
    assert not {"id", "homepage"} & set(json.loads(made["datapackage.json"]))
    assert made["CITATION.cff"] == store.contents(THIS, real.editions[-1])["CITATION.cff"]
    assert b"http://127" not in b"".join(made[name] for name in described.files(made))
