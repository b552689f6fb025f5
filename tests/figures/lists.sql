-- What tables.sql leaves: the single records of the booklet's lists, the sentences that stand in the database as words, dates, and what
-- each school's page says of its means. Written anew from the tables alone, none of the schema's views, none of the layout's queries;
-- it goes on behind tables.sql, whose tables p, kid, n, b it uses. @DAY(column) is a day as 11月25日, @DATE(column) with its year.

-- Head and colophon
SELECT '第' || issue_no || '期（总第' || total_no || '期）' || (SELECT s.name FROM township AS t JOIN school AS s ON s.id = t.centre_school_id) || '编印' || @DATE(issued_on) || iif(title LIKE '关爱留守儿童工作月报%', '', title) || preface FROM booklet WHERE ym = @MONTH;
SELECT (SELECT s.name FROM township AS t JOIN school AS s ON s.id = t.centre_school_id) || @DATE(issued_on) || '印发签发：' || signed_by || '编辑：' || edited_by || '共印' || copies || '份' FROM booklet WHERE ym = @MONTH;

-- 一: schools without pupils, schools without a return
SELECT group_concat(short_name, '、') || '本月没有在校学生，以下各表不列，也不附页。' FROM (SELECT * FROM school WHERE id NOT IN (SELECT school_id FROM seat) ORDER BY id) HAVING count(*);
SELECT group_concat(name, '、') || '本月统计材料未按时报，全镇的合计和率含其现有登记数' FROM (SELECT * FROM place WHERE mark <> '' ORDER BY id) HAVING count(*);

-- 一: the day, the change of number, the carers by what they are
SELECT '截至' || @DATE(p.t) || '，全镇学校（园）有在校学生' FROM p;
SELECT '，' || CASE WHEN o.n IS NULL THEN '上期无数据' WHEN kids > o.n THEN '比上期增加' || (kids - o.n) || '人' WHEN kids < o.n THEN '比上期减少' || (o.n - kids) || '人' ELSE '与上期持平' END || '；'
FROM n, (SELECT sum(n) AS n FROM b WHERE key = 'left_behind') AS o WHERE id = 0;
SELECT '其中' || (SELECT group_concat(kind || n || '人', '、') FROM (
    SELECT c.kind, count(DISTINCT g.carer_id) AS n FROM pairing AS g JOIN carer AS c ON c.id = g.carer_id JOIN kid AS k ON k.student_id = g.student_id, p
    WHERE g.is_primary = 1 AND g.from_date <= p.t AND (g.to_date IS NULL OR g.to_date >= p.t) GROUP BY c.kind ORDER BY n DESC, c.kind))
  || '，人均' || printf('%.1f', 1.0 * (SELECT sum(paired) FROM kid) / (SELECT count(DISTINCT g.carer_id) FROM pairing AS g JOIN kid AS k ON k.student_id = g.student_id, p
    WHERE g.is_primary = 1 AND g.from_date <= p.t AND (g.to_date IS NULL OR g.to_date >= p.t))) || '名';

-- 二 and each school's page: 建档率, by the tests that stand in required_item
CREATE TEMP TABLE filed AS
  SELECT o.id, count(*) AS d, sum(k.filed) AS n FROM (SELECT asked.student_id, asked.school_id, (@REQUIRED) AS filed FROM kid AS asked) AS k JOIN place AS o ON o.id IN (0, k.school_id) GROUP BY o.id;
SELECT '建档率' || @(n, d) || '，入学率' FROM filed WHERE id = 0;
SELECT o.noted || @(f.n, f.d) || f.n || '/' || f.d || @(o.entered, o.aged) || iif(o.aged, o.entered || '/' || o.aged, '—') || @(o.began - o.lost, o.began) || (o.began - o.lost) || '/' || o.began
FROM n AS o JOIN filed AS f ON f.id = o.id;
SELECT '建档率' || @(f.n, f.d) || f.n || '/' || f.d || (SELECT @(n, d) FROM b WHERE school_id = f.id AND key = 'filed') || @(w.n, w.d) || '结对率'
FROM filed AS f JOIN filed AS w ON w.id = 0 WHERE f.id;

