"""The HTML that editors paste to show a chart or a fact on another site. In: `Content`, what is shown; out: HTML, px.

A frame's height is a rule of CSS that knows the width which it gets, worked out from the lines that the texts need and the
shape of the drawing. Its attribute is the most that the rule gives at any width: it holds where a site strips styles.
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
# What low-tide.css does in the embed of a chart, in px: where the wide drawing takes over, both edges, the widest that each
# drawing gets with them, letters and lines of the title and of the smaller texts, and all margins, with a line to spare.
_TURN, _EDGES, _NARROW, _WIDE = 644, 24, 464, 984
_TITLE, _SMALL, _REST = (19.0, 26), (13.4, 21), 104
# And of a fact: letters and lines, both edges with those of what is marked at its side, the margins of a heading, of a
# caveat and of a reply, and what its data and all other margins take.
_HEADING, _VALUE, _STATEMENT, _ALONE, _FINE = (23.0, 30), (40.0, 50), (18.7, 28), (25.0, 36), (14.8, 24)
_MARGINS, _HEADED, _CAVEAT, _REPLY, _DATA = 48, 20, 9, 40, 300
_MAY = "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
"""What an embed may do on another site: nothing but let a reader follow its link, in the same tab or a new one."""
Texts = Sequence[tuple[str, tuple[float, int]]]
"""Texts, each with the size of its letters and its lines in px."""


@dataclass(frozen=True, slots=True)
class Frame:
    """HTML to paste, and its height attribute in px: enough at every width."""

    html: str
    height: int


@dataclass(frozen=True, slots=True)
class _Needs:
    """The height in px that a frame needs: what its texts and edges take, less with each px of width; its drawing's shape.

    Texts get no wider than `last`, the drawing no wider than `most`.
    """

    texts: float
    less: float
    last: int
    shape: float = 0.0
    most: int = 0

    def at(self, width: int) -> float:
        return self.texts - self.less * min(width, self.last) + self.shape * min(width, self.most)

    def rule(self) -> str:
        """The same in CSS; `cqw` is a hundredth of the frame's width."""
        drawing = f" + {self.shape:.3f}*min(100cqw,{self.most}px)" if self.most else ""
        return f"{self.texts:.0f}px - {self.less:.3f}*min(100cqw,{self.last}px){drawing}"


def of_chart(content: Content, language: Language, chart: Chart) -> list[tuple[str, str, Frame]]:
    """The frames of a chart, the frozen one first: `(name, what it is, frame)`."""
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
    narrow = _drawn(chart, "narrow", texts, (NARROWEST, _TURN), _NARROW)
    wide = _drawn(chart, "wide", texts, (_TURN, _WIDE), _WIDE)
    high = max(*(narrow.at(width) for width in (NARROWEST, _NARROW, _TURN)), wide.at(_TURN), wide.at(_WIDE))
    # Below the turn the first is the greater by far; above it is negative.
    rule = f"max(min(9999*({_TURN}px - 100cqw),{narrow.rule()}),{wide.rule()})"
    return _frame(address, chart.title, round(high), rule)


def _drawn(chart: Chart, frame: str, texts: Texts, widths: tuple[int, int], most: int) -> _Needs:
    """What a drawing and the texts round it need from one width to another."""
    shape, padding = chart.specs[frame], chart.specs[frame]["padding"]
    drawn = shape["height"] + padding["top"] + padding["bottom"]
    tall = drawn / (shape["width"] + padding["left"] + padding["right"])
    taken, less = _taken(texts, widths, _EDGES)
    return _Needs(taken + _REST - tall * _EDGES, less, _WIDE, tall, most)


def of_fact(content: Content, language: Language, fact: Fact, heading: str) -> Frame:
    """The frame of a fact: its page in the newest edition, of which the style sheet leaves the finding; a quotation before that."""
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
    told = [(heading, _HEADING), (language.value(fact), _VALUE), (statement, _STATEMENT)]
    texts = told if headed else [(statement, _ALONE)]
    texts += [(text, _FINE) for text in (*about, *caveats, *replies)]
    taken, less = _taken(texts, (NARROWEST, COLUMN), _MARGINS)
    margins = _DATA + _HEADED * headed + _CAVEAT * len(caveats) + _REPLY * len(replies)
    needs = _Needs(taken + margins, less, COLUMN)
    return _frame(f"{address}#frame", statement, round(needs.at(NARROWEST)), f"calc({needs.rule()})")


def _quoted(content: Content, language: Language, fact: Fact, address: str) -> Frame:
    hedge = language.words["qualifiers"][fact.qualifier]
    speaker = content.dataset.speakers[fact.speaker_id].name[language.code]
    site_name = language.words["site_name"]
    quote = markup.block(
        "quote.html", fact=fact, code=language.code, address=address, hedge=hedge, speaker=speaker, site_name=site_name
    )
    texts = [(fact.statement[language.code], _ALONE), (f"{hedge}{speaker}{site_name}", _FINE)]
    needs = _Needs(*_taken(texts, (NARROWEST, COLUMN), _MARGINS), COLUMN)
    return Frame(quote, round(needs.at(NARROWEST)) + _MARGINS)


def _taken(texts: Texts, widths: tuple[int, int], edges: int) -> tuple[float, float]:
    """The height that texts take from one width to another, as that at no width and what each px of it saves."""
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
    """What an embed says after its sources: site, version, licence."""
    licence = content.dataset.package.descriptor["licenses"][0]["name"]
    return f"{language.words['site_name']} · {content.shown_version(language)} · {licence}"
