"""The text is made up for the tests; of the real fingerprints only their form is tested."""

import base64
import os
from collections.abc import Collection
from pathlib import Path

import pytest

from scripts.paths import THIS, Project
from scripts.reading import files
from scripts.rules import originality

TEXT = "海边旧铺子每逢初一敲锣开门，卖贝壳和风筝，也替渔家代写家书。"
BARE = TEXT.replace("，", "").replace("。", "")
NAME = "海边旧铺子贝壳风筝交易行"
ENGLISH = "The old shop by the sea rings its gong and opens on the first day of each month, whatever the weather."
PRINTS = {
    "tide": originality.fingerprints(f"{TEXT}\n{NAME}\n风筝铺子{NAME}"),  # and of a name of twelve characters
    "pier": originality.fingerprints(ENGLISH),
}
KEPT = "datapackage/fingerprints"


def check(project: Project, *names: str, reports: Collection[str] = PRINTS) -> list[str]:
    return [str(problem) for problem in originality.check(project, names, dict.fromkeys(reports, 2))]


def with_prints(project: Project) -> Project:
    for name, prints in PRINTS.items():
        file = project.root / KEPT / f"{name}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(prints, "ascii")
    return project


def said(folder: Path, text: str, *names: str, file: str = "docs/zh/index.md") -> list[str]:
    """Problems of a project with only this text, in which these names are exempt."""
    page = folder / "project" / file
    page.parent.mkdir(parents=True)
    page.write_text(text, "utf-8")
    return check(with_prints(Project(folder / "project")), *names)


def copied(line: int, run: str, file: str = "docs/zh/index.md") -> str:
    return f"{file}:{line}: {run!r} is copied from the report; reword it"


@pytest.mark.parametrize(("text", "names", "runs"), [
    *((f"说{TEXT[start : start + 11]}完", (), []) for start in (0, 3, 18)),
    *((f"一\n\n说{TEXT[start : start + 12]}完", (), [(3, TEXT[start : start + 12])]) for start in (0, 3, 18)),
    (f"{TEXT[:24]}完", (), [(1, TEXT[:12]), (1, TEXT[12:24])]),  # once for each twelve characters
    (f"一\n{TEXT[:5]} {TEXT[5:8]}\n{TEXT[8:12]}", (), [(2, TEXT[:12])]),  # line breaks and spaces hide nothing
    (f"{BARE[6:12]}：{BARE[12:18]}", (), [(1, BARE[6:18])]),  # nor does other punctuation
    (f"去{NAME}。", (NAME, "Harbour Post"), []),
    (TEXT[:12], ("旧铺子",), [(1, TEXT[:12])]),  # a name within a run does not exempt it
    (f"筝铺子{NAME}", (NAME,), []),  # three characters next to a name are free
    (f"风筝铺子{NAME}", (NAME,), [(1, f"风筝铺子{NAME[:8]}")]),  # four are not
    ("A quite different sentence of more than eight words stands on this page.", (), []),
])  # fmt: skip
def test_run_of_twelve_copied_characters_outside_names_is_reported_with_its_line(
    tmp_path: Path, text: str, names: tuple[str, ...], runs: list[tuple[int, str]]
):
    assert said(tmp_path, text, *names) == [copied(*run) for run in runs]


@pytest.mark.parametrize("file", [
    "datapackage/data/facts.csv", "docs/en/_language.yml", "scripts/charts/sales.py", "scripts/pages/templates/a.html",
    "datapackage/README.md", "datapackage/datapackage.json",
])  # fmt: skip
def test_tables_words_and_scripts_are_read_too(tmp_path: Path, file: str):
    assert said(tmp_path, TEXT[:12], file=file) == [copied(1, TEXT[:12], file)]


@pytest.mark.parametrize("file", ["docs/assets/low-tide.css", "build/docs/zh/index.md", "docs/pictures.svg"])
def test_files_without_prose_of_the_project_are_ignored(tmp_path: Path, file: str):
    assert said(tmp_path, TEXT[:12], file=file) == []