-- 二: the sum of who came and went
SELECT '合计' || sum(l.status = '转入' AND l.from_date BETWEEN p.f AND p.t) || sum(l.status <> '转入' AND l.from_date BETWEEN p.f AND p.t) || sum(l.status = '转出' AND gone)
  || sum(l.status = '父母返乡' AND gone) || sum(l.status NOT IN('转出', '父母返乡') AND gone) || '在册留守儿童中的'
FROM (SELECT *, coalesce(date(to_date, '+1 day') BETWEEN (SELECT f FROM p) AND (SELECT t FROM p), 0) AS gone FROM left_behind) AS l, p WHERE l.semester_id = p.semester_id;

-- 三: the chart of the months: its scale, a label at every second point up to the last, the months. Its points are measured by booklet.test.
CREATE TEMP TABLE trend AS
  SELECT f.ym, sum(f.numerator) AS n, sum(f.denominator) AS d FROM month_figure AS f JOIN semester_month AS m ON m.ym = f.ym
  WHERE m.required = 1 AND f.key = 'six' AND f.ym < @MONTH GROUP BY f.ym
  UNION ALL SELECT @MONTH, six, 5 * paired FROM n WHERE id = 0;
SELECT '0255075100' || (SELECT group_concat(label, '') FROM (SELECT @(n, d) AS label, count(*) OVER (ORDER BY ym DESC) AS back FROM trend ORDER BY ym) WHERE back % 2 = 1)
  || (SELECT group_concat(CAST(substr(ym, 6) AS INTEGER) || '月', '') FROM (SELECT ym FROM trend ORDER BY ym));

-- 六、七、八、九、十: record by record
SELECT @DAY(a.on_date) || coalesce(o.name, '镇') || a.kind || a.title || coalesce(a.place, '') || coalesce('结对单位：' || a.partner, '') || a.children || a.adults
FROM activity AS a LEFT JOIN place AS o ON o.id = a.school_id, p WHERE a.on_date BETWEEN p.f AND p.t;
SELECT '，' || count(*) || '所学校中' || sum(t.n >= r.n) || '所达到' || iif(r.n = 2, '两', (SELECT n FROM han WHERE key = r.key)) || '次以上' FROM task AS t JOIN rule AS r ON r.key = t.key WHERE t.key = 'pairing_activity';
SELECT t.name || t.scope || iif(count(DISTINCT a.issuer_id) > 1, '各校', max(i.name)) || count(*) FROM award AS a JOIN award_type AS t ON t.id = a.type_id JOIN issuer AS i ON i.id = a.issuer_id, p
WHERE a.state IN('批准', '已打印', '已领') AND a.issued_on BETWEEN p.f AND p.t AND t.paper <> '' GROUP BY t.id;
SELECT @DAY(m.on_date) || coalesce(o.name, '镇') || m.kind || m.topic || coalesce('（主讲：' || m.speaker || '）', '') || m.expected || m.present
FROM meeting AS m LEFT JOIN place AS o ON o.id = m.school_id, p WHERE m.on_date BETWEEN p.f AND p.t;
SELECT substr(v.plate, 1, 2) || '·' || substr(v.plate, 3) || v.kind || v.driver || v.seats || count(*) || (count(*) - v.seats + 1) FROM ride AS r JOIN vehicle AS v ON v.id = r.vehicle_id, p
WHERE r.semester_id = p.semester_id GROUP BY v.id HAVING count(*) >= v.seats;
-- 失学: cases that are open, and children of whom no case was made
CREATE TEMP TABLE out AS
  SELECT case_no, school_id, kind, since, reason, measures FROM out_of_school, p WHERE since <= p.t AND coalesce(back_on, '9999') > p.t
  UNION ALL SELECT NULL, a.school_id, '未入学', NULL, a.reason, NULL FROM school_age AS a, p WHERE a.year_start = p.year_start AND a.state = '未入学'
    AND a.name NOT IN (SELECT name FROM out_of_school WHERE school_id = a.school_id)
  UNION ALL SELECT NULL, c.school_id, '辍学', date(e.to_date, '+1 day'), NULL, NULL FROM enrolment AS e JOIN class AS c ON c.id = e.class_id, p
    WHERE e.out_reason = '辍学' AND e.to_date < p.t AND e.student_id NOT IN (SELECT student_id FROM out_of_school WHERE student_id IS NOT NULL) AND e.student_id NOT IN (SELECT student_id FROM seat);
