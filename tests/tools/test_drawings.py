"""The comparison of drawings: unchanged, changed by a share of pixels, new, gone, unchecked."""

from pathlib import Path

import pytest

from scripts.paths import Project
from tests.conftest import SMALL, SMALL_CHARTS, copied
from tests.tools import drawings

COLOURS = {"paper": "#ffffff", "ink": "#000000"}
SMALL_MARK, LARGE = (
    '<rect width="4" height="20" fill="var(--lt-ink)"/>',
    '<rect width="30" height="20" fill="var(--lt-ink)"/>',
)


def svg(mark: str, height: int = 20) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="{height}" viewBox="0 0 40 {height}">{mark}</svg>'
    )


def embed(*drawn: tuple[str, str]) -> bytes:
    frames = (f'<div class="lt-figure__frame lt-figure__frame--{size}">{drawing}</div>' for size, drawing in drawn)
    return f"<main>\n{''.join(frames)}</main>".encode()


BEFORE = {
    "embed/low-tide.css": b"",
    "embed/a.en.html": embed(("wide", svg("")), ("narrow", svg(""))),
    "embed/a.zh.html": embed(("wide", svg("")), ("narrow", svg(""))),
    "charts/a.en.svg": svg("").encode(),
    "charts/a.en.csv": b"1",
    "charts/old.en.svg": svg("").encode(),
}
AFTER = BEFORE | {
    "embed/a.en.html": embed(("wide", svg(SMALL_MARK)), ("narrow", svg(LARGE))),
    "charts/new.en.svg": svg("").encode(),
}
del AFTER["charts/old.en.svg"]


def compared(before: dict[str, bytes], after: dict[str, bytes]) -> list[tuple[str, str, float]]:
    some = drawings.ranked(drawings.found(before), drawings.found(after), COLOURS)
    return [(one.name, one.state, round(one.share, 2)) for one in some]


def test_each_drawing_has_its_state_and_the_most_changed_comes_first():
    assert compared(BEFORE, AFTER) == [
        ("new.en.picture", "new", 1.0),
        ("old.en.picture", "gone", 1.0),
        ("a.en.narrow", "changed", 0.75),
        ("a.en.wide", "changed", 0.1),
        ("a.en.picture", "unchanged", 0.0),
        ("a.zh.narrow", "unchanged", 0.0),
        ("a.zh.wide", "unchanged", 0.0),
    ]


def test_an_svg_with_equal_pixels_is_changed_by_zero():
    (one,) = compared({"charts/a.en.svg": svg("").encode()}, {"charts/a.en.svg": svg("<!-- more -->").encode()})
    assert one == ("a.en.picture", "changed", 0.0)


def test_a_drawing_that_grew_differs_by_the_added_area():
    (one,) = compared({"charts/a.en.svg": svg("").encode()}, {"charts/a.en.svg": svg("", 40).encode()})
    assert one == ("a.en.picture", "changed", 0.5)


@pytest.mark.parametrize(("name", "raw", "fault"), [
    ("charts/a.en.svg", svg('<rect fill="var(--lt-none)"/>').encode(), "var(--lt-none) is not a colour of the style sheet"),
    ("charts/a.en.svg", b"no drawing", ""),
    ("embed/a.en.html", embed(("wide", svg("")), ("narrow", "")), "the page has no drawing of this size"),
    ("embed/a.en.html", b"<p>withdrawn", "the page has no drawing of this size"),
])  # fmt: skip
def test_a_drawing_that_cannot_be_compared_is_unchecked_with_a_reason_and_fails(
    tmp_path: Path, name: str, raw: bytes, fault: str
):
    some = drawings.ranked(drawings.found(BEFORE), drawings.found(BEFORE | {name: raw}), COLOURS)
    wrong = [one for one in some if one.state == "unchecked"]
    assert wrong and fault in wrong[0].fault and wrong[0].fault
    assert drawings.report("1.0.0", some, tmp_path / "changes") == drawings.NOT_COMPARED == 4


@pytest.mark.parametrize(("after", "code"), [(BEFORE, 0), (AFTER, 3)])
def test_the_report_shows_before_after_and_difference_and_sets_the_exit_code(
    tmp_path: Path, after: dict[str, bytes], code: int, monkeypatch: pytest.MonkeyPatch
):
    step = tmp_path / "step.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(step))
    some = drawings.ranked(drawings.found(BEFORE), drawings.found(after), COLOURS)
    assert drawings.report("1.0.0", some, tmp_path / "changes") == code
    page, said = ((tmp_path / "changes" / name).read_text("utf-8") for name in ("index.html", "summary.md"))
    assert step.read_text("utf-8") == said
    if code:
        assert said.startswith("Charts since 1.0.0: 2 changed, 1 new, 1 gone, 0 unchecked, 3 unchanged.")
        assert "| a.en.narrow | changed | 75.00% |" in said
        assert page.count("<img ") == 2 * 3 + 1 + 1
        for what in ("before", "after", "difference"):
            assert f'<img alt="a.en.narrow, {what}" src="data:image/png;base64,' in page
    else:
        assert said == "Charts since 1.0.0: 0 changed, 0 new, 0 gone, 0 unchecked, 6 unchanged.\n"
        assert "<img" not in page


def test_without_an_edition_that_has_charts_the_command_fails_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    project: Project = copied(SMALL, tmp_path / "small")
    assert drawings.main(project, SMALL_CHARTS) == 1
    said = capsys.readouterr().err
    assert said.startswith("datapackage/editions/editions.json:1: no edition has charts to compare with; freeze one\n")
    assert not (project.build / "changes").exists()
