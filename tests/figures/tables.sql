-- Every row of numbers in the booklet's tables, as pdftotext -raw gives it without spaces: written anew from the tables alone, none of the
-- schema's views, none of the layout's queries. Parameters: @MONTH. @(n, d) is a share as the paper writes it (booklet.test expands it).
-- One column: what must stand in the text.
CREATE TEMP TABLE p AS
  SELECT m.ym, m.semester_id, m.period_from AS f, m.period_to AS t, m.ym || '-' || printf('%02d', (SELECT value FROM policy WHERE key = 'due_day' AND valid_from <= m.period_to ORDER BY valid_from DESC)) AS deadline, s.starts, s.year_start,
         (SELECT max(ym) FROM month_figure WHERE ym < @MONTH) AS before
  FROM semester_month AS m JOIN semester AS s ON s.id = m.semester_id WHERE m.ym = @MONTH;
-- the thresholds in force on the month's last day
CREATE TEMP TABLE rule AS SELECT o.key, CAST(o.value AS INTEGER) AS n, o.unit FROM policy AS o, p WHERE o.valid_from <= p.t AND (o.valid_to IS NULL OR o.valid_to >= p.t)
  AND NOT EXISTS(SELECT 1 FROM policy AS x WHERE x.key = o.key AND x.valid_from > o.valid_from AND x.valid_from <= p.t AND (x.valid_to IS NULL OR x.valid_to >= p.t));
CREATE TEMP TABLE seat AS
  SELECT e.student_id, c.school_id FROM enrolment AS e JOIN class AS c ON c.id = e.class_id, p
  WHERE e.from_date <= p.t AND (e.to_date IS NULL OR e.to_date >= p.t);
CREATE TEMP TABLE kid AS
  SELECT l.student_id, coalesce(l.is_key, 0) AS is_key, coalesce(l.kind, '未登记') AS kind, s.school_id,
         l.student_id IN (SELECT student_id FROM pairing WHERE is_primary = 1 AND from_date <= p.t AND (to_date IS NULL OR to_date >= p.t)) AS paired,
         l.student_id IN (SELECT student_id FROM pairing WHERE (is_primary = 1 AND coalesce(role, '') <> '包干领导' AND coalesce(role, '') <> '同伴' OR role = '代理家长')
           AND from_date <= p.t AND (to_date IS NULL OR to_date >= p.t)) AS cared,
         l.kind IN('双亲外出', '一方外出另一方无监护能力') AND l.student_id IN (SELECT st.id FROM student AS st WHERE st.hukou_kind = '农村'
           AND (CAST(strftime('%Y%m%d', p.t) AS INTEGER) - CAST(strftime('%Y%m%d', st.birth) AS INTEGER)) / 10000 < (SELECT n FROM rule WHERE key = 'national_age')) AS national
  FROM left_behind AS l JOIN seat AS s ON s.student_id = l.student_id, p
  WHERE l.semester_id = p.semester_id AND l.from_date <= p.t AND (l.to_date IS NULL OR l.to_date >= p.t);
CREATE TEMP TABLE care AS SELECT e.student_id, e.kind, iif(e.confidential = 0, e.topic, '学习') AS topic FROM care_event AS e, p WHERE e.on_date BETWEEN p.f AND p.t;
-- what: a call between child and parent (call), one that the school or a carer made (school), one that nobody answered (missed), another (other)
CREATE TEMP TABLE talk AS
  SELECT k.*, CASE WHEN k.channel NOT IN('电话', '视频') THEN '' WHEN k.ok = 0 THEN 'missed' WHEN k.ok IS NULL THEN 'other' WHEN k.from_side IN('学校', '代理家长') THEN 'school'
    WHEN k.from_side IN('儿童', '家长') AND (k.adult_id IS NULL OR k.adult_id IN (SELECT adult_id FROM family AS f WHERE f.student_id = k.student_id AND relation LIKE '%父亲' OR f.student_id = k.student_id
    AND relation LIKE '%母亲' OR f.student_id = k.student_id AND relation IN('继父', '继母'))) THEN 'call' ELSE 'other' END AS what
  FROM contact AS k, p WHERE k.on_date BETWEEN p.f AND p.t;
CREATE TEMP TABLE did AS SELECT student_id, kind, count(*) AS times FROM care GROUP BY student_id, kind;
CREATE TEMP TABLE called AS SELECT student_id, count(*) AS times FROM talk WHERE what = 'call' GROUP BY student_id;
-- mark: the note at a school that hasn't sent its return
CREATE TEMP TABLE place AS
  SELECT s.id, s.short_name AS name, s.name AS full, iif((SELECT min(u.submitted_at) FROM submission AS u, p WHERE u.school_id = s.id AND u.ym = p.ym AND u.kind = '月统计材料'
    AND u.submitted_at <= p.deadline || ' 23:59:59') IS NULL, '①', '') AS mark FROM school AS s WHERE s.id IN (SELECT school_id FROM seat) UNION ALL SELECT 0, '全镇', NULL, '';

