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
    """The index's two answers on a package: for one version, and for all."""
    files = [{"upload_time_iso_8601": f"{day}T08:00:00.000000Z"}]
    return {f"{version}/json": {"vulnerabilities": list(advisories)}, "json": {"releases": {version: files, "0.1": []}}}


@pytest.fixture
def report(tmp_path: Path):
    """Run the report on pins with the index's answers by package; return exit code and text."""

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


def test_a_maintained_pin_without_advisories_is_not_reported(report):
    assert report({"good": "2.0"}, {"good": answered("2.0", "2026-01-01", WITHDRAWN)}) == (0, "1 pins · 1 个固定版本\n")


def test_advisories_are_reported_with_the_version_that_fixes_them(report):
    code, text = report({"bad": "2.0"}, {"bad": answered("2.0", "2026-01-01", ADVISORY, OPEN)})
    assert code == 1
    assert f"- bad 2.0: PYSEC-2024-1, fixed in 2.1; instead: {dependencies.UNKNOWN}\n" in text
    assert "- bad 2.0: GHSA-x, not fixed yet; instead" in text


@pytest.mark.parametrize(("day", "code"), [("2024-11-28", 0), ("2024-11-27", 1)])
def test_a_pin_without_a_release_for_two_years_is_reported_with_its_replacement(report, day: str, code: int):
    found, text = report({"Jieba": "0.42.1"}, {"jieba": answered("0.42.1", day)})
    assert found == code
    assert ("- jieba 0.42.1: newest release of 2024-11-27; instead: words cut by our own script" in text) == bool(code)


@pytest.mark.parametrize(("answers", "fault"), [
    ({}, "answers 404"),
    ({"x": {"1.0/json": "{", "json": "{}"}}, "the answer is not as expected: JSONDecodeError"),
    ({"x": {"1.0/json": {"vulnerabilities": []}, "json": {"releases": {}}}}, "the answer is not as expected: ValueError"),
    ({"x": {"1.0/json": [], "json": []}}, "the answer is not as expected: TypeError"),
])  # fmt: skip
def test_a_missing_or_malformed_answer_is_reported_and_fails(report, answers: dict, fault: str):
    code, text = report({"x": "1.0"}, answers)
    assert code == 1 and f"- x 1.0: {fault}" in text


def test_time_and_size_of_answers_are_limited(report, monkeypatch: pytest.MonkeyPatch):
    good = {"good": answered("2.0", "2026-01-01")}
    monkeypatch.setattr(dependencies, "LARGEST", 10)
    assert "- good 2.0: the answer is too long" in report({"good": "2.0"}, good)[1]
    monkeypatch.setattr(dependencies, "MINUTES", 0)
    assert "- good 2.0: not requested within the time limit" in report({"good": "2.0"}, good)[1]


def test_without_pins_the_error_names_the_command_that_makes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert dependencies.main(tmp_path) == 2
    assert capsys.readouterr().err == "requirements.txt:1: no pins were found; run `make pins`\n"
    assert not (tmp_path / "build").exists()


def test_each_replacement_is_for_a_pinned_package():
    files = THIS.root.glob("requirements*.txt")
    pinned = {pin.name for pin in dependencies.pins(file.read_text("utf-8") for file in files)}
    assert len(pinned) > 60
    assert yaml.safe_load(dependencies.REPLACEMENTS.read_text("utf-8")).keys() - pinned == set()
