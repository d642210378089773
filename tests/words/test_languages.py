import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest
import yaml

from scripts.data import periods
from scripts.editions import diff
from scripts.pages.content import Content
from scripts.paths import Project
from scripts.words import citations, languages, lexicon
from scripts.words.languages import Language
from tests import conftest
from tests.conftest import SMALL, damage

WORDS = "docs/zh/_language.yml"


@pytest.mark.parametrize(("value", "english", "chinese"), [
    ("0", "0", "0"), ("0.5", "0.5", "0.5"), ("90", "90", "90"), ("9999", "9,999", "9999"), ("10000", "10,000", "1万"),
    ("39000", "39,000", "3.9万"), ("999999", "999,999", "99.9999万"), ("1000000", "1 million", "100万"),
    ("42400000", "42.4 million", "4240万"), ("100000000", "100 million", "1亿"),
    ("13015000000", "13.015 billion", "130.15亿"), ("-59688000", "−59.688 million", "−5968.8万"),
])  # fmt: skip
def test_a_number_is_written_with_the_sizes_of_its_language(
    speak: dict[str, Language], value: str, english: str, chinese: str
):
    assert (speak["en"].number(Decimal(value)), speak["zh"].number(Decimal(value))) == (english, chinese)


@pytest.mark.parametrize(("value", "qualifier", "digits", "text"), [
    ("77.69", "at_least", 1, "77.6"), ("77.69", "over", 1, "77.6"), ("77.61", "at_most", 1, "77.7"),
    ("77.61", "under", 1, "77.7"), ("77.61", "about", 1, "77.6"), ("77.69", "exact", 1, "77.7"),
    ("94.1875", "at_least", 0, "94"), ("94.1875", "at_most", 0, "95"), ("77.6", "at_least", 2, "77.60"),
    ("1999999", "at_least", 1, "1.9 million"), ("1900001", "at_most", 1, "2.0 million"),
])  # fmt: skip
def test_rounding_never_overstates_a_limit(
    speak: dict[str, Language], value: str, qualifier: str, digits: int, text: str
):
    assert speak["en"].number(Decimal(value), digits, qualifier) == text


@pytest.mark.parametrize(("value", "unit", "english", "chinese"), [
    ("1552000000", "CNY", "1.552 billion yuan", "15.52亿元"), ("186000000", "USD", "US$186 million", "1.86亿美元"),
    ("1", "people", "1 person", "1人"), ("90", "people", "90 people", "90人"), ("57.1", "percent", "57.1%", "57.1%"),
    ("1", "years", "1 year", "1年"), ("3", "years", "3 years", "3年"), ("39000", "count", "39,000", "3.9万"),
    ("2", "rank", "no. 2", "第2"), ("7.6", "times", "7.6 times", "7.6倍"),
    ("41.8", "points", "41.8 percentage points", "41.8个百分点"),
])  # fmt: skip
def test_amount_has_its_unit(speak: dict[str, Language], value: str, unit: str, english: str, chinese: str):
    assert [speak[code].amount(Decimal(value), unit) for code in ("en", "zh")] == [english, chinese]


def test_every_unit_and_hedge_of_the_schema_has_a_word(real: Content):
    rules = {
        field["name"]: field.get("constraints", {}) for field in real.dataset.package.tables["facts"].schema["fields"]
    }
    for language in real.languages:
        assert set(rules["unit"]["enum"]) <= set(language.words["units"])
        for group, column in (("qualifiers", "qualifier"), ("qualifier_meanings", "qualifier"), ("kinds", "kind"),
                              ("kind_meanings", "kind"), ("period_basis", "period_basis")):  # fmt: skip
            assert list(language.words[group]) == rules[column]["enum"]


@pytest.mark.parametrize(("qualifier", "english", "chinese"), [
    ("exact", "{}", "{}"), ("about", "about {}", "约{}"), ("under", "fewer than {}", "不到{}"),
    ("over", "more than {}", "超过{}"), ("at_least", "at least {}", "至少{}"), ("at_most", "at most {}", "至多{}"),
    ("asserted", "{}", "{}"),
])  # fmt: skip
def test_hedge_is_worded_in_both_languages(speak: dict[str, Language], qualifier: str, english: str, chinese: str):
    assert speak["en"].hedged("90", qualifier) == english.format("90")
    assert speak["zh"].hedged("90", qualifier) == chinese.format("90")


