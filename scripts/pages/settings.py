"""Check what a build needs besides tables, words and pages: the builder's settings, style sheet, icons, templates.

In: a project; out: problems, so that `check` reports what would fail a build.
"""

import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jinja2
import markdown
from jinja2 import nodes

from .. import paths
from ..drawing import pictures, theme
from ..paths import BROWSER, FONTS, TEMPLATES, Project
from ..problem import Problem, Problems
from ..reading import documents, files, fitting
from ..reading.documents import Document
from ..words import markup

_REFERENCES = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)  # nodes that name another template
STYLE_SHEET = "low-tide.css"
_TEXTS = {"type": "array", "items": {"type": "string", "minLength": 1}}
_WARNED = ("omitted_files", "absolute_links", "unrecognized_links", "anchors")  # reported as problems
_RELIED_ON = {"toc": {"permalink": {"const": True}}, "pymdownx.highlight": {"anchor_linenums": {"const": False}}}
"""Required options of extensions, if configured: headings get permalinks, lines of code no anchors."""
_OPTIONS = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {"type": ["boolean", "string", "integer"], "minLength": 1},
    "remedy": "is not a mapping of options; write them after the colon, or remove it",
}
_EXTENSION = {
    "type": ["string", "object"],
    "minProperties": 1,
    "maxProperties": 1,
    "properties": {name: _OPTIONS | {"properties": options} for name, options in _RELIED_ON.items()},
    "additionalProperties": _OPTIONS,
}
SHAPE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "site_name": {"type": "string", "minLength": 1},
        "use_directory_urls": {"const": True},
        "theme": {
            "type": "object",
            "properties": {
                "name": {"const": paths.THEME},
                "font": {"const": False},
                "icon": {"type": "object", "properties": {"logo": {"type": "string"}}, "required": ["logo"]},
                "favicon": {"type": "string"},
                "features": _TEXTS,
            },
            "required": ["name", "font", "icon", "favicon", "features"],
        },
        "plugins": {"type": "object", "properties": {"search": {"const": {}, "remedy": "has settings; set them for each language, in _language.yml"}}, "required": ["search"],
                    "additionalProperties": {"not": {}, "remedy": "is a plugin; only search is allowed"}},
        "extra_css": {"type": "array", "items": {"type": "string"}, "contains": {"const": f"assets/{STYLE_SHEET}"}},
        "extra": {"type": "object"},
        "markdown_extensions": {"type": "array", "items": _EXTENSION, "minItems": 1},
        "validation": {
            "type": "object",
            "properties": dict.fromkeys(_WARNED, {"const": "warn"}),
            "required": list(_WARNED),
            "additionalProperties": False,
        },
    },
    "required": ["site_name", "use_directory_urls", "theme", "plugins", "extra_css", "extra", "markdown_extensions", "validation"],
    "additionalProperties": False,
}  # fmt: skip
"""JSON Schema of `mkdocs.yml`, with the settings that pages rely on; those of a language are generated."""


def check(project: Project, actors: Iterable[str] = ()) -> Iterator[Problem]:
    """Yield problems of settings, style sheet, icons, and of the engine's templates, scripts and fonts.

    `actors` are the names of the entities' colours.
    """
    colours = dict.fromkeys((*theme.COLOURS, *actors))
    templates = sorted(TEMPLATES.glob("[!.]*"))
    known = frozenset(file.name for file in templates)
    ours = [("website/browser", file) for file in BROWSER.glob("[!.]*.js")]
    ours += [("drawing/fonts", file) for file in FONTS.glob("[!.]*.otf")]
    rules = [_settings(project), _style_sheet(project, colours), _icon(project)]
    rules += [_template(file, known) for file in templates]
    rules += [_readable(file, f"scripts/{home}/{file.name}") for home, file in sorted(ours)]
    for rule in rules:
        try:
            yield from rule
        except Problems as refused:
            yield from refused.all


def _readable(file: Path, name: str) -> Iterator[Problem]:
    """Raise `Problems` if a file cannot be read; yields nothing."""
    files.read_bytes(file, name)
    yield from ()


def _template(file: Path, others: frozenset[str]) -> Iterator[Problem]:
    name = f"scripts/pages/templates/{file.name}"
    try:
        _parsed(files.read_text(file, name), others)
    except jinja2.TemplateSyntaxError as error:
        yield Problem(name, error.lineno, f"not a template: {error.message}")


