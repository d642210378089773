"""What Zotero imports from a page or a file: those rules of its translators that the project's heads and files meet.

In: HTML, RIS, BibTeX, CSL-JSON; out: the item. Taken from github.com/zotero, read in June 2026: translators' `Embedded
Metadata.js` (which prefix a tag has, which type outweighs which, authors), `RDF.js` (types, fields by prefix), `COinS.js`
(goes first), `RIS.js`, `BibTeX.js`, and utilities' `cleanAuthor` and `itemFromCSLJSON`.
"""

import json
import re
from dataclasses import dataclass

import bs4

PREFIXES = {"dc", "dcterms", "prism", "eprints", "og", "article", "z", "so", "bib", "bibo"}  # EM: _prefixes
HIGHWIRE = {  # EM: HIGHWIRE_MAPPINGS
    "citation_title": "title", "citation_publication_date": "date", "citation_date": "date", "citation_publisher": "publisher",
    "citation_abstract": "abstract", "citation_public_url": "url", "citation_language": "language",
}  # fmt: skip
FIRM = {  # EM: hwType
    "citation_journal_title": "journalArticle", "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper", "citation_book_title": "bookSection", "citation_inbook_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}  # fmt: skip
OPEN_GRAPH = {"website": "webpage", "book": "book", "music.song": "audioRecording", "video.movie": "videoRecording"}
RDF = {  # RDF.js: what fills a field where no citation tag does, the first found first
    "title": ("dc:title", "dcterms:title", "og:title"), "date": ("article:published_time", "dc:date", "dcterms:issued"),
    "version": ("prism:edition", "bibo:edition", "so:version"), "url": ("og:url",), "abstract": ("og:description", "dc:description"),
    "publisher": ("dc:publisher",), "language": ("dc:language",),
}  # fmt: skip
RIS = {  # RIS.js: importTypeMap, with exportTypeMap turned round
    "DATA": "dataset", "DBASE": "dataset", "CHART": "artwork", "FIGURE": "artwork", "ART": "artwork", "ELEC": "webpage",
    "WEB": "webpage", "NEWS": "newspaperArticle", "GEN": "journalArticle",
}  # fmt: skip
BIBTEX = {"misc": "document", "online": "webpage", "article": "journalArticle", "techreport": "report", "book": "book"}
CSL = {"dataset": "dataset", "graphic": "artwork", "webpage": "webpage", "article-newspaper": "newspaperArticle"}


@dataclass(frozen=True, slots=True)
class Item:
    """The saved item: an author is last name and first name, which is empty for a name in one field."""

    type: str
    authors: list[tuple[str, str]]
    fields: dict[str, str]


def name(text: str, by_comma: bool) -> tuple[str, str]:
    """cleanAuthor: last name and first name."""
    text = re.sub(r"^[\s.,/\[\]:]+|[\s.,/\[\]:]+$", "", text)
    if by_comma:
        last, _, first = text.partition(",")
        return last, first.partition(",")[0].strip()
    first, _, last = text.rpartition(" ")
    return last, first


def page(html: str) -> Item:
    """The item that the browser's button saves. Raises where a translator with precedence would take over the page."""
    soup = bs4.BeautifulSoup(html, "html.parser")
    assert not soup.select("span.Z3988[title], abbr.unapi-id, link[rel=unapi-server]"), (
        "COinS.js or unAPI.js goes first"
    )
    stated: dict[str, str] = {}
    tags: dict[str, list[str]] = {}
    for meta in soup.select("head > meta[content]"):
        tag, value = meta.get("name") or meta.get("property") or "", meta["content"]
        prefix, _, rest = re.sub("[._]", ":", tag).partition(":")
        if tag and value and prefix.lower() in PREFIXES:
            stated.setdefault(f"{prefix.lower()}:{rest[:1].lower()}{rest[1:]}", value)
        elif tag and value:
            tags.setdefault(tag, []).append(value)
    fields = {field: stated[way] for field, ways in RDF.items() for way in reversed(ways) if way in stated}
    fields |= {HIGHWIRE[tag]: " ".join(found[0].split()) for tag, found in tags.items() if tag in HIGHWIRE}
    fields.setdefault(
        "url", soup.select_one("link[rel=canonical]")["href"] if soup.select("link[rel=canonical]") else ""
    )
    written = tags.get("citation_author", [])
    parts = [part for text in written for part in re.split(r"\s*;\s*", text)]
    if len(parts) == 1 and re.fullmatch(r"[^,]+ [^,]*,\s*[^,]+ [^,]*(,.*)?", parts[0]):
        parts = re.split(r"\s*,\s*", parts[0])
    return Item(
        _type(stated, tags), [name(part, "," in part) for part in parts if re.search(r"[^\s,.;-]", part)], fields
    )


def _type(stated: dict[str, str], tags: dict[str, list[str]]) -> str:
    """EM: init, importRDF; RDF.js: detectType."""
    for tag, kind in FIRM.items():
        if tag in tags:
            return kind
    named = re.sub(r"\s", "", stated.get("dc:type", stated.get("dcterms:type", "")).lower())
    guessed = "journalArticle" if "citation_title" in tags else "webpage"
    of_dublin_core = {"dataset": "dataset", "webpage": "webpage", "book": "book", "article": "journalArticle"}.get(
        named
    )
    return stated.get("z:itemType") or OPEN_GRAPH.get(stated.get("og:type", "")) or of_dublin_core or guessed


def ris(text: str) -> Item:
    """RIS.js: processTag."""
    lines = [re.fullmatch(r"([A-Z][A-Z0-9]) {1,2}- (.*)", line).groups() for line in text.splitlines()]
    kind = RIS[lines[0][1]]
    data = kind == "dataset"
    taken = {"TI": "title", "DA": "date", "PB": "repository" if data else "publisher", "UR": "url", "LA": "language",
             "ET": "version" if data else "edition"}  # fmt: skip
    authors = [re.split(r"\s*,\s*", value.strip(), maxsplit=1) for tag, value in lines if tag == "AU"]
    fields = {taken[tag]: value for tag, value in lines if tag in taken and value}
    return Item(kind, [(last, "".join(first)) for last, *first in authors], fields)


def bibtex(kind: str, fields: dict[str, str]) -> Item | None:
    """BibTeX.js: beginRecord, processField, of an entry with raw values; None where it is discarded."""
    authors = _apart(fields["author"], " and ")
    names = [(*name(text, False),) if len(_apart(text, " ")) > 1 else (text.strip("{}"), "") for text in authors]
    return Item(BIBTEX[kind], names, fields) if kind in BIBTEX else None


def _apart(text: str, mark: str) -> list[str]:
    """splitUnprotected: split where no brace is open."""
    found, depth = [""], 0
    for place, character in enumerate(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if not depth and text.startswith(mark, place):
            found.append("")
        found[-1] += character
    return [found[0], *(part.removeprefix(mark) for part in found[1:])]


def csl(text: str) -> Item:
    """itemFromCSLJSON."""
    (item,) = json.loads(text)
    authors = [(one.get("family") or one.get("literal"), one.get("given", "")) for one in item["author"]]
    date = "-".join(f"{part:02}" for part in item.get("issued", {}).get("date-parts", [[]])[0])
    return Item(CSL[item["type"]], authors, {"title": item["title"], "date": date, "version": item.get("version", ""),
                                             "url": item.get("URL", ""), "language": item["language"]})  # fmt: skip
