-- Places: 1 + how many of the class have a higher total (1, 1, 3), among the whole class of the examination's day.

CREATE TEMP TABLE a_exam AS
SELECT x.id, x.school_id, x.semester_id, x.grade, x.held_on, EXISTS(SELECT 1 FROM mark AS k WHERE k.exam_id = x.id) AS marked
FROM exam AS x JOIN a_year AS y ON x.semester_id IN(y.first, y.second, y.before)
WHERE x.kind = '期末' AND x.held_on IS NOT NULL;

-- What counts: the examination's subjects; where none are listed, those that were marked.
CREATE TEMP TABLE a_subject(exam_id INTEGER, subject TEXT, PRIMARY KEY(exam_id, subject)) WITHOUT ROWID;
INSERT INTO a_subject SELECT s.exam_id, s.subject FROM exam_subject AS s JOIN a_exam AS x ON x.id = s.exam_id WHERE coalesce(s.counts, 1);
INSERT INTO a_subject SELECT DISTINCT k.exam_id, k.subject FROM (SELECT id FROM a_exam WHERE id NOT IN(SELECT exam_id FROM exam_subject)) AS x CROSS JOIN mark AS k ON k.exam_id = x.id;

-- Who was to sit it: the classes of its school and grade as they were on that day, and whoever has marks.
CREATE TEMP TABLE a_roll(exam_id INTEGER, student_id INTEGER, class_id INTEGER, PRIMARY KEY(exam_id, student_id)) WITHOUT ROWID;
INSERT OR REPLACE INTO a_roll
SELECT x.id, e.student_id, e.class_id FROM a_exam AS x CROSS JOIN class_term AS t ON t.semester_id = x.semester_id AND (x.grade IS NULL OR t.grade = x.grade)
JOIN class AS c ON c.id = t.class_id AND (x.school_id IS NULL OR c.school_id = x.school_id)
JOIN enrolment AS e ON e.class_id = c.id AND coalesce(e.from_date, '') <= x.held_on AND (e.to_date IS NULL OR e.to_date >= x.held_on)
WHERE x.marked AND e.student_id IS NOT NULL ORDER BY x.id, e.student_id, e.from_date, e.id;
INSERT OR IGNORE INTO a_roll
SELECT k.exam_id, k.student_id, (SELECT e.class_id FROM enrolment AS e WHERE e.student_id = k.student_id AND coalesce(e.from_date, '') <= k.held_on
         AND (e.to_date IS NULL OR e.to_date >= k.held_on) ORDER BY e.from_date DESC, e.id DESC LIMIT 1) AS class_id
FROM (SELECT DISTINCT k.exam_id, k.student_id, x.held_on FROM a_exam AS x CROSS JOIN mark AS k ON k.exam_id = x.id
      WHERE NOT EXISTS(SELECT 1 FROM a_roll AS r WHERE r.exam_id = k.exam_id AND r.student_id = k.student_id)) AS k;
DELETE FROM a_roll WHERE class_id IS NULL;

-- A total stands only where every subject that counts has a score that holds: a zero would buy the next year's points.
CREATE TEMP TABLE a_total AS
SELECT r.exam_id, r.student_id, r.class_id, iif(coalesce(k.scores, 0) = n.subjects, k.total, NULL) AS total, coalesce(k.exempt, 0) AS exempt
FROM a_roll AS r JOIN (SELECT exam_id, count(*) AS subjects FROM a_subject GROUP BY exam_id) AS n ON n.exam_id = r.exam_id
LEFT JOIN (SELECT k.exam_id, k.student_id, count(iif(coalesce(k.state, '正常') = '正常', k.score_x10, NULL)) AS scores, sum(k.score_x10) AS total, max(k.state IS '免考') AS exempt
           FROM a_exam AS x CROSS JOIN mark AS k ON k.exam_id = x.id CROSS JOIN a_subject AS s ON s.exam_id = k.exam_id AND s.subject = k.subject GROUP BY k.exam_id, k.student_id) AS k
  ON k.exam_id = r.exam_id AND k.student_id = r.student_id;

CREATE TEMP TABLE a_result(exam_id INTEGER, student_id INTEGER, class_id INTEGER, total INTEGER, place INTEGER, size INTEGER, exempt INTEGER, PRIMARY KEY(exam_id, student_id)) WITHOUT ROWID;
INSERT INTO a_result
SELECT exam_id, student_id, class_id, total, iif(total IS NOT NULL, rank() OVER (PARTITION BY exam_id, class_id ORDER BY total DESC NULLS LAST), NULL),
       count(*) OVER (PARTITION BY exam_id, class_id), exempt FROM a_total ORDER BY exam_id, student_id;

-- One place a pupil and term: that of the last final examination. An examination without any marks is known by the results that were handed in.
CREATE TEMP TABLE a_place(semester_id TEXT, student_id INTEGER, exam_id INTEGER, class_id INTEGER, total INTEGER, place INTEGER, size INTEGER, exempt INTEGER,
  PRIMARY KEY(semester_id, student_id)) WITHOUT ROWID;
INSERT OR REPLACE INTO a_place
SELECT semester_id, student_id, exam_id, class_id, total, place, size, exempt
FROM (SELECT x.semester_id, x.held_on, r.student_id, r.exam_id, r.class_id, r.total, r.place, r.size, r.exempt FROM a_exam AS x JOIN a_result AS r ON r.exam_id = x.id
      UNION ALL
      SELECT x.semester_id, x.held_on, r.student_id, r.exam_id, r.class_id, r.total_x10, r.class_rank, coalesce(r.class_size, count(*) OVER (PARTITION BY r.exam_id, r.class_id)), 0
      FROM a_exam AS x JOIN exam_result AS r ON r.exam_id = x.id WHERE NOT x.marked)
ORDER BY held_on, exam_id, student_id;
