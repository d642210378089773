"""Compare every drawing of the charts with the newest edition's: `make drawings`; on a pull request an artefact.

In: the charts as a release would freeze them now, and those of the newest edition; out: build/changes, a page with
before, after and difference of each that changed, and summary.md. A drawing is one chart in one language and size, or its
download; its SVG is compared as text, then its pixels as PNG. Exit codes: 0 all unchanged; 3 something changed, is
new or gone; 4 something could not be compared; 1 and 2 as in HACKING.
"""

import base64
import dataclasses
import html
import io
import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy
import vl_convert
from PIL import Image

from scripts import commands, progress
from scripts.drawing import pictures, theme
from scripts.editions import store
from scripts.pages import downloads, edition_pages, staging
from scripts.paths import THIS, Project
from scripts.problem import Problem, Problems

UNCHANGED, CHANGED, NEW, GONE, UNCHECKED = "unchanged", "changed", "new", "gone", "unchecked"
SAME, DIFFERS, NOT_COMPARED = 0, 3, 4
_EMBED = re.compile(r"embed/(.+)\.html")
_PICTURE = re.compile(r"charts/(.+)\.svg")
_FRAME = re.compile(r'<div class="lt-figure__frame lt-figure__frame--(\w+)">(<svg.*?</svg>)</div>', re.DOTALL)
_GROUND = re.compile(r"(<svg\b[^>]*>)")


@dataclass(frozen=True, slots=True)
class Compared:
    """One drawing: its state, the share of pixels that differ, why it could not be compared, and PNGs by label."""

    name: str
    state: str
    share: float = 0.0
    fault: str = ""
    shown: Mapping[str, bytes] = dataclasses.field(default_factory=dict)


