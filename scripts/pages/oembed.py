"""Charts and facts as oEmbed, for a site that is only given the address of their page. In: `Content`, charts; out: JSON.

Source: oembed.com, version 1.0, by discovery: each page names its file, which is static and so answers no parameters;
`width` is the column that the frame is made for, and the frame fits any from a phone's up. WordPress keeps of a page that it
does not know one `iframe` with `src`, `title`, `width`, `height` and `frameborder`, and takes nothing that has none.
"""

import urllib.parse
from collections.abc import Collection, Iterator

from .. import places
from ..reading import documents
from ..words.languages import Language
from . import cards, facts, frames
from .blocks import DRAWN, Content


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
        (_, _, frame), *_ = frames.of_chart(content, language, chart)
        yield _file(content, language, places.chart(chart.slug), chart.title, frame, shown)
    for fact in content.dataset.facts.values():
        title, frame = facts.title(content.dataset, language, fact), facts.frame(content, language, fact)
        yield _file(content, language, places.fact(fact.fact_id), title, frame, shown)


def _file(
    content: Content, language: Language, slug: str, title: str, frame: frames.Frame, shown: Collection[str]
) -> tuple[str, str]:
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
    if slug in shown:
        width, height = cards.SIZE
        card = f"{content.address}{cards.place(language, slug)}"
        answer |= {"thumbnail_url": card, "thumbnail_width": width, "thumbnail_height": height}
    return place(slug, language), documents.json_text(answer)
