"""The small project in one language, in two, and in three: the third is derived from Chinese and called Japanese."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from scripts import commands
from scripts.paths import Project
from tests.conftest import ADDRESS, SMALL, SMALL_CHARTS, broken, built, copied, damage, problems, rows_of, write_rows

THIRD = str.maketrans({"亿": "億", "“": "「", "”": "」", "《": "『", "》": "』"})


def third(text: str) -> str:
    """A text of the made-up language; its large numbers and quotation marks are CLDR's."""
    return text.replace("美元", "米ドル").translate(THIRD)


def translated(cells: dict[str, Any], codes: list[str]) -> dict[str, Any]:
    """Texts by name for these languages: the first language's names have no code where the small project's have none."""
    found: dict[str, Any] = {}
    for name, value in cells.items():
        stem, _, code = name.rpartition("_")
        if code not in ("en", "zh"):
            stem, code = name, "en" if f"{name}_zh" in cells else ""
        if not code or (stem in cells and f"{stem}_zh" not in cells):  # the title of a source has only a translation
            if not code or "en" in codes:
                found[name] = value
            continue
        said = {"en": cells.get(f"{stem}_en", cells.get(stem)), "zh": cells[f"{stem}_zh"]}
        said["ja"] = third(said["zh"]) if isinstance(said["zh"], str) else said["zh"]
        plain = stem in cells
        found |= {stem if plain and one == codes[0] else f"{stem}_{one}": said[one] for one in codes}
    return found


def in_languages(folder: Path, codes: list[str]) -> Project:
    """The small project in these languages, in this order."""
    project = copied(SMALL, folder)
    if "ja" in codes:
        shutil.copytree(project.docs / "zh", project.docs / "ja")
        for file in (project.docs / "ja").rglob("*.*"):
            file.write_text(third(file.read_text("utf-8")), "utf-8")
        damage(project, "docs/ja/_language.yml", ("locale: zh_Hans_CN", "locale: ja_JP"))
        damage(project, "docs/ja/_language.yml", ("builder_language: zh", "builder_language: ja"))
    for code in {"en", "zh"} - set(codes):
        shutil.rmtree(project.docs / code)
    descriptor = json.loads(project.descriptor.read_text("utf-8"))
    resources = [translated(one, codes) for one in descriptor["resources"]]
    written = translated(descriptor, codes) | {"languages": codes, "resources": resources}
    project.descriptor.write_text(json.dumps(written, ensure_ascii=False, indent=2) + "\n", "utf-8")
    for resource in resources:
        described = project.descriptor.parent / resource["schema"]
        rows = [translated(row, codes) for row in rows_of(project, resource["name"])]
        schema = json.loads(described.read_text("utf-8"))
        fields = {one["name"]: one for one in schema["fields"]}
        schema["fields"] = [
            {**translated(fields.get(name) or fields[f"{name.rpartition('_')[0]}_zh"], codes), "name": name}
            for name in translated(dict.fromkeys(fields, ""), codes)
        ]
        described.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", "utf-8")
        write_rows(project, resource["name"], rows)
    return project


WAYS = [["en"], ["zh"], ["zh", "en"], ["en", "zh", "ja"]]
SITES = [(["en"], ADDRESS), (["zh"], ""), (["zh", "en", "ja"], ADDRESS)]


@pytest.mark.parametrize("codes", WAYS, ids="-".join)
def test_the_project_has_no_problems_in_any_set_of_languages(tmp_path: Path, codes: list[str]):
    assert problems(in_languages(tmp_path / "some", codes)) == []