-- who was six on 31 August, and not yet sixteen, by the thresholds of the day
CREATE TEMP TABLE of_age AS SELECT a.* FROM (SELECT a.*, a.year_start - CAST(substr(a.birth, 1, 4) AS INTEGER) - (substr(a.birth, 6) > '08-31') AS age FROM school_age AS a) AS a, p
  WHERE a.year_start = p.year_start AND (a.age IS NULL OR a.age BETWEEN (SELECT n FROM rule WHERE key = 'school_age_from') AND (SELECT n FROM rule WHERE key = 'school_age_to'));

-- One line a school, and one for all (school 0): numerators and denominators.
CREATE TEMP TABLE n AS
SELECT o.id, o.name, o.name || o.mark AS noted, o.full,
  (SELECT count(*) FROM seat AS s WHERE o.id IN (0, s.school_id)) AS pupils,
  (SELECT count(*) FROM kid AS k WHERE o.id IN (0, k.school_id)) AS kids,
  (SELECT count(*) FROM kid AS k WHERE o.id IN (0, k.school_id) AND is_key) AS keys,
  (SELECT count(*) FROM kid AS k WHERE o.id IN (0, k.school_id) AND paired) AS paired,
  (SELECT count(*) FROM kid AS k WHERE o.id IN (0, k.school_id) AND cared AND is_key) AS key_paired,
  (SELECT count(*) FROM kid AS k WHERE o.id IN (0, k.school_id) AND national) AS national,
  (SELECT count(*) FROM of_age AS a WHERE o.id IN (0, a.school_id)) AS aged,
  (SELECT count(*) FROM of_age AS a WHERE o.id IN (0, a.school_id) AND a.state <> '未入学') AS entered,
  (SELECT count(DISTINCT e.student_id) FROM enrolment AS e JOIN class AS c ON c.id = e.class_id, p
   WHERE o.id IN (0, c.school_id) AND e.from_date <= p.starts AND (e.to_date IS NULL OR e.to_date >= p.starts)) AS began,
  (SELECT count(DISTINCT e.student_id) FROM enrolment AS e JOIN class AS c ON c.id = e.class_id, p
   WHERE o.id IN (0, c.school_id) AND e.from_date <= p.starts AND (e.to_date IS NULL OR e.to_date >= p.starts) AND e.out_reason = '辍学' AND e.to_date <= p.t) AS lost,
  (SELECT count(*) FROM did AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND k.paired AND c.kind = '谈心' AND c.times >= (SELECT n FROM rule WHERE key = 'talk_carer')) AS talk,
  (SELECT count(*) FROM did AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND k.paired AND c.kind = '作业检查' AND c.times >= (SELECT n FROM rule WHERE key = 'homework')) AS homework,
  (SELECT count(*) FROM did AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND k.paired AND c.kind = '作业辅导' AND c.times >= (SELECT n FROM rule WHERE key = 'tutoring')) AS tutoring,
  (SELECT count(*) FROM did AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND k.paired AND c.kind = '家访' AND c.times >= (SELECT n FROM rule WHERE key = 'visit_carer')) AS visit,
  (SELECT count(*) FROM did AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND k.paired AND c.kind = '亲情晚餐' AND c.times >= (SELECT n FROM rule WHERE key = 'dinner')) AS dinner,
  (SELECT count(*) FROM (SELECT m.school_id FROM meeting AS m, p WHERE m.kind = '代理家长座谈会' AND m.on_date BETWEEN p.f AND p.t AND m.school_id IN (SELECT school_id FROM seat) GROUP BY m.school_id
    HAVING count(*) >= (SELECT n FROM rule WHERE key = 'meeting_carers')) AS m WHERE o.id IN (0, m.school_id)) AS met,
  iif(o.id, 1, (SELECT count(DISTINCT school_id) FROM seat)) AS to_meet,
  (SELECT count(*) FROM kid AS k WHERE o.id IN (0, k.school_id) AND k.paired AND (SELECT count(*) FROM monthly_record AS r WHERE r.student_id = k.student_id AND r.ym = @MONTH) >= (SELECT n FROM rule WHERE key = 'record')) AS recorded,
  (SELECT count(*) FROM called AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND k.is_key AND c.times >= (SELECT n FROM rule WHERE key = 'call_key')) AS key_called,
  (SELECT count(*) FROM talk AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND c.what = 'call') AS calls,
  (SELECT count(*) FROM talk AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND c.what = 'school') AS school_calls,
  (SELECT count(*) FROM talk AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND c.what = 'missed') AS missed,
  (SELECT count(*) FROM talk AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND c.what = 'other') AS other_calls,
  (SELECT count(*) FROM talk AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND c.channel = '书信') AS letters,
  (SELECT count(*) FROM care AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND c.kind = '谈心') AS talks,
  (SELECT count(*) FROM care AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND c.kind = '家访') AS visits
