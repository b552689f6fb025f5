-- scope.sql: tables that the checks share, made once before them.
--
-- By hand, in the sqlite3 shell, with a check that calls no function of engine/rules/functions.c:
--     .param set :as_of "'2026-11-25'"
--     .param set :school "'云岭初级中学'"     (or NULL: all of the township)
--     .param set :class NULL
--     .read engine/rules/checks/scope.sql
--     … the check's SELECT …

-- The day that the checks speak of (else the last day of the newest closed month; before the first one, of the newest term that has classes), its
-- term and school year.
CREATE TEMP TABLE asked AS
SELECT d.day, s.id AS term, s.year_start, s.starts, s.ends
FROM (SELECT coalesce(:as_of, (SELECT max(period_to) FROM semester_month WHERE closed_on IS NOT NULL),
                      (SELECT max(s.ends) FROM semester AS s JOIN class_term AS t ON t.semester_id = s.id), (SELECT max(ends) FROM semester), (SELECT max(from_date) FROM enrolment), '9999-12-31') AS day) AS d
LEFT JOIN semester AS s ON s.id = (SELECT x.id FROM semester AS x WHERE x.starts <= d.day ORDER BY x.starts DESC LIMIT 1);

-- Who is looked at: all, and `whole` has its one row; or, where a school or a class is asked for, `near`: every pupil that ever went to one of its
-- schools, and those with whom the checks compare them. Of these schools and their pupils is found what would be found among all.
CREATE TEMP TABLE whole(yes INTEGER);
INSERT INTO whole SELECT 1 WHERE :school IS NULL AND :class IS NULL;
CREATE TEMP TABLE school_near(school_id INTEGER PRIMARY KEY);
INSERT INTO school_near
SELECT s.id FROM school AS s WHERE NOT EXISTS(SELECT 1 FROM whole) AND (:school IS NULL OR :school IN(s.name, s.short_name, s.code))
  AND (:class IS NULL OR EXISTS(SELECT 1 FROM class AS c JOIN class_term AS t ON t.class_id = c.id WHERE c.school_id = s.id AND t.display = :class));
-- A workbook of the school may show a pupil by a class that is still open, though a later one is at another school.
INSERT OR IGNORE INTO school_near
SELECT k.school_id
FROM (SELECT DISTINCT e.student_id AS id FROM school_near AS n CROSS JOIN class AS c ON c.school_id = n.school_id CROSS JOIN enrolment AS e ON e.class_id = c.id) AS s CROSS JOIN asked AS a
JOIN enrolment AS f ON f.id = (SELECT x.id FROM enrolment AS x WHERE x.student_id = s.id ORDER BY x.from_date DESC, x.id DESC LIMIT 1)
JOIN enrolment AS g ON g.id = (SELECT x.id FROM enrolment AS x WHERE x.student_id = s.id AND x.from_date <= a.day ORDER BY x.to_date IS NULL DESC, x.from_date DESC, x.id DESC LIMIT 1)
JOIN class AS k ON k.id = f.class_id JOIN class AS m ON m.id = g.class_id
WHERE g.id <> f.id AND m.school_id IN(SELECT school_id FROM school_near);
CREATE TEMP TABLE near(student_id INTEGER PRIMARY KEY);
INSERT INTO near SELECT DISTINCT e.student_id FROM school_near AS n CROSS JOIN class AS c ON c.school_id = n.school_id CROSS JOIN enrolment AS e ON e.class_id = c.id;
-- Their families, and whoever has a phone or an ID number in common with one of these.
CREATE TEMP TABLE adult_near(adult_id INTEGER PRIMARY KEY);
INSERT INTO adult_near SELECT DISTINCT f.adult_id FROM near AS n CROSS JOIN family AS f ON f.student_id = n.student_id;
INSERT OR IGNORE INTO adult_near
SELECT adult_id FROM adult_phone WHERE phone IN(SELECT p.phone FROM adult_near AS n CROSS JOIN adult_phone AS p ON p.adult_id = n.adult_id) AND NOT EXISTS(SELECT 1 FROM whole)
UNION ALL SELECT id FROM adult WHERE id_card IN(SELECT a.id_card FROM adult_near AS n CROSS JOIN adult AS a ON a.id = n.adult_id);
-- The children of all these, pupils who have a number in common, and who rides with one of them.
INSERT OR IGNORE INTO near
SELECT f.student_id FROM adult_near AS n CROSS JOIN family AS f ON f.adult_id = n.adult_id
UNION ALL SELECT id FROM student WHERE id_card IN(SELECT s.id_card FROM near AS n CROSS JOIN student AS s ON s.id = n.student_id)
UNION ALL SELECT id FROM student WHERE student_no IN(SELECT s.student_no FROM near AS n CROSS JOIN student AS s ON s.id = n.student_id)
UNION ALL SELECT student_id FROM ride WHERE vehicle_id IN(SELECT r.vehicle_id FROM near AS n CROSS JOIN ride AS r ON r.student_id = n.student_id);
-- Rows of great tables that are looked at.
CREATE TEMP VIEW record_near AS
SELECT r.student_id, r.ym, r.carer_id, r.filled_on FROM whole CROSS JOIN monthly_record AS r
UNION ALL SELECT r.student_id, r.ym, r.carer_id, r.filled_on FROM near AS n CROSS JOIN monthly_record AS r ON r.student_id = n.student_id;
CREATE TEMP VIEW contact_near AS
SELECT e.id, e.student_id, e.on_date FROM whole CROSS JOIN contact AS e UNION ALL SELECT e.id, e.student_id, e.on_date FROM near AS n CROSS JOIN contact AS e ON e.student_id = n.student_id;
CREATE TEMP VIEW phone_near AS
SELECT p.adult_id, p.phone, p.state FROM whole CROSS JOIN adult_phone AS p UNION ALL SELECT p.adult_id, p.phone, p.state FROM adult_near AS n CROSS JOIN adult_phone AS p ON p.adult_id = n.adult_id;

