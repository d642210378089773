"""Charts as pictures: complete in themselves, legible on every machine, in real colours."""

import io
import itertools
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import numpy
import pytest
import vl_convert
from fontTools.ttLib import TTFont
from PIL import Image

from scripts.drawing import engine, pictures
from scripts.drawing.engine import Chart
from scripts.pages import blocks, downloads
from scripts.pages.content import Content
from scripts.paths import FONTS, THIS
from tests.drawing.test_charts import SVG, Drawn, every_text, spoken

WEIGHTS = {"normal": TTFont(FONTS / "LowTideSans-Regular.otf"), "bold": TTFont(FONTS / "LowTideSans-Bold.otf")}
COLOURS = {"paper": "#fefefe", "ink": "#111111", "soft": "#555555", "rule": "#cccccc", "accent": "#006666"}
HOSTILE = "\"a\" <b> & 'c' ]]> <script>x</script>\n\x00\x1b{{ d }} var(--lt-none) =1+1"


def pictured(drawn: Drawn, real: Content, slug: str, code: str) -> str:
    return downloads.picture(real, spoken(real, code), drawn[code][slug], downloads.palette(real))


def texts(picture: str) -> list[ElementTree.Element]:
    """Every text that is drawn."""
    return [text for text in ElementTree.fromstring(picture).iter(f"{SVG}text") if text.get("opacity") != "0"]


def written(picture: str) -> list[ElementTree.Element]:
    """The texts above and below the drawing."""
    return ElementTree.fromstring(picture).findall(f"{SVG}text")


def wide(text: ElementTree.Element) -> float:
    """The width of a text in pixels, by the advances of the font's glyphs."""
    font = WEIGHTS[text.get("font-weight", "normal")]
    glyphs = font.getBestCmap()
    return sum(font["hmtx"][glyphs[ord(c)]][0] for c in text.text) / 1000 * float(text.get("font-size"))


def decoded(png: bytes) -> numpy.ndarray:
    """The pixels of an opaque PNG, height × width × 3."""
    image = Image.open(io.BytesIO(png))
    assert not image.has_transparency_data
    return numpy.asarray(image.convert("RGB"))


@every_text
def test_the_font_has_every_glyph_of_a_picture(drawn: Drawn, real: Content, slug: str, code: str):
    for text in texts(pictured(drawn, real, slug, code)):
        known = WEIGHTS[text.get("font-weight", "normal")].getBestCmap()
        missing = [character for character in text.text if ord(character) not in known]
        assert not missing, f"chart {slug} ({code}): no glyph for {missing} of {text.text!r}; run `make font`"


@every_text
def test_picture_is_self_contained(drawn: Drawn, real: Content, slug: str, code: str):
    picture, chart = pictured(drawn, real, slug, code), drawn[code][slug]
    root = ElementTree.fromstring(picture)
    assert (root.get("lang"), root.get("width"), root.get("role")) == (code, "800", "img")
    title, description, ground = list(root)[:3]
    assert (title.tag, title.text) == (f"{SVG}title", chart.title)
    assert (description.tag, description.text) == (f"{SVG}desc", chart.alt)
    assert root.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
    assert ground.get("fill") == downloads.palette(real)["paper"]
    assert not {tag.tag for tag in root.iter()} & {f"{SVG}{name}" for name in ("script", "style", "image", "use", "a")}
    assert not re.search(r"var\(|href|url\((?!#)|@import|\son[a-z]+=|data:", picture)
    assert {text.get("font-family") for text in texts(picture)} == {pictures.FAMILY}


@every_text
def test_picture_has_its_texts_sources_and_imprint(drawn: Drawn, real: Content, slug: str, code: str):
    picture, chart = pictured(drawn, real, slug, code), drawn[code][slug]
    language = spoken(real, code)
    said = "".join("".join(text.text.split()) for text in written(picture))
    package = real.dataset.package.descriptor
    names, more = blocks.sources_of(real, language, chart)
    for part in (chart.title, chart.subtitle, chart.note, *(name for name, _ in names), more):
        assert "".join(part.split()) in said
    imprint = f"{package['title_zh' if code == 'zh' else 'title']}·{real.shown_version(language)}·CCBY4.0"
    assert said.endswith("".join(imprint.split()))


@every_text
def test_no_text_of_a_picture_is_clipped_or_overlaps(drawn: Drawn, real: Content, slug: str, code: str):
    picture = pictured(drawn, real, slug, code)
    height = float(ElementTree.fromstring(picture).get("height"))
    baselines = []
    for text in written(picture):
        assert wide(text) <= pictures.DRAWING.width, text.text
        baselines.append((float(text.get("y")), float(text.get("font-size"))))
    for (above, _), (below, size) in itertools.pairwise(baselines):
        assert below - above >= size * 1.3
    assert baselines[-1][0] <= height - 20
    top = float(re.search(r'<g transform="translate\(40,([\d.]+)\)">', picture)[1])
    tall = float(re.search(r' height="([\d.]+)"', drawn[code][slug].drawings["wide"])[1])
    ends = [y for y, size in baselines if y <= top] + [y - size for y, size in baselines if y > top]
    assert not [y for y in ends if top < y < top + tall]