@pytest.mark.alike(2)
@pytest.mark.parametrize(("codes", "address"), SITES)
def test_the_site_has_no_broken_link_in_any_set_of_languages(tmp_path: Path, codes: list[str], address: str):
    site = built(in_languages(tmp_path / "some", codes), address).site
    assert broken(site, address) == []
    home = (site / "index.html").read_text("utf-8")
    assert f'<html lang="{codes[0]}"' in home
    assert home.count('class="lt-language"') == (len(codes) if codes[1:] else 0)
    register = (site / "facts" / "index.html").read_text("utf-8")
    assert register.count('class="lt-fact__twin"') == register.count('<article class="lt-fact"') * (len(codes) - 1)
    assert {code for code in ("en", "zh", "ja") if (site / code / "index.html").is_file()} == {*codes[1:]}
    linked = json.loads((site / "data" / "latest" / "dataset.jsonld").read_text("utf-8"))
    assert linked["name"] == {"en": "A small project", "zh": "小项目"}[codes[0]]
    with (site / "data" / "latest" / "csv" / "facts_flat.csv").open(encoding="utf-8") as file:
        columns = csv.DictReader(file).fieldnames or []
    assert [name for name in columns if name.startswith("speaker_")] == [f"speaker_{code}" for code in codes]


def test_columns_titles_and_words_missing_in_a_third_language_are_all_reported(tmp_path: Path):
    project = in_languages(tmp_path / "some", ["en", "zh", "ja"])
    damage(project, "docs/ja/_language.yml", ("undated: ", "# "))
    damage(project, "datapackage/datapackage.json", ('"title_ja": ', '"was": '))
    for table, column in (("figures", "name_ja"), ("sources", "publisher_ja"), ("facts", "statement_ja")):
        described = project.descriptor.parent / "data" / f"{table}.schema.json"
        schema = json.loads(described.read_text("utf-8"))
        schema["fields"] = [one for one in schema["fields"] if one["name"] != column]
        described.write_text(json.dumps(schema), "utf-8")
    said = [(one.partition(":")[0], one.split(": ", 1)[1]) for one in problems(project)]
    assert said == [
        (
            "datapackage/data/facts.schema.json",
            "field statement_en: statement_ja is missing; add it here and to the table",
        ),
        ("datapackage/data/figures.schema.json", "field name_en: name_ja is missing; add it here and to the table"),
        (
            "datapackage/data/sources.schema.json",
            "field publisher_zh: publisher_ja is missing; add it here and to the table",
        ),
        ("datapackage/datapackage.json", "'title_ja' is a required property"),
        ("docs/ja/_language.yml", "undated is missing; docs/en/_language.yml:37 has it"),
    ]


def test_pages_and_captions_missing_in_a_third_language_are_reported(tmp_path: Path):
    project = in_languages(tmp_path / "some", ["en", "zh", "ja"])
    (project.docs / "ja" / "charts" / "sales.md").unlink()
    (project.docs / "ja" / "methods.md").unlink()
    said = problems(project)
    assert "docs/ja/methods.md:1: page is missing; there is one in en, zh" in said
    assert "docs/ja/charts/sales.md:1: is missing; it holds the words of chart sales" in said


@pytest.mark.parametrize(
    ("file", "change", "fault"),
    [
        ("facts", ("15.2億元", "15.3億元"), "2: statement: the languages differ in numbers"),
        ("facts", ("15.2億元", "15.2亿元"), "2: statement: the languages differ in numbers"),
        ("facts", ("小店2018年卖了15.2億元", "货摊2018年卖了15.2億元"), "2: statement: the languages differ in names: en alone has Shop (shop); ja alone has Stall (stall)"),
        ("evidence", ("业绩页,Total", "业绩页9,Total"), "2: locator_ja: the languages differ in numbers"),
    ],
)  # fmt: skip
def test_numbers_and_names_of_a_third_language_must_agree_with_the_others(
    tmp_path: Path, file: str, change: tuple[str, str], fault: str
):
    project = in_languages(tmp_path / "some", ["en", "zh", "ja"])
    damage(project, f"datapackage/data/{file}.csv", change)
    assert any(one.startswith(f"datapackage/data/{file}.csv:{fault}") for one in problems(project))


def test_the_first_language_is_the_first_of_the_descriptor(tmp_path: Path):
    content = commands.check(in_languages(tmp_path / "some", ["zh", "en"]), "", SMALL_CHARTS)
    assert [(language.code, language.root) for language in content.languages] == [("zh", ""), ("en", "en/")]
    assert content.dataset.sources["copy"].publisher == {"zh": "海鸥日报", "en": "Gull Daily"}
