"""Lines end where a reader of the script would end them."""

import pytest

from scripts.drawing import wrap


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("one two three", ["one two", "three"]),
        ("  spaces\n and\tlines ", ["spaces and", "lines"]),
        ("云集的直播间冷清下来了。", ["云集的直播间", "冷清下来了。"]),
        ("一二三四五六，七", ["一二三四五", "六，七"]),  # a comma never comes first
        ("一二三四五（六七", ["一二三四五", "（六七"]),  # an opening bracket never comes last
        ("一二三四约12年", ["一二三四约", "12年"]),  # a number stays with its unit
        ("unbreakableword", ["unbreakabl", "eword"]),
        ("", []),
    ],
)
def test_lines_break_by_the_rules_of_both_scripts(text: str, wanted: list[str]):
    assert [*wrap.broken(text, 10, 60)] == wanted


def test_last_line_of_a_title_is_never_one_word():
    title = "The fees all but vanished in two years"
    assert wrap.broken(title, 10, 170) == ("The fees all but vanished in two", "years")
    assert wrap.balanced(title, 10, 170) == ("The fees all but", "vanished in two years")


@pytest.mark.parametrize("text", ["", "short", "云集", "two words"])
def test_text_that_fits_on_a_line_is_not_broken(text: str):
    assert wrap.balanced(text, 10, 100) == (text,) * bool(text)
