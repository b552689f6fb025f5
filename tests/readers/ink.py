"""The same pages by poppler, MuPDF and pdf.js in headless Chromium: ink in cells of 2 mm (renderers.test).

    ink.py SCRATCH FILE…     one line for each two of them: the largest difference of a cell, the mean one; exit code 1 when one is beyond

FILE is drawn on its middle page; FILE=OTHER lets poppler draw another one, which must be told. Renderers place and smooth edges otherwise, so that
4 to 12 % of pixels differ on good pages; in cells little of that is left. Of 57 layouts the worst cell was 0.25 (a rule that poppler puts on whole pixels), the worst mean 0.033
(many rules); a dense character that one lacks makes 0.4.
"""
import base64
import itertools
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "command"))
from browser import Browser  # noqa: E402

CELL, DPI = 8, 101.6  # pixels: 2 mm
WORST, MEAN = 0.30, 0.04  # of full ink; a fifth above good pages
PDFJS = "file:///usr/share/javascript/pdf/build/"
PAGE = f"""<!DOCTYPE html><meta charset="utf-8"><script src="{PDFJS}pdf.js"></script><script src="{PDFJS}pdf.worker.js"></script>"""
# Draws a page on white; gives back its width, its height, and a byte of gray for each pixel.
DRAW = """
const [text, number, scale, done] = arguments
async function draw () {
  const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0))
  const file = await pdfjsLib.getDocument({data: bytes, useSystemFonts: false, cMapPacked: true}).promise
  const page = await file.getPage(number)
  const view = page.getViewport({scale})
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(view.width)
  canvas.height = Math.ceil(view.height)
  const context = canvas.getContext('2d', {willReadFrequently: true})
  await page.render({canvasContext: context, viewport: view, background: 'white'}).promise
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data
  const gray = new Uint8Array(canvas.width * canvas.height)
  for (let i = 0; i < gray.length; i++) gray[i] = Math.round(.299 * pixels[4 * i] + .587 * pixels[4 * i + 1] + .114 * pixels[4 * i + 2])
  let binary = ''
  for (let i = 0; i < gray.length; i += 8192) binary += String.fromCharCode(...gray.subarray(i, i + 8192))
  await file.destroy()
  return [canvas.width, canvas.height, btoa(binary)]
}
draw().then(done, error => done(String(error)))
"""


def cells(width, height, gray):
    """Rows of ink, 0 (white) to 1, of whole cells alone."""
    out = []
    for top in range(0, height - CELL + 1, CELL):
        sums = [0] * (width // CELL)
        for y in range(top, top + CELL):
            line = gray[y * width:(y + 1) * width]
            for i in range(len(sums)):
                sums[i] += sum(line[i * CELL:(i + 1) * CELL])
        out.append([1 - s / (255 * CELL * CELL) for s in sums])
    return out


def pgm(bytes_):
    kind, size, most, pixels = bytes_.split(b"\n", 3)
    width, height = map(int, size.split())
    assert kind == b"P5" and most == b"255" and len(pixels) == width * height, (kind, size, most, len(pixels))
    return cells(width, height, pixels)


def poppler(path, page):
    return pgm(subprocess.run(["pdftoppm", "-gray", "-r", str(DPI), "-f", str(page), "-l", str(page), path], check=True, stdout=subprocess.PIPE).stdout)


def mupdf(path, page, scratch):
    out = f"{scratch}/page.pgm"
    subprocess.run(["mutool", "draw", "-q", "-r", str(DPI), "-o", out, path, str(page)], check=True, stderr=subprocess.DEVNULL)
    return pgm(open(out, "rb").read())


def pdfjs(browser, path, page):
    given = base64.b64encode(open(path, "rb").read()).decode()
    drawn = browser.post("/execute/async", {"script": DRAW, "args": [given, page, DPI / 72]})
    if isinstance(drawn, str):
        raise RuntimeError(f"pdf.js: {drawn}")
    return cells(drawn[0], drawn[1], base64.b64decode(drawn[2]))


def compare(one, other):
    """The largest difference of a cell, the mean one."""
    differences = [abs(a - b) for line, beside in zip(one, other) for a, b in zip(line, beside)]
    return max(differences), sum(differences) / len(differences)


def main():
    scratch, files = sys.argv[1], sys.argv[2:]
    pathlib.Path(scratch, "reader.html").write_text(PAGE)
    bad = 0
    with Browser(scratch) as browser:
        browser.post("/timeouts", {"script": 60000})
        browser.open(f"file://{scratch}/reader.html")
        for given in files:
            path, _, other = given.partition("=")
            told = subprocess.run(["pdfinfo", path], check=True, stdout=subprocess.PIPE, text=True).stdout
            page = (int(told.split("Pages:")[1].split()[0]) + 1) // 2
            drawn = {"poppler": poppler(other or path, page), "MuPDF": mupdf(path, page, scratch), "pdf.js": pdfjs(browser, path, page)}
            name = pathlib.Path(path).stem
            for a, b in itertools.combinations(drawn, 2):
                worst, mean = compare(drawn[a], drawn[b])
                wrong = worst > WORST or mean > MEAN
                bad += wrong
                print(f"{name} page {page}, {a} beside {b}: a cell {worst:.3f}, mean {mean:.4f}{'  DIFFERS' if wrong else ''}")
            if not any(ink > 0.02 for row in drawn["poppler"] for ink in row):
                print(f"{name} page {page} is empty")
                bad += 1
    sys.exit(bad > 0)


main()
