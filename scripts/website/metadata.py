"""Metadata of pages: citation tags, signposting, Open Graph, alternates, JSON-LD; and the sitemap.

In: `Content`, a page's slug; out: HTML for the head, XML. Only a site with a public address has them, because all of
them need absolute URLs. Sources: the citation tags as Google Scholar names them and as Zotero's translators read them
(Embedded Metadata.js, RDF.js), signposting.org's level 1 profile, the Open Graph protocol, sitemaps.org with xhtml:link
alternates; `linked_data` has its own.
"""

from collections.abc import Mapping
from typing import Any

from .. import places
from ..data import codes
from ..drawing.engine import Chart
from ..editions import store, unfold
from ..pages import cards, edition_pages, exports, fact_files, facts, oembed, staging
from ..pages.content import DRAWN, Content
from ..words import markup, outline, works
from ..words.languages import Language
from . import linked_data


def head(content: Content, language: Language, slug: str, drawn: DRAWN, files: Mapping[str, bytes],
         shown: Mapping[str, cards.Card]) -> str:  # fmt: skip
    """Render a page's tags, by slug; `files` are the downloads of charts by path, `shown` the cards by page."""
    page = _page(content, language, slug, drawn[language.code]) if content.address else None
    if page is None:
        return ""
    work, here = _work(content, page), content.at(language, slug)
    carded = slug if slug in shown else outline.HOME
    descriptor, offers = content.dataset.package.descriptor, slug == content.data_page(language)
    newest = content.cited if offers and content.editions else ""
    return markup.block(
        "head.html",
        page=page,
        content=content,
        language=language,
        here=here,
        oembed=oembed.link(content, language, slug, here) if page.fact or page.chart else "",
        # A page is cited by its edition's persistent address if it has one, else by its own.
        cited=work.address if page.fact else (page.edition.identifier if page.edition else newest) or here,
        image=f"{content.address}{cards.place(language, carded)}",
        image_alt=shown[carded].alt,
        image_size=cards.SIZE,
        work=work,
        abstract=codes.text(descriptor, "description", language.code) if work.kind == "dataset" else "",
        licence=descriptor["licenses"][0]["path"],
        folder=content.folder(page.edition.tag if page.edition else places.LATEST),
        zip_name=page.edition.file if page.edition else unfold.WHOLE["package"],
        described=offers or page.chart or page.edition,
        feed=f"{content.home(language)}{edition_pages.FEED}",
        linked=linked_data.script(content, page, files),
    )


def _page(content: Content, language: Language, slug: str, charts: Mapping[str, Chart]) -> linked_data.Page | None:
    """Return a page by slug; None for a slug of no page of the language's site, such as the builder's 404."""
    name, labels = slug.rpartition("/")[2], language.words["labels"]
    if chart := charts.get(name) if slug == places.chart(name) else None:
        return linked_data.Page(language, slug, chart.title, chart.alt, chart=chart)
    if edition := next((one for one in content.editions if slug == places.edition(one.tag)), None):
        title = labels["edition"].format(edition.version)
        return linked_data.Page(language, slug, title, labels["edition_note"], edition=edition)
    fact = content.dataset.facts.get(name) if slug == places.fact(name) else None
    head = facts.head(content, language, slug) or _written(content, language, slug)
    return linked_data.Page(language, slug, head["title"], head["description"], fact) if head else None


def _written(content: Content, language: Language, slug: str) -> Mapping[str, Any] | None:
    """The head of a written page, or of a later page of the register; None if there is no such page."""
    pages = (*content.pages[language.code], *staging.later_pages(content, language))
    return next((page.head for page in pages if page.slug == slug), None)


def _work(content: Content, page: linked_data.Page) -> works.Work:
    """The citation record of a page: its fact's, chart's or edition's, else the data set's."""
    if page.fact:
        return fact_files.work(content, page.language, page.fact)
    if page.chart:
        return exports.work(content, page.language, page.chart)
    if page.edition:
        return edition_pages.work(content, page.language, page.edition)
    return works.of_package(content.dataset.package, page.language.code, content.cited)


def sitemap(content: Content, slugs: list[str]) -> str:
    """Render every page in every language with its alternates, as XML."""
    changed = store.moment(content.dataset.package).date()
    return markup.templates().get_template("sitemap.xml").render(content=content, slugs=slugs, changed=changed)
