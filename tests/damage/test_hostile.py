"""Hostile text in every cell that accepts text: each page escapes it, and it reads back unchanged from each format."""

import contextlib
import csv
import io
import json
import re
import sqlite3
import urllib.parse
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import bibtexparser
import bs4
import openpyxl
import pandas
import pytest
import rispy

from scripts.paths import Project
from tests import browser
from tests.conftest import ADDRESS, SMALL, Built, Once, built, copied, damage, problems, soup
from tests.sampled import some

HARM = (
    """"' onmouseover="window.canary='a'" autofocus onfocus='window.canary="b"' {window.canary='c'} ${window.canary='d'} """
    """`window.canary='e'` {{ fact owner-view }} {{x}} {% raw %} {# #} %s%n%(x)s [a](javascript:window.canary='f') *p* _q_ **r** {: .s } """
    """![b](x"onerror="window.canary='g') << = [[ ]]> --> */ \\end{x} $\\alpha$ @misc{y, title={z}} ER - || = n: !!! o ~m~ ^l^ # & ;"""
)
"""Text that `check` accepts in a cell, since prose may contain it. It starts and ends with punctuation."""

SHORT = {"events.title_en", "events.title_zh"}  # columns whose cells are limited to fewer characters
ENDS = (".", "。")


@pytest.mark.parametrize("text", ["a\u202eb", "a\u200bb", "</script>", "<b>x</b>"])
@pytest.mark.parametrize("file", ["datapackage/datapackage.json", "datapackage/data/caveats.schema.json"])
def test_markup_or_invisible_character_in_a_descriptor_is_reported_with_its_line(copy: Project, file: str, text: str):
    damage(copy, file, ('"description": "', f'"description": "{text}'))
    fault = "HTML in" if "<" in text else f"hidden character U+{ord(text[1]):04X};"
    lines = (copy.root / file).read_text("utf-8").splitlines()
    line = next(number for number, said in enumerate(lines, start=1) if text in said)
    assert any(said.startswith(f"{file}:{line}: ") and fault in said for said in problems(copy))


