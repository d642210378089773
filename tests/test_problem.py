import errno
import os
import shutil
from pathlib import Path

import jinja2
import pytest

from scripts.data import records
from scripts.paths import Project
from scripts.problem import Problem, Problems, Unforeseen, did_you_mean, foreseen, refused


def test_problem_prints_path_line_and_text():
    assert str(Problem("docs/en/index.md", 12, "no head")) == "docs/en/index.md:12: no head"


def test_problems_are_sorted_by_path_line_and_text_without_duplicates():
    given = [
        Problem("b", 1, "x"),
        Problem("a", 10, "x"),
        Problem("a", 9, "z"),
        Problem("a", 9, "y"),
        Problem("b", 1, "x"),
    ]
    assert [str(problem) for problem in Problems(given).all] == ["a:9: y", "a:9: z", "a:10: x", "b:1: x"]


@pytest.mark.parametrize(("count", "text"), [(1, "1 problem"), (2, "2 problems")])
def test_problems_are_counted(count: int, text: str):
    assert str(Problems(Problem("a", line, "x") for line in range(count))) == text


@pytest.mark.parametrize(
    ("word", "remedy"), [("yunji-revenu-2018", " (did you mean yunji-revenue-2018?)"), ("harbour", ""), ("", "")]
)
def test_only_a_similar_id_is_suggested(word: str, remedy: str):
    assert did_you_mean(word, ["yunji-revenue-2018", "beidian-arrears"]) == remedy


def test_unforeseen_error_is_one_line_with_stage_and_row_and_keeps_the_problems():
    row = records.Term("fee", {}, {}, 12)
    found = [Problem("a", 1, "x")]

    def rule(term: records.Term) -> None:
        raise KeyError(term.term_id)

    with (
        pytest.raises(
            Unforeseen, match=r"^wording failed at Term fee, line 12: KeyError: 'fee' \(rule, line \d+\)"
        ) as error,
        foreseen("wording", found),
    ):
        rule(row)
    assert error.value.all == found
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("error", [Problems([Problem("a", 1, "x")]), OSError("disk")])
def test_problems_and_errors_of_files_are_raised_unchanged(error: Exception):
    with pytest.raises(type(error)), foreseen("wording"):
        raise error


WRITABLE = "make it writable, or work in a copy of the project"
REFUSED = [
    (OSError(errno.ENOSPC, "x"), "build:1: No space left on device; make room on the disk"),
    (OSError(errno.EROFS, "x", "/tide/build/site"), f"build/site:1: Read-only file system; {WRITABLE}"),
    (OSError(errno.EACCES, "x", b"docs"), f"docs:1: Permission denied; {WRITABLE}"),
    (OSError(errno.EMFILE, "x", "/elsewhere/file"), "/elsewhere/file:1: Too many open files"),
    (OSError("what pyarrow\nsays"), "build:1: what pyarrow says"),
    (shutil.Error([("a", "/tide/build/b", "[Errno 28] No space left on device"), ("c", "d", "[Errno 5] Input/output error")]),
     "build/b:1: No space left on device; make room on the disk"),
    (shutil.Error([("/tide/docs/a", "b", "[Errno 2] No such file or directory: '/tide/docs/a'")]), "docs/a:1: No such file or directory"),
    (shutil.Error("not a folder"), "build:1: not a folder"),
]  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="other systems have other messages and roots")
@pytest.mark.parametrize(("error", "said"), REFUSED)
def test_error_of_the_system_is_reported_at_its_file_with_the_remedy(error: OSError, said: str):
    assert str(refused(Project(Path("/tide")), error)) == said


def test_parser_with_a_line_is_not_mistaken_for_a_row():
    class Parser:
        line = 7

    def rule(row: records.Term, parser: Parser) -> None:
        raise ValueError(f"{row.term_id} {parser.line}")

    with pytest.raises(Unforeseen, match="^wording failed at Term fee, line 12: "), foreseen("wording"):
        rule(records.Term("fee", {}, {}, 12), Parser())


def test_undefined_value_of_a_template_is_not_mistaken_for_a_row():
    def rule(_: jinja2.StrictUndefined, row: records.Term) -> None:
        raise ValueError(row.term_id)

    with pytest.raises(Unforeseen, match="^pages failed at Term fee, line 12: "), foreseen("pages"):
        rule(jinja2.StrictUndefined(name="root"), records.Term("fee", {}, {}, 12))
