"""Makes faces as foundries make them and engines trip over them: strange.py FOLDER

Each has the letters of "ABCDÉ" and is named after what is odd about it."""
import os
import sys

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, TTCollection

folder = sys.argv[1]
ORDER = [".notdef", "A", "B", "C", "D", "E", "acute", "Eacute"]
CMAP = {ord("A"): "A", ord("B"): "B", ord("C"): "C", ord("D"): "D", ord("E"): "E", 0xB4: "acute", 0xC9: "Eacute"}
BOXES = {"A": (0, 0, 400, 700), "B": (50, 0, 450, 600), "C": (100, 100, 400, 500), "D": (0, 200, 500, 700),
         "E": (50, 0, 500, 650), "acute": (200, 700, 300, 850), ".notdef": (0, 0, 500, 500)}


def draw_box(pen, box):
    left, bottom, right, top = box
    pen.moveTo((left, bottom))
    pen.lineTo((left, top))
    pen.curveTo((left, top), (right, top + 40), (right, top)) if hasattr(pen, "curveTo") else pen.lineTo((right, top))
    pen.lineTo((right, bottom))
    pen.closePath()


def finish(builder, name):
    builder.setupHorizontalMetrics({glyph: (600, 0) for glyph in ORDER})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120)
    builder.setupPost()
    builder.save(os.path.join(folder, name + ".otf"))


def box_program(box):
    pen = T2CharStringPen(600, {})
    draw_box(pen, box)
    return pen.getCharString()


def cff(name, odd=None, private=None):
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(ORDER)
    builder.setupCharacterMap(CMAP)
    programs = {glyph: box_program(box) for glyph, box in BOXES.items()}
    programs["Eacute"] = box_program(BOXES["E"])
    if odd:
        programs.update(odd)
    builder.setupCFF(name, {}, programs, private or {})
    finish(builder, name)
    return os.path.join(folder, name + ".otf")


def seac():
    # Two glyphs of the standard encoding, the second moved: 69 is E, 194 acute (Type 2, appendix C).
    return {"Eacute": T2CharString(program=[0, 120, 69, 194, "endchar"])}


def long_outline():
    pen = T2CharStringPen(600, {})
    pen.moveTo((0, 0))
    for step in range(22000):  # FreeType draws no more than 32,767 points
        pen.lineTo((step * 311 % 500, 100 + step * 377 % 600))
    pen.closePath()
    return {"D": pen.getCharString()}


def subroutines():
    path = cff("subroutines")
    font = TTFont(path)
    private = font["CFF "].cff.topDictIndex[0].Private
    from fontTools.cffLib import SubrsIndex
    private.Subrs = SubrsIndex()
    private.Subrs.append(T2CharString(program=[300, "hlineto", 300, "vlineto", "return"], private=private))
    charstrings = font["CFF "].cff.topDictIndex[0].CharStrings
    for glyph in ("A", "B"):
        charstrings[glyph].setProgram([600, 100, 100, "rmoveto", -107, "callsubr", -300, "hlineto", "endchar"])
    font.save(path)


def glyf(name):
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(ORDER)
    builder.setupCharacterMap(CMAP)
    glyphs = {}
    for glyph, box in BOXES.items():
        pen = TTGlyphPen(None)
        left, bottom, right, top = box
        pen.moveTo((left, bottom))
        pen.lineTo((left, top))
        pen.qCurveTo((right, top + 60), (right, top))
        pen.lineTo((right, bottom))
        pen.closePath()
        glyphs[glyph] = pen.glyph()
    pen = TTGlyphPen(glyphs)
    pen.addComponent("E", (1, 0, 0, 1, 0, 0))
    pen.addComponent("acute", (0.75, 0, 0, 0.75, 40, 120))
    glyphs["Eacute"] = pen.glyph()
    builder.setupGlyf(glyphs)
    finish(builder, name)
    return os.path.join(folder, name + ".otf")


def collection():
    fonts = TTCollection()
    fonts.fonts = [TTFont(cff("first")), TTFont(glyf("second"))]
    fonts.save(os.path.join(folder, "collection.ttc"))


def damaged(name, tag):
    """Noise in the middle of a table."""
    path = cff(name) if tag == "CFF " else glyf(name)
    entry = TTFont(path).reader.tables[tag]
    with open(path, "r+b") as file:
        file.seek(entry.offset + entry.length // 2)
        file.write(bytes((i * 37 + 201) % 256 for i in range(min(60, entry.length // 3))))


def damaged_substitution(name, make):
    """In B's place it wants a glyph that the face doesn't have."""
    path = make(name)
    font = TTFont(path)
    addOpenTypeFeaturesFromString(font, "feature calt { sub B by C; } calt;")
    font.save(path)
    entry = TTFont(path).reader.tables["GSUB"]
    with open(path, "r+b") as file:
        file.seek(entry.offset)
        table = file.read(entry.length)
        at = table.index(bytes([0, 1, 0, 6, 0, 1]))  # format 1, place of the coverage, C behind B
        file.seek(entry.offset + at + 4)
        file.write(bytes([0x70, 0]))


cff("plain")
cff("seac", seac())
cff("long", long_outline())
subroutines()
glyf("composite")
collection()
damaged("damaged-cff", "CFF ")
damaged("damaged-glyf", "glyf")
damaged("damaged-loca", "loca")
damaged("damaged-cmap", "cmap")
damaged_substitution("substituting-cff", cff)
damaged_substitution("substituting-glyf", glyf)
