"""book.py: workbooks as other programs write them, cell by cell: book(PATH, {SHEET: rows}). A cell is a text, a number, a truth, None, Day(number),
Formula(result) or Fault('#REF!')."""
import zipfile
from xml.sax.saxutils import escape

MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'
XML = '<?xml version="1.0" encoding="UTF-8"?>'


class Day(float):
    """A day's number, in a format of days."""


class Fault(str):
    """A formula's error."""


class Formula:
    def __init__(self, result):
        self.result = result


def letters(column):
    out = ''
    while column >= 0:
        out, column = chr(65 + column % 26) + out, column // 26 - 1
    return out


def cell(row, column, value):
    at = f'r="{letters(column)}{row}"'
    if value is None:
        return ''
    if isinstance(value, Day):
        return f'<c {at} s="1"><v>{float(value):g}</v></c>'
    if isinstance(value, Fault):
        return f'<c {at} t="e"><v>{value}</v></c>'
    if isinstance(value, bool):
        return f'<c {at} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, Formula):
        kind = ' t="str"' if isinstance(value.result, str) else ''
        return f'<c {at}{kind}><f>A1</f><v>{escape(str(value.result))}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c {at}><v>{value!r}</v></c>'
    return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def sheet_xml(rows, merges, hidden):
    body = ''.join(f'<row r="{r}"' + (' hidden="1"' if r in hidden else '') + '>' + ''.join(cell(r, c, v) for c, v in enumerate(row)) + '</row>'
                   for r, row in enumerate(rows, 1) if row)
    merged = ''.join(f'<mergeCell ref="{m}"/>' for m in merges)
    return f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>' + (f'<mergeCells>{merged}</mergeCells>' if merged else '') + '</worksheet>'


def book(path, sheets, merges=None, hidden=None, states=None):
    """merges, hidden: by sheet, ranges and rows; states: by sheet, an attribute. Writes the file, and gives its parts back."""
    merges, hidden, states = merges or {}, hidden or {}, states or {}
    parts = {
        '_rels/.rels': f'{XML}<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        'xl/workbook.xml': f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>' + ''.join(
            f'<sheet name="{n}" sheetId="{i + 1}" r:id="s{i}"{states.get(n, "")}/>' for i, n in enumerate(sheets)) + '</sheets></workbook>',
        'xl/_rels/workbook.xml.rels': f'{XML}<Relationships xmlns="{PACKAGE}">' + ''.join(
            f'<Relationship Id="s{i}" Type="{REL}/worksheet" Target="worksheets/s{i}.xml"/>' for i in range(len(sheets))) +
            f'<Relationship Id="f" Type="{REL}/styles" Target="styles.xml"/></Relationships>',
        'xl/styles.xml': f'{XML}<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    for i, (name, rows) in enumerate(sheets.items()):
        parts[f'xl/worksheets/s{i}.xml'] = sheet_xml(rows, merges.get(name, ()), hidden.get(name, ()))
    write(path, parts)
    return parts


def write(path, parts):
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as out:
        for name, body in parts.items():
            out.writestr(name, body)
