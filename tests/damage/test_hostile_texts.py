"""Hostile text in every input: it is shown verbatim, none of it becomes markup, and each format reads it back unchanged.

Each text has a unique mark, so that one build is enough to find each of them in every page and file.
"""

import csv
import itertools
import json
import re
import shutil
import sqlite3
import string
import urllib.parse
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import bibtexparser
import bs4
import lxml.html
import openpyxl
import pandas
import pytest
import rispy
import yaml

from scripts import commands
from scripts.drawing import engine
from scripts.paths import TEMPLATES, Project
from scripts.words import languages, markup
from tests import browser
from tests.conftest import ADDRESS, SMALL, SMALL_CHARTS, Once, built, damage, elements, problems, rows_of, write_rows
from tests.sampled import some
from tests.test_publishing import bump, commit

PLAIN = (
    """"' onmouseover="window.canary='a'" autofocus onfocus='window.canary="b"' {window.canary='c'} ${window.canary='d'} """
    """`window.canary='e'` {{ fact owner-view }} {{x}} {% raw %} {# #} %s%n%(x)s [a](javascript:window.canary='f') *p* _q_ **r** {: .s } """
    """![b](x"onerror="window.canary='g') A & B <= c > d << = [[ ]]> --> */ /> -- \\n \\end{x} $\\alpha$ @misc{y, title={z}} ER - || = n: """
    """!!! o ~m~ ^l^ # & ; """
)
HARM = (
    """A & B < C > d ]]> -- "e" 'f' *g* _h_ `i` [j](javascript:canary) | \\n # &lt;k&gt; &amp;amp; </title></textarea></style></script>"""
    """</svg></a></p>--><script>window.canary='l'</script><img src=m onerror="window.canary='n'">" onfocus="window.canary='o'" autofocus x='"""
)
"""For inputs that accept any text; `PLAIN` is for tables and the descriptor, which refuse HTML."""

WORDS = yaml.safe_load((SMALL.docs / "en" / "_language.yml").read_text("utf-8"))
SETTINGS = ("locale", "builder_language", "grouping", "search", "brief_citations")  # words that are never shown
UNSEEN = ("words.site_title", "words.range", "words.since", "words.voices")  # words that the small project does not use
KINDS = (
    *(f"head.{key}" for key in ("title", "description")),
    *(f"chart.{name}" for name in ("title", "subtitle", "alt", "words", "columns", "note")),
    *(
        f"table.{name}"
        for name in ("caveats", "checks", "corrections", "entities", "evidence", "facts", "figures", "glossary")
    ),
    *(f"table.{name}" for name in ("metrics", "sources", "speakers", "withdrawals")),
    *(f"descriptor.{key}" for key in ("title", "description", "keywords", "contributors", "licenses", "resources")),
    *(f"words.{group}" for group in WORDS if group not in SETTINGS),
)
SHORT = {"events.title_en", "events.title_zh"}  # columns whose cells are limited to fewer characters
ENDS = (".", "。")
PASTED = ("<div ", "<blockquote ")  # starts of the code that embeds a chart or a fact
MARK = re.compile("Zq[a-z]{3}z")  # without digits, which prose must not contain


def tables_of(project: Project) -> dict[str, list[dict[str, str]]]:
    """The rows of every table of a project."""
    return {
        file.stem: rows_of(project, file.stem) for file in sorted((project.descriptor.parent / "data").glob("*.csv"))
    }


@dataclass(frozen=True, slots=True)
class Harm:
    """The texts put into a project: by mark, the kind of input, the exact place, and the text."""

    kinds: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def put(self, kind: str, place: str, text: str, harm: str = HARM) -> str:
        """A text followed by a new mark and hostile text."""
        many, letters = len(self.kinds), string.ascii_lowercase
        mark = f"Zq{letters[many // 676]}{letters[many // 26 % 26]}{letters[many % 26]}z"
        self.kinds[mark], self.places[mark], self.texts[mark] = kind, place, f"{mark} {harm}{mark}"
        return f"{text} {self.texts[mark]}".lstrip()

    def word(self, kind: str, place: str, word: object) -> object:
        """A word, or each word of a group, followed by hostile text."""
        if isinstance(word, dict):
            return {key: self.word(kind, f"{place}.{key}", some) for key, some in word.items()}
        if isinstance(word, list):
            return [self.word(kind, f"{place}.{number}", some) for number, some in enumerate(word)]
        return self.put(kind, place, word) if isinstance(word, str) else word


