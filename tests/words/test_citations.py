import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import bibtexparser
import bs4
import citeproc
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from pylatexenc import latex2text

from scripts.data import dataset
from scripts.drawing import engine
from scripts.pages import blocks
from scripts.paths import THIS
from scripts.words import citations, markup
from scripts.words.citations import Work
from tests.conftest import ADDRESS, Built

WORK = Work(
    kind="dataset",
    key="harbour-facts",
    title="Harbour & sea",
    authors=("Low Tide contributors",),
    publisher="Low Tide contributors",
    issued="2026-03-09",
    version="1.0.0",
    address="https://example.org/data/",
    language="en",
)
FACT = replace(WORK, kind="fact", key="sold-two", title="Two were sold", container="Harbour", note="sold-two")
CHART = replace(WORK, kind="chart", key="chart-sales", title="Sales fell", container="Harbour")
PAGE = replace(WORK, kind="page", key="harbour-facts-about", title="What is this?", container="Harbour")
ARTICLE = replace(WORK, kind="article", title="[A report]", authors=("Ada Li", "Bo Wu"), publisher="Harbour Post", version="",
                  container="Harbour Post", note="republished by Gull")  # fmt: skip
KINDS = {work.kind: work for work in (WORK, FACT, CHART, PAGE, ARTICLE)}
HOSTILE = [
    "A </script><script>alert(1)</script> B",
    "\"quotes\" and 'quotes' and ``these''",
    "{braces} and a lone } and another {",
    r"100% of $5 & #1_a ~b ^c \d",
    "@misc{a, title = {b}},",
    "one\ntwo\r\nthree\u2028four",
    "it ends here\nER  - \nTY  - BOOK",
    "a -- b --- c, ?` !` << >> ,,",
    "云集“99精选”——约1万",
    "{{ fact sold-two }} {% raw %}",
]
GBT = re.compile(r"(?P<who>[^.]+)\. (?P<title>.+)\[(DS|EB|N)(/OL)?\]\.( (版本|Version )[0-9.]+\.)? "
                 r"(?P<platform>[^（]+)（[0-9]{4}-[0-9]{2}-[0-9]{2}）\[YYYY-MM-DD\]\.( (?P<address>https?://\S+)\.)?")  # fmt: skip
"""责任者. 题名[DS/OL]. 版本. 平台（发布日期）[引用日期]. 获取路径. — there is no persistent identifier to give."""

_TEX = latex2text.get_default_latex_context_db()
_TEX.add_context_category("names of LaTeX that pylatexenc lacks or draws otherwise", prepend=True, macros=[
    latex2text.MacroTextSpec(name, discard=False, simplify_repl=sign)
    for name, sign in {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}.items()
])  # fmt: skip


def line(text: str) -> str:
    return " ".join(text.split())


def printed(text: str) -> str:
    """A BibTeX value as TeX would print it."""
    return latex2text.LatexNodes2Text(latex_context=_TEX, strict_latex_spaces=True).latex_to_text(text)


def bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    """Type, key and fields of the one entry that the text is."""
    library = bibtexparser.parse_string(text)
    assert len(library.blocks) == len(library.entries) == 1, text
    (entry,) = library.entries
    return entry.entry_type, entry.key, {field.key: field.value for field in entry.fields}


def ris(text: str) -> dict[str, object]:
    (read,) = rispy.loads(text)
    return read


def csl(text: str) -> str:
    """The citation that a CSL processor makes of an item."""
    (item,) = items = json.loads(text)
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = citeproc.CitationStylesBibliography(style, CiteProcJSON(items), citeproc.formatter.plain)
    bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    return "".join(map(str, bibliography.bibliography()[0]))


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
        ("", {"gbt2025": " Republished by Gull[", "apa": ". (n.d.). ", "chicago": ". n.d.. ", "gbt2015": ". Harbour Post["}),
    ],
)  # fmt: skip
def test_a_date_is_as_precise_as_it_is_known(issued: str, written: dict[str, str]):
    work = replace(ARTICLE, issued=issued)
    for form, text in written.items():
        assert text in citations.FORMS[form][1](work)
    for _, make in citations.FORMS.values():
        assert make(work)
    assert ("DA  - " in citations.ris(work)) == bool(issued)
    assert ("issued" in csl_item(work)) == ("year" in bibtex(citations.bibtex(work))[2]) == bool(issued)


def csl_item(work: Work) -> dict[str, object]:
    return json.loads(citations.csl_json(work))[0]


