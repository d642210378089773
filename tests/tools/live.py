"""Compare the public site with what was built: `make live URL=https://…`, after each deploy and weekly.

In: build/site, built for that address, and the frozen editions; out: build/live.md, which names each file that differs, with
the expected checksum. Exit 1 if one differs, 2 if there is nothing to compare with.
"""

import posixpath
import re
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scripts import places, progress
from scripts.editions import formats, store
from scripts.pages import edition_pages
from scripts.paths import THIS, Project
from scripts.reading import addresses
from scripts.words import languages
from tests.tools import fetch

MINUTES = 15  # for all; files not requested by then are reported
PAGES = 12  # of each language, evenly spaced
_ADDRESS = re.compile(r'<link rel="canonical" href="([^"]*)"')
_LISTED = re.compile(r'(?:href|src)="([^":#?]+\.(?:css|js))"')
WHAT = {
    "edition": "Frozen editions · 冻结版次",
    "list": "Versions, feed, sitemap · 版本、订阅与站点地图",
    "page": "Pages, with their policy · 页面与安全策略",
    "style": "Style sheets and scripts · 样式与脚本",
}


@dataclass(frozen=True, slots=True)
class Expected:
    """A file of the public site: path, what it is (a key of WHAT), checksum and size in bytes."""

    name: str
    what: str
    sha256: str
    size: int


def expected(project: Project) -> Iterator[Expected]:
    """Yield all files to compare: those of editions as in their zips, the others as in the built site."""
    for edition in store.read(project)[0]:
        frozen = store.contents(project, edition) | store.chart_files(project, edition)
        for part in (one for one in ({"file": edition.file}, edition.charts) if one):
            frozen = frozen | {part["file"]: (store.folder(project) / part["file"]).read_bytes()}
        for name, raw in frozen.items():
            yield _expected(f"{places.edition(edition.tag)}/{name}", "edition", raw)
    spoken = languages.read(project)[0]
    single = [f"{places.EDITIONS}/{store.LIST}", "sitemap.xml", f"{places.edition()}/{formats.SUMS}"]
    names = dict.fromkeys([*single, *(f"{language.root}{edition_pages.FEED}" for language in spoken)], "list")
    others = tuple(language.root for language in spoken if language.root)
    for language in spoken:
        pages = sorted((project.site / language.root).rglob("index.html"))
        own = [file.relative_to(project.site).as_posix() for file in pages]
        own = [name for name in own if language.root or not name.startswith(others)]
        names |= dict.fromkeys([f"{language.root}index.html", *own[:: -(-len(own) // (PAGES - 1))]], "page")
        home = (project.site / language.root / "index.html").read_text("utf-8")
        styles = (posixpath.normpath(f"{language.root}{name}") for name in _LISTED.findall(home))
        names |= dict.fromkeys(styles, "style")
    for name, what in names.items():
        yield _expected(name, what, (project.site / name).read_bytes())


def _expected(name: str, what: str, raw: bytes) -> Expected:
    return Expected(name, what, store.sha256(raw), len(raw))


def address(project: Project) -> str:
    """The address that the site was built for; empty if there is no site or it has none."""
    home = project.site / "index.html"
    found = _ADDRESS.search(home.read_text("utf-8")) if home.is_file() else None
    return found[1] if found else ""


def differing(expected: Expected, url: str, seconds: float) -> str:
    """How a public file differs, or an empty text. Redirects must stay below the address."""
    got = fetch.under(url, expected.name.removesuffix("index.html"), expected.size, seconds)
    if got.fault:
        return got.fault
    if not got.whole or len(got.body) != expected.size:
        return f"has {'more' if not got.whole else len(got.body)} bytes, not {expected.size}"
    found = store.sha256(got.body)
    return "" if found == expected.sha256 else f"sha256 is {found}"


def report(url: str, faults: Mapping[Expected, str], count: int) -> str:
    """All that differs, as Markdown."""
    lines = [f"<{url}>: {len(faults)} of {count} files differ · {count} 个文件中 {len(faults)} 个不符"]
    for what, title in WHAT.items():
        if differ := sorted((one.name, one.sha256, fault) for one, fault in faults.items() if one.what == what):
            lines += ["", f"## {title}", ""]
            lines += [f"- `{name}`: {fault}; expected sha256 `{sha256}`" for name, sha256, fault in differ]
    return "\n".join(lines) + "\n"


def main(url: str, project: Project = THIS, at: str = "", seconds: float = fetch.SECONDS) -> int:
    """Compare the site at `url` with build/site and write the report; `at` is its address here, if it is served elsewhere."""
    url = f"{url.rstrip('/')}/"
    built = address(project)
    if fault := addresses.malformed(url):
        print(f"URL:1: {url!r} {fault}; say which: make live URL=https://…", file=sys.stderr)
        return 2
    if built != url:
        print(
            f"build/site/index.html:1: built for {built or 'no address'}; run SITE_URL={url} make site", file=sys.stderr
        )
        return 2
    wanted, end = list(expected(project)), time.monotonic() + MINUTES * 60
    with progress.show(progress.out(), "live") as each:
        looked = fetch.each(wanted, lambda one: differing(one, at or url, min(seconds, end - time.monotonic())))
        faults = {one: fault for one, fault in each(looked, len(wanted)) if fault}
    (project.build / "live.md").write_text(report(url, faults, len(wanted)), "utf-8")
    print(report(url, faults, len(wanted)), end="")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
