-- The school year, and what was valid on the day that ends it.

-- The day of the cut is the second term's last; `before` is the second term of the year before.
CREATE TEMP TABLE a_year AS
SELECT t.year_start AS year, t.id AS second, t.starts AS second_starts, t.ends AS cutoff,
       (SELECT f.id FROM semester AS f WHERE f.year_start = t.year_start AND f.term = 1) AS first,
       (SELECT b.id FROM semester AS b WHERE b.year_start = t.year_start - 1 AND b.term = 2) AS before,
       t.year_start || '-09-01' AS opens, (t.year_start + 1) || '-08-31' AS closes
FROM semester AS t
WHERE t.term = 2 AND t.year_start = coalesce(:year, (
  SELECT max(n.year_start) FROM semester AS n WHERE n.term = 2 AND n.ends <= :as_of
    AND EXISTS(SELECT 1 FROM exam AS x WHERE x.semester_id = n.id AND x.kind = '期末')));

-- Points, places and fen. What is asked for and isn't there stops the assessment.
CREATE TEMP TABLE a_rate AS
SELECT k.value AS key, (
  SELECT r.value FROM award_rate AS r JOIN a_year AS y WHERE r.key = k.value AND coalesce(r.valid_from, '') <= y.cutoff
    AND (r.valid_to IS NULL OR r.valid_to >= y.cutoff) ORDER BY r.valid_from DESC, r.id DESC LIMIT 1) AS value
FROM json_each('["POINT_PER_PLACE", "POINT_KEEP", "POINT_CONDUCT", "POINT_SANHAO", "TOP_PLACES", "PROGRESS_PLACES", "FIRST_FEN", "TOP_FEN", "PROGRESS_FEN", "POINT_FEN"]') AS k;

-- Rules valid on that day: from which grade, which kinds of children, how often, how much is a pass.
CREATE TEMP TABLE a_rule AS
SELECT p.key, p.value, max(coalesce(p.valid_from, '')) AS since FROM policy AS p JOIN a_year AS y
WHERE coalesce(p.valid_from, '') <= y.cutoff AND (p.valid_to IS NULL OR p.valid_to >= y.cutoff) GROUP BY p.key;

-- The kinds of awards that can be given on that day.
CREATE TEMP TABLE a_type AS
SELECT t.code, max(t.id) AS id, t.name, t.scope FROM award_type AS t JOIN a_year AS y
WHERE t.code IS NOT NULL AND coalesce(t.valid_from, '') <= y.cutoff AND (t.valid_to IS NULL OR t.valid_to >= y.cutoff) GROUP BY t.code;
