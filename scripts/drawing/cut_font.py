"""The font of the pictures, cut to the characters that they can need; `make font` runs this, a build does not.

In: Noto Sans CJK, as Debian's fonts-noto-cjk installs it; out: two files in scripts/drawing/fonts. The open font licence keeps
the names Noto and Source for the originals, so the cut has a name of its own; the licence lies beside it.
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
_COPYRIGHT = 0  # the name that stays as it is


def characters(project: Project) -> str:
    """Every character that a picture may show: those of the charts, the languages' words and the tables."""
    files = [file for pattern in _TEXTS for file in project.root.glob(pattern)]
    found = set(_ALWAYS).union(*(file.read_text("utf-8") for file in files))
    return "".join(sorted(character for character in found if character.isprintable()))


def cut(original: Path, weight: str, text: str) -> Any:
    """A font with the glyphs of a text only, without hints, under our own name."""
    from fontTools import subset, ttLib

    faces = {face["name"].getDebugName(1): face for face in ttLib.TTCollection(original).fonts}
    font = faces[FACE]
    _narrow(font, faces[WESTERN_FACE])
    options = subset.Options(hinting=False, layout_features=["kern"], name_IDs=[_COPYRIGHT], notdef_outline=True)
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "DSIG"]  # what vertical text would need
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    _rename(font, weight)
    font.recalcTimestamp = False  # the same original gives the same bytes
    return font


def _narrow(font: Any, western: Any) -> None:
    """Take quotes and dots from the face that has them as narrow as letters; this one has them as wide as Han."""
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
    """Cut both weights anew."""
    for weight in WEIGHTS:
        font = cut(ORIGINALS / f"NotoSansCJK-{weight}.ttc", weight, characters(THIS))
        font.save(FONTS / f"LowTideSans-{weight}.otf")


if __name__ == "__main__":
    main()
