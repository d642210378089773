"""One record, every citation form. In: `Work`; out: text.

GB/T 7714—2025 follows the pattern that two citation-style projects give for data sets (type DS); the standard's
own text was not at hand. The 2015 edition has no type of its own for data sets other than DS either.
"""

import datetime
import json
from dataclasses import dataclass
from typing import Any

from .package import Package

READ_ON = "YYYY-MM-DD"  # the reader's own date, to be filled in


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited. `address` is empty for a copy that has no public home."""

    key: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    issued: datetime.date
    version: str
    address: str
    language: str
    data: bool
    """Whether it is a data set (else a page or an article)."""


def of_package(package: Package, language: str, address: str) -> Work:
    """The record of the data set as a whole."""
    d = package.descriptor
    authors = tuple(person["title"] for person in d["contributors"])
    title = d.get(f"title_{language}", d["title"])
    issued = datetime.date.fromisoformat(d["created"][:10])
    return Work(d["name"], title, authors, authors[0], issued, d["version"], address, language, True)


def gbt7714(work: Work, edition: int = 2025) -> str:
    """GB/T 7714, the 2025 pattern or the 2015 one."""
    kind = ("DS" if work.data else "N" if edition == 2015 else "EB") + ("/OL" if work.address else "")
    who = ", ".join(work.authors)
    head = f"{who}. {work.title}[{kind}]."
    version = f" 版本{work.version}." if work.version and edition == 2025 else ""
    where = f" {work.publisher}（{work.issued}）" if edition == 2025 else f" ({work.issued})"
    return f"{head}{version}{where}[{READ_ON}]." + (f" {work.address}." if work.address else "")


def apa(work: Work) -> str:
    """APA Style, 7th edition, data set with a version."""
    version = f" (Version {work.version})" if work.version else ""
    kind = " [Data set]" if work.data else ""
    who = " & ".join(work.authors)
    publisher = f" {work.publisher}." if work.publisher not in work.authors else ""
    text = f"{who}. ({work.issued.year}). {work.title}{version}{kind}.{publisher}"
    return text + (f" {work.address}" if work.address else "")


def chicago(work: Work) -> str:
    """Chicago Manual of Style, author-date."""
    version = f" Version {work.version}." if work.version else ""
    kind = " Data set." if work.data else ""
    text = f"{' and '.join(work.authors)}. {work.issued.year}. “{work.title}.”{version}{kind}"
    publisher = f" {work.publisher}." if work.publisher not in work.authors else ""
    return text + publisher + (f" {work.address}." if work.address else "")


_BIBTEX = str.maketrans({"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "%": r"\%", "&": r"\&", "$": r"\$",
                         "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"})  # fmt: skip


def bibtex(work: Work) -> str:
    """BibTeX, with braces round names so that no tool splits them."""
    fields = {
        "author": " and ".join("{" + name.translate(_BIBTEX) + "}" for name in work.authors),
        "title": "{" + work.title.translate(_BIBTEX) + "}",
        "year": str(work.issued.year),
        "publisher": work.publisher.translate(_BIBTEX),
        "version": work.version,
        "url": work.address,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    kind = "dataset" if work.data else "misc"
    return f"@{kind}{{{work.key},\n" + ",\n".join(lines) + "\n}"


def ris(work: Work) -> str:
    """RIS, as reference managers import it."""
    lines = ["TY  - " + ("DATA" if work.data else "NEWS")]
    lines += [f"AU  - {name}" for name in work.authors]
    lines += [f"TI  - {work.title}", f"PY  - {work.issued.year}", f"DA  - {work.issued:%Y/%m/%d}"]
    lines += [f"PB  - {work.publisher}", f"LA  - {work.language}"]
    lines += [f"ET  - {work.version}"] if work.version else []
    lines += [f"UR  - {work.address}"] if work.address else []
    return "\n".join([*lines, "ER  - "])


def csl_json(work: Work) -> str:
    """CSL-JSON, one item in a list."""
    item: dict[str, Any] = {
        "id": work.key,
        "type": "dataset" if work.data else "article-newspaper",
        "title": work.title,
        "author": [{"literal": name} for name in work.authors],
        "issued": {"date-parts": [[work.issued.year, work.issued.month, work.issued.day]]},
        "publisher": work.publisher,
        "version": work.version,
        "URL": work.address,
        "language": work.language,
    }
    return json.dumps([{k: v for k, v in item.items() if v}], ensure_ascii=False, indent=2)


FORMS = {
    "gbt2025": ("GB/T 7714—2025", gbt7714),
    "gbt2015": ("GB/T 7714—2015", lambda work: gbt7714(work, 2015)),
    "apa": ("APA 7", apa),
    "chicago": ("Chicago", chicago),
    "bibtex": ("BibTeX", bibtex),
    "ris": ("RIS", ris),
    "csl": ("CSL-JSON", csl_json),
}
