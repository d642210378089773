"""Mistakes of authors, and the line that `check` reports for each; every case damages a copy of the small project."""

import functools
import shutil
import types
from collections.abc import Callable

import pytest

from scripts import charts, commands
from scripts.paths import THIS, Project
from scripts.rules import originality
from tests.conftest import SMALL, SMALL_CHARTS, copied, damage, problems, tree
from tests.small import sales

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
SENTENCE = "One voice only."
PLAIN = "is not a plain number; write base units in the digits 0-9, such as 1200000"
HAND = "is typed by hand; quote it, as in {{ fact some-id }}"
BRACES = "is not a quote; write {{ fact some-id }}"
EDTF = "is not an EDTF period; write 2018, 2020-05, 2022-03-06/2022-03-07 or 2020/.."

CHECKS, EVIDENCE = f"{DATA}checks.csv", f"{DATA}evidence.csv"

FILES = [
    ("byte-order mark", CAVEATS, b"\xef\xbb\xbf" + ROWS.encode(),
     f"{CAVEATS}:1: byte-order mark at the start; save as UTF-8 without BOM"),
    ("other encoding", CAVEATS, ROWS.encode("gbk"), f"{CAVEATS}:2: not UTF-8; save the file as UTF-8"),
    ("carriage returns", CAVEATS, ROWS.replace("\n", "\r\n").encode(),
     f"{CAVEATS}:1: carriage return; end lines with LF only"),
    ("no final line end", CAVEATS, ROWS.rstrip().encode(), f"{CAVEATS}:2: last line has no line ending"),
    ("no bytes at all", CAVEATS, b"", f"{CAVEATS}:1: file is empty"),
    ("line break in a cell", CAVEATS, (SENTENCE, '"One voice\nonly."'),
     f"{CAVEATS}:2: line break inside a cell; keep a row on one line"),
    ("quotation mark never closed", FACTS, ("stall-viewers,3", '"stall-viewers,3'),
     f"{FACTS}:4: not CSV: unexpected end of data"),
    ("missing table", CAVEATS, None, f"{CAVEATS}:1: file is missing"),
    ("empty table", CAVEATS, ROWS.splitlines(keepends=True)[0].encode(),
     f"{CAVEATS}:1: no rows; the table must not be empty"),
    ("column twice", CAVEATS, ("sentence_en,sentence_zh", "sentence_en,sentence_en"),
     f"{CAVEATS}:1: column 'sentence_en' is duplicated in the header"),
    ("missing column", CAVEATS, b"caveat_id,sentence_en\none-voice,One voice only.\n",
     f"{CAVEATS}:1: columns are caveat_id, sentence_en; the schema has caveat_id, sentence_en, sentence_zh"),
    ("swapped columns", CAVEATS, ("sentence_en,sentence_zh", "sentence_zh,sentence_en"),
     f"{CAVEATS}:1: columns are caveat_id, sentence_zh, sentence_en; the schema has caveat_id, sentence_en, sentence_zh"),
    ("short row", CAVEATS, ("One voice only.,", ""), f"{CAVEATS}:2: 2 cells; the header has 3"),
    ("long row", CAVEATS, ("One voice", "One,voice"), f"{CAVEATS}:2: 4 cells; the header has 3"),
    ("empty row", CAVEATS, ("", "\n"), f"{CAVEATS}:3: 0 cells; the header has 3"),
]  # fmt: skip

