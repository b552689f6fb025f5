-- Which awards are meant. Parameters: :from, a JSON array of the states that the step takes; :type, :school, :state, each NULL or a choice; :many, whether one
-- person may have several.

UPDATE w_word SET plain = replace(replace(replace(replace(replace(replace(replace(replace(replace(word, ' ', ''), '　', ''), '[', '〔'), ']', '〕'), '(', '〔'), ')', '〕'), '（', '〔'), '）', '〕'), '［', '〔');
UPDATE w_word SET plain = replace(replace(replace(plain, '］', '〕'), '【', '〔'), '】', '〕');
UPDATE w_although SET plain = replace(replace(replace(replace(replace(replace(replace(replace(word, ' ', ''), '　', ''), '[', '〔'), ']', '〕'), '(', '〔'), ')', '〕'), '（', '〔'), '）', '〕');

CREATE TEMP TABLE w_fits AS
SELECT a.id, a.state IN(SELECT value FROM json_each(:from)) AS fits FROM w_award AS a
WHERE (:type IS NULL OR a.code = :type OR a.kind = :type) AND (:school IS NULL OR :school IN(a.school, a.short_name, a.school_code)) AND (:state IS NULL OR a.state = :state);

-- how: by its number, by its row, by an archive's number, by a name: the first that gives any.
CREATE TEMP TABLE w_match AS
SELECT w.seq, a.id, 1 AS how FROM w_word AS w JOIN w_award AS a ON a.number = w.plain
UNION ALL SELECT w.seq, a.id, 2 FROM w_word AS w JOIN w_award AS a ON a.id = CAST(w.word AS INTEGER) WHERE w.word NOT GLOB '*[^0-9]*'
UNION ALL SELECT w.seq, a.id, 3 FROM w_word AS w JOIN w_award AS a ON a.record = w.word JOIN w_fits AS f ON f.id = a.id
UNION ALL SELECT w.seq, a.id, 4 FROM w_word AS w JOIN w_award AS a ON a.name = w.word JOIN w_fits AS f ON f.id = a.id;
DELETE FROM w_match WHERE how > (SELECT min(m.how) FROM w_match AS m WHERE m.seq = w_match.seq);

-- Two people of one name, before anything else narrows them.
CREATE TEMP TABLE w_twins AS
SELECT w.word, count(DISTINCT a.person) AS people, (SELECT group_concat(x, '; ') FROM (
  SELECT DISTINCT b.record || ' ' || coalesce(b.short_name, b.school, '') || iif(b.class = '', '', ' ' || b.class) AS x FROM w_match AS n JOIN w_award AS b ON b.id = n.id WHERE n.seq = m.seq ORDER BY 1)) AS who
FROM w_match AS m JOIN w_word AS w ON w.seq = m.seq JOIN w_award AS a ON a.id = m.id WHERE m.how = 4 GROUP BY m.seq HAVING count(DISTINCT a.person) > 1;

-- Of a person's awards those that the step takes, where there are any.
DELETE FROM w_match WHERE how >= 3 AND id NOT IN(SELECT id FROM w_fits WHERE fits)
  AND EXISTS(SELECT 1 FROM w_match AS m JOIN w_fits AS f ON f.id = m.id WHERE m.seq = w_match.seq AND f.fits);
CREATE TEMP TABLE w_several AS
SELECT w.word, count(*) AS n, (SELECT group_concat(x, '; ') FROM (SELECT b.id || ' ' || b.kind || ' ' || b.state AS x FROM w_match AS k JOIN w_award AS b ON b.id = k.id WHERE k.seq = m.seq ORDER BY b.id)) AS which
FROM w_match AS m JOIN w_word AS w ON w.seq = m.seq WHERE m.how >= 3 AND NOT :many GROUP BY m.seq HAVING count(*) > 1;

CREATE TEMP TABLE w_chosen(id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO w_chosen SELECT id FROM w_match;
INSERT INTO w_chosen SELECT id FROM w_fits WHERE fits AND NOT EXISTS(SELECT 1 FROM w_word);
