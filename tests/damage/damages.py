"""Kinds of damage to a project, one line each: a name, the files it fits, the expected outcome, and the change.

A change gets a file's text or bytes and a `Chance`, by which hypothesis makes choices, and returns what replaces the file.
Expected outcomes: SEEN, `check` reports a problem that leads there, or the project means the same (a swap of equals);
NEUTRAL, `check` accepts it; FREE, only a reader can judge it, so it is enough that `check` does not crash.
"""

import csv
import io
import itertools
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from scripts.editions import store

CASES = int(os.environ.get("CASES", "100"))  # number of damages in a run of the tests
SEEN, NEUTRAL, FREE = "seen", "neutral", "free"
Made = str | bytes | Callable[[Path], object] | dict[str, Any]
"""A file's new text or bytes, or a function that creates something else at its path; by path for several files."""


@dataclass(frozen=True, slots=True)
class Damage:
    """New files by path, and the words, in addition to these paths, by which a problem may lead there."""

    what: str
    claim: str
    files: dict[str, Any]
    words: tuple[str, ...]


def both(one: Damage, two: Damage) -> Damage:
    """Two damages at once, to different files, with the more lenient claim of the two."""
    pairs = [(f"{a}/", f"{b}/") for a, b in itertools.product(one.files, two.files)]
    if any(a.startswith(b) or b.startswith(a) for a, b in pairs):
        raise Unfit
    claim = SEEN if (one.claim, two.claim) == (SEEN, SEEN) else FREE
    return Damage(f"{one.what} and {two.what}", claim, one.files | two.files, (*one.words, *two.words))


Choices = Sequence[Any] | Callable[..., Sequence[Any]]
"""A sequence to choose from, or a function of the old content that returns one."""


class Unfit(Exception):
    """The damage does not fit the file that was drawn."""


@dataclass(frozen=True, slots=True)
class Chance:
    """What a change may use: choices, which hypothesis shrinks towards the first, and the files next to its file."""

    choose: Callable[[Sequence[Any]], Any]
    root: Path
    path: str
    words: list[str]
    chosen: list[str]

    def __call__(self, some: Sequence[Any]) -> Any:
        if not some:
            raise Unfit
        choice = self.choose(some)
        self.chosen.append(str(choice.span()) if isinstance(choice, re.Match) else f"{choice!r:.60}")
        return choice

    def beside(self, kind: str) -> list[Path]:
        """The other files of a kind in the same folder."""
        here = self.root / self.path
        return [file for file in sorted(here.parent.glob(kind)) if file != here]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of damage; `change` gets a chance and the file's text, or the bytes of a zip or a font."""

    name: str
    fits: str
    claim: str
    change: Callable[[Chance, Any], Made] = field(repr=False)

    def fits_to(self, known: Sequence[str]) -> list[str]:
        """The paths that the damage fits."""
        return [path for path in known if re.fullmatch(self.fits, path)]

    def damage(self, choose: Callable[[Sequence[Any]], Any], root: Path, known: Sequence[str]) -> Damage:
        """A damage of this kind to one of the known files; raises `Unfit`."""
        path = choose(self.fits_to(known) or [""])
        raw = (root / path).read_bytes() if (root / path).is_file() else b""
        held = raw if re.fullmatch(BINARY, path) else raw.decode()
        chance = Chance(
            choose,
            root,
            path,
            [path.replace(".schema.json", ".csv"), path.partition("/")[2], path.rpartition("/")[2]],
            [],
        )
        made = self.change(chance, held)
        files = made if isinstance(made, dict) else {path: made}
        files = {
            name: one.encode("utf-8", "surrogatepass") if isinstance(one, str) else one for name, one in files.items()
        }
        if files == {path: raw}:
            raise Unfit
        return Damage(
            f"{self.name}: {', '.join(files)} ({'; '.join(chance.chosen)})",
            self.claim,
            files,
            (*filter(None, chance.words), *files),
        )


