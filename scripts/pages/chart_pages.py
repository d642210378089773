"""A page of its own for each chart, and the frame to embed it. In: `Content`, `Chart`; out: pages, HTML.

The page is Markdown like any other and is filled, staged and built with them; nobody writes it by hand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..data import verdicts
from ..data.records import Withdrawal
from ..drawing import wrap
from ..drawing.engine import Chart
from ..editions import store
from ..words import citations, markup, outline
from ..words.languages import Language
from . import blocks, downloads, exports
from .blocks import Content

FOLDER = "charts"
EMBEDS = "embed"
_STYLE = "../../assets/low-tide.css"  # from an embed
NARROWEST, _COLUMN = 320, 700  # px, the widths that an embed is made for
# What low-tide.css does in an embed, in px: where the wide drawing takes over, both edges, the widest that each drawing
# gets with them, letters and lines of the title and of the smaller texts, and all margins, with a line to spare.
_TURN, _EDGES, _NARROW, _WIDE = 644, 24, 464, 984
_TITLE, _SMALL, _REST = (19.0, 26), (13.4, 21), 104
_MAY = "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
"""What an embed may do on another site: nothing but let a reader follow its link, in the same tab or a new one."""
_PARTS = (("download", "downloads"), ("cite", "cite_chart"), ("rests-on", "rests_on"), ("embed", "embed"))


def pages(
    content: Content, language: Language, drawn: blocks.DRAWN, files: Mapping[str, Mapping[str, bytes]]
) -> list[outline.Page]:
    """The page of every chart in a language, those withdrawn too; `files` are those beside a chart, by slug and name."""
    there = [_page(content, language, chart, files[chart.slug]) for chart in drawn[language.code].values()]
    return there + [tombstone(content, language, one) for one in content.dataset.withdrawn("chart")]


def tombstone(content: Content, language: Language, one: Withdrawal) -> outline.Page:
    """The page of a chart that is no longer upheld."""
    slug, title = f"{FOLDER}/{one.withdrawn_id}", one.title[language.code]
    head = {"title": title, "description": one.reason[language.code]}
    page = outline.made(content.project, language, slug, head)
    block = markup.block("withdrawn.html", one=one, words=language.words, code=language.code, root=page.root)
    return replace(page, body=f"# {markup.inline(title)} {{ #withdrawn }}\n\n{markup.literal(block)}\n")


def _page(content: Content, language: Language, chart: Chart, files: Mapping[str, bytes]) -> outline.Page:
    head = {"title": chart.title, "description": f"{chart.subtitle}{language.words['labels']['stop']}"}
    slug = f"{FOLDER}/{chart.slug}"
    page = outline.made(content.project, language, slug, head)
    labels = language.words["labels"]
    section = language.words["sections"]["facts"]
    facts, charts = (content.place(language, "", listed) for listed in ("facts", "charts"))
    back = {section: page.root + facts, content.title(language, charts): page.root + charts}
    parts = [
        markup.crumbs(section, back),
        f"# {markup.inline(chart.title)} {{ #{chart.slug} }}",
        f"{{{{ chart {chart.slug} }}}}",
        *(f"## {markup.inline(labels[label])} {{ #{anchor} }}\n\n{_part(content, language, chart, page.root, anchor, files)}"
          for anchor, label in _PARTS),
    ]  # fmt: skip
    return replace(page, body="\n\n".join(parts) + "\n")


def _part(content: Content, language: Language, chart: Chart, root: str, name: str, files: Mapping[str, bytes]) -> str:
    data = content.dataset
    made = markup.block(
        f"chart-{name}.html",
        **blocks.shared(content, language, root),
        chart=chart,
        facts=[data.facts[id_] for id_ in _ids(chart, "fact_id")],
        evidence=[data.evidence[id_] for id_ in _ids(chart, "evidence_id")],
        verdict=lambda fact_id: verdicts.overall(data, fact_id),
        shown=[page for page in content.pages[language.code] if f"{{{{ chart {chart.slug} }}}}" in page.body],
        snippets=snippets(content, language, chart) if content.address else [],
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
    return markup.literal(made)


def _ids(chart: Chart, column: str) -> list[str]:
    """The ids of a column of a chart's rows, each once, in the order of the rows."""
    return [id_ for id_ in dict.fromkeys(chart.rows[column]) if id_] if column in chart.rows else []


