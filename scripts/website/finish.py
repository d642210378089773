"""Run the builder on the staged pages, then finish its HTML. In: staged Markdown; out: one site for all languages."""

import functools
import itertools
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from .. import paths, places
from ..editions import formats, store, unfold
from ..pages import blocks, cards, edition_pages, policy, staging
from ..pages.content import DRAWN, Content
from ..problem import Problem, Problems
from ..words import markup, outline
from ..words.languages import Language
from . import builder, frozen, metadata, plain, styles, typeset

_FOLDER_LINK = re.compile(r'href="(?![a-z]+:|/|#)([^"#?]*/|(?:\.\./)*\.{1,2})(#[^"]*)?"')
_SEARCH = '<label class="md-header__button md-icon" for="__search">'  # our tools are inserted before it
_SCRIPT = re.compile(r'<script src="([^"]*/javascripts/bundle\.[^"]*)"></script>')
_DIALOG = '<div class="md-search" data-md-component="search" role="dialog">'  # its role is removed: it has no name, and contains a search
_IMPRINT = '<div class="md-copyright__highlight">'  # our line is inserted before it
_FACT = "#fact"  # the heading of a fact's page
_CODE = re.compile(r'<div class="highlight"><pre>(.*?)</pre></div>', re.DOTALL)
_LOST = re.compile(r"<h1>404 - [^<]*</h1>")


def build(content: Content, drawn: DRAWN, staged: Path, html: Path) -> Path:
    """Build every language into `html/<code>`, merge them, and return the folder of the complete site."""
    problems = builder.make(content, staged, html)
    if problems:
        raise Problems(problems)
    first = html / content.languages[0].code
    files = {f"{places.CHARTS}/{file.name}": file.read_bytes() for file in (first / places.CHARTS).glob("*.*")}
    heads: Mapping[str, Callable[[str], str]] = content.each(
        lambda one: functools.partial(
            metadata.head, content, one, drawn=drawn, files=files, shown=cards.of(content, one, drawn)
        )
    )
    for language in content.languages:
        for file in sorted((html / language.code).rglob("*.html")):
            _finish(file, html / language.code, language, content, heads[language.code])
            problems += _unknown_scripts(file, html / language.code, language, content)
    if problems:
        raise Problems(problems)
    for language in content.languages:
        _index(html / language.code / "search" / "search_index.json", content)
    _sitemap(content, html)
    site = html / content.languages[0].code
    for language in content.languages[1:]:
        shutil.move(html / language.code, site / language.root)
    for name, raw in edition_pages.files(content):
        paths.write(site, name, raw)
    styles.trim(site)
    frozen.put(content, site, html / "frozen", heads)
    _sums(content, site)
    return site


def _index(file: Path, content: Content) -> None:
    """Rewrite the search index so that a large Chinese number is one word, and a fact's page one entry.

    The builder's plugin splits `3.9万` before the word for its size, and a page at its headings.
    """
    sizes = "".join(name.strip()[:1] for language in content.languages for _, name in language.words["large"])
    index = json.loads(file.read_text("utf-8"))
    facts = {doc["location"].removesuffix(_FACT) for doc in index["docs"] if doc["location"].endswith(_FACT)}
    docs = [doc for doc in index["docs"] if doc["location"] not in facts]
    index["docs"] = [doc | {"location": doc["location"].removesuffix(_FACT)} for doc in docs]
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    file.write_text(re.sub(rf"(?<=\d)\u200b(?=[{sizes}])", "", text), "utf-8")


def _sitemap(content: Content, html: Path) -> None:
    """Replace the builder's sitemap of each language with one for all, by sitemaps.org, with alternates as xhtml:link."""
    for language in content.languages:
        for name in ("sitemap.xml", "sitemap.xml.gz"):
            (html / language.code / name).unlink(missing_ok=True)
    first = content.languages[0]
    if content.address:
        slugs, changed = staging.slugs(content, first), store.moment(content.dataset.package).date()
        sitemap = markup.templates().get_template("sitemap.xml")
        text = sitemap.render(content=content, slugs=slugs, changed=changed)
        (html / first.code / "sitemap.xml").write_text(text, "utf-8")


