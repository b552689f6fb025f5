-- The awards of the database, with what each is known by. Parameters: :day.

CREATE TEMP TABLE w_day AS
SELECT :day AS day, substr(:day, 1, 4) AS year,
       (SELECT s.id FROM semester AS s WHERE coalesce((SELECT min(m.period_from) FROM semester_month AS m WHERE m.semester_id = s.id), s.starts) <= :day ORDER BY s.id DESC LIMIT 1) AS semester;

-- person: the same one, whether as carer or as teacher; record: an archive's number or a 考核表's, never a name.
CREATE TEMP TABLE w_award AS
SELECT a.id, coalesce(nullif(a.state, ''), '拟定') AS state, a.cert_no AS number, a.type_id, t.code, t.name AS kind, nullif(t.paper, '') AS paper, t.to_kind, t.scope,
       a.student_id, a.carer_id, a.staff_id, a.run_id, a.issuer_id, a.amount_fen AS fen, a.reissue_of, sc.id AS school_id, sc.name AS school, sc.short_name, sc.code AS school_code,
       coalesce(ct.display, '') AS class,
       CASE t.to_kind WHEN '班级' THEN ct.display WHEN '学校' THEN sc.name ELSE coalesce(st.name, ca.name, sf.name, ct.display, sc.name) END AS name,
       coalesce('s' || a.student_id, 'f' || coalesce(a.staff_id, ca.staff_id), 'c' || a.carer_id, 'k' || a.class_id, 'o' || a.school_id) AS person,
       coalesce((SELECT l.dossier_no FROM left_behind AS l WHERE l.student_id = a.student_id ORDER BY l.semester_id DESC LIMIT 1), 'student ' || a.student_id,
                'KH-' || coalesce(sc.code, '') || '-' || y.year_start || '-' || coalesce(a.carer_id, 'B' || a.staff_id), 'class ' || a.class_id, 'school ' || a.school_id) AS record,
       coalesce((SELECT l.flags FROM assess_line AS l WHERE l.student_id = a.student_id AND l.run_id = coalesce(a.run_id, (SELECT max(r.id) FROM assess_run AS r WHERE r.year_start = y.year_start))),
                (SELECT c.flags FROM assess_carer AS c WHERE c.run_id = a.run_id AND c.carer_id = a.carer_id), '') AS flags
FROM award AS a JOIN award_type AS t ON t.id = a.type_id
LEFT JOIN semester AS y ON y.id = coalesce(a.for_semester_id, a.semester_id)
LEFT JOIN student AS st ON st.id = a.student_id
LEFT JOIN carer AS ca ON ca.id = a.carer_id
LEFT JOIN staff AS sf ON sf.id = coalesce(a.staff_id, ca.staff_id)
LEFT JOIN class AS cl ON cl.id = coalesce(a.class_id, (
  SELECT e.class_id FROM enrolment AS e WHERE e.student_id = a.student_id AND e.from_date <= y.ends AND (e.to_date IS NULL OR e.to_date >= y.starts) ORDER BY e.from_date DESC, e.id DESC LIMIT 1))
LEFT JOIN class_term AS ct ON ct.class_id = cl.id AND ct.semester_id = y.id
LEFT JOIN school AS sc ON sc.id = coalesce(a.school_id, cl.school_id, ca.school_id, sf.school_id);
CREATE INDEX temp.w_award_name ON w_award(name);

CREATE TEMP TABLE w_word(seq INTEGER PRIMARY KEY, word TEXT, plain TEXT);
CREATE TEMP TABLE w_although(word TEXT, plain TEXT);