def test_unreadable_file_is_reported(tmp_path: Path):
    page = tmp_path / "docs" / "zh" / "more.md"
    page.parent.mkdir(parents=True)
    page.touch()
    os.truncate(page, files.LARGEST_TABLE + 1)
    (fault,) = check(with_prints(Project(tmp_path)))
    assert fault.startswith("docs/zh/more.md:1: is larger than ")


@pytest.mark.parametrize(("raw", "fault"), [
    (b"", "is empty; restore the file from version control"),
    (b"# words\n", "is empty; restore the file from version control"),
    (b"abc", "not fingerprints: Incorrect padding; restore the file from version control"),
    (None, "is a device or pipe, not a file"),
])  # fmt: skip
def test_unusable_fingerprints_are_reported(tmp_path: Path, raw: bytes | None, fault: str):
    project = with_prints(Project(tmp_path))
    file = project.root / KEPT / "tide.txt"
    file.unlink()
    if raw is None:
        file.symlink_to("/dev/null")
    else:
        file.write_bytes(raw)
    assert check(project) == [f"{KEPT}/tide.txt:1: {fault}"]


def test_report_without_fingerprints_and_fingerprints_without_a_report_are_reported(tmp_path: Path):
    (fault,) = check(with_prints(Project(tmp_path)), reports=[*PRINTS, "gulls"])
    missing = f"facts are taken from gulls, but {KEPT}/gulls.txt is missing"
    assert fault.startswith(f"datapackage/data/sources.csv:2: source_id: {missing}")
    assert "`python -m scripts fingerprint TEXT > " in fault
    (fault,) = check(Project(tmp_path), reports=["tide"])
    assert fault == f"{KEPT}/pier.txt:1: is not read; no fact is taken from a source of this name"


def test_eight_copied_english_words_are_reported_and_seven_are_free(tmp_path: Path):
    file, words = "docs/en/index.md", ENGLISH.split()
    run = " ".join(words[1:9])
    assert said(tmp_path / "seven", f"So {' '.join(words[:7])} then.", file=file) == []
    shown = copied(3, "old shop by the sea rings its gong", file)
    assert said(tmp_path / "eight", f"One\n\n{run.upper()}.", file=file) == [shown]
    assert len(said(tmp_path / "all", ENGLISH, file=file)) == 2  # once for each eight words
    assert said(tmp_path / "names", f"{run}.", "old shop by the sea", file=file) == []


@pytest.mark.parametrize(
    "text", ["An old shop by the sea.", "", "うみべのふるいおみせはまいつきついたちにひらく", "12 345"]
)
def test_text_too_short_to_recognise_has_no_fingerprints(text: str):
    assert originality.fingerprints(text) == ""


def hashes(prints: str) -> list[bytes]:
    raw = base64.b64decode("".join(prints.split()), validate=True)
    assert len(raw) % 5 == 0
    found = [raw[i : i + 5] for i in range(0, len(raw), 5)]
    assert found == sorted(set(found))
    return found


def test_fingerprints_are_short_hashes_sorted_and_without_duplicates():
    wanted = {text[i : i + 12] for text in (TEXT, BARE) for i in range(len(text) - 11)}
    assert len(hashes(originality.fingerprints(TEXT))) == len(wanted)
    assert len(hashes((THIS.root / KEPT / "bbt-2022-03.txt").read_text("ascii"))) > 1000


@pytest.mark.parametrize("before", [3, 40, 45, 50, 55, 100])
def test_run_is_reported_once_where_pieces_of_a_long_text_meet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: int
):
    monkeypatch.setattr(originality, "PIECE", 50)
    monkeypatch.setattr(originality, "MARGIN", 30)
    text = f"{'一' * before}\n{TEXT[:12]}\n{'完' * 70}\n{NAME}{'完' * 70}"
    assert said(tmp_path, text, NAME) == [copied(2, TEXT[:12])]
