"""The words of charts in docs/<language>/charts: how they are parsed, and each fault that is reported."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.pages.content import Content
from scripts.paths import Project
from scripts.words import captions
from tests.conftest import SMALL, damage, problems

EN, ZH = "docs/en/charts/sales.md", "docs/zh/charts/sales.md"
LINES = (SMALL.root / ZH).read_text("utf-8").splitlines()


def line(start: str) -> int:
    """The number of the line of the Chinese words with this start."""
    return next(number for number, text in enumerate(LINES, start=1) if text.lstrip().startswith(start))


def test_chart_words_parse_as_a_page_whose_body_is_the_note(small: Content):
    told = small.captions["zh"]["sales"]
    assert (told.slug, told.path) == ("charts/sales", ZH)
    assert told.head["words"] == {"unit": "元"}
    assert (told.body, told.first_line) == (LINES[-1], len(LINES))
    assert [told.line("words", "unit"), told.line("alt")] == [line("unit"), line("alt")]


UNLIKE = f"{EN}:{line('unit')} has"
CASES = [
    ("no file", None, f"{ZH}:1: is missing; it holds the words of chart sales"),
    ("no head", b"x\n", f"{ZH}:1: no head; start the page with ---, title, subtitle, alt, ---"),
    ("no title", ("title:", "titel:"), f"{ZH}:2: 'title' is a required property"),
    ("unknown key", ("title:", "titel: x\ntitle:"), f"{ZH}:2: titel: is unknown here (did you mean title?)"),
    ("empty text", ("subtitle: 销售额，元", "subtitle: ''"), f"{ZH}:3: subtitle: '' is not a text"),
    ("number for a text", ("subtitle: 销售额，元", "subtitle: 7"), f"{ZH}:3: subtitle: 7 is not a text"),
    ("line end in a text", ("subtitle: 销售额，元", "subtitle: |-\n  销售\n  元"), f"{ZH}:3: hidden character U+000A in '销售\\n元'; remove it"),
    ("no label", ("words:\n  unit: 元\n", ""), f"{ZH}:2: words.unit is missing; {UNLIKE} it"),
    ("label more", ("unit: 元", "unit: 元\n  more: 多"), f"{ZH}:{line('unit') + 1}: words.more is unknown; {EN} has none"),
    ("label of another type", ("unit: 元", "unit: 1"), f"{ZH}:{line('unit')}: words.unit is a number; {UNLIKE} a text"),
    ("list for a label", ("unit: 元", "unit: [元]"), f"{ZH}:{line('unit')}: words.unit is missing; {UNLIKE} it"),
    ("no note", (LINES[-1], ""), f"{ZH}:{len(LINES) - 1}: no note; write it below the head"),
    ("note of two lines", (LINES[-1], "箭头\n表示界限。"), f"{ZH}:{len(LINES) + 1}: the note continues here; write it on one line"),
    ("unknown quote", ("alt: ", "alt: '{{ fact shop }}'\n#"), f"{ZH}:4: quote {{{{ fact shop }}}}: no fact 'shop'"),
    ("unknown quote in a label", ("unit: 元", "unit: '{{ fact shop }}'"), f"{ZH}:{line('unit')}: quote {{{{ fact shop }}}}: no fact 'shop'"),
    ("unknown quote in the note", (LINES[-1], "\n{{ fact shop }}"), f"{ZH}:{len(LINES) + 1}: quote {{{{ fact shop }}}}: no fact 'shop'"),
    ("number typed", (LINES[-1], "超过500万。"), f"{ZH}:{len(LINES)}: '500万' is typed by hand; quote it, as in {{{{ fact some-id }}}}"),
    ("number typed in a label", ("unit: 元", "unit: 5元"), f"{ZH}:{line('unit')}: '5' is typed by hand; quote it, as in {{{{ fact some-id }}}}"),
    ("quote of one language", ("{{ fact shop-revenue-2020 }}", "少"), f"{ZH}:1: fact shop-revenue-2020 is quoted in {EN} and not here"),
    ("words that are no group", ("words:\n  unit: 元", "words: 元"), f"{ZH}:{line('words')}: words: '元' is not of type 'object'"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "told"), [pytest.param(*case, id=name) for name, *case in CASES])
def test_faulty_chart_words_are_reported_with_their_line(copy: Project, change: object, told: str):
    damage(copy, ZH, change)
    assert told in problems(copy)


def test_words_of_no_chart_are_reported(copy: Project):
    shutil.copyfile(copy.root / EN, copy.root / EN.replace("sales", "sale"))
    (copy.docs / "en" / "charts" / "notes.txt").touch()
    assert problems(copy) == [
        "docs/en/charts/notes.txt:1: is not read; a file here has the words of a chart and is named after it",
        "docs/en/charts/sale.md:1: belongs to no chart (did you mean sales?); remove it or rename it after its chart",
    ]


def test_further_language_must_have_the_words_of_every_chart(copy: Project, small: Content):
    shutil.copytree(copy.docs / "en", copy.docs / "fr")
    asked = [replace(small.languages[0], code=code, folder=copy.docs / code) for code in ("en", "zh", "fr")]
    damage(copy, "docs/fr/charts/sales.md", ("unit:", "unite:"))
    told = [str(problem) for problem in captions.read(copy, asked, ["sales", "trade"])[1]]
    assert [line for line in told if line.startswith("docs/fr")] == [
        "docs/fr/charts/trade.md:1: is missing; it holds the words of chart trade",
        f"docs/fr/charts/sales.md:5: words.unit is missing; {EN}:6 has it",
        f"docs/fr/charts/sales.md:6: words.unite is unknown; {EN} has none",
    ]


def test_line_endings_of_chart_words_do_not_matter(copy: Project):
    file: Path = copy.root / ZH
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n") + b"\r\n\r\n")
    assert problems(copy) == []