DESCRIPTORS = [
    ("missing schema", SCHEMA, None, f"{SCHEMA}:1: file is missing"),
    ("schema not JSON", SCHEMA, ('"fields": [', '"fields": ('), f"{SCHEMA}:3: not JSON: Expecting value"),
    ("schema without fields", SCHEMA, b"{}", f"{SCHEMA}:1: 'fields' is a required property"),
    ("schema text in one language", SCHEMA, ('      "title_zh": "提醒编号",\n', ""),
     f"{SCHEMA}:4: fields[0]: 'title_zh' is a required property"),
    ("schema with uniqueKeys", SCHEMA, ('"primaryKey"', '"uniqueKeys": [["caveat_id"]],\n  "primaryKey"'),
     f"{SCHEMA}:43: uniqueKeys: is not enforced; use enum or primaryKey"),
    ("schema with categories", SCHEMA, ('"type": "string",', '"type": "string", "categories": ["one-voice"],'),
     f"{SCHEMA}:6: fields[0].categories: is not enforced; use enum or primaryKey"),
    ("primary key that is no column", SCHEMA, ('"primaryKey": "caveat_id"', '"primaryKey": "caveat"'),
     f"{SCHEMA}:1: Schema is not valid: primary key \"['caveat']\" does not match the fields "
     "\"['caveat_id', 'sentence_en', 'sentence_zh']\""),
    ("descriptor missing", DESCRIPTOR, None, f"{DESCRIPTOR}:1: file is missing"),
    ("descriptor not JSON", DESCRIPTOR, ('"name": "small",', '"name": "small"'),
     f"{DESCRIPTOR}:4: not JSON: Expecting ',' delimiter"),
    ("descriptor empty", DESCRIPTOR, b"{}", f"{DESCRIPTOR}:1: 'resources' is a required property"),
    ("descriptor with a property twice", DESCRIPTOR, ('"name": "small",', '"name": "small", "name": "big",'),
     f"{DESCRIPTOR}:3: property 'name' is duplicated"),
    ("descriptor against the profile", DESCRIPTOR, ('"keywords": [', '"keywords": "test", "words": ['),
     f"{DESCRIPTOR}:10: keywords: 'test' is not of type 'array'"),
    ("created not a date-time", DESCRIPTOR, ("2022-03-10T00:00:00Z", "yesterday"),
     f"{DESCRIPTOR}:9: created: 'yesterday' is not of the form 2022-03-09T08:00:00Z"),
    ("no version", DESCRIPTOR, ('"version": "0.1.0"', '"edition": "0.1.0"'), f"{DESCRIPTOR}:1: 'version' is a required property"),
    ("no contributors", DESCRIPTOR, ('"contributors": [', '"people": ['), f"{DESCRIPTOR}:1: 'contributors' is a required property"),
    ("licence twice", DESCRIPTOR, ('"licenses": [', '"licenses": [\n    {"name": "A", "title": "A", "path": "https://example.org/"},\n    {"name": "A", "title": "A", "path": "https://example.org/"},'),
     f"{DESCRIPTOR}:17: licenses: has an entry that is duplicated"),
    ("resource without name", DESCRIPTOR, ('      "name": "sources",\n', ""),
     f"{DESCRIPTOR}:38: resources[0]: 'name' is a required property"),
    ("resource without schema", DESCRIPTOR, ('"schema": "data/caveats.schema.json"', '"profile": "x"'),
     f"{DESCRIPTOR}:116: resources[6]: 'schema' is a required property"),
    ("resource with its schema inside", DESCRIPTOR, ('"schema": "data/caveats.schema.json"', '"schema": {"fields": [{"name": "a"}]}'),
     f"{DESCRIPTOR}:127: resources[6].schema: is not of the form data/name.schema.json"),
    ("resource of many files", DESCRIPTOR, ('"path": "data/caveats.csv"', '"path": ["data/caveats.csv"]'),
     f"{DESCRIPTOR}:118: resources[6].path: is not of the form data/name.csv"),
    ("resource name twice", DESCRIPTOR, ('"name": "speakers"', '"name": "sources"'),
     f"{DESCRIPTOR}:64: resource sources is duplicated"),
    ("table that the build reads left out", DESCRIPTOR, ('"name": "glossary"', '"name": "terms"'),
     f"{DESCRIPTOR}:223: resource terms: path is 'data/glossary.csv'; expected 'data/terms.csv'"),
]  # fmt: skip

