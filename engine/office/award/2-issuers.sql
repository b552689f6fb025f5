-- Who issues each chosen paper, and the last number that the database knows of it in the year. An award without a paper has no number.

CREATE TEMP TABLE w_issuer AS
SELECT a.id, CASE WHEN a.paper IS NOT NULL THEN coalesce(a.issuer_id, (
         SELECT i.id FROM issuer AS i WHERE i.school_id = iif(a.scope IN('班级', '学校'), a.school_id, (SELECT centre_school_id FROM township))
           AND coalesce(i.valid_from, '') <= d.day AND (i.valid_to IS NULL OR i.valid_to >= d.day) ORDER BY i.id LIMIT 1)) END AS issuer
FROM w_chosen AS c JOIN w_award AS a ON a.id = c.id JOIN w_day AS d;
CREATE TEMP TABLE w_last AS
SELECT i.id AS issuer, i.word, d.year, max(
         coalesce((SELECT s.last_no FROM issuer_sequence AS s WHERE s.issuer_id = i.id AND s.year = d.year), 0),
         coalesce((SELECT max(CAST(substr(a.cert_no, length(i.word || '〔' || d.year || '〕') + 1) AS INTEGER)) FROM award AS a
                   WHERE substr(a.cert_no, 1, length(i.word || '〔' || d.year || '〕')) = i.word || '〔' || d.year || '〕'), 0)) AS last
FROM issuer AS i JOIN w_day AS d WHERE i.id IN(SELECT issuer FROM w_issuer) AND coalesce(i.word, '') <> '';
