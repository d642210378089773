"""Typesetting of both scripts: runs of another script, numbers with units, ends of paragraphs."""

import re

import pytest

from scripts.pages.content import Content
from scripts.website import typeset
from tests.conftest import Built, soup


def typed(real: Content, code: str, html: str) -> str:
    """The typeset HTML of a page in a language, with brackets for the spans that must not break."""
    language = next(one for one in real.languages if one.code == code)
    text = typeset.page(html, language, real.languages)
    return text.replace('<span class="lt-whole">', "[").replace("</span>", "]")


@pytest.mark.parametrize(("code", "html", "put"), [
    ("en", "about 90 people in 2018", "about [90 people] in 2018"),
    ("en", "1.552 billion yuan, 186 million, no. 2", "[1.552 billion yuan], [186 million], [no. 2]"),
    ("en", "6–7 Mar 2022, 9 March 2022", "[6–7 Mar] 2022, [9 March] 2022"),
    ("en", "30 yuanling, v2.0.0, P5", "30 yuanling, v2.0.0, P5"),
    ("en", "US&#36;3&#46;09 billion", "[US$3.09 billion]"), ("zh", "售价109元，在2022年3月6日", "售价[109元]，在[2022年3月6日]"),
    ("zh", "约3.9万人，3000万用户，1400家，第5段", "约[3.9万人]，[3000万]用户，[1400家]，[第5段]"),
    ("en", '<p lang="zh">付了30元多的钱</p>', '<p lang="zh">付了[30元]多[的钱]</p>'),
])  # fmt: skip
def test_number_does_not_break_before_its_unit(real: Content, code: str, html: str, put: str):
    assert typed(real, code, html) == put


@pytest.mark.parametrize(("html", "put"), [
    ("<p>没有说明。</p>", "<p>没有[说明。]</p>"), ("<li>没有<b>说明</b>。</li>", "<li>没有<b>[说明]</b>。</li>"),
    ("<td>不足<a>100人</a></td>", "<td>不足<a>[100人]</a></td>"), ("<p>自2018年起。</p>", "<p>自[2018年起。]</p>"),
    ("<p>没有<b>说明</b>的事</p>", "<p>没有<b>说明</b>[的事]</p>"),
    ("<p><code>2018-05</code>不会变成日期。</p>", "<p><code>2018-05</code>不会变成[日期。]</p>"),
])  # fmt: skip
def test_last_two_characters_of_a_chinese_paragraph_stay_together(real: Content, html: str, put: str):
    assert typed(real, "zh", html) == put


@pytest.mark.parametrize(("code", "html", "put"), [
    ("en", "Yunji (云集) and 《北京商报》", 'Yunji (<span lang="zh">云集]) and <span lang="zh">《北京商报》]'),
    ("en", "21世纪经济报道", '<span lang="zh">21世纪经济报道]'),
    ("zh", "一款P&amp;S隔离霜和App", '一款<span lang="en">P&amp;S]隔离霜和<span lang="en">App]'),
    ("zh", "原为A firm owes 400,000 yuan.", '原为<span lang="en">A firm owes 400,000 yuan.]'),
    ("zh", "见photo.djxww.com和P5", "见photo.djxww.com和P5"),
    ("zh", '<b lang="en">Yunji (云集)</b>', '<b lang="en">Yunji (<span lang="zh">云集])</b>'),
    ("zh", "<code>App 一</code><svg><text>App</text></svg>", "<code>App 一</code><svg><text>App</text></svg>"),
])  # fmt: skip
def test_run_of_another_script_has_its_language(real: Content, code: str, html: str, put: str):
    assert typed(real, code, html) == put


def test_no_space_follows_a_chinese_full_stop(real: Content):
    html = "<p><b>说法。</b> 未找到。 <a>详见。</a> <a>核对</a></p> <p>Differ. So.</p><pre>甲。 乙</pre>"
    put = "<p><b>说法。</b>未找到。<a>详见。</a> <a>[核对]</a></p> <p>Differ. So.</p><pre>甲。 乙</pre>"
    assert typed(real, "zh", html).replace('<span lang="en">', "").replace("So.]", "So.") == put


def test_visible_apostrophes_are_curly(real: Content):
    html = '<p data-note="Yunji&#39;s">firms\' and Yunji&#39;s</p><script>it\'s</script><a href="/o\'x">'
    put = '<p data-note="Yunji’s">firms’ and Yunji’s</p><script>it\'s</script><a href="/o\'x">'
    assert typed(real, "en", html) == put


def test_escaped_text_stays_escaped(real: Content):
    for html in ("&lt;b&gt; &amp;lt; &#60;b&#62; &#38;lt;", "<!-- 云集 --><p title='云集 &#34;'>&lt;script&gt;</p>"):
        assert typed(real, "en", html) == html


@pytest.mark.parametrize("page", ["", "timeline/", "evidence/", "facts/yunji-net-loss-2020/", "data/v2.0.0/"])
def test_no_chinese_text_is_marked_as_english(real_site: Built, page: str):
    html = soup(real_site.site / page / "index.html")
    for left in html.body.find_all(["script", "svg", "pre", "code", "select"]):
        left.decompose()
    texts = html.body.find_all(string=re.compile("[\u4e00-\u9fff]"))
    assert [text for text in texts if text.find_parent(lang=True)["lang"] == "en"] == []
    assert texts != []