VERDICTS = [
    ("fact without a check", CHECKS, ("shop-revenue-2020-check-1,shop-revenue-2020,,,not_found,none,Nothing was found.,未找到。\n", ""),
     f"{FACTS}:3: shop-revenue-2020: no check compares it with other sources"),
    ("check with another metric", EVIDENCE, ("filing-revenue-2018,shop,revenue,1516000000,,CNY", "filing-revenue-2018,shop,viewers,1516000000,,people"),
     f"{CHECKS}:2: evidence_id: filing-revenue-2018 measures viewers, the fact revenue"),
    ("check with another unit", EVIDENCE, ("shop,revenue,1516000000,,CNY", "shop,,1516000000,,USD"),
     f"{CHECKS}:2: evidence_id: filing-revenue-2018 is in USD, the fact in CNY"),
    ("evidence in another unit than its metric", EVIDENCE, ("1516000000,,CNY", "1516000000,,USD"),
     f"{EVIDENCE}:2: unit: 'USD' is not 'CNY', the unit of metric revenue"),
    ("evidence that ends before it starts", EVIDENCE, (",2018,reported", ",2018/2017,reported"),
     f"{EVIDENCE}:2: period: '2018/2017' ends before it starts"),
    ("evidence with an unknown source", EVIDENCE, ("reported,filing,Page", "reported,filling,Page"),
     f"{EVIDENCE}:2: source_id: 'filling' is not in table sources (did you mean filing?)"),
    ("evidence with numbers that differ", EVIDENCE, ("1.516 billion", "1.517 billion"),
     f"{EVIDENCE}:2: statement: the languages differ in numbers: en has 1517000000; zh has 1516000000"),
    ("evidence never used", EVIDENCE, ("", "spare,shop,,,,,exact,2018,reported,filing,Page,页,Basis,口径,A thing.,一件事。\n"),
     f"{EVIDENCE}:4: spare: is used by no check, event, reply, chart or quote; use it or remove it"),
    ("corroborated by another value", EVIDENCE, (",1516000000,", ",1580000000,"),
     f"{CHECKS}:2: verdict: corroborated, but the fact has 1520000000 CNY and filing-revenue-2018 1580000000 CNY"),
    ("corroborated below a lower limit", CHECKS, ("shop-revenue-2020,,,not_found,none", "shop-revenue-2018,,filing-revenue-2018,differs,same"),
     f"{FACTS}:3: shop-revenue-2020: no check compares it with other sources"),
    ("differs with the same value", EVIDENCE, (",2022-03-01,", ",2022-02,"),
     f"{CHECKS}:5: verdict: differs, but the fact and copy-closing both have 2022-02"),
    ("corroborated event of another time", CHECKS, ("copy-closing,differs", "copy-closing,corroborated"),
     f"{CHECKS}:5: verdict: corroborated, but the fact has 2022-02 and copy-closing 2022-03-01"),
    ("firm verdict on a single repost", EVIDENCE, ("reported,filing,Page", "reported,copy,Page"),
     f"{CHECKS}:2: verdict: corroborated rests on a single repost, filing-revenue-2018; use lead_only"),
    ("contradiction on a single repost", EVIDENCE, ("reported,filing,Notes", "reported,copy,Notes"),
     f"{CHECKS}:5: verdict: differs rests on a single repost, copy-closing; use lead_only"),
    ("repost with nothing to search for", SOURCES, (",海鸥日报 转载,", ",,"),
     f"{SOURCES}:3: search: empty, but a repost is not linked; say what to search for"),
    ("what is not comparable and differs", CHECKS, ("differs,same", "differs,other_period"),
     f"{CHECKS}:5: verdict: differs, but comparison is other_period; what is not comparable is partly, consistent or lead_only"),
    ("comparison that is none of the list", CHECKS, ("differs,same", "differs,alike"),
     f"{CHECKS}:5: comparison: 'alike': constraint \"enum\" is \"['same', 'undefined', 'other_definition', 'other_period', 'related', 'none']\""),
    ("nothing found in evidence", CHECKS, ("filing-revenue-2018,corroborated", "filing-revenue-2018,not_found"),
     f"{CHECKS}:2: evidence_id: not_found must not name evidence"),
    ("corroborated by nothing", CHECKS, ("shop-revenue-2020,,,not_found", "shop-revenue-2020,,,corroborated"),
     f"{CHECKS}:3: evidence_id: corroborated needs evidence"),
    ("verdict that there is none of", CHECKS, (",,not_checkable,", ",,unclear,"),
     f"{CHECKS}:6: verdict: 'unclear': constraint \"enum\" is \"['corroborated', 'differs', 'partly', 'consistent', 'lead_only', 'not_found', 'not_checkable']\""),
    ("event on a fact and on evidence", EVENTS, ("closing-noticed,2022-03-01,stall,,copy-closing", "closing-noticed,2022-03-01,stall,stall-closed,copy-closing"),
     f"{EVENTS}:3: fact_id: an event rests on a fact or on evidence, on one of the two"),
    ("event on nothing", EVENTS, (",copy-closing,", ",,"), f"{EVENTS}:3: fact_id: an event rests on a fact or on evidence, on one of the two"),
    ("event outside its evidence", EVENTS, ("closing-noticed,2022-03-01", "closing-noticed,2022-03-02"),
     f"{EVENTS}:3: date: 2022-03-02 is not within 2022-03-01, the period of evidence copy-closing"),
    ("contradiction that the story leaves out", EN, ("{{ check stall-closed }}", ""),
     f"{EN}:18: other sources differ on stall-closed; say so with {{{{ check stall-closed }}}}"),
    ("unknown evidence quoted", EN, ("evidence copy-closing", "evidence copy-closed"),
     f"{EN}:18: quote {{{{ evidence copy-closed period }}}}: no evidence 'copy-closed' (did you mean copy-closing?)"),
    ("check of a fact that has none", EN, ("check stall-closed", "check stall-shut"),
     f"{EN}:20: quote {{{{ check stall-shut }}}}: no check 'stall-shut' (did you mean stall-closed?)"),
]  # fmt: skip

