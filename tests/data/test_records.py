import dataclasses
from dataclasses import replace

import pytest

from scripts.data import dataset, records, typed
from scripts.data.package import Table
from scripts.pages.content import Content


def test_every_kind_of_record_has_a_table_and_knows_its_line(real: Content):
    assert set(dataset.KINDS) == set(real.dataset.package.tables)
    for name, kind in dataset.KINDS.items():
        table = real.dataset.package.tables[name]
        lines = [record.line for record in typed.read(table, kind)]
        assert lines == list(range(2, len(table.frame) + 2))


@pytest.mark.parametrize("name", dataset.KINDS)
def test_every_field_of_a_record_is_a_column_of_its_table(real: Content, name: str):
    columns = set(real.dataset.package.tables[name].frame.columns)
    for field in dataclasses.fields(dataset.KINDS[name]):
        texts = {f"{field.name}_en", f"{field.name}_zh"}
        translated = f"{typed.TRANSLATED.get(field.name)}_en" in columns
        assert field.name == "line" or field.name in columns or texts <= columns or translated, field.name


def test_column_without_a_language_code_is_in_the_first_language(small: Content):
    assert small.dataset.sources["copy"].publisher == {"en": "Gull Daily", "zh": "海鸥日报"}


@pytest.mark.parametrize(("cell", "position"), [("7", 7), ("7.0", None), ("-7", None), ("", None), ("７", None)])
def test_malformed_integer_is_none(small: Content, cell: str, position: int | None):
    table: Table = small.dataset.package.tables["facts"]
    changed = replace(table, frame=table.frame.head(1).assign(position=[cell]))
    (fact,) = typed.read(changed, records.Fact)
    assert fact.position == position


def test_missing_column_reads_as_empty(small: Content):
    table: Table = small.dataset.package.tables["events"]
    (event, *_) = typed.read(replace(table, frame=table.frame.drop(columns=["evidence_id", "date"])), records.Event)
    assert (event.evidence_id, event.date) == ("", None)


def test_address_of_a_repost_is_not_linked(small: Content):
    copy, report = small.dataset.sources["copy"], small.dataset.sources["report"]
    assert (copy.url, copy.link) == ("http://gulls.example.org/copy", "")
    assert report.link == report.url != ""


def test_sources_of_one_family_are_one_voice(small: Content):
    copy = small.dataset.sources["copy"]
    assert (copy.voice, replace(copy, family="gulls").voice) == ("copy", "gulls")
