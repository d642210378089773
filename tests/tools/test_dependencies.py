"""The report on our pins, from recorded answers of the index; no network."""

import datetime
import json
from pathlib import Path

import pytest
import yaml

from scripts.paths import THIS
from tests import browser
from tests.tools import dependencies

TODAY = datetime.date(2026, 11, 28)
ADVISORY = {"id": "PYSEC-2024-1", "fixed_in": ["2.1"], "withdrawn": None}
OPEN = {"id": "GHSA-x", "fixed_in": [], "withdrawn": None}
WITHDRAWN = {"id": "PYSEC-2024-2", "fixed_in": [], "withdrawn": "2025-01-01T00:00:00Z"}


def answered(version: str, day: str, *advisories: dict) -> dict[str, object]:
    """What the index says of a package: of the version that we have, and of all."""
    files = [{"upload_time_iso_8601": f"{day}T08:00:00.000000Z"}]
    return {f"{version}/json": {"vulnerabilities": list(advisories)}, "json": {"releases": {version: files, "0.1": []}}}


@pytest.fixture
def told(tmp_path: Path):
    """What the report says of pins, given the answers of the index by package."""

    def run(pins: dict[str, str], answers: dict[str, dict[str, object]]) -> tuple[int, str]:
        lines = [
            f"{name}=={version} ; python_full_version >= '3.11' \\\n    --hash=sha256:00"
            for name, version in pins.items()
        ]
        (tmp_path / "requirements.txt").write_text("# pins\n" + "\n".join(lines) + "\n", "utf-8")
        for name, files in answers.items():
            for path, value in files.items():
                file = tmp_path / "index" / name / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
        (tmp_path / "index").mkdir(exist_ok=True)
        (tmp_path / "index" / "404.html").write_text("", "utf-8")
        with browser.serve(tmp_path / "index") as server:
            code = dependencies.main(tmp_path, server.address, TODAY)
        return code, (tmp_path / "build" / "dependencies.md").read_text("utf-8")

    return run


def test_a_pin_that_is_well_kept_and_without_advisories_is_not_told(told):
    assert told({"good": "2.0"}, {"good": answered("2.0", "2026-01-01", WITHDRAWN)}) == (0, "1 pins · 1 个固定版本\n")


def test_advisories_are_told_with_what_mends_them(told):
    code, text = told({"bad": "2.0"}, {"bad": answered("2.0", "2026-01-01", ADVISORY, OPEN)})
    assert code == 1
    assert f"- bad 2.0: PYSEC-2024-1, mended in 2.1; instead: {dependencies.UNKNOWN}\n" in text
    assert "- bad 2.0: GHSA-x, mended in no release yet; instead" in text


@pytest.mark.parametrize(("day", "code"), [("2024-11-28", 0), ("2024-11-27", 1)])
def test_two_years_without_a_release_are_told_with_the_replacement(told, day: str, code: int):
    found, text = told({"Jieba": "0.42.1"}, {"jieba": answered("0.42.1", day)})
    assert found == code
    assert ("- jieba 0.42.1: newest release of 2024-11-27; instead: words cut by our own script" in text) == bool(code)


@pytest.mark.parametrize(("answers", "fault"), [
    ({}, "answers 404"),
    ({"x": {"1.0/json": "{", "json": "{}"}}, "the answer is not as expected: JSONDecodeError"),
    ({"x": {"1.0/json": {"vulnerabilities": []}, "json": {"releases": {}}}}, "the answer is not as expected: ValueError"),
    ({"x": {"1.0/json": [], "json": []}}, "the answer is not as expected: TypeError"),
])  # fmt: skip
def test_what_the_index_did_not_answer_is_told_and_never_passes(told, answers: dict, fault: str):
    code, text = told({"x": "1.0"}, answers)
    assert code == 1 and f"- x 1.0: {fault}" in text


def test_it_ends_in_time_and_takes_no_answer_without_end(told, monkeypatch: pytest.MonkeyPatch):
    good = {"good": answered("2.0", "2026-01-01")}
    monkeypatch.setattr(dependencies, "LARGEST", 10)
    assert "- good 2.0: the answer is too long" in told({"good": "2.0"}, good)[1]
    monkeypatch.setattr(dependencies, "MINUTES", 0)
    assert "- good 2.0: the time was up before it was asked for" in told({"good": "2.0"}, good)[1]


def test_without_pins_the_command_that_makes_them_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert dependencies.main(tmp_path) == 2
    assert capsys.readouterr().err == "requirements.txt:1: no pins were found; run `make pins`\n"
    assert not (tmp_path / "build").exists()


def test_each_replacement_is_of_a_package_that_we_have():
    files = THIS.root.glob("requirements*.txt")
    pinned = {pin.name for pin in dependencies.pins(file.read_text("utf-8") for file in files)}
    assert len(pinned) > 60
    assert yaml.safe_load(dependencies.REPLACEMENTS.read_text("utf-8")).keys() - pinned == set()