CELLS = [
    ("NaN", FACTS, (",1520000000,", ",NaN,"), f"{FACTS}:2: value: 'NaN' {PLAIN}"),
    ("infinity", FACTS, (",1520000000,", ",INF,"), f"{FACTS}:2: value: 'INF' {PLAIN}"),
    ("number with a Chinese size", FACTS, (",1520000000,", ",1.2万亿,"), f"{FACTS}:2: value: '1.2万亿' {PLAIN}"),
    ("full-width digits", FACTS, (",1520000000,", ",１５,"), f"{FACTS}:2: value: '１５' {PLAIN}"),
    ("thousands separator", FACTS, (",1520000000,", ',"1,000",'), f"{FACTS}:2: value: '1,000' {PLAIN}"),
    ("scientific notation", FACTS, (",1520000000,", ",1.52e9,"), f"{FACTS}:2: value: '1.52e9' {PLAIN}"),
    ("trailing space", CAVEATS, (SENTENCE, "One voice. "),
     f"{CAVEATS}:2: sentence_en: space at the start or end of 'One voice. '"),
    ("two spaces", CAVEATS, (SENTENCE, "One  voice."), f"{CAVEATS}:2: sentence_en: two spaces together in 'One  voice.'"),
    ("not NFC", CAVEATS, (SENTENCE, "A cafe\u0301."),
     f"{CAVEATS}:2: sentence_en: 'A cafe\u0301.' is not in Unicode form NFC; normalise it"),
    ("zero-width space", CAVEATS, (SENTENCE, "One\u200bvoice."),
     f"{CAVEATS}:2: sentence_en: hidden character U+200B in 'One\\u200bvoice.'; remove it"),
    ("right-to-left mark", CAVEATS, (SENTENCE, "One\u200fvoice."),
     f"{CAVEATS}:2: sentence_en: hidden character U+200F in 'One\\u200fvoice.'; remove it"),
    ("control character", CAVEATS, (SENTENCE, "One\x07voice."),
     f"{CAVEATS}:2: sentence_en: hidden character U+0007 in 'One\\x07voice.'; remove it"),
    ("line separator", CAVEATS, (SENTENCE, "One\u2028voice."),
     f"{CAVEATS}:2: sentence_en: hidden character U+2028 in 'One\\u2028voice.'; remove it"),
    *(
        (f"formula with {sign}", CAVEATS, (SENTENCE, f"{sign}SUM(A)"),
         f"{CAVEATS}:2: sentence_en: '{sign}SUM(A)' starts like a spreadsheet formula; put it in quotation marks or reword it")
        for sign in "=+-@"
    ),
    ("HTML tag", CAVEATS, (SENTENCE, "One <b>voice</b>."),
     f"{CAVEATS}:2: sentence_en: HTML in 'One <b>voice</b>.'; cells hold plain text"),
    ("HTML entity", CAVEATS, (SENTENCE, "One&nbsp;voice."),
     f"{CAVEATS}:2: sentence_en: HTML in 'One&nbsp;voice.'; cells hold plain text"),
    ("script as address", SOURCES, ("https://example.org/report", "javascript:alert(1)"),
     f"{SOURCES}:2: url: 'javascript:alert(1)' is not an http(s) address"),
    ("address that is not http", SOURCES, ("https://example.org/report", "ftp://example.org/report"),
     f"{SOURCES}:2: url: 'ftp://example.org/report' is not an http(s) address"),
    ("longest cell", CAVEATS, (SENTENCE, "a" * 2001),
     f"{CAVEATS}:2: sentence_en: 2001 characters; a cell holds at most 2000"),
    ("word outside its list", ENTITIES, ("pinyin", "guess"),
     f"{ENTITIES}:3: name_basis: 'guess': constraint \"enum\" is \"['official', 'pinyin', 'translation']\""),
    ("pattern broken", FACTS, (",P1,", ",p. 1,"),
     f"{FACTS}:4: locator: 'p. 1': constraint \"pattern\" is \"P(0|[1-9][0-9]?)\""),
    ("required cell empty", CAVEATS, (SENTENCE, ""), f"{CAVEATS}:2: sentence_en: constraint \"required\" is \"True\""),
    ("id twice", CAVEATS, ("", "one-voice,Again.,又是。\n"),
     f"{CAVEATS}:3: caveat_id: 'one-voice': the same as in the row at position 2"),
    ("unknown speaker", FACTS, ("implied,paper,", "implied,papers,"),
     f"{FACTS}:3: speaker_id: 'papers' is not in table speakers (did you mean paper?)"),
    ("unknown caveat", LINKS, ("one-voice", "two-voices"), f"{LINKS}:2: caveat_id: 'two-voices' is not in table caveats (did you mean one-voice?)"),
    ("derived from an unknown fact", f"{DATA}figure_inputs.csv", ("a,shop-revenue-2018", "a,shop-revenue-2019"),
     f"{DATA}figure_inputs.csv:2: fact_id: 'shop-revenue-2019' is not in table facts (did you mean shop-revenue-2018?)"),
    ("unknown parent", ENTITIES, ("pinyin,shop,", "pinyin,shops,"), f"{ENTITIES}:3: parent_id: 'shops' is not in table entities (did you mean shop?)"),
]  # fmt: skip

