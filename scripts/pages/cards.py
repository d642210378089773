"""A card for each page: the picture that a link to it shows in chats and feeds. In: `Content`, charts; out: PNG by path.

1200 × 630 pixels, as consumers of the Open Graph protocol expect. Only a site with an address has cards, since their URLs are
absolute. The squares at the foot are the facts in report order, coloured by verdict; the page's fact is the larger one.
"""

import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .. import places, progress
from ..data import verdicts
from ..data.dataset import Dataset
from ..data.records import Fact
from ..drawing import pictures, wrap
from ..drawing.engine import Chart
from ..editions import opened, store
from ..words import lexicon, markup, outline, quotes
from ..words.languages import Language
from . import downloads
from .content import DRAWN, Content

MOST = 500
"""Above this many facts, only quoted facts get a card and no card has squares, which would be too small to see."""
Lines = list[dict[str, Any]]
"""Lines of text, each with position, size and colour."""
SIZE = WIDTH, HEIGHT = 1200, 630
_LEFT, _TOP, _FOOT, _EDGE = 64, 92, 500, 570  # text ends at _FOOT, above the squares; a drawing at _EDGE
_ROOM = WIDTH - 2 * _LEFT
# Font sizes in px; the first that fits is used.
_AMOUNT = (112, 96, 80, 64, 52)
_FINDING = (60, 54, 48, 42, 38, 34, 30, 26)
_SAID = (28, 24)
_SQUARES = {
    "differs": ("warn", "warn"), "partly": ("paper", "warn"), "corroborated": ("accent", "accent"),
    "consistent": ("paper", "accent"), "lead_only": ("paper", "soft"), "not_found": ("paper", "other"),
}  # fmt: skip
"""Fill and outline of a square by verdict, as names of colours; without a verdict both are `rule`."""


@dataclass(frozen=True, slots=True)
class Card:
    """The content of a card: a finding, who says it, and optionally a value, a verdict and a chart."""

    finding: str
    said: str = ""
    amount: str = ""
    verdict: str = ""
    fact_id: str = ""
    chart: Chart | None = None

    @property
    def alt(self) -> str:
        """Alternative text."""
        return " ".join(filter(None, (self.finding, self.chart.alt if self.chart else self.said)))


def place(language: Language, slug: str) -> str:
    """Return the path of a page's card below the site's root."""
    return f"{places.CARDS}/{slug}.{language.code}.png"


def files(content: Content, drawn: DRAWN, beside: Mapping[str, Mapping[str, bytes]],
          each: progress.Each = progress.unseen) -> Iterator[tuple[str, bytes]]:  # fmt: skip
    """Yield the path and PNG of every card, none for a site without address; `beside` are the files of each chart."""
    if not content.address:
        return
    keep, colours, unchanged = content.project.build / "drawings", downloads.palette(content), _unchanged(content)
    told = [(language, *one) for language in content.languages for one in of(content, language, drawn).items()]
    for language, slug, card in each(told):
        edition = content.editions[-1].tag if card.fact_id in unchanged else content.shown_version(language)
        if card.chart:
            edition = downloads.edition(content, language, card.chart.slug, beside[card.chart.slug])
        picture = svg(content, language, slug, card, edition, colours)
        yield place(language, slug), pictures.png(picture, keep, scale=1)


def of(content: Content, language: Language, drawn: DRAWN) -> dict[str, Card]:
    """Return the card of each page that has one, by slug."""
    data, pages, charts = content.dataset, content.pages[language.code], drawn[language.code]
    made = {page.slug: _of_page(page, charts) for page in pages}
    made |= {places.chart(slug): Card(chart.title, chart=chart) for slug, chart in charts.items()}
    shown = of_facts(content, language)
    made |= {places.fact(id_): _of_fact(content, language, fact) for id_, fact in data.facts.items() if id_ in shown}
    for one in data.withdrawn("fact"):
        labels = language.words["labels"]
        reason = f"{labels['withdrawn']}{labels['stop']} {one.reason[language.code]}"
        made[places.fact(one.withdrawn_id)] = Card(one.title[language.code], reason)
    return made


def of_facts(content: Content, language: Language) -> Collection[str]:
    """Ids of the facts whose page has a card, if the site has an address."""
    quoted = (id_ for page in content.pages[language.code] for id_ in quotes.ids(page.body, "fact"))
    return set(quoted) if len(content.dataset.facts) > MOST else content.dataset.facts


def of_edition(content: Content, fact_id: str) -> str:
    """Slug of the page whose card an edition's fact uses: the fact's page, or the home page if not every fact has a card."""
    return outline.HOME if len(content.dataset.facts) > MOST else places.fact(fact_id)


def _of_page(page: outline.Page, charts: Mapping[str, Chart]) -> Card:
    """A page's card: its first chart, or squares if it quotes `squares` first or has no chart."""
    seen = (one[2] for one in quotes.QUOTE.finditer(page.body) if one[1] == "chart" or one[2] == "squares")
    return Card(str(page.head["title"]), str(page.head["description"]), chart=charts.get(next(seen, "")))


