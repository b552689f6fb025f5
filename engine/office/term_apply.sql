-- term_apply.sql: writes what term_plan.sql decided. Each statement writes only what isn't there yet.
-- Needs numbered(student_id, dossier_no) and finished(...) nowhere: it makes them, and decision tells of them.

INSERT INTO semester(id, year_start, term, title, starts, ends, prev_id)
SELECT id, year_start, no, title, starts, ends, prev FROM go WHERE new_calendar;
UPDATE semester SET prev_id = (SELECT prev FROM go) WHERE id = (SELECT id FROM go) AND prev_id IS NULL AND (SELECT prev FROM go) IS NOT NULL;
UPDATE semester SET (title, starts, ends) = (SELECT title, starts, ends FROM go) WHERE id = (SELECT id FROM go WHERE other_calendar);
DELETE FROM semester_month WHERE semester_id = (SELECT id FROM go WHERE other_calendar);
INSERT INTO semester_month(semester_id, seq, ym, period_from, period_to, due_on, required)
SELECT go.id, m.seq, m.ym, m.period_from, m.period_to, m.due_on, m.required FROM go_month AS m, go;
-- Days without school that lie behind the term before: those of the past stay as they are.
CREATE TEMP TABLE new_holiday AS
SELECT n.from_date, n.to_date, n.name, h.from_date IS NOT NULL AS known FROM go JOIN listed_holiday AS n ON n.from_date > go.prev_ends LEFT JOIN holiday AS h ON h.from_date = n.from_date
WHERE NOT go.complete AND (h.from_date IS NULL OR h.to_date IS NOT n.to_date OR h.name IS NOT n.name) ORDER BY n.from_date;
INSERT OR REPLACE INTO holiday(from_date, to_date, name) SELECT from_date, to_date, name FROM new_holiday;

-- Classes keep their id; teachers and duties go on with those who are still there.
INSERT INTO class_term(class_id, semester_id, grade, display, head_id)
SELECT c.class_id, go.id, c.grade,
       coalesce(c.display, CASE WHEN c.class_no IS NULL THEN substr('一二三四五六七八九', c.grade, 1) || '年级'
                                WHEN c.grade < 0 THEN substr('小中大', c.grade + 4, 1) || '（' || c.class_no || '）班'
                                ELSE substr('一二三四五六七八九', c.grade, 1) || '（' || c.class_no || '）班' END),
       (SELECT s.id FROM staff AS s WHERE s.id = c.head_id AND s.active IS NOT 0)
FROM go_class AS c, go
WHERE NOT c.finishes AND NOT go.complete AND NOT EXISTS(SELECT 1 FROM class_term AS n WHERE n.class_id = c.class_id AND n.semester_id = go.id);
INSERT INTO teaching(class_id, semester_id, subject, staff_id)
SELECT t.class_id, go.id, t.subject, t.staff_id
FROM go JOIN teaching AS t ON t.semester_id = go.prev JOIN staff AS s ON s.id = t.staff_id AND s.active IS NOT 0
JOIN class_term AS n ON n.class_id = t.class_id AND n.semester_id = go.id
WHERE NOT go.complete AND NOT EXISTS(SELECT 1 FROM teaching AS o WHERE o.class_id = t.class_id AND o.semester_id = go.id);
INSERT INTO duty(school_id, staff_id, semester_id, role, note)
SELECT d.school_id, d.staff_id, go.id, d.role, d.note
FROM go JOIN duty AS d ON d.semester_id = go.prev JOIN staff AS s ON s.id = d.staff_id AND s.active IS NOT 0
WHERE NOT go.complete AND NOT EXISTS(SELECT 1 FROM duty AS o WHERE o.semester_id = go.id AND o.school_id IS d.school_id) ORDER BY d.id;
INSERT INTO part(school_id, semester_id, seq, title, doc_no, author, remark)
SELECT p.school_id, go.id, p.seq, p.title, replace(p.doc_no, '〔' || go.prev_year || '〕', '〔' || go.year_start || '〕'), p.author, p.remark
FROM go JOIN part AS p ON p.semester_id = go.prev
WHERE NOT go.complete AND NOT EXISTS(SELECT 1 FROM part AS o WHERE o.school_id = p.school_id AND o.semester_id = go.id);
INSERT INTO grade_threshold(year_start, stage, subject, level, seq, min_x10)
SELECT go.year_start, g.stage, g.subject, g.level, g.seq, g.min_x10 FROM go JOIN grade_threshold AS g ON g.year_start = go.prev_year
WHERE go.promotes AND NOT EXISTS(SELECT 1 FROM grade_threshold AS o WHERE o.year_start = go.year_start);

