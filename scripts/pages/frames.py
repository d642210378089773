"""The HTML that editors paste to show a chart or a fact on another site. In: `Content`, a chart or fact; out: HTML, px.

A frame's height is a CSS rule that depends on its width, computed from the lines that the texts need and the aspect
ratio of the drawing. Its height attribute is the rule's maximum over all widths: it applies where a site strips styles.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .. import places
from ..data.records import Fact
from ..drawing import wrap
from ..drawing.engine import Chart
from ..editions import store
from ..words import markup
from ..words.languages import Language
from . import blocks
from .content import Content

NARROWEST, COLUMN = 320, 700  # px, the widths that a frame is made for
# What low-tide.css sets in the embed of a chart, in px: where the wide drawing takes over, both edges, the maximum width of
# each drawing with them, font size and line height of the title and of smaller texts, and all margins plus one spare line.
_TURN, _EDGES, _NARROW, _WIDE = 644, 24, 464, 984
_TITLE, _SMALL, _REST = (19.0, 26), (13.4, 21), 104
# The same for a fact: font sizes and line heights, both edges with those of asides, the margins of a heading, of a
# caveat and of a reply, and the height of its data and all other margins.
_HEADING, _VALUE, _STATEMENT, _ALONE, _FINE = (23.0, 30), (40.0, 50), (18.7, 28), (25.0, 36), (14.8, 24)
_MARGINS, _HEADED, _CAVEAT, _REPLY, _DATA = 48, 20, 9, 40, 300
_MAY = "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
"""Sandbox permissions of an embed on another site: only to follow its links, in the same tab or a new one."""
Texts = Sequence[tuple[str, tuple[float, int]]]
"""Texts, each with font size and line height in px."""


@dataclass(frozen=True, slots=True)
class Frame:
    """HTML to paste, and its height attribute in px, sufficient at every width."""

    html: str
    height: int


@dataclass(frozen=True, slots=True)
class _Height:
    """A frame's height in px by its width: `texts`, less `less` per px, plus the drawing's (`shape` is its height by width).

    Texts are no wider than `last`, the drawing no wider than `most`.
    """

    texts: float
    less: float
    last: int
    shape: float = 0.0
    most: int = 0

    def at(self, width: int) -> float:
        return self.texts - self.less * min(width, self.last) + self.shape * min(width, self.most)

    def rule(self) -> str:
        """The function as a CSS expression; `cqw` is a hundredth of the frame's width."""
        drawing = f" + {self.shape:.3f}*min(100cqw,{self.most}px)" if self.most else ""
        return f"{self.texts:.0f}px - {self.less:.3f}*min(100cqw,{self.last}px){drawing}"


def of_chart(content: Content, language: Language, chart: Chart) -> list[tuple[str, str, Frame]]:
    """The frames of a chart, the frozen one first: `(name, label, frame)`."""
    labels, live = language.words["labels"], f"{content.home(language)}{places.frame(chart.slug)}/"
    found = [("live", labels["embed_live"], _of_chart(content, language, chart, live))]
    for edition in content.editions[-1:]:
        page = f"{places.frame(chart.slug)}.{language.code}.html"
        if page in store.chart_files(content.project, edition):
            frozen = _of_chart(content, language, chart, f"{content.folder(edition.tag)}{page}")
            found.insert(0, ("frozen", labels["embed_frozen"].format(edition.version), frozen))
    return found


def _of_chart(content: Content, language: Language, chart: Chart, address: str) -> Frame:
    source = f"{blocks.source_line(content, language, chart)} {imprint(content, language)}"
    texts = [(chart.title, _TITLE), *((text, _SMALL) for text in (chart.subtitle, chart.note, source))]
    narrow = _chart_height(chart, "narrow", texts, (NARROWEST, _TURN), _NARROW)
    wide = _chart_height(chart, "wide", texts, (_TURN, _WIDE), _WIDE)
    high = max(*(narrow.at(width) for width in (NARROWEST, _NARROW, _TURN)), wide.at(_TURN), wide.at(_WIDE))
    # The first term dominates below the turn and is negative above it.
    rule = f"max(min(9999*({_TURN}px - 100cqw),{narrow.rule()}),{wide.rule()})"
    return _frame(address, chart.title, round(high), rule)