def _of_fact(content: Content, language: Language, fact: Fact) -> Card:
    data, code = content.dataset, language.code
    speaker = data.speakers[fact.speaker_id]
    paper, when = data.papers[fact.source_id][code], language.period(data.report_of(fact).published)
    voices = [paper] if speaker.kind in lexicon.rules()["speakers"]["own"] else [speaker.name[code], paper]
    said = " · ".join((*voices, when))
    amount = "" if fact.value is None else language.value(fact)
    return Card(fact.statement[code], said, amount, verdicts.overall(data, fact.fact_id), fact.fact_id)


def _unchanged(content: Content) -> frozenset[str]:
    """Ids of facts whose row and verdict are the same in the newest edition."""
    if not content.editions:
        return frozenset()
    codes = [language.code for language in content.languages]
    had, data = opened.read(store.contents(content.project, content.editions[-1]), codes), content.dataset
    return frozenset(
        id_
        for id_ in had.facts.keys() & data.facts.keys()
        if dataclasses.replace(had.facts[id_], line=0) == dataclasses.replace(data.facts[id_], line=0)
        and verdicts.overall(had, id_) == verdicts.overall(data, id_)
    )


def svg(content: Content, language: Language, slug: str, card: Card, edition: str, colours: Mapping[str, str]) -> str:
    """Render a card as SVG, in the font of all pictures."""
    words = language.words
    lines: Lines = []
    drawing = _set_chart(card.finding, card.chart, lines, colours) if card.chart else None
    if not card.chart:
        _set_texts(card, lines)
    return markup.templates().get_template("card.svg").render(
        width=WIDTH, height=HEIGHT, left=_LEFT, family=pictures.FAMILY, colours=colours, lines=lines, site=words["site_name"],
        mark=f"{words['labels']['verdict']}{words['labels']['colon']}{words['verdicts'][card.verdict]}" if card.verdict else "",
        tone=_SQUARES.get(card.verdict, ("", "soft"))[1], drawing=drawing,
        squares=[] if card.chart else _squares(content.dataset, card.fact_id, colours),
        edition=edition, address=content.at(language, slug).partition("://")[2],
    )  # fmt: skip


def _set_texts(card: Card, lines: Lines) -> None:
    """Set the value, the finding and who says it below each other, each as large as fits."""
    y = float(_TOP)
    if card.amount:
        y = _set(lines, card.amount, y, _AMOUNT, 1.3 * _AMOUNT[0], "accent") + 8
    y = _set(lines, card.finding, y, _FINDING, 0.75 * (_FOOT - y), "ink") + 14
    _set(lines, card.said, y, _SAID, _FOOT - y, "soft")


def _set_chart(finding: str, chart: Chart, lines: Lines, colours: Mapping[str, str]) -> dict[str, Any]:
    """Set a finding above or left of a chart's wide drawing, whichever leaves it larger; return it with its place."""
    inner, width, height = pictures.inner(chart, colours)
    layouts = []
    for room, share in ((_ROOM, 0.3), (_ROOM * 0.42, 1.0)):
        own: Lines = []
        below = _set(own, finding, _TOP, _FINDING, share * (_EDGE - _TOP), "ink", room) + 14
        left, top = (_LEFT, below) if room == _ROOM else (_LEFT + room + 32, float(_TOP))
        scale = min((WIDTH - _LEFT - left) / width, (_EDGE - top) / height)
        layouts.append((scale, left + (WIDTH - _LEFT - left - width * scale) / 2, top, own))
    scale, x, y, own = max(layouts, key=lambda layout: layout[0])
    lines += own
    return {"inner": inner, "x": round(x), "y": round(y), "scale": round(scale, 3)}


def _set(
    lines: Lines, text: str, y: float, sizes: Sequence[int], high: float, colour: str, room: float = _ROOM
) -> float:
    """Add a text with its top at `y`, in the largest size that fits into height `high`; return the y below it."""
    bold = colour != "soft"
    for size in sizes:
        broken = wrap.broken(text, size * (1.07 if bold else 1), room)
        if len(broken) * size * 1.3 <= high:
            break
    broken = wrap.balanced(text, size * 1.07, room) if bold else broken
    for place, line in enumerate(broken):
        made = {"text": pictures.legible(line), "size": size, "colour": colour, "bold": bold}
        lines.append(made | {"y": round(y + size + place * size * 1.3)})
    return y + len(broken) * size * 1.3


def _squares(data: Dataset, own: str, colours: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield a square for each fact: a row with `own` larger if there is one, else a block."""
    if len(data.facts) > MOST:
        return
    across = len(data.facts) if own else max(1, round((6 * len(data.facts)) ** 0.5))
    step = min(_ROOM / across, (_EDGE - 300) / -(-len(data.facts) // across))
    top = _EDGE - 30 - step * -(-len(data.facts) // across)
    for place, id_ in enumerate(data.facts):
        fill, edge = ("ink", "ink") if id_ == own else _SQUARES.get(verdicts.overall(data, id_), ("rule", "rule"))
        grown = 8 * (id_ == own)
        yield {
            "x": round(_LEFT + place % across * step - grown / 2, 1), "y": round(top + place // across * step - grown, 1),
            "side": round(step * 0.8 + grown, 1), "fill": colours[fill], "edge": colours[edge],
        }  # fmt: skip