-- The archives of the term that ended, a volume for each class, numbered on from the school's last one of that year.
CREATE TEMP TABLE new_volume AS
SELECT c.school_id, go.prev AS semester_id, c.class_id, f.archive_prefix || '-' || go.prev_year AS head, f.retention,
       row_number() OVER (PARTITION BY c.school_id ORDER BY c.was, c.class_no, c.class_id) AS seq, count(*) AS pieces,
       go.prev_title || c.called || '留守儿童成长档案' AS title, c.called, go.prev_starts AS from_date, go.prev_ends AS to_date
FROM go JOIN child AS k ON k.semester_id = go.prev JOIN go_class AS c ON c.class_id = k.class_id LEFT JOIN fonds AS f ON f.school_id = c.school_id
WHERE NOT go.complete AND NOT EXISTS(SELECT 1 FROM volume AS v WHERE v.semester_id = go.prev AND v.class_id = c.class_id)
GROUP BY c.class_id;
INSERT INTO volume(school_id, semester_id, class_id, archive_no, title, retention, pieces, from_date, to_date, note, compiled_by)
SELECT n.school_id, n.semester_id, n.class_id,
       n.head || '-' || printf('%03d', n.seq + coalesce((SELECT max(CAST(substr(v.archive_no, length(n.head) + 2) AS INTEGER)) FROM volume AS v
         WHERE v.school_id = n.school_id AND substr(v.archive_no, 1, length(n.head) + 1) = n.head || '-'), 0)),
       n.title, n.retention, n.pieces, n.from_date, n.to_date, '本卷收入' || n.called || '留守儿童成长档案' || n.pieces || '份。',
       (SELECT d.staff_id FROM duty AS d WHERE d.school_id = n.school_id AND d.semester_id = n.semester_id AND d.role = '档案管理员' ORDER BY d.id LIMIT 1)
FROM new_volume AS n ORDER BY n.school_id, n.seq;

-- Who finishes: the stay ends on the term's last day, and with it the register and what goes with it.
CREATE TEMP TABLE finisher AS
SELECT p.student_id, p.enrolment_id, c.stage, c.was FROM go_pupil AS p JOIN go_class AS c ON c.class_id = p.class_id, go WHERE p.finishes AND NOT go.complete;
CREATE UNIQUE INDEX temp.ix_finisher ON finisher(student_id);
UPDATE enrolment SET to_date = (SELECT prev_ends FROM go), out_reason = coalesce(out_reason, '毕业') WHERE id IN(SELECT enrolment_id FROM finisher);
UPDATE student SET closed_on = (SELECT prev_ends FROM go) WHERE closed_on IS NULL AND id IN(SELECT student_id FROM finisher WHERE was = 9);
UPDATE left_behind SET to_date = (SELECT prev_ends FROM go), status = '毕业'
WHERE semester_id = (SELECT prev FROM go) AND student_id IN(SELECT student_id FROM go_child WHERE fate = '毕业');
CREATE TEMP TABLE ended_pairing AS
SELECT p.id FROM pairing AS p LEFT JOIN carer AS c ON c.id = p.carer_id
WHERE (p.to_date IS NULL OR p.to_date > (SELECT prev_ends FROM go)) AND p.from_date <= (SELECT prev_ends FROM go)
  AND (p.student_id IN(SELECT student_id FROM finisher) OR c.student_id IN(SELECT student_id FROM finisher));
UPDATE pairing SET to_date = (SELECT prev_ends FROM go) WHERE id IN(SELECT id FROM ended_pairing);

-- The register, carers and rides go on, until somebody has looked at them as 待核实.
INSERT INTO left_behind(student_id, semester_id, kind, is_key, key_reason, care_level, income, aid, dossier_no, from_date, status)
SELECT l.student_id, go.id, l.kind, l.is_key, l.key_reason, l.care_level, l.income, l.aid, l.dossier_no, max(go.starts, coalesce(e.from_date, '')),
       iif(coalesce(e.from_date, '') > go.starts, '转入', '在册')
