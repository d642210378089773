"""Mistakes of authors, and the line that `check` reports for each; nearly every case damages a copy of the small project."""

import shutil
import subprocess
import types
from pathlib import Path

import pytest

from scripts import charts, commands
from scripts.paths import THIS, Project
from scripts.rules import originality
from tests.conftest import SMALL, SMALL_CHARTS, copied, damage, problems, rows_of, tree, write_rows
from tests.small import sales
from tests.test_publishing import commit, prepared

DESCRIPTOR = "datapackage/datapackage.json"
DATA = "datapackage/data/"
FACTS, ENTITIES, SOURCES, SPEAKERS, METRICS, CAVEATS, EVENTS, CORRECTIONS, LINKS = (
    f"{DATA}{name}.csv"
    for name in (
        "facts", "entities", "sources", "speakers", "metrics", "caveats", "events", "corrections", "fact_caveats"
    )
)  # fmt: skip
SCHEMA = f"{DATA}caveats.schema.json"
EN, ZH = "docs/en/index.md", "docs/zh/index.md"
WORDS = "docs/zh/_language.yml"
ROWS = "caveat_id,sentence_en,sentence_zh\none-voice,One voice only.,只是一个人的话。\n"
CREATOR = '{\n      "title": "Low Tide contributors",\n      "roles": [\n        "creator"\n      ]\n    }'
PATTERN = '"pattern": "[a-z0-9]+(-[a-z0-9]+)*"'
PLAIN = "is not a plain number; write base units in the digits 0-9, such as 1200000"
HAND = "is typed by hand; quote it, as in {{ fact some-id }}"

CHECKS, EVIDENCE = f"{DATA}checks.csv", f"{DATA}evidence.csv"

FILES = [
    (CAVEATS, ROWS.encode("gbk"), f"{CAVEATS}:2: not UTF-8; save the file as UTF-8"),
    (CAVEATS, ROWS.rstrip().encode(), f"{CAVEATS}:2: last line has no line ending"),
    (CAVEATS, b"caveat_id,sentence_en\none-voice,One voice only.\n",
     f"{CAVEATS}:1: columns are caveat_id, sentence_en; the schema has caveat_id, sentence_en, sentence_zh"),
    (CAVEATS, ("sentence_en,sentence_zh", "sentence_zh,sentence_en"),
     f"{CAVEATS}:1: columns are caveat_id, sentence_zh, sentence_en; the schema has caveat_id, sentence_en, sentence_zh"),
    (CAVEATS, ("One voice only.,", ""), f"{CAVEATS}:2: 2 cells; the header has 3"),
    (CAVEATS, ("One voice", "One,voice"), f"{CAVEATS}:2: 4 cells; the header has 3"),
    (CAVEATS, ("", "\n"), f"{CAVEATS}:3: 0 cells; the header has 3"),
    (SOURCES, (SMALL.root / SOURCES).read_bytes().splitlines(keepends=True)[0], f"{SOURCES}:1: no rows; the table must not be empty"),
]  # fmt: skip

