import pytest

from scripts import records
from scripts.problem import Problem, Problems, Unforeseen, did_you_mean, foreseen


def test_a_problem_prints_path_line_and_text():
    assert str(Problem("docs/en/index.md", 12, "no head")) == "docs/en/index.md:12: no head"


def test_problems_are_sorted_by_path_line_and_text_without_repeats():
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
    ("word", "remedy"),
    [("yunji-revenu-2018", " (did you mean yunji-revenue-2018?)"), ("harbour", ""), ("", "")],
)
def test_only_a_near_id_is_offered(word: str, remedy: str):
    assert did_you_mean(word, ["yunji-revenue-2018", "beidian-arrears"]) == remedy


def test_what_nobody_foresaw_is_one_line_with_stage_and_row_and_keeps_the_problems():
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
def test_problems_and_faults_of_files_are_foreseen(error: Exception):
    with pytest.raises(type(error)), foreseen("wording"):
        raise error
