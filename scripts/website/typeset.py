"""Both scripts of a page set as its readers expect. In: HTML, the languages of the site; out: the same words, set.

A run of another script says its language, so that it is read aloud and drawn as its own; a number and its unit stay on one
line, and so do the last two characters of a Chinese paragraph, which `text-wrap: pretty` does not promise; no blank follows
a Chinese stop; apostrophes of rows are curly. What is to be copied, such as code and citations, is left as it is.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from ..words import lexicon
from ..words.languages import Language

_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
_LETTER = r"(?:[A-Za-z’'-]|&amp;)"
_START = r"(?<![A-Za-z\d@./_&#-])"
_RUNS = {
    "Hans": rf"(?:{_START}\d[\d.]*)?《?{_HAN}(?:(?:{_HAN}|[\d.%《》（）“”·：，、；。])*(?:{_HAN}|[》）”。]))?",
    "Latn": rf"{_START}(?:[A-Z\d][\d.,]* )?[A-Za-z]{_LETTER}+(?:[,.;:]? (?:{_LETTER}|[\d.,%])+)*(?![A-Za-z\d@/_]|\.[A-Za-z\d])",
}
"""A run of each script, with what stands between its words; no single letter, and no address."""
_NUMBER = r"\d(?:[\d.,]*\d)?"
_CLOSING = "[，。：；？！、）》”’…]"
_LAST = rf"{_HAN}{_CLOSING}*(?=\s*</)"
_BLOCK = r"</(?:p|li|dd|td)>"
_TEXT = re.compile(
    r"<(script|style|svg|pre|code|kbd|textarea|select|title|math)\b.*?</\1>"
    r'|(?P<note>\sdata-note="[^"]*")'
    r'|(\slang="(?P<lang>[\w-]+)"[^<>]*>|(?<=>)|\A)'
    rf"(?P<text>[^<]+(?:(?:(?!{_BLOCK})</\w+>|{_CLOSING})*{_BLOCK})?)",
    re.DOTALL,
)
"""What is left as it is; a note shown on hover; a text, with the tags behind it where its paragraph ends."""
_REFERENCE = re.compile(r"&#(?!0*(?:38|60|62);)(\d+);")  # of what would be markup in Markdown, and is none in HTML
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])(?:'|&#39;)(?=[A-Za-z])|(?<=s)(?:'|&#39;)(?=\s)")
_GAP = re.compile(r"(?<=[，。：；？！])\s+")


def page(html: str, language: Language, languages: Sequence[Language]) -> str:
    """The HTML of a page, or of a part of it, in a language, set."""
    ways = {one.code: _way(one, languages) for one in languages}

    before = ""

    def put(found: re.Match[str]) -> str:
        nonlocal before
        way = ways.get(found["lang"] or language.code)
        if found["note"]:
            return _APOSTROPHE.sub("’", found["note"])
        if not way or not (found["text"] or "").strip():  # a blank between two links keeps their targets apart
            before = ""
            return found[0]
        text = _APOSTROPHE.sub("’", _REFERENCE.sub(lambda one: chr(int(one[1])), found["text"]))
        text = _GAP.sub("", before + text)[len(before) :]
        before = text[-1:] or before
        return found[3] + way(text)

    return _TEXT.sub(put, html)


def _way(language: Language, languages: Sequence[Language]) -> Callable[[str], str]:
    """How a text of a language is set, among those of a site."""
    codes = {_script(one): one.code for one in reversed(languages)}
    runs = [f"(?P<{script}>{run})" for script, run in _RUNS.items() if script in codes and script != _script(language)]
    wanted = "|".join([f"(?P<whole>{_whole(language)})", *runs])

    def put(found: re.Match[str]) -> str:
        told = 'class="lt-whole"' if found.lastgroup == "whole" else f'lang="{codes[str(found.lastgroup)]}"'
        return f"<span {told}>{found[0]}</span>"

    return lambda text: re.sub(wanted, put, text)


def _whole(language: Language) -> str:
    """What stays on one line: a number with size and unit in a language's words, the name of a month, a Chinese measure word."""
    sizes = [name for _, name in language.words["large"]]
    forms = [some for form in language.words["units"].values() for some in _texts(form)]
    months = [
        f" {name}" for width in ("wide", "abbreviated") for name in language.locale.months["format"][width].values()
    ]
    behind = lexicon.any_of([*sizes, *months, *(form.partition("{}")[2] for form in forms)])
    before = lexicon.any_of([form.partition("{}")[0] for form in forms])
    number = rf"{_NUMBER}(?:[–-]{_NUMBER})?"
    han = _script(language) == "Hans"
    unit = rf"(?:(?:{lexicon.any_of(sizes)})?(?:{behind}){f'|{_HAN}' if han else ''})(?![A-Za-z])"
    found = rf"(?<![A-Za-z\d.,-])(?:{before})?(?:{number}{unit})+|(?:{before}){_NUMBER}"
    return rf"(?:{found})(?:{_LAST})?|[\w%]{_CLOSING}*{_LAST}" if han else found


def _texts(form: str | Mapping[str, str]) -> Iterator[str]:
    yield from [form] if isinstance(form, str) else form.values()


def _script(language: Language) -> str:
    """The script of a language, as CLDR names it."""
    return language.locale.script or "Latn"