DESCRIPTORS = [
    (SCHEMA, b"{}", f"{SCHEMA}:1: 'fields' is a required property"),
    (SCHEMA, ('      "title_zh": "提醒编号",\n', ""),
     f"{SCHEMA}:4: fields[0]: 'title_zh' is a required property"),
    (SCHEMA, ('"primaryKey"', '"uniqueKeys": [["caveat_id"]],\n  "primaryKey"'),
     f"{SCHEMA}:43: uniqueKeys: is not enforced; use enum or primaryKey"),
    (SCHEMA, ('"type": "string",', '"type": "string", "categories": ["one-voice"],'),
     f"{SCHEMA}:6: fields[0].categories: is not enforced; use enum or primaryKey"),
    (SCHEMA, ('"primaryKey": "caveat_id"', '"primaryKey": "caveat"'),
     f"{SCHEMA}:1: Schema is not valid: primary key \"['caveat']\" does not match the fields "
     "\"['caveat_id', 'sentence_en', 'sentence_zh']\""),
    (DESCRIPTOR, None, f"{DESCRIPTOR}:1: file is missing"),
    (DESCRIPTOR, b"{}", f"{DESCRIPTOR}:1: 'resources' is a required property"),
    (DESCRIPTOR, ('"keywords": [', '"keywords": "test", "words": ['),
     f"{DESCRIPTOR}:10: keywords: 'test' is not of type 'array'"),
    (DESCRIPTOR, ('"version": "0.1.0"', '"edition": "0.1.0"'), f"{DESCRIPTOR}:1: 'version' is a required property"),
    (DESCRIPTOR, ('"contributors": [', '"people": ['), f"{DESCRIPTOR}:1: 'contributors' is a required property"),
    (DESCRIPTOR, ('"licenses": [', '"licenses": [\n    {"name": "A", "title": "A", "path": "https://example.org/"},\n    {"name": "A", "title": "A", "path": "https://example.org/"},'),
     f"{DESCRIPTOR}:17: licenses: has an entry that is duplicated"),
    (DESCRIPTOR, ('      "name": "sources",\n', ""),
     f"{DESCRIPTOR}:38: resources[0]: 'name' is a required property"),
    (DESCRIPTOR, ('"schema": "data/caveats.schema.json"', '"profile": "x"'),
     f"{DESCRIPTOR}:116: resources[6]: 'schema' is a required property"),
    (DESCRIPTOR, ('"schema": "data/caveats.schema.json"', '"schema": {"fields": [{"name": "a"}]}'),
     f"{DESCRIPTOR}:127: resources[6].schema: is not of the form data/name.schema.json"),
    (DESCRIPTOR, ('"path": "data/caveats.csv"', '"path": ["data/caveats.csv"]'),
     f"{DESCRIPTOR}:118: resources[6].path: is not of the form data/name.csv"),
    (DESCRIPTOR, ('"name": "speakers"', '"name": "sources"'),
     f"{DESCRIPTOR}:64: resource sources is duplicated"),
    (DESCRIPTOR, ('"name": "glossary"', '"name": "terms"'),
     f"{DESCRIPTOR}:223: resource terms: path is 'data/glossary.csv'; expected 'data/terms.csv'"),
    (DESCRIPTOR, ('      "name": "CC-BY-4.0",\n', ""), f"{DESCRIPTOR}:18: licenses[0]: 'name' is a required property"),
    (DESCRIPTOR, ('"title": "Creative', '"titel": "Creative'), f"{DESCRIPTOR}:18: licenses[0]: 'title' is a required property"),
    (DESCRIPTOR, ("2022-03-10T00:00:00Z", "2022-03-10t00:00:00z"), f"{DESCRIPTOR}:9: created: '2022-03-10t00:00:00z' is not of the form 2022-03-09T08:00:00Z"),
    (DESCRIPTOR, ("2022-03-10T00:00:00Z", "2022-03-10T24:00:00Z"), f"{DESCRIPTOR}:9: created: '2022-03-10T24:00:00Z': hour must be in"),
    (DESCRIPTOR, ("2022-03-10T00:00:00Z", "9999-12-31T23:59:59Z"), f"{DESCRIPTOR}:9: created: '9999-12-31T23:59:59Z' is not of the form 2022-03-09T08:00:00Z"),
    (DESCRIPTOR, ('"title_zh": "小项目"', '"title_zh": 7'), f"{DESCRIPTOR}:5: title_zh: 7 is not of type 'string'"),
    (DESCRIPTOR, ('"title_zh": "小项目"', '"title_zh": ["x"]'), f"{DESCRIPTOR}:5: title_zh: is not of type 'string'"),
    (DESCRIPTOR, (CREATOR, '"Ann"'), f"{DESCRIPTOR}:25: contributors[0]: 'Ann' is not of type 'object'"),
    (DESCRIPTOR, ('"name": "sources"', '"name": ""'), f"{DESCRIPTOR}:39: resources[0].name: '' does not match '^[a-z][a-z0-9_]*$'"),
    (DESCRIPTOR, ('"data/caveats.schema.json"', '"/etc/passwd"'), f"{DESCRIPTOR}:127: resources[6].schema: '/etc/passwd' is not of the form data/name.schema.json"),
    (DESCRIPTOR, ('"version": "0.1.0"', '"version": "x"'), f"{DESCRIPTOR}:8: version: 'x' is not of the form 1.2.3"),
    (DESCRIPTOR, ('"version": "0.1.0"', '"version": "-1"'), f"{DESCRIPTOR}:8: version: '-1' is not of the form 1.2.3"),
    (SCHEMA, (PATTERN, '"pattern": "("'), f"{SCHEMA}:13: fields[0].constraints.pattern: '(' is not a 'regex'"),
    (SCHEMA, (PATTERN, '"pattern": "[[a]"'), f"{SCHEMA}:13: fields[0].constraints.pattern: '[[a]' is not a 'regex'"),
    (SCHEMA, ('"constraints": {', '"constraints": {\n"minimum": "x",'), f"{SCHEMA}:12: fields[0].constraints.minimum: 'x' is not of type 'number'"),
    (SCHEMA, ('"primaryKey"', '"foreignKeys": "x", "primaryKey"'), f"{SCHEMA}:43: foreignKeys: 'x' is not of type 'array'"),
    (SCHEMA, ('"primaryKey"', '"foreignKeys": [1], "primaryKey"'), f"{SCHEMA}:43: foreignKeys[0]: 1 is not of type 'object'"),
    (SCHEMA, ('"primaryKey"', '"foreignKeys": [{"fields": "x"}], "primaryKey"'), f"{SCHEMA}:43: foreignKeys[0]: 'reference' is a required"),
    (SCHEMA, ('"title_zh": "提醒编号"', '"title_zh": 7'), f"{SCHEMA}:8: fields[0].title_zh: 7 is not of type 'string'"),
]  # fmt: skip

