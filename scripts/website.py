"""Hand the staged pages to the builder, then finish its HTML. In: staged Markdown; out: one site for all languages.

The builder is one constant; what we need of it is plain Markdown in, HTML out.
"""

import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from . import editions
from .blocks import Content
from .languages import Language
from .pages import TWIN
from .problem import Problem, Problems

BUILDER = "mkdocs"
_FOLDER_LINK = re.compile(r'href="(?![a-z]+:|/|#)([^"#?]*/|\.{1,2})(#[^"]*)?"')
_ALTERNATE = re.compile(rf'\s*<link rel="alternate" href="{TWIN}[^>]*>')
_WARNING = re.compile(r"^(?:WARNING|ERROR) +-  (.*)$", re.MULTILINE)


def build(content: Content, staged: Path, html: Path) -> Path:
    """Build every language into `html/<code>`, join them, and return the folder of the whole site."""
    with concurrent.futures.ThreadPoolExecutor() as pool:
        runs = [pool.submit(_run, language, staged, html, content) for language in content.languages]
        problems = [problem for run in runs for problem in run.result()]
    if problems:
        raise Problems(problems)
    for language in content.languages:
        for file in sorted((html / language.code).rglob("*.html")):
            _finish(file, html / language.code, language, content)
    site = html / content.languages[0].code
    for language in content.languages[1:]:
        shutil.move(html / language.code, site / language.root)
    _publish(content, site / "data" / "latest")
    return site


def _run(language: Language, staged: Path, html: Path, content: Content) -> list[Problem]:
    """One run of the builder; what it warns of is a problem (`--strict`)."""
    moment = editions.moment(content.dataset.package)
    environment = os.environ | {
        "SOURCE_DATE_EPOCH": str(int(moment.timestamp())),
        "PYTHONHASHSEED": "0",
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    config = staged / f"{language.code}.yml"
    command = [sys.executable, "-m", BUILDER, "build", "--strict", "--config-file", str(config)]
    run = subprocess.run(
        [*command, "--site-dir", str(html / language.code)], env=environment, capture_output=True, text=True
    )
    if run.returncode == 0:
        return []
    warnings = _WARNING.findall(run.stderr) or [run.stderr.strip()[-2000:] or f"{BUILDER} failed"]
    name = content.project.name(content.project.docs / language.code)
    return [Problem(name, 1, " ".join(warning.split())) for warning in warnings]


def _finish(file: Path, home: Path, language: Language, content: Content) -> None:
    """Point the language links to the same page in each language; without an address, make links work from a folder.

    Search engines want absolute alternates, so those links stand only where the site has an address. Their `rel`
    ends in a space: the same token to a reader of HTML, but the theme's script no longer takes each for a site
    of its own and asks for its sitemap.
    """
    page = file.relative_to(home).as_posix().removesuffix("index.html")
    here = "" if page == "404.html" else page
    up = content.address or ("/" if page == "404.html" else "../" * (page.count("/") + bool(language.root)))
    text = _ALTERNATE.sub("", file.read_text("utf-8"))
    for other in content.languages:
        target = f"{up}{other.root}{here}" or "./"
        text = text.replace(f'"{TWIN}{other.code}/"', f'"{target}"')
        if content.address:
            link = f'<link rel="alternate " hreflang="{other.code}" href="{target}">'
            text = text.replace("</head>", f"{link}\n</head>", 1)
    if not content.address:
        text = _FOLDER_LINK.sub(lambda link: f'href="{link[1].rstrip("/")}/index.html{link[2] or ""}"', text)
    file.write_text(text, "utf-8")


def _publish(content: Content, folder: Path) -> None:
    """Put the data package beside the pages: its files as they are, and as one zip."""
    package, project = content.dataset.package, content.project
    for file in editions.files(project, package):
        target = folder / file.relative_to(project.descriptor.parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    (folder / editions.file_name(package)).write_bytes(editions.pack(project, package))