def snippets(content: Content, language: Language, chart: Chart) -> list[tuple[str, str, str]]:
    """The HTML that shows a chart on another site, the frozen address first: `(name, what it is, code)`."""
    labels, live = language.words["labels"], f"{content.home(language)}{EMBEDS}/{chart.slug}/"
    found = [("live", labels["embed_live"], _snippet(content, language, chart, live))]
    for edition in content.editions[-1:]:
        page = f"embed/{chart.slug}.{language.code}.html"
        if page in store.chart_files(content.project, edition):
            frozen = _snippet(content, language, chart, f"{content.address}data/{edition.tag}/{page}")
            found.insert(0, ("frozen", labels["embed_frozen"].format(edition.version), frozen))
    return found


def _snippet(content: Content, language: Language, chart: Chart, address: str) -> str:
    """A frame as high as the embed is at the width that it gets there.

    The height is a rule of CSS that knows the width; a browser that does not know such rules takes the attribute.
    """
    source = f"{blocks.source_line(content, language, chart)} {_imprint(content, language)}"
    texts = ((chart.title, *_TITLE), *((text, *_SMALL) for text in (chart.subtitle, chart.note, source)))
    narrow = _needs(chart, "narrow", texts, NARROWEST, _TURN)
    wide = _needs(chart, "wide", texts, _TURN, _WIDE)
    high = round(max(narrow.at(NARROWEST), wide.at(_COLUMN)))
    # Below the turn the first is the greater by far; above it is negative.
    rule = f"max(min(9999*({_TURN}px - 100cqw),{narrow.rule(_NARROW)}),{wide.rule(_WIDE)})"
    return (
        f'<div style="container-type:inline-size"><iframe src="{markup.escaped(address)}" title="{markup.attribute(chart.title)}" '
        f'sandbox="{_MAY}" loading="lazy" width="100%" height="{high}" style="border:0;height:{rule}"></iframe></div>'
    )


@dataclass(frozen=True, slots=True)
class _Needs:
    """The height in px that an embed needs: what its edges and texts take, less with each px of width; its drawing's shape."""

    texts: float
    less: float
    shape: float

    def at(self, width: int) -> float:
        return self.texts + (self.shape - self.less) * width

    def rule(self, most: int) -> str:
        """The same in CSS, where the drawing grows no more beyond a width; `cqw` is a hundredth of the embed's."""
        return f"{self.texts:.0f}px - {self.less:.3f}*min(100cqw,{_WIDE}px) + {self.shape:.3f}*min(100cqw,{most}px)"


def _needs(chart: Chart, frame: str, texts: Sequence[tuple[str, float, int]], least: int, most: int) -> _Needs:
    shape, padding = chart.specs[frame], chart.specs[frame]["padding"]
    drawn = shape["height"] + padding["top"] + padding["bottom"]
    tall = drawn / (shape["width"] + padding["left"] + padding["right"])
    first, last = (
        sum(len(list(wrap.broken(text, size, width - _EDGES))) * line for text, size, line in texts)
        for width in (least, most)
    )
    less = (first - last) / (most - least)
    return _Needs(first + less * least + _REST - tall * _EDGES, less, tall)


def embeds(content: Content, language: Language, drawn: blocks.DRAWN) -> Iterator[tuple[str, str]]:
    """Yield the slug and the bare page of every chart, those withdrawn too."""
    for chart in drawn[language.code].values():
        yield chart.slug, embed(content, language, chart, _STYLE, f"../../{FOLDER}/{chart.slug}/")
    for one in content.dataset.withdrawn("chart"):
        yield (
            one.withdrawn_id,
            markup.block(
                "embed-withdrawn.html", one=one, code=language.code, words=language.words, root="../../", style=_STYLE
            ),
        )


def _imprint(content: Content, language: Language) -> str:
    """What an embed says after its sources: site, version, licence."""
    licence = content.dataset.package.descriptor["licenses"][0]["name"]
    return f"{language.words['site_name']} · {content.shown_version(language)} · {licence}"


def embed(content: Content, language: Language, chart: Chart, style: str, home: str) -> str:
    """A bare page that shows a chart in a frame, follows the reader's scheme, and leads to the chart's page, `home`."""
    return markup.block(
        "embed.html", chart=chart, code=language.code, words=language.words, style=style, home=home,
        source=blocks.source_line(content, language, chart),
        imprint=_imprint(content, language).removeprefix(language.words["site_name"]),
    )  # fmt: skip