VERDICTS = [
    (EVIDENCE, ("filing-revenue-2018,shop,revenue,1516000000,,CNY", "filing-revenue-2018,shop,viewers,1516000000,,people"),
     f"{CHECKS}:2: evidence_id: filing-revenue-2018 measures viewers, the fact revenue"),
    (EVIDENCE, ("shop,revenue,1516000000,,CNY", "shop,,1516000000,,USD"),
     f"{CHECKS}:2: evidence_id: filing-revenue-2018 is in USD, the fact in CNY"),
    (EVIDENCE, ("1516000000,,CNY", "1516000000,,USD"),
     f"{EVIDENCE}:2: unit: 'USD' is not 'CNY', the unit of metric revenue"),
    (EVIDENCE, (",2018,reported", ",2018/2017,reported"),
     f"{EVIDENCE}:2: period: '2018/2017' ends before it starts"),
    (EVIDENCE, ("reported,filing,Page", "reported,filling,Page"),
     f"{EVIDENCE}:2: source_id: 'filling' is not in table sources (did you mean filing?)"),
    (EVIDENCE, ("1.516 billion", "1.517 billion"),
     f"{EVIDENCE}:2: statement: the languages differ in numbers: en has 1517000000; zh has 1516000000"),
    (EVIDENCE, (",1516000000,", ",1580000000,"),
     f"{CHECKS}:2: verdict: corroborated, but the fact has 1520000000 CNY and filing-revenue-2018 1580000000 CNY"),
    (EVIDENCE, (",2022-03-01,", ",2022-02,"),
     f"{CHECKS}:5: verdict: differs, but the fact and copy-closing both have 2022-02"),
    (CHECKS, ("copy-closing,differs", "copy-closing,corroborated"),
     f"{CHECKS}:5: verdict: corroborated, but the fact has 2022-02 and copy-closing 2022-03-01"),
    (CHECKS, ("differs,same", "differs,other_period"),
     f"{CHECKS}:5: verdict: differs, but comparison is other_period; what is not comparable is partly, consistent or lead_only"),
    (CHECKS, (",,not_checkable,", ",,unclear,"),
     f"{CHECKS}:6: verdict: 'unclear': constraint \"enum\" is \"['corroborated', 'differs', 'partly', 'consistent', 'lead_only', 'not_found', 'not_checkable']\""),
    (EVENTS, (",copy-closing,", ",,"), f"{EVENTS}:3: fact_id: an event rests on a fact or on evidence, on one of the two"),
    (EVENTS, ("closing-noticed,2022-03-01", "closing-noticed,2022-03-02"),
     f"{EVENTS}:3: date: 2022-03-02 is not within 2022-03-01, the period of evidence copy-closing"),
    (EN, ("evidence copy-closing", "evidence copy-closed"),
     f"{EN}:18: quote {{{{ evidence copy-closed period }}}}: no evidence 'copy-closed' (did you mean copy-closing?)"),
    (EN, ("check stall-closed", "check stall-shut"),
     f"{EN}:20: quote {{{{ check stall-shut }}}}: no check 'stall-shut' (did you mean stall-closed?)"),
]  # fmt: skip

