"""Citations of one record in every style. In: what is cited, as a `Work`; out: text.

GB/T 7714—2025 follows the pattern that two citation-style projects give (责任者. 题名[DS/OL]. 版本. 平台（发布日期）[引用日期].
获取路径.); the text of the standard was not available. The 2015 edition uses DS for data sets too. APA is the 7th edition,
Chicago the author-date system. Formats for reference managers are in `exchange`.
"""

from collections.abc import Callable
from dataclasses import replace

from . import exchange, lexicon, works
from .works import Work


def gbt7714(work: Work, edition: int = 2025) -> str:
    """GB/T 7714, by the 2025 or the 2015 pattern; only the latter puts `//` between a part and its whole."""
    kind = works.KINDS[work.kind].gbt + ("/OL" if work.address else "")
    who, read = ", ".join(work.authors), f"[{work.read_on}]" if work.read_on else ""
    head = f"{who}. {_title(work)}[{kind}]"
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
    """APA Style, 7th edition: only the year for data, the full date for articles and pages."""
    day = _day(work.issued) if work.kind in ("article", "page") else ""
    when = ", ".join(filter(None, [work.issued[:4] or "n.d.", day]))
    version = f" (Version {work.version})" if work.version else ""
    genre, whole = works.KINDS[work.kind].genre, _whole(work)
    kind = f" [{genre}]" if genre else ""
    if work.kind == "fact":
        title = f"{_title(work)}. In {whole}{version}{kind}."
    elif work.version and whole:
        title = f"{_stopped(_title(work) + kind)} {whole}{version}."
    else:
        title = _stopped(f"{_title(work)}{version}{kind}") + (f" {whole}." if whole else "")
    seen = f" {_seen(work)}." if _seen(work) else ""
    return f"{' & '.join(work.authors)}. ({when}). {title}{seen}" + (f" {work.address}" if work.address else "")


def chicago(work: Work) -> str:
    """Chicago Manual of Style, author-date; a title in brackets is a description and gets no quotation marks."""
    title = _stopped(_title(work))
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


def _title(work: Work) -> str:
    """The title on one line; for a fact with its id, since the citation may have no address."""
    return works.line(work.title) + (f" ({work.note})" if work.kind == "fact" else "")


def _whole(work: Work) -> str:
    """The container or the publisher; empty if that is also the author."""
    name = work.container or work.publisher
    return "" if name in work.authors else name


def _seen(work: Work) -> str:
    """Where an article was seen, capitalised, without a full stop."""
    return f"{work.note[:1].upper()}{work.note[1:]}" if work.kind == "article" else ""


def _day(issued: str) -> str:
    """Month and day in English, or the month alone, or an empty string."""
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
"""The formats that reference managers import, by file extension."""


def texts(work: Work) -> dict[str, str]:
    """Every textual form by name, without the access date, which readers add themselves."""
    undated = replace(work, read_on="")
    return {form: make(undated) for form, (_, make) in FORMS.items() if form != "csl"}


def files(work: Work, stem: str) -> dict[str, str]:
    """The citation as files, by name, without the access date, which the importing program sets."""
    undated = replace(work, read_on="")
    return {f"{stem}{ending}": f"{make(undated)}\n" for ending, make in FILES.items()}
