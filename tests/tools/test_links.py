"""The check of links and its fetch, run against a server with every kind of answer."""

import contextlib
import http.server
import json
import socket
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.reading import addresses
from tests.conftest import Built
from tests.tools import fetch, links

STATUS = {"/fine": 200, "/gone": 404, "/removed": 410, "/shy": 403, "/ill": 503, "/moved": 301, "/away": 302, "/slow": 503,
          "/inside": 302, "/file": 302, "/circle": 302, "/endless": 200, "/drip": 200, "/lost": 404}  # fmt: skip
TO = {
    "/moved": "/fine",
    "/away": "/fine",
    "/inside": "http://169.254.169.254/latest/",
    "/file": "file:///etc/passwd",
    "/circle": "/circle",
}
COPY = "https://web.archive.org/web/20220310010203/"


def archived(copy: object) -> bytes:
    """The archive's answer for an address with this copy, or for one without if `copy` is empty."""
    closest = {"available": True, "url": copy, "timestamp": "20220310010203"}
    return json.dumps({"archived_snapshots": {} if copy == "" else {"closest": closest}}).encode()


@contextlib.contextmanager
def listening(handler: type[http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    """Run a local server with this handler; yields its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def host() -> Iterator[tuple[str, Counter[str]]]:
    asked: Counter[str] = Counter()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked[self.path] += 1
            path, _, query = self.path.partition("?url=")
            if path == "/copies":
                link = urllib.parse.unquote(query)
                return self.answer(200, archived("" if "lost" in link else COPY + link))
            fine_at_last = path == "/slow" and asked[path] == links.TRIES
            self.answer(200 if fine_at_last else STATUS[path], b"")

        def answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            if self.path in TO:
                self.send_header("Location", TO[self.path])
            self.end_headers()
            with contextlib.suppress(OSError):  # the client has disconnected
                self.wfile.write(body)
                while self.path in ("/endless", "/drip"):
                    self.wfile.write(b"x" * (1 if self.path == "/drip" else 1 << 16))
                    time.sleep(0.1 if self.path == "/drip" else 0)

        def log_message(self, *_: object) -> None:
            pass

    with listening(Handler) as home:
        yield home, asked


def here(home: str) -> links.Limits:
    """Limits as in `make links`, but with the local host allowed and without a pause."""
    return links.Limits(
        0, judge=lambda link: "" if link.startswith(home) else addresses.fault(link), archive=f"{home}/copies?url="
    )


def linking(folder: Path, *addresses: str) -> Path:
    folder.mkdir()
    anchors = "".join(f'<a href="{address}">x</a>' for address in addresses)
    (folder / "index.html").write_text(f'{anchors}<a href="facts/">in</a><a href="mailto:a@b">m</a>', "utf-8")
    return folder


@pytest.mark.parametrize(("path", "state", "times"), [
    ("/fine", "fine", 1), ("/gone", "gone", 1), ("/removed", "gone", 1), ("/shy", "unanswered", links.TRIES), ("/ill", "unanswered", links.TRIES),
    ("/moved", "moved", 1), ("/away", "fine", 1), ("/slow", "fine", links.TRIES), ("/endless", "fine", 1),
    ("/inside", "refused", 1), ("/file", "refused", 1),
])  # fmt: skip
def test_each_answer_has_its_state_after_some_tries(host: tuple[str, Counter[str]], path: str, state: str, times: int):
    home, asked = host
    assert links._state(links.ask(home + path, here(home))) == state
    assert asked[path] == times


@pytest.mark.parametrize(("address", "why"), [
    ("http://127.0.0.1:9/", "127.0.0.1 is not the name of a public host"),
    ("http://[::1]/", "is not the name of a public host"),
    ("http://10.0.0.1/", "10.0.0.1 is not the name of a public host"),
    ("http://printer.local/", "printer.local is not the name of a public host"),
    ("file:///etc/passwd", "is not an http(s) address"),
    ("http://user@example.org/", "remove the user information before the @"),
    ("http://example.org/a b", "is not an http(s) address"),
])  # fmt: skip
def test_addresses_that_are_not_public_http_are_refused_without_a_request(address: str, why: str):
    answer = fetch.get(address, 10)
    assert (answer.kind, answer.status, answer.body) == (fetch.REFUSED, 0, b"")
    assert why in answer.fault


def test_a_public_name_that_resolves_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch):
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in ("93.184.216.34", "192.168.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: inside)
    answer = fetch.get("http://example.org/", 10)
    assert (answer.kind, answer.fault) == (fetch.REFUSED, "example.org stands for 192.168.0.1, which is not public")


def test_a_fetch_is_limited_in_size_time_and_redirects(host: tuple[str, Counter[str]]):
    home, _ = host
    endless = fetch.get(f"{home}/endless", 1000, judge=here(home).judge)
    assert (endless.status, len(endless.body), endless.whole) == (200, 1000, False)
    start = time.monotonic()
    drip = fetch.get(f"{home}/drip", 1 << 20, 1.0, here(home).judge)
    assert drip.status == 0 and "timed out" in drip.fault and time.monotonic() - start < 5
    circle = fetch.get(f"{home}/circle", 10, judge=here(home).judge)
    assert circle.fault == f"more than {fetch.STEPS} redirects"


@pytest.mark.parametrize(
    ("code", "said", "state"),
    [
        (socket.EAI_NONAME, "Name or service not known", "gone"),
        (socket.EAI_AGAIN, "Temporary failure in name resolution", "unanswered"),
    ],
)
def test_an_unknown_host_is_gone_unless_name_resolution_fails(
    monkeypatch: pytest.MonkeyPatch, code: int, said: str, state: str
):
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(code, said)

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert links._state(links.ask("http://no-such-host.example.org/", links.Limits(0))) == state


def test_a_refused_connection_is_unanswered():
    answer = links.ask("http://127.0.0.1:9/", here("http://127.0.0.1:9/"))
    assert links._state(answer) == "unanswered" and answer.fault


def test_the_report_lists_failed_links_with_pages_and_archived_copies(
    host: tuple[str, Counter[str]], tmp_path: Path, capsys
):
    home, asked = host
    paths = ("/fine#part", "/gone", "/lost", "/shy", "/inside")
    folder = linking(tmp_path / "site", *(home + path for path in paths))
    assert links.main(folder, tmp_path / "links.md", here(home)) == 1
    told = (tmp_path / "links.md").read_text("utf-8")
    assert capsys.readouterr().out == told
    gone = f"- <{home}/gone> (404): index.html; archived copy of 2022-03-10: <{COPY}{home}/gone>\n"
    assert f"## {links.TITLES['gone']}\n\n{gone}- <{home}/lost> (404): index.html; the archive has no copy\n" in told
    assert f"- <{home}/shy> (403): index.html" in told
    assert f"- <{home}/inside> (is not a public http(s) address; 169.254.169.254 is not" in told
    assert "/fine" not in told and "facts/" not in told
    assert sum(number for path, number in asked.items() if path.startswith("/copies")) == 2


@pytest.mark.parametrize(
    "copy", ["http://127.0.0.1/web/1/x", "javascript:alert(1)", "https://web.archive.org.example.org/x", 5, None]
)
def test_only_copies_at_the_archive_itself_are_proposed(copy: object, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(links, "ask", lambda link, limits: fetch.Answer(link, 200, archived(copy)))
    assert "<" not in links.copy("http://example.org/", links.Limits(0))


def test_links_not_requested_within_the_time_limit_are_reported(host: tuple[str, Counter[str]], tmp_path: Path):
    home, asked = host
    limits = links.Limits(0, time.monotonic() - 1, here(home).judge)
    assert links.main(linking(tmp_path / "site", f"{home}/fine"), tmp_path / "links.md", limits) == 0
    assert f"<{home}/fine> (not requested within the time limit)" in (tmp_path / "links.md").read_text("utf-8")
    assert not asked


def test_unanswered_links_pass_and_a_site_without_links_fails(host: tuple[str, Counter[str]], tmp_path: Path, capsys):
    home, _ = host
    assert links.main(linking(tmp_path / "site", f"{home}/shy"), tmp_path / "links.md", here(home)) == 0
    assert links.main(tmp_path / "nothing", tmp_path / "links.md") == 2
    assert "make site" in capsys.readouterr().err


def test_an_address_shown_as_text_is_collected_too(tmp_path: Path):
    (tmp_path / "index.html").write_text('<span class="lt-url">http://example.org/copy#a</span>', "utf-8")
    assert links.collect(tmp_path) == {"http://example.org/copy": ["index.html"]}


def test_a_built_site_has_links_to_check(site: Built):
    found = links.collect(site.site)
    assert found
    assert all(link.startswith(("http://", "https://")) and "#" not in link for link in found)
