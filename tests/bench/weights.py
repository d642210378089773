"""What a first visit to each page downloads before any click; and the same for a plain site with the same text.

In: a built site, its staged pages; out: a table. Tests hold the explainer's budget.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from tests import browser
from tests.bench.tables import Table

PHONE = 360
PAGES = {"explainer": "", "register": "facts/", "chart": "charts/market-value/", "data": "data/"}
ROOTS = ("", "zh/")
NODE = "vega", "vega-lite", "vega-embed"
FIGURE = re.compile(r'<figure class="lt-figure[^>]*id="chart-([a-z0-9-]+)".*?</figure>', re.DOTALL)


def pages(staged: Path, site: Path, packages: Path, folder: Path) -> Table:
    """Weigh our pages, and plain Material with the explainer's text and its charts by vega-embed.

    `packages` is the folder of npm packages; the plain site is built in `folder`. Material's web font is left out, because
    it would come from a third party; this favours the plain site.
    """
    rows = []
    plain = {root: _plain(root.strip("/") or "en", staged, site, packages, folder) for root in ROOTS}
    with browser.launch() as chromium:
        for root in ROOTS:
            code = root.strip("/") or "en"
            with browser.serve(site) as server:
                found = {name: browser.weigh(chromium, server, root + path, PHONE) for name, path in PAGES.items()}
            with browser.serve(plain[root]) as server:
                found["plain Material"] = browser.weigh(chromium, server, "", PHONE)
            rows += [(f"{name} {code}", one.size, len(one.answers), one.shift) for name, one in found.items()]
            mine, other = found["explainer"], found["plain Material"]
            rows.append(
                (f"explainer to plain, {code}", mine.size / other.size, len(mine.answers) / len(other.answers), "")
            )
    broken = [
        f"{name}: layout shift of {shift}; the budget is 0" for name, *_, shift in rows if shift and "plain" not in name
    ]
    versions = ", ".join(
        f"{name} {json.loads((packages / name / 'package.json').read_text())['version']}" for name in NODE
    )
    note = f"  plain: the same staged text, Material's defaults without its web font, {versions} from the site's own folder"
    title = f"Weight of a first visit, {PHONE} px wide, read to the end, before any click"
    return Table(title, ("page", "bytes gzipped", "requests", "shift"), rows, [note], broken)


def _plain(code: str, staged: Path, site: Path, packages: Path, folder: Path) -> Path:
    """Build the plain site in one language; return its folder."""
    folder /= code
    docs = folder / "docs"
    docs.mkdir(parents=True)
    scripts = []
    for name in NODE:
        script = f"{name}.min.js"
        shutil.copyfile(packages / name / "build" / script, docs / script)
        scripts.append(script)

    def embedded(figure: re.Match[str]) -> str:
        spec = json.loads((site / "charts" / f"{figure[1]}.vl.json").read_text("utf-8"))
        script = json.dumps(spec, ensure_ascii=False).replace("</", "<\\/")
        return f'<div id="{figure[1]}"></div>\n<script>\naddEventListener("load", () => vegaEmbed("#{figure[1]}", {script}));\n</script>'

    text, count = FIGURE.subn(embedded, (staged / code / "index.md").read_text("utf-8"))
    if not count:
        raise RuntimeError("the staged explainer has no chart in the expected form")
    (docs / "index.md").write_text(text, "utf-8")
    language = yaml.safe_load((staged / f"{code}.yml").read_text("utf-8"))
    config = {
        "site_name": language["site_name"],
        "theme": {"name": "material", "font": False, "language": language["theme"]["language"]},
        "extra_javascript": scripts,
        "markdown_extensions": ["attr_list", "md_in_html", "def_list", "tables", "pymdownx.details"],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "site"
