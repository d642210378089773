import pytest
import yaml

from scripts.reading import documents
from scripts.rules import prose
from scripts.words import lexicon, numerals, spoken
from scripts.words.outline import Page

HEAD = {"title": "A page", "description": "About it."}


def page(body: str, code: str = "en", **head: str) -> Page:
    path = f"docs/{code}/index.md"
    document = documents.parse_yaml(
        yaml.safe_dump(HEAD | head, allow_unicode=True, sort_keys=False), path, first_line=2
    )
    return Page("index", path, document.value, body, 7, document)


def said(*bodies: str) -> list[str]:
    """Problems of a page and of its versions in further languages."""
    found = prose.check({code: [page(body, code)] for code, body in zip(("en", "zh", "fr"), bodies, strict=False)})
    return [str(problem) for problem in found]


def by_hand(number: str, line: int = 9, code: str = "en") -> str:
    return f"docs/{code}/index.md:{line}: {number!r} is typed by hand; quote it, as in {{{{ fact some-id }}}}"


@pytest.mark.parametrize(("text", "number"), [
    ("It sold 5 bags.", "5"), ("It sold 1,500 bags.", "1,500"), ("It grew 12.5% then.", "12.5%"),
    ("It grew 12 % then.", "12 %"), ("It sold 3 million bags.", "3 million"),
    ("It sold two million bags.", "two million"), ("Two million came.", "Two million"),
    ("One million came.", "One million"), ("It sold thirty thousand bags.", "thirty thousand"),
    ("It fell by ten per cent.", "ten per cent"), ("[All 40 shops](shops.md)", "40"), ("**2018** was good.", "2018"),
    ("> In 2018", "2018"), ("| 7 |", "7"), ("卖了3.9万元。", "3.9万"), ("有５人。", "５"), ("卖了三亿元。", "三亿元"), ("有十几万人。", "十几万"),
    ("值两百美元。", "两百美元"), ("降了三成。", "三成"), ("涨了６％。", "６％"),
])  # fmt: skip
def test_typed_number_is_reported_with_its_line(text: str, number: str):
    code = "en" if text.isascii() else "zh"
    pages = {code: [page(f"\nFirst.\n{text}\n", code)]}
    assert [str(problem) for problem in prose.check(pages)] == [by_hand(number, code=code)]


@pytest.mark.parametrize("text", [
    "It sold {{ fact shop-revenue-2018 }} and {{ figure fall }}.",
    "See [the page](page-2.md#part-3) and `P0` or `yunji-2018`.", "SK-II, P&S, GMV, VIP, B2B, P0.",
    "CC BY 4.0, GB/T 7714—2025, ISO 8601-2, UTF-8.", "<!-- 5 -->", '<img width="400">', "```python\nx = 5\n```",
    "~~~\nx = 5\n~~~", "1. First.\n2. Second.\n   3. Third.", "{ .lt-col-2 }",
    "One shop, two rooms, three years, a million reasons.", "一家店、两间房、三年、第一位。",
])  # fmt: skip
def test_digits_that_are_no_amount_pass(text: str):
    assert said(f"\n{text}\n") == []


def test_only_names_of_entities_may_have_digits():
    text = "7-Eleven, 58同城, 3M and A16Z; 7-Elevens and 58."
    pages = {"en": [page(f"\nFirst.\n{text}\n")]}
    assert [str(one) for one in prose.check(pages)] == [by_hand(one) for one in ("7", "58", "3", "7", "58.")]
    named = [str(one) for one in prose.check(pages, ["7-Eleven", "58同城", "3M", "A16Z", "Harbour"])]
    assert named == [by_hand("7"), by_hand("58.")]


def test_further_language_has_its_own_number_words(monkeypatch: pytest.MonkeyPatch):
    words = {"numbers": {"twee": 2, "drie": 3}, "sizes": {"honderd": 100}, "between": " ", "amounts": "procent"}
    monkeypatch.setitem(lexicon.rules()["spoken"], "nl", words)
    spoken.words.cache_clear()
    pages = {"nl": [page("\nFirst.\ntwee miljoen, drie procent, drie huizen, 1,5 miljoen\n", "nl")]}
    assert [str(one) for one in prose.check(pages)] == [
        by_hand(one, code="nl") for one in ("twee miljoen", "drie procent", "1,5 miljoen")
    ]
    assert numerals.spelled("twee miljoen", "nl") == {2_000_000}
    spoken.words.cache_clear()