FROM place AS o;
ALTER TABLE n ADD COLUMN six;
UPDATE n SET six = talk + homework + tutoring + visit + dinner;

-- 一、二、三、四: a row a school, the township last
SELECT noted || pupils || kids || @(kids, pupils) || keys || national FROM n;
SELECT name || n || '人' || @(n, (SELECT count(*) FROM kid)) FROM (SELECT kind AS name, count(*) AS n FROM kid GROUP BY kind);
SELECT @(entered, aged) || iif(aged, entered || '/' || aged, '—') || @(began - lost, began) || iif(began, (began - lost) || '/' || began, '—') FROM n WHERE began;
SELECT noted || @(paired, kids) || iif(kids, paired || '/' || kids, '—') || iif(kids, @(talk, paired) || talk || '/' || paired || @(homework, paired) || homework || '/' || paired
  || @(tutoring, paired) || tutoring || '/' || paired || @(visit, paired) || visit || '/' || paired || @(dinner, paired) || dinner || '/' || paired
  || @(six, 5 * paired) || six || '/' || (5 * paired) || met || '/' || to_meet || @(recorded, paired) || recorded || '/' || paired, '') FROM n;
SELECT noted || @(key_called, keys) || iif(keys, key_called || '/' || keys, '—') || calls || school_calls || missed || letters FROM n;
SELECT '本月孩子与父母通话' || calls || '次，学校反馈通话' || school_calls || '次，未接通' || missed || '次；书信' || letters || '封。' FROM n WHERE id = 0;
SELECT '另有电话、视频' || other_calls || '次' FROM n WHERE id = 0 AND other_calls;

-- 二: who came and went; the last day in the register is the day before who is gone
SELECT o.name || came || added || moved || returned || ended FROM (
  SELECT c.school_id, sum(came AND status = '转入') AS came, sum(came AND status = '新增') AS added, sum(went AND status = '转出') AS moved,
         sum(went AND status = '父母返乡') AS returned, sum(went AND status IN('毕业', '辍学')) AS ended
  FROM (SELECT l.student_id, l.status, l.from_date BETWEEN p.f AND p.t AS came, coalesce(date(l.to_date, '+1 day') BETWEEN p.f AND p.t, 0) AS went
        FROM left_behind AS l, p WHERE l.semester_id = p.semester_id) AS l
  JOIN enrolment AS e ON e.student_id = l.student_id AND e.id = (SELECT x.id FROM enrolment AS x, p WHERE x.student_id = l.student_id AND x.from_date <= p.t ORDER BY x.from_date DESC LIMIT 1)
  JOIN class AS c ON c.id = e.class_id WHERE came AND status IN('转入', '新增') OR went GROUP BY c.school_id) AS x JOIN place AS o ON o.id = x.school_id;
SELECT kind || count(DISTINCT student_id) FROM special, p WHERE from_date <= p.t AND (to_date IS NULL OR to_date >= p.t) AND student_id IN (SELECT student_id FROM kid) GROUP BY kind;

