-- retire_plan.sql: what may be destroyed, and what must be handed over, on a day. Needs asked(as_of, school_id).
-- Gives doomed_student, doomed_adult, doomed_carer, named_carer, item_destroy, item_hand_over, next_day.
--
-- A child's records are one: they may go when its last stay at a school of the township and its last entry of the register are over for as
-- long as the longest keeping of a school or volume that has them, counted from the first of January after the end. 永久 never goes.

CREATE TEMP TABLE rule AS
SELECT a.as_of, a.school_id,
       (SELECT CAST(p.value AS INTEGER) FROM policy AS p WHERE p.key = 'retention_start' AND p.valid_from <= a.as_of AND (p.valid_to IS NULL OR p.valid_to >= a.as_of) ORDER BY p.valid_from DESC LIMIT 1) AS start_years,
       (SELECT CAST(p.value AS INTEGER) FROM policy AS p WHERE p.key = 'retention_default' AND p.valid_from <= a.as_of AND (p.valid_to IS NULL OR p.valid_to >= a.as_of) ORDER BY p.valid_from DESC LIMIT 1) AS default_years,
       (SELECT CAST(p.value AS INTEGER) FROM policy AS p WHERE p.key = 'handover_month' AND p.valid_from <= a.as_of AND (p.valid_to IS NULL OR p.valid_to >= a.as_of) ORDER BY p.valid_from DESC LIMIT 1) AS hand_over_month
FROM asked AS a;

-- Every keeping that a child's records are under; years NULL: for ever, or nobody can read it.
CREATE TEMP TABLE keeping AS
SELECT k.student_id, k.said, CASE WHEN k.said GLOB '[1-9]*年' AND CAST(k.said AS INTEGER) || '年' = k.said THEN CAST(k.said AS INTEGER) WHEN coalesce(k.said, '') = '' THEN rule.default_years END AS years
FROM (SELECT e.student_id, trim(f.retention) AS said FROM enrolment AS e JOIN class AS c ON c.id = e.class_id LEFT JOIN fonds AS f ON f.school_id = c.school_id
      UNION SELECT l.student_id, trim(v.retention) FROM left_behind AS l JOIN enrolment AS e ON e.student_id = l.student_id JOIN volume AS v ON v.class_id = e.class_id AND v.semester_id = l.semester_id) AS k, rule;

CREATE TEMP TABLE ending AS
SELECT s.id AS student_id, max(x.last) AS last, min(x.first) AS first, max(x.open) AS open, sum(x.dossier) AS terms
FROM student AS s JOIN (
  SELECT student_id, to_date AS last, from_date AS first, to_date IS NULL OR to_date > (SELECT as_of FROM rule) AS open, 0 AS dossier FROM enrolment
  UNION ALL SELECT l.student_id, coalesce(l.to_date, t.ends), l.from_date, t.ends > (SELECT as_of FROM rule) AND l.to_date IS NULL, 1 FROM left_behind AS l JOIN semester AS t ON t.id = l.semester_id
) AS x ON x.student_id = s.id GROUP BY s.id;

CREATE TEMP TABLE expiry AS
SELECT e.student_id, e.first, e.last, e.terms, k.years, date((CAST(substr(e.last, 1, 4) AS INTEGER) + rule.start_years) || '-01-01', '+' || k.years || ' years') AS expires_on,
       (SELECT c.school_id FROM enrolment AS n JOIN class AS c ON c.id = n.class_id WHERE n.student_id = e.student_id ORDER BY n.from_date DESC, n.id DESC LIMIT 1) AS school_id,
       (SELECT l.dossier_no FROM left_behind AS l WHERE l.student_id = e.student_id AND l.dossier_no <> '' ORDER BY l.semester_id DESC LIMIT 1) AS dossier_no
FROM ending AS e JOIN (SELECT student_id, max(years) AS years FROM keeping GROUP BY 1 HAVING count(*) = count(years)) AS k ON k.student_id = e.student_id, rule
WHERE NOT e.open AND e.last IS NOT NULL;

CREATE TEMP TABLE doomed_student AS
SELECT x.student_id AS id FROM expiry AS x, rule WHERE x.expires_on <= rule.as_of AND (rule.school_id IS NULL OR x.school_id = rule.school_id);
CREATE UNIQUE INDEX temp.ix_doomed_student ON doomed_student(id);

