"""What can be cited: the data set, its parts, the report."""

from dataclasses import replace

import pytest

from scripts.pages.content import Content
from scripts.words import works
from scripts.words.works import Work
from tests.conftest import ADDRESS

WORK = Work(
    kind="dataset", key="harbour-facts", title="Harbour & sea", authors=("Low Tide contributors",),
    publisher="Low Tide contributors", issued="2026-03-09", version="1.0.0", address="https://example.org/data/",
    language="en",
)  # fmt: skip
FACT = replace(WORK, kind="fact", key="sold-two", title="Two were sold", container="Harbour", note="sold-two")
CHART = replace(WORK, kind="chart", key="chart-sales", title="Sales fell", container="Harbour")
PAGE = replace(WORK, kind="page", key="harbour-facts-about", title="What is this?", container="Harbour")
ARTICLE = replace(WORK, kind="article", title="[A report]", authors=("Ada Li", "Bo Wu"), publisher="Harbour Post", version="",
                  container="Harbour Post", note="republished by Gull")  # fmt: skip
KINDS = {work.kind: work for work in (WORK, FACT, CHART, PAGE, ARTICLE)}
HOSTILE = [
    "A </script><script>alert(1)</script> B", "\"quotes\" and 'quotes' and ``these''",
    "{braces} and a lone } and another {", r"100% of $5 & #1_a ~b ^c \d", "@misc{a, title = {b}},",
    "one\ntwo\r\nthree\u2028four", "it ends here\nER  - \nTY  - BOOK", "a -- b --- c, ?` !` << >> ,,", "云集“99精选”——约1万",
    "{{ fact sold-two }} {% raw %}",
]  # fmt: skip


@pytest.mark.parametrize(("code", "title"), [("en", "A small project"), ("zh", "小项目"), ("fr", "A small project")])
def test_the_package_is_cited_in_the_language_of_the_page(small: Content, code: str, title: str):
    who = "Low Tide contributors"
    work = works.of_package(small.dataset.package, code, "")
    assert work == Work("dataset", f"small-0.1.0-{code}", title, (who,), who, "2022-03-10", "0.1.0", "", code)


def test_the_parts_are_cited_at_their_own_addresses(small: Content):
    data = small.dataset
    fact = next(iter(data.facts.values()))
    work = works.of_fact(data, fact, "zh", f"{ADDRESS}zh/")
    assert (work.key, work.note, work.container) == (f"{fact.fact_id}-0.1.0-zh", fact.fact_id, "小项目")
    assert work.title == fact.statement["zh"].rstrip("。")
    assert work.address == f"{ADDRESS}zh/facts/{fact.fact_id}/"
    chart = works.of_chart(data.package, "sales", "Sales", "en", ADDRESS)
    assert (chart.key, chart.address) == ("chart-sales-0.1.0-en", f"{ADDRESS}charts/sales/")
    page = works.of_page(data.package, "All facts", "facts/", "en", ADDRESS)
    assert (page.key, page.address) == ("page-facts-0.1.0-en", f"{ADDRESS}facts/")
    home = works.of_page(data.package, "Home", "", "en", ADDRESS)
    assert (home.key, home.address) == ("page-0.1.0-en", ADDRESS)
    assert works.of_fact(data, fact, "zh", "").address == ""
    assert works.of_chart(data.package, "sales", "Sales", "en", "").address == ""
    assert works.of_page(data.package, "All facts", "facts/", "en", "").address == ""


@pytest.mark.parametrize(("code", "paper", "title", "seen"), [
    ("en", "Beijing Business Today", "[Report on the state of", "republished by China.com.cn Tech"),
    ("zh", "北京商报", "[关于社交电商平台", "中国网科技转载"),
])  # fmt: skip
def test_the_article_is_cited_by_its_paper_and_where_it_was_seen(
    real: Content, code: str, paper: str, title: str, seen: str
):
    work = works.of_report(real.dataset, real.dataset.article, code)
    assert (work.authors, work.container, work.note) == ((paper,), paper, seen)
    assert work.title.startswith(title)
    assert (work.issued, work.address) == ("2022-03-09", real.dataset.article.url)


def test_article_without_a_repost_or_a_date_is_cited(small: Content):
    work = works.of_report(small.dataset, small.dataset.article, "en")
    assert (work.title, work.container, work.note, work.issued) == (
        "[A made-up report]", "Harbour Post", "", "2022-03-09",
    )  # fmt: skip
    undated = replace(small.dataset.article, published=None)
    data = replace(small.dataset, sources={"report": undated}, speakers={})
    work = works.of_report(data, undated, "en")
    assert (work.authors, work.issued) == (("Harbour Post",), "")
