"""Say which pins have a known advisory, or no release for two years, and what we would take instead: `make dependencies`.

In: requirements*.txt, replacements.yml, the public index's JSON (its API's `/pypi/NAME/json` and `/pypi/NAME/VERSION/json`); out:
build/dependencies.md. Exit 1 where there is something to tell, what the index did not answer included.
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
LARGEST, MINUTES = 1 << 24, 10  # bytes of an answer; for all of them
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
UNKNOWN = "none chosen; add one to tests/tools/replacements.yml"


@dataclass(frozen=True, slots=True, order=True)
class Pin:
    """A package at the version that we install."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the index says of a pin: advisories as Markdown, the day of the newest release; or why it says nothing."""

    advisories: tuple[str, ...] = ()
    released: datetime.date | None = None
    fault: str = ""


def pins(texts: Iterable[str]) -> list[Pin]:
    """Every pin of some requirements, each once."""
    return sorted({Pin(name.lower(), version) for text in texts for name, version in _PIN.findall(text)})


def ask(pin: Pin, index: str, seconds: float) -> Told:
    """What the index says of one pin; nothing but the index is asked."""
    answers = []
    for name in (f"{pin.name}/{pin.version}/json", f"{pin.name}/json"):
        got = fetch.under(index, name, LARGEST, seconds)
        if got.fault or not got.whole:
            return Told(fault=got.fault or "the answer is too long")
        answers.append(got.body)
    try:
        this, every = map(json.loads, answers)
        days = [file["upload_time_iso_8601"][:10] for files in every["releases"].values() for file in files]
        return Told(tuple(sorted(_advisories(this["vulnerabilities"]))), datetime.date.fromisoformat(max(days)))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return Told(fault=f"the answer is not as expected: {type(error).__name__} {error}"[:200])


def _advisories(some: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Each advisory that was not withdrawn: its id, and what mends it."""
    for one in some:
        if not one.get("withdrawn"):
            fixed = ", ".join(one.get("fixed_in") or ()) or "no release yet"  # type: ignore[call-overload]
            yield f"{one['id']}, mended in {fixed}"


def report(told: Mapping[Pin, Told], replacements: Mapping[str, str], today: datetime.date) -> tuple[str, bool]:
    """All that there is to tell, as Markdown, and whether there is anything."""
    parts: dict[str, list[str]] = {
        "Known advisories · 已知安全公告": [],
        "No release for two years · 两年未发布新版": [],
        "Not answered · 未获回应": [],
    }
    known, old, silent = parts.values()
    for pin, said in sorted(told.items()):
        name, instead = f"{pin.name} {pin.version}", f"; instead: {replacements.get(pin.name, UNKNOWN)}"
        known += [f"- {name}: {advisory}{instead}" for advisory in said.advisories]
        if said.released and today - said.released > TOO_OLD:
            old.append(f"- {name}: newest release of {said.released}{instead}")
        if said.fault:
            silent.append(f"- {name}: {said.fault}")
    lines = [f"{len(told)} pins · {len(told)} 个固定版本"]
    for title, some in parts.items():
        lines += ["", f"## {title}", "", *some] if some else []
    return "\n".join(lines) + "\n", any(parts.values())


def main(root: Path = THIS.root, index: str = INDEX, today: datetime.date | None = None) -> int:
    """Ask, and write the report."""
    wanted = pins(file.read_text("utf-8") for file in sorted(root.glob("requirements*.txt")))
    if not wanted:
        print("requirements.txt:1: no pins were found; run `make pins`", file=sys.stderr)
        return 2
    end = time.monotonic() + MINUTES * 60
    with progress.show(progress.out(), "pins") as each:
        asked = fetch.each(wanted, lambda pin: ask(pin, index, min(fetch.SECONDS, end - time.monotonic())))
        told = dict(each(asked, len(wanted)))
    replacements = yaml.safe_load(REPLACEMENTS.read_text("utf-8"))
    text, found = report(told, replacements, today or datetime.datetime.now(datetime.UTC).date())
    to = root / "build" / "dependencies.md"
    to.parent.mkdir(exist_ok=True)
    to.write_text(text, "utf-8")
    print(text, end="")
    return int(found)


if __name__ == "__main__":
    sys.exit(main())