def test_typed_number_is_reported_in_every_language():
    assert said("Of 5 bags.", "有5人。") == [by_hand("5", 7), by_hand("5", 7, "zh")]


@pytest.mark.parametrize(("text", "fault"), [
    ("A shop#REF! closed.", "#REF! in 'A shop#REF! closed.' is a spreadsheet error; write the original text"),
    ("æœˆ", "'æœˆ' in 'æœˆ' is '月' decoded in a wrong encoding; open the file as UTF-8 and retype it"),
])  # fmt: skip
def test_spreadsheet_error_or_wrong_encoding_is_reported_with_its_line(text: str, fault: str):
    assert said(f"\nFirst.\n{text}\n") == [f"docs/en/index.md:9: {fault}"]
    found = prose.check({"en": [page("\nText.\n", description=text)]})
    assert [str(problem) for problem in found] == [f"docs/en/index.md:3: {fault}"]


@pytest.mark.parametrize(("key", "line"), [("title", 2), ("description", 3)])
def test_typed_number_in_the_head_is_reported(key: str, line: int):
    found = prose.check({"en": [page("\nText.\n", **{key: "Over 3 million sold"})]})
    assert [str(problem) for problem in found] == [by_hand("3 million", line)]


@pytest.mark.parametrize(("heading", "fault"), [
    ("## More", "heading 'More' has no id; end it with { #some-id }"),
    ("##More", "heading 'More' has no id; end it with { #some-id }"),
    ("#### Deep", "heading 'Deep' has no id; end it with { #some-id }"),
    ("## 更多 { #更多 }", "heading '更多 { #更多 }' has no id; end it with { #some-id }"),
    ("## More { #More }", "heading 'More { #More }' has no id; end it with { #some-id }"),
    ("## Again { #once }", "heading id 'once' is duplicated on the page"),
])  # fmt: skip
def test_heading_without_a_unique_id_is_reported_with_its_line(heading: str, fault: str):
    assert said(f"# Title\n\n## Once {{ #once }}\n\n{heading}\n") == [f"docs/en/index.md:11: {fault}"]


def test_straight_apostrophe_is_reported_outside_code_and_addresses():
    fine = "# Title\n\nIt’s “fine” with `it's` and [this](it's.md).\n\n```python\nit's = 'x'\n```\n"
    assert said(fine) == []
    [fault] = said("# Title\n\nIt's so.\n")
    assert fault.startswith('docs/en/index.md:9: "\'" in') and fault.endswith("write ’")


@pytest.mark.parametrize(("start", "inside", "end"), [
    ("```python", "", "```"), ("~~~", "", "~~~"), ("~~~", "```", "~~~"), ("````", "```", "`````"),
])  # fmt: skip
def test_heading_in_code_is_ignored(start: str, inside: str, end: str):
    text = f"# Title\n\n{start}\n{inside}\n## a comment\n{end}\n\n## More {{#more}}\n"
    assert said(text) == []
    assert [line.partition(": ")[2] for line in said(f"{text}\n## Less\n")] == [
        "heading 'Less' has no id; end it with { #some-id }"
    ]


def test_every_language_must_quote_the_same_facts_figures_charts_and_lists():
    english = "{{ fact a }} {{ figure b }} {{ chart c }} {{ list d }} {{ entity e }}"
    chinese = "{{ fact a period }} {{ figure x }} {{ chart c }} {{ term f }}"
    assert said(english, chinese, english) == [
        "docs/zh/index.md:1: figure b is quoted in docs/en/index.md and not here",
        "docs/zh/index.md:1: figure x is quoted here and not in docs/en/index.md",
        "docs/zh/index.md:1: list d is quoted in docs/en/index.md and not here",
    ]


def test_a_page_that_the_first_language_lacks_is_not_compared():
    assert list(prose.check({"en": [], "zh": [page("{{ fact a }}", "zh")]})) == []