def _chart_height(chart: Chart, frame: str, texts: Texts, widths: tuple[int, int], most: int) -> _Height:
    """The height of a drawing and its texts, for a range of widths."""
    shape, padding = chart.specs[frame], chart.specs[frame]["padding"]
    drawn = shape["height"] + padding["top"] + padding["bottom"]
    tall = drawn / (shape["width"] + padding["left"] + padding["right"])
    taken, less = _text_height(texts, widths, _EDGES)
    return _Height(taken + _REST - tall * _EDGES, less, _WIDE, tall, most)


def of_fact(content: Content, language: Language, fact: Fact, heading: str) -> Frame:
    """A fact's frame: its page in the newest edition, which `#frame` reduces to the finding; else a quotation."""
    tag, data, code = content.tag_of(fact.fact_id), content.dataset, language.code
    statement, labels = fact.statement[code], language.words["labels"]
    address = f"{content.home(language)}{places.fact(fact.fact_id, tag)}/"
    if not tag:
        return _quoted(content, language, fact, address)
    caveats = [one.sentence[code] for one in data.caveats_of(fact.fact_id)]
    replies = [f"{labels['other_side']} {one.note[code]}" for one in data.replies_of(fact.fact_id)]
    licence = data.package.descriptor["licenses"][0]["name"]
    about = (
        language.words["site_name"],
        f"{labels['frozen_note']} {labels['current_page']}",
        f"{licence} · {fact.fact_id} · {labels['as_text']}",
    )
    headed = fact.value is not None
    valued = [(heading, _HEADING), (language.value(fact), _VALUE), (statement, _STATEMENT)]
    texts = valued if headed else [(statement, _ALONE)]
    texts += [(text, _FINE) for text in (*about, *caveats, *replies)]
    taken, less = _text_height(texts, (NARROWEST, COLUMN), _MARGINS)
    margins = _DATA + _HEADED * headed + _CAVEAT * len(caveats) + _REPLY * len(replies)
    height = _Height(taken + margins, less, COLUMN)
    return _frame(f"{address}#frame", statement, round(height.at(NARROWEST)), f"calc({height.rule()})")


def _quoted(content: Content, language: Language, fact: Fact, address: str) -> Frame:
    hedge = language.words["qualifiers"][fact.qualifier]
    speaker = content.dataset.speakers[fact.speaker_id].name[language.code]
    site_name = language.words["site_name"]
    quote = markup.block(
        "quote.html", fact=fact, code=language.code, address=address, hedge=hedge, speaker=speaker, site_name=site_name
    )
    texts = [(fact.statement[language.code], _ALONE), (f"{hedge}{speaker}{site_name}", _FINE)]
    height = _Height(*_text_height(texts, (NARROWEST, COLUMN), _MARGINS), COLUMN)
    return Frame(quote, round(height.at(NARROWEST)) + _MARGINS)


def _text_height(texts: Texts, widths: tuple[int, int], edges: int) -> tuple[float, float]:
    """The height of texts over a range of widths, as a line: its intercept at width 0, and the decrease per px."""
    first, last = (
        sum(len(wrap.broken(text, size, width - edges)) * line for text, (size, line) in texts) for width in widths
    )
    less = (first - last) / (widths[1] - widths[0])
    return first + less * widths[0], less


def _frame(address: str, title: str, high: int, rule: str) -> Frame:
    html = (
        f'<div style="container-type:inline-size"><iframe src="{markup.escaped(address)}" title="{markup.attribute(title)}" '
        f'sandbox="{_MAY}" loading="lazy" width="100%" height="{high}" frameborder="0" style="border:0;height:{rule}"></iframe></div>'
    )
    return Frame(html, high)


def imprint(content: Content, language: Language) -> str:
    """The line after an embed's sources: site, version, licence."""
    licence = content.dataset.package.descriptor["licenses"][0]["name"]
    return f"{language.words['site_name']} · {content.shown_version(language)} · {licence}"
