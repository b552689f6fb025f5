-- term_plan.sql: what the new term brings, decided before anything is written.
-- Needs asked(term, prev, complete): complete = 1 where the term has begun already, and only what came since is looked for. prev is NULL
-- where no term came before, or where nobody knows what was carried over: then numbers alone are given. listed_semester, listed_semester_month and
-- listed_holiday hold what the lists beside the database say (calendar.h): of a term that hasn't begun they say more than the database does.
-- Gives go (one row), go_month, go_class, go_child, and decision: what is told, in both languages. Names of children stand nowhere.

CREATE TEMP TABLE go_listed AS
SELECT semester_id, row_number() OVER (ORDER BY period_from, ym) AS seq, ym, period_from, period_to, due_on, required
FROM listed_semester_month JOIN asked ON semester_id = term WHERE NOT complete;
CREATE TEMP TABLE go AS
SELECT a.term AS id, a.complete, CAST(substr(a.term, 1, 4) AS INTEGER) AS year_start, CAST(substr(a.term, 11) AS INTEGER) AS no,
       coalesce(n.title, substr(a.term, 1, 4) || '—' || substr(a.term, 6, 4) || '学年度第' || iif(a.term LIKE '%-1', '一', '二') || '学期') AS title,
       p.id AS prev, p.title AS prev_title, p.year_start AS prev_year, p.starts AS prev_starts, p.ends AS prev_ends, a.term LIKE '%-1' AS promotes,
       s.id IS NULL AS new_calendar, s.id IS NULL AND n.id IS NULL AS by_rule, n.id IS NOT NULL OR EXISTS(SELECT 1 FROM go_listed) AS listed,
       -- The list says something else than the database holds, and none of the months is closed.
       s.id IS NOT NULL AND NOT EXISTS(SELECT 1 FROM semester_month AS m WHERE m.semester_id = s.id AND m.closed_on IS NOT NULL)
         AND (n.starts <> s.starts OR n.ends <> s.ends OR EXISTS(SELECT 1 FROM go_listed) AND (
           EXISTS(SELECT ym, period_from, period_to, due_on, required FROM go_listed EXCEPT SELECT ym, period_from, period_to, due_on, required FROM semester_month WHERE semester_id = s.id)
           OR (SELECT count(*) FROM go_listed) <> (SELECT count(*) FROM semester_month WHERE semester_id = s.id))) IS TRUE AS other_calendar,
       -- Without a calendar of its own: September to the Friday before the 24th of January, the first Monday of March to July's second Friday.
       coalesce(n.starts, s.starts, iif(a.term LIKE '%-1', substr(a.term, 1, 4) || '-09-01', date(substr(a.term, 6, 4) || '-03-01', 'weekday 1'))) AS starts,
       coalesce(n.ends, s.ends, iif(a.term LIKE '%-1', date(substr(a.term, 6, 4) || '-01-24', 'weekday 5', '-7 days'), date(substr(a.term, 6, 4) || '-07-08', 'weekday 5'))) AS ends
FROM asked AS a LEFT JOIN semester AS p ON p.id = a.prev LEFT JOIN semester AS s ON s.id = a.term
LEFT JOIN listed_semester AS n ON n.id = a.term AND NOT a.complete;

-- The months as init.sql makes them: from the day behind the one on which returns are due to the next such day, the first from the term's
-- first day, the last to its end. Of July, August and a short February nothing is due.
CREATE TEMP TABLE go_month AS
WITH RECURSIVE due(day) AS (
  SELECT coalesce((SELECT CAST(p.value AS INTEGER) FROM policy AS p, go WHERE p.key = 'due_day' AND p.valid_from <= go.starts
                   AND (p.valid_to IS NULL OR p.valid_to >= go.starts) ORDER BY p.valid_from DESC LIMIT 1), 25)),
last(first) AS (SELECT date(ends, 'start of month') FROM go),
month(first) AS (
  SELECT min(date(go.starts, '-' || due.day || ' days', 'start of month', '+1 month'), last.first) FROM go, due, last
  UNION ALL
  SELECT date(month.first, '+1 month') FROM month, last WHERE month.first < last.first),
span AS (
  SELECT substr(month.first, 1, 7) AS ym, date(month.first, '+' || (due.day - 1) || ' days') AS due_on,
         max(go.starts, date(month.first, '-1 month', '+' || due.day || ' days')) AS period_from,
         iif(month.first = last.first, go.ends, date(month.first, '+' || (due.day - 1) || ' days')) AS period_to
  FROM month, go, due, last)
SELECT row_number() OVER (ORDER BY ym) AS seq, ym, period_from, period_to, iif(needed, max(due_on, period_to), period_to) AS due_on, needed AS required
FROM (SELECT *, NOT (substr(ym, 6) IN('07', '08') OR substr(ym, 6) = '02' AND julianday(period_to) - julianday(period_from) < 14) AS needed FROM span)
WHERE NOT EXISTS(SELECT 1 FROM go_listed)
UNION ALL SELECT seq, ym, period_from, period_to, due_on, required FROM go_listed;
DELETE FROM go_month WHERE NOT (SELECT new_calendar OR other_calendar FROM go) AND EXISTS(SELECT 1 FROM semester_month AS m, go WHERE m.semester_id = go.id);