RULES = [
    ("unit not the metric's", FACTS, (",90,,people", ",90,,count"),
     f"{FACTS}:4: unit: 'count' is not 'people', the unit of metric viewers"),
    ("value without metric", FACTS, ("stall,viewers,", "stall,,"), f"{FACTS}:4: value: 90 has no metric or no unit"),
    ("unit without value", FACTS, (",90,,people", ",,,people"),
     f"{FACTS}:4: value: empty, but unit or value_high is filled"),
    ("value above value_high", FACTS, ("90,,people,90人左右,about", "90,80,people,80至90人,range"),
     f"{FACTS}:4: value_high: 80 is less than value 90"),
    ("range without value_high", FACTS, ("90人左右,about", "90人左右,range"),
     f"{FACTS}:4: qualifier: range goes with value_high"),
    ("printed form not the value", FACTS, ("15.2亿元,exact", "15.3亿元,exact"),
     f"{FACTS}:2: printed: '15.3亿元' says 1530000000, value says 1520000000"),
    ("period not EDTF", FACTS, ("exact,2018,", "exact,in 2018,"), f"{FACTS}:2: period: 'in 2018' {EDTF}"),
    ("not a calendar date", FACTS, ("2022-03-06/2022-03-07", "2022-02-30"),
     f"{FACTS}:4: period: '2022-02-30' is not a calendar date"),
    ("end before start", FACTS, ("2022-03-06/2022-03-07", "2022-03-07/2022-03-06"),
     f"{FACTS}:4: period: '2022-03-07/2022-03-06' ends before it starts"),
    ("undated with a period", FACTS, ("over,2020,implied", "over,2020,undated"),
     f"{FACTS}:3: period_basis: undated goes with an empty period"),
    ("dated without a period", FACTS, ("over,2020,implied", "over,,implied"),
     f"{FACTS}:3: period_basis: implied goes with a period"),
    ("position out of order", FACTS, ("shop-revenue-2020,2,", "shop-revenue-2020,7,"),
     f"{FACTS}:3: position: 7, expected 2 in report report; a row is missing, duplicated or out of order; keep the facts of a report together"),
    ("event outside its fact's period", EVENTS, ("2022-02", "2022-03"),
     f"{EVENTS}:2: date: 2022-03 is not within 2022-02, the period of fact stall-closed"),
    ("source that was seen elsewhere", SOURCES, ("gulls.example.org,", "gulls.example.net,"),
     f"{SOURCES}:3: seen_on: 'gulls.example.net' is not the site of http://gulls.example.org/copy"),
    ("no link, no repost", SOURCES, ("https://example.org/report", ""), f"{SOURCES}:2: url: empty; only a repost may lack it"),
    ("parent without source", ENTITIES, ("shop,copy,", "shop,,"),
     f"{ENTITIES}:3: parent_id: goes with parent_source_id, the source that says so"),
    ("exchange without source", ENTITIES, ("shop,copy,,,,", "shop,copy,shop,,,"),
     f"{ENTITIES}:3: ticker: goes with exchange_id"),
    ("source never cited", ENTITIES, ("shop,copy,", ",,"), f"{SOURCES}:3: copy: never cited; use it or remove it"),
    ("entity never named", ENTITIES, ("", "kiosk,platform,Kiosk,亭子,pinyin,,,,,,P1,A kiosk.,一个亭子。\n"),
     f"{ENTITIES}:4: kiosk: never named by a fact, evidence, speaker, entity or source; use it or remove it"),
    ("silent speaker", SPEAKERS, ("", "clerk,anonymous,,A clerk,店员,Unnamed.,匿名。\n"),
     f"{SPEAKERS}:4: clerk: never says anything; use it or remove it"),
    ("metric never measured", METRICS, ("", "loss,CNY,Loss,亏损,What was lost.,亏了多少。\n"),
     f"{METRICS}:4: loss: never measured; use it or remove it"),
    ("caveat of no fact", CAVEATS, ("", "two-voices,Two voices.,两个人的话。\n"),
     f"{CAVEATS}:3: two-voices: carried by no fact; use it or remove it"),
    ("amount differs from its twin", FACTS, ("for 1.52 billion", "for 1.53 billion"),
     f"{FACTS}:2: statement: the languages differ in numbers: en has 1530000000; zh has 1520000000"),
    ("size differs from its twin", FACTS, ("400 million yuan", "400 thousand yuan"),
     f"{FACTS}:3: statement: the languages differ in numbers: en has 400000; zh has 400000000"),
    ("month differs from its twin", FACTS, ("7 March.", "7 April."),
     f"{FACTS}:4: statement: the languages differ in numbers: en has 4; zh has 3"),
    ("correction of an unknown field", CORRECTIONS, ("", "c1,stall-viewers,valu,80,90,error,Wrong.,错了。,0.2.0\n"),
     f"{CORRECTIONS}:2: field: facts has no 'valu' (did you mean value?)"),
    ("correction to another value", CORRECTIONS, ("", "c1,stall-viewers,value,80,91,error,Wrong.,错了。,0.2.0\n"),
     f"{CORRECTIONS}:2: new: '91' differs from '90' in facts"),
]  # fmt: skip

