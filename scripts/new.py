"""Create a project: the rows, pages and charts of `template/` with this project's schemas, words, licences and style sheet.

In: an empty folder, a title, languages, the time; out: a small complete project, checked before it is copied there.
"""

import csv
import datetime
import functools
import io
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from . import commands
from .data import cells, codes
from .paths import SCRIPTS, THIS, Project
from .problem import Problem, Problems
from .reading import documents
from .words import languages

TEMPLATE = SCRIPTS / "template"
LONGEST = 120  # characters of a title; a longer one breaks the head of every page
OWNER = "Low Tide contributors"
_SHARED = (
    "docs/assets/low-tide.css",
    "docs/assets/favicon.svg",
    ".gitignore",
    "LICENSE",
    "LICENSE-DATA",
    "datapackage/LICENSE",
)


def make(folder: Path, title: str, listed: str | None, now: datetime.datetime) -> Path:
    """Create a project in an empty or new folder and return it; raises every reason against it at once, and then writes nothing.

    `listed` has the codes of its languages, with commas between; None stands for those of this project.
    """
    said = documents.read_yaml(TEMPLATE / "words.yml", "scripts/template/words.yml").value
    ours = codes.of(_ours())
    spoken = ours if listed is None else [code.strip() for code in listed.split(",")]
    if faults := [*_of_folder(folder), *_of_title(title), *_of_languages(spoken, said)]:
        raise Problems(faults)
    title, name = title.strip(), re.sub("[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-") or "facts"
    with tempfile.TemporaryDirectory() as room:
        project = Project(Path(room) / "project")
        _rows(project, spoken)
        _pages(project, title, spoken, said)
        described = _described(project, title, name, spoken, said, now)
        _texts(project, title, name, described)
        try:
            commands.check(project)
        except Problems as refused:  # the template has no problems (a test checks it), so these are the title's
            faults = [Problem("--title", 1, f"{title!r}: {one.text}") for one in refused.all]
            raise Problems(faults) from refused
        shutil.copytree(project.root, folder, dirs_exist_ok=True)
    return folder


def _of_folder(folder: Path) -> Iterator[Problem]:
    if folder.is_dir() and any(folder.iterdir()):
        yield Problem(str(folder), 1, "is not empty; name an empty folder or a new one")
    elif folder.exists() and not folder.is_dir():
        yield Problem(str(folder), 1, "is a file; name an empty folder or a new one")
    elif folder.resolve().is_relative_to(SCRIPTS):
        yield Problem(str(folder), 1, "lies in the engine's folder; name one elsewhere")


def _of_title(title: str) -> Iterator[Problem]:
    faults = list(cells.plain(title.strip())) if title.strip() else ["is empty; name the project"]
    if len(title) > LONGEST:
        faults.append(f"has {len(title)} characters; a title has at most {LONGEST}")
    if '"' in title:
        faults.append("has a straight quotation mark; write “ and ”")
    yield from (Problem("--title", 1, f"{title[:LONGEST]!r} {fault}") for fault in dict.fromkeys(faults))


def _of_languages(spoken: list[str], said: Mapping[str, Any]) -> Iterator[Problem]:
    there = [folder.name for folder in languages.folders(THIS) if folder.name in said]
    for code in dict.fromkeys(spoken):
        if code not in there:
            remedy = f"choose from {', '.join(there)}, or see CONTRIBUTING, A language"
            yield Problem("--languages", 1, f"{code!r} has no words here; {remedy}")
        if spoken.count(code) > 1:
            yield Problem("--languages", 1, f"{code!r} is listed twice")


@functools.cache
def _ours() -> dict[str, Any]:
    """The descriptor of this project, on which that of a new one is based."""
    found: dict[str, Any] = json.loads(THIS.descriptor.read_text("utf-8"))
    return found


def _in_languages(values: Mapping[str, Any], spoken: list[str], own: str = "") -> dict[str, Any]:
    """Cells or properties by name, renamed and reduced to the languages of the new project; the column `own` keeps its name."""
    ours, found = codes.of(_ours()), dict[str, Any]()
    for name, value in values.items():
        code = codes.suffix(name, ours)
        stem = name.removesuffix(f"_{code}")
        texts = codes.columns(stem, values, ours)
        if stem == own or not texts.keys() - {ours[0]} and not code:
            found |= {name: value} if not code or code in spoken else {}
        else:
            first = stem if stem in values else f"{stem}_{spoken[0]}"
            found |= {(first if one == spoken[0] else f"{stem}_{one}"): values[texts[one]] for one in spoken}
    return found


