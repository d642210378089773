"""The page and the JSON of each fact as an edition has it, made from the edition's files alone. In: `Content`; out: files.

A page of the site links to them and they to it; nothing else of the site takes part, so that they stay as they are.
"""

import json
import posixpath
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..data.dataset import REGISTER
from ..data.records import Fact, Withdrawal
from ..editions import opened, store
from ..words import markup
from ..words.languages import Language
from . import cards, edition_pages, fact_pages, facts
from .blocks import Content


def files(content: Content, edition: store.Frozen) -> Iterator[tuple[str, str]]:
    """Yield every page in every language, and every JSON file, of an edition, by its place below the site's root."""
    codes = [language.code for language in content.languages]
    inside = store.contents(content.project, edition)
    data = opened.read(inside, codes)
    had = replace(content, dataset=data, editions=(edition,), unreleased=False)
    drawn = _drawn(store.chart_files(content.project, edition))
    for language in content.languages:
        told: list[Fact | Withdrawal] = [*data.facts.values(), *data.withdrawn("fact")]
        for one in told:
            yield _page(had, language, edition, one, drawn)
    home = f"data/{edition.tag}/"
    register = fact_pages.Register(
        data, content.languages, {}, content.address, edition.version,
        home=home, frozen=dict.fromkeys(data.facts, edition.tag),
    )  # fmt: skip
    for path, text in fact_pages.files(register):
        if path != fact_pages.ALL:
            yield f"{home}{path}", text


def _drawn(files: dict[str, bytes]) -> dict[str, list[dict[str, Any]]]:
    """The charts of an edition that draw a fact, as they describe themselves, by the fact's id."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, raw in files.items():
        if name.endswith(".metadata.json"):
            chart = json.loads(raw)
            for fact in chart["facts"]:
                found.setdefault(fact["id"], []).append(chart)
    return found


def _page(
    content: Content,
    language: Language,
    edition: store.Frozen,
    one: Fact | Withdrawal,
    drawn: dict[str, list[dict[str, Any]]],
) -> tuple[str, str]:
    id_ = one.fact_id if isinstance(one, Fact) else one.withdrawn_id
    place = f"{language.root}data/{edition.tag}/{REGISTER}{id_}/"
    site = "../" * place.count("/")
    other = next((some for some in content.languages if some is not language), language)
    frozen = {
        "id_": id_,
        "title": facts.title(content.dataset, language, one) if isinstance(one, Fact) else one.title[language.code],
        "gone": None if isinstance(one, Fact) else one,
        "words": language.words,
        "code": language.code,
        "frozen": edition.tag,
        "date": edition.date,
        "home": f"{site}{language.root}{REGISTER}{id_}/",
        "twin": f"{site}{other.root}data/{edition.tag}/{REGISTER}{id_}/",
        "other": other,
        "style": f"{site}assets/low-tide.css",
        "script": f"{site}assets/low-tide.js",
        "json": f"{site}data/{edition.tag}/{REGISTER}{id_}.json",
        "licence": content.dataset.package.descriptor["licenses"][0]["name"],
        "card": f"{content.address}{cards.place(language, f'{REGISTER}{id_}')}",
        "here": content.address and f"{content.address}{place}",
        "link": lambda kind, of: _link(site, language, edition, kind, of),
    }
    if not isinstance(one, Fact):
        frozen["work"] = edition_pages.work(content, language, edition)
    else:
        charts = [(chart["slug"], chart["title"][language.code]) for chart in drawn.get(id_, [])]
        living = {"moving": "", "moving_too": False, "drawn": charts, "shown": []}
        frozen = facts.of(content, language, one, "") | frozen | living
    return f"{place}index.html", markup.templates().get_template("frozen-fact.html").render(**frozen)


def _link(site: str, language: Language, edition: store.Frozen, kind: str, id_: str) -> str:
    """Where what a fact is tied to has its place in the edition; nothing for what has none there."""
    home, own = f"{site}data/{edition.tag}/", f"{site}{language.root}data/"
    ways = {
        "fact": f"{own}{edition.tag}/{REGISTER}{id_}/",
        "frozen": f"{own}{id_}/",
        "edition": f"{own}{id_}/",
        "chart": f"{home}embed/{id_}.{language.code}.html",
        "json": f"{home}{REGISTER}{id_}.json",
    }
    return posixpath.normpath(ways[kind]) + "/" * ways[kind].endswith("/") if kind in ways else ""