FROM go JOIN go_child AS c ON c.fate IN('结转', '转入') JOIN left_behind AS l ON l.student_id = c.student_id AND l.semester_id = go.prev
JOIN go_pupil AS p ON p.student_id = c.student_id JOIN enrolment AS e ON e.id = p.enrolment_id;
INSERT INTO carried(tbl, row_key, semester_id, student_id, state)
SELECT 'left_behind', c.student_id || '/' || go.id, go.id, c.student_id, '待核实' FROM go, go_child AS c WHERE c.fate IN('结转', '转入');
INSERT OR IGNORE INTO carried(tbl, row_key, semester_id, student_id, state)
SELECT 'pairing', p.id, go.id, p.student_id, '待核实' FROM go JOIN go_child AS c ON c.fate IN('结转', '转入')
JOIN pairing AS p ON p.student_id = c.student_id AND p.from_date < go.starts AND (p.to_date IS NULL OR p.to_date >= go.starts);
CREATE TEMP TABLE new_ride AS
SELECT r.student_id, go.id AS semester_id, r.vehicle_id, r.direction, r.stop, r.trip
FROM go JOIN ride AS r ON r.semester_id = go.prev JOIN go_pupil AS p ON p.student_id = r.student_id AND p.was_here AND NOT p.finishes
WHERE NOT go.complete AND NOT EXISTS(SELECT 1 FROM ride AS n WHERE n.student_id = r.student_id AND n.semester_id = go.id);
INSERT INTO ride(student_id, semester_id, vehicle_id, direction, stop, trip) SELECT * FROM new_ride;
INSERT INTO carried(tbl, row_key, semester_id, student_id, state)
SELECT 'ride', student_id || '/' || semester_id || '/' || vehicle_id, semester_id, student_id, '待核实' FROM new_ride;

-- Children of school age, at the change of the school year: who is still of that age. Of pupils the class says where they are; of others what was known stays, to be checked.
-- Those whose place nobody knows (who finished 大班 or 六年级, who stopped coming) have no state until their new school has them; who moved away or finished 九年级 isn't the register's any more.
CREATE TEMP TABLE of_age AS
SELECT (go.year_start - coalesce(max(iif(p.key = 'school_age_from', CAST(p.value AS INTEGER), NULL)), 6)) || '-08-31' AS youngest,
       (go.year_start - 1 - coalesce(max(iif(p.key = 'school_age_to', CAST(p.value AS INTEGER), NULL)), 15)) || '-08-31' AS oldest
FROM go LEFT JOIN policy AS p ON p.key IN('school_age_from', 'school_age_to') AND p.valid_from <= go.starts AND (p.valid_to IS NULL OR p.valid_to >= go.starts);
CREATE TEMP TABLE aged AS
SELECT a.id AS was, a.student_id, a.school_id, a.village_id, a.name, a.gender, a.birth, a.state, a.reason FROM go JOIN school_age AS a ON a.year_start = go.prev_year WHERE go.promotes AND NOT go.complete
UNION ALL
SELECT NULL, s.id, c.school_id, s.village_id, s.name, s.gender, s.birth, NULL, NULL FROM go JOIN finisher AS f ON f.was = -1 JOIN go_pupil AS p ON p.student_id = f.student_id
JOIN class AS c ON c.id = p.class_id JOIN student AS s ON s.id = f.student_id WHERE go.promotes AND EXISTS(SELECT 1 FROM school_age AS a WHERE a.year_start = go.prev_year);
CREATE TEMP TABLE new_school_age AS
SELECT go.year_start, iif(p.has_class AND NOT p.finishes, p.school_id, a.school_id) AS school_id, a.student_id, a.village_id, a.name, a.gender, a.birth,
       CASE WHEN a.student_id IS NULL THEN a.state WHEN p.has_class AND NOT p.finishes THEN '在校' END AS state, iif(a.student_id IS NULL, a.reason, NULL) AS reason
FROM go JOIN aged AS a JOIN of_age AS r LEFT JOIN go_pupil AS p ON p.student_id = a.student_id LEFT JOIN finisher AS f ON f.student_id = a.student_id
WHERE NOT EXISTS(SELECT 1 FROM school_age AS n WHERE n.year_start = go.year_start)
  AND coalesce(a.birth <= r.youngest, 1) AND coalesce(a.birth > r.oldest, 1) AND coalesce(f.was, 0) <> 9
  AND (a.student_id IS NULL OR p.student_id IS NOT NULL OR coalesce((SELECT e.out_reason FROM enrolment AS e WHERE e.student_id = a.student_id ORDER BY e.from_date DESC, e.id DESC LIMIT 1), '')
       NOT IN('转出', '死亡'))
