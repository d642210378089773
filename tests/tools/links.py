"""Ask whether what the built site links to still answers: `make links`, which needs a network and no test calls.

In: build/site; out: build/links.md, which tells each link that failed with the pages that have it. Exit 1 when one is gone.
"""

import collections
import concurrent.futures
import sys
import time
import urllib.parse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import bs4
import requests

from scripts import progress
from scripts.paths import THIS

REPORT = THIS.build / "links.md"
AGENT = "Mozilla/5.0 (compatible; low-tide-links/1.0)"
PATIENCE = (10, 30)  # seconds to connect, and to answer
TRIES, PAUSE = 3, 2.0  # seconds between two questions to one host
HOSTS = 8  # asked side by side
GONE = (404, 410, 451)
ARCHIVE = "https://web.archive.org/web/"
TITLES = {
    "gone": "Gone, or no such host · 已失效",
    "shy": "No answer to a program; a person may still get one · 未回应程序访问，人工或可打开",
    "moved": "Moved for good · 已永久迁移",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one link: the state (`fine`, or a key of TITLES) and what was said."""

    link: str
    state: str
    note: str


def collect(site: Path) -> dict[str, list[str]]:
    """Every link out of a site, and every address that it tells as text, without its fragment, with the pages that have it."""
    found: dict[str, list[str]] = collections.defaultdict(list)
    for file in sorted(site.rglob("*.html")):
        soup = bs4.BeautifulSoup(file.read_bytes(), "html.parser")
        told = [anchor["href"] for anchor in soup.select("a[href^=http]")]
        told += [text.get_text() for text in soup.select("span.lt-url")]
        for link in sorted({urllib.parse.urldefrag(link)[0] for link in told}):
            found[link].append(file.relative_to(site).as_posix())
    return dict(found)


def ask(link: str, pause: float = PAUSE) -> Answer:
    """Ask for one link, several times where the answer is none."""
    note = ""
    for attempt in range(TRIES):
        time.sleep(pause * attempt)
        try:
            with requests.get(link, headers={"User-Agent": AGENT}, timeout=PATIENCE, stream=True) as got:
                if got.status_code in GONE:
                    return Answer(link, "gone", str(got.status_code))
                if got.ok:
                    for_good = got.history and all(step.is_permanent_redirect for step in got.history)
                    return Answer(link, "moved", got.url) if for_good else Answer(link, "fine", "")
                note = str(got.status_code)
        except requests.ConnectionError as failed:
            note = type(failed).__name__
            if "NameResolutionError" in str(failed):
                unknown = "Temporary failure" not in str(failed)  # else our own network may be down
                return Answer(link, "gone" if unknown else "shy", "no such host" if unknown else "no name service")
        except requests.RequestException as failed:
            note = type(failed).__name__
    return Answer(link, "shy", note)


def answers(links: Iterable[str], pause: float = PAUSE) -> Iterator[Answer]:
    """What came of each link; hosts side by side, the links of one host one after the other."""
    hosts: dict[str, list[str]] = collections.defaultdict(list)
    for link in links:
        hosts[urllib.parse.urlsplit(link).netloc].append(link)

    def visit(some: list[str]) -> list[Answer]:
        found = []
        for link in some:
            found.append(ask(link, pause))
            time.sleep(pause)
        return found

    with concurrent.futures.ThreadPoolExecutor(HOSTS) as pool:
        for done in concurrent.futures.as_completed([pool.submit(visit, some) for some in hosts.values()]):
            yield from done.result()


def report(found: Iterable[Answer], pages: dict[str, list[str]]) -> str:
    """All that is not fine, as Markdown, the worst first."""
    found = list(found)
    lines = [f"{len(found)} links · {len(found)} 个链接"]
    for state, title in TITLES.items():
        some = sorted((answer for answer in found if answer.state == state), key=lambda answer: answer.link)
        if some:
            lines += ["", f"## {title}", ""]
            lines += [f"- <{one.link}> ({one.note}): {', '.join(pages[one.link][:3])}{_copy(one)}" for one in some]
    return "\n".join(lines) + "\n"


def _copy(answer: Answer) -> str:
    """Where an archived copy of what does not answer would be asked for; nobody has looked whether it is there."""
    return "" if answer.state == "moved" else f"; archived copy, if there is one: <{ARCHIVE}{answer.link}>"


def main(site: Path = THIS.site, to: Path = REPORT, pause: float = PAUSE) -> int:
    """Write the report; 1 when a link is gone."""
    pages = collect(site)
    if not pages:
        print("no links were found: build the site first, with `make site`", file=sys.stderr)
        return 2
    with progress.show(progress.out(), "links") as each:
        found = list(each(answers(pages, pause), len(pages)))
    to.write_text(report(found, pages), "utf-8")
    print(to.read_text("utf-8"), end="")
    return int(any(answer.state == "gone" for answer in found))


if __name__ == "__main__":
    sys.exit(main())
