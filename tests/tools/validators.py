"""Run the validators of RO-Crate, CSV on the Web and Croissant on folders of editions, and OpenAPI's on files. In: folders, files; out: faults, line by line.

`make formats` runs it in its own environment: roc-validator needs an older rich than the build, and together they
take 350 MB. It imports nothing from the project. `--offline` contacts no host: RO-Crate's context is served from here.
"""

import io
import json
import sys
import urllib.response
import warnings
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any
from unittest import mock

TERMS = [
    "CreativeWork",
    "Dataset",
    "Organization",
    "about",
    "author",
    "contentSize",
    "datePublished",
    "description",
    "encodingFormat",
    "hasPart",
    "identifier",
    "keywords",
    "license",
    "name",
    "publisher",
    "sha256",
    "temporalCoverage",
    "url",
    "version",
]
CONTEXT = {"@context": {
    **{term: f"http://schema.org/{term}" for term in TERMS}, "File": "http://schema.org/MediaObject",
    "conformsTo": "http://purl.org/dc/terms/conformsTo",
}}  # fmt: skip
"""The part of RO-Crate's context that our crates use."""


def crate(folder: Path) -> Iterator[str]:
    """Yield each requirement of RO-Crate 1.2 that a folder does not meet."""
    from rocrate_validator import models, services

    settings = services.ValidationSettings(
        rocrate_uri=str(folder), profile_identifier="ro-crate-1.2", requirement_severity=models.Severity.REQUIRED
    )
    for issue in services.validate(settings).get_issues():
        yield f"{folder.name}/ro-crate-metadata.json: {issue.message}"


def csv(folder: Path) -> Iterator[str]:
    """Yield each table that does not fit its description."""
    import csvw

    name = f"{folder.name}/data/csv-metadata.json"
    try:
        read = csvw.CSVW(str(folder / "data" / "csv-metadata.json"))
        if not read.is_valid:
            yield from (f"{name}: {warning.message}" for warning in read.warnings)
    except (ValueError, KeyError) as error:
        yield f"{name}: {error}"


def croissant(folder: Path) -> Iterator[str]:
    """Yield Croissant's warnings, and tables that it cannot read."""
    import mlcroissant

    name = f"{folder.name}/croissant.json"
    try:
        data = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
        yield from (f"{name}: {text}" for text in data.metadata.ctx.issues.warnings)
        for described in json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]:
            if (folder / described["path"]).read_bytes().count(b"\n") > 1:
                assert any(True for _ in data.records(described["name"])), described["name"]
    except Exception as error:  # any exception is a finding
        yield from (f"{name}: {line.strip()}" for line in str(error).splitlines() if line.strip())


def openapi(file: Path) -> Iterator[str]:
    """Yield what violates OpenAPI, or the JSON Schema in it."""
    import openapi_spec_validator

    described = json.loads(file.read_text("utf-8"))
    for fault in openapi_spec_validator.OpenAPIV31SpecValidator(described).iter_errors():
        yield f"{file.parent.name}/{file.name}: {'/'.join(map(str, fault.absolute_path))}: {fault.message[:200]}"


def here() -> tuple[Any, Any]:
    """Return patches that answer requests for RO-Crate's context locally."""
    import rdflib._networking
    import requests
    import requests_cache

    raw, headers = json.dumps(CONTEXT).encode(), Message()
    headers["Content-Type"] = "application/ld+json"

    def opened(request: Any) -> Any:
        return urllib.response.addinfourl(io.BytesIO(raw), headers, request.full_url, 200)

    def asked(session: object, method: str, url: str, **_: object) -> Any:
        answer = requests.Response()
        answer.status_code, answer.url, answer._content = 200, url, raw
        answer.headers["Content-Type"] = "application/ld+json"
        return answer

    return (
        mock.patch.object(rdflib._networking, "urlopen", opened),
        mock.patch.object(requests_cache.CachedSession, "request", asked),
    )


def main(words: list[str]) -> int:
    """Print what is wrong with each folder and file; exit code 1 if anything is."""
    if "--offline" in words:
        for patch in here():
            patch.start()
    paths = [Path(word) for word in words if word != "--offline"]
    folders, files = [path for path in paths if path.is_dir()], [path for path in paths if not path.is_dir()]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = [fault for folder in folders for ask in (crate, csv, croissant) for fault in ask(folder)]
        found += [fault for file in files for fault in openapi(file)]
    valid = f"{len(folders)} folders are valid RO-Crate, CSVW and Croissant, {len(files)} files valid OpenAPI"
    print(*found or [valid], sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