def test_bibtex_has_the_fields_of_its_kind():
    assert bibtex(citations.bibtex(WORK)) == ("dataset", "harbour-facts", {
        "author": "{Low Tide contributors}", "title": "{Harbour \\& sea}", "year": "2026", "month": "mar",
        "publisher": "Low Tide contributors", "version": "1.0.0", "url": "https://example.org/data/", "urldate": "YYYY-MM-DD",
    })  # fmt: skip
    kind, key, fields = bibtex(citations.bibtex(FACT))
    assert (kind, key, fields["howpublished"], fields["note"]) == ("misc", "sold-two", "Harbour", "sold-two")
    kind, _, fields = bibtex(citations.bibtex(ARTICLE))
    assert (kind, fields["journal"], fields["author"]) == ("article", "Harbour Post", "{Ada Li} and {Bo Wu}")
    assert "version" not in fields
    assert "url" not in bibtex(citations.bibtex(replace(WORK, address="")))[2]


def test_ris_has_the_fields_of_its_kind():
    assert citations.ris(FACT).split("\n") == [
        "TY  - DATA", "ID  - sold-two", "AU  - Low Tide contributors", "TI  - Two were sold", "T2  - Harbour", "PY  - 2026",
        "DA  - 2026/03/09", "PB  - Low Tide contributors", "LA  - en", "ET  - 1.0.0", "N1  - sold-two",
        "UR  - https://example.org/data/", "Y2  - YYYY-MM-DD", "ER  - ",
    ]  # fmt: skip
    assert [ris(citations.ris(work))["type_of_reference"] for work in KINDS.values()] == [
        "DATA", "DATA", "CHART", "ELEC", "NEWS",
    ]  # fmt: skip
    assert ris(citations.ris(ARTICLE))["authors"] == ["Ada Li", "Bo Wu"]


def test_csl_json_has_the_fields_of_its_kind():
    assert json.loads(citations.csl_json(FACT)) == [
        {
            "id": "sold-two",
            "type": "dataset",
            "title": "Two were sold",
            "container-title": "Harbour",
            "author": [{"literal": "Low Tide contributors"}],
            "issued": {"date-parts": [[2026, 3, 9]]},
            "publisher": "Low Tide contributors",
            "version": "1.0.0",
            "note": "sold-two",
            "URL": "https://example.org/data/",
            "accessed": {"literal": "YYYY-MM-DD"},
            "language": "en",
        }
    ]
    assert [csl_item(work)["type"] for work in KINDS.values()] == [
        "dataset", "dataset", "graphic", "webpage", "article-newspaper",
    ]  # fmt: skip
    assert csl(citations.csl_json(ARTICLE)) == (
        "Ada Li and Bo Wu (2026) “[A report]”, Harbour Post, 9 March. "
        "Available at: https://example.org/data/ (Accessed: YYYY-MM-DD)."
    )


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_a_title_holds_is_read_back(kind: str, text: str):
    work = replace(KINDS[kind], title=text, authors=(text, "Bo Wu"), container=text, note=text)
    _, _, fields = bibtex(citations.bibtex(work))
    assert printed(fields["title"]) == printed(fields["note"]) == line(text)
    assert printed(fields["author"]) == f"{line(text)} and Bo Wu"
    read = ris(citations.ris(work))
    assert (read["title"], read["secondary_title"], read["notes"]) == (line(text), line(text), [line(text)])
    item = csl_item(work)
    assert (item["title"], item["container-title"], item["author"][0]) == (text, text, {"literal": text})
    assert csl(citations.csl_json(work))
    for form in ("gbt2025", "gbt2015", "apa", "chicago"):
        assert "\n" not in citations.FORMS[form][1](replace(work, authors=("Bo Wu",), container="Harbour", note="x"))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_page_shows_every_form_to_the_letter(small: blocks.Content, text: str):
    work = replace(FACT, title=text)
    words = small.languages[0].words
    downloads = {".bib": "../cite.bib"}
    html = markup.block("citations.html", work=work, forms=citations.FORMS, id="one", words=words, downloads=downloads)
    page = bs4.BeautifulSoup(html, "html.parser")
    shown = [page.select_one(button["data-copy"]) for button in page.select("button")]
    assert [code.get_text() for code in shown] == [make(work) for _, make in citations.FORMS.values()]
    assert {span.get_text() for span in page.select("[data-today]")} == {citations.READ_ON}
    assert page.select_one("[download]")["href"] == "../cite.bib"
    for button in page.select("button"):
        assert button.find_next_sibling()["role"] == "status"
        assert button["data-copied"] and button["data-refused"]
    assert not page.select("script")


@pytest.mark.parametrize(("code", "title"), [("en", "A small project"), ("zh", "小项目"), ("fr", "A small project")])
def test_the_package_is_cited_in_the_language_of_the_page(small: blocks.Content, code: str, title: str):
    who = "Low Tide contributors"
    work = citations.of_package(small.dataset.package, code, "")
    assert work == Work("dataset", "small", title, (who,), who, "2022-03-10", "0.1.0", "", code)


