"""Every citation form for readers, for every kind of work."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import bs4
import pytest

from scripts.data import dataset
from scripts.drawing import engine
from scripts.editions import opened, store
from scripts.pages import edition_pages
from scripts.pages.content import Content
from scripts.paths import THIS
from scripts.words import citations, exchange, markup, works
from scripts.words.works import Work
from tests.conftest import ADDRESS
from tests.words.test_exchange import bibtex, csl, csl_item, printed, ris
from tests.words.test_works import ARTICLE, FACT, HOSTILE, KINDS, WORK

GBT = re.compile(r"(?P<who>[^.]+)\. (?P<title>.+)\[(DS|EB|N)(/OL)?\]\.( (版本|Version )[0-9.]+\.)? "
                 r"(?P<platform>[^（]+)（[0-9]{4}-[0-9]{2}-[0-9]{2}）\[YYYY-MM-DD\]\.( (?P<address>https?://\S+)\.)?")  # fmt: skip
"""责任者. 题名[DS/OL]. 版本. 平台（发布日期）[引用日期]. 获取路径. — there is no persistent identifier."""


@pytest.mark.parametrize(
    ("kind", "form", "text"),
    [
        ("dataset", "gbt2025", "Low Tide contributors. Harbour & sea[DS/OL]. Version 1.0.0. Low Tide contributors（2026-03-09）[YYYY-MM-DD]. https://example.org/data/."),
        ("dataset", "gbt2015", "Low Tide contributors. Harbour & sea[DS/OL]. (2026-03-09)[YYYY-MM-DD]. https://example.org/data/."),
        ("dataset", "apa", "Low Tide contributors. (2026). Harbour & sea (Version 1.0.0) [Data set]. https://example.org/data/"),
        ("dataset", "chicago", "Low Tide contributors. 2026. “Harbour & sea.” Version 1.0.0. Data set. https://example.org/data/."),
        ("fact", "gbt2025", "Low Tide contributors. Two were sold (sold-two)[DS/OL]. Version 1.0.0. Harbour（2026-03-09）[YYYY-MM-DD]. https://example.org/data/."),
        ("fact", "gbt2015", "Low Tide contributors. Two were sold (sold-two)[DS/OL]//Low Tide contributors. Harbour. (2026-03-09)[YYYY-MM-DD]. https://example.org/data/."),
        ("fact", "apa", "Low Tide contributors. (2026). Two were sold (sold-two). In Harbour (Version 1.0.0) [Data set]. https://example.org/data/"),
        ("fact", "chicago", "Low Tide contributors. 2026. “Two were sold (sold-two).” In Harbour. Version 1.0.0. Data set. https://example.org/data/."),
        ("chart", "gbt2025", "Low Tide contributors. Sales fell[EB/OL]. Version 1.0.0. Harbour（2026-03-09）[YYYY-MM-DD]. https://example.org/data/."),
        ("chart", "gbt2015", "Low Tide contributors. Sales fell[EB/OL]//Low Tide contributors. Harbour. (2026-03-09)[YYYY-MM-DD]. https://example.org/data/."),
        ("chart", "apa", "Low Tide contributors. (2026). Sales fell [Chart]. Harbour (Version 1.0.0). https://example.org/data/"),
        ("chart", "chicago", "Low Tide contributors. 2026. “Sales fell.” Chart. Harbour. Version 1.0.0. https://example.org/data/."),
        ("page", "gbt2025", "Low Tide contributors. What is this?[EB/OL]. Version 1.0.0. Harbour（2026-03-09）[YYYY-MM-DD]. https://example.org/data/."),
        ("page", "gbt2015", "Low Tide contributors. What is this?[EB/OL]//Low Tide contributors. Harbour. (2026-03-09)[YYYY-MM-DD]. https://example.org/data/."),
        ("page", "apa", "Low Tide contributors. (2026, March 9). What is this? Harbour (Version 1.0.0). https://example.org/data/"),
        ("page", "chicago", "Low Tide contributors. 2026. “What is this?” Harbour. Version 1.0.0. https://example.org/data/."),
        ("article", "gbt2025", "Ada Li, Bo Wu. [A report][N/OL]. Republished by Gull（2026-03-09）[YYYY-MM-DD]. https://example.org/data/."),
        ("article", "gbt2015", "Ada Li, Bo Wu. [A report][N/OL]. Harbour Post, 2026-03-09[YYYY-MM-DD]. https://example.org/data/."),
        ("article", "apa", "Ada Li & Bo Wu. (2026, March 9). [A report]. Harbour Post. Republished by Gull. https://example.org/data/"),
        ("article", "chicago", "Ada Li and Bo Wu. 2026. [A report]. Harbour Post. Republished by Gull, March 9, 2026. https://example.org/data/."),
    ],
)  # fmt: skip
def test_every_kind_of_work_is_cited(kind: str, form: str, text: str):
    make = citations.FORMS[form][1]
    assert make(KINDS[kind]) == text
    nowhere = make(replace(KINDS[kind], address=""))
    assert nowhere == re.sub(r" https://example\.org/data/\.?$", "", text).replace("/OL]", "]")


def test_gbt7714_names_the_version_in_the_language_of_the_work():
    assert "[DS/OL]. 版本1.0.0. " in citations.gbt7714(replace(WORK, language="zh"))


@pytest.mark.parametrize(
    ("issued", "written"),
    [
        ("2026-03", {"gbt2025": "（2026-03）[", "apa": ". (2026, March). ", "chicago": "Gull, March, 2026. ", "ris": "\nDA  - 2026/03/\n"}),
        ("2026", {"gbt2025": "（2026）[", "apa": ". (2026). ", "chicago": "Republished by Gull. https", "ris": "\nDA  - 2026//\n"}),
        ("", {"gbt2025": " Republished by Gull[", "apa": ". (n.d.). ", "chicago": ". n.d. [", "gbt2015": ". Harbour Post["}),
    ],
)  # fmt: skip
def test_a_date_is_as_precise_as_it_is_known(issued: str, written: dict[str, str]):
    work = replace(ARTICLE, issued=issued)
    for form, text in written.items():
        assert text in citations.FORMS[form][1](work)
    for _, make in citations.FORMS.values():
        assert make(work)
    assert ("DA  - " in exchange.ris(work)) == bool(issued)
    assert ("issued" in csl_item(work)) == ("year" in bibtex(exchange.bibtex(work))[2]) == bool(issued)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_citation_is_one_line_whatever_the_title(kind: str, text: str):
    for form in ("gbt2025", "gbt2015", "apa", "chicago"):
        assert "\n" not in citations.FORMS[form][1](replace(KINDS[kind], title=text))


@pytest.mark.parametrize("text", HOSTILE)
def test_page_shows_every_form_verbatim(small: Content, text: str):
    work = replace(FACT, title=text)
    words = small.languages[0].words
    downloads = ["cite.bib"]
    told = {"cited": [work], "citations": citations, "here": "../", "forms": citations.FORMS}
    html = markup.block("citations.html", **told, id="one", words=words, downloads=downloads)
    page = bs4.BeautifulSoup(html, "html.parser")
    shown = [page.select_one(button["data-copy"]) for button in page.select("button")]
    assert [code.get_text() for code in shown] == [make(work) for _, make in citations.FORMS.values()]
    assert {span.get_text() for span in page.select("[data-today]")} == {works.READ_ON}
    assert page.select_one("[download]")["href"] == "../cite.bib"
    for button in page.select("button"):
        assert button.find_next_sibling()["role"] == "status"
        assert button["data-copied"] and button["data-refused"]
    assert not page.select("script")


def every_work(
    dataset: dataset.Dataset, drawn: dict[str, dict[str, engine.Chart]], code: str, address: str
) -> Iterator[Work]:
    yield works.of_package(dataset.package, code, address)
    yield works.of_report(dataset, dataset.article, code)
    yield works.of_page(dataset.package, "x", "facts/", code, address)
    for fact in dataset.facts.values():
        yield works.of_fact(dataset, fact, code, address)
    for slug, chart in drawn[code].items():
        yield works.of_chart(dataset.package, slug, chart.title, code, address)


@pytest.mark.parametrize("address", ["", ADDRESS])
@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_real_fact_and_chart_is_cited_in_every_form(
    real: Content, drawn: dict[str, dict[str, engine.Chart]], code: str, address: str
):
    found = list(every_work(real.dataset, drawn, code, address))
    assert len(found) == 3 + len(real.dataset.facts) + len(real.charts)
    assert len({work.key for work in found}) == len(found)
    for work in found:
        for form in ("gbt2025", "gbt2015", "apa", "chicago"):
            text = citations.FORMS[form][1](work)
            assert work.title in text and work.address in text, text
            assert not re.search(r"\.\.|  |\(\)|\[\]|None", text.replace(work.title, "x")), text
        match = GBT.fullmatch(citations.gbt7714(work))
        assert match, citations.gbt7714(work)
        assert (match["address"] or "") == work.address
        kind, key, fields = bibtex(exchange.bibtex(work))
        assert (key, printed(fields["title"])) == (work.key, work.title)
        assert fields.get("url", "") == work.address
        read = ris(exchange.ris(work))
        assert (read["id"], read["title"], read.get("urls", [""])) == (work.key, work.title, [work.address])
        assert work.title in csl(exchange.csl_json(work))


def test_citation_key_is_unique_to_a_work_language_and_edition(
    real: Content, drawn: dict[str, dict[str, engine.Chart]]
):
    named: dict[str, set[tuple[str, str, str]]] = {}
    codes = [language.code for language in real.languages]
    for language in real.languages:
        found = list(every_work(real.dataset, drawn, language.code, ""))
        for edition in real.editions:
            found.append(edition_pages.work(real, language, edition))
            had = opened.read(store.contents(real.project, edition), codes)
            found += [works.of_fact(had, fact, language.code, "") for fact in had.facts.values()]
        for work in found:
            named.setdefault(work.key, set()).add((work.title, work.version, work.issued))
            assert re.fullmatch(r"[A-Za-z][A-Za-z0-9.-]*", work.key), work.key
    assert [key for key, told in named.items() if len(told) > 1] == []
    assert len(named) > len(codes) * len(real.editions) * 90


def test_the_citation_file_of_the_repository_is_valid():
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    run = subprocess.run([*check, str(THIS.root / "CITATION.cff")], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout
