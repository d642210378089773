"""The JSON of facts and charts as an interface: an index of charts, JSON Schemas, an OpenAPI description. In: tables, charts; out: files.

The site has them at its root, each edition in its folder. A row's schema follows from its record and its table, so that a
file has the columns' own names; what files are made of beside rows stands in `interface.yml`.
"""

import functools
import typing
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from .. import places
from ..data import codes, records, typed, verdicts
from ..data.dataset import KINDS, Dataset
from ..reading import documents
from .content import Content

Json = dict[str, Any]
INDEX, OPENAPI = f"{places.CHARTS}/index.json", "openapi.json"
FILES = {
    "facts.json": ("FactsFile", "facts"), f"{places.fact('{fact_id}')}.json": ("FactFile", "fact"),
    INDEX: ("ChartsFile", "charts"), f"{places.chart('{slug}')}.metadata.json": ("ChartFile", "chart"),
}  # fmt: skip
"""Each kind of file by its place: its schema in `interface.yml`, and the name of its schema file and of its words."""
NAMES = (INDEX, OPENAPI, *(f"{places.SCHEMAS}/{name}.schema.json" for _, name in FILES.values()))
_ROWS = ("Source", "Entity", "Speaker", "Metric", "Fact", "Caveat", "Evidence", "Check", "Reply", "Correction", "Withdrawal",
         "Figure")  # fmt: skip
_OURS = ("row", "optional", "before", "properties")
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def files(content: Content, charts: Sequence[Json], home: str = "") -> Iterator[tuple[str, str]]:
    """Yield the place below the site's root and the text of each; `charts` are the files of charts, as they are.

    `home` is the folder of the edition that `content` is of, or nothing for what moves.
    """
    listed = [{key: one[key] for key in ("slug", "title", "subtitle")} | {"metadata": f"{content.address}{home}{places.chart(one['slug'])}.metadata.json"}
              for one in sorted(charts, key=lambda one: str(one["slug"]))]  # fmt: skip
    yield f"{home}{INDEX}", documents.json_text({"version": content.version, "charts": listed})
    known = schemas(content.dataset, any("id" in row for one in charts for row in (*one["facts"], *one["sources"])))
    for schema, name in FILES.values():
        whole = {"$schema": _DIALECT, "$ref": f"#/$defs/{schema}", "$defs": _pointing(known, "#/$defs/")}
        yield f"{home}{places.SCHEMAS}/{name}.schema.json", documents.json_text(whole)
    yield f"{home}{OPENAPI}", documents.json_text(_openapi(content, known))


def schemas(data: Dataset, before: bool = False) -> Json:
    """The schema of every file and of all that is in them, by name; `before` where charts have the columns' former names."""
    known = {name: _row(data, name) for name in _ROWS}
    for name, part in _parts().items():
        known[name] = _whole(part, known, before and name == "ChartFile")
    known["Verdict"] |= {"enum": list(verdicts.ORDER)}
    return known


@functools.cache
def _parts() -> Json:
    parts: Json = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
    return parts


def _row(data: Dataset, name: str) -> Json:
    """A row of a table: its columns as `fact_files` tells them. What a table leaves empty, or lacked once, is null."""
    resource, kind = next((table, kind) for table, kind in KINDS.items() if kind.__name__ == name)
    table = data.package.tables.get(resource)
    fields = {field["name"]: field for field in table.schema["fields"]} if table else {}
    key = table.schema.get("primaryKey") if table else ""
    told = {}
    for column, wanted in _columns(kind, list(fields), data.package.languages):
        there = [column, *codes.columns(column, fields, data.package.languages).values()]
        field: Json = next((fields[one] for one in there if one in fields), {})
        filled = field.get("constraints", {}).get("required") or column == key
        types = _type(wanted) if filled else [_type(wanted), "null"]
        schema = {"$ref": "Text"} if wanted == records.Text else {"type": types}
        about = {"description": " ".join(field["description"].split())} if "description" in field else {}
        told[column] = schema | about
    return _object(told)


def _columns(kind: type[Any], there: list[str], languages: list[str]) -> Iterator[tuple[str, object]]:
    """The names that a record's fields have in JSON, with their types; translations of a text are there each by itself."""
    for name, wanted in typing.get_type_hints(kind).items():
        if stem := typed.TRANSLATED.get(name):
            yield from ((column, str) for code in languages if (column := f"{stem}_{code}") in there)
        elif name != "line":
            yield name, wanted


def _type(wanted: object) -> str:
    if wanted == Decimal | None:
        return "number"
    return "integer" if wanted == int | None else "string"


def _object(properties: Json, optional: Sequence[str] = ()) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _whole(part: Any, known: Mapping[str, Json], before: bool) -> Any:
    """A part of `interface.yml` as JSON Schema: an object's properties after those of its row, and no others."""
    if isinstance(part, list):
        return [_whole(one, known, before) for one in part]
    if not isinstance(part, dict):
        return part
    inner = {key: _whole(value, known, before) for key, value in part.items() if key not in _OURS}
    if "properties" not in part:
        return inner
    own = {
        value["before"] if before and "before" in value else key: _whole(value, known, before)
        for key, value in part["properties"].items()
    }
    return inner | _object(
        {**(known[part["row"]]["properties"] if "row" in part else {}), **own}, part.get("optional", ())
    )


def _pointing(value: Any, to: str) -> Any:
    """Schemas whose references lead to where their names lie."""
    if isinstance(value, list):
        return [_pointing(one, to) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: f"{to}{one}" if key == "$ref" else _pointing(one, to) for key, one in value.items()}


def _openapi(content: Content, known: Json) -> Json:
    """Where each file lies and what it holds. Source: OpenAPI 3.1.1, whose schemas are those of JSON Schema 2020-12."""
    package = content.dataset.package.descriptor
    licence = package["licenses"][0]

    def told(name: str) -> str:
        return " · ".join(language.words["interface"][name] for language in content.languages)

    def path(place: str, schema: str, name: str) -> Json:
        names = [part.partition("}")[0] for part in place.split("{")[1:]]
        given = [{"name": one, "in": "path", "required": True, "schema": {"type": "string"}} for one in names]
        held = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
        answers = {"200": {"description": told(name), "content": held}} | (
            {"404": {"description": told("none")}} if names else {}
        )
        return {"get": {"operationId": name, "summary": told(name), "parameters": given, "responses": answers}}

    return {
        "openapi": "3.1.1",
        "info": {
            "title": package["title"], "version": content.version, "summary": told("title"), "description": told("text"),
            "license": {"name": licence["title"], "url": licence["path"]},
        },
        "servers": [{"url": "."}],
        "paths": {f"/{place}": path(place, schema, name) for place, (schema, name) in FILES.items()},
        "components": {"schemas": _pointing(known, "#/components/schemas/")},
    }  # fmt: skip
