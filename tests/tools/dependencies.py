"""Report pins with a known advisory or without a release for two years, and their replacements: `make dependencies`.

In: requirements*.txt, replacements.yml, the public index's JSON (its API's `/pypi/NAME/json` and `/pypi/NAME/VERSION/json`); out:
build/dependencies.md. Exit 1 if there is anything to report, including pins that the index did not answer for.
"""

import datetime
import json
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from scripts import progress
from scripts.paths import THIS
from tests.tools import fetch

INDEX = "https://pypi.org/pypi/"
REPLACEMENTS = Path(__file__).with_name("replacements.yml")
TOO_OLD = datetime.timedelta(days=730)
LARGEST, MINUTES = 1 << 24, 10  # bytes of one answer; time for all
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
UNKNOWN = "none chosen; add one to tests/tools/replacements.yml"


@dataclass(frozen=True, slots=True, order=True)
class Pin:
    """A package at the version that we install."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Status:
    """A pin's status in the index: advisories as Markdown, day of the newest release; or why there is no answer."""

    advisories: tuple[str, ...] = ()
    released: datetime.date | None = None
    fault: str = ""


def pins(texts: Iterable[str]) -> list[Pin]:
    """Return every pin of some requirements, deduplicated."""
    return sorted({Pin(name.lower(), version) for text in texts for name, version in _PIN.findall(text)})


def ask(pin: Pin, index: str, seconds: float) -> Status:
    """Request the status of one pin; only the index is contacted."""
    answers = []
    for name in (f"{pin.name}/{pin.version}/json", f"{pin.name}/json"):
        got = fetch.under(index, name, LARGEST, seconds)
        if got.fault or not got.whole:
            return Status(fault=got.fault or "the answer is too long")
        answers.append(got.body)
    try:
        this, every = map(json.loads, answers)
        days = [file["upload_time_iso_8601"][:10] for files in every["releases"].values() for file in files]
        return Status(tuple(sorted(_advisories(this["vulnerabilities"]))), datetime.date.fromisoformat(max(days)))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return Status(fault=f"the answer is not as expected: {type(error).__name__} {error}"[:200])


def _advisories(listed: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Yield the id and the fixed version of each advisory that was not withdrawn."""
    for one in listed:
        if not one.get("withdrawn"):
            fixed = ", ".join(one.get("fixed_in") or ())  # type: ignore[call-overload]
            yield f"{one['id']}, {f'fixed in {fixed}' if fixed else 'not fixed yet'}"


def report(found: Mapping[Pin, Status], replacements: Mapping[str, str], today: datetime.date) -> tuple[str, bool]:
    """Return the report as Markdown, and whether it has any findings."""
    parts: dict[str, list[str]] = {
        "Known advisories · 已知安全公告": [],
        "No release for two years · 两年未发布新版": [],
        "Not answered · 未获回应": [],
    }
    known, old, silent = parts.values()
    for pin, status in sorted(found.items()):
        name, instead = f"{pin.name} {pin.version}", f"; instead: {replacements.get(pin.name, UNKNOWN)}"
        known += [f"- {name}: {advisory}{instead}" for advisory in status.advisories]
        if status.released and today - status.released > TOO_OLD:
            old.append(f"- {name}: newest release of {status.released}{instead}")
        if status.fault:
            silent.append(f"- {name}: {status.fault}")
    lines = [f"{len(found)} pins · {len(found)} 个固定版本"]
    for title, items in parts.items():
        lines += ["", f"## {title}", "", *items] if items else []
    return "\n".join(lines) + "\n", any(parts.values())


def main(root: Path = THIS.root, index: str = INDEX, today: datetime.date | None = None) -> int:
    """Query the index and write the report."""
    wanted = pins(file.read_text("utf-8") for file in sorted(root.glob("requirements*.txt")))
    if not wanted:
        print("requirements.txt:1: no pins were found; run `make pins`", file=sys.stderr)
        return 2
    end = time.monotonic() + MINUTES * 60
    with progress.show(progress.out(), "pins") as each:
        asked = fetch.each(wanted, lambda pin: ask(pin, index, min(fetch.SECONDS, end - time.monotonic())))
        found = dict(each(asked, len(wanted)))
    replacements = yaml.safe_load(REPLACEMENTS.read_text("utf-8"))
    text, failed = report(found, replacements, today or datetime.datetime.now(datetime.UTC).date())
    to = root / "build" / "dependencies.md"
    to.parent.mkdir(exist_ok=True)
    to.write_text(text, "utf-8")
    print(text, end="")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
