"""What a reference manager saves from each kind of page of the built site, by the rules of `tests/words/zotero.py`."""

import csv
import json
import re
from pathlib import Path

import pytest
import rispy

from tests.conftest import ADDRESS, Built
from tests.words import zotero
from tests.words.test_exchange import bibtex

WHO = "Low Tide contributors"
TITLES = {"en": "A small project", "zh": "小项目"}
NEWEST = "0.1.1"
KINDS = {  # a kind of page: where it lies below the root of a language
    "explainer": "", "register": "facts/", "list": "lists/", "chart": "charts/sales/", "fact": "facts/stall-viewers/",
    "withdrawn fact": "facts/stall-rent/", "data": f"data/v{NEWEST}/", "old data": "data/v0.1.0/",
    "frozen fact": f"data/v{NEWEST}/facts/stall-viewers/", "older fact": "data/v0.1.0/facts/stall-viewers/",
}  # fmt: skip
every_kind = pytest.mark.parametrize("kind", KINDS)
every_language = pytest.mark.parametrize("code", TITLES)


@pytest.fixture
def site(frozen_site: Built) -> Path:
    return frozen_site.site


def page(site: Path, kind: str, code: str) -> str:
    return (site / ("zh" if code == "zh" else "") / KINDS[kind] / "index.html").read_text("utf-8")


def statements(site: Path, version: str, code: str) -> dict[str, str]:
    with (site / f"data/v{version}/data/facts.csv").open(encoding="utf-8", newline="") as lines:
        return {row["fact_id"]: row[f"statement_{code}"].rstrip(".。") for row in csv.DictReader(lines)}


def cited(site: Path, kind: str, code: str) -> tuple[str, str, str]:
    """Title, version and address of the work that a page is: a fact, a chart, an edition or the data set."""
    root, place = f"{ADDRESS}{'zh/' if code == 'zh' else ''}", KINDS[kind]
    found = re.match(r"data/v([0-9.]+)/", place)
    version = found[1] if found else NEWEST
    if "stall-viewers" in place:
        frozen = place if found else f"data/v{NEWEST}/{place}"
        return statements(site, version, code)["stall-viewers"], version, f"{root}{frozen}"
    if kind == "chart":
        return {"en": "Sales fell", "zh": "销售下降"}[code], version, f"{root}{place}"
    return TITLES[code], version, f"{ADDRESS}data/v{version}/"


@every_language
@every_kind
def test_page_is_saved_as_a_data_set_with_all_that_a_citation_needs(site: Path, kind: str, code: str):
    item = zotero.page(page(site, kind, code))
    title, version, address = cited(site, kind, code)
    assert (item.type, item.authors) == ("dataset", [(WHO, "")])
    found = {name: item.fields[name] for name in ("title", "version", "url", "date", "language", "publisher")}
    assert found == {"title": title, "version": version, "url": address, "date": "2022/03/10", "language": code, "publisher": WHO}  # fmt: skip
    if title == TITLES[code]:  # not that of the page that it was saved from
        assert "older" in kind or item.fields["abstract"] == {"en": "A made-up dataset for the tests.", "zh": "测试用的虚构数据。"}[code]  # fmt: skip


def test_no_page_is_saved_as_anything_else(site: Path):
    """Every page except the one for wrong addresses; a frame has no tags, or it would be saved in place of its host."""
    for file in sorted(site.rglob("*.html")):
        if "embed" in file.parts or file.name == "404.html":
            assert 'name="citation_' not in file.read_text("utf-8"), file
        else:
            assert zotero.page(file.read_text("utf-8")).type == "dataset", file


def test_citation_keys_are_unique_and_the_same_in_every_format(site: Path):
    named: dict[str, set[tuple[str, str]]] = {}
    for file in sorted(site.rglob("*cite*.bib")):
        _, key, fields = bibtex(file.read_text("utf-8"))
        (item,), (read,) = (
            json.loads(file.with_suffix(".json").read_text("utf-8")),
            rispy.load(file.with_suffix(".ris")),
        )
        assert item["id"] == read["id"] == key, file
        named.setdefault(key, set()).add((fields["title"], fields["version"]))
    assert len(named) == 2 * 2 * len(TITLES)  # the data set and its chart, in each edition and language
    assert [key for key, told in named.items() if len(told) > 1] == []


@pytest.mark.parametrize(("old", "new", "saved"), [
    ('property="og:type" content="article"', 'property="og:type" content="website"', ("webpage", [(WHO, "")])),
    (f'content="{WHO},"', f'content="{WHO}"', ("dataset", [("contributors", "Low Tide")])),
    ('name="DC.type"', 'name="kind"', ("journalArticle", [(WHO, "")])),
    ('name="citation_publisher"', 'name="citation_journal_title"', ("journalArticle", [(WHO, "")])),
])  # fmt: skip
def test_changed_tags_would_be_saved_wrongly(site: Path, old: str, new: str, saved: tuple[str, list[tuple[str, str]]]):
    html = page(site, "fact", "en")
    assert old in html
    item = zotero.page(html.replace(old, new))
    assert (item.type, item.authors) == saved


def test_coins_would_be_detected(site: Path):
    with pytest.raises(AssertionError, match="goes first"):
        zotero.page(page(site, "fact", "en").replace("</main>", '<span class="Z3988" title="ctx_ver=1"></span></main>'))
