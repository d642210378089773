"""Mutations of the real data, each a single change of meaning, reproducible by the seed; and whether `check` refuses them.

Damages to the form of any file, such as its encoding or its header, are in `damages.py`.

`make mutation` prints the score and every survivor. A mutation is refused if `check` reports a problem that
names the damaged file, or the damaged row by its id. For speed, a worker first validates the damaged table alone, then runs the
rules between tables, then the complete check. The problems of each step are a subset of those of the next one,
which it tests on a sample.
"""

import collections
import concurrent.futures
import csv
import dataclasses
import fnmatch
import hashlib
import io
import json
import multiprocessing
import os
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from scripts import commands
from scripts.data import dataset, package, verdicts
from scripts.paths import THIS, Project
from scripts.problem import Problem
from scripts.rules import conditions, measured, runner
from scripts.rules.view import View
from tests.conftest import copied

SEED = "low tide 1"
SURVIVORS = Path(__file__).resolve().parent / "survivors.yml"
HOME = "datapackage"
PICKED = 1  # rows damaged for each kind and column
SAMPLE = 40  # one mutation in 40 goes through the complete check even if a short cut refuses it
ALONE = "short cut alone"
EDITS = 1  # changes to each field of a schema; each resource of the descriptor gets one more
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change: its kind, the table and column it damages, what it does, the row's id, the file and its new bytes."""

    kind: str
    where: str
    what: str
    row: str
    file: str
    raw: bytes

    def __str__(self) -> str:
        return f"{self.kind} | {self.where} | {self.row[:60]} | {self.what}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether `check` refused a mutation: the step that found it, and the first problem that names it."""

    mutation: Mutation
    step: str  # table, rules, check; ALONE if the complete check does not find it; empty for a survivor
    sentence: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table to damage: its name, file, schema and rows."""

    name: str
    file: str
    schema: dict[str, Any]
    header: list[str]
    rows: list[Row]

    @property
    def key(self) -> list[str]:
        key = self.schema["primaryKey"]
        return [key] if isinstance(key, str) else key

    def id(self, row: Row) -> str:
        """The ids by which a problem may name the row: its key, and the fact that it belongs to."""
        return " ".join(dict.fromkeys(row[name] for name in (*self.key, "fact_id") if row.get(name)))

    def raw(self, rows: list[Row]) -> bytes:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows([row[name] for name in self.header] for row in rows)
        return text.getvalue().encode()


def sheets() -> list[Sheet]:
    """The real tables that have rows."""
    found = []
    for resource in json.loads(THIS.descriptor.read_text("utf-8"))["resources"]:
        home = THIS.descriptor.parent
        with (home / resource["path"]).open(encoding="utf-8", newline="") as file:
            header, *lines = list(csv.reader(file))
        schema = json.loads((home / resource["schema"]).read_text("utf-8"))
        rows = [dict(zip(header, line, strict=True)) for line in lines]
        if rows:
            found.append(Sheet(resource["name"], f"{HOME}/{resource['path']}", schema, header, rows))
    return found


def mutations() -> list[Mutation]:
    """Every mutation, in the order of the tables; no-ops and duplicates are left out."""
    tables = sheets()
    known = {sheet.name: sheet for sheet in tables}
    found: list[Mutation] = []
    for sheet in tables:
        found += [*_of_cells(sheet, known), *_of_rows(sheet), *_of_schema(sheet)]
    found += _of_descriptor()
    originals = {file: (THIS.root / file).read_bytes() for file in {one.file for one in found}}
    return list({(one.file, one.raw): one for one in found if one.raw != originals[one.file]}.values())


def _chance(*of: object) -> random.Random:
    return random.Random(" ".join(map(str, (SEED, *of))))


def _picked(sheet: Sheet, rows: list[int], *of: object, count: int = PICKED) -> list[int]:
    """Choose rows by a hash of their ids, so that a new row hardly changes the choice."""
    return sorted(
        sorted(rows, key=lambda i: hashlib.sha256(f"{SEED} {of} {sheet.id(sheet.rows[i])}".encode()).digest())[:count]
    )


def _of_cells(sheet: Sheet, known: dict[str, Sheet]) -> Iterator[Mutation]:
    for field in sheet.schema["fields"]:
        column = field["name"]
        for kind, change in _changes(sheet, field, known).items():
            able = [i for i, row in enumerate(sheet.rows) if row[column] and change(row, i, _chance(kind, column, i))]
            for i in _picked(sheet, able, kind, column):
                row = sheet.rows[i]
                cells = change(row, i, _chance(kind, column, i))
                rows = [*sheet.rows[:i], row | (cells or {}), *sheet.rows[i + 1 :]]
                what = "; ".join(f"{name}: {row[name][:30]!r} → {cell[:30]!r}" for name, cell in (cells or {}).items())
                yield Mutation(kind, f"{sheet.name}.{column}", what, sheet.id(row), sheet.file, sheet.raw(rows))
        for i in _picked(sheet, [i for i, row in enumerate(sheet.rows) if not row[column]], "filled", column, count=1):
            donors = [row[column] for row in sheet.rows if row[column]]
            if donors:
                cell = _chance("filled", column, i).choice(donors)
                rows = [*sheet.rows[:i], sheet.rows[i] | {column: cell}, *sheet.rows[i + 1 :]]
                what = f"{column}: '' → {cell[:30]!r}"
                yield Mutation(
                    "filled", f"{sheet.name}.{column}", what, sheet.id(sheet.rows[i]), sheet.file, sheet.raw(rows)
                )
        for i in _picked(sheet, list(range(len(sheet.rows) - 1)), "neighbours", column, count=1):
            one, two = sheet.rows[i], sheet.rows[i + 1]
            rows = [*sheet.rows[:i], one | {column: two[column]}, two | {column: one[column]}, *sheet.rows[i + 2 :]]
            what = f"{column}: {one[column][:30]!r} ↔ {two[column][:30]!r}"
            yield Mutation("neighbours", f"{sheet.name}.{column}", what, sheet.id(one), sheet.file, sheet.raw(rows))


Change = Callable[[Row, int, random.Random], Row | None]
"""From a row, its index and a random generator to the row's new cells, or None if the change does not fit."""


