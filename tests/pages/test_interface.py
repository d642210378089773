"""The JSON of facts and charts, each file validated against its published schema; and the OpenAPI description."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from scripts.pages import interface
from scripts.pages.content import Content
from tests.conftest import Built, soup

SITES = ["site", "frozen_site", "real_site"]


@pytest.fixture(params=SITES)
def home(request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue(request.param).site


def homes(site: Path) -> list[Path]:
    """The folders with an interface: the site's root, and each edition's."""
    return [site, *sorted((site / "data").glob("v*"))]


def read(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


def described(home: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name of the schema and the file, for every file of the interface in a folder."""
    for place, (_, name) in interface.FILES.items():
        pattern = re.sub(r"\{\w+\}", "*", place)
        files = [file for file in sorted(home.glob(pattern)) if not file.name.endswith(".oembed.json")]
        yield from ((name, file) for file in files)


def validator(home: Path, name: str) -> jsonschema.Draft202012Validator:
    schema = read(home / "schemas" / f"{name}.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_every_file_is_valid_against_its_schema_on_the_site_and_in_each_edition(home: Path):
    for folder in homes(home):
        asked = {name: validator(folder, name) for _, name in interface.FILES.values()}
        seen = set()
        for name, file in described(folder):
            seen.add(name)
            faults = [
                f"{file.relative_to(home)}: {fault.json_path}: {fault.message[:200]}"
                for fault in asked[name].iter_errors(read(file))
            ]
            assert faults == []
        assert seen >= {"facts", "fact", "charts"}, folder


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        ("facts", lambda told: told["facts"][0].pop("qualifier")),
        ("facts", lambda told: told["facts"][0].update(value="90")),
        ("facts", lambda told: told["facts"][0].update(hedge="about")),
        ("facts", lambda told: told["facts"][0].update(verdict="true")),
        ("charts", lambda told: told["charts"][0].pop("metadata")),
        ("chart", lambda told: told["files"][0].update(sha256="x")),
        ("chart", lambda told: told["facts"][0].update(id="x")),
    ],
)
def test_an_invalid_file_is_rejected(real_site: Built, name: str, harm: Any):
    file = next(file for some, file in described(real_site.site) if some == name and read(file).get("facts", [1]))
    told = read(file)
    harm(told)
    assert not validator(real_site.site, name).is_valid(told)


def test_a_file_has_the_columns_of_its_table(real_site: Built, real: Content):
    known = read(real_site.site / interface.OPENAPI)["components"]["schemas"]
    for table, name in (("facts", "Fact"), ("evidence", "Evidence"), ("checks", "Check"), ("sources", "Source")):
        schema = real.dataset.package.tables[table].schema
        columns = dict.fromkeys(
            re.sub("_(en|zh)$", "", field["name"]) if field["name"] != "title_en" else "title_en"
            for field in schema["fields"]
        )
        told = list(known[name]["properties"])
        assert told == [column for column in columns if column in told] and len(told) >= len(columns) - 1, name
        assert all(one.get("description") for one in known[name]["properties"].values()), name


def test_the_openapi_description_has_the_path_of_every_file(home: Path):
    for folder in homes(home):
        told = read(folder / interface.OPENAPI)
        assert told["openapi"].startswith("3.1.") and told["servers"] == [{"url": "."}]
        for path, item in told["paths"].items():
            content = item["get"]["responses"]["200"]["content"]["application/json"]
            assert content["schema"]["$ref"].rpartition("/")[2] in told["components"]["schemas"]
            named = re.findall(r"\{(\w+)\}", path)
            assert [one["name"] for one in item["get"]["parameters"]] == named
            assert item["get"]["summary"] and (named or (folder / path.lstrip("/")).is_file())
        references = set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(told)))
        assert references and all(
            one.removeprefix("#/components/schemas/") in told["components"]["schemas"] for one in references
        )


def test_the_index_lists_every_chart_with_its_metadata(home: Path):
    for folder in homes(home):
        listed = read(folder / interface.INDEX)["charts"]
        there = {file.name.removesuffix(".metadata.json") for file in (folder / "charts").glob("*.metadata.json")}
        assert {one["slug"] for one in listed} == there
        assert all(one["metadata"].endswith(f"charts/{one['slug']}.metadata.json") for one in listed)


@pytest.mark.parametrize("root", ["", "zh/"])
def test_the_data_page_links_to_every_file_of_the_interface(real_site: Built, root: str):
    page = soup(real_site.site / root / "data" / "index.html")
    part = page.select_one("#json").find_next("ul")
    links = {(real_site.site / root / "data" / link["href"]).resolve() for link in part.select("a")}
    assert links >= {(real_site.site / name).resolve() for name in interface.NAMES}
    assert all(link.is_file() for link in links)
    assert "Access-Control-Allow-Origin" in page.get_text()