CELLS = [
    (FACTS, (",1520000000,", ",NaN,"), f"{FACTS}:2: value: 'NaN' {PLAIN}"),
    (FACTS, (",1520000000,", f",{'9' * 400},"), f"{FACTS}:2: value: '{'9' * 37}...' has more digits than"),
    (FACTS, ("implied,paper,", "implied,papers,"),
     f"{FACTS}:3: speaker_id: 'papers' is not in table speakers (did you mean paper?)"),
    (LINKS, ("one-voice", "two-voices"), f"{LINKS}:2: caveat_id: 'two-voices' is not in table caveats (did you mean one-voice?)"),
    (f"{DATA}figure_inputs.csv", ("a,shop-revenue-2018", "a,shop-revenue-2019"),
     f"{DATA}figure_inputs.csv:2: fact_id: 'shop-revenue-2019' is not in table facts (did you mean shop-revenue-2018?)"),
    (ENTITIES, ("pinyin,shop,", "pinyin,shops,"), f"{ENTITIES}:3: parent_id: 'shops' is not in table entities (did you mean shop?)"),
]  # fmt: skip

RULES = [
    (FACTS, ("stall,viewers,", "stall,,"), f"{FACTS}:4: value: 90 has no metric or no unit"),
    (FACTS, ("90人左右,about", "90人左右,range"),
     f"{FACTS}:4: qualifier: range goes with value_high"),
    (FACTS, ("over,2020,implied", "over,,implied"),
     f"{FACTS}:3: period_basis: implied goes with a period"),
    (SOURCES, ("gulls.example.org,", "gulls.example.net,"),
     f"{SOURCES}:3: seen_on: 'gulls.example.net' is not the site of http://gulls.example.org/copy"),
    (SOURCES, ("https://example.org/report", ""), f"{SOURCES}:2: url: empty; only a repost may lack it"),
    (ENTITIES, ("shop,copy,,,,", "shop,copy,shop,,,"),
     f"{ENTITIES}:3: ticker: goes with exchange_id"),
    (SPEAKERS, ("", "clerk,anonymous,,A clerk,店员,Unnamed.,匿名。\n"),
     f"{SPEAKERS}:4: clerk: never says anything; use it or remove it"),
    (METRICS, ("", "loss,CNY,Loss,亏损,What was lost.,亏了多少。\n"),
     f"{METRICS}:4: loss: never measured; use it or remove it"),
    (CORRECTIONS, ("", "c1,stall-viewers,value,80,91,error,Wrong.,错了。,0.2.0\n"),
     f"{CORRECTIONS}:2: new: '91' differs from '90' in facts"),
]  # fmt: skip

