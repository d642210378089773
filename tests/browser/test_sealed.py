"""The site to publish, opened at its public address: the one of SEALED, as CI built it, else the small one.

Requests are answered from the folder, not the network. `make live` requests the same files from the public host.
"""

import http.client
import os
from pathlib import Path

import pytest
from playwright import sync_api

from scripts.paths import THIS, Project
from tests import browser
from tests.conftest import Built
from tests.sampled import some
from tests.tools import live

SEALED = os.environ.get("SEALED", "")


@pytest.fixture
def sealed(public_site: Built) -> Project:
    """The project whose build/site is published."""
    assert SEALED in ("", "build/site"), f"SEALED is {SEALED}; it is build/site or nothing"
    return THIS if SEALED else Project(public_site.site.parent.parent)


def answer(site: Path, address: str, asked: list[str]):
    """A route handler that serves from a folder; other requests are added to `asked` and aborted."""

    def answered(route: sync_api.Route) -> None:
        path = route.request.url.partition("#")[0].partition("?")[0].removeprefix(address)
        file = site / path / "index.html" if path.endswith("/") or not path else site / path
        if not route.request.url.startswith(address) or not file.is_file():
            asked.append(route.request.url)
            return route.abort()
        route.fulfill(path=file, status=http.client.OK)

    return answered


@pytest.mark.parametrize("root", ["", "zh/"])
def test_every_page_to_publish_loads_completely_at_its_address(chromium: sync_api.Browser, sealed: Project, root: str):
    address, asked, said = live.address(sealed), [], []
    assert address.startswith("https://")
    pages = [
        file.parent.relative_to(sealed.site).as_posix() for file in sorted((sealed.site / root).rglob("index.html"))
    ]
    pages = [page for page in pages if root or not f"{page}/".startswith("zh/")]
    assert len(pages) > 8
    pages = pages if SEALED else some(pages, 3)
    with browser.visit(chromium) as page:
        page.route("**/*", answer(sealed.site, address, asked))
        page.on(
            "console",
            lambda message: message.type in ("error", "warning") and said.append(f"{page.url}: {message.text}"),
        )
        page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
        for path in pages:
            page.goto(f"{address}{'' if path == '.' else f'{path}/'}", wait_until="load")
            assert page.title() and page.locator("body").inner_text().strip(), path
    assert (asked, said) == ([], [])


def test_missing_file_is_noticed(chromium: sync_api.Browser, public_site: Built, tmp_path: Path):
    asked: list[str] = []
    with browser.visit(chromium) as page:
        page.route("**/*", answer(tmp_path, public_site.address, asked))
        with pytest.raises(sync_api.Error):
            page.goto(public_site.address)
    assert asked == [public_site.address]