ORDER BY a.was IS NULL, a.was, a.student_id;
-- Since the year began: pupils who came have their place in the register, where the school year has one.
CREATE TEMP TABLE found_of_age AS
SELECT s.id AS student_id, c.school_id, s.village_id, s.name, s.gender, s.birth, go.year_start, (SELECT min(n.id) FROM school_age AS n WHERE n.year_start = go.year_start AND n.student_id = s.id) AS was
FROM go JOIN class_term AS t ON t.semester_id = go.id AND t.grade >= 1 JOIN class AS c ON c.id = t.class_id JOIN go_pupil AS p ON p.class_id = t.class_id JOIN student AS s ON s.id = p.student_id
WHERE go.complete AND EXISTS(SELECT 1 FROM school_age AS n WHERE n.year_start = go.year_start);
DELETE FROM found_of_age WHERE was IN(SELECT id FROM school_age WHERE state IS NOT NULL);
UPDATE school_age SET (state, school_id) = (SELECT '在校', f.school_id FROM found_of_age AS f WHERE f.was = school_age.id) WHERE id IN(SELECT was FROM found_of_age);
UPDATE carried SET state = '已核实' WHERE tbl = 'school_age' AND semester_id = (SELECT id FROM go) AND row_key IN(SELECT CAST(was AS TEXT) FROM found_of_age);
INSERT INTO school_age(year_start, school_id, student_id, village_id, name, gender, birth, state, reason) SELECT * FROM new_school_age;
INSERT INTO school_age(year_start, school_id, student_id, village_id, name, gender, birth, state)
SELECT year_start, school_id, student_id, village_id, name, gender, birth, '在校' FROM found_of_age WHERE was IS NULL ORDER BY school_id, student_id;
INSERT INTO carried(tbl, row_key, semester_id, student_id, state)
SELECT 'school_age', CAST(a.id AS TEXT), go.id, a.student_id, '待核实' FROM go JOIN school_age AS a ON a.year_start = go.year_start
WHERE a.state IS NOT '在校' AND EXISTS(SELECT 1 FROM new_school_age);

-- Numbers: a dossier keeps its own for ever; who has none gets the school's next. A card's is of the term.
CREATE TEMP TABLE unnumbered AS
SELECT l.student_id, p.school_id, printf('LS%02d', p.school_id) AS head,
       row_number() OVER (PARTITION BY p.school_id ORDER BY t.grade, t.display, s.student_no, s.id) AS seq
FROM go JOIN left_behind AS l ON l.semester_id = go.id AND coalesce(l.dossier_no, '') = '' JOIN go_pupil AS p ON p.student_id = l.student_id
JOIN student AS s ON s.id = l.student_id LEFT JOIN class_term AS t ON t.class_id = p.class_id AND t.semester_id = go.id;
CREATE TEMP TABLE last_number AS
SELECT substr(dossier_no, 1, instr(dossier_no, '-') - 1) AS head, max(CAST(substr(dossier_no, instr(dossier_no, '-') + 6) AS INTEGER)) AS last
FROM (SELECT dossier_no FROM left_behind UNION SELECT dossier_no FROM retire_item) WHERE dossier_no GLOB 'LS*-[0-9][0-9][0-9][0-9]-[0-9]*' GROUP BY 1;
CREATE TEMP TABLE numbered AS
SELECT u.student_id, coalesce(
         (SELECT o.dossier_no FROM left_behind AS o WHERE o.student_id = u.student_id AND o.dossier_no <> '' ORDER BY o.semester_id DESC LIMIT 1),
         u.head || '-' || go.year_start || '-' || printf('%04d', u.seq + coalesce((SELECT last FROM last_number AS n WHERE n.head = u.head), 0))) AS dossier_no
FROM unnumbered AS u, go;
UPDATE left_behind SET dossier_no = (SELECT n.dossier_no FROM numbered AS n WHERE n.student_id = left_behind.student_id)
WHERE semester_id = (SELECT id FROM go) AND student_id IN(SELECT student_id FROM numbered);
CREATE TEMP TABLE new_card AS
SELECT l.student_id, go.id AS semester_id, p.school_id, printf('K%02d%02d%d-', p.school_id, go.year_start % 100, go.no) AS head,
       row_number() OVER (PARTITION BY p.school_id ORDER BY l.dossier_no, l.student_id) AS seq
FROM go JOIN left_behind AS l ON l.semester_id = go.id AND l.to_date IS NULL JOIN go_pupil AS p ON p.student_id = l.student_id AND p.has_class AND NOT p.finishes
WHERE NOT EXISTS(SELECT 1 FROM card AS c WHERE c.student_id = l.student_id AND c.semester_id = go.id);
INSERT INTO card(student_id, semester_id, card_no)
SELECT n.student_id, n.semester_id, n.head || printf('%04d', n.seq + coalesce((SELECT max(CAST(substr(c.card_no, length(n.head) + 1) AS INTEGER)) FROM card AS c
         WHERE c.semester_id = n.semester_id AND substr(c.card_no, 1, length(n.head)) = n.head), 0))
FROM new_card AS n;
