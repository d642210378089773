"""The pictures' font, a subset with the characters that they can contain; run by `make font`, not by a build.

In: Noto Sans CJK, as Debian's fonts-noto-cjk installs it; out: two files in scripts/drawing/fonts. The Open Font License
reserves the names Noto and Source for the originals, so the subset has another name; the licence is next to it.
"""

import string
from pathlib import Path
from typing import Any

from ..paths import FONTS, THIS, Project

FAMILY = "Low Tide Sans"
ORIGINALS = Path("/usr/share/fonts/opentype/noto")
WEIGHTS = ("Regular", "Bold")
FACE, WESTERN_FACE = "Noto Sans CJK SC", "Noto Sans CJK JP"
_ALWAYS = (
    string.ascii_letters
    + string.digits
    + string.punctuation
    + " \u00a0–—‘’“”…·×≠≈≥≤−′″、。，；：？！（）《》「」【】％"
)
_TEXTS = ("docs/**/*.md", "docs/*/_language.yml", "datapackage/datapackage.json", "datapackage/data/*.csv")
_LICENCE = "This font is licensed under the SIL Open Font License, Version 1.1."
_NAMES = {3: "{full} 1.0", 4: "{full}", 5: "Version 1.0, cut from Noto Sans CJK", 6: "{post}", 13: _LICENCE,
          14: "https://openfontlicense.org", 1: FAMILY, 2: "{weight}"}  # fmt: skip
_HAN = 0x2E80  # where the scripts of East Asia begin
_COPYRIGHT = 0  # the name record that is kept


def characters(project: Project) -> str:
    """Every printable character of `_ALWAYS`, the pages, the languages' words and the tables, sorted."""
    files = [file for pattern in _TEXTS for file in project.root.glob(pattern)]
    found = set(_ALWAYS).union(*(file.read_text("utf-8") for file in files))
    return "".join(sorted(character for character in found if character.isprintable()))


def cut(original: Path, weight: str, text: str) -> Any:
    """A font with only the glyphs of a text, unhinted, under our name."""
    from fontTools import subset, ttLib

    faces = {face["name"].getDebugName(1): face for face in ttLib.TTCollection(original).fonts}
    font = faces[FACE]
    _narrow(font, faces[WESTERN_FACE])
    options = subset.Options(hinting=False, layout_features=["kern"], name_IDs=[_COPYRIGHT], notdef_outline=True)
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "DSIG"]  # for vertical text, and the signature
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    _rename(font, weight)
    font.recalcTimestamp = False  # the same original gives the same bytes
    return font


def _narrow(font: Any, western: Any) -> None:
    """Take all glyphs below `_HAN` from the western face: this one has quotes and dots as wide as Han characters."""
    glyphs = western.getBestCmap()
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({code: glyphs[code] for code in table.cmap if code < _HAN and code in glyphs})


def _rename(font: Any, weight: str) -> None:
    full, post = f"{FAMILY} {weight}", f"{FAMILY.replace(' ', '')}-{weight}"
    for name, text in _NAMES.items():
        filled = text.format(full=full, post=post, weight=weight)
        font["name"].setName(filled, name, 3, 1, 0x409)  # for Windows, Unicode, in English
    outlines = font["CFF "].cff
    outlines.fontNames = [post]
    top = outlines.topDictIndex[0]
    top.FullName, top.FamilyName, top.Weight = full, FAMILY, weight


def main() -> None:
    """Cut both weights again."""
    for weight in WEIGHTS:
        font = cut(ORIGINALS / f"NotoSansCJK-{weight}.ttc", weight, characters(THIS))
        font.save(FONTS / f"LowTideSans-{weight}.otf")


if __name__ == "__main__":
    main()
