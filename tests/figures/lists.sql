-- What tables.sql leaves: the single records of the booklet's lists, the sentences that stand in the database as words, dates, and what
-- each school's page says of its means. Written anew from the tables alone, none of the schema's views, none of the layout's queries;
-- it goes on behind tables.sql, whose tables p, kid, n, b it uses. @DAY(column) is a day as 11月25日, @DATE(column) with its year.

-- Head and colophon
SELECT '第' || issue_no || '期（总第' || total_no || '期）云岭镇中心学校编印' || @DATE(issued_on) || title || preface FROM booklet WHERE ym = @MONTH;
SELECT '云岭镇中心学校' || @DATE(issued_on) || '印发签发：' || signed_by || '编辑：' || edited_by || '共印' || copies || '份' FROM booklet WHERE ym = @MONTH;

-- 一: the day, the change of number, the carers by what they are
SELECT '截至' || @DATE(p.t) || '，全镇学校（园）有在校学生' FROM p;
SELECT '，比上月减少' || ((SELECT sum(n) FROM b WHERE key = 'left_behind') - kids) || '人；' FROM n WHERE id = 0;
SELECT '其中' || (SELECT group_concat(kind || n || '人', '、') FROM (
    SELECT c.kind, count(DISTINCT g.carer_id) AS n FROM pairing AS g JOIN carer AS c ON c.id = g.carer_id JOIN kid AS k ON k.student_id = g.student_id, p
    WHERE g.is_primary = 1 AND g.from_date <= p.t AND (g.to_date IS NULL OR g.to_date >= p.t) GROUP BY c.kind ORDER BY n DESC, c.kind))
  || '，人均' || printf('%.1f', 1.0 * (SELECT sum(paired) FROM kid) / (SELECT count(DISTINCT g.carer_id) FROM pairing AS g JOIN kid AS k ON k.student_id = g.student_id, p
    WHERE g.is_primary = 1 AND g.from_date <= p.t AND (g.to_date IS NULL OR g.to_date >= p.t))) || '名';

-- 二 and each school's page: 建档率, by the tests that stand in required_item
CREATE TEMP TABLE filed AS
  SELECT o.id, count(*) AS d, sum(k.filed) AS n FROM (SELECT asked.student_id, asked.school_id, (@REQUIRED) AS filed FROM kid AS asked) AS k JOIN place AS o ON o.id IN (0, k.school_id) GROUP BY o.id;
SELECT '建档率' || @(n, d) || '，入学率' FROM filed WHERE id = 0;
SELECT o.name || @(f.n, f.d) || f.n || '/' || f.d || @(o.entered, o.aged) || iif(o.aged, o.entered || '/' || o.aged, '—') || @(o.began - o.lost, o.began) || (o.began - o.lost) || '/' || o.began
FROM n AS o JOIN filed AS f ON f.id = o.id;
SELECT '建档率' || @(f.n, f.d) || f.n || '/' || f.d || (SELECT @(n, d) FROM b WHERE school_id = f.id AND key = 'filed') || @(w.n, w.d) || '结对率'
FROM filed AS f JOIN filed AS w ON w.id = 0 WHERE f.id;

-- 二: the sum of who came and went; 三: a school without a child has a meeting to hold all the same
SELECT '合计' || sum(l.status = '转入' AND l.from_date BETWEEN p.f AND p.t) || sum(l.status = '新增' AND l.from_date BETWEEN p.f AND p.t) || sum(l.status = '转出' AND gone)
  || sum(l.status = '父母返乡' AND gone) || sum(l.status IN('毕业', '辍学') AND gone) || '在册留守儿童中的'
FROM (SELECT *, coalesce(date(to_date, '+1 day') BETWEEN (SELECT f FROM p) AND (SELECT t FROM p), 0) AS gone FROM left_behind) AS l, p WHERE l.semester_id = p.semester_id;
SELECT name || '——————————————' || met || '/' || to_meet || '——' FROM n WHERE id AND NOT kids;

-- 三: the chart of the months: its scale, a label at every second point up to the last, the months. Its points are measured by booklet.test.
CREATE TEMP TABLE trend AS
  SELECT f.ym, sum(f.numerator) AS n, sum(f.denominator) AS d FROM month_figure AS f JOIN semester_month AS m ON m.ym = f.ym
  WHERE m.required = 1 AND f.key = 'six' AND f.ym < @MONTH GROUP BY f.ym
  UNION ALL SELECT @MONTH, six, 5 * paired FROM n WHERE id = 0;
SELECT '60708090100' || (SELECT group_concat(label, '') FROM (SELECT @(n, d) AS label, count(*) OVER (ORDER BY ym DESC) AS back FROM trend ORDER BY ym) WHERE back % 2 = 1)
  || (SELECT group_concat(CAST(substr(ym, 6) AS INTEGER) || '月', '') FROM (SELECT ym FROM trend ORDER BY ym));

-- 六、七、八、九、十: record by record
SELECT @DAY(a.on_date) || coalesce(o.name, '镇') || a.kind || a.title || coalesce(a.place, '') || coalesce('结对单位：' || a.partner, '') || a.children || a.adults
FROM activity AS a LEFT JOIN place AS o ON o.id = a.school_id, p WHERE a.on_date BETWEEN p.f AND p.t;
SELECT '，' || count(*) || '所学校中' || sum(times >= 2) || '所达到两次以上' FROM (
  SELECT s.id, (SELECT count(*) FROM activity AS a, p WHERE a.school_id = s.id AND a.kind = '结对帮扶' AND a.on_date BETWEEN substr(p.t, 1, 4) AND p.t) AS times FROM school AS s);
