"""The files of an edition's folder: those made by its release are published as they are, the others by each build."""

import csv
import io
import json
from dataclasses import replace

from scripts import commands
from scripts.editions import store, unfold
from scripts.pages.content import Content
from scripts.paths import THIS, Project
from scripts.words import lists
from tests.conftest import SMALL_CHARTS, Built


def test_formats_of_every_real_edition_are_published_unaltered(real: Content, real_site: Built):
    for edition in real.editions:
        held = store.format_files(THIS, edition)
        stem = edition.file.removesuffix(".zip")
        assert {f"{stem}.xlsx", f"{stem}.sqlite", "cite.bib", "ro-crate-metadata.json"} <= set(held)
        for name, raw in held.items():
            assert (real_site.site / "data" / edition.tag / name).read_bytes() == raw, name
        own = store.contents(THIS, edition)["data/facts.csv"].decode()
        rows = [row["fact_id"] for row in csv.DictReader(io.StringIO(own, newline=""))]
        assert [row["fact_id"] for row in json.loads(held["json/facts_flat.json"])] == rows


def test_formats_of_a_release_are_not_changed_by_later_words(two_editions: Project):
    edition = store.read(two_editions)[0][-1]
    held = store.format_files(two_editions, edition)
    assert {"small-0.1.1.sqlite", "parquet/facts/facts.parquet"} <= set(held)
    package = commands.check(two_editions, "", SMALL_CHARTS).dataset.package
    for words in ((), (lists.Term("facts", "kind", "event", "en", "another name", ""),)):
        there = unfold.files(two_editions, package, edition, words)
        assert {name: raw for name, raw in there.items() if name in held} == held


def test_formats_that_no_release_made_are_made_by_each_build(two_editions: Project):
    edition = store.read(two_editions)[0][-1]
    content = commands.check(two_editions, "", SMALL_CHARTS)
    words = lists.terms(content.languages)
    there = unfold.files(two_editions, content.dataset.package, replace(edition, formats=None), words)
    assert there == unfold.files(two_editions, content.dataset.package, edition)