def test_fact_shows_its_value_range_or_period(small: Content, speak: dict[str, Language]):
    viewers, closed = (small.dataset.facts[name] for name in ("stall-viewers", "stall-closed"))
    between = replace(viewers, value_high=Decimal(39000), qualifier="range")
    shown = [[speak[code].value(fact) for fact in (viewers, between, closed)] for code in ("en", "zh")]
    assert shown == [["about 90 people", "90–39,000 people", "February 2022"], ["约90人", "90至3.9万人", "2022年2月"]]


@pytest.mark.parametrize(("text", "english", "chinese"), [
    ("2018", "2018", "2018年"), ("2020-05", "May 2020", "2020年5月"), ("2022-03-08", "8 March 2022", "2022年3月8日"),
    ("2018/2020", "2018–2020", "2018至2020年"), ("2020-05/2022-03", "May 2020\u2009–\u2009March 2022", "2020年5月至2022年3月"),
    ("2022-03-06/2022-03-07", "6–7 Mar 2022", "2022年3月6日至7日"), ("2020/..", "since 2020", "2020年起"),
    ("2020-01/..", "since January 2020", "2020年1月起"), ("2019~", "about 2019", "约2019年"), ("", "undated", "未注明时间"),
])  # fmt: skip
def test_period_is_written_with_its_precision(speak: dict[str, Language], text: str, english: str, chinese: str):
    period = periods.read(text) if text else None
    assert [speak[code].period(period) for code in ("en", "zh")] == [english, chinese]


def test_the_first_language_lies_at_the_root(small: Content):
    assert [(language.code, language.root) for language in small.languages] == [("en", ""), ("zh", "zh/")]


def translated(project: Project, **changes: str) -> None:
    """Write the English words as French ones, except where CLDR has other forms for French."""
    words = (project.docs / "en" / "_language.yml").read_text("utf-8")
    french = {
        "locale: en_GB": "locale: fr_FR",
        '[1000000000, " billion"]': '[1000000000, " milliards"]',
        '[1000000, " million"]': '[1000000, " millions"]',
        'other: "{} people"': 'many: "{} people", other: "{} people"',
        'other: "{} years"': 'many: "{} years", other: "{} years"',
    } | changes
    for old, text in french.items():
        assert old in words, old
        words = words.replace(old, text)
    words = words.translate({ord("“"): "«", ord("”"): "»"})
    (project.docs / "fr").mkdir()
    (project.docs / "fr" / "_language.yml").write_text(words, "utf-8")


def test_a_folder_with_a_language_file_is_a_language(copy: Project):
    translated(copy)
    found, faults = languages.read(copy)
    assert faults == []
    assert [language.code for language in found] == ["en", "fr", "zh"]
    assert found[1].number(Decimal("0.5")) == "0,5"
    assert found[1].amount(Decimal(1000000), "years") == "1 millions years"


@pytest.mark.parametrize(
    ("old", "new", "line", "fault"),
    [
        (" milliards", " billion", 18, "large[0]: ' billion' is not how fr_FR writes 1000000000; CLDR has ' milliard', ' milliards'"),
        ('many: "{} people", ', "", 23, "units.people: plural forms are one, other; fr_FR has many, one, other"),
        ('"“about”"', '"a"', 42, "qualifiers.about: 'a' is not entirely in quotation marks"),
        ("“at least”", "„at least“", 45, "qualifiers.at_least: '„at least“' has „; fr_FR uses «»“”"),
        ('"{} yuan"', '"{} dollars des États-Unis"', 21, "units.CNY: '{} dollars des États-Unis' names USD, not CNY, according to CLDR"),
        ('over: "more than {}"', 'over: "about {}"', 34, "hedges.over: 'about {}' is hedges.about too"),
        ("locale: fr_FR", "locale: de_DE", 3, "locale: 'de_DE' is not a locale of fr"),
    ],
)  # fmt: skip
def test_words_that_contradict_cldr_are_reported_for_any_language(
    copy: Project, old: str, new: str, line: int, fault: str
):
    translated(copy)
    damage(copy, "docs/fr/_language.yml", (old.translate({ord("“"): "«", ord("”"): "»"}), new))
    assert [str(problem) for problem in languages.read(copy)[1]] == [f"docs/fr/_language.yml:{line}: {fault}"]


LINES = (SMALL.root / WORDS).read_text("utf-8").splitlines()


def line(start: str) -> int:
    """The number of the line of the small project's Chinese words with this start."""
    return next(number for number, text in enumerate(LINES, start=1) if text.startswith(start))


