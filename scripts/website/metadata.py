"""What machines read of a page: JSON-LD, citation tags, signposting, Open Graph, alternates, the sitemap.

In: `Content`, a page's place; out: HTML for the head, XML. Only a site with a public address has them, because all of
them want absolute addresses. Sources: schema.org and Google's lists for Dataset and Article, the citation tags as Google
Scholar names them and as Zotero's translators read them (Embedded Metadata.js, RDF.js), signposting.org's level 1 profile,
the Open Graph protocol, sitemaps.org with xhtml:link alternates.
"""

import json
import pathlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .. import places
from ..data.records import Fact, Source
from ..drawing.engine import Chart
from ..editions import described, formats, store, unfold
from ..pages import blocks, cards, chart_pages, edition_pages, exports, facts, oembed
from ..pages.content import DRAWN, Content
from ..words import markup, outline, reports, works
from ..words.languages import Language

_TYPES = {**formats.MEDIA_TYPES, ".png": "image/png"}
Json = dict[str, Any]
_KINDS = {"news_report": ("NewsArticle", "NewsMediaOrganization")}
"""What schema.org calls a source of a kind, and who publishes it."""
_ANY = "CreativeWork", "Organization"


def head(content: Content, language: Language, slug: str, drawn: DRAWN, files: Mapping[str, bytes],
         shown: Mapping[str, cards.Card]) -> str:  # fmt: skip
    """The tags of one page, by its slug; `files` are those of the charts, by their place, `shown` the cards by their page."""
    if not content.address:
        return ""
    chart = drawn[language.code].get(slug.removeprefix(f"{places.CHARTS}/")) if "/" in slug else None
    fact = content.dataset.facts.get(slug.removeprefix(f"{places.FACTS}/"))
    page = None if fact else next((some for some in _pages(content, language) if some.slug == slug), None)
    told = page.head if page else facts.head(content, language, slug) if slug.startswith(f"{places.FACTS}/") else None
    title, description = (
        (chart.title, chart.alt) if chart else (told["title"], told["description"]) if told else ("", "")
    )
    if not title:
        return ""
    edition = next((one for one in content.editions if slug == places.edition(one.tag)), None)
    work = _work(content, language, fact, chart, edition)
    carded = slug if slug in shown else outline.HOME
    return markup.block(
        "head.html",
        title=title,
        description=description,
        here=address(content, language, slug),
        oembed=oembed.link(content, language, slug, address(content, language, slug)) if fact or chart else "",
        cited=work.address if fact else _cited(content, language, slug, edition),
        alternates=[(some.code, address(content, some, slug)) for some in content.languages],
        first=address(content, content.languages[0], slug),
        language=language,
        languages=content.languages,
        home=address(content, language, outline.HOME),
        image=f"{content.address}{cards.place(language, carded)}",
        image_alt=shown[carded].alt,
        image_size=cards.SIZE,
        work=work,
        abstract=blocks.text(language.code, content.dataset.package.descriptor, "description")
        if work.kind == "dataset"
        else "",
        licence=content.dataset.package.descriptor["licenses"][0]["path"],
        folder=_folder(content, edition),
        zip_name=edition.file if edition else unfold.WHOLE["package"],
        described=slug == _data_page(content, language) or chart is not None or edition is not None,
        feed=f"{content.home(language)}{edition_pages.FEED}",
        linked=_script(
            _of_fact(content, language, fact, title)
            if fact
            else _linked(content, language, slug, title, description, chart, edition, files)
        ),
    )


def _work(
    content: Content, language: Language, fact: Fact | None, chart: Chart | None, edition: store.Frozen | None
) -> works.Work:
    """What is cited of a page: its fact, its chart or its edition; any other tells of the data set as a whole."""
    if fact:
        return facts.work(content, language, fact)
    if chart:
        return exports.work(content, language, chart)
    if edition:
        return edition_pages.work(content, language, edition)
    return works.of_package(content.dataset.package, language.code, content.cited)


