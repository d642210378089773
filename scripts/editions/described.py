"""Machine-readable descriptions of an edition. In: its files, their address; out: descriptions by file name.

In addition to its Data Package v2: RO-Crate 1.2 for archives, CSV on the Web for its tables, Croissant 1.1 for machine
learning, and schema.org as a separate file. All are generated from the edition's files, so that they cannot disagree.
Without an address, paths are relative to their folder.
"""

import pathlib
from collections.abc import Iterator, Mapping
from typing import Any

from ..data import codes, periods
from ..reading import documents
from ..words import citations, works
from . import formats, sealed, store
from .formats import tables
from .formats.tables import Edition, Table

Json = dict[str, Any]
CRATE, CSVW, CROISSANT, LINKED = "ro-crate-metadata.json", "data/csv-metadata.json", "croissant.json", "dataset.jsonld"
TYPES = {**formats.MEDIA_TYPES, ".jsonld": "application/ld+json", ".svg": "image/svg+xml", ".png": "image/png", ".html": "text/html",
         ".md": "text/markdown", ".cff": "application/yaml", ".bib": "application/x-bibtex", ".css": "text/css",
         ".ris": "application/x-research-info-systems"}  # fmt: skip
_CSVW = {"integer": "integer", "number": "decimal"}
_CROISSANT = {"integer": "sc:Integer", "number": "sc:Float"}
_ORGANIZATION = "#publisher"
_CONTEXT = {
    "@vocab": "https://schema.org/", "sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/", "dct": "http://purl.org/dc/terms/", "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs", "column": "cr:column", "conformsTo": "dct:conformsTo", "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"}, "extract": "cr:extract", "field": "cr:field",
    "fileObject": "cr:fileObject", "fileProperty": "cr:fileProperty", "fileSet": "cr:fileSet", "format": "cr:format",
    "includes": "cr:includes", "isArray": "cr:isArray", "isLiveDataset": "cr:isLiveDataset", "jsonPath": "cr:jsonPath",
    "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path", "recordSet": "cr:recordSet",
    "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace",
    "samplingRate": "cr:samplingRate", "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField",
    "transform": "cr:transform",
}  # fmt: skip
"""The context that Croissant 1.1 requires in every file, after the language; source: the specification's appendix."""


def files(made: Mapping[str, bytes], address: str = "", identifier: str = "") -> dict[str, bytes]:
    """Generate every description of an edition's files, and its citations in each language; `address` is theirs, `identifier` a persistent one, if any."""
    edition = tables.read(made)
    descriptions = {
        CSVW: _csvw(edition),
        CROISSANT: _croissant(edition, made, address, identifier),
        LINKED: {"@context": "https://schema.org", **dataset(made, edition.languages[0], address, identifier)},
    }
    written = {name: _json(value) for name, value in descriptions.items()}
    for place, code in enumerate(edition.languages):
        work = works.of_descriptor(edition.descriptor, code, identifier or address)
        cited = citations.files(work, f"cite.{code}" if place else "cite")
        written |= {name: text.encode() for name, text in cited.items()}
    return written | {CRATE: _json(_crate(edition, {**made, **written}, address, identifier))}


def dataset(made: Mapping[str, bytes], code: str, address: str, identifier: str) -> Json:
    """The edition as a schema.org Dataset in a language, with every data file of a known media type."""
    edition = tables.read(made)
    d, first = edition.descriptor, edition.descriptor["contributors"][0]["title"]
    described = ("datapackage.json", *(resource["schema"] for resource in d["resources"]))
    offered = {
        name: raw
        for name, raw in made.items()
        if media_type(name) in formats.MEDIA_TYPES.values() and name not in described
    }
    who = [{"@type": "Organization", "name": one["title"]} for one in d["contributors"]]
    return {
        "@type": "Dataset",
        "@id": address or "./",
        "name": codes.text(d, "title", code),
        "description": codes.text(d, "description", code),
        "url": address or "./",
        "identifier": identifier or address or sealed.stem(d),
        "alternateName": sealed.stem(d),
        "version": d["version"],
        "datePublished": d["created"][:10],
        "dateModified": d["created"][:10],
        "keywords": d["keywords"],
        "license": d["licenses"][0]["path"],
        "creator": who,
        "publisher": {"@type": "Organization", "name": first},
        "isAccessibleForFree": True,
        "temporalCoverage": _coverage(edition),
        **place(d, code),
        "variableMeasured": [row.get(f"name_{code}") or row[f"name_{edition.languages[0]}"] for row in _rows(edition, "metrics")],
        "distribution": [download(address, name, raw) for name, raw in sorted(offered.items())],
    }  # fmt: skip


def place(descriptor: Json, code: str) -> Json:
    """The spatial coverage of a package in a language; empty if its descriptor has none."""
    if "spatialCoverage" not in descriptor:
        return {}
    return {"spatialCoverage": {"@type": "Place", "name": codes.text(descriptor, "spatialCoverage", code)}}


def _coverage(edition: Edition) -> str:
    """The first and last year of facts and evidence, as an ISO 8601 interval."""
    found = [row["period"] for name in ("facts", "evidence") for row in _rows(edition, name) if row["period"]]
    spans = [periods.read(text) for text in found]
    ends = [day.year for span in spans for day in (span.first, span.last) if day]
    return f"{min(ends)}/{max(ends)}" if ends else ""


def _rows(edition: Edition, name: str) -> Iterator[Mapping[str, str]]:
    return (row for table in edition.tables if table.name == name for row in table.records())


