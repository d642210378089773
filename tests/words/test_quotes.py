from dataclasses import replace

import bs4
import pytest

from scripts.pages.content import Content
from scripts.words import outline, quotes
from scripts.words.languages import Language
from scripts.words.quotes import Context


@pytest.fixture(scope="module")
def contexts(small: Content, speak: dict[str, Language]) -> dict[str, Context]:
    """Contexts for the quotes of a page one folder down, with one chart."""
    blocks = {"chart": {"sales": lambda: "<figure></figure>"}}
    places = outline.places(small.pages["en"])
    return {code: Context(small.dataset, speak[code], "../", False, blocks, places) for code in speak}


@pytest.mark.parametrize(("quote", "english", "chinese"), [
    ("fact shop-revenue-2018", "1.52 billion yuan", "15.2亿元"),
    ("fact shop-revenue-2020", "more than 400 million yuan", "超过4亿元"),
    ("fact shop-revenue-2020 bare", "400 million yuan", "4亿元"), ("fact shop-revenue-2020 period", "2020", "2020年"),
    ("fact stall-closed", "February 2022", "2022年2月"), ("fact stall-closed bare", "February 2022", "2022年2月"),
    ("fact owner-view", "undated", "未注明时间"),
    ("fact owner-view statement", "An owner says the stall was hard.", "店主说货摊很难。"),
    ("figure shop-revenue-fall", "at most 73.7%", "至多73.7%"), ("figure shop-revenue-fall bare", "73.7%", "73.7%"),
    ("evidence filing-revenue-2018", "1.516 billion yuan", "15.16亿元"),
    ("evidence copy-closing period", "1 March 2022", "2022年3月1日"), ("entity stall", "Stall", "货摊"),
    ("entity stall both", "Stall (货摊)", "货摊（Stall）"), ("term stall-term", "stall", "摊位"),
    ("source report", "[A made-up report]", "[虚构的报道]"), ("caveat one-voice", "One voice only.", "只是一个人的话。"),
    ("count facts", "5", "5"), ("count corrections", "0", "0"),
])  # fmt: skip
def test_quote_shows_the_value_of_the_dataset(contexts: dict[str, Context], quote: str, english: str, chinese: str):
    for code, text in (("en", english), ("zh", chinese)):
        plain = replace(contexts[code], plain=True)
        assert quotes.fill(f"“{{{{ {quote} }}}}”", plain, "page.md") == (f"“{text}”", [])
        filled, problems = quotes.fill(f"“{{{{ {quote} }}}}”", contexts[code], "page.md")
        assert problems == []
        page = bs4.BeautifulSoup(filled, "html.parser")
        for sign in page.select(".doubt"):
            sign.extract()
        assert page.get_text() == f"“{text}”"


def test_contradicted_fact_has_a_sign_that_links_to_its_checks(contexts: dict[str, Context]):
    filled, _ = quotes.fill("{{ fact stall-closed }} {{ fact shop-revenue-2018 }}", contexts["zh"], "page.md")
    (sign,) = bs4.BeautifulSoup(filled, "html.parser").select(".doubt")
    assert (sign["href"], sign.get_text(), sign["aria-label"]) == ("../checked/#stall-closed", "≠", "有出入")
    assert "年报写的是3月。" in sign["data-note"]


@pytest.mark.parametrize(
    ("quote", "target", "css", "note"),
    [
        ("fact shop-revenue-2020", "../facts/shop-revenue-2020/", ["quote"], "The paper, paragraph 0 · 2020 (implied by order or context) · “more than”"),
        ("fact owner-view", "../facts/owner-view/", ["quote"], "An owner, paragraph 2 · undated · asserted, not measured"),
        ("figure shop-revenue-fall", "../methods/#figure-shop-revenue-fall", ["quote", "quote--derived"], "Worked out here: (1.52 billion yuan − 400 million yuan) ÷ 1.52 billion yuan × 100"),
        ("entity stall", "../platforms/#stall", ["entity"], None),
        ("term stall-term", "../glossary/#stall-term", ["term"], None),
        ("source report", "../evidence/#source-report", ["source"], None),
    ],
)  # fmt: skip
def test_quote_links_to_its_entry_and_names_its_speaker(
    contexts: dict[str, Context], quote: str, target: str, css: list[str], note: str | None
):
    filled, _ = quotes.fill(f"{{{{ {quote} }}}}", contexts["en"], "page.md")
    link = bs4.BeautifulSoup(filled, "html.parser").a
    assert (link["href"], link["class"], link.get("data-note")) == (target, css, note)