def write(file: Path, value: object, before: str = "", after: str = "") -> None:
    file.write_text(before + yaml.safe_dump(value, allow_unicode=True, sort_keys=False) + after, "utf-8")


def in_words(harm: Harm, project: Project, code: str) -> None:
    file = project.docs / code / "_language.yml"
    words = yaml.safe_load(file.read_text("utf-8"))
    write(file, {key: word if key in SETTINGS else harm.word(f"words.{key}", f"{code}.{key}", word) for key, word in words.items()})  # fmt: skip


def in_heads(harm: Harm, project: Project, code: str) -> None:
    for file in sorted((project.docs / code).glob("*.md")):
        _, head, body = file.read_text("utf-8").split("---\n", 2)
        texts = yaml.safe_load(head)
        texts |= {key: harm.put(f"head.{key}", f"{code}/{file.stem}", texts[key]) for key in ("title", "description")}
        write(file, texts, "---\n", f"---\n{body}")


def in_tables(harm: Harm, project: Project) -> None:
    """Hostile text in every text of the tables; entities are called by their changed names."""
    tables = tables_of(project)
    names = {
        code: {row[column]: harm.put("table.entities", f"entities.{column} {line}", row[column], PLAIN)
               for line, row in enumerate(tables["entities"], start=2)}
        for code, column in (("en", "name_en"), ("zh", "name_zh"))
    }  # fmt: skip
    for table, rows in tables.items():
        for line, row in enumerate(rows, start=2):
            for column in (column for column in row if row[column] and is_text(table, column)):
                place, known = f"{table}.{column} {line}", names.get(column[-2:], {})
                if place.startswith("entities.name_"):
                    row[column] = known[row[column]]
                elif column == "title_en" and row.get("language") == "en":
                    row[column] = row["title"]  # the same, and no translation
                else:
                    row[column] = _harmed(harm, place, row[column], known)
        write_rows(project, table, rows)


def is_text(table: str, column: str) -> bool:
    """Whether cells of a column accept any text."""
    if f"{table}.{column}" in SHORT:
        return False
    return column[-3:] in ("_en", "_zh") or f"{table}.{column}" in (
        "sources.title",
        "sources.publisher",
        "evidence.locator",
    )


def _harmed(harm: Harm, place: str, text: str, names: dict[str, str]) -> str:
    """A cell with hostile text at its end, but before the name of a speaker, since a name ends with its noun."""
    kind = f"table.{place.partition('.')[0]}"
    if place.startswith("speakers.name"):
        return f"{harm.put(kind, place, '', PLAIN)} {text}"
    for name, longer in names.items():
        text = re.sub(re.escape(name), lambda _, longer=longer: longer, text, flags=re.IGNORECASE)
    end = text[-1] if text.endswith(ENDS) else ""
    return harm.put(kind, place, text.removesuffix(end), PLAIN) + end


def in_descriptor(harm: Harm, project: Project) -> None:
    descriptor = json.loads(project.descriptor.read_text("utf-8"))
    texts = ("title", "title_zh", "description", "description_zh")
    descriptor |= {key: harm.put(f"descriptor.{key.removesuffix('_zh')}", key, descriptor[key], PLAIN) for key in texts}
    descriptor["keywords"].append(harm.put("descriptor.keywords", "", "", PLAIN))
    for key in ("contributors", "licenses"):
        descriptor[key][0]["title"] = harm.put(f"descriptor.{key}", "title", descriptor[key][0]["title"], PLAIN)
    for resource in descriptor["resources"]:
        place = resource["name"]
        resource |= {key: harm.put("descriptor.resources", f"{place}.{key}", resource[key], PLAIN) for key in texts}
    project.descriptor.write_text(json.dumps(descriptor, ensure_ascii=False, indent=2), "utf-8")
    record = yaml.safe_load((project.root / "CITATION.cff").read_text("utf-8"))
    same = {"title": descriptor["title"], "authors": [{"name": descriptor["contributors"][0]["title"]}]}
    write(project.root / "CITATION.cff", record | same)


