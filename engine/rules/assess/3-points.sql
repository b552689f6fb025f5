-- Points of the children who count: registered, paired, of the kinds and grades that policy names.

-- Whose points they are: the carers paired on the day of the cut, whatever they are called; who answers for a school's children (包干领导), and a
-- pupil who is a friend (同伴), are none. Those who are primary, when their shares are the whole; else all who have a share, when theirs are; else
-- nobody knows, and the child's points go to no carer (`whole` 0).
CREATE TEMP TABLE a_pairing AS
SELECT p.student_id, p.carer_id, max(coalesce(p.is_primary, 1)) AS is_primary, max(coalesce(p.share_bp, 10000)) AS share_bp
FROM pairing AS p JOIN a_year AS y
WHERE p.student_id IS NOT NULL AND p.carer_id IS NOT NULL AND coalesce(p.role, '') NOT IN('包干领导', '同伴') AND coalesce(p.from_date, '') <= y.cutoff AND (p.to_date IS NULL OR p.to_date >= y.cutoff)
GROUP BY p.student_id, p.carer_id;
CREATE TEMP TABLE a_paired(student_id INTEGER PRIMARY KEY, by_primary INTEGER, whole INTEGER);
INSERT INTO a_paired
SELECT student_id, sum(is_primary * share_bp) = 10000, sum(is_primary * share_bp) = 10000 OR sum(share_bp) = 10000
FROM a_pairing GROUP BY student_id HAVING sum(is_primary) > 0 OR sum(share_bp) = 10000;

-- The base: the class's second term of the year before; the first term where the class had none of its own, and for a child that is paired since
-- this year only and whose place of the year before can't be compared. Promotion is no change of class: the class keeps its id.
CREATE TEMP TABLE a_child AS
WITH old AS MATERIALIZED (SELECT DISTINCT p.class_id FROM a_place AS p JOIN a_year AS y ON p.semester_id = y.before)
SELECT q.student_id, q.class_id, t.grade, t.head_id, q.place AS end_place, q.size, q.exempt, f.place AS s1_place, f.class_id AS s1_class,
       coalesce(f.exempt, 0) AS s1_exempt, b.place AS before_place, b.class_id AS before_class, coalesce(b.exempt, 0) AS before_exempt, b.student_id IS NOT NULL AS was_here,
       q.class_id IN(SELECT class_id FROM old) AS later_year,
       NOT EXISTS(SELECT 1 FROM pairing AS p WHERE p.student_id = q.student_id AND coalesce(p.from_date, '') < y.opens AND coalesce(p.role, '') NOT IN('包干领导', '同伴')) AS new_pair
FROM a_year AS y JOIN a_place AS q ON q.semester_id = y.second
JOIN left_behind AS l ON l.student_id = q.student_id AND l.semester_id = y.second
JOIN a_exam AS x ON x.id = q.exam_id
JOIN a_paired AS d ON d.student_id = q.student_id
LEFT JOIN class_term AS t ON t.class_id = q.class_id AND t.semester_id = y.second
LEFT JOIN a_place AS f ON f.semester_id = y.first AND f.student_id = q.student_id
LEFT JOIN a_place AS b ON b.semester_id = y.before AND b.student_id = q.student_id
WHERE coalesce(l.from_date, '') <= y.cutoff AND (l.to_date IS NULL OR l.to_date >= x.held_on)
  AND coalesce(t.grade >= (SELECT CAST(value AS INTEGER) FROM a_rule WHERE key = 'assess_from_grade'), 1)
  AND coalesce((SELECT instr(' ' || replace(replace(r.value, '、', ' '), ',', ' ') || ' ', ' ' || l.kind || ' ') > 0 FROM a_rule AS r WHERE r.key = 'assess_kinds'), 1);

CREATE TEMP TABLE a_line(student_id INTEGER PRIMARY KEY, class_id INTEGER, head_id INTEGER, base_rank INTEGER, end_rank INTEGER, s1_rank INTEGER,
  p_rank INTEGER, p_keep INTEGER, p_conduct INTEGER, p_sanhao INTEGER, total INTEGER, same_class INTEGER, flags TEXT);
