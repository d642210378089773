"""Check the external links of the built site, and propose archived copies: `make links`.

In: build/site; out: build/links.md, which lists each failed link with the pages that have it, and for those that are gone the
archived copy if there is one. Exit 1 if one is gone, 2 if there are no links. It stops after MINUTES; links not requested
by then are reported as such.
"""

import collections
import json
import re
import sys
import time
import urllib.parse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import bs4

from scripts import progress
from scripts.paths import THIS
from scripts.reading import addresses
from tests.tools import fetch

REPORT = THIS.build / "links.md"
ENOUGH = 1 << 16  # bytes of a page; only its status matters
TRIES, PAUSE = 3, 2.0  # seconds between two requests to one host
MINUTES = 30
GONE = (404, 410, 451)
AVAILABLE = "https://archive.org/wayback/available?url="
COPIES = ("http://web.archive.org/web/", "https://web.archive.org/web/")
TITLES = {
    "gone": "Gone, or no such host · 已失效",
    "unanswered": "No answer to a program; a person may still get one · 未回应程序访问，人工或可打开",
    "refused": "Not asked · 未查询",
    "moved": "Moved for good · 已永久迁移",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a run: seconds between two requests to one host, when to stop, what may be requested, and the archive."""

    pause: float = PAUSE
    end: float = float("inf")
    """In seconds of the monotonic clock."""
    judge: fetch.Judge = addresses.fault
    archive: str = AVAILABLE


def collect(site: Path) -> dict[str, list[str]]:
    """Return every external link and every address shown as text, without fragment, with the pages that have it."""
    found: dict[str, list[str]] = collections.defaultdict(list)
    for file in sorted(site.rglob("*.html")):
        soup = bs4.BeautifulSoup(file.read_bytes(), "html.parser")
        named = [anchor["href"] for anchor in soup.select("a[href^=http]")]
        named += [text.get_text() for text in soup.select("span.lt-url")]
        for link in sorted({urllib.parse.urldefrag(link)[0] for link in named}):
            found[link].append(file.relative_to(site).as_posix())
    return dict(found)


def ask(link: str, limits: Limits) -> fetch.Answer:
    """Request one link, with retries if there is no answer."""
    answer = fetch.Answer(link, fault=fetch.TIME_UP, kind=fetch.REFUSED)
    for attempt in range(TRIES):
        if time.monotonic() > limits.end or (attempt and _state(answer) != "unanswered"):
            break
        time.sleep(limits.pause * attempt)
        answer = fetch.get(link, ENOUGH, judge=limits.judge)
    return answer


def _state(answer: fetch.Answer) -> str:
    """Return `fine`, or a key of TITLES."""
    if answer.status in GONE or answer.fault and answer.kind == fetch.UNKNOWN:
        return "gone"
    if 200 <= answer.status < 300:
        return "moved" if answer.for_good else "fine"
    return "refused" if answer.kind == fetch.REFUSED else "unanswered"


def copy(link: str, limits: Limits) -> str:
    """Return the address and day of the archived copy of a link, or a note that there is none."""
    got = ask(f"{limits.archive}{urllib.parse.quote(link, safe='')}", limits)
    try:
        if got.status != 200:
            raise ValueError
        closest = json.loads(got.body)["archived_snapshots"].get("closest") or {"available": False}
        if not closest["available"] or not closest["url"].startswith(COPIES) or addresses.fault(closest["url"]):
            return "; the archive has no copy"
        year, month, day = re.findall(r"^(\d{4})(\d\d)(\d\d)", closest["timestamp"])[0]
        return f"; archived copy of {year}-{month}-{day}: <{closest['url']}>"
    except (ValueError, LookupError, TypeError, AttributeError):
        return f"; the archive gave no answer ({got.status or got.fault})"


def report(found: Mapping[str, fetch.Answer], pages: Mapping[str, list[str]], copies: Mapping[str, str]) -> str:
    """All links that are not fine, as Markdown, the worst first."""
    lines = [f"{len(found)} links · {len(found)} 个链接"]
    for state, title in TITLES.items():
        if links := sorted(link for link, answer in found.items() if _state(answer) == state):
            lines += ["", f"## {title}", ""]
            for link in links:
                where = f"{', '.join(pages[link][:3])}{copies.get(link, '')}"
                lines.append(f"- <{link}> ({_note(found[link])}): {where}")
    return "\n".join(lines) + "\n"


def _note(answer: fetch.Answer) -> str:
    return f"now {answer.url}" if _state(answer) == "moved" else answer.fault or str(answer.status)


def main(site: Path = THIS.site, to: Path = REPORT, limits: Limits | None = None) -> int:
    """Write the report; exit code 1 if a link is gone."""
    limits = limits or Limits(end=time.monotonic() + MINUTES * 60)
    pages = collect(site)
    if not pages:
        print("no links were found: build the site first, with `make site`", file=sys.stderr)
        return 2
    with progress.show(progress.out(), "links") as each:
        found = dict(each(fetch.each(pages, lambda link: ask(link, limits), limits.pause), len(pages)))
    gone: Iterable[str] = [link for link, answer in found.items() if _state(answer) == "gone"]
    to.write_text(report(found, pages, {link: copy(link, limits) for link in gone}), "utf-8")
    print(to.read_text("utf-8"), end="")
    return int(bool(gone))


if __name__ == "__main__":
    sys.exit(main())