@pytest.mark.parametrize(
    ("change", "place", "fault"),
    [
        (("  stop: 。\n", ""), "labels:", "labels.stop is missing; docs/en/_language.yml:{labels.stop} has it"),
        (('  people: "{}人"\n', ""), "units:", "units.people is missing; docs/en/_language.yml:23 has it"),
        (('about: "约{}"', 'about: "约"'), '  about: "约', "hedges.about: '约' has no {}"),
        (('people: "{}人"', 'people: "人"'), "  people:", "units.people: '人' has no {}"),
        (('people: "{}人"', 'people: {other: "人"}'), "  people:", "units.people.other: '人' has no {}"),
        (('range: "{}至{}"', 'range: "至{}"'), "range:", "range: '至{}' has no {} twice"),
        (("{locator} · ", ""), "  note:", "joins.note: '{speaker}，{when} · {hedge}' has no {locator}"),
        (("none_fits: 没有", "none_fits: 没有{}"), "  none_fits:", "labels.none_fits: '没有{}同时符合这些条件的事实。请减少条件，或显示全部。' has {}, where no value is put; see places in scripts/words/words.yml"),
        (('CNY: "{}元"', 'CNY: "{元"'), "  CNY:", "units.CNY: '{元' has a stray brace"),
        (("  - [10000, 万]", "  - 万"), "  - [10000, 万]", "large[1]: '万' is not a size and its name"),
        (("  - [10000, 万]", "  - [-1, 万]"), "  - [10000, 万]", "large[1][0]: -1 is not a whole number above zero"),
        (("  - [10000, 万]", "  - [yes, 万]"), "  - [10000, 万]", "large[1][0]: True is not a whole number above zero"),
        (("  - [10000, 万]", "  - [100000000, 亿]"), "  - [10000, 万]", "large[1]: 100000000 is not less than 100000000; put the largest first"),
        (("  - [10000, 万]", "  - [1000, 千]"), "  - [10000, 万]", "large[1]: 1000 has no name in zh_Hans_CN according to CLDR; 10000, 100000000, 1000000000000 have one"),
        (("grouping: false", "grouping: no way"), "grouping:", "grouping: 'no way' is neither true nor false"),
        (("[gbt2025, apa]", "[gbt2025, mla]"), "brief_citations:", "brief_citations[1]: 'mla' is not one of ['gbt2025', 'gbt2015', 'apa', 'chicago', 'bibtex', 'biblatex', 'ris', 'csl']"),
        (("site_name: ", "site_name: # "), "site_name:", "site_name: None is not a text"),
        (("  stop: 。", "  stop: ' '"), "  stop:", "labels.stop: ' ' is not a text"),
        (("  stop: 。", "  stop: [。]"), "  stop:", "labels.stop: is not a text"),
        (("  pipeline: []", "  pipeline: [hammer]"), "  pipeline:", "search.pipeline[0]: 'hammer' is not one of ['stemmer', 'stopWordFilter', 'trimmer']"),
        (("  separator: '[", "  separator: '(["), "  separator:", "search.separator: not a regular expression: missing ), unterminated subpattern at position 0"),
        (("builder_language: zh", "builder_language: xx"), "builder_language:", "builder_language: 'xx' is not a language of the builder's theme"),
        (("name: 中文", "name: 中\x07文"), "name:", "hidden character U+0007; remove it"),
        (("zh_Hans_CN", "not a locale"), "locale:", "locale: not a locale that Babel knows: expected only letters, got 'not a locale'"),
        (("zh_Hans_CN", "en_GB"), "locale:", "locale: 'en_GB' is not a locale of zh"),
        (("locale: zh_Hans_CN\n", ""), "name:", "locale is missing; docs/en/_language.yml:3 has it"),
        (("  older_editions:", "  foo: 又\n  older_editions:"), "  older_editions:", "labels.foo is not in docs/en/_language.yml; remove it, or add it there"),
        (("labels:\n", "foo: 又\nlabels:\n"), "labels:", "foo is not in docs/en/_language.yml; remove it, or add it there"),
        (("  stop: 。\n", "  stop: 。\n  stop: 。\n"), "  semicolon:", "key 'stop' is duplicated; first in line {stop}"),
        (b"name: \xff\n", "", "not UTF-8; save the file as UTF-8"),
        (None, "", "file is missing"),
        (b"", "", "has no words; copy docs/en/_language.yml and translate it"),
        (b"# nothing\n", "", "has no words; copy docs/en/_language.yml and translate it"),
        (b"- a\n", "", "has no words; copy docs/en/_language.yml and translate it"),
        (b"words\n", "", "has no words; copy docs/en/_language.yml and translate it"),
    ],
)  # fmt: skip
def test_faulty_language_is_skipped_and_reported_with_its_line(
    copy: Project, change: tuple[str, str] | bytes | None, place: str, fault: str
):
    damage(copy, WORDS, change)
    found, problems = languages.read(copy)
    assert [language.code for language in found] == ["en"]
    assert [(problem.path, problem.line) for problem in problems] == [(WORDS, line(place) if place else 1)]
    english = (copy.docs / "en" / "_language.yml").read_text("utf-8").splitlines()
    stop = english.index('  stop: "."') + 1
    assert problems[0].text == fault.replace("{labels.stop}", str(stop)).replace("{stop}", str(line("  stop:")))


