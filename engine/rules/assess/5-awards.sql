-- What is due to whom, held against the awards that stand.

-- Which kinds of awards answer one claim: a carer has one of three, and money once.
CREATE TEMP TABLE a_slot(code TEXT PRIMARY KEY, slot TEXT) WITHOUT ROWID;
INSERT INTO a_slot VALUES ('EXCELLENT', 'place'), ('PROGRESS', 'progress'), ('CARER', 'carer'), ('CARER_CHECK', 'carer'), ('CARER_PAY', 'carer'), ('HEAD', 'head'), ('HEAD_PAY', 'head');

CREATE TEMP TABLE a_due(slot TEXT, code TEXT, student_id INTEGER, carer_id INTEGER, staff_id INTEGER, class_id INTEGER, school_id INTEGER, score_x100 INTEGER, fen INTEGER, why TEXT);
INSERT INTO a_due
SELECT s.slot, s.code, a.student_id, NULL, NULL, a.class_id, c.school_id, a.total * 100,
       (SELECT value FROM a_rate WHERE key = CASE WHEN s.code = 'PROGRESS' THEN 'PROGRESS_FEN' WHEN a.end_rank = 1 THEN 'FIRST_FEN' ELSE 'TOP_FEN' END),
       coalesce(a.base_rank, '—') || ' → ' || coalesce(a.end_rank, '—') || ' (' || coalesce(a.s1_rank, '—') || '), ' || a.p_rank || '+' || a.p_keep || '+' || a.p_conduct || '+' || a.p_sanhao
         || iif(a.flags = '', '', ' ' || a.flags)
FROM a_line AS a JOIN class AS c ON c.id = a.class_id JOIN a_slot AS s
WHERE (s.code = 'EXCELLENT' AND a.end_rank <= (SELECT value FROM a_rate WHERE key = 'TOP_PLACES'))
   OR (s.code = 'PROGRESS' AND a.same_class AND a.s1_rank - a.end_rank >= (SELECT value FROM a_rate WHERE key = 'PROGRESS_PLACES'))
ORDER BY s.code, a.student_id;
-- A score is worth so many fen a point, whatever the paper; who passes the duties has a certificate with it.
INSERT INTO a_due
SELECT 'carer', CASE WHEN g.grade = '优秀' AND EXISTS(SELECT 1 FROM a_type WHERE code = 'CARER') THEN 'CARER'
                     WHEN g.grade IN('优秀', '合格') AND EXISTS(SELECT 1 FROM a_type WHERE code = 'CARER_CHECK') THEN 'CARER_CHECK' ELSE 'CARER_PAY' END AS code,
       NULL, c.carer_id, NULL, NULL, k.school_id, c.score_x100, c.score_x100 * (SELECT value FROM a_rate WHERE key = 'POINT_FEN') / 100,
       c.children || '; ' || coalesce(g.grade || ' ', '') || coalesce((SELECT group_concat(d.title || ' ' || d.done || '/' || d.due, ', ') FROM (SELECT * FROM a_duty AS w WHERE w.carer_id = c.carer_id ORDER BY w.seq) AS d), '')
FROM a_carer AS c JOIN carer AS k ON k.id = c.carer_id JOIN a_grade AS g ON g.carer_id = c.carer_id
WHERE c.score_x100 > 0 OR g.grade IN('优秀', '合格') ORDER BY c.carer_id;
INSERT INTO a_due
SELECT 'head', 'HEAD_PAY', NULL, NULL, h.staff_id, h.class_id, c.school_id, h.score_x100, h.score_x100 * (SELECT value FROM a_rate WHERE key = 'POINT_FEN') / 100, h.children
FROM a_head AS h JOIN class AS c ON c.id = h.class_id WHERE h.score_x100 > 0 ORDER BY h.staff_id, h.class_id;

-- One word a person, so that claims and awards are joined by it.
ALTER TABLE a_due ADD COLUMN who TEXT;
UPDATE a_due SET who = coalesce('pupil ' || student_id, 'carer ' || carer_id, 'head ' || staff_id);

-- The award that answers a claim today: the newest that isn't void, else the newest void one. Those of a head that bear no money answer none.
CREATE TEMP TABLE a_stands AS
SELECT slot, coalesce('pupil ' || student_id, 'carer ' || carer_id, 'head ' || staff_id) AS who, student_id, carer_id, staff_id, class_id, award_id, code, state, fen, score_x100
FROM (SELECT s.slot, a.student_id, a.carer_id, a.staff_id, iif(s.slot = 'head', a.class_id, NULL) AS class_id, a.id AS award_id, t.code, coalesce(a.state, '拟定') AS state, a.amount_fen AS fen, a.score_x100,
             row_number() OVER (PARTITION BY s.slot, a.student_id, a.carer_id, a.staff_id, iif(s.slot = 'head', a.class_id, NULL) ORDER BY a.state IS '作废', a.id DESC) AS nth
      FROM award AS a JOIN award_type AS t ON t.id = a.type_id JOIN a_slot AS s ON s.code = t.code JOIN a_year AS y ON coalesce(a.for_semester_id, a.semester_id) = y.second
      WHERE (a.run_id IS NOT NULL OR a.amount_fen IS NOT NULL) AND (s.slot <> 'head' OR a.amount_fen IS NOT NULL)) WHERE nth = 1;

-- action: new; same; change (nobody has approved it yet); drop (a draft nobody is owed any more), recall (the same, but on display); approved (differs
-- from what was approved or printed: void and reissue); over (approved, and nothing is owed); void (owed, and its paper is void and was not reissued).
CREATE INDEX temp.a_due_who ON a_due(slot, who);
CREATE INDEX temp.a_stands_who ON a_stands(slot, who);
CREATE TEMP TABLE a_change AS
WITH pairs AS (
  SELECT d.slot, d.code, d.student_id, d.carer_id, d.staff_id, d.class_id, d.school_id, d.score_x100, d.fen, d.why, e.award_id, e.code AS old_code, e.state, e.fen AS old_fen, e.score_x100 AS old_score
  FROM a_due AS d LEFT JOIN a_stands AS e ON e.slot = d.slot AND e.who = d.who
    AND (e.class_id IS NULL OR e.class_id = d.class_id)
  UNION ALL
  SELECT e.slot, NULL, e.student_id, e.carer_id, e.staff_id, e.class_id, NULL, NULL, NULL, NULL, e.award_id, e.code, e.state, e.fen, e.score_x100
  FROM a_stands AS e WHERE e.state <> '作废' AND NOT EXISTS(SELECT 1 FROM a_due AS d WHERE d.slot = e.slot AND d.who = e.who
    AND (e.class_id IS NULL OR e.class_id = d.class_id)))
SELECT CASE WHEN award_id IS NULL THEN 'new'
            WHEN state = '作废' THEN 'void'
            WHEN code IS NULL THEN CASE state WHEN '拟定' THEN 'drop' WHEN '公示' THEN 'recall' ELSE 'over' END
            WHEN code = old_code AND fen IS old_fen AND score_x100 IS old_score THEN 'same'
            WHEN state IN('拟定', '公示') THEN 'change'
            WHEN code = old_code AND fen IS old_fen THEN 'same'
            ELSE 'approved' END AS action, p.*
FROM pairs AS p;