PAGES = [
    ("page missing in one language", "docs/zh/glossary.md", None, "docs/zh/glossary.md:1: page is missing; there is one in en"),
    ("page without head", EN, ("---\ntitle", "title"),
     f"{EN}:1: no head; start the page with ---, title, description, section, order, ---"),
    ("head not YAML", EN, ("title: A small", "title: A: small"), f"{EN}:2: not YAML: mapping values are not allowed in this context"),
    ("head without order", EN, ("order: 10\n", ""), f"{EN}:2: 'order' is a required property"),
    ("unknown section", EN, ("section: story", "section: stories"),
     f"{EN}:4: section: 'stories' is not one of story, facts, about"),
    ("different section", ZH, ("section: story", "section: facts"), f"{ZH}:4: section: 'facts'; {EN} has 'story'"),
    ("different order", ZH, ("order: 10", "order: 11"), f"{ZH}:5: order: 11; {EN} has 10"),
    ("heading without id", EN, ("## More { #more }", "## More"), f"{EN}:14: heading 'More' has no id; end it with {{ #some-id }}"),
    ("heading id twice", EN, ("See [the", "### Again { #more }\n\nSee [the"), f"{EN}:16: heading id 'more' is duplicated on the page"),
    ("headings differ between languages", ZH, ("{ #more }", "{ #rest }"), f"{ZH}:1: headings differ from {EN}: more, rest"),
    ("unknown fact", EN, ("{{ fact stall-viewers }}", "{{ fact stall-viewer }}"),
     f"{EN}:10: quote {{{{ fact stall-viewer }}}}: no fact 'stall-viewer' (did you mean stall-viewers?)"),
    ("unknown kind of quote", ZH, ("{{ fact stall-viewers }}", "{{ facts stall-viewers }}"),
     f"{ZH}:10: quote {{{{ facts stall-viewers }}}}: no quotes of kind 'facts' (did you mean fact?)"),
    ("unknown form of quote", EN, ("2018 period }}", "2018 periods }}"),
     f"{EN}:10: quote {{{{ fact shop-revenue-2018 periods }}}}: no form 'periods' (did you mean period?)"),
    ("stray braces", EN, ("See [the", "See }} [the"), f"{EN}:16: '}}}}' {BRACES}"),
    ("digits typed", EN, ("See [the", "Of 12.5% see [the"), f"{EN}:16: '12.5%' {HAND}"),
    ("words typed", EN, ("See [the", "It had two million. See [the"), f"{EN}:16: 'two million' {HAND}"),
    ("digits typed in Chinese", ZH, ("见[", "有3.9万人，见["), f"{ZH}:16: '3.9万' {HAND}"),
    ("full-width digits typed", ZH, ("见[", "有５人，见["), f"{ZH}:16: '５' {HAND}"),
    ("Chinese numerals typed", ZH, ("见[", "三亿元，见["), f"{ZH}:16: '三亿元' {HAND}"),
    ("quote missing in one language", ZH, ("{{ fact stall-viewers }}", "很多人"),
     f"{ZH}:1: fact stall-viewers is quoted in {EN} and not here"),
    ("quote in one language only", ZH, ("见[", "{{ list facts }}见["),
     f"{ZH}:1: list facts is quoted here and not in {EN}"),
    ("chart on no page", EN, ("{{ chart sales }}", ""),
     "docs/en:1: chart sales is shown on no page; quote it as {{ chart sales }}"),
    ("list on no page", "docs/zh/lists.md", ("{{ list caveats }}", ""),
     "docs/zh:1: list caveats is on no page; quote it as {{ list caveats }}"),
    ("dead link", EN, ("See [the", "See [it](list.md), [the"), f"{EN}:16: link to 'list.md': no such page or picture (did you mean lists.md?)"),
    ("link to this machine", ZH, ("见[", "见<http://127.0.0.1:22/>[") , f"{ZH}:16: link to 'http://127.0.0.1:22/': is not a public http(s) address; 127.0.0.1 is not the name of a public host"),
    ("missing picture", EN, ("See [the", "See <img src='assets/gone.png' alt=''> [the"), f"{EN}:16: link to 'assets/gone.png': the site has no such page or file"),
    ("comment never closed", EN, ("## More { #more }", "## More { #more }\n\n<!-- later\n"), f"{EN}:16: a comment is never closed and swallows what follows; end it with -->"),
    ("fold never closed", ZH, ("见[", "<details>\n\n见["), f"{ZH}:16: <details> is never closed and swallows what follows; end it with </details>"),
    ("page with a byte-order mark", EN, b"\xef\xbb\xbf---\n", f"{EN}:1: byte-order mark at the start; save as UTF-8 without BOM"),
    ("large number by another's name", WORDS, ("[100000000, 亿]", "[100000000, 万]"), f"{WORDS}:18: large[0]: '万' is not how zh_Hans_CN writes 100000000; CLDR has '亿'"),
    ("money of another country", WORDS, ('CNY: "{}元"', 'CNY: "{}美元"'), f"{WORDS}:21: units.CNY: '{{}}美元' names USD, not CNY, according to CLDR"),
    ("word of another hedge", WORDS, ('at_least: "至少{}"', 'at_least: "至多{}"'), f"{WORDS}:35: hedges.at_least: '至多{{}}' does not say at_least, as in 至少, 及以上, 以上, 不少于, 不低于, 起码; add it to scripts/words/words.yml if it is right"),
    ("language without a word", WORDS, ("undated: 未注明时间\n", ""), f"{WORDS}:2: undated is missing; docs/en/_language.yml:37 has it"),
    ("language without a group of words", WORDS, ("sections:\n", "rooms:\n"), f"{WORDS}:2: sections is missing; docs/en/_language.yml:10 has it"),
    ("language not YAML", WORDS, ("sections:", "sections: ["), f"{WORDS}:12: not YAML: did not find expected ',' or ']'"),
    ("unknown locale", WORDS, ("zh_Hans_CN", "xx_XX"), f"{WORDS}:3: locale: not a locale that Babel knows: unknown locale 'xx_XX'"),
]  # fmt: skip


