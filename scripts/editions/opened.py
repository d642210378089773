"""Read a frozen edition as records, so that pages render it like the current package. In: its files; out: `Dataset`.

A column that an edition did not have yet is empty; other languages fall back to the text that it had.
"""

import io
import json
import typing
from collections.abc import Iterable, Mapping
from typing import Any

import pandas

from ..data import dataset, records, typed
from ..data.package import Package, Table
from ..reading import documents
from . import sealed


def read(inside: Mapping[str, bytes], codes: Iterable[str]) -> dataset.Dataset:
    """The records of an edition, with each text in these languages."""
    descriptor = json.loads(inside[sealed.DESCRIPTOR])
    tables = {one["name"]: _table(inside, one, list(codes)) for one in descriptor["resources"]}
    return dataset.read(Package(sealed.DESCRIPTOR, descriptor, tables, whole=True))


def _table(inside: Mapping[str, bytes], resource: Mapping[str, Any], codes: list[str]) -> Table:
    frame = pandas.read_csv(io.BytesIO(inside[resource["path"]]), dtype=str, keep_default_na=False)
    kind = dataset.KINDS.get(resource["name"])
    for name, wanted in typing.get_type_hints(kind).items() if kind else ():
        if wanted == records.Text and name not in typed.TRANSLATED:
            first = next((frame[one] for one in (name, f"{name}_{codes[0]}") if one in frame), "")
            for column in (f"{name}_{code}" for code in codes):
                if column not in frame and not (column == f"{name}_{codes[0]}" and name in frame):
                    frame[column] = first
    schema = documents.parse_json(inside[resource["schema"]].decode(), resource["schema"])
    return Table(resource["path"], schema, frame)
