"""What a reference manager saves from each kind of page of the built site: the tags that Zotero reads, and none that outweigh them.

Zotero's rules, read in June 2026 in `Embedded Metadata.js`, `RDF.js`, `COinS.js` and `unAPI.js` of its translators: a
`citation_` tag of a kind of publication outweighs any type, `og:type` website, book or music outweighs `DC.type`; COinS and unAPI
replace all tags; an author without a comma is split into first and last name; the version is `prism.edition`.
"""

import csv
import json
import re
from pathlib import Path

import pytest
import rispy

from tests.conftest import ADDRESS, Built, elements
from tests.words.test_exchange import bibtex

WHO = "Low Tide contributors"
TITLES = {"en": "A small project", "zh": "小项目"}
NEWEST = "0.1.1"
KINDS = {  # a kind of page: where it lies below the root of a language
    "explainer": "", "register": "facts/", "list": "lists/", "chart": "charts/sales/", "fact": "facts/stall-viewers/",
    "withdrawn fact": "facts/stall-rent/", "data": f"data/v{NEWEST}/", "old data": "data/v0.1.0/",
    "frozen fact": f"data/v{NEWEST}/facts/stall-viewers/", "older fact": "data/v0.1.0/facts/stall-viewers/",
}  # fmt: skip
OTHER_TYPE = re.compile(r"(citation_(journal|technical|conference|book|inbook|dissertation)|z[:._])")
FIRST = "//span[contains(@class, 'Z3988')] | //abbr[contains(@class, 'unapi-id')] | //link[@rel='unapi-server']"
every_kind = pytest.mark.parametrize("kind", KINDS)
every_language = pytest.mark.parametrize("code", TITLES)


@pytest.fixture
def site(frozen_site: Built) -> Path:
    return frozen_site.site


def tags(page: Path) -> dict[str, list[str]]:
    """The contents of each tag in a page's head, by its name."""
    found: dict[str, list[str]] = {}
    for tag in elements(page).xpath("head/meta[@content]"):
        found.setdefault(tag.get("name") or tag.get("property") or "", []).append(tag.get("content"))
    return found


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
    found = tags(site / ("zh" if code == "zh" else "") / KINDS[kind] / "index.html")
    title, version, address = cited(site, kind, code)
    wanted = {
        "DC.type": "Dataset", "citation_title": title, "citation_author": f"{WHO},", "citation_publisher": WHO, "prism.edition": version,
        "citation_publication_date": "2022/03/10", "citation_language": code, "citation_public_url": address,
    }  # fmt: skip
    if title == TITLES[code]:  # else the abstract is that of the page
        wanted["citation_abstract"] = {"en": "A made-up dataset for the tests.", "zh": "测试用的虚构数据。"}[code]
    read_first = {name: texts for name, texts in found.items() if name.startswith(("citation_", "DC.", "prism."))}
    assert read_first == {name: [text] for name, text in wanted.items()}


def test_no_page_is_saved_as_anything_else(site: Path):
    """Every page except the one for wrong addresses; a frame has no tags, or it would be saved in place of its host."""
    for file in sorted(site.rglob("*.html")):
        if "embed" in file.parts or file.name == "404.html":
            assert 'name="citation_' not in file.read_text("utf-8"), file
        else:
            found = tags(file)
            assert found["DC.type"] == ["Dataset"] and found.get("og:type") in (None, ["article"]), file
            assert [name for name in found if OTHER_TYPE.match(name)] == [], file
            assert elements(file).xpath(FIRST) == [], file


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
