"""A generated page for each chart, and the frame to embed it. In: `Content`, `Chart`; out: pages, HTML.

The page is Markdown, filled, staged and built like any other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from .. import places
from ..data.records import Withdrawal
from ..drawing.engine import Chart
from ..words import markup, outline, quotes
from ..words.languages import Language
from . import blocks, downloads, exports, frames
from .content import DRAWN, Content

_STYLE = "../../assets/low-tide.css"  # relative to an embed
_PARTS = (("download", "downloads"), ("cite", "cite_chart"), ("rests-on", "rests_on"), ("embed", "embed"))


def pages(
    content: Content, language: Language, drawn: DRAWN, files: Mapping[str, Mapping[str, bytes]]
) -> list[outline.Page]:
    """Return the pages of all charts, withdrawn ones too; `files` are each chart's downloads, by slug and name."""
    made = [_page(content, language, chart, files[chart.slug]) for chart in drawn[language.code].values()]
    return made + [tombstone(content, language, one) for one in content.dataset.withdrawn("chart")]


def tombstone(content: Content, language: Language, one: Withdrawal) -> outline.Page:
    """The page of a withdrawn chart."""
    slug, title = places.chart(one.withdrawn_id), one.title[language.code]
    head = {"title": title, "description": one.reason[language.code]}
    page = outline.made(content.project, language, slug, head)
    block = markup.block("withdrawn.html", one=one, words=language.words, code=language.code, root=page.root)
    return replace(page, body=f"# {markup.inline(title)} {{ #withdrawn }}\n\n{markup.literal(block)}\n")


def _page(content: Content, language: Language, chart: Chart, files: Mapping[str, bytes]) -> outline.Page:
    head = {"title": chart.title, "description": f"{chart.subtitle}{language.words['labels']['stop']}"}
    page = outline.made(content.project, language, places.chart(chart.slug), head)
    labels, section = language.words["labels"], language.words["sections"]["facts"]
    facts, charts = (content.place(language, "", listed) for listed in ("facts", "charts"))
    back = {section: page.root + facts, content.title(language, charts): page.root + charts}
    parts = [
        markup.crumbs(section, back),
        f"# {markup.inline(chart.title)} {{ #{chart.slug} }}",
        f"{{{{ chart {chart.slug} }}}}",
    ]
    values = _values(content, language, chart, page.root, files)
    for anchor, label in _PARTS:
        parts += [
            f"## {markup.inline(labels[label])} {{ #{anchor} }}",
            markup.literal(markup.block(f"chart-{anchor}.html", **values)),
        ]
    return replace(page, body="\n\n".join(parts) + "\n")


def _values(
    content: Content, language: Language, chart: Chart, root: str, files: Mapping[str, bytes]
) -> dict[str, Any]:
    """Template variables of a chart's page."""
    data = content.dataset
    return blocks.shared(content, language, root) | {
        "chart": chart,
        "facts": [data.facts[id_] for id_ in chart.listed("fact_id")],
        "evidence": [data.evidence[id_] for id_ in chart.listed("evidence_id")],
        "shown": [page for page in content.pages[language.code] if chart.slug in quotes.ids(page.body, "chart")],
        "frames": frames.of_chart(content, language, chart) if content.address else [],
        "files": [one for one in downloads.listed(chart.slug, language, files) if not one[1].startswith("cite")],
        "cited": [exports.work(content, language, chart)],
        "downloads": [name for name in files if name.startswith(f"{chart.slug}.{language.code}.cite.")],
    }


def embeds(content: Content, language: Language, drawn: DRAWN) -> Iterator[tuple[str, str]]:
    """Yield the slug and the bare page of every chart, withdrawn ones too."""
    for chart in drawn[language.code].values():
        yield chart.slug, embed(content, language, chart, _STYLE, f"../../{places.chart(chart.slug)}/")
    for one in content.dataset.withdrawn("chart"):
        told = {"one": one, "code": language.code, "words": language.words, "root": "../../", "style": _STYLE}
        yield one.withdrawn_id, markup.block("embed-withdrawn.html", **told)


def embed(content: Content, language: Language, chart: Chart, style: str, home: str) -> str:
    """Render a chart's bare page for frames, which follows the colour scheme and links to `home`, the chart's page."""
    return markup.block(
        "embed.html", chart=chart, code=language.code, words=language.words, style=style, home=home,
        source=blocks.source_line(content, language, chart),
        imprint=frames.imprint(content, language).removeprefix(language.words["site_name"]),
    )  # fmt: skip
