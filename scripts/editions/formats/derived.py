"""What analysts ask for and the tables leave to be worked out. In: `Edition`; out: `Edition` with more columns and tables.

Beside each EDTF string stand its first day, last day and precision; a fact has the verdict that its checks amount to; the
table `facts_flat` has one row a fact with the names that the others hold; `words` says what the values of closed lists are
called, and `dictionary` what every column means. Every format writes these like any other table.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ...data import periods, verdicts
from ...words.lists import Term
from . import tables
from .tables import TIMES, Edition, Table

FLAT = "facts_flat"
Row = dict[str, str]
_TEXTS = {
    "start": ("date", "First day", "首日", "The first day of {} (ISO 8601).", "{}的第一天（ISO 8601）。"),
    "end": ("date", "Last day", "末日", "The last day of {}; empty where its end is open.", "{}的最后一天；尚未结束则为空。"),
    "precision": ("string", "Precision", "精度", "How exact {} is: year, month or day.", "{}精确到年（year）、月（month）还是日（day）。"),
}  # fmt: skip
_VERDICT = ("verdict", "string", "Verdict", "核对结论", "What the checks of this fact amount to, worked out.",
            "由各条核对综合得出的结论。")  # fmt: skip
_OWN = ("fact_id", "position", "statement_en", "statement_zh", "value", "value_high", "unit", "qualifier", "printed", "kind",
        "period", "period_start", "period_end", "period_precision", "period_basis", "locator", "verdict")  # fmt: skip
"""The columns of a fact that the flat table repeats."""
_KEY = ("table", "field", "value")
_WORDS = {
    "table": ("Table", "表", "The table whose field has the value.", "该取值所在的表。"),
    "field": ("Field", "字段", "The field that has the value.", "该取值所在的字段。"),
    "value": ("Value", "取值", "The value as the tables have it.", "表中的取值。"),
}
_NAMES = {
    "entities_en": ("Entities (English)", "对象（英文）", "What the fact is about.", "事实所涉及的对象。"),
    "entities_zh": ("Entities (Chinese)", "对象（中文）", "What the fact is about, in Chinese.", "事实所涉及的对象，中文。"),
    "metric_en": ("Metric (English)", "指标（英文）", "What is measured.", "所衡量的指标。"),
    "metric_zh": ("Metric (Chinese)", "指标（中文）", "What is measured, in Chinese.", "所衡量的指标，中文。"),
    "speaker_en": ("Speaker (English)", "说话者（英文）", "Who says it.", "说话者。"),
    "speaker_zh": ("Speaker (Chinese)", "说话者（中文）", "Who says it, in Chinese.", "说话者，中文。"),
    "source_en": ("Source (English)", "来源（英文）", "The publisher of the document that it is from.", "所出自的文献的发布者。"),
    "source_zh": ("Source (Chinese)", "来源（中文）", "The same in Chinese.", "所出自的文献的发布者，中文。"),
    "other_sources_en": ("Other sources (English)", "其他来源（英文）", "The publishers of the evidence that it was checked against.", "用以核对的证据的发布者。"),
    "other_sources_zh": ("Other sources (Chinese)", "其他来源（中文）", "The same in Chinese.", "用以核对的证据的发布者，中文。"),
}  # fmt: skip


def enriched(edition: Edition, words: Iterable[Term] = ()) -> Edition:
    """The edition with its derived columns, between dictionary and flat table, and the words; a table without rows is left out."""
    rows = {table.name: list(_records(table)) for table in edition.tables}
    own = [_with_columns(table, rows) for table in edition.tables]
    flat = [_flat(table, rows) for table in own if table.name == "facts"]
    made = [*flat, *own, *_words(edition, words)]
    entries = tables.dictionary(Edition(edition.descriptor, made))
    fields = [{"name": name, "type": "string"} for name in entries[0]]
    described = Table({"name": "dictionary"}, {"fields": fields}, b"")
    dictionary = _table(described, fields, [{name: cell or "" for name, cell in entry.items()} for entry in entries])
    return Edition(edition.descriptor, [dictionary, *made])


def _words(edition: Edition, words: Iterable[Term]) -> Iterator[Table]:
    """What the values of the edition's closed lists are called in each language, a row a value."""
    lists = {
        (table.name, field["name"]): field["constraints"]["enum"]
        for table in edition.tables
        for field in table.fields
        if "enum" in field.get("constraints", {})
    }
    made: dict[tuple[str, str, str], Row] = {}
    for word in words:
        if word.value in lists.get((word.table, word.field), ()):
            row = made.setdefault(word[:3], dict(zip(_KEY, word[:3], strict=True)))
            row |= {f"name_{word.language}": word.name, f"meaning_{word.language}": word.meaning}
    if not made:
        return
    fields = [{"name": name, "type": "string", **_texts(*_WORDS.get(name, (name, name, "", "")))}
              for name in dict.fromkeys(name for row in made.values() for name in row)]  # fmt: skip
    resource = {"name": "words", "title": "Words for values", "title_zh": "取值的名称",
                "description": "What each value of a closed list is called in each language, and what it means.",
                "description_zh": "各封闭列表中每个取值的中英文名称及含义。"}  # fmt: skip
    yield _table(Table(resource, {"primaryKey": list(_KEY)}, b""), fields, made.values())


