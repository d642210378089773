from dataclasses import replace
from decimal import Decimal

import pytest

from scripts import blocks, languages, periods
from scripts.languages import Language
from scripts.paths import Project
from tests.conftest import damage

WORDS = "docs/zh/_language.yml"


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        ("0", "0", "0"),
        ("0.5", "0.5", "0.5"),
        ("90", "90", "90"),
        ("9999", "9,999", "9999"),
        ("10000", "10,000", "1万"),
        ("39000", "39,000", "3.9万"),
        ("999999", "999,999", "99.9999万"),
        ("1000000", "1 million", "100万"),
        ("42400000", "42.4 million", "4240万"),
        ("100000000", "100 million", "1亿"),
        ("13015000000", "13.015 billion", "130.15亿"),
        ("-59688000", "-59.688 million", "-5968.8万"),
    ],
)
def test_a_number_is_written_with_the_sizes_of_its_language(
    speak: dict[str, Language], value: str, english: str, chinese: str
):
    assert (speak["en"].number(Decimal(value)), speak["zh"].number(Decimal(value))) == (english, chinese)


@pytest.mark.parametrize(
    ("value", "qualifier", "digits", "text"),
    [
        ("77.69", "at_least", 1, "77.6"),
        ("77.69", "over", 1, "77.6"),
        ("77.61", "at_most", 1, "77.7"),
        ("77.61", "under", 1, "77.7"),
        ("77.61", "about", 1, "77.6"),
        ("77.69", "exact", 1, "77.7"),
        ("94.1875", "at_least", 0, "94"),
        ("94.1875", "at_most", 0, "95"),
        ("77.6", "at_least", 2, "77.60"),
        ("1999999", "at_least", 1, "1.9 million"),
        ("1900001", "at_most", 1, "2.0 million"),
    ],
)
def test_rounding_never_overstates_a_limit(
    speak: dict[str, Language], value: str, qualifier: str, digits: int, text: str
):
    assert speak["en"].number(Decimal(value), digits, qualifier) == text


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        ("1552000000", "CNY", "1.552 billion yuan", "15.52亿元"),
        ("186000000", "USD", "US$186 million", "1.86亿美元"),
        ("1", "people", "1 person", "1人"),
        ("90", "people", "90 people", "90人"),
        ("57.1", "percent", "57.1%", "57.1%"),
        ("1", "years", "1 year", "1年"),
        ("3", "years", "3 years", "3年"),
        ("39000", "count", "39,000", "3.9万"),
        ("2", "rank", "no. 2", "第2"),
        ("7.6", "times", "7.6 times", "7.6倍"),
        ("41.8", "points", "41.8 percentage points", "41.8个百分点"),
    ],
)
def test_an_amount_carries_its_unit(speak: dict[str, Language], value: str, unit: str, english: str, chinese: str):
    assert [speak[code].amount(Decimal(value), unit) for code in ("en", "zh")] == [english, chinese]


def test_every_unit_and_hedge_of_the_schema_has_a_word(real: blocks.Content):
    rules = {
        field["name"]: field.get("constraints", {}) for field in real.dataset.package.tables["facts"].schema["fields"]
    }
    for language in real.languages:
        assert set(rules["unit"]["enum"]) <= set(language.words["units"])
        for group, column in (("qualifiers", "qualifier"), ("qualifier_meanings", "qualifier"), ("kinds", "kind"),
                              ("kind_meanings", "kind"), ("period_basis", "period_basis")):  # fmt: skip
            assert list(language.words[group]) == rules[column]["enum"]


@pytest.mark.parametrize(
    ("qualifier", "english", "chinese"),
    [
        ("exact", "{}", "{}"),
        ("about", "about {}", "约{}"),
        ("under", "fewer than {}", "不到{}"),
        ("over", "more than {}", "超过{}"),
        ("at_least", "at least {}", "至少{}"),
        ("at_most", "at most {}", "至多{}"),
        ("asserted", "{}", "{}"),
    ],
)
def test_a_hedge_stays_a_hedge_in_both_languages(
    speak: dict[str, Language], qualifier: str, english: str, chinese: str
):
    assert speak["en"].hedged("90", qualifier) == english.format("90")
    assert speak["zh"].hedged("90", qualifier) == chinese.format("90")


