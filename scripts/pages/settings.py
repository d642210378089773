"""What a build needs beside tables, words and pages: the builder's settings, style sheet, icon, our templates.

In: a project; out: problems, so that `check` says what would end a build.
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

_OTHERS = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)  # what names another template
STYLE_SHEET = "low-tide.css"
_TEXTS = {"type": "array", "items": {"type": "string", "minLength": 1}}
_WARNED = ("omitted_files", "absolute_links", "unrecognized_links", "anchors")  # of what a build makes problems
_RELIED_ON = {"toc": {"permalink": {"const": True}}, "pymdownx.highlight": {"anchor_linenums": {"const": False}}}
"""Options of extensions without which a heading has no address, or a line of code has one."""
_OPTIONS = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {"type": ["boolean", "string", "integer"], "minLength": 1},
    "remedy": "is no options; write them behind the colon, or leave it out",
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
        "plugins": {"type": "object", "properties": {"search": {"const": {}, "remedy": "has settings; each language has its own, in its words"}}, "required": ["search"],
                    "additionalProperties": {"not": {}, "remedy": "is a plugin; pages are staged without any but search"}},
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
"""The settings in `mkdocs.yml` that pages rely on; what is set per language is made from pages and words."""


def check(project: Project, actors: Iterable[str] = ()) -> Iterator[Problem]:
    """Yield what is wrong with settings, style sheet, icon, and what of ours goes into pages and pictures.

    `actors` are the names of colours that entities have.
    """
    colours = dict.fromkeys((*theme.COLOURS, *actors))
    templates = sorted(TEMPLATES.glob("[!.]*"))
    there = frozenset(file.name for file in templates)
    ours = [("website/browser", file) for file in BROWSER.glob("[!.]*.js")]
    ours += [("drawing/fonts", file) for file in FONTS.glob("[!.]*.otf")]
    rules = [_settings(project), _style_sheet(project, colours), _icon(project)]
    rules += [_template(file, there) for file in templates]
    rules += [_readable(file, f"scripts/{home}/{file.name}") for home, file in sorted(ours)]
    for rule in rules:
        try:
            yield from rule
        except Problems as refused:
            yield from refused.all


def _readable(file: Path, name: str) -> Iterator[Problem]:
    """Nothing; raises `Problems` where a file cannot be read."""
    files.read_bytes(file, name)
    yield from ()


def _template(file: Path, others: frozenset[str]) -> Iterator[Problem]:
    name = f"scripts/pages/templates/{file.name}"
    try:
        _parsed(files.read_text(file, name), others)
    except jinja2.TemplateSyntaxError as error:
        yield Problem(name, error.lineno, f"not a template: {error.message}")


@functools.lru_cache(maxsize=256)  # `serve` asks again
def _parsed(text: str, others: frozenset[str]) -> None:
    """Raise what is wrong with a template: its grammar, and names that it uses. To compile it would take three times as long."""
    known = markup.templates()
    blocks: set[str] = set()
    for one in known.parse(text).find_all((nodes.Filter, nodes.Test, nodes.Block, *_OTHERS)):
        kind, fault = type(one).__name__.lower(), ""
        if isinstance(one, nodes.Block):
            fault = f"block {one.name!r} is there twice" if one.name in blocks else ""
            blocks.add(one.name)
        elif isinstance(one, nodes.Filter | nodes.Test):
            named = known.filters if isinstance(one, nodes.Filter) else known.tests
            fault = "" if one.name in named else f"no {kind} is called {one.name!r}"
        elif (other := getattr(getattr(one, "template", None), "value", None)) and other not in others:
            fault = f"{kind} of {other!r}, which is not there"
        if fault:
            raise jinja2.TemplateSyntaxError(fault, one.lineno)


def _settings(project: Project) -> Iterator[Problem]:
    document = documents.read_yaml(project.builder_config, project.builder_config.name)
    misfits = fitting.misfits(document, SHAPE)
    yield from misfits or (*_files(project, document), *_extensions(document))


def _files(project: Project, document: Document) -> Iterator[Problem]:
    """Files that are named and not there."""
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
    """Extensions of Markdown that cannot be loaded with the options that they are given."""
    for place, one in enumerate(document.value["markdown_extensions"]):
        name, options = (one, {}) if isinstance(one, str) else next(iter(one.items()))
        try:
            markdown.Markdown(extensions=[name], extension_configs={name: options})
        except Exception as error:  # whatever an extension raises over a name or an option that it does not know
            fault = f"markdown_extensions: {name} cannot be loaded: {error}"
            yield document.problem(fault, "markdown_extensions", place)


def _style_sheet(project: Project, colours: Iterable[str]) -> Iterator[Problem]:
    """A style sheet that is whole and has each of the colours that charts draw with."""
    path = project.docs / "assets" / STYLE_SHEET
    name, text = project.name(path), files.read_text(path, project.name(path))
    if text.count("{") != text.count("}"):
        yield Problem(name, text.count("\n") + 1, "braces are not in pairs; is something cut off?")
    for mark in re.finditer(r"/\*.*?(\*/|(?=/\*)|\Z)", text, re.DOTALL):
        if not mark[1]:
            yield Problem(name, text.count("\n", 0, mark.start()) + 1, "a comment is opened and not closed")
    for mark in re.finditer(r"@import|\burl\(\s*[\"']?(?!data:)[^)]*//", text):
        fault = f"{mark[0]!r} fetches another file, which pages may not"
        yield Problem(name, text.count("\n", 0, mark.start()) + 1, fault)
    if re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).rpartition("}")[2].strip():
        yield Problem(name, text.count("\n") + 1, "the last rule is cut off")
    missing = [colour for colour in colours if colour not in pictures.palette(text)]
    if missing:
        names = ", ".join(f"--lt-{colour}" for colour in missing)
        yield Problem(name, 1, f"no colour {names} in the first :root block that has any")


def _icon(project: Project) -> Iterator[Problem]:
    """Drawings that no browser could show."""
    for path in sorted((project.docs / "assets").glob("[!.]*.svg")):
        try:
            ElementTree.fromstring(files.read_text(path, project.name(path)))
        except ElementTree.ParseError as error:
            yield Problem(project.name(path), error.position[0], f"not SVG: {error}")
