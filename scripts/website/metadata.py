"""Metadata of pages: citation tags, signposting, Open Graph, alternates, JSON-LD.

In: `Content`, a page's slug; out: HTML for the head. Only a site with a public address has them, because all of
them need absolute URLs. Sources: the citation tags as Google Scholar names them and as Zotero's translators read them
(Embedded Metadata.js, RDF.js), signposting.org's level 1 profile, the Open Graph protocol, schema.org, and
Google's property lists for Dataset and Article.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .. import places
from ..data import codes
from ..data.records import Fact, Source
from ..drawing.engine import Chart
from ..editions import described, store, unfold
from ..pages import cards, edition_pages, exports, fact_files, facts, oembed, offers, staging
from ..pages.content import DRAWN, Content
from ..words import markup, outline, reports, works
from ..words.languages import Language

Json = dict[str, Any]
_KINDS = {"news_report": ("NewsArticle", "NewsMediaOrganization")}
"""The schema.org types of a source and its publisher, by the source's kind."""
_ANY = "CreativeWork", "Organization"


@dataclass(frozen=True, slots=True)
class Page:
    """A page by slug: title, description, and the fact, chart or edition that it is about."""

    language: Language
    slug: str
    title: str
    description: str
    fact: Fact | None = None
    chart: Chart | None = None
    edition: store.Frozen | None = None


def head(content: Content, language: Language, slug: str, drawn: DRAWN, files: Mapping[str, bytes],
         shown: Mapping[str, cards.Card]) -> str:  # fmt: skip
    """Render a page's tags, by slug; `files` are the downloads of charts by path, `shown` the cards by page."""
    page = _page(content, language, slug, drawn[language.code]) if content.address else None
    if page is None:
        return ""
    work, here = _work(content, page), content.at(language, slug)
    carded = slug if slug in shown else outline.HOME
    descriptor, of_data = content.dataset.package.descriptor, slug == content.data_page(language)
    newest = content.cited if of_data and content.editions else ""
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
        described=of_data or page.chart or page.edition,
        feed=f"{content.home(language)}{edition_pages.FEED}",
        linked=_linked(content, page, files),
    )


def _page(content: Content, language: Language, slug: str, charts: Mapping[str, Chart]) -> Page | None:
    """Return a page by slug; None for a slug of no page of the language's site, such as the builder's 404."""
    name, labels = slug.rpartition("/")[2], language.words["labels"]
    if chart := charts.get(name) if slug == places.chart(name) else None:
        return Page(language, slug, chart.title, chart.alt, chart=chart)
    if edition := next((one for one in content.editions if slug == places.edition(one.tag)), None):
        title = labels["edition"].format(edition.version)
        return Page(language, slug, title, labels["edition_note"], edition=edition)
    fact = content.dataset.facts.get(name) if slug == places.fact(name) else None
    pages = () if fact else (*content.pages[language.code], *staging.later_pages(content, language))
    head = facts.head(content, language, slug) or next((one.head for one in pages if one.slug == slug), None)
    return Page(language, slug, head["title"], head["description"], fact) if head else None


def _work(content: Content, page: Page) -> works.Work:
    """The citation record of a page: its fact's, chart's or edition's, else the data set's."""
    if page.fact:
        return fact_files.work(content, page.language, page.fact)
    if page.chart:
        return exports.work(content, page.language, page.chart)
    if page.edition:
        return edition_pages.work(content, page.language, page.edition)
    return works.of_package(content.dataset.package, page.language.code, content.cited)


def _linked(content: Content, page: Page, files: Mapping[str, bytes]) -> str:
    """Return a page's JSON-LD, escaped so that no character can end the script element."""
    value = {"@context": "https://schema.org", **_of(content, page, files)}
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _of(content: Content, page: Page, files: Mapping[str, bytes]) -> Json:
    if not page.fact and not page.chart and (page.edition or page.slug == content.data_page(page.language)):
        return _of_data(content, page)
    shared = _common(content, page.language) | {"name": page.title, "url": content.at(page.language, page.slug)}
    if page.fact:
        return shared | _part(content, [page.fact]) | _of_fact(content, page, page.fact)
    if page.chart:
        return shared | _part(content, page.chart.facts) | _of_chart(content, page.language, page.chart, files)
    shared["description"] = page.description
    if page.slug != outline.HOME:
        return shared | {"@type": "WebPage", "isPartOf": _reference(content)}
    return shared | {
        "@type": "Article",
        "headline": page.title,
        "mainEntityOfPage": shared["url"],
        "isBasedOn": _reports(content),
        "citation": [_report(content, one) for one in content.dataset.reports],
        "about": _reference(content),
    }


