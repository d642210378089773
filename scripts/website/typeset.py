"""Typeset Latin and Chinese text on pages. In: HTML, the languages of the site; out: HTML with the same words.

A run of another script gets a `lang`, so that it is read aloud and drawn correctly; a number and its unit stay on one line, and
so do the last two characters of a Chinese paragraph, which `text-wrap: pretty` does not guarantee; no space follows a Chinese
stop; apostrophes in texts of rows are curly. Text to be copied, such as code and citations, is unchanged.
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
"""A run of each script, with the punctuation between its words; not a single letter, nor an address."""
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
"""Elements that are skipped; a note shown on hover; a text, with the tags after it if its paragraph ends there."""
_REFERENCE = re.compile(r"&#(?!0*(?:38|60|62);)(\d+);")  # characters escaped for Markdown that need no escape in HTML
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])(?:'|&#39;)(?=[A-Za-z])|(?<=s)(?:'|&#39;)(?=\s)")
_GAP = re.compile(r"(?<=[，。：；？！])\s+")


def page(html: str, language: Language, languages: Sequence[Language]) -> str:
    """Typeset the HTML of a page in a language, or of a part of it."""
    setters = {one.code: _setter(one, languages) for one in languages}

    before = ""

    def put(found: re.Match[str]) -> str:
        nonlocal before
        setter = setters.get(found["lang"] or language.code)
        if found["note"]:
            return _APOSTROPHE.sub("’", found["note"])
        if not setter or not (found["text"] or "").strip():  # a space between two links separates tap targets
            before = ""
            return found[0]
        text = _APOSTROPHE.sub("’", _REFERENCE.sub(lambda one: chr(int(one[1])), found["text"]))
        text = _GAP.sub("", before + text)[len(before) :]
        before = text[-1:] or before
        return found[3] + setter(text)

    return _TEXT.sub(put, html)


def _setter(language: Language, languages: Sequence[Language]) -> Callable[[str], str]:
    """Return the function that typesets a text of a language, given the site's languages."""
    codes = {_script(one): one.code for one in reversed(languages)}
    runs = [f"(?P<{script}>{run})" for script, run in _RUNS.items() if script in codes and script != _script(language)]
    wanted = "|".join([f"(?P<unbroken>{_unbroken(language)})", *runs])

    def put(found: re.Match[str]) -> str:
        attribute = 'class="lt-whole"' if found.lastgroup == "unbroken" else f'lang="{codes[str(found.lastgroup)]}"'
        return f"<span {attribute}>{found[0]}</span>"

    return lambda text: re.sub(wanted, put, text)


def _unbroken(language: Language) -> str:
    """A pattern of what stays on one line: a number with its size, unit, month or Chinese measure word."""
    sizes = [name for _, name in language.words["large"]]
    forms = [text for form in language.words["units"].values() for text in _texts(form)]
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