def batches() -> list[dict[str, tuple]]:
    """The cases that one check can tell apart, since all problems come at once: one for each table, one for the pages.

    A table or descriptor that cannot be read hides other problems, so those cases are alone in theirs.
    """
    together: list[dict[str, tuple]] = []
    for case in CELLS + RULES + PAGES:
        room = case[1] if case[1].startswith(DATA) else "docs"
        batch = next((batch for batch in together if room not in batch), None)
        if batch is None:
            together.append(batch := {})
        batch[room] = case
    return [{case[1]: case} for case in FILES + DESCRIPTORS + VERDICTS] + together


BATCHES = batches()


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], list[str]]:
    """What `check` says of a copy with all the damage of a batch, worked out once."""

    @functools.cache
    def of(number: int) -> list[str]:
        project = copied(SMALL, tmp_path_factory.mktemp("bad") / "small")
        for _, file, change, _ in BATCHES[number].values():
            damage(project, file, change)
        return problems(project)

    return of


@pytest.mark.parametrize(
    ("number", "line"),
    [pytest.param(i, case[3], id=case[0]) for i, batch in enumerate(BATCHES) for case in batch.values()],
)
def test_mistake_is_reported_with_its_line(reported: Callable[[int], list[str]], number: int, line: str):
    assert line in reported(number)


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


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("no_syntax", "FACTS = {\n", "1: SyntaxError: '{' was never closed"),
        (
            "no_bytes",
            "FACTS = '\udcff'\n",
            "1: SyntaxError: (unicode error) 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
        ),
        ("merged", "A = 1\n<<<<<<< HEAD\n", "2: SyntaxError: invalid syntax"),
        ("raises", "\n\nnothing\n", "3: NameError: name 'nothing' is not defined"),
        ("ends", "\nexit()\n", "2: SystemExit: None"),
        ("no_draw", "FACTS = 1\n", "1: has no function draw(rows, words, frame)"),
    ],
)
def test_chart_module_that_fails_to_load_is_reported_with_its_line(
    tmp_path, monkeypatch, name: str, text: str, fault: str
):
    (tmp_path / f"{name}.py").write_bytes(text.encode("utf-8", "surrogateescape"))
    monkeypatch.setattr(charts, "__path__", [*charts.__path__, str(tmp_path)])
    assert f"scripts/charts/{name}.py:{fault}" in problems(THIS, None)


