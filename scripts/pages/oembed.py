"""Charts and facts as oEmbed, for a site that is only given the address of their page. In: `Content`, charts; out: JSON.

Source: oembed.com, version 1.0, by discovery: each page names its file, which is static and so answers no parameters;
`width` is the column that the frame is made for, and the frame fits any from a phone's up. WordPress keeps of a page that it
does not know one `iframe` with `src`, `title`, `width`, `height` and `frameborder`, and takes nothing that has none.
"""

import urllib.parse
from collections.abc import Iterator

from .. import places
from ..data.records import Fact
from ..reading import documents
from ..words.languages import Language
from . import cards, facts, frames
from .content import DRAWN, Content


def place(slug: str, language: Language) -> str:
    """Where the file of a page lies, below the site's root."""
    return f"{slug}.{language.code}.oembed.json"


def link(content: Content, language: Language, slug: str, page: str) -> str:
    """The address of a page's file, with the page's own behind it, as the standard asks of a request: some consumers take it from there."""
    return f"{content.address}{place(slug, language)}?url={urllib.parse.quote(page, safe='')}"


def files(content: Content, language: Language, drawn: DRAWN) -> Iterator[tuple[str, str]]:
    """Yield the place and the text of every file in a language, of a site with an address."""
    if not content.address:
        return
    shown = cards.of(content, language, drawn)
    for chart in drawn[language.code].values():
        slug, (_, _, frame) = places.chart(chart.slug), frames.of_chart(content, language, chart)[0]
        yield place(slug, language), _answer(content, language, chart.title, frame, slug if slug in shown else "")
    for fact in content.dataset.facts.values():
        slug = places.fact(fact.fact_id)
        yield place(slug, language), of_fact(content, language, fact, slug if slug in shown else "")


def of_fact(content: Content, language: Language, fact: Fact, card: str) -> str:
    """The text of a fact's file; `card` is the page whose card goes with it, by its slug, or nothing."""
    title, frame = facts.title(content.dataset, language, fact), facts.frame(content, language, fact)
    return _answer(content, language, title, frame, card)


def _answer(content: Content, language: Language, title: str, frame: frames.Frame, card: str) -> str:
    answer: dict[str, object] = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": content.dataset.package.descriptor["contributors"][0]["title"],
        "provider_name": language.words["site_name"],
        "provider_url": content.home(language),
        "width": frames.COLUMN,
        "height": frame.height,
        "html": frame.html,
    }
    if card:
        width, height = cards.SIZE
        picture = f"{content.address}{cards.place(language, card)}"
        answer |= {"thumbnail_url": picture, "thumbnail_width": width, "thumbnail_height": height}
    return documents.json_text(answer)
