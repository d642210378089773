"""A single HTTP fetch with limits, for all network access. In: an address; out: the answer, or why there is none.

It uses curl, which limits the total time, headers included. curl never follows a redirect itself: each step is checked
like the first address, by name and by every IP address it resolves to, and curl connects to those alone.
"""

import collections
import concurrent.futures
import dataclasses
import ipaddress
import json
import re
import socket
import subprocess
import tempfile
import time
import urllib.parse
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from scripts.reading import addresses

Item, Result = TypeVar("Item", bound=Hashable), TypeVar("Result")

AGENT = "Mozilla/5.0 (compatible; low-tide/1.0)"
SECONDS, STEPS = 30, 5  # for one complete answer; redirects
HOSTS = 8  # in parallel
MOVED, FOR_GOOD = (301, 302, 303, 307, 308), (301, 308)
TIME_UP = "not requested within the time limit"
REFUSED, UNKNOWN, SILENT = "refused", "unknown", "silent"
Judge = Callable[[str], str]
"""Return why an address must not be requested, or an empty text."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of an address: status and body, or why there is none; a body that is too long is truncated.

    `url` is the final address, `for_good` whether all redirects to it were permanent.
    """

    url: str
    status: int = 0
    body: bytes = b""
    fault: str = ""
    kind: str = SILENT
    """Of the fault: REFUSED by us, UNKNOWN if the host name does not resolve, or SILENT."""
    whole: bool = True
    for_good: bool = False


def get(address: str, most: int, seconds: float = SECONDS, judge: Judge = addresses.fault) -> Answer:
    """Request an address and follow redirects; reads at most `most` bytes, within `seconds` in total."""
    end, for_good, url = time.monotonic() + seconds, True, address
    for step in range(STEPS + 1):
        if fault := judge(url):
            return Answer(url, fault=fault, kind=REFUSED)
        numbers, fault, kind = _numbers(url, public=judge is addresses.fault)
        if fault:
            return Answer(url, fault=fault, kind=kind)
        answer, to = _asked(url, numbers, most, end - time.monotonic())
        if answer.status not in MOVED or not to:
            return Answer(
                url, answer.status, answer.body, answer.fault, whole=answer.whole, for_good=for_good and step > 0
            )
        for_good &= answer.status in FOR_GOOD
        url = urllib.parse.urldefrag(to)[0]
    return Answer(address, fault=f"more than {STEPS} redirects")


def under(home: str, name: str, most: int, seconds: float) -> Answer:
    """Request a file below an address, which no redirect may leave; any status but 200 is a fault."""
    if seconds <= 0:
        return Answer(home + name, fault=TIME_UP, kind=REFUSED)
    got = get(home + name, most, seconds, lambda link: "" if link.startswith(home) else f"leads to {link}")
    return got if got.fault or got.status == 200 else dataclasses.replace(got, fault=f"answers {got.status}")


def _numbers(url: str, public: bool) -> tuple[list[str], str, str]:
    """Resolve a host: its IP addresses, the fault and its kind; one address that is not public makes all refused."""
    parts = urllib.parse.urlsplit(url)
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or parts.scheme, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        away = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN  # our own network may be down
        return [], *(("no name service", SILENT) if away else ("no such host", UNKNOWN))
    numbers = list(dict.fromkeys(str(one[4][0]) for one in found))
    hidden = [number for number in numbers if public and not ipaddress.ip_address(number.partition("%")[0]).is_global]
    return numbers, f"{parts.hostname} stands for {hidden[0]}, which is not public" if hidden else "", REFUSED


def _asked(url: str, numbers: Iterable[str], most: int, seconds: float) -> tuple[Answer, str]:
    """Send one request; return the answer and its redirect target."""
    parts = urllib.parse.urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}[parts.scheme.lower()]
    hosts = ",".join(f"[{number}]" if ":" in number else number for number in numbers)
    with tempfile.NamedTemporaryFile() as head, tempfile.TemporaryFile() as end:
        command = ["curl", "--disable", "--silent", "--globoff", "--path-as-is", "--proto", "=http,https", "--user-agent", AGENT,
                   "--max-time", f"{max(seconds, 0.1):.1f}", "--resolve", f"{parts.hostname}:{port}:{hosts}",
                   "--dump-header", head.name, "--write-out", "%{stderr}%{json}", "--url", url]  # fmt: skip
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=end) as asked:
            assert asked.stdout
            body = asked.stdout.read(most + 1)
            asked.kill() if len(body) > most else asked.wait()
        end.seek(0)
        heads, last = head.read().decode(errors="replace"), end.read()
    statuses = re.findall(r"^HTTP/\S+ (\d{3})", heads, re.MULTILINE)
    status = int(statuses[-1]) if statuses else 0
    if len(body) > most:
        return Answer(url, status, body[:most], whole=False), ""
    result = json.loads(last)
    fault = result.get("errormsg") or ""
    return Answer(url, 0 if fault else status, body, fault), result.get("redirect_url") or ""


def each(wanted: Iterable[Item], ask: Callable[[Item], Result], pause: float = 0) -> Iterator[tuple[Item, Result]]:
    """Yield each item's result, in parallel; with a pause, items are addresses and those of one host are requested that far apart."""
    groups: dict[Item | str, list[Item]] = collections.defaultdict(list)
    for item in wanted:
        groups[urllib.parse.urlsplit(str(item)).netloc if pause else item].append(item)

    def visit(items: list[Item]) -> list[tuple[Item, Result]]:
        found = []
        for item in items:
            found.append((item, ask(item)))
            time.sleep(pause)
        return found

    with concurrent.futures.ThreadPoolExecutor(HOSTS) as pool:
        for done in concurrent.futures.as_completed([pool.submit(visit, group) for group in groups.values()]):
            yield from done.result()