def media_type(name: str) -> str:
    """The media type of a file by its name."""
    return TYPES.get(pathlib.PurePath(name).suffix, "text/plain")


def download(address: str, name: str, raw: bytes) -> Json:
    """A file as a schema.org DataDownload; `name` is its path below `address`."""
    return {"@type": "DataDownload", "name": name.rpartition("/")[2], "contentUrl": f"{address}{name}",
            "encodingFormat": media_type(name), "contentSize": f"{len(raw)} B", "sha256": store.sha256(raw)}  # fmt: skip


def _crate(edition: Edition, made: Mapping[str, bytes], address: str, identifier: str) -> Json:
    """The folder as a research object, by RO-Crate 1.2, which requires licence and people as separate entities."""
    d, licence = edition.descriptor, edition.descriptor["licenses"][0]
    names = sorted(name for name in made if name != CRATE)
    tabled = {table.resource["path"]: table.resource for table in edition.tables}
    root = {
        "@id": "./", "@type": "Dataset", "name": d["title"], "description": d["description"], "version": d["version"],
        "datePublished": d["created"][:10], "license": {"@id": licence["path"]}, "keywords": ", ".join(d["keywords"]),
        "author": {"@id": _ORGANIZATION}, "publisher": {"@id": _ORGANIZATION}, "temporalCoverage": _coverage(edition),
        "hasPart": [{"@id": name} for name in names],
        **({"identifier": identifier or address} if identifier or address else {}),
        **({"url": address} if address else {}),
    }  # fmt: skip
    parts: list[Json] = [
        {"@id": name, "@type": "File", "name": tabled.get(name, {}).get("title", name.rpartition("/")[2]),
         "description": tabled.get(name, {}).get("description", f"The file {name} of this edition."),
         "encodingFormat": media_type(name), "contentSize": str(len(made[name])), "sha256": store.sha256(made[name])}
        for name in names
    ]  # fmt: skip
    return {
        "@context": "https://w3id.org/ro/crate/1.2/context",
        "@graph": [
            {"@id": CRATE, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"}},
            root,
            {"@id": licence["path"], "@type": "CreativeWork", "name": licence["title"], "description": licence["name"]},
            {"@id": _ORGANIZATION, "@type": "Organization", "name": d["contributors"][0]["title"]},
            *parts,
        ],
    }  # fmt: skip


def _csvw(edition: Edition) -> Json:
    """The tables by CSV on the Web; saved next to the CSV files, where their readers look for it."""
    d = edition.descriptor
    beside = {table.name: pathlib.PurePath(table.resource["path"]).name for table in edition.tables}

    def schema(table: Table) -> Json:
        full = {field["name"] for field in table.fields if table.required(field)}  # CSVW allows no empty reference
        keys = [{"columnReference": field, "reference": {"resource": beside[other], "columnReference": column}}
                for field, other, column in table.links if field in full]  # fmt: skip
        columns = [
            {"name": field["name"], "titles": field["name"], "dc:title": field["title"], "dc:description": field["description"],
             "datatype": _CSVW.get(field["type"], "anyURI" if field.get("format") == "uri" else "string"),
             **({"required": True} if table.required(field) else {})}
            for field in table.fields
        ]  # fmt: skip
        return {"columns": columns, "primaryKey": table.key, **({"foreignKeys": keys} if keys else {})}

    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": edition.languages[0]}],
        "dc:title": d["title"], "dc:description": d["description"], "dc:license": {"@id": d["licenses"][0]["path"]},
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True, "delimiter": ",", "quoteChar": "\""},
        "tables": [{"url": beside[table.name], "dc:title": table.resource["title"], "dc:description": table.resource["description"],
                    "tableSchema": schema(table)} for table in edition.tables],
    }  # fmt: skip


def _croissant(edition: Edition, made: Mapping[str, bytes], address: str, identifier: str) -> Json:
    """The tables for machine learning; without foreign keys, since its reader would join on them and fail at an empty cell."""
    d = edition.descriptor
    paths = {table.name: table.resource["path"] for table in edition.tables}

    def field(table: Table, one: Json) -> Json:
        return {
            "@type": "cr:Field", "@id": f"{table.name}/{one['name']}", "name": one["name"], "description": one["description"],
            "dataType": _CROISSANT.get(one["type"], "sc:Text"),
            "source": {"fileObject": {"@id": paths[table.name]}, "extract": {"column": one["name"]}},
        }  # fmt: skip

    return {
        "@context": {"@language": edition.languages[0], **_CONTEXT}, "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": d["name"], "alternateName": d["title"], "description": d["description"], "version": d["version"],
        "datePublished": d["created"], "license": d["licenses"][0]["path"], "keywords": d["keywords"],
        "url": address or "./", "creator": {"@type": "sc:Organization", "name": d["contributors"][0]["title"]},
        "citeAs": f"{d['contributors'][0]['title']}: {d['title']}, version {d['version']}"
                  + (f", {identifier or address}" if identifier or address else ""),
        "distribution": [
            {"@type": "cr:FileObject", "@id": path, "name": path, "contentUrl": f"{address}{path}", "encodingFormat": "text/csv",
             "contentSize": f"{len(made[path])} B", "sha256": store.sha256(made[path])} for path in paths.values()
        ],
        "recordSet": [
            {"@type": "cr:RecordSet", "@id": table.name, "name": table.name, "description": table.resource["description"],
             "key": [{"@id": f"{table.name}/{name}"} for name in table.key], "field": [field(table, one) for one in table.fields]}
            for table in edition.tables
        ],
    }  # fmt: skip


def _json(value: Json) -> bytes:
    return documents.json_text(value).encode()
