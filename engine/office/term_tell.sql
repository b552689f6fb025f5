-- term_tell.sql: decision: what was decided, in the order in which it is told. detail = 1: told by --dry-run alone.
-- Children are told by their numbers, never by name.

CREATE TEMP TABLE decision(part INTEGER, place TEXT, detail INTEGER, english TEXT, chinese TEXT);

INSERT INTO decision SELECT 1, '', 0, id || ': ' || starts || ' to ' || ends, title || '：' || starts || ' 至 ' || ends FROM go WHERE NOT complete;
INSERT INTO decision SELECT 1, 'a', 0, 'the calendar is that of the list, not what the database held', '校历按表，替换库里原有的' FROM go WHERE other_calendar;
INSERT INTO decision SELECT 2, printf('%02d', m.seq), 1, m.ym || ': ' || m.period_from || ' to ' || m.period_to || iif(m.required, ', due on ' || m.due_on, ', nothing due'),
       m.ym || '：' || m.period_from || ' 至 ' || m.period_to || iif(m.required, '，' || m.due_on || ' 前上交', '，不要求上交') FROM go_month AS m;
INSERT INTO decision SELECT 2, h.from_date, 1, h.from_date || ' to ' || coalesce(h.to_date, h.from_date) || ': no school' || iif(h.known, ' (corrected)', ''),
       h.from_date || ' 至 ' || coalesce(h.to_date, h.from_date) || '：' || coalesce(h.name, '放假') || iif(h.known, '（更正）', '') FROM new_holiday AS h;

INSERT INTO decision
SELECT 3, printf('%09d/%d/%09d', c.school_id, c.was + 3, c.class_id), 1,
       coalesce(c.school, '?') || ' ' || coalesce(c.called, '?') || CASE WHEN c.finishes THEN ' finishes: ' ELSE ' → ' || n.display || ': ' END || k.pupils || ' pupils',
       coalesce(c.school, '？') || ' ' || coalesce(c.called, '？') || CASE WHEN c.finishes THEN ' 毕业：' ELSE ' → ' || n.display || '：' END || k.pupils || '人'
FROM go JOIN go_class AS c LEFT JOIN class_term AS n ON n.class_id = c.class_id AND n.semester_id = go.id
JOIN (SELECT c.class_id, count(p.student_id) AS pupils FROM go_class AS c LEFT JOIN go_pupil AS p ON p.class_id = c.class_id GROUP BY 1) AS k ON k.class_id = c.class_id
WHERE NOT go.complete;
INSERT INTO decision
SELECT 4, '', 0, iif(go.promotes, g.goes || ' classes are promoted, ' || g.ends || ' finish with ' || (SELECT count(*) FROM finisher) || ' pupils (毕业, ' || go.prev_ends || ')',
                     g.goes || ' classes go on: no promotion within a school year'),
       iif(go.promotes, g.goes || '个班升级，' || g.ends || '个班毕业，' || (SELECT count(*) FROM finisher) || '人（' || go.prev_ends || '）', g.goes || '个班续读：同一学年内不升级')
FROM go, (SELECT count(*) FILTER (WHERE NOT finishes) AS goes, count(*) FILTER (WHERE finishes) AS ends FROM go_class) AS g WHERE NOT go.complete;
INSERT INTO decision
SELECT 5, '', 0, n || ' volumes are ready to be bound and handed over (make volume --semester ' || go.prev || ')', '上学期档案' || n || '卷待装订、移交（make volume --semester ' || go.prev || '）'
FROM go, (SELECT count(*) AS n FROM new_volume) WHERE n > 0;

