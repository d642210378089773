"""The frozen editions on the site: pages, changes, the list for programs, the feed; and the charts that a release freezes.

In: `Content`; out: pages, files by path below the site's root.
"""

import functools
import json
from collections.abc import Iterator
from typing import Any

from .. import places, progress
from ..data import codes
from ..data.dataset import Dataset
from ..editions import diff, formats, store, unfold
from ..editions.diff import Change
from ..reading import documents
from ..words import citations, markup, works
from ..words.languages import Language
from . import blocks, chart_pages, downloads, facts, frozen_places, offers, policy
from .content import DRAWN, Content

FEED = "feed.xml"
# Downloads of a chart that a release freezes; no PNG, since it is made from the SVG and ten times as large.
FROZEN_FORMS = (".csv", ".svg", ".json", ".bib", ".ris")


def page(
    content: Content, edition: store.Frozen, data: Dataset, charts: list[dict[str, Any]], place: frozen_places.Place
) -> str:
    """Render the page of an edition at a place in its folder; `data` are its records, `charts` its charts' metadata files."""
    language, files = place.language, offers.files(content, edition)
    before, found = changed(content, edition)
    opened = formats.tables.read(files)
    values = (
        blocks.ASKED
        | frame(content, edition, place)
        | {
            "title": codes.text(opened.descriptor, "title", language.code),
            "note": language.words["labels"]["edition_note"],
            "current": language.words["labels"]["all_editions"],
            "id_": opened.descriptor["name"],
            "of": edition,
            "newest": content.editions[-1],
            "titles": {id_: facts.title(data, language, fact) for id_, fact in data.facts.items()},
            "charts": charts,
            "files": files,
            "here": place.folder.removeprefix("./"),
            "edition": opened,
            "whole": {
                kind: f"{edition.file.removesuffix('.zip')}{ending}"
                for kind, ending in (("package", ".zip"), ("workbook", ".xlsx"), ("database", ".sqlite"))
            },
            "before": before,
            "counts": diff.counted(found),
            "by_table": {
                table: diff.grouped(changes, lambda change: change.kind)
                for table, changes in diff.grouped(found, lambda change: change.table).items()
            },
            "resources": {r["name"]: r for r in opened.descriptor["resources"]},
            "lang": functools.partial(codes.suffix, codes=codes.of(opened.descriptor)),
            "forms": list(citations.FORMS),
            "work": work(content, language, edition),
        }
    )
    return markup.templates().get_template("frozen-edition.html").render(**values)


def frame(content: Content, edition: store.Frozen, place: frozen_places.Place) -> dict[str, Any]:
    """Variables of every page of an edition; `home` is the current page on the site, empty if the site has no address."""
    language = place.language
    live = content.address and content.home(language)
    return {
        "words": language.words,
        "code": language.code,
        "frozen": edition.tag,
        "date": edition.date,
        "live": live,
        "home": live and f"{live}{place.page or content.place(language, '', 'editions')}",
        "twins": [(other, place.twin(other)) for other in content.languages if other is not language],
        "style": place.relative("assets/low-tide.css"),
        "script": place.relative("assets/low-tide.js"),
        "licence": content.dataset.package.descriptor["licenses"][0]["name"],
        "link": place.link,
    }


def work(content: Content, language: Language, edition: store.Frozen) -> works.Work:
    """The citation record of an edition."""
    address = edition.identifier or content.folder(edition.tag)
    descriptor = json.loads(store.contents(content.project, edition)["datapackage.json"])
    return works.of_descriptor(descriptor, language.code, address)


def changed(content: Content, edition: store.Frozen) -> tuple[store.Frozen | None, list[Change]]:
    """Return the previous edition, or None, and the changes since it."""
    place = [one.version for one in content.editions].index(edition.version)
    if not place:
        return None, []
    before = content.editions[place - 1]
    old, new = (store.contents(content.project, one) for one in (before, edition))
    return before, diff.between(old, new)