@every_text
def test_every_line_of_text_is_visible_in_the_png(drawn: Drawn, real: Content, slug: str, code: str):
    picture = pictured(drawn, real, slug, code)
    png = pictures.png(picture, THIS.build / "drawings")
    assert len(png) < 250_000
    image = decoded(png)
    assert image.shape[1] == 2400
    scale = image.shape[1] / pictures.WIDTH
    paper = numpy.array(list(bytes.fromhex(downloads.palette(real)["paper"][1:])), numpy.uint8)
    assert (image[[0, 0, -1, -1], [0, -1, 0, -1]] == paper).all()
    for text in written(picture):
        x, y, size = (float(text.get(name)) for name in ("x", "y", "font-size"))
        top, bottom, left = (int(at * scale) for at in (y - size, y + size * 0.3, x))
        row, em = image[top:bottom, left:], int(size * scale)
        inked = (row == list(bytes.fromhex(text.get("fill")[1:]))).all(axis=2).any(axis=0)
        end = int(wide(text) * scale)
        assert not inked[end + 3 :].any(), text.text
        assert inked[:em].any() and inked[end - em : end].any(), text.text


@pytest.fixture(scope="module")
def sales(small: Content) -> Chart:
    return engine.draw("sales", small.charts["sales"], small.captions["en"]["sales"], small.context(small.languages[0]))


def test_texts_are_shown_verbatim_and_never_parsed_as_markup(sales: Chart):
    spoilt = replace(sales, title=HOSTILE, subtitle=HOSTILE, alt=HOSTILE, note=HOSTILE)
    picture = pictures.svg(spoilt, "en", pictures.Imprint(HOSTILE, HOSTILE, HOSTILE), COLOURS)
    clean = HOSTILE.replace("\x00", "").replace("\x1b", "")
    root = ElementTree.fromstring(picture)
    assert [root[0].text, root[1].text] == [clean, clean]
    said = " ".join(text.text for text in written(picture))
    assert said == " ".join([" ".join(clean.split())] * 5 + ["·", " ".join(clean.split())])
    assert not list(root.iter(f"{SVG}script"))


def test_labels_of_a_drawing_are_shown_verbatim(small: Content, sales: Chart):
    rows = sales.rows.assign(text="<b>\"&amp;' \\u003c")
    spec = small.charts["sales"].draw(rows, {"unit": "<i>", "axis": "''"}, pictures.DRAWING)
    changed = replace(sales, linked={"wide": engine.svg(spec, "sales-wide")})
    picture = pictures.svg(changed, "en", pictures.Imprint("", "", ""), COLOURS)
    assert [text.text for text in texts(picture)].count("<b>\"&amp;' \\u003c") == 2
    assert len(pictures.png(picture)) > 1000


def test_a_png_has_the_renderers_pixels_in_a_quarter_of_its_size(sales: Chart):
    picture = pictures.svg(sales, "en", pictures.Imprint("s", "e", "l"), COLOURS)
    pictures.font()
    rendered, made = vl_convert.svg_to_png(picture, scale=2), pictures.png(picture, scale=2)
    assert (numpy.asarray(Image.open(io.BytesIO(rendered)).convert("RGB")) == decoded(made)).all()
    assert len(made) < len(rendered) / 4
    assert pictures.png(picture, scale=2) == made


def test_picture_is_cached_by_its_text_and_font(sales: Chart, tmp_path: Path):
    one, two = (
        pictures.svg(replace(sales, title=title), "en", pictures.Imprint("s", "e", "l"), COLOURS) for title in "ab"
    )
    first = pictures.png(one, tmp_path)
    (kept,) = tmp_path.iterdir()
    assert kept.read_bytes() == first == pictures.png(one)
    kept.write_bytes(b"kept")
    assert pictures.png(one, tmp_path) == b"kept"
    assert pictures.png(two, tmp_path) != first
    assert len(pictures.font()) == 64


def test_colours_are_those_of_the_light_scheme():
    sheet = "/* :root { --lt-ink: #000; } */ :root { --lt-sans: x; } :root {\n --lt-ink: #1d2528; --lt-x-y: #abc;\n}\n:root { --lt-ink: #fff; }"
    assert pictures.palette(sheet) == {"ink": "#1d2528", "x-y": "#abc"}
    assert pictures.palette(":root { --lt-sans: serif; } p { --lt-ink: #fff; }") == {}


def test_unknown_colour_raises_with_its_name():
    shown = pictures.coloured('fill="var(--lt-ink)" stroke="var( --lt-soft )"', COLOURS)
    assert shown == 'fill="#111111" stroke="#555555"'
    for unknown in ("var(--lt-none)", "var(--ink)", "var(--lt-ink, red)"):
        with pytest.raises(ValueError, match=re.escape(unknown)):
            pictures.coloured(f'fill="{unknown}"', COLOURS)
