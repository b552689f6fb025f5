-- days.sql: days that can't be, and days that can't be there.

-- K401 fault student.birth 出生日期
-- en: the day of birth doesn't exist, or isn't written 2026-11-25
-- zh: 出生日期不存在，或没有写成 2026-11-25 的形式
-- mend en: compare it with the household register
-- mend zh: 请对照户口簿核对
SELECT p.record, p.school_id, s.id, s.birth, day_right(s.birth)
FROM student AS s JOIN pupil_at AS p ON p.student_id = s.id WHERE s.birth <> '' AND day_fault(s.birth) IS NOT NULL;

-- K402 fault care_event.on_date 日期 open
-- en: the day doesn't exist, or isn't written 2026-11-25: what it dates is on no paper
-- zh: 日期不存在，或没有写成 2026-11-25 的形式，这一条不会印出
-- mend en: write the right day
-- mend zh: 请改为正确的日期
SELECT p.record, p.school_id, d.id, d.day, day_right(d.day), NULL AS day, d.place
FROM (SELECT id, student_id, on_date AS day, 'care_event.on_date' AS place FROM care_event
      WHERE on_date IN(SELECT d.on_date FROM care_day AS d WHERE day_fault(d.on_date) IS NOT NULL)
      UNION ALL SELECT id, student_id, on_date, 'contact.on_date' FROM contact_near WHERE day_fault(on_date) IS NOT NULL
      UNION ALL SELECT id, student_id, from_date, 'enrolment.from_date' FROM enrolment WHERE day_fault(from_date) IS NOT NULL
      UNION ALL SELECT id, student_id, to_date, 'enrolment.to_date' FROM enrolment WHERE day_fault(to_date) IS NOT NULL
      UNION ALL SELECT id, student_id, from_date, 'pairing.from_date' FROM pairing WHERE day_fault(from_date) IS NOT NULL
      UNION ALL SELECT id, student_id, to_date, 'pairing.to_date' FROM pairing WHERE day_fault(to_date) IS NOT NULL
      UNION ALL SELECT student_id || ' ' || semester_id, student_id, from_date, 'left_behind.from_date' FROM left_behind WHERE day_fault(from_date) IS NOT NULL
      UNION ALL SELECT student_id || ' ' || semester_id, student_id, filed_on, 'left_behind.filed_on' FROM left_behind WHERE day_fault(filed_on) IS NOT NULL
      UNION ALL SELECT student_id || ' ' || ym || ' ' || carer_id, student_id, filled_on, 'monthly_record.filled_on' FROM record_near WHERE day_fault(filled_on) IS NOT NULL
      UNION ALL SELECT id, student_id, signed_on, 'pledge.signed_on' FROM pledge WHERE day_fault(signed_on) IS NOT NULL
      UNION ALL SELECT student_id || ' ' || semester_id, student_id, exam_on, 'health.exam_on' FROM health WHERE day_fault(exam_on) IS NOT NULL) AS d
LEFT JOIN pupil_at AS p ON p.student_id = d.student_id;

-- K403 fault enrolment.to_date 止日 open
-- en: it ends before it begins
-- zh: 结束日期早于开始日期
-- mend en: compare both days with the paper
-- mend zh: 请对照原件核对两个日期
SELECT p.record, p.school_id, d.id, d.to_date, NULL, d.to_date AS day, d.place
FROM (SELECT id, student_id, from_date, to_date, 'enrolment.to_date' AS place FROM enrolment
      UNION ALL SELECT id, student_id, from_date, to_date, 'pairing.to_date' FROM pairing
      UNION ALL SELECT id, student_id, from_date, to_date, 'family.to_date' FROM family
      UNION ALL SELECT student_id || ' ' || semester_id, student_id, from_date, to_date, 'left_behind.to_date' FROM left_behind) AS d
JOIN pupil_at AS p ON p.student_id = d.student_id WHERE d.to_date < d.from_date;

-- K404 fault care_event.on_date 日期 open
-- en: it is dated before the child was born
-- zh: 日期早于该生出生
-- mend en: look at the year of the day
-- mend zh: 请核对年份
SELECT p.record, p.school_id, e.id, e.on_date, NULL, e.on_date AS day
FROM pupil_at AS p JOIN student AS s ON s.id = p.student_id AND s.birth > '' JOIN care_event AS e ON e.student_id = s.id AND e.on_date < s.birth
UNION ALL SELECT p.record, p.school_id, e.id, e.on_date, NULL, e.on_date
FROM pupil_at AS p JOIN student AS s ON s.id = p.student_id AND s.birth > '' JOIN contact AS e ON e.student_id = s.id AND e.on_date < s.birth;

