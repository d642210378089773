"""A page of its own for each chart, and the frame to embed it. In: `Content`, `Chart`; out: pages, HTML.

The page is Markdown like any other and is filled, staged and built with them; nobody writes it by hand.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from . import blocks, citations, downloads, exports, markup, outline, verdicts
from .blocks import Content
from .charts import Chart
from .languages import Language
from .records import Withdrawal

FOLDER = "charts"
EMBEDS = "embed"
_LINE = 27  # px, a line of text in an embed
_CARD = 160  # px, the rest of an embed: margins, source and link home


_PARTS = (("download", "downloads"), ("cite", "cite_chart"), ("rests-on", "rests_on"), ("embed", "embed"))


def pages(
    content: Content, language: Language, drawn: blocks.DRAWN, files: Mapping[str, Mapping[str, bytes]]
) -> list[outline.Page]:
    """The page of every chart in a language, those withdrawn too; `files` are those beside a chart, by slug and name."""
    there = [_page(content, language, chart, files[chart.slug]) for chart in drawn[language.code].values()]
    return there + [_tombstone(content, language, one) for one in content.dataset.withdrawn("chart")]


def _tombstone(content: Content, language: Language, one: Withdrawal) -> outline.Page:
    slug, title = f"{FOLDER}/{one.withdrawn_id}", one.title[language.code]
    head = {"title": title, "description": one.reason[language.code]}
    page = outline.Page(slug, f"{content.project.name(language.folder)}/{slug}.md", head, "", 1)
    block = markup.block("withdrawn.html", one=one, words=language.words, code=language.code, root=page.root)
    body = f"# {markup.inline(title)} {{ #withdrawn }}\n\n{_no_quotes(block)}\n"
    return outline.Page(slug, page.path, head, body, 1)


def _page(content: Content, language: Language, chart: Chart, files: Mapping[str, bytes]) -> outline.Page:
    head = {"title": chart.title, "description": f"{chart.subtitle}{language.words['labels']['stop']}"}
    slug = f"{FOLDER}/{chart.slug}"
    page = outline.Page(slug, f"{content.project.name(language.folder)}/{slug}.md", head, "", 1)
    labels = language.words["labels"]
    section = language.words["sections"]["facts"]
    listed = next((some.head["title"] for some in content.pages[language.code] if some.slug == FOLDER), "")
    parts = [
        f'<nav class="lt-crumbs" aria-label="{markup.attribute(section)}">'
        f'<a href="{page.root}facts/">{markup.inline(section)}</a> › '
        f'<a href="{page.root}{FOLDER}/">{markup.inline(listed)}</a></nav>',
        f"# {markup.inline(chart.title)} {{ #{chart.slug} }}",
        f"{{{{ chart {chart.slug} }}}}",
        *(f"## {markup.inline(labels[label])} {{ #{anchor} }}\n\n{_part(content, language, chart, page.root, anchor, files)}"
          for anchor, label in _PARTS),
    ]  # fmt: skip
    return outline.Page(slug, page.path, head, "\n\n".join(parts) + "\n", 1)


def _part(content: Content, language: Language, chart: Chart, root: str, name: str, files: Mapping[str, bytes]) -> str:
    data = content.dataset
    made = markup.block(
        f"chart-{name}.html",
        data=data,
        chart=chart,
        facts=[data.facts[id_] for id_ in _ids(chart, "fact_id")],
        evidence=[data.evidence[id_] for id_ in _ids(chart, "evidence_id")],
        verdict=lambda fact_id: verdicts.overall(data, fact_id),
        shown=[page for page in content.pages[language.code] if f"{{{{ chart {chart.slug} }}}}" in page.body],
        snippet=snippet(content, language, chart) if content.address else "",
        language=language,
        words=language.words,
        code=language.code,
        root=root,
        site_root=blocks.site_root(language, root),
        address=f"{root}{EMBEDS}/{chart.slug}/",
        files=[one for one in downloads.listed(chart.slug, language, files) if not one[1].startswith("cite")],
        size=blocks.size,
        id="cite-chart",
        forms=citations.FORMS,
        work=exports.work(content, language, chart),
        downloads={
            name[name.rindex(".") :]: f"{blocks.site_root(language, root)}{FOLDER}/{name}"
            for name in files
            if name.startswith(f"{chart.slug}.{language.code}.cite.")
        },
    )
    return _no_quotes(made)


def _no_quotes(block: str) -> str:
    """A block of HTML whose braces are text: those of BibTeX, or of a statement, are no quotes to fill."""
    return block.replace("{", "&#123;").replace("}", "&#125;")


def _ids(chart: Chart, column: str) -> list[str]:
    """The ids of a column of a chart's rows, each once, in the order of the rows."""
    return [id_ for id_ in dict.fromkeys(chart.rows[column]) if id_] if column in chart.rows else []


def snippet(content: Content, language: Language, chart: Chart) -> str:
    """The HTML that shows a chart on another site; its height suits 320 and 700 px."""
    address = f"{content.address}{language.root}{EMBEDS}/{chart.slug}/"
    return (
        f'<iframe src="{address}" title="{markup.attribute(chart.title)}" loading="lazy" '
        f'width="100%" height="{height(chart)}" style="border:0"></iframe>'
    )


def height(chart: Chart) -> int:
    """The height in px that an embed needs where it is 320 or 700 px wide, whichever asks for more."""
    return max(_height(chart, width, frame) for width, frame in ((320, "narrow"), (700, "wide")))


def _height(chart: Chart, width: int, frame: str) -> int:
    inner = width - 24
    texts = ((chart.title, 10.5), (chart.subtitle, 7.4), (chart.note, 7.4))  # px, the width of a letter
    lines = sum(-(-sum(size * (1 + (letter > "\u2e80")) for letter in text) // inner) for text, size in texts)
    shape = chart.specs[frame]
    drawn = shape["height"] + shape["padding"]["top"] + shape["padding"]["bottom"]
    wide = shape["width"] + shape["padding"]["left"] + shape["padding"]["right"]
    return round(lines * _LINE + drawn * min(inner / wide, 1.3) + _CARD)


def embeds(content: Content, language: Language, drawn: blocks.DRAWN) -> Iterator[tuple[str, str]]:
    """Yield the slug and the bare page of every chart, those withdrawn too."""
    for chart in drawn[language.code].values():
        yield chart.slug, embed(content, language, chart)
    for one in content.dataset.withdrawn("chart"):
        values: dict[str, Any] = {"code": language.code, "words": language.words, "root": "../../"}
        yield one.withdrawn_id, markup.block("embed-withdrawn.html", one=one, **values)


def embed(content: Content, language: Language, chart: Chart) -> str:
    """A bare page that shows a chart in a frame, follows the reader's scheme, and leads home."""
    root = "../../"
    values: dict[str, Any] = {"chart": chart, "code": language.code, "words": language.words, "root": root}
    sources, more = blocks.named(content, language, chart)
    return markup.block(
        "embed.html",
        **values,
        sources=[name for name, _ in sources],
        more=more,
        home=f"{content.address}{language.root}" if content.address else root,
    )
