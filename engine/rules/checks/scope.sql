-- scope.sql: tables that the checks share, made once before them.
--
-- By hand, in the sqlite3 shell, with a check that calls no function of engine/rules/functions.c:
--     .param set :as_of "'2026-11-25'"
--     .read engine/rules/checks/scope.sql
--     … the check's SELECT …

-- The day that the checks speak of (else the last day of the newest closed month; before the first one, of the newest term that has classes), its
-- term and school year.
CREATE TEMP TABLE asked AS
SELECT d.day, s.id AS term, s.year_start, s.starts, s.ends
FROM (SELECT coalesce(:as_of, (SELECT max(period_to) FROM semester_month WHERE closed_on IS NOT NULL),
                      (SELECT max(s.ends) FROM semester AS s JOIN class_term AS t ON t.semester_id = s.id), (SELECT max(ends) FROM semester), (SELECT max(from_date) FROM enrolment), '9999-12-31') AS day) AS d
LEFT JOIN semester AS s ON s.id = (SELECT x.id FROM semester AS x WHERE x.starts <= d.day ORDER BY x.starts DESC LIMIT 1);

-- Each pupil: the number to name it by, its school and class (the last it went to), its days at school, and whether it goes there now.
CREATE TEMP TABLE pupil_at(student_id INTEGER PRIMARY KEY, record TEXT, school_id INTEGER, class_id INTEGER, here INTEGER, first_day TEXT, last_day TEXT);
INSERT INTO pupil_at
SELECT s.id,
       coalesce((SELECT l.dossier_no FROM left_behind AS l WHERE l.student_id = s.id AND l.dossier_no <> '' ORDER BY l.semester_id DESC LIMIT 1),
                nullif(s.local_no, ''), '学生' || s.id),
       c.school_id, e.class_id,
       e.from_date <= a.day AND (e.to_date IS NULL OR e.to_date >= a.day),
       (SELECT min(x.from_date) FROM enrolment AS x WHERE x.student_id = s.id),
       (SELECT max(coalesce(x.to_date, '9999-12-31')) FROM enrolment AS x WHERE x.student_id = s.id)
FROM asked AS a CROSS JOIN student AS s
LEFT JOIN enrolment AS e ON e.id = (SELECT x.id FROM enrolment AS x WHERE x.student_id = s.id ORDER BY x.from_date DESC, x.id DESC LIMIT 1)
LEFT JOIN class AS c ON c.id = e.class_id;

-- Each adult with one of its children, if possible one who goes to school now.
CREATE TEMP TABLE adult_at(adult_id INTEGER PRIMARY KEY, student_id INTEGER, record TEXT, school_id INTEGER, here INTEGER);
INSERT INTO adult_at
SELECT f.adult_id, p.student_id, p.record, p.school_id, max(p.here * 1000000000 - p.student_id) > 0
FROM family AS f JOIN pupil_at AS p ON p.student_id = f.student_id GROUP BY f.adult_id;

-- The term's register of left-behind children, each with its school of the term; an entry without an end is in force to the end of the term.
CREATE TEMP TABLE register_at(student_id INTEGER PRIMARY KEY, school_id INTEGER, from_date TEXT, to_date TEXT, is_key INTEGER);
INSERT INTO register_at
SELECT l.student_id, c.school_id, l.from_date, coalesce(l.to_date, '9999-12-31'), coalesce(l.is_key, 0)
FROM asked AS a JOIN left_behind AS l ON l.semester_id = a.term
LEFT JOIN enrolment AS e ON e.id = (SELECT x.id FROM enrolment AS x WHERE x.student_id = l.student_id AND x.from_date <= a.ends AND (x.to_date IS NULL OR x.to_date >= a.starts)
                                    ORDER BY x.from_date DESC, x.id DESC LIMIT 1)
LEFT JOIN class AS c ON c.id = e.class_id;

-- The left-behind children in force on that day.
CREATE TEMP TABLE child_at(student_id INTEGER PRIMARY KEY, record TEXT, school_id INTEGER, is_key INTEGER, from_date TEXT);
INSERT INTO child_at
SELECT l.student_id, p.record, p.school_id, l.is_key, l.from_date
FROM asked AS a JOIN register_at AS l ON a.day BETWEEN l.from_date AND l.to_date
JOIN pupil_at AS p ON p.student_id = l.student_id;

-- ID numbers that more than one pupil bears: what else is wrong with them is not told twice.
CREATE TEMP TABLE id_twice(id_card TEXT PRIMARY KEY);
INSERT INTO id_twice SELECT id_card FROM student WHERE id_card <> '' GROUP BY id_card HAVING count(*) > 1;

-- Whoever has a name, and where it stands; a carer who is a teacher or a pupil is named there.
CREATE TEMP VIEW named AS
SELECT p.record, p.school_id, s.id, s.name, 'student.name' AS place FROM student AS s JOIN pupil_at AS p ON p.student_id = s.id
UNION ALL SELECT t.record, t.school_id, a.id, a.name, 'adult.name' FROM adult AS a JOIN adult_at AS t ON t.adult_id = a.id
UNION ALL SELECT NULL, school_id, id, name, 'staff.name' FROM staff
UNION ALL SELECT NULL, school_id, id, name, 'carer.name' FROM carer WHERE staff_id IS NULL AND student_id IS NULL;
