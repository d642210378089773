"""One record type for everything that can be cited, from which every citation form is made. In: package, records; out: a `Work`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from .. import places
from ..data import codes
from ..data.dataset import Dataset
from ..data.package import Package
from ..data.records import Fact, Source

READ_ON = "YYYY-MM-DD"  # placeholder for the access date; the page's script fills it in


class Kind(NamedTuple):
    """The type of a work in each citation format."""

    gbt: str
    genre: str
    bibtex: str
    biblatex: str
    ris: str
    csl: str


KINDS = {
    "dataset": Kind("DS", "Data set", "misc", "dataset", "DATA", "dataset"),
    "fact": Kind("DS", "Data set", "misc", "dataset", "DATA", "dataset"),
    "chart": Kind("EB", "Chart", "misc", "dataset", "DATA", "dataset"),
    "page": Kind("EB", "", "misc", "online", "ELEC", "webpage"),
    "article": Kind("N", "", "article", "article", "NEWS", "article-newspaper"),
}

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited. `issued` is an ISO 8601 date, as precise as it is known; empty fields are unknown or absent."""

    kind: str
    """dataset, fact, chart, page or article."""
    key: str
    """A key unique to this work, language and edition."""
    title: str
    authors: tuple[str, ...]
    publisher: str
    issued: str
    version: str
    address: str
    language: str
    container: str = ""
    """The work that it is part of: the data set, or the publication of an article."""
    note: str = ""
    """The id of a fact, or where an article was seen."""
    read_on: str = READ_ON


def of_package(package: Package, language_code: str, address: str) -> Work:
    """The record of the data set as a whole; `address` is where citations lead, or empty for a copy without a public address."""
    return of_descriptor(package.descriptor, language_code, address)


def of_descriptor(d: Mapping[str, Any], language_code: str, address: str) -> Work:
    """As `of_package`, from the descriptor of any edition."""
    authors = tuple(person["title"] for person in d["contributors"])
    title = codes.text(d, "title", language_code)
    key = f"{d['name']}-{d['version']}-{language_code}"
    return Work("dataset", key, title, authors, authors[0], d["created"][:10], d["version"], address, language_code)


def of_fact(dataset: Dataset, fact: Fact, language_code: str, address: str) -> Work:
    """The record of one fact, titled by its statement, as part of the data set. `address` is that of the folder above `facts/`."""
    title = fact.statement[language_code].rstrip(".。")
    part = _part("fact", dataset.package, fact.fact_id, title, language_code)
    return replace(part, address=address and f"{address}{places.fact(fact.fact_id)}/", note=fact.fact_id)


def of_chart(package: Package, slug: str, title: str, language_code: str, address: str) -> Work:
    """The record of one chart. `address` is that of the language's site."""
    part = _part("chart", package, f"chart-{slug}", title, language_code)
    return replace(part, address=address and f"{address}{places.chart(slug)}/")


def of_page(package: Package, title: str, path: str, language_code: str, address: str) -> Work:
    """The record of one page. `path` is relative to `address`, that of the language's site: "facts/" or ""."""
    name = "-".join(["page", *filter(None, path.split("/"))])
    return replace(_part("page", package, name, title, language_code), address=address and f"{address}{path}")


def of_report(dataset: Dataset, source: Source, language_code: str) -> Work:
    """The record of a report that facts are taken from; its note says where it was read, if not at the paper itself."""
    title = source.titled(language_code)
    publisher = source.publisher[language_code]
    paper = dataset.papers[source.source_id][language_code].strip("《》")
    first, _, seen = re.sub("[,，] *", "\n", publisher, count=1).partition("\n")
    name, note = (paper, seen) if paper in first else (publisher, "")
    issued = source.published.text.partition("/")[0].rstrip("~") if source.published else ""
    key = f"{source.source_id}-{language_code}"
    return Work("article", key, title, (paper,), name, issued, "", source.url, source.language, name, note)


def _part(kind: str, package: Package, name: str, title: str, language_code: str) -> Work:
    """The record of a part of the data set or of its site, without its address; both have the data set's title."""
    whole = of_package(package, language_code, "")
    key = f"{name}-{whole.version}-{language_code}"
    return replace(whole, kind=kind, key=key, title=title, container=whole.title)


def date_parts(issued: str) -> tuple[int, int, int]:
    """Year, month and day; 0 for unknown parts."""
    year, month, day = ([int(part) for part in issued.split("-") if part] + [0, 0, 0])[:3]
    return year, month, day


def line(text: str) -> str:
    """A text on one line, since no form but JSON allows line breaks."""
    return " ".join(text.split())