CONTRADICTIONS = [
    (("[100000000, 亿]\n  - [10000, 万]", "[10000, 万]\n  - [100000000, 亿]"), "  - [10000,", "large[1]: 100000000 is not less than 10000; put the largest first"),
    (('about: "约{}"', 'about: "{}"'), '  about: "约', "hedges.about: '{}' does not say about"),
    (('over: "超过{}"', 'over: "不超过{}"'), '  over: "', "hedges.over: '不超过{}' does not say over"),
    (('about: "约{}"', 'about: "至多约{}"'), '  about: "约', "hedges.about: '至多约{}' says at_most"),
    (('CNY: "{}元"', 'CNY: "{}圆"'), "  CNY:", "units.CNY: '{}圆' does not say CNY, as in 元, 人民币"),
    (('USD: "{}美元"', 'USD: "{}元"'), "  USD:", "units.USD: '{}元' does not say USD"),
    (('people: "{}人"', 'people: "{}年"'), "  people:", "units.people: '{}年' does not say people"),
    (('CNY: "{}元"', "CNY: “{}元”"), "  CNY:", "units.CNY: '“{}元”' is entirely in quotation marks; did an editor replace the straight ones of YAML?"),
    (("undated: 未注明时间", "undated: “未注明时间”"), "undated:", "undated: '“未注明时间”' is entirely in quotation marks"),
    (("range: 区间", "range: “区间”"), "  range:", "qualifiers.range: '“区间”' is entirely in quotation marks"),
    (("about: “约”", "about: 约"), "  about: “", "qualifiers.about: '约' is not entirely in quotation marks"),
    (("about: “约”", "about: “约"), "  about: “", "qualifiers.about: '“约': “ is not in a pair"),
    (("about: “约”", "about: 「约」"), "  about: “", "qualifiers.about: '「约」' has 「; zh_Hans_CN uses “”《》"),
    (("undated: 未注明时间", "undated: '未注明\"时间'"), "undated:", "undated: '未注明\"时间' has a straight quotation mark"),
    (("differs: 有出入", "differs: 得到印证"), "  differs: 有", "verdicts.differs: '得到印证' does not say differs, as in 有出入, 不同, 不符, 不相符; add it to scripts/words/words.yml if it is right"),
    (("corroborated: 得到印证", "corroborated: 未得到印证"), "  corroborated: 得", "verdicts.corroborated: '未得到印证' says not"),
    (("corroborated: 得到印证", "corroborated: 部分印证"), "  corroborated: 得", "verdicts.corroborated: '部分印证' is verdicts.partly too"),
    (("inferred: 本项目推断", "inferred: 来源所述"), "  inferred:", "derivations.inferred: '来源所述' does not say inferred"),
    (("exact: 未加限定", "exact: “约”"), "  exact:", "qualifiers.exact: '“约”' does not say exact"),
    (('differs: "≠"', 'differs: "≈"'), '  differs: "', "marks.differs: '≈' does not say differs"),
    (("old: 原为", "old: 现为"), "  old:", "labels.old: '现为' does not say old"),
    (('since: "{}起"', 'since: "{}止"'), "since:", "since: '{}止' does not say since"),
    (("undated: 未注明时间", "undated: 未注明æ—¶é—´"), "undated:", "undated: 'æ—¶' in '未注明æ—¶é—´' is '时' decoded in a wrong encoding"),
    (("quantity: 数值", "quantity: 事件"), "  quantity: 数", "kinds.quantity: '事件' does not say quantity"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "place", "fault"), CONTRADICTIONS)
def test_word_that_contradicts_its_key_is_reported(copy: Project, change: tuple[str, str], place: str, fault: str):
    damage(copy, WORDS, change)
    found, problems = languages.read(copy)
    assert [language.code for language in found] == ["en"]
    assert any(p.text.startswith(fault) and (p.path, p.line) == (WORDS, line(place)) for p in problems), problems


def test_missing_word_of_the_first_language_is_reported_there(copy: Project):
    damage(copy, "docs/en/_language.yml", ('  stop: "."\n', ""))
    found, problems = languages.read(copy)
    assert [language.code for language in found] == ["zh"]
    labels = (copy.docs / "en" / "_language.yml").read_text("utf-8").splitlines().index("labels:") + 1
    assert [str(problem) for problem in problems] == [
        f"docs/en/_language.yml:{labels}: labels.stop is missing; the build needs it"
    ]


