#!/usr/bin/env python3
"""held.py DATABASE DAY: what the collection workbooks' sheets hold of a database, as lines "table<tab>value…" without ids, read from the
raw tables: no query of a form, no view. A child is its 学籍号, name and birth day, an adult its name and first phone.

A name is given without what nobody sees (control and zero-width characters) and without blanks between Han characters: intake takes
those out of names, and tells each."""
import re
import sqlite3
import sys
import unicodedata

HAN = '[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]'
HERE = """(SELECT e.id FROM enrolment AS e WHERE e.student_id = {child} AND e.from_date <= :day
    ORDER BY e.to_date IS NULL DESC, e.from_date DESC, e.id DESC LIMIT 1)"""
# Children who still were there when the term began; others' records are closed.
CHILD = f"""{{child}} IN (SELECT s.id FROM student AS s JOIN enrolment AS x ON x.id = {HERE.format(child='s.id')}
    WHERE x.to_date IS NULL OR x.to_date >= :starts)"""
WHO = "(SELECT name({a}.student_no) || '/' || name({a}.name) || '/' || coalesce({a}.birth, '') FROM student AS {a} WHERE {a}.id = {child})"
ADULT = "(SELECT name(b.name) || '/' || coalesce((SELECT p.phone FROM adult_phone AS p WHERE p.adult_id = b.id AND p.seq = 1), '') FROM adult AS b WHERE b.id = {adult})"
SCHOOL = "(SELECT h.name FROM school AS h WHERE h.id = {school})"
STAFF = "(SELECT name(f.name) || '/' || coalesce(f.phone, '') FROM staff AS f WHERE f.id = {staff})"
CARER = "(SELECT name(g.name) || '/' || coalesce(g.phone, '') FROM carer AS g WHERE g.id = {carer})"
VILLAGE = "(SELECT v.name FROM village AS v WHERE v.id = {village})"
CLASS = "(SELECT h.name || t.display FROM class AS c JOIN class_term AS t ON t.class_id = c.id AND t.semester_id = :term JOIN school AS h ON h.id = c.school_id WHERE c.id = {cls})"
IN_TERM = "x.on_date BETWEEN :starts AND :ends"
FAMILY = "adult_id IN (SELECT f.adult_id FROM family AS f WHERE " + CHILD.format(child='f.student_id') + ")"


def child(column='x.student_id'):
    return WHO.format(a='w', child=column)


def among(column='x.student_id'):
    return CHILD.format(child=column)