class Sheets:
    """The tables of a project, read and written as dictionaries."""

    def __init__(self, project: Project) -> None:
        self.home = project.root / "datapackage" / "data"
        self.tables = {file.stem: self.read(file) for file in sorted(self.home.glob("*.csv"))}

    @staticmethod
    def read(file: Path) -> list[dict[str, str]]:
        with file.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def write(self) -> None:
        for name, rows in self.tables.items():
            if rows:
                with (self.home / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
                    writer.writeheader()
                    writer.writerows(rows)


def poisoned(folder: Path) -> Project:
    """The small project with `HARM` in every text of its tables and descriptor."""
    project = copied(SMALL, folder)
    sheets = Sheets(project)
    names = {code: {e[f"name_{code}"]: f"{e[f'name_{code}']} {HARM}" for e in sheets.tables["entities"]} for code in ("en", "zh")}  # fmt: skip
    for table, rows in sheets.tables.items():
        for row in rows:
            for column in [c for c in row if c[-3:] in ("_en", "_zh")] + ["title"] * (table == "sources"):
                row[column] = _harmed(f"{table}.{column}", row[column], names.get(column[-2:], {}))
            for column in ("publisher", "locator") if table in ("sources", "evidence") else ():
                if row.get(column):
                    row[column] += f" {HARM}"
    sheets.write()
    descriptor = json.loads(project.descriptor.read_text("utf-8"))
    for key in ("title", "title_zh", "description", "description_zh"):
        descriptor[key] += f" {HARM}"
    descriptor["contributors"][0]["title"] += f" {HARM}"
    descriptor["keywords"].append(HARM)
    project.descriptor.write_text(json.dumps(descriptor, ensure_ascii=False, indent=2), "utf-8")
    return project


def _harmed(place: str, text: str, names: dict[str, str]) -> str:
    if place in SHORT or not text:
        return text
    if place.startswith("speakers.name"):
        return f"{HARM} {text}"
    if place.startswith("entities.name"):
        return names[text]
    for name, longer in names.items():
        text = re.sub(re.escape(name), lambda _, longer=longer: longer, text, flags=re.IGNORECASE)
    end = text[-1] if text.endswith(ENDS) else ""
    return f"{text.removesuffix(end)} {HARM}{end}"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return poisoned(tmp_path_factory.mktemp("hostile") / "tables")


@pytest.fixture(scope="module")
def sheets(project: Project) -> dict[str, list[dict[str, str]]]:
    return Sheets(project).tables


@pytest.fixture(scope="module")
def hostile(project: Project, once: Once) -> Built:
    """The site of the small project with `HARM` in every text."""
    return once("hostile-tables", lambda folder: built(copied(project, folder), ADDRESS))


def test_every_text_column_is_hostile(sheets: dict[str, list[dict[str, str]]]):
    held = {f"{t}.{c}" for t, rows in sheets.items() for row in rows for c, cell in row.items() if HARM in cell}
    texts = {
        f"{t}.{c}"
        for t, rows in sheets.items()
        for row in rows
        for c, cell in row.items()
        if c[-3:] in ("_en", "_zh") and cell
    }
    assert texts - held == SHORT
    assert len(held) > 25


def test_every_table_format_reads_back_unchanged(hostile: Built, sheets: dict[str, list[dict[str, str]]]):
    home = hostile.site / "data" / "latest"
    book = openpyxl.load_workbook(next(home.glob("*.xlsx")), read_only=True)
    database = sqlite3.connect(next(home.glob("*.sqlite")))
    with zipfile.ZipFile(home / "facts.zip") as pack:
        names = {Path(name).name: name for name in pack.namelist()}
        for name, rows in sheets.items():
            assert Sheets.read(home / "data" / f"{name}.csv") == rows
            assert pack.read(names[f"{name}.csv"]) == (home / "data" / f"{name}.csv").read_bytes()
            for column in [c for c in (rows[0] if rows else {}) if any(HARM in row[c] for row in rows)]:
                wanted = [row[column] for row in rows]
                told = json.loads((home / "json" / f"{name}.json").read_text("utf-8"))
                told = told if isinstance(told, list) else next(v for v in told.values() if isinstance(v, list))
                frame = pandas.read_parquet(home / "parquet" / name / f"{name}.parquet")
                sheet = [list(line) for line in book[name].iter_rows(values_only=True)]
                found = {
                    "json": [row[column] for row in told],
                    "parquet": list(frame[column]),
                    "xlsx": [line[sheet[0].index(column)] for line in sheet[1:]],
                    "sqlite": [cell for (cell,) in database.execute(f'SELECT "{column}" FROM "{name}"')],
                }
                for form, read in found.items():
                    assert sorted(map(str, read)) == sorted(wanted), (form, name, column)
    database.close()


def test_json_of_facts_reads_back_unchanged(hostile: Built, sheets: dict[str, list[dict[str, str]]]):
    every = json.loads((hostile.site / "facts.json").read_text("utf-8"))["facts"]
    for told, row in zip(every, sheets["facts"], strict=True):
        one = json.loads((hostile.site / "facts" / f"{row['fact_id']}.json").read_text("utf-8"))
        assert HARM in json.dumps(one, ensure_ascii=False).replace('\\"', '"').replace("\\\\", "\\")
        for statement in (told["statement"], one["statement"]):
            assert statement == {"en": row["statement_en"], "zh": row["statement_zh"]}


@pytest.mark.parametrize("code", ["en", "zh"])
def test_citations_read_back_unchanged(hostile: Built, project: Project, code: str):
    home, suffix = hostile.site / "data" / "latest", "" if code == "en" else ".zh"
    descriptor = json.loads(project.descriptor.read_text("utf-8"))
    title, author = descriptor["title" if code == "en" else "title_zh"], descriptor["contributors"][0]["title"]
    (csl, *_) = json.loads((home / f"cite{suffix}.json").read_text("utf-8"))
    assert (csl["title"], csl["author"][0]["literal"]) == (title, author)
    (ris, *_) = rispy.loads((home / f"cite{suffix}.ris").read_text("utf-8"))
    assert title in (ris.get("title"), ris.get("primary_title"))
    assert f"{author}," in ris["authors"]  # the comma stops a reader from splitting it like a person's name
    library = bibtexparser.parse_string((home / f"cite{suffix}.bib").read_text("utf-8"))
    assert library.failed_blocks == []
    assert len(library.entries) == len(json.loads((home / f"cite{suffix}.json").read_text("utf-8")))


@pytest.mark.parametrize("code", ["en", "zh"])
def test_files_of_a_chart_are_valid_and_contain_no_scripts(
    hostile: Built, sheets: dict[str, list[dict[str, str]]], code: str
):
    home = hostile.site / "charts"
    rows = list(csv.reader(io.StringIO((home / f"sales.{code}.csv").read_text("utf-8-sig"), newline="")))
    name = sheets["entities"][0][f"name_{code}"]
    assert {row[rows[0].index(rows[0][1])] for row in rows[1:]} == {name}
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))] == []
    drawing = ElementTree.fromstring((home / f"sales.{code}.svg").read_text("utf-8"))
    tags = {element.tag.rpartition("}")[2] for element in drawing.iter()}
    assert not tags & {"script", "foreignObject", "a", "image", "animate", "set"}
    assert [a for element in drawing.iter() for a in element.attrib if a.lower().startswith("on")] == []
    explored = json.loads((home / f"sales.{code}.explore.json").read_text("utf-8"))
    assert HARM in re.sub(r'\\(["\\])', r"\1", json.dumps(explored, ensure_ascii=False))
    for file in ("sales.metadata.json", "sales.vl.json"):
        json.loads((home / file).read_text("utf-8"))