CREATE TEMP TABLE han AS SELECT key, iif(n BETWEEN 1 AND 10, substr('一二三四五六七八九十', n, 1), n) AS n FROM rule;
SELECT '按国家口径（父母双方外出，或一方外出另一方无监护能力，农村户籍，不满' || (SELECT n FROM rule WHERE key = 'national_age') || '周岁）为' || national || '人，占' || @(national, kids) FROM n WHERE id = 0;
SELECT '上月末在册' || sum(l.from_date < p.f AND (l.to_date IS NULL OR l.to_date >= date(p.f, '-1 day'))) || '人，本月末在册' || (SELECT kids FROM n WHERE id = 0) || '人。'
FROM left_behind AS l, p WHERE l.semester_id = p.semester_id AND p.f > p.starts HAVING count(*);
-- 二: whose guardians on the spot are all old; who has too few people to be called
CREATE TEMP TABLE frail AS SELECT k.student_id, k.school_id,
  (SELECT max(a.birth) FROM family AS f JOIN adult AS a ON a.id = f.adult_id, p WHERE f.student_id = k.student_id AND a.living = 1 AND coalesce(f.to_date, '9999') >= p.t AND f.from_date <= p.t
    AND (f.entrusted = 1 OR f.legal_guardian = 1 AND f.no_capacity = 0 AND f.adult_id NOT IN (SELECT w.adult_id FROM absence AS w WHERE w.from_date <= p.t AND coalesce(w.to_date, '9999') >= p.t)))
    <= (SELECT date(p.t, '-' || n || ' years') FROM rule, p WHERE key = 'guardian_age') AS old,
  (SELECT count(DISTINCT f.adult_id) FROM family AS f JOIN adult AS a ON a.id = f.adult_id JOIN adult_phone AS h ON h.adult_id = a.id AND h.state = '使用', p
    WHERE f.student_id = k.student_id AND a.living = 1 AND f.emergency_rank > 0 AND coalesce(f.to_date, '9999') >= p.t AND f.from_date <= p.t) < (SELECT n FROM rule WHERE key = 'emergency_contacts') AS few
  FROM kid AS k;
SELECT '照护人已年满' || (SELECT n FROM rule WHERE key = 'guardian_age') || '周岁、身边又没有更年轻的照护人的' || sum(n) || '人' || coalesce('（' || group_concat(iif(n, name || n || '人', NULL), '、') || '）', '') || '；'
FROM (SELECT o.name, total(f.old = 1) AS m, sum(coalesce(f.old, 0)) AS n FROM place AS o JOIN frail AS f ON f.school_id = o.id GROUP BY o.id ORDER BY o.id);
SELECT '紧急联系人（在用电话）少于' || (SELECT n FROM rule WHERE key = 'emergency_contacts') || '人的' || sum(n) || '人' || coalesce('（' || group_concat(iif(n, name || n || '人', NULL), '、') || '）', '') || '。'
FROM (SELECT o.name, sum(f.few) AS n FROM place AS o JOIN frail AS f ON f.school_id = o.id GROUP BY o.id ORDER BY o.id);
-- 三: carers with more children than they should have
SELECT '帮扶超过' || (SELECT n FROM rule WHERE key = 'carer_load') || '人的关爱人员' || coalesce(sum(n), 0) || '人' || coalesce('（' || group_concat(name || n || '人', '、') || '）', '') || '。' FROM (
  SELECT o.name, count(*) AS n FROM (SELECT g.carer_id FROM pairing AS g JOIN kid AS k ON k.student_id = g.student_id, p WHERE g.is_primary = 1 AND g.from_date <= p.t AND coalesce(g.to_date, '9999') >= p.t
    GROUP BY g.carer_id HAVING count(*) > (SELECT n FROM rule WHERE key = 'carer_load')) AS x JOIN carer AS c ON c.id = x.carer_id JOIN place AS o ON o.id = c.school_id GROUP BY o.id ORDER BY o.id);

-- 四: ways of contact
SELECT iif(o.id, o.name, '合计') || sum(c.channel = '电话') || sum(c.channel = '视频') || sum(c.channel = '书信') || sum(c.channel IN('QQ', '微信', '短信'))
  || sum(c.channel NOT IN('电话', '视频', '书信', 'QQ', '微信', '短信')) || count(*) || sum(coalesce(c.festival, '') <> '') || sum(coalesce(c.suggestion, '') <> '') || sum(coalesce(c.suggestion, '') <> '' AND coalesce(c.handled, '') <> '')
FROM talk AS c JOIN kid AS k ON k.student_id = c.student_id JOIN place AS o ON o.id IN (0, k.school_id) GROUP BY o.id;
SELECT '月通信率' || @(count(*), (SELECT count(*) FROM kid)) FROM (SELECT c.student_id FROM talk AS c JOIN kid AS k ON k.student_id = c.student_id WHERE c.channel = '书信'
  GROUP BY c.student_id HAVING count(*) >= (SELECT n FROM rule WHERE key = 'letter'));
SELECT '团聚的留守儿童' || sum(home) || '人，占' || @(sum(home), count(*)) FROM (
  SELECT f.student_id, max(coalesce(w.home_at_spring, 0)) AS home FROM family AS f JOIN absence AS w ON w.adult_id = f.adult_id JOIN kid AS k ON k.student_id = f.student_id, p
  WHERE f.relation IN('父亲', '母亲') AND w.from_date <= p.t AND (w.to_date IS NULL OR w.to_date >= p.t) GROUP BY f.student_id);
