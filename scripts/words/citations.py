"""One record, every citation form. In: what is cited, as a `Work`; out: text.

GB/T 7714—2025 follows the pattern that two citation-style projects give (责任者. 题名[DS/OL]. 版本. 平台（发布日期）[引用日期].
获取路径.); the standard's own text was not at hand. The 2015 edition has no type of its own for data sets other than DS
either. APA is the 7th edition, Chicago the author-date system; BibTeX has the fields that BibLaTeX adds, which BibTeX
passes over.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from ..data.dataset import Dataset
from ..data.package import Package
from ..data.periods import Period
from ..data.records import Fact

READ_ON = "YYYY-MM-DD"  # the reader's own date; on a page its script puts it in


class _Kind(NamedTuple):
    """What a kind of work is called in each form."""

    gbt: str
    apa: str
    chicago: str
    bibtex: str
    ris: str
    csl: str


_KINDS = {
    "dataset": _Kind("DS", " [Data set]", " Data set.", "dataset", "DATA", "dataset"),
    "fact": _Kind("DS", " [Data set]", " Data set.", "misc", "DATA", "dataset"),
    "chart": _Kind("EB", " [Chart]", " Chart.", "misc", "CHART", "graphic"),
    "page": _Kind("EB", "", "", "misc", "ELEC", "webpage"),
    "article": _Kind("N", "", "", "article", "NEWS", "article-newspaper"),
}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited. `issued` is an ISO 8601 date, as precise as it is known; what is empty is not known or not there."""

    kind: str
    """dataset, fact, chart, page or article."""
    key: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    issued: str
    version: str
    address: str
    language: str
    container: str = ""
    """The whole that it is a part of: the data set, the newspaper."""
    note: str = ""
    """The id of a fact, or where an article was seen."""
    read_on: str = READ_ON


def of_package(package: Package, language_code: str, address: str) -> Work:
    """The record of the data set as a whole; `address` is its own, or empty for a copy that has no public home."""
    return of_descriptor(package.descriptor, language_code, address)


def of_descriptor(d: Mapping[str, Any], language_code: str, address: str) -> Work:
    """The same from the descriptor of any edition."""
    authors = tuple(person["title"] for person in d["contributors"])
    title = d.get(f"title_{language_code}", d["title"])
    return Work(
        "dataset", d["name"], title, authors, authors[0], d["created"][:10], d["version"], address, language_code
    )


def of_fact(dataset: Dataset, fact: Fact, language_code: str, address: str) -> Work:
    """The record of one fact: its statement, in the data set. `address` is that of what its page lies below."""
    title = fact.statement[language_code].rstrip(".。")
    part = _part("fact", dataset.package, fact.fact_id, title, language_code)
    return replace(part, address=address and f"{address}{dataset.place(fact.fact_id)}", note=fact.fact_id)


def of_chart(package: Package, slug: str, title: str, language_code: str, address: str) -> Work:
    """The record of one chart. `address` is that of the site in this language."""
    part = _part("chart", package, f"chart-{slug}", title, language_code)
    return replace(part, address=address and f"{address}charts/{slug}/")


def of_page(package: Package, title: str, path: str, language_code: str, address: str) -> Work:
    """The record of one page. `path` leads to it from `address`, that of the site in this language: "facts/" or ""."""
    key = "-".join(filter(None, [package.descriptor["name"], *path.split("/")]))
    return replace(_part("page", package, key, title, language_code), address=address and f"{address}{path}")


def of_article(dataset: Dataset, language_code: str) -> Work:
    """The record of the article that the facts are taken from, with where it was seen where it was not at its paper's."""
    source = dataset.article
    title = source.title if language_code == source.language else source.title_en
    publisher = source.publisher[language_code]
    papers = (
        speaker.name[language_code].strip("《》") for speaker in dataset.speakers.values() if speaker.kind == "paper"
    )
    paper = next(papers, publisher)
    first, _, seen = re.sub("[,，] *", "\n", publisher, count=1).partition("\n")
    name, note = (paper, seen) if paper in first else (publisher, "")
    issued = _date(source.published)
    return Work("article", source.source_id, title, (paper,), name, issued, "", source.url, source.language, name, note)


def _part(kind: str, package: Package, key: str, title: str, language_code: str) -> Work:
    """A part of the data set or of its site, which have one title: all but its address."""
    whole = of_package(package, language_code, "")
    return replace(whole, kind=kind, key=key, title=title, container=whole.title)


