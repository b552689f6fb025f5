-- Duties of the carers who are assessed: in each month that had to be reported and is over, for each child in scope that was theirs on its last day.

CREATE TEMP TABLE a_month AS
SELECT m.ym, m.semester_id, m.period_from, min(m.period_to, s.ends) AS period_to,
       coalesce((SELECT m.ym || printf('-%02d', CAST(value AS INTEGER)) FROM a_rule WHERE key = 'due_day'), m.due_on) AS due_on
FROM a_year AS y JOIN semester AS s ON s.id IN(y.first, y.second) JOIN semester_month AS m ON m.semester_id = s.id
WHERE m.required AND m.period_to <= y.cutoff ORDER BY m.ym;

CREATE TEMP TABLE a_task(carer_id INTEGER, ym TEXT, student_id INTEGER, period_from TEXT, period_to TEXT, due_on TEXT, PRIMARY KEY(carer_id, ym, student_id)) WITHOUT ROWID;
INSERT OR IGNORE INTO a_task
SELECT p.carer_id, m.ym, p.student_id, m.period_from, m.period_to, m.due_on
FROM a_month AS m JOIN pairing AS p ON p.carer_id IN(SELECT carer_id FROM a_carer) AND (coalesce(p.is_primary, 1) OR coalesce(p.share_bp, 10000) BETWEEN 1 AND 9999)
  AND coalesce(p.role, '') NOT IN('包干领导', '同伴')
  AND coalesce(p.from_date, '') <= m.period_to AND (p.to_date IS NULL OR p.to_date >= m.period_to)
JOIN left_behind AS l ON l.student_id = p.student_id AND l.semester_id = m.semester_id AND coalesce(l.from_date, '') <= m.period_to AND (l.to_date IS NULL OR l.to_date >= m.period_to)
LEFT JOIN enrolment AS e ON e.id = (SELECT x.id FROM enrolment AS x WHERE x.student_id = p.student_id AND coalesce(x.from_date, '') <= m.period_to
    AND (x.to_date IS NULL OR x.to_date >= m.period_to) ORDER BY x.from_date DESC, x.id DESC LIMIT 1)
LEFT JOIN class_term AS t ON t.class_id = e.class_id AND t.semester_id = m.semester_id
WHERE coalesce(t.grade >= (SELECT CAST(value AS INTEGER) FROM a_rule WHERE key = 'assess_from_grade'), 1)
ORDER BY p.carer_id, m.ym, p.student_id;

-- duty, what policy calls it, whether events of care tell it, how it is printed
CREATE TEMP TABLE a_kind(seq INTEGER PRIMARY KEY, duty TEXT, rule TEXT, by_event INTEGER, title TEXT);
INSERT INTO a_kind VALUES (1, 'talk', 'talk_carer', 1, '谈心'), (2, 'homework', 'homework', 1, '检查家庭作业'), (3, 'tutoring', 'tutoring', 1, '作业辅导'),
  (4, 'visit', 'visit_carer', 1, '家访'), (5, 'dinner', 'dinner', 1, '亲情晚餐'), (6, 'record', 'record', 0, '按时上交记录表'), (7, 'meeting', 'meeting_carers', 0, '参加代理家长座谈会');

-- What the carer did with each child in each month, in one pass over the child's events.
CREATE TEMP TABLE a_done AS
SELECT t.carer_id, t.ym, t.student_id, count(iif(e.kind = '谈心', 1, NULL)) AS talk, count(iif(e.kind = '作业检查', 1, NULL)) AS homework, count(iif(e.kind = '作业辅导', 1, NULL)) AS tutoring,
       count(iif(e.kind = '家访', 1, NULL)) AS visit, count(iif(e.kind = '亲情晚餐', 1, NULL)) AS dinner
FROM a_task AS t LEFT JOIN care_event AS e ON e.student_id = t.student_id AND e.on_date BETWEEN t.period_from AND t.period_to AND e.carer_id = t.carer_id
GROUP BY t.carer_id, t.ym, t.student_id;

CREATE TEMP TABLE a_duty(carer_id INTEGER, seq INTEGER, duty TEXT, title TEXT, due INTEGER, done INTEGER, PRIMARY KEY(carer_id, seq)) WITHOUT ROWID;
INSERT INTO a_duty
WITH need AS (SELECT max(iif(key = 'talk_carer', CAST(value AS INTEGER), NULL)) AS talk, max(iif(key = 'homework', CAST(value AS INTEGER), NULL)) AS homework,
                max(iif(key = 'tutoring', CAST(value AS INTEGER), NULL)) AS tutoring, max(iif(key = 'visit_carer', CAST(value AS INTEGER), NULL)) AS visit,
                max(iif(key = 'dinner', CAST(value AS INTEGER), NULL)) AS dinner FROM a_rule),