def files(content: Content) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of all files of all editions, the newest also as `latest`, change lists and feeds; not checksums."""
    for edition in content.editions:
        for name, raw in offers.files(content, edition).items():
            yield f"{places.edition(edition.tag)}/{name}", raw
        before, found = changed(content, edition)
        changes = diff.report(before.version if before else "", edition.version, found)
        yield f"{places.edition(edition.tag)}/changes.json", documents.json_text(changes).encode()
    for name, raw in offers.files(content).items():
        yield f"{places.edition()}/{name}", raw
    listed = {"editions": [_listed(content, one) for one in content.editions]}
    yield f"{places.EDITIONS}/{store.LIST}", documents.json_text(listed).encode()
    if content.address:
        for language in content.languages:
            yield f"{language.root}{FEED}", feed(content, language).encode()


def _listed(content: Content, edition: store.Frozen) -> dict[str, Any]:
    here = content.folder(edition.tag) or f"{edition.tag}/"
    return {
        "version": edition.version,
        "date": edition.date,
        "address": here,
        "file": f"{here}{edition.file}",
        "sha256": edition.sha256,
        "bytes": edition.bytes,
        "sums": store.sha256(formats.sums(unfold.published(content.project, edition))),
        "counts": edition.counts,
        "doi": edition.doi,
    }


def feed(content: Content, language: Language) -> str:
    """Render editions, corrections and withdrawals as an Atom feed, newest first. Source: RFC 4287."""
    package, words = content.dataset.package, language.words
    home = content.home(language)
    entries = sorted(_entries(content, language, home), key=lambda entry: entry["updated"], reverse=True)
    return markup.templates().get_template("feed.xml").render(
        entries=entries, words=words, code=language.code, here=f"{home}{FEED}", data=content.place(language, home, "editions"),
        title=codes.text(package.descriptor, "title", language.code), author=package.descriptor["contributors"][0]["title"],
        updated=entries[0]["updated"] if entries else package.descriptor["created"],
        licence=package.descriptor["licenses"][0]["name"],
    )  # fmt: skip


def _entries(content: Content, language: Language, home: str) -> Iterator[dict[str, str]]:
    labels, code, data = language.words["labels"], language.code, content.dataset
    corrections = content.place(language, home, "corrections")
    when = {edition.version: edition.created for edition in content.editions}
    for edition in reversed(content.editions):
        _, found = changed(content, edition)
        summary = labels["semicolon"].join(
            f"{language.words['changes'][kind]} {number}" for kind, number in diff.counted(found).items()
        )
        link = f"{home}{places.edition(edition.tag)}/"
        title = labels["feed_edition"].format(edition.version)
        summary = summary or labels["first_edition"]
        yield {"title": title, "id": link, "updated": edition.created, "link": link, "summary": summary}
    for one in data.corrections.values():
        if one.fixed_in in when:
            title = labels["feed_correction"].format(one.fact_id)
            link = f"{corrections}#{one.correction_id}"
            change = labels["corrected_notice"].format(version=one.fixed_in, field=one.field, old=one.old, new=one.new)
            summary = f"{change} {one.reason[code]}"
            yield {"title": title, "id": link, "updated": when[one.fixed_in], "link": link, "summary": summary}
    for gone in data.withdrawals.values():
        if gone.withdrawn_in in when:
            title = labels["feed_withdrawal"].format(gone.title[code])
            link = f"{corrections}#withdrawn-{gone.withdrawn_id}"
            yield {
                "title": title,
                "id": link,
                "updated": when[gone.withdrawn_in],
                "link": link,
                "summary": gone.reason[code],
            }


def charts(content: Content, drawn: DRAWN, each: progress.Each = progress.unseen) -> dict[str, bytes]:
    """The chart files that a release freezes: pages for frames, and downloads without addresses."""
    files = {f"{places.FRAMES}/low-tide.css": (content.project.docs / "assets" / "low-tide.css").read_bytes()}
    for language in content.languages:
        for chart in drawn[language.code].values():
            home = f"../{language.root}index.html#{chart.slug}"
            page = policy.put(chart_pages.embed(content, language, chart, "low-tide.css", home), "")
            files[f"{places.frame(chart.slug)}.{language.code}.html"] = page.encode()
    for slug in each(content.charts):
        made = downloads.files(content, {code: charts[slug] for code, charts in drawn.items()})
        files |= {f"{places.CHARTS}/{name}": raw for name, raw in made.items() if name.endswith(FROZEN_FORMS)}
    return files