INSERT INTO decision
SELECT 6, coalesce(c.dossier_no, ''), 1,
       coalesce(l.dossier_no, c.dossier_no, '?') || CASE c.fate WHEN '结转' THEN ': carried over, to be checked (待核实)' WHEN '转入' THEN ': carried over to its new school, to be checked (待核实)'
         WHEN '毕业' THEN ': finishes (毕业)' ELSE ': in the register, in no class: not carried over' END
         || iif(q.pairings > 0, ', pairings ' || q.pairings, '') || iif(q.rides > 0, ', rides ' || q.rides, '') || iif(q.ended > 0, ', pairings ended ' || q.ended, ''),
       coalesce(l.dossier_no, c.dossier_no, '？') || CASE c.fate WHEN '结转' THEN '：结转，待核实' WHEN '转入' THEN '：结转到新学校，待核实' WHEN '毕业' THEN '：毕业' ELSE '：在册而无班级，未结转' END
         || iif(q.pairings > 0, '，结对' || q.pairings, '') || iif(q.rides > 0, '，乘车' || q.rides, '') || iif(q.ended > 0, '，结对终止' || q.ended, '')
FROM go JOIN go_child AS c LEFT JOIN left_behind AS l ON l.student_id = c.student_id AND l.semester_id = go.id
JOIN (SELECT c.student_id, (SELECT count(*) FROM carried AS k, go WHERE k.student_id = c.student_id AND k.semester_id = go.id AND k.tbl = 'pairing') AS pairings,
             (SELECT count(*) FROM new_ride AS r WHERE r.student_id = c.student_id) AS rides,
             (SELECT count(*) FROM pairing AS p WHERE p.student_id = c.student_id AND p.id IN(SELECT id FROM ended_pairing)) AS ended FROM go_child AS c) AS q ON q.student_id = c.student_id;
INSERT INTO decision
SELECT 7, '', 0, k.children || ' children of the register, ' || k.pairings || ' pairings and ' || k.rides || ' rides are carried over, to be checked (待核实)',
       '留守登记' || k.children || '人、结对' || k.pairings || '条、乘车' || k.rides || '条结转，待核实'
FROM (SELECT (SELECT count(*) FROM go_child WHERE fate IN('结转', '转入')) AS children, (SELECT count(*) FROM new_ride) AS rides,
             (SELECT count(*) FROM carried AS k, go WHERE k.semester_id = go.id AND k.tbl = 'pairing' AND k.student_id IN(SELECT student_id FROM go_child)) AS pairings) AS k
WHERE k.children + k.rides > 0;
INSERT INTO decision
SELECT 7, printf('%09d', a.school_id), 1, coalesce(h.name, '?') || ': ' || count(*) || ' children of school age, ' || sum(a.state IS NOT '在校') || ' of them to be checked (待核实)',
       coalesce(h.name, '？') || '：适龄儿童' || count(*) || '人，待核实' || sum(a.state IS NOT '在校') || '人'
FROM new_school_age AS a LEFT JOIN school AS h ON h.id = a.school_id GROUP BY a.school_id;
INSERT INTO decision
SELECT 7, 'a', 0, (SELECT count(*) FROM new_school_age) || ' children of school age are carried over, ' || (SELECT count(*) FROM new_school_age WHERE state IS NOT '在校') || ' of them to be checked (待核实); '
         || gone || ' are past that age, moved away or have finished',
       '适龄儿童结转' || (SELECT count(*) FROM new_school_age) || '人，其中待核实' || (SELECT count(*) FROM new_school_age WHERE state IS NOT '在校') || '人；超龄、转出、毕业' || gone || '人不再登记'
FROM (SELECT (SELECT count(*) FROM aged) - (SELECT count(*) FROM new_school_age) AS gone) WHERE EXISTS(SELECT 1 FROM new_school_age);
INSERT INTO decision SELECT 7, 'b', 0, n || ' pupils get their place in the register of school-age children', '补入适龄儿童登记' || n || '人'
FROM (SELECT count(*) AS n FROM found_of_age) WHERE n > 0;
INSERT INTO decision SELECT 8, dossier_no, 1, dossier_no || ': given as a new dossier number', dossier_no || '：新编档案号' FROM numbered;
INSERT INTO decision SELECT 9, '', 0, n || ' dossiers get their number', '新编档案号' || n || '个' FROM (SELECT count(*) AS n FROM numbered) WHERE n > 0;
INSERT INTO decision SELECT 10, '', 0, n || ' contact cards get their number', '新编联系卡号' || n || '个' FROM (SELECT count(*) AS n FROM new_card) WHERE n > 0;
