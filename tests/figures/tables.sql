-- Every row of numbers in the booklet's tables, as pdftotext -raw gives it without spaces: written anew from the tables alone, none of the
-- schema's views, none of the layout's queries. Parameters: @MONTH. @(n, d) is a share as the paper writes it (booklet.test expands it).
-- One column: what must stand in the text.
CREATE TEMP TABLE p AS
  SELECT m.ym, m.semester_id, m.period_from AS f, m.period_to AS t, m.due_on, s.starts, s.year_start,
         (SELECT max(ym) FROM month_figure WHERE ym < @MONTH) AS before
  FROM semester_month AS m JOIN semester AS s ON s.id = m.semester_id WHERE m.ym = @MONTH;
CREATE TEMP TABLE seat AS
  SELECT e.student_id, c.school_id FROM enrolment AS e JOIN class AS c ON c.id = e.class_id, p
  WHERE e.from_date <= p.t AND (e.to_date IS NULL OR e.to_date >= p.t);
CREATE TEMP TABLE kid AS
  SELECT l.student_id, coalesce(l.is_key, 0) AS is_key, coalesce(l.kind, '未登记') AS kind, s.school_id,
         l.student_id IN (SELECT student_id FROM pairing WHERE is_primary = 1 AND from_date <= p.t AND (to_date IS NULL OR to_date >= p.t)) AS paired
  FROM left_behind AS l JOIN seat AS s ON s.student_id = l.student_id, p
  WHERE l.semester_id = p.semester_id AND l.from_date <= p.t AND (l.to_date IS NULL OR l.to_date >= p.t);
CREATE TEMP TABLE care AS SELECT e.student_id, e.kind FROM care_event AS e, p WHERE e.on_date BETWEEN p.f AND p.t;
-- what: a call between child and parent (call), one that the school or a carer made (school), one that nobody answered (missed), another (other)
CREATE TEMP TABLE talk AS
  SELECT k.*, CASE WHEN k.channel NOT IN('电话', '视频') THEN '' WHEN k.ok = 0 THEN 'missed' WHEN k.ok IS NULL THEN 'other' WHEN k.from_side IN('学校', '代理家长') THEN 'school'
    WHEN k.from_side IN('儿童', '家长') AND (k.adult_id IS NULL OR k.adult_id IN (SELECT adult_id FROM family AS f WHERE f.student_id = k.student_id AND relation LIKE '%父亲' OR f.student_id = k.student_id
    AND relation LIKE '%母亲' OR f.student_id = k.student_id AND relation IN('继父', '继母'))) THEN 'call' ELSE 'other' END AS what
  FROM contact AS k, p WHERE k.on_date BETWEEN p.f AND p.t;
CREATE TEMP TABLE place AS SELECT id, short_name AS name, name AS full FROM school UNION ALL SELECT 0, '全镇', NULL;

