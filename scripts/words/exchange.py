"""A citation as reference managers import it: BibTeX, BibLaTeX, RIS, CSL-JSON. In: a `Work`; out: text.

Written for Zotero's translators. BibTeX.js discards entries of types that BibTeX does not define, such as `@dataset`, so
BibTeX gets `@misc` and BibLaTeX `@dataset`. RIS.js imports CHART and FIGURE as artwork, as Zotero does CSL's `graphic`, so
a chart is cited as data there, as on its page.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from . import works
from .works import Work

_TEX = str.maketrans({"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "%": r"\%", "&": r"\&", "$": r"\$",
                      "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"})  # fmt: skip
_LIGATURE = re.compile(r"([-'`,<>])(?=\1)|[?!](?=`)")  # character pairs that TeX prints as one


def _tex(text: str) -> str:
    """A text escaped so that TeX prints it unchanged; braces stay balanced, as BibTeX requires."""
    return _LIGATURE.sub(lambda match: f"{match[0]}{{}}", works.line(text).translate(_TEX))


def bibtex(work: Work) -> str:
    """BibTeX, plus the BibLaTeX fields `version`, `url` and `urldate`, which BibTeX ignores."""
    month = works.date_parts(work.issued)[1]
    kind = works.KINDS[work.kind]
    fields = {
        "year": work.issued[:4],
        "month": works.MONTHS[month - 1][:3].lower() if month else "",
        "journal" if work.kind == "article" else "howpublished": _tex(work.container or kind.genre),
    }
    return _entry(kind.bibtex, work, fields)


def biblatex(work: Work) -> str:
    """BibLaTeX, which has a type for data sets; for a part of one, the data set is its series."""
    whole = "journaltitle" if work.kind == "article" else "series"
    return _entry(works.KINDS[work.kind].biblatex, work, {"date": work.issued, whole: _tex(work.container)})


def _entry(kind: str, work: Work, fields: Mapping[str, str]) -> str:
    """An entry, with extra braces around names and title so that no tool splits them or changes their case."""
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in work.authors),
        "title": f"{{{_tex(work.title)}}}",
        **fields,
        "publisher": "" if work.kind == "article" else _tex(work.publisher),
        "version": _tex(work.version),
        "note": _tex(work.note),
        "url": work.address.replace("{", "%7B").replace("}", "%7D"),
        "urldate": work.address and work.read_on,
    }
    values = {name: value if name == "month" else f"{{{value}}}" for name, value in fields.items() if value}
    lines = [f"  {name} = {value}" for name, value in values.items()]  # BibTeX defines the names of months
    return f"@{kind}{{{work.key},\n" + ",\n".join(lines) + "\n}"


def ris(work: Work) -> str:
    """RIS, as reference managers import it: one tag a line. A comma after an author marks a name without parts."""
    year, month, day = works.date_parts(work.issued)
    date = f"{year}/" + (f"{month:02}/" if month else "/") + (f"{day:02}" if day else "")
    fields = [
        ("TY", works.KINDS[work.kind].ris),
        ("ID", work.key),
        *(("AU", f"{name},") for name in work.authors),
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
    return "\n".join([*(f"{tag}  - {works.line(value)}" for tag, value in fields if value), "ER  - "])


def csl_json(work: Work) -> str:
    """CSL-JSON: a list of one item, a line for each field."""
    item: dict[str, Any] = {
        "id": work.key,
        "type": works.KINDS[work.kind].csl,
        "genre": works.KINDS[work.kind].genre,
        "title": work.title,
        "container-title": work.container,
        "author": [{"literal": name} for name in work.authors],
        "issued": {"date-parts": [[part for part in works.date_parts(work.issued) if part]]} if work.issued else {},
        "publisher": work.publisher,
        "version": work.version,
        "note": work.note,
        "URL": work.address,
        "accessed": {"literal": work.read_on} if work.address and work.read_on else {},
        "language": work.language,
    }
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in item.items() if value]
    return "[{\n" + ",\n".join(lines) + "\n}]"