-- What becomes of each class of the term before. It finishes after 大班, 六年级, 九年级, and where a 教学点 has no higher grade.
-- `display` is what it is called next; NULL where its name can't be told to hold the grade.
CREATE TEMP TABLE go_class AS
WITH said AS (
  SELECT c.id AS class_id, c.school_id, c.stage, c.class_no, c.entry_year, o.grade AS was, o.display AS called, o.head_id, h.name AS school,
         CASE WHEN NOT go.promotes THEN 0
              WHEN o.grade IN(-1, 9) OR o.grade = 6 AND coalesce(c.stage, '小学') <> '初中' THEN 1
              WHEN h.kind = '教学点' AND NOT EXISTS(SELECT 1 FROM class_term AS x JOIN class AS y ON y.id = x.class_id
                WHERE x.semester_id = go.prev AND y.school_id = c.school_id AND x.grade = o.grade + 1) THEN 1
              ELSE 0 END AS finishes
  FROM go JOIN class_term AS o ON o.semester_id = go.prev JOIN class AS c ON c.id = o.class_id LEFT JOIN school AS h ON h.id = c.school_id)
SELECT class_id, school_id, school, stage, class_no, was, called, head_id, finishes,
       CASE WHEN finishes THEN NULL WHEN go.promotes THEN was + 1 ELSE was END AS grade,
       CASE WHEN finishes THEN NULL
            WHEN NOT go.promotes OR instr(called, entry_year || '级') > 0 THEN called
            WHEN called IN(class_no || '班', substr('一二三四五六七八九', class_no, 1) || '班') THEN called     -- its number alone
            WHEN was < 0 AND substr(called, 1, 1) = substr('小中大', was + 4, 1) THEN substr('小中大', was + 5, 1) || substr(called, 2)
            WHEN was < 0 AND instr(called, substr('小中大', was + 4, 1) || '班') > 0
              THEN replace(called, substr('小中大', was + 4, 1) || '班', substr('小中大', was + 5, 1) || '班')
            WHEN was >= 7 AND instr(called, '初' || substr('一二三', was - 6, 1)) > 0
              THEN replace(called, '初' || substr('一二三', was - 6, 1), '初' || substr('一二三', was - 5, 1))
            WHEN was > 0 AND substr(called, 1, 1) = substr('一二三四五六七八九', was, 1) THEN substr('一二三四五六七八九', was + 1, 1) || substr(called, 2)
            WHEN was > 0 AND called GLOB printf('%02d', was) || '*' THEN printf('%02d', was + 1) || substr(called, 3)
            WHEN was > 0 AND called GLOB was || '*' THEN (was + 1) || substr(called, 2)
            WHEN was > 0 AND substr(called, 1, 1) = char(65296 + was) THEN char(65297 + was) || substr(called, 2)
       END AS display
FROM said, go;

-- A pupil's class now: the stay that is open, the newest of them.
CREATE TEMP TABLE go_pupil AS
SELECT e.student_id, e.id AS enrolment_id, e.class_id, c.school_id, coalesce(g.finishes, 0) AS finishes, g.class_id IS NOT NULL AS was_here,
       g.class_id IS NOT NULL OR EXISTS(SELECT 1 FROM class_term AS n, go WHERE n.class_id = e.class_id AND n.semester_id = go.id) AS has_class
FROM (SELECT *, row_number() OVER (PARTITION BY student_id ORDER BY from_date DESC, id DESC) AS newest FROM enrolment
      WHERE to_date IS NULL OR to_date > (SELECT coalesce(prev_ends, date(starts, '-1 day')) FROM go)) AS e
JOIN class AS c ON c.id = e.class_id LEFT JOIN go_class AS g ON g.class_id = e.class_id
WHERE e.newest = 1;
CREATE UNIQUE INDEX temp.ix_go_pupil ON go_pupil(student_id);

-- What becomes of each child of the register. moved: it went to another school of the township, and keeps its number and its history.
CREATE TEMP TABLE go_child AS
SELECT l.student_id, l.dossier_no, l.from_date, l.to_date, l.status, p.class_id, p.school_id,
       CASE WHEN p.student_id IS NULL AND in_force THEN '不在籍'
            WHEN p.finishes AND in_force THEN '毕业'
            WHEN NOT p.has_class AND in_force THEN '不在籍'
            WHEN p.student_id IS NULL OR p.finishes OR NOT p.has_class THEN NULL
            WHEN in_force THEN '结转'
            WHEN l.status IN('转出', '毕业') THEN '转入'
       END AS fate
FROM (SELECT *, to_date IS NULL OR to_date >= (SELECT prev_ends FROM go) AND coalesce(status, '') NOT IN('毕业', '转出', '父母返乡', '辍学') AS in_force
      FROM left_behind WHERE semester_id = (SELECT prev FROM go)) AS l
LEFT JOIN go_pupil AS p ON p.student_id = l.student_id
WHERE NOT EXISTS(SELECT 1 FROM left_behind AS n, go WHERE n.student_id = l.student_id AND n.semester_id = go.id)
  AND (NOT (SELECT complete FROM go) OR NOT in_force);
DELETE FROM go_child WHERE fate IS NULL;
CREATE UNIQUE INDEX temp.ix_go_child ON go_child(student_id);
