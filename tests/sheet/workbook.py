"""A reader of workbooks by Python's own zip and XML, so that they are looked at by a program that is not ours."""
import re
import xml.etree.ElementTree as ET
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def place(reference):
    """“C5” as (4, 2)."""
    letters, digits = re.fullmatch(r"\$?([A-Z]+)\$?(\d+)", reference).groups()
    column = 0
    for c in letters:
        column = column * 26 + ord(c) - 64
    return int(digits) - 1, column - 1


def text_of(item):
    return "".join(t.text or "" for r in [item] + item.findall(MAIN + "r") for t in r.findall(MAIN + "t"))


class Sheet:
    """cells: by (row, column), a str for words and a float for numbers; formats: the number format of each; joined: the first and last
    place of each joined cell; frozen: rows that stay in sight."""

    def __init__(self, name, root, strings, formats):
        self.name, self.cells, self.formats = name, {}, {}
        for c in root.iter(MAIN + "c"):
            at, v = place(c.get("r")), c.find(MAIN + "v")
            if v is not None:
                self.cells[at] = strings[int(v.text)] if c.get("t") == "s" else float(v.text)
                self.formats[at] = formats[int(c.get("s") or 0)]
        self.joined = [tuple(place(p) for p in m.get("ref").split(":")) for m in root.iter(MAIN + "mergeCell")]
        pane = next(root.iter(MAIN + "pane"), None)
        self.frozen = int(float(pane.get("ySplit"))) if pane is not None else 0

    def rows(self):
        """Each row as a dict by column, from the top."""
        out = {}
        for (row, column), value in sorted(self.cells.items()):
            out.setdefault(row, {})[column] = value
        return [out[row] for row in sorted(out)]

    def find(self, words):
        """The place of the cell with these words."""
        return next(at for at, value in sorted(self.cells.items()) if value == words)


def read(path):
    book = zipfile.ZipFile(path)
    assert book.testzip() is None, path
    xml = {name: ET.fromstring(book.read(name)) for name in book.namelist() if name.endswith((".xml", ".rels"))}
    strings = [text_of(i) for i in xml.get("xl/sharedStrings.xml", [])]
    styles = xml["xl/styles.xml"]
    codes = {int(f.get("numFmtId")): f.get("formatCode") for f in styles.iter(MAIN + "numFmt")}
    codes |= {0: "General", 1: "0", 2: "0.00", 9: "0%", 10: "0.00%", 49: "@"}
    formats = [codes.get(int(x.get("numFmtId")), "?") for x in styles.find(MAIN + "cellXfs")]
    targets = {r.get("Id"): r.get("Target") for r in xml["xl/_rels/workbook.xml.rels"]}
    return [Sheet(s.get("name"), xml["xl/" + targets[s.get(REL + "id")]], strings, formats)
            for s in xml["xl/workbook.xml"].find(MAIN + "sheets")]
