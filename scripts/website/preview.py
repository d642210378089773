"""Show a change in the built pages at once, until the whole site is built anew. In: `Content`, a site; out: pages shown.

A line of a staged page is mostly a line of its HTML too, as quotes are filled with HTML. Where it is not, the page
waits for the build that follows.
"""

import os

from ..pages import staging
from ..pages.content import DRAWN, Content
from ..words import outline
from ..words.languages import Language
from . import finish, typeset


def show(content: Content, drawn: DRAWN) -> int:
    """Put each line that differs from what was staged last into its page; the number of pages that show a change."""
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
            shown, soon = (finish.linked(line.strip(), content) for line in (was, now))
            html = html.replace(
                typeset.page(shown, language, content.languages), typeset.page(soon, language, content.languages)
            )
    if html == before:
        return False
    half = home / f".index.{os.getpid()}"  # a full disk, or an end in the middle, leaves the page as it was
    half.write_text(html, "utf-8")
    half.replace(home / "index.html")
    return True