SELECT '共有班级' || count(DISTINCT e.class_id) || '个' FROM enrolment AS e, p WHERE e.from_date <= p.t AND (e.to_date IS NULL OR e.to_date >= p.t);
SELECT '结对的关爱人员' || count(DISTINCT carer_id) || '人' FROM pairing, p WHERE is_primary = 1 AND from_date <= p.t AND (to_date IS NULL OR to_date >= p.t) AND student_id IN (SELECT student_id FROM kid);

-- 五: talks, visits, counselling …, and the duties
SELECT iif(o.id, o.name, '合计') || sum(c.kind = '谈心') || sum(c.kind = '家访') || sum(c.kind = '心理咨询') || sum(c.kind = '生日庆祝') || sum(c.kind = '走访慰问') || sum(c.kind = '就医陪护')
FROM care AS c JOIN kid AS k ON k.student_id = c.student_id JOIN place AS o ON o.id IN (0, k.school_id) GROUP BY o.id;
-- 五: the five kinds of problems, as often as one was met with
SELECT iif(o.id, o.name, '合计') || sum(c.topic = '习惯失教') || sum(c.topic = '心理失衡') || sum(c.topic = '亲情失落') || sum(c.topic = '安全失保') || sum(c.topic = '劳动量超出') || count(*)
FROM care AS c JOIN kid AS k ON k.student_id = c.student_id JOIN place AS o ON o.id IN (0, k.school_id) WHERE c.topic NOT IN('学习', '生活') GROUP BY o.id;
SELECT '涉及' || count(DISTINCT c.student_id) || '人；心理咨询的内容保密，不在其中。' FROM care AS c JOIN kid AS k ON k.student_id = c.student_id WHERE c.topic NOT IN('学习', '生活');
SELECT '谈过心的留守儿童占' || @(count(*), (SELECT count(*) FROM kid)) FROM did AS c JOIN kid AS k ON k.student_id = c.student_id WHERE c.kind = '谈心' AND c.times >= (SELECT n FROM rule WHERE key = 'talk_carer');
SELECT '本学期已家访的占' || @(count(*), (SELECT count(*) FROM kid)) FROM (SELECT e.student_id FROM care_event AS e JOIN kid AS k ON k.student_id = e.student_id, p
  WHERE e.kind = '家访' AND e.on_date BETWEEN (SELECT min(m.period_from) FROM semester_month AS m WHERE m.semester_id = p.semester_id) AND p.t
  GROUP BY e.student_id HAVING count(*) >= (SELECT n FROM rule WHERE key = 'visit'));
SELECT '本月过生日的' || count(*) || '人' FROM student AS s JOIN kid AS k ON k.student_id = s.id, p WHERE substr(s.birth, 6) BETWEEN substr(p.f, 6) AND substr(p.t, 6);
SELECT '前后' || (SELECT n FROM han WHERE key = 'birthday_days') || '天内庆祝的' || count(DISTINCT s.id) || '人' FROM student AS s JOIN kid AS k ON k.student_id = s.id JOIN care_event AS e ON e.student_id = s.id, p
WHERE substr(s.birth, 6) BETWEEN substr(p.f, 6) AND substr(p.t, 6) AND e.kind = '生日庆祝' AND e.on_date <= p.t
  AND abs(julianday(e.on_date) - julianday(substr(p.t, 1, 5) || substr(s.birth, 6))) <= (SELECT n FROM rule WHERE key = 'birthday_days');

-- 五: the weeks whose Friday lies in the month and that aren't all holiday; in how many of them a class teacher talked with a left-behind child of the class
CREATE TEMP TABLE friday AS WITH RECURSIVE d(day) AS (SELECT f FROM p UNION ALL SELECT date(day, '+1 day') FROM d, p WHERE day < p.t)
  SELECT day FROM d, p WHERE strftime('%w', day) = '5' AND day >= p.starts AND NOT EXISTS(SELECT 1 FROM holiday WHERE from_date <= date(day, '-4 days') AND to_date >= day);
CREATE TEMP TABLE chat AS
  SELECT e.class_id, f.day, count(*) AS times FROM care_event AS v JOIN friday AS f ON julianday(v.on_date) - julianday(f.day) BETWEEN -4 AND 2
  JOIN enrolment AS e ON e.student_id = v.student_id AND v.on_date BETWEEN e.from_date AND coalesce(e.to_date, '9999') JOIN class_term AS t ON t.class_id = e.class_id AND t.head_id = v.staff_id, p
  WHERE v.kind = '谈心' AND v.on_date <= p.t AND t.semester_id = p.semester_id
    AND v.student_id IN (SELECT student_id FROM left_behind AS l WHERE l.semester_id = p.semester_id AND v.on_date BETWEEN l.from_date AND coalesce(l.to_date, '9999')) GROUP BY e.class_id, f.day;