def _pages(content: Content, language: Language) -> Iterator[outline.Page]:
    """The pages of a language, but those of charts, which are known by their chart."""
    yield from content.pages[language.code]
    yield from (chart_pages.tombstone(content, language, one) for one in content.dataset.withdrawn("chart"))
    yield from edition_pages.heads(content, language)


def address(content: Content, language: Language, slug: str) -> str:
    """The public address of a page."""
    return content.home(language) + ("" if slug == outline.HOME else f"{slug}/")


def _data_page(content: Content, language: Language) -> str:
    """The page that describes the data set, by its slug: the one that offers its files."""
    return content.place(language, "", "downloads").rstrip("/") or outline.HOME


def _script(value: Json) -> str:
    """JSON that may stand inside a script element: no character of it can end the element."""
    text = json.dumps({"@context": "https://schema.org", **value}, ensure_ascii=False, sort_keys=True)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _linked(content: Content, language: Language, slug: str, title: str, description: str, chart: Chart | None,
            edition: store.Frozen | None, files: Mapping[str, bytes]) -> Json:  # fmt: skip
    if chart:
        return _of_chart(content, language, slug, chart, files)
    if slug == _data_page(content, language) or edition:
        return _of_data(content, language, edition)
    common = {"name": title, "description": description, "url": address(content, language, slug)}
    if slug != outline.HOME:
        return _signed(content, language) | common | {"@type": "WebPage", "isPartOf": _reference(content)}
    article = {"@type": "Article", "headline": title, "mainEntityOfPage": common["url"], "isBasedOn": _reports(content)}
    return (
        _signed(content, language)
        | common
        | article
        | {"citation": [_report(content, one) for one in content.dataset.reports], "about": _reference(content)}
    )


def _signed(content: Content, language: Language) -> Json:
    """What every description has: who, when, in which language, under which licence."""
    package = content.dataset.package
    people = [{"@type": "Organization", "name": name} for name in _authors(content)]
    moment = store.moment(package).date().isoformat()
    return {
        "author": people, "creator": people, "publisher": people[0], "inLanguage": language.code, "isAccessibleForFree": True,
        "datePublished": moment, "dateModified": moment, "license": package.descriptor["licenses"][0]["path"],
    }  # fmt: skip


def _authors(content: Content) -> list[str]:
    return [person["title"] for person in content.dataset.package.descriptor["contributors"]]


def _reports(content: Content, facts: Iterable[Fact] = ()) -> Json | list[Json]:
    """The news report that some facts, or all this, are made from; a list where there are several."""
    found = [_report(content, one) for one in reports.of(content.dataset, facts)]
    return found if found[1:] else found[0]


def _report(content: Content, source: Source) -> Json:
    paper, first = content.dataset.papers[source.source_id], content.languages[0].code
    kind, publisher = _KINDS.get(source.kind, _ANY)
    own = {"alternateName": paper[source.language]} if paper.get(source.language, paper[first]) != paper[first] else {}
    return {
        "@type": kind, "name": source.titled(first), "inLanguage": source.language, "url": source.url,
        "datePublished": source.published.first.isoformat() if source.published else None,
        "publisher": {"@type": publisher, "name": paper[first], **own},
    }  # fmt: skip


def _reference(content: Content) -> Json:
    """The data set, named in few words, for what is part of it."""
    package, home = content.dataset.package, content.languages[0]
    here = address(content, home, _data_page(content, home))
    return {"@type": "Dataset", "@id": here, "name": package.descriptor["title"],
            "description": package.descriptor["description"], "url": here,
            "license": package.descriptor["licenses"][0]["path"], "version": content.version}  # fmt: skip


