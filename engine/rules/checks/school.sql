-- school.sql: rides, returns, surveys, figures.

-- K701 fault vehicle.seats 核载 open
-- en: more children ride than the vehicle has seats beside the driver's (their number stands beside it)
-- zh: 乘车人数超过核载（司机除外的座位数列在旁边）
-- mend en: let some ride another vehicle, at once: overloading is forbidden
-- mend zh: 请立即调整乘车安排，严禁超载
SELECT NULL, min(p.school_id), v.id, count(*), v.seats - 1 AS other
FROM asked AS a JOIN ride AS r ON r.semester_id = a.term JOIN vehicle AS v ON v.id = r.vehicle_id JOIN pupil_at AS p ON p.student_id = r.student_id AND p.here
GROUP BY v.id HAVING count(*) > v.seats - 1;

-- K702 note vehicle.driver 乘车登记
-- en: driver, plate, phone, seats or the children's direction are missing
-- zh: 车牌、司机、电话、核载或乘车方向没有填
-- mend en: all five are asked for
-- mend zh: 五项都须填写
SELECT NULL, (SELECT min(p.school_id) FROM ride AS r JOIN pupil_at AS p ON p.student_id = r.student_id WHERE r.vehicle_id = v.id), v.id, v.plate, NULL
FROM vehicle AS v
WHERE coalesce(v.plate, '') = '' OR coalesce(v.driver, '') = '' OR coalesce(v.driver_phone, '') = '' OR v.seats IS NULL
   OR EXISTS(SELECT 1 FROM asked AS a JOIN ride AS r ON r.semester_id = a.term WHERE r.vehicle_id = v.id AND coalesce(r.direction, '') = '');

-- K703 note vehicle.plate 车牌号码 open
-- en: the plate can't be one
-- zh: 车牌号码有误
-- mend en: province, letter, five or (new energy) six characters without I and O; no dot
-- mend zh: 省份简称、字母加5位（新能源6位），不含 I、O，不写点
SELECT NULL, (SELECT min(p.school_id) FROM ride AS r JOIN pupil_at AS p ON p.student_id = r.student_id WHERE r.vehicle_id = v.id), v.id, v.plate, NULL
FROM vehicle AS v WHERE v.plate <> '' AND plate_fault(v.plate) IS NOT NULL;

-- K704 note submission.submitted_at 上交时间 open
-- en: a return of this term came after its day, which stands beside it
-- zh: 本学期材料迟交；期限列在旁边
-- mend en: nothing to mend in the record; remind the school before the 25th
-- mend zh: 记录无须更改；请在25日前提醒学校
SELECT NULL, u.school_id, u.id, u.ym || ' ' || u.submitted_at, m.due_on AS other, u.submitted_at AS day
FROM asked AS a JOIN semester_month AS m ON m.semester_id = a.term JOIN submission AS u ON u.ym = m.ym AND u.kind IN('月统计材料', '工作信息')
WHERE substr(u.submitted_at, 1, 10) > m.due_on;

-- K705 note submission.state 上交情况 open
-- en: a return of this term is missing
-- zh: 本学期有材料未交
-- mend en: ask the school for it
-- mend zh: 请向学校催收
SELECT NULL, s.id, m.ym || ' ' || k.kind, m.ym || ' ' || k.kind, NULL, m.due_on AS day
FROM asked AS a JOIN semester_month AS m ON m.semester_id = a.term AND m.required AND m.due_on <= a.day
JOIN (SELECT '月统计材料' AS kind UNION ALL SELECT '工作信息') AS k JOIN school AS s
WHERE s.id IN(SELECT p.school_id FROM pupil_at AS p WHERE p.here)
  AND NOT EXISTS(SELECT 1 FROM submission AS u WHERE u.school_id = s.id AND u.ym = m.ym AND u.kind = k.kind AND (u.submitted_at IS NOT NULL OR u.state = '免交'));

-- K706 fault submission.state 上交情况 open
-- en: the state of a return contradicts its time: in time or late
-- zh: 上交情况与上交时间矛盾（已交、迟交）
-- mend en: write 迟交 for what came after 24:00 of the day, 已交 for what came before
-- mend zh: 期限当日24时以后收到的为“迟交”，以前的为“已交”
SELECT NULL, u.school_id, u.id, u.state, iif(substr(u.submitted_at, 1, 10) > m.due_on, '迟交', '已交'), u.submitted_at AS day
FROM submission AS u JOIN semester_month AS m ON m.ym = u.ym
WHERE u.state = '已交' AND substr(u.submitted_at, 1, 10) > m.due_on OR u.state = '迟交' AND substr(u.submitted_at, 1, 10) <= m.due_on;

-- K707 fault survey.left_behind 核查人数 open
-- en: a survey found another number of left-behind children than the register holds for that day (beside it)
-- zh: 调查核查的留守儿童数与登记册当日人数（列在旁边）不符
-- mend en: enter the children that were found, or correct the survey's figure
-- mend zh: 请补登查出的孩子，或更正核查人数
SELECT NULL, v.school_id, v.id, v.left_behind, count(l.student_id) AS other, v.on_date AS day
FROM asked AS a JOIN survey AS v ON v.semester_id = a.term LEFT JOIN register_at AS l ON l.school_id = v.school_id AND v.on_date BETWEEN l.from_date AND l.to_date
GROUP BY v.id HAVING v.left_behind <> count(l.student_id);

-- K708 fault month_figure.numerator 月度数据 open
-- en: a reported number of children isn't what the register holds for that month's last day
-- zh: 已上报的人数与登记册当月末人数不符
-- mend en: if the register was mended later, the next booklet says so as 上月更正; else correct the register
-- mend zh: 如登记册事后更正，下期月报注明“上月更正”；否则请更正登记册
WITH k AS MATERIALIZED (
  SELECT m.ym, l.school_id, count(*) AS children, sum(l.is_key) AS keys
  FROM asked AS a JOIN semester_month AS m ON m.semester_id = a.term AND m.closed_on IS NOT NULL
  JOIN register_at AS l ON min(m.period_to, a.ends) BETWEEN l.from_date AND l.to_date GROUP BY m.ym, l.school_id)
SELECT NULL, f.school_id, f.ym || ' ' || f.key, f.numerator, iif(f.key = 'left_behind', k.children, k.keys) AS other
FROM k JOIN month_figure AS f ON f.ym = k.ym AND f.school_id = k.school_id AND f.key IN('left_behind', 'key_children')
WHERE f.numerator <> iif(f.key = 'left_behind', k.children, k.keys);
