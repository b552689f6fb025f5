-- init.sql: what a new database's lists leave to be worked out. Needs :year, the school year that it begins with; 2026 is 2026—2027.

-- The township's row is there even when nobody has named it yet.
INSERT INTO township(id, name) SELECT 1, NULL WHERE NOT EXISTS(SELECT 1 FROM township);
UPDATE township SET centre_school_id = (SELECT id FROM school WHERE kind = '中心学校')
  WHERE (SELECT count(*) FROM school WHERE kind = '中心学校') = 1;
INSERT INTO region(code, name, valid_from) SELECT region_code, county, '1980-01-01' FROM township
  WHERE region_code <> '' AND NOT EXISTS(SELECT 1 FROM region AS r WHERE r.code = township.region_code);
UPDATE issuer SET school_id = (SELECT s.id FROM school AS s WHERE issuer.name IN(s.name, s.short_name)) WHERE school_id IS NULL;

-- Terms, where no list names them: September to the Friday before the 24th of January, March's first Monday to July's second Friday.
INSERT INTO semester(id, year_start, term, starts, ends)
SELECT :year || '-' || (:year + 1) || '-1', :year, 1, :year || '-09-01', date((:year + 1) || '-01-24', 'weekday 5', '-7 days') WHERE NOT EXISTS(SELECT 1 FROM semester)
UNION ALL
SELECT :year || '-' || (:year + 1) || '-2', :year, 2, date((:year + 1) || '-03-01', 'weekday 1'), date((:year + 1) || '-07-08', 'weekday 5') WHERE NOT EXISTS(SELECT 1 FROM semester);
UPDATE semester SET title = year_start || '—' || (year_start + 1) || '学年度第' || iif(term = 1, '一', '二') || '学期' WHERE title IS NULL;
UPDATE semester SET prev_id = (SELECT max(p.id) FROM semester AS p WHERE p.id < semester.id) WHERE prev_id IS NULL;

-- A month runs from the day behind the one on which returns are due to the next such day; the first from the term's first day, the last,
-- which is that of the term's last day, to its end. Of July, August and a short February nothing is due.
INSERT INTO semester_month(semester_id, seq, ym, period_from, period_to, due_on, required)
WITH RECURSIVE due(day) AS (SELECT coalesce((SELECT max(CAST(value AS INTEGER)) FROM policy WHERE key = 'due_day' AND CAST(value AS INTEGER) BETWEEN 1 AND 28), 25)),
term AS (SELECT s.*, date(s.ends, 'start of month') AS last FROM semester AS s WHERE NOT EXISTS(SELECT 1 FROM semester_month AS m WHERE m.semester_id = s.id)),
month(id, first) AS (
  SELECT id, min(date(starts, '-' || day || ' days', 'start of month', '+1 month'), last) FROM term, due
  UNION ALL SELECT m.id, date(m.first, '+1 month') FROM month AS m JOIN term AS t ON t.id = m.id WHERE m.first < t.last),
span AS (
  SELECT m.id, substr(m.first, 1, 7) AS ym, date(m.first, '+' || (due.day - 1) || ' days') AS due_on, max(t.starts, date(m.first, '-1 month', '+' || due.day || ' days')) AS period_from,
         iif(m.first = t.last, t.ends, date(m.first, '+' || (due.day - 1) || ' days')) AS period_to
  FROM month AS m JOIN term AS t ON t.id = m.id JOIN due)
SELECT id, row_number() OVER (PARTITION BY id ORDER BY ym), ym, period_from, period_to, iif(needed, max(due_on, period_to), period_to), needed
FROM (SELECT *, NOT (substr(ym, 6) IN('07', '08') OR substr(ym, 6) = '02' AND julianday(period_to) - julianday(period_from) < 14) AS needed FROM span);

-- What says no day holds from the first term on.
UPDATE policy SET valid_from = (SELECT min(starts) FROM semester) WHERE valid_from IS NULL;
UPDATE required_item SET valid_from = (SELECT min(starts) FROM semester) WHERE valid_from IS NULL;
UPDATE award_type SET valid_from = (SELECT min(starts) FROM semester) WHERE valid_from IS NULL;
UPDATE award_rate SET valid_from = (SELECT min(starts) FROM semester) WHERE valid_from IS NULL;
UPDATE home_item SET valid_from = (SELECT min(starts) FROM semester) WHERE valid_from IS NULL;
UPDATE issuer SET valid_from = (SELECT min(starts) FROM semester) WHERE valid_from IS NULL;
