"""Citations for reference managers, read back by libraries that read each form."""

import json
from dataclasses import replace

import bibtexparser
import citeproc
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from pylatexenc import latex2text

from scripts.pages.content import Content
from scripts.words import exchange, works
from scripts.words.works import Work
from tests.conftest import ADDRESS, Built
from tests.words.test_works import ARTICLE, FACT, HOSTILE, KINDS, WORK

_TEX = latex2text.get_default_latex_context_db()
_TEX.add_context_category("names of LaTeX that pylatexenc lacks or draws otherwise", prepend=True, macros=[
    latex2text.MacroTextSpec(name, discard=False, simplify_repl=sign)
    for name, sign in {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}.items()
])  # fmt: skip


def line(text: str) -> str:
    return " ".join(text.split())


def printed(text: str) -> str:
    """A BibTeX value as TeX prints it."""
    return latex2text.LatexNodes2Text(latex_context=_TEX, strict_latex_spaces=True).latex_to_text(text)


def bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    """Type, key and fields of the only entry of a text."""
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


def csl_item(work: Work) -> dict[str, object]:
    return json.loads(exchange.csl_json(work))[0]


def test_bibtex_has_the_fields_of_its_kind():
    assert bibtex(exchange.bibtex(WORK)) == ("misc", "harbour-facts", {
        "author": "{Low Tide contributors}", "title": "{Harbour \\& sea}", "year": "2026", "month": "mar", "howpublished": "Data set",
        "publisher": "Low Tide contributors", "version": "1.0.0", "url": "https://example.org/data/", "urldate": "YYYY-MM-DD",
    })  # fmt: skip
    kind, key, fields = bibtex(exchange.bibtex(FACT))
    assert (kind, key, fields["howpublished"], fields["note"]) == ("misc", "sold-two", "Harbour", "sold-two")
    kind, _, fields = bibtex(exchange.bibtex(ARTICLE))
    assert (kind, fields["journal"], fields["author"]) == ("article", "Harbour Post", "{Ada Li} and {Bo Wu}")
    assert "version" not in fields
    assert "url" not in bibtex(exchange.bibtex(replace(WORK, address="")))[2]
    assert [bibtex(exchange.bibtex(work))[0] for work in KINDS.values()] == ["misc"] * 4 + ["article"]


def test_biblatex_has_a_type_for_data():
    assert bibtex(exchange.biblatex(FACT)) == ("dataset", "sold-two", {
        "author": "{Low Tide contributors}", "title": "{Two were sold}", "date": "2026-03-09", "series": "Harbour",
        "publisher": "Low Tide contributors", "version": "1.0.0", "note": "sold-two", "url": "https://example.org/data/",
        "urldate": "YYYY-MM-DD",
    })  # fmt: skip
    assert [bibtex(exchange.biblatex(work))[0] for work in KINDS.values()] == ["dataset", "dataset", "dataset", "online", "article"]  # fmt: skip
    assert bibtex(exchange.biblatex(ARTICLE))[2]["journaltitle"] == "Harbour Post"


def test_ris_has_the_fields_of_its_kind():
    assert exchange.ris(FACT).split("\n") == [
        "TY  - DATA", "ID  - sold-two", "AU  - Low Tide contributors,", "TI  - Two were sold", "T2  - Harbour", "PY  - 2026",
        "DA  - 2026/03/09", "PB  - Low Tide contributors", "LA  - en", "ET  - 1.0.0", "N1  - sold-two",
        "UR  - https://example.org/data/", "Y2  - YYYY-MM-DD", "ER  - ",
    ]  # fmt: skip
    assert [ris(exchange.ris(work))["type_of_reference"] for work in KINDS.values()] == [
        "DATA", "DATA", "DATA", "ELEC", "NEWS",
    ]  # fmt: skip
    assert [ris(exchange.ris(work)).get("edition", "") for work in KINDS.values()] == ["1.0.0"] * 4 + [""]
    assert ris(exchange.ris(ARTICLE))["authors"] == ["Ada Li,", "Bo Wu,"]


def test_csl_json_has_the_fields_of_its_kind():
    assert json.loads(exchange.csl_json(FACT)) == [
        {
        "id": "sold-two", "type": "dataset", "genre": "Data set", "title": "Two were sold",
        "container-title": "Harbour", "author": [{"literal": "Low Tide contributors"}],
        "issued": {"date-parts": [[2026, 3, 9]]}, "publisher": "Low Tide contributors", "version": "1.0.0",
        "note": "sold-two", "URL": "https://example.org/data/", "accessed": {"literal": "YYYY-MM-DD"}, "language": "en",
    }
    ]  # fmt: skip
    assert [csl_item(work)["type"] for work in KINDS.values()] == [
        "dataset", "dataset", "dataset", "webpage", "article-newspaper",
    ]  # fmt: skip
    assert [csl_item(work).get("version", "") for work in KINDS.values()] == ["1.0.0"] * 4 + [""]
    assert csl(exchange.csl_json(ARTICLE)) == (
        "Ada Li and Bo Wu (2026) “[A report]”, Harbour Post, 9 March. "
        "Available at: https://example.org/data/ (Accessed: YYYY-MM-DD)."
    )


def test_citation_files_are_published_with_the_data(small: Content, public_site: Built):
    folder = public_site.site / "data" / "latest"
    for code, stem in (("en", "cite"), ("zh", "cite.zh")):
        work = works.of_package(small.dataset.package, code, f"{ADDRESS}data/latest/")
        _, key, fields = bibtex((folder / f"{stem}.bib").read_text("utf-8"))
        assert (key, printed(fields["title"]), fields["url"]) == (f"small-0.1.0-{code}", work.title, work.address)
        read = ris((folder / f"{stem}.ris").read_text("utf-8"))
        assert (read["title"], read["urls"]) == (work.title, [work.address])
        assert work.title in csl((folder / f"{stem}.json").read_text("utf-8"))
        for file in folder.glob(f"{stem}.*"):
            assert works.READ_ON not in file.read_text("utf-8"), file.name


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_any_title_round_trips_through_every_citation_format(kind: str, text: str):
    work = replace(KINDS[kind], title=text, authors=(text, "Bo Wu"), container=text, note=text)
    _, _, fields = bibtex(exchange.bibtex(work))
    assert printed(fields["title"]) == printed(fields["note"]) == line(text)
    assert printed(fields["author"]) == f"{line(text)} and Bo Wu"
    read = ris(exchange.ris(work))
    assert (read["title"], read["secondary_title"], read["notes"]) == (line(text), line(text), [line(text)])
    item = csl_item(work)
    assert (item["title"], item["container-title"], item["author"][0]) == (text, text, {"literal": text})
    assert csl(exchange.csl_json(work))