PAGES = [
    (EN, ("---\ntitle", "title"),
     f"{EN}:1: no head; start the page with ---, title, description, section, order, ---"),
    (EN, ("title: A small", "title: A: small"), f"{EN}:2: not YAML: mapping values are not allowed in this context"),
    (EN, ("order: 10\n", ""), f"{EN}:2: 'order' is a required property"),
    (EN, ("section: story", "section: stories"),
     f"{EN}:4: section: 'stories' is not one of story, facts, about"),
    (ZH, ("section: story", "section: facts"), f"{ZH}:4: section: 'facts'; {EN} has 'story'"),
    ("docs/zh/lists.md", ("{{ list caveats }}", ""),
     "docs/zh:1: list caveats is on no page; quote it as {{ list caveats }}"),
    (EN, b"\xef\xbb\xbf---\n", f"{EN}:1: byte-order mark at the start; save as UTF-8 without BOM"),
    (WORDS, ("[100000000, 亿]", "[100000000, 万]"), f"{WORDS}:18: large[0]: '万' is not how zh_Hans_CN writes 100000000; CLDR has '亿'"),
    (WORDS, ('CNY: "{}元"', 'CNY: "{}美元"'), f"{WORDS}:21: units.CNY: '{{}}美元' names USD, not CNY, according to CLDR"),
    (WORDS, ('at_least: "至少{}"', 'at_least: "至多{}"'), f"{WORDS}:35: hedges.at_least: '至多{{}}' does not say at_least, as in 至少, 及以上, 以上, 不少于, 不低于, 起码; add it to scripts/words/words.yml if it is right"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "change", "line"), FILES + DESCRIPTORS + CELLS + RULES + VERDICTS + PAGES)
def test_mistake_is_reported_with_its_line(copy: Project, file: str, change: tuple[str, str] | bytes | None, line: str):
    damage(copy, file, change)
    assert [one for one in problems(copy) if one.startswith(line)]


CHARTS = [
    ("unknown fact", {"FACTS": ("shop-revenue-2019",)},
     "chart sales draws an unknown fact, shop-revenue-2019 (did you mean shop-revenue-2018?)"),
    ("no ids", {"FACTS": 7}, "FACTS is 7; expected ids in parentheses"),
    ("a list in place of an id", {"FACTS": (["x"],)}, "FACTS is (['x'],); expected ids in parentheses"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "text"), [pytest.param(*case, id=name) for name, *case in CHARTS])
def test_chart_module_with_wrong_constants_is_reported(copy: Project, change: dict[str, object], text: str):
    damaged = types.ModuleType("sales")
    vars(damaged).update(vars(sales) | change)
    assert f"scripts/charts/sales.py:1: {text}" in problems(copy, {"sales": damaged})


MODULES = {
    "no_syntax": ("FACTS = {\n", "1: SyntaxError: '{' was never closed"),
    "no_bytes": (
        "FACTS = '\udcff'\n",
        "1: SyntaxError: (unicode error) 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
    ),
    "merged": ("A = 1\n<<<<<<< HEAD\n", "2: SyntaxError: invalid syntax"),
    "raises": ("\n\nnothing\n", "3: NameError: name 'nothing' is not defined"),
    "ends": ("\nexit()\n", "2: SystemExit: None"),
    "no_draw": ("FACTS = 1\n", "1: has no function draw(rows, words, frame)"),
}


def test_chart_modules_that_cannot_be_loaded_are_reported_with_their_lines(tmp_path, monkeypatch):
    for name, (text, _) in MODULES.items():
        (tmp_path / f"{name}.py").write_bytes(text.encode("utf-8", "surrogateescape"))
    (tmp_path / "locked.py").symlink_to("/proc/self/mem")
    monkeypatch.setattr(charts, "__path__", [*charts.__path__, str(tmp_path)])
    faults = {name: fault for name, (_, fault) in MODULES.items()} | {"locked": "1: cannot be read: Input/output error"}
    assert problems(SMALL, None) == [f"scripts/charts/{name}.py:{fault}" for name, fault in sorted(faults.items())]


def test_build_reports_a_chart_that_fails_to_draw_and_leaves_the_old_site(copy: Project):
    damaged = types.ModuleType("scripts.charts.sales")
    vars(damaged).update(vars(sales) | {"draw": lambda rows, words, frame: 1 / 0})
    copy.site.mkdir(parents=True)
    (copy.site / "index.html").write_text("old", "utf-8")
    with pytest.raises(commands.Problems) as error:
        commands.build(copy, lambda line: None, "", {"sales": damaged})
    assert [str(problem) for problem in error.value.all] == [
        "scripts/charts/sales.py:1: ZeroDivisionError: division by zero"
    ]
    assert tree(copy.site) == {"index.html": b"old"}


