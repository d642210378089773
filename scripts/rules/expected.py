"""Compare the rows of each table and the checks of each verdict, by edition, with the expected numbers and their reasons.

In: datapackage/expected.csv, the editions, the package; out: problems. A number that differs from the edition before needs a
`why`, and one that changes between commits a new `why`, so that nobody just pastes the actual counts. A project without the
file has no expectations.
"""

import collections
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..data.package import Package
from ..editions import history, store
from ..paths import Project
from ..problem import Problem, Problems
from ..reading import files

FILE = "expected.csv"
COLUMNS = ["version", "kind", "name", "rows", "why"]
TABLE, VERDICT = "table", "verdict"
Key = tuple[str, str]
"""The kind, table or verdict, and its name."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file: the expected count in a version, and why it differs from the version before."""

    version: str
    key: Key
    rows: str
    why: str
    line: int


def check(project: Project, editions: Sequence[store.Frozen], read: Package) -> Iterator[Problem]:
    """Yield each number that differs from its edition, or changed without a reason; includes the current version if it has lines."""
    name = project.name(project.descriptor.with_name(FILE))
    if not project.descriptor.with_name(FILE).exists():
        return
    try:
        found = rows(files.read_text(project.descriptor.with_name(FILE), name), name)
    except Problems as refused:
        yield from refused.all
        return
    versions = {one.version: _frozen(project, one) for one in editions}
    own = str(read.descriptor["version"])
    if own not in versions and any(row.version == own for row in found):
        versions[own] = _counted(store.inside(project, read), {table: len(t.frame) for table, t in read.tables.items()})
    for row in found:
        if row.version not in versions:
            known = ", ".join(versions)
            yield Problem(
                name, row.line, f"version {row.version!r} is neither an edition nor the package's; there are {known}"
            )
    before: Mapping[Key, int] = {}
    for version, counts in versions.items():
        yield from _compared(name, version, counts, before, {row.key: row for row in found if row.version == version})
        before = counts
    yield from _stale_reasons(project, name, found)


def rows(text: str, name: str) -> list[Row]:
    """Parse the lines of the file; raises `Problems` if any is malformed or duplicated."""
    reader = csv.reader(io.StringIO(text, newline=""))
    problems, found = [], []
    for cells in reader:
        if reader.line_num == 1:
            if cells != COLUMNS:
                raise Problems([Problem(name, 1, f"columns are {','.join(cells)}; expected {','.join(COLUMNS)}")])
        elif (
            len(cells) != len(COLUMNS)
            or cells[1] not in (TABLE, VERDICT)
            or not cells[3].isascii()
            or not cells[3].isdigit()
        ):
            fault = f"{','.join(cells)!r} is not of the form version,{TABLE} or {VERDICT},name,number,why"
            problems.append(Problem(name, reader.line_num, fault))
        else:
            found.append(Row(cells[0], (cells[1], cells[2]), cells[3], cells[4].strip(), reader.line_num))
    first: dict[tuple[str, Key], int] = {}
    for row in found:
        if row.line != (there := first.setdefault((row.version, row.key), row.line)):
            fault = f"{row.key[0]} {row.key[1]} of {row.version} is duplicated; line {there} has it"
            problems.append(Problem(name, row.line, fault))
    if problems:
        raise Problems(problems)
    return found


def missing(project: Project, version: str) -> Iterator[Problem]:
    """Yield a problem if a version to be frozen has no line, in a project with expectations."""
    path = project.descriptor.with_name(FILE)
    if path.exists() and f"\n{version}," not in path.read_text("utf-8"):
        fault = f"has no line for {version}; add the number of rows of each table and verdict, and why it changed"
        yield Problem(project.name(path), 1, fault)


def _frozen(project: Project, edition: store.Frozen) -> dict[Key, int]:
    return _counted(store.contents(project, edition), edition.counts)


def _counted(inside: Mapping[str, bytes], tables: Mapping[str, int]) -> dict[Key, int]:
    """The number of rows of each table, as given, and the number of checks of each verdict in these files."""
    checks = csv.DictReader(io.StringIO(inside.get("data/checks.csv", b"").decode(), newline=""))
    verdicts = collections.Counter(row["verdict"] for row in checks)
    return {(TABLE, name): count for name, count in tables.items()} | {
        (VERDICT, name): verdicts[name] for name in sorted(verdicts)
    }


def _compared(
    name: str, version: str, counts: Mapping[Key, int], before: Mapping[Key, int], lines: Mapping[Key, Row]
) -> Iterator[Problem]:
    """Compare the lines of one version with its counts, and with the version before it."""
    for key in dict.fromkeys([*counts, *lines]):
        has, row, what = counts.get(key, 0), lines.get(key), " ".join(key)
        was = before.get(key)
        changed = bool(before) and was != has
        if row is None:
            yield Problem(
                name, 1, f"{version} has {has} rows of {what}, but no line; add it{', with why' if changed else ''}"
            )
        elif int(row.rows) != has:
            yield Problem(
                name,
                row.line,
                f"{what} of {version}: {row.rows} rows expected; there are {has}; find out which is right, and why",
            )
        elif changed and not row.why:
            yield Problem(name, row.line, f"{what} went from {was or 0} to {has} rows in {version}; say why")
        elif row.why and not changed:
            yield Problem(name, row.line, f"{what} of {version} has a why, but as many rows as before; leave why empty")
    for key in before.keys() - counts.keys() - lines.keys():
        yield Problem(
            name, 1, f"{version} has no rows of {' '.join(key)} any more, but no line; add it with 0 rows, with why"
        )


def _stale_reasons(project: Project, name: str, found: Sequence[Row]) -> Iterator[Problem]:
    """Yield numbers that changed since a commit while their reason did not."""
    now = {(row.version, row.key, row.why): row for row in found if row.why}
    reported = set()
    for commit, text in history.versions(project.root, name):
        try:
            past = rows(text, name)
        except Problems:
            continue
        for was in past:
            row = now.get((was.version, was.key, was.why))
            if row and row.rows != was.rows and row.line not in reported:
                reported.add(row.line)
                fault = f"{' '.join(row.key)} of {row.version}: why is the same as in commit {commit} for {was.rows} rows; say why it is {row.rows}"
                yield Problem(name, row.line, fault)