-- Adults go with the last child that they belong to; who is known to another child stays.
CREATE TEMP TABLE doomed_adult AS
SELECT DISTINCT f.adult_id AS id FROM family AS f WHERE f.student_id IN(SELECT id FROM doomed_student)
  AND NOT EXISTS(SELECT 1 FROM family AS o WHERE o.adult_id = f.adult_id AND o.student_id NOT IN(SELECT id FROM doomed_student))
  AND f.adult_id NOT IN(SELECT adult_id FROM contact WHERE adult_id IS NOT NULL AND student_id NOT IN(SELECT id FROM doomed_student))
  AND f.adult_id NOT IN(SELECT adult_id FROM letter WHERE adult_id IS NOT NULL AND student_id NOT IN(SELECT id FROM doomed_student));
CREATE UNIQUE INDEX temp.ix_doomed_adult ON doomed_adult(id);

-- A pupil who was somebody's 同伴: its entry as a carer goes, or, where a child that stays was paired with it, its name does.
CREATE TEMP TABLE named_carer AS
SELECT c.id FROM carer AS c WHERE c.student_id IN(SELECT id FROM doomed_student) AND (
  EXISTS(SELECT 1 FROM pairing AS p WHERE p.carer_id = c.id AND p.student_id NOT IN(SELECT id FROM doomed_student))
  OR EXISTS(SELECT 1 FROM monthly_record AS p WHERE p.carer_id = c.id AND p.student_id NOT IN(SELECT id FROM doomed_student))
  OR EXISTS(SELECT 1 FROM care_event AS p WHERE p.carer_id = c.id AND p.student_id NOT IN(SELECT id FROM doomed_student))
  OR EXISTS(SELECT 1 FROM assess_share AS p WHERE p.carer_id = c.id AND p.student_id NOT IN(SELECT id FROM doomed_student)));
CREATE TEMP TABLE doomed_carer AS
SELECT c.id FROM carer AS c WHERE c.student_id IN(SELECT id FROM doomed_student) AND c.id NOT IN(SELECT id FROM named_carer);
CREATE UNIQUE INDEX temp.ix_doomed_carer ON doomed_carer(id);

-- What stands in a list: no names, since lists are kept for ever.
CREATE TEMP TABLE item_destroy AS
SELECT row_number() OVER (ORDER BY x.school_id, x.dossier_no IS NULL, x.dossier_no, x.student_id) AS seq, x.school_id, coalesce(x.dossier_no, '学生' || x.student_id) AS dossier_no,
       NULL AS archive_no, NULL AS volume_id, iif(x.terms > 0, '留守儿童成长档案', '学生学籍与成绩资料') AS title, x.years || '年' AS retention, x.first AS from_date, x.last AS to_date,
       max(x.terms, 1) AS pieces, x.expires_on AS due_on
FROM expiry AS x WHERE x.student_id IN(SELECT id FROM doomed_student);

-- The volumes of classes that have finished, and that no confirmed list has handed over.
CREATE TEMP TABLE item_hand_over AS
SELECT row_number() OVER (ORDER BY v.school_id, v.archive_no, v.id) AS seq, v.school_id, NULL AS dossier_no, v.archive_no, v.id AS volume_id, v.title, v.retention, v.from_date, v.to_date,
       v.pieces, date((CAST(substr(f.ended, 1, 4) AS INTEGER) + 1) || '-01-01', '+' || rule.hand_over_month || ' months', '-1 day') AS due_on
FROM rule JOIN (SELECT c.id AS class_id, max(e.to_date) AS ended FROM class AS c JOIN enrolment AS e ON e.class_id = c.id GROUP BY c.id
                HAVING count(*) = count(e.to_date) AND sum(e.out_reason = '毕业') > 0) AS f ON f.ended <= rule.as_of
JOIN volume AS v ON v.class_id = f.class_id AND (rule.school_id IS NULL OR v.school_id = rule.school_id)
WHERE NOT EXISTS(SELECT 1 FROM retire_item AS i JOIN retire_list AS l ON l.list_no = i.list_no WHERE i.volume_id = v.id AND l.kind = '移交' AND l.confirmed_on IS NOT NULL);

CREATE TEMP TABLE next_day AS SELECT min(x.expires_on) AS day FROM expiry AS x, rule WHERE x.expires_on > rule.as_of;