@functools.lru_cache(maxsize=256)  # for `serve`, which checks again
def _parsed(text: str, others: frozenset[str]) -> None:
    """Raise `TemplateSyntaxError` for a template's syntax or the names it uses. Compiling it would take three times as long."""
    known = markup.templates()
    blocks: set[str] = set()
    for one in known.parse(text).find_all((nodes.Filter, nodes.Test, nodes.Block, *_REFERENCES)):
        kind, fault = type(one).__name__.lower(), ""
        if isinstance(one, nodes.Block):
            fault = f"block {one.name!r} is duplicated" if one.name in blocks else ""
            blocks.add(one.name)
        elif isinstance(one, nodes.Filter | nodes.Test):
            named = known.filters if isinstance(one, nodes.Filter) else known.tests
            fault = "" if one.name in named else f"no {kind} is called {one.name!r}"
        elif (other := getattr(getattr(one, "template", None), "value", None)) and other not in others:
            fault = f"{kind} of {other!r}, which does not exist"
        if fault:
            raise jinja2.TemplateSyntaxError(fault, one.lineno)


def _settings(project: Project) -> Iterator[Problem]:
    document = documents.read_yaml(project.builder_config, project.builder_config.name)
    misfits = fitting.misfits(document, SHAPE)
    yield from misfits or (*_files(project, document), *_extensions(document))


def _files(project: Project, document: Document) -> Iterator[Problem]:
    """Yield a problem for each file that the settings name and that does not exist."""
    settings = document.value
    logo = settings["theme"]["icon"]["logo"]
    if not paths.of_theme(f".icons/{logo}.svg").is_file():
        yield document.problem(f"theme.icon.logo: the theme has no icon {logo!r}", "theme", "icon", "logo")
    named: list[tuple[str, documents.Steps]] = [(settings["theme"]["favicon"], ("theme", "favicon"))]
    named += [(name, ("extra_css", place)) for place, name in enumerate(settings["extra_css"])]
    for name, steps in named:
        if not (project.docs / name).is_file():
            yield document.problem(f"{documents.place(steps)}: docs has no file {name!r}", *steps)


def _extensions(document: Document) -> Iterator[Problem]:
    """Yield a problem for each Markdown extension that cannot be loaded with its options."""
    for place, one in enumerate(document.value["markdown_extensions"]):
        name, options = (one, {}) if isinstance(one, str) else next(iter(one.items()))
        try:
            markdown.Markdown(extensions=[name], extension_configs={name: options})
        except Exception as error:  # extensions raise anything for an unknown name or option
            fault = f"markdown_extensions: {name} cannot be loaded: {error}"
            yield document.problem(fault, "markdown_extensions", place)


def _style_sheet(project: Project, colours: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem if the style sheet is truncated, loads other files, or lacks a colour that charts use."""
    path = project.docs / "assets" / STYLE_SHEET
    name, text = project.name(path), files.read_text(path, project.name(path))
    if text.count("{") != text.count("}"):
        yield Problem(name, text.count("\n") + 1, "braces do not match; is the file cut off?")
    for mark in re.finditer(r"/\*.*?(\*/|(?=/\*)|\Z)", text, re.DOTALL):
        if not mark[1]:
            yield Problem(name, text.count("\n", 0, mark.start()) + 1, "a comment is not closed")
    for mark in re.finditer(r"@import|\burl\(\s*[\"']?(?!data:)[^)]*//", text):
        fault = f"{mark[0]!r} loads another file, which pages must not"
        yield Problem(name, text.count("\n", 0, mark.start()) + 1, fault)
    if re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).rpartition("}")[2].strip():
        yield Problem(name, text.count("\n") + 1, "the last rule is cut off")
    missing = [colour for colour in colours if colour not in pictures.palette(text)]
    if missing:
        names = ", ".join(f"--lt-{colour}" for colour in missing)
        yield Problem(name, 1, f"no colour {names} in the first :root block that has any")


def _icon(project: Project) -> Iterator[Problem]:
    """Yield a problem for each SVG file in assets that is not XML."""
    for path in sorted((project.docs / "assets").glob("[!.]*.svg")):
        try:
            ElementTree.fromstring(files.read_text(path, project.name(path)))
        except ElementTree.ParseError as error:
            yield Problem(project.name(path), error.position[0], f"not SVG: {error}")
