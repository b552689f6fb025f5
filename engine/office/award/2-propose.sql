-- Who is put forward for an award that nothing computes. Parameters: :day, :type, :school, :semester (the term that is rewarded), :level, :detail, :by, :why.

CREATE TEMP TABLE w_type AS
SELECT t.id, t.code, t.name, t.to_kind, t.default_fen FROM award_type AS t WHERE (t.code = :type OR t.name = :type) AND coalesce(t.valid_from, '') <= :day AND (t.valid_to IS NULL OR t.valid_to >= :day)
ORDER BY t.valid_from DESC, t.id DESC LIMIT 1;

CREATE TEMP TABLE w_person AS
SELECT 's' || s.id AS person, s.id AS student_id, NULL AS carer_id, NULL AS staff_id, e.class_id, c.school_id, s.name, s.student_no AS other,
       coalesce((SELECT l.dossier_no FROM left_behind AS l WHERE l.student_id = s.id ORDER BY l.semester_id DESC LIMIT 1), 'student ' || s.id) AS record
FROM w_type AS t JOIN student AS s JOIN enrolment AS e ON e.student_id = s.id AND e.from_date <= :day AND (e.to_date IS NULL OR e.to_date >= :day) JOIN class AS c ON c.id = e.class_id
WHERE t.to_kind = '学生'
UNION ALL SELECT 'c' || k.id, NULL, k.id, NULL, NULL, k.school_id, k.name, NULL, 'carer ' || k.id FROM w_type AS t JOIN carer AS k WHERE t.to_kind = '代理家长' AND k.kind <> '同伴'
UNION ALL SELECT 'f' || f.id, NULL, NULL, f.id, NULL, f.school_id, f.name, NULL, 'staff ' || f.id FROM w_type AS t JOIN staff AS f WHERE t.to_kind IN('班主任', '教师') AND coalesce(f.active, 1)
UNION ALL SELECT 'k' || c.id, NULL, NULL, NULL, c.id, c.school_id, n.display, NULL, 'class ' || c.id FROM w_type AS t JOIN w_day AS d JOIN class_term AS n ON n.semester_id = coalesce(:semester, d.semester) JOIN class AS c ON c.id = n.class_id WHERE t.to_kind = '班级'
UNION ALL SELECT 'o' || o.id, NULL, NULL, NULL, NULL, o.id, o.name, o.short_name, 'school ' || o.id FROM w_type AS t JOIN school AS o WHERE t.to_kind = '学校';
DELETE FROM w_person WHERE :school IS NOT NULL AND school_id NOT IN(SELECT id FROM school WHERE :school IN(name, short_name, code));

CREATE TEMP TABLE w_match AS
SELECT w.seq, w.word, p.*, o.short_name AS place FROM w_word AS w JOIN w_person AS p ON w.word IN(p.name, p.other, p.record) LEFT JOIN school AS o ON o.id = p.school_id;
CREATE TEMP TABLE w_twins AS
SELECT word, count(DISTINCT person) AS people, group_concat(record || ' ' || coalesce(place, ''), '; ') AS who FROM w_match GROUP BY seq HAVING count(DISTINCT person) > 1;
CREATE TEMP TABLE w_has AS
SELECT m.record, t.name AS kind, a.id, coalesce(nullif(a.state, ''), '拟定') AS state FROM w_match AS m JOIN w_type AS t JOIN w_day AS d
JOIN award AS a ON a.state IS NOT '作废' AND a.student_id IS m.student_id AND a.carer_id IS m.carer_id AND a.staff_id IS m.staff_id AND (a.class_id IS m.class_id OR m.student_id IS NOT NULL)
  AND (a.school_id = m.school_id OR t.to_kind <> '学校') AND coalesce(a.for_semester_id, a.semester_id) = coalesce(:semester, d.semester) JOIN award_type AS x ON x.id = a.type_id AND x.code IS t.code;

INSERT INTO w_entry(day, act, award, kind, record, was, by_whom, why, more)
SELECT d.day, '拟定', (SELECT coalesce(max(id), 0) FROM award) + row_number() OVER (ORDER BY m.seq), t.name, m.record, NULL, :by, :why,
       json_object('type', t.id, 'for', coalesce(:semester, d.semester), 'student', m.student_id, 'carer', m.carer_id, 'staff', m.staff_id, 'class', m.class_id, 'school', m.school_id,
                   'fen', nullif(t.default_fen, 0), 'level', :level, 'detail', :detail)
FROM w_match AS m JOIN w_type AS t JOIN w_day AS d ORDER BY m.seq;
