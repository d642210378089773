import datetime
import json
import re
from dataclasses import replace

import pytest

from scripts import blocks, citations
from scripts.citations import Work

WORK = Work(
    key="harbour-facts",
    title="Harbour & sea",
    authors=("Low Tide contributors",),
    publisher="Low Tide contributors",
    issued=datetime.date(2026, 3, 9),
    version="1.0.0",
    address="https://example.org/data/",
    language="en",
    data=True,
)
ARTICLE = replace(WORK, authors=("Ada Li", "Bo Wu"), publisher="Harbour Post", version="", data=False)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("gbt2025", "Low Tide contributors. Harbour & sea[DS/OL]. 版本1.0.0. Low Tide contributors（2026-03-09）[YYYY-MM-DD]. https://example.org/data/."),
        ("gbt2015", "Low Tide contributors. Harbour & sea[DS/OL]. (2026-03-09)[YYYY-MM-DD]. https://example.org/data/."),
        ("apa", "Low Tide contributors. (2026). Harbour & sea (Version 1.0.0) [Data set]. https://example.org/data/"),
        ("chicago", "Low Tide contributors. 2026. “Harbour & sea.” Version 1.0.0. Data set. https://example.org/data/."),
    ],
)  # fmt: skip
def test_a_data_set_with_an_address_is_cited(form: str, text: str):
    assert citations.FORMS[form][1](WORK) == text


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (
            "gbt2025",
            "Low Tide contributors. Harbour & sea[DS]. 版本1.0.0. Low Tide contributors（2026-03-09）[YYYY-MM-DD].",
        ),
        ("gbt2015", "Low Tide contributors. Harbour & sea[DS]. (2026-03-09)[YYYY-MM-DD]."),
        ("apa", "Low Tide contributors. (2026). Harbour & sea (Version 1.0.0) [Data set]."),
        ("chicago", "Low Tide contributors. 2026. “Harbour & sea.” Version 1.0.0. Data set."),
    ],
)
def test_a_data_set_without_an_address_is_cited(form: str, text: str):
    assert citations.FORMS[form][1](replace(WORK, address="")) == text


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (
            "gbt2025",
            "Ada Li, Bo Wu. Harbour & sea[EB/OL]. Harbour Post（2026-03-09）[YYYY-MM-DD]. https://example.org/data/.",
        ),
        ("gbt2015", "Ada Li, Bo Wu. Harbour & sea[N/OL]. (2026-03-09)[YYYY-MM-DD]. https://example.org/data/."),
        ("apa", "Ada Li & Bo Wu. (2026). Harbour & sea. Harbour Post. https://example.org/data/"),
        ("chicago", "Ada Li and Bo Wu. 2026. “Harbour & sea.” Harbour Post. https://example.org/data/."),
    ],
)
def test_an_article_is_cited_with_its_publisher(form: str, text: str):
    assert citations.FORMS[form][1](ARTICLE) == text


def test_bibtex_keeps_names_whole():
    assert citations.bibtex(replace(WORK, address="")).splitlines() == [
        "@dataset{harbour-facts,",
        "  author = {{Low Tide contributors}},",
        "  title = {{Harbour \\& sea}},",
        "  year = {2026},",
        "  publisher = {Low Tide contributors},",
        "  version = {1.0.0}",
        "}",
    ]
    assert "  author = {{Ada Li} and {Bo Wu}},\n" in citations.bibtex(ARTICLE)
    assert citations.bibtex(ARTICLE).startswith("@misc{")
    assert citations.bibtex(WORK).endswith("  url = {https://example.org/data/}\n}")


@pytest.mark.parametrize(
    ("character", "written"),
    [
        ("&", r"\&"), ("%", r"\%"), ("$", r"\$"), ("#", r"\#"), ("_", r"\_"), ("~", r"\textasciitilde{}"),
        ("^", r"\textasciicircum{}"), ("\\", r"\textbackslash{}"), ("{", r"\textbraceleft{}"), ("}", r"\textbraceright{}"),
        ("云", "云"),
    ],
)  # fmt: skip
def test_bibtex_escapes_what_tex_would_read(character: str, written: str):
    text = citations.bibtex(replace(WORK, title=f"A {character} B"))
    assert f"  title = {{{{A {written} B}}}},\n" in text
    assert text.count("{") == text.count("}")


def test_ris_has_one_tag_a_line_and_an_end():
    assert citations.ris(WORK).split("\n") == [
        "TY  - DATA",
        "AU  - Low Tide contributors",
        "TI  - Harbour & sea",
        "PY  - 2026",
        "DA  - 2026/03/09",
        "PB  - Low Tide contributors",
        "LA  - en",
        "ET  - 1.0.0",
        "UR  - https://example.org/data/",
        "ER  - ",
    ]
    article = citations.ris(replace(ARTICLE, address=""))
    assert article.startswith("TY  - NEWS\nAU  - Ada Li\nAU  - Bo Wu\n")
    assert all(re.fullmatch(r"[A-Z]{2}  - .*", line) for line in article.split("\n"))
    assert "UR  - " not in article
    assert "ET  - " not in article


def test_csl_json_is_a_list_of_one_item():
    assert json.loads(citations.csl_json(WORK)) == [
        {
            "id": "harbour-facts",
            "type": "dataset",
            "title": "Harbour & sea",
            "author": [{"literal": "Low Tide contributors"}],
            "issued": {"date-parts": [[2026, 3, 9]]},
            "publisher": "Low Tide contributors",
            "version": "1.0.0",
            "URL": "https://example.org/data/",
            "language": "en",
        }
    ]
    article = json.loads(citations.csl_json(replace(ARTICLE, address="")))[0]
    assert article["type"] == "article-newspaper"
    assert "URL" not in article
    assert "version" not in article


@pytest.mark.parametrize(("code", "title"), [("en", "A small project"), ("zh", "小项目"), ("fr", "A small project")])
def test_the_package_is_cited_in_the_language_of_the_page(small: blocks.Content, code: str, title: str):
    work = citations.of_package(small.dataset.package, code, "")
    assert work == Work(
        "small",
        title,
        ("Low Tide contributors",),
        "Low Tide contributors",
        datetime.date(2022, 3, 10),
        "0.1.0",
        "",
        code,
        True,
    )


def test_every_form_cites_the_real_package(real: blocks.Content):
    work = citations.of_package(real.dataset.package, "zh", "")
    for name, make in citations.FORMS.values():
        assert work.title in make(work).replace("\\", ""), name
