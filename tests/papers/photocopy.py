"""photocopy.py IN.pgm OUT.pgm: a gray picture as a photocopy of it looks: out of focus (a binomial blur of about 1.2 points), and faded."""
import sys


def blurred(rows):
    """Each point with its neighbours at the left and right, 1 2 1."""
    for row in rows:
        edged = row[:1] + row + row[-1:]
        yield [(a + 2 * b + c) // 4 for a, b, c in zip(edged, row, edged[2:])]


def turned(rows):
    return [list(column) for column in zip(*rows)]


data = open(sys.argv[1], "rb").read()
magic, width, height, most = data.split(maxsplit=4)[:4]
assert magic == b"P5" and most == b"255"
width, height = int(width), int(height)
points = data[-width * height:]
rows = [list(points[i * width:(i + 1) * width]) for i in range(height)]
for _ in range(3):
    rows = turned(list(blurred(turned(list(blurred(rows))))))
faded = bytes(range(256)).translate(bytes(60 + i * 170 // 255 for i in range(256)))
with open(sys.argv[2], "wb") as out:
    out.write(b"P5\n%d %d\n255\n" % (width, height))
    out.write(b"".join(bytes(row) for row in rows).translate(faded))
