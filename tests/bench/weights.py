"""What a first visit to each page downloads before any click; and the same for a plain site with the same text.

In: a built site, its staged pages; out: tables with exceeded budgets.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from tests import browser
from tests.bench.tables import Table

PHONE = 360
KINDS = ("html", "css", "js", "json", "image", "font", "other")
PAGES = {"explainer": "", "register": "facts/", "chart": "charts/market-value/", "data": "data/"}
ROOTS = ("", "zh/")
BYTES, REQUESTS = 75_000, 6  # the explainer's budget, gzipped, with all its charts in both drawings
NODE = "vega", "vega-lite", "vega-embed"
FIGURE = re.compile(r'<figure class="lt-figure[^>]*id="chart-([a-z0-9-]+)".*?</figure>', re.DOTALL)
COLUMNS = ("page, bytes gzipped", *KINDS, "all", "requests", "shift")


def pages(chromium: browser.sync_api.Browser, site: Path) -> tuple[Table, dict[str, browser.Weight]]:
    """Weigh the pages of our site; checks the explainer's budget, and that no page loads from another host."""
    weights, broken = {}, []
    with browser.serve(site) as server:
        for name, path in PAGES.items():
            for root in ROOTS:
                label = f"{name} {root.strip('/') or 'en'}"
                weights[label], asked = _weigh(chromium, server, root + path)
                broken += [f"{label}: loads from {other}" for other in sorted(asked)]
    for label, weight in weights.items():
        missing = [answer.path for answer in weight.answers if answer.status != 200]
        broken += [f"{label}: {path} is missing" for path in missing]
        if weight.shift > 0:
            broken.append(f"{label}: layout shift of {weight.shift:.4f}; the budget is 0")
        if label.startswith("explainer"):
            if weight.size > BYTES:
                broken.append(f"{label}: {weight.size:,} bytes; the budget is {BYTES:,}")
            if len(weight.answers) > REQUESTS:
                broken.append(f"{label}: {len(weight.answers)} requests; the budget is {REQUESTS}")
    return Table(
        f"Weight of a first visit, {PHONE} px wide, read to the end, before any click",
        COLUMNS,
        _rows(weights),
        (),
        broken,
    ), weights


def yardstick(chromium: browser.sync_api.Browser, ours: dict[str, browser.Weight], staged: Path, site: Path, packages: Path, folder: Path) -> Table:  # fmt: skip
    """Weigh plain Material with the explainer's text and its charts by vega-embed, and compare ours with it.

    `packages` is the folder of npm packages; the site is built in `folder`. Material's web font is left out, because
    it would come from a third party; this favours the plain site.
    """
    weights, rows = {}, []
    for root in ROOTS:
        code = root.strip("/") or "en"
        plain = _plain(code, staged, site, packages, folder / code)
        with browser.serve(plain) as server:
            weights[f"plain Material {code}"], _ = _weigh(chromium, server, "")
        mine, other = ours[f"explainer {code}"], weights[f"plain Material {code}"]
        rows.append((f"ours to plain, {code}", *[""] * len(KINDS), mine.size / other.size,
                     len(mine.answers) / len(other.answers), ""))  # fmt: skip
    versions = ", ".join(
        f"{name} {json.loads((packages / name / 'package.json').read_text())['version']}" for name in NODE
    )
    note = f"  the same staged text, Material's defaults without its web font, {versions} from the site's own folder"
    return Table("Yardstick: plain Material with vega-embed", COLUMNS, [*_rows(weights), *rows], [note])


def _weigh(chromium: browser.sync_api.Browser, server: browser.Server, path: str) -> tuple[browser.Weight, set[str]]:
    """The weight of a page, and the other hosts that it loads from."""
    asked: set[str] = set()
    chromium.on("context", lambda context: context.on("request", lambda request: asked.add(request.url)))
    weight = browser.weigh(chromium, server, path, PHONE)
    hosts = {urlsplit(address).netloc for address in asked if not address.startswith(("data:", "blob:"))}
    return weight, hosts - {urlsplit(server.address).netloc}


def _rows(weights: dict[str, browser.Weight]) -> Iterable[tuple[object, ...]]:
    return [
        (label, *(weight.of(kind) for kind in KINDS), weight.size, len(weight.answers), weight.shift)
        for label, weight in weights.items()
    ]


def _plain(code: str, staged: Path, site: Path, packages: Path, folder: Path) -> Path:
    """Build the plain site in one language; return its folder."""
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