def unset(page: bs4.BeautifulSoup) -> bs4.BeautifulSoup:
    """A page without the spans that `typeset` puts around text in another script or text that stays on one line."""
    for span in page.select("span.lt-whole, span[lang]:not([class])"):
        span.unwrap()
    page.smooth()
    return page


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_hostile_text_adds_no_element_attribute_or_script_address_to_a_page(hostile: Built, public_site: Built):
    """Every page has the same elements as with harmless texts, no event handler, and no `javascript:` address."""
    for file in pages(hostile.site):
        harmed, plain = (soup(where / file.relative_to(hostile.site)) for where in (hostile.site, public_site.site))
        for shown in map(unset, (harmed, plain)):  # a statement too long for the heading is repeated below it
            for alone in shown.select(".lt-finding__statement--alone"):
                alone.decompose()
        page = file.relative_to(hostile.site).as_posix()
        assert [tag.name for tag in harmed.body.find_all(True)] == [tag.name for tag in plain.body.find_all(True)], page
        for tag in harmed.find_all(True):
            assert [name for name in tag.attrs if name.startswith("on") or name == "autofocus"] == [], (page, tag.name)
            for name in ("href", "src", "action", "formaction", "srcset", "style"):
                assert "javascript:" not in urllib.parse.unquote(str(tag.get(name, ""))).split("?")[0], (page, tag.name)
        for script in harmed.select('script[type="application/ld+json"]'):
            json.loads(script.string)


def test_pages_show_hostile_text_verbatim(hostile: Built, sheets: dict[str, list[dict[str, str]]]):
    for root, code, other in (("", "en", "zh"), ("zh/", "zh", "en")):
        register = soup(hostile.site / root / "facts/index.html")
        shown = {article["id"]: article for article in register.select("article.lt-fact")}
        for row in sheets["facts"]:
            article = shown[row["fact_id"]]
            assert article.select_one(".lt-fact__statement").get_text() == row[f"statement_{code}"]
            assert article.select_one(".lt-fact__twin").get_text() == row[f"statement_{other}"]
        for page, table, column in (
            ("glossary", "glossary", "definition"), ("lists", "caveats", "sentence"), ("lists", "metrics", "name"),
            ("methods", "speakers", "name"), ("platforms", "entities", "note"),
        ):  # fmt: skip
            text = soup(hostile.site / root / page / "index.html").get_text()
            assert [row for row in sheets[table] if row[f"{column}_{code}"] not in text] == [], page
        gone = next(row for row in sheets["withdrawals"] if row["kind"] == "chart")
        for page in (f"charts/{gone['withdrawn_id']}", f"embed/{gone['withdrawn_id']}"):
            assert gone[f"reason_{code}"] in soup(hostile.site / root / page / "index.html").get_text(), page
    ElementTree.fromstring((hostile.site / "sitemap.xml").read_text("utf-8"))


TOUCH = """() => {
  for (const one of document.querySelectorAll("*")) {
    for (const kind of ["mouseover", "mouseenter", "focus", "click"]) {
      if (kind !== "click" || !one.closest("a, form, button, summary, label")) one.dispatchEvent(new Event(kind));
    }
  }
  for (const one of document.querySelectorAll("details")) one.open = true;
}"""


def test_no_hostile_script_runs_in_a_browser(hostile: Built, chromium: browser.sync_api.Browser):
    """Without the content policy, so that only escaping protects the pages."""
    with browser.serve(hostile.site) as server, browser.visit(chromium, bypass_csp=True) as page:
        said: list[str] = []
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: said.append(str(error)))
        for file in some(pages(hostile.site), 3):
            path = file.relative_to(hostile.site).as_posix().removesuffix("index.html")
            page.goto(server.address + path)
            page.evaluate(TOUCH)
            for button in page.locator(".lt-explore, [data-explore]").all():
                with contextlib.suppress(browser.sync_api.Error):
                    button.click(timeout=2_000)
                    page.wait_for_timeout(500)
            assert page.evaluate("window.canary") is None, path
        for root in ("", "zh/"):
            page.goto(f"{server.address}{root}facts/?q={urllib.parse.quote(HARM)}#{urllib.parse.quote(HARM)}")
            page.wait_for_timeout(200)
            assert page.evaluate("window.canary") is None, root
        assert said == []


def test_script_that_runs_would_be_noticed(chromium: browser.sync_api.Browser, tmp_path: Path):
    (tmp_path / "index.html").write_text("""<p onmouseover="window.canary='x'">a</p>""", "utf-8")
    with browser.serve(tmp_path) as server, browser.visit(chromium, bypass_csp=True) as page:
        page.goto(server.address)
        page.evaluate(TOUCH)
        assert page.evaluate("window.canary") == "x"