# fmt: off
BINARY = r".*\.(zip|otf)"
DESCRIPTOR, TABLE, JSON, WORDS, PAGE = r".*/datapackage\.json", r".*/data/\w+\.csv", r"datapackage/(?!ed).*\.json", r".*/_language\.yml", r"docs/\w+/(charts/)?[\w-]+\.md"
PRINTS = r"datapackage/fingerprints/[\w-]+\.txt"
LIST, CSS, SET, ABOUT = r".*/editions\.json", r".*\.css", r"mkdocs\.yml", r"CITATION\.cff|datapackage/(\w+\.md|LICENSE)"
TREES = rf"{JSON}|{LIST}|{WORDS}|{SET}|{PAGE}"
TEXT = rf"{TREES}|{TABLE}|{CSS}|{ABOUT}|{PRINTS}|.*\.svg"
READ = rf"{JSON}|{LIST}|{WORDS}|{SET}|{PAGE}|{TABLE}|{CSS}|{PRINTS}|.*\.svg|{BINARY}"  # each of them is required
ROOM = r"datapackage(/data)?|docs(/\w+(/charts)?)?"
CHART, TEMPLATE = r"scripts/charts/(?!__)\w+\.py", r"scripts/pages/templates/.*"

DEEP = "[" * 100_000 + "]" * 100_000
OTHERS = (None, "", 7, -1, True, [], {}, ["x"], {"x": "y"}, 10**29, 1.5, [[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]])
MARKS = ("<<<<<<< ours\n", ">>>>>>> theirs\n", "<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n")
HIDDEN = "\u200b\u202e\u00ad\ufeff\u2028\x00\x07\ufffd"
SHEET = ("#REF!", "#NAME?", "#N/A", "#VALUE!", "#DIV/0!", "=1+1", "+1", "@x", "-cmd", "NaN", "\u00a0", "a\u3000b", "a  b", "<b>x</b>", "&amp;", "javascript:alert(1)", "äº‘é›†", "x" * 3000)
WAYS = ("..", "../../x", "/etc/passwd", "data/../../x", "data", "data/", "", ".", "\x00", "C:\\x", "//x", "nowhere.csv", "https://example.org/x.csv")
TROUBLE = ("```\ncode", "~~~\ncode", "<!-- never closed", "<details>", "<div>", "<div markdown>", "</div>",
           "[x](nowhere.md)", "[x](#nowhere)", "[x](index.md#nowhere)", '<a href="nothere/">x</a>', "[x][nowhere]",
           "![x](nowhere.png)", '<img src="nowhere.png" alt="x">', "[x](javascript:alert(1))", "[x](htp://example.org/)",
           "[x](file:///etc/passwd)", "[x](http://127.0.0.1:22/)", "<script>alert(1)</script>", '<b onclick="x()">x</b>',
           '<iframe src="https://example.org/"></iframe>', "{{ fact no-such }}", "{{ fcat x }}", "{{ fact", "}}", "{{ }}",
           "{% x %}", "{{ list no-such }}", "It took 12 million.", "## No id", "## One { #one }\n\n## Two { #one }",
           "## Only here { #only-here }", '--8<-- "/etc/passwd"', "??? note\n")
STYLE = ("{", "}", "/* never closed", '@import url("https://example.org/x.css");', "a { background: url(https://example.org/x.png) }")
SETTINGS = ("hooks: [x.py]", "INHERIT: x.yml", "docs_dir: x", "extra_javascript: [x.js]", "x: !!python/object/apply:os.system ['touch ran']", "x: !ENV HOME", "nonsense: 1", "extra_css: [nowhere.css]", "\tx: 1")
CODE = ("<<<<<<< ours\n", "def (", "raise ValueError('x')\n", "1 / 0\n", "FACTS = 7\n", "FACTS = ('no-such',)\n", "del draw\n", "import nowhere\n", "exit()\n")
# fmt: on


def _table(change: Callable[[Chance, list[list[str]]], object]) -> Callable[[Chance, str], Made]:
    """A change to the rows of a table, including the header."""

    def changed(pick: Chance, text: str) -> Made:
        rows = list(csv.reader(io.StringIO(text, newline="")))
        change(pick, rows)
        return _csv(rows)

    return changed


def _csv(rows: list[list[str]], quoting: Any = csv.QUOTE_MINIMAL) -> str:
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n", quoting=quoting).writerows(rows)
    return lines.getvalue()


def _row(pick: Chance, rows: list[list[str]]) -> int:
    """The index of a row; a problem may lead to it by its ids."""
    at = pick(range(1, len(rows)))
    pick.words.extend(cell for name, cell in zip(rows[0], rows[at], strict=False) if name.endswith("_id"))
    return at


