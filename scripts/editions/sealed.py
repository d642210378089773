"""Read the zips of an edition, so that a row can be compared with them. In: the path of a zip; out: fields of a row.

A zip must contain what its own descriptor names and nothing else: each member becomes a file of the website.
"""

import csv
import functools
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .. import places
from ..problem import Problems
from ..reading import archives, documents, files, fitting

DESCRIPTOR = "datapackage.json"
TEXTS = ("README.md", "CHANGELOG.md", "LICENSE", "CITATION.cff")
"""Files that an edition has in addition to descriptor, tables and schemas, if the project has them."""
_CHART = re.compile(r"(embed|charts)/[^/]+")  # a member of a zip of charts
_TEXT = {"type": "string", "minLength": 1}
_LISTED = {"type": "array", "minItems": 1}


def _file(pattern: str) -> dict[str, str]:
    return {"type": "string", "pattern": f"^{pattern}$", "remedy": "would be another file of the website"}


_SHAPE = {
    "type": "object",
    "required": ["name", "version", "created", "title", "licenses", "contributors", "resources"],
    "properties": {
        **dict.fromkeys(("name", "version", "created", "title"), _TEXT),
        "licenses": _LISTED | {"items": {"type": "object", "required": ["name"]}},
        "contributors": _LISTED | {"items": {"type": "object", "required": ["title"]}},
        "resources": _LISTED | {"items": {"type": "object", "required": ["name", "path", "schema"],
                                          "properties": {"name": _file(r"[a-z0-9_-]+"), "path": _file(r"data/[^/]+\.csv"),
                                                         "schema": _file(r"data/[^/]+\.json")}}},
    },
}  # fmt: skip


def stem(descriptor: Mapping[str, Any]) -> str:
    """The stem of a data package's file names: its name and version."""
    return f"{descriptor['name']}-{descriptor['version']}"


@functools.lru_cache(maxsize=128)  # by the checksum that the caller computed: a rebuild calls it again
def package(path: Path, checksum: str) -> dict[str, Any]:
    """Version, creation time, file name and rows by table; raises `ValueError` unless the zip is a complete data package."""
    inside = archives.unzipped(path.read_bytes())
    try:
        document = documents.parse_json(files.decoded(inside.get(DESCRIPTOR, b""), DESCRIPTOR), DESCRIPTOR)
        if faults := fitting.misfits(document, _SHAPE):
            raise Problems(faults)
        described, resources = document.value, document.value["resources"]
        named = {DESCRIPTOR} | {one[key] for one in resources for key in ("path", "schema")}
        if missing := sorted(named - inside.keys()):
            raise ValueError(f"has no member {missing[0]!r}, which its descriptor names")
        if strange := sorted(inside.keys() - named - set(TEXTS)):
            raise ValueError(f"member {strange[0]!r} is not listed in its descriptor")
        counts = {one["name"]: _rows(files.decoded(inside[one["path"]], one["path"])) for one in resources}
    except Problems as found:
        raise ValueError("; ".join(map(str, found.all))) from None
    fields = {"version": described["version"], "created": described["created"], "counts": counts}
    return fields | {"file": f"{stem(described)}.zip"}


def _rows(text: str) -> int:
    try:
        return sum(1 for _ in csv.reader(io.StringIO(text, newline=""), strict=True)) - 1
    except csv.Error as error:
        raise ValueError(f"has a table that is not CSV: {error}") from None


@functools.lru_cache(maxsize=128)
def charts(path: Path, checksum: str) -> dict[str, Any]:
    """The number of charts in a zip of charts; raises `ValueError` if it contains anything else."""
    names = archives.unzipped(path.read_bytes())
    if strange := [name for name in names if not _CHART.fullmatch(name)]:
        raise ValueError(
            f"member {strange[0]!r} is not a chart file; those are in {places.CHARTS}/ and {places.FRAMES}/"
        )
    return {"count": charted(names)}


@functools.lru_cache(maxsize=128)
def formats(path: Path, checksum: str) -> dict[str, Any]:
    """Nothing; raises `ValueError` unless a zip of formats can be unpacked into its folder."""
    archives.unzipped(path.read_bytes())
    return {}


def charted(names: Iterable[str]) -> int:
    """The number of charts among the members of a zip."""
    return len({name.split("/")[1].split(".")[0] for name in names if name.startswith(f"{places.CHARTS}/")})