own AS MATERIALIZED (
  SELECT d.carer_id, count(*) AS months, sum(min(d.talk, n.talk)) AS talk, sum(min(d.homework, n.homework)) AS homework, sum(min(d.tutoring, n.tutoring)) AS tutoring,
         sum(min(d.visit, n.visit)) AS visit, sum(min(d.dinner, n.dinner)) AS dinner FROM a_done AS d CROSS JOIN need AS n GROUP BY d.carer_id)
SELECT o.carer_id, k.seq, k.duty, k.title, o.months * r.value, CASE k.duty WHEN 'talk' THEN o.talk WHEN 'homework' THEN o.homework WHEN 'tutoring' THEN o.tutoring WHEN 'visit' THEN o.visit ELSE o.dinner END
FROM own AS o JOIN a_kind AS k ON k.by_event JOIN (SELECT key, CAST(value AS INTEGER) AS value FROM a_rule) AS r ON r.key = k.rule AND r.value > 0;
-- A record counts when it was filled in by the day on which it was due.
CREATE TEMP TABLE a_record AS
SELECT t.carer_id, t.ym, t.student_id, count(r.student_id) AS any_day, count(iif(r.filled_on <= t.due_on, 1, NULL)) AS in_time
FROM a_task AS t LEFT JOIN monthly_record AS r ON r.student_id = t.student_id AND r.ym = t.ym AND r.carer_id = t.carer_id GROUP BY t.carer_id, t.ym, t.student_id;
INSERT INTO a_duty
SELECT t.carer_id, k.seq, k.duty, k.title, sum(r.value), sum(min(r.value, t.in_time))
FROM a_record AS t JOIN a_kind AS k ON k.duty = 'record' JOIN (SELECT key, CAST(value AS INTEGER) AS value FROM a_rule) AS r ON r.key = k.rule AND r.value > 0 GROUP BY t.carer_id;
-- Of the meetings that the school held in a month, as many as policy asks for.
INSERT INTO a_duty
SELECT h.carer_id, k.seq, k.duty, k.title, sum(min(r.value, h.held)), sum(min(r.value, h.held, h.attended))
FROM (SELECT t.carer_id, t.ym, count(DISTINCT m.id) AS held, count(DISTINCT iif(p.signed, m.id, NULL)) AS attended
      FROM (SELECT DISTINCT carer_id, ym, period_from, period_to FROM a_task) AS t JOIN carer AS c ON c.id = t.carer_id
      JOIN meeting AS m ON m.school_id = c.school_id AND m.kind = '代理家长座谈会' AND m.on_date BETWEEN t.period_from AND t.period_to
      LEFT JOIN meeting_person AS p ON p.meeting_id = m.id AND p.carer_id = t.carer_id GROUP BY t.carer_id, t.ym) AS h
JOIN a_kind AS k ON k.duty = 'meeting' JOIN (SELECT key, CAST(value AS INTEGER) AS value FROM a_rule) AS r ON r.key = k.rule AND r.value > 0 GROUP BY h.carer_id;

-- 合格 and 优秀: every duty reaches its part of what was due, and no month went by without a record. Without pass marks nobody passes.
CREATE TEMP TABLE a_grade AS
SELECT c.carer_id, m.bare_months,
       CASE WHEN d.carer_id IS NULL THEN NULL
            WHEN m.bare_months = 0 AND d.lowest >= (SELECT CAST(value AS INTEGER) FROM a_rule WHERE key = 'assess_excellent') THEN '优秀'
            WHEN m.bare_months = 0 AND d.lowest >= (SELECT CAST(value AS INTEGER) FROM a_rule WHERE key = 'assess_pass') THEN '合格'
            WHEN EXISTS(SELECT 1 FROM a_rule WHERE key IN('assess_pass', 'assess_excellent')) THEN '不合格' END AS grade
FROM a_carer AS c
LEFT JOIN (SELECT carer_id, min(done * 100.0 / due) AS lowest FROM a_duty WHERE due > 0 GROUP BY carer_id) AS d ON d.carer_id = c.carer_id
LEFT JOIN (SELECT carer_id, sum(records = 0) AS bare_months FROM (SELECT carer_id, ym, sum(any_day) AS records FROM a_record GROUP BY carer_id, ym) GROUP BY carer_id) AS m ON m.carer_id = c.carer_id;