def _cell(columns: str, new: Choices) -> Callable[[Chance, str], Made]:
    """Replace a filled cell in one of these columns; a function gets the cell and all cells of its column."""

    def change(pick: Chance, rows: list[list[str]]) -> None:
        row = rows[_row(pick, rows)]
        column = pick([i for i, cell in enumerate(row) if cell and re.fullmatch(columns, rows[0][i])])
        row[column] = pick(new(row[column], [row[column] for row in rows[1:]]) if callable(new) else new)

    return _table(change)


def _shifted(pick: Chance, rows: list[list[str]]) -> None:
    """Shift a column by one row; not in tables of two rows, where swapped texts may be intended."""
    if len(rows) < 4:
        raise Unfit
    texts = re.compile(SHIFTED_AWAY if pick.path.endswith("/withdrawals.csv") else SHIFTED)
    column = pick([i for i, name in enumerate(rows[0]) if texts.fullmatch(name)])
    cells = [row[column] for row in rows[1:]]
    for row, cell in zip(rows[1:], [*cells[1:], *cells[:1]], strict=True):
        pick.words.append(row[0])
        row[column] = cell


def _headed(pick: Chance, text: str) -> str:
    """A table without its header, with it duplicated, or with a column renamed or duplicated in it."""
    first, *rest = text.splitlines(keepends=True)
    name = pick(first.strip().split(","))
    renamed, doubled = first.replace(name, f"{name}s", 1), first.replace("\n", f",{name}\n")
    return "".join(pick((rest, [first, *rest, first], [renamed, *rest], [doubled, *rest])))


def _exchanged(pick: Chance, rows: list[list[str]]) -> None:
    """Swap two neighbouring cells of a row, such as those in two languages."""
    row = rows[_row(pick, rows)]
    one = pick([i for i, cell in enumerate(row[:-1]) if cell and row[i + 1]])
    row[one : one + 2] = row[one + 1], row[one]