-- One line a school, and one for all (school 0): numerators and denominators.
CREATE TEMP TABLE n AS
SELECT o.id, o.name, o.full,
  (SELECT count(*) FROM seat AS s WHERE o.id IN (0, s.school_id)) AS pupils,
  (SELECT count(*) FROM kid AS k WHERE o.id IN (0, k.school_id)) AS kids,
  (SELECT count(*) FROM kid AS k WHERE o.id IN (0, k.school_id) AND is_key) AS keys,
  (SELECT count(*) FROM kid AS k WHERE o.id IN (0, k.school_id) AND paired) AS paired,
  (SELECT count(*) FROM kid AS k WHERE o.id IN (0, k.school_id) AND paired AND is_key) AS key_paired,
  (SELECT count(*) FROM school_age AS a, p WHERE a.year_start = p.year_start AND o.id IN (0, a.school_id)) AS aged,
  (SELECT count(*) FROM school_age AS a, p WHERE a.year_start = p.year_start AND o.id IN (0, a.school_id) AND a.state <> '未入学') AS entered,
  (SELECT count(DISTINCT e.student_id) FROM enrolment AS e JOIN class AS c ON c.id = e.class_id, p
   WHERE o.id IN (0, c.school_id) AND e.from_date <= p.starts AND (e.to_date IS NULL OR e.to_date >= p.starts)) AS began,
  (SELECT count(DISTINCT e.student_id) FROM enrolment AS e JOIN class AS c ON c.id = e.class_id, p
   WHERE o.id IN (0, c.school_id) AND e.from_date <= p.starts AND (e.to_date IS NULL OR e.to_date >= p.starts) AND e.out_reason = '辍学' AND e.to_date <= p.t) AS lost,
  (SELECT count(DISTINCT c.student_id) FROM care AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND k.paired AND c.kind = '谈心') AS talk,
  (SELECT count(DISTINCT c.student_id) FROM care AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND k.paired AND c.kind = '作业检查') AS homework,
  (SELECT count(DISTINCT c.student_id) FROM care AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND k.paired AND c.kind = '作业辅导') AS tutoring,
  (SELECT count(DISTINCT c.student_id) FROM care AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND k.paired AND c.kind = '家访') AS visit,
  (SELECT count(DISTINCT c.student_id) FROM care AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND k.paired AND c.kind = '亲情晚餐') AS dinner,
  (SELECT count(DISTINCT m.school_id) FROM meeting AS m, p WHERE o.id IN (0, m.school_id) AND m.kind = '代理家长座谈会' AND m.on_date BETWEEN p.f AND p.t) AS met,
  iif(o.id, 1, (SELECT count(*) FROM school)) AS to_meet,
  (SELECT count(DISTINCT r.student_id) FROM monthly_record AS r JOIN kid AS k ON k.student_id = r.student_id WHERE o.id IN (0, k.school_id) AND k.paired AND r.ym = @MONTH) AS recorded,
  (SELECT count(DISTINCT c.student_id) FROM talk AS c JOIN kid AS k ON k.student_id = c.student_id WHERE o.id IN (0, k.school_id) AND k.is_key AND c.what = 'call') AS key_called,
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
SELECT name || pupils || kids || @(kids, pupils) || keys FROM n;
SELECT name || n || '人' || @(n, (SELECT count(*) FROM kid)) FROM (SELECT kind AS name, count(*) AS n FROM kid GROUP BY kind);
SELECT @(entered, aged) || iif(aged, entered || '/' || aged, '—') || @(began - lost, began) || iif(began, (began - lost) || '/' || began, '—') FROM n WHERE began;
SELECT name || @(paired, kids) || iif(kids, paired || '/' || kids, '—') || iif(kids, @(talk, paired) || talk || '/' || paired || @(homework, paired) || homework || '/' || paired
  || @(tutoring, paired) || tutoring || '/' || paired || @(visit, paired) || visit || '/' || paired || @(dinner, paired) || dinner || '/' || paired
  || @(six, 5 * paired) || six || '/' || (5 * paired) || met || '/' || to_meet || @(recorded, paired) || recorded || '/' || paired, '') FROM n;
SELECT name || @(key_called, keys) || iif(kids, key_called || '/' || keys, '—') || calls || iif(kids, school_calls || missed, '——') || letters FROM n;
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

-- 四: ways of contact
SELECT iif(o.id, o.name, '合计') || sum(c.channel = '电话') || sum(c.channel = '视频') || sum(c.channel = '书信') || sum(c.channel IN('QQ', '微信', '短信'))
  || sum(c.channel NOT IN('电话', '视频', '书信', 'QQ', '微信', '短信')) || count(*) || sum(coalesce(c.festival, '') <> '') || sum(coalesce(c.suggestion, '') <> '') || sum(coalesce(c.suggestion, '') <> '' AND coalesce(c.handled, '') <> '')
FROM talk AS c JOIN kid AS k ON k.student_id = c.student_id JOIN place AS o ON o.id IN (0, k.school_id) GROUP BY o.id;
SELECT '月通信率' || @(count(DISTINCT c.student_id), (SELECT count(*) FROM kid)) FROM talk AS c JOIN kid AS k ON k.student_id = c.student_id WHERE c.channel = '书信';
SELECT '团聚的留守儿童' || sum(home) || '人，占' || @(sum(home), count(*)) FROM (
  SELECT f.student_id, max(coalesce(w.home_at_spring, 0)) AS home FROM family AS f JOIN absence AS w ON w.adult_id = f.adult_id JOIN kid AS k ON k.student_id = f.student_id, p
  WHERE f.relation IN('父亲', '母亲') AND w.from_date <= p.t AND (w.to_date IS NULL OR w.to_date >= p.t) GROUP BY f.student_id);
SELECT '共有班级' || count(DISTINCT e.class_id) || '个' FROM enrolment AS e, p WHERE e.from_date <= p.t AND (e.to_date IS NULL OR e.to_date >= p.t);
SELECT '结对的关爱人员' || count(DISTINCT carer_id) || '人' FROM pairing, p WHERE is_primary = 1 AND from_date <= p.t AND (to_date IS NULL OR to_date >= p.t) AND student_id IN (SELECT student_id FROM kid);