CREATE TEMP TABLE room AS
  SELECT c.school_id, c.id, t.display, t.grade, (SELECT count(*) FROM friday AS f WHERE coalesce((SELECT times FROM chat WHERE chat.class_id = c.id AND chat.day = f.day), 0) < (SELECT n FROM rule WHERE key = 'talk_teacher')) AS lacks
  FROM class AS c JOIN class_term AS t ON t.class_id = c.id, p WHERE t.semester_id = p.semester_id AND c.id IN (SELECT e.class_id FROM enrolment AS e JOIN kid AS k ON k.student_id = e.student_id, p
    WHERE e.from_date <= p.t AND coalesce(e.to_date, '9999') >= p.t) AND (SELECT count(*) FROM friday);
SELECT '班主任每周同本班留守儿童谈心（' || n || unit || '），本月按' || (SELECT count(*) FROM friday) || '个教学周对照如下。' FROM rule WHERE key = 'talk_teacher' AND (SELECT count(*) FROM friday);
SELECT o.name || count(*) || sum(lacks = 0) || sum(lacks > 0) || coalesce(group_concat(iif(lacks, display || '缺' || lacks || '周', NULL), '、'), '无')
FROM (SELECT * FROM room ORDER BY school_id, grade, id) AS r JOIN place AS o ON o.id = r.school_id GROUP BY o.id;
SELECT '合计' || count(*) || sum(lacks = 0) || sum(lacks > 0) || '—任课教师每月' FROM room HAVING count(*);

-- 六、七、八: sums and sentences
SELECT '合计' || count(*) || '次' || sum(children) || sum(adults) FROM activity, p WHERE on_date BETWEEN p.f AND p.t;
SELECT '结对帮扶活动' || count(*) || '次' FROM activity, p WHERE kind = '结对帮扶' AND school_id IS NOT NULL AND on_date BETWEEN substr(p.t, 1, 4) AND p.t;
SELECT '合计' || count(*) FROM award AS a JOIN award_type AS t ON t.id = a.type_id AND t.paper <> '', p WHERE a.state IN('批准', '已打印', '已领') AND a.issued_on BETWEEN p.f AND p.t;
SELECT '合计' || count(*) || '次' || sum(expected) || sum(present) FROM meeting, p WHERE on_date BETWEEN p.f AND p.t;
-- 七: what each school with pupils did of what is asked of it
CREATE TEMP TABLE task AS
  SELECT o.id, o.name, '代理家长座谈会（本月）' AS what, 'meeting_carers' AS key, (SELECT count(*) FROM meeting AS m WHERE m.school_id = o.id AND m.kind = '代理家长座谈会' AND m.on_date BETWEEN p.f AND p.t) AS n FROM place AS o, p WHERE o.id
  UNION ALL SELECT o.id, o.name, '三方座谈会（本月）', 'meeting_three', (SELECT count(*) FROM meeting AS m WHERE m.school_id = o.id AND m.kind = '三方座谈会' AND m.on_date BETWEEN p.f AND p.t) FROM place AS o, p WHERE o.id
  UNION ALL SELECT o.id, o.name, '结对帮扶活动（今年）', 'pairing_activity', (SELECT count(*) FROM activity AS a WHERE a.school_id = o.id AND a.kind = '结对帮扶' AND a.on_date BETWEEN substr(p.t, 1, 4) AND p.t) FROM place AS o, p WHERE o.id
  UNION ALL SELECT o.id, o.name, '交通安全讲座（本学期）', 'traffic_lecture', (SELECT count(*) FROM meeting AS m WHERE m.school_id = o.id AND m.semester_id = p.semester_id AND m.on_date <= p.t AND m.kind = '讲座'
    AND m.topic IN('交警讲交通安全', '乘车安全与拒乘超员车辆', '骑行与步行安全', '交通安全')) FROM place AS o, p WHERE o.id
  UNION ALL SELECT o.id, o.name, '半年核查（本学期）', 'half_year_survey', (SELECT count(*) FROM survey AS v WHERE v.school_id = o.id AND v.semester_id = p.semester_id AND v.on_date <= p.t AND v.kind = '半年核查') FROM place AS o, p WHERE o.id
  UNION ALL SELECT o.id, o.name, '信息、调研文章（本月）', 'news', (SELECT count(*) FROM submission AS u WHERE u.school_id = o.id AND u.ym = p.ym AND u.kind <> '月统计材料' AND u.submitted_at <= p.t || ' 23:59:59') FROM place AS o, p WHERE o.id;