def _common(content: Content, language: Language) -> Json:
    """Properties of every page except the data set's: authors, dates, language, licence."""
    package = content.dataset.package
    people = [{"@type": "Organization", "name": person["title"]} for person in package.descriptor["contributors"]]
    moment = store.moment(package).date().isoformat()
    return {
        "author": people, "creator": people, "publisher": people[0], "inLanguage": language.code, "isAccessibleForFree": True,
        "datePublished": moment, "dateModified": moment, "license": package.descriptor["licenses"][0]["path"],
    }  # fmt: skip


def _part(content: Content, facts: Iterable[Fact]) -> Json:
    """Properties of a page about part of the data set: some of its facts."""
    return {"isPartOf": _reference(content), "isBasedOn": _reports(content, facts), "version": content.version}


def _reports(content: Content, facts: Iterable[Fact] = ()) -> Json | list[Json]:
    """The report that some facts, by default all, are taken from; a list if there are several."""
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
    """A short description of the data set, for pages about parts of it."""
    descriptor, home = content.dataset.package.descriptor, content.languages[0]
    here = content.at(home, content.data_page(home))
    return {"@type": "Dataset", "@id": here, "name": descriptor["title"], "description": descriptor["description"], "url": here,
            "license": descriptor["licenses"][0]["path"], "version": content.version}  # fmt: skip


def _of_data(content: Content, page: Page) -> Json:
    """The data set as one edition, by default the newest, from the edition's own descriptor."""
    code, edition = page.language.code, page.edition
    identifier, folder = (edition.identifier, edition.tag) if edition else (content.cited, places.LATEST)
    dataset = described.dataset(offers.files(content, edition), code, content.folder(folder), identifier)
    return dataset | {
        "@id": content.at(content.languages[0], page.slug),
        "url": content.at(page.language, page.slug),
        "author": dataset["creator"],
        "inLanguage": code,
        **described.place(content.dataset.package.descriptor, code),  # absent from older editions
        "isBasedOn": _reports(content),
        "citation": _reports(content),
    }


def _of_chart(content: Content, language: Language, chart: Chart, files: Mapping[str, bytes]) -> Json:
    own = [f"{places.chart(chart.slug)}.{language.code}.{kind}" for kind in ("csv", "png")]
    return {
        "@type": "Dataset",
        "description": f"{chart.alt} {chart.note}",
        "identifier": content.at(language, places.chart(chart.slug)),
        "keywords": content.dataset.package.descriptor["keywords"],
        "variableMeasured": [chart.subtitle],
        "citation": _reports(content, chart.facts),
        "distribution": [described.download(content.address, name, files[name]) for name in own if name in files],
    }


def _of_fact(content: Content, page: Page, fact: Fact) -> Json:
    """A fact as a claim of the report, with an observation if it has a value."""
    data, language = content.dataset, page.language
    about: list[Json] = [{"@type": "Thing", "name": entity.name[language.code]} for entity in data.entities_of(fact)]
    if fact.value is not None:
        measured = {
            "@type": "Observation",
            "measuredProperty": data.metrics[fact.metric_id].name[language.code] if fact.metric_id else page.title,
            "observationPeriod": fact.period.text if fact.period else None,
            "description": language.value(fact),
            "unitText": fact.unit,
        }
        about.append(measured | facts.bounds(fact))
    return {
        "@type": "Claim",
        "@id": content.at(content.languages[0], page.slug),
        "text": fact.statement[language.code],
        "identifier": fact_files.work(content, language, fact).address,
        "about": about,
        "appearance": _reports(content, [fact]),
    }