def _of_data(content: Content, language: Language, edition: store.Frozen | None) -> Json:
    """The data set as it is offered: one edition, or the newest; each says itself what it is of, when, and by whom."""
    slug, identifier = (
        places.edition(edition.tag) if edition else _data_page(content, language),
        edition.identifier if edition else content.cited,
    )
    told = described.dataset(blocks.offered(content, edition), language.code, _folder(content, edition), identifier)
    return told | {
        "@id": address(content, content.languages[0], slug),
        "url": address(content, language, slug),
        "author": told["creator"],
        "inLanguage": language.code,
        **described.place(content.dataset.package.descriptor, language.code),  # older editions do not say it
        "isBasedOn": _reports(content),
        "citation": _reports(content),
    }


def _cited(content: Content, language: Language, slug: str, edition: store.Frozen | None) -> str:
    """What a page is cited by: the persistent address of its edition, if it has one, else its own."""
    newest = content.cited if slug == _data_page(content, language) and content.editions else ""
    return (edition.identifier if edition else newest) or address(content, language, slug)


def _folder(content: Content, edition: store.Frozen | None) -> str:
    """Where the files of an edition lie, or those of the newest."""
    return f"{content.address}{places.edition(edition.tag)}/" if edition else f"{content.address}{places.edition()}/"


def _of_chart(content: Content, language: Language, slug: str, chart: Chart, files: Mapping[str, bytes]) -> Json:
    own = [f"{places.chart(chart.slug)}.{language.code}.{kind}" for kind in ("csv", "png")]
    return _signed(content, language) | {
        "@type": "Dataset",
        "name": chart.title,
        "description": f"{chart.alt} {chart.note}",
        "url": address(content, language, slug),
        "identifier": address(content, language, slug),
        "keywords": content.dataset.package.descriptor["keywords"],
        "variableMeasured": [chart.subtitle],
        "isPartOf": _reference(content),
        "isBasedOn": _reports(content, chart.facts),
        "citation": _reports(content, chart.facts),
        "version": content.version,
        "distribution": [_download(content.address, name, files[name]) for name in own if name in files],
    }


def _of_fact(content: Content, language: Language, fact: Fact, title: str) -> Json:
    """A fact as a claim that the report makes, with what it measures where it has a number."""
    data = content.dataset
    about = [{"@type": "Thing", "name": entity.name[language.code]} for entity in data.entities_of(fact)]
    claim = {
        "@type": "Claim",
        "@id": address(content, content.languages[0], places.fact(fact.fact_id)),
        "name": title,
        "text": fact.statement[language.code],
        "url": address(content, language, places.fact(fact.fact_id)),
        "identifier": facts.work(content, language, fact).address,
        "about": about,
        "appearance": _reports(content, [fact]),
        "isBasedOn": _reports(content, [fact]),
        "isPartOf": _reference(content),
        "version": content.version,
    }
    if fact.value is None:
        return _signed(content, language) | claim
    measured: Json = {
        "@type": "Observation",
        "measuredProperty": data.metrics[fact.metric_id].name[language.code] if fact.metric_id else title,
        "observationPeriod": fact.period.text if fact.period else None,
        "description": language.value(fact),
        "unitText": fact.unit,
    }
    return _signed(content, language) | claim | {"about": [*about, measured | facts.bounds(fact)]}


def _download(base: str, name: str, data: bytes) -> Json:
    return {
        "@type": "DataDownload", "name": name.rpartition("/")[2], "contentUrl": f"{base}{name}",
        "encodingFormat": _TYPES[pathlib.PurePath(name).suffix], "contentSize": f"{len(data)} B", "sha256": store.sha256(data),
    }  # fmt: skip


def sitemap(content: Content, slugs: list[str]) -> str:
    """Every page in every language with its alternates, as XML."""
    return markup.templates().get_template("sitemap.xml").render(
        pages=[
            (address(content, language, slug), [(some.code, address(content, some, slug)) for some in content.languages],
             address(content, content.languages[0], slug))
            for slug in slugs
            for language in content.languages
        ],
        changed=store.moment(content.dataset.package).date(),
    )  # fmt: skip
