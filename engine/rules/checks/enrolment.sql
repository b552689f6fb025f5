-- enrolment.sql: who is in which class when, and the register of left-behind children beside it.

-- K501 fault enrolment.from_date 学籍 open
-- en: the child is in two classes on the same days
-- zh: 同一时间在两个班有学籍
-- mend en: end the earlier one on the day before the later one begins
-- mend zh: 请把前一条的止日改为后一条开始的前一天
SELECT p.record, p.school_id, e.id, f.to_date, date(e.from_date, '-1 day'), e.from_date AS day
FROM enrolment AS e JOIN enrolment AS f ON f.student_id = e.student_id AND (f.from_date < e.from_date OR f.from_date = e.from_date AND f.id < e.id)
  AND (f.to_date IS NULL OR f.to_date >= e.from_date)
JOIN pupil_at AS p ON p.student_id = e.student_id;

-- K502 fault enrolment.class_id 班级 open
-- en: the class of the child doesn't exist, or isn't one of this term
-- zh: 该生所在班级不存在，或不是本学期的班级
-- mend en: put the child into a class of the term, or enter the class
-- mend zh: 请编入本学期的班级，或补录班级
SELECT p.record, p.school_id, p.student_id AS student_id, p.class_id, NULL
FROM asked AS a JOIN pupil_at AS p ON p.here WHERE NOT EXISTS(SELECT 1 FROM class_term AS t WHERE t.class_id = p.class_id AND t.semester_id = a.term);

-- K503 note enrolment.from_date 学籍异动 open
-- en: the child came or left in the middle of this school year's terms
-- zh: 本学年学期中途转入、转出或返回
-- mend en: see that the papers of the change are filed; then set this aside by --accept
-- mend zh: 请核对异动手续是否齐全，核后可用 --accept 存为已核
SELECT p.record, p.school_id, e.id, coalesce(e.in_reason, '') || ' ' || e.from_date, NULL, e.from_date AS day
FROM asked AS a JOIN semester AS s ON s.year_start >= a.year_start - 1 JOIN enrolment AS e ON e.from_date > s.starts AND e.from_date < s.ends AND e.in_reason IN('转入', '复学')
JOIN pupil_at AS p ON p.student_id = e.student_id
UNION ALL
SELECT p.record, p.school_id, e.id, coalesce(e.out_reason, '') || ' ' || e.to_date, NULL, e.to_date
FROM asked AS a JOIN semester AS s ON s.year_start >= a.year_start - 1 JOIN enrolment AS e ON e.to_date > s.starts AND e.to_date < s.ends AND e.out_reason IN('转出', '辍学', '休学')
JOIN pupil_at AS p ON p.student_id = e.student_id
WHERE NOT EXISTS(SELECT 1 FROM enrolment AS f WHERE f.student_id = e.student_id AND f.from_date > e.to_date);

-- K504 fault left_behind.status 登记状态 open
-- en: the register has the child, but it isn't at school
-- zh: 留守儿童登记在册，学籍上已不在校
-- mend en: end the entry on the day on which the child left
-- mend zh: 请把登记的止日改为离校日期
SELECT c.record, c.school_id, c.student_id AS student_id, c.from_date, NULL
FROM child_at AS c JOIN pupil_at AS p ON p.student_id = c.student_id
WHERE NOT EXISTS(SELECT 1 FROM asked AS a, enrolment AS e WHERE e.student_id = c.student_id AND e.from_date <= a.day AND (e.to_date IS NULL OR e.to_date >= a.day));

-- K505 fault left_behind.dossier_no 档案编号 open
-- en: the dossier number is missing, or another child has it too
-- zh: 没有档案编号，或与别的孩子相同
-- mend en: `dossier term` of the term that runs gives the next free numbers to all who have none; one that was printed stays with its child
-- mend zh: 没有编号的用 dossier term 本学期（如 2026-2027-1）统一补编；相同的改为下一个空号，已印发的不改
SELECT coalesce(l.dossier_no, '学生' || l.student_id), p.school_id, l.student_id || ' ' || l.semester_id, l.dossier_no, NULL
FROM asked AS a JOIN left_behind AS l ON l.semester_id = a.term JOIN pupil_at AS p ON p.student_id = l.student_id
WHERE coalesce(l.dossier_no, '') = ''
   OR EXISTS(SELECT 1 FROM left_behind AS o WHERE o.dossier_no = l.dossier_no AND o.semester_id = l.semester_id AND o.student_id < l.student_id);

-- K506 note school.name 学校 open
-- en: the school has no pupils
-- zh: 该校没有在校学生
-- mend en: enter its classes and pupils, or take it out of the list
-- mend zh: 请录入班级和学生；已撤并的请从学校表中删去
SELECT NULL, s.id, s.id, s.name, NULL FROM school AS s WHERE s.id NOT IN(SELECT p.school_id FROM pupil_at AS p WHERE p.here AND p.school_id IS NOT NULL);

-- K507 note enrolment.out_reason 离校原因 open
-- en: why the child left is unknown
-- zh: 没有写离校原因
-- mend en: fill in 毕业, 转出, 休学, 辍学 …
-- mend zh: 请补填：毕业、转出、休学、辍学等
SELECT p.record, p.school_id, e.id, e.to_date, NULL, e.to_date AS day
FROM enrolment AS e JOIN pupil_at AS p ON p.student_id = e.student_id WHERE e.to_date IS NOT NULL AND coalesce(e.out_reason, '') = '';

-- K508 fault left_behind.key_reason 重点原因
-- en: a key child has no reason
-- zh: 重点留守儿童没有写原因
-- mend en: write the reason, or take the mark away
-- mend zh: 请补写原因，或取消重点
SELECT c.record, c.school_id, c.student_id || ' ' || a.term, NULL, NULL
FROM asked AS a JOIN child_at AS c ON c.is_key JOIN left_behind AS l ON l.student_id = c.student_id AND l.semester_id = a.term WHERE coalesce(l.key_reason, '') = '';

-- K509 note student.address 住址
-- en: the address is longer than fifty characters and may not fit the forms
-- zh: 住址超过50个字，表格里可能放不下
-- mend en: leave out what the post doesn't need; the note in brackets can stand elsewhere
-- mend zh: 请删去邮寄用不到的说明，括号内的话可另记
SELECT p.record, p.school_id, s.id, s.address, NULL FROM student AS s JOIN pupil_at AS p ON p.student_id = s.id WHERE p.here AND length(s.address) > 50;
