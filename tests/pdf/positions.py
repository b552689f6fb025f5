"""Holds a PDF, as MuPDF draws it, against the display list that it was made from: positions.py DUMP PDF [RUNS]

Each run of glyphs of the dump must begin and end where `mutool trace` finds its first and last glyph, and between them a glyph
follows the one before at its advance, but where the dump has a bar. The dump tells two decimals, so the limit is a fiftieth of a
point. Prints what stands elsewhere; the exit code is 1 then, or when there are fewer than RUNS runs."""
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree

LIMIT = 0.02
GAP = 0.03  # the dump marks gaps above 0.02
BARS = "|¦"


def apply(matrix, x, y):
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def compose(outer, inner):
    """First inner, then outer."""
    e, f = apply(outer, inner[4], inner[5])
    columns = [apply(outer, *inner[i:i + 2]) for i in (0, 2)]
    return [columns[0][0] - outer[4], columns[0][1] - outer[5], columns[1][0] - outer[4], columns[1][1] - outer[5], e, f]


def dumped(path):
    """Runs of each page: its text with bars, its matrix on the page as it is seen, x, y, width."""
    pages, groups = [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        depth = (len(line) - len(line.lstrip(" "))) // 2
        words = line.strip(" ~")
        if found := re.match(r"page \d+ ([\d.]+)x([\d.]+)(?: .*?rotate=(\d+))?", words):
            height = float(found[2])
            turned = {None: [1, 0, 0, 1, 0, 0], "90": [0, 1, -1, 0, height, 0]}[found[3]]
            groups = [turned]
            pages.append([])
        elif found := re.match(r"group (-?[\d.]+),(-?[\d.]+)(?: matrix=(\S+))?", words):
            matrix = [float(n) for n in (found[3] or "1,0,0,1").split(",")] + [float(found[1]), float(found[2])]
            groups[depth:] = [compose(groups[depth - 1], matrix)]
        elif found := re.match(r'glyphs (-?[\d.]+),(-?[\d.]+) (\S+) [\d.]+ "(.*)" w=(-?[\d.]+)', words):
            text = re.sub(r"\\(x..|.)", lambda m: chr(int(m[1][1:], 16)) if len(m[1]) > 1 else m[1], found[4])
            pages[-1].append((text, groups[depth - 1], float(found[1]), float(found[2]), float(found[5])))
    return pages


def traced(path):
    """Glyphs of each page: the character, where it stands and where the next one would."""
    pages = []
    trace = subprocess.run(["mutool", "trace", path], capture_output=True, check=True).stdout.decode()
    for page in ElementTree.fromstring(trace).iter("page"):
        glyphs = []
        for text in page.iter("fill_text"):
            matrix = [float(n) for n in text.get("transform").split()]
            for span in text.iter("span"):
                a, b, *_ = (float(n) for n in span.get("trm").split())
                for glyph in span.iter("g"):
                    x, y, advance = (float(glyph.get(name)) for name in ("x", "y", "adv"))
                    glyphs.append((glyph.get("unicode"), apply(matrix, x, y), apply(matrix, x + advance * a, y + advance * b)))
        pages.append(glyphs)
    return pages


def apart(a, b):
    return max(abs(a[0] - b[0]), abs(a[1] - b[1]))


def is_mark(character):
    """Half of its place may be empty, and taken away."""
    return unicodedata.category(character)[0] in "PZ"


def hold(run, glyphs):
    """What is wrong with the glyphs of a run."""
    text, matrix, x, y, width = run
    plain = [c for c in text if c not in BARS]
    if not is_mark(plain[0]) and apart(glyphs[0][1], apply(matrix, x, y)) > LIMIT:
        yield f"“{text}” begins at {glyphs[0][1]}, not at {apply(matrix, x, y)}"
    if not is_mark(plain[-1]) and apart(glyphs[-1][2], apply(matrix, x + width, y)) > LIMIT:
        yield f"“{text}” ends at {glyphs[-1][2]}, not at {apply(matrix, x + width, y)}"
    at = 0
    for before, after in zip(text, text[1:]):
        if before in BARS:
            continue
        at += 1
        if after not in BARS and apart(glyphs[at][1], glyphs[at - 1][2]) > GAP and not is_mark(before) and not is_mark(after):
            yield f"“{text}”: {after} stands at {glyphs[at][1]}, not at {glyphs[at - 1][2]}"


def main():
    wrong, held = [], 0
    for number, (runs, glyphs) in enumerate(zip(dumped(sys.argv[1]), traced(sys.argv[2]), strict=True), 1):
        for run in runs:
            text = "".join(c for c in run[0] if c not in BARS)
            mine, glyphs = glyphs[:len(text)], glyphs[len(text):]
            drawn = "".join(glyph[0] for glyph in mine)
            if drawn != text:
                sys.exit(f"page {number}: “{drawn}” is drawn where “{text}” is to stand")
            wrong += [f"page {number}: {what}" for what in hold(run, mine)]
            held += 1
        if glyphs:
            wrong.append(f"page {number}: {len(glyphs)} glyphs too many")
    if held < int((sys.argv[3:] or ["1"])[0]):
        wrong.append(f"only {held} runs")
    print("\n".join(wrong[:10]), end="\n" if wrong else "")
    sys.exit(1 if wrong else 0)


main()