def test_the_parts_are_cited_at_their_own_addresses(small: blocks.Content):
    data = small.dataset
    fact = next(iter(data.facts.values()))
    work = citations.of_fact(data, fact, "zh", f"{ADDRESS}zh/")
    assert (work.key, work.note, work.container) == (fact.fact_id, fact.fact_id, "小项目")
    assert work.title == fact.statement["zh"].rstrip("。")
    assert work.address == f"{ADDRESS}zh/facts/{fact.fact_id}/"
    chart = citations.of_chart(data.package, "sales", "Sales", "en", ADDRESS)
    assert (chart.key, chart.address) == ("chart-sales", f"{ADDRESS}charts/sales/")
    page = citations.of_page(data.package, "All facts", "facts/", "en", ADDRESS)
    assert (page.key, page.address) == ("small-facts", f"{ADDRESS}facts/")
    home = citations.of_page(data.package, "Home", "", "en", ADDRESS)
    assert (home.key, home.address) == ("small", ADDRESS)
    assert citations.of_fact(data, fact, "zh", "").address == ""
    assert citations.of_chart(data.package, "sales", "Sales", "en", "").address == ""
    assert citations.of_page(data.package, "All facts", "facts/", "en", "").address == ""


@pytest.mark.parametrize(
    ("code", "paper", "title", "seen"),
    [
        ("en", "Beijing Business Today", "[Report on the state of", "republished by China.com.cn Tech"),
        ("zh", "北京商报", "[关于社交电商平台", "中国网科技转载"),
    ],
)
def test_the_article_is_cited_by_its_paper_and_where_it_was_seen(
    real: blocks.Content, code: str, paper: str, title: str, seen: str
):
    work = citations.of_article(real.dataset, code)
    assert (work.authors, work.container, work.note) == ((paper,), paper, seen)
    assert work.title.startswith(title)
    assert (work.issued, work.address) == ("2022-03-09", real.dataset.article.url)


def test_an_article_that_is_not_seen_elsewhere_or_has_no_date_is_cited(small: blocks.Content):
    work = citations.of_article(small.dataset, "en")
    assert (work.title, work.container, work.note, work.issued) == (
        "[A made-up report]",
        "Harbour Post",
        "",
        "2022-03-09",
    )
    undated = replace(small.dataset.article, published=None)
    data = replace(small.dataset, sources={"report": undated}, speakers={})
    assert (citations.of_article(data, "en").authors, citations.of_article(data, "en").issued) == (
        ("Harbour Post",),
        "",
    )


def works(
    dataset: dataset.Dataset, drawn: dict[str, dict[str, engine.Chart]], code: str, address: str
) -> Iterator[Work]:
    yield citations.of_package(dataset.package, code, address)
    yield citations.of_article(dataset, code)
    yield citations.of_page(dataset.package, "x", "facts/", code, address)
    for fact in dataset.facts.values():
        yield citations.of_fact(dataset, fact, code, address)
    for slug, chart in drawn[code].items():
        yield citations.of_chart(dataset.package, slug, chart.title, code, address)


@pytest.mark.parametrize("address", ["", ADDRESS])
@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_real_fact_and_chart_is_cited_in_every_form(
    real: blocks.Content, drawn: dict[str, dict[str, engine.Chart]], code: str, address: str
):
    found = list(works(real.dataset, drawn, code, address))
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
        kind, key, fields = bibtex(citations.bibtex(work))
        assert (key, printed(fields["title"])) == (work.key, work.title)
        assert fields.get("url", "") == work.address
        read = ris(citations.ris(work))
        assert (read["id"], read["title"], read.get("urls", [""])) == (work.key, work.title, [work.address])
        assert work.title in csl(citations.csl_json(work))


def test_the_files_for_reference_managers_lie_beside_the_data(small: blocks.Content, public_site: Built):
    folder = public_site.site / "data" / "latest"
    for code, stem in (("en", "cite"), ("zh", "cite.zh")):
        work = citations.of_package(small.dataset.package, code, f"{ADDRESS}data/latest/")
        _, key, fields = bibtex((folder / f"{stem}.bib").read_text("utf-8"))
        assert (key, printed(fields["title"]), fields["url"]) == ("small", work.title, work.address)
        read = ris((folder / f"{stem}.ris").read_text("utf-8"))
        assert (read["title"], read["urls"]) == (work.title, [work.address])
        assert work.title in csl((folder / f"{stem}.json").read_text("utf-8"))
        for file in folder.glob(f"{stem}.*"):
            assert citations.READ_ON not in file.read_text("utf-8"), file.name


def test_the_citation_file_of_the_repository_is_valid():
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    run = subprocess.run([*check, str(THIS.root / "CITATION.cff")], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_a_citation_file_that_is_not_valid_would_be_seen(tmp_path):
    file = tmp_path / "CITATION.cff"
    file.write_text((THIS.root / "CITATION.cff").read_text("utf-8").replace("cff-version: 1.2.0", "cff-version: 9"))
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    assert subprocess.run([*check, str(file)], capture_output=True).returncode == 1