SELECT t.what || r.n || r.unit || count(iif(t.n >= r.n, 1, NULL)) || count(iif(t.n < r.n, 1, NULL)) || coalesce(group_concat(iif(t.n < r.n, t.name, NULL), '、'), '无')
FROM (SELECT * FROM task ORDER BY id) AS t JOIN rule AS r ON r.key = t.key GROUP BY t.what;
SELECT '交通安全讲座的学校' || count(iif(t.n >= r.n, 1, NULL)) || '所' FROM task AS t JOIN rule AS r ON r.key = t.key WHERE t.key = 'traffic_lecture';
SELECT '半年核查的学校' || count(iif(t.n >= r.n, 1, NULL)) || '所' FROM task AS t JOIN rule AS r ON r.key = t.key WHERE t.key = 'half_year_survey';
SELECT iif(o.id, o.name, '合计') || count(DISTINCT r.student_id) || count(DISTINCT iif(r.student_id IN (SELECT student_id FROM kid), r.student_id, NULL)) || iif(o.id, count(DISTINCT r.vehicle_id), '—')
FROM ride AS r JOIN seat AS s ON s.student_id = r.student_id JOIN place AS o ON o.id IN (0, s.school_id), p WHERE r.semester_id = p.semester_id GROUP BY o.id;
SELECT v.driver || v.seats || count(*) || (count(*) - v.seats + 1) FROM ride AS r JOIN vehicle AS v ON v.id = r.vehicle_id, p
WHERE r.semester_id = p.semester_id GROUP BY v.id HAVING count(*) >= v.seats;
SELECT '意外伤害' || count(*) || '起' FROM incident, p WHERE kind = '意外伤害' AND on_date BETWEEN p.f AND p.t;
SELECT '违法犯罪' || count(*) || '起' FROM incident, p WHERE kind = '违法犯罪' AND on_date BETWEEN p.f AND p.t;

-- 上期更正 of what the thresholds decide, by those of the month that was reported; tests/truth/corrections.test has the others
CREATE TEMP TABLE then_p AS SELECT m.ym, m.semester_id, m.period_from AS f, m.period_to AS t FROM semester_month AS m, p WHERE m.ym = p.before;
CREATE TEMP TABLE then_rule AS SELECT o.key, CAST(o.value AS INTEGER) AS n FROM policy AS o, then_p AS p WHERE o.valid_from <= p.t AND (o.valid_to IS NULL OR o.valid_to >= p.t)
  AND NOT EXISTS(SELECT 1 FROM policy AS x WHERE x.key = o.key AND x.valid_from > o.valid_from AND x.valid_from <= p.t AND (x.valid_to IS NULL OR x.valid_to >= p.t));
CREATE TEMP TABLE then_kid AS SELECT l.student_id FROM left_behind AS l, then_p AS p WHERE l.semester_id = p.semester_id AND l.from_date <= p.t AND (l.to_date IS NULL OR l.to_date >= p.t)
  AND l.student_id IN (SELECT student_id FROM pairing WHERE is_primary = 1 AND from_date <= p.t AND (to_date IS NULL OR to_date >= p.t));
SELECT g.title || g.reported || g.now || printf('%+d', g.now - g.reported) FROM (
  SELECT g.title, (SELECT sum(numerator) FROM month_figure AS m, then_p AS p WHERE m.ym = p.ym AND m.key = g.key) AS reported,
    CASE g.key WHEN 'records' THEN (SELECT count(*) FROM then_kid AS k, then_p AS p WHERE (SELECT count(*) FROM monthly_record AS r WHERE r.student_id = k.student_id AND r.ym = p.ym) >= (SELECT n FROM then_rule WHERE key = 'record'))
    ELSE (SELECT count(*) FROM (SELECT e.student_id, e.kind, count(*) AS times FROM care_event AS e JOIN then_kid AS k ON k.student_id = e.student_id, then_p AS p WHERE e.on_date BETWEEN p.f AND p.t GROUP BY e.student_id, e.kind) AS d
      JOIN then_rule AS r ON r.key = CASE d.kind WHEN '谈心' THEN 'talk_carer' WHEN '作业检查' THEN 'homework' WHEN '作业辅导' THEN 'tutoring' WHEN '家访' THEN 'visit_carer' WHEN '亲情晚餐' THEN 'dinner' END
      WHERE d.times >= r.n) END AS now
  FROM figure AS g WHERE g.key IN('six', 'records')) AS g WHERE g.now <> g.reported;