INSERT INTO a_line
SELECT student_id, class_id, head_id, base, end_place, s1_place, p_rank, p_keep, p_conduct, p_sanhao, p_rank + p_keep + p_conduct + p_sanhao, s1_class = class_id,
       trim(iif(serious, 'W_SERIOUS ', '') || iif(moved, '调班 ', '') || iif(base IS NULL, 'F_NO_BASE ', '') || iif(end_place IS NULL, 'F_NO_END ', '')
         || iif(exempt OR base_exempt, '免考 ', '') || iif(size < 5, 'W_SMALL', ''))
FROM (SELECT c.*, iif(comparable, max(0, base - end_place) * per_place, 0) AS p_rank,
             iif(comparable AND base <= top AND end_place <= top, keep, 0) AS p_keep, iif(serious, 0, conduct) AS p_conduct, iif(sanhao, merit, 0) AS p_sanhao
      FROM (SELECT c.*, coalesce(base IS NOT NULL AND end_place IS NOT NULL AND base_class = class_id, 0) AS comparable,
                   coalesce(base_class <> class_id, 0) OR coalesce(s1_class <> class_id, 0) AS moved,
                   EXISTS(SELECT 1 FROM conduct AS k JOIN a_year AS y WHERE k.student_id = c.student_id AND k.severity = '严重' AND k.on_date BETWEEN y.opens AND y.closes
                            AND (k.revoked_on IS NULL OR k.revoked_on = '')) AS serious,
                   EXISTS(SELECT 1 FROM award AS a JOIN award_type AS t ON t.id = a.type_id AND t.code = 'SANHAO' JOIN a_year AS y
                          WHERE a.student_id = c.student_id AND coalesce(a.for_semester_id, a.semester_id) IN(y.first, y.second) AND a.state IS NOT '作废') AS sanhao
            FROM (SELECT c.*, iif(by_first, s1_place, before_place) AS base, iif(by_first, s1_class, before_class) AS base_class, iif(by_first, s1_exempt, before_exempt) AS base_exempt
                  FROM (SELECT c.*, NOT later_year OR (new_pair AND was_here AND (before_place IS NULL OR before_class <> class_id)) AS by_first FROM a_child AS c) AS c) AS c) AS c,
           (SELECT max(value) FILTER (WHERE key = 'POINT_PER_PLACE') AS per_place, max(value) FILTER (WHERE key = 'POINT_KEEP') AS keep,
                   max(value) FILTER (WHERE key = 'POINT_CONDUCT') AS conduct, max(value) FILTER (WHERE key = 'POINT_SANHAO') AS merit,
                   max(value) FILTER (WHERE key = 'TOP_PLACES') AS top FROM a_rate) AS r)
ORDER BY student_id;

-- Shares of a hundredth of a point; what rounding leaves over goes to the later ones, so that they add up to the child's points.
CREATE TEMP TABLE a_share AS
SELECT carer_id, student_id, share_bp, total * upto / 100 - total * (upto - share_bp) / 100 AS score_x100
FROM (SELECT p.carer_id, p.student_id, p.share_bp, a.total, sum(p.share_bp) OVER (PARTITION BY p.student_id ORDER BY p.carer_id) AS upto
      FROM a_line AS a JOIN a_paired AS d ON d.student_id = a.student_id AND d.whole
      JOIN a_pairing AS p ON p.student_id = a.student_id AND p.share_bp > 0 AND (p.is_primary OR NOT d.by_primary));

CREATE TEMP TABLE a_carer AS
SELECT carer_id, count(*) AS children, sum(score_x100) AS score_x100 FROM a_share GROUP BY carer_id;

-- The mean over the class's children, half up to the hundredth.
CREATE TEMP TABLE a_head AS
SELECT head_id AS staff_id, class_id, count(*) AS children, (sum(total) * 200 + count(*)) / (count(*) * 2) AS score_x100
FROM a_line WHERE head_id IS NOT NULL GROUP BY head_id, class_id;