def in_builder_config(harm: Harm, project: Project) -> None:
    config = yaml.safe_load(project.builder_config.read_text("utf-8"))
    write(project.builder_config, config | {"site_name": harm.put("mkdocs.site_name", "", config["site_name"])})


def in_captions(harm: Harm, project: Project, code: str) -> None:
    """Hostile text in every caption of the small project's chart and in added names of its columns."""
    file = project.docs / code / "charts" / "sales.md"
    _, head, note = file.read_text("utf-8").split("---\n", 2)
    texts = yaml.safe_load(head) | {"columns": {"name": "Who", "text": "What"}}
    texts = {key: harm.word(f"chart.{key}", f"{code}.{key}", word) for key, word in texts.items()}
    write(file, texts, "---\n", f"---\n{harm.put('chart.note', f'{code}.note', note.strip())}\n")


def strings(value: object) -> Iterator[str]:
    """Yield every text of a JSON value, including names of properties."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from strings(one)


def shown(text: str) -> Iterator[str]:
    """Yield every text of an HTML page: content, names and values of attributes, embedded JSON."""
    page = lxml.html.document_fromstring(text.strip() or "<p>")
    for span in page.xpath('//span[@class="lt-whole" or @lang and not(@class)]'):
        span.drop_tag()  # set by `typeset`
    for element in page.iter():
        if element.tag == "script" and "json" in element.get("type", ""):
            yield from strings(json.loads(element.text))
            element.text = None
        for found in filter(None, (element.text, element.tail)):
            yield from shown(found) if found.startswith(PASTED) else [found]
        yield from itertools.chain(*element.attrib.items())


def read(file: Path) -> Iterator[str]:
    """Yield every text of a file of the site; the search index has HTML, with zero-width spaces between words."""
    if file.suffix == ".json":
        for text in strings(json.loads(file.read_text("utf-8"))):
            coded = file.parent.name == "search" or text.startswith(PASTED)
            yield from shown(text.replace("\u200b", "")) if coded else [text]
    elif file.suffix == ".xml":
        for element in ElementTree.fromstring(file.read_text("utf-8")).iter():
            yield from (element.text or "", *element.attrib.values())
    elif file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as lines:
            yield from (cell for row in csv.reader(lines) for cell in row)
    elif file.suffix in (".html", ".txt", ".ris"):
        text = file.read_text("utf-8")
        yield from shown(text) if file.suffix == ".html" else [text]


@dataclass(frozen=True, slots=True)
class Hostile:
    """The site with hostile texts, and by mark every file and text in which it appears."""

    harm: Harm
    site: Path
    found: dict[str, list[tuple[str, str]]]


@pytest.fixture(scope="module")
def hostile(two_editions: Project, once: Once) -> Hostile:
    return once("hostile", lambda folder: attacked(Project(shutil.copytree(two_editions.root, folder))))


def attacked(project: Project) -> Hostile:
    harm = Harm()
    for code in ("en", "zh"):
        in_words(harm, project, code)
        in_heads(harm, project, code)
        in_captions(harm, project, code)
    in_tables(harm, project)
    in_descriptor(harm, project)
    in_builder_config(harm, project)
    bump(project, "0.1.2", "0.1.1")
    commit(project)
    with pytest.MonkeyPatch.context() as patch:  # accept words that check refuses, to test the escaping behind it
        patch.setattr(languages.word_files, "check", lambda words, locale: iter(()))
        commands.release(project, "0.1.2", lambda line: None, drawings=SMALL_CHARTS)
        site = built(project, ADDRESS).site
    found: dict[str, list[tuple[str, str]]] = {mark: [] for mark in harm.kinds}
    for file in sorted(file for file in site.rglob("*") if file.is_file()):
        for text in read(file):
            for mark in set(MARK.findall(text)):
                found[mark].append((file.relative_to(site).as_posix(), text))
    return Hostile(harm, site, found)


ELSEWISE = re.compile(r"^\[\{\n|^datum\.value|@\w+\{[^,\s]+,\n")
"""Texts with other escapes: CSL, a Vega expression, BibTeX."""
CUT = "…"  # the end of a text that was shortened to fit


def whole(harm: str, text: str) -> bool:
    """Whether a text has a hostile one completely, or the start of it if it was shortened."""
    start, cut, _ = text[text.index(harm[:6]) :].partition(CUT)
    return harm in text or (cut != "" and harm.startswith(start))


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_is_shown_verbatim(hostile: Hostile, kind: str):
    harm, own = hostile.harm, [mark for mark, some in hostile.harm.kinds.items() if some == kind]
    came = {harm.places[mark]: hostile.found[mark] for mark in own}
    if kind.startswith("words."):  # the small project has no row for each of them
        assert any(came.values()) != (kind in UNSEEN)
    else:
        assert [place for place, found in came.items() if not found] == []
    wrong = [
        (harm.places[mark], file, text)
        for mark in own
        for file, text in hostile.found[mark]
        if not ELSEWISE.search(text) and not whole(harm.texts[mark], text)
    ]
    assert wrong == []


def test_every_kind_of_input_is_hostile(hostile: Hostile):
    assert {*hostile.harm.kinds.values()} == {*KINDS, "mkdocs.site_name"}
    columns = {place.partition(" ")[0] for place in hostile.harm.places.values()}
    for name, rows in tables_of(SMALL).items():
        filled = {f"{name}.{column}" for row in rows for column in row if row[column] and column[-3:] in ("_en", "_zh")}
        assert filled - SHORT <= columns


def test_site_name_of_the_builder_settings_is_never_shown(hostile: Hostile):
    (mark,) = (mark for mark, kind in hostile.harm.kinds.items() if kind == "mkdocs.site_name")
    assert hostile.found[mark] == []


@pytest.mark.parametrize("sink", ["index.html", "zh/404.html", "charts/sales/index.html", "embed/sales/index.html", "data/v0.1.0/index.html",
                                  "feed.xml", "zh/search/search_index.json", "charts/sales.metadata.json", "charts/sales.zh.oembed.json",
                                  "facts/stall-closed.en.oembed.json", "facts/stall-closed.json", "data/latest/cite.ris"])  # fmt: skip
def test_hostile_text_is_found_in_every_kind_of_file(hostile: Hostile, sink: str):
    assert [mark for mark, found in hostile.found.items() if sink in {file for file, _ in found}]


@pytest.mark.parametrize(("page", "column"), [
    ("facts.json", "facts.statement_en"), ("facts.json", "facts.statement_zh"), ("charts/sales.en.csv", "entities.name_en 2"),
    *((f"{root}{page}/index.html", f"{column}_{code}") for root, code in (("", "en"), ("zh/", "zh")) for page, column in (
        ("facts", "facts.statement"), ("glossary", "glossary.definition"), ("lists", "caveats.sentence"),
        ("lists", "metrics.name"), ("methods", "speakers.name"), ("platforms", "entities.note"),
    )),
])  # fmt: skip
def test_every_text_of_a_column_is_on_its_page(hostile: Hostile, page: str, column: str):
    own = [mark for mark, where in hostile.harm.places.items() if where.startswith(column)]
    assert own
    assert [mark for mark in own if page not in {file for file, _ in hostile.found[mark]}] == []


@pytest.fixture(scope="module")
def written(hostile: Hostile) -> dict[str, list[dict[str, str]]]:
    return tables_of(Project(hostile.site.parents[1]))


def test_every_table_format_reads_back_unchanged(hostile: Hostile, written: dict[str, list[dict[str, str]]]):
    home = hostile.site / "data" / "latest"
    book = openpyxl.load_workbook(next(home.glob("*.xlsx")), read_only=True)
    database = sqlite3.connect(next(home.glob("*.sqlite")))
    with zipfile.ZipFile(home / "facts.zip") as pack:
        names = {Path(name).name: name for name in pack.namelist()}
        for name, rows in written.items():
            raw = (home / "data" / f"{name}.csv").read_text("utf-8")
            assert [*csv.DictReader(raw.splitlines())] == rows
            assert pack.read(names[f"{name}.csv"]) == raw.encode()
            for column in [c for c in (rows[0] if rows else {}) if any(MARK.search(row[c]) for row in rows)]:
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


@pytest.mark.parametrize("code", ["en", "zh"])
def test_citations_read_back_unchanged(hostile: Hostile, code: str):
    home, suffix = hostile.site / "data" / "latest", "" if code == "en" else ".zh"
    descriptor = json.loads(Project(hostile.site.parents[1]).descriptor.read_text("utf-8"))
    title, author = descriptor["title" if code == "en" else "title_zh"], descriptor["contributors"][0]["title"]
    (csl, *_) = json.loads((home / f"cite{suffix}.json").read_text("utf-8"))
    assert (csl["title"], csl["author"][0]["literal"]) == (title, author)
    (ris, *_) = rispy.loads((home / f"cite{suffix}.ris").read_text("utf-8"))
    assert title in (ris.get("title"), ris.get("primary_title"))
    assert f"{author}," in ris["authors"]  # the comma stops a reader from splitting it like a person's name
    library = bibtexparser.parse_string((home / f"cite{suffix}.bib").read_text("utf-8"))
    assert library.failed_blocks == []
    assert len(library.entries) == len(json.loads((home / f"cite{suffix}.json").read_text("utf-8")))


def test_no_hostile_text_becomes_an_element_or_attribute(hostile: Hostile):
    for file in sorted(hostile.site.rglob("*.html")):
        page = elements(file)
        assert (
            page.xpath(
                "//img | //textarea | //style | //iframe | //@autofocus | //@x | //@*[starts-with(name(), 'on')]"
            )
            == []
        )
        assert page.xpath("//script[not(@type) and contains(., 'canary')]") == [], file
        assert page.xpath("//*[starts-with(@href, 'javascript')]") == [], file
    for file in sorted(hostile.site.rglob("*.svg")):
        drawing = ElementTree.fromstring(file.read_text("utf-8"))
        tags = {element.tag.rpartition("}")[2] for element in drawing.iter()}
        assert not tags & {"script", "img", "foreignObject", "a", "image", "animate", "set"}, file
        assert [name for element in drawing.iter() for name in element.attrib if name.lower().startswith("on")] == [], (
            file
        )


def test_title_is_escaped_once_wherever_the_builder_shows_it(hostile: Hostile):
    """In the tab, the header, the menu and metadata, neither escaped twice nor shortened."""
    words = yaml.safe_load((hostile.site.parents[1] / "docs/en/_language.yml").read_text("utf-8"))
    page = (hostile.site.parents[1] / "docs/en/glossary.md").read_text("utf-8")
    title, name = yaml.safe_load(page.split("---\n")[1])["title"], words["site_name"]
    soup = bs4.BeautifulSoup((hostile.site / "glossary/index.html").read_text("utf-8"), "lxml")
    assert soup.title.string == f"{title} - {name}"
    topics = [topic.get_text().strip() for topic in soup.select(".md-header__topic")]
    assert topics == [name, title]
    assert {logo[key] for logo in soup.select(".md-logo") for key in ("title", "aria-label")} == {name}
    assert title in {link.get_text().strip() for link in soup.select(".md-nav__link")}
    assert {words["sections"]["facts"]} <= {tab.get_text().strip() for tab in soup.select(".md-tabs__link")}
    assert soup.select_one(".md-copyright__highlight").get_text().strip() == words["site_footer"]
    assert soup.select_one("meta[property='og:title']")["content"] == title


TOUCH = """() => {
  for (const one of document.querySelectorAll("*")) {
    for (const kind of ["mouseover", "mouseenter", "focus", "click"]) {
      if (kind !== "click" || !one.closest("a, form, button, summary, label")) one.dispatchEvent(new Event(kind));
    }
  }
  for (const one of document.querySelectorAll("details")) one.open = true;
}"""


def test_no_hostile_script_runs_and_no_other_server_is_requested(hostile: Hostile, chromium: browser.sync_api.Browser):
    """Without the content policy, so that only escaping protects the pages; every element gets pointer and focus events."""
    with browser.visit(chromium, bypass_csp=True) as page:
        said: list[str] = []
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.route(f"{ADDRESS}**", lambda route: route.fulfill(path=place(hostile.site, route.request.url)))
        page.on("request", lambda asked: asked.url.startswith((ADDRESS, "data:")) or said.append(asked.url))
        for file in some(sorted(hostile.site.rglob("*.html")), 3):
            page.goto(ADDRESS + file.relative_to(hostile.site).as_posix().removesuffix("index.html"))
            page.evaluate(TOUCH)
            assert page.evaluate("window.canary") is None, file
        for root in ("zh/", ""):
            page.goto(f"{ADDRESS}{root}facts/?q={urllib.parse.quote(PLAIN)}#{urllib.parse.quote(PLAIN)}")
            page.wait_for_timeout(200)
            assert page.evaluate("window.canary") is None, root
            page.goto(f"{ADDRESS}{root}charts/sales/")
            page.locator("[data-explore]").click()
            page.locator(".lt-figure__live svg").wait_for()
            assert page.evaluate("window.canary") is None, root
        page.locator(".md-search__input").fill("Zq")
        found = page.locator(".md-search-result__item h1, .md-search-result__item h2").first
        found.wait_for()
        assert MARK.search(found.text_content())
        assert page.evaluate("window.canary") is None
        assert said == []


def place(site: Path, url: str) -> Path:
    """The file of the site at an address."""
    file = site / url.removeprefix(ADDRESS).partition("?")[0].partition("#")[0]
    return file / "index.html" if file.is_dir() else file


def test_script_that_runs_would_be_noticed(chromium: browser.sync_api.Browser, tmp_path: Path):
    (tmp_path / "index.html").write_text("""<p onmouseover="window.canary='x'">a</p>""", "utf-8")
    with browser.serve(tmp_path) as server, browser.visit(chromium, bypass_csp=True) as page:
        page.goto(server.address)
        page.evaluate(TOUCH)
        assert page.evaluate("window.canary") == "x"


def test_templates_escape_everything_except_drawings_code_and_json():
    for file in sorted(TEMPLATES.iterdir()):
        text = file.read_text("utf-8")
        assert set(re.findall(r"\{\{([^{}]*)\|\s*safe\b", text)) <= {
            " drawing ",
            " code ",  # a code block, as rendered by the builder
            " chart.drawings.narrow ",
            " linked ",
            " drawing.inner ",
        }, file
        assert "autoescape" not in text, file


@pytest.mark.parametrize("word", [" o'clock", " a\\", " '+alert(1)+'"])
def test_word_for_a_large_number_stays_text_in_an_axis_expression(speak: dict, word: str):
    found = engine.label_expr(replace(speak["en"], words=speak["en"].words | {"large": [[1000, word]]}))
    assert re.fullmatch(
        r"datum\.value >= 1000 \? format\(datum\.value / 1000, ','\) \+ '((?:[^'\\]|\\.)*)' : format\(datum\.value, ','\)",
        found,
    )


def test_text_escaped_for_the_builder_is_escaped_only_once():
    shown = {"a & b": ['<i> "c"', {"d's": "e.md"}], "n": 1}
    assert markup.escaped(shown) == {"a &amp; b": ["&lt;i&gt; &quot;c&quot;", {"d's": "e.md"}], "n": 1}
    assert (
        markup.once_escaped('<a title="A &amp;amp; B" x="A &amp;amp; B">', "A &amp; B")
        == '<a title="A &amp; B" x="A &amp;amp; B">'
    )


@pytest.mark.parametrize("text", ["a\u202eb", "a\u200bb", "</script>", "<b>x</b>"])
@pytest.mark.parametrize("file", ["datapackage/datapackage.json", "datapackage/data/caveats.schema.json"])
def test_markup_or_invisible_character_in_a_descriptor_is_reported_with_its_line(copy: Project, file: str, text: str):
    damage(copy, file, ('"description": "', f'"description": "{text}'))
    fault = "HTML in" if "<" in text else f"hidden character U+{ord(text[1]):04X};"
    lines = (copy.root / file).read_text("utf-8").splitlines()
    line = next(number for number, said in enumerate(lines, start=1) if text in said)
    assert any(said.startswith(f"{file}:{line}: ") and fault in said for said in problems(copy))
