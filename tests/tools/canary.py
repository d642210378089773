"""Check whether a possible successor of builder and theme shows all that our site shows: `make canary`, weekly on CI.

In: the staged pages and the site of the last build; out: Zensical's build of the same pages in build/canary, compared
with our site. Exit 1 if anything is missing there; additions are only reported.
"""

import collections
import os
import posixpath
import re
import shutil
import subprocess
import sys
import urllib.parse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import bs4

from scripts.paths import THIS, Project
from scripts.words import languages
from scripts.words.languages import Language

TOOL = THIS.root / ".venv" / "canary" / "bin" / "zensical"
_LINK = re.compile(r'\b(href|src)="([^"]*)"')
BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, td, th, dt, dd, summary, figcaption, pre"
EXAMPLES = 3
MISSING, ADDED = "missing", "added"


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """What a page has more or less often than ours: kind of thing, count, and examples."""

    page: str
    how: str
    kind: str
    count: int
    examples: tuple[str, ...] = ()

    def __str__(self) -> str:
        shown = "; ".join(text if len(text) <= 100 else f"{text[:100]}…" for text in self.examples)
        return f"{self.page}: {self.kind} {self.how}, {self.count} times: {shown}"


def addresses(staged: Path) -> dict[str, str]:
    """Return the address and the file of every page of a language's staged folder."""
    names = [file.relative_to(staged).with_suffix("").as_posix() for file in sorted(staged.rglob("*.md"))]
    found = {"" if name == "index" else f"{name.removesuffix('/index')}/" for name in names}
    return {address: f"{address}index.html" for address in sorted(found)}


def shown(file: Path, address: str) -> dict[str, Counter[str]]:
    """Count what a page shows, by kind. Links are absolute, with a folder in place of its index.html."""
    soup = bs4.BeautifulSoup(file.read_bytes(), "html.parser")
    article = soup.select_one("article") or bs4.BeautifulSoup("", "html.parser")
    for mark in article.select(".headerlink"):
        mark.decompose()
    found: dict[str, Counter[str]] = collections.defaultdict(Counter)
    found["language"][str(soup.html.get("lang")) if soup.html else ""] += 1
    for anchor in article.select("a[href]"):
        link = re.sub(r"(^|/)index\.html(?=#|$)", r"\1", urllib.parse.urljoin(f"/{address}", str(anchor["href"])))
        found["link"][link] += 1
        if set(anchor.get("class") or []) & {"quote", "doubt", "entity", "term"}:
            found["quote"][f"{_text(anchor)} ({link}) {anchor.get('data-note', '')}".strip()] += 1
    for figure in article.select("figure[id]"):
        labels = [_text(label) for label in figure.select("svg text")]
        found["chart"][f"{figure['id']}: {len(figure.select('svg'))} drawings, {' '.join(labels)}"] += 1
    for image in article.select("img[src]"):
        found["picture"][urllib.parse.urljoin(f"/{address}", str(image["src"]))] += 1
    found["anchor"].update(str(node["id"]) for node in article.select('[id]:not([id^="__"])'))  # those are the theme's
    found["text"].update(_text(block) for block in article.select(BLOCKS))
    return found


def _text(node: bs4.Tag) -> str:
    return " ".join(node.get_text(" ").split())


def from_source(text: str, name: str) -> str:
    """Return a page with the links in its raw HTML relative to its source file, as Zensical reads them.

    MkDocs leaves such links unchanged, so ours are relative to the page's address, one folder deeper. To change the
    builder, change `outline.Page.root`.
    """
    here = "" if name == "index.md" else name.removesuffix(".md")

    def moved(link: re.Match[str]) -> str:
        path, mark, rest = link[2].partition("#")
        if not path or re.match(r"[a-z]+:|/", path):
            return link[0]
        href = posixpath.relpath(posixpath.join("/a/b/", here, path), posixpath.join("/a/b/", posixpath.dirname(name)))
        return f'{link[1]}="{href}{"/" * path.endswith("/")}{mark}{rest}"'

    return _LINK.sub(moved, text)


def compare(staged: Path, ours: Path, theirs: Path, root: str = "") -> list[Difference]:
    """Return how another builder's site of a language differs from ours; `root` is the language's folder, such as zh/."""
    found: list[Difference] = []
    for address, name in addresses(staged).items():
        page = f"{root}{address}" or "./"
        if not (theirs / name).is_file():
            found.append(Difference(page, MISSING, "page", 1, (name,)))
            continue
        mine, other = shown(ours / name, root + address), shown(theirs / name, root + address)
        for kind in sorted(mine | other):
            for how, rest in ((MISSING, mine[kind] - other[kind]), (ADDED, other[kind] - mine[kind])):
                if rest:
                    found.append(Difference(page, how, kind, rest.total(), tuple(sorted(rest))[:EXAMPLES]))
    for file in sorted(path for path in staged.rglob("*") if path.is_file() and path.suffix != ".md"):
        name = file.relative_to(staged)
        if not (theirs / name).is_file() or (theirs / name).read_bytes() != file.read_bytes():
            found.append(Difference(f"{root}{name.as_posix()}", MISSING, "file", 1, ("absent, or not the same bytes",)))
    return found


def run(staged: Path, language: Language) -> str:
    """Build one language with the tool into its own folder; return the tool's errors, or an empty text."""
    config = staged / f"{language.code}.yml"
    config.write_text(f"{config.read_text('utf-8')}site_dir: site/{language.code}\n", "utf-8")
    for file in sorted((staged / language.code).rglob("*.md")):
        name = file.relative_to(staged / language.code).as_posix()
        file.write_text(from_source(file.read_text("utf-8"), name), "utf-8")
    command = [str(TOOL), "build", "--strict", "--clean", "--config-file", config.name]
    environment = os.environ | {"PYTHONHASHSEED": "0", "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    ran = subprocess.run(command, cwd=staged, env=environment, capture_output=True, text=True)
    return "" if ran.returncode == 0 else (ran.stdout + ran.stderr).strip() or f"{TOOL.name} failed"


def look(project: Project) -> tuple[list[Difference], list[str]]:
    """Return the differences in all languages, and the lines of the tool's errors."""
    staged, copy = project.build / "docs", project.build / "canary"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(staged, copy)
    found: list[Difference] = []
    said: list[str] = []
    for language in languages.read(project)[0]:
        said += run(copy, language).splitlines()
        ours, theirs = project.site / language.root, copy / "site" / language.code
        found += compare(staged / language.code, ours, theirs, language.root)
    return found, said


def main() -> int:
    """Print the differences; exit code 1 if something is missing or the tool failed."""
    found, said = look(THIS)
    missing = sum(difference.how == MISSING for difference in found)
    version = subprocess.run([str(TOOL), "--version"], capture_output=True, text=True).stdout
    number = re.search(r"\d+(\.\d+)+", version)
    print(f"{TOOL.name} {number[0] if number else ''}: {missing} missing, {len(found) - missing} added")
    for line in [*said, *found]:
        print(f"  {line}")
    failed = bool(missing or said)
    print("something of ours would be lost" if failed else "nothing of ours would be lost")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