-- K405 fault care_event.on_date 日期 open
-- en: it is dated before the child came to school or after it left
-- zh: 日期在该生入学之前或离校之后
-- mend en: compare the day with the enrolment
-- mend zh: 请对照学籍异动核对日期
SELECT p.record, p.school_id, e.id, e.on_date, NULL, e.on_date AS day
FROM pupil_at AS p JOIN student AS s ON s.id = p.student_id JOIN care_event AS e ON e.student_id = p.student_id AND e.on_date < p.first_day
WHERE e.on_date >= coalesce(s.birth, '')
UNION ALL SELECT p.record, p.school_id, e.id, e.on_date, NULL, e.on_date FROM pupil_at AS p JOIN care_event AS e ON e.student_id = p.student_id AND e.on_date > p.last_day;

-- K406 note care_event.on_date 日期 open
-- en: a talk or homework at school is dated on a holiday
-- zh: 在校谈心、作业检查、作业辅导的日期是节假日
-- mend en: correct the day, or the kind if it was a visit at home
-- mend zh: 请更正日期；如是到家中走访，请更正类别
SELECT p.record, p.school_id, e.id, e.on_date, NULL, e.on_date AS day
FROM holiday AS h JOIN care_event AS e ON e.on_date BETWEEN h.from_date AND h.to_date AND e.kind IN('谈心', '作业检查', '作业辅导')
JOIN pupil_at AS p ON p.student_id = e.student_id;

-- K407 note care_event.on_date 日期 open
-- en: a talk or homework at school is dated on a day of no term
-- zh: 在校谈心、作业检查、作业辅导的日期不在任何学期内
-- mend en: correct the day, or the kind if it was a visit at home
-- mend zh: 请更正日期；如是到家中走访，请更正类别
SELECT p.record, p.school_id, e.id, e.on_date, NULL, e.on_date AS day
FROM (SELECT d.on_date FROM care_day AS d
      WHERE NOT EXISTS(SELECT 1 FROM semester AS s WHERE d.on_date BETWEEN s.starts AND s.ends) AND NOT EXISTS(SELECT 1 FROM holiday AS h WHERE d.on_date BETWEEN h.from_date AND h.to_date)) AS d
CROSS JOIN care_event AS e ON e.on_date = d.on_date AND e.kind IN('谈心', '作业检查', '作业辅导') JOIN pupil_at AS p ON p.student_id = e.student_id
WHERE e.on_date >= p.first_day;

-- K408 note monthly_record.filled_on 填写日期 open
-- en: a monthly record of this term was reviewed before it was filled in, or filled in before its month began
-- zh: 本学期的月记录表审阅早于填写，或填写早于当月开始
-- mend en: compare the days with the signed form
-- mend zh: 请对照签字的记录表核对日期
SELECT p.record, p.school_id, r.student_id || ' ' || r.ym || ' ' || r.carer_id, r.filled_on, NULL, r.filled_on AS day
FROM asked AS a CROSS JOIN semester_month AS m ON m.semester_id = a.term CROSS JOIN monthly_record AS r ON r.ym = m.ym JOIN pupil_at AS p ON p.student_id = r.student_id
WHERE r.reviewed_on < r.filled_on OR r.filled_on < m.period_from;

-- K409 note adult.birth 出生日期
-- en: father or mother is less than 14 years older than the child, or more than 60
-- zh: 父母比孩子大不到14岁，或大60岁以上
-- mend en: compare both days of birth with the household register
-- mend zh: 请对照户口簿核对两人的出生日期
SELECT p.record, p.school_id, a.id, a.birth, NULL
FROM family AS f JOIN student AS s ON s.id = f.student_id JOIN adult AS a ON a.id = f.adult_id JOIN pupil_at AS p ON p.student_id = s.id
WHERE f.relation IN('父亲', '母亲') AND (CAST(s.birth AS INTEGER) - CAST(a.birth AS INTEGER) < 14 OR CAST(s.birth AS INTEGER) - CAST(a.birth AS INTEGER) > 60);

-- K410 note student.birth 出生日期
-- en: the child's age doesn't go with its class
-- zh: 年龄与年级不相称
-- mend en: compare the day of birth and the class
-- mend zh: 请核对出生日期和班级
SELECT p.record, p.school_id, s.id, s.birth, NULL
FROM asked AS a JOIN pupil_at AS p ON p.here JOIN student AS s ON s.id = p.student_id JOIN class_term AS t ON t.class_id = p.class_id AND t.semester_id = a.term
WHERE s.birth > '' AND a.year_start - CAST(s.birth AS INTEGER) NOT BETWEEN iif(t.grade > 0, t.grade + 4, t.grade + 5) AND iif(t.grade > 0, t.grade + 9, t.grade + 9);