def found(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SVG of each drawing among an edition's chart files, by `slug.language.size`; empty if a size is missing."""
    drawings = {}
    for name, raw in files.items():
        if page := _EMBED.fullmatch(name):
            sizes = dict(_FRAME.findall(raw.decode(errors="replace")))
            drawings |= {f"{page[1]}.{frame.name}": sizes.get(frame.name, "") for frame in theme.FRAMES}
        elif picture := _PICTURE.fullmatch(name):
            drawings[f"{picture[1]}.picture"] = raw.decode(errors="replace")
    return drawings


def compare(name: str, before: str | None, after: str | None, colours: Mapping[str, str]) -> Compared:
    """Compare one drawing; None for a side without it."""
    if before == after and before:
        return Compared(name, UNCHANGED)
    try:
        shown = {what: _png(svg, colours) for what, svg in (("before", before), ("after", after)) if svg is not None}
    except (ValueError, RuntimeError) as error:  # RuntimeError is the renderer's
        return Compared(name, UNCHECKED, fault=" ".join(str(error).partition("\nStack")[0].split())[:200])
    if len(shown) < 2:
        return Compared(name, NEW if before is None else GONE, 1.0, shown=shown)
    share, difference = differing(shown["before"], shown["after"])
    return Compared(name, CHANGED, share, shown=shown | {"difference": difference})


def _png(svg: str, colours: Mapping[str, str]) -> bytes:
    """Render a drawing on paper in the light scheme; raises ValueError if it cannot be drawn."""
    if not svg:
        raise ValueError("the page has no drawing of this size")
    pictures.font()
    ground = f'<rect width="100%" height="100%" fill="{colours["paper"]}"/>'
    return vl_convert.svg_to_png(_GROUND.sub(rf"\1{ground}", pictures.coloured(svg, colours), count=1))


def differing(before: bytes, after: bytes) -> tuple[float, bytes]:
    """The share of differing pixels over the larger of both sizes, and a picture of `after`, pale, with them in red."""
    one, other = (numpy.asarray(Image.open(io.BytesIO(png)).convert("RGBA")) for png in (before, after))
    height, width = (max(one.shape[i], other.shape[i]) for i in (0, 1))
    sides = []
    for side in (one, other):
        padded = numpy.full((height, width, 4), (255, 255, 255, 0), numpy.uint8)  # drawings have no transparent pixel
        padded[: side.shape[0], : side.shape[1]] = side
        sides.append(padded)
    mask = (sides[0] != sides[1]).any(axis=2)
    picture = sides[1] // 3 + 170
    picture[mask] = (200, 0, 0, 255)
    packed = io.BytesIO()
    Image.fromarray(picture).save(packed, "PNG")
    return float(mask.mean()), packed.getvalue()


def ranked(before: Mapping[str, str], after: Mapping[str, str], colours: Mapping[str, str]) -> list[Compared]:
    """Compare all drawings of both sides; sort those not compared first, then by share of change, then by name."""
    names = sorted(before.keys() | after.keys())
    some = [compare(name, before.get(name), after.get(name), colours) for name in names]
    return sorted(some, key=lambda one: (one.state != UNCHECKED, one.state == UNCHANGED, -one.share, one.name))


def summary(edition: str, some: list[Compared]) -> str:
    """The counts, and a table of all that changed, as Markdown."""
    counts = Counter(one.state for one in some)
    states = (CHANGED, NEW, GONE, UNCHECKED, UNCHANGED)
    lines = [f"Charts since {edition}: {', '.join(f'{counts[state]} {state}' for state in states)}."]
    changed = [one for one in some if one.state != UNCHANGED]
    lines += ["", "| drawing | | pixels that differ |", "|---|---|---|"] if changed else []
    lines += [f"| {one.name} | {one.state} | {one.fault or f'{one.share:.2%}'} |" for one in changed]
    return "\n".join(lines) + "\n"


def page(edition: str, some: list[Compared]) -> Iterator[str]:
    """Yield the lines of the report as self-contained HTML."""
    yield f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Charts since {edition}</title><h1>Charts since {edition}</h1>'
    for one in some:
        if one.state != UNCHANGED:
            yield f"<h2>{html.escape(one.name)}: {one.state} {html.escape(one.fault) or f'{one.share:.2%}'}</h2>"
            for what, png in one.shown.items():
                data = base64.b64encode(png).decode()
                yield f'<figure><figcaption>{what}</figcaption><img alt="{html.escape(one.name)}, {what}" src="data:image/png;base64,{data}"></figure>'


def report(edition: str, some: list[Compared], to: Path) -> int:
    """Write the page and its summary; return the exit code."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    (to / "index.html").write_text("\n".join(page(edition, some)) + "\n", "utf-8")
    (to / "summary.md").write_text(summary(edition, some), "utf-8")
    if step := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(step).open("a", encoding="utf-8") as file:
            file.write(summary(edition, some))
    states = {one.state for one in some}
    return NOT_COMPARED if UNCHECKED in states else DIFFERS if states - {UNCHANGED} else SAME


def main(project: Project = THIS, modules: commands.Drawings = None) -> int:
    """Compare all charts of a project with those of its newest edition, and print the summary."""
    try:
        content = commands.check(project, "", modules)
        if not content.editions or not content.editions[-1].charts:
            name = project.name(store.folder(project) / store.LIST)
            raise Problems([Problem(name, 1, "no edition has charts to compare with; freeze one")])
        newest = content.editions[-1]
        same = dataclasses.replace(content, unreleased=False)  # else every picture differs by "working copy"
        with progress.show(progress.out(), "charts") as each:
            now = edition_pages.charts(same, staging.draw(same, each), each)
        before = found(store.chart_files(project, newest))
        some = ranked(before, found(now), downloads.palette(content))
    except Problems as refused:
        print(*refused.all, refused, sep="\n", file=sys.stderr)
        return 1
    code = report(newest.version, some, project.build / "changes")
    print(
        (project.build / "changes" / "summary.md").read_text("utf-8")
        + f"See {project.name(project.build)}/changes/index.html ."
    )
    return code


if __name__ == "__main__":
    sys.exit(main())
