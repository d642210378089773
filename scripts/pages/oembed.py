"""oEmbed responses for charts and facts, for sites that have only the address of a page. In: `Content`, charts; out: JSON.

Source: oembed.com, version 1.0, by discovery: each page links to its file, which is static and so ignores parameters;
`width` is the column that the frame is made for, and the frame fits any width from a phone's up. From an unknown provider,
WordPress keeps one `iframe` with `src`, `title`, `width`, `height` and `frameborder`, and rejects a response without one.
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
    """Return the path of a page's response below the site's root."""
    return f"{slug}.{language.code}.oembed.json"


def link(content: Content, language: Language, slug: str, page: str) -> str:
    """The address of a page's response, with the page's address as `url`, which the standard requires and some consumers read."""
    return f"{content.address}{place(slug, language)}?url={urllib.parse.quote(page, safe='')}"


def files(content: Content, language: Language, drawn: DRAWN) -> Iterator[tuple[str, str]]:
    """Yield path and text of every response in a language; none if the site has no address."""
    if not content.address:
        return
    shown = cards.of(content, language, drawn)
    for chart in drawn[language.code].values():
        slug, (_, _, frame) = places.chart(chart.slug), frames.of_chart(content, language, chart)[0]
        yield place(slug, language), _response(content, language, chart.title, frame, slug if slug in shown else "")
    for fact in content.dataset.facts.values():
        slug = places.fact(fact.fact_id)
        yield place(slug, language), of_fact(content, language, fact, slug if slug in shown else "")


def of_fact(content: Content, language: Language, fact: Fact, card: str) -> str:
    """Return a fact's response; `card` is the slug of the page whose card is its thumbnail, or empty."""
    title, frame = facts.title(content.dataset, language, fact), facts.frame(content, language, fact)
    return _response(content, language, title, frame, card)


def _response(content: Content, language: Language, title: str, frame: frames.Frame, card: str) -> str:
    response: dict[str, object] = {
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
        response |= {"thumbnail_url": picture, "thumbnail_width": width, "thumbnail_height": height}
    return documents.json_text(response)