# table: columns, condition
HELD = {
    'school': (f"x.code, x.name, x.short_name, x.kind, x.remote, {VILLAGE.format(village='x.village_id')}, x.address, x.postcode, x.phone, x.hotline, name(x.principal)", "1"),
    'staff': (f"{SCHOOL.format(school='x.school_id')}, name(x.name), x.gender, x.birth, x.title, x.phone, x.id_card, x.psych_trained, x.active, x.left_on", "x.school_id IS NOT NULL"),
    'class_term': (f"{CLASS.format(cls='x.class_id')}, x.grade, {STAFF.format(staff='x.head_id')}, (SELECT c.stage || c.entry_year || '/' || c.class_no FROM class AS c WHERE c.id = x.class_id)", "x.semester_id = :term"),
    'student': (f"x.student_no, x.local_no, name(x.name), name(x.name_alt), x.gender, x.birth, x.ethnic, x.id_card, x.hukou_region, x.hukou_kind, x.hukou_address, {VILLAGE.format(village='x.village_id')},"
                " x.address, x.boarding, x.photo_path", among('x.id')),
    # Classes of the term before that are none in this one stand in no sheet.
    'enrolment': (f"{child()}, {CLASS.format(cls='x.class_id')}, x.from_date, x.to_date, x.in_reason, x.out_reason, x.other_school", f"coalesce(x.to_date, '9') >= :starts AND x.from_date <= :day AND {CLASS.format(cls='x.class_id')} IS NOT NULL AND {among()}"),
    'school_age': (f"{SCHOOL.format(school='x.school_id')}, {child()}, name(x.name), x.gender, x.birth, {VILLAGE.format(village='x.village_id')}, x.state, x.reason", "x.year_start = substr(:term, 1, 4) + 0"),
    'out_of_school': (f"x.case_no, {SCHOOL.format(school='x.school_id')}, {child()}, name(x.name), x.kind, x.since, x.reason, x.measures, x.back_on", "coalesce(x.back_on, '9') >= :starts"),
    'duty': (f"{SCHOOL.format(school='x.school_id')}, {STAFF.format(staff='x.staff_id')}, x.role, x.note", "x.semester_id = :term"),
    'teaching': (f"{CLASS.format(cls='x.class_id')}, x.subject, {STAFF.format(staff='x.staff_id')}", "x.semester_id = :term"),
    'survey': (f"{SCHOOL.format(school='x.school_id')}, x.kind, x.on_date, x.pupils, x.left_behind, {STAFF.format(staff='x.signed_by')}", "x.semester_id = :term"),
    'pledge': (f"{child()}, x.kind, x.party_a, x.party_b, x.signed_on, x.valid_to", f"x.semester_id = :term AND {among()}"),
    'letter': (f"{child()}, x.kind, {ADULT.format(adult='x.adult_id')}, x.body, x.address, x.postcode, x.sent_on, x.receipt_on", f"x.semester_id = :term AND {among()}"),
    'conduct': (f"{child()}, x.on_date, x.severity, x.what, x.decision, x.revoked_on", f"{IN_TERM} AND {among()}"),
    'incident': (f"{child()}, x.on_date, x.kind, x.detail, x.handled, x.reported_to, x.confidential", f"{IN_TERM} AND {among()}"),
    'growth_item': (f"{child()}, x.on_date, x.kind, x.title, x.content, x.picture_path", f"x.semester_id = :term AND {among()}"),
    'adult': ("name(x.name), x.gender, x.birth, x.id_card, x.qq, x.wechat, x.education, x.health, x.address, x.living", "x.id IN (SELECT f.adult_id FROM family AS f WHERE " + among('f.student_id') + ")"),
    'adult_phone': (f"{ADULT.format(adult='x.adult_id')}, x.seq, x.phone, x.state", "x.seq <= 2 AND x." + FAMILY),
    'family': (f"{child()}, {ADULT.format(adult='x.adult_id')}, x.relation, x.legal_guardian, x.entrusted, x.no_capacity, x.emergency_rank, x.from_date, x.to_date, x.agreement_on, x.told_school_on", among()),
    'absence': (f"{ADULT.format(adult='x.adult_id')}, x.from_date, x.to_date, x.province, x.city, x.place, x.street, x.postcode, x.employer, x.job, x.phone, x.home_at_spring", "x." + FAMILY),
    'left_behind': (f"{child()}, x.kind, x.is_key, x.key_reason, x.care_level, x.income, x.aid, x.dossier_no, x.from_date, x.to_date, x.status, x.filed_on, {STAFF.format(staff='x.filled_by')}, x.filled_on,"
                    f" {STAFF.format(staff='x.checked_by')}, x.checked_on, x.note", f"x.semester_id = :term AND {among()}"),
    'special': (f"{child()}, x.kind, x.from_date, x.to_date, x.detail, x.level, x.cert_no", among()),
    'health': (f"{child()}, x.exam_on, x.height_mm, x.weight_g, x.vision_l, x.vision_r, x.condition, x.illness, x.allergy, x.mental, x.insured, x.clinic", f"x.semester_id = :term AND {among()}"),
    'ride': (f"{child()}, (SELECT v.plate FROM vehicle AS v WHERE v.id = x.vehicle_id), x.direction, x.stop, x.trip", f"x.semester_id = :term AND {among()}"),
    'vehicle': ("x.plate, x.kind, x.seats, name(x.driver), x.driver_phone, x.licence, x.letter_on", f"x.id IN (SELECT r.vehicle_id FROM ride AS r WHERE r.semester_id = :term AND {among('r.student_id')})"),
    'carer': ("name(x.name), x.gender, x.org, x.phone, x.kind", f"x.id IN (SELECT p.carer_id FROM pairing AS p WHERE {among('p.student_id')})"),
    'pairing': (f"{child()}, {CARER.format(carer='x.carer_id')}, x.role, x.from_date, x.to_date, x.share_bp, x.is_primary, x.agreement_on", among()),
    'monthly_record': (f"{child()}, x.ym, {CARER.format(carer='x.carer_id')}, x.study, x.life, x.mind, x.safety, x.problem, x.measure, x.parent_feedback, x.filled_on, x.signed_carer, x.signed_guardian,"
                       f" {STAFF.format(staff='x.reviewed_by')}, x.reviewed_on", f"x.ym IN (SELECT m.ym FROM semester_month AS m WHERE m.semester_id = :term) AND {among()}"),
    'care_event': (f"{child()}, x.on_date, x.kind, {CARER.format(carer='x.carer_id')}, {STAFF.format(staff='x.staff_id')}, x.place, x.topic, x.content, x.outcome, x.confidential", f"{IN_TERM} AND {among()}"),
    'contact': (f"{child()}, {ADULT.format(adult='x.adult_id')}, x.on_date, x.channel, x.from_side, x.minutes, x.ok, x.festival, x.content, x.suggestion, x.handled", f"{IN_TERM} AND {among()}"),
    'activity': (f"{SCHOOL.format(school='x.school_id')}, x.on_date, x.kind, x.title, x.place, x.host, x.partner, x.children, x.adults, x.summary", "x.semester_id = :term AND x.school_id IS NOT NULL"),
    'meeting': (f"{SCHOOL.format(school='x.school_id')}, x.on_date, x.kind, x.topic, x.chair, x.speaker, x.present, x.expected, x.minutes", "x.semester_id = :term AND x.school_id IS NOT NULL"),
    'donation': (f"{SCHOOL.format(school='x.school_id')}, x.on_date, x.donor, x.kind, x.item, x.qty, x.unit, x.value_fen, x.purpose", f"{IN_TERM} AND x.school_id IS NOT NULL"),
    'submission': (f"{SCHOOL.format(school='x.school_id')}, x.ym, x.kind, x.title, name(x.author), x.body, x.submitted_at, x.state, x.feedback", "x.ym IN (SELECT m.ym FROM semester_month AS m WHERE m.semester_id = :term)"),
}


def name(text):
    if text is None:
        return ''
    seen = ''.join(c for c in text if unicodedata.category(c) not in ('Cc', 'Cf'))
    return re.sub(f'(?<={HAN})[ \u3000]+(?={HAN})', '', seen).strip()


def lines(path, day):
    db = sqlite3.connect(f'file:{path}?mode=ro', uri=True)
    db.create_function('name', 1, name, deterministic=True)
    term, starts, ends = db.execute("SELECT id, starts, ends FROM semester WHERE starts <= ? ORDER BY starts DESC LIMIT 1", (day,)).fetchone()
    for table, (columns, condition) in HELD.items():
        sql = f"SELECT {columns} FROM {table} AS x WHERE {condition}"
        for row in db.execute(sql, {name: value for name, value in (('day', day), ('term', term), ('starts', starts), ('ends', ends)) if ':' + name in sql}):
            yield '\t'.join([table] + ['' if value is None else str(value).strip() for value in row]).replace('\n', '\\n').replace('\r', '')


if __name__ == '__main__':
    print('\n'.join(sorted(lines(sys.argv[1], sys.argv[2]))))
