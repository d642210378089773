"""A real browser and a small server: what a visit transfers, and what it shows."""

import contextlib
import functools
import gzip
import http.server
import mimetypes
import os
import re
import shutil
import subprocess
import sys
import threading
import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright import sync_api

from tests import sampled

SYSTEM = (
    "chromium-headless-shell",  # the same engine without windows; takes half the time
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "chromium-browser",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
OWN = """from playwright import sync_api
with sync_api.sync_playwright() as playwright:
    print(playwright.chromium.executable_path)"""
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")  # fmt: skip
REMEDY = "make browser"
MISSING = f"no browser to look through: run `{REMEDY}`, or set NO_BROWSER=1 to leave these tests out"
LEFT_OUT = "NO_BROWSER=1: NOTHING WAS SEEN IN A BROWSER. Charts, widths and weights stay untested here"
PACKED = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")
POLICY = "Content Security Policy"  # part of every message about a refusal
GZIP = 6  # the level that most servers use


@dataclass(frozen=True, slots=True)
class Answer:
    """A response of the server: the path requested, the status, the bytes of the body as sent."""

    path: str
    status: int
    size: int


@dataclass(frozen=True, slots=True)
class Server:
    """A folder that is being served: its address, with a slash at the end, and all responses so far."""

    address: str
    answers: list[Answer] = field(default_factory=list)


@functools.cache
def _body(file: Path, packed: bool) -> bytes:
    raw = file.read_bytes()
    return gzip.compress(raw, GZIP, mtime=0) if packed else raw


@contextlib.contextmanager
def serve(folder: Path, headers: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Serve a folder on loopback as a public server does: gzip for text, range requests, 404.html for missing files.

    `headers` are sent with every response.
    """
    root = folder.resolve()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
            file = (root / path.lstrip("/")).resolve()
            file = file / "index.html" if path.endswith("/") else file
            there = file.is_file() and file.is_relative_to(root)
            file = file if there else root / "404.html"
            mime = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            packed = mime.startswith(PACKED) and "gzip" in self.headers.get("Accept-Encoding", "")
            body = _body(file, packed)
            status = 200 if there else 404
            part = {} if packed else {"Accept-Ranges": "bytes"}
            wanted = re.fullmatch(r"bytes=(?=.*\d)(\d*)-(\d*)", self.headers.get("Range", ""))
            if wanted and there and not packed:
                first = int(wanted[1]) if wanted[1] else max(len(body) - int(wanted[2]), 0)
                last = min(int(wanted[2]), len(body) - 1) if wanted[1] and wanted[2] else len(body) - 1
                part["Content-Range"] = f"bytes {first}-{last}/{len(body)}"
                status, body = 206, body[first : last + 1]
            length = len(body)
            body = body if self.command == "GET" else b""
            server.answers.append(Answer(path, status, len(body)))
            text = mime.startswith("text/")
            sent = {
                "Content-Type": f"{mime}; charset=utf-8" if text else mime,
                "Content-Length": str(length),
                **part,
                **({"Content-Encoding": "gzip"} if packed else {}),
                **(headers or {}),
            }
            with contextlib.suppress(ConnectionError):  # the browser may leave before the end
                self.send_response(status)
                for name, value in sent.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        server = Server(f"http://127.0.0.1:{listening.server_address[1]}/")
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()


def program() -> str:
    """The browser to run: the system's, else Playwright's; empty if there is neither."""
    found = next(filter(None, map(shutil.which, SYSTEM)), "")
    if found:
        return found
    asked = subprocess.run([sys.executable, "-c", OWN], capture_output=True, text=True)  # its driver may fail to start
    own = asked.stdout.strip()
    return own if Path(own).is_file() else ""


def left_out() -> bool:
    """Whether tests in a browser are to be skipped."""
    return os.environ.get("NO_BROWSER", "") not in ("", "0")


@contextlib.contextmanager
def launch() -> Iterator[sync_api.Browser]:
    """Start a browser; each of its contexts starts with an empty cache."""
    found = program()
    if not found:
        raise FileNotFoundError(MISSING)
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=FLAGS)
        try:
            yield running
        finally:
            running.close()


@contextlib.contextmanager
def visit(browser: sync_api.Browser, width: int = 1280, **options: object) -> Iterator[sync_api.Page]:
    """Open a page with an empty cache, `width` pixels wide; options are those of a context.

    Fails if the content policy of a page refused anything.
    """
    with contextlib.closing(browser.new_context(viewport={"width": width, "height": 800}, **options)) as context:
        page = context.new_page()
        refused = refusals(page)
        yield page
        assert refused == []


def refusals(page: sync_api.Page) -> list[str]:
    """A list to which each refusal by a content policy is appended, with the address of its page."""
    found: list[str] = []
    page.on("console", lambda message: POLICY in message.text and found.append(f"{page.url}: {message.text}"))
    return found


SHIFT = """() => new Promise(done => {
  let sum = 0;
  const take = entries => entries.forEach(entry => { sum += entry.value; });
  const seen = new PerformanceObserver(list => take(list.getEntries()));
  seen.observe({type: "layout-shift", buffered: true});
  setTimeout(() => { take(seen.takeRecords()); done(sum); }, 100);
})"""

PAINTED = """() => new Promise(done => {
  requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
  setTimeout(() => done(false), 5000);
})"""
"""Whether two frames are painted within five seconds: the browser ignores keys before the first one."""

SCROLL = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
    scrollTo({top: y, behavior: "instant"});
    await frame();
    await frame();
  }
}"""


@dataclass(frozen=True, slots=True)
class Weight:
    """A first visit without clicks, scrolled to the end of the page: responses, and the sum of layout shifts."""

    answers: list[Answer]
    shift: float

    @property
    def size(self) -> int:
        """All bodies in bytes, as sent."""
        return sum(answer.size for answer in self.answers)


def weigh(browser: sync_api.Browser, server: Server, path: str, width: int) -> Weight:
    """Visit a page of a served folder with an empty cache, scroll to its end, and return what was transferred."""
    before = len(server.answers)
    with visit(browser, width) as page:
        page.goto(server.address + path, wait_until="networkidle")
        page.evaluate(SCROLL)
        page.wait_for_load_state("networkidle")
        return Weight(server.answers[before:], page.evaluate(SHIFT))


LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]  # WCAG 2.2 has nothing new at A
COLOURS = ["color-contrast", "link-in-text-block"]
ALIKE = ":is(li, tr, article, option):nth-of-type(n + 13)"
"""Items after the first twelve of a list, which come from the same loop; axe would take half a minute a page."""

BARRIERS = """([exclude, runOnly]) => axe.run({exclude}, {resultTypes: ["violations"], preload: false, runOnly}).then(
  ({violations}) => violations.flatMap(({id, nodes}) => nodes.map(({target, any, all, none}) =>
    `${id}: ${target}: ${[...any, ...all, ...none].map(check => check.message).join("; ")}`)))"""


def barriers(page: sync_api.Page, only: str = "") -> list[str]:
    """Violations that axe finds of WCAG 2.0 to 2.2, A and AA, and of its best practices.

    `only` may be "frame", the page without its content, "colours", or "frame colours", those of the frame.
    Text in drawings is always excluded: axe does not know its background. Only the first twelve items of a list are
    tested, unless a run tests all similar cases.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    exclude = [
        ".lt-figure__drawing svg",
        *([] if sampled.WHOLE else [ALIKE]),
        *([".md-content__inner"] if "frame" in only else []),
    ]
    return page.evaluate(BARRIERS, [exclude, COLOURS if "colours" in only else LEVELS])