SELECT t.name || t.scope || iif(count(DISTINCT a.issuer_id) > 1, '各校', max(i.name)) || count(*) FROM award AS a JOIN award_type AS t ON t.id = a.type_id JOIN issuer AS i ON i.id = a.issuer_id, p
WHERE a.state IN('批准', '已打印', '已领') AND a.issued_on BETWEEN p.f AND p.t GROUP BY t.id;
SELECT @DAY(m.on_date) || coalesce(o.name, '镇') || m.kind || m.topic || coalesce('（主讲：' || m.speaker || '）', '') || m.expected || m.present
FROM meeting AS m LEFT JOIN place AS o ON o.id = m.school_id, p WHERE m.on_date BETWEEN p.f AND p.t;
SELECT substr(v.plate, 1, 2) || '·' || substr(v.plate, 3) || v.kind || v.driver || v.seats || count(*) || (count(*) - v.seats + 1) FROM ride AS r JOIN vehicle AS v ON v.id = r.vehicle_id, p
WHERE r.semester_id = p.semester_id GROUP BY v.id HAVING count(*) >= v.seats;
SELECT '意外伤害' || sum(kind = '意外伤害') || '起，违法犯罪' || sum(kind = '违法犯罪') || '起，失学' || sum(kind = '失学') || '起，欺凌侵害' || sum(kind = '欺凌侵害') || '起，其他' || sum(kind = '其他') || '起。'
FROM incident, p WHERE on_date BETWEEN p.f AND p.t;
SELECT @DAY(d.on_date) || o.name || d.donor || coalesce(d.item, d.kind) || coalesce(d.qty || coalesce(d.unit, ''), '—') || printf('¥%.2f', d.value_fen / 100.0) || (SELECT count(*) FROM donation_child WHERE donation_id = d.id)
  || coalesce((SELECT printf('¥%.2f', sum(amount_fen) / 100.0) FROM donation_child WHERE donation_id = d.id HAVING sum(amount_fen)), '—')
FROM donation AS d JOIN place AS o ON o.id = d.school_id, p WHERE d.on_date BETWEEN p.f AND p.t;
SELECT '以' || @DATE(due_on) || '24时为限，按时率' FROM p;
SELECT '合计' || sum(kind = '工作信息') || sum(kind IN('调研文章', '论文')) || '十一、问题和建议' FROM submission WHERE ym = @MONTH AND submitted_at IS NOT NULL;

-- 十一、十二, and each school's page: words of the database
SELECT '问题和建议' || problems FROM booklet WHERE ym = @MONTH;
SELECT '下月工作安排' || plan FROM booklet WHERE ym = @MONTH;
SELECT o.name || '：' || t.problems FROM school_month_text AS t JOIN place AS o ON o.id = t.school_id WHERE t.ym = @MONTH AND t.problems <> '';
SELECT o.name || '：' || t.plan FROM school_month_text AS t JOIN place AS o ON o.id = t.school_id WHERE t.ym = @MONTH AND t.plan <> '';
SELECT work FROM school_month_text WHERE ym = @MONTH AND work <> '';
SELECT title || '（' || author || '）' || body FROM submission WHERE ym = @MONTH AND submitted_at IS NOT NULL AND kind IN('工作信息', '调研文章');

-- Each school's page: its chart, its means; and the page of a school without a child
SELECT '本校与全镇（%）本校全镇建档率' || @(f.n, f.d) || @(g.n, g.d) || '结对率' || @(a.paired, a.kids) || @(w.paired, w.kids) || '重点落实' || @(a.key_paired, a.keys) || @(w.key_paired, w.keys)
  || '六个一' || @(a.six, 5 * a.paired) || @(w.six, 5 * w.paired) || '记录表' || @(a.recorded, a.paired) || @(w.recorded, w.paired) || '重点通话' || @(a.key_called, a.keys) || @(w.key_called, w.keys)
FROM n AS a JOIN n AS w ON w.id = 0 JOIN filed AS f ON f.id = a.id JOIN filed AS g ON g.id = 0 WHERE a.id AND a.kids;
SELECT '亲情热线' || coalesce(h.hotline, '—') || 'QQ群' || coalesce(h.qq, '—') || '之家到访' || u.visits || '人次' FROM home AS h JOIN home_use AS u ON u.school_id = h.school_id AND u.ym = @MONTH;
SELECT '开放时间' || group_concat(room || hours, '；') FROM (
  SELECT school_id, room, group_concat(from_hm || '—' || to_hm, '、') AS hours FROM (SELECT * FROM home_hours ORDER BY school_id, room, from_hm) GROUP BY school_id, room ORDER BY school_id, room) GROUP BY school_id;
SELECT '设施设备' || group_concat(item || qty || unit, '、') FROM (SELECT a.* FROM asset AS a, p WHERE coalesce(a.got_on, '') <= p.t ORDER BY a.school_id, a.id) GROUP BY school_id;
SELECT a.full || '项目本月实数上月全镇留守儿童占学生—0/0—' || @(w.kids, w.pupils) || '建档率———' || @(g.n, g.d) || '结对率———' || @(w.paired, w.kids)
  || '重点对象代理家长落实率———' || @(w.key_paired, w.keys) || '“六个一”完成率———' || @(w.six, 5 * w.paired) || '记录表填写率———' || @(w.recorded, w.paired)
  || '重点对象通话率———' || @(w.key_called, w.keys) || '孩子与父母通话（次）0—' || w.calls || '学校反馈通话（次）——' || w.school_calls || '谈心（次）0—' || w.talks || '家访（次）0—' || w.visits
FROM n AS a JOIN n AS w ON w.id = 0 JOIN filed AS g ON g.id = 0 WHERE a.id AND NOT a.kids;
