#!/usr/bin/env python3
"""edit.py IN.xlsx OUT.xlsx EDIT…: writes cells of a workbook that dossier filled; SHEET!HEADING!WHO=TEXT is the cell of the row that has WHO in any column.
TEXT empty: the cell is emptied. `-` for WHO: every row. Headings in row 1."""
import re, sys, zipfile
import xml.etree.ElementTree as xml

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
for prefix, name in (("", MAIN[1:-1]), ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")):
    xml.register_namespace(prefix, name)
book = zipfile.ZipFile(sys.argv[1])
parts = {n: book.read(n) for n in book.namelist()}
shared = ["".join(t.text or "" for t in si.iter(MAIN + "t")) for si in xml.fromstring(parts["xl/sharedStrings.xml"])]
names = [s.get("name") for s in xml.fromstring(parts["xl/workbook.xml"]).find(MAIN + "sheets")]


def column(cell):
    return re.match("[A-Z]+", cell.get("r")).group()


def text(cell):
    value = cell.find(MAIN + "v")
    if cell.get("t") == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(MAIN + "t"))
    if value is None:
        return ""
    return shared[int(value.text)] if cell.get("t") == "s" else value.text


def order(letters):
    return len(letters), letters


def put(row, letters, value):
    cell = next((c for c in row if column(c) == letters), None)
    if cell is None:
        cell = xml.Element(MAIN + "c", {"r": letters + row.get("r")})
        row.insert(sum(order(column(c)) < order(letters) for c in row), cell)
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if value:
        cell.set("t", "inlineStr")
        xml.SubElement(xml.SubElement(cell, MAIN + "is"), MAIN + "t").text = value


for edit in sys.argv[3:]:
    where, value = edit.split("=", 1)
    sheet, heading, who = where.split("!")
    part = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
    root = xml.fromstring(parts[part])
    rows = list(root.find(MAIN + "sheetData"))
    letters = next(column(c) for c in rows[0] if text(c) == heading)
    done = 0
    for row in rows[1:]:
        if who == "-" and len(row) > 0 or any(text(c) == who for c in row):
            put(row, letters, value)
            done += 1
    assert done and (who == "-" or done == 1), (edit, done)
    parts[part] = xml.tostring(root, encoding="UTF-8", xml_declaration=True)
with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as out:
    for n, body in parts.items():
        out.writestr(n, body)