def _changes(sheet: Sheet, field: dict[str, Any], known: dict[str, Sheet]) -> dict[str, Change]:
    """The kinds of damage that fit the type and name of a column."""
    column, enum = field["name"], field.get("constraints", {}).get("enum")

    def cell(change: Callable[[str, random.Random], str | None]) -> Change:
        def of(row: Row, _: int, chance: random.Random) -> Row | None:
            new = change(row[column], chance)
            return None if new in (None, row[column]) else {column: new}

        return of

    changes: dict[str, Change] = {"emptied": cell(lambda text, _: "")}
    if field["type"] in ("number", "integer"):
        changes |= {
            "type": cell(lambda text, c: c.choice([f"{text}亿", "NaN", "1e6", _wide(text), f"{text} yuan", "n/a"])),
            "number: digit": cell(_digit),
            "number: size": cell(
                lambda text, c: c.choice([f"{text}0", f"{text}0000"]) if "." not in text else text.replace(".", "")
            ),
            "number: sign": cell(lambda text, _: f"-{text}"),
        }
        return changes
    if enum:
        changes["enum: no word"] = cell(lambda text, c: c.choice([f"{text}s", text.upper(), "other"]))
        changes["enum: other word"] = cell(lambda text, c: c.choice([w for w in enum if w != text] or [""]) or None)
        return changes
    if column in ("period", "date", "published", "accessed"):
        changes |= {
            "date: no date": cell(
                lambda text, c: c.choice([f"{text[:4]}-13", f"{text[:4]}-02-30", "9 March 2022", "22-3-9"])
            ),
            "date: backwards": cell(lambda text, _: "/".join(reversed(text.split("/"))) if ".." not in text else None),
            "date: other year": cell(lambda text, c: str(int(text[:4]) + c.choice([-1, 1])) + text[4:]),
            "date: other month": cell(
                lambda text, c: re.sub(r"-(\d\d)", lambda m: f"-{int(m[1]) % 12 + 1:02}", text, count=1)
            ),
            "date: coarser": cell(lambda text, _: text[:4] if len(text) > 4 else None),
        }
        return changes
    reference = next(
        (key["reference"] for key in sheet.schema.get("foreignKeys", []) if key["fields"] == [column]), None
    )
    if column.endswith("_id"):
        ids = [row[column] for row in sheet.rows]
        changes["id: form"] = cell(lambda text, c: c.choice([text.upper(), text.replace("-", "_") + "_", f"{text}-", text[:1] + " " + text[1:]]))  # fmt: skip
        if reference:
            target = known[reference["resource"] or sheet.name]
            ids = [row[reference["fields"][0]] for row in target.rows]
            changes["reference: unknown"] = cell(_typo)
            changes["reference: other"] = cell(lambda text, c: c.choice([i for i in ids if i != text]))
        else:
            changes["key: renamed"] = cell(_typo)
            changes["key: doubled"] = cell(lambda text, c: c.choice([i for i in ids if i != text]))
        return changes
    if column == "url":
        changes |= {
            "url: scheme": cell(
                lambda text, c: c.choice(["javascript:alert(1)", text.split("//")[-1], text.replace("http", "ftp", 1)])
            ),
            "url: letter": cell(lambda text, c: _typo(text[8:], c) and text[:8] + _typo(text[8:], c)),
        }
        return changes
    changes |= {
        "text: cut": cell(lambda text, _: text[: len(text) // 2].rstrip() or None if len(text) > 8 else None),
        "text: digit": cell(lambda text, c: _digit(text, c) if re.search("[0-9]", text) else None),
        "text: mojibake": cell(lambda text, _: text.encode().decode("latin-1") if not text.isascii() else None),
        "text: markup": cell(lambda text, c: text + c.choice(["<b>!</b>", "<script>x</script>", " &amp; "])),
        "text: hidden": cell(lambda text, c: text[:3] + c.choice("\u200b\u202e\u2066\ufeff\u2028\u00ad") + text[3:]),
        "text: formula": cell(lambda text, c: c.choice("=+@") + text),
    }
    if column[-3:] in ("_en", "_zh"):
        twin = column[:-2] + {"en": "zh", "zh": "en"}[column[-2:]]
        changes["text: other language"] = lambda row, *_: {column: row[twin], twin: row[column]} if row.get(twin) and row[twin] != row[column] else None  # fmt: skip
        changes["text: word lost"] = cell(_shorter)
        names = [(row[f"name_{column[-2:]}"], row["entity_id"]) for row in known["entities"].rows]
        changes["text: other name"] = cell(lambda text, c: _renamed(text, [name for name, _ in names], c))
    if column.endswith("_en"):
        changes["text: of the next row"] = lambda row, i, _: _next(sheet, row, i, column)
    if column == "locator":
        changes["locator: next"] = cell(
            lambda text, _: f"P{int(text[1:]) + 1}" if re.fullmatch("P[0-9]+", text) else None
        )
    return changes


def _next(sheet: Sheet, row: Row, i: int, column: str) -> Row | None:
    """The texts of the next row in both languages."""
    twin, after = column[:-2] + "zh", sheet.rows[(i + 1) % len(sheet.rows)]
    return {column: after[column], twin: after[twin]} if twin in row and after[column] != row[column] else None


def _wide(text: str) -> str:
    return text.translate({ord(str(n)): 0xFF10 + n for n in range(10)})


def _digit(text: str, chance: random.Random) -> str:
    at = chance.choice([m.start() for m in re.finditer("[0-9]", text)])
    return text[:at] + str((int(text[at]) + chance.randint(1, 8)) % 9 + 1) + text[at + 1 :]


def _typo(text: str, chance: random.Random) -> str:
    places = [m.start() for m in re.finditer("[a-z0-9]", text)]
    at = chance.choice(places)
    return text[:at] + chance.choice([c for c in "bcdfghkmnprstvwz" if c != text[at]]) + text[at + 1 :]


def _shorter(text: str, chance: random.Random) -> str | None:
    """A text without one of its words, or one of its Chinese characters."""
    words = re.findall(r"[A-Za-z][a-z'’-]+ ", text)
    if words:
        word = chance.choice(words)
        return text.replace(word, "", 1)
    places = [m.start() for m in re.finditer("[\u4e00-\u9fff]", text)]
    if len(places) < 4:
        return None
    at = chance.choice(places[1:-1])
    return text[:at] + text[at + 1 :]


def _renamed(text: str, names: list[str], chance: random.Random) -> str | None:
    there = [name for name in names if name in text]
    return text.replace(max(there, key=len), chance.choice([n for n in names if n not in there])) if there else None


def _of_rows(sheet: Sheet) -> Iterator[Mutation]:
    places = list(range(len(sheet.rows)))
    found: list[tuple[str, str, list[Row]]] = []
    for i in _picked(sheet, places, "lost", count=6):
        found.append(("row lost", sheet.id(sheet.rows[i]), sheet.rows[:i] + sheet.rows[i + 1 :]))
    for i in _picked(sheet, places, "doubled", count=2):
        found.append(("row doubled", sheet.id(sheet.rows[i]), sheet.rows[: i + 1] + sheet.rows[i:]))
    for i in _picked(sheet, places[:-1], "swapped", count=2):
        one, two = sheet.rows[i : i + 2]
        found.append(("rows swapped", sheet.id(one), [*sheet.rows[:i], two, one, *sheet.rows[i + 2 :]]))
    half = len(sheet.rows) // 2
    found.append(("rows lost", " ".join(map(sheet.id, sheet.rows[half:])), sheet.rows[:half]))
    for kind, row, left in found:
        yield Mutation(kind, sheet.name, kind, row, sheet.file, sheet.raw(left))


EDITED: dict[str, Callable[[Any], object]] = {
    "schema: title": lambda f: f.update(title=""),
    "schema: Chinese title": lambda f: f.pop("title_zh"),
    "schema: description": lambda f: f.pop("description"),
    "schema: type": lambda f: f.update(type={"number": "string", "integer": "number"}.get(f["type"], "integer")),
    "schema: required": lambda f: f["constraints"].pop("required"),
    "schema: pattern": lambda f: f["constraints"].update(pattern=".*") if "pattern" in f["constraints"] else None,
    "schema: unique": lambda f: f["constraints"].pop("unique"),
    "schema: word lost": lambda f: f["constraints"]["enum"].pop(),
    "schema: word more": lambda f: f["constraints"]["enum"].append("other"),
    "schema: renamed": lambda f: f.update(name=f["name"] + "s"),
}


def _of_schema(sheet: Sheet) -> Iterator[Mutation]:
    file, chance = sheet.file.replace(".csv", ".schema.json"), _chance("schema", sheet.name)
    for field in sheet.schema["fields"]:
        able = [m for kind, change in EDITED.items() for m in _edited(sheet, file, kind, field["name"], change)]
        yield from chance.sample(able, min(EDITS, len(able)))
    for kind, change in {
        "schema: key": lambda s: s.pop("primaryKey"),
        "schema: other key": lambda s: s.update(primaryKey=s["fields"][-1]["name"]),
        "schema: references": lambda s: s.pop("foreignKeys"),
        "schema: reference": lambda s: s["foreignKeys"][-1]["reference"].update(resource="glossary"),
        "schema: blanks": lambda s: s["missingValues"].append("0"),
        "schema: field lost": lambda s: s["fields"].pop(),
        "schema: fields swapped": lambda s: s["fields"].insert(0, s["fields"].pop()),
        "schema: field twice": lambda s: s["fields"].append(s["fields"][-1]),
        "schema: not enforced": lambda s: s.update(uniqueKeys=[[s["fields"][0]["name"]]]),
    }.items():
        schema = json.loads(json.dumps(sheet.schema))
        try:
            change(schema)
        except (KeyError, IndexError):
            continue
        yield Mutation(kind, sheet.name, kind, sheet.name, file, _json(schema))


def _edited(sheet: Sheet, file: str, kind: str, name: str, change: Callable[[Any], object]) -> Iterator[Mutation]:
    schema = json.loads(json.dumps(sheet.schema))
    try:
        change(next(field for field in schema["fields"] if field["name"] == name))
    except (KeyError, AttributeError):
        return
    if schema != sheet.schema:
        yield Mutation(kind, f"{sheet.name}.{name}", kind, name, file, _json(schema))


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _of_descriptor() -> Iterator[Mutation]:
    raw = THIS.descriptor.read_bytes()
    file, original, chance = f"{HOME}/datapackage.json", json.loads(raw), _chance("descriptor")
    edits: list[tuple[str, str, Callable[[Any], object]]] = []
    for key in original:
        edits.append(("descriptor: lost", key, lambda d, key=key: d.pop(key)))
        if isinstance(original[key], str):
            edits.append(("descriptor: emptied", key, lambda d, key=key: d.update({key: ""})))
            edits.append(("descriptor: other text", key, lambda d, key=key: d.update({key: f"{d[key]}x"})))
        edits.append(("descriptor: other type", key, lambda d, key=key: d.update({key: 7})))
    edits.append(("descriptor: licence", "licenses", lambda d: d["licenses"][0].update(name="CC0-1.0", path="https://creativecommons.org/publicdomain/zero/1.0/")))  # fmt: skip
    edits.append(("descriptor: address", "sources", lambda d: d["sources"][0].update(path="https://example.org/")))
    for i, resource in enumerate(original["resources"]):
        name, other = resource["name"], (i + 1) % len(original["resources"])
        before = len(edits)
        edits.append(("descriptor: resource lost", name, lambda d, i=i: d["resources"].pop(i)))
        edits.append(("descriptor: resource twice", name, lambda d, i=i: d["resources"].append(d["resources"][i])))
        edits.append(("descriptor: resource renamed", name, lambda d, i=i: d["resources"][i].update(name=d["resources"][i]["name"] + "-x")))  # fmt: skip
        for key in ("path", "schema", "title_zh"):
            edits.append((f"descriptor: {key} of another", name, lambda d, i=i, o=other, key=key: d["resources"][i].update({key: d["resources"][o][key]})))  # fmt: skip
        key = chance.choice([key for key in resource if key not in ("name", "path", "schema", "mayBeEmpty")])
        edits.append((f"descriptor: resource without {key}", name, lambda d, i=i, key=key: d["resources"][i].pop(key)))
        edits.append(("descriptor: encoding", name, lambda d, i=i: d["resources"][i].update(encoding="gbk")))
        edits.append(("descriptor: dialect", name, lambda d, i=i: d["resources"][i].update(dialect={"delimiter": ";"})))
        edits.append(("descriptor: resources swapped", name, lambda d, i=i, o=other: d["resources"].insert(o, d["resources"].pop(i))))  # fmt: skip
        edits[before:] = chance.sample(edits[before:], EDITS + 1)
    for kind, where, change in edits:
        value = json.loads(raw)
        change(value)
        yield Mutation(kind, f"descriptor.{where}", kind, where, file, _json(value))


@dataclass(frozen=True, slots=True)
class Bench:
    """A copy of the real project to damage, and its content when undamaged."""

    project: Project
    content: commands.Content


def judge(bench: Bench, mutation: Mutation, twice: bool = False) -> Outcome:
    """Damage the copy, check it, restore it. `twice` has the complete check confirm what a short cut refuses."""
    path = bench.project.root / mutation.file
    before = path.read_bytes()
    try:
        path.write_bytes(mutation.raw)
        for step, ask in {"table": _of_table, "rules": _of_rules, "check": _whole}.items():
            if named := _named(ask(bench, mutation), mutation):
                confirmed = not twice or step == "check" or _named(_whole(bench, mutation), mutation)
                return Outcome(mutation, step if confirmed else ALONE, str(named))
        return Outcome(mutation, "", "")
    finally:
        path.write_bytes(before)


def _named(found: Iterable[Problem], mutation: Mutation) -> Problem | None:
    """The first problem that leads to the damage."""
    return next((problem for problem in found if _names(problem, mutation)), None)


def _names(problem: Problem, mutation: Mutation) -> bool:
    """Whether a problem leads to the damage: it is in that file, or names the row's id."""
    files = {
        mutation.file,
        mutation.file.replace(".schema.json", ".csv"),
    }  # some problems of a schema are reported in its table
    return problem.path in files or any(
        re.search(rf"(?<![a-z0-9-]){re.escape(part)}(?![a-z0-9-])", problem.text) for part in mutation.row.split()
    )


def _of_table(bench: Bench, mutation: Mutation) -> list[Problem]:
    """Problems of the damaged table alone; of all tables if the descriptor or a schema is damaged."""
    if not mutation.file.endswith(".csv"):
        return package.read(bench.project)[1]
    home, descriptor = bench.project.descriptor.parent, bench.content.dataset.package.descriptor
    resource = next(r for r in descriptor["resources"] if f"{HOME}/{r['path']}" == mutation.file)
    table, found = _read(bench, mutation)
    if not table or found:
        return found
    one = package.Package(mutation.file, descriptor | {"resources": [resource]}, {resource["name"]: table})
    return package._frictionless(home, one, set())


def _read(bench: Bench, mutation: Mutation) -> tuple[package.Table | None, list[Problem]]:
    home, descriptor = bench.project.descriptor.parent, bench.content.dataset.package.descriptor
    resource = next(r for r in descriptor["resources"] if f"{HOME}/{r['path']}" == mutation.file)
    table, found = package._table(bench.project, home, resource, tuple(descriptor["languages"]))
    return table, [problem for _, problem in found]


def _of_rules(bench: Bench, mutation: Mutation) -> Iterator[Problem]:
    """Problems that the rules for rows and between tables find, with the other tables unchanged."""
    table = _read(bench, mutation)[0] if mutation.file.endswith(".csv") else None
    if not table:
        return
    before = bench.content.dataset.package
    name = next(name for name, old in before.tables.items() if old.path == table.path)
    damaged = dataclasses.replace(before, tables=before.tables | {name: table})
    records = dataset.read(damaged)
    yield from package._foreign_keys(damaged)
    yield from conditions.check(damaged)
    view = View(records)
    yield from runner.check(view)
    yield from verdicts.check(records)
    yield from measured.check(view, bench.content.languages)


def _whole(bench: Bench, mutation: Mutation) -> list[Problem]:
    try:
        commands.check(bench.project)
    except commands.Problems as problems:
        return problems.all
    return []


BENCH: list[Bench] = []  # one per worker process


def _prepare() -> None:
    project = copied(THIS, Path(tempfile.mkdtemp(prefix="mutation-")) / "real")
    BENCH.append(Bench(project, commands.check(project)))


def _judged(mutation: Mutation, twice: bool) -> Outcome:
    return judge(BENCH[0], mutation, twice)


def judged(some: list[Mutation], processes: int = 1) -> Iterator[Outcome]:
    """Judge mutations in this process, or in several others."""
    twice = [place % SAMPLE == 0 for place in range(len(some))]
    if processes == 1:
        _prepare()
        yield from map(_judged, some, twice)
        return
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(processes, context, _prepare) as pool:
        yield from pool.map(_judged, some, twice, chunksize=8)


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why some mutations may survive: patterns of kind and place, the maximum number, and the reason."""

    kind: str
    where: str
    at_most: int
    reason: str

    def __str__(self) -> str:
        return f"{self.kind} in {self.where}"

    def covers(self, mutation: Mutation) -> bool:
        return fnmatch.fnmatchcase(mutation.kind, self.kind) and fnmatch.fnmatchcase(mutation.where, self.where)


def excuses() -> list[Excuse]:
    """The reviewed list of survivors."""
    return [Excuse(**entry) for entry in yaml.safe_load(SURVIVORS.read_text("utf-8"))]


def used(found: list[Outcome], listed: list[Excuse]) -> dict[Excuse | None, list[Mutation]]:
    """The survivors grouped by the first excuse that covers them; None has those without one."""
    by_excuse: dict[Excuse | None, list[Mutation]] = {}
    for outcome in (outcome for outcome in found if not outcome.step):
        excuse = next((excuse for excuse in listed if excuse.covers(outcome.mutation)), None)
        by_excuse.setdefault(excuse, []).append(outcome.mutation)
    return by_excuse


def unexcused(found: list[Outcome], listed: list[Excuse]) -> list[str]:
    """Survivors without an excuse, and excuses that cover more than they allow."""
    by_excuse = used(found, listed)
    said = [f"survived, and {SURVIVORS.name} has no reason for it: {one}" for one in by_excuse.pop(None, [])]
    return said + [
        f"{len(some)} survive of {excuse}; {SURVIVORS.name} allows {excuse.at_most}"
        for excuse, some in by_excuse.items()
        if excuse and len(some) > excuse.at_most
    ]


def stale(found: list[Outcome], listed: list[Excuse]) -> list[str]:
    """Excuses that no survivor needs; only meaningful if all mutations were judged."""
    by_excuse = used(found, listed)
    return [f"nothing survives of {one}; take it out of {SURVIVORS.name}" for one in listed if one not in by_excuse]


def too_short(found: list[Outcome]) -> list[str]:
    """Mutations of the sample that a short cut refused and the complete check does not."""
    return [f"only a short cut refuses {outcome.mutation}" for outcome in found if outcome.step == ALONE]


def score(found: list[Outcome]) -> str:
    """The number of refused mutations, for each kind and in total."""
    kinds = collections.Counter(outcome.mutation.kind for outcome in found)
    refused = collections.Counter(outcome.mutation.kind for outcome in found if outcome.step)
    lines = [f"{kind:36} {refused[kind]:5} of {count:5}" for kind, count in sorted(kinds.items())]
    total = f"{sum(refused.values())} of {len(found)} refused, {100 * sum(refused.values()) / len(found):.1f} %"
    return "\n".join([*lines, total])


def main() -> int:
    """Print every survivor, the score and the faults of the list; return 1 if there are faults."""
    found = []
    for outcome in judged(mutations(), os.cpu_count() or 1):
        found.append(outcome)
        if not outcome.step:
            sys.stdout.write(f"survived: {outcome.mutation}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{score(found)}\n")
    faults = [*unexcused(found, excuses()), *stale(found, excuses()), *too_short(found)]
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
