"""What each reader may see of each table, computed from the raw tables.

layouts DB FOLDER                writes layouts that select everything
check DB PRIVACY READER DUMP     compares what they printed

The lists below are the rule, said a second time: a table that privacy.yaml shows to one reader more than stands here fails."""
import json
import re
import sqlite3
import sys

RELATIONS = ['item_state', 'public_figure', 'month_return', 'month_kid', 'out_case', 'incident_count', 'special_kind', 'of_school_age', 'unassessed', 'rule']
DIGITS = str.maketrans('GHIJKLMNOP', '0123456789')

OPEN_TO_ALL = {'township', 'semester', 'semester_month', 'school', 'class', 'class_term', 'award_type', 'issuer'}
OPEN_TO_FAMILY = OPEN_TO_ALL | {'semester_month', 'holiday', 'policy', 'today', 'rule', 'village', 'teaching', 'fonds', 'part', 'home', 'home_hours', 'exam',
                                'exam_subject', 'grade_threshold', 'required_item', 'letter_text'}
OWN = {'enrolment', 'family', 'left_behind', 'special', 'health', 'ride', 'card', 'change_log', 'pledge', 'pairing', 'monthly_record', 'contact', 'letter',
       'growth_item', 'mark', 'term_report', 'conduct', 'activity_child', 'donation_child', 'month_kid'}
GIVEN = ('批准', '已打印', '已领')
PARENTS = ('父亲', '母亲', '继父', '继母')
CONFIDENTIAL = {'content', 'outcome', 'topic', 'place', 'carer_id', 'staff_id', 'attachment'}


