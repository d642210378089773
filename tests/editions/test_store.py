import datetime
import io
import json
import os
import zipfile
from pathlib import Path

import frictionless
import pytest

from scripts.data import dataset, package
from scripts.editions import store
from scripts.pages.content import Content
from scripts.paths import THIS, Project
from tests.conftest import SMALL, altered


@pytest.fixture(params=["small", "real"])
def packed(request: pytest.FixtureRequest, small: Content, real: Content) -> zipfile.ZipFile:
    edition = {"small": small, "real": real}[request.param]
    return zipfile.ZipFile(io.BytesIO(store.pack(edition.project, edition.dataset.package)))


def test_pack_has_descriptor_tables_and_schemas(small: Content):
    archive = zipfile.ZipFile(io.BytesIO(store.pack(SMALL, small.dataset.package)))
    tables = [f"data/{name}{end}" for name in small.dataset.package.tables for end in (".csv", ".schema.json")]
    assert archive.namelist() == ["datapackage.json", *tables]


def test_pack_has_every_file_of_the_real_package(real: Content):
    archive = zipfile.ZipFile(io.BytesIO(store.pack(THIS, real.dataset.package)))
    home = THIS.descriptor.parent
    there = {file.relative_to(home).as_posix() for file in home.rglob("*") if file.is_file()}
    own = {name for name in there if not name.startswith(("editions/", "fingerprints/", "expected.csv"))}
    assert own | {"CITATION.cff"} == set(archive.namelist())
    assert all(archive.read(name) == (home / name).read_bytes() for name in own - {"datapackage.json"})
    assert archive.read("CITATION.cff") == (THIS.root / "CITATION.cff").read_bytes()


def test_descriptor_in_a_pack_has_size_and_checksum_of_every_table(packed: zipfile.ZipFile):
    for resource in json.loads(packed.read("datapackage.json"))["resources"]:
        raw = packed.read(resource["path"])
        assert (resource["bytes"], resource["hash"]) == (len(raw), f"sha256:{store.sha256(raw)}")


def test_packing_is_reproducible(copy: Project, small: Content):
    first = store.pack(SMALL, small.dataset.package)
    for file in copy.descriptor.parent.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
        file.chmod(0o755)
    assert store.pack(copy, package.read(copy)[0]) == first
    assert store.sha256(store.pack(SMALL, small.dataset.package)) == store.sha256(first)


def test_texts_next_to_the_descriptor_are_packed(copy: Project, small: Content):
    (copy.descriptor.parent / "README.md").write_text("# A small project\n", "utf-8")
    archive = zipfile.ZipFile(io.BytesIO(store.pack(copy, small.dataset.package)))
    assert archive.namelist()[:2] == ["datapackage.json", "README.md"]


def test_entries_carry_the_date_of_the_package_and_one_mode(small: Content):
    archive = zipfile.ZipFile(io.BytesIO(store.pack(SMALL, small.dataset.package)))
    assert {info.date_time for info in archive.infolist()} == {(2022, 3, 10, 0, 0, 0)}
    assert {info.external_attr >> 16 for info in archive.infolist()} == {0o644}
    assert store.moment(small.dataset.package) == datetime.datetime(2022, 3, 10, tzinfo=datetime.UTC)


def test_unpacked_pack_is_valid_for_frictionless(packed: zipfile.ZipFile, tmp_path: Path):
    packed.extractall(tmp_path)
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["message"])
    assert report.warnings == []
    assert report.stats["tasks"] == sum(name.endswith(".csv") for name in packed.namelist())


def test_correction_in_an_unknown_edition_is_reported(real: Content):
    read = package.read(real.project)[0]  # under its own version, not that of the newest edition

    def said(version: str, frozen: tuple[store.Frozen, ...] = real.editions) -> list[str]:
        changed = altered(read, corrections={0: {"fixed_in": version}})
        return [str(problem) for problem in store.check(dataset.read(changed), frozen)]

    own = str(read.descriptor["version"])
    known = list(dict.fromkeys([*(edition.version for edition in real.editions), own]))
    assert [said(version) for version in known] == [[]] * len(known)
    (fault,) = said("1.0.7")
    assert fault.endswith(f"corrections.csv:2: fixed_in: there is no edition 1.0.7; there are {', '.join(known)}")
    assert said("1.0.7", ()) == []