def _records(table: Table) -> Iterator[Row]:
    return csv.DictReader(io.StringIO(table.raw.decode(), newline=""), strict=True)


def _with_columns(table: Table, rows: dict[str, list[Row]]) -> Table:
    """A table with the columns that follow from its own, each behind the one it is made from."""
    fields: list[dict[str, Any]] = []
    cells: dict[str, Callable[[Row], str]] = {}
    for field in table.fields:
        fields.append(field)
        if field["name"] in TIMES:
            for part, (kind, *texts) in _TEXTS.items():
                name = f"{field['name']}_{part}"
                fields.append(_field(name, kind, *(text.format(field["name"]) for text in texts)))
                cells[name] = lambda row, name=field["name"], part=part: _of_time(row[name], part)  # type: ignore[misc]
    if table.name == "facts" and "checks" in rows:
        by_fact: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for check in rows["checks"]:
            by_fact[check["fact_id"]].append((check.get("part_entity_id", ""), check["verdict"]))
        fields.append(_field(*_VERDICT))
        cells["verdict"] = lambda row: verdicts.of_checks(by_fact[row["fact_id"]])
    if not cells:
        return table
    for row in rows[table.name]:
        row |= {name: make(row) for name, make in cells.items()}
    return _table(table, fields, rows[table.name])


def _of_time(text: str, part: str) -> str:
    """The first day, the last day or the precision of an EDTF string; nothing where there is none."""
    if not text:
        return ""
    period = periods.read(text)
    days = {"start": period.first, "end": period.last}
    return period.precision if part == "precision" else day.isoformat() if (day := days[part]) else ""


def _flat(facts: Table, rows: dict[str, list[Row]]) -> Table:
    """One row a fact: its own columns, and the names of what it is about, of who says it and of its sources."""
    by_id = {name: {row[next(iter(row))]: row for row in some} for name, some in rows.items()}
    about, checked = defaultdict(list), defaultdict(list)
    for link in rows.get("fact_entities", ()):
        about[link["fact_id"]].append(link["entity_id"])
    for check in rows.get("checks", ()):
        if evidence := by_id["evidence"].get(check["evidence_id"]):
            checked[check["fact_id"]].append(evidence["source_id"])
    known = set(facts.names)
    fields = [field for name in _OWN for field in facts.fields if field["name"] == name]
    fields += [_field(name, "string", *texts) for name, texts in _NAMES.items()]

    def named(table: str, ids: Iterable[str], column: str) -> str:
        found = (by_id.get(table, {}).get(id_, {}).get(column, "") for id_ in ids if id_)
        return "; ".join(dict.fromkeys(filter(None, found)))

    made = []
    for row in rows["facts"]:
        entities = [row["entity_id"], *about[row["fact_id"]]]
        names = {f"entities_{code}": named("entities", entities, f"name_{code}") for code in ("en", "zh")}
        for table in ("metrics", "speakers"):
            one = table[:-1]
            names |= {f"{one}_{code}": named(table, [row[f"{one}_id"]], f"name_{code}") for code in ("en", "zh")}
        for code, column in (("en", "publisher"), ("zh", "publisher_zh")):
            names[f"source_{code}"] = named("sources", [row["source_id"]], column)
            names[f"other_sources_{code}"] = named("sources", checked[row["fact_id"]], column)
        made.append({name: row[name] for name in _OWN if name in known} | names)
    resource = {
        "name": FLAT, "path": f"csv/{FLAT}.csv",
        "title": "Facts, flat", "title_zh": "事实总表",
        "description": "One row a fact, with the names of what it is about, of who says it and of the sources; worked out.",
        "description_zh": "每条事实一行，附对象、指标、说话者与来源的名称；由其余各表得出。",
    }  # fmt: skip
    return _table(Table(resource, {"primaryKey": "fact_id"}, b""), fields, made)


def _table(like: Table, fields: list[dict[str, Any]], rows: Iterable[Row]) -> Table:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, [field["name"] for field in fields], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return Table(like.resource, {**like.schema, "fields": fields}, buffer.getvalue().encode())


def _field(name: str, kind: str, title: str, title_zh: str, description: str, description_zh: str) -> dict[str, Any]:
    return {"name": name, "type": kind, **_texts(title, title_zh, description, description_zh)}


def _texts(title: str, title_zh: str, description: str, description_zh: str) -> dict[str, str]:
    return {"title": title, "title_zh": title_zh, "description": description, "description_zh": description_zh}
