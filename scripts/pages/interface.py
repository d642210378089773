"""The interface to the JSON of facts and charts: an index of charts, JSON Schemas, an OpenAPI description. In: tables, charts; out: files.

They lie at the site's root and in each edition's folder. A row's schema is derived from its record and table, so that files
use the column names; all other parts of files are described in `interface.yml`.
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
"""Each kind of file by path: its schema in `interface.yml`, and the name of its schema file and of its words."""
NAMES = (INDEX, OPENAPI, *(f"{places.SCHEMAS}/{name}.schema.json" for _, name in FILES.values()))
_ROWS = ("Source", "Entity", "Speaker", "Metric", "Fact", "Caveat", "Evidence", "Check", "Reply", "Correction", "Withdrawal",
         "Figure")  # fmt: skip
_KEYWORDS = ("row", "optional", "before", "properties")  # of `interface.yml` alone
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def files(content: Content, charts: Sequence[Json], home: str = "") -> Iterator[tuple[str, str]]:
    """Yield each file's path below the site's root and its text; `charts` are the metadata files of charts.

    `home` is the folder of the edition that `content` is of, or empty for the current site.
    """
    listed = [{key: one[key] for key in ("slug", "title", "subtitle")} | {"metadata": f"{content.address}{home}{places.chart(one['slug'])}.metadata.json"}
              for one in sorted(charts, key=lambda one: str(one["slug"]))]  # fmt: skip
    yield f"{home}{INDEX}", documents.json_text({"version": content.version, "charts": listed})
    known = schemas(content.dataset, any("id" in row for one in charts for row in (*one["facts"], *one["sources"])))
    for schema, name in FILES.values():
        closed = {"$schema": _DIALECT, "$ref": f"#/$defs/{schema}", "$defs": _with_refs(known, "#/$defs/")}
        yield f"{home}{places.SCHEMAS}/{name}.schema.json", documents.json_text(closed)
    yield f"{home}{OPENAPI}", documents.json_text(_openapi(content, known))


def schemas(data: Dataset, before: bool = False) -> Json:
    """The schemas of all files and their parts, by name; `before` if the charts use former column names."""
    known = {name: _row(data, name) for name in _ROWS}
    for name, part in _parts().items():
        known[name] = _expanded(part, known, before and name == "ChartFile")
    known["Verdict"] |= {"enum": list(verdicts.ORDER)}
    return known


@functools.cache
def _parts() -> Json:
    parts: Json = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
    return parts


def _row(data: Dataset, name: str) -> Json:
    """The schema of a row, by column as in `fact_files`. Cells that may be empty, and columns that editions may lack, allow null."""
    resource, kind = next((table, kind) for table, kind in KINDS.items() if kind.__name__ == name)
    table = data.package.tables.get(resource)
    fields = {field["name"]: field for field in table.schema["fields"]} if table else {}
    key = table.schema.get("primaryKey") if table else ""
    properties = {}
    for column, wanted in _columns(kind, list(fields), data.package.languages):
        named = [column, *codes.columns(column, fields, data.package.languages).values()]
        field: Json = next((fields[one] for one in named if one in fields), {})
        filled = field.get("constraints", {}).get("required") or column == key
        types = _type(wanted) if filled else [_type(wanted), "null"]
        schema = {"$ref": "Text"} if wanted == records.Text else {"type": types}
        described = {"description": " ".join(field["description"].split())} if "description" in field else {}
        properties[column] = schema | described
    return _object(properties)


def _columns(kind: type[Any], columns: list[str], languages: list[str]) -> Iterator[tuple[str, object]]:
    """Yield the JSON names of a record's fields, with types; a translated text has one name for each language."""
    for name, wanted in typing.get_type_hints(kind).items():
        if stem := typed.TRANSLATED.get(name):
            yield from ((column, str) for code in languages if (column := f"{stem}_{code}") in columns)
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


def _expanded(part: Any, known: Mapping[str, Json], before: bool) -> Any:
    """Expand a part of `interface.yml` to JSON Schema: an object has its row's properties, then its own, and no others."""
    if isinstance(part, list):
        return [_expanded(one, known, before) for one in part]
    if not isinstance(part, dict):
        return part
    inner = {key: _expanded(value, known, before) for key, value in part.items() if key not in _KEYWORDS}
    if "properties" not in part:
        return inner
    own = {
        value["before"] if before and "before" in value else key: _expanded(value, known, before)
        for key, value in part["properties"].items()
    }
    return inner | _object(
        {**(known[part["row"]]["properties"] if "row" in part else {}), **own}, part.get("optional", ())
    )


def _with_refs(value: Any, to: str) -> Any:
    """Return schemas with `to` put before the name in each `$ref`."""
    if isinstance(value, list):
        return [_with_refs(one, to) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: f"{to}{one}" if key == "$ref" else _with_refs(one, to) for key, one in value.items()}


def _openapi(content: Content, known: Json) -> Json:
    """The OpenAPI description: path and content of each file. Source: OpenAPI 3.1.1, whose schemas are JSON Schema 2020-12."""
    package = content.dataset.package.descriptor
    licence = package["licenses"][0]

    def words(name: str) -> str:
        return " · ".join(language.words["interface"][name] for language in content.languages)

    def path(place: str, schema: str, name: str) -> Json:
        names = [part.partition("}")[0] for part in place.split("{")[1:]]
        given = [{"name": one, "in": "path", "required": True, "schema": {"type": "string"}} for one in names]
        held = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
        answers = {"200": {"description": words(name), "content": held}} | (
            {"404": {"description": words("none")}} if names else {}
        )
        return {"get": {"operationId": name, "summary": words(name), "parameters": given, "responses": answers}}

    return {
        "openapi": "3.1.1",
        "info": {
            "title": package["title"], "version": content.version, "summary": words("title"), "description": words("text"),
            "license": {"name": licence["title"], "url": licence["path"]},
        },
        "servers": [{"url": "."}],
        "paths": {f"/{place}": path(place, schema, name) for place, (schema, name) in FILES.items()},
        "components": {"schemas": _with_refs(known, "#/components/schemas/")},
    }  # fmt: skip
