#!/usr/bin/python3
"""marks.py WHOLE.xlsx PART.xlsx…: what the checks say of the cells of each PART is what they say of the same cells of WHOLE. A cell is
known by its sheet, its row's key and its heading. Prints how many marks were compared, and each that differs or says one thing twice."""
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
REL = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}'


def text_of(item):
    return ''.join(t.text or '' for t in item.iter(MAIN + 't'))


def rels(book, part):
    folder, name = part.rsplit('/', 1)
    path = f'{folder}/_rels/{name}.rels'
    if path not in book.namelist():
        return {}
    return {r.get('Id'): (r.get('Type').rsplit('/', 1)[1], r.get('Target')) for r in ET.fromstring(book.read(path))}


def sheets(path):
    """Each sheet: its name, its cells by place, its remarks by place."""
    book = zipfile.ZipFile(path)
    strings = [text_of(i) for i in ET.fromstring(book.read('xl/sharedStrings.xml'))]
    targets = rels(book, 'xl/workbook.xml')
    styles = ET.fromstring(book.read('xl/styles.xml'))
    fills = [''.join(c.get('rgb') for c in f.iter(MAIN + 'fgColor')) for f in styles.find(MAIN + 'fills')]
    ground = [fills[int(x.get('fillId'))] for x in styles.find(MAIN + 'cellXfs')]
    for sheet in ET.fromstring(book.read('xl/workbook.xml')).find(MAIN + 'sheets'):
        part = 'xl/' + targets[sheet.get(REL + 'id')][1]
        cells, remarks = {}, {}
        for cell in ET.fromstring(book.read(part)).iter(MAIN + 'c'):
            value = cell.find(MAIN + 'v')
            cells[cell.get('r')] = (strings[int(value.text)] if cell.get('t') == 's' else '', ground[int(cell.get('s', 0))])
        for kind, target in rels(book, part).values():
            if kind == 'comments':
                for remark in ET.fromstring(book.read('xl/' + target.replace('../', ''))).iter(MAIN + 'comment'):
                    remarks[remark.get('ref')] = text_of(remark)
        yield sheet.get('name'), cells, remarks


def marks(path):
    """(sheet, key, heading): the remark, the cell's ground; and the rows that there are."""
    found, rows = {}, set()
    for name, cells, remarks in sheets(path):
        heads = {re.match('[A-Z]+', p).group(): v[0] for p, v in cells.items() if re.fullmatch('[A-Z]+1', p)}
        key_column = next((c for c, h in heads.items() if h == '行标识'), None)
        for place, words in remarks.items():
            column, row = re.fullmatch('([A-Z]+)([0-9]+)', place).groups()
            if row != '1' and key_column:
                key = cells[key_column + row][0].split(':')[1].split('#')[0]
                found.setdefault((name, key, heads[column]), []).append((words, cells[place][1]))
        if key_column:
            rows |= {(name, v[0].split(':')[1].split('#')[0]) for p, v in cells.items()
                     if re.fullmatch(key_column + '[0-9]+', p) and p != key_column + '1'}
    return found, rows


whole, _ = marks(sys.argv[1])
compared = 0
for path in sys.argv[2:]:
    part, rows = marks(path)
    wanted = {k: v for k, v in whole.items() if k[:2] in rows}
    compared += len(wanted)
    for k in sorted(set(part) | set(wanted)):
        lines = [line for words, _ in part.get(k, []) for line in words.split('\n')]
        if len(set(lines)) < len(lines):
            print(f'{path}: {k}: twice in {lines}')
        if part.get(k) != wanted.get(k):
            print(f'{path}: {k}: {part.get(k)} instead of {wanted.get(k)}')
print(compared, 'marks')