@pytest.mark.parametrize(
    "change", [None, b"", b"name: [\n", ("locale: en_GB", "locale: xx_XX"), ("labels:", "labels: {}\nother:")]
)
def test_faulty_first_language_is_reported_and_the_rest_still_checked(
    copy: Project, change: tuple[str, str] | bytes | None
):
    damage(copy, "docs/en/_language.yml", change)
    damage(copy, "docs/zh/index.md", ("见[", "有5人，见["))
    said = conftest.problems(copy)
    assert any(one.startswith("docs/en/_language.yml:") for one in said)
    assert "docs/zh/index.md:16: '5' is typed by hand; quote it, as in {{ fact some-id }}" in said
    assert not [one for one in said if "languages: " in one]


def test_project_whose_languages_are_all_empty_reports_only_them(copy: Project):
    for code in ("en", "zh"):
        damage(copy, f"docs/{code}/_language.yml", b"")
    assert [one.partition(": ")[0] for one in conftest.problems(copy)] == [
        "docs/en/_language.yml:1", "docs/zh/_language.yml:1"
    ]  # fmt: skip


def test_order_quotes_and_line_endings_of_a_word_file_do_not_matter(copy: Project):
    before = languages.read(copy)[0][1]
    words = yaml.safe_load((copy.docs / "zh" / "_language.yml").read_text("utf-8"))
    turned = {
        key: dict(reversed(word.items())) if isinstance(word, dict) else word for key, word in reversed(words.items())
    }
    quoted = yaml.safe_dump(turned, allow_unicode=True, sort_keys=False, default_style='"', indent=4)
    quoted = re.sub(r'!!(?:int|bool) "(\w+)"', r"\1", quoted)
    damage(copy, WORDS, quoted.replace("\n", "\r\n").encode() + b"\r\n\r\n")
    after, problems = languages.read(copy)
    assert problems == []
    assert json.dumps(after[1].words) == json.dumps(before.words)


def test_every_real_word_is_used_by_the_build(real: Content):
    words, rules = real.languages[0].words, lexicon.rules()
    assert set(rules["shape"]["properties"]) == set(words)
    for group in ("joins", "changes", "voices", "files", "labels"):
        assert set(rules["needed"][group]) == set(words[group]), group
    assert rules["needed"]["changes"] == list(diff.KINDS)
    assert rules["shape"]["properties"]["brief_citations"]["items"]["enum"] == list(citations.FORMS)
    assert {place.split(".")[0] for place in rules["places"]} <= set(words)


def test_every_meaning_belongs_to_an_existing_word(real: Content):
    words = real.languages[0].words
    for group, meanings in lexicon.rules()["meanings"].items():
        assert set(meanings) <= set(words if group == "times" else words[group]), group


def test_project_without_languages_is_reported(copy: Project):
    for file in (file for file in copy.docs.glob("*/**/*") if file.is_file() and file.parent.name != "assets"):
        file.unlink()
    assert [str(problem) for problem in languages.read(copy, ["en"])[1]] == [
        "docs:1: no language; add docs/en/_language.yml"
    ]


@pytest.mark.parametrize(("value", "qualifier", "english", "chinese"), [
    ("2155361000", "exact", "2.16 billion yuan", "21.6亿元"), ("8084106", "exact", "8.08 million yuan", "808万元"),
    ("400000000", "over", "more than 400 million yuan", "超过4亿元"),
    ("3217000000", "over", "more than 3.21 billion yuan", "超过32.1亿元"),
    ("3211000000", "under", "fewer than 3.22 billion yuan", "不到32.2亿元"), ("109", "about", "about 109 yuan", "约109元"),
])  # fmt: skip
def test_prose_rounds_a_value_to_three_digits_and_never_overstates_a_limit(
    small: Content, speak: dict[str, Language], value: str, qualifier: str, english: str, chinese: str
):
    row = replace(small.dataset.facts["shop-revenue-2018"], value=Decimal(value), qualifier=qualifier)
    assert [speak[code].short(row) for code in ("en", "zh")] == [english, chinese]


def test_repost_is_named_with_the_site_where_it_was_seen(small: Content, speak: dict[str, Language]):
    copy, report = small.dataset.sources["copy"], small.dataset.sources["report"]
    assert [speak[code].source(copy) for code in ("en", "zh")] == [
        "Gull Daily, seen on gulls.example.org",
        "海鸥日报，见于gulls.example.org",
    ]
    assert speak["en"].source(report) == "Harbour Post"
