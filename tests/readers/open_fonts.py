"""Opens font programs with fontTools and draws every glyph: open_fonts.py FILE…

One line a font, "glyphs points", and the exit code 1 when one can't be read whole. A bare CFF table has no sfnt around it."""
import io
import sys

from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont


def glyphs_of(path):
    with open(path, "rb") as file:
        data = file.read()
    if data[:4] in (b"\x00\x01\x00\x00", b"true", b"OTTO"):
        font = TTFont(io.BytesIO(data), checkChecksums=2, lazy=False)
        return {name: font.getGlyphSet()[name] for name in font.getGlyphOrder()}
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    strings = fonts[0].CharStrings
    return {name: strings[name] for name in strings.keys()}


def main():
    for path in sys.argv[1:]:
        glyphs, points = glyphs_of(path), 0
        for name in sorted(glyphs):
            pen = DecomposingRecordingPen(glyphs)
            glyphs[name].draw(pen)
            points += sum(len(drawn[1]) for drawn in pen.value)
        print(len(glyphs), points)


main()
