"""Check prose on pages and in the words of charts: no typed numbers, a unique id for each heading, the same quotes in each language."""

import re
from collections.abc import Iterable, Iterator, Mapping

from ..data import cells
from ..problem import Problem
from ..words import lexicon, markup, numerals, quotes
from ..words.outline import Page

_NOT_PROSE = re.compile(
    r"```.*?```|~~~.*?~~~|`[^`\n]*`|\{\{.*?\}\}|\]\([^)\s]*\)|\{ ?[#.:][^}\n]*\}|<!--.*?-->|<[^<>\n]+>", re.DOTALL
)
BY_HAND = "is typed by hand; quote it, as in {{ fact some-id }}"
_FENCE = re.compile("`{3,}|~{3,}")
_LIST_NUMBER = re.compile(r"^ *[0-9]+\. ", re.MULTILINE)


def check(pages: Mapping[str, Iterable[Page]], entities: Iterable[str] = ()) -> Iterator[Problem]:
    """Yield the problems in the prose of each page, given by language; names of entities may contain digits."""
    some = {*lexicon.rules()["names"], *(name for name in entities if re.search("[0-9]", name))}
    names = re.compile(rf"(?<![A-Za-z0-9])(?:{lexicon.any_of(some)})(?![A-Za-z0-9])")
    first = {page.slug: page for page in next(iter(pages.values()), [])}
    for code, language in pages.items():
        for page in language:
            yield from _garbled(page)
            yield from _numbers(page, code, names)
            yield from _headings(page)
            if page.slug in first:
                yield from _quotes(page, first[page.slug])


def typed(text: str, code: str, names: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Yield `(line from 0, number)` for each number in Markdown that is typed, not quoted; those in names are skipped."""
    prose = _LIST_NUMBER.sub(_blank, names.sub(_blank, _NOT_PROSE.sub(_blank, text)))
    for place, number in numerals.typed(prose, code):
        yield prose.count("\n", 0, place), number


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "\u0000", match[0])


def _garbled(page: Page) -> Iterator[Problem]:
    for first_line, text in page.texts:
        for line, said in enumerate(text.split("\n"), start=first_line):
            yield from (Problem(page.path, line, fault) for fault in cells.garbled(said))
        for line, said in enumerate(_NOT_PROSE.sub(_blank, text).split("\n"), start=first_line):
            yield from (Problem(page.path, line, fault) for fault in markup.typewritten(said))


def _numbers(page: Page, code: str, names: re.Pattern[str]) -> Iterator[Problem]:
    for first_line, text in page.texts:
        for line, number in typed(text, code, names):
            yield Problem(page.path, first_line + line, f"{number!r} {BY_HAND}")


def _headings(page: Page) -> Iterator[Problem]:
    code = ""
    seen = set()
    for line, text in enumerate(page.body.splitlines(), start=page.first_line):
        if (fence := _FENCE.match(text)) and text.startswith(code):
            code = "" if code else fence[0]
        if code or not re.match(r"#{2,6}", text):
            continue
        match = re.search(r"\{ ?#([a-z][a-z0-9-]*) ?\}\s*$", text)
        if not match:
            yield Problem(page.path, line, f"heading {text.lstrip('# ')!r} has no id; end it with {{ #some-id }}")
        elif match[1] in seen:
            yield Problem(page.path, line, f"heading id {match[1]!r} is duplicated on the page")
        else:
            seen.add(match[1])


def _quotes(page: Page, first: Page) -> Iterator[Problem]:
    for kind in ("fact", "figure", "chart", "list", "address"):
        here, there = ({id_ for _, text in one.texts for id_ in quotes.ids(text, kind)} for one in (page, first))
        for missing in sorted(there - here):
            yield Problem(page.path, 1, f"{kind} {missing} is quoted in {first.path} and not here")
        for extra in sorted(here - there):
            yield Problem(page.path, 1, f"{kind} {extra} is quoted here and not in {first.path}")