-- The days on which something was done for a child, each looked up behind the one before it.
CREATE TEMP TABLE care_day(on_date TEXT PRIMARY KEY);
WITH RECURSIVE d(on_date) AS (SELECT min(on_date) FROM care_event UNION ALL SELECT (SELECT min(e.on_date) FROM care_event AS e WHERE e.on_date > d.on_date) FROM d WHERE d.on_date IS NOT NULL)
INSERT INTO care_day SELECT on_date FROM d WHERE on_date IS NOT NULL;

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
LEFT JOIN class AS c ON c.id = e.class_id
WHERE EXISTS(SELECT 1 FROM whole) OR s.id IN(SELECT student_id FROM near);

-- Each adult with one of its children, if possible one who goes to school now.
CREATE TEMP TABLE adult_at(adult_id INTEGER PRIMARY KEY, student_id INTEGER, record TEXT, school_id INTEGER, here INTEGER);
INSERT INTO adult_at
SELECT f.adult_id, p.student_id, p.record, p.school_id, max(p.here * 1000000000 - p.student_id) > 0
FROM family AS f JOIN pupil_at AS p ON p.student_id = f.student_id
WHERE EXISTS(SELECT 1 FROM whole) OR f.adult_id IN(SELECT adult_id FROM adult_near) GROUP BY f.adult_id;

-- The term's register of left-behind children, each with its school of the term; an entry without an end is in force to the end of the term.
CREATE TEMP TABLE register_at(student_id INTEGER PRIMARY KEY, school_id INTEGER, from_date TEXT, to_date TEXT, is_key INTEGER);
INSERT INTO register_at
SELECT l.student_id, c.school_id, l.from_date, coalesce(l.to_date, '9999-12-31'), coalesce(l.is_key, 0)
FROM asked AS a JOIN left_behind AS l ON l.semester_id = a.term
LEFT JOIN enrolment AS e ON e.id = (SELECT x.id FROM enrolment AS x WHERE x.student_id = l.student_id AND x.from_date <= a.ends AND (x.to_date IS NULL OR x.to_date >= a.starts)
                                    ORDER BY x.from_date DESC, x.id DESC LIMIT 1)
LEFT JOIN class AS c ON c.id = e.class_id
WHERE EXISTS(SELECT 1 FROM whole) OR l.student_id IN(SELECT student_id FROM near);

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