def test_a_fact_shows_value_range_or_period(small: blocks.Content, speak: dict[str, Language]):
    viewers, closed = (small.dataset.facts[name] for name in ("stall-viewers", "stall-closed"))
    between = replace(viewers, value_high=Decimal(39000), qualifier="range")
    shown = [[speak[code].value(fact) for fact in (viewers, between, closed)] for code in ("en", "zh")]
    assert shown == [["about 90 people", "90–39,000 people", "February 2022"], ["约90人", "90至3.9万人", "2022年2月"]]


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("2018", "2018", "2018年"),
        ("2020-05", "May 2020", "2020年5月"),
        ("2022-03-08", "8 March 2022", "2022年3月8日"),
        ("2018/2020", "2018–2020", "2018–2020年"),
        ("2020-05/2022-03", "May 2020\u2009–\u2009March 2022", "2020年5月至2022年3月"),
        ("2022-03-06/2022-03-07", "6–7 Mar 2022", "2022年3月6日至7日"),
        ("2020/..", "since 2020", "2020年起"),
        ("2020-01/..", "since January 2020", "2020年1月起"),
        ("2019~", "about 2019", "约2019年"),
    ],
)
def test_a_period_is_written_as_precisely_as_it_is_known(
    speak: dict[str, Language], text: str, english: str, chinese: str
):
    assert [speak[code].period(periods.read(text)) for code in ("en", "zh")] == [english, chinese]


def test_no_period_is_said_in_words(speak: dict[str, Language]):
    assert [speak[code].period(None) for code in ("en", "zh")] == ["undated", "未注明时间"]


def test_the_first_language_lies_at_the_root(small: blocks.Content):
    assert [(language.code, language.root) for language in small.languages] == [("en", ""), ("zh", "zh/")]


def test_a_folder_with_a_language_file_is_a_language(copy: Project):
    french = copy.docs / "fr"
    french.mkdir()
    words = (copy.docs / "en" / "_language.yml").read_text("utf-8")
    (french / "_language.yml").write_text(words.replace("locale: en_GB", "locale: fr_FR"), "utf-8")
    found, faults = languages.read(copy)
    assert faults == []
    assert [language.code for language in found] == ["en", "fr", "zh"]
    assert found[1].number(Decimal("0.5")) == "0,5"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("undated: 未注明时间\n", ""), "1: no word for undated, which en has"),
        (("  stop: 。\n", ""), "1: no word for labels.stop, which en has"),
        (('  people: "{}人"\n', ""), "1: no word for units.people, which en has"),
        (('about: "约{}"', 'about: "约"'), "1: hedges.about: '约' has no {}"),
        (('people: "{}人"', 'people: "人"'), "1: units.people: '人' has no {}"),
        (("{locator} · ", ""), "1: joins.note: '{speaker}，{when} · {hedge}' has no {locator}"),
        (('CNY: "{}元"', 'CNY: "{元"'), "1: units.CNY: '{元' has a stray brace"),
        (("  - [10000, 万]", "  - 万"), "1: large: '万' is not a size and a name"),
        (("sections:", "sections: ["), "12: not YAML: expected ',' or ']', but got ':'"),
        (("name: 中文", "name: 中\x07文"), "1: not YAML: special characters are not allowed"),
        (("zh_Hans_CN", "xx_XX"), "1: no locale that Babel knows: unknown locale 'xx_XX'"),
        (("zh_Hans_CN", "not a locale"), "1: no locale that Babel knows: expected only letters, got 'not a locale'"),
        (("locale: zh_Hans_CN\n", ""), "1: no locale that Babel knows: 'locale'"),
        (b"name: \xff\n", "1: not UTF-8; save the file as UTF-8"),
        (None, "1: file is missing; docs/zh has pages"),
    ],
)
def test_a_faulty_language_is_reported(copy: Project, change: tuple[str, str] | bytes | None, fault: str):
    damage(copy, WORDS, change)
    assert [str(problem) for problem in languages.read(copy)[1]] == [f"{WORDS}:{fault}"]


@pytest.mark.parametrize("content", [b"", b"- a\n", b"words\n"])
def test_a_language_file_without_words_is_reported(copy: Project, content: bytes):
    damage(copy, WORDS, content)
    found, faults = languages.read(copy)
    assert [language.code for language in found] == ["en"]
    assert [(problem.path, problem.line) for problem in faults] == [(WORDS, 1)]


def test_a_project_without_languages_is_reported(copy: Project):
    for code in ("en", "zh"):
        for file in (copy.docs / code).iterdir():
            file.unlink()
    assert [str(problem) for problem in languages.read(copy)[1]] == ["docs:1: no language; add docs/en/_language.yml"]