def _places(value: Any, way: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield the path of every nested value, the object or list that contains it, and its key there."""
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield f"{way}{key}", value, key
        yield from _places(value[key], f"{way}{key}.")


def _tree(
    change: Callable[[Chance, Any, Any], object], of: type = object, at: str = ".*"
) -> Callable[[Chance, str], Made]:
    """A change to one value, of this type and at a path like `at`, in a JSON file, a YAML file or the head of a page."""

    def changed(pick: Chance, text: str) -> Made:
        head, written, rest = ("---\n", *text[4:].split("\n---\n", 1)) if pick.path.endswith(".md") else ("", text, "")
        value = json.loads(written) if pick.path.endswith(".json") else yaml.safe_load(written)
        before = json.dumps(value, default=str)
        places = {
            way: where for way, *where in _places(value) if re.fullmatch(at, way) and isinstance(where[0][where[1]], of)
        }
        change(pick, *places[pick(list(places))])
        if json.dumps(value, default=str) == before:
            raise Unfit
        if pick.path.endswith(".json"):
            return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
        return head + yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000) + (head and f"---\n{rest}")

    return changed


def _set(new: Callable[[Chance, Any], Any], of: type = str, at: str = ".*") -> Callable[[Chance, str], Made]:
    """Replace one value of a tree."""

    def change(pick: Chance, holder: Any, key: Any) -> None:
        holder[key] = new(pick, holder[key])

    return _tree(change, of, at)


def _other(pick: Chance, old: Any) -> Any:
    """A value of another type."""
    return pick([new for new in OTHERS if type(new) is not type(old) and {type(new), type(old)} != {int, float}])


def _renamed(pick: Chance, holder: Any, key: Any) -> None:
    if not isinstance(holder, dict):
        raise Unfit
    pairs = [(f"{name}x" if name == key else name, value) for name, value in holder.items()]
    holder.clear()
    holder.update(pairs)


def _turned(pick: Chance, value: dict[str, Any]) -> dict[str, Any]:
    """The same keys, each with the word of the next one."""
    return dict(zip(value, [*list(value.values())[1:], next(iter(value.values()))], strict=True))


def _sub(pattern: str, new: Choices) -> Callable[[Chance, str], Made]:
    """Replace one match; a problem may lead there by the groups of the match."""

    def change(pick: Chance, text: str) -> Made:
        mark = pick(list(re.finditer(pattern, text, re.MULTILINE)))
        pick.words.extend(filter(None, mark.groups()))
        return text[: mark.start()] + pick(new(mark) if callable(new) else new) + text[mark.end() :]

    return change


def _stray(pick: Chance, _: bytes) -> dict[str, Any]:
    path = pick(STRAY)
    pick.words.append(path.rpartition("/")[0])
    return {path: b"x\n"}


def _slip(pick: Chance, raw: bytes) -> dict[str, Any]:
    """A frozen zip with a member whose name leads out of its folder, and the list with its new checksum and size."""
    held = io.BytesIO(raw)
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr(pick(("../../index.html", "/x", "a/../../x", "..\\x", "a/", "datapackage.json/x")), "x")
    listed = f"{pick.path.rpartition('/')[0]}/editions.json"
    rows = (pick.root / listed).read_text("utf-8")
    for old, new in ((store.sha256(raw), store.sha256(held.getvalue())), (str(len(raw)), str(len(held.getvalue())))):
        rows = rows.replace(old, new)
    return {pick.path: held.getvalue(), listed: rows}


def _flipped(raw: bytes, at: int, bit: int) -> bytes:
    return raw[:at] + bytes([raw[at] ^ bit]) + raw[at + 1 :]


# fmt: off
CHOICE = r".*/(events|glossary|corrections|withdrawals|fact_caveats|evidence|fact_entities)\.csv"  # an editor chooses which rows these have
SHIFTED, SHIFTED_AWAY = r"\w+_(en|zh)|title|publisher|value", r"title_\w+"  # no other cell has the reason of a withdrawal until an edition does
BEARING = r".*/(facts|entities|speakers|metrics|sources)\.csv"
JUDGED = ("exact", "asserted", "range", "such_as", "about", "since", "perhaps")  # only a reader knows whether a state is exact or asserted; the other words are ambiguous
NUMBERED = r".*/checks\.csv"  # the last of several checks of a fact may be lost; a gap, or a fact without a check, is reported (test_mutation)
FIRM, LOOSE = "fact|figure|chart|list|address", "entity|term|source|caveat|evidence|count|check|name"
AS_IT_IS = ("datapackage/data/.~lock.facts.csv#", "docs/en/.DS_Store", "docs/.DS_Store", "datapackage/data/facts.csv~", "docs/en/index.md~", "datapackage/Thumbs.db")
LOCKS = ("docs/en/.#index.md", "datapackage/data/.#facts.csv", "docs/assets/.#low-tide.css")
STRAY = ("datapackage/data/more.csv", "docs/en/sub/page.md", "docs/en/charts/more.md", "docs/en/charts/sales.txt", "docs/en/more.md", "docs/fr/index.md", "datapackage/editions/small-9.9.9.zip", "docs/en/index.html")
NO_FILE = {"folder": Path.mkdir, "pipe": os.mkfifo, "device": lambda file: file.symlink_to("/dev/null"), "link to itself": lambda file: file.symlink_to(file),
           "link to nothing": lambda file: file.symlink_to("nowhere"), "unreadable": lambda file: file.symlink_to("/proc/self/mem"), "missing": lambda file: None,
           "empty": Path.touch, "enormous": lambda file: (file.touch(), os.truncate(file, 600_000_000))}
WORDINGS = (*WAYS, *SHEET, *HIDDEN, "x", "{}", "{x}", "{0.x}", "%s", "(", "9999-12-31T24:00:00Z")
MOMENTS = ("2026-11-26t00:00:00z", "2026-11-26T24:00:00Z", "9999-12-31T23:59:59Z", "2026-02-30T00:00:00Z", "2026-11-26", "yesterday", "-001-01-01T00:00:00Z")
VERSIONS = ("x", "-1", "1.2", "01.2.3", "v1.2.0", "1.2.0-rc", "../1")
NAMES = ("", "../x", "a/b", "A B", "\x00", "x" * 300)
NOT_JSON = ("NaN,", "// x\n", ",", "'x': 1,", DEEP, "9" * 5000, "-", '"\\ud800": 1,', '"x": 1e999,')
NOT_YAML = ("\t- x\n", "x: 'y\n", "x: !!binary x\n", "? [x]\n: 1\n", "x: &a [1]\ny: *a\n", "<<: {x: 1}\n", "1: x\n", "x: 2022-01-01\n",
            "x: !!python/name:os.system\n", "--- x\n", f"x: {DEEP}\n", f"x: {'9' * 5000}\n", "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}' if i else 'x'] * 9)}]\n" for i in range(12)))
URLS = ("javascript:alert(1)", "htp://example.org/", "//x", "http://127.0.0.1:22/", "file:///etc/passwd", "http://[::1", "https://example.org:99999/")

KINDS = [
    # Something else in place of a file
    Kind("no file", READ, SEEN, lambda pick, _: NO_FILE[pick(list(NO_FILE))]),
    Kind("no file where it is optional", ABOUT, FREE, lambda pick, _: NO_FILE[pick(list(NO_FILE))]),
    Kind("no folder", ROOM, SEEN, lambda pick, _: pick.words.append(pick.path.partition("/")[0]) or NO_FILE[pick(("missing", "empty", "folder"))]),
    Kind("left by a program", "", NEUTRAL, lambda pick, _: {pick(AS_IT_IS): b"\x00\xff"}),
    Kind("left by an editor", "", NEUTRAL, lambda pick, _: {pick(LOCKS): lambda file: file.symlink_to("someone@host.1:2")}),
    Kind("stray", "", SEEN, _stray),
    # Bytes
    Kind("no UTF-8", TEXT, SEEN, lambda pick, text: (raw := text.encode())[: (at := pick(range(len(raw))))] + pick((b"\xff", b"\xc0\x80", b"\xed\xa0\x80")) + raw[at:]),
    Kind("other encoding", TEXT, SEEN, lambda pick, text: pick((f"\ufeff{text}".encode(), text.encode("utf-16"), text.encode("gbk", "replace")))),
    Kind("hidden character", TEXT, SEEN, _sub("", HIDDEN)),
    Kind("conflict", TEXT, SEEN, _sub("^", MARKS)),
    Kind("cut", rf"{JSON}|{LIST}|.*\.svg", SEEN, lambda pick, text: text[: pick(range(len(text) - 3))]),
    Kind("cut inside a line", f"{TABLE}|{CSS}", SEEN, lambda pick, text: text[: pick([mark.start() for mark in re.finditer(r"(?<=[\w ])[\w ]", text)])]),
    Kind("lines lost", WORDS, SEEN, lambda pick, text: text[: pick([mark.start() for mark in re.finditer(r"^", text, re.M)])]),
    Kind("lines doubled", rf"{JSON}|{LIST}|{WORDS}|{SET}|{TABLE}", SEEN, _sub(r"^(?:.*\n){1,9}", lambda mark: [mark[0] * 2])),
    Kind("cut or flipped, for a reader to judge", TEXT, FREE, lambda pick, text: pick(((raw := text.encode())[: (at := pick(range(len(raw))))], _flipped(raw, at, pick((1, 32, 128)))))),
    Kind("binary cut or flipped", BINARY, SEEN, lambda pick, raw: pick((raw[: (at := pick(range(len(raw))))], _flipped(raw, at, 1)))),
    Kind("zip of another", r".*\.zip", SEEN, lambda pick, raw: pick(pick.beside("*.zip")).read_bytes()),
    Kind("zip that leads elsewhere", r".*\d\.zip", SEEN, _slip),
    Kind("other line ends", rf"(?!.*/data/\w+\.csv)({TEXT})", NEUTRAL, lambda pick, text: pick((text.replace("\n", "\r\n"), f"{text}\n"))),
    # JSON and YAML: descriptor, schemas, list of editions, words, settings, heads of pages
    Kind("value of another type", TREES, SEEN, _set(_other, object)),
    Kind("property renamed", f"{LIST}|{WORDS}|{PAGE}", SEEN, _tree(_renamed)),
    Kind("entry lost", f"{LIST}|{WORDS}", SEEN, _tree(lambda pick, holder, key: holder.pop(key), at=r"\D+|editions.*")),
    Kind("extra entry", f"{LIST}|{WORDS}", SEEN, _tree(lambda pick, holder, key: holder[key].update(zzz=1), dict)),
    Kind("list emptied or doubled", f"{JSON}|{LIST}", SEEN, _set(lambda pick, old: old * pick((0, 2)), list)),
    Kind("property renamed where others are allowed", f"{JSON}|{SET}", FREE, _tree(_renamed)),
    Kind("optional entry lost", f"{JSON}|{PAGE}|{SET}", FREE, _tree(lambda pick, holder, key: holder.pop(key))),
    Kind("any text", TREES, FREE, _set(lambda pick, old: pick(WORDINGS))),
    Kind("path out of the package", DESCRIPTOR, SEEN, _set(lambda pick, old: pick(WAYS), str, r"resources.\d+.(path|schema)")),
    Kind("path out of the editions", LIST, SEEN, _set(lambda pick, old: pick(WAYS))),
    Kind("no name", DESCRIPTOR, SEEN, _set(lambda pick, old: pick(NAMES), str, r"name|resources.\d+.name")),
    Kind("no moment", f"{DESCRIPTOR}|{LIST}", SEEN, _set(lambda pick, old: pick(MOMENTS), str, ".*created")),
    Kind("no version", f"{DESCRIPTOR}|{LIST}", SEEN, _set(lambda pick, old: pick(VERSIONS), str, ".*version")),
    Kind("places lost", WORDS, SEEN, _sub(r"\{\w*\}", ("", "{x}", "{", "{0}"))),
    Kind("words exchanged", WORDS, SEEN, _set(_turned, dict, "hedges|units|verdicts|qualifiers|reliability")),
    Kind("value of another kind", f"{JSON}|{LIST}", SEEN, lambda pick, text: pick(("[]", "{}", "7", "null", '"x"'))),
    Kind("property twice", f"{JSON}|{LIST}", SEEN, _sub(r'"\w+": ', lambda mark: [f"{mark[0]}1, {mark[0]}"])),
    Kind("key twice", f"{WORDS}|{SET}", SEEN, _sub(r"^(\w+):(?=[^$]*\Z)", lambda mark: [f"{mark[1]}: 1\n{mark[0]}"])),
    Kind("not JSON", f"{JSON}|{LIST}", SEEN, _sub("(?<=[{[])", NOT_JSON)),
    Kind("not YAML", f"{WORDS}|{SET}", SEEN, _sub(r"^(?=\w)", NOT_YAML)),
    Kind("extra settings", SET, SEEN, _sub(r"\Z", SETTINGS)),
    Kind("other layout", f"{JSON}|{LIST}", NEUTRAL, lambda pick, text: json.dumps(json.loads(text), ensure_ascii=pick((False, True)), indent=pick((4, None, "\t"))) + "\n"),
    Kind("properties in another order", f"{JSON}|{LIST}", NEUTRAL, _set(lambda pick, old: dict(reversed(old.items())), dict)),
    Kind("other quoting", f"{WORDS}|{SET}", NEUTRAL, lambda pick, text: yaml.safe_dump(yaml.safe_load(text), allow_unicode=pick((True, False)), sort_keys=False)),
    # Tables
    Kind("cell of a spreadsheet", TABLE, SEEN, _cell(".*", SHEET)),
    Kind("hidden in a cell", TABLE, SEEN, _cell(".*", lambda cell, _: [cell[:at] + c + cell[at:] for c in HIDDEN for at in (1, 0, len(cell))])),
    Kind("number", r".*/(facts|evidence)\.csv", SEEN, _cell("value|value_high", lambda cell, _: (str(int(cell[0], 36) % 9 + 1) + cell[1:], f"1{cell}", f"-{cell}", f"{cell}万", f"{cell}e3", "9" * 400))),
    Kind("word of a list", r".*/facts\.csv", SEEN, _cell("qualifier|unit", lambda cell, known: ("no-word", *sorted({*known} - {"", cell, *JUDGED})))),
    Kind("word of a list, by judgement", r".*/facts\.csv", FREE, _cell("qualifier", JUDGED)),
    Kind("time", r".*/(facts|evidence|events)\.csv", SEEN, _cell("period|date", lambda cell, _: (f"{int(cell[:4]) + 1}{cell[4:]}", f"{cell[:4]}-13", "2022-02-30", "9 March 2022", "../2020"))),
    Kind("id unknown", rf"{BEARING}|{NUMBERED}|.*/(evidence|caveats|fact_\w+)\.csv", SEEN, _cell(r"\w+_id|see", lambda cell, _: (f"{cell}x", cell.upper(), f"{cell} x", "..", "a/b"))),
    Kind("address", r".*/sources\.csv", SEEN, _cell("url", URLS)),
    Kind("cells exchanged", TABLE, SEEN, _table(_exchanged)),
    Kind("column shifted", TABLE, SEEN, _table(_shifted)),
    Kind("row lost", BEARING, SEEN, _table(lambda pick, rows: rows.pop(_row(pick, rows)))),
    Kind("row lost, by choice", rf"{CHOICE}|{NUMBERED}", FREE, _table(lambda pick, rows: rows.pop(_row(pick, rows)))),
    Kind("row doubled", TABLE, SEEN, _table(lambda pick, rows: rows.append(rows[_row(pick, rows)]))),
    Kind("cell or column lost", TABLE, SEEN, _table(lambda pick, rows: (at := pick(range(len(rows[0]))), [row.pop(at) for row in pick((rows, rows[1:2], rows[:1]))]))),
    Kind("extra column", TABLE, SEEN, _table(lambda pick, rows: [row.append("x") for row in rows])),
    Kind("columns exchanged", TABLE, SEEN, _table(lambda pick, rows: rows[0].reverse())),
    Kind("header", TABLE, SEEN, _headed),
    Kind("header alone", BEARING, SEEN, lambda pick, text: text.splitlines(keepends=True)[0]),
    Kind("table of another", TABLE, SEEN, lambda pick, text: pick(pick.beside("*.csv")).read_text("utf-8")),
    Kind("empty line or quote never closed", TABLE, SEEN, _sub("^", ("\n", '"'))),
    Kind("other form", TABLE, SEEN, lambda pick, text: pick((text.replace(",", ";"), text.replace(",", "\t"), text.replace("\n", "\r\n"), f"{text}\n", f'{text}"'))),
    Kind("any cell", TABLE, FREE, _cell(".*", lambda cell, known: (*known, "", "x", "0", "-", "{", "{{ fact x }}", "'", '"'))),
    Kind("cells in quotation marks", TABLE, NEUTRAL, lambda pick, text: _csv(list(csv.reader(io.StringIO(text))), csv.QUOTE_ALL)),
    # Pages and the style sheet
    Kind("trouble in a page", PAGE, SEEN, _sub(r"(?<=\n\n)(?=#)|\Z", [f"\n{one}\n\n" for one in TROUBLE])),
    Kind("head lost", PAGE, SEEN, lambda pick, text: pick((text.replace("---\n", "", 1), text.split("\n---\n", 1)[1], text.replace("\n---\n", "\n", 1)))),
    Kind("heading lost", PAGE, SEEN, _sub("^##.*\n", [""])),
    Kind("quote lost", PAGE, SEEN, _sub(rf"{{{{ (?:{FIRM}) ([\w-]+).*?}}}}", lambda mark: [""] * (mark.string.count(f" {mark[1]} ") == 1))),
    Kind("quote lost, by choice", PAGE, FREE, _sub(rf"{{{{ (?:{LOOSE}) ([\w-]+).*?}}}}", [""])),
    Kind("quote broken", PAGE, SEEN, _sub(r"{{ (\w+) ([\w-]+)(.*?) }}", lambda m: (m[0][:-1], m[0][1:], f"{{{{ {m[1]} {m[2]}-x }}}}", f"{{{{ {m[1].title()} {m[2]} }}}}", f"{{{{ {m[1]} {m[2]} nonsense }}}}"))),
    Kind("link broken", PAGE, SEEN, _sub(r"\]\([\w/#.-]+\)", lambda mark: ("](nowhere.md)", "]()", f"{mark[0][:-1]}x)"))),
    Kind("paragraph apart", PAGE, NEUTRAL, _sub(r"(?<=[.。]\n)\n(?=\w)", ["\n\n"])),
    Kind("checksum changed", LIST, SEEN, _sub(r'(?<="sha256": ")[0-9a-f]{64}', ["0" * 64, "x", ""])),
    Kind("trouble in the style sheet", CSS, SEEN, _sub("^", [f"{one}\n" for one in STYLE])),
]

CODE_KINDS = [
    Kind("chart broken", CHART, SEEN, _sub(r"\Z", [f"\n\n{one}" for one in CODE])),
    Kind("chart that prints", CHART, FREE, _sub(r"\Z", ["\n\nprint('x')\n"])),  # visible to whoever runs it, on no page
    Kind("chart cut", CHART, SEEN, lambda pick, text: text[: pick([mark.start() for mark in re.finditer("^[A-Z]+ = |^def ", text, re.M)])]),
    Kind("template broken", TEMPLATE, SEEN, _sub(r"\Z", ("{% if x %}", "{{", "{% nonsense %}", "{{ x | nonsense }}", "{# x"))),
    Kind("no file of code", rf"{CHART}|{TEMPLATE}", SEEN, lambda pick, _: NO_FILE[pick([*NO_FILE][:-3])]),
    Kind("no font or script", r"scripts/(drawing/fonts/.*\.otf|website/browser/.*)", SEEN, lambda pick, _: NO_FILE[pick([*NO_FILE][:-3])]),
]
# fmt: on