def _finish(file: Path, home: Path, language: Language, content: Content, head: Callable[[str], str]) -> None:
    """Insert our tools into one of the builder's pages; without an address, make links work from a folder.

    The tools are the colour scheme switch, the links to the same page in each language, and our script in place of
    the theme's, which ours loads for search. Metadata is added if the site has an address. The `rel` of its
    alternates ends in a space: an HTML parser reads the same token, but the theme's script does not match it and
    fetches no sitemap for each.
    """
    page = file.relative_to(home).as_posix().removesuffix("index.html")
    text = file.read_text("utf-8")
    if page.startswith(f"{places.FRAMES}/"):
        _write(file, linked(text, content), content, language)
        return
    lost = page == "404.html"
    here = "" if lost else page
    near = "../" * (page.count("/") + bool(language.root))
    up = content.address or ("/" if lost else near)
    shown = blocks.shared(content, language, f"{up}{language.root}") | {
        "twins": [(other, f"{up}{other.root}{here}" or "./") for other in content.languages],
        "lost": lost,
        "up": up,
        "assets": f"{up if lost else near}assets/",
        "explore": next((home.parent / content.languages[0].code / "assets").glob("explore.*.js")).name,
    }
    heads = [head(page.strip("/") or outline.HOME)] if content.address and not lost else []
    heads += [] if lost else [plain.LINK]
    text = markup.once_escaped(text, markup.escaped(language.words["site_name"]))
    for old, new in (
        ("</head>", "\n".join([*heads, f"<script>{policy.SCHEME}</script>", "</head>"])),
        (' class="no-js"', ""),
        (_DIALOG, _DIALOG.replace(' role="dialog"', "")),
        (_SEARCH, f"{markup.block('tools.html', **shown)}\n{_SEARCH}"),
        (_IMPRINT, f"{markup.block('imprint.html', **shown)}\n{_IMPRINT}"),
    ):
        text = _once(text, old, new)
    text = _with_copies(text, language)
    text = _SCRIPT.sub(lambda script: markup.block("script.html", **shown).replace("@search", script[1]), text)
    if lost:
        text = _LOST.sub(lambda _: markup.block("lost.html", **shown), text)
    text = linked(text, content)
    _write(file, text, content, language)
    if not lost:
        keep, edition = content.project.build / "drawings", content.shown_version(language)
        markdown = plain.of_page(content, language, text, here, edition, keep)
        file.with_name(plain.NAME).write_text(markdown, "utf-8")


def _with_copies(text: str, language: Language) -> str:
    """Add a copy button to each piece of code on a page."""
    count = itertools.count(1)
    piece = markup.templates().get_template("code.html")  # not `markup.block`, which removes blank lines
    return _CODE.sub(lambda code: piece.render(number=next(count), code=code[1], words=language.words), text)


def _unknown_scripts(file: Path, home: Path, language: Language, content: Content) -> Iterator[Problem]:
    """Yield a problem for each unknown inline script of a finished page, under the name of its Markdown file."""
    slug = file.relative_to(home).with_suffix("").as_posix().removesuffix(f"/{outline.HOME}")
    for script in policy.unknown(file.read_text("utf-8")):
        fault = f"the page has an unknown script, {script.strip()[:60]!r}; remove it, or see THEME in scripts/pages/policy.py"
        yield Problem(f"{content.project.name(language.folder)}/{slug}.md", 1, fault)


def _write(file: Path, text: str, content: Content, language: Language) -> None:
    """Write a page, typeset and with its policy."""
    file.write_text(policy.put(typeset.page(text, language, content.languages), content.address), "utf-8")


def linked(text: str, content: Content) -> str:
    """Return HTML as published: if the site has no address, links to folders name their index.html."""
    if content.address:
        return text
    return _FOLDER_LINK.sub(lambda link: f'href="{link[1].rstrip("/")}/index.html{link[2] or ""}"', text)


def _once(text: str, old: str, new: str) -> str:
    """Replace the first occurrence; raises `RuntimeError` if the builder no longer writes it."""
    if old not in text:
        raise RuntimeError(f"{builder.BUILDER} no longer writes {old!r}")
    return text.replace(old, new, 1)


def _sums(content: Content, site: Path) -> None:
    """Write the checksums of all files in each edition's folder.

    The files that an edition was published with are in the list that never changes, those of each build in a second one.
    """
    held = {edition.tag: unfold.published(content.project, edition) for edition in content.editions}
    for home in sorted(file for file in (site / places.EDITIONS).iterdir() if file.is_dir()):
        files = {file.relative_to(home).as_posix(): file for file in home.rglob("*") if file.is_file()}
        sums = {name: file.read_bytes() for name, file in files.items()}
        own = held.get(home.name, sums)
        (home / formats.SUMS).write_bytes(formats.sums({name: sums[name] for name in own}))
        if home.name in held:
            anew = {name: raw for name, raw in sums.items() if name not in own}
            (home / formats.ANEW).write_bytes(formats.sums(anew))