def tables(db):
    return [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")]


def columns(db, table):
    return [row[1] for row in db.execute(f'PRAGMA table_xinfo({table})')]


def write_layouts(db, folder):
    def row(names):
        text = f"hex(json_array({', '.join(names)}))"
        for i, letter in enumerate('GHIJKLMNOP'):  # no digits: a number's form would be taken for a number
            text = f"replace({text}, '{i}', '{letter}')"
        return text
    shown = {table: columns(db, table) for table in tables(db)}
    shown.update({'item_state': ['student', 'semester', 'item', 'seq', 'title', 'state'], 'month_kid': ['student_id', 'school_id', 'class_id', 'kind', 'talk'],
                  'out_case': ['case_no', 'school_id', 'kind', 'since', 'reason', 'measures'], 'special_kind': ['kind', 'n'], 'of_school_age': ['school_id', 'children'],
                  'incident_count': ['school_id', 'kind', 'n'], 'month_return': ['ym', 'school_id', 'kind', 'id', 'submitted_at'], 'public_figure': ['ym', 'seq', 'title', 'unit', 'part', 'n', 'd', 'share', 'cell'], 'unassessed': ['carer_id', 'student_id', 'class'], 'rule': ['key', 'value']})
    del shown['today']
    body = ''.join(f'- text: "={name}="\n- each: q_{name}\n  body:\n  - text: .note {{h}};\n' for name in shown)
    queries = ''.join(f'  q_{name}: SELECT {row(names)} AS h FROM {name}\n' for name, names in shown.items())
    for name, each in (('everything', ''), ('everything-own', '  each: kids\n')):
        kids = '  kids: SELECT id AS student_id, (SELECT count(*) FROM student) AS n, (SELECT count(*) FROM contact) AS calls FROM student ORDER BY id\n' if each else ''
        head = '- text: "=row=[{student_id},{n},{calls}];"\n' if each else ''
        file = name + ('/{student_id}.pdf' if each else '/all.pdf')
        with open(f'{folder}/{name}.yaml', 'w', encoding='utf-8') as out:
            out.write(f'include: [theme.yaml, common.yaml]\ndocument:\n  title: 全部\n  for: school\n  file: "{file}"\n{each}  paper: A3\nqueries:\n{kids}{queries}body:\n{head}{body}')
    return 0


def read_dump(path):
    """A dictionary of each document: lists of rows by table."""
    documents = []
    with open(path, encoding='utf-8') as lines:
        text = ''
        for line in lines:
            if line.startswith('document '):
                documents.append('')
            found = re.match(r'\s*glyphs .*? "(.*)" w=', line)
            if found:
                documents[-1] += found.group(1).replace('|', '').replace('¦', '').replace(' ', '')
    out = []
    for text in documents:
        parts = re.split(r'=([a-z_]+)=', text)
        rows = {}
        for name, body in zip(parts[1::2], parts[2::2]):
            cells = [cell for cell in body.split(';') if cell]
            rows[name] = [json.loads(cell) if name == 'row' else json.loads(bytes.fromhex(cell.translate(DIGITS)).decode('utf-8')) for cell in cells]
        out.append(rows)
    return out


def read_rules(path):
    rules = {}
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            found = re.match(r'  ([a-z_]+)\.([a-z_0-9]+):\s+\{(.*)\}', line)
            if found:
                rules[found.group(1), found.group(2)] = dict(re.findall(r'(school|inspector|family|public): *(\w+)', found.group(3)))
    return rules


class Town:
    def __init__(self, db):
        self.db = db
        self.rows = {name: [dict(zip(columns(db, name), row)) for row in db.execute(f"SELECT {', '.join(columns(db, name))} FROM {name}")] for name in tables(db)}
        self.awards = [a for a in self.rows['award'] if a['state'] in GIVEN]

    def siblings(self, child):
        def parents(kid):
            return {f['adult_id'] for f in self.rows['family'] if f['student_id'] == kid and (f['legal_guardian'] or f['relation'] in PARENTS)}
        mine = parents(child)
        return {child} | {f['student_id'] for f in self.rows['family'] if mine & parents(f['student_id'])}

    def ids(self, table, column, test=lambda row: True):
        return {row[column] for row in self.rows[table] if test(row)}

    def public(self, table):
        given = {name: {a[name] for a in self.awards} for name in ('student_id', 'carer_id', 'staff_id')}
        carers = [c for c in self.rows['carer'] if c['id'] in given['carer_id']]
        tests = {'award': lambda r: r['state'] in GIVEN, 'student': lambda r: r['id'] in given['student_id'], 'enrolment': lambda r: r['student_id'] in given['student_id'],
                 'carer': lambda r: r['id'] in given['carer_id'], 'staff': lambda r: r['id'] in given['staff_id'] | {c['staff_id'] for c in carers}}
        return tests.get(table, lambda r: table in OPEN_TO_ALL)

    def family(self, table, own):
        def mine(row):
            return row['student_id'] in own
        adults, carers = self.ids('family', 'adult_id', mine), self.ids('pairing', 'carer_id', mine)
        classes = self.ids('enrolment', 'class_id', mine)
        schools = self.ids('class', 'school_id', lambda c: c['id'] in classes)
        tests = {'student': lambda r: r['id'] in own, 'care_event': lambda r: mine(r) and r['confidential'] == 0, 'award': lambda r: mine(r) and r['state'] in GIVEN,
                 'adult': lambda r: r['id'] in adults, 'adult_phone': lambda r: r['adult_id'] in adults, 'absence': lambda r: r['adult_id'] in adults,
                 'carer': lambda r: r['id'] in carers, 'staff': lambda r: r['school_id'] in schools, 'duty': lambda r: r['school_id'] in schools,
                 'vehicle': lambda r: r['id'] in self.ids('ride', 'vehicle_id', mine), 'activity': lambda r: r['id'] in self.ids('activity_child', 'activity_id', mine),
                 'donation': lambda r: r['id'] in self.ids('donation_child', 'donation_id', mine)}
        return tests.get(table, mine if table in OWN else lambda r: table in OPEN_TO_FAMILY)

    def least_of_level(self, mark):
        """The least tenths of a point that have the mark's level."""
        exam = next(e for e in self.rows['exam'] if e['id'] == mark['exam_id'])
        full = next(s['full_x10'] for s in self.rows['exam_subject'] if s['exam_id'] == exam['id'] and s['subject'] == mark['subject'])
        year = next(s['year_start'] for s in self.rows['semester'] if s['id'] == exam['semester_id'])
        stage = '初中' if exam['grade'] > 6 else '小学'
        least = [-(-g['min_x10'] * full // 1000) for g in self.rows['grade_threshold']
                 if (g['year_start'], g['stage'], g['subject']) == (year, stage, mark['subject']) and mark['score_x10'] * 1000 >= g['min_x10'] * full]
        return max(least, default=0)


def wanted_value(town, rules, reader, table, column, row):
    """What must be printed; a function where only what it hides is known."""
    value = row[column]
    if table == 'care_event' and row['confidential'] != 0 and column in CONFIDENTIAL:
        return None
    if (table, column) == ('mark', 'score_x10') and reader != 'school':
        return None if value is None or reader == 'public' else town.least_of_level(row)
    if (table, column) == ('student', 'born_by_id'):
        return value if reader in ('school', 'family') else None
    if (table, column) == ('incident', 'student_id'):  # who was bullied, who was run over
        return value if reader == 'school' else None
    mask = rules.get((table, column), {}).get(reader, 'full')
    if mask == 'full' or value is None:
        return value
    if mask == 'nothing':
        return None
    if mask in ('id', 'phone'):
        return lambda shown: shown != value and '*' in shown if re.search(r'\d{7}', str(value)) else True
    if mask == 'year':
        return value[:4]
    return lambda shown: not re.search(r'1[3-9]\d{9}|\d{17}[\dX]', str(shown))


def check_table(town, rules, reader, table, test, printed):
    names = columns(town.db, table)
    wanted = [row for row in town.rows[table] if test(row)]
    if len(wanted) != len(printed):
        return [f'{table}: {len(printed)} rows, {len(wanted)} were expected of {len(town.rows[table])}']
    # Rows by all that is shown of them as it is; then each of their values.
    plain = [i for i, name in enumerate(names) if all(not callable(wanted_value(town, rules, reader, table, name, row)) for row in wanted)]
    key = lambda cells: json.dumps([cells[i] for i in plain], ensure_ascii=False)
    right = sorted(([wanted_value(town, rules, reader, table, name, row) for name in names] for row in wanted), key=key)
    out = []
    for want, got in zip(right, sorted(printed, key=key)):
        for name, a, b in zip(names, want, got):
            if (callable(a) and not a(b)) or (not callable(a) and a != b):
                out.append(f'{table}.{name}: “{b}”' + ('' if callable(a) else f', not “{a}”'))
    return out[:5]


def check_relations(reader, own, printed):
    out = []
    if reader == 'public' or reader == 'family':
        for name in ('out_case', 'special_kind', 'incident_count', 'month_return', 'of_school_age', 'unassessed') + (('item_state', 'month_kid', 'rule') if reader == 'public' else ()):
            if printed[name]:
                out.append(f'{name}: {len(printed[name])} rows')
        if any(row[0] not in own for name in ('item_state', 'month_kid') for row in printed[name]):
            out.append('a relation shows another child')
    else:
        told = [row[4] for row in printed['out_case'] if row[4] and '家长电话' in row[4]]
        if not told or (told[0] == '家长电话13912345678') != (reader == 'school'):
            out.append(f'out_case: {told}')
        if not any(row[1:] == ['欺凌侵害', 1] for row in printed['incident_count']):
            out.append(f"incident_count: {printed['incident_count']}")
        if not printed['item_state'] or not printed['month_kid'] or not printed['rule']:
            out.append('relations have no rows')
    return out


def check(db, privacy, reader, dump):
    town, rules, out = Town(db), read_rules(privacy), []
    documents = read_dump(dump)
    seen = {}
    for printed in documents:
        own = set()
        if reader == 'family':
            child, kids, calls = printed['row'][0]
            own = town.siblings(child)
            if (kids, calls) != (len(own), len([c for c in town.rows['contact'] if c['student_id'] in own])):
                out.append(f'{child}: its row counts other children')
        for table in tables(db):
            if table == 'today':
                continue
            test = {'school': lambda r: True, 'inspector': lambda r: True}.get(reader) or (town.public(table) if reader == 'public' else town.family(table, own))
            seen[table] = seen.get(table, 0) + len(printed[table])
            out += check_table(town, rules, reader, table, test, printed[table])
        out += check_relations(reader, own, printed)
    if len(documents) != (len(town.rows['student']) if reader == 'family' else 1):
        out.append(f'{len(documents)} documents')
    if reader == 'family' and not any(len(town.siblings(row['id'])) > 1 for row in town.rows['student']):
        out.append('no two children of one mother')
    most = {'school': 45, 'inspector': 45, 'family': 30, 'public': 8}[reader]
    if len([table for table in seen if seen[table]]) < most:
        out.append(f'only {[table for table in seen if seen[table]]} have rows, so this proves little')
    for line in out[:20]:
        print(line)
    return 1 if out else 0


def main():
    db = sqlite3.connect(sys.argv[2])
    if sys.argv[1] == 'layouts':
        return write_layouts(db, sys.argv[3])
    return check(db, sys.argv[3], sys.argv[4], sys.argv[5])


sys.exit(main())
