"""The register in a real browser: filters, search, order, shared addresses, keyboard, and without scripts."""

import gzip
import re
from collections.abc import Iterator

import pytest

from scripts.data import verdicts
from scripts.pages.content import Content
from scripts.paths import BROWSER
from tests import browser

Page = browser.sync_api.Page
SHOWN = """() => [...document.querySelectorAll(".lt-fact")].filter(row => row.checkVisibility()).map(row => row.id)"""


@pytest.fixture(scope="module")
def tab(chromium: browser.sync_api.Browser) -> Iterator[Page]:
    with browser.visit(chromium) as page:
        yield page


@pytest.fixture
def go(tab: Page, served: browser.Server):
    """Open the register with a query, in a language."""

    def there(query: str = "", root: str = "") -> Page:
        tab.goto("about:blank")
        tab.goto(f"{served.address}{root}facts/{query}")
        return tab

    return there


def query(page: Page) -> str:
    return page.evaluate("decodeURIComponent(location.search + location.hash)")


def counts(page: Page) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", page.locator(".lt-find [role=status]").inner_text())[:2]]


def about(real: Content, entity: str) -> list[str]:
    return [fact.fact_id for fact in real.dataset.facts_about(entity)]


def test_filters_are_combined(go, real: Content):
    page = go()
    assert page.evaluate(SHOWN) == list(real.dataset.facts)
    page.select_option("#find-entity", "yunji")
    assert page.evaluate(SHOWN) == about(real, "yunji")
    page.select_option("#find-kind", "quantity")
    wanted = [id_ for id_ in about(real, "yunji") if real.dataset.facts[id_].kind == "quantity"]
    assert page.evaluate(SHOWN) == wanted
    assert counts(page) == [len(wanted), 96]
    assert query(page) == "?entity=yunji&kind=quantity"


@pytest.mark.alike(3)
@pytest.mark.parametrize("root", ["", "zh/"])
@pytest.mark.parametrize("words", ["members", "会员", "ＭＥＭＢＥＲＳ", "云集 会员"])
def test_words_of_either_language_are_found_in_both(go, real: Content, words: str, root: str):
    page = go("", root)
    page.fill("#find-q", words)
    parts = words.replace("ＭＥＭＢＥＲＳ", "members").split()
    said = {fact.fact_id: "\n".join(fact.statement.values()).lower() for fact in real.dataset.facts.values()}
    wanted = [id_ for id_, text in said.items() if all(part in text for part in parts)]
    assert page.evaluate(SHOWN) == wanted != []


def test_empty_result_is_stated_and_show_all_resets_it(go):
    page = go("?q=nothing+of+the+kind")
    assert page.evaluate(SHOWN) == []
    assert page.locator(".lt-empty").is_visible()
    page.get_by_role("button", name="Show all").click()
    assert counts(page) == [96, 96]
    assert query(page) == ""
    assert not page.locator(".lt-empty").is_visible()


@pytest.mark.parametrize("order", ["period", "value", "verdict"])
def test_facts_are_sorted_with_missing_values_last(go, real: Content, order: str):
    page, facts = go(), list(real.dataset.facts.values())
    page.select_option("#find-sort", order)
    units = list(dict.fromkeys(fact.unit for fact in facts if fact.unit))
    keys = {
        "period": lambda fact: (not fact.period, fact.period.first.isoformat() if fact.period else ""),
        "value": lambda fact: (fact.value is None, units.index(fact.unit) if fact.unit else 0, -(fact.value or 0)),
        "verdict": lambda fact: verdicts.ORDER.index(verdicts.overall(real.dataset, fact.fact_id)),
    }
    assert page.evaluate(SHOWN) == [fact.fact_id for fact in sorted(facts, key=keys[order])]
    page.select_option("#find-sort", "")
    assert page.evaluate(SHOWN) == list(real.dataset.facts)


def test_address_restores_filters_and_order(go):
    page = go()
    page.select_option("#find-verdict", "differs")
    page.select_option("#find-sort", "period")
    view, address = page.evaluate(SHOWN), page.url
    again = go(address[address.index("?") :])
    assert again.evaluate(SHOWN) == view
    assert again.input_value("#find-verdict") == "differs"
    assert again.input_value("#find-sort") == "period"


