"""Patch changed lines into the built pages, ahead of the full build. In: `Content`, a site; out: number of pages patched.

Most lines of a staged page appear unchanged in its HTML, since quotes are filled with HTML. Other changes show only
after the build that follows.
"""

import os

from ..pages import staging
from ..pages.content import DRAWN, Content
from ..words import outline
from ..words.languages import Language
from . import finish, typeset


def show(content: Content, drawn: DRAWN) -> int:
    """Patch each line that differs from the last staged version into its page; return the number of pages changed."""
    shown = 0
    for language in content.languages:
        for page in (*content.pages[language.code], *staging.later_pages(content, language)):
            shown += _page(content, language, page, drawn)
    return shown


def _page(content: Content, language: Language, page: outline.Page, drawn: DRAWN) -> bool:
    project = content.project
    staged = project.build / "docs" / language.code / f"{page.slug}.md"
    home = project.site / language.root / ("" if page.slug == outline.HOME else page.slug)
    if not staged.is_file() or not (home / "index.html").is_file():
        return False
    old, new = staged.read_text("utf-8").split("\n"), staging.text(content, language, page, drawn).split("\n")
    if old == new or len(old) != len(new):
        return False
    html = before = (home / "index.html").read_text("utf-8")
    for was, now in zip(old, new, strict=True):
        if was != now and was.strip():
            old_html, new_html = (finish.linked(line.strip(), content) for line in (was, now))
            html = html.replace(
                typeset.page(old_html, language, content.languages), typeset.page(new_html, language, content.languages)
            )
    if html == before:
        return False
    half = home / f".index.{os.getpid()}"  # atomic: a full disk or an interrupt leaves the page unchanged
    half.write_text(html, "utf-8")
    half.replace(home / "index.html")
    return True
