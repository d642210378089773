"""The pages of an edition and the page, the JSON and the oEmbed of each of its facts, made from its files alone. In: `Content`; out: files.

A page of the site links to them and they to it; nothing else of the site takes part, so that they stay as they are.
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
    """Yield every page in every language, and every JSON file, of an edition, by its place below the site's root.

    A place that comes again goes on with the text, as `fact_files.files` has it.
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
            there = place.of(f"{places.fact(id_)}/")
            yield there.file, _page(content, had, id_, there, drawn.get(id_, []))
    home = f"{places.edition(edition.tag)}/"
    for language in content.languages if content.address else ():
        for fact in data.facts.values():
            told_of = oembed.of_fact(had, language, fact, cards.of_edition(content, fact.fact_id))
            yield oembed.place(places.fact(fact.fact_id, edition.tag), language), told_of
    for path, text in fact_files.files(had, {}, home):
        yield f"{home}{path}", text
    yield from interface.files(had, charts, home)


def _drawn(charts: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The charts of an edition that draw a fact, as they describe themselves, by the fact's id."""
    found: dict[str, list[dict[str, Any]]] = {}
    for chart in charts:
        for fact in chart["facts"]:
            found.setdefault(fact.get("fact_id") or fact["id"], []).append(chart)
    return found


def _page(content: Content, had: Content, id_: str, place: frozen_places.Place, drawn: list[dict[str, Any]]) -> str:
    """A fact as an edition had it, and the charts that drew it; `content` is what the site has now."""
    language, labels, edition = place.language, place.language.words["labels"], had.editions[0]
    fact, own = had.dataset.facts.get(id_), places.fact(id_, edition.tag)
    head = facts.head(had, language, places.fact(id_))
    here = content.address and f"{content.address}{place.address}"
    told = edition_pages.frame(had, edition, place) | {
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
        told["work"] = edition_pages.work(had, language, edition)
    else:
        charts = [(chart["slug"], chart["title"][language.code]) for chart in drawn]
        living = {"moving": "", "moving_too": False, "drawn": charts, "shown": []}
        told = facts.of(had, language, fact, "") | told | living
    return markup.templates().get_template("frozen-fact.html").render(**told)