def test_chart_on_no_page_is_reported_for_each_language(copy: Project):
    for code in ("en", "zh"):
        shutil.copyfile(copy.docs / code / "charts/sales.md", copy.docs / code / "charts/trade.md")
    said = problems(copy, SMALL_CHARTS | {"trade": sales})
    assert said == [
        f"docs/{code}:1: chart trade is shown on no page; quote it as {{{{ chart trade }}}}" for code in ("en", "zh")
    ]


def test_copied_wording_is_reported_with_its_line(copy: Project):
    text = "海边旧铺子每逢初一敲锣开门，卖贝壳和风筝，也替渔家代写家书。"
    prints = copy.root / "datapackage/fingerprints/report.txt"
    prints.write_text(originality.fingerprints(text), "ascii")
    damage(copy, ZH, ("见[", f"{text[:11]}。见["))
    assert problems(copy) == []
    damage(copy, ZH, (text[:11], text[:12]))
    assert problems(copy) == [f"{ZH}:16: {text[:12]!r} is copied from the report; reword it"]


def test_text_in_place_of_a_group_of_words_is_reported(copy: Project):
    damage(copy, WORDS, ("hedges:\n", "hedges: 约\nother_hedges:\n"))
    assert f"{WORDS}:31: hedges: '约' is not a group of words" in problems(copy)


def test_unused_evidence_is_reported_along_with_other_problems(copy: Project):
    spare = "spare,stall,,,,,exact,2022-03-01,reported,filing,Notes,附注,Day,日,The stall.,货摊。\n"
    damage(copy, f"{DATA}evidence.csv", ("", spare))
    damage(copy, EN, ("See [the", "Of 12.5% see [the"))
    assert problems(copy) == [
        f"{DATA}evidence.csv:4: spare: is used by no check, event, reply, chart or quote; use it or remove it",
        f"{EN}:16: '12.5%' {HAND}",
    ]


SHIFTED = ["caveats.sentence_zh", "metrics.definition_en", "metrics.definition_zh", "speakers.note_en", "speakers.note_zh",
           "evidence.locator", "evidence.locator_zh", "glossary.definition_en", "glossary.definition_zh", "glossary.term_id"]  # fmt: skip


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the real project, whose tables a test damages and restores."""
    return copied(THIS, tmp_path_factory.mktemp("shifted") / "real")


@pytest.mark.alike(3)
@pytest.mark.parametrize("place", SHIFTED)
def test_column_shifted_by_a_row_is_reported_in_its_table(real: Project, place: str):
    table, _, column = place.partition(".")
    name = f"datapackage/data/{table}.csv"
    file = real.root / name
    kept = file.read_bytes()
    rows = rows_of(real, table)
    cells = [row[column] for row in rows]
    shifted = [row | {column: cell} for row, cell in zip(rows, [cells[-1], *cells[:-1]], strict=True)]
    write_rows(real, table, shifted)
    said = problems(real, None)
    file.write_bytes(kept)
    part = (
        "" if column.endswith("_id") else column.removesuffix("_en").removesuffix("_zh")
    )  # the other language is reported as well
    lines = {line.split(":")[1] for line in said if line.startswith(f"{name}:") and f": {part}" in line}
    assert len(lines) > 1, said[:5]


def test_clone_by_a_git_that_converts_line_endings_has_the_same_bytes_and_no_problems(copy: Project, tmp_path: Path):
    shutil.copyfile(THIS.root / ".gitattributes", copy.root / ".gitattributes")
    prepared(copy)
    commit(copy)
    command = ["git", "clone", "--quiet", "--config", "core.autocrlf=true", str(copy.root), str(tmp_path / "clone")]
    subprocess.run(command, check=True, capture_output=True)
    clone = Project(tmp_path / "clone")
    assert problems(clone) == []
    assert tree(clone.root / "datapackage") == tree(copy.root / "datapackage")
