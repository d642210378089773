"""A chart's downloads, and the zip of all. In: a chart in every language; out: bytes by file name."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from .. import places
from ..data import codes
from ..drawing import pictures
from ..drawing.engine import Chart
from ..editions import store
from ..reading import archives
from ..words import citations, reports, works
from ..words.languages import Language
from . import blocks, exports
from .content import Content

FORMS = ("apa", "gbt2025")  # the two that readers of our languages need most


def files(content: Content, drawn: Mapping[str, Chart]) -> dict[str, bytes]:
    """Return a chart's downloads by name; `drawn` is the chart by language, the site's first language first."""
    colours = palette(content)
    slug = next(iter(drawn.values())).slug
    made = {}
    for language in content.languages:
        chart, stem = drawn[language.code], f"{slug}.{language.code}"
        drawing = picture(content, language, chart, colours)
        made[f"{stem}.csv"] = exports.table(chart)
        made[f"{stem}.svg"] = drawing.encode()
        made[f"{stem}.png"] = pictures.png(drawing, content.project.build / "drawings")
        cited = citations.files(exports.work(content, language, chart), f"{stem}.cite")
        made |= {name: text.encode() for name, text in cited.items()}
    made[f"{slug}.csv"] = exports.rows(content, drawn[content.languages[0].code])
    made[f"{slug}.vl.json"] = exports.specification(drawn[content.languages[0].code], colours)
    made[f"{slug}.metadata.json"] = exports.description(content, drawn, made)
    packed = {"README.txt": readme(content, drawn, list(made)).encode()} | made
    return made | {f"{slug}.zip": archives.zipped(packed.items(), store.moment(content.dataset.package))}


def listed(slug: str, language: Language, made: Mapping[str, bytes]) -> list[tuple[str, str, int]]:
    """The downloads that a page offers: name, kind (a key of the words' `files`), size in bytes; the zip first."""
    special = {f"{slug}.csv": "rows"}
    kinds = {
        name: special.get(name) or name.removeprefix(f"{slug}.").removeprefix(f"{language.code}.").replace(".", "_")
        for name in made
    }
    there = [(name, kind, len(made[name])) for name, kind in kinds.items() if kind in language.words["files"]]
    return sorted(there, key=lambda one: one[1] != "zip")


def palette(content: Content) -> dict[str, str]:
    """The colours of the site's light scheme, by name."""
    return pictures.palette((content.project.docs / "assets" / "low-tide.css").read_text("utf-8"))


def picture(content: Content, language: Language, chart: Chart, colours: Mapping[str, str]) -> str:
    """The chart as SVG with an imprint: the newest edition's if that has the same drawing, else the working copy's."""
    released = replace(content, unreleased=False)
    drawing = pictures.svg(chart, language.code, _imprint(released, language, chart), colours)
    if not content.unreleased or _in_newest(content, f"{chart.slug}.{language.code}.svg", drawing.encode()):
        return drawing
    return pictures.svg(chart, language.code, _imprint(content, language, chart), colours)


def edition(content: Content, language: Language, slug: str, made: Mapping[str, bytes]) -> str:
    """The edition that a chart's picture names, or the words for a working copy; `made` are the chart's `files`."""
    name = f"{slug}.{language.code}.svg"
    return content.editions[-1].tag if _in_newest(content, name, made[name]) else content.shown_version(language)


def _in_newest(content: Content, name: str, raw: bytes) -> bool:
    """Whether the newest edition has the same bytes under this name."""
    place, newest = f"{places.CHARTS}/{name}", content.editions[-1:]
    return any(store.chart_files(content.project, one).get(place) == raw for one in newest)


def _imprint(content: Content, language: Language, chart: Chart) -> pictures.Imprint:
    package = content.dataset.package.descriptor
    return pictures.Imprint(
        blocks.source_line(content, language, chart),
        f"{codes.text(package, 'title', language.code)} · {content.shown_version(language)}",
        package["licenses"][0]["name"].replace("-", " "),
    )


def readme(content: Content, drawn: Mapping[str, Chart], names: list[str]) -> str:
    """The README of the zip: its files, how to cite the chart, and its licence, in one language after the other."""
    parts = ["\n".join(_readme(content, language, drawn[language.code], names)) for language in content.languages]
    return "\n\n\n".join(parts) + "\n"


def _readme(content: Content, language: Language, chart: Chart, names: list[str]) -> Iterator[str]:
    words, colon = language.words["files"], language.words["labels"]["colon"]
    data, imprint = content.dataset, _imprint(content, language, chart)
    sources = [works.of_report(data, one, language.code) for one in reports.of(data, chart.facts)]
    cited = (exports.work(content, language, chart), *sources)
    licence = data.package.descriptor["licenses"][0]
    yield from (_line(text) for text in (chart.title, chart.subtitle, chart.note))
    yield from ("", _line(imprint.source), _line(imprint.edition))
    yield from ("", f"# {words['cite']}")
    for form in FORMS:
        label, cite = citations.FORMS[form]
        yield from ("", label, *(_line(cite(work)) for work in cited))
    yield from ("", f"# {words['licence']}", "", f"{imprint.licence}, {licence['path']}", _line(words["terms"]))
    yield from ("", f"# {words['list']}", "")
    for name, kind, _ in listed(chart.slug, language, dict.fromkeys(names, b"")):
        yield f"{name}{colon}{words[kind]}"  # files in another language are listed in that one


def _line(text: str) -> str:
    """A text on one line, without unprintable characters."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