def test_unreadable_chart_module_is_reported(tmp_path, monkeypatch):
    (tmp_path / "locked.py").symlink_to("/proc/self/mem")
    monkeypatch.setattr(charts, "__path__", [*charts.__path__, str(tmp_path)])
    assert problems(THIS, None) == ["scripts/charts/locked.py:1: cannot be read: Input/output error"]


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


def test_bad_cell_is_reported_once(copy: Project):
    damage(copy, FACTS, (",1520000000,", ",NaN,"))
    damage(copy, EVENTS, ("2022-02", "2022-2"))
    damage(copy, FACTS, ("2022-03-06/2022-03-07", "2022-03-06/07"))
    assert problems(copy) == [
        f"{EVENTS}:2: date: '2022-2' {EDTF}",
        f"{FACTS}:2: value: 'NaN' {PLAIN}",
        f"{FACTS}:4: period: '2022-03-06/07' {EDTF}",
    ]


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


def test_check_writes_nothing(copy: Project):
    damage(copy, CAVEATS, (SENTENCE, "One  voice."))
    before = tree(copy.root)
    assert problems(copy) == [f"{CAVEATS}:2: sentence_en: two spaces together in 'One  voice.'"]
    assert tree(copy.root) == before
    assert not copy.build.exists()


def test_all_problems_are_reported_at_once_sorted_and_without_duplicates(copy: Project):
    damage(copy, ZH, ("见[", "有５人，见["))
    damage(copy, CAVEATS, (SENTENCE, "One  voice. "))
    damage(copy, EN, ("See [the", "Of 5 or 5 see [the"))
    assert problems(copy) == [
        f"{CAVEATS}:2: sentence_en: space at the start or end of 'One  voice. '",
        f"{CAVEATS}:2: sentence_en: two spaces together in 'One  voice. '",
        f"{EN}:16: '5' {HAND}",
        f"{ZH}:16: '５' {HAND}",
    ]