-- 五: talks, visits, counselling …, and the duties
SELECT iif(o.id, o.name, '合计') || sum(c.kind = '谈心') || sum(c.kind = '家访') || sum(c.kind = '心理咨询') || sum(c.kind = '生日庆祝') || sum(c.kind = '走访慰问') || sum(c.kind = '就医陪护')
FROM care AS c JOIN kid AS k ON k.student_id = c.student_id JOIN place AS o ON o.id IN (0, k.school_id) GROUP BY o.id;
SELECT '谈过心的留守儿童占' || @(count(DISTINCT c.student_id), (SELECT count(*) FROM kid)) FROM care AS c JOIN kid AS k ON k.student_id = c.student_id WHERE c.kind = '谈心';
SELECT '本学期已家访的占' || @(count(DISTINCT e.student_id), (SELECT count(*) FROM kid)) FROM care_event AS e JOIN kid AS k ON k.student_id = e.student_id, p
WHERE e.kind = '家访' AND e.on_date BETWEEN (SELECT min(m.period_from) FROM semester_month AS m WHERE m.semester_id = p.semester_id) AND p.t;
SELECT '本月过生日的' || count(*) || '人' FROM student AS s JOIN kid AS k ON k.student_id = s.id, p WHERE substr(s.birth, 6) BETWEEN substr(p.f, 6) AND substr(p.t, 6);
SELECT '前后七天内庆祝的' || count(DISTINCT s.id) || '人' FROM student AS s JOIN kid AS k ON k.student_id = s.id JOIN care_event AS e ON e.student_id = s.id, p
WHERE substr(s.birth, 6) BETWEEN substr(p.f, 6) AND substr(p.t, 6) AND e.kind = '生日庆祝' AND e.on_date <= p.t
  AND abs(julianday(e.on_date) - julianday(substr(p.t, 1, 5) || substr(s.birth, 6))) <= 7;

-- 六、七、八: sums and sentences
SELECT '合计' || count(*) || '次' || sum(children) || sum(adults) FROM activity, p WHERE on_date BETWEEN p.f AND p.t;
SELECT '结对帮扶活动' || count(*) || '次' FROM activity, p WHERE kind = '结对帮扶' AND school_id IS NOT NULL AND on_date BETWEEN substr(p.t, 1, 4) AND p.t;
SELECT '合计' || count(*) FROM award AS a, p WHERE a.state IN('批准', '已打印', '已领') AND a.issued_on BETWEEN p.f AND p.t;
SELECT '合计' || count(*) || '次' || sum(expected) || sum(present) FROM meeting, p WHERE on_date BETWEEN p.f AND p.t;
SELECT '交通安全讲座的学校' || count(DISTINCT school_id) || '所' FROM meeting AS m, p WHERE m.semester_id = p.semester_id AND on_date <= p.t AND kind = '讲座'
  AND topic IN('交警讲交通安全', '乘车安全与拒乘超员车辆', '骑行与步行安全', '交通安全');
SELECT '半年核查的学校' || count(DISTINCT school_id) || '所' FROM survey, p WHERE kind = '半年核查' AND survey.semester_id = p.semester_id AND on_date <= p.t;
SELECT iif(o.id, o.name, '合计') || count(DISTINCT r.student_id) || count(DISTINCT iif(r.student_id IN (SELECT student_id FROM kid), r.student_id, NULL)) || iif(o.id, count(DISTINCT r.vehicle_id), '')
FROM ride AS r JOIN seat AS s ON s.student_id = r.student_id JOIN place AS o ON o.id IN (0, s.school_id), p WHERE r.semester_id = p.semester_id GROUP BY o.id;
SELECT v.driver || v.seats || count(*) || (count(*) - v.seats + 1) FROM ride AS r JOIN vehicle AS v ON v.id = r.vehicle_id, p
WHERE r.semester_id = p.semester_id GROUP BY v.id HAVING count(*) >= v.seats;
SELECT '意外伤害' || count(*) || '起' FROM incident, p WHERE kind = '意外伤害' AND on_date BETWEEN p.f AND p.t;
SELECT '违法犯罪' || count(*) || '起' FROM incident, p WHERE kind = '违法犯罪' AND on_date BETWEEN p.f AND p.t;

