"""Writes a database of the shipped faces' own characters: faces.py DATABASE STEP

Table piece: for each face rows of up to 1,500 of its characters, every STEP-th of them, in the column named after the face."""
import sqlite3
import subprocess
import sys
import unicodedata

from fontTools.ttLib import TTFont

FACES = {
    "serif": "Noto Serif CJK SC:regular", "serif_bold": "Noto Serif CJK SC:bold",
    "sans": "Noto Sans CJK SC:regular", "sans_bold": "Noto Sans CJK SC:bold",
    "kai": "LXGW WenKai:regular",
}
A_PIECE = 1500


def characters_of(pattern):
    """What stands on paper by itself, from left to right."""
    found = subprocess.run(["fc-match", "-f", "%{file}|%{index}", pattern], capture_output=True, check=True, text=True)
    path, index = found.stdout.split("|")
    cmap = TTFont(path, fontNumber=int(index), lazy=True).getBestCmap()
    return [chr(point) for point in sorted(cmap)
            if unicodedata.category(chr(point))[0] in "LNPS" and unicodedata.bidirectional(chr(point)) not in ("R", "AL")]


def main():
    database, step = sys.argv[1], int(sys.argv[2])
    with sqlite3.connect(database) as db:
        columns = ", ".join(f"{face} TEXT" for face in FACES)
        db.execute(f"CREATE TABLE piece (face TEXT, piece INTEGER, {columns})")
        for face, pattern in FACES.items():
            chosen = characters_of(pattern)[::step]
            for number, at in enumerate(range(0, len(chosen), A_PIECE), 1):
                text = "".join(chosen[at:at + A_PIECE])
                db.execute(f"INSERT INTO piece (face, piece, {face}) VALUES (?, ?, ?)", (face, number, text))


main()
