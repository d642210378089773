"""The text is made up for the tests; the real fingerprints are only asked whether they are in order."""

import base64
import os
from collections.abc import Collection
from pathlib import Path

import pytest

from scripts.paths import THIS, Project
from scripts.reading import files
from scripts.rules import originality

TEXT = "海边旧铺子每逢初一敲锣开门，卖贝壳和风筝，也替渔家代写家书。"
NAME = "海边旧铺子贝壳风筝交易行"


ENGLISH = "The old shop by the sea rings its gong and opens on the first day of each month, whatever the weather."
PRINTS = {
    "tide": originality.fingerprints(f"{TEXT}\n{NAME}\n风筝铺子{NAME}"),  # and of a name of twelve characters
    "pier": originality.fingerprints(ENGLISH),
}
KEPT = "datapackage/fingerprints"


@pytest.fixture
def known() -> str:
    """A text whose fingerprints every project here has."""
    return TEXT


def asked(project: Project, *names: str, reports: Collection[str] = PRINTS) -> list[str]:
    return [str(problem) for problem in originality.check(project, names, dict.fromkeys(reports, 2))]


def kept(project: Project) -> Project:
    for name, prints in PRINTS.items():
        file = project.root / KEPT / f"{name}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(prints, "ascii")
    return project


def said(folder: Path, text: str, *names: str, file: str = "docs/zh/index.md") -> list[str]:
    page = folder / "project" / file
    page.parent.mkdir(parents=True)
    page.write_text(text, "utf-8")
    return asked(kept(Project(folder / "project")), *names)


def told(line: int, window: str, file: str = "docs/zh/index.md") -> str:
    return f"{file}:{line}: {window!r} stands in the article too; say it in other words"


@pytest.mark.parametrize("start", [0, 3, 18])
def test_a_run_of_eleven_is_free(known: str, tmp_path: Path, start: int):
    assert said(tmp_path, f"说{known[start : start + 11]}完") == []


@pytest.mark.parametrize("start", [0, 3, 18])
def test_a_run_of_twelve_is_reported_with_its_line(known: str, tmp_path: Path, start: int):
    run = known[start : start + 12]
    assert said(tmp_path, f"一\n\n说{run}完") == [told(3, run)]


def test_a_longer_run_is_reported_once_for_each_twelve_characters(known: str, tmp_path: Path):
    assert said(tmp_path, f"{known[:24]}完") == [told(1, known[:12]), told(1, known[12:24])]


def test_line_breaks_and_spaces_do_not_hide_a_run(known: str, tmp_path: Path):
    assert said(tmp_path, f"一\n{known[:5]} {known[5:8]}\n{known[8:12]}") == [told(2, known[:12])]


def test_other_punctuation_does_not_hide_a_run(known: str, tmp_path: Path):
    bare = known.replace("，", "").replace("。", "")
    assert said(tmp_path, f"{bare[6:12]}：{bare[12:18]}") == [told(1, bare[6:18])]


def test_names_are_free(known: str, tmp_path: Path):
    assert said(tmp_path, f"去{NAME}。", NAME, "Harbour Post") == []


def test_a_run_is_not_free_for_holding_a_name(known: str, tmp_path: Path):
    assert said(tmp_path, known[:12], "旧铺子") == [told(1, known[:12])]


def test_three_characters_beside_a_name_are_free_and_four_are_not(known: str, tmp_path: Path):
    assert said(tmp_path / "three", f"筝铺子{NAME}", NAME) == []
    assert said(tmp_path / "four", f"风筝铺子{NAME}", NAME) == [told(1, f"风筝铺子{NAME[:8]}")]


@pytest.mark.parametrize("file", [
    "datapackage/data/facts.csv", "docs/en/_language.yml", "scripts/charts/sales.py", "scripts/pages/templates/a.html",
    "datapackage/README.md", "datapackage/datapackage.json",
])  # fmt: skip
def test_tables_words_and_scripts_are_read_too(known: str, tmp_path: Path, file: str):
    assert said(tmp_path, known[:12], file=file) == [told(1, known[:12], file)]


@pytest.mark.parametrize("file", ["docs/assets/low-tide.css", "build/docs/zh/index.md", "docs/pictures.svg"])
def test_what_is_not_text_of_ours_is_left_alone(known: str, tmp_path: Path, file: str):
    assert said(tmp_path, known[:12], file=file) == []