-- 九、十
SELECT '合计' || count(*) || '笔—' || printf('¥%.2f', sum(value_fen) / 100.0) || (SELECT count(*) FROM donation_child AS g JOIN donation AS x ON x.id = g.donation_id, p WHERE x.on_date BETWEEN p.f AND p.t)
  || printf('¥%.2f', (SELECT sum(g.amount_fen) FROM donation_child AS g JOIN donation AS x ON x.id = g.donation_id, p WHERE x.on_date BETWEEN p.f AND p.t) / 100.0)
FROM donation, p WHERE on_date BETWEEN p.f AND p.t;
SELECT o.name || coalesce(strftime('%Y年', u.at) || CAST(strftime('%m', u.at) AS INTEGER) || '月' || CAST(strftime('%d', u.at) AS INTEGER) || '日' || strftime('%H:%M', u.at), '—')
  || CASE WHEN u.at IS NULL THEN '未交' WHEN u.at <= p.deadline || ' 23:59:59' THEN '按时' ELSE '迟交' END || u.news || u.essays
FROM place AS o, p JOIN (SELECT s.id, (SELECT min(submitted_at) FROM submission WHERE ym = @MONTH AND school_id = s.id AND kind = '月统计材料') AS at,
  (SELECT count(submitted_at) FROM submission WHERE ym = @MONTH AND school_id = s.id AND kind = '工作信息') AS news,
  (SELECT count(submitted_at) FROM submission WHERE ym = @MONTH AND school_id = s.id AND kind IN('调研文章', '论文')) AS essays FROM school AS s) AS u ON u.id = o.id;

-- Each school's page: now, the month before as it was frozen, the township
CREATE TEMP TABLE b AS SELECT school_id, key, numerator AS n, denominator AS d FROM month_figure AS f, p WHERE f.ym = p.before;
SELECT a.full || '项目本月实数上期全镇' || '留守儿童占学生' || @(a.kids, a.pupils) || a.kids || '/' || a.pupils
  || coalesce(@((SELECT n FROM b WHERE school_id = a.id AND key = 'left_behind'), (SELECT n FROM b WHERE school_id = a.id AND key = 'pupils')), '—') || @(w.kids, w.pupils)
FROM n AS a JOIN n AS w ON w.id = 0 WHERE a.id AND a.kids;
SELECT '结对率' || @(a.paired, a.kids) || a.paired || '/' || a.kids || (SELECT @(n, d) FROM b WHERE school_id = a.id AND key = 'paired') || @(w.paired, w.kids)
  || '重点对象代理家长落实率' || @(a.key_paired, a.keys) || iif(a.keys, a.key_paired || '/' || a.keys, '—') || (SELECT @(n, d) FROM b WHERE school_id = a.id AND key = 'key_paired') || @(w.key_paired, w.keys)
  || '“六个一”完成率' || @(a.six, 5 * a.paired) || a.six || '/' || (5 * a.paired) || (SELECT @(n, d) FROM b WHERE school_id = a.id AND key = 'six') || @(w.six, 5 * w.paired)
  || '记录表填写率' || @(a.recorded, a.paired) || a.recorded || '/' || a.paired || (SELECT @(n, d) FROM b WHERE school_id = a.id AND key = 'records') || @(w.recorded, w.paired)
  || '重点对象通话率' || @(a.key_called, a.keys) || iif(a.keys, a.key_called || '/' || a.keys, '—') || (SELECT @(n, d) FROM b WHERE school_id = a.id AND key = 'key_called') || @(w.key_called, w.keys)
  || '孩子与父母通话（次）' || a.calls || (SELECT n FROM b WHERE school_id = a.id AND key = 'calls') || w.calls
  || '学校反馈通话（次）' || a.school_calls || (SELECT n FROM b WHERE school_id = a.id AND key = 'school_calls') || w.school_calls
  || '谈心（次）' || a.talks || (SELECT n FROM b WHERE school_id = a.id AND key = 'talks') || w.talks
  || '家访（次）' || a.visits || (SELECT n FROM b WHERE school_id = a.id AND key = 'visits') || w.visits
FROM n AS a JOIN n AS w ON w.id = 0 WHERE a.id AND a.kids;
-- The charts' figures: a school's, beside those of the month before
SELECT name || @(six, 5 * paired) || (SELECT @(sum(n), sum(d)) FROM b WHERE b.key = 'six' AND a.id IN (0, school_id)) FROM n AS a WHERE kids;
SELECT name || @(kids, pupils) || (SELECT @((SELECT sum(n) FROM b WHERE b.key = 'left_behind' AND a.id IN (0, school_id)), sum(n)) FROM b WHERE b.key = 'pupils' AND a.id IN (0, school_id)) FROM n AS a WHERE kids;
