"""One record, every citation form. In: what is cited, as a `Work`; out: text.

GB/T 7714—2025 follows the pattern that two citation-style projects give (责任者. 题名[DS/OL]. 版本. 平台（发布日期）[引用日期].
获取路径.); the standard's own text was not at hand. The 2015 edition has no type of its own for data sets other than DS
either. APA is the 7th edition, Chicago the author-date system. What reference managers import is `exchange`'s.
"""

from collections.abc import Callable
from dataclasses import replace

from . import exchange, lexicon, works
from .works import Work


def gbt7714(work: Work, edition: int = 2025) -> str:
    """GB/T 7714, the 2025 pattern or the 2015 one; a part of a whole stands before `//` only in the latter."""
    kind = works.KINDS[work.kind].gbt + ("/OL" if work.address else "")
    who, read = ", ".join(work.authors), f"[{work.read_on}]" if work.read_on else ""
    head = f"{who}. {_titled(work)}[{kind}]"
    where = f" {work.address}." if work.address else ""
    if edition == 2025:
        known = lexicon.rules()["version"]
        word = known.get(work.language) or next(iter(known.values()))
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
    genre, whole = works.KINDS[work.kind].genre, _whole(work)
    kind = f" [{genre}]" if genre else ""
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
    genre, whole = works.KINDS[work.kind].genre, _whole(work)
    kind = f" {genre}." if genre else ""
    whole = f" {'In ' * (work.kind == 'fact')}{whole}." if whole else ""
    day = _day(work.issued) if work.kind == "article" else ""
    seen = ", ".join(filter(None, [_seen(work), day and f"{day}, {work.issued[:4]}"]))
    seen = f" {seen}." if seen else ""
    tail = f"{kind}{whole}{version}" if work.kind == "chart" else f"{whole}{version}{kind}"
    text = f"{' and '.join(work.authors)}. {_stopped(work.issued[:4] or 'n.d.')} {title}{tail}{seen}"
    return text + (f" {work.address}." if work.address else "")


def _titled(work: Work) -> str:
    """The title in one line, with the id of a fact, which an address may not be there to give."""
    return works.line(work.title) + (f" ({work.note})" if work.kind == "fact" else "")


def _whole(work: Work) -> str:
    """The whole or the publisher, unless that is the author over again."""
    name = work.container or work.publisher
    return "" if name in work.authors else name


def _seen(work: Work) -> str:
    """Where an article was seen, as a sentence without its stop."""
    return f"{work.note[:1].upper()}{work.note[1:]}" if work.kind == "article" else ""


def _day(issued: str) -> str:
    """Month and day in English, or the month alone, or nothing."""
    _, month, day = works.date_parts(issued)
    return f"{works.MONTHS[month - 1]} {day or ''}".strip() if month else ""


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!", "。", "？", "！")) else f"{text}."


FORMS: dict[str, tuple[str, Callable[[Work], str]]] = {
    "gbt2025": ("GB/T 7714—2025", gbt7714),
    "gbt2015": ("GB/T 7714—2015", lambda work: gbt7714(work, 2015)),
    "apa": ("APA 7", apa),
    "chicago": ("Chicago", chicago),
    "bibtex": ("BibTeX", exchange.bibtex),
    "biblatex": ("BibLaTeX", exchange.biblatex),
    "ris": ("RIS", exchange.ris),
    "csl": ("CSL-JSON", exchange.csl_json),
}
FILES = {".bib": exchange.bibtex, ".ris": exchange.ris, ".json": exchange.csl_json}
"""The forms that reference managers import, by the ending of their files."""


def texts(work: Work) -> dict[str, str]:
    """Every form that is text, by its name, without the day of reading, which is the reader's to add."""
    undated = replace(work, read_on="")
    return {form: make(undated) for form, (_, make) in FORMS.items() if form != "csl"}


def files(work: Work, stem: str) -> dict[str, str]:
    """The citation as files, by name. A file is kept, so the day of reading is left to the program that imports it."""
    undated = replace(work, read_on="")
    return {f"{stem}{ending}": f"{make(undated)}\n" for ending, make in FILES.items()}