def _rows(project: Project, spoken: list[str]) -> None:
    """Write the tables and their schemas, without the columns of other languages, and the fingerprints."""
    home = project.descriptor.parent
    shutil.copytree(TEMPLATE / "datapackage" / "fingerprints", home / "fingerprints")
    (home / "data").mkdir()
    for file in sorted((TEMPLATE / "datapackage" / "data").glob("*.csv")):
        own = next((column for table, column in codes.IN_SOURCE_LANGUAGE if table == file.stem), "")
        rows = [_in_languages(row, spoken, own) for row in csv.DictReader(io.StringIO(file.read_text("utf-8")))]
        with (home / "data" / file.name).open("w", encoding="utf-8", newline="") as text:
            writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        schema = json.loads((THIS.descriptor.parent / "data" / f"{file.stem}.schema.json").read_text("utf-8"))
        fields = _in_languages({field["name"]: field for field in schema["fields"]}, spoken, own)
        schema["fields"] = [_in_languages(field, spoken) | {"name": name} for name, field in fields.items()]
        _json(home / "data" / f"{file.stem}.schema.json", schema)


def _pages(project: Project, title: str, spoken: list[str], said: Mapping[str, Any]) -> None:
    """Write pages, words, charts and the builder's settings."""
    shutil.copytree(TEMPLATE / "charts", project.root / "charts", ignore=shutil.ignore_patterns("__pycache__"))
    for code in spoken:
        shutil.copytree(TEMPLATE / "docs" / code, project.docs / code)
        own = {"site_name": title, "site_title": title} | {
            key: said[code][key] for key in ("site_description", "site_footer")
        }
        words = (THIS.docs / code / languages.FILE).read_text("utf-8")
        (project.docs / code / languages.FILE).write_text(_set(words, own), "utf-8")
    settings = THIS.builder_config.read_text("utf-8")
    project.builder_config.write_text(_set(settings, {"site_name": title}), "utf-8")


def _set(text: str, values: Mapping[str, str]) -> str:
    """A YAML text with new values for some top-level keys; everything else, comments included, is unchanged."""
    for key, value in values.items():
        line = yaml.safe_dump({key: value}, allow_unicode=True, width=10_000)
        text = re.sub(rf"^{key}: .*\n", lambda _, line=line: line, text, count=1, flags=re.MULTILINE)  # type: ignore[misc]
    return text


def _described(
    project: Project, title: str, name: str, spoken: list[str], said: Mapping[str, Any], now: datetime.datetime
) -> dict[str, Any]:
    """Write and return the descriptor: this project's list of tables with new metadata."""
    place = codes.names(["spatialCoverage"], codes.of(_ours()))
    described = _in_languages({key: value for key, value in _ours().items() if key not in place}, spoken)
    described |= {
        "name": name,
        "title": title,
        "description": said[spoken[0]]["description"],
        "version": "0.1.0",
        "created": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "keywords": ["facts"],
        "resources": [_in_languages(resource, spoken) for resource in _ours()["resources"]],
        "languages": spoken,
        "contributors": [{"title": f"{title} contributors", "roles": ["creator"]}],
        "sources": [{"title": "Harbour Post, a made-up report on a ferry", "path": "https://example.org/report"}],
    }
    for code in spoken[1:]:
        described |= {f"title_{code}": title, f"description_{code}": said[code]["description"]}
    _json(project.descriptor, described)
    return described


def _texts(project: Project, title: str, name: str, described: Mapping[str, Any]) -> None:
    """Write style sheet, readmes, changelog, licences and citation file, which `check` compares with the descriptor."""
    owner = described["contributors"][0]["title"]
    for file in _SHARED:
        path = project.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((THIS.root / file).read_text("utf-8").replace(OWNER, owner), "utf-8")
    for file in ("README.md", "datapackage/README.md", "datapackage/CHANGELOG.md"):
        text = (TEMPLATE / file).read_text("utf-8").replace("{title}", title).replace("{name}", name)
        (project.root / file).write_text(text, "utf-8")
    cited = {
        "cff-version": "1.2.0",
        "message": "Please cite the dataset as below, and the report beside it.",
        "type": "dataset",
        "title": title,
        "authors": [{"name": owner}],
        "version": described["version"],
        "date-released": datetime.date.fromisoformat(described["created"][:10]),
        "license": described["licenses"][0]["name"],
    }
    (project.root / "CITATION.cff").write_text(yaml.safe_dump(cited, allow_unicode=True, sort_keys=False), "utf-8")


def _json(file: Path, value: object) -> None:
    file.write_text(documents.json_text(value, 2), "utf-8")