SELECT '截至' || @DATE(p.t) || '没有失学的适龄儿童。' FROM p WHERE NOT EXISTS(SELECT 1 FROM out);
SELECT '截至' || @DATE(p.t) || '失学的' || (SELECT sum(n) || '人（' || group_concat(kind || n || '人', '、') FROM (SELECT kind, count(*) AS n FROM out GROUP BY kind ORDER BY kind DESC)) || '），逐案列下' FROM p WHERE EXISTS(SELECT 1 FROM out);
SELECT coalesce(case_no, '缺') || o.name || kind || coalesce(CAST(substr(since, 1, 4) AS INTEGER) || '.' || CAST(substr(since, 6, 2) AS INTEGER) || '.' || CAST(substr(since, 9, 2) AS INTEGER), '缺')
  || coalesce(reason, '缺') || coalesce(measures, '缺') FROM out JOIN place AS o ON o.id = out.school_id;
-- 任课教师: who teaches a class with left-behind children, who of them talked often enough with one of their classes
CREATE TEMP TABLE post AS SELECT DISTINCT c.school_id, t.staff_id FROM teaching AS t JOIN class AS c ON c.id = t.class_id, p
  WHERE t.semester_id = p.semester_id AND t.staff_id > 0 AND t.class_id IN (SELECT e.class_id FROM enrolment AS e JOIN kid AS k ON k.student_id = e.student_id, p WHERE e.from_date <= p.t AND coalesce(e.to_date, '9999') >= p.t);
CREATE TEMP TABLE spoke AS SELECT v.staff_id, count(DISTINCT v.id) AS times FROM care_event AS v JOIN enrolment AS e ON e.student_id = v.student_id AND v.on_date BETWEEN e.from_date AND coalesce(e.to_date, '9999')
  JOIN teaching AS t ON t.class_id = e.class_id AND t.staff_id = v.staff_id JOIN left_behind AS l ON l.student_id = v.student_id AND l.semester_id = t.semester_id
  AND v.on_date BETWEEN l.from_date AND coalesce(l.to_date, '9999'), p
  WHERE t.semester_id = p.semester_id AND v.kind = '谈心' AND v.on_date BETWEEN p.f AND p.t GROUP BY v.staff_id;
CREATE TEMP TABLE held AS SELECT school_id, coalesce((SELECT times FROM spoke WHERE spoke.staff_id = post.staff_id), 0) >= (SELECT n FROM rule WHERE key = 'talk_subject_teacher') AS ok FROM post;
SELECT o.name || count(*) || sum(ok) || sum(NOT ok) FROM held JOIN place AS o ON o.id = held.school_id GROUP BY o.id;
SELECT '同所教班级的留守儿童谈心（' || n || unit || '），本月对照如下。' FROM rule WHERE key = 'talk_subject_teacher' AND EXISTS(SELECT 1 FROM post);
SELECT '合计' || count(*) || sum(ok) || sum(NOT ok) || '六、活动开展' FROM held HAVING count(*);
SELECT '意外伤害' || sum(kind = '意外伤害') || '起，违法犯罪' || sum(kind = '违法犯罪') || '起，失学' || (SELECT coalesce(sum(n), 0) || '人' || coalesce('（' || group_concat(kind || n || '人', '、') || '，见第二部分）', '') FROM (SELECT kind, count(*) AS n FROM out GROUP BY kind ORDER BY kind DESC)) || '，欺凌侵害' || sum(kind = '欺凌侵害') || '起，其他' || sum(kind = '其他') || '起。'
FROM incident, p WHERE on_date BETWEEN p.f AND p.t;
SELECT @DAY(d.on_date) || o.name || d.donor || coalesce(d.item, d.kind) || coalesce(d.qty || coalesce(d.unit, ''), '—') || printf('¥%.2f', d.value_fen / 100.0) || (SELECT count(*) FROM donation_child WHERE donation_id = d.id)
  || coalesce((SELECT printf('¥%.2f', sum(amount_fen) / 100.0) FROM donation_child WHERE donation_id = d.id HAVING sum(amount_fen)), '—')
