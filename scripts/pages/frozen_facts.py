"""An edition's page, and the page, JSON and oEmbed file of each of its facts, made from its files alone. In: `Content`; out: files.

They link to pages of the current site but use nothing else of it, so that they do not change.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .. import places
from ..editions import opened, store
from ..words import markup
from . import cards, edition_pages, fact_files, facts, frozen_places, interface, oembed
from .content import Content


def files(content: Content, edition: store.Frozen) -> Iterator[tuple[str, str]]:
    """Yield path and text of every page in every language, and of every JSON file, of an edition.

    A repeated path continues its text, as in `fact_files.files`.
    """
    codes = [language.code for language in content.languages]
    data = opened.read(store.contents(content.project, edition), codes)
    had = replace(content, dataset=data, editions=(edition,), unreleased=False)
    held = store.chart_files(content.project, edition)
    charts = [json.loads(raw) for name, raw in sorted(held.items()) if name.endswith(".metadata.json")]
    drawn = _drawn(charts)
    for place in frozen_places.homes(content, edition):
        yield place.file, edition_pages.page(content, edition, data, charts, place)
        for id_ in had.fact_ids:
            at = place.of(f"{places.fact(id_)}/")
            yield at.file, _page(content, had, id_, at, drawn.get(id_, []))
    home = f"{places.edition(edition.tag)}/"
    for language in content.languages if content.address else ():
        for fact in data.facts.values():
            text = oembed.of_fact(had, language, fact, cards.of_edition(content, fact.fact_id))
            yield oembed.place(places.fact(fact.fact_id, edition.tag), language), text
    for path, text in fact_files.files(had, {}, home):
        yield f"{home}{path}", text
    yield from interface.files(had, charts, home)


def _drawn(charts: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The metadata of the charts that draw each fact, by the fact's id."""
    found: dict[str, list[dict[str, Any]]] = {}
    for chart in charts:
        for fact in chart["facts"]:
            found.setdefault(fact.get("fact_id") or fact["id"], []).append(chart)
    return found


def _page(content: Content, had: Content, id_: str, place: frozen_places.Place, drawn: list[dict[str, Any]]) -> str:
    """Render a fact's page in an edition (`had`), with the charts that drew it; `content` is the current site's."""
    language, labels, edition = place.language, place.language.words["labels"], had.editions[0]
    fact, own = had.dataset.facts.get(id_), places.fact(id_, edition.tag)
    head = facts.head(had, language, places.fact(id_))
    here = content.address and f"{content.address}{place.address}"
    values = edition_pages.frame(had, edition, place) | {
        "id_": id_,
        "title": head["title"] if head else "",
        "gone": None if fact else had.dataset.withdrawals[id_],
        "note": labels["frozen_note"].format(edition.version),
        "current": labels["current_page"],
        "card": f"{content.address}{cards.place(language, cards.of_edition(content, id_))}",
        "here": here,
        "oembed": oembed.link(content, language, own, here),
    }
    if fact is None:
        values["work"] = edition_pages.work(had, language, edition)
    else:
        charts = [(chart["slug"], chart["title"][language.code]) for chart in drawn]
        current = {"moving": "", "moving_too": False, "carded": False, "drawn": charts, "shown": []}
        values = facts.of(had, language, fact, "") | values | current
    return markup.templates().get_template("frozen-fact.html").render(**values)
