"""Stage each language as plain Markdown for any builder; the only writer of build/docs.

In: `Content` (everything that pages show); out: build/docs/<language>/*.md, its assets and <language>.yml.
"""

import itertools
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from .. import paths, places, progress
from ..drawing import engine, explore
from ..paths import BROWSER
from ..reading import files
from ..words import markup, outline, quotes
from ..words.languages import Language
from . import around, blocks, cards, chart_pages, downloads, fact_files, facts, interface, oembed, register
from .content import DRAWN, Content

NAMES = "names.txt"
"""Names of entities for the search index, which keeps each as one word."""
SEARCHED = {"title": {"boost": 30.0}}
"""Search weights besides a page's text; with the builder's 1,000, a title would outrank every fact that contains its words."""


def draw(content: Content, each: progress.Each = progress.unseen) -> DRAWN:
    """Draw every chart in every language; by language and slug."""
    drawn: dict[str, dict[str, engine.Chart]] = {language.code: {} for language in content.languages}
    keep = content.project.build / "drawings"
    for language, slug in each([(language, slug) for language in content.languages for slug in content.charts]):
        caption = content.captions[language.code][slug]
        drawn[language.code][slug] = engine.draw(
            slug, content.charts[slug], caption, content.context(language), keep, content.actors
        )
    return drawn


def stage(content: Content, drawn: DRAWN, folder: Path, each: progress.Each = progress.unseen) -> None:
    """Write filled pages, assets and one builder configuration for each language into a new folder."""
    names = sorted({name for e in content.dataset.entities.values() for name in e.name.values()})
    folder.mkdir(parents=True)
    files_of = chart_files(content, drawn, each)
    paths.write(folder, NAMES, "".join(f"{name} 10\n" for name in names if " " not in name))
    near = around.index(content)
    for language in content.languages:
        home = folder / language.code
        ignored = shutil.ignore_patterns(*files.IGNORED)
        shutil.copytree(content.project.docs / "assets", home / "assets", ignore=ignored)
        charted = chart_pages.pages(content, language, drawn, files_of)
        made = [*later_pages(content, language), *charted, *facts.pages(content, language, drawn, near)]
        for page in each([*content.pages[language.code], *made]):
            paths.write(home, f"{page.slug}.md", text(content, language, page, drawn))
        for slug, bare in chart_pages.embeds(content, language, drawn):
            paths.write(home, f"{places.frame(slug)}/index.html", bare)
        paths.write(folder, f"{language.code}.yml", _yaml(_config(content, language)))
    first = folder / content.languages[0].code
    for name, raw in itertools.chain(_shared(content, drawn, files_of), cards.files(content, drawn, files_of, each)):
        paths.write(first, name, raw)
    _write_facts(content, drawn, first)


def chart_files(content: Content, drawn: DRAWN, each: progress.Each = progress.unseen) -> dict[str, dict[str, bytes]]:
    """Return the downloads of each chart, by slug and file name."""
    return {
        slug: downloads.files(content, {c: some[slug] for c, some in drawn.items()}) for slug in each(content.charts)
    }


def text(content: Content, language: Language, page: outline.Page, drawn: DRAWN) -> str:
    """A page as the builder reads it: front matter, and the body with every quote filled."""
    filled, problems = quotes.fill(page.body, blocks.context(content, language, page, drawn), page.path)
    if problems:
        raise RuntimeError(problems[0])
    head = {key: page.head[key] for key in page.head if key in outline.BUILDERS}
    return f"---\n{_yaml(markup.escaped(head))}---\n{filled}"


def later_pages(content: Content, language: Language) -> list[outline.Page]:
    """The second and later pages of a register that is longer than one page."""
    found = []
    for first in (page for page in content.pages[language.code] if page.slug == places.FACTS):
        for number in range(2, register.pages(content.dataset) + 1):
            title = first.head["title"] + language.words["joins"]["basis"].format(number)
            body = f"# {markup.inline(title)} {{ #{first.slug}-{number} }}\n\n{{{{ list facts }}}}\n"
            found.append(outline.Page(f"{places.FACTS}/{number}", first.path, first.head | {"title": title}, body, 1))
    return found


def slugs(content: Content, language: Language) -> list[str]:
    """The slugs of all pages of a language's site, written and generated."""
    return [
        *(page.slug for page in (*content.pages[language.code], *later_pages(content, language))),
        *(places.chart(slug) for slug in content.chart_slugs),
        *(places.edition(one.tag) for one in content.editions),
        *(places.fact(id_) for id_ in content.fact_ids),
    ]


def _shared(
    content: Content, drawn: DRAWN, files: Mapping[str, Mapping[str, bytes]]
) -> Iterator[tuple[str, str | bytes]]:
    """Yield path and content of the files that all languages share: scripts, interface, oEmbed responses, charts' downloads."""
    for script in ("low-tide.js", "register.js"):
        yield f"assets/{script}", (BROWSER / script).read_bytes()
    name, bundle = explore.bundle(content.project.build / "drawings")
    yield f"assets/{name}", bundle
    metadata = [json.loads(made[f"{slug}.metadata.json"]) for slug, made in files.items()]
    yield from interface.files(content, metadata)
    for language in content.languages:
        yield from oembed.files(content, language, drawn)
        for slug, chart in drawn[language.code].items():
            yield f"{places.chart(slug)}.{language.code}.explore.json", explore.specification(chart, language)
    for made in files.values():
        yield from ((f"{places.CHARTS}/{name}", raw) for name, raw in made.items())


def _write_facts(content: Content, drawn: DRAWN, home: Path) -> None:
    """Write the JSON of facts piece by piece, to bound memory."""
    for path, text in fact_files.files(content, drawn):
        with paths.inside(home, path).open("a", encoding="utf-8") as file:
            file.write(text)


def _config(content: Content, language: Language) -> dict[str, Any]:
    """The builder's configuration of a language; its paths are relative to where it lies."""
    words = language.words
    shown = {
        "site_name": words["site_name"],
        "site_description": words["site_description"],
        "copyright": words["site_footer"],
        "nav": outline.navigation(content.pages[language.code], language),
    }
    config: dict[str, Any] = {
        "INHERIT": f"../../{content.project.builder_config.name}",
        **markup.escaped(shown),
        "docs_dir": language.code,
        "theme": {"language": words["builder_language"]},
        # Lists of charts and facts link to these pages.
        "not_in_nav": f"{places.CHARTS}/*\n{places.FACTS}/*",
        "plugins": {"search": words["search"] | {"jieba_dict_user": NAMES, "fields": SEARCHED}},
    }
    if content.address:
        config["site_url"] = content.address + language.root
    return config


def _yaml(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000)