FROM donation AS d JOIN place AS o ON o.id = d.school_id, p WHERE d.on_date BETWEEN p.f AND p.t;
SELECT '按制度每月' || (SELECT n FROM rule WHERE key = 'due_day') || '日前（含当日）报送，本月以' || @DATE(deadline) || '24时为限，按时率' || @(s.n, s.d) || '（' || coalesce(s.n || '/' || nullif(s.d, 0), '—') || '）。' FROM p,
  (SELECT sum(coalesce(u.submitted_at < date(p.deadline, '+1 day'), 0)) AS n, count(*) AS d FROM submission AS u, p WHERE u.ym = @MONTH) AS s;
SELECT '合计——' || sum(kind = '工作信息') || sum(kind IN('调研文章', '论文')) || '十一、问题和建议' FROM submission WHERE ym = @MONTH AND submitted_at IS NOT NULL;

-- 十一、十二, and each school's page: words of the database
SELECT '问题和建议' || problems FROM booklet WHERE ym = @MONTH;
SELECT '下月工作安排' || plan FROM booklet WHERE ym = @MONTH;
SELECT o.name || '：' || t.problems FROM school_month_text AS t JOIN place AS o ON o.id = t.school_id WHERE t.ym = @MONTH AND t.problems <> '';
SELECT o.name || '：' || t.plan FROM school_month_text AS t JOIN place AS o ON o.id = t.school_id WHERE t.ym = @MONTH AND t.plan <> '';
SELECT work FROM school_month_text WHERE ym = @MONTH AND work <> '';
SELECT title || '（' || author || '）' || body FROM submission WHERE ym = @MONTH AND submitted_at IS NOT NULL AND kind IN('工作信息', '调研文章');

-- Each school's page: its chart, its means
SELECT '本校与全镇（%）本校全镇建档率' || @(f.n, f.d) || @(g.n, g.d) || '结对率' || @(a.paired, a.kids) || @(w.paired, w.kids) || '重点落实' || @(a.key_paired, a.keys) || @(w.key_paired, w.keys)
  || '六个一' || @(a.six, 5 * a.paired) || @(w.six, 5 * w.paired) || '记录表' || @(a.recorded, a.paired) || @(w.recorded, w.paired) || '重点通话' || @(a.key_called, a.keys) || @(w.key_called, w.keys)
FROM n AS a JOIN n AS w ON w.id = 0 JOIN filed AS f ON f.id = a.id JOIN filed AS g ON g.id = 0 WHERE a.id AND a.kids;
SELECT '亲情热线' || coalesce(h.hotline, '—') || 'QQ群' || coalesce(h.qq, '—') || '到访人次' || u.visits FROM home AS h JOIN home_use AS u ON u.school_id = h.school_id AND u.ym = @MONTH;
SELECT '开放时间' || group_concat(room || hours, '；') FROM (
  SELECT school_id, room, group_concat(from_hm || '—' || to_hm, '、') AS hours FROM (SELECT * FROM home_hours ORDER BY school_id, room, from_hm) GROUP BY school_id, room ORDER BY school_id, room) GROUP BY school_id;
SELECT '设施设备' || group_concat(item || qty || unit, '、') FROM (SELECT a.* FROM asset AS a, p WHERE coalesce(a.got_on, '') <= p.t ORDER BY a.school_id, a.id) GROUP BY school_id;
