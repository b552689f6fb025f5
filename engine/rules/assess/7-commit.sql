-- The lines, and awards that nobody has approved yet. What was approved or printed keeps its amount; it is told, and stands beside the new lines.

INSERT OR IGNORE INTO flag(code, title) VALUES ('W_SMALL', '班级不足5人，须审批'), ('W_SERIOUS', '本学年有严重违纪，奖项须审批'), ('F_NO_BASE', '没有可比的原名次，不计名次分'),
  ('F_NO_END', '期末考试缺考，不计名次分'), ('免考', '免考，不排名次，另行填表'), ('调班', '学年中换班，不计名次分'), ('F_SHARE', '分担比例合计不是100%，得分未计入代理家长');
INSERT INTO award_type(code, name, to_kind, scope, paper, default_fen, valid_from)
SELECT k.code, '考核奖', k.to_kind, '镇', NULL, NULL, y.opens FROM (SELECT 'CARER_PAY' AS code, '代理家长' AS to_kind UNION ALL SELECT 'HEAD_PAY', '班主任') AS k JOIN a_year AS y
WHERE k.code NOT IN(SELECT code FROM a_type) AND k.code IN(SELECT code FROM a_change WHERE action IN('new', 'change'));
INSERT INTO a_type SELECT t.code, max(t.id), t.name, t.scope FROM award_type AS t WHERE t.code NOT IN(SELECT code FROM a_type) AND t.code IN('CARER_PAY', 'HEAD_PAY') GROUP BY t.code;

-- Places as they were computed, for those who print levels.
DELETE FROM exam_result WHERE exam_id IN(SELECT id FROM a_exam WHERE marked) AND (exam_id, student_id) NOT IN(SELECT exam_id, student_id FROM a_result);
INSERT INTO exam_result(exam_id, student_id, class_id, total_x10, class_rank, class_size) SELECT exam_id, student_id, class_id, total, place, size FROM a_result WHERE true
ON CONFLICT(exam_id, student_id) DO UPDATE SET class_id = excluded.class_id, total_x10 = excluded.total_x10, class_rank = excluded.class_rank, class_size = excluded.class_size
WHERE (class_id, total_x10, class_rank, class_size) IS NOT (excluded.class_id, excluded.total_x10, excluded.class_rank, excluded.class_size);

INSERT INTO assess_run(year_start, rule_version, cutoff, ran_at, input_sha256) SELECT year, year || '-' || (1 + (SELECT count(*) FROM assess_run AS r WHERE r.year_start = year)), cutoff, :as_of || ' 00:00:00', :hash FROM a_year;
CREATE TEMP TABLE a_run AS SELECT max(id) AS id FROM assess_run;
INSERT INTO assess_line(run_id, student_id, class_id, base_rank, end_rank, s1_rank, p_rank, p_keep, p_conduct, p_sanhao, total, flags)
SELECT n.id, a.student_id, a.class_id, a.base_rank, a.end_rank, a.s1_rank, a.p_rank, a.p_keep, a.p_conduct, a.p_sanhao, a.total, a.flags FROM a_run AS n JOIN a_line AS a ORDER BY a.student_id;
INSERT INTO assess_share(run_id, carer_id, student_id, share_bp, score_x100) SELECT n.id, s.carer_id, s.student_id, s.share_bp, s.score_x100 FROM a_run AS n JOIN a_share AS s ORDER BY s.carer_id, s.student_id;
INSERT INTO assess_carer(run_id, carer_id, children, score_x100) SELECT n.id, c.carer_id, c.children, c.score_x100 FROM a_run AS n JOIN a_carer AS c ORDER BY c.carer_id;
INSERT INTO assess_grade(run_id, carer_id, grade, bare_months) SELECT n.id, g.carer_id, g.grade, coalesce(g.bare_months, 0) FROM a_run AS n JOIN a_grade AS g ORDER BY g.carer_id;
INSERT INTO assess_head(run_id, staff_id, class_id, children, score_x100) SELECT n.id, h.staff_id, h.class_id, h.children, h.score_x100 FROM a_run AS n JOIN a_head AS h ORDER BY h.staff_id, h.class_id;
INSERT INTO assess_duty(run_id, carer_id, seq, title, due, done, pass_rate, excellent_rate)
SELECT n.id, d.carer_id, d.seq, d.title, d.due, d.done, (SELECT CAST(value AS INTEGER) FROM a_rule WHERE key = 'assess_pass'), (SELECT CAST(value AS INTEGER) FROM a_rule WHERE key = 'assess_excellent')
FROM a_run AS n JOIN a_duty AS d ORDER BY d.carer_id, d.seq;

-- An award is of the newest run that knows it; an older run that nobody approved has then nothing left.
UPDATE award SET run_id = (SELECT id FROM a_run) WHERE id IN(SELECT award_id FROM a_change WHERE award_id IS NOT NULL AND action IN('same', 'change', 'approved', 'over', 'void'));
UPDATE award SET type_id = t.id, amount_fen = c.fen, score_x100 = c.score_x100
FROM a_change AS c JOIN a_type AS t ON t.code = c.code WHERE c.award_id = award.id AND c.action = 'change';
DELETE FROM award WHERE id IN(SELECT award_id FROM a_change WHERE action = 'drop');
UPDATE award SET state = '作废', void_reason = '考核重算后不再符合条件' WHERE id IN(SELECT award_id FROM a_change WHERE action = 'recall');
INSERT INTO award(type_id, for_semester_id, student_id, carer_id, staff_id, class_id, school_id, run_id, score_x100, amount_fen, issuer_id, state)
SELECT t.id, y.second, c.student_id, c.carer_id, c.staff_id, c.class_id, c.school_id, n.id, c.score_x100, c.fen,
       (SELECT i.id FROM issuer AS i WHERE i.school_id = iif(t.scope IN('班级', '学校'), c.school_id, (SELECT w.centre_school_id FROM township AS w))
          AND coalesce(i.valid_from, '') <= y.cutoff AND (i.valid_to IS NULL OR i.valid_to >= y.cutoff) ORDER BY i.id LIMIT 1), '拟定'
FROM a_change AS c JOIN a_type AS t ON t.code = c.code JOIN a_year AS y JOIN a_run AS n WHERE c.action = 'new'
ORDER BY t.id, c.school_id, c.class_id, c.student_id, c.carer_id, c.staff_id;

CREATE TEMP TABLE a_stale AS SELECT r.id FROM assess_run AS r JOIN a_year AS y ON r.year_start = y.year
WHERE r.approved_on IS NULL AND r.id <> (SELECT id FROM a_run) AND NOT EXISTS(SELECT 1 FROM award AS a WHERE a.run_id = r.id);
DELETE FROM assess_duty WHERE run_id IN(SELECT id FROM a_stale);
DELETE FROM assess_grade WHERE run_id IN(SELECT id FROM a_stale);
DELETE FROM assess_share WHERE run_id IN(SELECT id FROM a_stale);
DELETE FROM assess_head WHERE run_id IN(SELECT id FROM a_stale);
DELETE FROM assess_carer WHERE run_id IN(SELECT id FROM a_stale);
DELETE FROM assess_line WHERE run_id IN(SELECT id FROM a_stale);
DELETE FROM assess_run WHERE id IN(SELECT id FROM a_stale);