def test_back_button_undoes_one_choice_and_a_typed_word_counts_as_one(go):
    page = go()
    page.select_option("#find-entity", "beidian")
    page.locator("#find-q").press_sequentially("merchant")
    assert query(page) == "?entity=beidian&q=merchant"
    page.go_back()
    assert query(page) == "?entity=beidian"
    assert page.input_value("#find-q") == ""
    page.go_back()
    assert counts(page) == [96, 96]
    page.go_forward()
    assert page.input_value("#find-entity") == "beidian"


def test_language_switch_keeps_filters(go):
    page = go("?kind=plan")
    view = page.evaluate(SHOWN)
    page.locator(".lt-language[hreflang=zh]").click()
    page.wait_for_url("**/zh/facts/**")
    assert page.evaluate(SHOWN) == view


def test_link_to_a_fact_overrides_filters_that_hide_it(go):
    page = go("?kind=opinion#yunji-revenue-2018")
    assert query(page) == "#yunji-revenue-2018"
    assert page.locator("#yunji-revenue-2018").is_visible()
    page = go("?kind=quantity&sort=value#yunji-revenue-2018")
    assert query(page) == "?kind=quantity&sort=value#yunji-revenue-2018"
    assert 0 <= page.locator("#yunji-revenue-2018").bounding_box()["y"] < 400


def test_unknown_values_in_the_address_are_ignored(go):
    assert counts(go("?kind=nonsense&sort=nonsense&entity=")) == [96, 96]


@pytest.mark.parametrize("root", ["", "zh/"])
def test_the_form_works_by_keyboard(go, root: str):
    page = go("", root)
    page.focus("#find-q")
    order = [page.evaluate("document.activeElement.id || document.activeElement.type")]
    for _ in range(7):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.id || document.activeElement.type"))
    assert order == [f"find-{name}" for name in ("q", "entity", "paragraph", "speaker", "kind", "verdict", "sort")] + [
        "reset"
    ]
    page.focus("#find-kind")
    page.keyboard.press("ArrowDown")
    assert len(page.evaluate(SHOWN)) < 96
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert len(page.evaluate(SHOWN)) == 96


def test_form_is_folded_on_a_phone_until_opened(chromium: browser.sync_api.Browser, served: browser.Server):
    with browser.visit(chromium, 360) as page:
        page.goto(f"{served.address}facts/?kind=opinion")
        assert not page.locator("#find-q").is_visible()
        assert "opinion" in page.locator(".lt-find [role=status]").inner_text()
        page.locator(".lt-find summary").focus()
        page.keyboard.press("Enter")
        assert page.locator("#find-q").is_visible()
        boxes = page.evaluate("""() => [...document.querySelectorAll(".lt-find :is(input, select)")]
            .map(field => field.getBoundingClientRect().right)""")
        assert max(boxes) <= 360


def test_register_works_from_a_folder(chromium: browser.sync_api.Browser, real_site):
    with browser.visit(chromium) as page:
        page.goto((real_site.site / "facts" / "index.html").as_uri() + "?kind=plan")
        assert counts(page)[0] == len(page.evaluate(SHOWN)) < 96
        page.select_option("#find-kind", "")
        assert counts(page) == [96, 96]


@pytest.mark.alike(2)
@pytest.mark.parametrize("root", ["", "zh/"])
def test_without_scripts_every_fact_is_shown_and_no_form(
    chromium: browser.sync_api.Browser, served: browser.Server, real: Content, root: str
):
    with browser.visit(chromium, java_script_enabled=False) as page:
        page.goto(f"{served.address}{root}facts/?kind=plan")
        assert page.evaluate(SHOWN) == list(real.dataset.facts)
        assert not page.locator(".lt-find").is_visible()


@pytest.mark.alike(2)
@pytest.mark.parametrize("width", [360, 1280])
def test_register_has_no_layout_shift(chromium: browser.sync_api.Browser, served: browser.Server, width: int):
    assert browser.weigh(chromium, served, "facts/", width).shift == 0


def test_script_is_below_4_kB_gzipped():
    assert len(gzip.compress((BROWSER / "register.js").read_bytes())) < 4_000
