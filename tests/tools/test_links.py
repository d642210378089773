"""The links' check, asked of a server that answers in every way."""

import http.server
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Built
from tests.tools import links

STATUS = {
    "/fine": 200,
    "/gone": 404,
    "/removed": 410,
    "/shy": 403,
    "/ill": 503,
    "/moved": 301,
    "/away": 302,
    "/slow": 503,
}


@pytest.fixture
def host() -> Iterator[tuple[str, Counter[str]]]:
    asked: Counter[str] = Counter()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked[self.path] += 1
            fine_at_last = self.path == "/slow" and asked[self.path] == links.TRIES
            self.send_response(200 if fine_at_last else STATUS[self.path])
            if self.path in ("/moved", "/away"):
                self.send_header("Location", "/fine")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()
        thread.join()


def linking(folder: Path, *addresses: str) -> Path:
    folder.mkdir()
    anchors = "".join(f'<a href="{address}">x</a>' for address in addresses)
    (folder / "index.html").write_text(f'{anchors}<a href="facts/">in</a><a href="mailto:a@b">m</a>', "utf-8")
    return folder


def test_each_answer_has_its_state(host: tuple[str, Counter[str]]):
    home, asked = host
    states = {
        answer.link.removeprefix(home): answer.state for answer in links.answers([home + path for path in STATUS], 0)
    }
    assert states == {
        "/fine": "fine",
        "/gone": "gone",
        "/removed": "gone",
        "/shy": "shy",
        "/ill": "shy",
        "/moved": "moved",
        "/away": "fine",
        "/slow": "fine",
    }
    assert asked["/ill"] == links.TRIES
    assert asked["/gone"] == 1


@pytest.mark.parametrize(
    ("code", "said", "state"),
    [
        (socket.EAI_NONAME, "Name or service not known", "gone"),
        (socket.EAI_AGAIN, "Temporary failure in name resolution", "shy"),
    ],
)
def test_a_host_without_a_name_is_gone_but_not_where_our_own_network_is_down(
    monkeypatch: pytest.MonkeyPatch, code: int, said: str, state: str
):
    def fail(*_: object) -> None:
        raise socket.gaierror(code, said)

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert links.ask("http://no-such-host.invalid/", 0).state == state


def test_a_host_that_refuses_is_shy():
    assert links.ask("http://127.0.0.1:9/", 0) == links.Answer("http://127.0.0.1:9/", "shy", "ConnectionError")


def test_the_report_tells_what_failed_and_where(host: tuple[str, Counter[str]], tmp_path: Path, capsys):
    home, _ = host
    folder = linking(tmp_path / "site", f"{home}/fine#part", f"{home}/gone", f"{home}/shy")
    assert links.main(folder, tmp_path / "links.md", 0) == 1
    told = (tmp_path / "links.md").read_text("utf-8")
    assert capsys.readouterr().out == told
    copy = f"; archived copy, if there is one: <{links.ARCHIVE}{home}/gone>"
    assert f"## {links.TITLES['gone']}\n\n- <{home}/gone> (404): index.html{copy}\n" in told
    assert f"- <{home}/shy> (403): index.html" in told
    assert "/fine" not in told and "facts/" not in told


def test_shy_links_do_not_fail_and_a_site_without_links_does(host: tuple[str, Counter[str]], tmp_path: Path, capsys):
    home, _ = host
    assert links.main(linking(tmp_path / "site", f"{home}/shy"), tmp_path / "links.md", 0) == 0
    assert links.main(tmp_path / "nothing", tmp_path / "links.md", 0) == 2
    assert "make site" in capsys.readouterr().err


def test_an_address_that_is_told_as_text_is_asked_for_too(tmp_path: Path):
    (tmp_path / "index.html").write_text('<span class="lt-url">http://example.org/copy#a</span>', "utf-8")
    assert links.collect(tmp_path) == {"http://example.org/copy": ["index.html"]}


def test_a_built_site_has_links_to_ask_for(site: Built):
    found = links.collect(site.site)
    assert found
    assert all(link.startswith(("http://", "https://")) and "#" not in link for link in found)
