"""What a page is of, as JSON-LD of schema.org: a claim, a chart, a data set, an article. In: `Content`, a page; out: JSON.

Sources: schema.org, and Google's lists for Dataset and Article.
"""

import json
import pathlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .. import places
from ..data.records import Fact, Source
from ..drawing.engine import Chart
from ..editions import described, formats, store
from ..pages import fact_files, facts, offers
from ..pages.content import Content
from ..words import outline, reports
from ..words.languages import Language

_TYPES = {**formats.MEDIA_TYPES, ".png": "image/png"}
Json = dict[str, Any]
_KINDS = {"news_report": ("NewsArticle", "NewsMediaOrganization")}
"""What schema.org calls a source of a kind, and who publishes it."""
_ANY = "CreativeWork", "Organization"


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its slug: what it is called, and the fact, the chart or the edition that it is of."""

    language: Language
    slug: str
    title: str
    description: str
    fact: Fact | None = None
    chart: Chart | None = None
    edition: store.Frozen | None = None


def script(content: Content, page: Page, files: Mapping[str, bytes]) -> str:
    """What a page is of, as JSON that may stand inside a script element: no character of it can end the element.

    `files` are those of the charts, by their place.
    """
    told = {"@context": "https://schema.org", **_of(content, page, files)}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _of(content: Content, page: Page, files: Mapping[str, bytes]) -> Json:
    if not page.fact and not page.chart and (page.edition or page.slug == content.data_page(page.language)):
        return _of_data(content, page)
    told = _signed(content, page.language) | {"name": page.title, "url": content.at(page.language, page.slug)}
    if page.fact:
        return told | _part(content, [page.fact]) | _of_fact(content, page, page.fact)
    if page.chart:
        return told | _part(content, page.chart.facts) | _of_chart(content, page.language, page.chart, files)
    told["description"] = page.description
    if page.slug != outline.HOME:
        return told | {"@type": "WebPage", "isPartOf": _reference(content)}
    return told | {
        "@type": "Article",
        "headline": page.title,
        "mainEntityOfPage": told["url"],
        "isBasedOn": _reports(content),
        "citation": [_report(content, one) for one in content.dataset.reports],
        "about": _reference(content),
    }


def _signed(content: Content, language: Language) -> Json:
    """What every description has: who, when, in which language, under which licence."""
    package = content.dataset.package
    people = [{"@type": "Organization", "name": person["title"]} for person in package.descriptor["contributors"]]
    moment = store.moment(package).date().isoformat()
    return {
        "author": people, "creator": people, "publisher": people[0], "inLanguage": language.code, "isAccessibleForFree": True,
        "datePublished": moment, "dateModified": moment, "license": package.descriptor["licenses"][0]["path"],
    }  # fmt: skip


def _part(content: Content, facts: Iterable[Fact]) -> Json:
    """What is told of a part of the data set that some facts make."""
    return {"isPartOf": _reference(content), "isBasedOn": _reports(content, facts), "version": content.version}


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
    descriptor, home = content.dataset.package.descriptor, content.languages[0]
    here = content.at(home, content.data_page(home))
    return {"@type": "Dataset", "@id": here, "name": descriptor["title"], "description": descriptor["description"], "url": here,
            "license": descriptor["licenses"][0]["path"], "version": content.version}  # fmt: skip


def _of_data(content: Content, page: Page) -> Json:
    """The data set as it is offered: one edition, or the newest; each says itself what it is of, when, and by whom."""
    code, edition = page.language.code, page.edition
    identifier, folder = (edition.identifier, edition.tag) if edition else (content.cited, places.LATEST)
    told = described.dataset(offers.files(content, edition), code, content.folder(folder), identifier)
    return told | {
        "@id": content.at(content.languages[0], page.slug),
        "url": content.at(page.language, page.slug),
        "author": told["creator"],
        "inLanguage": code,
        **described.place(content.dataset.package.descriptor, code),  # older editions do not say it
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
        "distribution": [_download(content.address, name, files[name]) for name in own if name in files],
    }


def _of_fact(content: Content, page: Page, fact: Fact) -> Json:
    """A fact as a claim that the report makes, with what it measures where it has a number."""
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


def _download(base: str, name: str, data: bytes) -> Json:
    return {
        "@type": "DataDownload", "name": name.rpartition("/")[2], "contentUrl": f"{base}{name}",
        "encodingFormat": _TYPES[pathlib.PurePath(name).suffix], "contentSize": f"{len(data)} B", "sha256": store.sha256(data),
    }  # fmt: skip
