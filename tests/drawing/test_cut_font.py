"""The font of the pictures: small, free, under its own name, cut from its original in one command."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from scripts.drawing import cut_font
from scripts.paths import FONTS, THIS

FILES = {weight: FONTS / f"LowTideSans-{weight}.otf" for weight in cut_font.WEIGHTS}


def test_both_weights_and_their_licence_are_in_the_repository():
    assert sorted(FONTS.iterdir()) == sorted([*FILES.values(), FONTS / "OFL.txt"])
    assert sum(file.stat().st_size for file in FILES.values()) < 500_000
    licence = (FONTS / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert cut_font.FAMILY in licence


@pytest.mark.parametrize("weight", cut_font.WEIGHTS)
def test_subset_has_its_own_name_and_keeps_the_copyright(weight: str):
    font = TTFont(FILES[weight])
    names = {name.nameID: name.toUnicode() for name in font["name"].names}
    assert (names[1], names[2], names[6]) == (cut_font.FAMILY, weight, f"LowTideSans-{weight}")
    assert "Adobe" in names[0]
    assert "Open Font License" in names[13]
    for shown in (1, 3, 4, 6, 16):
        assert not any(reserved in names.get(shown, "") for reserved in ("Noto", "Source"))
    assert (font["CFF "].cff.fontNames, font["CFF "].cff.topDictIndex[0].FamilyName) == ([names[6]], cut_font.FAMILY)


@pytest.mark.parametrize("weight", cut_font.WEIGHTS)
def test_quotes_are_narrow_and_han_characters_square(weight: str):
    font = TTFont(FILES[weight])
    wide = {character: font["hmtx"][font.getBestCmap()[ord(character)]][0] for character in "“”‘’·云，"}
    assert max(wide[character] for character in "“”‘’·") < 700
    assert wide["云"] == wide["，"] == font["head"].unitsPerEm == 1000


def test_the_characters_are_those_of_charts_words_and_tables():
    found = cut_font.characters(THIS)
    assert set("azAZ09 “”—·云集贝店（）") <= set(found)
    assert list(found) == sorted(set(found))
    assert "\n" not in found


def test_subset_is_reproducible(tmp_path: Path):
    original = cut_font.ORIGINALS / "NotoSansCJK-Bold.ttc"
    if not original.exists():
        pytest.skip(f"{original} is not here; Debian's fonts-noto-cjk has it")
    for name in ("one", "two"):
        cut_font.cut(original, "Bold", "Low 潮“”").save(tmp_path / name)
    one, two = ((tmp_path / name).read_bytes() for name in ("one", "two"))
    assert one == two
    assert sorted(map(chr, TTFont(tmp_path / "one").getBestCmap())) == sorted("Low 潮“”")