-- 九、十
SELECT '合计' || count(*) || '笔' || printf('¥%.2f', sum(value_fen) / 100.0) || (SELECT count(*) FROM donation_child AS g JOIN donation AS x ON x.id = g.donation_id, p WHERE x.on_date BETWEEN p.f AND p.t)
  || printf('¥%.2f', (SELECT sum(g.amount_fen) FROM donation_child AS g JOIN donation AS x ON x.id = g.donation_id, p WHERE x.on_date BETWEEN p.f AND p.t) / 100.0)
FROM donation, p WHERE on_date BETWEEN p.f AND p.t;
SELECT o.name || coalesce(strftime('%Y年', u.at) || CAST(strftime('%m', u.at) AS INTEGER) || '月' || CAST(strftime('%d', u.at) AS INTEGER) || '日' || strftime('%H:%M', u.at), '—')
  || CASE WHEN u.at IS NULL THEN '未交' WHEN u.at <= p.due_on || ' 23:59:59' THEN '按时' ELSE '迟交' END || u.news || u.essays
FROM place AS o, p JOIN (SELECT s.id, (SELECT min(submitted_at) FROM submission WHERE ym = @MONTH AND school_id = s.id AND kind = '月统计材料') AS at,
  (SELECT count(submitted_at) FROM submission WHERE ym = @MONTH AND school_id = s.id AND kind = '工作信息') AS news,
  (SELECT count(submitted_at) FROM submission WHERE ym = @MONTH AND school_id = s.id AND kind IN('调研文章', '论文')) AS essays FROM school AS s) AS u ON u.id = o.id;

-- Each school's page: now, the month before as it was frozen, the township
CREATE TEMP TABLE b AS SELECT school_id, key, numerator AS n, denominator AS d FROM month_figure AS f, p WHERE f.ym = p.before;
SELECT a.full || '项目本月实数上月全镇' || '留守儿童占学生' || @(a.kids, a.pupils) || a.kids || '/' || a.pupils
  || coalesce(@((SELECT n FROM b WHERE school_id = a.id AND key = 'left_behind'), (SELECT n FROM b WHERE school_id = a.id AND key = 'pupils')), '—') || @(w.kids, w.pupils)
FROM n AS a JOIN n AS w ON w.id = 0 WHERE a.id AND a.kids;
SELECT '结对率' || @(a.paired, a.kids) || a.paired || '/' || a.kids || (SELECT @(n, d) FROM b WHERE school_id = a.id AND key = 'paired') || @(w.paired, w.kids)
  || '重点对象代理家长落实率' || @(a.key_paired, a.keys) || a.key_paired || '/' || a.keys || (SELECT @(n, d) FROM b WHERE school_id = a.id AND key = 'key_paired') || @(w.key_paired, w.keys)
  || '“六个一”完成率' || @(a.six, 5 * a.paired) || a.six || '/' || (5 * a.paired) || (SELECT @(n, d) FROM b WHERE school_id = a.id AND key = 'six') || @(w.six, 5 * w.paired)
  || '记录表填写率' || @(a.recorded, a.paired) || a.recorded || '/' || a.paired || (SELECT @(n, d) FROM b WHERE school_id = a.id AND key = 'records') || @(w.recorded, w.paired)
  || '重点对象通话率' || @(a.key_called, a.keys) || a.key_called || '/' || a.keys || (SELECT @(n, d) FROM b WHERE school_id = a.id AND key = 'key_called') || @(w.key_called, w.keys)
  || '孩子与父母通话（次）' || a.calls || (SELECT n FROM b WHERE school_id = a.id AND key = 'calls') || w.calls
  || '学校反馈通话（次）' || a.school_calls || (SELECT n FROM b WHERE school_id = a.id AND key = 'school_calls') || w.school_calls
  || '谈心（次）' || a.talks || (SELECT n FROM b WHERE school_id = a.id AND key = 'talks') || w.talks
  || '家访（次）' || a.visits || (SELECT n FROM b WHERE school_id = a.id AND key = 'visits') || w.visits
FROM n AS a JOIN n AS w ON w.id = 0 WHERE a.id AND a.kids;
-- The charts' figures: a school's, beside those of the month before
SELECT name || @(six, 5 * paired) || (SELECT @(sum(n), sum(d)) FROM b WHERE b.key = 'six' AND a.id IN (0, school_id)) FROM n AS a WHERE kids;
SELECT name || @(kids, pupils) || (SELECT @((SELECT sum(n) FROM b WHERE b.key = 'left_behind' AND a.id IN (0, school_id)), sum(n)) FROM b WHERE b.key = 'pupils' AND a.id IN (0, school_id)) FROM n AS a WHERE kids;