@pytest.mark.parametrize(("code", "publisher"), [("en", "Shop Ltd · "), ("zh", "小店公司 · ")])
def test_evidence_names_its_publisher_in_the_language_of_the_page(
    contexts: dict[str, Context], code: str, publisher: str
):
    filled, _ = quotes.fill("{{ evidence filing-revenue-2018 }}", contexts[code], "page.md")
    assert bs4.BeautifulSoup(filled, "html.parser").a["data-note"].startswith(publisher)


def test_block_is_inserted_verbatim(contexts: dict[str, Context]):
    assert quotes.fill("{{ chart sales }}", contexts["en"], "page.md") == ("<figure></figure>", [])


@pytest.mark.parametrize(
    "text", ["{{fact stall-viewers bare}}", "{{  fact   stall-viewers   bare  }}", "{{\tfact\tstall-viewers\tbare\t}}"]
)
def test_spaces_within_a_quote_do_not_matter(contexts: dict[str, Context], text: str):
    assert quotes.fill(text, replace(contexts["en"], plain=True), "page.md") == ("90 people", [])


@pytest.mark.parametrize(("quote", "fault"), [
    ("fact stall-viewer", "no fact 'stall-viewer' (did you mean stall-viewers?)"), ("fact xyz", "no fact 'xyz'"),
    ("facts stall-viewers", "no quotes of kind 'facts' (did you mean fact?)"),
    ("fact stall-viewers statment", "no form 'statment' (did you mean statement?)"),
    ("entity stall period", "no form 'period'"), ("chart sale", "no chart 'sale' (did you mean sales?)"),
    ("list facts", "no quotes of kind 'list'"), ("count fact", "no count 'fact' (did you mean facts?)"),
])  # fmt: skip
def test_unknown_quote_is_reported_with_its_line(contexts: dict[str, Context], quote: str, fault: str):
    text = f"One.\n\nTwo {{{{ {quote} }}}}."
    filled, problems = quotes.fill(text, contexts["en"], "docs/en/page.md", first_line=8)
    assert filled == text
    assert [str(problem) for problem in problems] == [f"docs/en/page.md:10: quote {{{{ {quote} }}}}: {fault}"]


@pytest.mark.parametrize(("text", "strays"), [
    ("{{", ["{{"]), ("}}", ["}}"]), ("{%", ["{%"]), ("%}", ["%}"]), ("{{ fact stall-viewers period bare }}", ["{{", "}}"]),
])  # fmt: skip
def test_stray_braces_are_reported_with_their_line(contexts: dict[str, Context], text: str, strays: list[str]):
    problems = quotes.fill(f"One {{{{ count facts }}}}.\nTwo {text}.", contexts["en"], "page.md")[1]
    assert [str(one) for one in problems] == [
        f"page.md:2: {one!r} is not a quote; write {{{{ fact some-id }}}}" for one in strays
    ]


def test_text_of_the_dataset_is_not_filled_again(contexts: dict[str, Context]):
    context = contexts["en"]
    hostile = replace(context.dataset.facts["owner-view"], statement={"en": "{{ count facts }}", "zh": ""})
    dataset = replace(context.dataset, facts=context.dataset.facts | {"owner-view": hostile})
    filled, problems = quotes.fill("{{ fact owner-view statement }}", replace(context, dataset=dataset), "page.md")
    assert problems == []
    assert bs4.BeautifulSoup(filled, "html.parser").get_text() == "{{ count facts }}"


def test_ids_are_those_of_one_kind_in_their_order():
    text = "{{ fact b }} {{ chart c }} {{fact a period}} {{ fact b }} {{ factory d }}"
    assert quotes.ids(text, "fact") == ["b", "a", "b"]