def test_a_file_that_cannot_be_read_is_told(known: str, tmp_path: Path):
    page = tmp_path / "project" / "docs" / "zh" / "more.md"
    page.parent.mkdir(parents=True)
    page.touch()
    os.truncate(page, files.LARGEST_TABLE + 1)
    told = f"docs/zh/more.md:1: is larger than {files.LARGEST_TABLE:,} bytes, the most that is read"
    assert asked(kept(Project(tmp_path / "project"))) == [told]


@pytest.mark.parametrize(("raw", "fault"), [
    (b"", "is empty; restore the file from version control"),
    (b"# words\n", "is empty; restore the file from version control"),
    (b"abc", "not fingerprints: Incorrect padding; restore the file from version control"),
    (None, "is a device or pipe, not a file"),
])  # fmt: skip
def test_fingerprints_that_are_gone_are_told(tmp_path: Path, raw: bytes | None, fault: str):
    project = kept(Project(tmp_path))
    file = project.root / KEPT / "tide.txt"
    file.unlink()
    if raw is None:
        file.symlink_to("/dev/null")
    else:
        file.write_bytes(raw)
    assert asked(project) == [f"{KEPT}/tide.txt:1: {fault}"]


def test_a_report_without_fingerprints_is_refused_with_the_command_and_a_file_of_no_report_is_told(tmp_path: Path):
    (said,) = asked(kept(Project(tmp_path)), reports=[*PRINTS, "gulls"])
    assert said.startswith(
        f"datapackage/data/sources.csv:2: source_id: facts are taken from gulls, and {KEPT}/gulls.txt is not there"
    )
    assert "`python -m scripts fingerprint TEXT > " in said
    assert asked(Project(tmp_path), reports=["tide"]) == [
        f"{KEPT}/pier.txt:1: is not read; no fact is taken from a source of this name"
    ]


def test_eight_words_of_an_english_report_are_refused_and_seven_are_free(tmp_path: Path):
    words = ENGLISH.split()
    assert said(tmp_path / "seven", f"So {' '.join(words[:7])} then.", file="docs/en/index.md") == []
    run = " ".join(words[1:9])
    assert said(tmp_path / "eight", f"One\n\n{run.upper()}.", file="docs/en/index.md") == [
        told(3, "old shop by the sea rings its gong", "docs/en/index.md")
    ]
    whole = said(tmp_path / "whole", ENGLISH, file="docs/en/index.md")
    assert len(whole) == 2  # once for each eight words
    assert said(tmp_path / "names", f"{run}.", "old shop by the sea", file="docs/en/index.md") == []


@pytest.mark.parametrize(
    "text", ["An old shop by the sea.", "", "うみべのふるいおみせはまいつきついたちにひらく", "12 345"]
)
def test_a_text_that_nothing_could_be_recognised_of_has_no_fingerprints(text: str):
    assert originality.fingerprints(text) == ""


def test_other_english_is_left_alone(known: str, tmp_path: Path):
    assert said(tmp_path, "A quite different sentence of more than eight words stands on this page.") == []


def hashes(prints: str) -> list[bytes]:
    raw = base64.b64decode("".join(prints.split()), validate=True)
    assert len(raw) % 5 == 0
    return [raw[i : i + 5] for i in range(0, len(raw), 5)]


def test_fingerprints_are_short_hashes_in_no_order_of_the_text(known: str):
    found = hashes(originality.fingerprints(known))
    assert found == sorted(set(found))
    bare = known.replace("，", "").replace("。", "")
    assert len(found) == len({text[i : i + 12] for text in (known, bare) for i in range(len(text) - 11)})


def test_the_real_fingerprints_are_in_order():
    found = hashes((THIS.root / KEPT / "bbt-2022-03.txt").read_text("ascii"))
    assert found == sorted(set(found))
    assert len(found) > 1000


@pytest.mark.parametrize("before", [3, 40, 45, 50, 55, 100])
def test_a_run_is_found_once_wherever_pieces_of_a_long_text_meet(
    known: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: int
):
    monkeypatch.setattr(originality, "PIECE", 50)
    monkeypatch.setattr(originality, "MARGIN", 30)
    text = f"{'一' * before}\n{known[:12]}\n{'完' * 70}\n{NAME}{'完' * 70}"
    assert said(tmp_path, text, NAME) == [told(2, known[:12])]
