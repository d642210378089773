"""What prose must be, on pages and in the words of charts: no number typed by hand, every heading with an id of its own, the same quotes in each language."""

import re
from collections.abc import Iterable, Iterator, Mapping

from ..data import cells
from ..problem import Problem
from ..words import markup, quotes
from ..words.outline import Page

STANDARDS = (
    "CC BY 4.0",
    "GB/T 7714—2025",
    "GB/T 7714—2015",
    "APA 7",
    "ISO 8601-2",
    "Data Package v2",
    "UTF-8",
)
"""Names with digits in them; they are not amounts."""

_NOT_PROSE = re.compile(
    r"```.*?```|~~~.*?~~~|`[^`\n]*`|\{\{.*?\}\}|\]\([^)\s]*\)|\{ ?[#.:][^}\n]*\}|<!--.*?-->|<[^<>\n]+>"
    + "".join("|" + re.escape(name) for name in STANDARDS),
    re.DOTALL,
)
_ONES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_TYPED = re.compile(
    r"(?<![A-Za-z0-9])[0-9０-９][0-9０-９.,]*\s?(?:%|％|亿|万|million|billion)?"
    r"|[零一二两三四五六七八九十百千几]+[亿万][元人美]?|[二两三四五六七八九十百]+(?:元|美元|成(?=[，。的]))"
    rf"|\b(?:{_ONES}|hundred)\s+(?:thousand|million|billion|hundred|per ?cent)\b",
    re.IGNORECASE,
)
BY_HAND = "is typed by hand; quote it, as in {{ fact some-id }}"
_LIST_NUMBER = re.compile(r"^ *[0-9]+\. ", re.MULTILINE)


def check(pages: Mapping[str, Iterable[Page]]) -> Iterator[Problem]:
    """Yield what is wrong with the prose of each page."""
    first = {page.slug: page for page in next(iter(pages.values()), [])}
    for language in pages.values():
        for page in language:
            yield from _garbled(page)
            yield from _numbers(page)
            yield from _headings(page)
            if page.slug in first:
                yield from _quotes(page, first[page.slug])


def typed(text: str) -> Iterator[tuple[int, str]]:
    """Yield `(line from 0, number)` for each number in a Markdown text that is typed and not quoted."""
    prose = _LIST_NUMBER.sub(_blank, _NOT_PROSE.sub(_blank, text))
    for match in _TYPED.finditer(prose):
        yield prose.count("\n", 0, match.start()), match[0].strip()


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "\u0000", match[0])


def _garbled(page: Page) -> Iterator[Problem]:
    for first_line, text in page.texts:
        for line, said in enumerate(text.split("\n"), start=first_line):
            yield from (Problem(page.path, line, fault) for fault in cells.garbled(said))
        for line, said in enumerate(_NOT_PROSE.sub(_blank, text).split("\n"), start=first_line):
            yield from (Problem(page.path, line, fault) for fault in markup.typewritten(said))


def _numbers(page: Page) -> Iterator[Problem]:
    for first_line, text in page.texts:
        for line, number in typed(text):
            yield Problem(page.path, first_line + line, f"{number!r} {BY_HAND}")


def _headings(page: Page) -> Iterator[Problem]:
    code = False
    seen = set()
    for line, text in enumerate(page.body.splitlines(), start=page.first_line):
        code ^= text.startswith("```")
        if code or not re.match(r"#{2,6}", text):
            continue
        match = re.search(r"\{ ?#([a-z][a-z0-9-]*) ?\}\s*$", text)
        if not match:
            yield Problem(page.path, line, f"heading {text.lstrip('# ')!r} has no id; end it with {{ #some-id }}")
        elif match[1] in seen:
            yield Problem(page.path, line, f"heading id {match[1]!r} stands twice on the page")
        else:
            seen.add(match[1])


def _quotes(page: Page, first: Page) -> Iterator[Problem]:
    for kind in ("fact", "figure", "chart", "list", "address"):
        here, there = ({id_ for _, text in one.texts for id_ in quotes.ids(text, kind)} for one in (page, first))
        for missing in sorted(there - here):
            yield Problem(page.path, 1, f"{kind} {missing} is quoted in {first.path} and not here")
        for extra in sorted(here - there):
            yield Problem(page.path, 1, f"{kind} {extra} is quoted here and not in {first.path}")
