"""The data page's snippets, taken from the built page and run against the served site; and how little a reader fetches.

The page's addresses are those of `make serve`; they are replaced by the one that the site is served at here.
"""

import ast
import contextlib
import csv
import datetime
import importlib.util
import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import urllib.request
from collections import Counter
from dataclasses import replace
from pathlib import Path

import bs4
import duckdb
import openpyxl
import pytest
from fsspec.implementations.http import HTTPFileSystem
from pyarrow import parquet

from scripts.data import verdicts
from scripts.editions import formats, store, unfold
from scripts.editions.formats import tables
from scripts.pages import blocks
from scripts.pages.content import Content
from scripts.paths import THIS
from tests import browser
from tests.conftest import ADDRESS, Built, soup

PAGES = {"en": "data/index.html", "zh": "zh/data/index.html"}
KINDS = ["sh", "python", "python", "sql", "sh", "r", "sh", "python", "sql", "sql"]
COMMANDS = {"curl": "curl", "sha256sum": "coreutils"}
SHIM = """#!{python}
import sqlite3, sys
found = sqlite3.connect(sys.argv[-2]).execute(sys.argv[-1])
print("|".join(column[0] for column in found.description))
for row in found:
    print("|".join("" if cell is None else str(cell) for cell in row))
"""


class Http(HTTPFileSystem):
    """Answers to what DuckDB needs from a file system and HTTP lacks; files are read in parts, without a cache."""

    def modified(self, path: str) -> datetime.datetime:
        return datetime.datetime(2022, 3, 10, tzinfo=datetime.UTC)

    async def _exists(self, path: str, **_: object) -> bool:
        return True

    async def _isdir(self, path: str) -> bool:
        return False


def page(site: Path, code: str) -> bs4.BeautifulSoup:
    """The data page in a language."""
    return soup(site / PAGES[code])


def snippets(site: Path, code: str, address: str = unfold.SERVED) -> list[tuple[str, str]]:
    """The language of each snippet, from the page's Markdown, and its text on the built page, with this address."""
    kinds = re.findall(r"^```([a-z]+)$", (THIS.docs / code / "data.md").read_text("utf-8"), re.MULTILINE)
    texts = [tag.get_text().replace(unfold.SERVED, address) for tag in page(site, code).select(".highlight code")]
    return list(zip(kinds, texts, strict=True))


def chosen(served: browser.Server, site: Built, kind: str, word: str, code: str = "en") -> str:
    """The only snippet of a language that contains a word."""
    (text,) = [text for some, text in snippets(site.site, code, served.address) if some == kind and word in text]
    assert unfold.SERVED not in text and served.address in text
    return text


