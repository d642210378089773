"""Remove unused rules from the site's style sheets. In: a site's folder; out: smaller sheets in it.

A rule stays if all names in one of its selectors (classes, ids, elements, attributes) occur as a word in the tags of a
page, in our scripts, or in a library's script, there only if the name is part of a block that a page has, as
`md-search__form` is of `md-search`. This covers every state that a script can produce. Conditions that pages do not
decide (`:hover`, `:not(…)`, `@media print`) count as possible. Custom properties and animations stay if they are used.
"""

import functools
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import tinycss2

from ..paths import TEMPLATES

THEME = "assets/stylesheets/main.*.min.css"
OURS = "assets/low-tide.css"
_LINK = re.compile(rf'\s*<link rel="stylesheet" href="[^"]*{re.escape(OURS)}">')
_LATER = re.compile("frozen|edition-|files|dictionary")  # templates of pages added after the builder's
_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_VALUE = re.compile(r'(?<!\sclass)(?<!\sid)="[^"]*"')  # which no rule matches
_WORD = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
_DATASET, _CAPITAL = re.compile(r"dataset\.(\w+)"), re.compile("(?=[A-Z])")
_PART = re.compile("__|--")  # separates a block from its part, in BEM
_BUILT_IN = frozenset({"html", "body", "from", "to"})
_ANY_OF = ("is", "where", "has")
_NESTS = ("media", "supports", "layer", "container")
_NAME = re.compile(r"var\(\s*(--[\w-]+)|animation(?:-name)?:([^;}]+)")
_SPACE = re.compile(r"\s+")


def trim(site: Path) -> None:
    """Replace the sheets by trimmed ones: for the theme's pages a single one, named by its hash; frames and editions have ours alone.

    A second file would cost a second connection before anything is painted.
    """
    pages = {file: file.read_text("utf-8") for file in sorted(site.rglob("*.html"))}
    scripts = {file.name: file.read_text("utf-8") for file in sorted((site / "assets").rglob("*.js"))}
    [theme] = site.glob(THEME)
    sheets = (theme.read_text("utf-8"), (site / OURS).read_text("utf-8"))
    later = [file.read_text("utf-8") for file in TEMPLATES.glob("*.html") if _LATER.match(file.name)]
    theirs, ours = cut(sheets, seen([*pages.values(), *later], scripts))
    name = f"main.{hashlib.sha256((theirs + ours).encode()).hexdigest()[:8]}.css"
    for copy in sorted(site.rglob(theme.name)):  # each language has its own
        for left in copy.parent.iterdir():
            left.unlink()
        copy.with_name(name).write_text(theirs + ours, "utf-8")
        (copy.parents[1] / Path(OURS).name).write_text(ours, "utf-8")
    for file, text in pages.items():
        if theme.name in text:
            file.write_text(_LINK.sub("", text).replace(theme.name, name), "utf-8")


def seen(pages: Iterable[str], scripts: Mapping[str, str]) -> frozenset[str]:
    """Return every word that a selector may match: of the tags of pages, and of scripts, by file name."""
    found = {word for page in pages for word in _WORD.findall(_VALUE.sub("", " ".join(_TAG.findall(page))))}
    blocks = {_PART.split(word)[0] for word in found}
    for name, script in scripts.items():
        known = _WORD.findall(script)
        ours = name.count(".") == 1  # libraries have a hash in their name
        known += [f"data-{_CAPITAL.sub('-', word).lower()}" for word in _DATASET.findall(script)]
        found.update(word for word in known if ours or _PART.split(word)[0] in blocks)
    return frozenset(found | _BUILT_IN)


@functools.lru_cache(maxsize=8)  # `serve` cuts again after each change
def cut(sheets: tuple[str, ...], words: frozenset[str]) -> list[str]:
    """Return sheets without rules that match nothing, and without the custom properties and animations that are then unused."""
    parsed = [tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True) for sheet in sheets]
    names, before = words | _used_names(sheets), None
    while names != before:
        made = ["".join(_rules(nodes, words, names)) for nodes in parsed]
        names, before = words | _used_names(made), names
    return made


def _used_names(sheets: Iterable[str]) -> frozenset[str]:
    """The custom properties and animations that sheets use."""
    found = [one for sheet in sheets for one in _NAME.findall(sheet)]
    return frozenset({name for name, _ in found} | {word for _, value in found for word in _WORD.findall(value)})


def _rules(nodes: Iterable[Any], words: frozenset[str], names: frozenset[str]) -> Iterator[str]:
    """Yield the rules that stay, as text; `names` are the custom properties and animations in use."""
    for node in nodes:
        head = tinycss2.serialize(node.prelude).strip() if node.type != "error" else ""
        if node.type == "error":
            raise RuntimeError(f"not a style sheet: line {node.source_line}: {node.message}")
        if node.type == "qualified-rule":
            left = ",".join(tinycss2.serialize(one).strip() for one in _split(node.prelude) if _can_match(one, words))
            declared = ";".join(_declared(node.content, names))
            if left and declared:
                yield f"{left}{{{declared}}}"
        elif node.lower_at_keyword in _NESTS and node.content is not None:
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            if text := "".join(_rules(inner, words, names)):
                yield f"@{node.at_keyword} {head}{{{text}}}"
        elif "keyframes" not in node.lower_at_keyword or head in names:
            yield node.serialize()


def _declared(content: Sequence[Any], names: frozenset[str]) -> Iterator[str]:
    for one in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if one.type == "error":
            raise RuntimeError(f"not a declaration of a style: line {one.source_line}")
        if one.type != "declaration":  # a nested rule
            yield one.serialize()
        elif not one.name.startswith("--") or one.name in names:
            value = _SPACE.sub(" ", tinycss2.serialize(one.value).strip())
            yield f"{one.name}:{value}{'!important' if one.important else ''}"


def _split(tokens: Sequence[Any]) -> list[list[Any]]:
    """Split tokens at commas, into the selectors of a list."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _can_match(selector: Sequence[Any], words: frozenset[str]) -> bool:
    """Whether a selector can match an element of a page."""
    before = None
    for token in selector:
        if token.type == "ident" and before != ":" and token.value not in words:
            return False
        if token.type == "hash" and token.value not in words:
            return False
        if token.type == "[] block" and not next(one.value in words for one in token.content if one.type == "ident"):
            return False
        options = _split(token.arguments) if token.type == "function" and token.lower_name in _ANY_OF else []
        if options and not any(_can_match(one, words) for one in options):
            return False
        before = token
    return True