def _date(period: Period | None) -> str:
    return period.text.partition("/")[0].rstrip("~") if period else ""


def gbt7714(work: Work, edition: int = 2025) -> str:
    """GB/T 7714, the 2025 pattern or the 2015 one; a part of a whole stands before `//` only in the latter."""
    kind = _KINDS[work.kind].gbt + ("/OL" if work.address else "")
    who, read = ", ".join(work.authors), f"[{work.read_on}]" if work.read_on else ""
    head = f"{who}. {_titled(work)}[{kind}]"
    where = f" {work.address}." if work.address else ""
    if edition == 2025:
        word = "版本" if work.language == "zh" else "Version "
        version = f" {word}{work.version}." if work.version else ""
        issued = f"（{work.issued}）" if work.issued else ""
        seat = _seen(work) or work.container or work.publisher
        return f"{head}.{version} {seat}{issued}{read}.{where}"
    if work.kind == "article":
        return f"{head}. {', '.join(filter(None, [work.container, work.issued]))}{read}.{where}"
    whole = f"//{who}. {work.container}" if work.container else ""
    return f"{head}{whole}." + (f" ({work.issued}){read}." if work.issued else f" {read}." if read else "") + where


def apa(work: Work) -> str:
    """APA Style, 7th edition: the year alone for data, the day for what is read as news or on a page."""
    day = _day(work.issued) if work.kind in ("article", "page") else ""
    when = ", ".join(filter(None, [work.issued[:4] or "n.d.", day]))
    version = f" (Version {work.version})" if work.version else ""
    kind, whole = _KINDS[work.kind].apa, _whole(work)
    if work.kind == "fact":
        title = f"{_titled(work)}. In {whole}{version}{kind}."
    elif work.version and whole:
        title = f"{_stopped(_titled(work) + kind)} {whole}{version}."
    else:
        title = _stopped(f"{_titled(work)}{version}{kind}") + (f" {whole}." if whole else "")
    seen = f" {_seen(work)}." if _seen(work) else ""
    return f"{' & '.join(work.authors)}. ({when}). {title}{seen}" + (f" {work.address}" if work.address else "")


def chicago(work: Work) -> str:
    """Chicago Manual of Style, author-date; a title in brackets is a description and takes no quotation marks."""
    title = _stopped(_titled(work))
    title = title if title.startswith("[") else f"“{title}”"
    version = f" Version {work.version}." if work.version else ""
    kind, whole = _KINDS[work.kind].chicago, _whole(work)
    whole = f" {'In ' * (work.kind == 'fact')}{whole}." if whole else ""
    day = _day(work.issued) if work.kind == "article" else ""
    seen = ", ".join(filter(None, [_seen(work), day and f"{day}, {work.issued[:4]}"]))
    seen = f" {seen}." if seen else ""
    tail = f"{kind}{whole}{version}" if work.kind == "chart" else f"{whole}{version}{kind}"
    text = f"{' and '.join(work.authors)}. {work.issued[:4] or 'n.d.'}. {title}{tail}{seen}"
    return text + (f" {work.address}." if work.address else "")


def _titled(work: Work) -> str:
    """The title in one line, with the id of a fact, which an address may not be there to give."""
    return _line(work.title) + (f" ({work.note})" if work.kind == "fact" else "")


def _whole(work: Work) -> str:
    """The whole or the publisher, unless that is the author over again."""
    name = work.container or work.publisher
    return "" if name in work.authors else name


def _seen(work: Work) -> str:
    """Where an article was seen, as a sentence without its stop."""
    return f"{work.note[:1].upper()}{work.note[1:]}" if work.kind == "article" else ""


def _day(issued: str) -> str:
    """Month and day in English, or the month alone, or nothing."""
    _, month, day = _parts(issued)
    return f"{_MONTHS[month - 1]} {day or ''}".strip() if month else ""


def _parts(issued: str) -> tuple[int, int, int]:
    """Year, month and day; 0 for what is not known."""
    year, month, day = ([int(part) for part in issued.split("-") if part] + [0, 0, 0])[:3]
    return year, month, day


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!", "。", "？", "！")) else f"{text}."


def _line(text: str) -> str:
    """A text in one line: no form but JSON can hold a line break."""
    return " ".join(text.split())