def run_command(command: list[str], folder: Path, **environment: str) -> str:
    """Run a command in a folder and return what it prints; fails if the command does."""
    run = subprocess.run(command, cwd=folder, env=os.environ | environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout


def python(code: str, folder: Path) -> str:
    return run_command([sys.executable, "-W", "error", "-c", code], folder)


def shell(code: str, folder: Path) -> str:
    for command, package in COMMANDS.items():
        if browser.left_out() and not shutil.which(command):
            pytest.skip(f"{browser.LEFT_OUT}; nor is {command} here")
        assert shutil.which(command), f"{command} is missing: run `make browser`, or install {package}"
    tools = folder / "tools"
    tools.mkdir()
    if not shutil.which("sqlite3"):
        print("sqlite3 is missing: its snippet runs on Python's own SQLite here")
        (tools / "sqlite3").write_text(SHIM.format(python=sys.executable), "utf-8")
        (tools / "sqlite3").chmod(0o755)
    return run_command(["sh", "-e", "-c", code], folder, PATH=f"{os.environ['PATH']}{os.pathsep}{tools}")


@pytest.mark.parametrize("word", ["SHA256SUMS", "sqlite3", "parquet.zip"])
def test_snippet_fails_with_404_where_its_file_is_missing(
    served: browser.Server, real_site: Built, word: str, tmp_path: Path
):
    with pytest.raises(AssertionError, match="404"):
        shell(chosen(served, real_site, "sh", word).replace("data/latest/", "data/lost/"), tmp_path)


def rows(content: Content, name: str) -> list[dict[str, str]]:
    """The rows of the newest edition, which the snippets ask."""
    inside = store.contents(content.project, content.editions[-1])
    return list(csv.DictReader(io.StringIO(inside[f"data/{name}.csv"].decode("utf-8"))))


@pytest.fixture(params=PAGES)
def code(request: pytest.FixtureRequest) -> str:
    return request.param


def test_every_snippet_is_run_here_and_both_languages_have_the_same(real_site: Built):
    english, chinese = (snippets(real_site.site, code) for code in PAGES)
    assert [kind for kind, _ in english] == KINDS
    assert [(kind, text.replace("_zh", "_en")) for kind, text in chinese] == english


def test_the_snippets_of_a_site_with_an_address_name_it(real: Content):
    quoted = blocks.addresses(replace(real, address=ADDRESS))["address"]
    assert quoted["latest"]() == f"{ADDRESS}data/latest/"
    for kind, name in unfold.WHOLE.items():
        assert quoted[kind]() == f"{ADDRESS}data/latest/{name}"


def test_no_snippet_names_a_version(real_site: Built, code: str):
    for _, text in snippets(real_site.site, code):
        assert not re.search(r"\d+\.\d+\.\d+(?!\.\d)", text.replace(unfold.SERVED, "")), text


def test_page_names_the_permanent_address(real_site: Built, code: str):
    assert "data/vX.Y.Z/" in page(real_site.site, code).get_text()


def test_the_workbook_of_the_page_opens(served: browser.Server, real_site: Built, code: str):
    link = page(real_site.site, code).select_one('a.md-button[href$=".xlsx"]')
    with urllib.request.urlopen(f"{served.address}data/latest/{link['href'].rpartition('/')[2]}") as answer:
        book = openpyxl.load_workbook(io.BytesIO(answer.read()))
    assert book["facts"].max_row == 97


def test_curl_and_sha256sum_verify_the_zip(served: browser.Server, real_site: Built, tmp_path: Path):
    shown = shell(chosen(served, real_site, "sh", "SHA256SUMS"), tmp_path)
    (zipped,) = tmp_path.glob("*.zip")
    assert (zipped.name, shown) == ("facts.zip", "facts.zip: OK\n")
    assert zipped.read_bytes() == (real_site.site / "data" / "latest" / zipped.name).read_bytes()


def test_frictionless_finds_the_package_valid(served: browser.Server, real_site: Built, tmp_path: Path):
    shown = python(chosen(served, real_site, "python", "frictionless"), tmp_path)
    assert shown.startswith("True ['sources', 'entities', ")


def test_pandas_joins_facts_with_speakers(
    served: browser.Server, real_site: Built, real: Content, code: str, tmp_path: Path
):
    text = chosen(served, real_site, "python", "pandas", code)
    shown = python(f"{text}\nprint(told.to_csv(index=False), end='')", tmp_path)
    assert "[96 rows x 5 columns]" in shown
    told = list(csv.DictReader(io.StringIO(shown.partition("columns]\n")[2].lstrip("\n"))))
    names = {row["speaker_id"]: row[f"name_{code}"] for row in rows(real, "speakers")}
    assert {row["fact_id"]: row[f"name_{code}"] for row in told} == {
        row["fact_id"]: names[row["speaker_id"]] for row in rows(real, "facts")
    }


def assert_answers(connection: duckdb.DuckDBPyConnection, text: str, real: Content) -> None:
    """Run the two questions of the snippet and hold their answers against the tables."""
    fees, verdicts = (connection.execute(statement).fetchall() for statement in duckdb.extract_statements(text))
    assert fees == sorted(
        (row["period"], row["qualifier"], float(row["value"]), row["unit"])
        for row in rows(real, "facts")
        if row["metric_id"] == "membership-fees"
    )
    assert fees
    assert dict(verdicts) == Counter(row["verdict"] for row in rows(real, "checks"))
    assert [count for _, count in verdicts] == sorted((count for _, count in verdicts), reverse=True)


def test_duckdb_answers_over_http(served: browser.Server, real_site: Built, real: Content):
    """Through fsspec's HTTP file system; the next test uses DuckDB's extension."""
    with duckdb.connect() as connection:
        connection.register_filesystem(Http(cache_type="none", skip_instance_cache=True))
        assert_answers(connection, chosen(served, real_site, "sql", "membership-fees"), real)


def test_duckdb_answers_over_http_with_its_own_extension(
    served: browser.Server, real_site: Built, real: Content, tmp_path: Path
):
    with duckdb.connect(config={"extension_directory": str(tmp_path)}) as connection:
        try:
            connection.execute("INSTALL httpfs")
        except duckdb.IOException:
            pytest.skip("DuckDB's extension httpfs cannot be fetched here; its snippet ran over fsspec's HTTP alone")
        assert_answers(connection, chosen(served, real_site, "sql", "membership-fees"), real)


def test_sqlite_lists_facts_that_other_sources_contradict(
    served: browser.Server, real_site: Built, real: Content, tmp_path: Path
):
    header, *lines = shell(chosen(served, real_site, "sh", "sqlite3"), tmp_path).splitlines()
    assert header == "fact_id|period|source_publisher"
    differing = Counter(row["fact_id"] for row in rows(real, "checks") if row["verdict"] == "differs")
    assert Counter(line.split("|")[0] for line in lines) == differing


def test_the_views_that_the_page_names_are_in_the_database(real_site: Built, code: str):
    text = page(real_site.site, code).get_text()
    (file,) = (real_site.site / "data" / "latest").glob("*.sqlite")
    with contextlib.closing(sqlite3.connect(file)) as connection:
        views = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
    assert views and [view for view in views if view not in text] == []


def unbalanced(code: str) -> str:
    """Brackets and quotes without a partner; empty if the code may be valid R."""
    left = re.sub(r"#.*", "", re.sub(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'', "", code))
    left = re.sub(r"[^()\[\]{}\"']", "", left)
    while (less := re.sub(r"\(\)|\[\]|\{\}", "", left)) != left:
        left = less
    return left


def test_unbalanced_brackets_and_quotes_are_found():
    assert unbalanced("f(x[1], \"a)b\", 'c') # (") == ""
    assert [unbalanced(code) for code in ("f(x", 'f("a)', "f(x])")] == ["(", '("' + ")", "(])"]


def test_r_reads_the_facts(served: browser.Server, real_site: Built, real: Content, tmp_path: Path):
    text = chosen(served, real_site, "r", "read.csv")
    assert unbalanced(text) == ""
    rscript = shutil.which("Rscript")
    if not rscript:
        pytest.skip("Rscript is missing: of the R snippet only brackets and quotes were looked at")
    assert "[1] 96" in run_command([rscript, "-e", text + "\nnrow(facts)"], tmp_path)


@pytest.fixture
def tables_of_spark(served: browser.Server, real_site: Built, tmp_path: Path) -> Path:
    """A folder with all Parquet files, fetched by the snippet."""
    shell(chosen(served, real_site, "sh", "parquet.zip"), tmp_path)
    return tmp_path


def test_each_folder_of_parquet_is_one_table(tables_of_spark: Path, real: Content):
    """DuckDB reads a folder as one table, as Spark and Trino do, so that this needs no Java."""
    folders = sorted(folder.name for folder in (tables_of_spark / "parquet").iterdir())
    assert set(folders) == {*real.editions[-1].counts, "dictionary", "facts_flat", "words"}
    with duckdb.connect() as connection:
        for name, count in real.editions[-1].counts.items():
            place = f"'{tables_of_spark}/parquet/{name}/*.parquet'"
            assert connection.execute(f"SELECT count(*) FROM {place}").fetchone() == (count,), name


def test_spark_reads_every_table_and_joins_two(
    tables_of_spark: Path, served: browser.Server, real_site: Built, real: Content, code: str
):
    if not (importlib.util.find_spec("pyspark") and shutil.which("java")):
        pytest.skip(
            "PySpark or Java is not here; its 450 MB are no requirement: pip install pyspark to run its snippet"
        )
    (text,) = [text for kind, text in snippets(real_site.site, code, served.address) if "pyspark" in text]
    names = list(real.editions[-1].counts)
    more = f"\nprint({{name: spark.read.parquet(f'parquet/{{name}}').count() for name in {names}}})"
    shown = run_command([sys.executable, "-c", text + more], tables_of_spark)
    *_, counts = shown.splitlines()
    assert ast.literal_eval(counts) == real.editions[-1].counts
    told = Counter(row["speaker_id"] for row in rows(real, "facts"))
    for row in rows(real, "speakers"):
        assert re.search(rf"{re.escape(row[f'name_{code}'])}\s*\|{told[row['speaker_id']]}\s*\|", shown), row


def test_columns_declared_for_trino_match_the_files(real_site: Built, code: str):
    (text,) = [text for kind, text in snippets(real_site.site, code) if "external_location" in text]
    file = real_site.site / "data" / "latest" / "parquet" / "facts_flat" / "facts_flat.parquet"
    there = {field.name: str(field.type) for field in parquet.read_schema(file)}
    types = {"varchar": "string", "double": "double", "date": "date32[day]"}
    told = dict(re.findall(r"^  (\w+) (varchar|double|date),?$", text, re.MULTILINE))
    assert len(told) == 6 and {name: types[kind] for name, kind in told.items()} == {name: there[name] for name in told}
    query = text.partition(";")[2].strip().rstrip(";").replace("hive.default.facts_flat", f"'{file}'")
    with duckdb.connect() as connection:
        assert sum(count for _, count in connection.execute(query).fetchall()) == 96


def test_clickhouse_counts_verdicts(served: browser.Server, real_site: Built, real: Content):
    """On DuckDB, which takes the same but for `url()`."""
    text = chosen(served, real_site, "sql", "url(")
    asked, count = re.subn(rf"url\('{served.address}([^']*)', 'Parquet'\)", rf"'{real_site.site}/\1'", text)
    assert count == 1
    with duckdb.connect() as connection:
        found = dict(connection.execute(asked).fetchall())
    assert found == Counter(verdicts.overall(real.dataset, fact_id) for fact_id in real.dataset.facts)


def test_duckdb_fetches_the_columns_it_needs_of_a_large_table(tmp_path: Path):
    """Today's tables fit into one request; this one has the size that Parquet is for."""
    count = 100_000
    schema = {"fields": [{"name": name, "type": kind} for name, kind in (("id", "string"), ("value", "number"))]}
    rows = "".join(f"{store.sha256(str(line).encode())},{line % 97}\n" for line in range(count))
    table = tables.Table({"name": "many"}, schema, f"id,value\n{rows}".encode())
    (tmp_path / "many.parquet").write_bytes(formats.parquet.make(tables.Edition({}, [table]), table))
    with browser.serve(tmp_path) as server, duckdb.connect() as connection:
        connection.register_filesystem(Http(cache_type="none", skip_instance_cache=True))
        (answer,) = connection.execute(f"SELECT sum(value) FROM '{server.address}many.parquet'").fetchall()
        assert answer == (sum(line % 97 for line in range(count)),)
        assert 0 < sum(answer.size for answer in server.answers) < 0.2 * (tmp_path / "many.parquet").stat().st_size