_TEX = str.maketrans({"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "%": r"\%", "&": r"\&", "$": r"\$",
                      "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"})  # fmt: skip
_LIGATURE = re.compile(r"([-'`,<>])(?=\1)|[?!](?=`)")  # two characters that TeX would print as one


def _tex(text: str) -> str:
    """A text as TeX prints it unchanged; braces in it stay balanced, as BibTeX asks."""
    return _LIGATURE.sub(lambda match: f"{match[0]}{{}}", _line(text).translate(_TEX))


def bibtex(work: Work) -> str:
    """BibTeX, with braces round names and title so that no tool splits them or changes their case."""
    month = _parts(work.issued)[1]
    fields = {
        "author": "{" + " and ".join("{" + _tex(name) + "}" for name in work.authors) + "}",
        "title": "{{" + _tex(work.title) + "}}",
        "year": work.issued[:4] and f"{{{work.issued[:4]}}}",
        "month": month and _MONTHS[month - 1][:3].lower(),
    }
    fields |= {
        name: value and f"{{{value}}}"
        for name, value in {
            "journal" if work.kind == "article" else "howpublished": _tex(work.container),
            "publisher": "" if work.kind == "article" else _tex(work.publisher),
            "version": _tex(work.version),
            "note": _tex(work.note),
            "url": work.address.replace("{", "%7B").replace("}", "%7D"),
            "urldate": work.address and work.read_on,
        }.items()
    }
    lines = [f"  {name} = {value}" for name, value in fields.items() if value]
    return f"@{_KINDS[work.kind].bibtex}{{{work.key},\n" + ",\n".join(lines) + "\n}"


def ris(work: Work) -> str:
    """RIS, as reference managers import it: one tag a line."""
    year, month, day = _parts(work.issued)
    date = f"{year}/" + (f"{month:02}/" if month else "/") + (f"{day:02}" if day else "")
    fields = [
        ("TY", _KINDS[work.kind].ris),
        ("ID", work.key),
        *(("AU", name) for name in work.authors),
        ("TI", work.title),
        ("T2", work.container),
        ("PY", work.issued[:4]),
        ("DA", date if work.issued else ""),
        ("PB", work.publisher),
        ("LA", work.language),
        ("ET", work.version),
        ("N1", work.note),
        ("UR", work.address),
        ("Y2", work.read_on if work.address else ""),
    ]
    return "\n".join([*(f"{tag}  - {_line(value)}" for tag, value in fields if value), "ER  - "])


def csl_json(work: Work) -> str:
    """CSL-JSON, one item in a list, a line a field."""
    item: dict[str, Any] = {
        "id": work.key,
        "type": _KINDS[work.kind].csl,
        "title": work.title,
        "container-title": work.container,
        "author": [{"literal": name} for name in work.authors],
        "issued": {"date-parts": [[part for part in _parts(work.issued) if part]]} if work.issued else {},
        "publisher": work.publisher,
        "version": work.version,
        "note": work.note,
        "URL": work.address,
        "accessed": {"literal": work.read_on} if work.address and work.read_on else {},
        "language": work.language,
    }
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in item.items() if value]
    return "[{\n" + ",\n".join(lines) + "\n}]"


FORMS: dict[str, tuple[str, Callable[[Work], str]]] = {
    "gbt2025": ("GB/T 7714—2025", gbt7714),
    "gbt2015": ("GB/T 7714—2015", lambda work: gbt7714(work, 2015)),
    "apa": ("APA 7", apa),
    "chicago": ("Chicago", chicago),
    "bibtex": ("BibTeX", bibtex),
    "ris": ("RIS", ris),
    "csl": ("CSL-JSON", csl_json),
}
FILES = {".bib": bibtex, ".ris": ris, ".json": csl_json}
"""The forms that reference managers import, by the ending of their files."""


def texts(work: Work) -> dict[str, str]:
    """Every form that is text, by its name, without the day of reading, which is the reader's to add."""
    undated = replace(work, read_on="")
    return {form: make(undated) for form, (_, make) in FORMS.items() if form != "csl"}


def files(work: Work, stem: str) -> dict[str, str]:
    """The citation as files, by name. A file is kept, so the day of reading is left to the program that imports it."""
    undated = replace(work, read_on="")
    return {f"{stem}{ending}": f"{make(undated)}\n" for ending, make in FILES.items()}
